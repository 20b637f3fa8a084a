"""Several processes on one database: one winner for one version, everybody through on different items."""

from __future__ import annotations

import os
from collections import Counter

from tests.acceptance.office import Office, replayed
from tests.people import OFFICER, STANDING_MEMBER
from tests.processes import ended

ROUNDS = int(os.environ.get("TDKT_RACE_ROUNDS", "3"))


def test_of_two_processes_with_one_version_exactly_one_wins_and_the_other_ends_with_3(
    office: Office,
) -> None:
    steps = (
        (OFFICER, "submit", ()),
        (STANDING_MEMBER, "return", ("--set", "reason=Thiếu số liệu")),
    )
    for version in range(1, ROUNDS + 1):
        actor, event, inputs = steps[(version - 1) % 2]
        line = ("--as", actor, "advance", "T01", event, *inputs, "--if-version", str(version))

        racers = [office.start(*line) for _ in range(2)]
        said = [ended(racer) for racer in racers]

        assert sorted(each.code for each in said) == [0, 3]
        loser = next(each for each in said if each.code == 3)
        assert loser.out == ""
        assert f"version {version + 1}, not {version}" in loser.err
        assert len(loser.err.splitlines()) == 1
        assert office.stored()["T01"][1] == version + 1
    events = [entry["event"] for entry in office.entries() if entry["item"] == "T01"]
    assert len(events) == 1 + ROUNDS, "a conflict is not logged, a winner once"
    assert office.faults() == ()


def test_of_eight_processes_with_one_version_exactly_one_wins(sqlite_office: Office) -> None:
    line = ("--as", OFFICER, "advance", "T01", "submit", "--if-version", "1", "--json")

    racers = [sqlite_office.start(*line) for _ in range(8)]
    said = [ended(racer) for racer in racers]

    assert Counter(each.code for each in said) == {0: 1, 3: 7}
    assert {each.refusal["error"] for each in said if each.code == 3} == {"conflict"}
    assert sqlite_office.stored()["T01"] == ("submitted", 2)


def test_eight_processes_on_different_items_all_get_through(office: Office) -> None:
    refs = ("T01", "T02", "T03", "T04", "T05", "T06", "T08", "T09")

    processes = [office.start("--as", OFFICER, "advance", ref, "submit") for ref in refs]
    said = [ended(process) for process in processes]

    assert [(each.code, each.err) for each in said] == [(0, "")] * 8
    assert {ref: office.stored()[ref] for ref in refs} == dict.fromkeys(refs, ("submitted", 2))
    assert office.faults() == ()
    assert office.stored() == replayed(office.entries())


def test_four_busy_programs_lose_nothing_and_leave_no_gap(office: Office) -> None:
    refs = ("T01", "T04", "T07", "T12")

    programs = [
        office.start_python("-m", "tests.acceptance.advancing", office.url, "loop", "40", ref) for ref in refs
    ]
    said = [ended(program) for program in programs]

    assert [(each.code, each.err) for each in said] == [(0, "")] * len(refs)
    assert {ref: office.stored()[ref] for ref in refs} == dict.fromkeys(refs, ("drafted", 41))
    assert office.faults() == ()
    assert office.stored() == replayed(office.entries())
