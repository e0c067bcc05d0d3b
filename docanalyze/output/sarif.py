"""Findings as SARIF 2.1.0 (OASIS), for the viewers and trackers that read it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from docanalyze.core.errors import Language
from docanalyze.core.relation import Evidence, Finding

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_BASELINE = {"new": "new", "expired": "new", "same": "unchanged", "waived": "unchanged"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def write_sarif(
    findings: Sequence[Finding],
    *,
    version: str,
    rules: Mapping[str, str],
    gone: Sequence[Finding] = (),
    waived: Mapping[str, str] | None = None,
    compared: bool = False,
    language: Language = "vi",
) -> str:
    """Return findings as SARIF text: a result each, with its place, fingerprint, state and suppression.

    `rules` are the names of the checks by code, `waived` the reasons of waivers by finding id, `compared`
    whether the findings were held against an earlier run (which gives them a baseline state). A place is
    the page (`region` of a PDF has no lines) and the characters of the analysis' text.
    """
    codes = sorted({finding.code for finding in (*findings, *gone)})
    results = [_write_result(f, codes, waived or {}, language, _state(f, compared)) for f in findings]
    results += [_write_result(f, codes, {}, language, "absent") for f in gone]
    driver = {
        "name": "docanalyze",
        "version": version,
        "rules": [{"id": code, "shortDescription": {"text": rules.get(code, code)}} for code in codes],
    }
    artifacts = {finding.report.path: finding.report.sha256 for finding in findings}
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {"location": {"uri": _uri(path)}, "hashes": {"sha-256": digest}}
            for path, digest in artifacts.items()
        ],
        "results": results,
    }
    return (
        json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _state(finding: Finding, compared: bool) -> str | None:
    return _BASELINE[finding.state] if compared else None


def _write_result(
    finding: Finding,
    codes: Sequence[str],
    waived: Mapping[str, str],
    language: Language,
    baseline: str | None,
) -> dict[str, Any]:
    message = finding.message.vi if language == "vi" else finding.message.en
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [_place(finding, evidence) for evidence in finding.evidence[:1]],
        "relatedLocations": [_place(finding, evidence) for evidence in finding.evidence[1:]],
        "partialFingerprints": {"docanalyzeFinding/v1": finding.id},
        "properties": {
            "arithmetic": finding.arithmetic,
            "severity": finding.severity,
            "state": finding.state,
        },
    }
    if baseline is not None:
        result["baselineState"] = baseline
    if finding.state == "waived":
        reason = waived.get(finding.id, "")
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    return result


def _place(finding: Finding, evidence: Evidence) -> dict[str, Any]:
    region: dict[str, Any] = {
        "charOffset": evidence.start,
        "charLength": evidence.end - evidence.start,
        "snippet": {"text": evidence.quote or evidence.text},
    }
    place: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(finding.report.path)}, "region": region},
        "message": {"text": f"{evidence.role}: {evidence.text}"},
    }
    if evidence.page is not None:
        boxes = [[box.page, box.x0, box.top, box.x1, box.bottom] for box in evidence.boxes]
        place["properties"] = {"page": evidence.page, "boxes": boxes}
    return place


def _uri(path: str) -> str:
    """Return a path as a URI reference: relative ones stay relative, letters beyond ASCII are escaped."""
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())
