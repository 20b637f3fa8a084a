"""A village's link: made by the office, answered without an account, taken in; its receipt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from runtime.acts import links as acts
from runtime.acts.acting import Acting
from runtime.acts.expect import open_for
from runtime.office.settings import Options
from storage.database import Database
from storage.log.replay import replay
from tests.people import OFFICER, SECOND_VILLAGE, VILLAGE
from tests.web.conftest import Browser
from workflow.model.links import MOST_A_DAY

TASK = "/items/2026/T17"
LINKS = f"{TASK}/links"
NAMES = ("Nguyễn Văn Kín", "Trần Thị Ẩn", "Lê Văn Giấu")


@pytest.fixture
def office(work: Path) -> Options:
    return Options(db=f"sqlite:///{work / 'co-quan.db'}", actor=OFFICER)


@pytest.fixture
def acting(office: Options) -> Iterator[Acting]:
    with Acting(office, {"TDKT_LANG": "vi"}) as acting:
        yield acting


@pytest.fixture
def asked(web: Browser, acting: Acting) -> Browser:
    """Two villages are asked for the families of the year."""
    open_for(acting, "T17", bodies=(VILLAGE, SECOND_VILLAGE), due=None)
    return web


def made(web: Browser, *bodies: str) -> list[str]:
    """The addresses of new links, as the officer's page shows them once."""
    web.sign_in(OFFICER)
    page = web.post(LINKS, **web.hidden(LINKS), body=[*bodies], days="30")
    found = re.findall(r"<code>http://[^/]+(/v/[^<]+)</code>", page.text)
    assert len(found) == len(bodies)
    web.client.cookies.clear()
    return found


@pytest.fixture
def link(asked: Browser) -> str:
    return made(asked, VILLAGE)[0]


def filled(blank: bytes, names: tuple[str, ...], *, people: Any = 4) -> bytes:
    """The blank list with a family a row."""
    book = load_workbook(BytesIO(blank))
    sheet = book.worksheets[0]
    head = next(cell.row for cell in sheet["A"] if cell.value == "STT")
    for number, name in enumerate(names, 1):
        for column, value in enumerate((number, name, "Thôn Mẫu số 1", people, 95, "40/42"), 1):
            sheet.cell(head + number, column).value = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def sent(web: Browser, link: str, content: bytes, name: str = "Danh sách Nguyễn Văn Kín.xlsx") -> Any:
    return web.post(link, files={"list": (name, content)}, **key(web, link))


def key(web: Browser, link: str) -> dict[str, str]:
    return {"key": web.hidden(link)["key"]}


def waiting(web: Browser) -> str:
    """The address of the only thing that waits to be taken in."""
    found = re.findall(r'href="(/sent/\w+)"', web.get("/sent").text)
    assert len(found) == 1
    return str(found[0])


def code(page: str) -> str:
    return str(re.findall(r'href="(/r/[A-Z2-7-]+)"', page)[0])


def rows(office: Options, sql: str) -> list[Any]:
    with Database(str(office.db)) as database:
        return [tuple(row) for row in database.driver.execute(sql).fetchall()]


def test_the_whole_way_from_the_link_to_the_dossier(asked: Browser, link: str, office: Options) -> None:
    web = asked
    before = rows(office, "SELECT ref FROM item WHERE subject = 'dossier'")
    page = web.get(link)
    assert page.status_code == 200
    assert "Thôn mẫu số 1" in page.text
    assert "Gia đình văn hóa" in page.text
    blank = web.get(f"{link}/template")
    assert blank.headers["content-type"].endswith("spreadsheetml.sheet")

    doubted = sent(web, link, filled(blank.content, (*NAMES, NAMES[0])))
    assert "Đã nhận tệp, chờ bản ký" in doubted.text
    assert re.search(r'<ul class="findings">\s*<li>', doubted.text)
    corrected = sent(web, link, filled(blank.content, NAMES))
    assert '<ul class="findings">' not in corrected.text
    receipt = code(corrected.text)
    assert rows(office, "SELECT ref FROM item WHERE subject = 'dossier'") == before
    assert rows(office, "SELECT status FROM expectation WHERE body = 'thon-1' AND ref = 'T17'") == [
        ("silent",)
    ]
    at_first = web.get(receipt).text

    web.sign_in(OFFICER)
    assert "/sent" in web.get("/inbox").text
    at = waiting(web)
    shown = web.get(at).text
    assert NAMES[2] in shown
    taken = web.post(at, **web.hidden(at), act="take")
    assert taken.status_code == 200
    ref = taken.url.path.rpartition("/")[2]
    assert all(name in taken.text for name in NAMES)

    web.client.cookies.clear()
    after = web.get(receipt).text
    assert "Đã nhận tệp, chờ bản ký" in at_first
    assert ref in after
    assert "Đang lập hồ sơ" in after or "đang lập hồ sơ" in after
    own = web.get(link).text
    assert all(name in own for name in NAMES)
    assert "Gửi danh sách</button>" not in own
    assert rows(office, "SELECT status FROM expectation WHERE body = 'thon-1' AND ref = 'T17'") == [
        ("silent",)
    ]
    with Database(str(office.db)) as database:
        assert replay(database, "diem-he").faults == ()


