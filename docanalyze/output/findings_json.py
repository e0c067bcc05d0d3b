"""Findings of one or several reports as JSON: a file of them all, or one line a finding."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from docanalyze.core.analysis import Analysis, Report, Source, encode_value
from docanalyze.core.base import Value, always
from docanalyze.core.errors import UsageError
from docanalyze.core.relation import Coverage, Finding


class CheckedReport(Value, frozen=True, kw_only=True):
    """A report that was checked, with how much of it could be."""

    source: Source
    report: Report | UnsetType = UNSET
    coverage: Coverage | UnsetType = UNSET


class Findings(Value, frozen=True, kw_only=True):
    """The findings of several reports; `gone` are those of an earlier run that are no longer there."""

    schema_version: Literal["1"]
    reports: tuple[CheckedReport, ...] = always(())
    findings: tuple[Finding, ...] = always(())
    gone: tuple[Finding, ...] = always(())


def encode_findings(
    analyses: Sequence[Analysis], findings: Sequence[Finding], gone: Sequence[Finding] = ()
) -> bytes:
    """Return the UTF-8 JSON of checked reports and their findings.

    >>> encode_findings([], [])
    b'{"schema_version":"1","reports":[],"findings":[],"gone":[]}'
    """
    reports = tuple(CheckedReport(source=a.source, report=a.report, coverage=a.coverage) for a in analyses)
    return encode_value(
        Findings(schema_version="1", reports=reports, findings=tuple(findings), gone=tuple(gone))
    )


def load_findings(path: str | Path) -> Findings:
    """Return the findings that an earlier run wrote; raise UsageError if the file is none of that kind."""
    try:
        return msgspec.json.decode(Path(path).read_bytes(), type=Findings)
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(reason=f"--baseline {path}: not findings written by check -o x.json") from error


def encode_finding(finding: Finding) -> bytes:
    """Return the JSON of one finding, on one line."""
    return encode_value(finding)
