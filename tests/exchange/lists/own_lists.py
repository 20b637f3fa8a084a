"""Lists of our own, each of another shape; the right reading of each stands beside in `answers`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from tests.exchange.lists.building import Row, excel, head, old_excel, open_sheet, separated, word


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


def by_title() -> bytes:
    """A school's list by titles first and objects second, as CSV; the title stands in the headings alone."""
    return separated(
        [
            *head(
                "TRƯỜNG TIỂU HỌC MẪU",
                "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG NĂM HỌC 2025-2026",
                "(Kèm theo Tờ trình số: 21/TTr-TH ngày 06/06/2026 của Trường Tiểu học mẫu)",
            ),
            [
                "STT",
                "Ông/Bà",
                "Họ và tên",
                "Chức vụ, đơn vị công tác",
                "Mức xếp loại năm",
                "Kết quả bình xét",
                "Ghi chú",
            ],
            ["A. DANH HIỆU LAO ĐỘNG TIÊN TIẾN"],
            ["I. Tập thể"],
            ["1", None, "Tổ Một", "Trường Tiểu học mẫu", "Hoàn thành tốt nhiệm vụ", "20/20", "LĐTT 7/8"],
            ["II. Cá nhân (03)"],
            ["1", "Bà", "Lý Thị Mẫu", "Giáo viên Trường Tiểu học mẫu", "HTTNV", "20/20", None],
            [
                "2",
                "Ông",
                "Vi Văn Mẫu",
                "GV, Trường Tiểu học mẫu",
                "Hoàn thành xuất sắc nhiệm vụ",
                "19/20",
                None,
            ],
            ["B. DANH HIỆU CHIẾN SĨ THI ĐUA CƠ SỞ"],
            [
                "1",
                "Ông",
                "Vi Văn Mẫu",
                "GV, Trường Tiểu học mẫu",
                "HTXSNV",
                "19/20",
                "SK: QĐ 30/QĐ-UBND 12/5/2026",
            ],
            ["Ấn định danh sách này có 01 tập thể, 02 cá nhân./."],
            [None, None, None, "HIỆU TRƯỞNG"],
            [None, None, None, "Hoàng Thị Ký"],
        ]
    )


def province() -> bytes:
    """The province's one sheet for all, with its lookup sheet hidden and a column of codes hidden too."""
    rows: list[Row] = [
        [
            "STT",
            "Tên gọi (Ông/Bà/Chức danh)",
            "Tên tập thể/cá nhân/hộ gia đình",
            "Chức vụ",
            "Đơn vị công tác",
            "Phân loại khen thưởng (cá nhân, tập thể, hộ gia đình)",
            "Danh hiệu thi đua/Hình thức khen thưởng",
            "Phân loại đối tượng",
            "Lĩnh vực hoạt động",
            "Mã danh hiệu",
        ],
        [
            1,
            "Bà",
            "Lý Thị Mẫu",
            "Giáo viên",
            "Trường Mầm non mẫu",
            "Cá nhân",
            "Chiến sĩ thi đua cấp tỉnh",
            "Người trực tiếp công tác, lao động, học tập, chiến đấu",
            "Giáo dục",
            "CSTDT",
        ],
        [
            2,
            "Ông",
            "VI VĂN MẪU",
            "Phó Trưởng phòng",
            "Phòng Kinh tế",
            "Cá nhân",
            "Bằng khen của Chủ tịch UBND tỉnh",
            "Các cấp lãnh đạo khác từ phó phòng trở lên",
            "Kinh tế",
            "BKT",
        ],
        [
            3,
            None,
            "Phòng Kinh tế",
            None,
            None,
            "Tập thể",
            "Tập thể Lao động xuất sắc",
            None,
            "Kinh tế",
            "TTLDXS",
        ],
        [
            4,
            None,
            "Hộ ông Nông Văn Mẫu",
            None,
            "Thôn mẫu số 3",
            "Hộ gia đình",
            "Bằng khen UBND tỉnh",
            None,
            None,
            None,
        ],
    ]
    return excel(
        {"Danh sach": rows, "DMDanhHieu": [["Mã", "Tên danh hiệu"], ["CSTDT", "Chiến sĩ thi đua tỉnh"]]},
        hidden_columns="H",
        hidden_sheets=["DMDanhHieu"],
    )


