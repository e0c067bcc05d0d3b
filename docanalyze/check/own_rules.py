"""An auditor's own equations over indicators, from a YAML file, as checks beside the shipped ones.

A rule names figures by indicator, scope, basis and period, and states what must hold between them. It
is judged as every check is: on the intervals that the printed figures stand for.
"""

from __future__ import annotations

import ast
import fnmatch
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, get_args

import msgspec

from docanalyze.check.arithmetic import numeral
from docanalyze.check.facts import Claim, Facts
from docanalyze.check.rules import Rule
from docanalyze.core.bounds import Bounds
from docanalyze.core.errors import MissingPart, UsageError
from docanalyze.core.figure import Figure
from docanalyze.core.names import fold_name
from docanalyze.core.relation import Basis, Indicator, Severity, Text

_NODES = 50_000
_ID = re.compile(r"[A-Za-z][\w-]{0,40}")
_PERIOD = re.compile(r"\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}")
_TOLERANCE = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)")
_TOTAL = re.compile(r"^tong (?:so )?(?=\S)")
"""Names of indicators are kept without it: `tổng thu ngân sách` is `thu ngân sách`."""

_EQUALS = re.compile(r"(?<![<>=!])=(?!=)")
_SIGNS = {"==": "≠", "<=": ">", ">=": "<", "<": "≥", ">": "≤"}
_TURN: dict[type[ast.operator], Callable[[Bounds, Bounds], Bounds | None]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: Bounds.times,
    ast.Div: Bounds.over,
}
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.LtE: "<=",
    ast.GtE: ">=",
    ast.Lt: "<",
    ast.Gt: ">",
}


class Wanted(msgspec.Struct, frozen=True):
    """Which figure a name of a rule means: patterns of name and scope, a basis, a period."""

    name: str
    scope: str | None = None
    basis: str = "actual"
    period: str | None = None


class OwnRule(msgspec.Struct, frozen=True):
    """One rule of an auditor: `check` is the comparison as parsed, `share` a tolerance in percent."""

    code: str
    message: Text
    figures: dict[str, Wanted]
    check: ast.Compare
    tolerance: Fraction = Fraction(0)
    share: bool = False
    severity: Severity = "error"


class _Place(NamedTuple):
    """A YAML value with its line and column, from 1."""

    value: Any
    line: int
    column: int


def load_rules(path: str | Path) -> tuple[Rule, ...]:
    """Return the rules of a YAML file as checks; raise UsageError with line and column for a wrong one.

    Raises MissingPart without PyYAML.

    >>> load_rules("quy-tac.yaml")[0].code  # doctest: +SKIP
    'OWN-THU-01'
    """
    yaml: Any
    try:
        yaml = import_module("yaml")
    except ImportError as error:
        raise MissingPart(option="--rules", command="pip install 'docanalyze[audit]'") from error
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(reason=f"--rules {path}: cannot be read as UTF-8 text") from error
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark is not None else ""
        raise UsageError(reason=f"--rules {path}{where}: {getattr(error, 'problem', 'not YAML')}") from error
    reader = _Reader(str(path))
    if root is None:
        return ()
    try:
        rules = reader.read_file(_place(root, [_NODES]))
    except (RecursionError, OverflowError) as error:
        raise UsageError(reason=f"--rules {path}: too deep or too long for rules") from error
    seen: set[str] = set()
    for rule, at in rules:
        if rule.code in seen:
            reader.fail(at, f"the id {rule.code.removeprefix('OWN-')} is there twice")
        seen.add(rule.code)
    return tuple(_make_check(rule) for rule, _ in rules)


def _place(node: Any, left: list[int]) -> _Place:
    """Return a YAML node as plain values, each with its place; `left` is how many nodes there may be yet.

    Anchors can nest a node in itself, or stand for millions: raises RecursionError or OverflowError.
    """
    left[0] -= 1
    if left[0] < 0:
        raise OverflowError
    if node.id == "mapping":
        value: Any = {str(key.value): (_place(item, left), _place(key, left)) for key, item in node.value}
    elif node.id == "sequence":
        value = [_place(item, left) for item in node.value]
    else:
        value = node.value
    return _Place(value, node.start_mark.line + 1, node.start_mark.column + 1)


