"""What stands above a list: who sends it, with which paper, for which year and title, and how long it hung
out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from exchange.lists.births import ANYWHERE, days_in
from exchange.lists.groups import kind_said
from exchange.lists.initiatives import NUMBER
from exchange.lists.titles import Titles
from exchange.lists.values import NO_PAPER, Kind, Paper, Posted
from workflow.model.body_names import Directory, body_called
from workflow.model.naming import NotNamed
from workflow.model.office import Office
from workflow.model.wording import fold

STATE = re.compile(r"cong hoa xa hoi|doc lap\b")
SCHOOL_YEAR = re.compile(r"(20\d\d)\s*[-–—/]\s*(?:20)?(\d\d)(?!\d)")
YEAR = re.compile(r"năm\s*(?:học\s*)?:?\s*(20\d\d)(?!\s*[-–—]\s*20\d\d)", re.IGNORECASE)
BARE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
WITH = re.compile(r"\bkèm\b", re.IGNORECASE)
BARE_NUMBER = re.compile(r"\bsố\s*:?\s*(\d{1,5})\b(?!\s*[/-])", re.IGNORECASE)
OWN_NUMBER = re.compile(r"số\s*:?\s*" + NUMBER.pattern, re.IGNORECASE)
POSTED = re.compile(r"niêm yết|công khai", re.IGNORECASE)
SPAN = re.compile(
    r"(\d{1,2})(?:\s*(?:/|tháng)\s*(\d{1,2}))?(?:\s*(?:/|năm)\s*(\d{4}))?\s*(?:đến|tới|-|–)\s*(?:hết\s+)?(?:ngày\s+)?"
    r"(\d{1,2})\s*(?:/|tháng)\s*(\d{1,2})\s*(?:/|năm)\s*(\d{4})",
    re.IGNORECASE,
)
OF_WHOM = re.compile(r"danh sách\s+(?:các\s+)?((?:hộ|tập thể|cá nhân)\b.{0,30})", re.IGNORECASE)
FORM = re.compile(r"mẫu\s*(?:số)?\s*:?\s*\d[^\n;)]{0,80}", re.IGNORECASE)
SENDER = re.compile(r"\bcủa\s+([^\n;)]{3,120})", re.IGNORECASE)
TYPES = (
    ("dot_xuat", re.compile(r"dot xuat|thanh tich xuat sac dot xuat")),
    ("cong_hien", re.compile(r"cong hien")),
    ("nien_han", re.compile(r"nien han")),
    ("doi_ngoai", re.compile(r"doi ngoai")),
    (
        "phong_trao",
        re.compile(
            r"phong trao|chuyen de|\bdot\b|cuoc van dong|hoi thi|hoi thao|ky niem|chien dich|cao diem"
            r"|\bthang (?:thanh nien|hanh dong|cao diem|cong nhan|nhan dao)|tham gia|su kien|ung ho"
        ),
    ),
    ("cong_trang", re.compile(r"hoan thanh (?:tot |xuat sac )?nhiem vu|tong ket|cong tac nam")),
)
MERIT = "cong_trang"
ISSUERS = 4
"""Rows in which the issuer stands beside the state's words."""
LEAST_WORDS, MOST_WORDS = 2, 15


@dataclass(frozen=True, slots=True)
class Preamble:
    """What the lines above a heading say; `own` are those that tell of the list itself."""

    own: str = ""
    paper: Paper = NO_PAPER
    posted: Posted | None = None
    period: str | None = None
    type: str | None = None
    form: str | None = None
    titles: tuple[str, ...] = ()
    kind: Kind | None = None
    body: str | None = None
    body_text: str | None = None


def read_preamble(rows: Iterable[Iterable[str]], titles: Titles, office: Office, today: date) -> Preamble:
    """Of the texts of the rows above a heading, row by row."""
    lines = [[" ".join(line.split()) for text in row for line in text.split("\n")] for row in rows]
    texts = [text for row in lines for text in row if text]
    issuers = _issuers(lines)
    own = [
        text for text in texts if text not in issuers and not _is_dated(text) and not STATE.search(fold(text))
    ]
    named = " ".join(text for text in own if not WITH.search(text))
    with_paper = next((text for text in texts if WITH.search(text)), "")
    body_text, body = _body(issuers, with_paper, office)
    form = FORM.search("\n".join(own))
    return Preamble(
        own=named,
        paper=_paper(with_paper, texts, today),
        posted=_posted(texts, today),
        period=period_in(named) or period_in(with_paper),
        type=next((id for id, pattern in TYPES if pattern.search(fold(named))), None),
        form=form[0].strip() if form else None,
        titles=titles.within(named),
        kind=kind_said(listed[1]) if (listed := OF_WHOM.search(named)) else None,
        body=body,
        body_text=body_text,
    )