def initiatives() -> bytes:
    """A list of recognised initiatives, which proposes nobody."""
    return open_sheet(
        "SK",
        [
            *head("PHÒNG VĂN HÓA - XÃ HỘI", "DANH SÁCH SÁNG KIẾN ĐƯỢC CÔNG NHẬN NĂM 2026"),
            [
                "STT",
                "Tên sáng kiến",
                "Ngày công nhận",
                "Đơn vị công nhận",
                "Tác giả (tỷ lệ đóng góp)",
                "Phòng, đơn vị",
            ],
            [1, "Số hóa sổ theo dõi", "20/5/2026", "UBND xã", "Vi Văn Mẫu (100%)", "Phòng Kinh tế"],
        ],
    )


def open_marks() -> bytes:
    """Crosses of every kind, and what is neither yes nor no; .ods without merged cells."""
    return open_sheet(
        "Trang 1",
        [
            *head(
                "TRƯỜNG MẦM NON MẪU", "DANH SÁCH", "đề nghị xét tặng danh hiệu thi đua năm học 2025 - 2026"
            ),
            [
                "TT",
                "Họ tên",
                "Ngày sinh",
                "Giới tính",
                "Xếp loại",
                "Danh hiệu đề nghị",
                None,
                "Sáng kiến",
                None,
                "Ghi chú",
            ],
            [None, None, None, None, None, "LĐTT", "CSTĐCS", "Tên", "Số QĐ, ngày", None],
            [
                1,
                "Lý Thị Mẫu",
                "2.9.1990",
                "Nữ",
                "HTXSNV",
                "✓",
                "✓",
                "Góc học tập mở",
                "30/QĐ-UBND ngày 12/5/2026",
                None,
            ],
            [2, "Vi Thị Mẫu", "1985", "Nữ", "HTTNV", 1, 0, None, None, None],
            [3, "Hoàng Văn Mẫu", "30/02/1988", "Nam", "Khá", "+", None, None, None, None],
            [4, "Nông Thị Mẫu", "1/1/1992", "Nữ", "HTTNV", "?", None, None, None, "hỏi lại"],
            ["Cộng", None, None, None, None, 3, 1],
        ],
    )


def old_file() -> bytes:
    """LĐTT and CSTĐCS in one cell, in the old Excel's format; a title that nobody knows, and another
    chain's."""
    return old_excel(
        "DS",
        [
            *head("PHÒNG KINH TẾ", "DANH SÁCH", "Đề nghị danh hiệu thi đua năm 2026"),
            [
                "Số TT",
                "Họ, tên",
                "Năm sinh",
                "Chức danh",
                "Kết quả xếp loại",
                "Danh hiệu",
                "Sáng kiến, đề tài",
            ],
            [
                1,
                "Vi Văn Mẫu",
                1980,
                "Trưởng phòng",
                "Hoàn thành xuất sắc",
                "LĐTT, CSTĐCS",
                "Bản đồ đất số; QĐ 31/QĐ-UBND ngày 3/6/2026",
            ],
            [2, "Lý Thị Mẫu", 1988, "Chuyên viên", "Hoàn thành tốt", "Lao động xuất sắc", None],
            [3, "Nông Văn Mẫu", 1991, "CV", "HTTNV", "Chiến sĩ tiên tiến", None],
            [4, "Đoàn Văn Mẫu", 1979, "Chuyên viên", "HTTNV", None, None],
        ],
    )


def in_word() -> bytes:
    """A table in Word, with the heads of both columns in its lines above."""
    return word(
        [
            "ỦY BAN NHÂN DÂN XÃ ĐIỀM HE",
            "THÔN MẪU SỐ 3",
            "DANH SÁCH HỘ GIA ĐÌNH ĐỀ NGHỊ TẶNG DANH HIỆU GIA ĐÌNH VĂN HÓA NĂM 2026",
            "(Kèm theo Tờ trình số 02/TTr-T3 ngày 05/11/2026)",
        ],
        [
            ["TT", "Họ tên chủ hộ", "Địa chỉ", "Điểm", "Kết quả lấy ý kiến người dân", "Ghi chú"],
            ["1", "Lý Văn Thuỷ", "Xóm Trên", "95", "30/30", None],
            ["2", "Vi Thị\nHoà", "Xóm Trên", "91,5", "29/30", None],
            ["3", "Vi Thị Hòa", "Xóm Dưới", "90", "15/30", "hộ mới chuyển đến"],
            ["", "Vi Thị Hoà", "Xóm Trên", "92", "28/30", None],
        ],
        ["Tổng cộng: Bốn hộ", "Người lập", "Lý Văn Ký"],
    )


