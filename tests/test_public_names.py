"""Everything public is listed, sorted, documented and importable."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

import docanalyze

PACKAGE = Path(docanalyze.__file__).parent


def test_all_is_sorted_and_complete() -> None:
    assert docanalyze.__all__ == sorted(docanalyze.__all__, key=_as_ruff)
    assert set(docanalyze.__all__) == {*docanalyze._HOME_OF, "__version__"}


def _as_ruff(name: str) -> tuple[int, str]:
    return (0 if name.isupper() else 1 if name[:1].isupper() else 2, name)


@pytest.mark.parametrize("name", docanalyze.__all__)
def test_every_public_name_exists_and_is_documented(name: str) -> None:
    value = getattr(docanalyze, name)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert inspect.getdoc(value), name
    assert name in dir(docanalyze)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        docanalyze.nothing  # noqa: B018


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_public_function_says_what_comes_back(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{path.name} has no docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            text = ast.get_docstring(node) or ""
            assert text, f"{path.name}: {node.name}"
            if isinstance(node, ast.FunctionDef):
                verbs = (
                    "Return",
                    "Yield",
                    "Raise",
                    "Print",
                    "Write",
                    "Run",
                    "Give",
                    "Analyse",
                    "Show",
                    "Add",
                    "Make",
                )
                assert text.startswith(verbs), f"{path.name}: {node.name}: {text.splitlines()[0]}"
