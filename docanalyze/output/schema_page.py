"""The JSON Schema of an analysis as a page that people read: SCHEMA.md.

`docanalyze schema --markdown > SCHEMA.md` makes it anew; a test keeps it current.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from docanalyze.output.json_files import build_schema

_OPENING = """# The JSON of an analysis

Written from the program's own types (`docanalyze schema --markdown`); `docanalyze schema` prints the same as
a JSON Schema (2020-12) for validators. Offsets are code points into `text`; boxes are `[page, x0, top, x1,
bottom]` in points of the page as shown, origin top left; printed numbers are strings in plain notation. Keys
of a stage that did not run are absent. Optional keys are marked `?`; they may be absent or `null`. Within a
schema version keys are only ever added.
"""


def write_schema_page() -> str:
    """Return the Markdown of the schema: the analysis first, then every value in it by name.

    >>> "## Finding" in write_schema_page()
    True
    """
    definitions: dict[str, Any] = build_schema()["$defs"]
    names = ["Analysis", *(name for name in definitions if name != "Analysis")]
    return "\n".join([_OPENING, *(_write_value(name, definitions[name]) for name in names)])


def _write_value(name: str, value: dict[str, Any]) -> str:
    return "\n".join([f"## {name}", "", *_paragraphs(value.get("description", "")), *_rows(value)]) + "\n"


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a docstring, each with a blank line after it; examples stay code."""
    for paragraph in textwrap.dedent(text).split("\n\n"):
        if paragraph.lstrip().startswith(">>>"):
            yield f"```python\n{textwrap.dedent(paragraph).strip()}\n```\n"
        elif paragraph.strip():
            yield " ".join(paragraph.split()) + "\n"


def _rows(value: dict[str, Any]) -> Iterator[str]:
    if "prefixItems" in value or "properties" not in value:
        yield f"`{_spell(value)}`"
        return
    required = set(value.get("required", ()))
    yield "| key | value |"
    yield "| --- | --- |"
    for key, kind in value["properties"].items():
        yield f"| `{key}`{'' if key in required else ' ?'} | {_spell(kind)} |"


def _spell(kind: dict[str, Any]) -> str:
    """Return a type in words: a link for a value of ours, the choices, `list of …`."""
    if "$ref" in kind:
        name = kind["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in kind:
        return " or ".join(_spell(option) for option in kind["anyOf"] if option != {"type": "null"})
    if "enum" in kind:
        return " \\| ".join(f"`{option}`" for option in kind["enum"] if option is not None)
    if kind.get("type") == "array":
        if "prefixItems" in kind:
            return f"[{', '.join(_spell(item) for item in kind['prefixItems'])}]"
        return f"list of {_spell(kind.get('items') or {})}"
    if "format" in kind:
        return f"{kind['type']} ({kind['format']})"
    return str(kind.get("type", "any value"))
