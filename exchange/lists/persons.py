"""What the cells of a line say of a nominee: position and unit, kind and sex, rating, initiative."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from exchange.lists.births import day_in
from exchange.lists.values import Category, Initiative, Kind, Rating
from workflow.model.wording import fold

POSITIONS: Mapping[str, str] = {
    "GV": "Giáo viên",
    "HT": "Hiệu trưởng",
    "PHT": "Phó Hiệu trưởng",
    "NV": "Nhân viên",
    "CV": "Chuyên viên",
    "CC": "Công chức",
    "CT": "Chủ tịch",
    "PCT": "Phó Chủ tịch",
    "TP": "Trưởng phòng",
    "PTP": "Phó Trưởng phòng",
    "BT": "Bí thư",
    "PBT": "Phó Bí thư",
    "TTCM": "Tổ trưởng chuyên môn",
    "TPCM": "Tổ phó chuyên môn",
    "KT": "Kế toán",
    "VT": "Văn thư",
    "GĐ": "Giám đốc",
    "PGĐ": "Phó Giám đốc",
    "TPT": "Tổng phụ trách",
    "GVCN": "Giáo viên chủ nhiệm",
}
ABBREVIATED = re.compile(r"(?<!\w)(?:" + "|".join(sorted(POSITIONS, key=len, reverse=True)) + r")(?!\w)")
POSTS = re.compile(
    r"(?:\w+\s+){0,3}(?:trưởng|phó)\b|"
    r"(?:phó\s+)?(?:hiệu trưởng|chủ tịch|bí thư|trưởng|giám đốc|chỉ huy|tổ trưởng|chủ nhiệm|chánh)\b"
    r"|phó\b|giáo viên"
    r"|nhân viên|chuyên viên|công chức|kế toán|văn thư|cán bộ|ủy viên|uỷ viên|hội viên|đoàn viên"
    r"|tổng phụ trách|y sĩ"
    r"|bác sĩ|điều dưỡng|bảo vệ|thủ quỹ|công an|dân quân|nông dân|học sinh|người|tổ phó|thư ký|phụ trách"
    r"|lao động",
    re.IGNORECASE,
)
UNITS = re.compile(
    r"(?:\s*[,;–]\s*|\s+-\s+|\s+(?=(?:trường|thôn|xóm|bản|phòng|trạm|văn phòng|ban|ubnd|hđnd|đảng ủy|hội"
    r"|đoàn|tổ|khối"
    r"|trung tâm|ủy ban|uỷ ban|mttq|công đoàn)\s))",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(\d{1,5}\s*/\s*[A-ZĐa-zđ][\w.-]*(?:-[\w.]+)*)")
IN_NOTE = re.compile(r"(?:\bSK\b|sáng kiến|đề tài)", re.IGNORECASE)
NONE = frozenset({"", "khong", "khong co", "chua", "chua co", "-", "0", "ko", "k"})
WOMEN = frozenset({"nữ", "nu", "f", "female", "bà", "chị"})
MEN = frozenset({"nam", "m", "male", "ông", "anh"})

RATINGS: tuple[tuple[Rating, frozenset[str]], ...] = (
    ("khtnv", frozenset({"khtnv", "khong hoan thanh", "khong hoan thanh nhiem vu", "kht"})),
    (
        "htxsnv",
        frozenset(
            {"htxsnv", "htxs", "xs", "xuat sac", "hoan thanh xuat sac", "hoan thanh xuat sac nhiem vu"}
        ),
    ),
    ("httnv", frozenset({"httnv", "htt", "t", "tot", "hoan thanh tot", "hoan thanh tot nhiem vu"})),
    ("htnv", frozenset({"htnv", "ht", "hoan thanh", "hoan thanh nhiem vu"})),
)
CATEGORIES: tuple[tuple[Category, str], ...] = (
    ("doanh_nhan", r"doanh nhan"),
    ("lanh_dao_tinh", r"cap (?:bo|tinh)\b"),
    ("lanh_dao_so", r"cap (?:vu|so)\b|\bvu, so"),
    ("lanh_dao", r"lanh dao|pho phong|quan ly"),
    ("truc_tiep", r"truc tiep|lao dong|hoc tap"),
)
LONGEST_RATING = 100
EXPECTED = re.compile(r"\bdu kien\b")
AFTERWARDS = re.compile(r"\(.*\)|\bdu kien\b|\bnam (?:hoc )?\d.*|[.,;:]")


def rating(text: str) -> Rating | None:
    """One of the four ratings, by its name or abbreviation; None where it is none of them."""
    if len(text) > LONGEST_RATING:
        return None
    words = " ".join(AFTERWARDS.sub(" ", fold(text)).split())
    return next((id for id, names in RATINGS if words in names), None)


def is_expected(text: str) -> bool:
    """Whether a rating is only foreseen."""
    return EXPECTED.search(fold(text)) is not None


def position_and_unit(text: str) -> tuple[str | None, str | None]:
    """Of one cell with both: `Giáo viên Trường Tiểu học mẫu` is a position and a unit, `Thôn mẫu số 1` a
    unit."""
    text = position(text) or ""
    if not text:
        return None, None
    if not POSTS.match(text):
        return None, text
    parted = UNITS.search(text)
    if parted is None:
        return text, None
    return text[: parted.start()].strip(), text[parted.end() :].strip() or None


def position(text: str) -> str | None:
    """With the usual abbreviations written out: `Phó HT` is *Phó Hiệu trưởng*."""
    line = " ".join(text.split())
    return ABBREVIATED.sub(lambda match: POSITIONS[match[0]], line) or None


def initiative(name: str, paper: str, day: date | None, today: date) -> Initiative | None:
    """Of its name, of the decision's number and day in one text, and of a day in a cell of its own."""
    named = " ".join(name.split())
    found = NUMBER.search(paper) or NUMBER.search(named)
    number = re.sub(r"\s", "", found[1]) if found else None
    read = Initiative(
        None if fold(named) in NONE else _without_paper(named) or None,
        number,
        day or day_in(paper, today) or (day_in(named, today) if number else None),
    )
    return read if read.said else None


