"""A simulated year: it leaves the office alone, is what ticking would be, and plays what a scenario says."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from runtime.acts.acting import Acting
from runtime.acts.advance import EventRequest, advance
from runtime.acts.founding import found
from runtime.acts.open_dossier import open_dossier
from runtime.acts.sweep import sweep
from runtime.office.settings import Options
from runtime.simulate import simulation
from runtime.simulate.people import TriedEvent
from runtime.simulate.simulation import (
    EmptySpan,
    FiredEvent,
    LateItem,
    Period,
    ScenarioMistakes,
    SimulatedPast,
    Simulation,
    UnreadableScenario,
    play,
    simulate,
)
from storage.database import Database
from storage.log.audit import verify
from storage.tables import metadata
from storage.throwaway import thrown_away
from storage.timeline import Ledger, fired_deadlines, ledger, sent_notices
from storage.views import Reading
from tests.ledger import balanced
from tests.people import CHAIR, OFFICER, SECOND_VILLAGE, SECRETARY, STANDING_MEMBER, VICE_CHAIR, VILLAGE
from tests.postgres import Cluster
from tests.storage.office import everything
from workflow.files.parsing import Mistake
from workflow.model.calendar import at_local, due_instant
from workflow.model.context import Actor
from workflow.model.facts import Key
from workflow.model.scenario import NOTHING, Absence, Act, Delay, Move, Outage, Pace, Scenario

OFFICE, ZONE = "diem-he", "Asia/Ho_Chi_Minh"
BEGUN = date(2026, 1, 5)
ON_TIME = Scenario("on time", tasks=Pace(), dossiers=Pace(submit=20, review=5))


def founded(url: str) -> None:
    """A sandbox on 5 January with two villages' dossiers under T06, not handed in yet."""
    found(Options(db=url, now="2026-01-05T08:00"), {}, sandbox=True)
    with Acting(Options(db=url), {}) as acting:
        for village in (VILLAGE, SECOND_VILLAGE):
            acting.actor = Actor(village)
            made = open_dossier(acting, "T06", body=village, title="gk", type="phong_trao")
            advance(
                acting, [made.ref], EventRequest("add", {"kind": "person", "name": f"Nguyễn Văn {village}"})
            )


@pytest.fixture(scope="session")
def founded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("simulated") / "office.db"
    founded(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, founded_sqlite: Path, tmp_path: Path) -> Iterator[str]:
    path = tmp_path / "office.db"
    shutil.copyfile(founded_sqlite, path)
    yield f"sqlite:///{path}"
    balanced(request, f"sqlite:///{path}")


@pytest.fixture(scope="session")
def founded_postgres(postgres_cluster: Cluster) -> str:
    name = postgres_cluster.create_database(name="simulated")
    founded(postgres_cluster.url(name))
    return name


@pytest.fixture
def postgres_url_of_office(
    request: pytest.FixtureRequest, postgres_cluster: Cluster, founded_postgres: str
) -> Iterator[str]:
    name = postgres_cluster.create_database(template=founded_postgres)
    yield postgres_cluster.url(name)
    balanced(request, postgres_cluster.url(name))
    postgres_cluster.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """An office of this test's own on either database."""
    fixture = "sqlite_url" if request.param == "sqlite" else "postgres_url_of_office"
    return str(request.getfixturevalue(fixture))


def played(url: str, scenario: Scenario, *, last: date = date(2027, 1, 31)) -> Simulation:
    """The scenario on a copy of the office, whose log must verify afterwards."""
    with Reading(url) as reading:
        copy = thrown_away(reading, OFFICE)
    with Acting(Options(office=OFFICE), {}, database=copy) as acting:
        start = datetime(2026, 1, 5, 1, tzinfo=UTC)
        done = play(acting, scenario, Period(start, due_instant(last, ZONE), BEGUN, last))
        assert verify(copy, OFFICE).faults == ()
    return done


def typed(database: Database) -> dict[str, list[str]]:
    """Every row of every table in the types of the program, which are the same on both databases."""
    return {
        name: sorted(repr(tuple(row)) for row in database.connection.execute(select(table)))
        for name, table in metadata.tables.items()
    }


