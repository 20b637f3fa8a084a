"""Positions and units as lists write them, each in its column or both in one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

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
HEADED = r"thôn|xóm|bản|khối|khu phố|ban|phòng|trạm|văn phòng|công an|đoàn|đội|khoa|bộ phận|chi nhánh"
HEADS = re.compile(
    rf"(?:((?:phó\s+)?(?:trưởng|chánh)|phó|(?:thôn|xã|trung|tiểu)\s+đội trưởng)\s+({HEADED})"
    r"|(?:ủy|uỷ) viên|thành viên)(?=\s|[,;–-]|$)",
    re.IGNORECASE,
)
"""The post of who heads a body, with what the body is: it is no unit's beginning, `Chánh Văn phòng`."""
PLACES = frozenset({"thôn", "xóm", "bản", "khối", "khu phố"})
POSTS = re.compile(
    r"(?:\w+\s+){0,3}(?:trưởng|phó)\b|(?:phó\s+)?(?:chủ tịch|bí thư|giám đốc|chỉ huy|chủ nhiệm|chánh)\b"
    r"|giáo viên"
    r"|nhân viên|chuyên viên|công chức|viên chức|kế toán|văn thư|cán bộ|ủy viên|uỷ viên|hội viên"
    r"|đoàn viên|đảng viên"
    r"|tổng phụ trách|y sĩ|y tá|bác sĩ|dược sĩ|điều dưỡng|bảo vệ|thủ quỹ|dân quân|nông dân|học sinh|người"
    r"|thư ký"
    r"|phụ trách|lao động|cấp dưỡng|lái xe|công nhân|(?:thượng|đại|trung|thiếu)\s+(?:úy|uý|tá|sĩ|sỹ)"
    r"|hạ sĩ|binh",
    re.IGNORECASE,
)
WITHIN = re.compile(r"\s*[,;–]\s*|\s+-\s+|\s+(?=(?:thôn|xóm|bản)\s)", re.IGNORECASE)
UNITS = re.compile(
    r"\s*[,;–]\s*|\s+-\s+|\s+(?=(?:trường|thôn|xóm|bản|phòng|trạm|văn phòng|ban|ubnd|hđnd|đảng ủy|hội|đoàn|tổ"
    r"|khối|trung tâm|ủy ban|uỷ ban|mttq|công đoàn|công an|lớp)\s)",
    re.IGNORECASE,
)


def position(text: str) -> str | None:
    """With the usual abbreviations written out: `Phó HT` is *Phó Hiệu trưởng*."""
    line = " ".join(text.split())
    return ABBREVIATED.sub(lambda match: POSITIONS[match[0]], line) or None


@lru_cache(1024)
def position_and_unit(text: str) -> tuple[str | None, str | None]:
    """Of one cell with both: `Giáo viên Trường Tiểu học mẫu` is a position and a unit, `Trưởng thôn mẫu số
    3` is *Trưởng thôn* and *Thôn mẫu số 3*, `Thôn mẫu số 1` a unit."""
    post = position(text)
    if post is None:
        return None, None
    known = HEADS.match(post) or POSTS.match(post)
    if known is None:
        return None, post
    if known.re is HEADS and known[2] and known[2].casefold() in PLACES and post[known.end() :][:1] == " ":
        return known[0], known[2].capitalize() + post[known.end() :]
    # The name of what somebody heads may hold others: `Chánh Văn phòng HĐND và UBND xã`.
    parted = (WITHIN if known.re is HEADS else UNITS).search(post, known.end())
    if parted is None:
        return post, None
    first, rest = post[: parted.start()].strip(), post[parted.end() :].strip()
    further, unit = position_and_unit(rest) if parted[0].strip() else (None, rest)
    # `Bí thư Chi bộ, Trưởng thôn mẫu số 1`: what stands behind the comma may be a second post.
    return (f"{first}, {further}" if further else first), unit or None
