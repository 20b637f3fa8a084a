"""Commands at the same time: real threads and processes, each with its own connection, on both databases."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier as ProcessBarrier
from threading import Barrier, Event
from typing import cast
from uuid import uuid4

import pytest
from sqlalchemy import text

from storage import offices
from storage.database import Database
from storage.errors import Deadlock, Locked
from storage.log.merkle import root_of
from storage.unit import UnitOfWork
from tests.people import ADMINISTRATOR, CHAIR, OFFICER, STANDING_MEMBER, VILLAGE
from tests.storage.office import (
    DIGEST_KEY,
    OFFICE,
    ROWS,
    YEAR,
    House,
    act,
    begin,
    count_rows,
    import_rows,
    key,
    new_dossier,
    records,
    shipped_definitions,
    stored,
)
from tests.waiting import LIMIT
from workflow.engine.ports import StoredAnswer
from workflow.model.decision import Decision, EntryDraft
from workflow.model.dossiers import Dossier
from workflow.model.errors import Conflict
from workflow.model.facts import Item
from workflow.services.advance import Advance, hold
from workflow.services.sweep import Swept, sweep_item

AFTER_ALL = datetime(2027, 6, 1, tzinfo=UTC)
BACKUP = EntryDraft(event="backup", actor=ADMINISTRATOR, role="administrator", from_state=None, to_state=None)


def at_once(house: House, *works: Callable[[Database], object]) -> list[object]:
    """What each work answers or raises, all begun together, each in a thread with its own connection."""
    start = Barrier(len(works), timeout=LIMIT)

    def run(work: Callable[[Database], object]) -> object:
        with house.open() as database:
            database.driver.execute("SELECT 1").fetchall()
            start.wait()
            try:
                return work(database)
            except Conflict as conflict:
                return conflict

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def head_fits(database: Database) -> bool:
    """Whether the log has no gap and its head is the tree over its leaves."""
    rows = database.connection.execute(text("SELECT seq, leaf FROM entry ORDER BY seq")).all()
    head = database.connection.execute(text("SELECT size, root FROM log_head")).one()
    leaves = [bytes(row.leaf) for row in rows]
    return [row.seq for row in rows] == list(range(head.size)) and bytes(head.root) == root_of(leaves)


def test_of_two_threads_with_the_same_version_exactly_one_wins(database: Database, house: House) -> None:
    def submit(own: Database) -> object:
        return act(own, house, "T01", "submit", actor=OFFICER, version=1)

    answers = at_once(house, submit, submit)

    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "Decision"]
    lost = next(answer for answer in answers if isinstance(answer, Conflict))
    assert lost.operands == {"ref": "T01", "expected": 1, "found": 2}
    assert (stored(database, "T01").state, stored(database, "T01").version) == ("submitted", 2)
    assert [record["event"] for record in records(database)] == ["import"] * 4 + ["submit"]
    assert head_fits(database)


def submit_in_a_process(url: str, start: ProcessBarrier, answers: Queue[str]) -> None:
    """What a second process does, from an import of its own."""
    shipped = shipped_definitions()
    house = House(url, shipped.setting, shipped)
    with house.open() as database:
        database.driver.execute("SELECT 1").fetchall()
        start.wait(LIMIT)
        try:
            answer: object = act(database, house, "T01", "submit", actor=OFFICER, version=1)
        except Conflict as conflict:
            answer = conflict
    answers.put(type(answer).__name__)


def test_of_two_processes_with_the_same_version_exactly_one_wins(database: Database, house: House) -> None:
    spawn = multiprocessing.get_context("spawn")
    start, answers = spawn.Barrier(2), spawn.Queue()
    processes = [
        spawn.Process(target=submit_in_a_process, args=(house.url, start, answers)) for _ in range(2)
    ]

    for process in processes:
        process.start()
    said = sorted(answers.get(timeout=LIMIT) for _ in processes)
    for process in processes:
        process.join(LIMIT)

    assert said == ["Conflict", "Decision"]
    assert stored(database, "T01").version == 2
    assert head_fits(database)


def test_many_threads_on_different_items_all_get_through_and_the_log_has_no_gap(
    database: Database, house: House
) -> None:
    def move(ref: str, actor: str) -> Callable[[Database], object]:
        return lambda own: act(own, house, ref, "submit", actor=actor)

    answers = at_once(
        house, *(move(f"T{number:02}", OFFICER) for number in (1, 2, 3, 4)), move("T01", VILLAGE)
    )

    assert Counter(type(answer).__name__ for answer in answers) == {"Decision": 4, "Tried": 1}
    assert count_rows(database, "entry") == 8
    assert head_fits(database)


def test_the_same_key_at_once_writes_once_and_answers_twice(database: Database, house: House) -> None:
    def command(own: Database) -> StoredAnswer | None:
        with begin(own, command="K1") as unit:
            answer = unit.claim_key("backup", digest_key=DIGEST_KEY)
            if answer is None:
                unit.record(BACKUP, log=YEAR)
                unit.keep_answer("done")
                unit.commit()
            return answer

    answers = at_once(house, *[command] * 4)

    assert Counter(answers) == {None: 1, StoredAnswer("done", same=True): 3}
    assert [record["event"] for record in records(database)].count("backup") == 1


def test_a_key_whose_first_holder_gives_up_goes_to_the_next(database: Database, house: House) -> None:
    held, tried = Event(), Event()

    def give_up(own: Database) -> object:
        with begin(own, command="K1") as unit:
            answer = unit.claim_key("backup", digest_key=DIGEST_KEY)
            held.set()
            tried.wait(1)
            return answer

    def take(own: Database) -> object:
        held.wait(LIMIT)
        with begin(own, command="K1") as unit:
            answer = unit.claim_key("backup", digest_key=DIGEST_KEY)
            tried.set()
            unit.commit()
            return answer

    assert at_once(house, give_up, take) == [None, None]
    assert count_rows(database, "command") == 1


def test_who_waited_for_an_item_reads_all_of_it_as_it_was_left(database: Database, house: House) -> None:
    new_dossier(database, house)
    held, waiting = Event(), Event()

    def first(own: Database) -> Item | None:
        with begin(own, command="first") as unit:
            before = unit.lock(key("D0001"))
            assert before is not None
            held.set()
            waiting.wait(LIMIT)
            after = before._replace(version=2, details=replace(Dossier.of(before), last_no=5))
            entry = EntryDraft("add", VILLAGE, "representative", "drafted", "drafted")
            unit.write(Decision(after, entry), open=True)
            # The other one has asked for the lock by now, or asks for it after the commit: both must do.
            Event().wait(0.3)
            unit.commit()
            return after

    def second(own: Database) -> Item | None:
        held.wait(LIMIT)
        waiting.set()
        with begin(own, command="second") as unit:
            return unit.lock(key("D0001"))

    left, found = at_once(house, first, second)

    assert found == left


def many_tasks(database: Database, house: House) -> None:
    """Forty tasks, the last days of whose deadlines are over at AFTER_ALL."""
    rows = tuple(replace(ROWS[0], number=number, due=ROWS[number % 3].due) for number in range(11, 51))
    import_rows(database, house, rows)


def test_any_number_of_schedulers_fire_each_due_row_exactly_once(database: Database, house: House) -> None:
    many_tasks(database, house)
    due = count_rows(database, "deadline", "status = 'pending'")
    assert due > 300

    def schedule(own: Database) -> int:
        rows = 0
        while keys := offices.due_items(own, OFFICE, now=AFTER_ALL, limit=100):
            for each in keys:
                rows += sweep(own, house, each).rows
        return rows

    swept = at_once(house, *[schedule] * 4)

    fired = Counter(
        (record["item"], record["input.row"], record["input.occurrence"])
        for record in records(database)
        if record["role"] == "system"
    )
    rows = database.connection.execute(
        text("SELECT ref, name, occurrence FROM deadline WHERE status = 'fired'")
    )
    assert fired == Counter(tuple(row) for row in rows)
    assert set(fired.values()) == {1}
    assert sum(int(str(count)) for count in swept) == len(fired) >= due
    assert head_fits(database)


def sweep(database: Database, house: House, each: tuple[str, int, str]) -> Swept:
    with begin(database, command=uuid4().hex, now=AFTER_ALL) as unit:
        swept = sweep_item(
            unit,
            key(each[2]),
            house.case("system", now=AFTER_ALL),
        )
        unit.commit()
    return swept


def test_the_ledger_of_deadlines_balances_after_moving_firing_and_closing(
    database: Database, house: House
) -> None:
    made = count_rows(database, "deadline")
    act(database, house, "T01", "cancel", actor=CHAIR, words={"reason": "Không làm"})
    act(
        database,
        house,
        "T03",
        "set_deadline",
        actor=STANDING_MEMBER,
        words={"date": "2026-05-04", "source": "CV"},
    )
    moved = count_rows(database, "deadline") - made
    sweep(database, house, key("T02"))

    by_status = Counter(
        str(row[0]) for row in database.connection.execute(text("SELECT status FROM deadline"))
    )
    assert moved > 0
    # Who is late is told again: the last row that fired made the next one.
    assert made + moved + 1 == by_status["fired"] + by_status["cancelled"] + by_status["pending"]
    assert all(by_status[status] > 0 for status in ("fired", "cancelled", "pending"))
    assert count_rows(database, "deadline", "ref = 'T01' AND status <> 'cancelled'") == 0
    assert count_rows(database, "deadline", "ref = 'T02' AND status = 'pending' AND kind <> 'repeat'") == 0
    assert by_status["fired"] == [record["role"] for record in records(database)].count("system")


# -- waiting, by the kind of database ----------------------------------------------------------------


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_scheduler_passes_by_an_item_that_somebody_has(database: Database, house: House) -> None:
    with begin(database) as unit, house.open() as other:
        unit.lock(key("T02"))

        assert sweep(other, house, key("T02")) == Swept()
        assert sweep(other, house, key("T01")).rows > 0


def lock_in_turn(unit: UnitOfWork, first: str, second: str, both: Barrier) -> str:
    unit.lock(key(first))
    both.wait(LIMIT)
    try:
        unit.lock(key(second))
    except Deadlock as deadlock:
        return deadlock.code
    return "had both"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_command_over_many_waits_for_each_in_the_order_of_their_keys(
    database: Database, house: House
) -> None:
    dossiers = [new_dossier(database, house).item for _ in range(2)]
    below = [Advance(item.key, "withdraw") for item in dossiers]
    both = Barrier(2)

    def after(first: str) -> Callable[[Database], str]:
        """Holds one item, then asks for all of them."""

        def run(own: Database) -> str:
            with begin(own, command=first) as unit:
                unit.lock(key(first))
                both.wait(LIMIT)
                hold(unit, [*reversed(below)], house.case(OFFICER))
                return "had all"

        return run

    with begin(database) as unit:
        hold(unit, [*reversed(below)], house.case(OFFICER))
        assert list(unit._before) == sorted([*(item.key for item in dossiers), key("T02")])
    # Whoever has the first of them gets the others too, since the other one waits for that.
    assert at_once(house, after("D0001"), after("T03")) == ["had all", "had all"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_deadlock_is_told_as_one_and_the_other_goes_on(database: Database, house: House) -> None:
    both = Barrier(2)

    def crossing(first: str, second: str) -> Callable[[Database], str]:
        def run(own: Database) -> str:
            with begin(own, command=first) as unit:
                return lock_in_turn(unit, first, second, both)

        return run

    answers = at_once(house, crossing("T01", "T02"), crossing("T02", "T01"))

    assert sorted(str(answer) for answer in answers) == ["deadlock", "had both"]


def test_a_command_that_waited_too_long_says_that_it_is_locked(database: Database, house: House) -> None:
    with begin(database) as unit, house.open(lock_timeout=0.2) as impatient:
        unit.lock(key("T01"))

        with pytest.raises(Locked):
            act(impatient, house, "T01", "submit", actor=OFFICER)

    assert stored(database, "T01").version == 1


def test_a_notice_of_every_addressee_is_stored_with_the_sweeps_entry(
    database: Database, house: House
) -> None:
    swept = sweep(database, house, key("T01"))

    entries = {str(record["input.row"]): record for record in records(database) if "input.row" in record}
    told = {
        (str(entries[str(record.get("input.with", row))]["nonce"]), to)
        for row, record in entries.items()
        for to in cast("list[str]", record["input.to"])
    }
    kept = [
        (str(id).rpartition("-")[0], str(to))
        for id, to in database.connection.execute(text("SELECT id, to_account FROM notice"))
    ]
    assert [row for row, record in entries.items() if "input.with" in record] == [
        "reminder-30",
        "reminder-14",
        "reminder-7",
        "reminder-1",
        "due_today",
    ]
    assert len(kept) == swept.notices
    assert sorted(kept) == sorted(told)
