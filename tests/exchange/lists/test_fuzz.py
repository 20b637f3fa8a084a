"""Lists spoilt by chance, in their bytes and in their cells, are read or refused: no traceback, no hang.

TDKT_SPOILT_LISTS asks for more than the few that every run reads.
"""

from __future__ import annotations

import os
from functools import cache, partial
from random import Random

from exchange.lists.reading import read_list
from exchange.lists.record import list_record
from exchange.sheets.faults import Unreadable
from tests.exchange.bounds import MEMORY, SECONDS, at_most, taken
from tests.exchange.lists.building import Row, separated
from tests.exchange.lists.own_lists import DAY, OWN_LISTS
from tests.exchange.sheets.mutations import spoilt_file
from workflow.model.definition import Office, RulePack

SPOILT = int(os.environ.get("TDKT_SPOILT_LISTS", "100"))
FIRST = int(os.environ.get("TDKT_SPOILT_FIRST", "0"))

HEADINGS = (
    *(
        "STT",
        "Họ và tên",
        "Tên tập thể",
        "Thôn",
        "Năm sinh",
        "Ngày sinh",
        "Nam",
        "Nữ",
        "Chức vụ, đơn vị",
        "Xếp loại",
    ),
    *(
        "Sáng kiến",
        "Số, ngày QĐ công nhận",
        "LĐTT",
        "CSTĐCS",
        "Khác",
        "Đề nghị",
        "Điểm",
        "Ý kiến người dân",
        "Ghi chú",
    ),
)
CELLS = (
    *(
        "",
        "1",
        "2",
        "I",
        "II. CÁ NHÂN",
        "A",
        "(1)",
        "(2)",
        "x",
        "nt",
        "〃",
        "-",
        "#N/A",
        "=",
        "31/4/1990",
        "7/1994",
        "0",
    ),
    *(
        "Vi Văn Mẫu",
        "Hộ ông Nông Văn Mẫu",
        "Tổ Một",
        "Ông",
        "Hộ",
        "Tập thể",
        "LĐTT, CSTĐCS",
        "Bằng khen",
        "HTTNV",
        "5/8",
    ),
    *(
        "Tổng cộng: 15 hộ",
        "Cộng",
        "Ấn định danh sách có",
        "TM. ỦY BAN",
        "Kèm theo Tờ trình số 1/TTr ngày 1/1/2026",
    ),
    *(
        "99999999999999999999",
        "1e999",
        "năm học 2025 - 2026",
        "ƣ",
        "\u0301\u0323",
        "(02)",
        "mười lăm hộ",
        "/",
        "()",
        "số",
    ),
)


@cache
def own_list(name: str) -> bytes:
    return OWN_LISTS[name][1]()


def spoilt_list(number: int) -> bytes:
    """Every other one has its bytes spoilt; the rest are tables of odd cells in odd places."""
    chance = Random(number)
    if number % 2:
        return spoilt_file(own_list(chance.choice(list(OWN_LISTS))), chance)
    columns = chance.sample(HEADINGS, chance.randrange(2, 10))
    odd = [_odd_row(chance, len(columns)) for _ in range(chance.randrange(30))]
    heading: list[Row] = [columns] * chance.choice((1, 1, 2))
    at = chance.randrange(4)
    return separated([*odd[:at], *heading, *odd[at:]])


def _odd_row(chance: Random, length: int) -> Row:
    few = chance.random()
    return [
        chance.choice(CELLS) if chance.random() < few else None
        for _ in range(length + chance.choice((0, 0, 3)))
    ]


def _record(content: bytes, office: Office, rules: RulePack) -> object:
    return list_record(read_list(content, office=office, rules=rules, today=DAY, file="x"))


def test_spoilt_lists_are_read_or_refused(office: Office, packs: tuple[RulePack, ...]) -> None:
    failed: dict[int, str] = {}
    for number in range(FIRST, FIRST + SPOILT):
        read = partial(_record, spoilt_list(number), office, packs[number % 2])
        try:
            with at_most(SECONDS):
                most = taken(read)
        except Unreadable:
            continue
        except BaseException as error:  # a panic of Rust is no Exception
            failed[number] = repr(error)
            continue
        if most > MEMORY:
            failed[number] = f"{most // 1024} MB"

    assert failed == {}
