"""`tdkt claim` and `tdkt delegate`: who says "I do it", who has it passed on, and what others see of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Answer, Tdkt
from tests.dossiers import way
from tests.people import AUDITOR, CHAIR, MEMBER, OFFICER, SECRETARY, STANDING_MEMBER, VILLAGE


@pytest.fixture
def submitted(tdkt: Tdkt) -> Tdkt:
    """T02 lies with the council: the standing member must review it, the secretary may."""
    done = tdkt("advance", "T02", "submit", "--as", OFFICER, "--now", "2026-03-02T08:00")
    assert (done.code, done.err) == (0, "")
    return tdkt


def row(tdkt: Tdkt, account: str, ref: str = "T02") -> dict[str, object]:
    (found,) = [each for each in tdkt("inbox", "--as", account, "--json").json if each["ref"] == ref]
    return {name: found[name] for name in ("acting_for", "taken_by", "claimed_by", "delegated_by")}


def entries(tdkt: Tdkt, ref: str = "T02") -> list[tuple[str, str, str | None, bool]]:
    return [
        (each["event"], each["actor"], each["acting_for"], each["refused"])
        for each in tdkt("audit", "log", ref, "--json").json[2:]
    ]


def said(answer: Answer) -> tuple[int, str, str]:
    return answer.code, answer.out, answer.err


def test_of_two_who_may_act_one_says_that_it_does_it(submitted: Tdkt) -> None:
    claimed = submitted("claim", "t2", "--as", SECRETARY)

    assert said(claimed) == (
        0,
        "T02: claimed by Council secretary; reminders go to that account alone.\n",
        "",
    )
    assert row(submitted, STANDING_MEMBER) == {
        "acting_for": None,
        "taken_by": SECRETARY,
        "claimed_by": SECRETARY,
        "delegated_by": None,
    }
    assert row(submitted, SECRETARY)["taken_by"] is None
    assert "Claimed by Council secretary" in submitted("inbox", "--as", STANDING_MEMBER).out
    assert "claimed by Council secretary" in submitted("show", "T02").out.lower().replace(
        "council", "Council"
    )


def test_what_another_has_claimed_is_refused_with_who_since_when_and_the_cure(submitted: Tdkt) -> None:
    submitted("claim", "T02", "--as", SECRETARY)

    refused = submitted("claim", "T02", "--as", STANDING_MEMBER)

    assert said(refused) == (
        1,
        "",
        "Refused: claim T02, because:\n"
        "  - Council secretary has claimed T02 since 2026-03-02 08:00."
        " Ask the claimant to let go of it with tdkt claim T02 --release.\n",
    )
    assert entries(submitted) == [("claim", SECRETARY, None, False), ("claim", STANDING_MEMBER, None, True)]


def test_a_refusal_for_scripts_is_the_same_as_data(submitted: Tdkt) -> None:
    refused = submitted("claim", "T02", "--as", CHAIR, "--json")

    assert refused.code == 1
    assert refused.refusal["error"] == "refused"
    assert [(each["rule"], each["who_can"]) for each in refused.refusal["reasons"]] == [
        ("role", [STANDING_MEMBER, SECRETARY])
    ]


def test_claiming_twice_is_claiming_once(submitted: Tdkt) -> None:
    first = submitted("claim", "T02", "--as", SECRETARY, "--json")
    again = submitted("claim", "T02", "--as", SECRETARY, "--json")

    assert first.json == {
        "ref": "T02",
        "year": 2026,
        "event": "claim",
        "done": True,
        "claimed_by": SECRETARY,
        "delegated_by": None,
        "acting_for": None,
        "told": [],
    }
    assert again.json == {**first.json, "done": False}
    assert entries(submitted) == [("claim", SECRETARY, None, False)]


def test_a_claim_is_let_go(submitted: Tdkt) -> None:
    submitted("claim", "T02", "--as", SECRETARY)

    released = submitted("claim", "T02", "--release", "--as", SECRETARY)

    assert said(released) == (0, "T02: released by Council secretary.\n", "")
    assert row(submitted, STANDING_MEMBER)["taken_by"] is None
    assert submitted("claim", "T02", "--as", STANDING_MEMBER).code == 0


def test_a_claim_ends_with_the_step_and_leaves_the_version_alone(submitted: Tdkt) -> None:
    before = submitted("show", "T02", "--json").json
    submitted("claim", "T02", "--as", SECRETARY)
    claimed = submitted("show", "T02", "--json").json

    moved = submitted(
        "advance", "T02", "review", "--set", "opinion=ok", "--as", STANDING_MEMBER, "--if-version", "2"
    )

    after = submitted("show", "T02", "--json").json
    assert moved.code == 0
    assert (before["version"], claimed["version"], after["version"]) == (2, 2, 3)
    assert (claimed["claimed_by"], after["claimed_by"]) == (SECRETARY, None)
    assert submitted("audit", "verify").code == 0


def test_reminders_go_to_the_claimant(submitted: Tdkt) -> None:
    submitted("claim", "T02", "--as", SECRETARY)
    submitted("tick", "--now", "2026-03-17T08:00")

    told = [each["to"] for each in submitted("notice", "list", "--ref", "T02", "--json").json]
    assert told[-1] == SECRETARY


# -- passing on ----------------------------------------------------------------------------------


def test_an_item_is_passed_on_done_in_the_givers_name_and_shown_so(submitted: Tdkt) -> None:
    given = submitted(
        "delegate", "T02", "--to", MEMBER, "--reason", "Bận họp", "--as", STANDING_MEMBER, "--json"
    )
    shown = submitted("inbox", "--as", MEMBER).out
    seen = row(submitted, STANDING_MEMBER)
    allowed = submitted("why", "T02", "review", "--as", MEMBER, "--json").json
    done = submitted("advance", "T02", "review", "--set", "opinion=ok", "--as", MEMBER)

    assert (given.json["delegated_by"], given.json["told"]) == (STANDING_MEMBER, [MEMBER])
    assert "For Head of the division and standing member" in shown
    assert (seen["taken_by"], seen["delegated_by"]) == (MEMBER, STANDING_MEMBER)
    assert (allowed["allowed"], allowed["acting_for"]) == (True, STANDING_MEMBER)
    acts = "[Head of economy acts for Head of the division and standing member]"
    assert (done.code, acts in done.out) == (0, True)
    assert entries(submitted) == [
        ("delegate", STANDING_MEMBER, None, False),
        ("review", MEMBER, STANDING_MEMBER, False),
    ]
    history = submitted("show", "T02").out
    assert "Delegated: Head of economy  (Head of the division and standing member)" in history
    assert "Reviewed  (Head of economy acts for Head of the division and standing member)" in history


def test_the_reason_is_told_and_can_be_erased(submitted: Tdkt, database: Path) -> None:
    submitted("delegate", "T02", "--to", MEMBER, "--reason", "Bận họp", "--as", STANDING_MEMBER)

    (notice,) = submitted("notice", "list", "--to", MEMBER, "--json").json
    seq = submitted("audit", "log", "T02", "--json").json[-1]["seq"]
    (words,) = submitted("audit", "show", str(seq), "--json").json["texts"]

    assert (notice["kind"], notice["ref"], "(lý do: Bận họp)" in notice["text"]) == (
        "delegation",
        "T02",
        True,
    )
    assert (words["name"], words["value"], words["matches"]) == ("reason", "Bận họp", True)
    assert "Bận" not in submitted("audit", "show", str(seq), "--json").json["bytes"]


@pytest.mark.parametrize("who", [STANDING_MEMBER, MEMBER])
def test_either_of_the_two_ends_it(submitted: Tdkt, who: str) -> None:
    submitted("delegate", "T02", "--to", MEMBER, "--as", STANDING_MEMBER)

    back = submitted("delegate", "T02", "--back", "--as", who)

    told = {STANDING_MEMBER: MEMBER, MEMBER: STANDING_MEMBER}[who]
    assert said(back) == (
        0,
        "T02: Head of economy no longer acts for Head of the division and standing member.\n",
        "",
    )
    assert submitted("notice", "list", "--to", told, "--json").json[-1]["kind"] == "delegation"
    assert submitted("advance", "T02", "review", "--set", "opinion=ok", "--as", MEMBER).code == 1


def test_nothing_is_passed_on_to_whoever_has_no_business(submitted: Tdkt) -> None:
    refused = submitted("delegate", "T02", "--to", AUDITOR, "--as", STANDING_MEMBER, "--json")

    assert [each["rule"] for each in refused.refusal["reasons"]] == ["may_not_stand_in"]
    assert entries(submitted) == [("delegate", STANDING_MEMBER, None, True)]


def test_a_nominee_has_no_part_in_the_own_line_of_what_is_passed_on(tdkt: Tdkt) -> None:
    """A nominee does the rest of the list in the officer's place, never the own line."""
    new = ("--task", "T06", "--from", VILLAGE, "--title", "gdvh", "--as", VILLAGE)
    tdkt("dossier", "new", *new)
    line = ("--kind", "household", "--name", "Hộ ông A", "--position", MEMBER, "--as", VILLAGE)
    assert tdkt("dossier", "add", "D0001", *line, "--yes").code == 0
    other = ("--kind", "household", "--name", "Hộ bà B", "--as", VILLAGE)
    assert tdkt("dossier", "add", "D0001", *other).code == 0
    for words in way("complete", posted=("10/12/2025", "25/12/2025")):
        assert tdkt(*words).code == 0, words
    assert tdkt("delegate", "D0001", "--to", MEMBER, "--as", OFFICER).code == 0

    def appraised(*lines: str, account: str = MEMBER) -> Answer:
        return tdkt("dossier", "appraise", *lines, "--verdict", "met", "--as", account, "--json")

    refused = appraised("D0001/1", "D0001/2")

    assert [each["rule"] for each in refused.refusal["reasons"]] == ["own_line"]
    assert (appraised("D0001/2").code, appraised("D0001/1", account=OFFICER).code) == (0, 0)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("delegate", "T02"), "Give --to ACCOUNT to delegate, or --back alone to take it back."),
        (
            ("delegate", "T02", "--to", "x", "--back"),
            "Give --to ACCOUNT to delegate, or --back alone to take it back.",
        ),
        (
            ("delegate", "T02", "--back", "--reason", "x"),
            "Give --to ACCOUNT to delegate, or --back alone to take it back.",
        ),
        (("claim", "T99"), "There is no “T99”. See the references with tdkt task list or tdkt dossier list."),
        (("claim", "D0001/3"), None),
        (("delegate", "T02", "--to", "nobody"), None),
    ],
)
def test_what_cannot_be_understood_is_one_sentence(
    submitted: Tdkt, words: tuple[str, ...], sentence: str | None
) -> None:
    answer = submitted(*words, "--as", STANDING_MEMBER)

    assert (answer.code, answer.out, len(answer.err.splitlines())) == (2, "", 1)
    assert sentence is None or answer.err == f"{sentence}\n"


@pytest.mark.parametrize("words", [("claim", "T02"), ("delegate", "T02", "--to", MEMBER)])
def test_somebody_must_be_named(submitted: Tdkt, words: tuple[str, ...]) -> None:
    answer = submitted(*words)

    assert (answer.code, answer.err.startswith("Nobody is named as acting. Add --as ACCOUNT")) == (2, True)
