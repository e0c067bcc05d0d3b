"""Tasks that a report sets, and what the next report says became of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from docanalyze.compare.book import Book, Slip, sentence_place, word_pattern
from docanalyze.compare.names import read_name
from docanalyze.compare.view import ReportView
from docanalyze.core.analysis import Sentence
from docanalyze.core.comparison import Task
from docanalyze.core.relation import Text

State = Literal["done", "under-way", "not-done", "told", "silent"]
_STATES: dict[State, Text] = {
    "done": Text(vi="đã thực hiện", en="done"),
    "under-way": Text(vi="đang thực hiện", en="under way"),
    "not-done": Text(vi="chưa thực hiện hoặc chưa đạt", en="not done"),
    "told": Text(vi="có nêu kết quả", en="told of"),
    "silent": Text(vi="không thấy nêu lại", en="not mentioned again"),
}
_LEAD = re.compile(r"^[\s\-–•*+]*(?:\(?[\da-zđ]{1,2}[.)]\s*)?")
_WORDS = 4
_TOLD = 0.34
_LENGTH = 240


def list_tasks(book: Book) -> list[Task]:
    """Return the tasks of each report but the last, with the sentence of the next that answers each."""
    found = book.memo.get("tasks")
    if isinstance(found, list):
        return [task for task, _, _ in found]
    told: list[tuple[Task, Sentence, Sentence | None]] = []
    for number, view in enumerate(book.views[:-1]):
        tasks = list(_read_tasks(view, book))
        if tasks:
            told.extend(_answer(book, view, book.views[number + 1], tasks))
    book.memo["tasks"] = told
    return [task for task, _, _ in told]


def _read_tasks(view: ReportView, book: Book) -> Iterator[tuple[Sentence, frozenset[str]]]:
    opens = word_pattern(book.lexicon, "task")
    for sentence in view.sentences:
        if not view.looks_ahead(sentence.start):
            continue
        line = _LEAD.sub("", view.read_sentence(sentence))
        words = _objects(line, book)
        if len(words) >= _WORDS and opens.search(line.lower()):
            yield sentence, words


def _objects(line: str, book: Book) -> frozenset[str]:
    """Return the words of a sentence that name its object: no verbs of tasks, no words of the genre."""
    plain = word_pattern(book.lexicon, "task").sub(" ", line.lower())
    genre = book.memo.get("genre")
    if not isinstance(genre, frozenset):
        genre = book.memo["genre"] = read_name(
            " ".join(book.lexicon["series"]["genre"]["words"]), book.lexicon
        ).words
    return read_name(plain, book.lexicon).words - genre


def _answer(
    book: Book, view: ReportView, after: ReportView, tasks: list[tuple[Sentence, frozenset[str]]]
) -> Iterator[tuple[Task, Sentence, Sentence | None]]:
    index: dict[str, list[int]] = {}
    lines = [s for s in after.sentences if not after.looks_ahead(s.start)]
    words = [_objects(after.read_sentence(s), book) for s in lines]
    for at, group in enumerate(words):
        for word in group:
            index.setdefault(word, []).append(at)
    rarity = {word: 1.0 / len(places) for word, places in index.items()}
    for sentence, wanted in tasks:
        scores: dict[int, float] = {}
        whole = sum(rarity.get(word, 1.0) for word in wanted)
        for word in wanted:
            for at in index.get(word, ()):
                scores[at] = scores.get(at, 0.0) + rarity[word]
        best = max(scores, key=lambda at: (scores[at], -at), default=None)
        share = 0.0
        if best is not None:
            share = len(wanted & words[best]) / min(len(wanted), max(_WORDS, len(words[best])))
        hit = best if best is not None and share >= _TOLD and scores[best] / whole >= 0.1 else None
        answer = None if hit is None else lines[hit]
        quote = None if answer is None else after.read_sentence(answer)
        yield (
            Task(
                report=view.number, text=view.read_sentence(sentence)[:_LENGTH],
                page=sentence.boxes[0].page if sentence.boxes else None,
                answer_report=None if answer is None else after.number, answer=quote,
                answer_page=answer.boxes[0].page if answer is not None and answer.boxes else None,
                state=_read_state(quote, book), score=round(share, 3),
            ),
            sentence, answer,
        )  # fmt: skip


def _read_state(quote: str | None, book: Book) -> State:
    if quote is None:
        return "silent"
    low = quote.lower()
    states: tuple[tuple[State, str], ...] = (
        ("not-done", "not_done"), ("under-way", "under_way"), ("done", "done"),
    )  # fmt: skip
    for state, entry in states:
        if word_pattern(book.lexicon, "task", entry).search(low):
            return state
    return "told"


def find_tasks(book: Book) -> Iterator[Slip]:
    """Yield a slip for each task with what the next report says of it."""
    list_tasks(book)
    found = book.memo["tasks"]
    assert isinstance(found, list)
    for task, sentence, answer in found:
        state = _STATES[task.state]
        view, after = book.views[task.report], book.views[task.report + 1]
        places = [sentence_place(view, sentence, "task")]
        if answer is not None:
            places.insert(0, sentence_place(after, answer, "answer"))
        yield Slip(
            "TSK001", "info",
            Text(
                vi=f"Nhiệm vụ đề ra ở báo cáo trước, báo cáo sau {state.vi}: {task.text}",
                en=f"A task set by the earlier report is {state.en} in the next: {task.text}",
            ),
            tuple(places),
        )  # fmt: skip
