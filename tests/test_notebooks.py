"""The notebooks: run from top to bottom without an error, with output that names no machine and no hour."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parent.parent / "notebooks").glob("*.ipynb"))
_TOLD = re.compile(r"(?<![\w.:<>/-])/(?:[\w.-]+/)+[\w.-]+|[A-Z]:\\|\b\d{1,2}:\d{2}:\d{2}\b|0x[0-9a-f]{8}")
"""Absolute paths, hours, addresses of objects."""


def read(path: Path) -> Any:
    return pytest.importorskip("nbformat").read(path, as_version=4)


def texts(notebook: Any) -> list[str]:
    """Return what cells show: what each prints as one, however it was cut on its way."""
    found = []
    for cell in notebook.cells:
        outputs = cell.get("outputs", ())
        found.append("".join(output.get("text", "") for output in outputs))
        for output in outputs:
            found += map(str, output.get("traceback", ()))
            data = output.get("data", {})
            found += [data[kind] for kind in ("text/plain", "text/html") if kind in data]
    return found


def test_they_are_numbered_and_listed() -> None:
    page = (NOTEBOOKS[0].parent / "README.md").read_text(encoding="utf-8")
    numbers = [int(path.name[:2]) for path in NOTEBOOKS]
    assert numbers == sorted(set(numbers))
    assert all(path.name in page for path in NOTEBOOKS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_kept_output_names_no_machine(path: Path) -> None:
    notebook = read(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert any(cell.outputs for cell in code)
    for text in texts(notebook):
        assert not _TOLD.search(text), text[:200]


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_and_says_what_is_kept(path: Path) -> None:
    """What is printed must be what is kept: a changed result is shown by running the notebook anew."""
    nbclient = pytest.importorskip("nbclient")
    for part in ("ipykernel", "matplotlib", "pandas"):
        pytest.importorskip(part)
    kept, notebook = read(path), read(path)
    resources = {"metadata": {"path": str(path.parent)}}
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources).execute()
    assert texts(notebook) == texts(kept), f"jupyter nbconvert --to notebook --execute --inplace {path.name}"
