"""The direction of imports, as the design draws it, read from the source with `ast`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "docanalyze"
FOUNDATION = {"core", "lexicon", "weights"}
STAGES = ("read", "segment", "tag", "bind", "check", "compare")
ALLOWED: dict[str, set[str]] = {
    "core": {"core"},
    "lexicon": {"core", "lexicon"},
    "weights": {"core"},
    "output": {"core", "output"},
    **{stage: FOUNDATION | {stage} for stage in STAGES},
    "gold": {"core", "gold", "read"},
    "evaluate": {"core", "evaluate", "gold"},
    "archive": FOUNDATION | {"archive", "compare", "comparing", "output", "pipeline", "read"},
    "comparing": FOUNDATION | {"compare", "output", "pipeline", "read"},
    "pipeline": FOUNDATION | {"output", "pipeline", *STAGES},
}
HOMES = {
    "pypdfium2": {
        "read/pdfium.py",
        "read/placement.py",
        "read/shapes.py",
        "read/stamps.py",
        "read/pdf.py",
        "read/render.py",
    },
    "numpy": {
        "compare/likeness.py",
        "compare/pairing.py",
        "read/checkboxes.py",
        "read/ocr.py",
        "read/picture.py",
        "read/render.py",
        "read/scatter.py",
        "read/sheets.py",
        "read/specks.py",
    },
    "PIL": {"read/picture.py", "read/views.py"},
    "pdfplumber": {"read/tables/lattice.py"},
    "spacy": {"segment/splitters.py", "nlp.py"},
    "underthesea": {"segment/splitters.py", "nlp.py"},
    "sklearn": {"compare/likeness.py", "weights.py"},
    "scipy": {"compare/likeness.py", "read/picture.py"},
    "polars": {"core/comparison.py"},
    "pandas": {"core/comparison.py"},
    "rich": {
        "cli/batch.py",
        "cli/batch_progress.py",
        "cli/demo.py",
        "cli/evaluate.py",
        "cli/progress.py",
        "cli/show.py",
        "cli/show_comparison.py",
    },
    "shtab": {"cli/completion.py"},
    "pypdf": {"output/annotated_pdf.py"},
    "yaml": {"check/own_rules.py"},
    "pyarrow": {"output/parquet_files.py"},
    "duckdb": {"archive/query.py"},
    "distributed": {"archive/engines.py"},
    "fsspec": {"archive/store.py"},
    "openpyxl": {"output/table_files.py"},
}
"""Each third-party package is imported in one named place (and there lazily where it is heavy)."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module or "")
    return names


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    allowed = ALLOWED.get(layer(path))
    if allowed is None:
        return
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("docanalyze.")}
    assert ours <= allowed, f"{path.name} imports {sorted(ours - allowed)}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_third_party_packages_have_one_home(path: Path) -> None:
    here = path.relative_to(PACKAGE).as_posix()
    for name in {full.split(".")[0] for full in imported(path)} & HOMES.keys():
        assert here in HOMES[name], f"{here} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_are_opened_with_an_encoding(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        is_method = isinstance(node.func, ast.Attribute)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in ("read_text", "write_text") and not is_method:
            continue  # our own function of that name
        if name in ("open", "fdopen", "read_text", "write_text"):
            words = {keyword.arg for keyword in node.keywords}
            binary = any(
                isinstance(a, ast.Constant) and isinstance(a.value, str) and "b" in a.value for a in node.args
            )
            module_open = isinstance(node.func, ast.Attribute) and name == "open" and not words
            assert binary or "encoding" in words or module_open, f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_line_prints_or_reads_the_environment(path: Path) -> None:
    if layer(path) in ("cli", "__main__"):
        return
    names = imported(path)
    if layer(path) == "archive":
        names.discard("time")  # how long a job takes is measured there, and kept in the manifest alone
    assert not names & {"locale", "time", "getpass", "socket", "urllib.request", "requests"}, path.name
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print", f"{path.name}:{node.lineno}"
        if isinstance(node, ast.Attribute):
            if (path.name, node.attr) == ("tesseract.py", "environ"):
                continue  # its process gets the environment as it is and one setting more
            assert node.attr not in ("environ", "getenv", "today", "now", "localtime", "gmtime"), (
                f"{path.name}:{node.lineno}"
            )


def test_files_stay_readable() -> None:
    long = {p.name: n for p in modules() if (n := len(p.read_text(encoding="utf-8").splitlines())) > 450}
    assert not long