def several_sheets() -> bytes:
    """A list that goes on on a second sheet, with one of collectives, last year's, and a hidden one."""
    columns: Row = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Xếp loại", "Danh hiệu đề nghị"]
    above = head("VĂN PHÒNG HĐND VÀ UBND", "DANH SÁCH", "Đề nghị tặng danh hiệu thi đua năm 2026")
    first: list[Row] = [
        *above,
        columns,
        [1, "Lý Thị Mẫu", date(1990, 2, 9), "Chuyên viên", "HTTNV", "LĐTT"],
        [None, None, None, None, "HTXSNV", "CSTĐCS"],
        [3, "Vi Văn Mẫu", "1/3/1985", "Phó Chánh Văn phòng", "HTXSNV", "Lao động tiên tiến"],
    ]
    second: list[Row] = [
        columns,
        [4, "Nông Thị Mẫu", "7/1994", "Văn thư", "HTTNV", "LĐTT"],
        [5, "Lý Thi Mẫu", date(1990, 2, 9), "Chuyên viên", "HTTNV", "LĐTT"],
    ]
    collectives: list[Row] = [
        [
            "STT",
            "Tên tập thể",
            "Tổng số người",
            "LĐTT (số, %)",
            "CSTĐCS (số)",
            "Bị kỷ luật từ cảnh cáo (số)",
            "Mức hoàn thành nhiệm vụ",
            "Danh hiệu đề nghị",
        ],
        [
            1,
            "Bộ phận Văn thư",
            10,
            "8 (80%)",
            1,
            0,
            "Hoàn thành xuất sắc nhiệm vụ",
            "Tập thể lao động tiên tiến",
        ],
    ]
    return excel(
        {
            "Cá nhân": first,
            "Cá nhân (tiếp)": second,
            "Tập thể": collectives,
            "Năm 2025": [columns, [1, "Lý Thị Mẫu", None, None, None, "LĐTT"]],
            "Nháp": [columns, [1, "Hoàng Văn Nháp", None, None, None, "LĐTT"]],
            "Sheet6": [["ghi chú của người lập"]],
        },
        merged=["A8:A9", "B8:B9"],
        hidden_rows=[10],
    )


def damaged() -> bytes:
    """Errors, formulas that nobody calculated, days that Excel made of shares, numbers as words."""
    return excel(
        {
            "DS": [
                *head(
                    "THÔN MẪU SỐ 2",
                    "BẢNG TỔNG HỢP",
                    "Hộ gia đình đề nghị danh hiệu Gia đình văn hóa năm 2026",
                ),
                [
                    "TT",
                    "Họ và tên chủ hộ",
                    "Năm sinh",
                    "Nơi ở",
                    "Số khẩu",
                    "Điểm",
                    "Ý kiến người dân",
                    "Điện thoại",
                ],
                [1, "Lý Văn Mẫu", "#N/A", "Xóm Trên", "bốn", "=10*9", date(2026, 8, 5), "0912000000"],
                [2, "=B6", 1962, "Xóm Trên", 3, 95, "41/41", None],
                [3, "Vi Văn Mẫu", 1890, "Xóm Trên", 3, 95, "41/41", None],
                [4, "Vi Thị Mẫu", "7/1974", "Xóm Trên", 3, "95 điểm", "41/41", None],
                [5, None, 1962, "Xóm Trên", 3, 95, "41/41", None],
                [6, "Nông Văn Mẫu", "12/5/1978", "Xóm Dưới", "03 khẩu", 96.5, "100%", None],
                ["", "Tổng cộng", None, None, "=SUM(E6:E11)"],
                ["Danh sách này có mười lăm hộ."],
            ]
        }
    )


OWN_LISTS: Mapping[str, tuple[str, Callable[[], bytes]]] = MappingProxyType(
    {
        "movement": ("xlsx", movement),
        "villages": ("xlsx", villages),
        "by_title": ("csv", by_title),
        "province": ("xlsx", province),
        "initiatives": ("ods", initiatives),
        "marks": ("ods", open_marks),
        "old_file": ("xls", old_file),
        "in_word": ("docx", in_word),
        "several_sheets": ("xlsx", several_sheets),
        "damaged": ("xlsx", damaged),
    }
)
DAY = date(2026, 11, 15)
