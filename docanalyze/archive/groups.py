"""The reports of one body in an archive, compared: a job a group, a file a comparison."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

import msgspec

from docanalyze.archive.manifest import ArchiveEntry
from docanalyze.archive.store import Store, name_result
from docanalyze.archive.work import find_lexicon
from docanalyze.core.analysis import decode_analysis
from docanalyze.core.errors import UsageError
from docanalyze.core.names import fold_name
from docanalyze.output.comparison_json import encode_comparison

GROUP_FOLDER = "comparisons"
GROUP_INDEX = "comparisons.jsonl"


class Group(msgspec.Struct, frozen=True):
    """Reports of one body, type and kind, in the order of the archive; `name` is that of its file."""

    name: str
    body: str
    type: str | None
    kind: str | None
    place: str
    lexicon: str | None
    documents: tuple[str, ...]
    paths: tuple[str, ...]
    digest: str


class GroupOutcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of comparing a group: counts, or why its reports are no series."""

    series: int | None = None
    restatements: int | None = None
    errors: int | None = None
    warnings: int | None = None
    problem_en: str | None = None
    problem_vi: str | None = None


class _Period(msgspec.Struct, frozen=True):
    role: str


class _Report(msgspec.Struct, frozen=True):
    body: str | None = None
    type: str | None = None
    kind: str | None = None
    periods: tuple[_Period, ...] = ()


class _Head(msgspec.Struct, frozen=True):
    """As much of an analysis as tells which group it is in; the rest is passed over unread."""

    report: _Report | None = None


def plan_groups(entries: Sequence[ArchiveEntry], store: Store, lexicon: str | None) -> Iterator[Group]:
    """Yield the groups of two reports or more, by body; reports without a body or a period are in none."""
    grouped: dict[tuple[str, str | None, str | None], list[ArchiveEntry]] = {}
    for entry in entries:
        if entry.sha256 is None or entry.status == "failed":
            continue
        data = store.read(name_result(entry.sha256))
        report = msgspec.json.decode(data, type=_Head).report if data is not None else None
        if report is None or report.body is None or not any(p.role == "main" for p in report.periods):
            continue
        grouped.setdefault((report.body, report.type, report.kind), []).append(entry)
    for key, members in sorted(grouped.items(), key=lambda item: msgspec.json.encode(item[0])):
        if len(members) > 1:
            digest = hashlib.sha256()
            for entry in members:
                digest.update(msgspec.json.encode([entry.sha256, entry.path, entry.config, entry.version]))
            yield Group(
                name_group(*key),
                *key,
                store.place,
                lexicon,
                tuple(entry.sha256 or "" for entry in members),
                tuple(entry.path for entry in members),
                digest.hexdigest(),
            )


def name_group(body: str, type_: str | None, kind: str | None) -> str:
    """Return the name of a group's file: its body in plain letters, and a mark that tells it from others.

    >>> name_group("ubnd:huyện:mộc giang", "báo cáo", None)
    'ubnd-huyen-moc-giang-439142ca'
    """
    plain = re.sub(r"[^a-z0-9]+", "-", fold_name(body)).strip("-")[:80]
    mark = hashlib.sha256(msgspec.json.encode([body, type_, kind])).hexdigest()[:8]
    return f"{plain}-{mark}"


def name_comparison(group: str) -> str:
    """Return the name of a group's comparison in the output folder."""
    return f"{GROUP_FOLDER}/{group}.json"


def compare_group(payload: bytes) -> bytes:
    """Return the GroupOutcome of a Group, both as JSON; the comparison is written to its file."""
    from docanalyze.comparing import compare_reports  # the parent, which plans only, does without

    group = msgspec.json.decode(payload, type=Group)
    store = Store(group.place)
    found = (store.read(name_result(sha256)) for sha256 in group.documents)
    analyses = [decode_analysis(data) for data in found if data is not None]
    try:
        comparison = compare_reports(analyses, lexicon=find_lexicon(group.lexicon))
    except UsageError as error:
        store.remove(name_comparison(group.name))
        return msgspec.json.encode(
            GroupOutcome(problem_en=error.describe("en"), problem_vi=error.describe("vi"))
        )
    store.write(name_comparison(group.name), encode_comparison(comparison) + b"\n")
    severities = [finding.severity for finding in comparison.findings]
    return msgspec.json.encode(
        GroupOutcome(
            series=len(comparison.series),
            restatements=len(comparison.restatements),
            errors=severities.count("error"),
            warnings=severities.count("warning"),
        )
    )


def write_line(group: Group, outcome: GroupOutcome) -> bytes:
    """Return a group's line in the index of comparisons."""
    line: dict[str, object] = {"body": group.body, "type": group.type, "kind": group.kind}
    if outcome.series is not None:
        line["json"] = name_comparison(group.name)
    line |= {"paths": group.paths, "documents": group.documents}
    line |= {name: value for name, value in msgspec.structs.asdict(outcome).items() if value is not None}
    return msgspec.json.encode(line) + b"\n"
