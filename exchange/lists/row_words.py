"""By which words a row below a heading is told: totals, statements, signatures, counts of the columns."""

from __future__ import annotations

import re

from exchange.lists.grid import Cells
from exchange.lists.groups import is_counted
from exchange.sheets.workbook import Cell
from workflow.model.wording import fold

NUMBER = re.compile(r"0*(\d{1,5})\s*[.)]?")
COUNTING = re.compile(r"\(?\s*(\d{1,2}|[A-Ea-e])\s*\)?")
ROMAN = re.compile(r"(?:[IVX]+|[A-ZĐ])\s*[.)]?")
TOTAL = re.compile(r"(?:tổng(?:\s*(?:cộng|số|hợp))?|cộng|bằng chữ|trong đó)\b(?!\s*phụ)", re.IGNORECASE)
PART = re.compile(r"cộng|bằng chữ|trong đó", re.IGNORECASE)
STATEMENT = re.compile(
    r"\(?\s*(?:ấn định|danh sách (?:này |trên )?(?:có|gồm)|tổng cộng danh sách)\b", re.IGNORECASE
)
SIGNATURE = re.compile(
    r"(?:noi nhan|(?:nguoi|can bo) (?:lap|tong hop|ky)|t/?m[./ ]|(?:kt|tl|tuq|q|p)\. ?[a-z]"
    r"|(?:pho )?(?:hieu truong"
    r"|truong (?:thon|xom|khu|ban|phong|tram)|chu tich|giam doc)|to truong|thu truong|dai dien|xac nhan"
    r"|ky thay|bi thu"
    r"|ke toan|thu ky|ban cong tac|chanh van phong|uy vien|thuong truc|lap (?:bieu|bang)|chi huy truong"
    r"|chu nhiem"
    r"|hoi dong thi dua|\(?ky,? ?(?:ghi|va|ten|dong)|\(?da ky|y kien cua|[-*] ?(?:nhu|luu|ghi chu)"
    r"|ghi chu ?:|luu y ?:)"
)
DATED = re.compile(r"(?:[^,]{0,60},)? ?ngay .{0,6} ?thang .{0,6} ?nam .{0,6}")
TITLED = re.compile(r"(?:danh hieu|hinh thuc|giay khen|bang khen|co thi dua|tang |de nghi )")
CALLED = re.compile(r"(?:tổng|cộng)\s+(?!cộng|số|hợp)[^\W\d_]+\s+[^\W\d_]+$", re.IGNORECASE)
DOTS = re.compile(r"\s*[^\w\s][^\w]*")
LONGEST_DITTO = 12
FIRST_COUNTED = 3
"""Columns may be counted A, B, 1, 2; a merged one has no number."""
DITTO = re.compile(
    r"""[-–]*\s*(?:n\.?t\.?|như trên|như\s+trên)\s*[-–]*|[-–\s]*(?:[〃″"“”„]|''|//|´´)+[-–\s]*""",
    re.IGNORECASE,
)


def in_capitals(own: Cells) -> bool:
    """Whether all that a row says is in capitals, and no heading of a group."""
    return all(
        cell.text.isupper() and len(cell.text.split()) > 1 and not is_counted(cell.text)
        for cell in own.values()
    )


def signs(cell: Cell) -> bool:
    text = fold(cell.text[:200])
    return bool(DATED.fullmatch(text) or SIGNATURE.match(text))


def counts_columns(own: Cells) -> bool:
    """Whether the row counts the columns: (1) (2) (3), or A B 1 2."""
    if (
        len(own) < 3
        or len(next(iter(own.values())).text) > len("( 12 )")
        or not all(COUNTING.fullmatch(cell.text.strip()) for cell in own.values())
    ):
        return False
    numbers = [int(digits) for cell in own.values() for digits in re.findall(r"\d+", cell.text)]
    return len(numbers) > 1 and numbers[0] <= FIRST_COUNTED and numbers == sorted(set(numbers))


def repeats(cell: Cell) -> bool:
    """Whether it only points to the cell above: `nt`, *như trên*."""
    return (
        cell.kind == "text"
        and len(cell.text) <= LONGEST_DITTO
        and DITTO.fullmatch(cell.text.strip()) is not None
    )
