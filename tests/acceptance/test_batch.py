"""One event for many: a transaction a hundred, a result for each, the worst one's exit code."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

from tests.acceptance.office import Office, replayed
from tests.people import OFFICER, VILLAGE

ALL = ("--as", VILLAGE, "advance", "D0001..D0120", "submit", "--yes")
EMPTY = ["D0007", "D0113"]


def commands_of(office: Office, event: str) -> Counter[int]:
    """How many entries of an event share a command."""
    keys = Counter(entry["key"] for entry in office.entries() if entry["event"] == event)
    return Counter(keys.values())


def test_eighteen_tasks_move_in_one_transaction(office: Office) -> None:
    said = office.tdkt("--as", OFFICER, "advance", "T01..T18", "submit", "--json")

    assert said.code == 0
    assert [(each["ref"], each["done"], each["version"]) for each in said.json] == [
        (f"T{number:02}", True, 2) for number in range(1, 19)
    ]
    assert commands_of(office, "submit") == {18: 1}
    assert office.faults() == ()
    assert office.stored() == replayed(office.entries())


def test_each_hundred_is_a_transaction_and_the_refused_ones_are_told_and_logged(
    many_dossiers: Office,
) -> None:
    said = many_dossiers.tdkt(*ALL)

    lines = said.out.splitlines()
    assert (said.code, len(lines)) == (1, 118 + 4)
    assert lines[0] == "D0001  Submit: Being prepared → Submitted, to be checked"
    assert lines[118:120] == ["     Done by: Head of sample village 1.", ""]
    assert lines[121].startswith("  tdkt advance D0001..D0006 D0008..D0112 D0114..D0120 accept --set ")
    heads = [line for line in said.err.splitlines() if line.startswith("Refused")]
    assert heads == [f"Refused: submit {ref}, because:" for ref in EMPTY]
    moved = [entry for entry in many_dossiers.entries() if entry["event"] == "submit"]
    assert Counter(entry["refused"] for entry in moved) == {False: 118, True: 2}
    assert [entry["item"] for entry in moved if entry["refused"]] == EMPTY
    assert commands_of(many_dossiers, "submit") == {100: 1, 20: 1}
    states = Counter(state for ref, (state, _version) in many_dossiers.stored().items() if ref[0] == "D")
    assert states == {"submitted": 118, "drafted": 2}
    assert many_dossiers.faults() == ()
    assert many_dossiers.stored() == replayed(many_dossiers.entries())


def test_many_under_json_are_one_array_with_a_result_for_each(many_dossiers: Office) -> None:
    said = many_dossiers.tdkt(*ALL, "--json")

    assert (said.code, said.err) == (1, "")
    assert [each["ref"] for each in said.json] == [f"D{number:04}" for number in range(1, 121)]
    refused = [each for each in said.json if not each["done"]]
    assert [(each["ref"], [reason["rule"] for reason in each["reasons"]]) for each in refused] == [
        (ref, ["has_nominees"]) for ref in EMPTY
    ]


def test_a_dry_run_says_the_same_and_leaves_the_file_byte_for_byte(many_dossiers: Office) -> None:
    before = sha256(many_dossiers.path.read_bytes()).hexdigest()

    dry = many_dossiers.tdkt(*ALL, "--dry-run", "--json")

    assert sha256(many_dossiers.path.read_bytes()).hexdigest() == before
    done = many_dossiers.tdkt(*ALL, "--json")
    assert (dry.code, dry.json) == (done.code, done.json)


def test_a_dry_run_on_postgresql_writes_no_row(postgres_office: Office) -> None:
    before = postgres_office.dump()

    said = postgres_office.tdkt("--as", OFFICER, "advance", "T01..T18", "submit", "--dry-run")

    assert (said.code, len(said.out.splitlines())) == (0, 18)
    assert said.err == "Dry run, nothing was written. Leave out --dry-run to do it.\n"
    assert postgres_office.dump() == before


def test_the_worst_of_many_is_the_exit_code(office: Office) -> None:
    office.tdkt("--as", OFFICER, "advance", "T01", "submit")
    refused = office.tdkt("--as", OFFICER, "advance", "T01", "T02", "submit", "--json")
    unknown = office.tdkt("--as", OFFICER, "advance", "T03", "T99", "submit", "--json")
    stale = office.tdkt("--as", OFFICER, "advance", "T02", "T03", "submit", "--if-version", "1", "--json")

    assert (refused.code, [each["done"] for each in refused.json]) == (1, [False, True])
    assert (unknown.code, [each["done"] for each in unknown.json]) == (2, [True, False])
    assert unknown.json[1]["error"] == "unknown_ref"
    assert (stale.code, [each.get("error") for each in stale.json]) == (3, ["conflict", "conflict"])


def test_a_reference_named_twice_moves_once(office: Office) -> None:
    said = office.tdkt("--as", OFFICER, "advance", "T01", "t1", "T01..T02", "submit", "--json")

    assert [(each["ref"], each["done"]) for each in said.json] == [("T01", True), ("T02", True)]
    assert office.stored()["T01"] == ("submitted", 2)
