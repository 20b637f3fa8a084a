"""`tdkt report chase`: who was told of which deadline, when, how often, and what came of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.commands.conftest import Answer, Tdkt
from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR

moment = datetime.fromisoformat
"""A sheet's times have no zone: they are the office's own."""

NOBODY = {
    "reminder": 0,
    "due_today": 0,
    "overdue": 0,
    "repeat": 0,
    "head": 0,
    "standing": 0,
    "vice": 0,
    "chair": 0,
    "ask": 0,
}


@pytest.fixture
def chased(tdkt: Tdkt) -> Tdkt:
    """The first quarter is over: T01 was submitted after two reminders, T02 lies with the chair."""
    done: list[Answer] = [
        tdkt("tick", "--now", "2026-02-27T08:00"),
        tdkt("tick", "--now", "2026-03-17T08:00"),
        tdkt("advance", "T01", "submit", "--as", OFFICER, "--now", "2026-03-20T10:00"),
        tdkt("advance", "T02", "submit", "--as", OFFICER),
        tdkt("advance", "T02", "review", "--set", "opinion=Đồng ý", "--as", SECRETARY),
        *(
            tdkt("tick", "--now", f"2026-{day}T08:00")
            for day in ("03-24", "03-30", "03-31", "04-01", "04-08")
        ),
    ]
    assert {(answer.code, answer.err) for answer in done} == {(0, "")}
    return tdkt


def item(tdkt: Tdkt, ref: str) -> Any:
    return next(each for each in tdkt("report", "chase", "--json").json["items"] if each["ref"] == ref)


def test_each_notice_is_told_with_its_answer(chased: Tdkt) -> None:
    found = item(chased, "T01")

    assert [
        (one["at"][:10], one["kind"], one["level"], one["to"], one["days_late"], one["answer"])
        for one in found["told"]
    ] == [
        ("2026-02-27", "reminder", None, OFFICER, 0, answer(21)),
        ("2026-03-17", "reminder", None, OFFICER, 0, answer(3)),
        ("2026-03-24", "reminder", None, STANDING_MEMBER, 0, None),
        ("2026-03-30", "reminder", None, STANDING_MEMBER, 0, None),
        ("2026-03-31", "due_today", None, STANDING_MEMBER, 0, None),
        ("2026-04-01", "overdue", None, STANDING_MEMBER, 1, None),
        ("2026-04-08", "escalation", "vice", VICE_CHAIR, 8, None),
    ]
    assert found["counts"] == {**NOBODY, "reminder": 4, "due_today": 1, "overdue": 1, "vice": 1}
    assert (found["notices"], found["answered"], found["longest_days"], found["days_late"]) == (7, 2, 21, 8)


def answer(days: int) -> dict[str, Any]:
    return {"at": "2026-03-20T03:00:00.000000Z", "actor": OFFICER, "event": "submit", "days": days}


def test_the_record_agrees_with_the_notices_that_were_made(chased: Tdkt) -> None:
    record = chased("report", "chase", "--json").json
    made = [one for one in chased("notice", "list", "--json").json if one["kind"] != "to_act"]

    told = [(one["at"], each["ref"], one["to"]) for each in record["items"] for one in each["told"]]
    assert sorted(told) == sorted((one["at"], one["ref"], one["to"]) for one in made)
    assert record["total"]["notices"] == len(made) == sum(body["notices"] for body in record["bodies"])
    assert record["total"]["items"] == len(record["items"]) == sum(body["items"] for body in record["bodies"])


def test_days_late_stop_at_the_closing(chased: Tdkt) -> None:
    chased("advance", "T02", "approve", "--as", CHAIR, "--now", "2026-04-09T08:00")
    done = chased("advance", "T02", "complete", "--set", "held_on=2026-04-09", "--as", OFFICER)

    found = item(chased, "T02")
    later = chased("report", "chase", "--json", "--now", "2026-06-01").json["items"]

    assert done.code == 0
    assert (found["closed_on"], found["days_late"]) == ("2026-04-09", 9)
    assert [each["days_late"] for each in later if each["ref"] == "T02"] == [9]


def test_a_refused_attempt_is_no_answer(chased: Tdkt) -> None:
    assert chased("advance", "T01", "approve", "--as", SECRETARY).code == 1

    assert [one["answer"] for one in item(chased, "T01")["told"][2:]] == [None] * 5


def test_quarters_are_the_plans_and_may_be_joined(chased: Tdkt) -> None:
    def refs(*quarters: str) -> list[str]:
        words = [word for quarter in quarters for word in ("--quarter", quarter)]
        return [each["ref"] for each in chased("report", "chase", "--json", *words).json["items"]]

    first, second, third = refs("I"), refs("ii"), refs("III")
    assert (first, third) == (["T01", "T02", "T03", "T04", "T05", "T06"], [])
    assert refs("I", "II") == refs() == first + second
    assert chased("report", "chase", "--quarter", "V").code == 2


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("words", [[], ["--full"]])
def test_the_tables_fit_a_page_and_show_no_ids(
    chased: Tdkt, monkeypatch: pytest.MonkeyPatch, words: list[str], language: str
) -> None:
    monkeypatch.setenv("TDKT_LANG", language)
    monkeypatch.setenv("COLUMNS", "100")

    said = chased("report", "chase", *words).out

    assert max(map(len, said.splitlines())) <= 100
    assert [id for id in (OFFICER, "van_hoa_xa_hoi", "due_today", "chase.", "submitted") if id in said] == []


def test_what_goes_to_the_chair_is_presented_and_never_a_reminder(
    chased: Tdkt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")

    said = [
        line for line in chased("report", "chase", "--full").out.splitlines() if "Chủ tịch UBND xã" in line
    ]

    assert [line for line in said if "Nhắc" in line] == []
    assert [line[18:42].strip() for line in said if "Phó" not in line] == [
        "Kính trình",
        "Kính trình",
        "Kính trình, đến hạn",
        "Kính trình, chậm tiến độ",
    ]


def test_nobody_told_is_told(tdkt: Tdkt) -> None:
    assert tdkt("report", "chase").out == "Nobody was told of any deadline yet.\n"


def test_the_workbook_holds_what_json_holds_in_vietnamese(chased: Tdkt, tmp_path: Path) -> None:
    file = tmp_path / "chase.xlsx"
    record = chased("report", "chase", "--json", "--quarter", "I").json

    said = chased("report", "chase", "--quarter", "I", "--xlsx", str(file))

    book = load_workbook(file)
    items, bodies, each = (list(sheet.iter_rows(min_row=7, values_only=True)) for sheet in book)
    assert (said.code, said.out) == (0, f"Written to {file}.\n")
    assert book.sheetnames == ["Theo nhiệm vụ", "Theo đơn vị", "Từng lần thông báo"]
    assert [cell.value for cell in book.worksheets[0]["A"][:4]] == [
        "BẢN THỬ",
        "PHỤ LỤC",
        "TỔNG HỢP CÔNG TÁC ĐÔN ĐỐC, BÁO CÁO TIẾN ĐỘ THỰC HIỆN KẾ HOẠCH CÔNG TÁC "
        "THI ĐUA, KHEN THƯỞNG NĂM 2026",
        "(Kèm theo Báo cáo số ....../BC-...... ngày ...... tháng ...... năm ......; Quý I, "
        "số liệu đến ngày 08/04/2026)",
    ]
    assert items[0] == (
        *(1, "T01", items[0][2], "Phòng VH-XH", "I", moment("2026-03-31T00:00"), "Đã trình lãnh đạo phòng"),
        *(4, 1, 1, 0, 0, 0, 1, 0, 0, 7, 2, 21, None, 8),
    )
    assert [row[1] for row in items[:-1]] == [one["ref"] for one in record["items"]]
    assert items[-1][16] == bodies[-1][11] == len(each) == record["total"]["notices"]
    assert each[0] == (
        *(1, "T01", moment("2026-02-27T08:00"), "Nhắc việc", "Chuyên viên Phòng Văn hóa - Xã hội"),
        *(moment("2026-03-31T00:00"), 0, 0, "Đã gửi", moment("2026-03-20T10:00"), "Đã trình"),
        *("Chuyên viên Phòng Văn hóa - Xã hội", 21),
    )


def test_a_workbook_is_written_over_only_where_that_is_said(chased: Tdkt, tmp_path: Path) -> None:
    words = ("report", "chase", "--xlsx", str(tmp_path / "chase.xlsx"))

    assert [chased(*words).code, chased(*words).code, chased(*words, "--yes").code] == [0, 1, 0]
