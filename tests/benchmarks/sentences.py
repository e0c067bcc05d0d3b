"""Sentence boundaries on a treebank of news: `python -m tests.benchmarks.sentences FILE.conllu`.

The tokens are put together as they are printed, ten sentences a paragraph; the boundaries inside a
paragraph and the exact sentences are scored, and speed is told as ratios of one run.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from docanalyze.core.span import Span
from docanalyze.segment.splitters import SPLITTERS

Split = Callable[[str], list[Span]]
_CLOSERS = ",.;:!?)]}”…%"
_BRACKETS = {"LBKT": "(", "RBKT": ")"}
_OPENERS = "([{“"
_PLAIN = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-zà-ỹđ])")


def read_paragraphs(path: Path, *, size: int = 10) -> Iterator[tuple[str, list[Span]]]:
    """Yield paragraphs of `size` sentences with the sentences' spans."""
    sentences = [
        join_tokens(line.removeprefix("# text =").split())
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("# text =")
    ]
    for first in range(0, len(sentences), size):
        text = ""
        spans = []
        for sentence in sentences[first : first + size]:
            start = len(text) + (1 if text else 0)
            text = f"{text} {sentence}" if text else sentence
            spans.append(Span(start, len(text)))
        yield text, spans


def join_tokens(tokens: list[str]) -> str:
    """Return the tokens as a printed sentence: marks at their words, quotes around theirs.

    >>> join_tokens('" Được " , ông nói ( cười ) .'.split())
    '"Được", ông nói (cười).'
    """
    text = ""
    quoted = glue = False
    tokens = [_BRACKETS.get(token, token) for token in tokens]
    for token, after in zip(tokens, [*tokens[1:], "."], strict=True):
        # A quotation may have begun sentences before: a quote before a mark closes one.
        closing = token == '"' and (quoted or after[0] in _CLOSERS + "-")
        if text and not glue and not closing and token[0] not in _CLOSERS:
            text += " "
        text += token
        glue = token[-1] in _OPENERS or (token == '"' and not closing)
        if token == '"':
            quoted = not closing
    return text


def split_plainly(text: str) -> list[Span]:
    """Return what a split at a mark before a capital gives."""
    cuts = [0, *(match.end() for match in _PLAIN.finditer(text)), len(text)]
    return [Span(a, a + len(text[a:b].rstrip())) for a, b in pairwise(cuts)]


def score(split: Split, paragraphs: list[tuple[str, list[Span]]]) -> tuple[float, float]:
    """Return the F1 of the boundaries inside the paragraphs and that of exact sentences."""
    right = found = gold = exact = ours_all = gold_all = 0
    for text, spans in paragraphs:
        ours = split(text)
        ends, wanted = {s.end for s in ours[:-1]}, {s.end for s in spans[:-1]}
        right, found, gold = right + len(ends & wanted), found + len(ends), gold + len(wanted)
        exact += len(set(ours) & set(spans))
        ours_all, gold_all = ours_all + len(ours), gold_all + len(spans)
    return 2 * right / (found + gold), 2 * exact / (ours_all + gold_all)


def speed(split: Split, text: str) -> float:
    """Return megabytes a second, the median of five runs."""
    seconds = []
    for _ in range(5):
        start = time.process_time()
        split(text)
        seconds.append(time.process_time() - start)
    return len(text.encode()) / 1e6 / statistics.median(seconds)


def main() -> None:
    """Print the scores of our splitter, underthesea's and a plain split."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    paragraphs = list(read_paragraphs(parser.parse_args().file))
    text = "\n\n".join(paragraph for paragraph, _ in paragraphs)
    own, other = SPLITTERS["own"], SPLITTERS["underthesea"]
    for name, split in (("docanalyze", own), ("underthesea", other), ("plain split", split_plainly)):
        boundaries, exact = score(split, paragraphs)
        print(f"{name:12} boundaries {boundaries:.4f}, exact {exact:.4f}, {speed(split, text):.1f} MB/s")


if __name__ == "__main__":
    main()
