"""References to laws on a public set of tagged sentences: `python -m tests.benchmarks.citations FILE`.

FILE is BIO, a token a line (`Nghị_định B-NĐ`), nine kinds of documents. A reference is right strictly
if its core (type word to number, or to the end of the law's name) stands at the same characters with
the same kind, date and issuer left aside; leniently if it begins at the same character, has the
same kind, and the two differ in nothing but how far a date or name after the number goes on.

The set tags a document once a sentence, and neither the name that brackets give it (`sau đây gọi là
…`) nor those in the title of the paper itself (`Thông tư Sửa đổi … của Thông tư số …`): on folds 0 to 3,
172 repeats are of no span and 26 are, 63 given names and 3, 130 in titles and 6. What we find there is
left out of one score (`by the set's habits`) and stays in the other (`as found`). Every error of the second
is counted under one kind, and the best score that is left if only our own kinds were mended is shown.

Five folds, by sentence number: what the rules say is looked at on four of them only (0 to 3), the
last is scored and not looked at. Law names come from the lexicon (its own source), never from FILE.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docanalyze.core.mention import LegalRef
from docanalyze.lexicon import Lexicon, load_lexicon
from docanalyze.tag.legal_refs import find_legal_refs

GIVEN = re.compile(r"sau đây (?:được )?(?:viết|gọi)(?: tắt| chung| gọn)?(?: tắt)? là:? [“\"]?$")
TITLE = re.compile(
    r"\s*(?:Thông tư|Nghị định|Quyết định|Nghị quyết)(?: liên tịch)? "
    r"(?=Sửa|Hướng|Quy|Về|Bổ|Ban|Bãi|Điều chỉnh|Chi tiết|sửa|hướng|quy định|về)"
)
TYPES = {
    "L": "luật", "BL": "bộ luật", "PL": "pháp lệnh", "HP": "hiến pháp", "NĐ": "nghị định", "TT": "thông tư",
    "TTLT": "thông tư liên tịch", "QĐ": "quyết định", "NQ": "nghị quyết",
}  # fmt: skip
FOLDS = 5
_MARK = re.compile(r"</?\w+>?|rel=\"\w+\">")
"""Marks of nested references, which the set's makers left in the words."""
_DATE = re.compile(r",? (?:(?:ký )?ngày |số$).*$", re.IGNORECASE)
_NO_SPACE_BEFORE = frozenset(",.;:)”?!%")


Core = tuple[int, int, int, str]
"""A document found: start, end, end with its tail, type."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence as text, and its references as (start, end, type)."""

    text: str
    refs: tuple[tuple[int, int, str], ...]


@dataclass(slots=True)
class Counts:
    """References in the gold, found, right strictly, right leniently."""

    gold: int = 0
    found: int = 0
    strict: int = 0
    lenient: int = 0

    def add(self, other: Counts) -> None:
        """Add the counts of another stretch."""
        self.gold += other.gold
        self.found += other.found
        self.strict += other.strict
        self.lenient += other.lenient

    def f1(self, right: int) -> float:
        """Return the F1 of `right` matches."""
        return 2 * right / (self.gold + self.found) if self.gold + self.found else 1.0


def read_sentences(path: Path) -> Iterator[Tagged]:
    """Yield the sentences with usual spacing; `_` joins syllables, marks of other annotation go."""
    tokens: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            token, tag = line.rsplit(" ", 1)
            tokens.append((_MARK.sub("", token).replace("_", " ").strip(), tag))
        elif tokens:
            yield join_tokens(tokens)
            tokens = []


def join_tokens(tokens: list[tuple[str, str]]) -> Tagged:
    """Return tokens as a text, commas and brackets where they are printed, with its references."""
    text = ""
    refs: list[tuple[int, int, str]] = []
    inside: str | None = None
    for token, tag in tokens:
        if token:
            glued = not text or text[-1] in "(“" or token[0] in _NO_SPACE_BEFORE
            start = len(text) + (0 if glued else 1)
            text += token if glued else " " + token
        else:
            start = len(text)
        kind = tag[2:]
        if tag == "O":
            inside = None
        elif tag[0] == "B" or inside != kind:
            refs.append((start, len(text), TYPES[kind]))
            inside = kind
        else:
            refs[-1] = (refs[-1][0], len(text), refs[-1][2])
    return Tagged(text, tuple(ref for ref in refs if ref[0] < ref[1]))


def find_cores(text: str, lexicon: Lexicon) -> Iterator[Core]:
    """Yield what we find as (start, end, end with tail, type): documents only, their parts cut off."""
    for ref in find_legal_refs(text, lexicon):
        value = ref.value
        if value.type not in TYPES.values() or value.self:
            continue
        start = _start_of_document(ref)
        if start is not None:
            yield start, ref.end, max(ref.end, value.full.end if value.full else 0), value.type


