"""Terms: deadlines that a dossier's own course starts, pauses, resumes and ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.council import COUNCIL
from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR, VILLAGE
from tests.workflow.plan_2026 import PLAN
from tests.workflow.shipped import bare_policy, calendar, pausing, policy, rules, setting
from tests.workflow.world import TITLES, USUAL, World
from workflow.model.calendar import local_date
from workflow.model.decision import DeadlineRow
from workflow.model.definition import TERM_CONDITIONS, DeadlinePolicy, Relative, Span, Term, Text
from workflow.model.dossiers import Dossier
from workflow.services.advance import Tried
from workflow.time.terms import CONDITIONS, counted

ZONE = "Asia/Ho_Chi_Minh"


PAUSING = pausing(policy(), 2)


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


def today(world: World) -> str:
    return world.setting.at(world.now).today.isoformat()


def submitted(world: World, *, title: str = "gk", type: str | None = USUAL, ground: str | None = None) -> str:
    ref = world.opened(title=title, type=type, ground=ground)
    for event in ("add", "submit"):
        world.do(ref, event, VILLAGE, {**world.words(ref, event), **KINDS.get((title, event), {})})
    return ref


KINDS = {("tvh", "add"): {"kind": "collective"}}


def accepted(world: World, *, title: str = "gk", type: str | None = USUAL, ground: str | None = None) -> str:
    """A dossier handed in and found complete today."""
    ref = submitted(world, title=title, type=type, ground=ground)
    world.do(ref, "accept", OFFICER, {**world.words(ref, "accept"), "complete_on": today(world)})
    return ref


def goes(world: World, ref: str, *steps: tuple[str, str]) -> None:
    world.go(ref, *steps)


CONFIRMED = (("appraise", OFFICER), ("confirm", STANDING_MEMBER))
REVIEWED = (*CONFIRMED, (COUNCIL, SECRETARY))


def returned(world: World, ref: str, *, until: str) -> None:
    world.do(ref, "return", SECRETARY, {"missing": "Biên bản", "until": until, "reason": "Vẫn thiếu"})


# From the day on which the file was full


def test_ten_working_days_from_friday_20_november_end_on_monday_7_december() -> None:
    world = world_of("2026-11-20T10:00")

    ref = accepted(world)

    assert dues(world, ref) == {"decision": date(2026, 12, 7), "review": date(2026, 12, 2)}
    item = world.item(ref)
    assert (item.due_on, item.due_mark, item.overdue) == (date(2026, 12, 2), "term", False)


def test_what_was_not_found_complete_yet_is_to_be_checked_and_has_no_other_date() -> None:
    world = world_of("2026-11-20T10:00")

    ref = submitted(world)

    # Tue 24 is a holiday.
    checked = date(2026, 11, 26)
    assert (dues(world, ref), world.item(ref).due_on) == ({"check": checked}, checked)
    rows = [(kept.row.name, local_date(kept.row.at, ZONE).isoformat()) for kept in world.rows(ref)]
    assert rows == [
        ("check.reminder-1wd", "2026-11-25"),
        ("check.due_today", "2026-11-26"),
        ("check.due", "2026-11-27"),
        ("check.overdue", "2026-11-27"),
    ]


def test_what_is_found_complete_need_not_be_checked_any_more() -> None:
    world = world_of("2026-11-20T10:00")

    ref = accepted(world)

    assert "check" not in dues(world, ref)
    assert [row for row in pending_rows(world, ref) if row.term == "check"] == []


def test_a_terms_round_is_spread_like_any_other() -> None:
    world = world_of("2026-11-20T10:00")

    ref = accepted(world)

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
    world = world_of("2026-11-20T10:00")
    ref = submitted(world)
    world.tick("2026-11-25T10:00")

    world.do(ref, "accept", OFFICER, {"complete_on": "2026-11-20", "original": "seen", "seen": "all"})

    assert dues(world, ref)["decision"] == date(2026, 12, 7)


def test_a_cultured_village_is_decided_within_ten_calendar_days_of_its_publication() -> None:
    world = world_of("2026-11-02T10:00")
    ref = accepted(world, title="tvh")
    goes(world, ref, *REVIEWED)
    world.do(ref, "publish", OFFICER, {"from": "2026-11-02", "place": "Nhà văn hóa thôn"})
    before = dues(world, ref)
    world.tick("2026-11-13T10:00")

    world.do(ref, "publish_end", OFFICER, {"remarks": "0"})

    assert before == {}
    assert dues(world, ref) == {"decision": date(2026, 11, 23)}


def test_a_villages_file_is_full_on_no_day_of_its_publication() -> None:
    world = world_of("2026-11-02T10:00")
    ref = accepted(world, title="tvh")
    goes(world, ref, *REVIEWED)
    world.do(ref, "publish", OFFICER, {"from": "2026-11-02", "place": "Nhà văn hóa thôn"})
    world.tick("2026-11-17T10:00")

    early = world.attempt(ref, "publish_end", OFFICER, {"remarks": "0", "full_on": "2026-11-12"})
    world.do(ref, "publish_end", OFFICER, {"remarks": "0", "full_on": "2026-11-13"})

    assert isinstance(early, Tried)
    assert [reason.rule for reason in early.refused.reasons] == ["publication_runs"]
    assert dues(world, ref) == {"decision": date(2026, 11, 23)}


def test_a_term_ends_with_an_acceptance_that_is_taken_back_and_begins_anew() -> None:
    world = world_of("2026-11-20T10:00")
    ref = accepted(world)
    world.tick("2026-11-23T10:00")

    world.do(ref, "unaccept", OFFICER, {"reason": "Nhầm ngày"})
    between = dues(world, ref)
    world.do(ref, "accept", OFFICER, {"complete_on": "2026-11-23", "original": "seen", "seen": "all"})

    assert set(between) == {"check"}
    assert dues(world, ref)["decision"] == date(2026, 12, 8)


def test_a_cultured_family_is_decided_within_ten_calendar_days_of_its_full_file() -> None:
    world = world_of("2026-11-12T10:00")

    ref = accepted(world, title="gdvh")

    # The tenth day is a Sunday, so that the term ends with Monday; no council has a date.
    assert dues(world, ref) == {"decision": date(2026, 11, 23)}


def test_titles_without_a_vote_have_no_date_of_the_council() -> None:
    world = world_of("2026-11-02T10:00")

    title, type, ground = TITLES["simplified"]
    ref = accepted(world, title=title, type=type, ground=ground)

    assert set(dues(world, ref)) == {"decision"}


def test_what_the_province_decides_is_to_be_forwarded() -> None:
    world = world_of("2026-11-20T10:00")

    ref = accepted(world, title="bkt")

    assert dues(world, ref) == {"forwarding": date(2026, 12, 7), "review": date(2026, 12, 2)}


def test_a_step_done_ends_its_term_and_leaves_the_others() -> None:
    world = world_of("2026-11-20T10:00")
    ref = accepted(world)
    goes(world, ref, *CONFIRMED)
    before = dues(world, ref)

    world.council(ref)

    assert before == {"decision": date(2026, 12, 7), "review": date(2026, 12, 2)}
    assert dues(world, ref) == {"decision": date(2026, 12, 7)}
    assert {row.term for row in pending_rows(world, ref)} == {"decision"}
    assert world.item(ref).due_on == date(2026, 12, 7)


def test_a_closed_dossier_has_no_row_to_come() -> None:
    world = world_of("2026-01-20T10:00")

    ref = world.dossier_in("awarded")

    assert pending(world, ref) == []
    assert {kept.status for kept in world.rows(ref)} == {"cancelled"}


def test_a_dossier_of_an_older_machine_counts_from_its_day_of_completeness() -> None:
    """That machine knew no other day, and its dossiers begin the terms of a newer policy all the same."""
    world = world_of("2026-11-20T10:00")
    ref = submitted(world)
    key, item = world.key(ref), world.item(ref)
    complete = replace(Dossier.of(item), complete_on=date(2026, 11, 20), full_on=None)
    world.store.items[key] = item._replace(details=complete)

    world.do(ref, "hold", OFFICER)

    assert dues(world, ref) == {"decision": date(2026, 12, 7), "review": date(2026, 12, 2)}


# Returned, which is possible only before the dossier was found complete


def test_returned_twice_the_term_to_decide_begins_in_full_length_once_it_is_complete() -> None:
    world = world_of("2026-11-02T10:00")
    ref = submitted(world)
    seen = []
    for day, until in (("2026-11-05", "2026-11-10"), ("2026-11-11", "2026-11-16")):
        world.tick(f"{day}T10:00")
        returned(world, ref, until=until)
        seen.append(dues(world, ref))
        world.tick(f"{until}T10:00")
        world.do(ref, "submit", VILLAGE, {})
        seen.append(dues(world, ref))

    world.do(ref, "accept", OFFICER, {"complete_on": "2026-11-16", "original": "seen", "seen": "all"})

    assert seen == [
        {"supplement": date(2026, 11, 10)},
        {"check": date(2026, 11, 13)},
        {"supplement": date(2026, 11, 16)},
        {"check": date(2026, 11, 19)},
    ]
    assert Dossier.of(world.item(ref)).received_on == date(2026, 11, 2)
    decision = world.item(ref).term("decision")
    assert decision is not None
    # The holiday of 24 November is no working day.
    assert (decision.since, decision.due) == (date(2026, 11, 16), date(2026, 12, 1))
    assert (decision.used, decision.occurrence) == (0, 1)


def test_what_is_complete_is_returned_no_more() -> None:
    world = world_of("2026-11-20T10:00")
    ref = accepted(world)

    answer = world.attempt(ref, "return", SECRETARY, {"missing": "Biên bản", "until": "2026-11-27"})

    assert isinstance(answer, Tried)
    assert [reason.rule for reason in answer.refused.reasons] == ["already_complete"]
    assert dues(world, ref)["decision"] == date(2026, 12, 7)


def test_a_supplement_ends_on_the_day_that_was_given_though_it_is_a_day_off() -> None:
    world = world_of("2026-11-02T10:00")
    ref = submitted(world)

    returned(world, ref, until="2026-11-14")

    assert dues(world, ref) == {"supplement": date(2026, 11, 14)}
    item = world.item(ref)
    assert (item.due_on, item.overdue) == (date(2026, 11, 14), False)


def test_a_second_supplement_has_its_own_day() -> None:
    world = world_of("2026-11-02T10:00")
    ref = submitted(world)
    returned(world, ref, until="2026-11-10")
    world.do(ref, "submit", VILLAGE, {})

    returned(world, ref, until="2026-11-20")

    supplement = world.item(ref).term("supplement")
    assert supplement is not None
    assert (supplement.due, supplement.occurrence) == (date(2026, 11, 20), 2)
    assert {row.due_date for row in pending_rows(world, ref)} == {date(2026, 11, 20)}


def test_while_it_is_supplemented_its_lines_are_edited_and_its_day_stays() -> None:
    world = world_of("2026-11-02T10:00")
    ref = submitted(world)
    returned(world, ref, until="2026-11-10")
    rows = world.rows(ref)

    world.do(ref, "edit", VILLAGE)

    assert dues(world, ref) == {"supplement": date(2026, 11, 10)}
    assert world.rows(ref) == rows


def test_considered_as_it_is_the_term_to_decide_begins_that_day() -> None:
    world = world_of("2026-11-16T10:00")
    ref = submitted(world)
    returned(world, ref, until="2026-11-19")
    world.tick("2026-11-20T10:00")

    world.do(ref, "consider_as_is", OFFICER)

    dossier = Dossier.of(world.item(ref))
    assert (dossier.received_on, dossier.complete_on) == (date(2026, 11, 16), date(2026, 11, 20))
    assert dues(world, ref) == {"decision": date(2026, 12, 7), "review": date(2026, 12, 2)}


# Pausing, as policies that offices have stored ask for it


def test_a_returned_dossier_stands_still_and_goes_on_with_the_rest_of_its_days() -> None:
    world = world_of("2026-11-20T10:00", policies=(PAUSING,))
    ref = submitted(world)
    world.tick("2026-11-26T10:00")  # Mon 23, Wed 25 and Thu 26 are gone; Tue 24 is a holiday
    returned(world, ref, until="2026-12-03")

    paused = world.item(ref).term("decision")
    assert paused is not None
    assert (paused.used, paused.paused_on) == (3, date(2026, 11, 26))
    assert dues(world, ref) == {"supplement": date(2026, 12, 3)}
    world.tick("2026-12-02T09:00")
    world.do(ref, "submit", VILLAGE, {})

    # Seven working days are left, counted from the day on which it came back.
    assert dues(world, ref) == {**RESUMED, "check": date(2026, 12, 7)}


RESUMED = {"decision": date(2026, 12, 11), "review": date(2026, 12, 8)}


def test_what_was_resumed_keeps_its_date_whatever_else_happens() -> None:
    world = world_of("2026-11-20T10:00", policies=(PAUSING,))
    ref = submitted(world)
    world.tick("2026-11-26T10:00")
    returned(world, ref, until="2026-12-03")
    world.tick("2026-12-02T09:00")
    world.do(ref, "submit", VILLAGE, {})

    world.do(ref, "accept", OFFICER, {"complete_on": "2026-12-02", "original": "seen", "seen": "all"})

    assert dues(world, ref) == RESUMED


def test_a_dossier_returned_twice_has_used_the_days_of_both_times() -> None:
    world = world_of("2026-11-02T10:00", policies=(PAUSING,))
    ref = submitted(world)
    for day, until in (("2026-11-05", "2026-11-09"), ("2026-11-11", "2026-11-13")):
        world.tick(f"{day}T10:00")
        returned(world, ref, until=until)
        world.tick(f"{until}T10:00")
        world.do(ref, "submit", VILLAGE, {})

    # The 3rd to the 5th and the 10th and 11th are gone: of ten working days five are left from the 13th on.
    assert dues(world, ref)["decision"] == date(2026, 11, 20)
    decision = world.item(ref).term("decision")
    assert decision is not None
    assert (decision.used, decision.since) == (5, date(2026, 11, 13))


def test_what_stands_still_fires_nothing_however_long_it_takes() -> None:
    world = world_of("2026-11-20T10:00", policies=(PAUSING,))
    ref = submitted(world)
    returned(world, ref, until="2026-11-27")

    world.tick("2027-03-01T09:00")

    fired = {kept.row.term for kept in world.rows(ref) if kept.status == "fired"}
    assert fired == {"supplement"}
    waiting = [kept.row for kept in world.rows(ref) if kept.row.term == "decision"]
    assert {(row.status, row.paused_on) for row in waiting} == {("pending", date(2026, 11, 20))}


def test_a_second_supplement_has_all_its_days_again() -> None:
    world = world_of("2026-11-03T10:00", policies=(PAUSING,))
    ref = submitted(world)
    returned(world, ref, until="2026-11-10")
    world.tick("2026-11-05T10:00")
    world.do(ref, "submit", VILLAGE, {})
    world.tick("2026-11-06T10:00")

    returned(world, ref, until="2026-11-20")

    assert dues(world, ref) == {"supplement": date(2026, 11, 13)}
    supplement = world.item(ref).term("supplement")
    assert supplement is not None
    assert supplement.occurrence == 2


def test_what_was_late_when_it_was_returned_is_late_when_it_comes_back() -> None:
    world = world_of("2026-11-20T10:00", policies=(PAUSING,))
    ref = submitted(world)
    world.tick("2026-12-10T10:00")
    returned(world, ref, until="2026-12-17")
    assert not world.item(ref).overdue

    world.tick("2026-12-11T10:00")
    world.do(ref, "submit", VILLAGE, {})

    assert world.item(ref).overdue
    assert dues(world, ref)["decision"] == date(2026, 12, 8)


# What is told


def test_the_reader_of_a_terms_reminder_learns_which_term_and_which_dossier() -> None:
    world = world_of("2026-11-20T10:00")
    ref = accepted(world)
    goes(world, ref, *CONFIRMED)
    world.tick("2026-12-01T07:00")

    (kept,) = [kept for kept in world.tick("2026-12-01T08:00") if kept.key.ref == ref]

    assert (kept.draft.to, kept.draft.deadline) == (SECRETARY, "review.reminder-1wd")
    assert kept.draft.subject == f"[TĐKT Điềm He] Nhắc việc: {ref}, thời hạn Hội đồng xét 02/12/2026 (thứ Tư)"
    assert (
        f"Đối với hồ sơ đề nghị khen thưởng {ref} của Thôn mẫu số 1 (1 trường hợp): thời hạn Hội đồng xét là "
        "02/12/2026 (thứ Tư), còn 1 ngày làm việc."
    ) in kept.draft.text
    assert "chưa được ấn định" not in kept.draft.text


def test_a_body_is_reminded_of_the_day_that_it_was_given() -> None:
    world = world_of("2026-11-16T10:00")
    ref = submitted(world)
    returned(world, ref, until="2026-11-20")

    (kept,) = [kept for kept in world.tick("2026-11-19T08:00") if kept.key.ref == ref]

    assert (kept.draft.to, kept.draft.deadline) == (VILLAGE, "supplement.reminder-1wd")
    assert "20/11/2026 (thứ Sáu)" in kept.draft.text


def test_a_late_decision_climbs_the_ladder_each_once() -> None:
    world = world_of("2026-11-20T10:00")
    ref = accepted(world)
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
    ref = accepted(world)
    goes(world, ref, *CONFIRMED)
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
    ref = accepted(world)
    goes(world, ref, *CONFIRMED)

    told = [kept.draft for kept in world.tick("2026-12-04T08:00") if kept.key.ref == ref]

    assert [(draft.to, draft.deadline) for draft in told] == [
        (SECRETARY, "review.overdue"),
        (SECRETARY, "decision.reminder-1wd"),
    ]
    assert "gộp các mốc đã qua: nhắc việc (01/12/2026); đến hạn (02/12/2026))" in told[0].text
    assert "gộp các mốc đã qua: nhắc việc (02/12/2026))" in told[1].text


def test_who_is_told_of_completeness_learns_the_day_by_which_it_is_decided() -> None:
    world = world_of("2026-11-20T10:00")

    accepted(world)

    told = {kept.draft.kind: kept.draft.text for kept in world.store.notices}
    assert (
        "đã đủ thành phần từ ngày 20/11/2026. Dự kiến có kết quả chậm nhất ngày 07/12/2026 (thứ Hai)."
        in told["accepted"]
    )
    assert "Dự kiến" not in told["received"]


def test_a_return_names_the_day_of_the_supplement() -> None:
    world = world_of("2026-11-20T10:00")
    ref = submitted(world)

    returned(world, ref, until="2026-11-30")

    (kept,) = [kept for kept in world.store.notices if kept.draft.kind == "returned"]
    assert kept.draft.subject.endswith(f"hồ sơ {ref} chậm nhất ngày 30/11/2026 (thứ Hai)")


# Policies


def test_a_new_policy_leaves_what_runs_and_holds_for_what_begins() -> None:
    world = world_of("2026-11-20T10:00")
    running_one = accepted(world)
    longer = tuple(
        replace(term, within=Span(20, "wd")) if term.id == "decision" else term for term in policy(2).terms
    )
    third = replace(policy(2), version=3, terms=longer)
    world.setting = replace(world.setting, policy=third, policies=(third, policy(2)))

    goes(world, running_one, *REVIEWED)
    beginning = accepted(world)

    assert dues(world, running_one) == {"decision": date(2026, 12, 7)}
    assert dues(world, beginning)["decision"] == date(2026, 12, 21)


def test_a_returned_term_is_resumed_by_the_policy_that_it_began_under() -> None:
    world = world_of("2026-11-20T10:00", policies=(PAUSING,))
    ref = submitted(world)
    returned(world, ref, until="2026-11-27")
    without = replace(policy(2), version=3, terms=())
    world.setting = replace(world.setting, policy=without, policies=(without, PAUSING))

    world.do(ref, "submit", VILLAGE, {})

    assert dues(world, ref)["decision"] == date(2026, 12, 7)


def test_a_dossier_that_was_complete_before_there_were_terms_stays_without() -> None:
    world = World.planned(now="2026-11-20T10:00")
    ref = accepted(world)

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
        ("accept", OFFICER),
        ("return", SECRETARY),
        ("consider_as_is", OFFICER),
        ("appraise", OFFICER),
        ("confirm", STANDING_MEMBER),
        ("send_back", SECRETARY),
        (COUNCIL, SECRETARY),
        ("approve", CHAIR),
        ("award", OFFICER),
        ("forward", OFFICER),
        ("withdraw", VILLAGE),
        ("reject", CHAIR),
    ]
)


@given(
    life=st.lists(st.tuples(st.integers(0, 12), MOVES), max_size=16),
    title=st.sampled_from(["gk", "bkt", "tvh"]),
    under=st.sampled_from([policy(2), PAUSING]),
)
def test_whatever_a_dossiers_life_its_rows_are_balanced_and_fire_once(
    life: list[tuple[int, tuple[str, str]]], title: str, under: DeadlinePolicy
) -> None:
    world = world_of("2026-06-01T09:00", policies=(under,))
    ref = submitted(world, title=title)
    day = date(2026, 6, 1)
    for step, (event, account) in life:
        day += timedelta(days=step)
        world.tick(f"{day}T09:00")
        if event == COUNCIL:
            if world.item(ref).state == "appraised":
                world.council(ref)
            continue
        if event == "return" and world.item(ref).state == "submitted":
            words = {"missing": "x", "reason": "y", "until": str(day + timedelta(days=3))}
        else:
            own = {"complete_on": str(day)} if event == "accept" else {}
            words = {**world.words(ref, event), **own}
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
