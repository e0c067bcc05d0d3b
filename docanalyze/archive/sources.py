"""The files of an archive: folders, patterns and zip files walked in a stable order, read in place."""

from __future__ import annotations

import glob
import hashlib
import os
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

from docanalyze.core.errors import DocanalyzeError, LimitExceeded, MissingFile, NotAReport
from docanalyze.read.source import Limits, write_name

SUFFIXES = (".pdf", ".txt", ".md")
"""What is looked for in folders and zip files; a file that is named itself is tried whatever its suffix."""

MANIFEST = "manifest.sqlite"
"""The file that marks a folder as the output of a run; what lies in such a folder is no report."""

LARGEST = Limits().bytes
"""No file of more bytes is read, in a zip file or not."""

NO_PATH = "missing-path"
"""The code of a PATH that is not there."""

MEMBERS = 100_000
RATIO = 1000
"""Limits of a zip file: members, and how often its packed size one may be."""

_CHUNK = 1 << 20


class Item(msgspec.Struct, frozen=True):
    """A file of the archive: its name relative to the PATH given, and where its bytes are.

    `location` is the path as the system spells it: names from before Unicode are no text. `member` is
    the name inside a zip file there; `stamp` (size, time of change, checksum) tells whether the file is
    the one that was seen before; `problem` says why it is not read.
    """

    label: str
    location: bytes
    member: str | None = None
    stamp: str = ""
    problem: tuple[str, str, str] | None = None


def find_items(paths: Iterable[str | Path]) -> list[Item]:
    """Return the files of folders, patterns, zip files and single files, ordered by their names.

    Names are relative to the PATH that a file was found under; names of folders and files that start
    with a dot are passed over, and so are output folders of earlier runs. A file that two PATHs give is
    there once; a PATH that is not there is an item with its problem. Raises MissingFile if none is there.

    >>> [item.label for item in find_items(["bao-cao/"])]  # doctest: +SKIP
    ['2023/quy-1.pdf', '2023/quy-2.pdf']
    """
    found: dict[tuple[bytes, str | None], Item] = {}
    missing: list[MissingFile] = []
    for given in paths:
        try:
            for item in _expand(str(given)):
                found.setdefault((item.location, item.member), item)
        except MissingFile as error:
            missing.append(error)
            problem = (NO_PATH, error.describe("en"), error.describe("vi"))
            item = Item(write_name(str(given)), os.fsencode(given), problem=problem)
            found.setdefault((item.location, None), item)
    if missing and len(missing) == len(found):
        raise missing[0]
    return sorted(found.values(), key=lambda item: (item.label, item.location, item.member or ""))


def read_item(item: Item) -> bytes:
    """Return the bytes of an item; raise MissingFile if it cannot be read any more.

    Nothing is read beyond the limit, whatever the header of a zip file says.
    """
    with _open_item(item) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise MissingFile(path=item.label)
    return data


def hash_item(item: Item) -> str:
    """Return the SHA-256 of an item's bytes, without holding a whole file; raise MissingFile."""
    digest = hashlib.sha256()
    size = 0
    with _open_item(item) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > LARGEST:
                raise MissingFile(path=item.label)
            digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def _open_item(item: Item) -> Iterator[IO[bytes]]:
    try:
        if item.member is None:
            with Path(os.fsdecode(item.location)).open("rb") as file:
                yield file
        else:
            with _open_zip(item.location, item.stamp.rpartition(":")[0]).open(item.member) as member:
                yield member
    except DocanalyzeError:
        raise
    except Exception as error:  # OSError, and whatever zip files and their decompressors raise
        raise MissingFile(path=item.label) from error


@lru_cache(maxsize=2)
def _open_zip(location: bytes, stamp: str) -> zipfile.ZipFile:
    """Return a zip file, kept open for its next member: reading its directory takes long if it is large."""
    del stamp  # a file that has changed is opened anew
    return zipfile.ZipFile(os.fsdecode(location))


def _expand(given: str) -> Iterator[Item]:
    path = Path(given)
    if path.is_dir():
        yield from _walk(path)
    elif path.exists():
        yield from _open(path, path.name)
    elif any(char in given for char in "*?["):
        matches = sorted(glob.glob(given, recursive=True))
        if not matches:
            raise MissingFile(path=write_name(given))
        for match in matches:
            yield from _expand(match)
    else:
        raise MissingFile(path=write_name(given))


def _walk(folder: Path) -> Iterator[Item]:
    for parent, folders, files in os.walk(folder):
        if MANIFEST in files:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if name.startswith(".") or path.suffix.lower() not in (*SUFFIXES, ".zip"):
                continue
            yield from _open(path, path.relative_to(folder).as_posix())


