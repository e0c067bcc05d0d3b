"""The `tesseract` program as a process of its own: a picture in, words with boxes and confidence out.

A process can be killed when it hangs and takes nothing with it when it crashes. One OpenMP thread
each: its own default of several is six times slower.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LANGUAGE = "vie"
_WINDOWS = Path("C:/Program Files/Tesseract-OCR/tesseract.exe")
_TOKEN = re.compile(
    r"<span class='(ocr_line|ocr_caption|ocr_header|ocr_textfloat|ocrx_word|ocrx_cinfo)'[^>]*?"
    r"title=[\"'](.*?)[\"'](?: [^>]*)?>([^<]*)"
)
_BOX = re.compile(r"bbox(?:es)? (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_CONFIDENCE = re.compile(r"x_conf ([\d.]+)")


@dataclass(frozen=True, slots=True)
class Char:
    """A character read from a picture: its box in pixels and how sure the engine is (0 to 1)."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    confidence: float


Word = tuple[Char, ...]
"""The characters of a word, left to right."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An installed Tesseract that reads Vietnamese: where the program lies and its version."""

    path: str
    version: str

    def read_picture(
        self, picture: bytes, *, dpi: int, layout: int = 3, only: str = "", seconds: float = 60.0
    ) -> list[list[Word]]:
        """Return the lines of words in a picture (a PGM or PPM file).

        `layout` is Tesseract's page segmentation mode: 3 a page, 6 a block of lines; `only` names
        the characters that can be, if not all.
        Raises TimeoutError after `seconds`, OSError if the program fails.
        """
        command = [
            self.path, "-", "-", "-l", LANGUAGE, "--dpi", str(dpi), "--psm", str(layout),
            "-c", "hocr_char_boxes=1", "-c", "tessedit_create_hocr=1",
        ]  # fmt: skip
        if only:
            command += ["-c", f"tessedit_char_whitelist={only}"]
        try:
            done = _run(command, picture, seconds)
        except subprocess.TimeoutExpired as error:
            raise TimeoutError from error
        if done.returncode != 0:
            raise OSError(f"tesseract ended with code {done.returncode}")
        return list(_parse_hocr(done.stdout.decode("utf-8", "replace")))


@lru_cache(maxsize=1)
def find_engine() -> Engine | None:
    """Return the Tesseract on the path that has the Vietnamese data, None if there is none."""
    path = shutil.which("tesseract") or (str(_WINDOWS) if _WINDOWS.is_file() else None)
    if path is None:
        return None
    try:
        version = _run([path, "--version"], b"", 20.0)
        languages = _run([path, "--list-langs"], b"", 20.0)
    except (OSError, subprocess.SubprocessError):
        return None
    first = (version.stdout or version.stderr).decode("utf-8", "replace").split("\n", 1)[0].split()
    listed = (languages.stdout + b"\n" + languages.stderr).decode("utf-8", "replace").split()
    return Engine(path, first[-1] if first else "") if LANGUAGE in listed else None


def install_command() -> str:
    """Return the command that installs Tesseract with the Vietnamese data on this system."""
    if sys.platform == "darwin":
        return "brew install tesseract tesseract-lang"
    if sys.platform == "win32":
        return "winget install UB-Mannheim.TesseractOCR"
    return "sudo apt install tesseract-ocr tesseract-ocr-vie"


def _run(command: list[str], data: bytes, seconds: float) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command, input=data, capture_output=True, timeout=seconds, check=False,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip


def _parse_hocr(hocr: str) -> Iterator[list[Word]]:
    """Yield the lines of an hOCR page with character boxes (the engine's own, so of a fixed form)."""
    line: list[Word] = []
    word: list[Char] = []
    for match in _TOKEN.finditer(hocr):
        kind, title, text = match.groups()
        if kind != "ocrx_cinfo":
            if word:
                line.append(tuple(word))
                word = []
            if kind != "ocrx_word" and line:
                yield line
                line = []
            continue
        box, confidence = _BOX.search(title), _CONFIDENCE.search(title)
        text = html.unescape(text)
        if box is None or not text.strip() or box.group(1) == box.group(3):
            continue
        x0, top, x1, bottom = (int(edge) for edge in box.groups())
        word.append(Char(text, x0, top, x1, bottom, float(confidence[1]) / 100 if confidence else 0.0))
    if word:
        line.append(tuple(word))
    if line:
        yield line
