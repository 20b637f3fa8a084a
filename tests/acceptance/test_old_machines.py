"""Dossiers that an older database runs: they go on by the machine that it stored, or are carried over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from storage.items import item_at
from tests.acceptance.office import OFFICE, Office
from tests.conftest import OldOffice
from tests.dossiers import reviewed
from tests.people import ACCOUNTANT, ADMINISTRATOR, CHAIR, OFFICER, SCHOOL, SECRETARY, STANDING_MEMBER
from tests.storage.office import ROOT
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item, Key

TODAY = {"0003": "2026-06-01", "0004": "2026-04-06"}
"""The last day of each dump."""
Step = tuple[str, str, Mapping[str, str]]
VOTE = {"for": "8", "against": "1", "invalid": "0", "present": "9", "total": "9"}


@pytest.fixture(params=["sqlite", "postgresql"])
def upgraded(request: pytest.FixtureRequest, old_office: OldOffice, revision: str, tmp_path: Path) -> Office:
    """The office of an older schema on either database, brought up by the command."""
    office = Office(old_office(request.param, revision, False), tmp_path)
    said = office.tdkt("upgrade", "--no-backup", "--yes")
    assert said.code == 0, said.err
    return office


@pytest.fixture(params=TODAY)
def revision(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def item(office: Office, ref: str) -> Item:
    with office.open() as database:
        found = item_at(database, Key(OFFICE, 2026, ref))
    assert found is not None
    return found


def walked(office: Office, ref: str, steps: tuple[Step, ...]) -> list[str]:
    """The states to which each step leads, every one of which must be done."""
    states = []
    for account, event, words in steps:
        inputs = [word for name, value in words.items() for word in ("--set", f"{name}={value}")]
        said = office.tdkt("advance", ref, event, *inputs, "--as", account, "--yes", "--json")
        assert said.code == 0, said.err
        states.append(str(said.json["to"]))
    return states


def award(day: str, **more: str) -> Step:
    words = {"decision_number": "112/QĐ-UBND", "decision_date": day, "signer": CHAIR}
    return (OFFICER, "award", {**words, **more})


def award_anew(day: str) -> Step:
    """As the shipped machine records it: who confirmed the money is said."""
    return award(day, funds_by=ACCOUNTANT)


def paper(day: str) -> Mapping[str, str]:
    return {"paper_number": "05/TTr-HĐTĐKT", "paper_date": day}


UNFINISHED = {"0003": "D0002", "0004": "D0006"}
"""Of each dump a dossier that was handed in and complete."""


def test_a_dossier_goes_its_old_way_to_the_award_as_stored(upgraded: Office, revision: str) -> None:
    ref, today = UNFINISHED[revision], TODAY[revision]
    steps: tuple[Step, ...] = (
        (SECRETARY, "result", {"nominee": "1", **VOTE}),
        (SECRETARY, "review", {}),
        (CHAIR, "approve", {}),
        award(today),
    )

    states = walked(upgraded, ref, steps)

    assert states == ["submitted", "reviewed", "approved", "awarded"]
    assert [line.outcome for line in Dossier.of(item(upgraded, ref)).nominees] == ["awarded_here"]
    assert upgraded.faults() == ()


@pytest.mark.parametrize("revision", ["0004"], indirect=True)
def test_a_returned_dossier_is_handed_in_again_as_stored(upgraded: Office, revision: str) -> None:
    words = {"complete_on": TODAY[revision]}

    assert walked(upgraded, "D0003", ((SCHOOL, "submit", words),)) == ["submitted"]

    again = Dossier.of(item(upgraded, "D0003"))
    assert (again.received_on, again.complete_on) == (date(2026, 3, 5), date(2026, 4, 6))
    assert upgraded.faults() == ()


def carried_over(office: Office, tmp_path: Path) -> None:
    """The office adopts the shipped words, machine and policy as newer versions, each of which names what the
    one before has, and moves its dossiers."""
    for folder, kind, name in (
        ("messages", "messages", "tdkt"),
        ("machines", "machine", "nomination_dossier"),
        ("policies", "policy", "deadlines"),
    ):
        shipped = (ROOT / "definitions" / folder / name / "1.yaml").read_text(encoding="utf-8")
        file = tmp_path / f"{name}.yaml"
        file.write_text(shipped.replace("version: 1\n", "version: 9\n", 1), encoding="utf-8")
        said = office.tdkt("definition", "adopt", str(file), "--as", ADMINISTRATOR, "--yes", "--json")
        assert said.code == 0, said.err
        if not said.json["adopted"]:
            agreed = office.tdkt("definition", "agree", f"{kind}/{name}", "--as", CHAIR, "--yes")
            assert agreed.code == 0, agreed.err
    moved = office.tdkt(
        "definition", "migrate", "nomination_dossier", "--to", "9", "--as", ADMINISTRATOR, "--yes", "--json"
    )
    assert (moved.code, moved.json["refused"]) == (0, [])


def test_a_complete_dossier_keeps_its_term_and_goes_the_new_way(
    upgraded: Office, revision: str, tmp_path: Path
) -> None:
    ref, today = UNFINISHED[revision], TODAY[revision]
    before = item(upgraded, ref)
    appraisal: tuple[Step, ...] = (
        (OFFICER, "appraise", {"nominee": "1", "verdict": "met"}),
        (STANDING_MEMBER, "confirm", {}),
    )
    decision: tuple[Step, ...] = ((CHAIR, "approve", paper(today)), award_anew(today))

    carried_over(upgraded, tmp_path)

    after, dossier = item(upgraded, ref), Dossier.of(item(upgraded, ref))
    assert (dossier.full_on, dossier.path) == (dossier.complete_on, "council")
    assert after.due_on == before.due_on
    assert decision_term(after) == decision_term(before)
    assert after.owners == (OFFICER,)
    assert walked(upgraded, ref, appraisal) == ["submitted", "appraised"]
    assert decision_term(item(upgraded, ref)) == decision_term(before)
    met_on(upgraded, ref, today)
    assert walked(upgraded, ref, decision) == ["approved", "awarded"]
    assert upgraded.faults() == ()


def met_on(office: Office, ref: str, day: str) -> None:
    """A session of the council votes for the dossier."""
    titles = dict.fromkeys(item(office, ref).details.titles, ())
    for words in reviewed("S01", day, [ref], titles):
        said = office.tdkt(*words)
        assert said.code == 0, (words, said.err)


def decision_term(of: Item) -> tuple[date | None, date, int] | None:
    term = of.term("decision")
    return (term.due, term.since, term.occurrence) if term else None


@pytest.mark.parametrize("revision", ["0004"], indirect=True)
def test_a_reviewed_dossier_is_approved_and_awarded_the_new_way(
    upgraded: Office, revision: str, tmp_path: Path
) -> None:
    carried_over(upgraded, tmp_path)

    steps: tuple[Step, ...] = ((CHAIR, "approve", paper(TODAY[revision])), award_anew(TODAY[revision]))
    assert walked(upgraded, "D0002", steps) == ["approved", "awarded"]
    assert upgraded.faults() == ()


@pytest.mark.parametrize(("revision", "ref"), [("0003", "D0003"), ("0004", "D0004")], indirect=["revision"])
def test_an_approved_dossier_is_awarded_with_the_lines_that_were_approved(
    upgraded: Office, revision: str, ref: str, tmp_path: Path
) -> None:
    carried_over(upgraded, tmp_path)

    approved = [(line.no, line.approved is not None) for line in Dossier.of(item(upgraded, ref)).nominees]
    assert approved == [(1, True)]
    assert walked(upgraded, ref, (award_anew(TODAY[revision]),)) == ["awarded"]
    assert upgraded.faults() == ()


@pytest.mark.parametrize("revision", ["0004"], indirect=True)
def test_a_returned_dossier_keeps_the_day_of_its_supplement(
    upgraded: Office, revision: str, tmp_path: Path
) -> None:
    before = item(upgraded, "D0003")

    carried_over(upgraded, tmp_path)

    returned = Dossier.of(item(upgraded, "D0003"))
    supplement = before.term("supplement")
    assert supplement is not None
    assert (returned.supplement_until, returned.complete_on) == (supplement.due, None)
    today = TODAY[revision]
    steps: tuple[Step, ...] = (
        (SCHOOL, "submit", {}),
        (OFFICER, "accept", {"complete_on": today, "original": "seen"}),
    )
    assert walked(upgraded, "D0003", steps) == ["submitted", "submitted"]
    assert Dossier.of(item(upgraded, "D0003")).full_on == date.fromisoformat(today)
    assert upgraded.faults() == ()
