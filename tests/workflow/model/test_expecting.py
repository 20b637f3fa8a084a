"""Who owes a dossier, which task asks for which, and what an answer makes of a row."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import AGENCIES, ASKED, SCHOOLS, SECOND_VILLAGE, THIRD_VILLAGE, VILLAGE
from tests.workflow.plan_2026 import PLAN
from tests.workflow.shipped import at, machine, office
from workflow.model.definition import Body, Office
from workflow.model.dossiers import ReceivedDossier
from workflow.model.expecting import (
    Basis,
    Expectation,
    basis_of,
    chased,
    chased_today,
    collects_by_itself,
    ended,
    guided_by,
    guided_kinds,
    guiding_kinds,
    nothing,
    opened,
    owing,
    received,
    silent,
    withdrawn,
)
from workflow.model.tasks import PlannedTask, Task, variant_of

ZONE = "Asia/Ho_Chi_Minh"
DAY = date(2026, 11, 1)
ROW = Expectation(VILLAGE, DAY)
BODIES = (VILLAGE, SECOND_VILLAGE, THIRD_VILLAGE)


def a_task(*bodies: str) -> Task:
    return Task(17, "IV", "Xét khen thưởng", "award_review", None, "năm 2026", bodies[0], bodies)


# -- who owes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bodies", "owe"),
    [
        (("hoi_dong_tdkt", "cac_thon"), (VILLAGE, SECOND_VILLAGE, THIRD_VILLAGE)),
        (
            ("hoi_dong_tdkt", "van_hoa_xa_hoi", "co_quan_lien_quan"),
            ("van_hoa_xa_hoi", *AGENCIES, *SCHOOLS),
        ),
        ((SECOND_VILLAGE, "cac_thon", SECOND_VILLAGE), (VILLAGE, SECOND_VILLAGE, THIRD_VILLAGE)),
        (("ubnd", "hoi_dong_tdkt", "van_hoa_xa_hoi", "co_quan_lien_quan", "cac_thon"), ASKED),
        (("hoi_dong_tdkt", "cum_4"), ASKED),
        (("Ban chỉ huy quân sự xã",), ASKED),
    ],
)
def test_a_row_asks_the_nominating_bodies_that_it_names_groups_standing_for_their_members(
    bodies: tuple[str, ...], owe: tuple[str, ...]
) -> None:
    assert owing(a_task(*bodies), office(), guided=False, today=DAY) == owe


def test_a_guidance_asks_every_nominating_body_whatever_the_row_names() -> None:
    assert owing(a_task("hoi_dong_tdkt", "co_quan_lien_quan"), office(), guided=True, today=DAY) == ASKED


def test_groups_within_groups_are_looked_into_once() -> None:
    around = (
        Body("khu", "Khu", "Khu", group=True, members=("xom", THIRD_VILLAGE)),
        Body("xom", "Xóm", "Xóm", group=True, members=("khu", VILLAGE)),
    )
    directory = office()._replace(bodies=(*office().bodies, *around))

    assert owing(a_task("khu"), directory, guided=False, today=DAY) == (VILLAGE, THIRD_VILLAGE)


def merged(**heir: object) -> Office:
    """The office after the second village went into the third."""
    bodies = tuple(
        body._replace(valid_to=date(2026, 6, 30), succeeded_by=THIRD_VILLAGE)
        if body.id == SECOND_VILLAGE
        else body._replace(**heir)  # type: ignore[arg-type]
        if body.id == THIRD_VILLAGE
        else body
        for body in office().bodies
    )
    return office()._replace(bodies=bodies)


@pytest.mark.parametrize(
    ("day", "owe"),
    [
        (date(2026, 6, 30), (VILLAGE, SECOND_VILLAGE, THIRD_VILLAGE)),
        (date(2026, 7, 1), (VILLAGE, THIRD_VILLAGE)),
    ],
)
def test_a_village_owes_until_it_ends(day: date, owe: tuple[str, ...]) -> None:
    assert owing(a_task("cac_thon"), merged(), guided=False, today=day) == owe


def test_for_a_village_that_ended_its_successor_owes() -> None:
    assert owing(a_task(SECOND_VILLAGE), merged(), guided=False, today=DAY) == (THIRD_VILLAGE,)


def test_a_body_that_is_asked_for_nothing_owes_nothing() -> None:
    unasked = merged(asked_for=())
    asked_for_one = merged(asked_for=("gk",))

    assert owing(a_task("cac_thon"), unasked, guided=False, today=DAY) == (VILLAGE,)
    assert owing(a_task("cac_thon"), asked_for_one, guided=False, today=DAY) == (VILLAGE, THIRD_VILLAGE)


def test_nobody_waits_for_a_silent_body_that_ended() -> None:
    row = Expectation(SECOND_VILLAGE, date(2026, 6, 1))

    assert not ended(row, merged(), date(2026, 6, 30))
    assert ended(row, merged(), date(2026, 7, 1))
    assert not ended(received(row, dossier="D0001", on=date(2026, 6, 2)), merged(), date(2026, 7, 1))


# -- which task asks for which ---------------------------------------------------------------------------


TASKS = tuple(
    PlannedTask(
        f"T{row.number:02}", variant_of(row.kind, row.part), row.quarter, row.period, row.content, True
    )
    for row in PLAN
)
PLAN_TASK = machine("plan_task").definition


def test_in_the_plan_the_guidance_asks_for_the_award_row_of_its_period_and_no_other() -> None:
    pairs = [(one.ref, other.ref) for one in TASKS for other in TASKS if guided_by(one, other, PLAN_TASK)]

    assert pairs == [("T15", "T17")]


def test_where_a_row_names_no_period_the_quarter_decides() -> None:
    guidance = PlannedTask("T15", "guidance", "IV", None, "Hướng dẫn", True)
    awards = PlannedTask("T17", "award_review", "IV", "năm 2026", "Xét", True)

    assert guided_by(guidance, awards, PLAN_TASK)
    assert not guided_by(guidance, awards._replace(quarter="II"), PLAN_TASK)
    assert not guided_by(guidance._replace(kind="report"), awards, PLAN_TASK)


def test_movements_collect_by_themselves_and_only_the_guidance_guides() -> None:
    kinds = PLAN_TASK.kinds

    assert [kind.id for kind in kinds if collects_by_itself(kind)] == [
        "movement_launch_and_preliminary_review"
    ]
    assert {kind.id: guided_kinds(kind, PLAN_TASK) for kind in kinds if guided_kinds(kind, PLAN_TASK)} == {
        "guidance": ("award_review",)
    }
    assert {kind.id: guiding_kinds(kind) for kind in kinds if guiding_kinds(kind)} == {
        "award_review": ("guidance",)
    }
    assert (collects_by_itself(None), guided_kinds(None, PLAN_TASK), guiding_kinds(None)) == (False, (), ())


def test_the_basis_is_the_paper_that_finished_the_guidance_however_it_was_finished() -> None:
    paper = Basis("T15", "12/HD", date(2026, 11, 10))

    assert basis_of("T15", {"paper_number": "12/HD", "paper_date": "2026-11-10"}) == paper
    assert basis_of("T15", {"paper": "12/HD", "date": "2026-11-10", "outcome": "completed"}) == paper
    assert basis_of("T15", {}) == Basis("T15")


# -- answers ---------------------------------------------------------------------------------------------


def test_a_dossier_answers_even_after_the_word_that_there_is_nothing() -> None:
    said = nothing(ROW, on=DAY)

    assert received(said, dossier="D0001", on=date(2026, 11, 9)) == ROW._replace(
        status="received", dossier="D0001", answered_on=date(2026, 11, 9)
    )


def test_a_second_dossier_leaves_the_first_ones_answer() -> None:
    first = received(ROW, dossier="D0001", on=DAY)

    assert received(first, dossier="D0002", on=date(2026, 11, 9)) == first


def test_nothing_cannot_be_said_over_a_dossier() -> None:
    sent = received(ROW, dossier="D0001", on=DAY)

    assert nothing(sent, on=DAY) == sent


def test_a_withdrawal_leaves_silence_or_the_bodys_next_dossier() -> None:
    sent = received(ROW, dossier="D0001", on=DAY)
    others = [
        ReceivedDossier("D0001", VILLAGE, DAY),
        ReceivedDossier("D0002", SECOND_VILLAGE, DAY),
        ReceivedDossier("D0004", VILLAGE, date(2026, 11, 7)),
        ReceivedDossier("D0005", VILLAGE, date(2026, 11, 5)),
    ]

    assert withdrawn(sent, dossier="D0001", others=others[:2]) == ROW
    assert withdrawn(sent, dossier="D0001", others=others) == sent._replace(
        dossier="D0005", answered_on=date(2026, 11, 5)
    )
    assert withdrawn(sent, dossier="D0009", others=[]) == sent


def test_chasing_counts_and_knows_the_local_day() -> None:
    evening = datetime(2026, 11, 1, 16, 30, tzinfo=UTC)  # 23:30 in the commune
    once = chased(ROW, now=evening)

    assert once == ROW._replace(chased=1, chased_at=evening)
    assert chased_today(once, now=evening + timedelta(minutes=29), zone=ZONE)
    assert not chased_today(once, now=evening + timedelta(minutes=30), zone=ZONE)
    assert not chased_today(ROW, now=evening, zone=ZONE)


# -- opening ---------------------------------------------------------------------------------------------


def test_opening_asks_the_bodies_and_counts_what_they_have_sent_already() -> None:
    dossiers = [
        ReceivedDossier("D0003", SECOND_VILLAGE, date(2026, 10, 20)),
        ReceivedDossier("D0001", SECOND_VILLAGE, date(2026, 10, 21)),
        ReceivedDossier("D0002", "ubnd", DAY),
    ]
    basis = Basis("T15", "12/HD", DAY)

    rows = opened([], (VILLAGE, SECOND_VILLAGE, VILLAGE), dossiers, asked_on=DAY, basis=basis)

    asked = ROW._replace(guidance="T15", paper="12/HD", paper_on=DAY)
    assert rows == (
        asked,
        asked._replace(
            body=SECOND_VILLAGE, status="received", dossier="D0003", answered_on=date(2026, 10, 20)
        ),
    )


def test_opening_again_gives_another_date_and_keeps_the_answers() -> None:
    standing = [
        nothing(ROW, on=DAY),
        ROW._replace(body=SECOND_VILLAGE, chased=2, chased_at=at("2026-11-03T08:00")),
    ]
    due = date(2026, 11, 20)

    rows = opened(standing, BODIES, [], asked_on=date(2026, 11, 5), due_on=due)

    assert rows == (
        standing[0]._replace(due_on=due),
        standing[1]._replace(due_on=due),
        Expectation(THIRD_VILLAGE, date(2026, 11, 5), due),
    )
    assert opened(rows, BODIES, [], asked_on=date(2026, 11, 9), due_on=due) == ()


# -- rules that must always hold -------------------------------------------------------------------------

days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
refs = st.sampled_from(("D0001", "D0002", "D0003"))
dossiers = st.builds(ReceivedDossier, refs, st.sampled_from(BODIES), days)
steps = st.one_of(
    st.tuples(st.just("received"), refs, days),
    st.tuples(st.just("withdrawn"), refs, st.lists(dossiers, max_size=4)),
    st.tuples(st.just("nothing"), st.none(), days),
    st.tuples(st.just("silent"), st.none(), st.none()),
    st.tuples(st.just("chased"), st.none(), st.datetimes(timezones=st.just(UTC))),
)


def stepped(row: Expectation, step: tuple[str, object, object]) -> Expectation:
    match step:
        case "received", str(ref), date() as on:
            return received(row, dossier=ref, on=on)
        case "withdrawn", str(ref), list(others):
            return withdrawn(row, dossier=ref, others=others)
        case "nothing", _, date() as on:
            return nothing(row, on=on)
        case "chased", _, datetime() as now:
            return chased(row, now=now)
    return silent(row)


@given(st.lists(steps, max_size=12))
def test_whatever_happens_a_row_says_what_its_status_needs_and_no_more(
    happened: list[tuple[str, object, object]],
) -> None:
    row = ROW._replace(due_on=date(2026, 11, 20), guidance="T15", paper="12/HD", paper_on=DAY)
    asked = (row.body, row.asked_on, row.due_on, row.guidance, row.paper, row.paper_on)
    for step in happened:
        before, row = row, stepped(row, step)

        assert (row.status == "received") == (row.dossier is not None)
        assert (row.status == "silent") == (row.answered_on is None)
        assert (row.body, row.asked_on, row.due_on, row.guidance, row.paper, row.paper_on) == asked
        assert row.chased == before.chased + (step[0] == "chased")


@given(
    st.lists(st.sampled_from(BODIES), max_size=5),
    st.lists(dossiers, max_size=5),
    st.one_of(st.none(), days),
    st.one_of(st.none(), st.builds(Basis, st.just("T15"), st.just("12/HD"), days)),
)
def test_opening_twice_is_opening_once(
    bodies: list[str], sent: list[ReceivedDossier], due: date | None, basis: Basis | None
) -> None:
    rows = opened([], bodies, sent, asked_on=DAY, due_on=due, basis=basis)

    assert opened(rows, bodies, sent, asked_on=date(2026, 12, 1), due_on=due, basis=basis) == ()
    assert {row.body for row in rows} == set(bodies)
    assert {row.body for row in rows if row.status == "received"} == set(bodies) & {one.body for one in sent}
