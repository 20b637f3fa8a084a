"""The console as a process of its own, and Debian's chromium before it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[3]
LINK = re.compile(r"http://127\.0\.0\.1:\d+/enter/\S+")
WAIT = 20_000
"""Milliseconds that a step may take on a busy machine."""


class Served(NamedTuple):
    """A console that runs: its first address, the link that is good once, its process."""

    base: str
    link: str
    process: subprocess.Popen[str]


@contextmanager
def served(database: Path, account: str = "chuyen-vien") -> Iterator[Served]:
    """`tdkt web` on the database until the block ends; it must end in order."""
    words = ("web", "--port", "0", "--no-browser", "--as", account)
    environment = {**os.environ, "TDKT_DB": f"sqlite:///{database}", "TDKT_LANG": "vi"}
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), *words], stdout=subprocess.PIPE, env=environment, text=True
    )
    assert process.stdout is not None
    try:
        found = LINK.search(process.stdout.readline())
        assert found, "the console tells its link first"
        yield Served(found[0].partition("/enter")[0], found[0], process)
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The installed browser. Without one its tests are skipped, but fail where CI is set."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing = "no chromium is installed"
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def console(work: Path) -> Iterator[Served]:
    """The office in full work, served."""
    with served(work / "co-quan.db") as found:
        yield found


Opening = Callable[..., Page]


@pytest.fixture
def opening(chromium: Browser) -> Iterator[Opening]:
    """Opens a window that is signed in at a console; what the page's script throws fails the test."""
    contexts = []
    thrown: list[str] = []

    def open_window(console: Served, *, script: bool = True, dark: bool = False) -> Page:
        context = chromium.new_context(
            base_url=console.base,
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            locale="vi-VN",
        )
        context.set_default_timeout(WAIT)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.goto(console.link)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert thrown == []
