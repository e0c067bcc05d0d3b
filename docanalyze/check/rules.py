"""A rule: a permanent code, its family, its message, and the function that proposes its relations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docanalyze.check.facts import Claim, Facts
from docanalyze.core.relation import Family, Text


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of `CHECKS`. The function's docstring is the manual: What / Why / Tolerance / Example.

    `also` are the codes of other kinds of relation that the function proposes beside `code`. `placed` rules
    tie figures by their place in a table. Words tie less surely: where no misprint of one figure explains a
    failure in prose, the figures may be strangers, and it is a warning.
    """

    code: str
    name: str
    family: Family
    fails: Text
    run: Callable[[Facts], Iterator[Claim]]
    also: tuple[str, ...] = ()
    placed: bool = False
