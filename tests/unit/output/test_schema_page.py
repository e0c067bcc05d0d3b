from __future__ import annotations

from pathlib import Path

from docanalyze.output.json_files import build_schema
from docanalyze.output.schema_page import write_schema_page

ROOT = Path(__file__).resolve().parents[3]


def test_the_page_of_the_schema_is_current() -> None:
    written = (ROOT / "SCHEMA.md").read_text(encoding="utf-8")
    assert written == write_schema_page(), "docanalyze schema --markdown > SCHEMA.md"


def test_every_value_and_every_key_is_on_the_page_and_every_link_leads_somewhere() -> None:
    page = write_schema_page()
    parts = dict(part.split("\n", 1) for part in page.split("\n## ")[1:])
    definitions = build_schema()["$defs"]
    assert parts.keys() == definitions.keys()
    for name, value in definitions.items():
        assert all(f"`{key}`" in parts[name] for key in value.get("properties", {}))
    targets = {name.lower() for name in parts}
    links = {link.split(")")[0] for link in page.split("(#")[1:]}
    assert links <= targets
    assert "any value" not in page
