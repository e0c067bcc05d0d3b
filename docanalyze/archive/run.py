"""An archive analysed: what is missing is found out, done by an engine, kept, and put into tables."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

import docanalyze
from docanalyze.archive.engines import ENGINES, Engine
from docanalyze.archive.groups import (
    GROUP_FOLDER,
    GROUP_INDEX,
    Group,
    SeriesOutcome,
    plan_groups,
    refuse_group,
)
from docanalyze.archive.jobs import EngineSettings, Job, Result
from docanalyze.archive.manifest import ArchiveEntry, Manifest
from docanalyze.archive.parts import DOCUMENTS, TABLE_FOLDERS, name_files, plan_parts
from docanalyze.archive.sources import MANIFEST, NO_PATH, Item, find_items, hash_item
from docanalyze.archive.store import Store, is_url, lock_folder, name_result
from docanalyze.archive.work import ArchiveOptions, Outcome, Task, summarize_analysis
from docanalyze.core.analysis import decode_analysis
from docanalyze.core.errors import DocanalyzeError, MissingFile, UsageError
from docanalyze.lexicon import load_lexicon
from docanalyze.output.archive_page import write_archive_page
from docanalyze.output.json_files import ARCHIVE_INDEX
from docanalyze.output.parquet_files import import_arrow
from docanalyze.weights import digest_models

_GRACE = 2.0
"""Seconds beyond a document's own after which its worker is killed, for the start of a worker."""
_ANALYZE = "docanalyze.archive.work:analyze_document"
_WRITE = "docanalyze.archive.parts:write_part"
_COMPARE = "docanalyze.archive.groups:compare_group"


class ArchiveProgress(msgspec.Struct):
    """How far a run is: files found, of them done now, done before, the same as another, or refused.

    `failed` counts those that failed in this run, the refused among them, `partial` those that could be
    read in part only, `pages` those of the documents done now; `stage` is `documents`, then `tables`, then
    `comparisons`.
    """

    files: int = 0
    done: int = 0
    skipped: int = 0
    duplicates: int = 0
    refused: int = 0
    failed: int = 0
    partial: int = 0
    pages: int = 0
    stage: str = "documents"


class ArchiveSummary(msgspec.Struct, frozen=True):
    """What came of a run: counts of this run, and the reasons of all failures in the archive.

    `comparisons` says what came of each group, where groups were compared.
    """

    progress: ArchiveProgress
    reasons: dict[str, int]
    documents: int
    comparisons: tuple[SeriesOutcome, ...] = ()


Watch = Callable[[ArchiveProgress, ArchiveEntry | None], None]


