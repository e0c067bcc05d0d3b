"""`docanalyze schema`: the JSON Schema of an analysis."""

from __future__ import annotations

import argparse
import sys

from docanalyze.output.comparison_json import comparison_schema_text
from docanalyze.output.json_files import schema_text
from docanalyze.output.schema_page import write_schema_page


def run(options: argparse.Namespace) -> int:
    """Print the schema; return the exit code."""
    if options.comparison:
        sys.stdout.write(comparison_schema_text())
    else:
        sys.stdout.write(write_schema_page() if options.markdown else schema_text())
    return 0
