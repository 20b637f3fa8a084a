"""Award decisions that two people work on at once, each with a connection of its own: a line is in one of
them, a number is given once, a sum is paid once, and whoever was slower is told."""

from __future__ import annotations

import os

from runtime.acts.drafting import draft
from runtime.acts.paying import NothingToPay, move
from tests.acceptance.chamber import MADE, MET, MINUTE, Act, Chamber, asks, at_once, one_won
from tests.acceptance.office import OFFICE, YEAR
from tests.people import ACCOUNTANT, CHAIR, OFFICER, RECORDS_CLERK
from workflow.model.award_decisions import AwardDecision
from workflow.model.dossiers import Dossier
from workflow.model.errors import Conflict
from workflow.model.payments import PAID
from workflow.services.decisions import NewDecision

ROUNDS = int(os.environ.get("TDKT_RACE_ROUNDS", "3"))
DAY = MET.isoformat()
ON_ITS_WAY: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("confirm_funds", ACCOUNTANT, {}),
    ("submit", OFFICER, {"paper_number": "05/TTr-HĐTĐKT", "paper_date": DAY}),
    ("sign", RECORDS_CLERK, {"signed_on": DAY, "way": "paper"}),
)


def reviewed(chamber: Chamber, lines: int = 1) -> str:
    """A dossier whose lines the council has passed, all of them in a session of their own."""
    chamber.comes(MADE)
    ref = chamber.dossier(*[("cstdcs", None)] * lines)
    session = chamber.closed(ref)
    chamber.does(session, "minute", **MINUTE | {"paper_number": f"{session[1:]}/BB-HĐTĐKT"})
    return ref


def drafts(*lines: str) -> Act:
    def act(own: Chamber) -> object:
        own.acts_as(OFFICER)
        asked = NewDecision(OFFICE, YEAR, {"title": "cstdcs", "signer": CHAIR}, lines)
        return draft(own.acting, [asked])[0]

    return act


def drafted(chamber: Chamber, *lines: str, until: str = "") -> str:
    """The reference of a decision with these lines, gone its way up to an event."""
    chamber.comes(MET)
    made = drafts(*lines)(chamber)
    for event, by, words in ON_ITS_WAY if until else ():
        chamber.does(made.ref, event, by, **words)
        if event == until:
            break
    return str(made.ref)


def standing_in(chamber: Chamber, line: str) -> list[str]:
    """The decisions in which the line stands."""
    refs = [ref for ref in chamber.office.stored() if ref.startswith("Q")]
    return [ref for ref in refs if AwardDecision.of(chamber.item(ref)).line(line)]


def test_a_line_that_is_put_into_two_drafts_at_once_is_in_one(chamber: Chamber) -> None:
    for _round in range(ROUNDS):
        line = f"{reviewed(chamber)}/1"

        answers = at_once(chamber, drafts(line), drafts(line))

        assert one_won(answers), answers
        assert len(standing_in(chamber, line)) == 1


def test_a_line_that_is_added_to_two_decisions_at_once_is_in_one(chamber: Chamber) -> None:
    for _round in range(ROUNDS):
        ref = reviewed(chamber, 3)
        first, second = drafted(chamber, f"{ref}/1"), drafted(chamber, f"{ref}/2")

        answers = at_once(
            chamber, *(asks(each, "add", OFFICER, lines=f"{ref}/3") for each in (first, second))
        )

        assert one_won(answers), answers
        assert len(standing_in(chamber, f"{ref}/3")) == 1


def test_a_number_that_is_given_twice_at_once_is_given_once(chamber: Chamber) -> None:
    for number in range(100, 100 + ROUNDS):
        ref = reviewed(chamber, 2)
        signed = [drafted(chamber, f"{ref}/{no}", until="sign") for no in (1, 2)]
        said = {"decision_number": f"{number}/QĐ-UBND", "decision_date": DAY}

        answers = at_once(chamber, *(asks(each, "issue", RECORDS_CLERK, **said) for each in signed))

        assert one_won(answers), answers
        assert sorted(chamber.states(signed)) == ["issued", "signed"]
        outcomes = sorted(line.outcome for line in Dossier.of(chamber.item(ref)).nominees)
        assert outcomes == ["awarded_here", "pending"]


def test_a_decision_is_not_signed_beside_a_line_that_goes(chamber: Chamber) -> None:
    paper = {"paper_number": "15/CV", "paper_date": DAY, "reason": "Đơn vị rút"}
    for _round in range(ROUNDS):
        ref = reviewed(chamber)
        decision = drafted(chamber, f"{ref}/1", until="submit")

        answers = at_once(
            chamber,
            asks(decision, "sign", RECORDS_CLERK, signed_on=DAY, way="paper"),
            asks(ref, "withdraw_line", OFFICER, nominee="1", **paper),
        )

        assert one_won(answers), answers
        (line,) = Dossier.of(chamber.item(ref)).nominees
        signed = chamber.item(decision).state == "signed"
        assert (line.outcome == "withdrawn") != signed
        assert (line.approved == CHAIR) == signed


def test_a_sum_that_is_paid_twice_at_once_is_paid_once(chamber: Chamber) -> None:
    ref = reviewed(chamber)
    decision = drafted(chamber, f"{ref}/1", until="sign")
    chamber.does(decision, "issue", RECORDS_CLERK, decision_number="112/QĐ-UBND", decision_date=DAY)

    def pays(own: Chamber) -> object:
        own.acts_as(ACCOUNTANT)
        return move(own.acting, decision, None, kind=PAID, on=MET, role="accountant")

    answers = at_once(chamber, pays, pays, pays)

    lost = [each for each in answers if isinstance(each, (NothingToPay, Conflict))]
    assert len(lost) == 2, answers
    (listed,) = chamber.office.tdkt("payment", "list", decision, "--json").json
    assert [(row["paid"], row["open"]) for row in listed["lines"]] == [(2_340_000, 0)]