def analyze_archive(
    paths: str | Path | Iterable[str | Path],
    output: str | Path,
    *,
    engine: str = "processes",
    settings: EngineSettings | None = None,
    options: ArchiveOptions | None = None,
    state: str | Path | None = None,
    tables: bool = True,
    compare: bool = False,
    retry_failed: bool = False,
    rerun: bool = False,
    work: str = _ANALYZE,
    clock: Callable[[], datetime] | None = None,
    watch: Watch | None = None,
) -> ArchiveSummary:
    """Analyse all reports below `paths` into the folder (or fsspec URL) `output`; return what came of it.

    Every document becomes `json/<sha256>.json`; `documents.jsonl` lists them, `tables/` holds them as
    Parquet. What an earlier run finished with the same options, lexicon and version is not done again,
    unless `rerun`; what failed or is partial is, with `retry_failed`. A file that has changed takes the
    place of what it was. `engine` is one of ENGINES; `state` is the local
    folder of the manifest, needed where `output` is a URL. `compare` writes a
    comparison of the reports of each body to `comparisons/`. `work` names the function that does one
    document, `clock` gives the time that the manifest keeps, `watch` hears of every document done.
    Raises UsageError, MissingFile if no PATH is there, MissingPart for a part not installed.

    >>> analyze_archive(["bao-cao/"], "ket-qua").reasons  # doctest: +SKIP
    {'encrypted-pdf': 2}
    """
    if engine not in ENGINES:
        raise UsageError(reason=f"no engine {engine!r}; there are {', '.join(ENGINES)}")
    settings = settings or EngineSettings()
    if tables:
        import_arrow("batch")
    if state is None and is_url(str(output)):
        raise UsageError(reason=f"-o {output}: for a URL, give the local folder of the manifest with --state")
    items = find_items([paths] if isinstance(paths, str | Path) else paths)
    folder = Path(state if state is not None else output)
    swept = (".", "json", *TABLE_FOLDERS, GROUP_FOLDER)
    with lock_folder(folder), closing(Manifest(folder / MANIFEST)) as manifest:
        run = _Run(manifest, Store(str(output)), options or ArchiveOptions(), work, clock, watch)
        run.store.sweep(*swept)
        jobs = run.list_jobs(items, retry_failed=retry_failed, rerun=rerun)
        try:
            run.finish_all(ENGINES[engine](jobs, settings))
            run.forget_replaced()
        finally:
            # Of an interrupted run too, so that what is finished can be loaded.
            entries = run.write_index()
        if tables:
            run.write_tables(entries, ENGINES[engine], settings)
        compared = run.compare_groups(entries, ENGINES[engine], settings) if compare else ()
        run.store.sweep(*swept)  # of workers that were killed in the middle of a file
    reasons = Counter(entry.code or "unknown" for entry in entries if entry.status == "failed")
    reasons += Counter(item.problem[0] for item in items if item.problem and item.problem[0] == NO_PATH)
    return ArchiveSummary(run.progress, dict(sorted(reasons.items())), len(entries), compared)