def _open(path: Path, name: str) -> Iterator[Item]:
    label = write_name(name)
    try:
        status, location = path.stat(), os.fsencode(path.resolve())
    except OSError:
        yield _refuse(label, os.fsencode(path.absolute()), MissingFile(path=label))
        return
    stamp = f"{status.st_size}:{status.st_mtime_ns}"
    if not stat.S_ISREG(status.st_mode):
        what = {"problem_en": "no regular file", "problem_vi": "không phải tệp thường"}
        yield _refuse(label, location, NotAReport(path=label, **what))
    elif path.suffix.lower() == ".zip":
        yield from _list_members(location, label, stamp, status.st_size)
    elif status.st_size > LARGEST:
        size = f"{LARGEST >> 20} MB"
        yield _refuse(label, location, LimitExceeded(path=label, limit_en=size, limit_vi=size))
    else:
        yield Item(label, location, stamp=stamp)


def _refuse(label: str, location: bytes, error: DocanalyzeError) -> Item:
    problem = (name_error(error), error.describe("en"), error.describe("vi"))
    return Item(label, location, problem=problem)


def name_error(error: DocanalyzeError) -> str:
    """Return an error's kind as a code: `EncryptedPdf` is `encrypted-pdf`."""
    return re.sub(r"(?<=.)(?=[A-Z])", "-", type(error).__name__).lower()


def _list_members(location: bytes, label: str, stamp: str, size: int) -> Iterator[Item]:
    """Yield the reports in a zip file; what is unsafe in it becomes an item with its problem."""
    try:
        with zipfile.ZipFile(os.fsdecode(location)) as archive:
            members = archive.infolist()
    except Exception:  # whatever a damaged directory of members makes zipfile raise
        yield Item(label, location, problem=_bad_zip(label))
        return
    if len(members) > MEMBERS:
        yield Item(label, location, problem=_too_large(label, f"{MEMBERS} files", f"{MEMBERS} tệp"))
        return
    if sum(member.compress_size for member in members) > size:
        # More in it than it is long: its members share their bytes, as in zip bombs.
        yield Item(label, location, problem=_bad_zip(label))
        return
    seen: set[str] = set()
    for member in members:
        name = _read_name(member).replace("\\", "/")
        pure = PurePosixPath(name)
        if member.is_dir() or pure.suffix.lower() not in SUFFIXES or _is_hidden(pure):
            continue
        inner = f"{label}/{'/'.join(part for part in pure.parts if part not in ('/', '..'))}"
        problem = _find_problem(member, name, inner, twice=name in seen)
        seen.add(name)
        yield Item(inner, location, member.filename, f"{stamp}:{member.CRC:08x}", problem)


def _read_name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; one in UTF-8 that does not say so is read as what it is."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def _is_hidden(path: PurePosixPath) -> bool:
    """Tell what systems leave in zip files beside the files meant (`__MACOSX/._x.pdf`)."""
    return any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in path.parts)


def _find_problem(
    member: zipfile.ZipInfo, name: str, label: str, *, twice: bool
) -> tuple[str, str, str] | None:
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or (len(name) > 1 and name[1] == ":"):
        return (
            "unsafe-name",
            f"{label}: its name in the zip file leads out of the folder ({name}); pack it anew.",
            f"{label}: tên tệp trong tệp zip trỏ ra ngoài thư mục ({name}); hãy nén lại.",
        )
    if twice:
        return (
            "twice-in-zip",
            f"{label}: the zip file holds two files of this name; pack them anew.",
            f"{label}: tệp zip có hai tệp cùng tên này; hãy nén lại.",
        )
    if member.flag_bits & 1:
        return (
            "encrypted-zip",
            f"{label}: encrypted in the zip file; unpack it with its password first.",
            f"{label}: bị mã hóa trong tệp zip; hãy giải nén bằng mật khẩu trước.",
        )
    if member.file_size > LARGEST or member.file_size > RATIO * max(member.compress_size, 1024):
        return _too_large(
            label, f"{LARGEST >> 20} MB or {RATIO} to 1", f"{LARGEST >> 20} MB hoặc {RATIO} : 1"
        )
    return None


def _too_large(label: str, limit_en: str, limit_vi: str) -> tuple[str, str, str]:
    return (
        "zip-limit",
        f"{label}: unpacked, it is beyond the limit of {limit_en}; unpack it first.",
        f"{label}: khi giải nén vượt giới hạn {limit_vi}; hãy giải nén trước.",
    )


def _bad_zip(label: str) -> tuple[str, str, str]:
    return (
        "bad-zip",
        f"{label}: the zip file is damaged; fetch it again.",
        f"{label}: tệp zip bị hỏng; hãy tải lại.",
    )