class _Reader:
    """Reads the values of a file of rules; says where what is wrong."""

    def __init__(self, path: str) -> None:
        self._path = path

    def fail(self, where: _Place, what: str, shift: int = 0) -> None:
        place = f"line {where.line}, column {where.column + shift}"
        raise UsageError(reason=f"--rules {self._path}, {place}: {what}")

    def read_file(self, root: _Place) -> list[tuple[OwnRule, _Place]]:
        table = self._table(root, {"rules"}, "the file")
        return [(self._read_rule(each), each) for each in self._list(table["rules"])] if table else []

    def _read_rule(self, where: _Place) -> OwnRule:
        table = self._table(where, {"id", "message", "figures", "check", "tolerance", "severity"}, "a rule")
        for key in ("id", "message", "figures", "check"):
            if key not in table:
                self.fail(where, f"a rule needs {key!r}")
        name = self._text(table["id"])
        if not _ID.fullmatch(name):
            self.fail(table["id"], f"{name!r} is no id; letters, digits, - and _ are")
        figures = {}
        for key, each in self._table(table["figures"], None, "figures").items():
            if not key.isidentifier():
                self.fail(each, f"{key!r} is no name for a figure; one word without marks is")
            figures[key] = self._read_wanted(each)
        severity = self._choice(table.get("severity"), get_args(Severity), "error")
        tolerance, share = self._read_tolerance(table.get("tolerance"))
        return OwnRule(
            f"OWN-{name.upper()}",
            self._read_message(table["message"]),
            figures,
            self._read_check(table["check"], figures),
            tolerance,
            share,
            severity,  # type: ignore[arg-type]
        )

    def _read_wanted(self, where: _Place) -> Wanted:
        if isinstance(where.value, str):
            return Wanted(self._text(where))
        table = self._table(where, {"name", "scope", "basis", "period"}, "a figure")
        if "name" not in table:
            self.fail(where, "a figure needs 'name'")
        period = self._text(table["period"]) if "period" in table else None
        if period is not None and not _PERIOD.fullmatch(period):
            self.fail(table["period"], f"{period!r} is no period; 2023-01-01/2023-06-30 is")
        return Wanted(
            self._text(table["name"]),
            self._text(table["scope"]) if "scope" in table else None,
            self._choice(table.get("basis"), get_args(Basis), "actual"),
            period,
        )

    def _read_message(self, where: _Place) -> Text:
        if isinstance(where.value, str):
            return Text(vi=where.value, en=where.value)
        table = self._table(where, {"vi", "en"}, "a message")
        given = {key: self._text(each) for key, each in table.items()}
        if not given:
            self.fail(where, "a message needs 'vi' or 'en'")
        any_one = next(iter(given.values()))
        return Text(vi=given.get("vi", any_one), en=given.get("en", any_one))

    def _read_tolerance(self, where: _Place | None) -> tuple[Fraction, bool]:
        if where is None:
            return Fraction(0), False
        match = _TOLERANCE.fullmatch(self._text(where).strip())
        if match is None:
            self.fail(where, "a tolerance is a number, or a percentage as 0.5 %")
            raise AssertionError
        return Fraction(match[1]), bool(match[2])

    def _read_check(self, where: _Place, figures: Mapping[str, Wanted]) -> ast.Compare:
        text = _EQUALS.sub("==", self._text(where))
        try:
            tree = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError) as error:
            self.fail(where, "not an equation", (getattr(error, "offset", None) or 1) - 1)
            raise AssertionError from error
        if not isinstance(tree, ast.Compare) or len(tree.ops) != 1 or type(tree.ops[0]) not in _COMPARE:
            self.fail(where, "an equation has one of = <= >= < > between two sides")
            raise AssertionError
        for side in (tree.left, tree.comparators[0]):
            self._check_side(side, where, figures)
        return tree

    def _check_side(self, node: ast.expr, where: _Place, figures: Mapping[str, Wanted]) -> None:
        if isinstance(node, ast.BinOp) and type(node.op) in _TURN:
            self._check_side(node.left, where, figures)
            self._check_side(node.right, where, figures)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            self._check_side(node.operand, where, figures)
        elif isinstance(node, ast.Name):
            if node.id not in figures:
                self.fail(where, f"{node.id!r} is none of the figures", node.col_offset)
        elif not (isinstance(node, ast.Constant) and type(node.value) in (int, float)):
            self.fail(where, "only figures, numbers, + - * / and brackets are read", node.col_offset)

    def _table(self, where: _Place, keys: set[str] | None, what: str) -> dict[str, _Place]:
        if not isinstance(where.value, dict):
            self.fail(where, f"{what} is written as keys with values")
        for key, (_, at) in where.value.items():
            if keys is not None and key not in keys:
                self.fail(at, f"{key!r} is no key here; there are {', '.join(sorted(keys))}")
        return {key: value for key, (value, _) in where.value.items()}

    def _list(self, where: _Place) -> list[_Place]:
        if not isinstance(where.value, list):
            self.fail(where, "'rules' is a list, each rule after a dash")
        return list(where.value)

    def _text(self, where: _Place) -> str:
        if not isinstance(where.value, str) or not where.value.strip():
            self.fail(where, "text is needed here")
        return str(where.value)

    def _choice(self, where: _Place | None, known: tuple[str, ...], default: str) -> str:
        if where is None:
            return default
        text = self._text(where)
        if text not in known:
            self.fail(where, f"{text!r} is none of {', '.join(known)}")
        return text


