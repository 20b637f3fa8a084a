"""The console for everybody: what axe-core finds; a task by keyboard alone; without script."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Opening, Served

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


def violations(page: Page, *, colours: bool = False) -> list[str]:
    """What axe-core finds on the page, with where; of its `colours` alone, which is all that a dark page
    has of its own. Evaluated, since the page's policy bars a script tag."""
    asked = {"resultTypes": ["violations"], **({"runOnly": ["color-contrast"]} if colours else {})}
    page.evaluate(AXE)
    found = page.evaluate("(asked) => axe.run(document, asked)", asked)
    return [
        f"{page.url} {each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def test_a_task_goes_on_by_keyboard_alone(console: Served, opening: Opening) -> None:
    page = opening(console)
    page.goto("/items/2026/T01")
    submit = page.get_by_role("link", name="Trình", exact=True)

    for _step in range(60):
        page.keyboard.press("Tab")
        if submit.evaluate("(each) => each === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/do/submit")
    button = page.get_by_role("button", name="Trình", exact=True)
    for _step in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("(each) => each === document.activeElement"):
            break
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Đã trình lãnh đạo phòng")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_a_task_goes_on_without_script(console: Served, opening: Opening) -> None:
    page = opening(console, script=False)
    page.goto("/inbox")
    page.locator(".card", has_text="T01").get_by_role("link", name="Trình", exact=True).click()
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", name="Nếu thực hiện")).to_be_visible()
    page.get_by_role("button", name="Trình", exact=True).click()

    expect(page.get_by_role("status")).to_contain_text("Đã trình lãnh đạo phòng")
