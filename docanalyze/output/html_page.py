"""The shell of every HTML file that docanalyze writes: one file, no network, nothing runs but its script.

The content security policy names the one style and the one script by their hashes, so text of a report
that looks like markup can neither style nor run, even if it were not escaped.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files

from docanalyze.core.errors import Language
from docanalyze.core.relation import Text

LABELS = ("vi", "en")


def build_page(
    title: str, body: str, *, language: Language, styles: tuple[str, ...] = (), script: str | None = None
) -> str:
    """Return a whole HTML page around `body`, which is markup; `title` is text.

    `styles` and `script` are names of asset files; `page.css` is always there. Pictures may only be
    `data:` URLs.

    >>> "default-src 'none'" in build_page("Báo cáo", "<p>Thu đạt 58%.</p>", language="vi")
    True
    """
    style = "\n".join(read_asset(name) for name in ("page.css", *styles))
    code = read_asset(script) if script is not None else ""
    policy = f"default-src 'none'; img-src data:; style-src '{_hash(style)}'"
    if code:
        policy += f"; script-src '{_hash(code)}'"
    policy += "; base-uri 'none'; form-action 'none'"
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n"
        + (f"<script>{code}</script>\n" if code else "")
        + "</body>\n</html>\n"
    )


def both(text: Text) -> str:
    """Return a message in both languages as markup; the page shows the one that it is set to.

    >>> both(Text(vi="trang", en="page"))
    '<span lang="vi">trang</span><span lang="en">page</span>'
    """
    return f'<span lang="vi">{escape(text.vi)}</span><span lang="en">{escape(text.en)}</span>'


def say(vi: str, en: str) -> str:
    """Return two fixed phrases as `both` does."""
    return both(Text(vi=vi, en=en))


def picture_url(data: bytes, kind: str) -> str:
    """Return a picture as a `data:` URL; `kind` is such as `webp`."""
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"


def read_asset(name: str) -> str:
    """Return the text of a file in `output/assets`."""
    return files("docanalyze.output").joinpath("assets", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
