"""What is found in an old list beside what is found in any list, worded in two languages with its cure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from exchange.lists import sentences
from exchange.lists.sentences import Sentence, filled
from exchange.lists.values import Finding
from workflow.model.definition import Text

SENTENCES: Mapping[str, Sentence] = MappingProxyType(
    {
        "no_table": Sentence(
            "error",
            Text(
                "Không thấy bảng: cần một hàng tiêu đề có cột họ tên (hoặc tác giả) và ít nhất một cột khác"
                " (năm, danh hiệu, xếp loại, số quyết định); ghi hàng tiêu đề rồi nạp lại.",
                "There is no table: a heading with a column of names (or authors) and at least one other is"
                " needed (year, title, rating, decision number); write the heading, then import again.",
            ),
        ),
        "nothing": Sentence(
            "error",
            Text(
                "Không đọc được khen thưởng, xếp loại hoặc sáng kiến nào; xem lại tiêu đề các cột"
                " (Danh hiệu, Xếp loại, Tên sáng kiến) rồi nạp lại.",
                "No award, rating or initiative can be read; look at the headings of the columns (Danh hiệu,"
                " Xếp loại, Tên sáng kiến), then import again.",
            ),
        ),
        "proposals": Sentence(
            "warning",
            Text(
                "Trang này đề nghị danh hiệu (cột “{column}”), chưa phải kết quả, nên không nạp; nạp đề nghị"
                " vào hồ sơ.",
                "This sheet proposes titles (column “{column}”), which are no awards yet: it is not imported;"
                " take proposals into a dossier.",
            ),
        ),
        "no_period": Sentence(
            "warning",
            Text(
                "Không rõ năm hoặc năm học của “{name}”; ghi vào cột Năm rồi nạp lại nếu cần.",
                "The year of “{name}” stands nowhere; write it into a column Năm, then import again.",
            ),
        ),
        "said_twice": Sentence(
            "info",
            Text("Đã có ở hàng {row}; chỉ nạp một lần.", "It stands in row {row} already; it is taken once."),
        ),
        "shares": Sentence(
            "warning",
            Text(
                "Tỷ lệ đóng góp của các tác giả “{name}” cộng lại là {sum}%, không phải 100%; xem lại.",
                "The shares of the authors of “{name}” add up to {sum} %, not to 100 %; look at them again.",
            ),
        ),
        "no_author": Sentence(
            "error",
            Text("Sáng kiến chưa ghi tác giả; ghi tên tác giả.", "The initiative has no author; write one."),
        ),
        "no_initiative_name": Sentence(
            "error",
            Text("Chưa ghi tên sáng kiến; ghi tên.", "The initiative has no name; write it."),
        ),
        "many_excellent": Sentence(
            "warning",
            Text(
                "{body}: {n} người HTXSNV, quá 20% số người HTTNV ({m}); xem lại theo từng nhóm"
                " (NĐ 335/2025/NĐ-CP).",
                "{body}: {n} are rated HTXSNV, more than 20 % of those rated HTTNV ({m}); look at it again by"
                " groups (NĐ 335/2025/NĐ-CP).",
            ),
        ),
    }
)


def told(code: str, sheet: str, cell: str, **operands: object) -> Finding:
    """A finding of an old list, or of any list."""
    if code not in SENTENCES:
        return sentences.found(code, sheet, cell, **operands)
    severity, say = SENTENCES[code]
    return Finding(sheet, cell, code, severity, filled(say, **operands))
