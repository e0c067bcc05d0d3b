"""The checks in their order: one line each. Codes are permanent; the functions' docstrings are the manual."""

from __future__ import annotations

from docanalyze.check import dates, enumerations, forms, lists, marks, numbering, periods, references
from docanalyze.check.averages import find_averages
from docanalyze.check.distant import find_distant_bases
from docanalyze.check.flows import find_closing_totals, find_contributions, find_stocks
from docanalyze.check.gains import find_gains
from docanalyze.check.hundreds import find_hundreds
from docanalyze.check.identities import find_identities
from docanalyze.check.ladders import find_ladders, find_mixes
from docanalyze.check.portions import find_fractions
from docanalyze.check.ratios import (
    find_differences,
    find_growths,
    find_multiples,
    find_plans,
)
from docanalyze.check.repeats import find_repeats, find_restatements
from docanalyze.check.rests import find_rests
from docanalyze.check.row_ratios import find_row_ratios
from docanalyze.check.rules import Rule
from docanalyze.check.shares import find_shares
from docanalyze.check.steps import find_steps
from docanalyze.check.sums import find_sums
from docanalyze.check.table_bases import find_table_bases
from docanalyze.check.table_chains import find_table_chains
from docanalyze.check.table_codes import find_code_sums
from docanalyze.check.table_columns import find_column_relations
from docanalyze.check.table_formulas import find_column_formulas
from docanalyze.check.table_products import find_table_products
from docanalyze.check.table_repeats import find_row_repeats
from docanalyze.check.table_shares import find_table_means, find_table_shares
from docanalyze.check.table_sums import find_row_sums
from docanalyze.check.whole_bases import find_whole_bases
from docanalyze.check.yearly import find_yearly_growths
from docanalyze.core.relation import Text

_SUM = Text(vi="Tổng không bằng các phần cộng lại", en="The total is not the sum of its parts")
_SHARE = Text(vi="Tỷ trọng không khớp", en="The share does not agree")
_PLAN = Text(vi="Tỷ lệ so với kế hoạch không khớp", en="The share of the plan does not agree")
_GROWTH = Text(vi="Tốc độ tăng giảm không khớp", en="The growth does not agree")
_AGAIN = Text(vi="Cùng một chỉ tiêu nhưng hai số khác nhau", en="One indicator, two figures")
_CHANGE = Text(vi="Mức tăng giảm không khớp", en="The change does not agree")

