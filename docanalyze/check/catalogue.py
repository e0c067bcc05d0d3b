"""The checks in their order: one line each. Codes are permanent; the functions' docstrings are the manual."""

from __future__ import annotations

from docanalyze.check.averages import find_averages
from docanalyze.check.flows import find_closing_totals, find_contributions, find_rests, find_stocks
from docanalyze.check.ratios import (
    find_differences,
    find_fractions,
    find_growths,
    find_multiples,
    find_plans,
    find_shares,
    find_steps,
)
from docanalyze.check.repeats import find_repeats, find_restatements, find_row_ratios
from docanalyze.check.rules import Rule
from docanalyze.check.sums import find_hundreds, find_sums
from docanalyze.check.table_columns import find_column_relations
from docanalyze.check.table_formulas import find_column_formulas
from docanalyze.check.table_products import find_table_products
from docanalyze.check.table_shares import find_table_means, find_table_shares
from docanalyze.check.table_sums import find_row_sums
from docanalyze.core.relation import Text

_SUM = Text(vi="Tổng không bằng các phần cộng lại", en="The total is not the sum of its parts")
_SHARE = Text(vi="Tỷ trọng không khớp", en="The share does not agree")
_PLAN = Text(vi="Tỷ lệ so với kế hoạch không khớp", en="The share of the plan does not agree")
_GROWTH = Text(vi="Tốc độ tăng giảm không khớp", en="The growth does not agree")
_AGAIN = Text(vi="Cùng một chỉ tiêu nhưng hai số khác nhau", en="One indicator, two figures")
_CHANGE = Text(vi="Mức tăng giảm không khớp", en="The change does not agree")

CHECKS: tuple[Rule, ...] = (
    # Arithmetic of prose
    Rule("SUM001", "sum of parts", "arithmetic", _SUM, find_sums),
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
    Rule("AVG001", "average", "arithmetic",
         Text(vi="Số bình quân không khớp", en="The average does not agree"), find_averages),
    Rule("PCT001", "share of a total", "arithmetic", _SHARE, find_shares),
    Rule("PCT002", "plan completion", "arithmetic", _PLAN, find_plans),
    Rule("PCT003", "growth", "arithmetic", _GROWTH, find_growths),
    Rule("PCT005", "X of Y", "arithmetic", _SHARE, find_fractions),
    Rule("CHG001", "change in units", "arithmetic", _CHANGE, find_differences),
    Rule("CHG004", "change between two levels", "arithmetic", _CHANGE, find_steps),
    Rule("REP001", "figure printed again", "repeat", _AGAIN, find_restatements),
    Rule("REP002", "text against table", "repeat", _AGAIN, find_repeats),
    Rule("REP003", "ratio over a table row", "arithmetic",
         Text(vi="Tỷ lệ trong lời văn không khớp với bảng", en="The ratio does not agree with the table"),
         find_row_ratios),
    Rule("CHG003", "multiple", "arithmetic",
         Text(vi="Số lần không khớp", en="The multiple does not agree"), find_multiples),
    # Tables
    Rule("TAB001", "table rows that add up", "arithmetic",
         Text(vi="Dòng tổng trong bảng không bằng các dòng thành phần cộng lại",
              en="A total row of the table is not the sum of its parts"), find_row_sums),
    Rule("TAB002", "column formulas of the index row", "arithmetic",
         Text(vi="Cột không đúng công thức ghi ở dòng chỉ số cột",
              en="A column does not follow the formula of its index row"), find_column_formulas),
    Rule("TAB003", "columns that follow from others", "arithmetic",
         Text(vi="Cột không đúng quan hệ mà các dòng khác đều theo",
              en="A column breaks the relation that the other rows keep"), find_column_relations),
    Rule("TAB004", "shares in a table", "arithmetic",
         Text(vi="Tỷ trọng trong bảng không khớp", en="A share of the table does not agree"),
         find_table_shares),
    Rule("TAB005", "products and pairs in a table", "arithmetic",
         Text(vi="Các dòng diện tích, năng suất, sản lượng hoặc tỷ lệ của một cặp số không khớp",
              en="Rows of a product, or a pair and its percentage, do not agree"), find_table_products),
    Rule("TAB006", "ratio of a total between its parts'", "arithmetic",
         Text(vi="Tỷ lệ của dòng tổng nằm ngoài khoảng của các dòng thành phần",
              en="The ratio of a total row lies outside those of its parts"), find_table_means),
)  # fmt: skip
"""The checks of a plain run; add your own: `check_report(path, checks=CHECKS + (mine,))`."""
