"""Terms: deadlines that a dossier's own course starts, pauses, resumes and ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR, VILLAGE
from tests.workflow.plan_2026 import PLAN
from tests.workflow.shipped import bare_policy, calendar, policy, rules, setting
from tests.workflow.world import World
from workflow.model.calendar import local_date
from workflow.model.decision import DeadlineRow
from workflow.model.definition import TERM_CONDITIONS, DeadlinePolicy, Relative, Span, Term, Text
from workflow.time.terms import CONDITIONS, counted

ZONE = "Asia/Ho_Chi_Minh"


def world_of(now: str, *, policies: tuple[DeadlinePolicy, ...] = ()) -> World:
    """The office with the policy and rule pack that hold terms."""
    newest = policies[0] if policies else policy(2)
    world = World.planned(now="2026-01-20T09:00")
    world.setting = replace(
        setting(), policy=newest, policies=policies or (policy(2), bare_policy()), rules=rules()
    )
    world.tick(now)
    return world


def dues(world: World, ref: str) -> dict[str, date | None]:
    return {term.id: term.due for term in world.item(ref).terms if term.runs}


def pending_rows(world: World, ref: str) -> list[DeadlineRow]:
    return [kept.row for kept in world.rows(ref) if kept.status == "pending" and kept.row.paused_on is None]


def pending(world: World, ref: str) -> list[str]:
    return [row.name for row in pending_rows(world, ref)]


def submitted(world: World, *, title: str = "gk", kind: str = "person") -> str:
    ref = world.opened(title=title)
    world.do(ref, "add", VILLAGE, {"kind": kind, "name": "Nguyễn Thị A"})
    world.do(ref, "submit", VILLAGE)
    return ref


# From the day on which the dossier was complete


def test_ten_working_days_from_friday_20_november_end_on_monday_7_december() -> None:
    world = world_of("2026-11-20T10:00")

    ref = submitted(world)

    assert dues(world, ref) == {"decision": date(2026, 12, 7), "review": date(2026, 12, 2)}
    item = world.item(ref)
    assert (item.due_on, item.due_mark, item.overdue) == (date(2026, 12, 2), "term", False)


def test_a_terms_round_is_spread_like_any_other() -> None:
    world = world_of("2026-11-20T10:00")

    ref = submitted(world)

    rows = [(kept.row.name, local_date(kept.row.at, ZONE).isoformat()) for kept in world.rows(ref)]
    assert [row for row in rows if row[0].startswith("decision.")] == [
        ("decision.reminder-3wd", "2026-12-02"),
        ("decision.reminder-1wd", "2026-12-04"),
        ("decision.due_today", "2026-12-07"),
        ("decision.due", "2026-12-08"),
        ("decision.escalation-1", "2026-12-08"),
        ("decision.overdue", "2026-12-08"),
        ("decision.escalation-5", "2026-12-14"),
        ("decision.escalation-10", "2026-12-21"),
    ]
    assert {kept.row.policy for kept in world.rows(ref)} == {"deadlines/2"}


def test_a_day_of_completeness_in_the_past_counts_from_there() -> None:
    world = world_of("2026-11-25T10:00")
    ref = world.opened()
    world.do(ref, "add", VILLAGE)

    world.do(ref, "submit", OFFICER, {"complete_on": "2026-11-20"})

    assert dues(world, ref)["decision"] == date(2026, 12, 7)


def test_the_decision_about_a_cultured_village_counts_calendar_days() -> None:
    world = world_of("2026-11-05T10:00")

    ref = submitted(world, title="tvh", kind="collective")

    # 15/11 is a Sunday, so the term ends with Monday.
    assert dues(world, ref) == {"decision": date(2026, 11, 16), "review": date(2026, 11, 11)}


def test_titles_without_a_vote_have_no_date_of_the_council() -> None:
    world = world_of("2026-11-02T10:00")

    ref = submitted(world, title="gdvh", kind="household")

    assert set(dues(world, ref)) == {"decision"}


def test_what_the_province_decides_is_to_be_forwarded() -> None:
    world = world_of("2026-11-20T10:00")

    ref = submitted(world, title="bkt")

    assert dues(world, ref) == {"forwarding": date(2026, 12, 7), "review": date(2026, 12, 2)}


def test_a_step_done_ends_its_term_and_leaves_the_others() -> None:
    world = world_of("2026-11-20T10:00")
    ref = submitted(world)

    for event in ("result", "review"):
        world.do(ref, event, SECRETARY)

    assert dues(world, ref) == {"decision": date(2026, 12, 7)}
    assert {row.term for row in pending_rows(world, ref)} == {"decision"}
    assert world.item(ref).due_on == date(2026, 12, 7)


def test_a_closed_dossier_has_no_row_to_come() -> None:
    world = world_of("2026-01-14T10:00")

    ref = world.dossier_in("awarded")

    assert pending(world, ref) == []
    assert {kept.status for kept in world.rows(ref)} == {"cancelled"}


# Pausing


def test_a_returned_dossier_stands_still_and_goes_on_with_the_rest_of_its_days() -> None:
    world = world_of("2026-11-20T10:00")
    ref = submitted(world)
    world.tick("2026-11-26T10:00")  # Mon 23, Wed 25 and Thu 26 are gone; Tue 24 is a holiday
    world.do(ref, "return", SECRETARY)

    paused = world.item(ref).term("decision")
    assert paused is not None
    assert (paused.used, paused.paused_on) == (3, date(2026, 11, 26))
    assert dues(world, ref) == {"supplement": date(2026, 12, 3)}
    world.tick("2026-12-02T09:00")
    world.do(ref, "submit", VILLAGE, {})

    # Seven working days are left.
    assert dues(world, ref) == {"decision": date(2026, 12, 11), "review": date(2026, 12, 8)}


def test_a_dossier_returned_twice_has_used_the_days_of_both_times() -> None:
    world = world_of("2026-11-02T10:00")
    ref = submitted(world)
    for day, event, account in (
        ("2026-11-05T10:00", "return", SECRETARY),
        ("2026-11-09T10:00", "submit", VILLAGE),
        ("2026-11-11T10:00", "return", SECRETARY),
        ("2026-11-13T10:00", "submit", VILLAGE),
    ):
        world.tick(day)
        words = {"missing": "Biên bản", "reason": "Vẫn thiếu"} if event == "return" else {}
        world.do(ref, event, account, words)

    # The 3rd to the 5th and the 10th and 11th are gone: of ten working days five are left from the 13th on.
    assert dues(world, ref)["decision"] == date(2026, 11, 20)
    decision = world.item(ref).term("decision")
    assert decision is not None
    assert (decision.used, decision.since) == (5, date(2026, 11, 13))


def test_what_stands_still_fires_nothing_however_long_it_takes() -> None:
    world = world_of("2026-11-20T10:00")
    ref = submitted(world)
    world.do(ref, "return", SECRETARY)

    world.tick("2027-03-01T09:00")

    fired = {kept.row.term for kept in world.rows(ref) if kept.status == "fired"}
    assert fired == {"supplement"}
    waiting = [kept.row for kept in world.rows(ref) if kept.row.term == "decision"]
    assert {(row.status, row.paused_on) for row in waiting} == {("pending", date(2026, 11, 20))}


def test_a_second_supplement_has_all_its_days_again() -> None:
    world = world_of("2026-11-02T10:00")
    ref = submitted(world)
    for day, event, account in (
        ("2026-11-03T10:00", "return", SECRETARY),
        ("2026-11-05T10:00", "submit", VILLAGE),
        ("2026-11-06T10:00", "return", SECRETARY),
    ):
        world.tick(day)
        words = {"missing": "Biên bản", "reason": "Vẫn thiếu"} if event == "return" else {}
        world.do(ref, event, account, words)

    assert dues(world, ref) == {"supplement": date(2026, 11, 13)}
    supplement = world.item(ref).term("supplement")
    assert supplement is not None
    assert supplement.occurrence == 2


def test_what_was_late_when_it_was_returned_is_late_when_it_comes_back() -> None:
    world = world_of("2026-11-20T10:00")
    ref = submitted(world)
    world.tick("2026-12-10T10:00")
    world.do(ref, "return", SECRETARY)
    assert not world.item(ref).overdue

    world.tick("2026-12-11T10:00")
    world.do(ref, "submit", VILLAGE, {})

    assert world.item(ref).overdue
    assert dues(world, ref)["decision"] == date(2026, 12, 8)


# What is told


def test_the_reader_of_a_terms_reminder_learns_which_term_and_which_dossier() -> None:
    world = world_of("2026-11-20T10:00")
    ref = submitted(world)
    world.tick("2026-12-01T07:00")

    (kept,) = [kept for kept in world.tick("2026-12-01T08:00") if kept.key.ref == ref]

    assert (kept.draft.to, kept.draft.deadline) == (SECRETARY, "review.reminder-1wd")
    assert kept.draft.subject == f"[TĐKT Điềm He] Nhắc việc: {ref}, thời hạn Hội đồng xét 02/12/2026 (thứ Tư)"
    assert (
        f"Đối với hồ sơ đề nghị khen thưởng {ref} của Thôn mẫu số 1 (1 trường hợp): thời hạn Hội đồng xét là "
        "02/12/2026 (thứ Tư), còn 1 ngày làm việc."
    ) in kept.draft.text
    assert "chưa được ấn định" not in kept.draft.text


def test_a_late_decision_climbs_the_ladder_each_once() -> None:
    world = world_of("2026-11-20T10:00")
    ref = submitted(world)
    told = []
    for days in range(14, 40):
        day = date(2026, 11, 20) + timedelta(days=days)
        told += [kept for kept in world.tick(f"{day}T08:30") if kept.key.ref == ref]

    escalated = [(kept.draft.level, kept.draft.to) for kept in told if kept.draft.kind == "escalation"]
    assert escalated == [("head", STANDING_MEMBER), ("vice", VICE_CHAIR), ("chair", CHAIR)]
    assert world.item(ref).overdue


def test_a_late_decision_is_reported_with_the_reminders_of_its_own_term() -> None:
    """On 2, 4, 7 and 8 December; the three of the council's date are not among them."""
    world = world_of("2026-11-20T10:00")
    ref = submitted(world)
    for day in range(1, 8):
        world.tick(f"2026-12-{day:02}T08:30")

    told = [kept.draft for kept in world.tick("2026-12-08T08:30") if kept.key.ref == ref]

    assert [(draft.kind, draft.to) for draft in told] == [
        ("overdue", SECRETARY),
        ("escalation", STANDING_MEMBER),
    ]
    assert "đã nhắc 4 lần." in told[1].text
    item = world.item(ref)
    assert (item.alerts_of("decision").reminded, item.alerts_of("review").reminded) == (4, 3)


