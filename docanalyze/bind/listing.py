"""A list of parts and its total."""

from __future__ import annotations

from typing import Literal

import msgspec

from docanalyze.bind.statements import Tie

Completeness = Literal["complete", "partial", "open"]


class Listing(msgspec.Struct):
    """A total with its parts in order; `partial` lists may leave parts out, `open` ones say so."""

    total: Tie
    parts: list[Tie]
    completeness: Completeness
