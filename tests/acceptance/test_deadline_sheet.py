"""A page of dates on both databases: every row through the engine, all or none, whoever applies it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.office import Office, replayed
from tests.exchange.sheets.filling import Typed, filled
from tests.people import CHAIR, OFFICER, STANDING_MEMBER
from tests.processes import Said, ended

FIRST = date(2026, 2, 2)
WHOLE: Mapping[int, Typed] = {
    number: (FIRST + timedelta(days=7 * number), f"Công văn {number}", f"hàng {number}")
    for number in range(1, 19)
}
"""Every row of the plan, a Monday each."""


@pytest.fixture
def page(office: Office) -> Path:
    path = office.home / "page.xlsx"
    assert office.tdkt("deadline", "sheet", str(path), "--yes").code == 0
    return path


def apply(office: Office, page: Path, *more: str) -> Said:
    return office.tdkt("--as", OFFICER, "deadline", "sheet", str(page), "--apply", "--yes", *more)


def task_dates(office: Office) -> dict[str, str]:
    return {row["ref"]: row["due"] for row in office.tdkt("task", "list", "--json").json}


def test_a_whole_page_is_set_in_one_go_and_is_exactly_what_was_filled_in(office: Office, page: Path) -> None:
    filled(page, WHOLE)

    answer = apply(office, page, "--approved-by", "15/TB-UBND", "--json")

    entries = [entry for entry in office.entries() if entry["event"] not in ("init", "import", "use")]
    wanted = {f"T{number:02}": typed[0].isoformat() for number, typed in WHOLE.items()}
    assert (answer.code, answer.err) == (0, "")
    assert task_dates(office) == wanted
    assert Counter(entry["event"] for entry in entries) == {"set_deadline": 18, "deadline_sheet": 1}
    assert {entry["item"]: entry["input.date"] for entry in entries[:-1]} == wanted
    assert len({entry["key"] for entry in entries}) == 1
    assert entries[-1]["input.approved_by"] == "15/TB-UBND"
    assert replayed(office.entries()) == office.stored()
    assert office.faults() == ()


def test_each_date_is_written_as_deadline_set_writes_it(office: Office, page: Path) -> None:
    filled(page, {4: (date(2026, 3, 20), "Giấy mời 15")})
    apply(office, page)
    words = ("deadline", "set", "T05", "2026-03-20", "--source", "Giấy mời 15")
    assert office.tdkt("--as", OFFICER, *words).code == 0

    def rows(ref: str) -> list[tuple[Any, ...]]:
        listed = office.tdkt("deadline", "list", ref, "--json").json
        return [tuple(row[name] for name in row if name != "ref") for row in listed]

    entries = {entry["item"]: entry for entry in office.entries() if entry["event"] == "set_deadline"}
    by_chance = {"nonce", "item", "key", "mac", "text.source"}
    assert rows("T04") == rows("T05")
    assert {name: value for name, value in entries["T04"].items() if name not in by_chance} == {
        name: value for name, value in entries["T05"].items() if name not in by_chance
    }


def test_one_refused_row_leaves_the_office_as_it_was_but_for_the_refusal(office: Office, page: Path) -> None:
    cancel = ("advance", "T03", "cancel", "--set", "reason=x")
    assert office.tdkt("--as", CHAIR, *cancel).code == 0
    assert office.tdkt("deadline", "sheet", str(page), "--yes").code == 0
    filled(page, WHOLE)
    before = office.dump()

    answer = apply(office, page)

    after = office.dump()
    assert (answer.code, answer.out.splitlines()[0]) == (1, "Dates to be set (18):")
    changed = {table for table in after if after[table] != before[table]}
    # The refusal says in words of its own what it spoke of.
    assert changed == {"entry", "free_text", "log_head"}
    added = office.entries()[-1]
    assert (added["event"], added["item"], added["refused"]) == ("set_deadline", "T03", True)
    assert len(after["entry"]) == len(before["entry"]) + 1
    assert office.faults() == ()


def test_a_page_with_a_mistake_leaves_the_office_untouched(office: Office, page: Path) -> None:
    filled(page, {**WHOLE, 7: ("sắp tới", "CV")})
    before = office.dump()

    assert apply(office, page).code == 1
    assert office.dump() == before


def test_the_same_page_applied_by_several_at_once_is_set_once(office: Office, page: Path) -> None:
    filled(page, WHOLE)
    processes = [
        office.start("--as", who, "deadline", "sheet", str(page), "--apply", "--yes")
        for who in (OFFICER, STANDING_MEMBER, OFFICER)
    ]

    said = [ended(process) for process in processes]

    # Whoever comes second is overtaken, or finds everything as filled in.
    assert Counter("all at once" in each.out for each in said) == {True: 1, False: 2}
    assert {each.code for each in said} <= {0, 3}
    assert Counter(entry["event"] for entry in office.entries())["set_deadline"] == 18
    assert office.faults() == ()


def test_the_same_command_given_several_times_at_once_is_done_once(office: Office, page: Path) -> None:
    filled(page, WHOLE)
    processes = [
        office.start("--as", OFFICER, "deadline", "sheet", str(page), "--apply", "--yes", "--key", "k1")
        for _ in range(3)
    ]

    said = [ended(process) for process in processes]

    assert [each.code for each in said] == [0, 0, 0]
    events = Counter(entry["event"] for entry in office.entries())
    assert (events["set_deadline"], events["deadline_sheet"]) == (18, 1)
