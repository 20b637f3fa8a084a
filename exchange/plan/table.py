"""What a plan means: the rows and paragraphs of its document become a `PlanReading`.

What the document does not say is derived (the lead body, the quarter's last working day) and named in a
task's `derived`; what it says unclearly is a problem with its line. Every task is a row of the table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from exchange.plan.dates import Heading, heading_in_title, read_heading
from exchange.plan.document import Document, Paragraph, one_line, plain
from exchange.plan.due import DueReader
from exchange.plan.issued import day_of
from exchange.plan.kinds import classify, period
from exchange.plan.messages import PARTS
from exchange.plan.numbering import numbers
from exchange.plan.periods import PlanYear
from exchange.plan.problems import Problems
from exchange.plan.row_bodies import BodyReader, RowBodies
from exchange.plan.rows import Table, table
from exchange.plan.sections import is_section, sentences
from exchange.plan.task_row import TaskRow, quoted
from workflow.model.bodies import mentions
from workflow.model.body_names import Directory
from workflow.model.body_tokens import BULLETS
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import Office
from workflow.model.plan import PlanReading, PlanTask

TITLE = re.compile(
    r"(?:du thao )?(?:ke hoach|chuong trinh|lich (?:cong tac|trien khai)|phu luc|bieu|danh muc|nhiem vu)\b.*"
)
PREAMBLE = re.compile(
    r"(?:can cu|tren co so)\b.*|(?:thuc hien|de|nham|theo|trien khai)\b.*(?:\bso \d|\bngay \d|[:;,.]$).*"
)
YEAR_OF = re.compile(r"nam\s*:?\s*(20\d\d)(?!\d)")
ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
REVIEWED = re.compile(r"\b(?:so ket|tong ket|danh gia|ket qua)\b[^,;]*?\b(20\d\d)(?!\d)")
SCHOOL_YEAR = re.compile(r"(?:nam hoc|\bnh)\s*:?\s*(20\d\d)(?!\d)")
ASSIGNMENTS = re.compile(
    r".*(?:to chuc thuc hien|phan cong (?:thuc hien|nhiem vu|trach nhiem)|trach nhiem thuc hien).*"
)
ITEM = re.compile(rf"(?:\d{{1,2}}(?:\.\d{{1,2}})*[.)]|[a-zđ][.)]|[{re.escape(BULLETS)}])\s*")
ADDRESSED = re.compile(r"(?:giao(?: cho)?|đề nghị|yêu cầu)\s+", re.IGNORECASE)
LAST_ITEM = re.compile(r"(?:can cu|tren day|noi nhan|yeu cau cac|trong qua trinh)\b.*")
LONGEST_TITLE = 6
YEARS_END = 10


def read_table(
    document: Document,
    *,
    office: Office,
    calendar: WorkCalendar,
    problems: Problems,
    year: int | None = None,
) -> PlanReading:
    """The plan in the document; `problems` are filled, and stand in the reading too.

    Where the title names no year, `year` is taken, without it the one that the table names most often.
    """
    directory = Directory.of(office)
    rows = table(document, problems, known=lambda text: _all_known(text, directory))
    title = _title(rows.before) or _title([Paragraph(None, text) for text in document.floating])
    # Without a table nothing else is told: every further problem would follow from this one.
    if rows.columns is None or not rows.rows:
        problems.error(rows.header_line, "no_tasks" if rows.columns else "no_table")
        return PlanReading(_year_in(title or ""), title, (), (), problems.by_line())
    if title is None:
        problems.warn(None, "no_title")
    years = _years(title or "", year, rows, problems, issued=day_of(document))
    if years is None:
        return PlanReading(None, title, (), (), problems.by_line())
    reader = _RowReader(office, calendar, directory, problems, rows, years, heading_in_title(title or ""))
    tasks = reader.tasks()
    _report_prose(rows.after, office, directory, problems)
    return PlanReading(years.first, title, tasks, tuple(reader.bodies.unknown), problems.by_line())


def _all_known(text: str, directory: Directory) -> bool:
    named = mentions(text, directory)
    return bool(named) and all(mention.id for mention in named)


# The head of the document


def _title(before: Sequence[Paragraph]) -> str | None:
    """The line KẾ HOẠCH and what follows it, up to the year or the first sentence of the text."""
    texts = [(paragraph.text, paragraph.gap) for paragraph in before]
    starts = [index for index, (text, _) in enumerate(texts) if TITLE.fullmatch(plain(text))]
    capital = [index for index in starts if texts[index][0].split()[0].isupper()]
    start = next(iter(capital or starts), None)
    if start is None:
        return None
    parts = [texts[start][0]]
    for text, gap in texts[start + 1 : start + LONGEST_TITLE]:
        dated = _year_in(" ".join(parts)) is not None
        if (
            PREAMBLE.fullmatch(plain(text))
            or text.endswith((":", ";"))
            or (dated and (gap or read_heading(text)))
            or _opens_section(text)
        ):
            break
        parts.append(text)
    return one_line(" ".join(parts))


def _opens_section(text: str) -> bool:
    return is_section(Paragraph(None, text)) or ITEM.match(text) is not None


def _years(
    title: str, given: int | None, rows: Table, problems: Problems, *, issued: date | None
) -> PlanYear | None:
    """The year of the title; of a school year the one in which it begins. Then `given`, then the table's,
    then the one in which the plan was `issued`."""
    texts = [title, *(paragraph.text for paragraph in rows.before)] if _year_in(title) is None else [title]
    school = next((found for text in texts if (found := SCHOOL_YEAR.search(plain(text)))), None)
    if school and not (given and _year_in(title) is None):
        years = PlanYear(int(school[1]), school=True)
        problems.warn(None, "school_year", year=years, first=years.first, second=years.first + 1)
        return years
    named = sorted({int(found) for found in ANY_YEAR.findall(title)})
    own = given if given in named else _after_the_reviewed(plain(title)) or _year_in(title)
    year = own or given or _year_of_table(rows, issued, problems)
    others = [other for other in named if other != year] if given not in named else []
    if year is not None and others:
        problems.warn(None, "years_in_title", year=year, others=", ".join(map(str, others)))
    return PlanYear(year) if year is not None else None


def _after_the_reviewed(title: str) -> int | None:
    """2026 of `tổng kết năm 2025 và triển khai nhiệm vụ năm 2026`."""
    reviewed = REVIEWED.search(title)
    following = int(reviewed[1]) + 1 if reviewed else 0
    return following if str(following) in ANY_YEAR.findall(title) else None


def _year_in(text: str) -> int | None:
    words = plain(text)
    match = YEAR_OF.search(words) or ANY_YEAR.search(words)
    return int(match[1]) if match else None


def _year_of_table(rows: Table, issued: date | None, problems: Problems) -> int | None:
    """The year that headings and dates of the table name most often, else that of the day of issue."""
    named = Counter(heading.year for heading in rows.headings if heading.year)
    if not named:
        named = Counter(int(found) for row in rows.rows for found in ANY_YEAR.findall(row.cell("time")))
    # A plan of the last months may be of the next year.
    if not named and issued and issued.month < YEARS_END:
        problems.warn(None, "year_of_issue", year=issued.year, day=issued)
        return issued.year
    if not named:
        problems.error(None, "no_year")
        return None
    year = named.most_common(1)[0][0]
    problems.warn(None, "year_elsewhere", year=year)
    return year


# The rows


class _RowReader:
    """Reads the rows of one plan."""

    def __init__(
        self,
        office: Office,
        calendar: WorkCalendar,
        directory: Directory,
        problems: Problems,
        rows: Table,
        years: PlanYear,
        about: Heading | None,
    ) -> None:
        self.office = office
        self.calendar = calendar
        self.bodies = BodyReader(office, directory, problems)
        self.dates = DueReader(calendar, problems, years, about)
        self.problems = problems
        self.rows = rows
        self.years = years

    def tasks(self) -> tuple[PlanTask, ...]:
        self._report_columns()
        counted = numbers(self.rows, self.problems)
        read = [self._task(row, number) for row, number in zip(self.rows.rows, counted, strict=True)]
        return tuple(task for task in read if task is not None)

    def _report_columns(self) -> None:
        columns, line = self.rows.columns, self.rows.header_line
        assert columns is not None
        self._report_unread(line)
        if not columns.has("bodies", "lead", "cooperating"):
            self.problems.warn(line, "no_bodies_column", lead=self.bodies.named(self.office.division))
        if not columns.has("time") and not any(self.dates.noted(row) for row in self.rows.rows):
            self.problems.warn(line, "no_deadline_column")
        for year in sorted({self.years.first, self.years.last_month[0]}):
            if not self.calendar.covers(year):
                self.problems.warn(None, "calendar_missing", year=year)

    def _report_unread(self, line: int | None) -> None:
        """Names every column that is not read, once for each header that has it."""
        told = {self.rows.columns.titles} if self.rows.columns else set()
        for title in self.rows.columns.unread if self.rows.columns else ():
            self.problems.warn(line, "column_unread", title=quoted(title))
        for row in self.rows.rows:
            if row.columns.titles not in told:
                told.add(row.columns.titles)
                for title in row.columns.unread:
                    self.problems.warn(row.line, "column_unread", title=quoted(title))

    def _task(self, row: TaskRow, number: int) -> PlanTask | None:
        content = one_line(row.cell("content")).lstrip(BULLETS + " ")
        if not content:
            self.problems.error(row.line, "no_content", number=number)
            return None
        when = self.dates.of(row, number)
        if when is None:
            self.problems.error(row.line, "no_quarter", number=number)
            return None
        named = self.bodies.read(row, number)
        about = classify(content, guests=any(self._is_external(body) for body in named.bodies))
        if about.kind == "other":
            self.problems.warn(row.line, "unknown_kind", number=number)
        if about.part and not about.part_written:
            word = getattr(PARTS[about.part], self.problems.language)
            self.problems.warn(row.line, "part_derived", number=number, part=word)
        if about.kind == "award_review":
            self._check_award_review(row, number, named)
        derived = (
            *(("due",) if when.derived else ()),
            *named.derived,
            *(() if about.part_written else ("part",)),
        )
        return PlanTask(
            number=number,
            quarter=when.quarter,
            content=content,
            bodies=named.bodies,
            lead=named.lead,
            cooperating=named.cooperating,
            kind=about.kind,
            part=about.part,
            period=period(content, year=self.years.first),
            due=when.due,
            derived=derived,
            lines=tuple(row.lines),
        )

    # Bodies

    def _is_external(self, id: str) -> bool:
        body = self.office.body(id)
        return body is not None and body.external

    def _check_award_review(self, row: TaskRow, number: int, named: RowBodies) -> None:
        """Warns of a review of awards that does not list the committee, which decides on them.

        The warning also names the groups with nominating members (the villages) that the row does not list.
        """
        if self.office.committee in named.bodies:
            return
        nominating = [
            body.name
            for body in self.office.bodies
            if body.group and body.id not in named.bodies and self._nominates(body.members)
        ]
        missing = ", ".join([self.bodies.named(self.office.committee), *nominating])
        self.problems.warn(row.line, "committee_missing", number=number, missing=missing)

    def _nominates(self, members: tuple[str, ...]) -> bool:
        return any(body.nominates for member in members if (body := self.office.body(member)))


# Tasks in prose


def _report_prose(
    after: tuple[Paragraph, ...], office: Office, directory: Directory, problems: Problems
) -> None:
    """Tells of the work that the sections on execution give to bodies; nothing of it becomes a task."""
    body: str | None = None
    for paragraph in _assignments(after):
        text = ITEM.sub("", paragraph.text, count=1)
        addressed = ADDRESSED.match(text)
        named = _addressee(text[addressed.end() if addressed else 0 :], office, directory)
        if named and (addressed or text.rstrip(" :.").endswith(named)):
            body = named
        # A line with nothing but a body's name heads the lines that follow.
        if not addressed and named and len(text.split()) <= len(named.split()) + 1:
            continue
        if body is None:
            problems.warn(paragraph.line, "prose_task_of_nobody", text=quoted(text))
        else:
            problems.warn(paragraph.line, "prose_task", body=body, text=quoted(text))


def _assignments(after: tuple[Paragraph, ...]) -> Iterator[Paragraph]:
    inside = False
    for paragraph in sentences(after):
        words = plain(paragraph.text)
        if is_section(paragraph) or (len(words.split()) < 8 and ASSIGNMENTS.fullmatch(words)):
            inside = ASSIGNMENTS.fullmatch(words) is not None
        elif LAST_ITEM.fullmatch(words):
            inside = False
        elif inside and (ITEM.match(paragraph.text) or ADDRESSED.match(paragraph.text)):
            yield paragraph


def _addressee(text: str, office: Office, directory: Directory) -> str | None:
    """The full name of the known body that `text` begins with."""
    id = directory.at_start(text)
    body = office.body(id) if id else None
    return body.name if body else None
