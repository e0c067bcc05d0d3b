"""Annexes across: a landscape sheet, a turned one, and one whose content alone is turned."""

from __future__ import annotations

from pathlib import Path

import pytest

import docanalyze

typst = pytest.importorskip("typst")
pypdf = pytest.importorskip("pypdf")
FONTS = Path(__file__).parents[3] / "corpus" / "samples" / "fonts"
ROWS = 29


def _write_source() -> str:
    rows = "\n".join(
        f"[{i}],[Chỉ tiêu số {i}],[{1000 + i * 37}],[{1100 + i * 41}],[{i * 3},5],[Đạt],"
        for i in range(1, ROWS + 1)
    )
    return f"""#set page(paper: "a4", margin: 2cm, numbering: "1")
#set text(font: "Liberation Serif", size: 13pt)
Thu ngân sách đạt 91,38 tỷ đồng, bằng 52,22% dự toán năm.
#set page(flipped: true)
#align(center)[*Phụ lục I. Tổng hợp các chỉ tiêu*]
#table(columns: (auto, 4fr, 1fr, 1fr, 1fr, 1fr),
  table.header([TT], [Chỉ tiêu], [Kế hoạch], [Thực hiện], [So kế hoạch (%)], [Ghi chú]),
{rows})
#set page(flipped: false)
Chi ngân sách đạt 85,40 tỷ đồng, bằng 48,05% dự toán năm.
"""


@pytest.fixture(scope="module")
def across(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("landscape")
    source, target = folder / "a.typ", folder / "a.pdf"
    source.write_text(_write_source(), encoding="utf-8")
    typst.compile(str(source), output=str(target), font_paths=[str(FONTS)])
    return target


def _turn(path: Path, angle: int, *, sheet: bool) -> Path:
    """Return the file with the content of landscape pages turned on upright sheets, and those turned back."""
    writer = pypdf.PdfWriter(clone_from=path)
    for page in writer.pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        if width > height:
            across, up = (height, 0) if angle == 90 else (0, width)
            page.add_transformation(pypdf.Transformation().rotate(angle).translate(across, up))
            page.mediabox = pypdf.generic.RectangleObject([0, 0, height, width])
            page.cropbox = page.mediabox
            if sheet:
                page.rotate(angle)
    target = path.with_name(f"{angle}-{sheet}.pdf")
    writer.write(target)
    return target


@pytest.mark.parametrize("angle", [0, 90, 270])
@pytest.mark.parametrize("sheet", [True, False], ids=["turned sheet", "turned content"])
def test_an_annex_across_is_read_as_one_table(across: Path, angle: int, sheet: bool) -> None:
    analysis = docanalyze.analyze_report(_turn(across, angle, sheet=sheet) if angle else across)
    (table,) = analysis.tables
    assert table.title == "Phụ lục I. Tổng hợp các chỉ tiêu"
    assert (len(table.rows), len(table.columns), len(table.parts)) == (ROWS, 6, 2)
    last = [cell.text for cell in table.cells if cell.row == table.rows[-1].row]
    assert last == ["29", "Chỉ tiêu số 29", "2073", "2289", "87,5", "Đạt"]
    numbers = [block for block in analysis.blocks if block.kind == "page-number"]
    assert len(numbers) == len(analysis.pages) == 4
    sentences = [analysis.text[s.start : s.end] for s in analysis.sentences or ()]
    assert sentences[0].startswith("Thu ngân sách")
    assert sentences[-1].startswith("Chi ngân sách")
