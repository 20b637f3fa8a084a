"""Lists of our own, each of another shape; the right reading of each stands beside in `answers`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from tests.exchange.lists.building import excel, head


def movement() -> bytes:
    """Giấy khen for a movement, by objects: households, persons with their years in columns Nam and Nữ."""
    rows = [
        *head(
            "THÔN MẪU SỐ 1",
            "DANH SÁCH",
            "Đề nghị tặng Giấy khen trong phong trào “Toàn dân làm đường” năm 2026",
            "(Kèm theo Tờ trình số 07/TTr-T1 ngày 10 tháng 8 năm 2026)",
        ),
        [
            "STT",
            "Họ và tên",
            "Năm sinh",
            None,
            "Chức vụ/Địa chỉ",
            "Thành tích",
            "Giá trị đóng góp",
            "Ghi chú",
        ],
        [None, None, "Nam", "Nữ", None, None, None, None],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        ["I", "TẬP THỂ (01)"],
        [1, "Tập thể Chi hội Phụ nữ", None, None, "Thôn mẫu số 1", "Vận động 40 ngày công", None, None],
        ["II", "HỘ GIA ĐÌNH"],
        [1, "Hộ ông Nông Văn Mẫu", 1961, None, "Xóm Nà Mẫu", "Hiến 200 m2 đất", "20.000.000 đồng", None],
        [2, "Gia đình bà Vi Thị Mẫu", None, 1970, "nt", "như trên", "1,5 triệu", None],
        [None, None, None, None, None, "và 15 ngày công", None, None],
        ["III", "CÁ NHÂN"],
        [1, "Đ/c Hoàng Văn Mẫu", "1985", None, "Trưởng thôn, Xóm Bó Mẫu", "Chỉ đạo thi công", None, None],
        [2, "Bà Lý Thị Mẫu", None, "1990", "-nt-", "〃", "Không", None],
        ["Tổng cộng: 01 tập thể, 02 hộ, 02 cá nhân"],
        [],
        [None, "NGƯỜI LẬP", None, None, "TRƯỞNG THÔN"],
        [None, "Hoàng Văn Mẫu", None, None, "Nông Văn Ký"],
    ]
    return excel({"DS": rows}, merged=["C8:D8"])


def villages() -> bytes:
    """Thôn văn hóa: the nominees are villages, in a column that is called so."""
    rows = [
        *head(
            "PHÒNG VĂN HÓA - XÃ HỘI",
            "DANH SÁCH THÔN ĐỀ NGHỊ TẶNG DANH HIỆU “THÔN VĂN HÓA” NĂM 2026",
        ),
        ["TT", "Thôn", "Số hộ", "Tỷ lệ GĐVH (%)", "Điểm", "Ghi chú"],
        [1, "Thôn mẫu số 1", 120, "95,5%", "96,5", None],
        [2, "Thôn mẫu số 2", "98 hộ", "91%", 92, "Năm thứ hai"],
        [3, "Thôn mẫu số 3", 77, "88%", "chín mươi", None],
        ["Tổng số: Ba thôn"],
    ]
    return excel({"Thôn VH": rows})


OWN_LISTS: Mapping[str, tuple[str, Callable[[], bytes]]] = MappingProxyType(
    {
        "movement": ("xlsx", movement),
        "villages": ("xlsx", villages),
    }
)
DAY = date(2026, 11, 15)
