"""What of a list everybody may read: no address, no number of a person, nothing of when somebody was born."""

from __future__ import annotations

import pytest

from workflow.model.dossiers import Dossier, Nominee
from workflow.model.publishing import public_name, public_unit, published_lines, tells_more


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("Thôn mẫu số 1", "Thôn mẫu số 1"),
        ("Phòng Văn hóa - Xã hội", "Phòng Văn hóa - Xã hội"),
        ("Xã đoàn", "Xã đoàn"),
        ("Tổ bảo vệ an ninh, trật tự thôn 2", "Tổ bảo vệ an ninh, trật tự thôn 2"),
        ("Trường THCS mẫu", "Trường THCS mẫu"),
        ("Số 12, đường Trần Phú, Thôn 3, xã Điềm He", "Thôn 3"),
        ("Thôn 3; ĐT: 0912345678", "Thôn 3"),
        ("12/4 ngõ Chợ, Thôn 3, tỉnh Lạng Sơn", "Thôn 3"),
        ("Thôn 3, sinh 02/03/1974", "Thôn 3"),
        ("Phường Đông Kinh", ""),
        ("a@example.vn", ""),
        (None, ""),
    ],
)
def test_of_where_somebody_lives_the_village_stays_alone(unit: str | None, shown: str) -> None:
    assert public_unit(unit) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Văn Mẫu (1974)", "Nguyễn Văn Mẫu"),
        ("Trần Thị Mẫu (sinh ngày 2/3/1974)", "Trần Thị Mẫu"),
        ("Hộ ông Lê Văn Mẫu (A)", "Hộ ông Lê Văn Mẫu (A)"),
    ],
)
def test_a_name_loses_what_tells_more_of_a_person(name: str, shown: str) -> None:
    assert public_name(name) == shown


def test_a_list_names_whom_nothing_speaks_against_yet() -> None:
    open_line, held = Nominee(1, "person", "gk"), Nominee(2, "person", "gk", held=True)
    failed, passed = Nominee(3, "person", "gk", result="fail"), Nominee(4, "person", "gk", result="pass")
    gone = Nominee(5, "person", "gk", outcome="withdrawn")
    dossier = Dossier("thon-1", "", "gk", nominees=(open_line, held, failed, passed, gone))

    assert [line.no for line in published_lines(dossier)] == [1, 4]


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("Nguyễn Văn Sinh", False),
        ("Lớp 5A năm học 2025-2026", False),
        ("Tổ 12", False),
        ("Trần Thị Mẫu 0912345678", True),
        ("Trần Thị Mẫu, 0912 345 678", True),
        ("Trần Thị Mẫu 2/3/1974", True),
        ("mau@example.vn", True),
    ],
)
def test_a_number_a_date_or_an_address_tells_more_than_a_name(name: str, more: bool) -> None:
    assert tells_more(name) is more
