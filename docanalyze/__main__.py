"""`python -m docanalyze` is the `docanalyze` command."""

from docanalyze.cli import run

raise SystemExit(run())