def fired(done: Simulation) -> list[FiredEvent]:
    return [each for each in done.happened if isinstance(each, FiredEvent)]


def attempts(done: Simulation, ref: str | None = None) -> list[tuple[date, str, str, bool]]:
    """Day, event, account and whether it was done."""
    return [
        (each.at.date(), each.event, each.by, each.done)
        for each in done.happened
        if isinstance(each, TriedEvent) and ref in (None, each.key.ref)
    ]


def rows(done: Simulation, ref: str) -> list[tuple[str, datetime, int, tuple[str, ...]]]:
    """Name, instant, lateness and readers of the rows of an item that fired."""
    return [
        (each.row.name, each.at, each.row.late_s, each.to) for each in fired(done) if each.row.key.ref == ref
    ]


def own_rows(done: Simulation) -> Counter[tuple[str, str, int]]:
    """What fired of the rounds of the dates: not what whoever is late is told again, which counts from the
    day on which it was last told."""
    return Counter(
        (each.row.key.ref, each.row.name, each.row.occurrence)
        for each in fired(done)
        if each.row.kind != "repeat"
    )


def morning(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 1, tzinfo=UTC)


# -- the copy --------------------------------------------------------------------------------------------


def test_the_copy_holds_every_row_and_verifies(url: str) -> None:
    with Reading(url) as reading:
        copy = thrown_away(reading, OFFICE)

    with Database(url) as original, copy:
        assert typed(copy) == typed(original)
        assert (verify(copy, OFFICE).faults, verify(copy, OFFICE).logs) == ((), verify(original, OFFICE).logs)


def test_only_the_chosen_office_is_copied(sqlite_url: str, tmp_path: Path) -> None:
    shipped = Path("definitions/offices/diem-he")
    own = tmp_path / "second" / "1.yaml"
    own.parent.mkdir()
    text = (shipped / "1.yaml").read_text(encoding="utf-8").replace("name: diem-he", "name: van-quan", 1)
    own.write_text(text, encoding="utf-8")
    (own.parent / "ke-hoach-2026.txt").write_bytes((shipped / "ke-hoach-2026.txt").read_bytes())
    with Reading(sqlite_url) as reading:
        alone = everything(thrown_away(reading, OFFICE))
    found(Options(db=sqlite_url, now="2026-01-05"), {}, office=str(own), sandbox=True)

    with Reading(sqlite_url) as reading:
        assert everything(thrown_away(reading, OFFICE)) == alone


