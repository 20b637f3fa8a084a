"""Whose position words may mean, in the ways in which lists write them."""

from __future__ import annotations

import pytest

from tests.people import (
    ACCOUNTANT,
    CHAIR,
    FIFTH_MEMBER,
    FOURTH_MEMBER,
    MEMBER,
    OFFICER,
    SCHOOL,
    SECOND_MEMBER,
    SECOND_VILLAGE,
    SECRETARY,
    STANDING_MEMBER,
    THIRD_MEMBER,
    THIRD_VILLAGE,
    VICE_CHAIR,
    VILLAGE,
)
from tests.workflow.shipped import office
from workflow.model.definition import Office, Text
from workflow.model.positions import could_be

FARMERS, WOMEN = "hoi-nong-dan", "hoi-phu-nu"


def unnamed() -> Office:
    """The shipped office whose council members have no positions but that."""
    members = [id for id in office().holding("council_member") if id.startswith("uy-vien")]
    labels = {id: Text(f"Ủy viên Hội đồng ({number})", id) for number, id in enumerate(members, start=1)}
    accounts = (
        account._replace(
            label=labels.get(account.id, account.label), body=None if account.id in labels else account.body
        )
        for account in office().accounts
    )
    return office()._replace(accounts=tuple(accounts))


@pytest.mark.parametrize(
    ("position", "account"),
    [
        ("Chủ tịch UBND xã Điềm He", CHAIR),
        ("Chủ tịch Uỷ ban nhân dân", CHAIR),
        ("Chủ tịch xã", CHAIR),
        ("chủ tịch xã Điềm He", CHAIR),
        ("CT UBND xã", CHAIR),
        ("CT.UBND", CHAIR),
        ("Chủ tịch UBND xã Điềm He, tỉnh Lạng Sơn", CHAIR),
        ("Phó Bí thư Đảng ủy - Chủ tịch UBND xã", CHAIR),
        ("Bí thư kiêm Chủ tịch UBND", CHAIR),
        ("Chủ tịch Hội đồng thi đua, khen thưởng", CHAIR),
        ("PCT UBND", VICE_CHAIR),
        ("P. Chủ tịch UBND xã", VICE_CHAIR),
        ("Phó Chủ tịch xã", VICE_CHAIR),
        ("Trưởng phòng VH-XH", STANDING_MEMBER),
        ("TP VH-XH", STANDING_MEMBER),
        ("TP.VHXH UBND xã Điềm He", STANDING_MEMBER),
        ("Trưởng phòng Văn hoá – Xã hội xã", STANDING_MEMBER),
        ("UVTT Hội đồng TĐKT xã", STANDING_MEMBER),
        ("TK Hội đồng", SECRETARY),
        ("CV Phòng VH-XH", OFFICER),
        ("TP Kinh tế", MEMBER),
        ("Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam xã", SECOND_MEMBER),
        ("Chủ tịch MTTQ", SECOND_MEMBER),
        ("Trưởng Công an", THIRD_MEMBER),
        ("Chỉ huy trưởng BCH Quân sự xã", FOURTH_MEMBER),
        ("Bí thư Đoàn", FIFTH_MEMBER),
        ("BT Đoàn TNCS Hồ Chí Minh xã", FIFTH_MEMBER),
        ("Chủ tịch Hội LHPN xã", WOMEN),
        (SECRETARY, SECRETARY),
    ],
)
def test_a_position_is_known_in_the_ways_in_which_it_is_written(position: str, account: str) -> None:
    found = {could_be(office(), VILLAGE, position=each) for each in (position, f" {position}  ")}

    assert found == {(account,)}
    if position != account:
        assert could_be(office(), VILLAGE, position=position.upper()) == (account,)


@pytest.mark.parametrize(
    "position",
    [
        "Phó Trưởng phòng VH-XH",
        "Phó Trưởng thôn",
        "Nguyên Chủ tịch UBND xã",
        "Chủ tịch HĐND xã",
        "Phó Chủ tịch Hội Nông dân xã",
        "Chủ tịch Hội đồng trường",
        "Chủ tịch UBND huyện Cao Lộc",
        "Trưởng phòng Tài chính",
        "Nông dân",
        "Giáo viên",
        "Chủ hộ",
        "",
        "-",
    ],
)
def test_another_position_is_nobodys(position: str) -> None:
    assert could_be(office(), SECOND_VILLAGE, position=position, name="Nguyễn Thị A") == ()


@pytest.mark.parametrize(
    ("position", "unit", "accounts"),
    [
        ("Chủ tịch", "UBND xã", (CHAIR,)),
        ("Phó Chủ tịch", "Ủy ban nhân dân xã Điềm He", (VICE_CHAIR,)),
        ("Chủ tịch", "Hội Nông dân xã", (FARMERS,)),
        ("Chủ tịch", "Hội Chữ thập đỏ", ()),
        ("Chủ tịch", "Hội Phụ nữ", (WOMEN,)),
        ("Trưởng phòng", "Phòng VH-XH", (STANDING_MEMBER,)),
        ("Trưởng phòng", "Phòng Kinh tế", (MEMBER,)),
        ("Trưởng phòng", "UBND xã", (STANDING_MEMBER, MEMBER)),
        ("Trưởng thôn", "Thôn mẫu số 3", (THIRD_VILLAGE,)),
        ("Trưởng thôn", "Thôn Bản Chang", ()),
        ("Hiệu trưởng", "Trường THCS mẫu", (SCHOOL,)),
        ("Hiệu trưởng", "Trường Tiểu học Khánh Khê", ()),
        ("Kế toán", "UBND xã", (ACCOUNTANT,)),
        ("Kế toán", "Trường Trung học cơ sở mẫu", ()),
    ],
)
def test_a_title_alone_goes_by_the_unit_beside_it(
    position: str, unit: str, accounts: tuple[str, ...]
) -> None:
    assert could_be(office(), VILLAGE, position=position, unit=unit) == accounts


@pytest.mark.parametrize(
    ("position", "body", "accounts"),
    [
        ("Trưởng thôn", VILLAGE, (VILLAGE,)),
        ("Trưởng thôn", SCHOOL, ()),
        ("Hiệu trưởng", SCHOOL, (SCHOOL,)),
        ("Kế toán", SCHOOL, ()),
        ("Kế toán", "ubnd", (ACCOUNTANT,)),
        ("Trưởng phòng", "van_hoa_xa_hoi", (STANDING_MEMBER,)),
        ("Trưởng phòng", "kinh_te", (MEMBER,)),
        ("Bí thư", "doan_thanh_nien", (FIFTH_MEMBER,)),
    ],
)
def test_without_a_unit_a_title_is_that_of_the_nominating_body(
    position: str, body: str, accounts: tuple[str, ...]
) -> None:
    assert could_be(office(), body, position=position) == accounts


def test_members_without_positions_of_their_own_are_all_possible() -> None:
    members = (MEMBER, SECOND_MEMBER, THIRD_MEMBER, FOURTH_MEMBER, FIFTH_MEMBER)

    assert could_be(unnamed(), VILLAGE, position="UV Hội đồng") == members


def test_a_position_may_stand_where_the_name_does() -> None:
    assert could_be(office(), VILLAGE, name="Đ/c Nguyễn Văn A - Chủ tịch UBND xã") == (CHAIR,)
    assert could_be(office(), VILLAGE, name="Trưởng thôn") == ()
