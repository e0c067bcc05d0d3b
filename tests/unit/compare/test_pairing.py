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
from docanalyze.compare.features import FEATURES
from docanalyze.compare.pairing import MODEL, PairingModel, load_pairing, make_scores
from docanalyze.weights import DamagedModel, find_models, verify_model
from tests.series import run

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
    alone = make_scores(1, 2)
    alone[0, 0] = 1.0
    beside = alone.copy()
    beside[0, 1] = 0.5
    assert model.weigh(alone)[0, 0] > model.weigh(beside)[0, 0]
    assert model.weigh(alone)[0, 1] == 0.0


def test_likeness_adds_up_as_the_weights_say() -> None:
    model = PairingModel((2.0,) + (0.0,) * (len(FEATURES) - 1), -1.0, (1.0, 0.0, 0.0), 0.0)
    assert model.score([0.5] * len(FEATURES)) == 0.0
    scores = make_scores(1, 1)
    scores[0, 0] = 0.0
    assert np.isclose(model.weigh(scores)[0, 0], 0.5)


def test_series_in_other_words_are_joined_better_than_by_letters(training: ModuleType) -> None:
    """The bars are those reached, a little below: `python -m tests.series --split marked`."""
    rules, learned = run("marked", training.make_rule(0.55)), run("marked")
    for outcome in learned:
        assert outcome.precision >= 0.92, outcome.false
        assert outcome.recall >= 0.88, outcome.missed
    assert sum(each.found for each in learned) > 1.1 * sum(each.found for each in rules)
    assert sum(len(each.false) for each in learned) < sum(len(each.false) for each in rules)
