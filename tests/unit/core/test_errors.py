from __future__ import annotations

import pickle

import pytest

import docanalyze.core.errors as errors
from docanalyze.core.errors import DocanalyzeError

DETAILS = {
    "path": "bao-cao.pdf",
    "reason": "no such option",
    "problem_en": "an empty file",
    "problem_vi": "tệp rỗng",
    "limit_en": "10 pages",
    "limit_vi": "10 trang",
    "option": "--ocr force",
    "command": "pip install docanalyze[ocr]",
}
KINDS = [
    kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DocanalyzeError)
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_is_one_sentence_in_both_languages(kind: type[DocanalyzeError]) -> None:
    error = kind(**DETAILS)
    for language in ("vi", "en"):
        text = error.describe(language)
        assert "{" not in text
        assert "\n" not in text
    assert error.describe("vi") != error.describe("en") or kind is errors.UsageError
    assert error.exit_code in (1, 2, 3, 4)


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_survives_a_process_border(kind: type[DocanalyzeError]) -> None:
    error = kind(**DETAILS)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert str(copy) == str(error)


@pytest.mark.parametrize("kind", KINDS)
def test_the_drawn_tree_names_every_error(kind: type[DocanalyzeError]) -> None:
    assert kind.__name__ in (errors.__doc__ or "")
