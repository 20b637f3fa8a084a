"""Items that one command moves are locked in the order of their keys, in whatever order they are named."""

from __future__ import annotations

from typing import Any

import pytest

from storage.unit import UnitOfWork
from tests.acceptance.chamber import MET, MINUTE, Chamber
from tests.acceptance.office import Office
from tests.acceptance.test_decisions_at_once import ON_ITS_WAY, drafts
from tests.people import OFFICER, PRIMARY, RECORDS_CLERK, VILLAGE

NAMED = ("T09", "T02", "T18", "T01", "T11")


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The items that are locked, in the order in which they are."""
    found: list[str] = []
    lock = UnitOfWork.lock

    def told(unit: UnitOfWork, *args: Any, **options: Any) -> Any:
        found.append(args[0].ref)
        return lock(unit, *args, **options)

    monkeypatch.setattr(UnitOfWork, "lock", told)
    return found


def test_items_named_in_any_order_are_locked_by_their_keys(office: Office, locked: list[str]) -> None:
    said = office.tdkt("--as", OFFICER, "advance", *NAMED, "submit", "--json")

    assert (said.code, [each["ref"] for each in said.json]) == (0, list(NAMED))
    # A batch locks all of them first; each is asked for again when its turn comes.
    assert [*dict.fromkeys(locked)] == sorted(NAMED)


def test_a_dossier_is_locked_before_its_task(office: Office, locked: list[str]) -> None:
    made = ("--task", "T06", "--from", VILLAGE, "--title", "gk", "--type", "phong_trao", "--as", VILLAGE)
    assert office.tdkt("dossier", "new", *made).code == 0
    del locked[:]

    line = ("--kind", "person", "--name", "Nguyễn Thị A", "--as", VILLAGE)
    assert office.tdkt("dossier", "add", "D0001", *line).code == 0

    assert locked == ["D0001", "T06"]


def test_decisions_sessions_dossiers_and_tasks_are_locked_in_one_order(
    chamber: Chamber, locked: list[str]
) -> None:
    """D, Q, S, T: whichever of them an act is about, and whatever it brings to the others."""
    first, second = chamber.dossier(("cstdcs", None)), chamber.dossier(("cstdcs", None), body=PRIMARY)
    session = chamber.closed(second, first)
    issue = {"decision_number": "112/QĐ-UBND", "decision_date": MET.isoformat()}
    found: dict[str, list[str]] = {}

    del locked[:]
    chamber.does(session, "minute", **MINUTE)
    found["minute"] = [*dict.fromkeys(locked)]
    del locked[:]
    made = drafts(f"{second}/1", f"{first}/1")(chamber)
    found["new"] = [*dict.fromkeys(locked)]
    for event, by, words in (*ON_ITS_WAY, ("issue", RECORDS_CLERK, issue)):
        del locked[:]
        chamber.does(made.ref, event, by, **words)
        found[event] = [*dict.fromkeys(locked)]

    assert found["minute"] == [first, second, session, "T17"]
    assert found["issue"] == [first, second, made.ref, "T17"]
    found["new"].remove(made.ref)  # nobody else can hold what is only being made
    assert {event: refs for event, refs in found.items() if refs != sorted(refs)} == {}
