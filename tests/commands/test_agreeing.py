"""Definitions that change somebody's rights: proposed by one account, put in force by another person."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.views import Reading
from tests.commands.conftest import SHIPPED, Edited, Tdkt
from tests.commands.test_definition import OFFICE, SECOND, SECOND_OFFICER
from tests.people import (
    ADMINISTRATOR,
    CHAIR,
    MEMBER,
    OFFICER,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
)

TOLD = "The council is told where rights change."
NAME = "office/diem-he/2"
WITHOUT_FOUR_EYES = (
    "guards: [four_eyes, confirmed_by_another, some_line_to_approve, not_only_own_lines,",
    "guards: [some_line_to_approve, not_only_own_lines,",
)
CHAIR_LABEL = 'label: {vi: "Chủ tịch UBND xã, Chủ tịch Hội đồng", en: Chair}\n    '


@pytest.fixture
def proposed(tdkt: Tdkt, edited: Edited) -> Tdkt:
    """The sandbox in which the administrator proposed a second officer."""
    done = tdkt("definition", "adopt", str(edited(OFFICE, SECOND, SECOND_OFFICER)), "--as", ADMINISTRATOR)
    assert (done.code, done.err) == (0, "")
    return tdkt


def rules(tdkt: Tdkt, *words: str) -> list[tuple[str, list[str]]]:
    answer = tdkt("definition", *words, "--json")
    assert (answer.code, answer.out) == (1, "")
    return [(reason["rule"], reason["who_can"]) for reason in answer.refusal["reasons"]]


def versions(tdkt: Tdkt) -> list[int]:
    return [each["version"] for each in tdkt("definition", "list", "--json").json if each["kind"] == "office"]


def test_what_is_proposed_says_who_may_do_what_and_who_agrees(proposed: Tdkt, edited: Edited) -> None:
    shown = proposed("definition", "agree", "diem-he", "--dry-run")
    (waiting,) = proposed("definition", "proposals", "--json").json

    assert "  - Officer 2 is a new account: Officer.\n" in shown.out
    assert {
        name: waiting[name] for name in ("number", "kind", "name", "version", "proposed_by", "who_can")
    } == {
        "number": 1,
        "kind": "office",
        "name": "diem-he",
        "version": 2,
        "proposed_by": ADMINISTRATOR,
        "who_can": [CHAIR],
    }
    assert NAME in proposed("definition", "proposals").out
    assert versions(proposed) == [1]


def test_it_stands_in_the_inbox_of_who_may_agree_alone(proposed: Tdkt) -> None:
    refs = {
        account: [each["ref"] for each in proposed("inbox", "--as", account, "--json").json]
        for account in (CHAIR, VICE_CHAIR, ADMINISTRATOR)
    }

    assert {account: NAME in found for account, found in refs.items()} == {
        CHAIR: True,
        VICE_CHAIR: False,
        ADMINISTRATOR: False,
    }


def test_only_another_person_whom_the_office_names_agrees(proposed: Tdkt, database: Path) -> None:
    assert rules(proposed, "agree", "diem-he", "--as", ADMINISTRATOR, "--yes") == [
        ("own_definition", [CHAIR])
    ]
    assert rules(proposed, "agree", "diem-he", "--as", VICE_CHAIR, "--yes") == [("role", [CHAIR])]
    assert versions(proposed) == [1]
    with Reading(f"sqlite:///{database}") as reading:
        refused = list(reading.entries("diem-he", 2026, refused=True))
    assert [(entry.event, entry.actor) for entry in refused] == [
        ("agree_definition", ADMINISTRATOR),
        ("agree_definition", VICE_CHAIR),
    ]


def test_whoever_may_agree_is_asked(proposed: Tdkt) -> None:
    (asked,) = proposed("notice", "list", "--json").json

    assert (asked["to"], asked["kind"]) == (CHAIR, "rights_proposed")
    assert asked["text"].splitlines()[:2] == [
        "Kính trình: Chủ tịch UBND xã.",
        "Quản trị phần mềm đề xuất office/diem-he/2: Chuyên viên 2 là tài khoản mới, vai trò: Chuyên viên"
        " Phòng Văn hóa - Xã hội.",
    ]
    assert "tdkt" not in asked["text"]


def test_without_a_yes_nothing_is_agreed(proposed: Tdkt) -> None:
    answer = proposed("definition", "agree", "diem-he", "--as", CHAIR)

    assert answer.code == 1
    assert versions(proposed) == [1]


def test_the_council_is_told_who_agreed_to_what(proposed: Tdkt) -> None:
    done = proposed("definition", "agree", NAME, "--as", CHAIR, "--yes")

    assert done.out.splitlines()[-1] == f"Agreed: {NAME} is in force. {TOLD}"
    told = [each for each in proposed("notice", "list", "--json").json if each["kind"] == "rights_changed"]
    assert [each["to"] for each in told] == [
        CHAIR,
        VICE_CHAIR,
        STANDING_MEMBER,
        SECRETARY,
        *(f"uy-vien-{number}" for number in range(1, 6)),
    ]
    assert "Chuyên viên 2 là tài khoản mới, vai trò: Chuyên viên Phòng Văn hóa - Xã hội." in told[0]["text"]
    assert "Quản trị phần mềm đề xuất, Chủ tịch UBND xã đồng ý ngày" in told[0]["text"]
    assert proposed("definition", "proposals", "--json").json == []
    assert proposed("audit", "verify").code == 0


def test_a_stand_in_agrees_in_the_chairs_name(proposed: Tdkt, database: Path) -> None:
    away = ("office", "substitute", CHAIR, "--by", VICE_CHAIR, "--until", "2026-02-01", "--as", CHAIR)
    assert proposed(*away).code == 0

    assert proposed("definition", "agree", "diem-he", "--as", VICE_CHAIR, "--yes").code == 0

    with Reading(f"sqlite:///{database}") as reading:
        (entry,) = reading.entries("diem-he", 2026, event="agree_definition")
    assert (entry.actor, entry.acting_for, entry.role) == (VICE_CHAIR, CHAIR, "chair")


def test_what_the_chair_proposes_the_vice_chair_agrees_to(tdkt: Tdkt, edited: Edited) -> None:
    """Once the chair may propose; and where nobody else is left, the way out is told."""
    both = ("roles: [chair, council_member]", "roles: [chair, council_member, administrator]")
    first = edited(OFFICE, SECOND, both)
    assert tdkt("definition", "adopt", str(first), "--as", ADMINISTRATOR).code == 0
    assert tdkt("definition", "agree", "diem-he", "--as", CHAIR, "--yes").code == 0
    third = edited(OFFICE, ("version: 1", "version: 3"), both, SECOND_OFFICER)
    assert tdkt("definition", "adopt", str(third), "--as", CHAIR).code == 0

    assert rules(tdkt, "agree", "diem-he", "--as", CHAIR, "--yes") == [("own_definition", [VICE_CHAIR])]
    assert tdkt("definition", "agree", "diem-he", "--as", VICE_CHAIR, "--yes").code == 0
    one = ("  pho-chu-tich:\n    label:", "  pho-chu-tich:\n    person: chu-tich\n    label:")
    fourth = edited(OFFICE, ("version: 1", "version: 4"), both, one)
    assert tdkt("definition", "adopt", str(fourth), "--as", ADMINISTRATOR).code == 0
    assert tdkt("definition", "agree", "diem-he", "--as", CHAIR, "--yes").code == 0
    fifth = edited(OFFICE, ("version: 1", "version: 5"), both)
    assert rules(tdkt, "adopt", str(fifth), "--as", CHAIR) == [("nobody_agrees", [])]


def test_the_offices_file_says_who_agrees(tdkt: Tdkt, edited: Edited) -> None:
    named = ("machines: [plan", "agrees: [chair, standing_member]\nmachines: [plan")
    assert tdkt("definition", "adopt", str(edited(OFFICE, SECOND, named)), "--as", ADMINISTRATOR).code == 0
    assert tdkt("definition", "agree", "diem-he", "--as", CHAIR, "--yes").code == 0
    third = edited(OFFICE, ("version: 1", "version: 3"), named, SECOND_OFFICER)

    assert tdkt("definition", "adopt", str(third), "--as", STANDING_MEMBER).code == 0
    assert tdkt("definition", "proposals", "--json").json[0]["who_can"] == [CHAIR]
    assert rules(tdkt, "agree", "diem-he", "--as", STANDING_MEMBER, "--yes") == [("own_definition", [CHAIR])]


def test_a_spelling_is_in_force_at_once_but_not_while_a_proposal_waits(
    proposed: Tdkt, edited: Edited
) -> None:
    spelled = (
        ("version: 1", "version: 3"),
        ("short: UBND xã", "short: UBND"),
        ("title: Điềm He", "title: X"),
    )

    waits = proposed("definition", "adopt", str(edited(OFFICE, *spelled)), "--as", ADMINISTRATOR)
    assert proposed("definition", "withdraw", "diem-he", "--as", ADMINISTRATOR).code == 0
    done = proposed("definition", "adopt", str(edited(OFFICE, *spelled)), "--as", ADMINISTRATOR)

    assert (waits.code, waits.err.split(";")[0]) == (1, f"{NAME} is proposed already and waits")
    assert (done.code, done.out.splitlines()[-1]) == (0, "office/diem-he/3 is in force.")
    assert versions(proposed) == [1, 3]


def test_a_machine_and_a_rule_pack_always_wait(tdkt: Tdkt, edited: Edited) -> None:
    for file, change in (
        ("machines/nomination_dossier/1.yaml", WITHOUT_FOUR_EYES),
        ("rules/commune/1.yaml", ("percent: 80, strict: false", "percent: 50, strict: true")),
    ):
        answer = tdkt(
            "definition", "adopt", str(edited(file, SECOND, change)), "--as", ADMINISTRATOR, "--json"
        )
        assert (answer.code, answer.json["adopted"]) == (0, False)

    said = [
        tdkt("definition", "agree", name, "--dry-run", "--json").json
        for name in ("nomination_dossier", "commune")
    ]
    assert [[change["what"] for change in each["changes"]] for each in said] == [
        ["guard_gone", "guard_gone"],
        ["vote"],
    ]
    assert said[0]["changes"][0]["message"] == "“Approve” is not held to four_eyes any more"
    assert tdkt("definition", "proposals", "--json").json[1]["name"] == "commune"


@pytest.mark.parametrize(
    ("words", "account", "status"),
    [
        (("decline", "--reason", "Chưa cần"), CHAIR, "declined"),
        (("withdraw",), ADMINISTRATOR, "withdrawn"),
    ],
)
def test_a_proposal_ends_without_effect(
    proposed: Tdkt, words: tuple[str, ...], account: str, status: str
) -> None:
    verb, *rest = words
    other = ADMINISTRATOR if account == CHAIR else CHAIR
    refused = proposed("definition", verb, "diem-he", *rest, "--as", other)
    done = proposed("definition", verb, "diem-he", *rest, "--as", account, "--json")
    again = proposed("definition", verb, "diem-he", *rest, "--as", account)

    assert (refused.code, done.json["status"], again.code) == (1, status, 2)
    assert (versions(proposed), proposed("definition", "proposals", "--json").json) == ([1], [])
    assert proposed("audit", "verify").code == 0


# -- accounts that an edition drops ----------------------------------------------------------------


def test_an_account_that_is_dropped_keeps_nothing(tdkt: Tdkt, edited: Edited, database: Path) -> None:
    """Its substitution, the work passed on to it and its contact end in the same act, with entries."""
    for words in (
        ("advance", "T02", "submit", "--as", OFFICER),
        ("delegate", "T02", "--to", MEMBER, "--as", STANDING_MEMBER),
        ("office", "substitute", SECRETARY, "--by", MEMBER, "--until", "2026-02-01", "--as", CHAIR),
        ("office", "contact", MEMBER, "--email", "uy.vien.1@diemhe.example", "--as", ADMINISTRATOR),
        ("office", "use", MEMBER),
    ):
        answer = tdkt(*words)
        assert answer.code == 0, answer.err
    shipped = (SHIPPED / OFFICE).read_text("utf-8")
    account = shipped[shipped.index("  uy-vien-1:") : shipped.index("  uy-vien-2:")]
    made = str(edited(OFFICE, SECOND, (account, "")))
    assert tdkt("definition", "adopt", made, "--as", ADMINISTRATOR).code == 0

    assert tdkt("definition", "agree", "diem-he", "--as", CHAIR, "--yes").code == 0

    (order,) = tdkt("office", "substitutions", "--all", "--json").json
    task = tdkt("task", "show", "T02", "--json").json
    assert (order["ended_on"], task["claimed_by"], task["delegated_by"]) == ("2026-01-05", None, None)
    assert tdkt("office", "contacts", "--json").json == []
    assert tdkt("office", "show", "--json").json["actor"] is None
    events = [(each["event"], each["actor"]) for each in tdkt("audit", "log", "--json").json][-4:]
    assert events == [
        ("end_substitution", CHAIR),
        ("take_back", CHAIR),
        ("remove_contact", CHAIR),
        ("agree_definition", CHAIR),
    ]
    told = [(each["to"], each["kind"]) for each in tdkt("notice", "list", "--json").json]
    assert told.count((SECRETARY, "substitution")) == 2
    assert told.count((STANDING_MEMBER, "delegation")) == 1
    assert (MEMBER, "rights_changed") not in told
    assert (SECRETARY, "rights_changed") in told
    assert tdkt("audit", "verify").code == 0
