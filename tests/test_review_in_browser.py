"""The HTML review as an auditor uses it, in headless Chromium."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docanalyze.cli import main
from tests.browser import open_browser

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "corpus" / "dev" / "giam-sat-lac-phong-2024.pdf"


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "soát xét.html"
    assert main(["check", str(REPORT), "-o", str(path)]) == 1
    return path


def shown(browser: Any) -> list[str]:
    found = browser.find_elements("css selector", ".finding")
    return [finding.get_attribute("data-severity") for finding in found if finding.is_displayed()]


def click(browser: Any, selector: str) -> None:
    browser.find_element("css selector", selector).click()


def test_findings_are_clicked_filtered_and_walked_through(review: Path, tmp_path: Path) -> None:
    with open_browser() as browser:
        browser.get(review.as_uri())
        assert set(shown(browser)) == {"error", "warning", "info"}
        finding = browser.find_element("css selector", '.finding[data-severity="error"]')
        finding.click()
        name = finding.get_attribute("id")
        marked = browser.find_elements("css selector", "rect.at")
        assert marked
        assert {box.get_attribute("data-finding") for box in marked} == {name}
        assert browser.current_url.endswith(f"#{name}")
        pane = browser.find_element("css selector", ".pages").rect
        assert pane["y"] <= marked[0].rect["y"] <= pane["y"] + pane["height"]
        other = browser.find_element("css selector", f'.sheet rect:not([data-finding="{name}"])')
        browser.execute_script("arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true}))", other)
        chosen = browser.find_element("css selector", ".finding.at")
        assert chosen.get_attribute("id") == other.get_attribute("data-finding")
        click(browser, 'button[data-severity="info"]')
        assert set(shown(browser)) == {"error", "warning"}
        click(browser, 'button[data-severity="error"]')
        assert set(shown(browser)) == {"warning"}
        click(browser, 'button[data-severity="error"]')
        browser.find_element("css selector", "body").send_keys("j")
        first = browser.find_element("css selector", ".finding.at").get_attribute("id")
        browser.find_element("css selector", "body").send_keys("j")
        assert browser.find_element("css selector", ".finding.at").get_attribute("id") != first
        search = browser.find_element("css selector", "#search")
        search.send_keys("hộ nghèo")
        assert len(shown(browser)) == 1
        search.send_keys("không có chữ này")
        assert shown(browser) == []
        assert browser.find_element("css selector", ".none-left").is_displayed()
        click(browser, 'button[data-language="en"]')
        assert "figures checked" in browser.find_element("css selector", "header").text
        assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
        assert browser.save_screenshot(str(tmp_path / "light.png"))


def test_both_themes_differ(review: Path, tmp_path: Path) -> None:
    colours = []
    for dark in (False, True):
        with open_browser(dark=dark) as browser:
            browser.get(review.as_uri())
            body = browser.find_element("css selector", "html")
            colours.append(
                (body.value_of_css_property("background-color"), body.value_of_css_property("color"))
            )
            assert browser.save_screenshot(str(tmp_path / f"{dark}.png"))
    assert colours[0] != colours[1]


def test_markup_in_a_report_stays_text(tmp_path: Path) -> None:
    evil = "<script>document.title=1</script><img src=x onerror=document.title=1>"
    text = f"{evil} Tiếp công dân 378 lượt, gồm thường xuyên 315 lượt và định kỳ 72 lượt.\n"
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    assert main(["check", str(tmp_path / "x.txt"), "-o", str(tmp_path / "x.html")]) == 1
    with open_browser() as browser:
        browser.get((tmp_path / "x.html").as_uri())
        assert browser.title.startswith("docanalyze")
        assert "<script>" in browser.find_element("css selector", ".finding").text
        assert not browser.find_elements("css selector", "img[src=x]")