def test_one_term_never_speaks_for_another_however_late() -> None:
    world = world_of("2026-11-20T10:00")
    ref = submitted(world)

    told = [kept.draft for kept in world.tick("2026-12-04T08:00") if kept.key.ref == ref]

    assert [(draft.to, draft.deadline) for draft in told] == [
        (SECRETARY, "review.overdue"),
        (SECRETARY, "decision.reminder-1wd"),
    ]
    assert "gộp các mốc đã qua: nhắc việc (01/12/2026); đến hạn (02/12/2026))" in told[0].text
    assert "gộp các mốc đã qua: nhắc việc (02/12/2026))" in told[1].text


def test_the_receipt_names_the_day_by_which_it_is_decided() -> None:
    world = world_of("2026-11-20T10:00")

    submitted(world)

    (kept,) = [kept for kept in world.store.notices if kept.draft.kind == "received"]
    assert "Dự kiến có kết quả chậm nhất ngày 07/12/2026 (thứ Hai)." in kept.draft.text


def test_a_return_names_the_day_of_the_supplement() -> None:
    world = world_of("2026-11-20T10:00")
    ref = submitted(world)

    world.do(ref, "return", SECRETARY)

    (kept,) = [kept for kept in world.store.notices if kept.draft.kind == "returned"]
    assert kept.draft.subject.endswith(f"hồ sơ {ref} chậm nhất ngày 30/11/2026 (thứ Hai)")


