from __future__ import annotations

import copy
import os
import sys
import zipfile
from pathlib import Path

import msgspec
import pytest

from docanalyze.archive import sources
from docanalyze.archive.sources import NO_PATH, Item, find_items, hash_item, read_item
from docanalyze.core.errors import MissingFile


def labels(*paths: Path | str) -> list[str]:
    return [item.label for item in find_items(paths)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "kho"
    for name in ("b.txt", "a.pdf", "2023/quý 1.md", "2023/ảnh.png", ".git/x.txt", "2023/.ẩn.txt"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    return root


def test_an_output_folder_is_no_part_of_an_archive(folder: Path) -> None:
    for name in ("ra/README.md", "ra/manifest.sqlite"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    assert labels(folder) == ["2023/quý 1.md", "a.pdf", "b.txt"]


def test_a_path_that_is_not_there_is_told_beside_those_that_are(folder: Path) -> None:
    items = find_items([folder / "a.pdf", folder / "không có.pdf"])
    assert [item.problem and item.problem[0] for item in items] == [NO_PATH, None]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no pipes with names")
def test_what_is_no_file_is_not_opened(folder: Path) -> None:
    os.mkfifo(folder / "ống.pdf")
    problems = {item.label: item.problem and item.problem[0] for item in find_items([folder])}
    assert problems["ống.pdf"] == "not-a-report"


def test_a_file_beyond_the_limit_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LARGEST", 4)
    problems = {item.label: item.problem and item.problem[0] for item in find_items([folder])}
    assert problems["a.pdf"] == "limit-exceeded"


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_names_from_before_unicode(folder: Path) -> None:
    """As of archives with names in TCVN3 or VNI."""
    _write(folder / os.fsdecode(b"b\xb8o c\xb8o.txt"), b"mot")
    (item,) = (item for item in find_items([folder]) if "\ufffd" in item.label)
    assert msgspec.json.decode(msgspec.json.encode(item), type=Item) == item
    assert read_item(item) == b"mot"


def make_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_folder_is_walked_in_a_stable_order(folder: Path) -> None:
    assert labels(folder) == ["2023/quý 1.md", "a.pdf", "b.txt"]


def test_patterns_single_files_and_folders_meet_in_one_list(folder: Path) -> None:
    assert labels(folder / "*.txt", folder / "a.pdf", folder) == ["2023/quý 1.md", "a.pdf", "b.txt"]


def test_a_file_named_itself_is_tried_whatever_its_suffix(folder: Path) -> None:
    assert labels(folder / "2023/ảnh.png") == ["ảnh.png"]


@pytest.mark.parametrize("name", ["không-có", "không-có/*.pdf"])
def test_a_path_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(MissingFile):
        find_items([tmp_path / name])


def test_zip_files_are_read_in_place(folder: Path) -> None:
    make_zip(folder / "cũ.zip", {"năm/x.txt": b"mot", "__MACOSX/._x.txt": b"-", "y.png": b"-"})
    (item,) = (item for item in find_items([folder]) if item.member)
    assert item.label == "cũ.zip/năm/x.txt"
    assert read_item(item) == b"mot"
    assert hash_item(item) == hash_item(Item("x", bytes(_write(folder / "x.bin", b"mot"))))


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["../ra-ngoai.txt", "/goc.txt", "a/../../x.txt", "C:/x.txt"])
def test_names_that_lead_out_of_a_zip_file_are_refused(tmp_path: Path, name: str) -> None:
    path = make_zip(tmp_path / "x.zip", {name: b"x", "lành.txt": b"x"})
    problems = {item.label: item.problem for item in find_items([path])}
    assert problems.pop("x.zip/lành.txt") is None
    ((label, problem),) = problems.items()
    assert ".." not in label
    assert problem is not None
    assert problem[0] == "unsafe-name"


def test_members_that_share_their_bytes_are_a_bomb(tmp_path: Path) -> None:
    data = os.urandom(4000)
    path = make_zip(tmp_path / "x.zip", {"a.txt": data})
    with zipfile.ZipFile(path, "a") as archive:
        for name in ("b.txt", "c.txt"):
            again = copy.copy(archive.getinfo("a.txt"))
            again.filename = name
            archive.filelist.append(again)
        archive._didModify = True  # type: ignore[attr-defined]
    (item,) = find_items([path])
    assert item.problem is not None
    assert item.problem[0] == "bad-zip"


def test_names_in_utf8_that_do_not_say_so(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "x.zip", {"báo cáo.txt": b"mot"})
    data = path.read_bytes()
    for at in (data.find(b"PK\x03\x04") + 7, data.rfind(b"PK\x01\x02") + 9):
        data = data[:at] + bytes([data[at] & ~8]) + data[at + 1 :]
    path.write_bytes(data)
    (item,) = find_items([path])
    assert item.label == "x.zip/báo cáo.txt"
    assert read_item(item) == b"mot"


def test_bombs_in_zip_files_are_refused_by_their_header(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "x.zip", {"bom.txt": bytes(8 << 20)})
    (item,) = find_items([path])
    assert item.problem is not None
    assert item.problem[0] == "zip-limit"


def test_a_member_that_lies_about_its_size_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_zip(tmp_path / "x.zip", {"x.txt": b"a" * 5000})
    (item,) = find_items([path])
    monkeypatch.setattr(sources, "LARGEST", 1000)
    with pytest.raises(MissingFile):
        read_item(item)


def test_damaged_and_encrypted_zip_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "hỏng.zip").write_bytes(b"PK\x03\x04 no zip at all")
    path = make_zip(tmp_path / "khóa.zip", {"x.txt": b"x"})
    data = bytearray(path.read_bytes())
    central = data.rfind(b"PK\x01\x02")
    data[central + 8] |= 1
    path.write_bytes(data)
    problems = {item.label: item.problem and item.problem[0] for item in find_items([tmp_path])}
    assert problems == {"hỏng.zip": "bad-zip", "khóa.zip/x.txt": "encrypted-zip"}


def test_what_changes_has_another_stamp(folder: Path) -> None:
    (before,) = find_items([folder / "b.txt"])
    (folder / "b.txt").write_text("khác hẳn", encoding="utf-8")
    (after,) = find_items([folder / "b.txt"])
    assert before.stamp != after.stamp
