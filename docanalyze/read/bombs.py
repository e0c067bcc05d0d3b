"""Files made to eat memory, told before PDFium opens them: it would take all there is, or abort.

Two kinds: a stream that inflates a thousandfold, and drawings (form XObjects) that draw one another
over and over. Only what stands plainly in the file is looked at, which costs next to nothing; the
limits of the process that reads are the second line of defence.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from docanalyze.core.errors import LimitExceeded
from docanalyze.read.source import Limits, RawFile

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_HEAD = re.compile(rb"(\d+)\s+\d+\s+obj\b(?!.*\bobj\b)", re.DOTALL)
_HEAD_BYTES = 8192
_OF_ANY_SIZE = re.compile(rb"/Subtype\s*/Image\b|/Type\s*/EmbeddedFile\b|/FontFile")
_OBJECT = re.compile(rb"(\d+)\s+\d+\s+obj\b")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R\b")
_XOBJECTS = re.compile(rb"/XObject\s*<<(.*?)>>", re.DOTALL)
_DRAWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_SUSPICIOUS = 100
_SAMPLE = 1 << 14
_MOST_DRAWINGS = 100_000
_LONGEST_FORM = 1 << 20


@dataclass(frozen=True, slots=True)
class _Stream:
    number: int
    head: bytes
    start: int


def refuse_bomb(file: RawFile, limits: Limits) -> None:
    """Raise LimitExceeded if the file's streams or drawings grow beyond the limits."""
    forms: dict[int, list[int]] = {}
    places: dict[int, int] = {}
    for stream in _find_streams(file.data):
        if _OF_ANY_SIZE.search(stream.head) is None and _inflates_beyond(file.data, stream, limits.inflated):
            size = f"{limits.inflated // (1 << 20)} MB"
            raise LimitExceeded(
                path=file.path, limit_en=f"{size} in one stream", limit_vi=f"{size} trong một luồng dữ liệu"
            )
        if re.search(rb"/Subtype\s*/Form\b", stream.head):
            forms[stream.number] = _find_drawn(file.data, stream, places)
    if any(_count_drawings(number, forms, {}, ()) > _MOST_DRAWINGS for number in forms):
        raise LimitExceeded(
            path=file.path,
            limit_en=f"{_MOST_DRAWINGS} drawings within one another",
            limit_vi=f"{_MOST_DRAWINGS} hình lồng nhau",
        )


def _find_streams(data: bytes) -> Iterator[_Stream]:
    for match in _STREAM.finditer(data):
        before = data[max(0, match.start() - _HEAD_BYTES) : match.start()]
        at = before.rfind(b" obj")
        head = _HEAD.search(before, max(0, at - 24)) if at >= 0 else None
        if head is not None:
            yield _Stream(int(head[1][-9:]), before[head.end() :], match.end())


def _inflates_beyond(data: bytes, stream: _Stream, limit: int) -> bool:
    """Return whether a stream holds more than `limit` bytes, compressed once or several times over."""
    stages = stream.head.count(b"FlateDecode") + len(re.findall(rb"/Fl\b", stream.head))
    if not stages:
        return False
    end = data.find(b"endstream", stream.start)
    end = end if end >= 0 else len(data)
    sample, _ = _inflate(data[stream.start : min(end, stream.start + _SAMPLE)], 4 * _SAMPLE * _SUSPICIOUS)
    if stages == 1 and len(sample) < _SUSPICIOUS * min(_SAMPLE, end - stream.start):
        return False
    content, over = _inflate(data[stream.start : end], limit)
    for _ in range(min(stages, 4) - 1):
        if over:
            break
        content, over = _inflate(content, limit)
    return over


def _inflate(data: bytes, limit: int) -> tuple[bytes, bool]:
    """Return what compressed data holds, up to `limit` bytes, and whether there is more."""
    machine = zlib.decompressobj()
    try:
        content = machine.decompress(data, limit + 1)
    except zlib.error:
        return b"", False
    return content, len(content) > limit


def _find_drawn(data: bytes, stream: _Stream, places: dict[int, int]) -> list[int]:
    """Return the objects that a form draws, as often as it draws them.

    `places` keeps where objects begin, once they had to be looked for.
    """
    head = stream.head
    for key in (b"Resources", b"XObject"):
        # What stands in an object of its own is put in its place.
        head = re.sub(rb"/%s\s+(\d{1,9})\s+\d+\s+R\b" % key, partial(_find_body, data, places, key), head)
    parts = _XOBJECTS.findall(head)
    names = {name: int(number[-9:]) for part in parts for name, number in _NAMED.findall(part)}
    if not names:
        return []
    end = data.find(b"endstream", stream.start)
    content = data[stream.start : end if end >= 0 else len(data)]
    if b"FlateDecode" in stream.head or b"/Fl " in stream.head:
        content, _ = _inflate(content, _LONGEST_FORM)
    return [names[name] for name in _DRAWN.findall(content[:_LONGEST_FORM]) if name in names]


def _find_body(data: bytes, places: dict[int, int], key: bytes, reference: re.Match[bytes]) -> bytes:
    """Return `/key` with the dictionary that a reference to it means; empty if it is not plainly there."""
    if not places:
        places.update((int(m[1][-9:]), m.end()) for m in _OBJECT.finditer(data))
    start = places.get(int(reference[1]), len(data))
    return b"/" + key + b" " + data[start : start + 4096].split(b"endobj", 1)[0]


def _count_drawings(
    number: int, forms: dict[int, list[int]], known: dict[int, int], above: tuple[int, ...]
) -> int:
    """Return how many drawings a form comes to with all inside it; too many if it is inside itself."""
    if number in above or len(above) > 50:
        return _MOST_DRAWINGS + 1
    if number not in known:
        inside = (_count_drawings(n, forms, known, (*above, number)) for n in forms.get(number, ()))
        known[number] = min(1 + sum(inside), _MOST_DRAWINGS + 1)
    return known[number]
