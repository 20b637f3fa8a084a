"""What looking says is what the engine says: late, waiting, whose work it is and how terms stand.

Every looking command is asked before a tick, and compared with what the engine has written after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from itertools import chain
from random import Random
from typing import Any

import pytest

from runtime.acts.advance import EventRequest, advance
from runtime.acts.open_dossier import open_dossier
from storage.items import item_at
from tests.acceptance.office import YEAR, Office
from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR, VILLAGE
from workflow.engine.machine import with_owners
from workflow.model.errors import InputMistakes
from workflow.model.facts import Item, Key
from workflow.model.tasks import OFF_PLAN

AFTER_THE_YEAR = ("--now", f"{YEAR + 1}-01-04T09:00")
PROVINCE_ROW = "T18"
"""The row that waits for the province's plan once its quarter is over."""
SEEDS = (7, 20, 26)

Act = tuple[str, str, dict[str, str]]


def test_with_nobody_acting_the_last_row_waits_everywhere_before_a_tick_and_after(office: Office) -> None:
    before = seen_of_the_province_row(office)
    assert office.tdkt("tick", *AFTER_THE_YEAR).code == 0

    assert before == seen_of_the_province_row(office)
    assert before == {
        "task list": (False, True),
        "task list --late": False,
        "plan show": "Waiting",
        "show": "Waiting for a superior or outside body",
        "deadline list": "waiting",
        "deadline list --overdue": False,
        "week": (False, True),
        "inbox": (False, True),
    }
    with office.open() as database:
        item = item_at(database, Key("diem-he", YEAR, PROVINCE_ROW))
    assert item is not None
    assert (item.overdue, item.waiting) == (False, True)


