"""What short references point at: `Nghị định này`, `Nghị quyết 18`, `(sau đây gọi là Nghị quyết 27)`.

A short form takes what its antecedent prints; where two documents would fit, it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from docanalyze.core.mention import LegalRef, LegalRefValue, Mention
from docanalyze.lexicon import Lexicon
from docanalyze.tag.bounds import GAP, GAP0, word_choice

_NAMED = re.compile(
    rf"{GAP0}[,(]?{GAP0}(?:sau{GAP}đây|dưới{GAP}đây){GAP}(?:được{GAP})?(?:gọi|viết){GAP}(?:tắt{GAP}|chung{GAP})?là"
    rf"{GAP0}:?{GAP0}[\"“]?(?P<name>[^\"”)(;.\n]{{3,60}}?)[\"”]?(?=[);.\n])"
)
_PARTS = ("article", "clause", "point", "chapter", "appendix")


def find_aliases(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """Return the mentions with those added that go by a name given in the text.

    After `Nghị quyết số 27-NQ/TU (sau đây gọi là Nghị quyết 27)` every later `Nghị quyết 27` is one.
    """
    found = list(mentions)
    for alias, ref in _given_names(text, mentions, lexicon):
        end = ref.value.full.end if ref.value.full is not None else ref.end
        for match in re.finditer(rf"(?<!\w){re.escape(alias)}(?![\w/])", text[end:]):
            start = end + match.start()
            if any(m.start < start + len(alias) and start < m.end for m in found):
                continue
            value = _without_parts(ref.value)
            found.append(
                LegalRef(text=alias, start=start, end=start + len(alias), rule="legal.alias", value=value)
            )
    return sorted(found, key=lambda mention: mention.start)


def resolve_refs(
    mentions: Sequence[Mention], *, text: str, own_type: str | None, lexicon: Lexicon
) -> tuple[Mention, ...]:
    """Return the mentions (with ids) whose short references say what they point at in `resolves_to`.

    `own_type` is the type of the document itself (`báo cáo`): `Báo cáo này` is the document,
    `Nghị định này` in it the last decree named before.
    """
    names = {alias: ref.id for alias, ref in _given_names(text, mentions, lexicon)}
    complete: dict[tuple[str, str], list[LegalRef]] = {}
    last: dict[str, LegalRef] = {}
    resolved: list[Mention] = []
    for mention in mentions:
        if isinstance(mention, LegalRef):
            mention = _resolve(mention, names, complete, last, own_type, lexicon)
            value = mention.value
            if value.type and not value.self and (value.canonical or value.title):
                last[value.type] = mention
                if value.number and value.canonical and value.resolves_to is None:
                    complete.setdefault((value.type, value.number), []).append(mention)
        resolved.append(mention)
    return tuple(resolved)


def _resolve(
    ref: LegalRef,
    names: dict[str, str],
    complete: dict[tuple[str, str], list[LegalRef]],
    last: dict[str, LegalRef],
    own_type: str | None,
    lexicon: Lexicon,
) -> LegalRef:
    value = ref.value
    if value.self:
        other = None if value.type in (None, own_type) or own_type is None else last.get(value.type or "")
        return _with(ref, "document" if other is None else other.id)
    if ref.rule == "legal.alias" or ref.text in names:
        target = names.get(ref.text)
        return ref if target is None or target == ref.id else _with(ref, target)
    if value.canonical or not value.number or not value.type:
        return ref
    before = complete.get((value.type, value.number), [])
    if len({other.value.canonical for other in before}) == 1:
        return _with(ref, before[-1].id, before[-1].value)
    known = None if before else _known(lexicon).get((value.type, value.number))
    return ref if known is None else _with(ref, None, known)


def _with(ref: LegalRef, target: str | None, source: LegalRefValue | None = None) -> LegalRef:
    value = msgspec.structs.replace(ref.value, resolves_to=target)
    if source is not None:
        value = msgspec.structs.replace(
            value,
            canonical=source.canonical,
            symbol=source.symbol,
            system=source.system,
            year=value.year or source.year,
        )
    return msgspec.structs.replace(ref, value=value)


def _given_names(text: str, mentions: Iterable[Mention], lexicon: Lexicon) -> Iterator[tuple[str, LegalRef]]:
    types = _type_words(lexicon)
    for mention in mentions:
        if not isinstance(mention, LegalRef) or not (mention.value.canonical or mention.value.title):
            continue
        end = mention.value.full.end if mention.value.full is not None else mention.end
        stop = text.find("\n\n", end)
        found = _NAMED.search(text, end, min(end + 240, stop if stop >= 0 else len(text)))
        if found is None or ";" in text[end : found.start()]:
            continue
        alias = " ".join(found["name"].split())
        if types.match(alias) and alias != mention.text:
            yield alias, mention


def _without_parts(value: LegalRefValue) -> LegalRefValue:
    return msgspec.structs.replace(value, **dict.fromkeys(_PARTS), full=None, relation=None, raw=None)


@lru_cache(maxsize=8)
def _type_words(lexicon: Lexicon) -> re.Pattern[str]:
    names = [t["name"][0].upper() + t["name"][1:] for t in lexicon["legal_types"]["type"]]
    return re.compile(word_choice(names) + r"(?!\w)")


@lru_cache(maxsize=8)
def _known(lexicon: Lexicon) -> dict[tuple[str, str], LegalRefValue]:
    """Return the documents that go by their type and number alone: `Nghị quyết 18` is 18-NQ/TW."""
    return {
        (row["type"], row["number"]): LegalRefValue(
            canonical=row["canonical"], symbol=row["symbol"], system=row["system"]
        )
        for row in lexicon["nicknames"]["known"]
    }
