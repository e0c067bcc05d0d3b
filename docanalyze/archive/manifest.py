"""What is done of an archive: a SQLite file with a row a document, safe against a kill at any moment."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from docanalyze.archive.sources import Item

_LAYOUT = """
CREATE TABLE IF NOT EXISTS files (
    location BLOB, member TEXT, stamp TEXT, sha256 TEXT, PRIMARY KEY (location, member)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_by_hash ON files (sha256);
CREATE TABLE IF NOT EXISTS documents (
    sha256 TEXT, config TEXT, version TEXT, path TEXT NOT NULL, status TEXT NOT NULL,
    pages INTEGER, grade REAL, code TEXT, error_en TEXT, error_vi TEXT,
    seconds REAL, attempts INTEGER, finished TEXT, PRIMARY KEY (sha256, config, version)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS refused (
    location BLOB, member TEXT, path TEXT NOT NULL, code TEXT NOT NULL, error_en TEXT NOT NULL,
    error_vi TEXT NOT NULL, PRIMARY KEY (location, member)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS groups (name TEXT PRIMARY KEY, digest TEXT NOT NULL, outcome BLOB NOT NULL)
WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts (name TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
"""


class ArchiveEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One document of the archive as the manifest keeps it.

    `status` is `ok`, `partial`, `failed`, or `running` while it is being done; `code` says why one failed
    or is partial, `error_en` and `error_vi` why it failed in words; `grade` is the lowest of its pages'.
    `seconds`, `attempts` and `finished` (UTC) are kept here alone, so that results do not depend on the
    machine.
    """

    sha256: str | None
    path: str
    status: str
    config: str = ""
    version: str = ""
    pages: int | None = None
    grade: float | None = None
    code: str | None = None
    error_en: str | None = None
    error_vi: str | None = None
    seconds: float | None = None
    attempts: int | None = None
    finished: str | None = None


_COLUMNS = ", ".join(ArchiveEntry.__struct_fields__)
_MARKS = ", ".join("?" for _ in ArchiveEntry.__struct_fields__)


class Manifest:
    """The rows of one archive; every change is on disk when the call returns."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.executescript(_LAYOUT)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def find_hash(self, item: Item) -> str | None:
        """Return the SHA-256 that a file had when it was last read, if it looks unchanged."""
        row = self._db.execute(
            "SELECT sha256 FROM files WHERE location = ? AND member = ? AND stamp = ?",
            (item.location, item.member or "", item.stamp),
        ).fetchone()
        return row[0] if row else None

    def keep_hashes(self, hashes: Iterable[tuple[Item, str]]) -> None:
        """Keep the SHA-256 of files, for the next run."""
        rows = [(item.location, item.member or "", item.stamp, digest) for item, digest in hashes]
        self._write("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", rows)

    def find_entry(self, sha256: str, config: str, version: str) -> ArchiveEntry | None:
        """Return the row of a document that was finished with this configuration and version."""
        return next(
            self._read("WHERE sha256 = ? AND config = ? AND version = ?", (sha256, config, version)), None
        )

    def keep_entry(self, entry: ArchiveEntry) -> None:
        """Keep the row of a document, in place of those of other configurations."""
        row = tuple(getattr(entry, name) for name in ArchiveEntry.__struct_fields__)
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("DELETE FROM documents WHERE sha256 = ?", (entry.sha256,))
            self._db.execute(f"INSERT INTO documents ({_COLUMNS}) VALUES ({_MARKS})", row)

    def list_entries(self) -> Iterator[ArchiveEntry]:
        """Yield all finished documents in the order of their names, those that were refused among them."""
        refused = (
            ArchiveEntry(None, path, "failed", code=code, error_en=english, error_vi=vietnamese)
            for path, code, english, vietnamese in self._db.execute(
                "SELECT path, code, error_en, error_vi FROM refused"
            )
        )
        done = self._read("WHERE status <> 'running'", ())
        yield from sorted([*done, *refused], key=lambda entry: (entry.path, entry.sha256 or ""))

    def list_replaced(self) -> list[str]:
        """Return the SHA-256 of documents whose files have other bytes now."""
        found = self._db.execute(
            "SELECT sha256 FROM documents EXCEPT SELECT sha256 FROM files ORDER BY sha256"
        )
        return [sha256 for (sha256,) in found]

    def forget(self, sha256: str) -> None:
        """Take out the row of a document."""
        self._write("DELETE FROM documents WHERE sha256 = ?", [(sha256,)])

    def forget_refused(self, items: Iterable[Item]) -> None:
        """Forget that files could not be read, before they are tried anew or when they are gone."""
        tried = {item.location for item in items}
        rows = [
            (location,)
            for (location,) in self._db.execute("SELECT DISTINCT location FROM refused").fetchall()
            if location in tried or not Path(os.fsdecode(location)).exists()
        ]
        self._write("DELETE FROM refused WHERE location = ?", rows)

    def keep_refused(self, items: Iterable[Item]) -> None:
        """Keep why files could not be read at all."""
        rows = [
            (item.location, item.member or "", item.label, *item.problem) for item in items if item.problem
        ]
        self._write("INSERT OR REPLACE INTO refused VALUES (?, ?, ?, ?, ?, ?)", rows)

    def find_digest(self, part: str) -> str | None:
        """Return the digest of what a part of the tables was made from."""
        row = self._db.execute("SELECT digest FROM parts WHERE name = ?", (part,)).fetchone()
        return row[0] if row else None

    def keep_digest(self, part: str, digest: str) -> None:
        """Keep the digest of what a part of the tables was made from."""
        self._write("INSERT OR REPLACE INTO parts VALUES (?, ?)", [(part, digest)])

    def find_group(self, name: str, digest: str) -> bytes | None:
        """Return what came of comparing a group whose documents had this digest."""
        found = self._db.execute(
            "SELECT outcome FROM groups WHERE name = ? AND digest = ?", (name, digest)
        ).fetchone()
        return found[0] if found else None

    def keep_group(self, name: str, digest: str, outcome: bytes) -> None:
        """Keep what came of comparing a group."""
        self._write("INSERT OR REPLACE INTO groups VALUES (?, ?, ?)", [(name, digest, outcome)])

    def _read(self, where: str, values: tuple[object, ...]) -> Iterator[ArchiveEntry]:
        for row in self._db.execute(f"SELECT {_COLUMNS} FROM documents {where}", values):
            yield ArchiveEntry(*row)

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                self._db.executemany(statement, rows)
