"""Award decisions from draft to issue and after, with the dossiers of their lines (flows.md §4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.people import (
    ACCOUNTANT,
    CHAIR,
    OFFICER,
    RECORDS_CLERK,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)
from tests.workflow.desk_of_decisions import NUMBERED, ON_ITS_WAY, SIGNED, TO_TRINH, Desk
from tests.workflow.memory_unit import memory_unit
from tests.workflow.shipped import bare_policy, machine, policy
from tests.workflow.world import refused, rules_of
from workflow.engine.explaining import explain
from workflow.model.corrections import as_stands
from workflow.model.decision import Decision
from workflow.model.dossiers import Dossier
from workflow.model.facts import Facts
from workflow.model.wording import date_with_weekday_vi
from workflow.rules.decision_lines import DECISIONS


@pytest.fixture
def desk() -> Desk:
    return Desk.planned()


def outcomes(desk: Desk, ref: str) -> list[str]:
    return [line.outcome for line in Dossier.of(desk.item(ref)).nominees]


# -- the way --------------------------------------------------------------------------------------------


def test_a_decision_awards_the_lines_of_many_dossiers(desk: Desk) -> None:
    first, second = desk.reviewed(2), desk.reviewed(1)

    ref = desk.decision(f"{first}/2", f"{second}/1", f"{first}/1", until="issue")

    decision = desk.details(ref)
    assert [(line.no, line.ref, line.amount) for line in decision.lines] == [
        (1, f"{first}/1", 710_000),
        (2, f"{first}/2", 710_000),
        (3, f"{second}/1", 710_000),
    ]
    assert (decision.number, decision.total, decision.signature) == ("112/QĐ-UBND", 2_130_000, "CHỦ TỊCH")
    assert [desk.item(each).state for each in (first, second, ref)] == ["awarded", "awarded", "issued"]
    assert outcomes(desk, first) == ["awarded_here", "awarded_here"]
    entries = [each.entry for each in desk.store.entries if each.key == desk.key(second)]
    assert [(entry.event, entry.actor, entry.inputs["cause"]) for entry in entries[-3:]] == [
        ("to_sign", "system", ref),
        ("approve_signed", "system", ref),
        ("award", "system", ref),
    ]


def test_a_dossier_is_awarded_with_the_last_of_its_decisions(desk: Desk) -> None:
    dossier = desk.reviewed(2)

    desk.decision(f"{dossier}/1", until="issue")
    assert (desk.item(dossier).state, outcomes(desk, dossier)) == ("reviewed", ["awarded_here", "pending"])

    second = desk.decision(f"{dossier}/2")
    for event, account, said in ON_ITS_WAY[:-1]:
        desk.do(second, event, account, said)
    desk.do(second, "issue", RECORDS_CLERK, {**NUMBERED, "decision_number": "113/QĐ-UBND"})
    assert (desk.item(dossier).state, outcomes(desk, dossier)) == ("awarded", ["awarded_here"] * 2)


def test_whoever_must_act_on_a_decision_follows_its_way(desk: Desk) -> None:
    ref = desk.decision(f"{desk.reviewed()}/1")

    met = [desk.item(ref).owners]
    for event, account, said in ON_ITS_WAY:
        desk.do(ref, event, account, said)
        met.append(desk.item(ref).owners)

    assert met == [(ACCOUNTANT,), (OFFICER,), (CHAIR,), (RECORDS_CLERK,), ()]


def test_the_accountant_is_told_what_is_left_and_the_signer_until_when(desk: Desk) -> None:
    with_terms = policy(2)
    desk.setting = replace(desk.setting, policy=with_terms, policies=(with_terms, bare_policy()))
    dossier = desk.reviewed()
    until = min(term.due for term in desk.item(dossier).terms if term.runs and term.due)

    desk.decision(f"{dossier}/1", until="submit")
    desk.store.funds[2026] = 12_000_000
    desk.decision(f"{desk.reviewed()}/1")

    first, second = (kept.draft for kept in desk.store.notices if kept.draft.kind == "to_funds")
    assert (first.to, "quỹ còn lại chưa được ghi." in first.text) == (ACCOUNTANT, True)
    assert "quỹ còn 12.000.000 đồng." in second.text
    (signing,) = [kept.draft for kept in desk.store.notices if kept.draft.kind == "to_sign"]
    assert (signing.to, f"Thời hạn: {date_with_weekday_vi(until)}" in signing.text) == (CHAIR, True)


# -- what may be in it ----------------------------------------------------------------------------------


def test_a_line_that_failed_the_vote_is_told_with_its_votes(desk: Desk) -> None:
    dossier = desk.opened(title="cstdcs")
    desk.do(dossier, "add", VILLAGE, {"kind": "person", "name": "Người thứ 1", "linked": "none"})
    desk.appraised(dossier)
    desk.council(dossier, {1: {"for": "7", "against": "2"}})

    reasons = refused(desk.drafted(f"{dossier}/1", title="cstdcs", type="", period="2026"))

    assert [reason.rule for reason in reasons] == ["line_failed"]
    assert {name: reasons[0].operands[name] for name in ("k", "m", "n")} == {"k": 7, "m": 9, "n": 8}


def test_what_another_level_decides_is_no_line_of_it(desk: Desk) -> None:
    dossier = desk.reviewed(title="bkt")

    assert rules_of(desk.drafted(f"{dossier}/1")) == ["authority"]
    assert rules_of(desk.drafted(title="bkt")) == ["authority"]


def test_a_line_is_in_one_open_decision_at_a_time(desk: Desk) -> None:
    dossier = desk.reviewed(2)
    first = desk.decision(f"{dossier}/1")

    assert rules_of(desk.drafted(f"{dossier}/1")) == ["in_decision"]
    assert rules_of(desk.attempt(first, "add", OFFICER, {"lines": f"{dossier}/1"})) == ["listed_already"]

    desk.do(first, "drop", OFFICER, {"reason": "Lập lại"})
    assert isinstance(desk.drafted(f"{dossier}/1"), Decision)


@pytest.mark.parametrize(
    ("words", "rule"),
    [({"title": "ldtt", "type": ""}, "another_title"), ({"period": "2025"}, "another_period")],
)
def test_a_decision_has_one_title_and_one_period(desk: Desk, words: dict[str, str], rule: str) -> None:
    assert rules_of(desk.drafted(f"{desk.reviewed()}/1", **words)) == [rule]


def test_what_is_not_reviewed_or_not_there_is_no_line(desk: Desk) -> None:
    submitted = desk.dossier_in("submitted")

    assert rules_of(desk.drafted(f"{submitted}/1")) == ["not_appraised_line"]
    assert rules_of(desk.drafted(f"{submitted}/7")) == ["no_such_line"]
    assert rules_of(desk.drafted("D0099/1")) == ["no_such_line"]


def test_a_held_line_is_not_put_before_the_signer(desk: Desk) -> None:
    dossier = desk.reviewed(2)
    desk.do(dossier, "hold", OFFICER, {"nominee": "2", "source": "Đơn"})

    assert rules_of(desk.drafted(f"{dossier}/1-2")) == ["line_held"]

    desk.decision(f"{dossier}/1")
    held = desk.attempt(dossier, "hold", OFFICER, {"nominee": "1", "source": "Đơn"})
    assert rules_of(held) == ["kept_by_decision"]


def test_what_is_withdrawn_leaves_the_draft_that_lists_it(desk: Desk) -> None:
    first, second = desk.reviewed(2), desk.reviewed(1)
    ref, other = desk.decision(f"{first}/1-2", f"{second}/1"), desk.decision(f"{desk.reviewed()}/1")

    desk.do(first, "withdraw_line", VILLAGE)
    desk.do(second, "withdraw", VILLAGE)

    assert [(line.no, line.ref) for line in desk.details(ref).lines] == [(1, f"{first}/2")]
    assert len(desk.details(other).lines) == 1
    (last,) = [each.entry for each in desk.store.entries if each.key == desk.key(ref)][-1:]
    assert (last.event, last.actor, last.inputs["cause"]) == ("lines_out", "system", second)
    for event, account, said in ON_ITS_WAY:
        desk.do(ref, event, account, said)
    assert outcomes(desk, first) == ["withdrawn", "awarded_here"]


def test_what_is_put_before_the_signer_is_not_withdrawn(desk: Desk) -> None:
    dossier = desk.reviewed(2)
    desk.decision(f"{dossier}/1-2", until="submit")

    assert rules_of(
        desk.attempt(dossier, "withdraw_line", VILLAGE, desk.words(dossier, "withdraw_line"))
    ) == ["kept_by_decision"]


def test_a_line_can_be_withdrawn_until_the_last_is_before_the_signer(desk: Desk) -> None:
    """Asked of the dossier, before a line is named."""
    dossier = desk.reviewed(2)
    drafts = [desk.decision(f"{dossier}/{no}", until="submit") for no in (1, 2)]

    def against(event: str, *decisions: str) -> list[str]:
        beside = {DECISIONS: tuple(desk.item(ref) for ref in decisions)}
        facts = Facts(desk.item(dossier), beside=beside)
        asked = explain(machine("nomination_dossier"), event, facts=facts, case=desk.case(OFFICER))
        return [reason.rule for reason in asked.reasons]

    assert against("withdraw_line", drafts[0]) == []
    assert against("withdraw_line", *drafts) == ["kept_by_decision"]
    assert against("withdraw", drafts[0]) == ["kept_by_decision"]


# -- who does what --------------------------------------------------------------------------------------


def test_nobody_signs_the_own_line(desk: Desk) -> None:
    dossier = desk.reviewed(2, accounts={1: CHAIR})

    (reason,) = refused(desk.drafted(f"{dossier}/1-2"))
    assert (reason.rule, reason.who_can) == ("split_decision", (VICE_CHAIR,))

    ref = desk.decision(f"{dossier}/1", signer=VICE_CHAIR, until="sign")
    assert desk.details(ref).signature == "KT. CHỦ TỊCH"


def test_who_signs_for_the_chair_names_the_paper_that_assigns_it(desk: Desk) -> None:
    ref = desk.decision(f"{desk.reviewed()}/1", signer=VICE_CHAIR, until="submit")

    assert rules_of(desk.attempt(ref, "sign", VICE_CHAIR, SIGNED)) == ["assignment"]
    paper = {"assignment_number": "09/PC-UBND", "assignment_date": "2026-01-05"}
    desk.do(ref, "sign", VICE_CHAIR, {**SIGNED, **paper})


def test_money_is_confirmed_before_the_signature(desk: Desk) -> None:
    ref = desk.decision(f"{desk.reviewed()}/1")

    assert rules_of(desk.attempt(ref, "submit", OFFICER, TO_TRINH)) == ["funds"]
    assert rules_of(desk.attempt(ref, "confirm_funds", OFFICER)) == ["role", "drafted_by_oneself"]


def test_a_line_that_is_added_has_the_money_confirmed_anew(desk: Desk) -> None:
    dossier = desk.reviewed(2)
    ref = desk.decision(f"{dossier}/1", until="confirm_funds")

    desk.do(ref, "add", OFFICER, {"lines": f"{dossier}/2"})

    assert desk.details(ref).funds_by is None


def test_whoever_drafted_it_neither_signs_nor_records_the_signature(desk: Desk) -> None:
    ref = desk.decision(f"{desk.reviewed()}/1", until="submit")

    assert rules_of(desk.attempt(ref, "sign", OFFICER, SIGNED)) == ["role", "drafted_by_oneself"]


def test_households_that_get_no_money_need_no_accountant(desk: Desk) -> None:
    dossier = desk.dossier_in("reviewed", path="appraisal")
    made = desk.drafted(f"{dossier}/1", title="gdvh", type="cong_trang")
    assert rules_of(made) == ["another_period"]  # a title has no type

    assert rules_of(desk.attempt(_household(desk, dossier), "confirm_funds", ACCOUNTANT)) == ["nothing_paid"]


def _household(desk: Desk, dossier: str) -> str:
    answer = desk.drafted(f"{dossier}/1", title="gdvh", type="")
    assert isinstance(answer, Decision), answer
    return answer.item.key.ref


# -- dates and numbers ----------------------------------------------------------------------------------


def test_the_signature_follows_the_to_trinh_and_the_issue_the_signature(desk: Desk) -> None:
    ref = desk.decision(f"{desk.reviewed()}/1", until="submit")

    early = desk.attempt(ref, "sign", CHAIR, {**SIGNED, "signed_on": "2026-01-19"})
    assert rules_of(early) == ["before_to_trinh"]
    desk.do(ref, "sign", CHAIR, SIGNED)
    before = desk.attempt(ref, "issue", RECORDS_CLERK, {**NUMBERED, "decision_date": "2026-01-19"})
    assert rules_of(before) == ["before_signing"]


def test_a_number_is_one_decision_in_its_year(desk: Desk) -> None:
    desk.decision(f"{desk.reviewed()}/1", until="issue")
    second = desk.decision(f"{desk.reviewed()}/1", until="sign")

    taken = desk.attempt(second, "issue", RECORDS_CLERK, {**NUMBERED, "decision_number": "112/qd-ubnd"})

    assert rules_of(taken) == ["number_taken"]


def test_a_higher_number_with_an_earlier_date_is_asked_and_gaps_are_not(desk: Desk) -> None:
    first, second = (desk.decision(f"{desk.reviewed()}/1", until="sign") for _ in range(2))
    desk.tick("2026-01-22T09:00")
    desk.do(first, "issue", RECORDS_CLERK, {"decision_number": "112/QĐ-UBND", "decision_date": "2026-01-21"})

    earlier = {"decision_number": "140/QĐ-UBND", "decision_date": "2026-01-20"}
    asked = desk.attempt(second, "issue", RECORDS_CLERK, earlier, confirmed=False)
    gap = {"decision_number": "140/QĐ-UBND", "decision_date": "2026-01-21"}

    assert rules_of(asked) == ["number_order"]
    assert isinstance(desk.attempt(second, "issue", RECORDS_CLERK, gap, confirmed=False), Decision)


def test_an_issue_later_than_the_next_working_day_is_asked(desk: Desk) -> None:
    ref = desk.decision(f"{desk.reviewed()}/1", until="sign")
    desk.tick("2026-01-23T09:00")

    late = {**NUMBERED, "decision_date": "2026-01-23"}

    assert rules_of(desk.attempt(ref, "issue", RECORDS_CLERK, late, confirmed=False)) == ["issued_late"]


def test_another_base_salary_is_printed_and_signed_anew() -> None:
    desk = Desk.planned(now="2026-06-30T09:00")
    dossier = _reviewed_in_june(desk)
    ref = desk.decision(f"{dossier}/1")
    desk.do(ref, "confirm_funds", ACCOUNTANT)
    desk.do(ref, "submit", OFFICER, {**TO_TRINH, "paper_date": "2026-06-30"})
    desk.do(ref, "sign", CHAIR, {**SIGNED, "signed_on": "2026-06-30"})
    desk.tick("2026-07-01T09:00")
    july = {**NUMBERED, "decision_date": "2026-07-01"}

    assert rules_of(desk.attempt(ref, "issue", RECORDS_CLERK, july)) == ["base_salary"]

    desk.do(ref, "unsign", RECORDS_CLERK, {"reason": "In lại"})
    desk.do(ref, "submit", OFFICER, {**TO_TRINH, "paper_date": "2026-07-01"})
    desk.do(ref, "sign", CHAIR, {**SIGNED, "signed_on": "2026-07-01"})
    desk.do(ref, "issue", RECORDS_CLERK, july)
    assert desk.details(ref).total == 760_000


def test_a_draft_for_a_later_day_is_printed_by_the_base_salary_of_that_day() -> None:
    desk = Desk.planned(now="2026-06-30T09:00")
    ref = desk.decision(f"{_reviewed_in_june(desk)}/1", until="confirm_funds")

    said = {**TO_TRINH, "paper_date": "2026-06-30", "for_date": "2026-07-01"}
    answer = desk.attempt(ref, "submit", OFFICER, said)

    assert isinstance(answer, Decision)
    assert desk.details(ref).salary == 2_530_000


def _reviewed_in_june(desk: Desk, title: str = "gk") -> str:
    ref = desk.opened(title=title)
    desk.do(ref, "add", VILLAGE, {"kind": "person", "name": "Người thứ 1", "linked": "none"})
    june = {"paper_number": "01/TTr", "paper_date": "2026-06-29"}
    desk.do(ref, "submit", VILLAGE, june)
    desk.do(ref, "accept", OFFICER, {"complete_on": "2026-06-30", "original": "seen", "seen": "all"})
    desk.do(ref, "appraise", OFFICER)
    desk.do(ref, "confirm", STANDING_MEMBER)
    desk.council(ref)
    return ref


# -- what the signer does not agree to ------------------------------------------------------------------


def test_a_line_that_the_signer_drops_is_not_awarded_and_the_rest_goes_on(desk: Desk) -> None:
    dossier = desk.reviewed(2)
    ref = desk.decision(f"{dossier}/1-2", until="submit")

    desk.do(ref, "drop_line", CHAIR, {"lines": f"{dossier}/2", "reason": "Trùng thành tích"})
    desk.do(ref, "sign", RECORDS_CLERK, SIGNED)
    desk.do(ref, "issue", RECORDS_CLERK, NUMBERED)

    assert (desk.item(dossier).state, outcomes(desk, dossier)) == ("awarded", ["awarded_here", "not_awarded"])
    assert [line.state for line in desk.details(ref).lines] == ["in", "dropped"]
    assert desk.details(ref).total == 710_000
    kinds = {kept.draft.kind for kept in desk.store.notices if kept.draft.to == VILLAGE}
    assert {"decision_issued", "not_awarded"} <= kinds


def test_a_signer_who_agrees_to_no_line_ends_the_decision(desk: Desk) -> None:
    dossier = desk.reviewed(1)
    ref = desk.decision(f"{dossier}/1", until="submit")

    desk.do(ref, "drop_line", CHAIR, {"lines": f"{dossier}/1", "reason": "Trùng thành tích"})

    assert (desk.item(ref).state, desk.item(dossier).state) == ("dropped", "rejected")


def test_a_returned_draft_is_put_before_the_signer_again(desk: Desk) -> None:
    ref = desk.decision(f"{desk.reviewed()}/1", until="submit")

    desk.do(ref, "return", CHAIR, {"reason": "Sai căn cứ"})

    assert (desk.item(ref).state, desk.details(ref).salary) == ("drafted", None)
    for event, account, said in ON_ITS_WAY[1:]:
        desk.do(ref, event, account, said)


# -- after the issue ------------------------------------------------------------------------------------


def test_an_issued_list_is_not_edited(desk: Desk) -> None:
    dossier = desk.reviewed(2)
    ref = desk.decision(f"{dossier}/1", until="issue")

    for event in ("add", "remove"):
        assert "state" in rules_of(desk.attempt(ref, event, OFFICER, {"lines": f"{dossier}/2"}))


def test_a_rectification_marks_the_decision_and_changes_no_line(desk: Desk) -> None:
    ref = desk.decision(f"{desk.reviewed()}/1", until="issue")
    lines = desk.details(ref).lines

    said = {
        "paper_number": "210/UBND-VHXH",
        "paper_date": "2026-01-20",
        "signer": CHAIR,
        "what": "Thiếu căn cứ",
    }
    desk.do(ref, "rectify", OFFICER, said)

    assert desk.item(ref).state == "issued"
    assert desk.details(ref).lines == lines
    assert desk.details(ref).markers == {"rectified": {"van_ban": "210/UBND-VHXH ngày 20/01/2026"}}
    assert {"rectified"} <= {kept.draft.kind for kept in desk.store.notices if kept.draft.to == VILLAGE}


def test_an_amendment_keeps_the_old_line_and_pays_nothing_twice(desk: Desk) -> None:
    dossier = desk.reviewed(2)
    first = desk.decision(f"{dossier}/1-2", until="issue")

    second = desk.decision(f"{dossier}/2", kind="amend", changes=first)
    assert rules_of(desk.attempt(second, "submit", OFFICER, TO_TRINH)) == ["nothing_amended"]
    desk.do(second, "restate", OFFICER, {"lines": f"{dossier}/2", "name": "Người thứ Hai"})
    for event, account, said in ON_ITS_WAY[1:-1]:
        desk.do(second, event, account, said)
    desk.do(second, "issue", RECORDS_CLERK, {**NUMBERED, "decision_number": "118/QĐ-UBND"})

    old, new = desk.details(first), desk.details(second)
    assert [line.state for line in old.lines] == ["in", "replaced"]
    assert [(line.ref, line.amount) for line in new.lines] == [(f"{dossier}/2", 710_000)]
    assert (old.total, desk.item(first).state) == (710_000, "issued")
    assert old.markers == {"amended": {"van_ban": "118/QĐ-UBND ngày 20/01/2026"}}
    assert outcomes(desk, dossier) == ["awarded_here", "awarded_here"]
    with_names = _names(desk, dossier)
    assert with_names == {1: "Người thứ 1", 2: "Người thứ Hai"}


def _names(desk: Desk, ref: str) -> dict[int, str]:
    texts = [text for kept in desk.store.entries if kept.key == desk.key(ref) for text in kept.entry.texts]
    return {text.nominee: text.value for text in texts if text.field == "name" and text.nominee}


def test_a_replacement_has_every_line_of_what_it_replaces(desk: Desk) -> None:
    dossier = desk.reviewed(2)
    first = desk.decision(f"{dossier}/1-2", until="issue")
    second = desk.decision(f"{dossier}/1", kind="replace", changes=first)
    desk.do(second, "restate", OFFICER, {"lines": f"{dossier}/1", "name": "Người thứ Nhất"})

    assert rules_of(desk.attempt(second, "submit", OFFICER, TO_TRINH)) == ["not_all_replaced"]


def test_an_annulment_takes_one_of_the_four_grounds(desk: Desk) -> None:
    dossier = desk.reviewed(1)
    ref = desk.decision(f"{dossier}/1", until="issue")

    wrong = desk.drafted(f"{dossier}/1", kind="revoke", changes=ref, ground="other_fault")

    assert rules_of(wrong) == ["ground"]


def test_a_line_is_annulled_once_the_council_was_told(desk: Desk) -> None:
    dossier = desk.reviewed(2)
    first = desk.decision(f"{dossier}/1-2", until="issue")
    second = desk.decision(f"{dossier}/2", kind="revoke", changes=first)

    assert rules_of(desk.attempt(second, "submit", OFFICER, TO_TRINH)) == ["file_not_full"]
    desk.do(second, "complete_file", OFFICER, {"told_on": "2026-01-20", "full_on": "2026-01-20"})
    for event, account, said in ON_ITS_WAY[1:-1]:
        desk.do(second, event, account, said)
    desk.do(second, "issue", RECORDS_CLERK, {**NUMBERED, "decision_number": "140/QĐ-UBND"})

    assert (desk.item(first).state, desk.item(dossier).state) == ("issued", "awarded")
    assert [line.state for line in desk.details(first).lines] == ["in", "revoked"]
    assert outcomes(desk, dossier) == ["awarded_here", "revoked"]
    assert desk.details(first).markers == {"partly_revoked": {"van_ban": "140/QĐ-UBND ngày 20/01/2026"}}


def test_a_decision_without_a_line_in_force_is_annulled(desk: Desk) -> None:
    dossier = desk.reviewed(1)
    first = desk.decision(f"{dossier}/1", until="issue")
    second = desk.decision(f"{dossier}/1", kind="revoke", changes=first)
    desk.do(second, "complete_file", OFFICER, {"told_on": "2026-01-20", "full_on": "2026-01-20"})
    for event, account, said in ON_ITS_WAY[1:-1]:
        desk.do(second, event, account, said)
    desk.do(second, "issue", RECORDS_CLERK, {**NUMBERED, "decision_number": "140/QĐ-UBND"})

    assert (desk.item(first).state, desk.item(dossier).state) == ("revoked", "revoked")


def test_a_corrected_number_is_agreed_by_the_records_clerk(desk: Desk) -> None:
    ref = desk.decision(f"{desk.reviewed()}/1", until="sign")
    desk.do(ref, "issue", RECORDS_CLERK, {**NUMBERED, "decision_number": "121/QĐ-UBND"})

    desk.do(ref, "propose_correction", OFFICER, {"decision_number": "112/QĐ-UBND", "reason": "Ghi nhầm"})
    assert "role" in rules_of(desk.attempt(ref, "agree_correction", STANDING_MEMBER))
    desk.do(ref, "agree_correction", RECORDS_CLERK)

    assert (desk.details(ref).number, desk.item(ref).state) == ("112/QĐ-UBND", "issued")


def corrected(desk: Desk, ref: str, **said: str) -> None:
    desk.do(ref, "propose_correction", OFFICER, {**said, "reason": "Ghi nhầm"})
    desk.do(ref, "agree_correction", RECORDS_CLERK)


def standing(desk: Desk, ref: str, event: str) -> dict[str, object]:
    """The inputs of the newest such event of an item, as they stand after corrections."""
    with memory_unit(desk.store, now=desk.now) as unit:
        found = [each for each in as_stands(unit.recorded(desk.key(ref))) if each.event == event]
    return dict(found[-1].inputs)


def test_a_corrected_paper_is_followed_by_all_its_dossiers_their_records_and_who_was_told(
    desk: Desk,
) -> None:
    first, second = desk.reviewed(2), desk.reviewed(1)
    other = desk.decision(f"{first}/2", until="sign")
    ref = desk.decision(f"{first}/1", f"{second}/1", until="issue")
    desk.do(other, "issue", RECORDS_CLERK, {**NUMBERED, "decision_number": "113/QĐ-UBND"})
    desk.tick("2026-01-21T09:00")

    corrected(desk, ref, decision_number="121/QĐ-UBND", decision_date="2026-01-21")
    corrected(desk, ref, decision_number="211/QĐ-UBND")

    assert (desk.details(ref).number, str(desk.details(ref).issued_on)) == ("211/QĐ-UBND", "2026-01-21")
    found = {
        (each.source.ref, each.source.line): each for each in desk.store.achievements.values() if each.source
    }
    assert {place: (each.decision, str(each.dated)) for place, each in found.items()} == {
        (first, 1): ("211/QĐ-UBND", "2026-01-21"),
        (first, 2): ("113/QĐ-UBND", "2026-01-20"),
        (second, 1): ("211/QĐ-UBND", "2026-01-21"),
    }
    assert str(desk.item(second).closed_on) == "2026-01-21"
    assert standing(desk, second, "award")["decision_number"] == "211/QĐ-UBND"
    told = [
        kept.draft
        for kept in desk.store.notices
        if kept.draft.kind == "corrected" and kept.draft.to == VILLAGE
    ]
    assert any(f"số quyết định của {second} trước đây thông báo là" in draft.text for draft in told)


def test_a_number_is_corrected_where_the_decision_is_kept(desk: Desk) -> None:
    dossier = desk.dossier_in("awarded")

    for said in ({"decision_number": "121/QĐ-UBND"}, {"signer": VICE_CHAIR}):
        answer = desk.attempt(dossier, "propose_correction", OFFICER, {**said, "reason": "Ghi nhầm"})
        assert rules_of(answer) == ["corrected_on_decision"]

    corrected(desk, "Q01", decision_number="121/QĐ-UBND")
    assert standing(desk, dossier, "award")["decision_number"] == "121/QĐ-UBND"


def test_a_corrected_number_is_no_other_decisions(desk: Desk) -> None:
    ref = desk.decision(f"{desk.reviewed()}/1", until="issue")
    other = desk.decision(f"{desk.reviewed()}/1", until="sign")
    desk.do(other, "issue", RECORDS_CLERK, {**NUMBERED, "decision_number": "113/QĐ-UBND"})

    taken = {"decision_number": "113/QĐ-UBND", "reason": "Ghi nhầm"}

    assert rules_of(desk.attempt(ref, "propose_correction", OFFICER, taken)) == ["number_taken"]


def test_a_corrected_signer_neither_drafted_it_nor_stands_in_it(desk: Desk) -> None:
    dossier = desk.reviewed(1, accounts={1: VICE_CHAIR})
    barred, ref = (desk.decision(f"{each}/1", until="submit") for each in (dossier, desk.reviewed()))
    said = {"signer": VICE_CHAIR, "reason": "Ghi nhầm"}

    assert rules_of(desk.attempt(ref, "propose_correction", OFFICER, said)) == ["not_signed_yet"]
    for each in (barred, ref):
        desk.do(each, "sign", RECORDS_CLERK, SIGNED)
    assert rules_of(desk.attempt(barred, "propose_correction", OFFICER, said)) == ["own_line"]
    wrong = {**said, "signer": ACCOUNTANT}
    assert rules_of(desk.attempt(ref, "propose_correction", OFFICER, wrong)) == ["signer"]

    corrected(desk, ref, signer=VICE_CHAIR)

    assert (desk.details(ref).signer, desk.details(ref).signature) == (VICE_CHAIR, "KT. CHỦ TỊCH")


def test_a_corrected_signer_approved_only_what_the_signature_approved(desk: Desk) -> None:
    first, second = desk.reviewed(2), desk.reviewed(1)
    lines = f"{first}/1", f"{first}/2", f"{second}/1"
    desk.do(first, "hold", OFFICER, {"nominee": "2", "source": "Đơn"})
    desk.do(first, "approve", CHAIR, {"paper_number": "06/TTr-HĐTĐKT", "paper_date": "2026-01-20"})
    desk.do(first, "release", OFFICER, {"nominee": "2", "finding": "cleared", "reason": "Không có"})
    ref = desk.decision(*lines, until="issue")

    corrected(desk, ref, signer=VICE_CHAIR)

    approved = [line.approved for each in (first, second) for line in Dossier.of(desk.item(each)).nominees]
    assert approved == [CHAIR, VICE_CHAIR, VICE_CHAIR]
    assert standing(desk, first, "approve_signed")["signer"] == VICE_CHAIR


def test_a_corrected_date_of_another_base_salary_waits_for_the_accountant() -> None:
    desk = Desk.planned(now="2026-06-30T09:00")
    ref = _issued_in_june(desk, _reviewed_in_june(desk))
    desk.tick("2026-07-01T09:00")
    assert rules_of(desk.attempt(ref, "confirm_funds", ACCOUNTANT)) == ["sums_stand"]

    said = {"decision_date": "2026-07-01", "reason": "Ghi nhầm ngày"}
    asked = desk.attempt(ref, "propose_correction", OFFICER, said)
    assert isinstance(asked, Decision)
    assert [(each.rule, each.operands["gia_tri"]) for each in asked.warnings] == [("sums_anew", "760.000")]
    (waits,) = refused(desk.attempt(ref, "agree_correction", RECORDS_CLERK))
    assert (waits.rule, waits.who_can) == ("sums_not_agreed", (ACCOUNTANT,))
    assert desk.details(ref).total == 710_000

    desk.do(ref, "confirm_funds", ACCOUNTANT)
    desk.do(ref, "agree_correction", RECORDS_CLERK)

    assert (desk.details(ref).total, desk.details(ref).salary) == (760_000, 2_530_000)
    assert str(desk.details(ref).issued_on) == "2026-07-01"


def _issued_in_june(
    desk: Desk, dossier: str, number: str = "112/QĐ-UBND", on: str = "2026-06-30", **of: str
) -> str:
    ref = desk.decision(f"{dossier}/1", until="confirm_funds", **of)
    desk.do(ref, "submit", OFFICER, {**TO_TRINH, "paper_date": on})
    desk.do(ref, "sign", CHAIR, {**SIGNED, "signed_on": on})
    desk.do(ref, "issue", RECORDS_CLERK, {"decision_number": number, "decision_date": on})
    return ref


def test_a_corrected_date_takes_nothing_off_for_a_later_title_that_took_this_one_off() -> None:
    desk = Desk.planned(now="2026-06-30T09:00")
    both = {title: _reviewed_in_june(desk, title) for title in ("ldtt", "cstdcs")}
    lower = _issued_in_june(desk, both["ldtt"], title="ldtt", type="")
    desk.tick("2026-07-01T09:00")
    of = {"title": "cstdcs", "type": ""}
    higher = _issued_in_june(desk, both["cstdcs"], "113/QĐ-UBND", "2026-07-01", **of)
    (paid,) = desk.details(higher).lines
    assert (paid.higher, paid.amount) == (f"{both['ldtt']}/1", 2_530_000 - 710_000)

    said = {"decision_date": "2026-07-01", "reason": "Ghi nhầm ngày"}
    desk.do(lower, "propose_correction", OFFICER, said)
    desk.do(lower, "confirm_funds", ACCOUNTANT)
    desk.do(lower, "agree_correction", RECORDS_CLERK)

    (line,) = desk.details(lower).lines
    assert (line.full, line.amount, line.higher) == (760_000, 760_000, None)


@pytest.mark.parametrize("kind", ["replace", "revoke"])
def test_a_corrected_date_of_a_decision_that_pays_nothing_any_more_needs_no_accountant(kind: str) -> None:
    desk = Desk.planned(now="2026-06-30T09:00")
    dossier = _reviewed_in_june(desk)
    first = _issued_in_june(desk, dossier)
    second = desk.decision(f"{dossier}/1", kind=kind, changes=first)
    if kind == "revoke":
        desk.do(second, "complete_file", OFFICER, {"told_on": "2026-06-30", "full_on": "2026-06-30"})
    else:
        desk.do(second, "restate", OFFICER, {"lines": f"{dossier}/1", "name": "Người thứ Nhất"})
    desk.tick("2026-07-02T09:00")
    on = "2026-07-02"
    desk.do(second, "submit", OFFICER, {**TO_TRINH, "paper_date": on})
    desk.do(second, "sign", CHAIR, {**SIGNED, "signed_on": on})
    desk.do(second, "issue", RECORDS_CLERK, {"decision_number": "120/QĐ-UBND", "decision_date": on})

    said = {"decision_date": on, "reason": "Ghi nhầm ngày"}
    asked = desk.attempt(first, "propose_correction", OFFICER, said)
    assert isinstance(asked, Decision)
    assert "sums_anew" not in [each.rule for each in asked.warnings]
    assert rules_of(desk.attempt(first, "confirm_funds", ACCOUNTANT))
    desk.do(first, "agree_correction", RECORDS_CLERK)

    assert (str(desk.details(first).issued_on), desk.details(first).total) == (on, 0)


def test_a_corrected_date_of_the_same_base_salary_needs_no_accountant(desk: Desk) -> None:
    ref = desk.decision(f"{desk.reviewed()}/1", until="issue")
    desk.tick("2026-01-21T09:00")

    corrected(desk, ref, decision_date="2026-01-21")

    assert (str(desk.details(ref).issued_on), desk.details(ref).total) == ("2026-01-21", 710_000)


def test_a_corrected_date_lies_between_the_signature_and_the_papers_about_the_decision(desk: Desk) -> None:
    ref = desk.decision(f"{desk.reviewed()}/1", until="issue")
    letter = {"paper_number": "210/UBND-VHXH", "paper_date": "2026-01-21", "signer": CHAIR, "what": "Sai dấu"}
    desk.tick("2026-01-22T09:00")
    desk.do(ref, "rectify", OFFICER, letter)

    for day, rule in (("2026-01-19", "before_signing"), ("2026-01-22", "date_order")):
        said = {"decision_date": day, "reason": "Ghi nhầm"}
        assert rules_of(desk.attempt(ref, "propose_correction", OFFICER, said)) == [rule]
    corrected(desk, ref, decision_date="2026-01-21")
    assert str(desk.details(ref).issued_on) == "2026-01-21"


def test_a_corrected_annulment_is_followed_by_what_it_annulled(desk: Desk) -> None:
    dossier = desk.dossier_in("revoked")

    corrected(desk, "Q02", decision_number="140/QĐ-UBND")

    assert desk.details("Q01").markers == {"revoked": {"van_ban": "140/QĐ-UBND ngày 20/01/2026"}}
    assert [each.revoked_by for each in desk.store.achievements.values()] == ["140/QĐ-UBND"]
    assert standing(desk, dossier, "annul")["decision_number"] == "140/QĐ-UBND"
    again = {"decision_number": "115/QĐ-UBND", "reason": "Ghi nhầm"}
    desk.do("Q01", "propose_correction", OFFICER, again)  # its own number, not that of what annulled it
    desk.do("Q01", "agree_correction", RECORDS_CLERK)
    assert [each.decision for each in desk.store.achievements.values()] == ["115/QĐ-UBND"]


def test_what_restates_a_line_keeps_a_letters_number_and_follows_a_decisions(desk: Desk) -> None:
    dossier = desk.reviewed(2)
    first = desk.decision(f"{dossier}/1-2", until="issue")
    letter = {"paper_number": "210/UBND-VHXH", "paper_date": "2026-01-20", "signer": CHAIR, "what": "Sai dấu"}
    desk.do(first, "rectify", OFFICER, {**letter, "lines": f"{dossier}/1", "name": "Người thử 1"})

    corrected(desk, first, of="submit", paper_number="10/TTr-HĐTĐKT")

    assert standing(desk, dossier, "approve_signed")["paper_number"] == "10/TTr-HĐTĐKT"
    assert standing(desk, dossier, "restate")["paper_number"] == "210/UBND-VHXH"
    second = desk.decision(f"{dossier}/2", kind="amend", changes=first)
    desk.do(second, "restate", OFFICER, {"lines": f"{dossier}/2", "name": "Người thứ Hai"})
    for event, account, said in ON_ITS_WAY[1:-1]:
        desk.do(second, event, account, said)
    desk.do(second, "issue", RECORDS_CLERK, {**NUMBERED, "decision_number": "118/QĐ-UBND"})
    for number in ("130/QĐ-UBND", "131/QĐ-UBND"):
        corrected(desk, second, of="issue", decision_number=number)
        assert standing(desk, dossier, "restate")["decision_number"] == number
    corrected(desk, second, of="submit", paper_number="11/TTr-HĐTĐKT")
    assert "paper_number" not in standing(desk, dossier, "restate")


def test_a_letter_puts_tone_marks_right_and_nothing_else(desk: Desk) -> None:
    dossier = desk.reviewed(1)
    ref = desk.decision(f"{dossier}/1", until="issue")
    letter = {"paper_number": "210/UBND-VHXH", "paper_date": "2026-01-20", "signer": CHAIR, "what": "Sai dấu"}
    line = {**letter, "lines": f"{dossier}/1"}

    assert rules_of(desk.attempt(ref, "rectify", OFFICER, {**line, "name": "Người thứ Nhất"})) == [
        "amend_instead"
    ]
    assert rules_of(desk.attempt(ref, "rectify", OFFICER, {**letter, "name": "Người thử 1"})) == [
        "one_line_at_a_time"
    ]
    desk.do(ref, "rectify", OFFICER, {**line, "name": "Người thử 1"})

    assert _names(desk, dossier) == {1: "Người thử 1"}
    assert [each.name for each in desk.store.achievements.values()] == ["Người thử 1"]


def test_a_certificate_is_printed_anew_with_the_standing_member(desk: Desk) -> None:
    dossier = desk.reviewed(1)
    ref = desk.decision(f"{dossier}/1", until="issue")

    said = {"lines": f"{dossier}/1", "why": "lost", "paper_date": "2026-01-20"}
    desk.do(ref, "reissue", STANDING_MEMBER, said)

    assert [line.reprints for line in desk.details(ref).lines] == [1]


def fighter(desk: Desk) -> tuple[str, str]:
    """Somebody with two titles of one year: the dossiers of the lower one and of the one that needs it."""
    found = []
    for number, title in ((112, "ldtt"), (113, "cstdcs")):
        dossier = desk.reviewed(title=title)
        ref = desk.decision(f"{dossier}/1", title=title, type="", until="sign")
        desk.do(ref, "issue", RECORDS_CLERK, {**NUMBERED, "decision_number": f"{number}/QĐ-UBND"})
        found.append(dossier)
    return found[0], found[1]


def annulled(desk: Desk, dossier: str) -> Decision:
    """The issue of what annuls its award, up to which everything is done."""
    desk.annulled(dossier, until="sign")
    newest = max(key.ref for key in desk.store.items if key.ref.startswith("Q"))
    answer = desk.attempt(newest, "issue", RECORDS_CLERK, {**NUMBERED, "decision_number": "140/QĐ-UBND"})
    assert isinstance(answer, Decision), answer
    return answer


def test_a_later_title_that_rests_on_an_annulled_one_is_flagged_and_not_changed(desk: Desk) -> None:
    lower, higher = fighter(desk)

    answer = annulled(desk, lower)

    assert [(each.rule, each.operands["so"]) for each in answer.warnings] == [("resting", f"{higher}/1")]
    assert (outcomes(desk, lower), outcomes(desk, higher)) == (["revoked"], ["awarded_here"])
    told = [kept.draft for kept in desk.store.notices if kept.draft.kind == "lines_resting"]
    assert [(draft.to, f"{higher}/1" in draft.text) for draft in told] == [(STANDING_MEMBER, True)]


def test_a_title_of_the_same_list_rests_on_the_annulled_one_too(desk: Desk) -> None:
    dossier = desk.opened(title="ldtt")
    for title in ("ldtt", "cstdcs"):
        said = {"kind": "person", "name": "Người thứ 1", "title": title, "linked": "none"}
        desk.do(dossier, "add", VILLAGE, said)
    desk.appraised(dossier)
    desk.council(dossier)
    for number, title in ((1, "ldtt"), (2, "cstdcs")):
        ref = desk.decision(f"{dossier}/{number}", title=title, type="", until="sign")
        desk.do(ref, "issue", RECORDS_CLERK, {**NUMBERED, "decision_number": f"{111 + number}/QĐ-UBND"})

    answer = annulled(desk, dossier)

    assert [each.operands["so"] for each in answer.warnings] == [f"{dossier}/2"]
    assert outcomes(desk, dossier) == ["revoked", "awarded_here"]


def test_a_title_on_which_nothing_rests_is_annulled_without_a_word(desk: Desk) -> None:
    _lower, higher = fighter(desk)

    answer = annulled(desk, higher)

    assert answer.warnings == ()
    assert not [kept for kept in desk.store.notices if kept.draft.kind == "lines_resting"]


# -- the short way --------------------------------------------------------------------------------------


def test_the_award_of_one_dossier_makes_the_decision_behind_it(desk: Desk) -> None:
    dossier = desk.dossier_in("awarded")

    decision = desk.details("Q01")
    assert desk.item("Q01").state == "issued"
    assert (decision.kind, decision.number, decision.signer) == ("implicit", "112/QĐ-UBND", CHAIR)
    assert (decision.drafted_by, decision.funds_by) == (OFFICER, ACCOUNTANT)
    assert [(line.ref, line.amount) for line in decision.lines] == [(f"{dossier}/1", 710_000)]


def test_a_further_dossier_of_the_same_paper_joins_its_decision(desk: Desk) -> None:
    first, second = desk.dossier_in("awarded"), desk.dossier_in("awarded")

    assert [line.ref for line in desk.details("Q01").lines] == [f"{first}/1", f"{second}/1"]
    assert desk.details("Q01").total == 1_420_000


def test_the_short_way_has_a_decisions_guards(desk: Desk) -> None:
    desk.decision(f"{desk.reviewed()}/1", until="issue")
    dossier = desk.dossier_in("approved")
    words = desk.words(dossier, "award")

    without = {name: word for name, word in words.items() if name != "funds_by"}
    assert rules_of(desk.attempt(dossier, "award", OFFICER, without)) == ["funds", "number_taken"]


def test_an_award_before_every_known_base_salary_is_refused_in_one_sentence(desk: Desk) -> None:
    dossier = desk.dossier_in("approved")
    words = {**desk.words(dossier, "award"), "decision_date": "2020-01-20"}

    assert rules_of(desk.attempt(dossier, "award", OFFICER, words)) == ["salary_unknown"]


def test_several_titles_are_several_decisions(desk: Desk) -> None:
    dossier = desk.opened(title="ldtt")
    for title in ("ldtt", "cstdcs"):
        said = {"kind": "person", "name": "Người thứ 1", "title": title, "linked": "none"}
        desk.do(dossier, "add", VILLAGE, said)
    desk.appraised(dossier)
    desk.council(dossier)
    desk.do(dossier, "approve", CHAIR)
    words = desk.words(dossier, "award")

    assert rules_of(desk.attempt(dossier, "award", OFFICER, words)) == ["several_titles"]
    desk.do(dossier, "award", OFFICER, {**words, "nominee": "1"})
    desk.do(dossier, "award", OFFICER, {**words, "nominee": "2", "decision_number": "113/QĐ-UBND"})

    advanced, fighter = desk.details("Q01").lines[0], desk.details("Q02").lines[0]
    assert (advanced.full, advanced.amount) == (710_000, 710_000)  # it was paid before the higher one came
    assert (fighter.full, fighter.amount, fighter.note_title) == (2_340_000, 1_630_000, "ldtt")


def test_what_a_decision_awarded_is_annulled_by_another_one(desk: Desk) -> None:
    first, second = desk.dossier_in("awarded"), desk.dossier_in("awarded")

    assert rules_of(desk.attempt(first, "revoke", CHAIR, desk.words(first, "revoke"))) == [
        "annulled_on_decision"
    ]
    desk.annulled(first)

    assert [(line.ref, line.state) for line in desk.details("Q01").lines] == [
        (f"{first}/1", "revoked"),
        (f"{second}/1", "in"),
    ]
    assert (desk.details("Q01").total, desk.item("Q01").state) == (710_000, "issued")
