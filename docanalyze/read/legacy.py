"""Text in fonts from before Unicode (TCVN3, VNI) -> Unicode, font by font, on the raw codes.

Decided by the font's name and by what comes out: a font is decoded only if more of its words are
Vietnamese syllables afterwards. Every character keeps its place: one that VNI spends on a mark
becomes a word joiner, which the cleaning of lines drops.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from docanalyze.lexicon import load_lexicon
from docanalyze.read.pieces import Piece
from docanalyze.read.syllables import ENOUGH, TONES, grade_text

JOINER = "\u2060"
"""Takes the place of a character that has become part of the one before it."""

_LINE_END = re.compile("[\ufffe\x02]")
"""What PDFium gives for a soft hyphen at a line end; in TCVN3 it is an ư, and the line ends there."""

_SOUND = 0.6
_SURE = 0.85
_WORDS = 20
_UNICODE = re.compile("[\u1ea0-\u1ef9]")
"""Letters that only Unicode has: about one in ten of a Vietnamese text, none where a font is an old one."""
_GLANCE = 500


@dataclass(frozen=True, slots=True)
class Encoding:
    """One old encoding: its name, how its fonts are called, and what its characters stand for."""

    name: str
    fonts: re.Pattern[str]
    capitals: re.Pattern[str]
    letters: dict[int, str]
    marks: dict[str, str]
    bases: frozenset[str]
    pairs: dict[str, str]

    def decode(self, text: str) -> str:
        """Return `text` in Unicode, as many characters long as before.

        >>> find_encodings()["tcvn3"].decode("Uû ban nh©n d©n")
        'Uỷ ban nhân dân'
        """
        if not self.marks:
            plain = text.translate(self.letters)
            return _PAIR.sub(self._join_pair, plain) if self.pairs else plain
        decoded: list[str] = []
        for char in text:
            mark = self.marks.get(char)
            at = len(decoded) - 1
            while at >= 0 and decoded[at] == JOINER:
                at -= 1
            whole = ""
            if mark is not None and at >= 0 and decoded[at] in self.bases:
                whole = unicodedata.normalize("NFC", decoded[at] + mark)
            if whole in _LETTERS:
                decoded[at] = whole
                decoded.append(JOINER)
            else:
                decoded.append(self.letters.get(ord(char), char))
        return "".join(decoded)

    def _join_pair(self, match: re.Match[str]) -> str:
        """Return a capital and the same small letter with a tone as the capital with it."""
        capital = self.pairs.get(match.group())
        return capital + JOINER if capital else match.group()


def _tone(vowel: str) -> list[str]:
    """Return a vowel with each of the five tones."""
    return [unicodedata.normalize("NFC", vowel + tone) for tone in sorted(TONES)]


_VOWELS = "aăâeêioôơuưy"
_LETTERS = frozenset(
    letter for vowel in _VOWELS + _VOWELS.upper() for letter in (vowel, *_tone(vowel)) if not letter.isascii()
)
_PAIR = re.compile(f"[{_VOWELS.upper()}][{''.join(sorted(filter(str.islower, _LETTERS)))}]")


@lru_cache(maxsize=1)
def find_encodings() -> dict[str, Encoding]:
    """Return the old encodings by name, built from `legacy_fonts.toml`."""
    encodings: dict[str, Encoding] = {}
    for name, table in load_lexicon()["legacy_fonts"].items():
        letters = dict(zip(table["from"], table["to"], strict=True))
        variants = table.get("variants", {"from": "", "to": ""})
        letters.update(zip(variants["from"], variants["to"], strict=True))
        marks: dict[str, str] = {}
        bases: set[str] = set()
        if "marks" in table:
            pairs = zip(table["marks"]["from"], table["marks"]["to"], strict=True)
            for second, combining in pairs:
                marks[second] = marks[second.upper()] = combining
            plain = "".join(letters.get(base, base) for base in table["marks"]["bases"])
            bases = {*plain, *plain.upper()}
        encodings[name] = Encoding(
            name,
            re.compile(table["names"]),
            re.compile(table["capitals"]),
            {ord(old): new for old, new in letters.items()},
            marks,
            frozenset(bases),
            {
                capital + toned: toned.upper()
                for capital in table.get("two_part_capitals", "")
                for toned in _tone(capital.lower())
            },
        )
    return encodings


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text after decoding, where PDFium swallowed line ends, and which font was what."""

    text: str
    line_ends: tuple[int, ...]
    fonts: dict[str, str]


def decode_page(
    text: str, pieces: Sequence[Piece], fonts: Sequence[str], sure: dict[str, Encoding] | None = None
) -> Decoded | None:
    """Return the page's text with legacy fonts decoded; None if it has none.

    `fonts[i]` is the font of the stretch `pieces[i]` of the text. `sure` holds the fonts that pages
    before this one left no doubt of, and takes in more.
    """
    if text.isascii():
        return None
    chosen: dict[str, Encoding] = {}
    runs = list(_find_runs(pieces, fonts))
    samples: dict[str, list[str]] = {}
    for font, start, end in runs:
        samples.setdefault(font, []).append(text[start:end])
    for font, sample in ((font, " ".join(stretches)) for font, stretches in samples.items()):
        encoding = _choose(font, sample, sure if sure is not None else {})
        if encoding is not None:
            chosen[font] = encoding
    if not chosen:
        return None
    parts: list[str] = []
    line_ends: list[int] = []
    at = 0
    for font, start, end in runs:
        encoding = chosen.get(font)
        if encoding is None:
            continue
        raw = text[start:end]
        decoded = encoding.decode(raw)
        if encoding.capitals.search(font):
            decoded = "".join(char.upper() if len(char.upper()) == 1 else char for char in decoded)
        parts.append(text[at:start])
        parts.append(decoded)
        line_ends.extend(start + match.end() for match in _LINE_END.finditer(raw))
        at = end
    parts.append(text[at:])
    return Decoded("".join(parts), tuple(line_ends), {font: e.name for font, e in chosen.items()})


def _find_runs(pieces: Sequence[Piece], fonts: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the stretches of one font: a VNI mark may be a piece of its own."""
    at = 0
    for font, members in groupby(fonts):
        last = at + len(list(members))
        yield font, pieces[at][0], pieces[last - 1][1]
        at = last


@lru_cache(maxsize=1024)
def _find_named(font: str) -> Encoding | None:
    """Return the encoding that a font's name tells: `.VnTime` is TCVN3."""
    return next((e for e in find_encodings().values() if e.fonts.match(font)), None)


def _choose(font: str, sample: str, sure: dict[str, Encoding]) -> Encoding | None:
    """Return the encoding of a font by its name, or by its text where the name does not tell."""
    named = _find_named(font)
    if named is not None and sample.isascii():
        return named if named.capitals.search(font) else None
    if sample.isascii() or len(_UNICODE.findall(sample, 0, _GLANCE)) > 0.03 * min(len(sample), _GLANCE):
        return None
    if font in sure:
        return sure[font]
    before = grade_text(sample)
    if named is not None:
        after = grade_text(named.decode(sample[:ENOUGH]))
        if before is not None and after is not None and before < _SOUND and after >= _SURE:
            sure[font] = named
        return named if before is None or after is None or after > before else None
    if before is None or before >= _SOUND or len(sample.split()) < _WORDS:
        return None
    graded = [(grade_text(e.decode(sample[:ENOUGH])) or 0.0, e) for e in find_encodings().values()]
    best, encoding = max(graded, key=lambda item: item[0])
    return encoding if best >= _SURE else None
