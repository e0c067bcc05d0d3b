"""The JSON Schema: under version control, current, and true of what comes out."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import docanalyze
from docanalyze.output.json_files import schema_text

KEPT = Path(docanalyze.__file__).parent / "output" / "analysis.schema.json"


def test_the_kept_schema_is_current() -> None:
    """Rewrite it with `docanalyze schema > docanalyze/output/analysis.schema.json`."""
    assert KEPT.read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("name", ["bao-cao-6-thang-2022.pdf", "bao-cao-6-thang-2023.pdf"])
def test_an_analysis_is_valid(samples: Path, name: str) -> None:
    schema = json.loads(KEPT.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(docanalyze.to_json(docanalyze.analyze_report(samples / name)))
    jsonschema.Draft202012Validator(schema).validate(document)


@pytest.mark.parametrize("until", ["read", "segment", "tag"])
def test_what_is_written_is_read_back(samples: Path, until: str, tmp_path: Path) -> None:
    analysis = docanalyze.analyze_report(samples / "bao-cao-6-thang-2022.pdf", until=until)  # type: ignore[arg-type]
    path = tmp_path / "a.json"
    path.write_text(docanalyze.to_json(analysis, indent=2), encoding="utf-8")
    assert docanalyze.load_analysis(path) == analysis


def test_what_is_no_analysis_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(docanalyze.InvalidAnalysis, match=r"a\.json"):
        docanalyze.load_analysis(path)
    with pytest.raises(docanalyze.MissingFile):
        docanalyze.load_analysis(tmp_path / "none.json")


def test_json_in_parts_is_the_json(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import docanalyze.output.json_files as json_files
    from docanalyze.core.analysis import encode_value

    analysis = docanalyze.analyze_report(samples / "bao-cao-6-thang-2022.pdf")
    monkeypatch.setattr(json_files, "_PART", 7)
    assert b"".join(json_files.encode_json(analysis)) == encode_value(analysis)
