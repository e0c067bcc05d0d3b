"""The figures of a sentence tied: a level, what is said of it, and what that is measured against."""

from __future__ import annotations

import re

import msgspec

from docanalyze.bind.clauses import Clause, Item
from docanalyze.bind.partners import find_partners, fits, is_kin
from docanalyze.bind.roles import Cues, Role, is_bare
from docanalyze.bind.settle import REACHED, settle_roles
from docanalyze.bind.turns import RATIOS, find_bracketed, is_of, pair_bases, pair_by_noun, pair_in_turn
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.names import ends_with, starts_with

_NAMED_FIRST = re.compile(
    r"^\W*(?:so với \S+ \S+(?: \S+ \S+)?)?\W*"
    r"(?<!\w)(?:còn|với|đạt|ước|được|lên|về|xuống)\b"
)
_ALSO = re.compile(
    r"(?:so với [^,;()]{3,40})?,? ?(?:tức|tương đương|tương ứng|hay)(?: là| với)? (?:tăng|giảm)(?: thêm)?"
)
_FROM = re.compile(r"từ(?:\s+\S+)?\s*$")


class Tie(msgspec.Struct):
    """A figure with its role; `of` is what it is said of, `against` what it is measured against.

    `sure` is False where only nearness ties them. `part_of` is the total that lists it, `listing` how.
    """

    item: Item
    figure: Figure
    role: Role
    of: Tie | None = None
    against: Tie | None = None
    sure: bool = True
    part_of: Tie | None = None
    listing: str | None = None


def tie_clause(clause: Clause, roles: list[Role], cues: Cues, before: list[Tie] | None = None) -> list[Tie]:
    """Return the figures of a sentence tied, in their order; `before` are those of the sentence before it."""
    ties = [Tie(item, item.figure, role) for item, role in zip(clause.items, roles, strict=True)]
    settle_roles(ties, before or [], cues)
    pair_bases(ties)
    in_turn = pair_in_turn(ties)
    pair_by_noun(ties)
    for at, tie in enumerate(ties):
        if at in in_turn:
            continue
        if tie.role in ("level", "duration") or tie.of is not None:
            continue
        said = find_bracketed(at, ties)
        if said is not None:
            tie.of, tie.sure = said.of, said.sure
            continue
        tie.of = _find_subject(at, ties) or _find_persons(at, ties, cues)
        if tie.of is None and tie.role == "share" and at and ties[at - 1].role == "plan":
            tie.of = ties[at - 1]  # `chỉ tiêu 27.300 học sinh, bằng 70% số học sinh lớp 9 (39.012 học sinh)`
        tie.sure = tie.of is not None and (tie.role not in RATIOS or is_bare(tie.item, cues))
        if not tie.sure and tie.role in RATIOS:
            named = _find_namesake(at, ties, cues)
            if named is not None:
                tie.of, tie.sure = named, True
    find_partners(ties, cues)
    for at, tie in enumerate(ties):
        if tie.role in RATIOS:
            _mend_subject(at, ties, cues)
            if tie.of is None and tie.against is not None and before:
                # `So với năm trước (8.423 tỷ đồng), con số này tăng 7,28%`: of a figure printed before
                base = tie.against
                tie.of = next((t for t in before if t.role == "level" and fits(tie, t, base)), None)
    return ties


def _find_subject(at: int, ties: list[Tie]) -> Tie | None:
    """Return the level that a figure is about: the last one of its kind at its depth or around it."""
    tie = ties[at]
    if tie.role == "change" and (named := _find_by_noun(tie, ties[:at])) is not None:
        return named
    for other in reversed(ties[:at]):
        if other.item.depth > tie.item.depth or (other.item.group and other.item.group != tie.item.group):
            continue
        if tie.figure.dimension == "point":
            if other.figure.dimension == "%" and other.role not in ("base", "plan"):
                return other
        elif other.role == "level" and (
            tie.role not in ("change", "base", "plan", "total") or is_kin(other.figure, tie.figure)
        ):
            return other
    return None