def leave_out(sentence: Tagged, cores: list[Core]) -> list[Core]:
    """Return the cores without those that the set never tags: repeats, given names, the paper's own title."""
    return [core for core, reason in find_reasons(sentence, cores) if reason is None]


def find_reasons(sentence: Tagged, cores: list[Core]) -> Iterator[tuple[Core, str | None]]:
    """Yield the cores with the kind of those that the set never tags, None for others."""
    text = sentence.text
    end_of_title = 0
    if TITLE.match(text):
        basis = text.find("Căn cứ")
        end_of_title = basis if basis >= 0 else len(text)
    seen: set[tuple[str, str]] = set()
    for core in cores:
        start, end, _, kind = core
        number = re.search(r"\d+[a-z]?\s?/[\w/-]+", text[start:end])
        key = (kind, (number[0] if number else text[start:end]).casefold())
        own = start == 0 and text[end:].startswith(" Căn cứ")
        if GIVEN.search(text[:start]):
            yield core, "name given in brackets"
        elif start < end_of_title or own:
            yield core, "in the paper's own title"
        else:
            yield core, "named before in the sentence" if key in seen else None
        seen.add(key)


def _start_of_document(ref: LegalRef) -> int | None:
    """Return where the document begins in `khoản 2 Điều 5 Luật Đất đai`; None if only the part is named."""
    if ref.rule != "legal.part":
        return ref.start
    heads = "|".join(re.escape(name) for name in sorted(TYPES.values(), key=len, reverse=True))
    found = list(re.finditer(rf"(?<!\w)(?:{heads})(?!\w)", ref.text.casefold()))
    return ref.start + found[0].start() if found else None


def cut_date(text: str, start: int, end: int) -> int:
    """Return the end of the core of a reference: its date cut off."""
    return start + len(_DATE.sub("", text[start:end]))


def count(sentence: Tagged, lexicon: Lexicon, *, habits: bool = True) -> tuple[Counts, list[str]]:
    """Return the counts of a sentence and what is wrong in it, in words; `habits` are the set's."""
    found = list(find_cores(sentence.text, lexicon))
    if habits:
        found = leave_out(sentence, found)
    counts = Counts(gold=len(sentence.refs), found=len(found))
    wrong: list[str] = []
    used: set[int] = set()
    for start, end, kind in sentence.refs:
        core = cut_date(sentence.text, start, end)
        match = next(
            (i for i, f in enumerate(found) if i not in used and f[0] == start and f[3] == kind), None
        )
        if match is None:
            wrong.append(f"missed {sentence.text[start:end]!r}")
            continue
        ours = found[match]
        if ours[1] == core:
            counts.strict += 1
        if ours[1] in (core, end) or ours[2] in (core, end) or _same_number(sentence.text, ours, start, end):
            counts.lenient += 1
            used.add(match)
        if ours[1] != core:
            wrong.append(f"end of {sentence.text[start:core]!r}: {sentence.text[start : ours[1]]!r}")
        used.add(match)
    wrong += [f"too much {sentence.text[f[0] : f[1]]!r}" for i, f in enumerate(found) if i not in used]
    return counts, wrong


def sort_errors(sentence: Tagged, lexicon: Lexicon, names: frozenset[str]) -> Iterator[str]:
    """Yield the kind of each error in a sentence, nothing left out; `names` are laws that the set tags."""
    text = sentence.text
    reasons = dict(find_reasons(sentence, list(find_cores(text, lexicon))))
    left = dict(reasons)
    for start, end, kind in sentence.refs:
        core, tagged = cut_date(text, start, end), text[start:end]
        ours = next((each for each in left if (each[0], each[3]) == (start, kind)), None)
        if ours is not None:
            del left[ours]
            if ours[1] != core:
                yield _sort_end(text[start : ours[1]], text[start:core], names)
        elif not NUMBERED.search(tagged) and kind not in _BY_NAME:
            yield "missed: no number, only a subject"
        elif re.search(r"/\d{2,3}/[A-ZĐ]|năm \d{2,3}(?!\d)|định định| nám ", tagged):
            yield "missed: its number or words are damaged"
        elif any(each[0] < end and start < each[1] for each in reasons):
            yield "missed: begins elsewhere"
        else:
            yield "missed: other"
    for (start, end, _, kind), reason in left.items():
        found = text[start:end]
        if reason is not None:
            yield f"too much: {reason}"
        elif not re.match("|".join(TYPES.values()), found.casefold()):
            yield "too much: further number of a list"
        elif NUMBERED.search(found):
            yield "too much: numbered, left untagged here"
        elif kind in _BY_NAME and _name(found) in names:
            yield "too much: law that is tagged elsewhere"
        else:
            yield "too much: other"


