"""One indicator over the reports: which entry of each report it is, and how sure that is."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from docanalyze.compare.entries import Entry
from docanalyze.compare.names import Name, write_title
from docanalyze.compare.observation import Observation
from docanalyze.core.days import Days

_LIKELY = 0.5
_VOICES = 3


@dataclass(eq=False)
class Identity:
    """One indicator over the reports: its entry in each, and the likeness of the weakest pairing."""

    number: int
    entries: dict[int, Entry] = field(default_factory=dict)
    score: float = 1.0
    printed: set[str] = field(default_factory=set)
    levels: dict[Days, list[Observation]] = field(default_factory=lambda: defaultdict(list))
    _title: tuple[int, str] = (0, "")
    _last: int = -1

    @property
    def last(self) -> Entry:
        """The entry of the latest report."""
        return self.entries[self._last]

    @property
    def title(self) -> str:
        """The fullest name that reports agree on: `sản lượng thủy sản`, not `sản lượng` or `công ty bán`."""
        if self._title[0] != len(self.entries):
            names = {
                (name.key, name.printed): name
                for number in sorted(self.entries, reverse=True)
                for name in (self.entries[number].name,)
            }
            best = self._find_fullest(list(names.values())) if len(names) > 1 else self.last.name
            title = write_title(best.printed or self.last.first.unit or self.last.unit)
            self._title = len(self.entries), title
        return self._title[1]

    def _find_fullest(self, names: list[Name]) -> Name:
        counts = Counter(word for entry in self.entries.values() for word in entry.name.words)

        def rank(name: Name) -> tuple[int, int, int]:
            return sum(counts[word] for word in name.words), len(name.words), -len(name.printed)

        return max(names, key=rank)

    @property
    def is_likely(self) -> bool:
        """Whether all pairings are surer than not, so that findings on them are worth telling."""
        return self.score >= _LIKELY

    def voices(self) -> list[Entry]:
        """Return its entries under different names, the latest first, at most three."""
        found: dict[tuple[str, str], Entry] = {}
        for number in sorted(self.entries, reverse=True):
            found.setdefault(self.entries[number].key, self.entries[number])
        return list(found.values())[:_VOICES]

    def add(self, entry: Entry, score: float = 1.0) -> None:
        """Add the entry of a further report."""
        self.entries[entry.report] = entry
        self._last = max(self._last, entry.report)
        self.printed.add(entry.name.printed_key)
        self.printed |= entry.others
        self.score = min(self.score, score)
        for each in entry.levels():
            self.levels[each.days].append(each)