def _issuers(lines: list[list[str]]) -> list[str]:
    """The lines before the title of the list: UBND XÃ ĐIỀM HE, THÔN MẪU SỐ 2; beside the state's words in
    whatever case, else in capitals."""
    found: list[str] = []
    for row, texts in enumerate(lines):
        for text in texts:
            words = fold(text)
            if re.match(r"(?:danh sach|bang|tong hop|de nghi|ket qua)\b", words):
                return found
            if re.match(r"(?:phu luc|mau|bieu)\b", words):
                continue
            beside = row < len(lines[:ISSUERS]) and any(STATE.search(fold(each)) for each in texts)
            if text and not STATE.search(words) and not text[0].isdigit() and (text.isupper() or beside):
                found.append(text)
    return found


def _is_dated(text: str) -> bool:
    """Whether it is the line of place and date: *Điềm He, ngày 05 tháng 6 năm 2026*."""
    return re.fullmatch(r"[^,]{0,60}, ?ngay .{0,6}thang .{0,6}nam.{0,8}", fold(text)) is not None


def period_in(text: str) -> str | None:
    """`2025-2026` of *năm học 2025 – 2026*, `2026` of *năm 2026*; no year of a date."""
    undated = ANYWHERE.sub(" ", text)
    if (match := SCHOOL_YEAR.search(undated)) and int(match[2]) == int(match[1][2:]) + 1:
        return f"{match[1]}-20{match[2]}"
    year = YEAR.search(undated)
    return year[1] if year else None


def year_in(text: str) -> int | None:
    """The last year that a sheet's name or a column's title names."""
    found = period_in(text) or next(iter(BARE_YEAR.findall(text)), None)
    return int(found[-4:]) if found else None


def _paper(with_paper: str, texts: list[str], today: date) -> Paper:
    """The one that the list comes with, else the number and date of the sheet itself."""
    found = NUMBER.search(with_paper) or BARE_NUMBER.search(with_paper)
    if found:
        before = re.split(r"niêm yết|công khai", with_paper[found.end() :], flags=re.IGNORECASE)[0]
        return Paper(re.sub(r"\s", "", found[1]), next(iter(days_in(before, today)), None))
    number = next((match for text in texts if (match := OWN_NUMBER.match(text))), None)
    dated = next((text for text in texts if _is_dated(text)), "")
    if number is None:
        return Paper()
    return Paper(re.sub(r"\s", "", number[1]), next(iter(days_in(dated, today)), None))


def _posted(texts: list[str], today: date) -> Posted | None:
    """Of *niêm yết từ ngày 20 đến hết ngày 30 tháng 10 năm 2026*, where the first day has the last one's
    month."""
    for text in texts:
        said = POSTED.search(text)
        span = SPAN.search(text, said.end()) if said else None
        if span:
            day, month, year, *last = span.groups()
            days = days_in(f"{day}/{month or last[1]}/{year or last[2]} {'/'.join(last)}", today)
            if len(days) > 1 and days[0] <= days[1]:
                return Posted(days[0], days[1])
    return None


def _body(issuers: list[str], with_paper: str, office: Office) -> tuple[str | None, str | None]:
    """What the sender is called, and the office's body of that name: the lowest line of the issuer's."""
    sender = SENDER.search(with_paper)
    texts = [*reversed(issuers), *([sender[1].strip()] if sender else [])]
    directory = Directory.of(office)
    for text in texts:
        id = _meant(text, office, directory)
        # UBND XÃ ĐIỀM HE stands over every sender's name.
        if id is not None and (id != office.committee or issuers[-1:] == [text]):
            return text, id
    return (texts[0] if texts else None), None


def _meant(text: str, office: Office, directory: Directory) -> str | None:
    """By the whole name, else by its beginning: *Trường học mẫu* may be on the office's file as *Trường
    học*."""
    words = re.sub(r"\b0+(?=\d)", "", text).split()[:MOST_WORDS]
    for length in range(len(words), LEAST_WORDS - 1, -1):
        part = " ".join(words[:length])
        found = directory.find(part) or body_called(part, office)
        if not isinstance(found, NotNamed):
            return found
    return None
