"""The year 2026 lived into March 2027, with a second plan from January on: what is open stands in every list.

TDKT_LISTED_DAYS asks for every day, or each so many, in place of the few that every run looks at.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import text

from runtime.acts.acting import Acting
from runtime.acts.advance import EventRequest, advance
from runtime.acts.open_dossier import open_dossier
from runtime.acts.sweep import sweep
from runtime.office.settings import Options
from runtime.simulate.people import People
from runtime.simulate.simulation import Period, play
from tests.acceptance.office import Office
from tests.people import OFFICER, SCHOOL, SECOND_VILLAGE, STANDING_MEMBER, THIRD_VILLAGE, VILLAGE
from tests.plans import write_plan
from workflow.model.calendar import at_local
from workflow.model.context import Actor
from workflow.model.scenario import Delay, Pace, Scenario

EVERY = int(os.environ.get("TDKT_LISTED_DAYS", "13"))
ZONE = "Asia/Ho_Chi_Minh"
IMPORTED, LAST = date(2027, 1, 11), date(2027, 3, 31)
SLOW = Scenario(
    "2026",
    tasks=Pace(),
    dossiers=Pace(),
    late=tuple(Delay(f"T{number:02}", 45) for number in (13, 14, 15, 16)),
    silent=(SECOND_VILLAGE,),
)
"""Much is finished in time; the last quarter is late, and one village's dossier holds up its task."""
STEADY = Scenario("2027", tasks=Pace(), dossiers=Pace(), silent=(SECOND_VILLAGE,))
NEW = {
    date(2027, 1, 20): ("2026/T17", VILLAGE),
    date(2027, 2, 16): ("2027/T06", THIRD_VILLAGE),
    date(2027, 3, 1): ("2026/T14", SCHOOL),
}
"""Dossiers that come in beside the plan's pace."""


class Open(NamedTuple):
    """An open item as the database has it."""

    year: int
    ref: str
    subject: str
    due: date | None
    owners: tuple[str, ...]

    @property
    def place(self) -> tuple[int, str]:
        return self.year, self.ref

    @property
    def printed(self) -> str:
        return self.ref if self.year == 2027 else f"{self.year}/{self.ref}"


def what_is_open(office: Office) -> list[Open]:
    with office.open() as database:
        found = database.connection.execute(
            text("SELECT year, ref, subject, due_on, owners FROM item WHERE open ORDER BY year, ref")
        ).all()
    return [
        Open(year, ref, subject, date.fromisoformat(str(due)) if due else None, tuple(json.loads(owners)))
        for year, ref, subject, due, owners in found
    ]


class Lists:
    """What the commands show on one day."""

    def __init__(self, office: Office, day: date, folder: Path) -> None:
        self.office, self.day, self.folder = office, day, folder

    def said(self, *words: str) -> str:
        done = self.office.tdkt(*words, "--now", f"{self.day.isoformat()}T17:00")
        assert done.code == 0, (words, done.err)
        return done.out

    def places(self, *words: str) -> set[tuple[int, str]]:
        return placed(json.loads(self.said(*words, "--json")))

    def told(self, *words: str) -> set[str]:
        """Every word of what people read, as references are."""
        return set(self.said(*words).replace("(", " ").replace(")", " ").replace(",", " ").split())


def placed(records: Iterable[Mapping[str, Any]]) -> set[tuple[int, str]]:
    return {(record["year"], record["ref"]) for record in records}