# Policies


def test_a_new_policy_leaves_what_runs_and_holds_for_what_begins() -> None:
    world = world_of("2026-11-20T10:00")
    running_one = submitted(world)
    longer = tuple(
        replace(term, within=Span(20, "wd")) if term.id == "decision" else term for term in policy(2).terms
    )
    third = replace(policy(2), version=3, terms=longer)
    world.setting = replace(world.setting, policy=third, policies=(third, policy(2)))

    for event in ("result", "review"):
        world.do(running_one, event, SECRETARY)
    beginning = submitted(world)

    assert dues(world, running_one) == {"decision": date(2026, 12, 7)}
    assert dues(world, beginning)["decision"] == date(2026, 12, 21)


def test_a_returned_term_is_resumed_by_the_policy_that_it_began_under() -> None:
    world = world_of("2026-11-20T10:00")
    ref = submitted(world)
    world.do(ref, "return", SECRETARY)
    without = replace(policy(2), version=3, terms=())
    world.setting = replace(world.setting, policy=without, policies=(without, policy(2)))

    world.do(ref, "submit", VILLAGE, {})

    assert dues(world, ref)["decision"] == date(2026, 12, 7)


def test_a_dossier_that_was_handed_in_before_there_were_terms_stays_without() -> None:
    world = World.planned(now="2026-11-20T10:00")
    ref = submitted(world)

    assert world.item(ref).terms == ()
    assert world.rows(ref) == []


LABEL = Text("Thời hạn trình", "To be submitted")


