"""`tdkt advance --data`: inputs of their own for many items, as JSON by reference and as a table."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.commands.conftest import Tdkt
from tests.people import CHAIR

OWN = {"T01": "Nộp chậm", "T02": "Thiếu phụ lục"}


def canceled(tdkt: Tdkt, file: Path, *refs: str) -> tuple[int, list[str]]:
    answer = tdkt("advance", *refs, "cancel", "--data", str(file), "--as", CHAIR)
    return answer.code, answer.err.splitlines()


def reasons(tdkt: Tdkt) -> dict[str, str]:
    """Why each was cancelled, as the log keeps it."""
    return {
        ref: change["recorded"]["reason"]
        for ref in OWN
        for change in tdkt("show", ref, "--json").json["history"]
        if change["event"] == "cancel"
    }


def workbook(path: Path) -> Path:
    book = Workbook()
    book.active.append(["TT", "Mã số", "Lý do", "Khác"])
    for number, (ref, reason) in enumerate(OWN.items(), 1):
        book.active.append([number, ref.lower(), reason, "x"])
    with path.open("wb") as file:  # which any name may have
        book.save(file)
    return path


def by_reference(path: Path) -> Path:
    path.write_text(json.dumps({ref: {"reason": reason} for ref, reason in OWN.items()}), encoding="utf-8")
    return path


def as_text(path: Path) -> Path:
    path.write_text("ref;reason\n" + "".join(f"{ref};{why}\n" for ref, why in OWN.items()), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("file", "left_out"),
    [
        (lambda folder: by_reference(folder / "a.json"), 0),
        (lambda folder: workbook(folder / "a.xlsx"), 1),
        (lambda folder: workbook(folder / "dữ liệu"), 1),
        (lambda folder: as_text(folder / "a.csv"), 0),
    ],
)
def test_each_item_takes_the_inputs_that_the_file_has_for_it(
    tdkt: Tdkt, tmp_path: Path, file: Callable[[Path], Path], left_out: int
) -> None:
    code, said = canceled(tdkt, file(tmp_path), "T01..T02")

    assert (code, len(said)) == (0, left_out)
    assert reasons(tdkt) == OWN


@pytest.mark.parametrize(
    ("refs", "said"),
    [
        (("T01..T03",), "says nothing of T03"),
        (("T01",), "speaks of T02, which the command does not name"),
    ],
)
def test_what_only_the_file_or_only_the_command_names_stops_all(
    tdkt: Tdkt, tmp_path: Path, refs: tuple[str, ...], said: str
) -> None:
    code, told = canceled(tdkt, by_reference(tmp_path / "a.json"), *refs)

    assert (code, len(told)) == (1, 1)
    assert said in told[0]
    assert reasons(tdkt) == {}


def test_a_reference_that_stands_twice_or_is_none_is_told_by_its_row(tdkt: Tdkt, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("ref;reason\nT01;a\nT01;b\nx;c\n", encoding="utf-8")

    code, told = canceled(tdkt, file, "T01")

    assert code == 1
    assert told == [
        f"{file}:row 3: T01 stands at {file}:row 2 too; keep one of them",
        f"{file}:row 4: “X” is no reference; write it like T01 or D0001",
    ]
    assert reasons(tdkt) == {}


def test_the_same_file_under_one_key_is_answered_as_the_first_time(tdkt: Tdkt, tmp_path: Path) -> None:
    file = by_reference(tmp_path / "a.json")
    command = ("advance", "T01..T02", "cancel", "--data", str(file), "--key", "c", "--as", CHAIR)

    answers = [tdkt(*command) for _ in range(2)]
    file.write_text(json.dumps({ref: {"reason": "khác"} for ref in OWN}), encoding="utf-8")
    other = tdkt(*command)

    assert [answer.code for answer in answers] == [0, 0]
    assert other.code == 1
    assert "This --key was used for another command" in other.err
