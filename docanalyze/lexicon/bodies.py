"""Names of bodies in one form, so that `UBND tỉnh` and `Chủ tịch Ủy ban nhân dân tỉnh` are the same."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from docanalyze.lexicon import load_lexicon


class Body(NamedTuple):
    """A body: its kind (`ubnd`, `tỉnh ủy`, `bộ tài chính`), its level and its own name where printed."""

    kind: str
    level: str | None = None
    name: str | None = None


@lru_cache(maxsize=1024)
def read_body(printed: str) -> Body | None:
    """Return the body that a printed name means; None where the name is of no kind known here.

    >>> read_body("Chủ tịch Uỷ ban nhân dân tỉnh Cửu Hòa")
    Body(kind='ubnd', level='tỉnh', name='cửu hòa')
    >>> read_body("Ban Thường vụ Tỉnh ủy")
    Body(kind='tỉnh ủy', level=None, name=None)
    """
    words = load_lexicon()["bodies"]
    text = " ".join(printed.casefold().replace("uỷ", "ủy").split()).strip(" .,;")
    for short, long in words["short"]["pairs"]:
        text = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)\.?", long, text)
    offices = "|".join(sorted(map(re.escape, words["office"]["words"]), key=len, reverse=True))
    text = re.sub(rf"^(?:(?:{offices})\s+)+", "", text)
    for names, kind in words["same"]["groups"]:
        for name in names:
            if text == name:
                return Body(kind)
    if re.search(r",| và ", text) and not text.startswith(("bộ ", "sở ")):
        return None
    levels = "|".join(sorted(words["level"]["words"], key=len, reverse=True))
    council = re.fullmatch(rf"(ubnd|hđnd)(?: ({levels}))?(?: (.+))?", text)
    if council:
        return Body(council[1], council[2], council[3])
    party = re.fullmatch(rf"({'|'.join(words['committee']['words'])})(?: (.+))?", text)
    if party:
        return Body(party[1], None, party[2])
    return Body(text) if re.match(r"(?:bộ|sở) \w", text) else None


def do_conflict(a: Body, b: Body) -> bool:
    """Return whether two names cannot mean one body; a shorter name agrees with a longer one.

    >>> do_conflict(Body("ubnd", "tỉnh"), Body("ubnd", "tỉnh", "cửu hòa"))
    False
    >>> do_conflict(Body("ubnd", "tỉnh"), Body("ubnd", "huyện"))
    True
    """
    if a.kind != b.kind:
        return not (a.kind.startswith(b.kind) or b.kind.startswith(a.kind))
    if a.level and b.level and a.level != b.level:
        return True
    return bool(a.name and b.name and not (a.name.startswith(b.name) or b.name.startswith(a.name)))