class _Run:
    """One run over an archive: its manifest and store, and how far it is."""

    def __init__(
        self,
        manifest: Manifest,
        store: Store,
        options: ArchiveOptions,
        work: str,
        clock: Callable[[], datetime] | None,
        watch: Watch | None,
    ) -> None:
        self.manifest = manifest
        self.store = store
        self.progress = ArchiveProgress()
        self._options = options
        self._work = work
        self._clock = clock
        self._watch = watch
        self._config = hash_options(options)
        self._items: dict[str, Item] = {}
        self._present: set[str] = set()

    def list_jobs(self, items: Sequence[Item], *, retry_failed: bool, rerun: bool) -> Iterator[Job]:
        """Yield a job for every document that is not done yet, in the order of the files."""
        self.manifest.forget_refused(items)
        self.progress.files = len(items)
        self._present = set(self.store.list("json"))
        seen: set[str] = set()
        for item in items:
            digest = self._find_hash(item)
            if digest is None:
                self.progress.refused += 1
                self.progress.failed += 1
            elif digest in seen:
                self.progress.duplicates += 1
            else:
                seen.add(digest)
                if not rerun and self._is_done(item, digest, retry_failed=retry_failed):
                    self.progress.skipped += 1
                    continue
                self._begin(digest, item)
                task = Task(item, digest, self.store.place, self._options)
                limit = self._options.seconds + _GRACE
                yield Job(digest, self._work, msgspec.json.encode(task), limit)

    def _find_hash(self, item: Item) -> str | None:
        """Return the SHA-256 of a file; of one that cannot be read, keep why and return None."""
        if item.problem is not None:
            self._refuse(item)
            return None
        digest = self.manifest.find_hash(item)
        if digest is None:
            try:
                digest = hash_item(item)
            except MissingFile as error:
                problem = ("missing-file", error.describe("en"), error.describe("vi"))
                self._refuse(msgspec.structs.replace(item, problem=problem))
                return None
            self.manifest.keep_hashes([(item, digest)])
        return digest

    def _begin(self, digest: str, item: Item) -> None:
        """Mark a document as being done and take away the result of an earlier configuration.

        A JSON beside such a mark is therefore of this configuration: its run was killed after the one
        was written and before the other was taken off.
        """
        self._items[digest] = item
        self.store.remove(name_result(digest))
        self.manifest.keep_entry(self._enter(digest, item, "running"))

    def _refuse(self, item: Item) -> None:
        if item.problem and item.problem[0] != NO_PATH:
            self.manifest.keep_refused([item])
        code, english, vietnamese = item.problem or ("", "", "")
        self._tell(ArchiveEntry(None, item.label, "failed", code=code, error_en=english, error_vi=vietnamese))

    def _is_done(self, item: Item, digest: str, *, retry_failed: bool) -> bool:
        entry = self.manifest.find_entry(digest, self._config, docanalyze.__version__)
        if entry is None:
            return False
        if retry_failed and entry.status in ("failed", "partial"):
            return False
        if entry.status == "failed":
            return True
        if name_result(digest) not in self._present:
            return False
        if entry.status != "running":
            return True
        data = self.store.read(name_result(digest))
        if data is None:
            return False
        outcome = summarize_analysis(decode_analysis(data))
        self.manifest.keep_entry(self._enter(digest, item, outcome.status, outcome))
        return True

    def _enter(self, digest: str, item: Item, status: str, outcome: Outcome | None = None) -> ArchiveEntry:
        said = {} if outcome is None else msgspec.structs.asdict(outcome)
        return ArchiveEntry(
            **{
                **said,
                "sha256": digest,
                "path": item.label,
                "status": status,
                "config": self._config,
                "version": docanalyze.__version__,
                "finished": self._clock().isoformat() if self._clock and status != "running" else None,
            }
        )

    def finish_all(self, results: Generator[Result, None, None]) -> None:
        """Keep the row of every document as its result comes."""
        with closing(results):
            for result in results:
                item = self._items.pop(result.key)
                outcome = read_outcome(result, item.label)
                entry = msgspec.structs.replace(
                    self._enter(result.key, item, outcome.status, outcome),
                    seconds=round(result.seconds, 3),
                    attempts=result.attempts,
                )
                self.manifest.keep_entry(entry)
                self.progress.done += 1
                self.progress.failed += entry.status == "failed"
                self.progress.partial += entry.status == "partial"
                self.progress.pages += entry.pages or 0
                self._tell(entry)

    def forget_replaced(self) -> None:
        """Take out the documents whose files have changed since: what they are now is there instead."""
        for digest in self.manifest.list_replaced():
            self.manifest.forget(digest)
            self.store.remove(name_result(digest))

    def write_index(self) -> list[ArchiveEntry]:
        """Write the list of the documents and the page that explains the folder; return the documents."""
        entries = list(self.manifest.list_entries())
        self.store.write(ARCHIVE_INDEX, b"".join(_index_line(entry) for entry in entries))
        self.store.write("README.md", write_archive_page(DOCUMENTS).encode("utf-8"))
        return entries

    def write_tables(self, entries: Sequence[ArchiveEntry], engine: Engine, settings: EngineSettings) -> None:
        """Write the parts of the tables whose documents have changed; remove those that are gone."""
        self.progress.stage = "tables"
        self._tell(None)
        parts = {part.name: part for part in plan_parts(entries, self.store.place)}
        digests = {name: part.find_digest() for name, part in parts.items()}
        present = {name for table in TABLE_FOLDERS for name in self.store.list(table)}
        due = [
            part
            for name, part in parts.items()
            if self.manifest.find_digest(name) != digests[name] or not present.issuperset(name_files(name))
        ]
        jobs = (Job(part.name, _WRITE, msgspec.json.encode(part)) for part in due)
        with closing(engine(jobs, settings)) as results:
            for result in results:
                if result.problem is not None:
                    raise DocanalyzeError(reason=f"the tables cannot be written ({result.detail})")
                self.manifest.keep_digest(result.key, digests[result.key])
        for name in present - {name for part in parts for name in name_files(part)}:
            self.store.remove(name)

    def compare_groups(
        self, entries: Sequence[ArchiveEntry], engine: Engine, settings: EngineSettings
    ) -> tuple[SeriesOutcome, ...]:
        """Compare the groups whose reports have changed; write the list of all; return what came of each."""
        self.progress.stage = "comparisons"
        self._tell(None)
        groups = {g.name: g for g in plan_groups(entries, self.store, self._options.lexicon)}
        present = set(self.store.list(GROUP_FOLDER))
        outcomes: dict[str, list[SeriesOutcome]] = {}
        due: list[Group] = []
        for name, group in groups.items():
            kept = self.manifest.find_group(name, group.digest)
            known = msgspec.json.decode(kept, type=list[SeriesOutcome]) if kept is not None else None
            if known is None or not present.issuperset(o.json for o in known if o.json is not None):
                due.append(group)
            else:
                outcomes[name] = known
        limit = self._options.seconds + _GRACE
        jobs = (Job(g.name, _COMPARE, msgspec.json.encode(g), limit * len(g.documents)) for g in due)
        with closing(engine(jobs, settings)) as results:
            for result in results:
                group = groups[result.key]
                if result.value is None:
                    outcomes[result.key] = [refuse_group(group, *describe_problem(result, group.body))]
                else:
                    outcomes[result.key] = msgspec.json.decode(result.value, type=list[SeriesOutcome])
                    self.manifest.keep_group(result.key, group.digest, result.value)
        compared = tuple(outcome for name in groups for outcome in outcomes[name])
        for name in present - {outcome.json for outcome in compared}:
            self.store.remove(name)
        self.store.write(GROUP_INDEX, b"".join(msgspec.json.encode(each) + b"\n" for each in compared))
        return compared

    def _tell(self, entry: ArchiveEntry | None) -> None:
        if self._watch is not None:
            self._watch(self.progress, entry)


