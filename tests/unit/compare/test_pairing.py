"""The model that says how sure a pair of indicators is: its files, its numbers, and what it is worth."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from docanalyze.compare import pairing
from docanalyze.compare.entries import group_entries
from docanalyze.compare.features import FEATURES
from docanalyze.compare.joiner import Joiner
from docanalyze.compare.observe import observe_report
from docanalyze.compare.pairing import MODEL, PairingModel, load_pairing, make_scores
from docanalyze.compare.run import open_book
from docanalyze.compare.view import view_report
from docanalyze.core.days import Days
from docanalyze.lexicon import load_lexicon
from docanalyze.weights import DamagedModel, find_models, verify_model
from tests.series import run
from tests.unit.compare.making import make_report

FOLDER = Path(__file__).resolve().parents[3] / "models" / MODEL


@pytest.fixture(scope="module")
def training() -> ModuleType:
    spec = importlib.util.spec_from_file_location("series_pairing_train", FOLDER / "train.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_corpus_gives_the_shipped_bytes(training: ModuleType, tmp_path: Path) -> None:
    shutil.copy(FOLDER / "manifest.toml", tmp_path)
    tables = [table for series in training.list_series() for table in training.weigh_tables(series)]
    training.write(training.train(tables), tmp_path)
    for name in ("weights.json", "manifest.toml"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), (
            "run models/series-pairing/train.py"
        )


def test_the_model_is_small_and_what_its_manifest_says() -> None:
    assert verify_model(find_models()[MODEL])["licence"] == "Apache-2.0"
    assert sum(path.stat().st_size for path in FOLDER.iterdir() if path.is_file()) < 2_000_000
    assert "+" in (FOLDER / "CARD.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("damage", ["changed", "missing", "renamed", "no number"])
def test_a_damaged_model_is_refused(damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / MODEL
    shutil.copytree(FOLDER, folder)
    weights = folder / "weights.json"
    table = json.loads(weights.read_text(encoding="utf-8"))
    if damage == "changed":
        weights.write_text(weights.read_text(encoding="utf-8") + " ", encoding="utf-8")
    elif damage == "missing":
        weights.unlink()
    else:
        if damage == "renamed":
            table["pair"]["weights"]["other"] = table["pair"]["weights"].pop(FEATURES[0])
        else:
            table["pair"]["bias"] = float("nan")
        data = json.dumps(table).encode()
        weights.write_bytes(data)
        manifest = (folder / "manifest.toml").read_text(encoding="utf-8").split("[files]")[0]
        import hashlib

        digest = hashlib.sha256(data).hexdigest()
        (folder / "manifest.toml").write_text(
            f'{manifest}[files]\n"weights.json" = "{digest}"\n', encoding="utf-8"
        )
    monkeypatch.setattr(pairing, "find_models", lambda: {MODEL: folder})
    load_pairing.cache_clear()
    try:
        with pytest.raises(DamagedModel):
            load_pairing()
    finally:
        load_pairing.cache_clear()


def test_a_pair_counts_for_less_beside_a_rival() -> None:
    model = load_pairing()
    alone, beside = make_scores({(0, 0): 1.0}), make_scores({(0, 0): 1.0, (0, 1): 0.5})
    assert model.weigh(alone).values[0] > model.weigh(beside).values[0]


def test_likeness_adds_up_as_the_weights_say() -> None:
    model = PairingModel((2.0,) + (0.0,) * (len(FEATURES) - 1), -1.0, (1.0, 0.0, 0.0), 0.0)
    assert model.score([0.5] * len(FEATURES)) == 0.0
    assert np.isclose(model.weigh(make_scores({(0, 0): 0.0})).values[0], 0.5)


def test_series_in_other_words_are_joined_better_than_by_letters(training: ModuleType) -> None:
    """The bars are those reached, a little below: `python -m tests.series --split marked`."""
    rules, learned = run("marked", training.make_rule(0.55)), run("marked")
    for outcome in learned:
        assert outcome.precision >= 0.92, outcome.false
        assert outcome.recall >= 0.8, outcome.missed
    assert sum(each.found for each in learned) > 0.95 * sum(each.wanted for each in learned)
    assert sum(each.right for each in learned) > 0.98 * sum(each.right + len(each.false) for each in learned)
    assert sum(each.found for each in learned) > 1.1 * sum(each.found for each in rules)
    assert sum(len(each.false) for each in learned) < sum(len(each.false) for each in rules)


@pytest.mark.parametrize(("places", "joined"), [((0, 1), True), ((0, 2), False), ((0, 3), True)])
def test_a_pair_further_apart_must_be_surer(places: tuple[int, int], joined: bool) -> None:
    quarters = (("quý I", 2023, 4), ("quý II", 2023, 7), ("quý III", 2023, 10), ("quý I", 2024, 4))
    lines = "Đào tạo nghề cho 1.260 lao động.", "Lao động học nghề 1.310 lao động."
    told = dict(zip(places, lines, strict=True))
    reports = [
        make_report(f"{quarter} năm {year}", f"{year}-{month:02d}-05", told.get(at, "Xây mới 14 cây cầu."))
        for at, (quarter, year, month) in enumerate(quarters)
    ]
    fair = PairingModel((0.0,) * len(FEATURES), 0.4, (1.0, 0.0, 0.0), 0.0)  # every pair has 0.6
    book = open_book(reports, load_lexicon(), pairing=fair)
    found = [i for i in book.identities if i.entries.keys() == set(places)]
    assert bool(found) is joined


def test_people_counted_in_two_words_are_compared_by_size() -> None:
    lexicon = load_lexicon()
    texts = ("Kỳ thi có 5.120 thí sinh dự.", "Kỳ thi có 5.240 người dự.", "Kỳ thi có 61 người dự.")
    reports = []
    for number, text in enumerate(texts):
        view = view_report(number, make_report("năm 2023", f"2024-01-{number + 1:02d}", text), lexicon)
        reports.append(group_entries(observe_report(view)))
    joiner = Joiner(reports, [Days("2023-01-01", "2023-12-31")] * len(texts), lexicon)
    (one,), (near,), (far,) = reports
    size, close = FEATURES.index("size"), FEATURES.index("close")
    assert joiner.features.read(one, near, 0.5)[close] > 0.9
    assert joiner.features.read(one, far, 0.5)[size] == 1.0
