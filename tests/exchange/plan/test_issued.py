"""The number and the day of an issued plan are read from its head, and from nowhere else."""

from __future__ import annotations

from datetime import date

import pytest

from exchange.plan.issued import issued_in
from exchange.plan.text import read_text
from workflow.model.plan import Issued

TITLE = "KẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2027\nThực hiện Kế hoạch số 01/KH-UBND ngày 04/01/2027\n"


@pytest.mark.parametrize(
    ("head", "issued"),
    [
        (
            "Số: 02/KH-UBND\nĐiềm He, ngày 11 tháng 01 năm 2027\n",
            Issued("02/KH-UBND", date(2027, 1, 11)),
        ),
        ("Số 12 / KH - UBND\tĐiềm He, ngày 3 tháng 2 năm 2027\n", Issued("12/KH-UBND", date(2027, 2, 3))),
        ("Số:      /KH-UBND\nĐiềm He, ngày     tháng 01 năm 2027\n", None),
        ("Số: 02/KH-UBND\nĐiềm He, ngày 31 tháng 02 năm 2027\n", None),
        ("Số: 02/KH-UBND\n", None),
        ("", None),
    ],
)
def test_the_head_of_an_issued_plan_bears_number_and_day(head: str, issued: Issued | None) -> None:
    assert issued_in(read_text(head + TITLE)) == issued
