"""The checks in their order: one line each. Codes are permanent; the functions' docstrings are the manual."""

from __future__ import annotations

from docanalyze.check.rules import Rule

CHECKS: tuple[Rule, ...] = ()
"""The checks of a plain run; add your own: `check_report(path, checks=CHECKS + (mine,))`."""
