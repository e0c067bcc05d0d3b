"""What is spent of funds that only their name calls so: `ngân sách tỉnh 9.614 triệu, đã giải ngân 6.152`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docanalyze.check.edits import has_edit
from docanalyze.check.equation import Equation, compare
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.judge import holds
from docanalyze.core.figure import is_alike

_FUND = re.compile(r"(?<!\w)(?:vốn|ngân sách|kinh phí|nguồn|quỹ)(?!\w)")
_OTHER = re.compile(
    r"(?<!\w)(?:giải ngân|thanh toán|thực hiện|đã chi|tạm ứng|quyết toán|sử dụng|thu|cùng kỳ|còn"
    r"|khối lượng)(?!\w)"
)
_SPENT = re.compile(
    r"(?:[,;]|và)? ?(?:đến nay |nay )?(?:đã |được )*(?:giải ngân|thanh toán|thực hiện|chi|sử dụng)"
    r"(?: thanh toán)?(?: được| là| đạt)*"
)
_RATIO = re.compile(r"(?:\(|[,;])? ?(?:tỷ lệ )?(?:đạt|bằng|chiếm)?(?: tỷ lệ)?")


def find_funds_spent(facts: Facts) -> Iterator[Claim]:
    """Yield funds, what is spent of them and its percentage, one right behind the other.

    Whole percentages that fail are told only where another of the sentence agrees.
    """
    for figures in facts.sentences_behind("giải ngân", "thanh toán", "thực hiện", "chi", "sử dụng").values():
        found: list[Equation] = []
        for fund, spent, ratio in zip(figures, figures[1:], figures[2:], strict=False):
            if ratio.dimension != "%" or facts.role_of(ratio) != "plan-ratio":
                continue
            if facts.role_of(fund) != "level" or not is_alike(fund, spent) or facts.depths.get(fund.mention):
                continue
            said = facts.clause_before(fund)
            if not _FUND.search(said) or _OTHER.search(said) or facts.by_mention[ratio.mention].against:
                continue
            spends = _SPENT.fullmatch(facts.words_before(spent)) is not None
            if spends and _RATIO.fullmatch(facts.words_before(ratio)) is not None:
                found.append(compare("ratio", spent, fund, ratio))
        fitting = [holds(each) for each in found]
        for equation, right in zip(found, fitting, strict=True):
            if right or ((equation.one("ratio").decimals or any(fitting)) and has_edit(equation)):
                yield Claim("PCT002", equation, severity="warning", tied=True)
