"""What people do to pages: type and leave, click twice, go back, open seven tabs, lose the server."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Opening, Served

TASK = "/items/2026/T01"
SUBMIT = f"{TASK}/do/submit"


def history(page: Page, ref: str = TASK) -> int:
    """How many changes the item's page tells."""
    page.goto(ref)
    return page.locator(".history > li").count()


def test_a_double_click_acts_once_and_neither_back_nor_reload_repeats(
    console: Served, opening: Opening
) -> None:
    page = opening(console)
    before = history(page)
    page.goto(SUBMIT)

    page.get_by_role("button", name="Trình", exact=True).dblclick()
    expect(page.get_by_role("status")).to_contain_text("Đã trình lãnh đạo phòng")
    page.reload()
    page.go_back()
    page.go_forward()

    assert history(page) == before + 1


def test_a_form_that_is_sent_again_from_the_way_back_acts_once(console: Served, opening: Opening) -> None:
    page = opening(console)
    before = history(page)
    page.goto(SUBMIT)
    page.get_by_role("button", name="Trình", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Đã trình lãnh đạo phòng")

    page.go_back()
    page.get_by_role("button", name="Trình", exact=True).click()

    assert history(page) == before + 1


def test_the_second_tab_gets_its_text_back_with_what_was_done_meanwhile(
    console: Served, opening: Opening
) -> None:
    first = opening(console)
    second = first.context.new_page()
    second.goto(f"{TASK}/do/propose_extension")
    first.goto(SUBMIT)
    first.get_by_role("button", name="Trình", exact=True).click()

    second.get_by_label("Lý do").fill("Chờ số liệu của các thôn")
    second.locator("input.day").fill("20/04/2026")
    second.locator(".buttons .likely").click()

    expect(second.get_by_text("Đã có người thay đổi trong lúc đồng chí nhập")).to_be_visible()
    expect(second.get_by_label("Lý do")).to_have_value("Chờ số liệu của các thôn")
    expect(second.locator("#first-mistake")).to_be_focused()


def test_what_was_typed_and_left_is_there_again(console: Served, opening: Opening) -> None:
    page = opening(console)
    page.goto(f"{TASK}/do/propose_extension")
    page.get_by_label("Lý do").fill("Chưa có số liệu")

    page.goto("/inbox")
    page.goto(f"{TASK}/do/propose_extension")

    expect(page.get_by_label("Lý do")).to_have_value("Chưa có số liệu")


def test_enter_at_once_after_typing_sends_all_of_it(console: Served, opening: Opening) -> None:
    page = opening(console)
    page.goto(f"{TASK}/do/set_target")
    page.get_by_label("Nguồn, căn cứ").fill("Họp giao ban")
    field = page.locator("input.day")

    field.press_sequentially("20/03/2026")
    field.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("20/03/2026")


def test_seven_tabs_load_at_once(console: Served, opening: Opening) -> None:
    first = opening(console)
    tabs = [first.context.new_page() for _number in range(7)]

    for tab in tabs:
        tab.goto("/inbox", wait_until="commit")

    for tab in tabs:
        expect(tab.get_by_role("heading", level=1)).to_contain_text("Việc cần xử lý")


def test_a_page_says_that_the_server_is_gone_and_of_when_its_figures_are(
    console: Served, opening: Opening
) -> None:
    page = opening(console)
    page.clock.install()
    page.goto(f"{TASK}/do/set_target")
    page.get_by_label("Nguồn, căn cứ").fill("Họp giao ban")

    console.process.terminate()
    console.process.wait(20)
    page.clock.run_for(30_000)

    expect(page.get_by_role("status")).to_contain_text("Mất kết nối")
    expect(page.get_by_label("Nguồn, căn cứ")).to_have_value("Họp giao ban")


def test_focus_stands_on_the_first_mistake(console: Served, opening: Opening) -> None:
    page = opening(console)
    page.goto(f"{TASK}/do/set_target")
    page.get_by_label("Nguồn, căn cứ").fill("Họp giao ban")
    page.locator("input.day").fill("31/02/2026")

    page.locator(".buttons .likely").click()

    expect(page.locator("#first-mistake")).to_be_focused()
    expect(page.locator("input.day")).to_have_value("31/02/2026")
