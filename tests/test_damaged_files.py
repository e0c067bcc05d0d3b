"""A small sample of `python -m tests.benchmarks.fuzz`: damaged files end in an analysis or a clear error."""

from __future__ import annotations

import sys

import pytest

from docanalyze.core import errors
from tests.benchmarks.fuzz import analyse_apart, mutate_files

OURS = {name for name in vars(errors) if name[0].isupper()}


@pytest.mark.skipif(sys.platform != "linux", reason="starts a process a file, quick by fork alone")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_damaged_files_end_well() -> None:
    outcomes = {
        name: analyse_apart(name, data, seconds=30).split(" (")[0] for name, data in mutate_files(30, seed=11)
    }
    assert {name: o for name, o in outcomes.items() if o not in {"ok", "partial"} | OURS} == {}
