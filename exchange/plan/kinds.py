"""The kind of a plan's row, read from the words of its content; also host or attend, and the period.

The first verb decides: a report *on a conference* is a report. Words of introduction before it (`tiếp tục`,
`tham mưu UBND xã`) are skipped. What fits no kind is `other`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from exchange.plan.document import one_line
from workflow.model.plan import Part

OFFICE_WORDS = r"(?:ubnd|uỷ ban|ủy ban|hội đồng|đảng ủy|đảng uỷ|thường trực|lãnh đạo|chủ tịch|cấp)"
INTRODUCTION = re.compile(
    r"(?:(?:tiếp tục|chủ động|kịp thời|phối hợp|chỉ đạo|thực hiện|triển khai|tổ chức|xây dựng|ban hành"
    r"|soạn thảo|dự thảo|lập|hoàn thiện|hoàn thành|chuẩn bị|trình ban hành|trình ký|tham dự|tham gia|dự"
    r"|đăng cai|cử|cán bộ|công chức|đại biểu|văn bản|công văn|các|việc|và|cho)\s+"
    rf"|tham mưu\s+(?:(?:cho\s+)?{OFFICE_WORDS}(?:\s+\S+){{0,6}}?\s+"
    r"(?=tổ chức|xây dựng|ban hành|triển khai|báo cáo))?)"
)
PLAN_VERB = re.compile(r"xây dựng|ban hành|soạn thảo|dự thảo|lập|tham mưu|hoàn thiện|trình")
KIND_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "training",
        re.compile(
            r"(?:mở\s+)?(?:hội nghị |lớp |khóa |khoá |đợt )*(?:tập huấn|bồi dưỡng|đào tạo)|(?:mở )?lớp "
        ),
    ),
    ("report", re.compile(r"(?:dự thảo )?báo cáo")),
    ("guidance", re.compile(r"hướng dẫn")),
    (
        "movement_launch_and_preliminary_review",
        re.compile(r"(?:lễ )?phát động (?:và )?(?:triển khai )?sơ kết"),
    ),
    ("movement_launch", re.compile(r"(?:hội nghị |lễ )?phát động")),
    (
        "award_review",
        re.compile(
            r"(?:họp )?(?:hội đồng .{0,60} )?(?:bình xét|xét|thẩm định|bình chọn|suy tôn)\b"
            r"|(?:tổng hợp|tiếp nhận|thu|rà soát|hoàn thiện).{0,20} hồ sơ .{0,40}khen thưởng"
            r"|tổng hợp (?:và )?thẩm định|hồ sơ (?:đề nghị |trình )?khen thưởng"
            r"|(?:đề nghị |trình |đề xuất |quyết định )*"
            r"(?:khen thưởng|khen cao|tặng|trao tặng|công nhận danh hiệu)\b"
        ),
    ),
    (
        "conference",
        re.compile(
            r"(?:lễ |buổi |các )*"
            r"(?:hội nghị|hội thảo|đại hội|tọa đàm|gặp mặt|biểu dương|tuyên dương|tổng kết|sơ kết|họp)\b"
        ),
    ),
)
ATTEND = re.compile(r"(?:cử .{0,40}?)?(?:dự|tham dự|tham gia)\b")
HOST = re.compile(r"(?:tham mưu .{0,60}?)?(?:tổ chức|đăng cai|mở)\b")
OUTSIDE = re.compile(
    r"\bdo (?!ubnd xã|xã|phường|thị trấn).{1,60}tổ chức|cấp tỉnh|của tỉnh"
    r"|\bcụm (?:thi đua|số|\d)|\bkhối thi đua"
)

PERIOD = re.compile(
    r"năm học\s+\d{4}\s*[-–—/]\s*\d{4}|giai đoạn\s+\d{4}\s*[-–—]\s*\d{4}"
    r"|(?:6|06|sáu)\s+tháng\s+(?:đầu|cuối)\s+năm(?:\s+\d{4})?|(?:9|09|chín)\s+tháng(?:\s+đầu\s+năm)?(?:\s+\d{4})?"
    r"|quý\s+(?:iv|i{1,3}|[1-4])(?!\w)(?:\s*/\s*\d{4}|\s+năm\s+\d{4})?|tháng\s+\d{1,2}\s*/\s*\d{4}|năm\s+\d{4}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RowKind:
    """The kind of a row, and for a conference or training whether the office hosts or attends it.

    `part_written` is False where no verb says so and `part` was guessed.
    """

    kind: str
    part: Part | None
    part_written: bool


def classify(content: str, *, guests: bool) -> RowKind:
    """What a row with this content is: "Tổ chức hội nghị tổng kết" is a conference that the office hosts.

    `guests`: the row lists a body outside the office. Without a verb, a meeting is then that body's.
    """
    words = " ".join(re.sub(r"[,;:]", " ", unicodedata.normalize("NFC", content).casefold()).split())
    kind = _kind(words)
    if kind not in ("conference", "training"):
        return RowKind(kind, None, True)
    if ATTEND.match(words):
        return RowKind(kind, "attend", True)
    if HOST.match(words):
        return RowKind(kind, "host", True)
    return RowKind(kind, "attend" if guests or OUTSIDE.search(words) else "host", False)


def _kind(words: str) -> str:
    rest = words
    while True:
        for kind, pattern in KIND_PATTERNS:
            if pattern.match(rest):
                return kind
        # A plan is issued where the row begins with the word or a verb of issuing led to it.
        if rest.startswith("kế hoạch") and (
            rest == words or PLAN_VERB.search(words[: len(words) - len(rest)])
        ):
            return "plan_issue"
        introduction = INTRODUCTION.match(rest)
        if not introduction:
            return "other"
        rest = rest[introduction.end() :]


def period(content: str, *, year: int) -> str | None:
    """The first period that the content names, as written; `6 tháng đầu năm` gets the year after it."""
    text = one_line(content)
    match = PERIOD.search(text)
    if not match:
        return None
    if re.search(r"tháng", match[0], re.IGNORECASE) and not re.search(r"\d{4}", match[0]):
        named = re.search(r"năm\s+(\d{4})", text[match.end() :], re.IGNORECASE)
        return f"{match[0]} {named[1] if named else year}"
    return match[0]
