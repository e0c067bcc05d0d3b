"""Typeset the sample reports of this folder; the same sources give the same bytes.

Usage: ``python corpus/samples/build.py [--check]`` with ``typst`` of the pinned version installed
(``pip install typst==0.15.2``). ``--check`` writes nothing and exits with 1 where a PDF differs from its
source or from the sha256 in SOURCES.toml.
"""

import hashlib
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import typst

HERE = Path(__file__).resolve().parent
#: Another release of the typesetter may break lines elsewhere or write other bytes.
TYPST_VERSION = "0.15.2"


def typeset_report(source: Path) -> bytes:
    """Return the PDF of one ``.typ`` source, set with the fonts in ``fonts/`` and no others.

    Its date comes from the source (``set document(date: …)``), never from the clock.
    """
    pdf = typst.compile(
        source, root=HERE, font_paths=[HERE / "fonts"], ignore_system_fonts=True, format="pdf", pdf_tags=False
    )
    if not isinstance(pdf, bytes):
        raise TypeError(f"typst gave {type(pdf).__name__} for {source.name}, not one PDF")
    return pdf


def main(arguments: list[str]) -> int:
    """Build or check every report named in SOURCES.toml; the result is the exit code."""
    installed = metadata.version("typst")
    if installed != TYPST_VERSION:
        sys.stderr.write(f"typst {installed} is installed; the samples are built with {TYPST_VERSION}\n")
        return 2
    wrong = 0
    for entry in tomllib.loads((HERE / "SOURCES.toml").read_text(encoding="utf-8"))["report"]:
        target = HERE / entry["file"]
        pdf = typeset_report(HERE / entry["source"])
        digest = hashlib.sha256(pdf).hexdigest()
        if "--check" not in arguments:
            target.write_bytes(pdf)
        same = digest == entry["sha256"] and target.read_bytes() == pdf
        wrong += not same
        sys.stdout.write(f"{digest}  {target.name}{'' if same else '  (SOURCES.toml or the PDF differs)'}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
