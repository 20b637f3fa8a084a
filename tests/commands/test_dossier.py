"""`tdkt dossier`: from a village's list to the award, and what is refused on the way."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Answer, Tdkt
from tests.people import CHAIR, OFFICER, SECOND_VILLAGE, SECRETARY, VILLAGE

NEW = ("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "gk", "--type", "cong_trang")
COUNTS = ("--for", "8", "--against", "0", "--invalid", "0", "--present", "8", "--total", "9")


@pytest.fixture
def drafted_dossier(tdkt: Tdkt) -> str:
    ref: str = tdkt(*NEW, "--as", VILLAGE, "--json").json["ref"]
    tdkt("dossier", "add", ref, "--kind", "person", "--name", "Nguyễn Thị Mẫu", "--as", VILLAGE)
    tdkt("dossier", "add", ref, "--kind", "household", "--name", "Hộ mẫu", "--as", VILLAGE)
    return ref


@pytest.fixture
def submitted_dossier(tdkt: Tdkt, drafted_dossier: str) -> str:
    assert tdkt("advance", drafted_dossier, "submit", "--as", VILLAGE).code == 0
    return drafted_dossier


def _shown(tdkt: Tdkt, ref: str) -> dict[str, object]:
    shown: dict[str, object] = tdkt("dossier", "show", ref, "--json").json
    return shown


def test_a_new_dossier_answers_with_its_reference(tdkt: Tdkt) -> None:
    answer = tdkt(*NEW, "--as", VILLAGE, "--json")

    assert answer.code == 0
    assert answer.json["ref"] == "D0001"


def test_a_dossier_shows_its_lines_with_their_names(tdkt: Tdkt, drafted_dossier: str) -> None:
    shown = _shown(tdkt, drafted_dossier)

    assert {
        name: shown[name] for name in ("ref", "task", "body", "type", "state", "received_on", "version")
    } == {
        "ref": "D0001",
        "task": "T17",
        "body": VILLAGE,
        "type": "cong_trang",
        "state": "drafted",
        "received_on": None,
        "version": 3,
    }
    lines = shown["nominees"]
    assert isinstance(lines, list)
    assert [(line["no"], line["kind"], line["name"], line["title"], line["outcome"]) for line in lines] == [
        (1, "person", "Nguyễn Thị Mẫu", "gk", "pending"),
        (2, "household", "Hộ mẫu", "gk", "pending"),
    ]


def test_a_line_is_edited_and_removed_and_its_number_is_not_given_again(
    tdkt: Tdkt, drafted_dossier: str
) -> None:
    tdkt("dossier", "edit", f"{drafted_dossier}/1", "--name", "Trần Văn Mẫu", "--as", VILLAGE)
    tdkt("dossier", "remove", f"{drafted_dossier}/2", "--as", VILLAGE)
    tdkt("dossier", "add", drafted_dossier, "--kind", "collective", "--name", "Tổ mẫu", "--as", VILLAGE)

    lines = _shown(tdkt, drafted_dossier)["nominees"]

    assert isinstance(lines, list)
    assert [(line["no"], line["name"]) for line in lines] == [(1, "Trần Văn Mẫu"), (3, "Tổ mẫu")]


def test_a_dossier_goes_all_the_way_to_the_award(tdkt: Tdkt, submitted_dossier: str) -> None:
    ref = submitted_dossier
    steps: list[Answer] = [
        tdkt("dossier", "result", f"{ref}/1", *COUNTS, "--as", SECRETARY),
        tdkt(
            *("dossier", "result", f"{ref}/2", "--for", "3", "--against", "5", "--invalid", "0"),
            *("--present", "8", "--total", "9", "--as", SECRETARY),
        ),
        tdkt("advance", ref, "review", "--as", SECRETARY),
        tdkt("advance", ref, "approve", "--as", CHAIR),
        tdkt(
            *(
                "advance",
                ref,
                "award",
                "--set",
                "decision_number=112/QĐ-UBND",
                "--set",
                "decision_date=05/01/2026",
            ),
            *("--set", "signer=chu-tich", "--as", OFFICER),
        ),
    ]

    shown = _shown(tdkt, ref)

    assert [step.code for step in steps] == [0, 0, 0, 0, 0]
    lines = shown["nominees"]
    assert isinstance(lines, list)
    assert shown["state"] == "awarded"
    assert [(line["result"], line["outcome"]) for line in lines] == [
        ("pass", "awarded_here"),
        ("fail", "not_awarded"),
    ]


def test_counts_below_the_quorum_are_no_result(tdkt: Tdkt, submitted_dossier: str) -> None:
    counts = ("--for", "5", "--against", "0", "--invalid", "0", "--present", "5", "--total", "9")

    answer = tdkt("dossier", "result", f"{submitted_dossier}/1", *counts, "--as", SECRETARY, "--json")

    assert answer.code == 1
    assert [reason["rule"] for reason in answer.refusal["reasons"]] == ["quorum"]


def test_titles_of_two_levels_do_not_stand_in_one_dossier(tdkt: Tdkt, drafted_dossier: str) -> None:
    answer = tdkt(
        *("dossier", "add", drafted_dossier, "--kind", "person", "--name", "A", "--title", "cstdt"),
        *("--as", VILLAGE, "--json"),
    )

    assert answer.code == 1
    assert [reason["rule"] for reason in answer.refusal["reasons"]] == ["one_level"]


def test_a_reference_without_a_line_is_a_usage_mistake(tdkt: Tdkt, drafted_dossier: str) -> None:
    answer = tdkt("dossier", "edit", drafted_dossier, "--name", "A", "--as", VILLAGE)

    assert answer.code == 2
    assert "D0042/3" in answer.err


def test_the_list_counts_the_lines(tdkt: Tdkt, drafted_dossier: str) -> None:
    rows = tdkt("dossier", "list", "--task", "T17", "--json").json

    assert [(row["ref"], row["body"], row["nominees"]) for row in rows] == [(drafted_dossier, VILLAGE, 2)]


def test_no_name_of_a_nominee_stands_in_the_log(tdkt: Tdkt, submitted_dossier: str) -> None:
    log = tdkt("audit", "log", submitted_dossier, "--json")

    assert log.code == 0
    assert "Mẫu" not in log.out


def test_a_dossier_refused_at_birth_is_told_in_words(tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")

    refused = tdkt(*NEW, "--as", SECOND_VILLAGE)

    assert refused.err.splitlines()[0] == "Không thực hiện được việc “lập” với T17, vì:"
    assert "✗ Lập: không được chấp nhận  (Trưởng thôn mẫu số 2)" in tdkt("audit", "log", "T17").out
    assert "Chưa hiển thị: 1 việc không được chấp nhận." in tdkt("show", "T17").out
