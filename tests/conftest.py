"""Shared fixtures: where the real documents lie, and the samples that ship with the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "corpus" / "samples"
SHARED = ROOT.parent / "shared"

settings.register_profile(
    "docanalyze",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.register_profile(  # `pytest --hypothesis-profile soak`: thirty times as many
    "soak", settings.get_profile("docanalyze"), derandomize=False, max_examples=3_000
)
settings.load_profile("docanalyze")


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the two bundled sample reports."""
    return SAMPLES


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout; the test is skipped where it is not there."""
    if not (SHARED / "reports").is_dir():
        pytest.skip("the real documents are not beside this checkout")
    return SHARED
