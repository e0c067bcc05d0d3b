"""A headless browser for tests of what people look at; tests skip where none is installed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest


@contextmanager
def open_browser(*, dark: bool = False, size: tuple[int, int] = (1366, 860)) -> Iterator[Any]:
    """Yield a Chromium driven by selenium, without a window and without a network of its own."""
    webdriver = pytest.importorskip("selenium.webdriver")
    browser, driver = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip("no Chromium with its driver here")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        f"--window-size={size[0]},{size[1]}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = import_module("selenium.webdriver.chrome.service").Service(executable_path=driver)
    chrome = webdriver.Chrome(options=options, service=service)
    try:
        if dark:
            features = [{"name": "prefers-color-scheme", "value": "dark"}]
            chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        yield chrome
    finally:
        chrome.quit()