def test_nothing_of_the_real_office_changes(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "office.db"
    before = hashlib.sha256(file.read_bytes()).hexdigest(), sorted(tmp_path.iterdir())
    scenario = tmp_path / "scenario.yaml"
    scenario.write_text("scenario: pace\npace: {tasks: {}, dossiers: {}}\n", encoding="utf-8")

    done = simulate(Options(db=sqlite_url), {}, file=str(scenario))

    scenario.unlink()
    assert (hashlib.sha256(file.read_bytes()).hexdigest(), sorted(tmp_path.iterdir())) == before
    assert len(attempts(done)) > 50


def test_nothing_of_a_real_office_on_postgresql_changes(postgres_url_of_office: str) -> None:
    with Database(postgres_url_of_office) as database:
        before = everything(database)
        simulate(Options(db=postgres_url_of_office), {})
        assert everything(database) == before


def test_no_lock_of_the_office_is_held_while_it_is_simulated(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = simulate(Options(db=url), {})

    def meanwhile(*args: Any) -> Simulation:
        with Acting(Options(db=url, actor=OFFICER), {}, lock_timeout=0.2) as acting:
            assert [each.done for each in advance(acting, ["T01"], EventRequest("submit", {}))] == [True]
        return play(*args)

    monkeypatch.setattr(simulation, "play", meanwhile)

    assert simulate(Options(db=url), {}) == alone


def test_an_office_that_somebody_writes_to_is_simulated_all_the_same(url: str) -> None:
    alone = simulate(Options(db=url), {})

    with Database(url) as database, database.transaction():
        database.driver.execute("UPDATE office SET title = 'x'")
        assert simulate(Options(db=url), {}) == alone


# -- the clock -------------------------------------------------------------------------------------------


SCENARIOS = pytest.mark.parametrize(
    "scenario",
    [
        NOTHING,
        Scenario("down", down=(Outage(date(2026, 3, 29), date(2026, 4, 2)),)),
        Scenario("down at the end", down=(Outage(date(2026, 12, 30), date(2027, 3, 1)),)),
    ],
    ids=lambda scenario: scenario.title or "nothing",
)


@SCENARIOS
def test_it_is_what_ticking_a_sandbox_at_the_same_instants_is(url: str, scenario: Scenario) -> None:
    done = played(url, scenario)

    with Acting(Options(db=url), {}) as acting:
        for at in sorted({each.at for each in done.happened}):
            acting.now = at
            sweep(acting)
        rows = fired_deadlines(acting.database, OFFICE)
        told = sorted(
            (notice.at, notice.key, str(notice.deadline), notice.to)
            for notice in sent_notices(acting.database, OFFICE)
        )
        counted = ledger(acting.database, OFFICE)

    assert {each.row for each in fired(done)} == set(rows)
    assert told == sorted(
        (each.at, each.row.key, each.row.name, to) for each in fired(done) for to in each.to
    )
    assert done.ledger == counted


def test_a_year_of_people_is_what_doing_the_same_in_a_sandbox_is(sqlite_url: str) -> None:
    acts = (
        Act(date(2026, 3, 2), "T01", "submit", OFFICER),
        Act(date(2026, 3, 5), "T01", "review", STANDING_MEMBER, set={"opinion": "Nhất trí"}),
        Act(date(2026, 4, 20), "T01", "approve", CHAIR),
    )
    done = played(sqlite_url, Scenario("three acts", acts=acts))

    with Acting(Options(db=sqlite_url), {}) as acting:
        for at in sorted({each.at for each in done.happened}):
            acting.now = at
            sweep(acting)
            for act in acts:
                if at == at_local(act.on, act.at, ZONE):
                    acting.actor = Actor(str(act.by))
                    advance(acting, [act.ref], EventRequest(act.event, act.words, confirmed=True))
        assert {each.row for each in fired(done)} == set(fired_deadlines(acting.database, OFFICE))


def test_the_same_office_and_scenario_come_to_the_same(sqlite_url: str, postgres_url_of_office: str) -> None:
    first = played(sqlite_url, ON_TIME)

    assert played(sqlite_url, ON_TIME) == first
    assert played(postgres_url_of_office, ON_TIME) == first


def test_nobody_acting_fires_the_whole_round_of_a_task(sqlite_url: str) -> None:
    done = simulate(Options(db=sqlite_url), {})

    assert (done.first, done.last, done.ledger) == (BEGUN, date(2027, 1, 31), Ledger(302, 284, 0, 18))
    assert rows(done, "T02")[:10] == [
        ("reminder-30", morning(2, 27), 0, (OFFICER,)),
        ("reminder-14", morning(3, 17), 0, (OFFICER,)),
        ("reminder-7", morning(3, 24), 0, (OFFICER,)),
        ("reminder-1", morning(3, 30), 0, (OFFICER,)),
        ("due_today", morning(3, 31), 0, (OFFICER,)),
        ("due", datetime(2026, 3, 31, 17, tzinfo=UTC), 0, ()),
        ("overdue", morning(4, 1), 0, (OFFICER,)),
        ("escalation-1", morning(4, 1), 0, (STANDING_MEMBER,)),
        ("escalation-5", morning(4, 7), 0, (VICE_CHAIR,)),
        ("escalation-10", morning(4, 14), 0, (CHAIR,)),
    ]
    days = [
        (4, 22),
        (5, 18),
        (6, 8),
        (6, 29),
        (7, 20),
        (8, 10),
        (8, 28),
        (9, 23),
        (10, 14),
        (11, 4),
        (11, 26),
    ]
    assert rows(done, "T02")[10:] == [
        *((f"repeat-{number}", morning(*day), 0, (OFFICER,)) for number, day in enumerate(days, 1)),
        ("repeat-12", morning(12, 17), 0, (OFFICER,)),
        ("repeat-13", datetime(2027, 1, 8, 1, tzinfo=UTC), 0, (OFFICER,)),
        ("repeat-14", datetime(2027, 1, 29, 1, tzinfo=UTC), 0, (OFFICER,)),
    ]
    assert [each for each in done.late if each.key.ref == "T02"] == [
        LateItem(done.late[1].key, date(2026, 3, 31), None, 306)
    ]
    assert dict(done.escalations) == {"head": 13, "vice": 13, "chair": 13}
    assert [(each.account, each.notices) for each in done.load] == [
        (OFFICER, 130 + 101),
        (CHAIR, 13),
        (VICE_CHAIR, 13),
        (STANDING_MEMBER, 13),
    ]
    assert done.load[0].overloaded == (
        date(2026, 3, 30),
        date(2026, 6, 29),
        date(2026, 11, 2),
        date(2026, 11, 30),
        date(2026, 12, 21),
        date(2026, 12, 28),
        date(2027, 1, 4),
    )
    assert done.load[0].busiest == (date(2026, 6, 29), 20)


def test_each_late_task_is_told_again_every_fifteen_working_days(sqlite_url: str) -> None:
    """Four tasks late from 1 April, four from 1 July, one from 1 October, four from 4 January."""
    done = simulate(Options(db=sqlite_url), {})

    again = Counter(each.row.key.ref for each in fired(done) if each.row.kind == "repeat")
    assert again == {
        **dict.fromkeys(["T01", "T02", "T03", "T06"], 14),
        **dict.fromkeys(["T08", "T09", "T10", "T11"], 9),
        "T13": 5,
        **dict.fromkeys(["T14", "T15", "T16", "T17"], 1),
    }
    assert again.total() == 101


def test_what_is_before_the_first_day_is_played_but_not_told(sqlite_url: str) -> None:
    whole = simulate(Options(db=sqlite_url), {})

    part = simulate(Options(db=sqlite_url), {}, first=date(2026, 4, 1), last=date(2026, 6, 30))

    begin, end = due_instant(date(2026, 3, 31), ZONE), due_instant(date(2026, 6, 30), ZONE)
    assert part.happened == tuple(each for each in whole.happened if begin <= each.at < end)
    assert [each.key.ref for each in part.late] == ["T01", "T02", "T03", "T06"]


def test_a_sandbox_whose_clock_was_never_set_begins_with_its_office(tmp_path: Path) -> None:
    options = Options(db=f"sqlite:///{tmp_path / 'office.db'}")
    found(options, {}, sandbox=True)

    done = simulate(options, {})

    assert (done.first, {each.row.late_s for each in fired(done)}) == (date(2026, 1, 1), {0})


def test_a_real_office_begins_now_and_tells_what_is_late_already(tmp_path: Path) -> None:
    options = Options(db=f"sqlite:///{tmp_path / 'office.db'}")
    found(options, {}, started_on=date(2026, 1, 1))
    with Acting(options._replace(actor=OFFICER), {}) as acting:
        today = acting.today

    with pytest.raises(SimulatedPast):
        simulate(options, {}, first=today - timedelta(days=1), last=today)


def test_a_span_must_not_end_before_it_begins(sqlite_url: str) -> None:
    with pytest.raises(EmptySpan, match="2026-02-01 is before 2026-03-01"):
        simulate(Options(db=sqlite_url), {}, first=date(2026, 3, 1), last=date(2026, 2, 1))
    with pytest.raises(SimulatedPast, match="has reached 2026-01-05 08:00"):
        simulate(Options(db=sqlite_url), {}, first=date(2026, 1, 4))


# -- what people do --------------------------------------------------------------------------------------


def test_a_pace_takes_every_task_through_its_steps_in_time(sqlite_url: str) -> None:
    done = played(sqlite_url, ON_TIME)

    assert attempts(done, "T02") == [
        (date(2026, 3, 24), "submit", OFFICER, True),
        (date(2026, 3, 25), "review", STANDING_MEMBER, True),
        (date(2026, 3, 26), "approve", CHAIR, True),
        (date(2026, 3, 27), "complete", OFFICER, True),
    ]
    assert (done.late, done.escalations, done.undone) == ((), {}, ())


def test_a_pace_takes_dossiers_to_the_award_and_their_task_after_them(sqlite_url: str) -> None:
    done = played(sqlite_url, ON_TIME, last=date(2026, 4, 30))

    assert [each[:3] for each in attempts(done, "D0001")] == [
        (date(2026, 3, 3), "submit", VILLAGE),
        (date(2026, 3, 10), "accept", OFFICER),
        (date(2026, 3, 10), "appraise", OFFICER),
        (date(2026, 3, 10), "confirm", STANDING_MEMBER),
        (date(2026, 3, 11), "approve", CHAIR),
        (date(2026, 3, 12), "award", OFFICER),
    ]
    assert attempts(done, "T06")[-1] == (date(2026, 3, 27), "award", OFFICER, True)


def prepared(
    url: str,
    *,
    title: str,
    type: str | None,
    kind: str,
    positions: tuple[str, ...] = ("",),
    body: str = VILLAGE,
    by: str = VILLAGE,
) -> str:
    """The reference of one more dossier under T06, with a line for each position."""
    with Acting(Options(db=url), {}) as acting:
        acting.actor = Actor(by)
        ground = type if type == "dot_xuat" else None
        ref = open_dossier(acting, "T06", body=body, title=title, type=type, ground=ground).ref
        for position in positions:
            words = {"kind": kind, "name": "Hoàng Văn A"} | ({"position": position} if position else {})
            advance(acting, [ref], EventRequest("add", words, confirmed=True))
    return ref


RECEIVED = (("submit", VILLAGE), ("accept", OFFICER), ("appraise", OFFICER), ("confirm", STANDING_MEMBER))
DECIDED = (("approve", CHAIR), ("award", OFFICER))
PATHS = {
    "council": ("gk", "cong_trang", "person", (*RECEIVED, *DECIDED)),
    "simplified": ("gk", "dot_xuat", "person", (*RECEIVED, *DECIDED)),
    "appraisal": ("gdvh", None, "household", (*RECEIVED, *DECIDED)),
    "published": (
        "tvh",
        None,
        "collective",
        (*RECEIVED, ("publish", OFFICER), ("publish_end", OFFICER), *DECIDED),
    ),
    "superior": (
        "bkt",
        "cong_trang",
        "person",
        (*RECEIVED, ("approve", CHAIR), ("forward", OFFICER)),
    ),
}
"""Of each path a title with its type and nominee, and the steps of a dossier of it with who takes them."""


@pytest.mark.parametrize("path", PATHS)
def test_a_pace_takes_a_dossier_of_each_path_to_its_end(sqlite_url: str, path: str) -> None:
    title, type, kind, steps = PATHS[path]
    ref = prepared(sqlite_url, title=title, type=type, kind=kind)

    done = played(sqlite_url, ON_TIME, last=date(2026, 4, 30))

    assert [each[1:] for each in attempts(done, ref)] == [(*step, True) for step in steps]
    assert attempts(done, "T06")[-1] == (date(2026, 3, 27), "award", OFFICER, True)


def test_a_list_with_the_chair_is_decided_line_by_line(sqlite_url: str) -> None:
    ref = prepared(
        sqlite_url, title="gk", type="cong_trang", kind="person", positions=("", "Chủ tịch UBND xã")
    )

    done = played(sqlite_url, ON_TIME, last=date(2026, 4, 30))

    assert attempts(done, ref)[-4:] == [
        (date(2026, 3, 11), "approve", CHAIR, True),
        (date(2026, 3, 12), "approve", VICE_CHAIR, True),
        (date(2026, 3, 13), "award", OFFICER, True),
        (date(2026, 3, 16), "award", OFFICER, True),
    ]
    states = [each.state for each in done.happened if isinstance(each, TriedEvent) and each.key.ref == ref]
    assert states[-4:] == ["reviewed", "approved", "approved", "awarded"]


def test_the_officer_hands_in_on_paper_for_a_body_without_an_account(sqlite_url: str) -> None:
    ref = prepared(
        sqlite_url, by=OFFICER, body="van_hoa_xa_hoi", title="gk", type="cong_trang", kind="person"
    )

    done = played(sqlite_url, ON_TIME, last=date(2026, 4, 30))

    assert [each[1:] for each in attempts(done, ref)] == [
        ("submit", OFFICER, True),
        ("accept", OFFICER, True),
        ("appraise", OFFICER, True),
        ("confirm", VICE_CHAIR, True),
        *((*step, True) for step in DECIDED),
    ]


def test_a_village_that_never_answers_holds_its_task_up(sqlite_url: str) -> None:
    done = played(sqlite_url, replace(ON_TIME, silent=(SECOND_VILLAGE,)))

    assert attempts(done, "D0002") == []
    assert attempts(done, "T06")[-1] == (date(2026, 3, 27), "award", OFFICER, False)
    assert [each.key.ref for each in done.late] == ["T06"]
    assert dict(done.escalations) == {"head": 1, "vice": 1, "chair": 1}


def test_a_group_that_never_answers_is_each_of_its_members(sqlite_url: str) -> None:
    done = played(sqlite_url, replace(ON_TIME, silent=("cac_thon",)), last=date(2026, 4, 30))

    assert (attempts(done, "D0001"), attempts(done, "D0002")) == ([], [])


def test_what_somebody_absent_would_do_waits_for_the_return(sqlite_url: str) -> None:
    absent = Absence(CHAIR, date(2026, 3, 20), date(2026, 4, 6))

    done = played(sqlite_url, replace(ON_TIME, absent=(absent,)))

    assert [each[:2] for each in attempts(done, "T02")][2:] == [
        (date(2026, 4, 6), "approve"),
        (date(2026, 4, 7), "complete"),
    ]
    assert [each.key.ref for each in done.late] == ["T01", "T02", "T03", "T06"]


def test_an_act_of_somebody_absent_waits_too(sqlite_url: str) -> None:
    scenario = Scenario(
        "leave",
        acts=(Act(date(2026, 3, 2), "T01", "submit", OFFICER),),
        absent=(Absence(OFFICER, date(2026, 3, 1), date(2026, 3, 14)),),
    )

    assert attempts(played(sqlite_url, scenario)) == [(date(2026, 3, 16), "submit", OFFICER, True)]


def test_an_act_of_somebody_who_never_answers_stays_undone(sqlite_url: str) -> None:
    act = Act(date(2026, 3, 2), "D0001", "submit", VILLAGE)

    done = played(sqlite_url, Scenario("silence", acts=(act,), silent=(VILLAGE,)))

    assert (attempts(done), done.undone) == ([], ((Key(OFFICE, 2026, act.ref), act.on),))


def test_a_late_task_is_finished_so_many_working_days_after_its_date(sqlite_url: str) -> None:
    done = played(sqlite_url, Scenario("late", late=(Delay("T02", 10),)))

    assert [each[:2] for each in attempts(done)] == [
        (date(2026, 4, 9), "submit"),
        (date(2026, 4, 10), "review"),
        (date(2026, 4, 13), "approve"),
        (date(2026, 4, 14), "complete"),
    ]
    assert next(each for each in done.late if each.key.ref == "T02").days == 14


def test_a_moved_meeting_has_its_deadlines_anew(sqlite_url: str) -> None:
    moves = (
        Move("T07", date(2026, 5, 4), date(2026, 6, 10)),
        Move("T10", date(2026, 5, 4), date(2026, 6, 10)),
        Move("T10", date(2026, 6, 8), date(2026, 7, 17)),
    )

    done = played(sqlite_url, Scenario("moved", moved=moves))

    assert attempts(done) == [
        (date(2026, 5, 4), "set_deadline", OFFICER, True),
        (date(2026, 5, 4), "set_deadline", OFFICER, True),
        (date(2026, 6, 8), "extend", CHAIR, True),
    ]
    assert [name for name, at, *_ in rows(done, "T07") if at > morning(5, 4)][:3] == [
        "reminder-30",
        "reminder-14",
        "reminder-7",
    ]
    assert [
        each.row.due_date for each in fired(done) if each.row.key.ref == "T10" and each.row.name == "due"
    ] == [date(2026, 7, 17)]


def test_an_act_that_is_refused_is_told_with_its_reasons(sqlite_url: str) -> None:
    acts = (Act(date(2026, 3, 2), "T01", "approve", OFFICER), Act(date(2026, 3, 2), "T01", "review"))

    done = played(sqlite_url, Scenario("refused", acts=acts))

    told = [each for each in done.happened if isinstance(each, TriedEvent)]
    assert [(each.by, [reason.rule for reason in each.reasons]) for each in told] == [
        (OFFICER, ["state", "role"]),
        (STANDING_MEMBER, []),
    ]
    assert [each.done for each in told] == [False, False]
    assert "missing: opinion" in str(told[1].error)


def test_after_three_days_without_the_service_each_row_fires_once_and_says_how_late(sqlite_url: str) -> None:
    down = Scenario("down", down=(Outage(date(2026, 3, 30), date(2026, 4, 2)),))

    done = played(sqlite_url, down)

    up = datetime(2026, 4, 1, 17, tzinfo=UTC)
    assert rows(done, "T02")[3:8] == [
        ("reminder-1", up, 64 * 3600, ()),
        ("due_today", up, 40 * 3600, ()),
        ("due", up, 24 * 3600, ()),
        ("overdue", up, 16 * 3600, (OFFICER,)),
        ("escalation-1", up, 16 * 3600, (STANDING_MEMBER,)),
    ]
    assert rows(done, "T02")[9:11] == [
        ("escalation-10", morning(4, 14), 0, (CHAIR,)),
        ("repeat-1", morning(4, 23), 0, (OFFICER,)),
    ]
    always = played(sqlite_url, NOTHING)
    assert own_rows(done) == own_rows(always)
    assert all(count == 1 for count in own_rows(done).values())


days = st.dates(date(2026, 1, 6), date(2026, 12, 31))
spans = st.tuples(days, st.integers(1, 60)).map(lambda span: (span[0], span[0] + timedelta(days=span[1])))
paces = st.none() | st.builds(
    Pace, st.integers(0, 30), st.integers(0, 5), st.integers(0, 5), st.integers(0, 5)
)
tasks = st.integers(1, 18).map(lambda number: f"T{number:02}")
anybody = st.sampled_from([OFFICER, STANDING_MEMBER, CHAIR, VICE_CHAIR, SECRETARY, VILLAGE])
scenarios = st.builds(
    Scenario,
    st.just("any"),
    paces,
    paces,
    acts=st.lists(
        st.builds(Act, days, tasks, st.sampled_from(["submit", "approve", "cancel"]), st.none() | anybody),
        max_size=5,
    ).map(tuple),
    absent=st.lists(st.builds(lambda who, span: Absence(who, *span), anybody, spans), max_size=3).map(tuple),
    late=st.lists(
        st.builds(Delay, tasks, st.integers(1, 40)), max_size=3, unique_by=lambda each: each.ref
    ).map(tuple),
    moved=st.lists(st.builds(Move, tasks, days, days), max_size=4).map(tuple),
    silent=st.sampled_from([(), (VILLAGE,), ("cac_thon",)]),
    down=st.lists(st.builds(lambda span: Outage(*span), spans), max_size=3).map(tuple),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scenario=scenarios)
def test_whatever_happens_the_ledger_balances_and_every_row_fires_at_most_once(
    founded_sqlite: Path, scenario: Scenario
) -> None:
    done = played(f"sqlite:///{founded_sqlite}", scenario)

    ids = [(each.row.key, each.row.name, each.row.occurrence) for each in fired(done)]
    assert (done.ledger.balanced, len(ids), done.ledger.fired) == (True, len(set(ids)), len(ids))
    assert all(each.row.late_s == (each.at - each.row.at).total_seconds() for each in fired(done))
    watched = [each for each in fired(done) if any(o.since <= _day(each) < o.until for o in scenario.down)]
    assert watched == []


def _day(each: FiredEvent) -> date:
    return (each.at + timedelta(hours=7)).date()


# -- files -----------------------------------------------------------------------------------------------


def test_the_mistakes_of_a_scenario_are_told_with_their_lines(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text("scenario: x\nacts:\n  - {on: 2026-01-04, ref: T01, event: submit}\n", encoding="utf-8")

    with pytest.raises(ScenarioMistakes) as raised:
        simulate(Options(db=sqlite_url), {}, file=str(file))

    message = "acts.0.on: 2026-01-04 is outside: the simulation runs from 2026-01-05 to 2027-01-31"
    assert raised.value.mistakes == (Mistake(str(file), 3, message),)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_said(content: bytes | None, sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(UnreadableScenario):
        simulate(Options(db=sqlite_url), {}, file=str(file))
