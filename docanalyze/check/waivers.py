"""What is known of findings already: waivers with reason, owner and expiry, and an earlier run.

A waiver names a finding by its id, which survives a page put in front of the report and ends when the
figure is corrected.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from docanalyze.core.analysis import Analysis
from docanalyze.core.errors import UsageError
from docanalyze.core.relation import Finding, State

_KEYS = {"finding", "reason", "owner", "expires"}
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*waiver[ \t]*\]\]", re.MULTILINE)


class Waiver(msgspec.Struct, frozen=True):
    """A finding that somebody answers for: its id, why it may stand, who says so, and until when.

    `expires` is the last day on which it counts, None for no end.

    >>> Waiver("SUM001-1f2e3d4c5b6a", reason="số đã đính chính tại công văn 12", owner="Phòng Kế toán").owner
    'Phòng Kế toán'
    """

    finding: str
    reason: str
    owner: str
    expires: date | None = None


def load_waivers(path: str | Path) -> tuple[Waiver, ...]:
    """Return the waivers of a TOML file of `[[waiver]]` tables; raise UsageError for a wrong one.

    Each has `finding`, `reason` and `owner`, and may have `expires` (a TOML date).
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(reason=f"--waivers {path}: cannot be read as UTF-8 text") from error
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(reason=f"--waivers {path}: not TOML ({error})") from error
    lines = [text.count("\n", 0, match.start()) + 1 for match in _HEADER.finditer(text)]
    entries = tables.pop("waiver", [])
    if tables or not isinstance(entries, list):
        raise UsageError(reason=f"--waivers {path}: only [[waiver]] tables are read")
    return tuple(
        _read_waiver(entry, f"--waivers {path}, line {lines[at] if at < len(lines) else '?'}")
        for at, entry in enumerate(entries)
    )


def _read_waiver(entry: Mapping[str, Any], where: str) -> Waiver:
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise UsageError(reason=f"{where}: {unknown[0]!r} is no key of a waiver")
    for key in ("finding", "reason", "owner"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise UsageError(reason=f"{where}: a waiver needs {key!r}, as text")
    expires = entry.get("expires")
    if isinstance(expires, datetime):
        expires = expires.date()
    if expires is not None and not isinstance(expires, date):
        raise UsageError(reason=f"{where}: 'expires' is a date such as 2026-12-31, without quotes")
    return Waiver(entry["finding"], entry["reason"], entry["owner"], expires)


def apply_states(
    analysis: Analysis,
    *,
    waivers: Iterable[Waiver] = (),
    known: Iterable[str] | None = None,
    today: date | None = None,
) -> Analysis:
    """Return the analysis with the states of its findings set by waivers and by an earlier run.

    `known` are the ids of that run's findings. A waiver counts up to its last day; without `today` no
    waiver has expired. A waived finding is `waived`, one whose waiver is over `expired`, else one of the
    earlier run `same`, and any other `new`.
    """
    by_id = {waiver.finding: waiver for waiver in waivers}
    seen = frozenset(known or ())

    def find_state(finding: Finding) -> State:
        waiver = by_id.get(finding.id)
        if waiver is not None:
            over = today is not None and waiver.expires is not None and waiver.expires < today
            return "expired" if over else "waived"
        return "same" if finding.id in seen else "new"

    findings = analysis.findings or ()
    told = tuple(msgspec.structs.replace(finding, state=find_state(finding)) for finding in findings)
    return msgspec.structs.replace(analysis, findings=told)


def list_gone(analyses: Sequence[Analysis], before: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings of an earlier run that its reports no longer have.

    A report is the same one if its bytes or its file name are; findings of reports that are not among
    `analyses` are left aside: they have not been looked at.
    """
    here = {finding.id for analysis in analyses for finding in analysis.findings or ()}
    paths = {Path(analysis.source.path).name for analysis in analyses}
    hashes = {analysis.source.sha256 for analysis in analyses}
    return tuple(
        finding
        for finding in before
        if finding.id not in here
        and (finding.report.sha256 in hashes or Path(finding.report.path).name in paths)
    )
