"""Words that stand for more than one thing: which lists they are in, and where that is settled."""

from __future__ import annotations

from collections.abc import Iterator

from docanalyze.core.base import Value
from docanalyze.lexicon import Lexicon


class Collision(Value, frozen=True, kw_only=True):
    """A word that several lists claim: `năm` is five, a year and a unit of time."""

    word: str
    meanings: tuple[str, ...]


def find_collisions(lexicon: Lexicon) -> tuple[Collision, ...]:
    """Return the words that mean more than one thing in the lexicon, in alphabetical order.

    Words in lower case, symbols in their own. How each is decided stands in `collisions.toml`.

    >>> from docanalyze.lexicon import load_lexicon
    >>> next(c.meanings for c in find_collisions(load_lexicon()) if c.word == "năm")
    ('number', 'period', 'thing in a row', 'unit')
    """
    found: dict[str, set[str]] = {}
    for word, meaning in _list_meanings(lexicon):
        found.setdefault(word, set()).add(meaning)
    return tuple(
        Collision(word=word, meanings=tuple(sorted(meanings)))
        for word, meanings in sorted(found.items())
        if len(meanings) > 1
    )


def _list_meanings(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    words = lexicon["number_words"]
    for row in words["digit"]:
        yield from ((word, "number") for word in row["words"])
    for row in words["scale"]:
        yield from ((word, "scale") for word in row["names"])
    for row in lexicon["currencies"]["currency"]:
        yield from ((name, "currency") for name in row["names"])
    for row in lexicon["units"]["unit"]:
        yield from ((name, "unit") for name in row["names"])
    for row in lexicon["counters"]["classifier"]:
        yield from ((name, "classifier") for name in row["names"])
    for row in lexicon["counters"]["noun"]:
        yield from ((name, "counted thing") for name in row["names"])
    for row in lexicon["legal_types"]["type"]:
        yield row["name"], "type of document"
        yield from ((symbol, f"type: {row['name']}") for symbol in {*row["state"], *row["party"]})
    yield from ((symbol, "type: " + name) for symbol, name in lexicon["legal_types"]["abbreviations"].items())
    for row in lexicon["issuers"]["body"]:
        yield row["symbol"], f"body: {row['name']}"
    yield from ((symbol, "body") for symbol in lexicon["issuers"]["shared"]["symbols"])
    for row in lexicon["abbreviations"]["abbreviation"]:
        yield from ((word, "abbreviation before a stop") for word in row["words"])
    for row in lexicon["ordinals"]["thing"]:
        yield from ((name, "thing in a row") for name in row["names"])
    yield from ((unit, "period") for unit in lexicon["calendar"]["frequency"]["units"])
    for row in lexicon["nonfigures"]["strong"]:
        yield from ((word, "label") for word in row["words"])
