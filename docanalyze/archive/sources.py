"""The files of an archive: folders, patterns and zip files walked in a stable order, read in place."""

from __future__ import annotations

import glob
import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import msgspec

from docanalyze.core.errors import MissingFile

SUFFIXES = (".pdf", ".txt", ".md")
"""What is looked for in folders and zip files; a file that is named itself is tried whatever its suffix."""

MEMBERS = 100_000
INFLATED = 512 * 1024 * 1024
RATIO = 1000
"""Limits of a zip file: members, bytes of one member, and how often its packed size that may be."""

_CHUNK = 1 << 20


class Item(msgspec.Struct, frozen=True):
    """A file of the archive: its name relative to the PATH given, and where its bytes are.

    `member` is the name inside a zip file at `location`; `stamp` (size, time of change, checksum) tells
    whether the file is the one that was seen before; `problem` says why it is not read.
    """

    label: str
    location: str
    member: str | None = None
    stamp: str = ""
    problem: tuple[str, str, str] | None = None


def find_items(paths: Iterable[str | Path]) -> list[Item]:
    """Return the files of folders, patterns, zip files and single files, ordered by their names.

    Names are relative to the PATH that a file was found under; names of folders and files that start
    with a dot are passed over. A file that two PATHs give is there once. Raises MissingFile for a PATH
    that is not there.

    >>> [item.label for item in find_items(["bao-cao/"])]  # doctest: +SKIP
    ['2023/quy-1.pdf', '2023/quy-2.pdf']
    """
    found: dict[tuple[str, str | None], Item] = {}
    for given in paths:
        for item in _expand(str(given)):
            found.setdefault((item.location, item.member), item)
    return sorted(found.values(), key=lambda item: (item.label, item.location, item.member or ""))


def read_item(item: Item) -> bytes:
    """Return the bytes of an item; raise MissingFile if it cannot be read any more.

    A member of a zip file is never read beyond the limit, whatever its header says.
    """
    try:
        if item.member is None:
            return Path(item.location).read_bytes()
        with zipfile.ZipFile(item.location) as archive, archive.open(item.member) as file:
            data = file.read(INFLATED + 1)
    except (OSError, ValueError, RuntimeError, NotImplementedError, KeyError, EOFError) as error:
        raise MissingFile(path=item.label) from error
    except Exception as error:  # zlib.error, BadZipFile and what other decompressors raise
        raise MissingFile(path=item.label) from error
    if len(data) > INFLATED:
        raise MissingFile(path=item.label)
    return data


def hash_item(item: Item) -> str:
    """Return the SHA-256 of an item's bytes, without holding a whole file; raise MissingFile."""
    if item.member is not None:
        return hashlib.sha256(read_item(item)).hexdigest()
    digest = hashlib.sha256()
    try:
        with Path(item.location).open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise MissingFile(path=item.label) from error
    return digest.hexdigest()


def _expand(given: str) -> Iterator[Item]:
    path = Path(given)
    if path.is_dir():
        yield from _walk(path)
    elif path.exists():
        yield from _open(path, path.name)
    elif any(char in given for char in "*?["):
        matches = sorted(glob.glob(given, recursive=True))
        if not matches:
            raise MissingFile(path=given)
        for match in matches:
            yield from _expand(match)
    else:
        raise MissingFile(path=given)


def _walk(folder: Path) -> Iterator[Item]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if name.startswith(".") or path.suffix.lower() not in (*SUFFIXES, ".zip"):
                continue
            yield from _open(path, path.relative_to(folder).as_posix())


def _open(path: Path, label: str) -> Iterator[Item]:
    location = str(path.resolve())
    try:
        status = path.stat()
    except OSError:
        yield Item(label, location, problem=_unreadable(label))
        return
    stamp = f"{status.st_size}:{status.st_mtime_ns}"
    if path.suffix.lower() == ".zip":
        yield from _list_members(location, label, stamp)
    else:
        yield Item(label, location, stamp=stamp)


def _list_members(location: str, label: str, stamp: str) -> Iterator[Item]:
    """Yield the reports in a zip file; what is unsafe in it becomes an item with its problem."""
    try:
        with zipfile.ZipFile(location) as archive:
            members = archive.infolist()
    except Exception:  # whatever a damaged directory of members makes zipfile raise
        yield Item(label, location, problem=_bad_zip(label))
        return
    if len(members) > MEMBERS:
        yield Item(label, location, problem=_too_large(label, f"{MEMBERS} files", f"{MEMBERS} tệp"))
        return
    seen: set[str] = set()
    for member in members:
        name = member.filename.replace("\\", "/")
        pure = PurePosixPath(name)
        if member.is_dir() or pure.suffix.lower() not in SUFFIXES or _is_hidden(pure):
            continue
        inner = f"{label}/{'/'.join(part for part in pure.parts if part not in ('/', '..'))}"
        problem = _find_problem(member, name, inner, twice=name in seen)
        seen.add(name)
        yield Item(inner, location, member.filename, f"{stamp}:{member.CRC:08x}", problem)


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
    if member.file_size > INFLATED or member.file_size > RATIO * max(member.compress_size, 1024):
        return _too_large(
            label, f"{INFLATED >> 20} MB or {RATIO} to 1", f"{INFLATED >> 20} MB hoặc {RATIO} : 1"
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


def _unreadable(label: str) -> tuple[str, str, str]:
    error = MissingFile(path=label)
    return ("missing-file", error.describe("en"), error.describe("vi"))