def _without_paper(name: str) -> str:
    """A name without the decision that stands behind it: `Quản lý thư viện (QĐ 21/QĐ-UBND ngày
    20/5/2026)`."""
    match = re.search(r"(?:theo\s+)?(?:QĐ|quyết định)\s*(?:số)?\s*:?\s*\d.*$", name, re.IGNORECASE)
    return name[: match.start()].strip(" ,;(") if match else name


def initiative_in_note(note: str, today: date) -> Initiative | None:
    """`SK: QĐ 21/QĐ-UBND 20/5/2026` in the remarks."""
    if not IN_NOTE.search(note):
        return None
    found = NUMBER.search(note)
    if found is None:
        return None
    return Initiative(None, re.sub(r"\s", "", found[1]), day_in(note[found.end() :], today))


def earlier_in_note(note: str) -> str | None:
    """The remark where it tells of titles of earlier years: `đạt CSTĐCS 2 năm 2023-2024, 2024-2025`."""
    return note if re.search(r"\bđạt\b.*\b20\d\d\b|\bliên tục\b", note, re.IGNORECASE) else None


def category(text: str) -> Category | None:
    """The kind of statistics, by its words: *Các cấp lãnh đạo khác từ phó phòng trở lên*."""
    words = fold(text)
    return next((id for id, pattern in CATEGORIES if re.search(pattern, words)), None)


def female(text: str) -> bool | None:
    """Of a cell of sexes or salutations."""
    word = text.strip().strip(".").casefold()
    return True if word in WOMEN else False if word in MEN else None


def kind_named(text: str) -> Kind | None:
    """Of a cell that says what the nominee is."""
    words = fold(text)
    for kind, said in (("household", "ho"), ("collective", "tap the"), ("person", "ca nhan")):
        if words.startswith(said):
            return kind  # type: ignore[return-value]
    return None
