"""`tdkt movement`: a movement of emulation from its launch to its closing, beside the rows of the plans."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Tdkt
from tests.conftest import Sandbox
from tests.dossiers import NO_VOTE, given, way
from tests.people import OFFICER, SECOND_VILLAGE, STANDING_MEMBER, VILLAGE
from tests.plans import write_plan

NAME, CRITERIA = "Chung sức xây dựng nông thôn mới", "Đạt 19 tiêu chí"
SAID = (
    *(NAME, "--paper", "12/KH-UBND", "--date", "05/01/2026", "--until", "30/11/2026", "--title", "gk"),
    *("--by", "UBND xã Điềm He", "--scope", "locality", "--way", "thematic", "--criteria", CRITERIA),
)
MOVEMENT_ROWS = ["2026/T06", "2026/T09", "2026/T13", "2026/T14"]


def done(tdkt: Tdkt, *words: str, by: str = OFFICER) -> None:
    answer = tdkt(*words, "--as", by)
    assert answer.code == 0, answer.err


def shown(tdkt: Tdkt, ref: str = "M01") -> Mapping[str, Any]:
    found: Mapping[str, Any] = tdkt("movement", "show", ref, "--json").json
    return found


def verified(tdkt: Tdkt) -> bool:
    return tdkt("audit", "verify").code == 0


def awarded(tdkt: Tdkt, ref: str, task: str, body: str, day: str, *, nominees: int = 1) -> None:
    """A dossier of the movement that is awarded on that day."""
    new = ("dossier", "new", "--task", task, "--from", body, "--title", "gk", "--movement", "m1")
    done(tdkt, *new, "--ground", "nhiem_vu_chinh_tri", by=body)
    for no in range(1, nominees + 1):
        done(tdkt, "dossier", "add", ref, "--kind", "person", "--name", f"{ref} {no}", by=body)
    lines = tuple(range(1, nominees + 1))
    number = f"1{day[:2]}/QĐ-UBND"
    for words in way("awarded", ref=ref, on=day, lines=lines, body=body, decision=number, votes=NO_VOTE):
        answer = tdkt(*words, "--yes")
        assert answer.code == 0, answer.err


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_movement_goes_from_row_6_to_row_13_and_is_closed_in_the_last_quarter(
    kind: str, tdkt: Tdkt, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TDKT_DB", sandbox(kind, "2026-01-05T08:00"))
    done(tdkt, "movement", "new", *SAID)
    done(tdkt, "movement", "register", "M01", VILLAGE, SECOND_VILLAGE, "truong-hoc", "--on", "05/01/2026")
    done(tdkt, "tick", "--now", "2026-05-19T08:00")
    done(tdkt, "movement", "review", "M01", "Đạt 12/19 tiêu chí", "--paper", "15/BC-UBND")
    awarded(tdkt, "D0001", "T09", VILLAGE, "19/05/2026", nominees=2)
    done(tdkt, "tick", "--now", "2026-09-02T08:00")
    awarded(tdkt, "D0002", "T13", SECOND_VILLAGE, "02/09/2026")
    done(tdkt, "tick", "--now", "2026-11-27T08:00")
    done(tdkt, "movement", "close", "M01", "Đạt 19/19 tiêu chí", "--paper", "40/BC-UBND")

    found = shown(tdkt)

    assert (found["tasks"], found["dossiers_about"]) == (MOVEMENT_ROWS, ["2026/D0001", "2026/D0002"])
    assert [(each["body"], *list(each.values())[2:]) for each in found["taking_part"]] == [
        (VILLAGE, 1, 2, 2),
        (SECOND_VILLAGE, 1, 1, 1),
        ("truong-hoc", 0, 0, 0),
    ]
    assert (found["dossiers"], found["nominees"], found["awarded"]) == (2, 3, 3)
    assert (found["closed_on"], found["closing_paper"], found["result"]) == (
        "2026-11-27",
        "40/BC-UBND",
        "Đạt 19/19 tiêu chí",
    )
    assert [(each["held_on"], each["text"]) for each in found["reviews"]] == [
        ("2026-05-19", "Đạt 12/19 tiêu chí")
    ]
    assert [tdkt("show", ref, "--json").json["movements"][0]["movement"] for ref in ("T06", "T13")] == [
        "M01",
        "M01",
    ]
    assert tdkt("show", "T11", "--json").json["movements"] == []
    dossier = tdkt("show", "D0002", "--json").json
    assert (dossier["movement"], dossier["type"], dossier["period"]) == ("M01", "phong_trao", "2026")
    assert verified(tdkt)


def test_a_movement_of_two_years_belongs_to_rows_of_both_plans(tdkt: Tdkt, tmp_path: Path) -> None:
    done(tdkt, "movement", "new", NAME, "--date", "05/01/2026", "--until", "30/06/2027", "--task", "T03")
    awarded(tdkt, "D0001", "T06", VILLAGE, "05/01/2026")
    plan = str(write_plan(tmp_path, 2027))
    done(tdkt, "plan", "import", plan, "--yes", "--now", "2027-01-11T08:00", by=STANDING_MEMBER)
    done(tdkt, "movement", "register", "M01", SECOND_VILLAGE)
    new = ("dossier", "new", "--task", "2027/T06", "--from", SECOND_VILLAGE, "--title", "gk")
    done(tdkt, *new, "--movement", "M01", by=SECOND_VILLAGE)

    found = shown(tdkt)

    assert found["tasks"] == ["2026/T03", *MOVEMENT_ROWS, "2027/T06", "2027/T09"]
    assert found["dossiers_about"] == ["2026/D0001", "2027/D0001"]
    assert [(each["body"], each["registered_on"]) for each in found["taking_part"]] == [
        (SECOND_VILLAGE, "2027-01-11"),
        (VILLAGE, None),
    ]
    assert tdkt("show", "2027/D0001", "--json").json["period"] == "2027"
    assert verified(tdkt)


def test_what_was_typed_is_put_right_and_taken_back(tdkt: Tdkt) -> None:
    done(tdkt, "movement", "new", *SAID)
    changed = ("--name", "Dân vận khéo", "--until", "", "--title", "", "--from", "06/01/2026")
    done(tdkt, "movement", "edit", "M01", *changed)
    done(tdkt, "movement", "register", "M01", VILLAGE, "--on", "05/01/2026")
    done(tdkt, "movement", "register", "M01", VILLAGE, "--on", "04/01/2026")
    done(tdkt, "movement", "review", "M01", "Nhầm")
    done(tdkt, "movement", "unreview", "M01", "1")
    edited = shown(tdkt)
    done(tdkt, "movement", "register", "M01", VILLAGE, "--drop")
    done(tdkt, "movement", "drop", "M01", "--reason", "Ghi hai lần")

    assert {name: edited[name] for name in ("name", "criteria", "from", "until", "titles", "reviews")} == {
        "name": "Dân vận khéo",
        "criteria": CRITERIA,
        "from": "2026-01-06",
        "until": None,
        "titles": [],
        "reviews": [],
    }
    assert [each["registered_on"] for each in edited["taking_part"]] == ["2026-01-04"]
    assert tdkt("movement", "list", "--json").json == []
    assert verified(tdkt)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_number_of_a_movement_that_was_taken_back_is_given_to_no_other(
    kind: str, tdkt: Tdkt, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TDKT_DB", sandbox(kind, "2026-01-05T08:00"))
    for name in ("Một", "Hai"):
        done(tdkt, "movement", "new", name)
    done(tdkt, "movement", "drop", "M02", "--reason", "Ghi nhầm")
    done(tdkt, "movement", "new", "Ba")

    assert [each["movement"] for each in tdkt("movement", "list", "--json").json] == ["M01", "M03"]
    assert verified(tdkt)


def test_the_log_says_who_did_what_and_keeps_no_word(tdkt: Tdkt, database: Path) -> None:
    done(tdkt, "movement", "new", *SAID)
    page = " ".join(tdkt("audit", "log", "--event", "movement_new", "--full").out.split())
    (entry,) = tdkt("audit", "log", "--event", "movement_new", "--json").json

    erased = tdkt("audit", "erase", str(entry["seq"]), "--as", STANDING_MEMBER, "--yes")

    assert (NAME in page, entry["recorded"]["movement"]) == (True, "M01")
    assert (erased.code, shown(tdkt)["name"], "erased" in tdkt("movement", "list").out) == (0, None, True)
    with sqlite3.connect(database) as connection:
        assert NAME.encode() not in b"".join(row[0] for row in connection.execute("SELECT bytes FROM entry"))
    assert verified(tdkt)


def test_a_row_that_was_changed_behind_its_back_is_found(tdkt: Tdkt, database: Path) -> None:
    done(tdkt, "movement", "new", *SAID)
    done(tdkt, "movement", "register", "M01", VILLAGE)

    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE movement SET until_day = '2027-11-30'")
        connection.execute("DELETE FROM movement_body")

    assert (tdkt("audit", "verify").code, verified(tdkt)) == (1, False)


def test_a_closed_movement_takes_nothing_until_it_is_open_again(tdkt: Tdkt) -> None:
    done(tdkt, "movement", "new", *SAID)
    done(tdkt, "movement", "close", "M01", "Xong", "--on", "05/01/2026")
    new = ("dossier", "new", "--task", "T06", "--from", VILLAGE, "--title", "gk", "--movement", "M01")

    begun_later = tdkt("movement", "edit", "M01", "--from", "06/01/2026", "--as", OFFICER)
    registered = tdkt("movement", "register", "M01", VILLAGE, "--as", OFFICER)
    proposed = tdkt(*new, "--as", VILLAGE, "--json")
    done(tdkt, "movement", "reopen", "M01", "--reason", "Kéo dài")

    assert (begun_later.code, begun_later.err.startswith("The last day 2026-01-05 is before")) == (2, True)
    assert (registered.code, registered.err.startswith("M01 was closed on 2026-01-05.")) == (1, True)
    assert [reason["rule"] for reason in proposed.refusal["reasons"]] == ["movement_closed"]
    assert (tdkt(*new, "--as", VILLAGE).code, shown(tdkt)["closed_on"]) == (0, None)


def test_a_dossier_is_linked_later_moved_and_freed(tdkt: Tdkt) -> None:
    done(tdkt, "movement", "new", *SAID)
    done(tdkt, "movement", "new", "Dân vận khéo", "--title", "bkt")
    new = ("dossier", "new", "--task", "T06", "--from", VILLAGE, "--title", "gk", "--type", "phong_trao")
    done(tdkt, *new, by=VILLAGE)

    link = ("advance", "D0001", "set_movement")
    done(tdkt, *link, *given("movement=M01"))
    dropped = tdkt("movement", "drop", "M01", "--reason", "Nhầm", "--as", OFFICER)
    other = tdkt(*link, *given("movement=M02"), "--as", OFFICER)
    unknown = tdkt(*link, *given("movement=M09"), "--as", OFFICER, "--json")
    moved = tdkt("show", "D0001", "--json").json["movement"]
    done(tdkt, *link)

    assert (dropped.code, dropped.err.startswith("Dossiers are about M01.")) == (1, True)
    assert (other.code, "was not launched for" in other.err, moved) == (0, True, "M02")
    assert [reason["rule"] for reason in unknown.refusal["reasons"]] == ["no_such_movement"]
    assert tdkt("show", "D0001", "--json").json["movement"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("new", "  "), "The inputs of “Keep movements” are not right: “name” is empty."),
        (("new", NAME, "--until", "04/01/2026"), "The last day 2026-01-04 is before"),
        (("new", NAME, "--date", "06/01/2026"), "2026-01-06 has not come yet."),
        (("new", NAME, "--from", "hôm qua"), "The inputs of “Keep movements” are not right: from: “hôm qua”"),
        (("new", NAME, "--title", "xyz"), "There is no title"),
        (("new", NAME, "--task", "T99"), "There is no"),
        (("show", "M07"), "There is no movement “M07”."),
        (("edit", "không", "--name", "A"), "There is no movement “không”."),
        (("register", "M01", "thôn-x"), "There is no body"),
        (("register", "M01", VILLAGE, "--drop"), "Thôn 1 is not registered for M01."),
        (("unreview", "M01", "3"), "M01 has no review 3."),
        (("close", "M01", "Xong", "--on", "04/01/2026"), "The last day 2026-01-04 is before"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(tdkt: Tdkt, words: tuple[str, ...], said: str) -> None:
    done(tdkt, "movement", "new", *SAID)

    answer = tdkt("movement", *words, "--as", OFFICER)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(said), answer.err


def test_only_whoever_keeps_the_plan_keeps_movements(tdkt: Tdkt) -> None:
    refused = tdkt("movement", "new", NAME, "--as", VILLAGE, "--json")

    assert (refused.code, [reason["rule"] for reason in refused.refusal["reasons"]]) == (1, ["role"])
    assert tdkt("movement", "list").out == "There is nothing to show.\n"
