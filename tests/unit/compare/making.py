"""Short reports of an invented district, as analyses: for tests of comparisons."""

from __future__ import annotations

from datetime import date

from docanalyze import Analysis, analyze_bytes

HEAD = """\
ỦY BAN NHÂN DÂN {body}

Số: {number}/BC-UBND

{place}, ngày {day:02d} tháng {month:02d} năm {year}

{draft}BÁO CÁO

Tình hình kinh tế - xã hội {title}

I. KẾT QUẢ THỰC HIỆN

{text}
"""


def make_report(
    title: str,
    issued: str,
    text: str,
    *,
    body: str = "HUYỆN TRÀ SƠN",
    name: str | None = None,
    draft: bool = False,
) -> Analysis:
    """Return the analysis of a report: what its title says of its period, its day, and its sentences."""
    day = date.fromisoformat(issued)
    page = HEAD.format(
        body=body, number=100 + day.month, place=body.split()[-1].title(), day=day.day, month=day.month,
        year=day.year, title=title, text=text, draft="DỰ THẢO\n\n" if draft else "",
    )  # fmt: skip
    return analyze_bytes(page.encode(), name=name or f"{issued}.txt", until="bind")
