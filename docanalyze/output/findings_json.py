"""Findings of one or several reports as JSON: a file of them all, or one line a finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import UNSET, UnsetType

from docanalyze.core.analysis import Analysis, Report, Source, encode_value
from docanalyze.core.base import Value, always
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


def encode_findings(analyses: Sequence[Analysis], findings: Sequence[Finding]) -> bytes:
    """Return the UTF-8 JSON of checked reports and their findings.

    >>> encode_findings([], [])
    b'{"schema_version":"1","reports":[],"findings":[],"gone":[]}'
    """
    reports = tuple(CheckedReport(source=a.source, report=a.report, coverage=a.coverage) for a in analyses)
    return encode_value(Findings(schema_version="1", reports=reports, findings=tuple(findings)))


def encode_finding(finding: Finding) -> bytes:
    """Return the JSON of one finding, on one line."""
    return encode_value(finding)
