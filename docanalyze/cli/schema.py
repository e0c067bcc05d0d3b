"""`docanalyze schema`: the JSON Schema of an analysis."""

from __future__ import annotations

import argparse
import sys

from docanalyze.output.json_files import schema_text


def run(options: argparse.Namespace) -> int:
    """Print the schema; return the exit code."""
    del options
    sys.stdout.write(schema_text())
    return 0
