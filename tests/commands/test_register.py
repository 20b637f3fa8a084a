"""`tdkt register`: what was recorded, as the registers that auditors ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.conftest import Tdkt
from tests.dossiers import NO_VOTE, annulment, given, way
from tests.people import CHAIR, OFFICER, RECORDS_CLERK, STANDING_MEMBER, VILLAGE

NOMINEES = (
    ("--kind", "person", "--name", "Nguyễn Văn Đức", "--position", "Trưởng thôn", "--unit", "Thôn mẫu"),
    ("--kind", "household", "--name", "=Hộ mẫu"),
    ("--kind", "collective", "--name", "Tổ mẫu"),
)

FUNDS = "funds_by=ke-toan"


@pytest.fixture
def awarded(tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch) -> Tdkt:
    """A dossier that was sent back once and awarded, a report issued, an invitation answered."""
    monkeypatch.setenv("TDKT_LANG", "vi")
    new = ("dossier", "new", "--task", "T06", "--from", VILLAGE, "--title", "gk", "--type", "dot_xuat")
    decision = (
        "decision_number=112/QĐ-UBND",
        "decision_date=06/01/2026",
        "signer=chu-tich",
        "not_awarded=3",
        FUNDS,
    )
    for words in (
        (*new, "--as", VILLAGE),
        *(("dossier", "add", "D0001", *nominee, "--as", VILLAGE) for nominee in NOMINEES),
        ("advance", "D0001", "submit", "--as", VILLAGE, "--yes"),
        ("advance", "D0001", "return", *given("missing=Biên bản", "until=12/01/2026"), "--as", OFFICER),
        *way("approved", lines=(1, 2, 3), votes=NO_VOTE),
        (
            "advance",
            "D0001",
            "award",
            *given(*decision),
            "--as",
            OFFICER,
            "--yes",
            "--now",
            "2026-01-06T09:00",
        ),
        ("advance", "T01", "submit", "--as", OFFICER),
        ("advance", "T01", "review", *given("opinion=Được"), "--as", STANDING_MEMBER),
        ("advance", "T01", "approve", "--as", CHAIR),
        (
            *("advance", "T01", "complete", *given("paper_number=05/BC-UBND", "paper_date=05/01/2026")),
            *("--as", OFFICER, "--yes", "--now", "2026-01-07T09:00"),
        ),
    ):
        assert tdkt(*words).code == 0, words
    return tdkt


def rows(tdkt: Tdkt, *words: str) -> list[dict[str, Any]]:
    answer = tdkt("register", *words, "--json")
    assert answer.code == 0, answer.err
    found: list[dict[str, Any]] = answer.json
    return found


def test_papers_are_listed_by_their_day(awarded: Tdkt) -> None:
    found = rows(awarded, "papers")

    assert [(row["number"], row["day"], row["ref"], row["signer"], row["recorded_on"]) for row in found] == [
        ("07/TTr-HĐTĐKT", "2026-01-05", "D0001", None, "2026-01-05"),
        ("05/BC-UBND", "2026-01-05", "T01", None, "2026-01-07"),
        ("112/QĐ-UBND", "2026-01-06", "D0001", "chu-tich", "2026-01-06"),
    ]


def test_a_proposed_paper_is_none_until_another_person_agrees(awarded: Tdkt) -> None:
    assert (
        awarded("task", "record", "T02", "--on", "05/01/2026", "--paper", "20/BC-UBND", "--as", OFFICER).code
        == 0
    )
    proposed = [row["number"] for row in rows(awarded, "papers", "--number", "20")]

    assert awarded("task", "record", "T02", "--agree", "--as", STANDING_MEMBER).code == 0

    assert (proposed, [row["ref"] for row in rows(awarded, "papers", "--number", "20")]) == ([], ["T02"])


def test_a_decision_counts_what_it_awards(awarded: Tdkt) -> None:
    (found,) = rows(awarded, "decisions")

    assert found == {
        "number": "112/QĐ-UBND",
        "day": "2026-01-06",
        "signer": "chu-tich",
        "titles": ["gk"],
        "types": ["dot_xuat"],
        "collectives": 0,
        "households": 1,
        "persons": 1,
        "bodies": [VILLAGE],
        "dossiers": ["D0001"],
        "year": 2026,
        "revoked_by": None,
        "revoked_on": None,
        "to_trinh": None,
        "to_trinh_on": None,
        "total": 1_060_000 + 710_000,
        "marks": [],
    }
    assert "Tình trạng: Có hiệu lực" in " ".join(awarded("register", "decisions").out.split())


def test_an_annulled_decision_says_by_which(awarded: Tdkt) -> None:
    for words in annulment("Q01", "Q02", number="130/QĐ-UBND", on="08/01/2026"):
        assert awarded(*words, "--now", "2026-01-08T09:00").code == 0, words

    (found,) = rows(awarded, "decisions")

    assert (found["revoked_by"], found["revoked_on"], found["persons"]) == ("130/QĐ-UBND", "2026-01-08", 1)
    shown = " ".join(awarded("register", "decisions").out.split())
    assert "Tình trạng: Đã hủy bỏ (130/QĐ-UBND ngày 08/01/2026)" in shown
    assert {row["outcome"] for row in rows(awarded, "awards")} == {"revoked"}


def test_a_received_dossier_says_what_was_asked_of_it(awarded: Tdkt) -> None:
    awarded(
        "dossier",
        "new",
        "--task",
        "T17",
        "--from",
        VILLAGE,
        "--title",
        "gk",
        "--type",
        "cong_trang",
        "--as",
        VILLAGE,
    )

    (found,) = rows(awarded, "dossiers")

    assert (found["ref"], found["received_on"], found["nominees"]) == ("D0001", "2026-01-05", 3)
    assert found["supplements"] == [{"on": "2026-01-05", "missing": "Biên bản"}]
    assert (found["state"], found["closed_on"]) == ("awarded", "2026-01-06")


def test_awards_are_found_by_a_name_without_tone_marks(awarded: Tdkt) -> None:
    everybody = [(row["name"], row["ref"]) for row in rows(awarded, "awards")]

    assert everybody == [("Nguyễn Văn Đức", "D0001/1"), ("=Hộ mẫu", "D0001/2")]
    for name in ("nguyen van duc", "Nguyễn", "ĐỨC", "DUC"):
        assert [row["ref"] for row in rows(awarded, "awards", "--find", name)] == ["D0001/1"]
    assert rows(awarded, "awards", "--find", "Trần") == []


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (("--number", "5"), ["05/BC-UBND"]),
        (("--number", "112/QĐ-UBND"), ["112/QĐ-UBND"]),
        (("--number", "112/qd-ubnd"), ["112/QĐ-UBND"]),
        (("--number", "11"), []),
        (("--on", "06/01/2026"), ["112/QĐ-UBND"]),
        (("--since", "06/01/2026"), ["112/QĐ-UBND"]),
        (("--until", "05/01/2026"), ["07/TTr-HĐTĐKT", "05/BC-UBND"]),
        (("--body", "Thôn 1"), ["07/TTr-HĐTĐKT", "112/QĐ-UBND"]),
        (("--body", "thon 1"), ["07/TTr-HĐTĐKT", "112/QĐ-UBND"]),
        (("--find", "nguyen van duc"), ["07/TTr-HĐTĐKT", "112/QĐ-UBND"]),
        (("--year", "2026"), ["07/TTr-HĐTĐKT", "05/BC-UBND", "112/QĐ-UBND"]),
    ],
)
def test_papers_are_found(awarded: Tdkt, words: tuple[str, ...], numbers: list[str]) -> None:
    assert [row["number"] for row in rows(awarded, "papers", *words)] == numbers


def test_an_unknown_body_is_a_usage_mistake(awarded: Tdkt) -> None:
    answer = awarded("register", "papers", "--body", "Thôn 77")

    assert (answer.code, answer.out) == (2, "")


@pytest.mark.parametrize("name", ["papers", "decisions", "dossiers", "awards"])
def test_a_workbook_holds_texts_as_texts(awarded: Tdkt, name: str, tmp_path: Path) -> None:
    file = tmp_path / "so.xlsx"

    assert awarded("register", name, "--xlsx", str(file)).code == 0

    sheet = openpyxl.load_workbook(file).worksheets[0]
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    said = {str(cell.value) for cell in cells}
    assert {"Số TT", "1"} <= said
    assert ("=Hộ mẫu" in said) == (name == "awards")


@pytest.mark.parametrize("name", ["papers", "decisions", "dossiers", "awards"])
def test_a_line_fits_the_page_and_nothing_of_numbers_is_shortened(
    awarded: Tdkt, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")

    lines = awarded("register", name).out.splitlines()

    assert [line for line in lines if len(line) > 100] == []
    assert not any(
        "…" in word and any(sign.isdigit() for sign in word) for line in lines for word in line.split()
    )


def test_a_corrected_number_stands_in_the_place_of_the_mistyped_one(awarded: Tdkt) -> None:
    slip = ("decision", "correct", "Q01", "--number", "121/QĐ-UBND", "--reason", "Nhập nhầm")
    assert awarded(*slip, "--as", OFFICER).code == 0
    before = [row["number"] for row in rows(awarded, "decisions")]
    agreed = awarded("advance", "Q01", "agree_correction", "--as", RECORDS_CLERK, "--yes")
    assert agreed.code == 0, agreed.err

    assert before == ["112/QĐ-UBND"]
    for name in ("decisions", "awards", "papers"):
        others = {"05/BC-UBND", "07/TTr-HĐTĐKT"}
        assert {row["number"] for row in rows(awarded, name)} - others == {"121/QĐ-UBND"}
    assert len(rows(awarded, "papers")) == 3
