"""The word lists: every collision settled, and entries that a linguist adds in TOML."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from docanalyze.core.errors import UsageError
from docanalyze.core.mention import LegalRef, Quantity
from docanalyze.core.names import fold_words
from docanalyze.lexicon import load_lexicon
from docanalyze.lexicon.collisions import find_collisions
from docanalyze.lexicon.opposites import are_opposed, differ_by_mark
from docanalyze.pipeline import tag_text


def test_every_collision_is_settled() -> None:
    lexicon = load_lexicon()
    settled = {frozenset(row["pair"]) for row in lexicon["collisions"]["settled"]}
    collisions = find_collisions(lexicon)
    assert {"năm", "CT", "TT", "HĐ", "tr", "kế hoạch", "điểm"} <= {c.word for c in collisions}
    for collision in collisions:
        kinds = [meaning.split(":")[0] for meaning in collision.meanings]
        for one, other in combinations(kinds, 2):
            assert frozenset((one, other)) in settled, (collision.word, one, other)


def test_every_settled_pair_occurs() -> None:
    lexicon = load_lexicon()
    occurring = {
        frozenset(pair)
        for collision in find_collisions(lexicon)
        for pair in combinations([meaning.split(":")[0] for meaning in collision.meanings], 2)
    }
    assert {frozenset(row["pair"]) for row in lexicon["collisions"]["settled"]} <= occurring


@pytest.mark.parametrize("name", [name for name in load_lexicon() if name != "collisions"])
def test_every_list_names_its_source(name: str) -> None:
    assert "source" in repr(load_lexicon()[name])


def test_a_unit_is_added_without_python(tmp_path: Path) -> None:
    text = "Thu hoạch 250 giạ/công lúa, mỗi hộ 12 công đất tầm lớn."
    (tmp_path / "units.toml").write_text(
        '[[unit]]\nnames = ["giạ"]\nbase = "kg"\nfactor = "20"\nsource = "usage in the Mekong delta"\n',
        encoding="utf-8",
    )
    found = tag_text(text, lexicon=load_lexicon(tmp_path))[0]
    assert isinstance(found, Quantity)
    assert (found.text, found.value.unit, found.value.per) == ("250 giạ/công", "giạ", "công")
    plain = tag_text("Thu hoạch 250 giạ lúa.", lexicon=load_lexicon(tmp_path))[0]
    assert isinstance(plain, Quantity)
    assert plain.value.base is not None
    assert (str(plain.value.base.number), plain.value.base.unit) == ("5000", "kg")


def test_a_unit_given_anew_means_what_the_folder_says(tmp_path: Path) -> None:
    text = "Trồng rau trên 25 sào."
    assert tag_text(text)[0].value.base is None  # type: ignore[union-attr]
    (tmp_path / "units.toml").write_text(
        '[[unit]]\nnames = ["sào"]\nbase = "m2"\nfactor = "500"\nsource = "usage in the central provinces"\n',
        encoding="utf-8",
    )
    found = tag_text(text, lexicon=load_lexicon(tmp_path))[0]
    assert isinstance(found, Quantity)
    assert found.value.base is not None
    assert (str(found.value.base.number), found.value.base.unit) == ("12500", "m2")


def test_an_issuer_is_added_without_python(tmp_path: Path) -> None:
    (tmp_path / "issuers.toml").write_text(
        '[[body]]\nsymbol = "BQLKKT"\nname = "Ban Quản lý Khu kinh tế"\nsource = "provincial usage"\n',
        encoding="utf-8",
    )
    (found,) = tag_text("theo Quyết định số 12/QĐ-BQLKKT nêu trên", lexicon=load_lexicon(tmp_path))
    assert isinstance(found, LegalRef)
    assert found.value.issuer == "Ban Quản lý Khu kinh tế"


def test_a_folder_with_an_unknown_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "colours.toml").write_text("[a]\nb = 1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no such word list"):
        load_lexicon(tmp_path)


def test_names_that_exclude_each_other() -> None:
    def opposed(one: str, two: str) -> bool:
        return are_opposed(fold_words(one), fold_words(two), load_lexicon())

    assert opposed("Lợi nhuận trước thuế", "lợi nhuận sau thuế")
    assert opposed("kim ngạch nhập khẩu", "Kim ngạch xuất khẩu")
    assert not opposed("kim ngạch xuất nhập khẩu", "kim ngạch xuất khẩu")
    assert not opposed("lợi nhuận trước thuế và sau thuế", "lợi nhuận trước thuế")
    marks = fold_words("hộ nghèo"), fold_words("hộ cận nghèo")
    assert differ_by_mark(*marks, load_lexicon())
    assert not differ_by_mark(marks[0], fold_words("số hộ nghèo"), load_lexicon())
