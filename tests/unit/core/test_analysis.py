from __future__ import annotations

import json
from decimal import Decimal

import msgspec
import pytest

from docanalyze.core.analysis import decode_analysis, encode_value
from docanalyze.core.mention import KINDS, Mention, Money, MoneyValue, Percent, PercentValue, mention_kind


def make_percent(number: str) -> Percent:
    value = PercentValue(number=Decimal(number), unit="%", low=None, high=Decimal(number))
    return Percent(text=f"{number}%", start=0, end=len(number) + 1, rule="percent.sign", value=value)


def test_decimals_are_strings_in_plain_notation() -> None:
    shown = json.loads(encode_value(make_percent("0.0000001")))
    assert shown["value"]["number"] == "0.0000001"
    money = MoneyValue(number=Decimal("2E+9"), currency="VND")
    mention = Money(text="2 tỷ", start=0, end=4, rule="money.scaled", value=money)
    assert json.loads(encode_value(mention))["value"]["number"] == "2000000000"


def test_keys_that_do_not_apply_are_absent_and_half_lines_are_null() -> None:
    value = json.loads(encode_value(make_percent("50")))["value"]
    assert value == {"number": "50", "low": None, "high": "50", "unit": "%"}


def test_a_mention_is_read_back_as_what_it_was() -> None:
    mention = make_percent("58.12")
    assert msgspec.json.decode(encode_value(mention), type=Mention) == mention


def test_values_are_frozen() -> None:
    with pytest.raises(AttributeError):
        make_percent("1").start = 5  # type: ignore[misc]


def test_every_kind_is_a_tag() -> None:
    assert sorted(KINDS) == sorted(kind.__struct_config__.tag for kind in Mention.__args__)  # type: ignore[attr-defined]
    assert mention_kind(make_percent("1")) == "percent"


def test_what_is_no_analysis_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        decode_analysis(b'{"schema_version": "9"}')
