"""The header of a plan's table: which column holds what, told by the titles in any order.

Titles are compared without case, diacritics and punctuation. A column that is not needed (`Kinh phí`) has the
role `unused`; what is not read, known or not, is kept in `unread`, for the caller to report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from exchange.plan.document import plain

LONGEST_TITLE = 90
BODY = r"(?:cac )?(?:co quan|don vi|bo phan|phong ban|to chuc|ca nhan|nguoi|thanh phan)"
BODIES = rf"{BODY}(?:(?: va)? {BODY})*"
DOING = (
    r"(?: (?:duoc )?(?:thuc hien|trien khai|phan cong"
    r"|duoc giao|tham muu|soan thao|chuan bi|xu ly|bao cao|chiu trach nhiem|lien quan))*"
)

ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"s ?tt|tt|so tt|so thu tu|thu tu|no|stt nhiem vu")),
    # One column with both ends of a time is none that says the beginning only.
    (
        "time",
        re.compile(
            r"(?:tu(?: ngay| thang)?|(?:thoi gian |ngay )?bat dau)\b.* (?:den|ket thuc|hoan thanh)\b.*"
        ),
    ),
    (
        "start",
        re.compile(
            r"(?:thoi (?:gian|diem) |ngay |thang )?bat dau.*|ngay giao.*|tu(?: ngay| thang| thoi diem)?"
        ),
    ),
    (
        "unused",
        re.compile(
            r"(?:ket qua|san pham|kinh phi|nguon kinh phi|dia diem|can cu|lanh dao|phu trach|nguoi ky"
            r"|doi tuong|muc tieu|chi tieu|hinh thuc|so luong|danh gia|ty le|trang thai|tinh trang).*"
            r"|don vi tinh|dvt|linh vuc"
        ),
    ),
    ("note", re.compile(r"ghi chu.*|luu y.*")),
    (
        "content",
        re.compile(
            r"(?:noi dung|nhiem vu|cong viec|dau viec|hoat dong|ten |viec |danh muc|chuong trinh).*|cong tac"
        ),
    ),
    ("quarter", re.compile(r"quy(?: thuc hien| nam)?")),
    ("bodies", re.compile(r".*(?:chu tri.*phoi hop|phoi hop.*chu tri).*")),
    ("cooperating", re.compile(r".*phoi hop.*")),
    (
        "time",
        re.compile(
            r"(?:du kien )?(?:thoi (?:gian|han\b|diem|ky)|tien do|han\b|ngay|thang|tuan|moc|lich|ket thuc"
            r"|den ngay|den thang|thu ngay).*|hoan thanh.*|den"
        ),
    ),
    (
        "lead",
        re.compile(
            r".*(?:chu tri|dau moi|trach nhiem chinh|thuong truc).*|chiu trach nhiem|don vi tham muu"
            r"|(?:(?:nguoi|bo phan|don vi|co quan|can bo|cong chuc|giao vien|va|hoac) )+phu trach.*"
        ),
    ),
    (
        "bodies",
        re.compile(
            rf"{BODIES}{DOING}|(?:don vi )?(?:phan cong|trach nhiem)(?: {BODIES})?{DOING}"
            r"|thuc hien|to chuc thuc hien"
        ),
    ),
)

DATED = re.compile(r"(?:truoc |den |het )*(?:ngay|thang|tuan|quy) (?:\d|[ivx]+\b)")
"""`Tháng 3` is a date in a row, no title."""

MARK = re.compile(r"(?:thang|t)\.? ?(?:0?[1-9]|1[0-2])|q(?:u[iy])? ?(?:[1-4]|i{1,3}|iv)")
COUNTED = {"Tháng": [str(month) for month in range(1, 13)], "Quý": ["I", "II", "III", "IV"]}
FEWEST_MARKS = 3
"""Two may be the months of one row; a table with a column for each has three at least."""

OTHER_TITLE = re.compile(r"ho (?:va )?ten|chuc (?:vu|danh)|don gia|thanh tien|so tien|du toan")
LETTER = re.compile(r"[^\W\d_]")
DUTIES = frozenset({"lead", "cooperating", "bodies", "time", "start", "mark"})
SIGN = re.compile(r"[xX+*✓✔√☑■●•▪v]{1,3}")
UNITS = {"ngay": "ngày", "thang": "tháng", "tuan": "tuần", "quy": "quý"}


@dataclass(frozen=True, slots=True)
class Columns:
    """What a header says: by role (`content`, `lead`, `time` …) the index of its column.

    Of two columns of time the one that says the end is `time`, the other `other_time`; one that says the
    beginning is `start`. `unread` are the titles of columns that are not read. Where each month or quarter
    has a column of its own, in which a sign marks the rows, `marks` are these columns, `time` the first.
    """

    at: Mapping[str, int]
    width: int
    unread: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    marks: tuple[int, ...] = ()

    def has(self, *roles: str) -> bool:
        return any(role in self.at for role in roles)

    def unit(self, role: str) -> str:
        """What a bare number in the column means: `tháng` under "Tháng hoàn thành", else an empty text."""
        return _unit(self.titles[self.at[role]]) if role in self.at and not self.marks else ""

    def cell(self, cells: Sequence[str], role: str) -> str:
        if role == "time" and self.marks:
            return "\n".join(self._marked(cells))
        index = self.at.get(role)
        return cells[index] if index is not None and index < len(cells) else ""

    def _marked(self, cells: Sequence[str]) -> Iterator[str]:
        """The titles of the columns that have a sign in this row, with what else stands there."""
        for index in self.marks:
            text = cells[index].strip() if index < len(cells) else ""
            if text:
                yield self.titles[index] if SIGN.fullmatch(text) else f"{self.titles[index]} ({text})"


def role_of(title: str) -> str | None:
    """The role of a column with this title, None for a title that is not known."""
    if len(title) > LONGEST_TITLE:
        return None
    words = " ".join(re.sub(r"\([^)]*\)|[^\w\s]|_", " ", plain(title.replace("%", " tỷ lệ "))).split())
    if DATED.match(words):
        return None
    return next((name for name, pattern in ROLES if pattern.fullmatch(words)), None)


def header(cells: Sequence[str]) -> Columns | None:
    """The columns that a row names, None where the row is no header.

    A header names the content and at least one more known role; every cell has a letter, and
    most titles are known.
    """
    filled = [cell for cell in cells if cell.strip()]
    if not all(LETTER.search(cell) for cell in filled):
        return None
    named = _roles(cells)
    known = {name for name in named if name}
    if "content" not in known or len(known) < 2 or named.count(None) > len(named) // 2:
        return None
    return None if of_another_table(cells) else _columns(cells)


def of_another_table(cells: Sequence[str]) -> bool:
    """Whether a row heads a list of persons or a budget: it names who or what and says nothing of tasks."""
    titles = [plain(cell) for cell in cells if cell.strip()]
    duties = DUTIES.intersection(filter(None, _roles(cells)))
    return not duties and len(titles) > 2 and any(map(OTHER_TITLE.match, titles))


def divided_header(columns_above: Columns, cells: Sequence[str]) -> Columns | None:
    """The columns where this row divides a title of the header above (`Chủ trì | Phối hợp`), else None."""
    cells = _numbers_spelt(columns_above, cells)
    filled = (index for index, cell in enumerate(cells) if cell.strip())
    named = list(zip(filled, _roles(cells), strict=True))
    if len(named) < 2 or any(name not in DUTIES for _, name in named):
        return None
    titles = list(columns_above.titles)
    first, last = named[0][0], named[-1][0]
    # Without merged cells the second row is longer, and later titles move to the right.
    extra = len(cells) - len(titles)
    if extra == last - first and first < len(titles):
        titles[first : first + 1] = [""] * (extra + 1)
    titles.extend([""] * (len(cells) - len(titles)))
    for index, _ in named:
        titles[index] = cells[index]
    return _columns(titles)


def _numbers_spelt(above: Columns, cells: Sequence[str]) -> Sequence[str]:
    """The row below `Thời gian (tháng)` with its numbers `1` to `12` as `Tháng 1` to `Tháng 12`, alone."""
    first = above.at.get("time")
    if first is None:
        return cells
    under = [cell.strip() for cell in cells[first:]]
    for unit, numbers in COUNTED.items():
        count = len(numbers)
        others = {*under[count:], *cells[:first]} - {"", *above.titles}
        if under[:count] == numbers and not others:
            return [*[""] * first, *(f"{unit} {number}" for number in numbers), *[""] * (len(under) - count)]
    return cells


def only_counts(cells: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: `(1) (2) (3)`, `A B 1 2`."""
    marks = [re.sub(r"[\s().]", "", cell) for cell in cells if cell.strip()]
    numbers = [int(mark) for mark in marks if mark.isascii() and mark.isdigit() and len(mark) < 3]
    letters = [mark for mark in marks if re.fullmatch(r"[A-Ea-e]", mark)]
    in_order = numbers == list(range(1, len(numbers) + 1))
    return len(marks) > 1 and len(numbers) >= 1 and len(numbers) + len(letters) == len(marks) and in_order