def _find_persons(at: int, ties: list[Tie], cues: Cues) -> Tie | None:
    """Return the persons that a change or a base in persons is of: `1.642 công chức, giảm 118 người`."""
    tie = ties[at]
    if (
        tie.role not in ("change", "base")
        or not tie.figure.exact
        or not cues.person.search(tie.figure.dimension)
    ):
        return None
    last = next((t for t in reversed(ties[:at]) if t.role == "level" and t.figure.exact), None)
    return last if last is not None and cues.person.search(last.figure.dimension) else None


def _find_by_noun(tie: Tie, before: list[Tie]) -> Tie | None:
    """Return the one of several levels that counts the same.

    `13 người chết, 24 người bị thương; giảm 01 người chết`.
    """
    same = [t for t in before if t.role == "level" and t.figure.dimension == tie.figure.dimension]
    if len(same) < 2 or tie.figure.dimension.isupper():
        return None
    noun = _NOUN_BEHIND.match(tie.item.tail)
    if noun is None:
        return None
    named = [t for t in same if _is_named(t.item, noun[0])]
    return named[0] if len(named) == 1 and named[0] is not same[-1] else None


_NOUN_BEHIND = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?(?= ?[.,;()]|$)|[^\W\d_]+")
"""The noun that a unit leaves open: `01 người chết (5,6%)`, `18 người bị thương so với cùng kỳ`."""


def _is_named(item: Item, noun: str) -> bool:
    """Return whether a noun stands right behind a level or right before it: `làm chết 171 người`."""
    return starts_with(item.tail, noun) or ends_with(item.near.rstrip(), noun)


def _find_namesake(at: int, ties: list[Tie], cues: Cues) -> Tie | None:
    """Return the one level before a ratio that bears its name: `đàn lợn tăng 5,5 nghìn con`."""
    tie = ties[at]
    words = _read_words(tie, cues)
    if not words:
        return None
    same = [o for o in ties[:at] if o.role == "level" and is_of(tie, o) and _read_words(o, cues) == words]
    return same[0] if len(same) == 1 else None


def _read_words(tie: Tie, cues: Cues) -> list[str]:
    return cues.bare.sub(" ", tie.item.near).split()


def _mend_subject(at: int, ties: list[Tie], cues: Cues) -> None:
    """Take the level after a ratio that names it first: `bia giảm gần 6%, còn 12.128 nghìn lít (12.884)`.

    So too after `từ 31,4 tỷ đồng còn 12,3 tỷ đồng`, and `chiếm 67% với 14.902 tấn`.
    """
    tie = ties[at]
    follower = ties[at + 1] if at + 1 < len(ties) else None
    if tie.against is not None and _FROM.search(tie.against.item.near):
        after = ties[ties.index(tie.against) + 1 :]
        level = after[0] if after else None
        alike = level is not None and is_alike(level.figure, tie.against.figure)
        if level is not None and alike and REACHED.search(level.item.near):
            tie.of, tie.sure = level, True
            return
    again = None
    if follower is not None and follower.role in RATIOS and _ALSO.fullmatch(follower.item.lead):
        # `lãi gộp giảm 24,5%, tương ứng giảm 219 tỷ đồng, về 676 tỷ đồng`: said twice of what follows
        again, follower = follower, ties[at + 2] if at + 2 < len(ties) else None
    if follower is None or follower.role != "level" or is_bare(tie.item, cues):
        return
    if again is not None and not any(is_alike(follower.figure, each.figure) for each in (tie, again)):
        return
    if _NAMED_FIRST.search(follower.item.lead):
        tie.of, tie.sure = follower, True
        if again is not None:
            again.of, again.sure = follower, True
        second = ties[at + 2] if at + 2 < len(ties) else None
        late = tie.against is None or ties.index(tie.against) < at
        if late and second is not None and second.role == "base" and fits(tie, second):
            tie.against = second