@pytest.mark.parametrize(
    ("term", "due"),
    [
        (Term("x", "plan_task", LABEL, ("drafted",), fixed=(3, 8)), date(2026, 3, 6)),
        (Term("x", "plan_task", LABEL, ("drafted",), fixed=(2, 29)), date(2026, 2, 27)),
        (Term("x", "plan_task", LABEL, ("drafted",), quarter="II"), date(2026, 6, 30)),
        (Term("x", "plan_task", LABEL, ("drafted",), month=5), date(2026, 5, 29)),
        (Term("x", "plan_task", LABEL, ("drafted",), within=Span(3, "wd")), date(2026, 1, 23)),
        (Term("x", "plan_task", LABEL, ("drafted",), within=Span(4, "cd")), date(2026, 1, 26)),
        (
            Term("x", "plan_task", LABEL, ("drafted",), relative=Relative(("due",), "before", Span(5, "wd"))),
            date(2026, 3, 24),
        ),
        (
            Term("x", "plan_task", LABEL, ("drafted",), relative=Relative(("due",), "after", Span(4, "cd"))),
            date(2026, 4, 6),
        ),
    ],
)
def test_every_kind_of_date_can_be_a_tasks_term(term: Term, due: date) -> None:
    mine = replace(policy(2), version=9, terms=(term,))
    world = World(now=World.planned().now, setting=replace(setting(), policy=mine, policies=(mine,)))

    world.import_plan(PLAN)

    assert dues(world, "T01") == {"x": due}
    item = world.item("T01")
    assert (item.due_on, item.due_mark) == (date(2026, 3, 31), "derived")


def test_a_relative_term_follows_its_tasks_date_and_what_fired_of_the_date_stays() -> None:
    term = Term("x", "plan_task", LABEL, ("drafted",), relative=Relative(("due",), "before", Span(5, "wd")))
    mine = replace(policy(2), version=9, terms=(term,))
    world = World(now=World.planned().now, setting=replace(setting(), policy=mine, policies=(mine,)))

    world.import_plan(PLAN)
    world.do("T01", "set_deadline", OFFICER, {"date": "2026-02-27", "source": "CV 5"})

    assert dues(world, "T01") == {"x": date(2026, 2, 13)}
    rows = pending_rows(world, "T01")
    assert {row.name for row in rows if row.term is None} >= {"due", "overdue"}
    assert {row.name for row in rows if row.term == "x"} >= {"x.due", "x.overdue"}


def test_the_shipped_conditions_are_those_of_the_definition() -> None:
    assert tuple(CONDITIONS) == TERM_CONDITIONS


# What always holds


@given(
    days=st.integers(0, 300),
    span=st.builds(Span, st.integers(1, 60), st.sampled_from(["wd", "cd"])),
    used=st.integers(0, 20),
)
def test_days_that_went_by_are_never_given_again(days: int, span: Span, used: int) -> None:
    since = date(2026, 1, 1) + timedelta(days=days)
    used = min(used, span.days)

    whole = counted(span, since=since, used=0, calendar=calendar())
    rest = counted(span, since=since, used=used, calendar=calendar())

    assert since <= rest <= whole
    if span.unit == "wd":
        assert calendar().working_days_between(since, rest) == span.days - used


MOVES = st.sampled_from(
    [
        ("submit", VILLAGE),
        ("return", SECRETARY),
        ("result", SECRETARY),
        ("review", SECRETARY),
        ("approve", CHAIR),
        ("award", OFFICER),
        ("withdraw", VILLAGE),
        ("reject", CHAIR),
    ]
)


@given(life=st.lists(st.tuples(st.integers(0, 12), MOVES), max_size=12), title=st.sampled_from(["gk", "bkt"]))
def test_whatever_a_dossiers_life_its_rows_are_balanced_and_fire_once(
    life: list[tuple[int, tuple[str, str]]], title: str
) -> None:
    world = world_of("2026-06-01T09:00")
    ref = world.opened(title=title)
    world.do(ref, "add", VILLAGE)
    day = date(2026, 6, 1)
    for step, (event, account) in life:
        day += timedelta(days=step)
        world.tick(f"{day}T09:00")
        words = {**world.words(ref, event), "reason": "x"} if event == "return" else world.words(ref, event)
        world.attempt(ref, event, account, words)
        _holds(world, ref)
    world.tick("2027-06-01T09:00")
    _holds(world, ref)


def _holds(world: World, ref: str) -> None:
    item, rows = world.item(ref), world.rows(ref)
    entries = [kept.entry for kept in world.store.entries if kept.key == world.key(ref)]
    fired = [(entry.inputs["row"], entry.inputs["occurrence"]) for entry in entries if "row" in entry.inputs]
    assert len(fired) == len(set(fired))
    assert sorted(fired) == sorted(
        (kept.row.name, kept.row.occurrence) for kept in rows if kept.status == "fired"
    )
    open_ones = {(kept.row.term, kept.row.occurrence): kept.row for kept in rows if kept.status == "pending"}
    terms = {term.id: term for term in item.terms}
    for (id, occurrence), row in open_ones.items():
        term = terms[str(id)]
        assert (term.occurrence, term.due, term.paused_on) == (occurrence, row.due_date, row.paused_on)
    if item.closed_on is not None:
        assert open_ones == {}
