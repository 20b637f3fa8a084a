"""Many lines at once: nominees from a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.commands.conftest import Tdkt
from tests.people import MEMBER, VILLAGE

NEW = ("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "gk", "--type", "cong_trang")
NAMES = ("Nông Văn Páo", "Hoàng Thị Sẹc", "Lý Văn Tảo")


@pytest.fixture
def dossier(tdkt: Tdkt) -> str:
    ref: str = tdkt(*NEW, "--as", VILLAGE, "--json").json["ref"]
    return ref


def written(path: Path, *lines: str) -> str:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return str(path)


def nominees(tdkt: Tdkt, dossier: str) -> list[tuple[str, str, str | None]]:
    shown = tdkt("dossier", "show", dossier, "--json").json
    return [(line["kind"], line["name"], line["position"]) for line in shown["nominees"]]


def test_a_name_a_line_is_a_nominee_a_line(tdkt: Tdkt, dossier: str, tmp_path: Path) -> None:
    file = written(tmp_path / "tên.txt", *NAMES)

    answer = tdkt(
        "dossier", "add", dossier, "--from-lines", file, "--kind", "person", "--yes", "--as", VILLAGE
    )

    assert answer.code == 0
    assert answer.out.partition("\n\nNext")[0].splitlines()[-5:] == [
        *(
            f"{dossier}/{no}  {name}: Person; Commendation of the commune's chair"
            for no, name in enumerate(NAMES, 1)
        ),
        f"Added to {dossier}: 3.",
        "     Done by: Head of sample village 1.",
    ]
    assert nominees(tdkt, dossier) == [("person", name, None) for name in NAMES]


def test_a_workbook_with_the_inputs_labels_gives_each_line_its_own(
    tdkt: Tdkt, dossier: str, tmp_path: Path
) -> None:
    book = Workbook()
    for row in (
        ["DANH SÁCH"],
        ["TT", "Họ và tên", "Đối tượng", "CHỨC VỤ", "Năm sinh"],
        [1, NAMES[0], "Cá nhân", "Giáo viên", 1968],
        [2, "Hộ ông Mẫu", "hộ gia đình", None, 1970],
    ):
        book.active.append(row)
    book.active.row_dimensions[4].hidden = True
    book.save(tmp_path / "a.xlsx")

    answer = tdkt(
        *("dossier", "add", dossier, "--from-lines", str(tmp_path / "a.xlsx"), "--yes", "--as", VILLAGE)
    )

    assert answer.code == 0
    assert nominees(tdkt, dossier) == [("person", NAMES[0], "Giáo viên"), ("household", "Hộ ông Mẫu", None)]
    assert answer.err.splitlines() == [
        f"{tmp_path}/a.xlsx:E2: warning: the column “Năm sinh” is not read",
        f"{tmp_path}/a.xlsx: warning: rows 4 are hidden and read all the same; show them and look, or delete"
        " them",
    ]


def test_every_fault_is_told_with_its_row_and_nothing_is_written(
    tdkt: Tdkt, dossier: str, tmp_path: Path
) -> None:
    file = written(tmp_path / "a.csv", "name;kind", f"{NAMES[0]};person", ";person", f"{NAMES[1]};vật")

    answer = tdkt("dossier", "add", dossier, "--from-lines", file, "--yes", "--as", VILLAGE)
    data = tdkt("dossier", "add", dossier, "--from-lines", file, "--yes", "--as", VILLAGE, "--json")

    assert answer.code == data.code == 1
    assert [line.split(": ")[0] for line in answer.err.splitlines()[:-1]] == [
        f"{file}:row 3",
        f"{file}:row 4",
    ]
    assert answer.err.splitlines()[-1] == "Nothing was written; mend what is said above, then repeat."
    assert [each["place"] for each in data.json["mistakes"]] == [f"{file}:row 3", f"{file}:row 4"]
    assert nominees(tdkt, dossier) == []


def test_what_nobody_agrees_to_and_a_dry_run_write_nothing(tdkt: Tdkt, dossier: str, tmp_path: Path) -> None:
    file = written(tmp_path / "a.txt", *NAMES)
    words = ("dossier", "add", dossier, "--from-lines", file, "--kind", "person", "--as", VILLAGE)

    tried, unasked = tdkt(*words, "--dry-run"), tdkt(*words)

    assert (tried.code, unasked.code) == (0, 1)
    assert tried.out.splitlines()[0] == f"To be added to {dossier}: 3"
    assert nominees(tdkt, dossier) == []


def test_a_name_that_stands_twice_is_said_before_it_is_asked(
    tdkt: Tdkt, dossier: str, tmp_path: Path
) -> None:
    file = written(tmp_path / "a.txt", NAMES[0], NAMES[0])

    answer = tdkt("dossier", "add", dossier, "--from-lines", file, "--kind", "person", "--as", VILLAGE)

    assert answer.code == 1
    assert answer.err.startswith(f"{file}:row 2: warning: ")


def test_the_same_file_under_one_key_adds_once(tdkt: Tdkt, dossier: str, tmp_path: Path) -> None:
    file = written(tmp_path / "a.txt", *NAMES)
    words = ("--from-lines", file, "--kind", "person", "--yes", "--key", "k", "--as", VILLAGE)

    answers = [tdkt("dossier", "add", dossier, *words) for _ in range(2)]

    assert [answer.code for answer in answers] == [0, 0]
    assert len(nominees(tdkt, dossier)) == 3


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"a;b\n1;2\n", 1, "has no table with the column “Name”"),
        (b"%PDF", 1, "This is a PDF"),
        (b"\n".join(b"Ten %d" % at for at in range(1001)), 1, "more than 1000 rows"),
    ],
)
def test_a_file_without_lines_is_one_sentence(
    tdkt: Tdkt, dossier: str, tmp_path: Path, content: bytes, code: int, said: str
) -> None:
    (tmp_path / "a.csv").write_bytes(content)

    answer = tdkt("dossier", "add", dossier, "--from-lines", str(tmp_path / "a.csv"), "--as", VILLAGE)

    assert (answer.code, len(answer.err.splitlines())) == (code, 1)
    assert said in answer.err


def test_one_line_is_told_by_its_name_when_it_is_added_and_corrected(tdkt: Tdkt) -> None:
    told = []
    opened = tdkt(*NEW, "--as", VILLAGE)
    ref = opened.out[:5]
    person = ("--kind", "person", "--no-account", "--name")
    for words in (
        ("dossier", "add", ref, *person, NAMES[1], "--as", VILLAGE),
        ("dossier", "add", ref, *person, NAMES[0], "--as", VILLAGE),
        ("dossier", "edit", f"{ref}/1", "--name", NAMES[2], "--as", VILLAGE),
    ):
        answer = tdkt(*words, "--yes")
        assert answer.code == 0, answer.err
        told.append(answer.out.splitlines()[1].strip())

    assert opened.out.splitlines()[:2] == [
        f"{ref}  Create: Being prepared",
        "     Thôn 1: Commendation of the commune's chair",
    ]
    assert told == [
        f"{ref}/1  {NAMES[1]}: Person; Commendation of the commune's chair",
        f"{ref}/2  {NAMES[0]}: Person; Commendation of the commune's chair",
        f"{ref}/1  {NAMES[2]}: Person; Commendation of the commune's chair",
    ]


def test_what_is_wrong_with_every_row_alike_is_said_once(tdkt: Tdkt, dossier: str, tmp_path: Path) -> None:
    file = written(tmp_path / "names.txt", *NAMES)

    answer = tdkt("dossier", "add", dossier, "--from-lines", file, "--kind", "person", "--as", MEMBER)

    assert answer.code == 1
    assert [line.split(":")[0] for line in answer.err.splitlines()] == [
        dossier,
        "Nothing was written; mend what is said above, then repeat.",
    ]
