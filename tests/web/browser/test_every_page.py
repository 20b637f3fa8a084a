"""Every page, for the positions that see it: axe-core finds nothing, light and dark; none is wider than a
phone; each has one heading, which has the focus; no raw id, option or date stands on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from runtime.acts.acting import Acting
from runtime.acts.expect import open_for
from runtime.acts.links import make_links
from runtime.office.settings import Options
from tests.people import OFFICER, VILLAGE
from tests.web.browser.conftest import Opening, Served, served
from tests.web.browser.test_access import violations
from tests.web.test_serving import invited, running

EVERYBODYS: Mapping[str, str] = {
    "chuyen-vien": """
        /inbox /inbox?others=yes /nowhere /commands /plan /plan/import /search /search?q=nguoi
        /dossiers /dossiers/new /dossiers/import /items/2026/D0001/do/add /items/2026/D0002
        /items/2026/D0002/1 /items/2026/D0002/receipt /items/2026/D0003/appraise /items/2026/D0002/papers
        /items/2026/D0002/do/propose_correction
        /sessions /sessions/new /items/2026/S01/agenda /items/2026/S03 /items/2026/S02/roll
        /items/2026/S03/vote/gk /items/2026/S03/vote/bkt /items/2026/S05/conclude
        /decisions /decisions/new?title=gk /items/2026/Q04 /items/2026/Q05/do/issue
        /money /money/2026/Q01 /chase /chase/open?ref=2026/T17 /items/2026/T17/links /sent
        /reports /reports/year /reports/statistics /reports/coverage /reports/fund
        /papers /registers/awards /registers/dossiers /deadlines /items/2026/T01
        /log /log/2026/3 /log/verify /settings /settings/bodies /settings/substitutions
        /settings/definitions /settings/definitions/policy/deadlines/1 /settings/proposals/3
    """,
    "thu-ky": "/inbox /items/2026/S01/do/call /items/2026/S03/recusals",
    "chu-tich": "/inbox /items/2026/Q04/do/sign",
    "ke-toan": "/inbox /money /money/2026/Q01 /items/2026/Q02/do/confirm_funds",
    "van-thu": "/inbox /items/2026/Q05/do/issue",
    "thon-1": "/inbox /dossiers /items/2026/D0003 /chase/answer?body=2026/T06/thon-1",
    "giam-sat": "/plan /decisions /items/2026/Q01 /log",
    "quan-tri": "/status /settings /settings/contacts /settings/proposals/3",
}
"""The addresses that are looked at, by position."""
RAW = re.compile(r"(?<![\w-])--[a-z]|\b\d{4}-\d\d-\d\d\b|\b[a-z]+_[a-z_]+\b|\bNone\b")
OWN_WORDS = ("/commands", "/log/", "/settings/definitions", "/settings/proposals", "/status")
"""Pages that show commands, the log's bytes, definitions or what the program found as they are."""


def faults(page: Page, path: str, *, dark: bool = False) -> Iterator[str]:
    """What is wrong with the page at the address; in the dark its colours are what is of its own."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(path)
    headings = page.locator("h1")
    if headings.count() != 1 or not headings.evaluate("(each) => each === document.activeElement"):
        yield f"{path}: not one heading with the focus"
    page.evaluate("document.querySelectorAll('main details').forEach((each) => (each.open = true))")
    yield from violations(page, colours=dark)
    said = page.locator("main").inner_text()
    if not path.startswith(OWN_WORDS):
        yield from (f"{path}: {said[max(0, at.start() - 40) : at.end() + 20]}" for at in RAW.finditer(said))
    page.set_viewport_size({"width": 360, "height": 740})
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > 360:
        yield f"{path}: {wide} px wide"


def change(page: Page, account: str) -> None:
    """Works from another position."""
    page.goto("/plan")
    page.locator(".who summary").click()
    page.locator("#switch").select_option(account)
    page.locator("form[action='/position'] button").click()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_is_for_everybody(console: Served, opening: Opening, dark: bool) -> None:
    page = opening(console, dark=dark)
    found: list[str] = []
    for account, paths in EVERYBODYS.items():
        change(page, account)
        for path in paths.split():
            found += faults(page, path, dark=dark)

    assert found == []


def test_the_pages_of_links_and_receipts(work: Path, opening: Opening) -> None:
    with Acting(Options(db=f"sqlite:///{work / 'co-quan.db'}", actor=OFFICER), {"TDKT_LANG": "vi"}) as acting:
        open_for(acting, "T17", bodies=(VILLAGE,), due=None)
        (link,) = make_links(acting, "T17", (VILLAGE,), days=30)  # type: ignore[misc]
    with served(work / "co-quan.db") as console:
        page = opening(console)
        page.goto("/items/2026/D0002/receipt")
        receipt = page.locator("figcaption").inner_text()
        paths = [link.path, f"/r/{receipt.rpartition('/')[2]}", "/v/gone"]
        found = [each for path in paths for each in faults(page, path)]

    assert found == []


def test_the_pages_before_signing_in(work: Path, chromium: Browser) -> None:
    invitation = invited(work / "co-quan.db", "thuong-truc")
    with (
        running(work / "co-quan.db", "web", "--lan", "127.0.0.1", "--insecure", "--port", "0") as (
            _process,
            base,
        ),
        chromium.new_context(base_url=base, locale="vi-VN") as context,
    ):
        page = context.new_page()
        found = [each for path in (invitation, "/login", "/inbox") for each in faults(page, path)]

    assert found == []
