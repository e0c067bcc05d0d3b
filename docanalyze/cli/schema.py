"""`docanalyze schema`: the JSON Schema of an analysis."""

from __future__ import annotations

import argparse
import sys

from docanalyze.output.json_files import schema_text
from docanalyze.output.schema_page import write_schema_page


def run(options: argparse.Namespace) -> int:
    """Print the schema; return the exit code."""
    sys.stdout.write(write_schema_page() if options.markdown else schema_text())
    return 0