def _columns(titles: Sequence[str]) -> Columns:
    at: dict[str, int] = {}
    marks = _marks(titles)
    for index, title in enumerate(titles):
        name = role_of(title) if title.strip() and index not in marks else None
        if name == "time" and "time" in at:
            first = at["time"]
            # A third column of time is not read.
            if "other_time" not in at:
                ends = _ends(title) and not _ends(titles[first])
                at["time"], at["other_time"] = (index, first) if ends else (first, index)
        elif name and name not in at:
            at[name] = index
    if marks and "time" not in at:
        at["time"] = marks[0]
    else:
        marks = ()
    read = {index for name, index in at.items() if name not in ("unused", "note")} | set(marks)
    unread = [" ".join(title.split()) for index, title in enumerate(titles) if index not in read]
    return Columns(MappingProxyType(at), len(titles), tuple(filter(None, unread)), tuple(titles), marks)


def _marks(titles: Sequence[str]) -> tuple[int, ...]:
    """The columns that each stand for a month or a quarter."""
    found = tuple(index for index, title in enumerate(titles) if MARK.fullmatch(plain(title)))
    return found if len({plain(titles[index]) for index in found}) >= FEWEST_MARKS else ()


def _roles(titles: Sequence[str]) -> list[str | None]:
    """The role of each title that is not empty; `mark` for a month or quarter among others."""
    marks = _marks(titles)
    return [
        "mark" if index in marks else role_of(title) for index, title in enumerate(titles) if title.strip()
    ]


def _ends(title: str) -> bool:
    """Whether a column of time says when the work ends, not when it begins."""
    words = plain(title).replace("thuc hien", "")
    return re.search(r"hoan thanh|\bhan\b|ket thuc|\bden\b", words) is not None


def _unit(title: str) -> str:
    named = set(re.findall(r"\b(?:ngay|thang|tuan|quy)\b", plain(title)))
    return UNITS[named.pop()] if len(named) == 1 else ""
