"""Learned models beside the rules that they would replace: `python models/trials.py`.

A model ships only if the 95 % interval of its gain over the rules, by a paired bootstrap on the standoff
gold, lies above zero. Each trial learns from `corpus/dev` and is scored on `corpus/standoff`, which neither
the model nor its settings have seen. Learning is deterministic: the same corpus gives the same figures.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import docanalyze
from docanalyze.core.span import Span
from docanalyze.gold.items import Gold
from docanalyze.gold.load import MissingDocument, load_gold
from docanalyze.segment.sentences import split_text

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
ROUNDS = 2_000
_AROUND = 60
_ENDS = ".!?…;:\n"


class Trial(NamedTuple):
    """What came of one candidate: how many cases, how many the rules and the model have right."""

    name: str
    cases: int
    rules: float
    model: float
    low: float
    high: float


def list_gold(name: str) -> Iterator[Gold]:
    """Yield the gold of a set whose documents are here, in the order of names."""
    for path in sorted((CORPUS / name).glob("*.gold.jsonl")):
        try:
            yield load_gold(path)
        except MissingDocument:
            continue


def read_roles(gold: Gold) -> Iterator[tuple[str, str, Span]]:
    """Yield the words around each percentage with the role that the gold gives it."""
    for mention in gold.mentions:
        role = mention.value.get("role")
        if mention.kind == "percent" and mention.status == "core" and role:
            before = gold.text[max(0, mention.start - _AROUND) : mention.start]
            after = gold.text[mention.end : mention.end + _AROUND // 2]
            yield f"{before} ⟨%⟩ {after}", str(role), Span(mention.start, mention.end)


def try_roles() -> Trial:
    """Return the trial of a classifier for the role of a percentage: share, growth, plan ratio, rate."""
    train = [case for gold in list_gold("dev") for case in read_roles(gold)]
    model = learn_classes([words for words, _, _ in train], [role for _, role, _ in train])
    ruled, learned = [], []
    for gold in list_gold("standoff"):
        cases = list(read_roles(gold))
        if not cases:
            continue
        found = {Span(m.start, m.end): getattr(m.value, "role", None) for m in docanalyze.tag_text(gold.text)}
        guessed = model([words for words, _, _ in cases])
        for (_, role, span), guess in zip(cases, guessed, strict=True):
            ruled.append(found.get(span) == role)
            learned.append(guess == role)
    return compare_paired("role of a percentage", ruled, learned)


def read_boundaries(gold: Gold) -> Iterator[tuple[str, bool, int]]:
    """Yield each place in the scope where a sentence may end, with whether one does."""
    ends = {sentence.spans[-1].end for sentence in gold.sentences}
    for span in gold.scope:
        for at in range(span.start, span.end):
            if gold.text[at] in _ENDS:
                before = gold.text[max(0, at - 24) : at + 1]
                after = gold.text[at + 1 : at + 17]
                yield f"{before}⟨|⟩{after}", at + 1 in ends, at + 1


def try_boundaries() -> Trial:
    """Return the trial of a classifier of sentence ends at marks and line ends."""
    train = [case for gold in list_gold("dev") if gold.sentences for case in read_boundaries(gold)]
    model = learn_classes([words for words, _, _ in train], [str(is_end) for _, is_end, _ in train])
    ruled, learned = [], []
    for gold in list_gold("standoff"):
        if not gold.sentences:
            continue
        cases = list(read_boundaries(gold))
        ends = {span.end for span in split_text(gold.text)}
        for (_, is_end, at), guess in zip(cases, model([words for words, _, _ in cases]), strict=True):
            ruled.append((at in ends) == is_end)
            learned.append((guess == "True") == is_end)
    return compare_paired("sentence end at a mark", ruled, learned)


def learn_classes(texts: Sequence[str], labels: Sequence[str]) -> Callable[[Sequence[str]], list[str]]:
    """Return a classifier over characters and words, as small as a model here may be."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    features = make_union(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 4), min_df=2, max_features=20_000, lowercase=False),
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, max_features=10_000),
    )
    pipeline = make_pipeline(features, LogisticRegression(max_iter=2_000, C=10.0))
    pipeline.fit(list(texts), list(labels))
    return lambda given: [str(label) for label in pipeline.predict(list(given))]


def compare_paired(name: str, ruled: Sequence[bool], learned: Sequence[bool]) -> Trial:
    """Return the shares right and the 95 % interval of their difference, cases drawn in pairs."""
    gains = [int(b) - int(a) for a, b in zip(ruled, learned, strict=True)]
    draw = random.Random(2024)
    sums = sorted(sum(draw.choices(gains, k=len(gains))) / len(gains) for _ in range(ROUNDS))
    low, high = sums[int(0.025 * ROUNDS)], sums[int(0.975 * ROUNDS)]
    count = len(gains)
    return Trial(name, count, sum(ruled) / count, sum(learned) / count, low, high)


TRIALS = (try_roles, try_boundaries)


def main() -> None:
    """Print a line a candidate."""
    print("| candidate | cases | rules right | model right | gain, 95 % interval |")
    print("| --- | --- | --- | --- | --- |")
    for run in TRIALS:
        trial = run()
        interval = f"{100 * trial.low:+.1f} to {100 * trial.high:+.1f} points"
        print(f"| {trial.name} | {trial.cases} | {trial.rules:.3f} | {trial.model:.3f} | {interval} |")


if __name__ == "__main__":
    main()
