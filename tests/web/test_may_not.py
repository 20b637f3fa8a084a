"""What a position may not see or ask, it may not by any crafted request either."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from runtime.acts import logins
from runtime.acts.acting import Acting
from runtime.office.looking import Looking
from runtime.office.settings import Options
from tests.people import ADMINISTRATOR, AUDITOR, CHAIR, OFFICER, SECOND_VILLAGE, VILLAGE
from tests.web.conftest import PORT, Browser, Serving
from web.frame import MENU
from web.links import event_path, item_path
from web.routes import PAGES
from workflow.model.facts import Item
from workflow.model.sight import ALL, parts_of, sees
from workflow.model.subjects import SUBJECTS

HERE = {"TDKT_LANG": "vi"}


class Office(NamedTuple):
    """The office that is served, and one to look at it beside the console."""

    url: str
    web: Browser
    looking: Looking

    @property
    def items(self) -> Sequence[Item]:
        found = self.looking
        return [item for subject in SUBJECTS for item in found.reading.subject_items(subject, *found.span)]

    def again(self, item: Item) -> Item | None:
        return self.looking.reading.item(item.key)

    def acting(self, account: str) -> Acting:
        return Acting(Options(db=self.url, actor=account), HERE)

    def kinds(self) -> Sequence[str]:
        """An account of each kind: of those with the same roles the first."""
        found: dict[frozenset[str], str] = {}
        for account in self.looking.directory.accounts:
            found.setdefault(frozenset(account.roles), account.id)
        return [*found.values()]


@pytest.fixture
def office(work: Path, serving: Serving) -> Iterator[Office]:
    url = f"sqlite:///{work / 'co-quan.db'}"
    with Looking(Options(db=url), HERE) as looking:
        yield Office(url, serving(url).sign_in(OFFICER), looking)


# -- events ---------------------------------------------------------------------------------------------


def test_an_event_that_only_the_program_does_cannot_be_asked(office: Office) -> None:
    for item in (*office.items[:1], *office.items[-1:]):
        machine = office.looking.machine(item.digest)
        own = [event.id for event in machine.events if event.by == ("system",)]
        for event in (*own, "new", "create", "__class__", "nothing"):
            answer = office.web.post(event_path(item.key, event), version=str(item.version), key="k")
            assert 400 <= answer.status_code < 500, event
        assert office.again(item) == item


# -- parts -----------------------------------------------------------------------------------------------


def test_each_part_is_shut_to_whom_it_is_not_for(office: Office) -> None:
    """Every page of a part, and every form, of whoever may not see the part."""
    directory = office.looking.directory
    named = {"year": "2026", "log": "2026", "seq": "1", "ref": "Q01", "register": "decisions", "number": "1"}
    for account in office.kinds():
        parts = parts_of(directory, account)
        office.web.take(account)
        size = office.web.get("/log-size").json()
        for page in PAGES:
            if page.part is None or page.part in parts:
                continue
            path = re.sub(r"\{(\w+)\}", lambda found: named.get(found[1], "x"), page.path)
            answer = office.web.get(path) if page.method == "GET" else office.web.post(path, key="k")
            assert answer.status_code == 403, (account, page.method, path)
        assert office.web.get("/log-size").json() == size
        menu = set(re.findall(r'<li><a href="(/\w+)"', office.web.get("/plan").text))
        assert {to for part, to in MENU if part not in parts} & menu == set()
        for part, to in MENU:
            if part in parts != ALL and any(page.path == to and page.method == "GET" for page in PAGES):
                assert office.web.get(to).status_code == 200, (account, to)
    assert any(parts_of(directory, account) != ALL for account in office.kinds())


def test_every_page_of_the_menu_belongs_to_a_part() -> None:
    """A page of the menu without a part would be open to everybody who is signed in."""
    begins = {to for _part, to in MENU}
    for page in PAGES:
        if f"/{page.path.split('/')[1]}" in begins:
            assert page.part is not None, page.path


def narrow(office: Office) -> Sequence[str]:
    directory = office.looking.directory
    return [account for account in office.kinds() if parts_of(directory, account) != ALL]


def test_items_are_hidden_from_whom_they_are_not_for(office: Office) -> None:
    directory, today = office.looking.directory, office.looking.today
    for account in (*narrow(office), SECOND_VILLAGE):
        office.web.take(account)
        tried: set[str] = set()
        shown: set[tuple[str, str]] = set()
        for item in office.items:
            seen = sees(directory, account, item, today)
            path = item_path(item.key)
            if seen and (item.subject, item.state) in shown:
                continue  # of what is seen one in each state is enough
            if seen:
                shown.add((item.subject, item.state))
            assert office.web.get(path).status_code == (200 if seen else 404), (account, path)
            if not seen and item.subject not in tried:
                tried.add(item.subject)
                for further in (
                    "/1",
                    "/do/submit",
                    "/papers",
                    "/receipt",
                    "/appraise",
                    "/do/attach?nominee=1",
                ):
                    status = office.web.get(path + further).status_code
                    assert status in (403, 404), (account, path + further)
                # Being hidden looks as not being there does.
                there, nowhere = (office.web.get(to).text for to in (path, path.replace("026/", "026/9")))
                assert abs(len(there) - len(nowhere)) <= 40


def test_no_list_leads_to_what_is_hidden(office: Office) -> None:
    directory, today = office.looking.directory, office.looking.today
    by_path = {item_path(item.key): item for item in office.items}
    for account in (*narrow(office), SECOND_VILLAGE):
        office.web.take(account)
        for part, to in MENU:
            if part not in parts_of(directory, account):
                continue
            links = re.findall(r'href="(/items/\d+/\w+)', office.web.get(to).text)
            hidden = [
                link
                for link in links
                if link in by_path and not sees(directory, account, by_path[link], today)
            ]
            assert hidden == [], (account, to)


# -- other references ------------------------------------------------------------------------------------


def test_a_changed_reference_reaches_nothing_else(office: Office) -> None:
    """Another year, another office, another body's dossier, a line that is none, several at once."""
    before = office.items
    office.web.take(VILLAGE)
    for ref in ("D0002", "D0016", "D9999", "S01", "Q01"):
        for event in ("submit", "withdraw", "attach", "name", "add"):
            answer = office.web.post(f"/items/2026/{ref}/do/{event}", version="1", key="k", nominees="1")
            assert answer.status_code == 404, (ref, event)
    office.web.take(CHAIR)
    for path in (
        *(
            "/items/2025/T01",
            "/items/2027/T01",
            "/items/0/T01",
            "/items/2026/2026%2FT01",
            "/items/2026/T01%2F1",
        ),
        *(
            "/items/2026/t01",
            "/items/2026/T1",
            "/items/2026/T01,T02",
            "/items/2026/T01%20T02",
            "/items/2026/diem-he%2FT01",
        ),
        *(
            "/items/2026/%20T01",
            "/items/2026/T01%0A",
            "/items/2026/T01/1",
            "/items/2026/D0001/99",
            "/items/2026/D0001/0",
        ),
    ):
        assert office.web.get(path).status_code in (400, 404), path
        answer = office.web.post(f"{path}/do/approve", version="1", key="k")
        assert answer.status_code in (400, 404, 405), path

    assert office.items == before