def test_the_receipt_is_of_the_list_that_came_last(asked: Browser, link: str) -> None:
    """A sandbox's clock stands still: all of them come in the same instant."""
    blank = asked.get(f"{link}/template").content

    codes = [code(sent(asked, link, filled(blank, NAMES[:1], people=n)).text) for n in range(2, 8)]

    assert len(set(codes)) == len(codes)
    received = ["Đã nhận tệp, chờ bản ký" in asked.get(each).text for each in codes]
    assert received == [False] * 5 + [True]


def test_a_receipt_names_nobody(asked: Browser, link: str) -> None:
    web = asked
    page = sent(web, link, filled(web.get(f"{link}/template").content, NAMES)).text
    web.sign_in(OFFICER)
    at = waiting(web)
    web.post(at, **web.hidden(at), act="take")
    web.client.cookies.clear()

    receipt = web.get(code(page))

    assert receipt.status_code == 200
    assert "Thôn mẫu số 1" in receipt.text
    assert not any(part in unescape(receipt.text) for name in NAMES for part in (name, name.split()[-1]))
    assert web.get(code(page)[:-1] + ("A" if code(page)[-1] != "A" else "B")).status_code == 404


def test_a_dossier_has_a_receipt_too(web: Browser) -> None:
    web.sign_in(OFFICER)
    receipt = web.get("/items/2026/D0001/receipt")
    web.client.cookies.clear()

    again = web.get(receipt.url.path)

    assert again.status_code == 200
    assert "D0001" in again.text
    assert "Trường hợp D0001" not in again.text
    assert web.get(receipt.url.path.replace("D0001", "D0002")).status_code == 404
    assert web.get("/r/2026-D9999-AAAA-AAAA-AAAA-AAAA").status_code == 404


def test_that_there_is_nothing_is_recorded_by_the_office(asked: Browser, link: str, office: Options) -> None:
    web = asked
    unsure = web.post(link, answer="nothing", **key(web, link))
    said = web.post(link, answer="nothing", sure="yes", **key(web, link))
    status = "SELECT status FROM expectation WHERE body = 'thon-1' AND ref = 'T17'"

    assert unsure.status_code == 422
    assert "Đã nhận, chờ ghi nhận" in said.text
    assert rows(office, status) == [("silent",)]
    web.sign_in(OFFICER)
    at = waiting(web)
    web.post(at, **web.hidden(at), act="take")
    assert rows(office, status) == [("nothing",)]


def test_what_is_declined_says_why_and_may_be_sent_again(asked: Browser, link: str) -> None:
    web = asked
    blank = web.get(f"{link}/template").content
    sent(web, link, filled(blank, NAMES))
    web.sign_in(OFFICER)
    at = waiting(web)
    without = web.post(at, **web.hidden(at), act="decline", reason=" ")
    web.post(at, **web.hidden(at), act="decline", reason="Danh sách của năm trước")
    late = web.post(at, key="another-key", act="take")
    web.client.cookies.clear()

    page = web.get(link).text

    assert without.status_code == 422
    assert late.status_code == 409
    assert "Danh sách của năm trước" in page
    assert sent(web, link, filled(blank, NAMES[:2])).status_code == 200


def test_a_link_that_is_not_good_is_one_page_with_the_contact(
    asked: Browser, link: str, acting: Acting, office: Options, serving: Any
) -> None:
    web = asked
    blank = web.get(f"{link}/template").content
    first = key(web, link)
    newer = made(web, VILLAGE)[0]

    for path in (link, f"{link}/template", f"{link}/remarks", f"{link}x", "/v/x"):
        gone = web.get(path)
        assert gone.status_code == 410
        assert "Phòng Văn hóa" in gone.text
    assert web.post(link, files={"list": ("a.xlsx", filled(blank, NAMES))}, **first).status_code == 410
    assert web.get(newer).status_code == 200
    assert acts.revoke_links(acting, "T17", (VILLAGE,)) == 1
    assert web.get(newer).status_code == 410
    (short,) = acts.make_links(acting, "T17", (VILLAGE,), days=1)  # type: ignore[misc]
    assert web.get(short.path).status_code == 200
    later = serving(str(office.db))
    with Database(str(office.db)) as database:
        database.driver.execute(
            "UPDATE village_link SET expires_at = '2026-03-01T00:00:00.000000Z' WHERE revoked_at IS NULL"
        )
        database.driver.commit()
    assert later.get(short.path).status_code == 410


