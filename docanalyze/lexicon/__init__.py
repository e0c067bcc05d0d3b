"""Vietnamese as data: every word list in TOML files beside this module, each entry with its source.

A linguist adds a unit or an issuer by adding an entry; no Python is needed. A user's own folder
(`--lexicon DIR`) may hold files of the same names: their entries are added to the shipped ones.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from docanalyze.core.errors import UsageError

_SHIPPED = Path(__file__).parent


class Lexicon:
    """The word lists by file name; equal lexicons have equal `digest` and share compiled patterns.

    >>> load_lexicon()["units"]["unit"][0].keys() >= {"names", "source"}
    True
    """

    def __init__(self, tables: Mapping[str, Mapping[str, Any]], digest: str) -> None:
        self._tables = dict(tables)
        self.digest = digest

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        return self._tables[name]

    def __contains__(self, name: object) -> bool:
        return name in self._tables

    def __iter__(self) -> Any:
        return iter(self._tables)


@lru_cache(maxsize=8)
def load_lexicon(directory: Path | None = None) -> Lexicon:
    """Return the shipped lexicon, with the entries of `directory`'s TOML files added to it.

    A name that an entry of the same list has already (`sào`, without a size) means what the folder says.

    Raises UsageError if the folder is missing, a file is no TOML, or it names an unknown list.
    """
    tables: dict[str, dict[str, Any]] = {}
    digest = hashlib.sha256()
    for path in sorted(_SHIPPED.glob("*.toml")):
        data = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + data)
        tables[path.stem] = tomllib.loads(data.decode("utf-8"))
    if directory is not None:
        if not directory.is_dir():
            raise UsageError(reason=f"--lexicon {directory}: no such folder")
        for path in sorted(directory.glob("*.toml")):
            try:
                data = path.read_bytes()
                added = tomllib.loads(data.decode("utf-8"))
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
                raise UsageError(reason=f"--lexicon {path}: not a readable TOML file ({error})") from error
            if path.stem not in tables:
                known = ", ".join(sorted(tables))
                raise UsageError(reason=f"--lexicon {path}: no such word list; known are {known}")
            digest.update(path.name.encode() + b"\0" + data)
            tables[path.stem] = _merge(tables[path.stem], added)
    return Lexicon(tables, digest.hexdigest()[:16])


def _merge(base: dict[str, Any], added: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in added.items():
        old = merged.get(key)
        if isinstance(old, list) and isinstance(value, list):
            merged[key] = _without(old, value) + value
        elif isinstance(old, dict) and isinstance(value, dict):
            merged[key] = _merge(old, value)
        else:
            merged[key] = value
    return merged


def _without(old: list[Any], added: list[Any]) -> list[Any]:
    """Return entries without the names that are given anew; an entry left without a name goes."""
    names = {name for row in added if isinstance(row, dict) for name in row.get("names", ())}
    kept = []
    for row in old:
        if isinstance(row, dict) and names.intersection(row.get("names", ())):
            left = [name for name in row["names"] if name not in names]
            if left:
                kept.append({**row, "names": left})
        else:
            kept.append(row)
    return kept