def test_inputs_cannot_name_an_item_that_is_not_meant(office: Office) -> None:
    """What a form holds beside its own fields counts for nothing."""
    office.web.take(OFFICER)
    form = office.web.hidden("/items/2026/T01/do/submit")
    beside = {
        "ref": "T02",
        "year": "2027",
        "office": "khac",
        "actor": CHAIR,
        "account": CHAIR,
        "event": "approve",
    }

    office.web.post("/items/2026/T01/do/submit", **form, **beside, acting_for=CHAIR, dry_run="", state="done")

    after = {item.key.ref: item for item in office.items}
    *_, newest = office.looking.reading.entries(office.looking.office, 2026, ref="T01")
    entry = json.loads(newest.data)
    assert after["T01"].version > 1
    assert entry["event"] == "submit"
    assert entry["actor"] == OFFICER
    assert not set(beside) & {name.removeprefix("input.") for name in entry if name.startswith("input.")}


# -- positions -------------------------------------------------------------------------------------------


def test_a_position_that_is_not_held_cannot_be_chosen(office: Office, serving: Serving) -> None:
    """A login that holds two positions acts from these, whatever is sent, and sees no other to choose."""
    with office.acting(ADMINISTRATOR) as acting:
        made = logins.invite(acting, [OFFICER, AUDITOR], "Nguyễn Văn Mẫu", role="administrator")
        id = logins.accept(acting, made.secret, password="mùa lúa chín vàng đồng quê", language="vi")
        token = logins.begin_session(acting, id, account=OFFICER)
    web = serving(office.url, logins=True)
    web.client.cookies.set(f"tdkt-{PORT}", token)

    def chosen() -> str:
        found = re.search(r'<option value="([^"]+)" selected', web.get("/plan").text)
        return found[1] if found else ""

    for account in (CHAIR, ADMINISTRATOR, "system", "", "khong-co", f"{OFFICER},{CHAIR}"):
        web.post("/position", account=account)
        assert chosen() == OFFICER
    assert set(re.findall(r'<option value="([\w-]+)"', web.get("/plan").text)) == {OFFICER, AUDITOR}
    web.take(AUDITOR)
    assert chosen() == AUDITOR
    assert web.get("/chase").status_code == 403
    web.post("/leave")
    web.client.cookies.set(f"tdkt-{PORT}", token)
    assert web.get("/plan").status_code == 401


def test_who_has_no_position_acts_not(office: Office, serving: Serving) -> None:
    web = serving(office.url).sign_in()

    answer = web.post("/items/2026/T01/do/submit", version="1", key="k")

    assert answer.status_code in (400, 401, 403, 422)
    assert [item.version for item in office.items if item.key.ref == "T01"] == [1]
