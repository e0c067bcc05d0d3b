"""The reports of each body in an archive, compared: a job a body, a file a series of its reports."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

import msgspec

from docanalyze.archive.manifest import ArchiveEntry
from docanalyze.archive.store import Store, name_result
from docanalyze.archive.work import find_lexicon
from docanalyze.core.analysis import decode_analysis
from docanalyze.core.errors import MissingFile, UsageError
from docanalyze.core.names import fold_name
from docanalyze.lexicon.successors import find_line
from docanalyze.output.comparison_json import encode_comparison

GROUP_FOLDER = "comparisons"
GROUP_INDEX = "comparisons.jsonl"


class Group(msgspec.Struct, frozen=True):
    """Reports of one body, its forerunners and successors, of one type and kind, in the archive's order."""

    name: str
    body: str
    type: str | None
    kind: str | None
    place: str
    lexicon: str | None
    documents: tuple[str, ...]
    paths: tuple[str, ...]
    digest: str


class SeriesOutcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of comparing the reports of one series: counts, or why they cannot be compared.

    `paths` and `documents` name the reports, `json` the file of the comparison.
    """

    body: str
    type: str | None
    kind: str | None
    json: str | None = None
    paths: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
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
    """Yield the groups of two reports or more, by body; reports without a body or a period are in none.

    Bodies that the lexicon knows to have been merged or renamed are in one group, under its first name.
    """
    words = find_lexicon(lexicon)
    grouped: dict[tuple[str, str | None, str | None], list[ArchiveEntry]] = {}
    names: dict[tuple[str, str | None, str | None], set[str]] = {}
    for entry in entries:
        if entry.sha256 is None or entry.status == "failed":
            continue
        data = store.read(name_result(entry.sha256))
        report = msgspec.json.decode(data, type=_Head).report if data is not None else None
        if report is None or report.body is None or not any(p.role == "main" for p in report.periods):
            continue
        line = (find_line(report.body, words), report.type, report.kind)
        grouped.setdefault(line, []).append(entry)
        names.setdefault(line, set()).add(report.body)
    named = {(min(names[line]), *line[1:]): members for line, members in grouped.items()}
    for key, members in sorted(named.items(), key=lambda item: msgspec.json.encode(item[0])):
        if len(members) > 1:
            digest = hashlib.sha256()
            for entry in members:
                digest.update(msgspec.json.encode([entry.sha256, entry.path, entry.config, entry.version]))
            yield Group(
                hashlib.sha256(msgspec.json.encode(key)).hexdigest()[:16],
                *key,
                store.place,
                lexicon,
                tuple(entry.sha256 or "" for entry in members),
                tuple(entry.path for entry in members),
                digest.hexdigest(),
            )


def name_comparison(body: str, first: str) -> str:
    """Return the name of a comparison's file: the body in plain letters, and the hash of the first report.

    >>> name_comparison("ubnd:huyện:mộc giang", "dfadea3439142ca0")
    'comparisons/ubnd-huyen-moc-giang-dfadea34.json'
    """
    plain = re.sub(r"[^a-z0-9]+", "-", fold_name(body)).strip("-")[:80]
    return f"{GROUP_FOLDER}/{plain}-{first[:8]}.json"


def compare_group(payload: bytes) -> bytes:
    """Return the SeriesOutcomes of a Group as JSON; each comparison is written to its file."""
    from docanalyze.compare.kin import split_series  # the parent, which plans only, does without
    from docanalyze.comparing import compare_reports

    group = msgspec.json.decode(payload, type=Group)
    store, lexicon = Store(group.place), find_lexicon(group.lexicon)
    found = (store.read(name_result(sha256)) for sha256 in group.documents)
    analyses = [decode_analysis(data) for data in found if data is not None]
    if len(analyses) < len(group.documents):
        raise MissingFile(path=GROUP_FOLDER)
    outcomes: list[SeriesOutcome] = []
    for chain in split_series(analyses, lexicon):
        if len(chain) < 2:
            continue
        last = analyses[chain[-1]].report or None
        outcome = SeriesOutcome(
            (last.body if last is not None else None) or group.body,
            group.type,
            group.kind,
            paths=tuple(group.paths[at] for at in chain),
            documents=tuple(group.documents[at] for at in chain),
        )
        try:
            comparison = compare_reports([analyses[at] for at in chain], lexicon=lexicon)
        except UsageError as error:
            outcomes.append(_refuse(outcome, error.describe("en"), error.describe("vi")))
            continue
        name = name_comparison(outcome.body, outcome.documents[0])
        store.write(name, encode_comparison(comparison) + b"\n")
        severities = [finding.severity for finding in comparison.findings]
        outcomes.append(
            msgspec.structs.replace(
                outcome,
                json=name,
                series=len(comparison.series),
                restatements=len(comparison.restatements),
                errors=severities.count("error"),
                warnings=severities.count("warning"),
            )
        )
    return msgspec.json.encode(outcomes)


def refuse_group(group: Group, english: str, vietnamese: str) -> SeriesOutcome:
    """Return the outcome of a group that could not be compared at all, with why."""
    outcome = SeriesOutcome(group.body, group.type, group.kind, paths=group.paths, documents=group.documents)
    return _refuse(outcome, english, vietnamese)


def _refuse(outcome: SeriesOutcome, english: str, vietnamese: str) -> SeriesOutcome:
    return msgspec.structs.replace(outcome, problem_en=english, problem_vi=vietnamese)
