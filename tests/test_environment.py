"""Where users run it: no network, no home, a plain locale, a quick start, an installed wheel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("spacy", "sklearn", "underthesea", "pdfplumber", "pypdfium2", "numpy", "msgspec", "rich", "pdfminer")
BLOCK_SOCKETS = """
import socket, sys
def refuse(*args, **kwargs):
    raise OSError("no network in this test")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from docanalyze.cli import main
sys.exit(main(sys.argv[1:]))
"""


def bare_environment(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "PYTHONPATH") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "USERPROFILE": str(home),
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }


def test_the_whole_pipeline_without_network_home_and_locale(tmp_path: Path, samples: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for splitter in ("own", "underthesea", "spacy"):
        result = subprocess.run(
            [
                sys.executable,
                "-c",
                BLOCK_SOCKETS,
                "extract",
                str(samples / "bao-cao-6-thang-2023.pdf"),
                "--splitter",
                splitter,
            ],
            capture_output=True,
            env=bare_environment(home),
            cwd=tmp_path,
        )
        assert result.returncode == 0, result.stderr.decode()
        assert json.loads(result.stdout.decode("utf-8"))["report"]["number"] == "215/BC-UBND"


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, docanalyze.cli as c\ntry:\n c.main(['--help'])\nexcept SystemExit: pass\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = {name.split(".")[0] for name in result.stderr.decode().split()}
    assert not loaded & set(HEAVY)
    assert b"extract" in result.stdout


def test_importing_the_package_is_light() -> None:
    code = "import sys, docanalyze\nprint(*sys.modules, sep='\\n')"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert not {name.split(".")[0] for name in result.stdout.decode().split()} & set(HEAVY)


def test_tagging_text_needs_no_pdf_reader_and_no_models() -> None:
    code = "import sys, docanalyze\ndocanalyze.tag_text('đạt 58,12%')\nprint(*sys.modules, sep='\\n')"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = {name.split(".")[0] for name in result.stdout.decode().split()}
    assert not loaded & {"spacy", "sklearn", "underthesea", "pdfplumber", "pypdfium2"}


def test_output_to_a_closed_pipe_is_no_error(samples: Path) -> None:
    command = [sys.executable, "-m", "docanalyze", "extract", str(samples / "bao-cao-6-thang-2023.pdf")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode == 0


@pytest.mark.slow
def test_the_wheel_alone_runs_the_demo(tmp_path: Path) -> None:
    """Build the wheel, install it in a fresh environment and run `demo` from an empty folder."""
    subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(tmp_path / "dist"),
            str(ROOT),
        ],
        check=True,
        capture_output=True,
    )
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    scripts = venv / ("Scripts" if os.name == "nt" else "bin")
    install = [
        str(scripts / "python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "-c",
        str(ROOT / "constraints.txt"),
        str(wheel),
    ]
    installed = subprocess.run(install, capture_output=True)
    if installed.returncode != 0 and b"onnection" in installed.stderr + installed.stdout:
        pytest.skip("no package registry within reach")
    assert installed.returncode == 0, installed.stderr.decode()
    empty = tmp_path / "empty"
    empty.mkdir()
    result = subprocess.run([str(scripts / "docanalyze"), "demo"], capture_output=True, cwd=empty)
    assert result.returncode == 0, result.stderr.decode()
    assert "215/BC-UBND" in result.stdout.decode("utf-8")
    assert (empty / "docanalyze-demo" / "bao-cao-6-thang-2023.json").exists()
