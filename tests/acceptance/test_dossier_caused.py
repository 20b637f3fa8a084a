"""What a session of the council and decisions on awards do to the dossiers that they are about, from the
agenda to an annulment: each by the software, with the act that it came with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pytest

from runtime.acts.drafting import draft
from runtime.acts.sessions import new_session
from tests.acceptance.desk import Desk
from tests.acceptance.office import OFFICE, YEAR
from tests.acceptance.test_dossier_ways import WAYS
from tests.council import COUNCIL, Voted, meeting
from tests.people import ACCOUNTANT, CHAIR, OFFICER, RECORDS_CLERK, SECRETARY
from tests.workflow.world import REVOKES
from workflow.model.award_decisions import AwardDecision, DecisionKind
from workflow.model.dossiers import Dossier
from workflow.services.decisions import NewDecision

GK = WAYS["gk", "cong_trang", None]
INTO, CONCLUDED = ("into_session", "appraised"), ("conclude", "reviewed")
TOGETHER = (
    *(INTO, ("out_of_session", "appraised"), INTO),
    *(CONCLUDED, ("unconclude", "appraised"), CONCLUDED),
    ("to_sign", "reviewed"),
)
CAUSED = (
    (
        *TOGETHER,
        ("not_awarded", "reviewed"),
        ("approve_signed", "approved"),
        ("award", "awarded"),
        ("decision_corrected", "awarded"),
        ("restate", "awarded"),
    ),
    (
        *TOGETHER,
        ("approve_signed", "approved"),
        ("award", "awarded"),
        ("decision_corrected", "awarded"),
        ("annul", "revoked"),
    ),
)
"""What comes to the first dossier, of two lines of which the signer agrees to one, and to the second, whose
one line is awarded and annulled: each event with the state that it leads to."""


class Decided(NamedTuple):
    """The dossiers, the session on them, and the decisions: which awards, amends and annuls."""

    refs: tuple[str, str]
    session: str
    decision: str
    amending: str
    annulling: str


@pytest.fixture(scope="module")
def decided(desk: Desk) -> Decided:
    refs = waiting(desk, "Công chức", "Kế toán"), waiting(desk, "Văn thư")
    lines = (f"{refs[0]}/1", f"{refs[0]}/2", f"{refs[1]}/1")
    session = held(desk, refs, lines)
    decision = drafted(desk, "award", {"title": "gk"}, lines)
    does(desk, decision, "confirm_funds", ACCOUNTANT, {})
    does(desk, decision, "submit", OFFICER, to_trinh(desk))
    does(desk, decision, "drop_line", CHAIR, {"lines": lines[1], "reason": "Đã khen trong quý"})
    issued(desk, decision)
    slip = {"decision_number": desk.number(), "reason": "Ghi nhầm số"}
    does(desk, decision, "propose_correction", OFFICER, slip)
    does(desk, decision, "agree_correction", RECORDS_CLERK, {})
    wrong, right = {"reason": "In sai tên"}, {"name": "Nông Văn Ém"}
    amending = drafted(desk, "amend", wrong, lines[:1], changes=decision, restated=right)
    changed(desk, amending)
    day = desk.today.isoformat()
    found = {**REVOKES, "conclusion_on": day, "received_on": day}
    annulling = drafted(desk, "revoke", found, lines[2:], changes=decision)
    does(desk, annulling, "complete_file", OFFICER, {"told_on": day, "full_on": day})
    changed(desk, annulling)
    return Decided(refs, session, decision, amending, annulling)


def waiting(desk: Desk, *positions: str) -> str:
    """A dossier with a line for each position, which waits for the council."""
    ref = desk.opened(GK, *positions)
    lines = {"nominee": ",".join(str(no) for no, _position in enumerate(positions, 1))}
    for step in desk.course(GK):
        if step.event == COUNCIL:
            break
        desk.does(ref, step.event, step.by, **step.words | (lines if step.event == "appraise" else {}))
    return ref


def held(desk: Desk, refs: Sequence[str], lines: Sequence[str]) -> str:
    """A session on the dossiers, which are taken off its agenda once and whose minutes are reopened once."""
    acting = desk.acting(SECRETARY)
    session = new_session(acting, {"date": desk.today.isoformat()}).ref
    voted, dossiers = [Voted(line, "gk", secret=False) for line in lines], {"dossiers": ",".join(refs)}
    for step in meeting(acting.directory, refs, voted, on=desk.today):
        does(desk, session, step.event, step.by, step.words)
        if step.event == "agenda_add":
            does(desk, session, "agenda_remove", SECRETARY, dossiers)
            does(desk, session, "agenda_add", SECRETARY, dossiers)
        if step.event == "minute":
            does(desk, session, "reopen", CHAIR, {"reason": "Ghi thiếu một đại biểu"})
            does(desk, session, "minute", SECRETARY, step.words)
    return session


def drafted(
    desk: Desk,
    kind: DecisionKind,
    words: Mapping[str, str],
    lines: Sequence[str],
    *,
    changes: str | None = None,
    restated: Mapping[str, str] | None = None,
) -> str:
    asked = NewDecision(OFFICE, YEAR, words, tuple(lines), kind, changes)
    (result,) = draft(desk.acting(OFFICER), [asked], restated=restated)
    assert result.done, desk.sentences(result)
    return result.ref


def changed(desk: Desk, ref: str) -> None:
    does(desk, ref, "submit", OFFICER, to_trinh(desk))
    issued(desk, ref)


def issued(desk: Desk, ref: str) -> None:
    day = desk.today.isoformat()
    does(desk, ref, "sign", RECORDS_CLERK, {"signed_on": day, "way": "paper"})
    does(desk, ref, "issue", RECORDS_CLERK, {"decision_number": desk.number(), "decision_date": day})


def to_trinh(desk: Desk) -> dict[str, str]:
    return {"paper_number": "05/TTr-HĐTĐKT", "paper_date": desk.today.isoformat()}


def does(desk: Desk, ref: str, event: str, by: str, words: dict[str, str]) -> None:
    result = desk.asked(ref, event, by, words)
    assert result.done, (event, desk.sentences(result))


def test_each_dossier_goes_with_the_session_and_the_decisions_about_it(desk: Desk, decided: Decided) -> None:
    came = [
        [(entry["event"], entry["to"]) for entry in caused(desk) if entry["item"] == ref]
        for ref in decided.refs
    ]

    assert came == [list(events) for events in CAUSED]
    lines = [Dossier.of(desk.item(ref)).nominees for ref in decided.refs]
    assert [[line.outcome for line in own] for own in lines] == [["awarded_here", "not_awarded"], ["revoked"]]
    shown = desk.office.tdkt("dossier", "show", decided.refs[0], "--json").json
    assert shown["nominees"][0]["name"] == "Nông Văn Ém"


def test_what_comes_with_an_act_says_so_and_is_the_softwares(desk: Desk, decided: Decided) -> None:
    by = {entry["event"]: entry["input.cause"] for entry in caused(desk)}

    assert {entry["actor"] for entry in caused(desk)} == {"system"}
    for event in ("into_session", "out_of_session", "conclude", "unconclude"):
        assert by.pop(event) == decided.session
    assert (by.pop("restate"), by.pop("annul")) == (decided.amending, decided.annulling)
    assert by == dict.fromkeys(
        ("to_sign", "not_awarded", "approve_signed", "award", "decision_corrected"), decided.decision
    )


def caused(desk: Desk) -> list[dict[str, Any]]:
    """What came to dossiers with an act on something else."""
    entries = (entry for entry in desk.office.entries() if (entry["item"] or "").startswith("D"))
    return [entry for entry in entries if "input.cause" in entry]


def test_the_books_and_the_log_after_it_are_whole(desk: Desk, decided: Decided) -> None:
    assert {desk.item(ref).state for ref in (decided.amending, decided.annulling)} == {"issued"}
    assert desk.office.faults() == ()


def test_what_is_withdrawn_leaves_the_draft_that_lists_it_and_the_rest_is_issued(desk: Desk) -> None:
    ref = waiting(desk, "Công chức", "Kế toán")
    lines = (f"{ref}/1", f"{ref}/2")
    held(desk, (ref,), lines)
    draft_of_both = drafted(desk, "award", {"title": "gk"}, lines)
    paper = {"paper_number": "03/TTr", "paper_date": desk.today.isoformat(), "reason": "Chuyển công tác"}

    does(desk, ref, "withdraw_line", OFFICER, {"nominee": "1", **paper})

    listed = [line.ref for line in AwardDecision.of(desk.item(draft_of_both)).lines]
    assert listed == [lines[1]]
    does(desk, draft_of_both, "confirm_funds", ACCOUNTANT, {})
    changed(desk, draft_of_both)
    outcomes = [line.outcome for line in Dossier.of(desk.item(ref)).nominees]
    assert (desk.item(ref).state, outcomes) == ("awarded", ["withdrawn", "awarded_here"])
    assert desk.office.faults() == ()
