"""Is this checkout fit to be released? `python -m tests.release` builds, installs and tries it.

Checks that the version stands in one place and heads the changelog, that generated pages are current, that
wheel and sdist build, and that the wheel alone, in an empty environment, runs `docanalyze demo`, checks a
report, and names its extras. It uploads nothing.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docanalyze
from docanalyze.check.manual import write_manual
from docanalyze.cli.manual import write_cli_manual
from docanalyze.output.json_files import schema_text
from docanalyze.output.schema_page import write_schema_page

ROOT = Path(__file__).resolve().parent.parent
_VERSION = re.compile(r"^version\s*=|__version__\s*=", re.MULTILINE)
_NEEDED = (
    "docanalyze/cli/__init__.py",
    "docanalyze/py.typed",
    "docanalyze/lexicon/units.toml",
    "docanalyze/output/assets/review.js",
    "docanalyze/check/own_rules.md",
    "docanalyze/samples/bao-cao-6-thang-2023.pdf",
)


def check_version() -> Iterator[str]:
    """Yield what is wrong with the version."""
    version = docanalyze.__version__
    if not re.search(rf"^## {re.escape(version)}(?: |$)", _read("CHANGELOG.md"), re.MULTILINE):
        yield f"CHANGELOG.md has no section for {version}"
    places = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "pyproject.toml", *(ROOT / "docanalyze").rglob("*.py"))
        if _VERSION.search(path.read_text(encoding="utf-8"))
    ]
    if places != ["docanalyze/__init__.py"]:
        yield f"the version stands in {', '.join(places)}"


def check_pages() -> Iterator[str]:
    """Yield the generated pages that are not current."""
    pages: dict[str, Callable[[], str]] = {
        "CHECKS.md": lambda: write_manual(docanalyze.CHECKS),
        "CLI.md": write_cli_manual,
        "SCHEMA.md": write_schema_page,
        "docanalyze/output/analysis.schema.json": schema_text,
    }
    for name, write in pages.items():
        if _read(name) != write():
            yield f"{name} is not current"


def check_builds(folder: Path) -> Iterator[str]:
    """Yield what is wrong with wheel and sdist, or with the wheel installed alone."""
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT))
    (wheel,), (sdist,) = list(folder.glob("*.whl")), list(folder.glob("*.tar.gz"))
    packed = set(zipfile.ZipFile(wheel).namelist())
    yield from (f"{name} is not in the wheel" for name in _NEEDED if name not in packed)
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    yield from (
        f"{name} is not in the sdist" for name in ("LICENSE", "tests/release.py") if name not in names
    )
    home = folder / "venv"
    _run(sys.executable, "-m", "venv", str(home))
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    constraints = str(ROOT / "constraints.txt")
    _run(str(scripts / "python"), "-m", "pip", "install", "-q", "-c", constraints, str(wheel))
    said = _run(str(scripts / "docanalyze"), "--version", at=folder).strip()
    if said != f"docanalyze {docanalyze.__version__}":
        yield f"the installed program calls itself {said!r}"
    _run(str(scripts / "docanalyze"), "demo", at=folder)
    demo = next((folder / "docanalyze-demo").glob("*2023.json"))
    found = _run(
        str(scripts / "python"), "-m", "docanalyze", "check", str(demo), "--json", at=folder, fails=1
    )
    if "SUM001" not in found:
        yield "the installed program does not find the slip of its own sample"
    for extra in ("audit", "tables"):
        _run(str(scripts / "python"), "-m", "pip", "install", "-q", "-c", constraints, f"{wheel}[{extra}]")


def _run(*command: str, at: Path = ROOT, fails: int = 0) -> str:
    done = subprocess.run(command, capture_output=True, cwd=at, text=True, encoding="utf-8")
    if done.returncode != fails:
        raise SystemExit(f"{' '.join(command[:4])} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def main() -> int:
    """Print what stands against a release; return 1 if anything does."""
    with tempfile.TemporaryDirectory() as folder:
        wrong = [*check_version(), *check_pages(), *check_builds(Path(folder))]
    print("\n".join(wrong) or f"docanalyze {docanalyze.__version__} is fit to be released")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
