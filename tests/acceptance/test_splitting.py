"""Lines that go on in a dossier of their own, whatever keeps them: one act on both dossiers, or on none."""

from __future__ import annotations

from typing import Any

import pytest

from storage.unit import UnitOfWork
from tests.acceptance.office import Office, replayed
from tests.dossiers import way
from tests.people import ADMINISTRATOR, CHAIR, OFFICER, VILLAGE
from tests.processes import Said

NAMES = ("Nguyễn Thị Mẫu", "Trần Văn Mẫu", "Lê Thị Mẫu")


@pytest.fixture
def appraised(office: Office) -> Office:
    """An office with a dossier of three that waits for the council."""
    new = ("--task", "T17", "--from", VILLAGE, "--title", "gk", "--type", "cong_trang", "--as", VILLAGE)
    assert office.tdkt("dossier", "new", *new).code == 0
    for name in NAMES:
        line = ("--kind", "person", "--name", name, "--unit", "Thôn mẫu 1", "--as", VILLAGE)
        assert office.tdkt("dossier", "add", "D0001", *line).code == 0
    for words in way("appraised", lines=(1, 2, 3)):
        assert office.tdkt(*words).code == 0, words
    return office


def split(office: Office, ref: str, *words: str) -> Said:
    return office.tdkt("dossier", "split", ref, "--reason", "Chờ xác minh", *words, "--as", OFFICER)


def shown(office: Office, ref: str) -> dict[str, Any]:
    found: dict[str, Any] = office.tdkt("show", ref, "--json").json
    return found


def test_both_dossiers_say_of_each_other_on_the_page_in_the_list_and_in_the_log(appraised: Office) -> None:
    said = split(appraised, "D0001/2,3", "--json")

    assert (said.code, said.json["ref"], said.json["into"]) == (0, "D0001", "D0002")
    old, new = shown(appraised, "D0001"), shown(appraised, "D0002")
    assert [(line["no"], line["outcome"], line["moved_to"]) for line in old["nominees"]] == [
        (1, "pending", None),
        (2, "moved", "D0002"),
        (3, "moved", "D0002"),
    ]
    assert [(line["no"], line["name"], line["unit"], line["verdict"]) for line in new["nominees"]] == [
        (2, NAMES[1], "Thôn mẫu 1", "met"),
        (3, NAMES[2], "Thôn mẫu 1", "met"),
    ]
    assert (old["split_from"], old["split_into"]) == (None, ["D0002"])
    assert (new["split_from"], new["split_into"]) == ("D0001", [])
    same = (
        "state",
        "task",
        "body",
        "type",
        "title",
        "path",
        "received_on",
        "complete_on",
        "full_on",
        "rules",
    )
    assert {name: new[name] for name in same} == {name: old[name] for name in same}
    listed = appraised.tdkt("dossier", "list").out
    assert "split into D0002" in listed
    assert "split off D0001" in listed
    assert "Moved to D0002" in appraised.tdkt("show", "D0001/2").out
    assert old["history"][-1]["recorded"] == {"nominee": [2, 3], "into": "D0002", "reason": "Chờ xác minh"}
    assert new["history"][0]["recorded"]["of"] == "2026/D0001"


def test_it_is_one_act_that_the_log_bears_out_without_a_name(appraised: Office) -> None:
    split(appraised, "D0001/2,3")

    entries = [entry for entry in appraised.entries() if entry["event"] in ("split", "split_off")]
    assert len({entry["key"] for entry in entries}) == 1
    assert all(name not in str(appraised.entries()) for name in NAMES)
    assert appraised.faults() == ()
    assert appraised.tdkt("audit", "verify").code == 0
    assert appraised.stored() == replayed(appraised.entries())


def test_the_words_of_a_line_are_erased_in_each_dossier_by_itself(appraised: Office) -> None:
    split(appraised, "D0001/2")

    assert appraised.tdkt("audit", "erase", "D0002/2", "--yes", "--as", ADMINISTRATOR).code == 0

    assert [shown(appraised, ref)["name"] for ref in ("D0001/2", "D0002/2")] == [NAMES[1], None]
    assert appraised.tdkt("audit", "verify").code == 0


def test_a_refused_one_leaves_no_dossier_and_says_why(appraised: Office) -> None:
    before = appraised.stored()

    said = split(appraised, "D0001/2", "--title", "gdvh", "--json")

    assert (said.code, [each["rule"] for each in said.refusal["reasons"]]) == (1, ["title_fits_kind"])
    assert appraised.stored() == before
    assert split(appraised, "D0001/2", "--json").json["into"] == "D0002"


def test_a_repeated_command_splits_once_and_a_dry_run_not_at_all(appraised: Office) -> None:
    dry = split(appraised, "D0001/2", "--dry-run", "--json")
    first, again = (split(appraised, "D0001/2", "--key", "k1", "--json") for _ in range(2))

    assert (dry.code, first.code, again.code) == (0, 0, 0)
    assert dry.json["into"] == first.json["into"] == again.json["into"] == "D0002"
    assert sorted(ref for ref in appraised.stored() if ref[0] == "D") == ["D0001", "D0002"]


def test_the_dossier_is_locked_before_its_task(appraised: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[str] = []
    lock = UnitOfWork.lock

    def told(unit: UnitOfWork, *args: Any, **options: Any) -> Any:
        found.append(args[0].ref)
        return lock(unit, *args, **options)

    monkeypatch.setattr(UnitOfWork, "lock", told)
    split(appraised, "D0001/2")

    assert found == ["D0001", "T17"]


def test_a_part_that_cannot_go_on_stops_no_decision_about_the_rest(appraised: Office) -> None:
    for words in way("approved", since="appraised", lines=(1, 2, 3)):
        assert appraised.tdkt(*words).code == 0, words
    hold = ("--set", "nominee=3", "--set", "source=Đơn ngày 04/01/2026", "--as", OFFICER)
    assert appraised.tdkt("advance", "D0001", "hold", *hold).code == 0
    for words in way("awarded", since="approved"):
        assert appraised.tdkt(*words).code == 0
    assert appraised.stored()["D0001"][0] == "approved"

    split(appraised, "D0001/3")

    assert (appraised.stored()["D0001"][0], appraised.stored()["D0002"][0]) == ("awarded", "approved")
    assert [line["approved"] for line in shown(appraised, "D0002")["nominees"]] == [CHAIR]
