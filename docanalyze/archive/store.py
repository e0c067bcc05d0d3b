"""Where results lie: a local folder or any place that fsspec opens; files appear whole or not at all."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import IO, Any

from docanalyze.core.errors import MissingPart, UsageError

_PARTIAL = ".part"


class Store:
    """Reads and writes files by names such as `json/ab12.json` below one folder or URL."""

    def __init__(self, place: str) -> None:
        self.place = place.rstrip("/") if is_url(place) else str(Path(place).resolve())
        self._remote: Any = _open_remote(self.place) if is_url(place) else None

    def write(self, name: str, data: bytes) -> None:
        """Write a file whole: a killed process leaves the old one or the new one, never half of one."""
        with self.create(name) as file:
            file.write(data)

    @contextmanager
    def create(self, name: str) -> Iterator[IO[bytes]]:
        """Yield a file to write to; it takes its name when the block ends without an error."""
        # Two machines that share the folder can have processes of one number.
        ending = f"{os.getpid()}-{secrets.token_hex(4)}{_PARTIAL}"
        if self._remote is not None:
            system, root = self._remote
            # What an object store writes is seen only when it is closed; others move it into place.
            temporary = f"{root}/{name}.{ending}"
            system.makedirs(str(PurePosixPath(temporary).parent), exist_ok=True)
            with system.open(temporary, "wb") as file:
                yield file
            system.mv(temporary, f"{root}/{name}")
            return
        path = Path(self.place, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.{ending}")
        try:
            with partial.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
            _sync_folder(path.parent)
        finally:
            partial.unlink(missing_ok=True)

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes; None if there is none of that name."""
        try:
            if self._remote is not None:
                system, root = self._remote
                return bytes(system.cat_file(f"{root}/{name}"))
            return Path(self.place, name).read_bytes()
        except FileNotFoundError:
            return None

    def list(self, folder: str) -> list[str]:
        """Return the names of the finished files in a folder, in order, as `folder/name`."""
        if self._remote is not None:
            system, root = self._remote
            if not system.exists(f"{root}/{folder}"):
                return []
            names = [PurePosixPath(path).name for path in system.ls(f"{root}/{folder}", detail=False)]
        else:
            path = Path(self.place, folder)
            names = [entry.name for entry in path.iterdir()] if path.is_dir() else []
        return [f"{folder}/{name}" for name in sorted(names) if not name.endswith(_PARTIAL)]

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        if self._remote is not None:
            system, root = self._remote
            if system.exists(f"{root}/{name}"):
                system.rm_file(f"{root}/{name}")
        else:
            Path(self.place, name).unlink(missing_ok=True)

    def sweep(self, *folders: str) -> None:
        """Remove what killed processes left half written."""
        if self._remote is None:
            for folder in folders:
                for path in Path(self.place, folder).glob(f".*{_PARTIAL}"):
                    path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Bring a new name to disk, where a system lets a folder be opened: a power cut would lose it."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError:
        pass  # some file systems over a network refuse
    finally:
        os.close(opened)


def name_result(sha256: str) -> str:
    """Return the name of a document's JSON in the output folder."""
    return f"json/{sha256}.json"


def is_url(place: str) -> bool:
    """Return whether results go to a place that fsspec opens (`s3://…`, `file://…`)."""
    return "://" in place


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Yield while a folder is held for one run; raise UsageError while another run holds it.

    The lock is SQLite's, which every system has and which ends with its process, however that ends.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(folder / ".lock", timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise UsageError(reason=f"-o {folder}: the folder cannot be written ({error})") from error
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise UsageError(
                reason=f"-o {folder}: another run is writing to this folder; wait for it or choose another"
            ) from error
        yield
    finally:
        lock.close()


def _open_remote(url: str) -> tuple[Any, str]:
    try:
        fsspec = import_module("fsspec")
    except ImportError as error:
        raise MissingPart(option=f"-o {url}", command="pip install 'docanalyze[cluster]'") from error
    try:
        system, root = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UsageError(reason=f"-o {url}: {error}") from error
    return system, str(root).rstrip("/")