def seen_of_the_province_row(office: Office) -> dict[str, Any]:
    """What each command says of it: late and waiting, or how it puts it."""

    def asked(*words: str) -> Any:
        return office.tdkt(*words, *AFTER_THE_YEAR, "--json").json

    def told(*words: str) -> str:
        return office.tdkt(*words, *AFTER_THE_YEAR).out

    (task,) = [task for task in asked("task", "list") if task["ref"] == PROVINCE_ROW]
    (work,) = [work for work in asked("inbox") if work["ref"] == PROVINCE_ROW]
    (line,) = [line for line in told("plan", "show").splitlines() if line.startswith(PROVINCE_ROW)]
    (progress,) = [line for line in told("show", PROVINCE_ROW).splitlines() if line.startswith("Progress")]
    week = asked("inbox", "--week", "--all")
    overview = told("deadline", "list")
    waiting = overview[overview.index("Waiting for a superior or outside body") :]
    return {
        "task list": (task["late"], task["waiting"]),
        "task list --late": PROVINCE_ROW in {task["ref"] for task in asked("task", "list", "--late")},
        "plan show": line.split()[-1],
        "show": progress.partition("  ")[2].strip(),
        "deadline list": "waiting" if PROVINCE_ROW in waiting else "not waiting",
        "deadline list --overdue": PROVINCE_ROW in told("deadline", "list", "--overdue"),
        "week": tuple(PROVINCE_ROW in {item["ref"] for item in week[group]} for group in ("late", "waiting")),
        "inbox": (work["late"], work["waiting"]),
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_through_a_random_year_looking_says_what_the_engine_says(office: Office, seed: int) -> None:
    chance = Random(seed)
    day = date(YEAR, 1, 5)
    begin(office)
    while day < date(YEAR + 1, 3, 1):
        day += timedelta(days=chance.randint(9, 40))
        now = f"{day.isoformat()}T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}"
        seen = looked_at(office, now)
        assert office.tdkt("tick", "--now", now).code == 0

        assert seen == engine_says(office)

        for actor, ref, event, words in chosen_acts(chance, day):
            # What the kind of task does not ask for is a usage mistake, and no matter either.
            with suppress(InputMistakes), office.acting(actor) as acting:
                advance(acting, [ref], EventRequest(event, words, confirmed=True))


def begin(office: Office) -> None:
    """A dossier with a nominee, a list of expected dossiers, somebody who is away in spring."""
    with office.acting(VILLAGE) as acting:
        made = open_dossier(acting, "T06", body=VILLAGE, title="gk", type="phong_trao")
        advance(
            acting,
            [made.ref],
            EventRequest("add", {"kind": "person", "name": "Nguyễn Văn A"}, confirmed=True),
        )
    away = ("--from", f"{YEAR}-03-02", "--until", f"{YEAR}-05-02", "--reason", "Nghỉ phép")
    for words in (
        ("expect", "open", "T17", "--as", OFFICER, "--yes"),
        ("office", "substitute", OFFICER, "--by", SECRETARY, *away, "--as", CHAIR, "--yes"),
    ):
        said = office.tdkt(*words)
        assert said.code == 0, said.err


def chosen_acts(chance: Random, day: date) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Some acts on tasks and on the dossier; what is not possible is refused, and that is no matter."""
    later = (day + timedelta(days=chance.randint(1, 60))).isoformat()
    done_on = day.isoformat()
    proofs: tuple[dict[str, str], ...] = (
        {"paper_number": "12/BC-UBND", "paper_date": done_on},
        {"held_on": done_on},
        {"invitation": "3/GM", "attended_by": "Phó Chủ tịch"},
        {"paper": "12/TB", "done_on": done_on, "no_award_reason": "Không có trường hợp nào"},
        {"paper": "12/TB", "done_on": done_on},
    )
    task_acts: tuple[Act, ...] = (
        (OFFICER, "submit", {}),
        (OFFICER, "submit", {}),
        (STANDING_MEMBER, "review", {"opinion": "Nhất trí"}),
        (CHAIR, "approve", {}),
        (VICE_CHAIR, "approve", {}),
        *((OFFICER, "complete", proof) for proof in proofs),
        (CHAIR, "return", {"reason": "Làm lại"}),
        (CHAIR, "extend", {"until": later, "reason": "Chờ số liệu"}),
        (STANDING_MEMBER, "set_deadline", {"date": later, "source": "Công văn 12"}),
        (CHAIR, "cancel", {"reason": "Không làm"}),
    )
    dossier_acts: tuple[Act, ...] = (
        (VILLAGE, "submit", {}),
        (SECRETARY, "return", {"missing": "Biên bản", "reason": "Thiếu", "until": later}),
        (OFFICER, "accept", {"complete_on": done_on, "original": "seen", "seen": "all"}),
        (OFFICER, "appraise", {"nominee": "1", "verdict": "met"}),
        (STANDING_MEMBER, "confirm", {}),
    )
    for number in chance.sample(range(1, 19), 6):
        actor, event, words = chance.choice(task_acts)
        yield actor, f"T{number:02}", event, words
    actor, event, words = chance.choice(dossier_acts)
    yield actor, "D0001", event, words


Standing = dict[str, Any]
"""By reference: late, waiting, whoever must act, and the terms under way with their dates."""


def looked_at(office: Office, now: str) -> Standing:
    """What the lists and the pages say; where several of them say the same thing, they must agree."""

    def asked(*words: str) -> Any:
        said = office.tdkt(*words, "--now", now, "--json")
        assert said.code == 0, said.err
        return said.json

    tasks = asked("task", "list")
    dossiers = asked("dossier", "list")
    week = asked("inbox", "--week", "--all")
    work = {item["ref"]: item for item in asked("inbox") if item["subject"] != "expectation"}
    overdue = {row["ref"] for row in asked("deadline", "list", "--overdue")}
    late_in_week = {item["ref"] for item in week["late"]}
    waiting_in_week = {item["ref"] for item in week["waiting"]}
    standing: Standing = {}
    assert [task for quarter in asked("plan", "show")["quarters"] for task in quarter["tasks"]] == sorted(
        tasks, key=lambda task: (["I", "II", "III", "IV"].index(task["quarter"]), task["number"])
    )
    assert asked("task", "list", "--late") == [task for task in tasks if task["late"]]
    for item in chain(tasks, dossiers):
        ref, page = item["ref"], asked("show", item["ref"])
        done = item.get("closed_on") is not None or (ref not in work and not item["owners"])
        late = item.get("late", ref in overdue)
        waiting = item.get("waiting", False)
        if ref in work:
            assert (work[ref]["late"], work[ref]["waiting"]) == (late, waiting), ref
            assert work[ref]["owners"] == item["owners"] == page["owners"], ref
        if not done:
            assert (ref in overdue, ref in late_in_week) == (late, late), ref
            assert (ref in waiting_in_week) == waiting, ref
        terms = {term["id"]: (term["due"], term["paused_on"]) for term in page["terms"]}
        standing[ref] = (late, waiting, item["owners"], terms)
    return standing


def engine_says(office: Office) -> Standing:
    """The marks that the sweep left (nobody is late with what was cancelled), the owners by the machine, the
    terms as the item remembers them."""
    standing: Standing = {}
    with office.acting(OFFICER) as acting:
        for ref in office.stored().keys() - {OFF_PLAN}:
            item = item_at(acting.database, Key(acting.office, YEAR, ref))
            assert item is not None
            owned = with_owners(acting.machine(item.digest), item, setting=acting.setting)
            late = item.overdue and item.state != "cancelled"
            standing[ref] = (late, item.waiting, list(owned.owners), under_way(item))
    return standing


def under_way(item: Item) -> dict[str, tuple[str | None, str | None]]:
    if item.closed_on is not None:
        return {}
    return {
        term.id: (
            None if term.paused_on else term.due.isoformat(),
            term.paused_on.isoformat() if term.paused_on else None,
        )
        for term in item.terms
        if term.due is not None
    }
