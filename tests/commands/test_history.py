"""`tdkt history`, `rating`, `initiative`: old lists, somebody's page, registers, and what goes for good."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from storage.unit import UnitOfWork
from tests.commands.conftest import Answer, Tdkt
from tests.dossiers import NO_VOTE, way
from tests.people import ADMINISTRATOR, OFFICER, VILLAGE

LIST = "\n".join(
    (
        "Họ và tên;Ngày sinh;Đơn vị;Năm;Danh hiệu;Số, ngày QĐ;Cơ quan khen;Xếp loại",
        "Nguyễn Thị Hoa;02/03/1974;Trường học;2024;LĐTT;15/QĐ-UBND ngày 20/06/2024;UBND huyện;HTTNV",
        "Nguyễn Thị Hoa;1991;Trường học;2024;CSTĐCS;16/QĐ-UBND ngày 20/06/2024;UBND huyện;",
        "Nguyễn Thị Hoà;1980;Trường học;2024;LĐTT;15/QĐ-UBND ngày 20/06/2024;UBND huyện;",
    )
)
AS = ("--as", OFFICER)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    file = tmp_path / "cu.csv"
    file.write_text(LIST, "utf-8")
    return file


@pytest.fixture
def imported(tdkt: Tdkt, old: Path) -> Tdkt:
    assert tdkt("history", "import", str(old), "--yes", *AS).code == 0
    return tdkt


def people(answer: Answer) -> list[tuple[Any, ...]]:
    """Whom a look found: each by name, birth and the numbers of the records."""
    return [
        (each["whom"]["name"], each["whom"]["born"], [record["number"] for record in each["records"]])
        for each in answer.json["people"]
    ]


def test_a_list_is_shown_and_asked_for_and_the_same_again_changes_nothing(tdkt: Tdkt, old: Path) -> None:
    tried = tdkt("history", "import", str(old), "--dry-run", *AS)
    unconfirmed = tdkt("history", "import", str(old), *AS)
    nothing = tdkt("history", "search", "hoa", "--json")
    done = tdkt("history", "import", str(old), "--yes", *AS)
    again = tdkt("history", "import", str(old), "--yes", *AS)

    assert (tried.code, tried.err) == (0, "Dry run, nothing was written. Leave out --dry-run to do it.\n")
    assert (unconfirmed.code, nothing.json["people"]) == (1, [])
    assert done.out.endswith("Imported: 4 new, 0 changed, 0 known already.\n")
    assert (again.code, again.out) == (0, f"{old}: all of it is known already; nothing changes.\n")
    assert tdkt("audit", "verify").code == 0


def test_a_corrected_list_changes_what_it_says_otherwise(imported: Tdkt, old: Path) -> None:
    old.write_text(LIST.replace("UBND huyện;HTTNV", "Chủ tịch UBND huyện Văn Quan;HTTNV"), "utf-8")

    done = imported("history", "import", str(old), "--yes", *AS)

    assert done.out.endswith("Imported: 0 new, 1 changed, 3 known already.\n")
    (one,) = imported("history", "show", "1", "--json").json["people"]
    assert one["records"][0]["authority"] == "Chủ tịch UBND huyện Văn Quan"


def test_equal_names_are_told_apart_and_chosen_by_number(imported: Tdkt) -> None:
    both = imported("history", "show", "nguyen thi hoa", "--json")
    one = imported("history", "show", "3", "--json")

    assert people(both) == [
        ("Nguyễn Thị Hoa", "1974-03-02", [1, 2]),
        ("Nguyễn Thị Hoa", "1991", [3]),
        ("Nguyễn Thị Hoà", "1980", [4]),
    ]
    assert people(one) == [("Nguyễn Thị Hoa", "1991", [3])]
    assert "3 are called “nguyen thi hoa”" in imported("history", "show", "nguyen thi hoa").out
    assert imported("history", "show", "Ai đó").code == 2


@pytest.mark.parametrize(
    ("words", "numbers"),
    [(("thi", "ho"), [1, 3, 4]), (("15",), [1, 4]), (("16/qđ-ubnd",), [3]), (("khong",), [])],
)
def test_a_search_finds_parts_of_names_and_numbers_of_papers(
    imported: Tdkt, words: tuple[str, ...], numbers: list[int]
) -> None:
    found = imported("history", "search", *words, "--json")

    assert [each[2][0] for each in people(found)] == numbers


def test_a_slip_is_corrected_and_removed_with_a_reason_and_a_person_is_erased(imported: Tdkt) -> None:
    wrong = imported(
        "history", "correct", "3", "--born", "1992", "--dated", "21/06/2024", "--reason", "x", *AS
    )
    (one,) = imported("history", "show", "3", "--json").json["people"]
    removed = imported("history", "remove", "4", "--reason", "Ghi hai lần", "--yes", *AS)
    erased = imported("history", "erase", "1", "--reason", "Yêu cầu", "--yes", "--as", ADMINISTRATOR)

    assert wrong.out == "Record 3 was corrected: Nguyễn Thị Hoa.\n"
    # Whose records go is shown before it is asked.
    assert [line[:19] for line in removed.out.splitlines()[1:]] == [
        "4    Nguyễn Thị Hoà",
        "1 record was remove",
    ]
    assert [line[:19] for line in erased.out.splitlines()[1:]] == [
        "1    Nguyễn Thị Hoa",
        "2    Nguyễn Thị Hoa",
        "2 records were eras",
    ]
    assert (one["whom"]["born"], one["records"][0]["dated"]) == ("1992", "2024-06-21")
    assert people(imported("history", "search", "hoa", "--json")) == [("Nguyễn Thị Hoa", "1992", [3])]
    assert imported("history", "remove", "4", "--reason", "x", "--yes", *AS).code == 2
    assert imported("audit", "verify").code == 0


def test_what_was_typed_of_a_record_by_mistake_is_taken_away(imported: Tdkt) -> None:
    said = ("--revoked-on", "01/07/2024", "--revoked-by", "20/QĐ-UBND", "--reason", "x", *AS)
    nothing = ("--revoked-on", "", "--revoked-by", "", "--reason", "y", *AS)
    before = imported("history", "correct", "1", *said, "--json").json["before"]

    assert imported("history", "correct", "1", *nothing, "--json").json["after"] == before
    assert imported("history", "correct", "1", "--name", "", "--reason", "y", *AS).code == 2


def test_ratings_stand_as_of_a_day_and_a_final_one_before_an_expected_one(tdkt: Tdkt) -> None:
    known = ("--period", "2025", "--unit", "Trường học", *AS)
    tdkt("rating", "add", "Vi Văn Tòng", "httnv", "--expected", "--dated", "20/11/2025", *known)
    tdkt("rating", "add", "Vi Văn Tòng", "htxsnv", "--dated", "28/12/2025", *known)

    def standing(*words: str) -> list[str]:
        return [each["value"] for each in tdkt("rating", "list", "--json", *words).json]

    days = ("19/11/2025", "01/12/2025", "28/12/2025")
    assert [standing("--on", day) for day in days] == [[], ["httnv"], ["htxsnv"]]
    assert standing("--period", "2024") == []


def test_authors_of_an_initiative_share_all_of_it(tdkt: Tdkt) -> None:
    recognised = ("--decision", "21/QĐ-UBND", "--dated", "20/05/2025", *AS)
    half = tdkt("initiative", "add", "Thư viện xanh", "--author", "A B=60", "--author", "C D=30", *recognised)
    whole = tdkt(
        "initiative", "add", "Thư viện xanh", "--author", "A B=60", "--author", "C D=40", *recognised
    )
    twice = tdkt("initiative", "add", "Thư viện xanh", "--author", "A B", *recognised)

    assert (half.code, "add up to 90 %" in half.err) == (2, True)
    assert (whole.code, twice.code) == (0, 2)
    assert [each["name"] for each in tdkt("initiative", "show", "thu vien", "--json").json] == [
        "Thư viện xanh"
    ]
    assert "A B 60%; C D 40%" in tdkt("initiative", "list").out


def test_the_register_lists_the_rating_that_conditions_go_by(tdkt: Tdkt) -> None:
    known = ("--period", "2025", "--unit", "Trường học", *AS)
    tdkt("rating", "add", "Vi Văn Tòng", "htxsnv", *known)  # known from today on
    tdkt("rating", "add", "Vi Văn Tòng", "htnv", "--dated", "20/11/2025", *known)

    listed = tdkt("rating", "list", "--json").json

    assert [each["value"] for each in listed] == ["htxsnv"]


def test_a_later_rating_tells_which_lines_stand_otherwise_and_the_officer_is_told(tdkt: Tdkt) -> None:
    school = ("--as", "truong-hoc")
    tdkt("dossier", "new", "--task", "T17", "--from", "truong-hoc", "--title", "ldtt", *school)
    tdkt("dossier", "add", "D0001", "--kind", "person", "--name", "Vi Văn Tòng", *school)
    rated = ("--period", "2026", "--body", "truong-hoc", "--as", "thu-ky")

    done = tdkt("rating", "add", "Vi Văn Tòng", "httnv", *rated)
    other = tdkt("rating", "add", "Lương Thị Mỷ", "httnv", *rated)

    assert "  2026/D0001/1: Not enough known → Not enough known, " in done.out
    assert "See why: tdkt why 2026/D0001/1;" in done.out
    assert "stand" not in other.out
    (notice,) = tdkt("notice", "list", "--to", OFFICER, "--json").json
    assert (notice["kind"], "2026/D0001/1" in notice["text"]) == ("lines_reassessed", True)
    assert "Vi Văn Tòng" not in notice["text"]


def test_who_meets_the_conditions_and_is_not_proposed_is_suggested(tdkt: Tdkt) -> None:
    school = ("--as", "truong-hoc")
    tdkt("dossier", "new", "--task", "T17", "--from", "truong-hoc", "--title", "ldtt", *school)
    tdkt("dossier", "add", "D0001", "--kind", "person", "--name", "Vi Văn Tòng", *school)
    known = ("--period", "2026", "--body", "truong-hoc", *AS)
    for name, rating in (("Vi Văn Tòng", "httnv"), ("Lương Thị Mỷ", "httnv"), ("Trần Văn Độ", "htnv")):
        tdkt("rating", "add", name, rating, *known)
    authors = ("--author", "Vi Văn Tòng=60", "--author", "Lương Thị Mỷ=40")
    tdkt("initiative", "add", "Thư viện xanh", *authors, *known)

    found = tdkt("history", "suggest", "T17", "--json").json

    assert [(each["title"], each["name"]) for each in found] == [
        ("ldtt", "Lương Thị Mỷ"),
        ("cstdcs", "Lương Thị Mỷ"),
        ("cstdcs", "Vi Văn Tòng"),
    ]


def test_what_a_dossier_awards_is_put_right_there_and_goes_with_its_erased_line(tdkt: Tdkt) -> None:
    tdkt(
        "dossier",
        "new",
        "--task",
        "T06",
        "--from",
        VILLAGE,
        "--title",
        "gk",
        "--type",
        "dot_xuat",
        "--as",
        VILLAGE,
    )
    words = ("--kind", "person", "--name", "Nông Thị Hạnh", "--born", "15/08/1985")
    tdkt("dossier", "add", "D0001", *words, "--as", VILLAGE)
    for typed in way("awarded", ref="D0001", on="05/01/2026", body=VILLAGE, votes=NO_VOTE):
        assert tdkt(*typed).code == 0, typed

    shown = people(tdkt("history", "show", "D0001/1", "--json"))
    refused = tdkt("history", "correct", "1", "--name", "Nông Thị Hành", "--reason", "x", *AS)
    tdkt("audit", "erase", "D0001/1", "--yes", "--as", ADMINISTRATOR)

    assert shown == [("Nông Thị Hạnh", "1985-08-15", [1])]
    assert (refused.code, "2026/D0001" in refused.err) == (2, True)
    assert people(tdkt("history", "search", "hanh", "--json")) == []
    assert tdkt("audit", "verify").code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("history", "add", "A B", "--title", "ldtt", "--period", "2025-2027"), "bad_record_year"),
        (("history", "add", "A B", "--title", "ldtt", "--born", "31/04/1990"), "bad_birth"),
        (("history", "add", " ", "--title", "ldtt"), "inputs"),
        (("initiative", "add", "X", "--author", "A=0"), "bad_author"),
        (("initiative", "add", "X", "--author", "=60"), "bad_author"),
        (("initiative", "add", "X", "--author", " =100"), "bad_author"),
        (("history", "correct", "1", "--reason", "x"), "nothing_corrected"),
        (("history", "show", "99"), "unknown_record"),
        (("initiative", "show", "x"), "no_initiative"),
    ],
)
def test_a_mistake_gets_a_sentence_and_keeps_nothing(tdkt: Tdkt, words: tuple[str, ...], code: str) -> None:
    answer = tdkt(*words, *AS, "--json")

    assert (answer.code, answer.refusal["error"]) == (2, code)


def test_whoever_has_no_right_keeps_nothing(tdkt: Tdkt, old: Path) -> None:
    answer = tdkt("history", "import", str(old), "--yes", "--as", VILLAGE)

    assert answer.code == 1
    assert tdkt("history", "search", "hoa", "--json").json["people"] == []


def test_records_are_compared_under_the_offices_lock(
    imported: Tdkt, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    for method in ("_one", "_all"):
        ask = getattr(UnitOfWork, method)

        def noted(unit: UnitOfWork, name: str, params: Any, ask: Any = ask) -> Any:
            asked.append(name)
            return ask(unit, name, params)

        monkeypatch.setattr(UnitOfWork, method, noted)

    def first_asked(*command: str) -> str:
        asked.clear()
        assert imported(*command, "--yes", *AS).code == 0
        return next(name for name in asked if name == "lock_office" or name.startswith("achievements_"))

    assert [
        first_asked("history", "correct", "1", "--period", "2023", "--reason", "Nhầm năm"),
        first_asked("history", "add", "Nguyễn Văn Tư", "--title", "ldtt", "--period", "2024"),
        first_asked("history", "remove", "1", "--reason", "Ghi hai lần"),
        first_asked("history", "import", str(old)),
    ] == ["lock_office"] * 4
