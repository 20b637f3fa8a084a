"""Items, their events as forms, and what comes of them."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from runtime.acts.acting import Acting
from runtime.acts.logins import accept, invite
from runtime.office.settings import Options
from tests.web.conftest import Browser

TASK = "/items/2026/T01"


def test_an_event_is_previewed_done_once_and_told(web: Browser) -> None:
    web.sign_in("chuyen-vien")
    form = web.hidden(f"{TASK}/do/submit")

    seen = web.post(f"{TASK}/do/submit", **form, preview="yes")
    done = web.post(f"{TASK}/do/submit", **form)
    again = web.post(f"{TASK}/do/submit", **form)

    assert "Nếu thực hiện" in seen.text
    assert done.url.path == TASK
    assert done.status_code == 200
    assert "Trình: Đang dự thảo → Đã trình lãnh đạo phòng" in done.text
    assert again.status_code == 200
    assert web.get(TASK).text.count("Đã trình lãnh đạo phòng</li>") == 1


def test_a_form_acts_from_the_position_from_which_its_page_was_opened(web: Browser) -> None:
    web.sign_in("chuyen-vien")
    form = web.hidden(f"{TASK}/do/submit")

    web.take("thuong-truc")  # in another tab
    other = web.post(f"{TASK}/do/submit", **form)
    web.take("chuyen-vien")
    own = web.post(f"{TASK}/do/submit", **form)

    assert other.status_code == 422
    assert "Chưa ghi gì" in other.text
    assert own.url.path == TASK
    assert "Đã trình lãnh đạo phòng" in own.text


def test_what_was_typed_comes_back_after_the_sign_in_and_no_password_does(web: Browser) -> None:
    secret = "mùa lúa chín vàng"

    answer = web.post("/account/password", old=secret, password=secret, again=secret, note="lời ghi")

    assert answer.status_code == 401
    assert "lời ghi" in answer.text
    assert secret not in answer.text


def test_a_task_tells_a_body_of_its_own_dossiers_alone(web: Browser) -> None:
    def dossiers(account: str) -> set[str]:
        web.take(account)
        return set(re.findall(r"/items/2026/(D\d+)", web.get("/items/2026/T06").text))

    web.sign_in()

    assert len(dossiers("chuyen-vien")) > 10
    assert dossiers("thon-2") == {"D0002", "D0007", "D0016", "D0017"}
    assert dossiers("giam-sat") == set()


def test_a_form_of_an_older_version_is_a_conflict_that_keeps_what_was_typed(web: Browser) -> None:
    web.sign_in("thuong-truc")
    form = web.hidden("/items/2026/T02/do/set_target")
    web.take("chuyen-vien")
    web.post("/items/2026/T02/do/submit", **web.hidden("/items/2026/T02/do/submit"))
    web.take("thuong-truc")

    late = web.post("/items/2026/T02/do/set_target", **form, date="20/03/2026", source="Họp giao ban")

    assert late.status_code == 409
    assert "Đã có người thay đổi" in late.text
    assert "20/03/2026" in late.text
    assert "Họp giao ban" in late.text


def test_a_mistake_stands_at_its_field_with_all_that_was_typed(web: Browser) -> None:
    web.sign_in("chuyen-vien")
    form = web.hidden(f"{TASK}/do/propose_extension")

    wrong = web.post(f"{TASK}/do/propose_extension", **form, until="31/02/2026", reason="Chờ số liệu")

    assert wrong.status_code == 422
    assert "31/02/2026" in wrong.text
    assert "Chờ số liệu" in wrong.text
    assert 'aria-invalid="true"' in wrong.text


def test_what_cannot_be_done_says_why_and_who_can(web: Browser) -> None:
    web.sign_in("chuyen-vien")

    page = web.get(TASK).text

    assert 'aria-disabled="true">Dừng thực hiện' in page or 'aria-disabled="true"' in page
    assert "Chủ tịch" in page


def test_nobody_reads_anything_without_the_link(web: Browser) -> None:
    for path in ("/", "/inbox", TASK, "/log-size"):
        answer = web.get(path)
        assert answer.status_code == 401
        assert "T01" not in answer.text.replace(TASK, "")


def test_a_link_lets_nobody_in_any_more_once_somebody_has_a_password(web: Browser, work: Path) -> None:
    web.sign_in("chuyen-vien")
    options = Options(db=f"sqlite:///{work / 'co-quan.db'}", actor="quan-tri")
    with Acting(options, {}) as acting:
        made = invite(acting, ["thuong-truc"], "Người Mẫu", role="administrator")
        accept(acting, made.secret, password="mùa lúa chín vàng đồng quê")

    assert web.get("/inbox").status_code == 401


def test_an_address_that_only_takes_forms_is_a_page_of_its_own(web: Browser) -> None:
    web.sign_in("chuyen-vien")

    assert "Không có trang này" in web.get("/position").text


def test_a_form_of_another_site_is_refused(web: Browser) -> None:
    web.sign_in("chuyen-vien")
    form = web.hidden(f"{TASK}/do/submit")

    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1:9999"},
        {},
    ):
        answer = web.client.post(f"{TASK}/do/submit", data=form, headers=headers)
        assert answer.status_code == 403


def test_another_host_name_leads_nowhere(web: Browser) -> None:
    web.sign_in("chuyen-vien")

    assert web.client.get("/inbox", headers={"Host": "evil.example:8010"}).status_code == 421


def test_a_body_sees_its_own_dossiers_alone(web: Browser) -> None:
    web.sign_in("thon-1")

    assert web.get("/items/2026/D0001").status_code == 200
    assert web.get("/items/2026/D0002").status_code == 404
    assert web.get("/items/2026/D0002/1").status_code == 404
    assert web.get("/items/2026/D0002/do/submit").status_code == 404
    assert web.get("/items/2026/S01").status_code == 404


def test_a_long_definition_is_shown_in_part(web: Browser) -> None:
    page = web.sign_in("chuyen-vien").get("/settings/definitions/messages/tdkt/1")

    assert len(page.content) < 100_000
    assert "Chỉ hiện phần đầu" in page.text


@pytest.mark.parametrize("account", ["chuyen-vien", "thu-ky", "chu-tich"])
def test_each_step_of_an_inbox_leads_to_where_it_is_asked(web: Browser, account: str) -> None:
    web.sign_in(account)
    pages = [web.get(f"/inbox{asked}").text for asked in ("", "?others=yes")]
    steps = {to for page in pages for to in re.findall(r'<p><a class="button" href="([^"]+)"', page)}

    assert steps
    assert [to for to in sorted(steps) if web.get(unescape(to)).status_code != 200] == []


def test_a_task_is_claimed_passed_on_and_taken_back(web: Browser) -> None:
    web.sign_in("chuyen-vien")
    offered, hand = web.get(TASK).text, f"{TASK}/hand"

    claimed = web.post(hand, key="one", act="claim")
    again = web.post(hand, key="one", act="claim")
    released = web.post(hand, key="two", act="release")
    given = web.post(hand, key="three", act="delegate", to="thu-ky", reason="Đi công tác")
    taken = web.get(hand).text
    own = web.post(hand, key="four", act="delegate", to="thuong-truc")
    back = web.post(hand, key="five", act="take_back")

    assert f'href="{hand}"' in offered
    assert "nhận xử lý; từ nay chỉ nhắc tài khoản này" in claimed.text
    assert again.status_code == 200
    assert "thôi nhận xử lý" in released.text
    assert "Đã thông báo cho người nhận" in given.text
    assert 'value="take_back"' in taken
    assert 'value="claim"' not in taken
    assert own.status_code == 422
    assert 'id="first-mistake"' in own.text
    assert "thôi xử lý thay" in back.text
    assert web.post(hand, key="six", act="made-up").status_code == 404
    assert 'value="claim"' in web.get(hand).text


@pytest.mark.parametrize("account", ["giam-sat", "quan-tri", "thon-1"])
def test_who_has_nothing_to_do_with_an_item_claims_it_by_no_crafted_form(account: str, web: Browser) -> None:
    web.sign_in(account)

    answer = web.post(f"{TASK}/hand", key="crafted", act="claim")

    assert answer.status_code in (403, 404, 422)
    web.post("/position", account="chuyen-vien")
    assert 'value="claim"' in web.get(f"{TASK}/hand").text


@pytest.mark.parametrize(
    ("path", "place", "stands"),
    [
        ("/plan", "/plan", "page"),
        (TASK, "/plan", "true"),
        (f"{TASK}/do/submit", "/plan", "true"),
        ("/items/2026/D0001", "/dossiers", "true"),
        ("/items/2026/D0016/1", "/dossiers", "true"),
        ("/items/2026/S01", "/sessions", "true"),
        ("/items/2026/Q01", "/decisions", "true"),
    ],
)
def test_the_menu_says_where_a_page_stands(path: str, place: str, stands: str, web: Browser) -> None:
    page = web.sign_in("chuyen-vien").get(path).text

    menu = page[page.index('<nav class="menu"') : page.index("</nav>")]
    assert re.findall(r'href="([^"]*)" aria-current="(\w+)"', menu) == [(place, stands)]
