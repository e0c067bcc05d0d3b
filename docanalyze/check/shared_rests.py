"""SUM004 where a share says of what: `đã thu 748,2 triệu đồng, đạt 79,9%, còn phải thu 188,3 triệu đồng`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import add_up, share_of
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import Figure, is_alike
from docanalyze.core.relation import Indicator
from docanalyze.lexicon.cues import cue_pattern, cue_words

_OTHER = re.compile(r"(?<!\w)(?:khác|(?:quá|trễ|chậm) hạn|không đạt|chưa đạt)(?: (?:là|đạt|được))?$")
_BACK = 6
"""How many sentences before its parts a whole may stand."""
_MOST = 4


def find_shared_rests(facts: Facts) -> Iterator[Claim]:
    """Yield what is left beside parts whose shares all agree with one whole."""
    rest = cue_pattern(facts.lexicon, "rest")
    words = (*cue_words(facts.lexicon, "rest"), "khác", "hạn", "không đạt", "chưa đạt")
    told = facts.behind(*words)

    def is_left(figure: Figure) -> bool:
        said = facts.clause_before(figure)
        return rest.search(said) is not None or _OTHER.search(said) is not None

    for name in facts.sentences_behind(*words):
        levels = facts.levels_of(name)
        left = [figure.mention in told and is_left(figure) for figure in levels]
        if not any(left):
            continue
        for at, figure in enumerate(levels):
            if not at or facts.role_of(figure) != "level" or facts.depths.get(figure.mention):
                continue
            if not left[at] or (at + 1 < len(levels) and left[at + 1] and is_alike(levels[at + 1], figure)):
                continue  # `đang thực hiện 5, chưa thực hiện 3` are closed by the last
            parts = _find_parts(facts, levels[:at], figure)
            whole = _find_whole(facts, parts) if parts else None
            if whole is not None and whole.value > figure.value:
                equation = add_up(whole, [*parts, figure])
                if holds(equation) or has_edit(equation):
                    yield Claim("SUM004", equation, severity="warning", tied=True)
                own = _find_share(facts, figure)
                if own is not None and holds(equation):
                    share = share_of(figure, whole, own)
                    if holds(share) or has_edit(share):
                        yield Claim("PCT001", share, severity="warning", tied=True)


def _find_parts(facts: Facts, before: tuple[Figure, ...], rest: Figure) -> list[Figure]:
    """Return the parts right before what is left, each with a share; none if they follow another part."""
    parts: list[Figure] = []
    for figure in reversed(before):
        if not is_alike(figure, rest) or facts.depths.get(figure.mention):
            continue
        if _find_share(facts, figure) is None:
            whole = not parts or figure.value > max(part.value for part in parts)
            return parts[::-1] if whole else []
        parts.append(figure)
    return parts[::-1] if len(parts) <= _MOST else []


def _find_share(facts: Facts, part: Figure) -> Figure | None:
    """Return the one percentage that is said of a part and need not be of a plan of its own."""
    own: list[Indicator] = [
        each for each in facts.said_of.get(facts.by_mention[part.mention].id, ())
        if each.role in ("share", "plan-ratio") and facts.figures[each.mention].decimals
    ]  # fmt: skip
    return facts.figures[own[0].mention] if len(own) == 1 and facts.role_of(part) == "level" else None


def _find_whole(facts: Facts, parts: list[Figure]) -> Figure | None:
    """Return the nearest level before parts that all their shares agree with."""
    shares = [(part, share) for part in parts if (share := _find_share(facts, part)) is not None]
    for name in facts.sentences_before(parts[0], _BACK):
        for other in reversed(facts.levels_of(name)):
            larger = is_alike(other, parts[0]) and other.value > parts[0].value
            if not larger or other.start >= parts[0].start:
                continue
            if all(holds(share_of(part, other, share)) for part, share in shares):
                return other
    return None