def _sort_end(ours: str, core: str, names: frozenset[str]) -> str:
    more, less = ours[len(core) :], core[len(ours) :]
    if re.fullmatch(r" năm \d{4}| \(sửa đổi\)|,? số [\w/ -]+", more):
        return "end: year or number after a law's name"
    number = NUMBERED.search(core)
    if less and number is not None and number.end() <= len(ours):
        return "end: tagged beyond the number"
    if less and _name(ours) in names:
        return "end: tagged beyond a law's name that is tagged elsewhere"
    return "end: longer than tagged" if more else "end: shorter than tagged"


def _name(found: str) -> str:
    return re.sub(r"\W+", " ", found).strip().casefold()


NUMBERED = re.compile(r"\d+[A-Za-z]?\s?[/-]\s?(?:\d{4}\s?/\s?)?[A-ZĐ][\w/-]*")
_BY_NAME = ("luật", "bộ luật", "pháp lệnh", "hiến pháp")
OUTSIDE = (
    "too much: name given in brackets", "too much: in the paper's own title",
    "too much: named before in the sentence", "too much: numbered, left untagged here",
    "too much: law that is tagged elsewhere", "end: year or number after a law's name",
    "end: tagged beyond the number", "end: tagged beyond a law's name that is tagged elsewhere",
    "missed: its number or words are damaged",
)  # fmt: skip
"""Kinds that no reader of references can mend: habits of the set, and faults in it."""


def count_kinds(sentences: list[Tagged], lexicon: Lexicon) -> Counter[str]:
    """Return how many errors there are of each kind on all folds, counted without being looked at."""
    names = frozenset(
        _name(each.text[start : cut_date(each.text, start, end)])
        for each in sentences for start, end, kind in each.refs if kind in _BY_NAME
    )  # fmt: skip
    return Counter(kind for each in sentences for kind in sort_errors(each, lexicon, names))


def _same_number(text: str, ours: tuple[int, int, int, str], start: int, end: int) -> bool:
    number = re.search(r"\d{1,5}\s?[a-z]?\s?[/-]\s?[\w/-]+", text[start:end])
    return number is not None and start + number.end() <= ours[1]


def without_names(lexicon: Lexicon) -> Lexicon:
    """Return the lexicon without its list of laws."""
    tables = {name: lexicon[name] for name in lexicon}
    tables["laws"] = {"law": []}
    return Lexicon(tables, lexicon.digest + "-no-laws")


def main() -> None:
    """Print the scores of the folds, with and without the list of laws."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--wrong", type=int, default=0, help="show so many errors of folds 0 to 3")
    options = parser.parse_args()
    sentences = list(read_sentences(options.file))
    full = load_lexicon()
    for title, lexicon, habits in (
        ("by the set's habits", full, True),
        ("by the set's habits, without the list of laws", without_names(full), True),
        ("as found", full, False),
    ):
        folds = [Counts() for _ in range(FOLDS)]
        shown = 0
        for number, sentence in enumerate(sentences):
            counts, wrong = count(sentence, lexicon, habits=habits)
            folds[number % FOLDS].add(counts)
            looked_at = lexicon is full and habits and number % FOLDS < FOLDS - 1
            if looked_at and wrong and shown < options.wrong:
                shown += 1
                print(f"{'; '.join(wrong)}\n    {sentence.text}")
        total = Counts()
        for fold in folds:
            total.add(fold)
        print(f"{title}: strict F1 {total.f1(total.strict):.4f}, lenient {total.f1(total.lenient):.4f}")
        print("  by fold, strict : " + " ".join(f"{f.f1(f.strict):.4f}" for f in folds))
        print("  by fold, lenient: " + " ".join(f"{f.f1(f.lenient):.4f}" for f in folds))
        print(f"  gold {total.gold}, found {total.found}, right {total.strict} and {total.lenient}")
    kinds = count_kinds(sentences, full)
    print("errors as found, all folds, by kind (* habits and faults of the set):")
    for kind, number in sorted(kinds.items(), key=lambda item: (item[0] not in OUTSIDE, -item[1])):
        print(f"  {'*' if kind in OUTSIDE else ' '} {number:4} {kind}")
    spare = sum(number for kind, number in kinds.items() if kind in OUTSIDE and kind.startswith("too much"))
    lost = sum(
        number for kind, number in kinds.items() if kind in OUTSIDE and not kind.startswith("too much")
    )
    best = total.gold - lost
    found = best + spare + sum(n for kind, n in kinds.items() if kind in OUTSIDE and kind.startswith("end"))
    print(f"best strict F1 with these: {2 * best / (total.gold + found):.4f}; with them mended instead: "
          f"{2 * (total.strict + lost) / (total.gold + total.found - spare):.4f}")  # fmt: skip


if __name__ == "__main__":
    main()