def missing(lists: Lists, found: list[Open]) -> list[tuple[str, tuple[int, str]]]:
    """Each open item that a list does not show, with the list."""
    tasks = [each for each in found if each.subject == "task"]
    dossiers = [each for each in found if each.subject == "dossier"]
    owned = [each for each in found if each.owners]
    dated = [each for each in found if each.due is not None]
    board = json.loads(lists.said("plan", "show", "--json"))
    week = json.loads(lists.said("inbox", "--week", "--all", "--json"))
    horizon = date.fromisoformat(week["to"]) + timedelta(days=14)
    soon = [each for each in dated if each.due is not None and each.due <= horizon]
    in_week = placed(
        record
        for name in ("late", "this_week", "next_weeks", "waiting", "lies_with")
        for record in week[name]
    )
    overview = lists.told("deadline", "list")
    printed_board = lists.told("plan", "show")
    calendar = {
        record["uid"]
        for record in json.loads(
            lists.said("deadline", "ics", str(lists.folder / f"{lists.day}.ics"), "--json")
        )
    }
    shown: list[tuple[str, list[Open], set[tuple[int, str]]]] = [
        ("task list", tasks, lists.places("task", "list")),
        ("dossier list", dossiers, lists.places("dossier", "list")),
        ("inbox", owned, lists.places("inbox")),
        ("board", tasks, placed([*board["earlier"], *(t for q in board["quarters"] for t in q["tasks"])])),
        ("deadline list", [e for e in dated if e.subject == "task"], lists.places("deadline", "list")),
        ("week", soon, in_week),
        ("deadline overview", dated, {each.place for each in dated if each.printed in overview}),
        ("printed board", tasks, {each.place for each in tasks if each.printed in printed_board}),
        (
            "calendar",
            [each for each in dated if each.subject == "task"],
            {e.place for e in dated if f"sandbox-diem-he-{e.year}-{e.ref}@tdkt" in calendar},
        ),
        *(
            (
                f"inbox of {account}",
                [each for each in owned if account in each.owners],
                lists.places("inbox", "--as", account),
            )
            for account in sorted({account for each in owned for account in each.owners})
        ),
    ]
    return [(name, each.place) for name, wanted, seen in shown for each in wanted if each.place not in seen]


def nominate(acting: Acting, task: str, body: str) -> None:
    """A dossier with one nominee, left to the scenario's pace."""
    acting.actor = Actor(body)
    made = open_dossier(acting, task, body=body, title="ldtt")
    if made.done:
        words = {"kind": "person", "name": "Người Thử"}
        advance(acting, [f"{made.year}/{made.ref}"], EventRequest("add", words, confirmed=True))


def test_what_is_open_of_any_year_is_in_every_list_on_every_day(office: Office, tmp_path: Path) -> None:

    with Acting(Options(db=office.url), {}) as acting:
        start = datetime(2026, 1, 5, 1, tzinfo=UTC)
        acting.now = start
        for body in (VILLAGE, SECOND_VILLAGE, SCHOOL):
            nominate(acting, "T17", body)
        end = at_local(IMPORTED, time(0), ZONE)
        play(acting, SLOW, Period(start, end, date(2026, 1, 5), date(2027, 1, 10)))
    left = {each.ref for each in what_is_open(office)}
    assert {"T14", "T17", "D0002"} <= left

    plan = str(write_plan(tmp_path, 2027))
    now = ("--now", f"{IMPORTED.isoformat()}T07:00")
    assert office.tdkt("plan", "import", plan, "--as", STANDING_MEMBER, "--yes", *now).code == 0

    with Acting(Options(db=office.url), {}) as acting:
        last = at_local(LAST + timedelta(days=1), time(0), ZONE)
        people = People(acting, STEADY, start=at_local(IMPORTED, time(8), ZONE), end=last)
        seen, day = 0, IMPORTED
        while day <= LAST:
            acting.now = at_local(day, time(8), ZONE)
            sweep(acting)
            if acting.setting.calendar.is_working(day):
                acting.now = at_local(day, time(9), ZONE)
                people.act()
            if day in NEW:
                nominate(acting, *NEW[day])
            if (day - IMPORTED).days % EVERY == 0 or day == LAST:
                found = what_is_open(office)
                assert {each.year for each in found} == {2026, 2027}
                assert missing(Lists(office, day, tmp_path), found) == []
                seen += 1
            day += timedelta(days=1)

    assert seen > (LAST - IMPORTED).days // EVERY
    closed = left - {each.ref for each in what_is_open(office) if each.year == 2026}
    assert closed, "something of 2026 was finished in 2027"
    assert office.faults() == ()
    texts = Lists(office, LAST, tmp_path)
    notices = json.loads(texts.said("notice", "list", "--to", OFFICER, "--json"))
    since = [each for each in notices if each["at"] > "2027-01-12" and each["year"] == 2026 and each["ref"]]
    assert since
    assert [each for each in since if f"2026/{each['ref']}" not in each["text"] + str(each["subject"])] == []
