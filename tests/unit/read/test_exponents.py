"""The figure of m³ drawn around its own ink, on a line of type of 54 pixels."""

from __future__ import annotations

import numpy as np
import pytest

from docanalyze.read.exponents import fit_exponents
from docanalyze.read.picture import Prepared
from docanalyze.read.tesseract import Char

SIZE, BASE = 54.0, 100


@pytest.mark.parametrize(("top", "bottom", "fitted"), [(62, 86, (62, 86)), (64, 100, (60, 112))])
def test_a_raised_figure_gets_the_box_of_its_ink(top: int, bottom: int, fitted: tuple[int, int]) -> None:
    grey = np.full((160, 200), 255, dtype=np.uint8)
    grey[75:BASE, 20:58] = 0
    grey[top:bottom, 62:76] = 0
    grey[62:112, 80:90] = 0  # a bracket, into which the engine's box reaches
    word = (
        Char("m", 20, 75, 58, BASE, 0.99),
        Char("3", 60, 60, 84, 112, 0.98),
        Char(")", 80, 62, 90, 112, 0.9),
    )
    found = fit_exponents(word, SIZE, BASE, Prepared(grey, 300, 128, 0.0, []))
    assert (found[1].top, found[1].bottom) == fitted
    assert (found[0], found[2]) == (word[0], word[2])
