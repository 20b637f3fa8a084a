"""What is said beside a result: a warning stops nothing, and is told by `advance` and by `why`."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Tdkt
from tests.dossiers import given, way
from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VILLAGE

WARNING = "Báo cáo tổng kết công tác TĐKT năm 2025, phương hướng, nhiệm vụ công tác năm 2026"


@pytest.fixture
def reviewed_conference(tdkt: Tdkt) -> Tdkt:
    """T02, which had better wait for the report T01, awaits the chair."""
    assert tdkt("advance", "T02", "submit", "--as", OFFICER).code == 0
    assert tdkt("advance", "T02", "review", "--set", "opinion=Nhất trí", "--as", STANDING_MEMBER).code == 0
    return tdkt


def test_a_warning_goes_to_stderr_beside_what_was_done(reviewed_conference: Tdkt) -> None:
    answer = reviewed_conference("advance", "T02", "approve", "--as", CHAIR)

    assert (answer.code, answer.out) == (
        0,
        "T02  Approve: Content and form checked → Plan of the conference approved\n"
        "     To put it right: the reviewer or the approver returns it.\n"
        "     Done by: Chair.\n"
        "\nNext (Complete, Officer of the division):\n"
        '  tdkt advance T02 complete --set held_on="<Date held>" --as chuyen-vien\n',
    )
    assert answer.err == f"  ! This should come first: T01 {WARNING}.\n"


def test_a_dry_run_tells_who_goes_on_and_who_would_be_told(tdkt: Tdkt) -> None:
    submit = ("advance", "T02", "submit", "--as", OFFICER)

    answer = tdkt(*submit, "--dry-run")

    assert (answer.code, answer.out) == (
        0,
        "T02  Submit: In preparation → Submitted\n"
        "     To put it right: whoever handed it in recalls it while nobody has acted on it.\n"
        "     Next: Review, Head of the division and standing member\n"
        "     Will be told: Head of the division and standing member\n",
    )
    assert "Next (Review, Head of the division and standing member):" in tdkt(*submit).out
    assert {row["to"] for row in tdkt("notice", "list", "--json").json} == {STANDING_MEMBER}


def test_a_dry_run_that_is_refused_foresees_nothing(tdkt: Tdkt) -> None:
    answer = tdkt("advance", "T02", "approve", "--as", CHAIR, "--dry-run")

    assert (answer.code, answer.out) == (1, "")


def test_a_script_reads_the_warnings_with_the_result(reviewed_conference: Tdkt) -> None:
    answer = reviewed_conference("advance", "T02", "approve", "--as", CHAIR, "--json")

    assert (answer.json["done"], answer.json["warnings"]) == (
        True,
        [f"This should come first: T01 {WARNING}."],
    )


def test_of_many_items_each_is_warned_of_what_the_command_leaves_open(tdkt: Tdkt) -> None:
    """T01 is approved before T02 in the same command, and is still open then."""
    assert tdkt("advance", "T01..T02", "submit", "--as", OFFICER).code == 0
    assert tdkt("advance", "T01..T02", "review", "--set", "opinion=x", "--as", STANDING_MEMBER).code == 0

    shown = tdkt("advance", "T01..T02", "approve", "--as", CHAIR, "--json").json

    assert {row["ref"]: len(row["warnings"]) for row in shown} == {"T01": 0, "T02": 1}


def test_a_finished_predecessor_is_not_told(reviewed_conference: Tdkt) -> None:
    cancelled = reviewed_conference("advance", "T01", "cancel", "--set", "reason=x", "--as", CHAIR)
    assert cancelled.code == 0

    answer = reviewed_conference("advance", "T02", "approve", "--as", CHAIR)

    assert (answer.code, answer.err) == (0, "")


def test_why_tells_the_warning_of_what_can_be_done(reviewed_conference: Tdkt) -> None:
    allowed = reviewed_conference("why", "T02", "approve").out
    shown = reviewed_conference("why", "T02", "approve", "--json").json
    refused = reviewed_conference("why", "T02", "complete").out

    assert allowed == (
        f"✓ approve (Approve)\n  ! This should come first: T01 {WARNING}.\n"
        "     To put it right: the reviewer or the approver returns it.\n"
    )
    assert shown["warnings"] == [f"This should come first: T01 {WARNING}."]
    assert "This should come first" not in refused
    assert reviewed_conference("why", "T01", "approve", "--json").json["warnings"] == []


def test_an_appraised_dossier_is_not_said_to_have_been_before_the_council(tdkt: Tdkt) -> None:
    new = ("dossier", "new", "--task", "T06", "--from", VILLAGE, "--title", "gdvh")
    ref = tdkt(*new, "--as", VILLAGE, "--json").json["ref"]
    tdkt("dossier", "add", ref, "--kind", "household", "--name", "Hộ mẫu", "--as", VILLAGE)
    for words in way("complete", ref=ref, posted=("10/12/2025", "25/12/2025")):
        assert tdkt(*words).code == 0
    assert tdkt("dossier", "appraise", f"{ref}/1", "--verdict", "met", "--as", OFFICER).code == 0

    moved = tdkt("advance", ref, "confirm", "--as", STANDING_MEMBER).out

    assert moved.startswith(f"{ref}  Confirm the appraisal: Complete, under appraisal → Appraised\n")
    for look in (("dossier", "list"), ("show", ref), ("inbox", "--as", CHAIR)):
        said = tdkt(*look).out
        assert ("Appraised" in said, "Reviewed by the council" in said) == (True, False), look


def test_a_dossiers_notices_stand_in_the_inbox_of_its_body(tdkt: Tdkt) -> None:
    new = ("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "gk", "--type", "cong_trang")
    ref = tdkt(*new, "--as", VILLAGE, "--json").json["ref"]
    tdkt("dossier", "add", ref, "--kind", "person", "--name", "Nguyễn Thị Mẫu", "--as", VILLAGE)
    tdkt("advance", ref, "submit", "--as", VILLAGE, "--dry-run", "--yes")
    assert tdkt("notice", "list", "--json").json == []
    tdkt("advance", ref, "submit", "--as", VILLAGE, "--yes")
    asked = given("missing=Báo cáo của Nguyễn Thị Mẫu", "until=12/01/2026")
    tdkt("advance", ref, "return", *asked, "--as", SECRETARY)

    rows = tdkt("notice", "list", "--to", VILLAGE, "--json").json

    assert [(row["kind"], row["ref"], row["level"], row["status"]) for row in rows] == [
        ("received", ref, None, "sent"),
        ("returned", ref, None, "sent"),
    ]
    assert not any("Mẫu" in row["subject"] + row["text"] for row in rows)
    assert "Dossier returned" in tdkt("notice", "list").out


def test_an_act_on_several_items_ends_with_the_command_that_leads_most_of_them_on(tdkt: Tdkt) -> None:
    assert tdkt("advance", "T06", "submit", "--as", OFFICER).code == 0

    moved = tdkt("advance", "T01..T03", "T06", "submit", "--as", OFFICER)

    assert (moved.code, moved.out.splitlines()[3:]) == (
        1,
        [
            "     Done by: Officer of the division.",
            "",
            "Next (Review, Head of the division and standing member):",
            f'  tdkt advance T01..T03 review --set opinion="<Opinion>" --as {STANDING_MEMBER}',
        ],
    )