def _make_check(rule: OwnRule) -> Rule:
    name = rule.code.removeprefix("OWN-")
    return Rule(rule.code, name, "arithmetic", rule.message, partial(find_own, rule))


def find_own(rule: OwnRule, facts: Facts) -> Iterator[Claim]:
    """Yield the relations that an auditor's rule makes: one for each scope and period with all figures."""
    found = {name: _find_figures(wanted, facts) for name, wanted in rule.figures.items()}
    keys = dict.fromkeys(key for each in found.values() for key in each)
    for scope, period in keys:
        chosen: dict[str, Figure] = {}
        for name, wanted in rule.figures.items():
            at = (scope if wanted.scope is None else None, period if wanted.period is None else None)
            figure = _pick(found[name], at)
            if figure is not None:
                chosen[name] = figure
        if len(chosen) == len(rule.figures):
            claim = _judge(rule, chosen)
            if claim is not None:
                yield claim


_Key = tuple[str, str]


def _find_figures(wanted: Wanted, facts: Facts) -> dict[_Key, Figure]:
    """Return the figures that are meant, the first of each scope and period."""
    name, scope = _TOTAL.sub("", fold_name(wanted.name)), fold_name(wanted.scope) if wanted.scope else None
    found: dict[_Key, Figure] = {}
    for indicator in facts.indicators.values():
        figure = facts.figures.get(indicator.mention)
        if (
            figure is None
            or indicator.basis != wanted.basis
            or not fnmatch.fnmatchcase(fold_name(indicator.name), name)
        ):
            continue
        own_scope, own_period = fold_name(indicator.scope or ""), _spell_period(indicator)
        if scope is not None and not fnmatch.fnmatchcase(own_scope, scope):
            continue
        if wanted.period is not None and own_period != wanted.period:
            continue
        found.setdefault((own_scope, own_period), figure)
    return found


def _pick(found: Mapping[_Key, Figure], at: tuple[str | None, str | None]) -> Figure | None:
    scope, period = at
    return next(
        (
            figure
            for (own_scope, own_period), figure in found.items()
            if scope in (None, own_scope) and period in (None, own_period)
        ),
        None,
    )


def _spell_period(indicator: Indicator) -> str:
    period = indicator.period
    return f"{period.start or ''}/{period.end or ''}" if period is not None else "/"


def _judge(rule: OwnRule, figures: Mapping[str, Figure]) -> Claim | None:
    """Return the relation with its verdict; None if it cannot be computed (a divisor of zero)."""
    sides = [_compute(side, figures) for side in (rule.check.left, rule.check.comparators[0])]
    left, right = sides
    if left is None or right is None:
        return None
    slack = rule.tolerance * abs(right.middle()) / 100 if rule.share else rule.tolerance
    sign = _COMPARE[type(rule.check.ops[0])]
    holds = _compare(sign, left, right + Bounds(-slack, slack))
    text = ast.unparse(rule.check)
    for name in sorted(figures, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\b", lambda _, n=name: numeral(figures[n]), text)  # type: ignore[misc]
    shown = {"==": "="}.get(sign, sign) if holds else _SIGNS[sign]
    return Claim(
        rule.code,
        verdict="holds" if holds else "fails",
        severity=rule.severity,
        mentions=tuple((name, figure.mention) for name, figure in figures.items()),
        arithmetic=text.replace(f" {sign} ", f" {shown} "),
    )


def _compute(node: ast.expr, figures: Mapping[str, Figure]) -> Bounds | None:
    if isinstance(node, ast.Name):
        return figures[node.id].bounds(signed=True)
    if isinstance(node, ast.Constant):
        return Bounds.point(Fraction(str(node.value)))
    if isinstance(node, ast.UnaryOp):
        inner = _compute(node.operand, figures)
        return None if inner is None else -inner
    assert isinstance(node, ast.BinOp)
    left, right = _compute(node.left, figures), _compute(node.right, figures)
    return None if left is None or right is None else _TURN[type(node.op)](left, right)


def _compare(sign: str, left: Bounds, right: Bounds) -> bool:
    if sign == "==":
        return left.meets(right)
    low, high = (left, right) if sign in ("<", "<=") else (right, left)
    if low.low is None or high.high is None:
        return True
    return low.low <= high.high if sign.endswith("=") else low.low < high.high