def read_outcome(result: Result, name: str) -> Outcome:
    """Return what became of a document: what its worker said, or the sentence for its problem."""
    if result.value is not None:
        return msgspec.json.decode(result.value, type=Outcome)
    english, vietnamese = describe_problem(result, name)
    return Outcome(
        "failed",
        code=f"worker-{result.problem}" if result.problem in ("died", "memory") else result.problem,
        error_en=english,
        error_vi=vietnamese,
    )


def describe_problem(result: Result, name: str) -> tuple[str, str]:
    """Return the sentence for what ended a job, in English and in Vietnamese."""
    english, vietnamese = _PROBLEMS[result.problem or "raised"]
    return (
        f"{name}: {english.format(detail=result.detail)}",
        f"{name}: {vietnamese.format(detail=result.detail)}",
    )


_PROBLEMS: dict[str, tuple[str, str]] = {
    "timeout": (
        "took longer than a document may; give more time with --timeout and --retry-failed.",
        "xử lý quá thời gian cho phép; hãy tăng --timeout và chạy lại với --retry-failed.",
    ),
    "died": (
        "its worker process died each time it was tried ({detail}); the file may be damaged.",
        "tiến trình xử lý lần nào cũng bị dừng ({detail}); tệp có thể bị hỏng.",
    ),
    "memory": (
        "needed more memory than a worker may hold; split the file.",
        "cần nhiều bộ nhớ hơn mức cho phép; hãy tách tệp.",
    ),
    "raised": (
        "a bug in docanalyze ({detail}); run docanalyze extract --debug on it and report it.",
        "lỗi của chương trình ({detail}); hãy chạy docanalyze extract --debug với tệp này và gửi báo lỗi.",
    ),
}


def hash_options(options: ArchiveOptions) -> str:
    """Return a hash of all that decides what an analysis holds, beside the file and the version."""
    lexicon = load_lexicon(Path(options.lexicon)) if options.lexicon else load_lexicon()
    # More time or a password is for those that failed: what is done stays done.
    kept = msgspec.structs.replace(options, lexicon=lexicon.digest, password=None, seconds=0.0)
    data = msgspec.json.encode([kept, digest_models()])
    return hashlib.sha256(data).hexdigest()[:16]


def _index_line(entry: ArchiveEntry) -> bytes:
    """Return a document's line in the index; what depends on the machine is left out."""
    line: dict[str, object] = {"document": entry.sha256, "path": entry.path, "status": entry.status}
    if entry.status != "failed" and entry.sha256 is not None:
        line["json"] = name_result(entry.sha256)
    for name in ("pages", "grade", "code", "error_en", "error_vi"):
        if getattr(entry, name) is not None:
            line[name] = getattr(entry, name)
    return msgspec.json.encode(line) + b"\n"
