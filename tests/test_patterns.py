"""No pattern repeats a group possessively: Python 3.11.0 to 3.11.4 match such a repeat wrongly.

There `(?:,[0-9]+)*+` keeps the comma of `31, nữ` though no digit follows it; `(?>(?:,[0-9]+)*)` means the
same and is right. A possessive repeat of one character is right everywhere.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_WALK = """
import importlib, os, pkgutil, re, sys
compiler, parser, constants = re._compiler, re._parser, re._constants
make, seen, wrong = compiler.compile, set(), []
home = os.path.realpath("docanalyze")

def look(node, pattern):
    if isinstance(node, parser.SubPattern):
        for op, argument in node:
            if op is constants.POSSESSIVE_REPEAT and not compiler._simple(argument[2]):
                wrong.append(pattern)
            look(argument, pattern)
    elif isinstance(node, (tuple, list)):
        for inner in node:
            look(inner, pattern)

def watch(pattern, flags=0):
    frame = sys._getframe(1)
    while os.path.dirname(frame.f_code.co_filename) == os.path.dirname(re.__file__):
        frame = frame.f_back
    ours = os.path.realpath(frame.f_code.co_filename).startswith(home)
    if ours and isinstance(pattern, str) and pattern not in seen:
        seen.add(pattern)
        look(parser.parse(pattern, int(flags)), pattern)
    return make(pattern, flags)

compiler.compile = watch
import docanalyze
for module in pkgutil.walk_packages(docanalyze.__path__, "docanalyze."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
docanalyze.analyze_report(sys.argv[1])
assert len(seen) > 100, "nothing was watched"
print(*wrong, sep="\\n", end="")
"""


def test_no_group_is_repeated_possessively() -> None:
    sample = ROOT / "corpus" / "samples" / "bao-cao-6-thang-2023.pdf"
    run = subprocess.run([sys.executable, "-c", _WALK, str(sample)], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stderr[-2000:]
    assert run.stdout == ""