CHECKS: tuple[Rule, ...] = (
    # Arithmetic of prose
    Rule("SUM001", "sum of parts", "arithmetic", _SUM, find_sums, also=("SUM002",)),
    Rule("SUM003", "shares make a hundred", "arithmetic",
         Text(vi="Các tỷ trọng cộng lại không bằng 100%", en="The shares do not make 100 %"), find_hundreds),
    Rule("SUM004", "what is left", "arithmetic",
         Text(vi="Số còn lại hoặc chênh lệch không khớp", en="What is left does not agree"), find_rests),
    Rule("SUM005", "opening and closing", "arithmetic",
         Text(vi="Số đầu kỳ, tăng, giảm và cuối kỳ không khớp",
              en="Opening, in, out and closing do not agree"),
         find_stocks),
    Rule("SUM006", "total after its parts", "arithmetic", _SUM, find_closing_totals),
    Rule("SUM007", "contributions to growth", "arithmetic",
         Text(vi="Các mức đóng góp cộng lại không bằng mức tăng chung",
              en="The contributions do not add to the growth"), find_contributions),
    Rule("SUM008", "sum by definition", "arithmetic", _SUM, find_identities),
    Rule("AVG001", "average", "arithmetic",
         Text(vi="Số bình quân không khớp", en="The average does not agree"), find_averages),
    Rule("AVG002", "average growth a year", "arithmetic",
         Text(vi="Tốc độ tăng bình quân năm không khớp", en="The average growth a year does not agree"),
         find_yearly_growths),
    Rule("PCT001", "share of a total", "arithmetic", _SHARE, find_shares),
    Rule("PCT002", "plan completion", "arithmetic", _PLAN, find_plans),
    Rule("PCT003", "growth", "arithmetic", _GROWTH, find_growths),
    Rule("PCT005", "X of Y", "arithmetic", _SHARE, find_fractions),
    Rule("PCT007", "whole base", "arithmetic",
         Text(vi="Không có số gốc nguyên nào cho tỷ lệ này", en="No whole base gives this percentage"),
         find_whole_bases),
    Rule("CHG001", "change in units", "arithmetic", _CHANGE, find_differences, also=("CHG002",)),
    Rule("CHG004", "change between two levels", "arithmetic", _CHANGE, find_steps),
    Rule("CHG005", "change in units and in percent", "arithmetic", _CHANGE, find_gains),
    Rule("PCT008", "growth over a figure elsewhere", "arithmetic", _GROWTH, find_distant_bases),
    Rule("REP001", "figure printed again", "repeat", _AGAIN, find_restatements),
    Rule("REP002", "text against table", "repeat", _AGAIN, find_repeats),
    Rule("REP003", "ratio over a table row", "arithmetic",
         Text(vi="Tỷ lệ trong lời văn không khớp với bảng", en="The ratio does not agree with the table"),
         find_row_ratios),
    Rule("CHG003", "multiple", "arithmetic",
         Text(vi="Số lần không khớp", en="The multiple does not agree"), find_multiples),
    Rule("CUM001", "periods of a year", "arithmetic",
         Text(vi="Số lũy kế không khớp với số của từng kỳ",
              en="The cumulative figure does not agree with its periods"),
         find_ladders),
    Rule("MIX001", "ratio of a total between its parts'", "arithmetic",
         Text(vi="Tỷ lệ chung không khớp với tỷ lệ của các thành phần",
              en="The ratio of a total does not go with those of its parts"), find_mixes),
    # Tables
    Rule("TAB001", "table rows that add up", "arithmetic",
         Text(vi="Dòng tổng trong bảng không bằng các dòng thành phần cộng lại",
              en="A total row of the table is not the sum of its parts"),
         find_row_sums, placed=True),
    Rule("TAB002", "column formulas of the index row", "arithmetic",
         Text(vi="Cột không đúng công thức ghi ở dòng chỉ số cột",
              en="A column does not follow the formula of its index row"),
         find_column_formulas, placed=True),
    Rule("TAB003", "columns that follow from others", "arithmetic",
         Text(vi="Cột không đúng quan hệ mà các dòng khác đều theo",
              en="A column breaks the relation that the other rows keep"),
         find_column_relations, placed=True),
    Rule("TAB004", "shares in a table", "arithmetic",
         Text(vi="Tỷ trọng trong bảng không khớp", en="A share of the table does not agree"),
         find_table_shares, placed=True),
    Rule("TAB005", "products and pairs in a table", "arithmetic",
         Text(vi="Các dòng diện tích, năng suất, sản lượng hoặc tỷ lệ của một cặp số không khớp",
              en="Rows of a product, or a pair and its percentage, do not agree"),
         find_table_products, placed=True),
    Rule("TAB006", "ratio of a total between its parts'", "arithmetic",
         Text(vi="Tỷ lệ của dòng tổng nằm ngoài khoảng của các dòng thành phần",
              en="The ratio of a total row lies outside those of its parts"),
         find_table_means, placed=True),
    Rule("TAB007", "ratios over bases that are not printed", "arithmetic",
         Text(vi="Tỷ lệ của dòng hoặc cột tổng không khớp với tỷ lệ của các thành phần",
              en="The ratio of a total does not follow from its parts'"),
         find_table_bases, placed=True),
    Rule("TAB008", "rows of a statement by their codes", "arithmetic",
         Text(vi="Dòng của báo cáo tài chính không đúng công thức theo mã số",
              en="A row of the statement does not follow from the rows that its form names"),
         find_code_sums, placed=True),
    Rule("TAB009", "growth from year to year", "arithmetic",
         Text(vi="Tốc độ tăng không khớp với số của hai năm liền nhau",
              en="The growth does not agree with the figures of two years running"),
         find_table_chains, placed=True),
    Rule("REP004", "table against table", "repeat",
         Text(vi="Cùng một dòng ở hai bảng nhưng hai số khác nhau", en="One row in two tables, two figures"),
         find_row_repeats, placed=True),
    # Citations, days, numbering, lists and form
    Rule("REF001", "one document, two dates", "reference",
         Text(vi="Một văn bản được dẫn với hai ngày khác nhau", en="One document is cited with two dates"),
         references.find_other_dates),
    Rule("REF002", "one document, two issuers or types", "reference",
         Text(vi="Một văn bản được dẫn với hai cơ quan hoặc hai loại khác nhau",
              en="One document is cited as that of two bodies or of two types"),
         references.find_other_issuers),
    Rule("REF003", "symbol against type", "reference",
         Text(vi="Ký hiệu không hợp với loại văn bản", en="The symbol does not go with the type of document"),
         references.find_wrong_symbols),
    Rule("REF004", "order of documents", "reference",
         Text(vi="Thứ tự ngày của hai văn bản không hợp lý",
              en="The dates of two documents are in the wrong order"),
         references.find_early_acts),
    Rule("REF005", "document after the report", "reference",
         Text(vi="Văn bản được dẫn có ngày sau ngày của báo cáo",
              en="A cited document is dated after the report"),
         references.find_future_references),
    Rule("REF006", "year in the number", "reference",
         Text(vi="Năm trong số hiệu khác năm ban hành", en="The year in the number is not that of the date"),
         references.find_years_in_numbers),
    Rule("REF007", "symbol against issuer", "reference",
         Text(vi="Ký hiệu không hợp với cơ quan ban hành", en="The symbol is not that of the body named"),
         references.find_wrong_bodies),
    Rule("DAT001", "impossible day", "date",
         Text(vi="Ngày không có trong lịch", en="There is no such day"), dates.find_impossible_days),
    Rule("DAT002", "result from the future", "date",
         Text(vi="Số liệu có ngày sau ngày chốt hoặc ngày ban hành",
              en="A result is dated after the cut-off or the day of issue"), dates.find_future_results),
    Rule("DAT003", "range backwards", "date",
         Text(vi="Khoảng thời gian kết thúc trước khi bắt đầu", en="A range of time ends before it begins"),
         dates.find_backward_ranges),
    Rule("DAT004", "year in a heading", "date",
         Text(vi="Năm trong đề mục khác kỳ báo cáo", en="The year in a heading is not one of the report's"),
         dates.find_other_years),
    Rule("DAT005", "base not earlier", "date",
         Text(vi="Kỳ so sánh không ở trước kỳ báo cáo",
              en="The base is not earlier than the report's period"),
         periods.find_late_bases),
    Rule("DAT006", "weekday", "date",
         Text(vi="Ngày trong tuần không khớp với ngày tháng", en="The weekday is not that of the day"),
         periods.find_wrong_weekdays),
    Rule("DAT007", "report before its period", "date",
         Text(vi="Ngày báo cáo trước kỳ báo cáo", en="The report is dated before its period"),
         periods.find_early_reports),
    Rule("NUM001", "numbering of sections", "numbering",
         Text(vi="Số thứ tự mục không liên tục", en="The numbering of sections is not continuous"),
         numbering.find_section_gaps),
    Rule("NUM002", "footnotes", "numbering",
         Text(vi="Dấu dẫn và chú thích cuối trang không khớp", en="Footnote marks and notes do not agree"),
         marks.find_note_gaps),
    Rule("NUM003", "numbering of tables", "numbering",
         Text(vi="Số thứ tự biểu, bảng không liên tục", en="The numbering of tables is not continuous"),
         marks.find_table_gaps),
    Rule("NUM004", "enumeration in the text", "numbering",
         Text(vi="Số thứ tự liệt kê trong đoạn không liên tục", en="An enumeration is not continuous"),
         enumerations.find_enumeration_gaps),
    Rule("LST001", "count against list", "arithmetic",
         Text(vi="Số lượng nêu ra khác số lượng liệt kê", en="A count is not that of the items listed"),
         lists.find_wrong_counts),
    Rule("LST002", "part above its whole", "arithmetic",
         Text(vi="Phần lớn hơn tổng", en="A part exceeds its whole"), lists.find_excess_parts),
    Rule("PCT006", "impossible percentage", "arithmetic",
         Text(vi="Tỷ lệ phần trăm không thể có", en="An impossible percentage"),
         forms.find_impossible_percents),
    Rule("FRM001", "mixed separators", "form",
         Text(vi="Dấu thập phân không thống nhất", en="Decimals are written in two ways"),
         forms.find_mixed_separators),
    Rule("FRM002", "hedged exact count", "form",
         Text(vi="Từ ước lượng đứng trước một số đếm chính xác", en="A hedge stands before an exact count"),
         forms.find_exact_hedges),
    Rule("FRM004", "count in decimals", "form",
         Text(vi="Dấu phân cách của số đặt sai chỗ", en="The marks of a number are misplaced"),
         forms.find_broken_counts),
    Rule("FRM003", "letterhead", "form",
         Text(vi="Thể thức phần đầu văn bản chưa đủ", en="The letterhead is not complete"),
         forms.find_missing_parts),
)  # fmt: skip
"""The checks of a plain run; add your own: `check_report(path, checks=CHECKS + (mine,))`."""
