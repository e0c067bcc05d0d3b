"""The one base of every value that docanalyze hands out."""

from __future__ import annotations

from typing import TypeVar

import msgspec

T = TypeVar("T")

SCHEMA_VERSION = "1"
"""Version of the JSON that `docanalyze.to_json` writes; a key is only ever added within one."""


class Value(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """A frozen value: compared by content, safe to share, absent keys left out of the JSON.

    One definition gives the object, the encoder, the validating decoder and the JSON Schema. A frozen value
    is made after all that it holds, so no cycle goes through it, and Python's collector need not look at it.
    """


def always(value: T) -> T:
    """Return a field default that the JSON shows even so (plain defaults are left out of it)."""
    return msgspec.field(default_factory=lambda: value)