def test_what_was_taken_in_is_answered_no_more(asked: Browser, link: str, office: Options) -> None:
    web = asked
    blank = web.get(f"{link}/template").content
    form = key(web, link)
    content = filled(blank, NAMES)
    web.post(link, files={"list": ("a.xlsx", content)}, **form)
    web.post(link, files={"list": ("a.xlsx", content)}, **form)
    sent(web, link, content)
    assert rows(office, "SELECT count(*) FROM submission") == [(1,)]
    web.sign_in(OFFICER)
    at = waiting(web)
    act = web.hidden(at)
    web.post(at, **act, act="take")
    again = web.post(at, **act, act="take")
    web.client.cookies.clear()

    assert again.status_code == 200
    assert rows(office, "SELECT count(*) FROM item WHERE subject = 'dossier' AND parent = 'T17'") == [(1,)]
    assert web.get(link).status_code == 200
    assert web.post(link, files={"list": ("b.xlsx", filled(blank, NAMES[:1]))}, key="k").status_code == 410
    assert web.post(link, answer="nothing", sure="yes", key="l").status_code == 410


def test_a_link_of_one_body_reaches_nothing_else(asked: Browser) -> None:
    web = asked
    one, other = made(asked, VILLAGE, SECOND_VILLAGE)
    blank = web.get(f"{one}/template").content
    sent(web, one, filled(blank, NAMES))

    assert NAMES[0] not in web.get(other).text
    assert web.get(f"{other}/remarks").status_code == 410
    foreign = sent(web, other, filled(blank, NAMES))
    assert foreign.status_code == 422
    assert "đơn vị khác" in foreign.text
    for path in ("/sent", TASK, LINKS, f"{one}/../../inbox", f"{one}/items/2026/D0001", "/inbox"):
        assert web.get(path).status_code in (401, 404)
    web.sign_in(SECOND_VILLAGE)
    assert web.get("/sent").status_code == 403
    assert web.get(LINKS).status_code == 403
    assert web.post(LINKS, key="k", body=[SECOND_VILLAGE], days="30").status_code == 403


def test_what_is_no_list_is_told_and_not_kept(asked: Browser, link: str, office: Options) -> None:
    web = asked
    empty = web.get(f"{link}/template").content

    assert "Chọn tệp" in web.post(link, **key(web, link)).text
    assert sent(web, link, b"%PDF-1.7 no list", "a.pdf").status_code == 422
    assert sent(web, link, b"MZ\x00", "a.xlsx").status_code == 422
    assert sent(web, link, empty).status_code == 422
    assert sent(web, link, b"x" * (6 << 20)).status_code == 413
    assert rows(office, "SELECT count(*) FROM submission") == [(0,)]


def test_a_link_takes_some_lists_a_day(asked: Browser, link: str, office: Options) -> None:
    web = asked
    blank = web.get(f"{link}/template").content
    answers = [
        sent(web, link, filled(blank, NAMES, people=number)).status_code
        for number in range(1, MOST_A_DAY + 2)
    ]

    assert answers == [200] * MOST_A_DAY + [429]
    assert rows(office, "SELECT state, count(*) FROM submission GROUP BY state ORDER BY state") == [
        ("received", 1),
        ("replaced", MOST_A_DAY - 1),
    ]


def test_no_secret_stands_in_the_log_or_the_database(asked: Browser, link: str, work: Path) -> None:
    secret = link.rpartition("/")[2].encode()

    assert secret not in (work / "co-quan.db").read_bytes()


def test_a_form_of_another_site_sends_nothing(asked: Browser, link: str, office: Options) -> None:
    answer = asked.client.post(link, data={"answer": "nothing", "sure": "yes", "key": "k"})

    assert answer.status_code == 403
    assert rows(office, "SELECT count(*) FROM submission") == [(0,)]


def test_another_file_in_the_place_of_what_came_is_found(asked: Browser, link: str, office: Options) -> None:
    sent(asked, link, filled(asked.get(f"{link}/template").content, NAMES))
    with Database(str(office.db)) as database:
        database.driver.execute(f"UPDATE submission SET file = '{'0' * 64}'")
        database.driver.commit()

        faults = replay(database, "diem-he").faults

    assert [(fault.code, fault.table) for fault in faults] == [("column", "submission")]


def test_the_page_of_who_did_not_send_leads_to_the_links(asked: Browser) -> None:
    to = f'href="{LINKS}"'

    officer = asked.sign_in(OFFICER).get("/chase").text
    auditor = asked.sign_in("giam-sat").get("/chase").text

    assert officer.count(to) == 1
    assert to not in auditor
