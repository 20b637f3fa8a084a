"""flows.md §2, row by row: each event of a dossier from each state, on each path, by each account."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pytest

from tests.people import (
    CHAIR,
    OFFICER,
    RECORDS_CLERK,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)
from tests.workflow.engine.test_machine import CORRECTORS, FINISHED, TO_CORRECT, asked, rules
from tests.workflow.shipped import ACCOUNTS, machine
from tests.workflow.world import DOSSIER_WAYS, WAYS, World, refused
from workflow.model.decision import Decision
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.facts import Item, Plain, Proposal
from workflow.model.opinions import Opinion, Remark
from workflow.model.recorded import Recorded

PATHS = tuple(WAYS)
TODAY = World.planned().setting.at(World.planned().now).today
YESTERDAY = date(2026, 1, 19)
CLOSED = frozenset({"awarded", "forwarded", "decided", "rejected", "withdrawn", "revoked"})
HANDED_IN = tuple(state for state in DOSSIER_WAYS if state not in ("drafted", "returned"))
ANSWERED = ("submitted", "returned", "appraised", "reviewed", "approved", "forwarded")
IN_HAND = ("drafted", "submitted", "returned", "appraised", "reviewed", "approved")
NOMINATORS = frozenset({VILLAGE, OFFICER})
NOBODY: frozenset[str] = frozenset()
"""What comes with a decision or a session is done by the system alone."""
COUNCIL, APPRAISAL, SIMPLIFIED = (frozenset({path}) for path in ("council", "appraisal", "simplified"))
EVERY = frozenset(PATHS)


class Row(NamedTuple):
    """An event: from which states, to which by path (None: unchanged), who may, and on which paths it is."""

    sources: tuple[str, ...]
    target: str | dict[str, str] | None
    who: frozenset[str]
    paths: frozenset[str] = EVERY
    other: frozenset[str] = frozenset()
    """They have the role, and are kept from it because another did what it takes back."""
    later: frozenset[str] | None = None
    """Who may once the dossier is handed in, where that is somebody else."""


def people(*accounts: str) -> frozenset[str]:
    return frozenset(accounts)


TABLE = {
    "new": Row((), None, NOMINATORS),
    "copy": Row((), None, NOMINATORS),
    "split_off": Row((), None, people(OFFICER)),
    "add": Row(("drafted", "returned"), None, NOMINATORS),
    "edit": Row(("drafted", "returned"), None, NOMINATORS),
    "remove": Row(("drafted", "returned"), None, NOMINATORS),
    "move": Row(("drafted",), None, NOMINATORS),
    "set_movement": Row(
        tuple(state for state in DOSSIER_WAYS if state not in ("rejected", "withdrawn", "revoked")),
        None,
        people(OFFICER),
    ),
    "move_path": Row(("submitted", "appraised"), None, people(STANDING_MEMBER), COUNCIL | SIMPLIFIED),
    "attach": Row(
        ("drafted", "returned", "submitted", "appraised", "reviewed", "approved", "forwarded"),
        None,
        NOMINATORS,
        later=people(OFFICER),
    ),
    "submit": Row(("drafted", "returned"), "submitted", NOMINATORS),
    "propose_receipt": Row(("drafted",), None, people(OFFICER)),
    "agree_receipt": Row(("drafted",), "submitted", people(RECORDS_CLERK, STANDING_MEMBER, SECRETARY)),
    "drop_receipt": Row(("drafted",), None, people(OFFICER, RECORDS_CLERK, STANDING_MEMBER, SECRETARY)),
    "recall": Row(("submitted",), "drafted", people(VILLAGE), other=people(OFFICER)),
    "accept": Row(("submitted",), None, people(OFFICER)),
    "unaccept": Row(("submitted",), None, people(OFFICER)),
    "return": Row(("submitted",), "returned", people(OFFICER, SECRETARY)),
    "consider_as_is": Row(("returned",), "submitted", people(OFFICER)),
    "ask_opinion": Row(("submitted", "appraised"), None, people(OFFICER)),
    "opinion_in": Row(ANSWERED, None, people(OFFICER)),
    "drop_opinion": Row(ANSWERED, None, people(OFFICER)),
    "appraise": Row(
        ("submitted", "appraised", "reviewed", "approved"), None, people(OFFICER, STANDING_MEMBER)
    ),
    "confirm": Row(
        ("submitted",),
        {"council": "appraised", "appraisal": "reviewed", "simplified": "reviewed"},
        people(STANDING_MEMBER),
    ),
    "send_back": Row(("appraised",), "submitted", people(STANDING_MEMBER, SECRETARY)),
    "give_opinion": Row(("appraised",), "reviewed", people(STANDING_MEMBER), SIMPLIFIED),
    "into_session": Row(("appraised",), None, NOBODY, COUNCIL),
    "out_of_session": Row(("appraised",), None, NOBODY, COUNCIL),
    "conclude": Row(("appraised",), "reviewed", NOBODY, COUNCIL),
    "unconclude": Row(("reviewed",), "appraised", NOBODY, COUNCIL),
    "publish": Row(("reviewed",), None, people(OFFICER), COUNCIL),
    "remark": Row(("reviewed",), None, people(OFFICER), COUNCIL),
    "settle_remark": Row(("reviewed",), None, people(OFFICER), COUNCIL),
    "publish_end": Row(("reviewed",), None, people(OFFICER), COUNCIL),
    "approve": Row(("reviewed", "approved"), "approved", people(CHAIR)),
    "withdraw_line": Row(("submitted", "returned", "appraised", "reviewed", "approved"), None, NOMINATORS),
    "split": Row(("submitted", "returned", "appraised", "reviewed", "approved"), None, people(OFFICER)),
    "withdraw": Row(IN_HAND, "withdrawn", NOMINATORS),
    "hold": Row((*IN_HAND, "forwarded"), None, people(OFFICER, STANDING_MEMBER)),
    "release": Row((*IN_HAND, "forwarded"), None, people(OFFICER, STANDING_MEMBER)),
    "reject": Row(("submitted", "appraised", "reviewed"), "rejected", people(CHAIR)),
    "to_sign": Row(("reviewed", "approved"), None, NOBODY),
    "approve_signed": Row(("reviewed", "approved"), "approved", NOBODY),
    "award": Row(("reviewed", "approved"), "awarded", people(OFFICER)),
    "not_awarded": Row(("reviewed", "approved"), "rejected", NOBODY),
    "restate": Row(("reviewed", "approved", "awarded", "revoked"), None, NOBODY),
    "forward": Row(("approved",), "forwarded", people(OFFICER, CHAIR, VICE_CHAIR)),
    "superior_returned": Row(("forwarded",), None, people(OFFICER)),
    "supplied": Row(("forwarded",), None, people(OFFICER)),
    "record_result": Row(("forwarded",), "decided", people(OFFICER)),
    "decision_corrected": Row(
        tuple(state for state in DOSSIER_WAYS if state not in ("drafted", "submitted", "returned")),
        None,
        NOBODY,
    ),
    "revoke": Row(("awarded",), "revoked", people(CHAIR)),
    "annul": Row(("reviewed", "approved", "awarded"), "revoked", NOBODY),
    "propose_correction": Row(HANDED_IN, None, CORRECTORS),
    "agree_correction": Row(HANDED_IN, None, people(RECORDS_CLERK)),
    "drop_correction": Row(HANDED_IN, None, people(OFFICER, RECORDS_CLERK)),
}
"""`reopen` goes back to where it came from, by whoever reviewed: a row for each path, below. What a session
reviewed is opened again with its minutes, by nobody alone."""

REOPEN = {
    "council": Row(("reviewed",), "appraised", NOBODY, other=people(SECRETARY)),
    "appraisal": Row(("reviewed",), "submitted", people(STANDING_MEMBER)),
    "simplified": Row(("reviewed",), "appraised", people(STANDING_MEMBER)),
}


def table(path: str) -> dict[str, Row]:
    return {**TABLE, "reopen": REOPEN[path]}


def test_the_table_has_every_event_and_state_that_there_is() -> None:
    found = machine("nomination_dossier").definition

    assert {event.id for event in found.events} == set(table("council"))
    assert {state.id for state in found.states} == set(DOSSIER_WAYS)


# -- the dossier as each event needs it, whatever its state -------------------------------------------------

Lines = dict[str, Any]
COMPLETE: Lines = {"complete_on": TODAY, "full_on": TODAY}
PASSED: Lines = {"result": "pass", "verdict": "met", "outcome": "pending", "approved": None}
APPROVED: Lines = {**PASSED, "approved": CHAIR}
BLANK: Lines = {"result": None, "outcome": "pending", "approved": None}
RECEIPT = Proposal("propose_receipt", "somebody", None, {"received_on": "2026-01-08", "intake_no": "12"})
PROPOSALS = {
    "agree_receipt": RECEIPT,
    "drop_receipt": RECEIPT,
    "agree_correction": TO_CORRECT,
    "drop_correction": TO_CORRECT,
}
HELD: Lines = {**PASSED, "held": True}

READY: dict[str, tuple[dict[str, Any], Lines]] = {
    "accept": ({"complete_on": None, "full_on": None}, {}),
    "return": ({"complete_on": None, "full_on": None}, {}),
    "move_path": ({"type": "phong_trao"}, {"votes": None}),
    "recall": ({"complete_on": None, "full_on": None}, {}),
    "consider_as_is": ({"complete_on": None, "supplement_until": YESTERDAY}, {}),
    "unaccept": (COMPLETE, {}),
    "opinion_in": ({"opinions": (Opinion(1, YESTERDAY),)}, {}),
    "drop_opinion": ({"opinions": (Opinion(1, YESTERDAY),)}, {}),
    "appraise": (COMPLETE, {**BLANK, "verdict": "no_info"}),
    "confirm": (COMPLETE, {**BLANK, "verdict": "met"}),
    "give_opinion": (COMPLETE, {**BLANK, "verdict": "met"}),
    "publish": ({"full_on": None}, PASSED),
    "remark": ({"full_on": None, "published_from": YESTERDAY}, PASSED),
    "settle_remark": ({"full_on": None, "remarks": (Remark(1, YESTERDAY),)}, PASSED),
    "publish_end": ({"full_on": None, "published_until": YESTERDAY}, PASSED),
    "reopen": ({}, PASSED),
    "approve": (COMPLETE, PASSED),
    "withdraw": ({}, {"outcome": "pending"}),
    "withdraw_line": ({}, BLANK),
    "split": ({}, PASSED),
    "hold": ({}, {"outcome": "pending"}),
    "release": ({}, HELD),
    "reject": ({}, BLANK),
    "award": (COMPLETE, APPROVED),
    "forward": (COMPLETE, APPROVED),
    "superior_returned": ({}, {}),
    "supplied": ({"superior_until": TODAY}, {}),
    "record_result": ({}, {"outcome": "sent_higher"}),
}


def ready(item: Item, event: str, path: str) -> Item:
    """The dossier as nothing but state, path and person can speak against the event."""
    details, lines = READY.get(event, ({}, {}))
    dossier, title = Dossier.of(item), None
    if event in ("forward", "record_result"):
        title = "bkt"
    elif event in ("publish", "publish_end", "remark", "settle_remark") and path == "council":
        title = "tvh"
    elif event == "award" or dossier.title == "bkt":
        title = "gdvh" if path == "appraisal" else "gk"
    changed: Lines = {**lines, "title": title} if title else lines
    nominees = tuple(line._replace(**changed) for line in dossier.nominees)
    if event in ("withdraw_line", "split"):
        nominees = (*nominees, Nominee(2, "person", nominees[0].title))
    return item._replace(
        details=replace(dossier, **details, nominees=nominees), proposal=PROPOSALS.get(event)
    )


def handed_in(path: str) -> tuple[Recorded, ...]:
    """What the log has of it, as far as guards ask: when it was accepted, and what there is to correct."""
    posted: dict[str, Plain] = {"posted_from": "2026-01-05", "posted_until": "2026-01-16"}
    said = posted if path == "appraisal" else {}
    return (*FINISHED, FINISHED[0]._replace(entry="3", event="accept", inputs=said))


def states_of(path: str) -> tuple[str, ...]:
    higher = () if path == "appraisal" else ("forwarded", "decided")
    return tuple(state for state in WAYS[path] if state not in ("forwarded", "decided") or state in higher)


@pytest.mark.parametrize(("path", "state"), [(path, state) for path in PATHS for state in states_of(path)])
def test_a_dossier_moves_exactly_where_the_table_says(path: str, state: str) -> None:
    world = World.planned()
    ref = world.dossier_in(state, path=path)
    item, parent = world.item(ref), world.item("T17")

    for event, row in table(path).items():
        there = ready(item, event, path)
        words = world.words_for(there, event)
        for account in ACCOUNTS:
            answer = asked(there, event, account, words, parent=parent, recorded=handed_in(path))

            here = (path, state, event, account)
            told = rules(answer)
            who = row.later if row.later and state in HANDED_IN else row.who
            fits = state in row.sources and account in who and path in row.paths
            assert isinstance(answer, Decision) == fits, (here, answer)
            assert ("state" in told) == (state not in row.sources), here
            by_role = "role" if row.who | row.other else "by_itself"
            assert (by_role in told) == (account not in who | row.other), (here, told)
            if isinstance(answer, Decision):
                target = row.target[path] if isinstance(row.target, dict) else row.target
                assert answer.item.state == (target or state), here


@pytest.mark.parametrize("account", [SECRETARY, STANDING_MEMBER, OFFICER, CHAIR])
def test_what_a_session_reviewed_is_not_opened_again_on_the_dossier_alone(account: str) -> None:
    world = World.planned()
    ref = world.dossier_in("reviewed")

    answer = world.attempt(ref, "reopen", account, world.words(ref, "reopen"))

    (said,) = (reason for reason in refused(answer) if reason.rule == "reviewed_in_session")
    assert dict(said.operands) == {"phien": Dossier.of(world.item(ref)).session}
    assert world.item(ref).state == "reviewed"
