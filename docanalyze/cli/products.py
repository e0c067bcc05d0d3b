"""The files that `check` writes: JSON, HTML review, annotated copy, working paper, SARIF."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

import docanalyze
from docanalyze.check.catalogue import CHECKS
from docanalyze.check.rules import Rule
from docanalyze.core.analysis import Analysis
from docanalyze.core.errors import DocanalyzeError, Language, UsageError
from docanalyze.core.relation import Finding
from docanalyze.output.annotated_pdf import annotate_pdf, import_pypdf
from docanalyze.output.findings_json import encode_findings
from docanalyze.output.html_review import Reviewed, write_review
from docanalyze.output.sarif import write_sarif
from docanalyze.output.workbook import import_openpyxl
from docanalyze.output.working_paper import write_working_paper
from docanalyze.read.source import RawFile, load_file


class Checked(msgspec.Struct, frozen=True):
    """A report with the findings chosen of it, and its source file where it is at hand."""

    analysis: Analysis
    findings: tuple[Finding, ...]
    source: Path | None = None


class Job(msgspec.Struct, frozen=True):
    """What is to be written of checked reports, beside the reports themselves."""

    checked: Sequence[Checked]
    gone: tuple[Finding, ...] = ()
    waived: dict[str, str] = {}
    compared: bool = False
    rules: Sequence[Rule] = CHECKS
    password: str | None = None
    language: Language = "vi"

    @property
    def findings(self) -> list[Finding]:
        """The findings of all reports, in order."""
        return [finding for report in self.checked for finding in report.findings]


def find_source(analysis: Analysis, given: str) -> Path | None:
    """Return the file that an analysis was made of, as named or beside it; None if it has changed."""
    path = Path(analysis.source.path)
    for place in (path, Path(given), Path(given).parent / path, Path(given).parent / path.name):
        try:
            if place.is_file() and hashlib.sha256(place.read_bytes()).hexdigest() == analysis.source.sha256:
                return place
        except (OSError, ValueError):
            continue
    return None


def _write_json(job: Job, target: str) -> Iterator[bytes]:
    del target
    yield encode_findings([each.analysis for each in job.checked], job.findings, job.gone)
    yield b"\n"


def _write_html(job: Job, target: str) -> Iterator[bytes]:
    del target
    names = [Path(each.analysis.source.path).name for each in job.checked]
    reports = [
        Reviewed(
            each.analysis,
            each.findings,
            tuple(f for f in job.gone if Path(f.report.path).name == name),
            _draw(each, job.password),
        )
        for name, each in zip(names, job.checked, strict=True)
    ]
    yield write_review(reports, language=job.language).encode("utf-8")


def _draw(report: Checked, password: str | None) -> dict[int, bytes]:
    """Return pictures of the pages that findings stand on; none where the source is not at hand."""
    file = _load(report)
    if file is None or file.media_type != "application/pdf":
        return {}
    from docanalyze.read.views import draw_pages  # Pillow and numpy

    wanted = {box.page for finding in report.findings for e in finding.evidence for box in e.boxes}
    pages = [page for page in report.analysis.pages or () if page.number in wanted]
    try:
        return draw_pages(file, pages, password=password)
    except DocanalyzeError:
        return {}


def _load(report: Checked) -> RawFile | None:
    return load_file(report.source) if report.source is not None else None


def _write_pdf(job: Job, target: str) -> Iterator[bytes]:
    if len(job.checked) != 1:
        raise UsageError(reason=f"-o {target}: an annotated copy is made of one report")
    (report,) = job.checked
    file = _load(report)
    if file is None or file.media_type != "application/pdf":
        raise UsageError(reason=f"-o {target}: the PDF {report.analysis.source.path} is not at hand")
    if report.source is not None and Path(target).exists() and Path(target).samefile(report.source):
        raise UsageError(reason=f"-o {target}: the source itself is never overwritten; name another file")
    yield annotate_pdf(
        file.data, report.findings, path=file.path, password=job.password, language=job.language
    )


def _write_xlsx(job: Job, target: str) -> Iterator[bytes]:
    del target
    yield write_working_paper([(each.analysis, each.findings) for each in job.checked], language=job.language)


def _write_sarif(job: Job, target: str) -> Iterator[bytes]:
    del target
    names = {code: rule.name for rule in job.rules for code in (rule.code, *rule.also)}
    yield write_sarif(
        job.findings,
        version=docanalyze.__version__,
        rules=names,
        gone=job.gone,
        waived=job.waived,
        compared=job.compared,
        language=job.language,
    ).encode("utf-8")


PRODUCTS: dict[str, Callable[[Job, str], Iterator[bytes]]] = {
    ".json": _write_json,
    ".html": _write_html,
    ".pdf": _write_pdf,
    ".xlsx": _write_xlsx,
    ".sarif": _write_sarif,
}
"""What is written, by the suffix of the file; add one: a function and a line."""
PARTS: dict[str, Callable[[], object]] = {".pdf": import_pypdf, ".xlsx": import_openpyxl}
"""What a product needs that may not be installed: asked for before the reports are read."""
