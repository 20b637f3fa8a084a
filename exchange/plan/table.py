"""The meaning of a plan: its rows and paragraphs become a `PlanReading`.

What the document does not say is derived by the rules of DESIGN §4 and named in `derived`; what it says
unclearly is a problem with its line. Nothing is added that the table does not hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from exchange.plan.dates import Deadline, Heading, deadline, heading
from exchange.plan.document import AUTOMATIC, Document, Paragraph, one_line, plain
from exchange.plan.kinds import occasion, period
from exchange.plan.messages import PARTS, Findings
from exchange.plan.rows import Table, TableRow, is_section, quoted, sentences, table
from workflow.model.bodies import BULLETS, Directory, Mention, mentions
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import Office
from workflow.model.plan import QUARTERS, PlanReading, PlanTask, Quarter

TITLE = re.compile(
    r"(?:du thao )?(?:ke hoach|chuong trinh|lich (?:cong tac|trien khai)|phu luc|bieu|danh muc|nhiem vu)\b.*"
)
PREAMBLE = re.compile(
    r"(?:can cu|tren co so)\b.*|(?:thuc hien|de|nham|theo|trien khai)\b.*(?:\bso \d|\bngay \d|[:;,.]$).*"
)
YEAR_OF = re.compile(r"nam\s*:?\s*(20\d\d)(?!\d)")
ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
ASSIGNMENTS = re.compile(
    r".*(?:to chuc thuc hien|phan cong (?:thuc hien|nhiem vu|trach nhiem)|trach nhiem thuc hien).*"
)
ITEM = re.compile(rf"(?:\d{{1,2}}(?:\.\d{{1,2}})*[.)]|[a-zđ][.)]|[{re.escape(BULLETS)}])\s*")
ADDRESSED = re.compile(r"(?:giao(?: cho)?|đề nghị|yêu cầu)\s+", re.IGNORECASE)
LAST_ITEM = re.compile(r"(?:can cu|tren day|noi nhan|yeu cau cac|trong qua trinh)\b.*")
LED = re.compile(r"(?:(?:cơ quan|đơn vị)\s+)?chủ trì\s*:", re.IGNORECASE)
HELPED = re.compile(r"(?:(?:cơ quan|đơn vị)\s+)?(?:phối hợp|phối hợp thực hiện)\s*:", re.IGNORECASE)
LONGEST_TITLE = 6


def read_table(
    document: Document,
    *,
    office: Office,
    calendar: WorkCalendar,
    findings: Findings,
    year: int | None = None,
) -> PlanReading:
    """Every problem met goes to `findings`, and all of them into the reading.

    A title without a year takes `year`, without that the year that the table names.
    """
    directory = Directory.of(office)
    rows = table(document, findings, known=lambda text: _all_known(text, directory))
    title = _title(rows.before)
    if rows.columns is None or not rows.rows:
        findings.error(rows.header_line, "no_tasks" if rows.columns else "no_table")
        return PlanReading(_year_in(title or ""), title, (), (), findings.by_line())
    if title is None:
        findings.warn(None, "no_title")
    year = _year_in(title or "") or year or _year_of_table(rows, findings)
    if year is None:
        return PlanReading(None, title, (), (), findings.by_line())
    reader = _RowReader(office, calendar, directory, findings, rows, year)
    tasks = reader.tasks()
    _report_prose(rows.after, office, directory, findings)
    return PlanReading(year, title, tasks, tuple(reader.unknown), findings.by_line())


def _all_known(text: str, directory: Directory) -> bool:
    named = mentions(text, directory)
    return bool(named) and all(mention.id for mention in named)


# The head of the document


def _title(before: Sequence[Paragraph]) -> str | None:
    """The line KẾ HOẠCH with what follows it, up to the year or the first sentence of the text."""
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
            or (dated and (gap or heading(text)))
            or _opens_section(text)
        ):
            break
        parts.append(text)
    return one_line(" ".join(parts))


def _opens_section(text: str) -> bool:
    return is_section(Paragraph(None, text)) or ITEM.match(text) is not None


def _year_in(text: str) -> int | None:
    words = plain(text)
    match = YEAR_OF.search(words) or ANY_YEAR.search(words)
    return int(match[1]) if match else None


def _year_of_table(rows: Table, findings: Findings) -> int | None:
    """The year that headings and dates of the table name most often."""
    named = Counter(heading.year for heading in rows.headings if heading.year)
    if not named:
        named = Counter(int(found) for row in rows.rows for found in ANY_YEAR.findall(row.cell("time")))
    if not named:
        findings.error(None, "no_year")
        return None
    year = named.most_common(1)[0][0]
    findings.warn(None, "year_elsewhere", year=year)
    return year


# The rows


@dataclass(frozen=True, slots=True)
class _Duty:
    """Who is named in a row: `lead` None where no lead is written."""

    bodies: tuple[str, ...]
    lead: str | None
    cooperating: tuple[str, ...]
    derived: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Term:
    quarter: Quarter
    due: date
    derived: bool


class _RowReader:
    """The rows of one plan under reading, with what holds for all of them."""

    def __init__(
        self,
        office: Office,
        calendar: WorkCalendar,
        directory: Directory,
        findings: Findings,
        rows: Table,
        year: int,
    ) -> None:
        self.office = office
        self.calendar = calendar
        self.directory = directory
        self.findings = findings
        self.rows = rows
        self.year = year
        self.unknown: dict[str, int] = {}
        self.above: Quarter | None = None

    def tasks(self) -> tuple[PlanTask, ...]:
        self._report_columns()
        numbers = _numbers(self.rows, self.findings)
        read = [self._task(row, number) for row, number in zip(self.rows.rows, numbers, strict=True)]
        return tuple(task for task in read if task is not None)

    def _report_columns(self) -> None:
        columns, line = self.rows.columns, self.rows.header_line
        assert columns is not None
        for title in columns.unread:
            self.findings.warn(line, "column_unread", title=title)
        if not columns.has("bodies", "lead", "cooperating"):
            self.findings.warn(line, "no_bodies_column", lead=self._named(self.office.division))
        if not columns.has("time") and not any(self._noted(row) for row in self.rows.rows):
            self.findings.warn(line, "no_deadline_column")
        if not self.calendar.covers(self.year):
            self.findings.warn(None, "calendar_missing", year=self.year)

    def _task(self, row: TableRow, number: int) -> PlanTask | None:
        content = one_line(row.cell("content")).lstrip(BULLETS + " ")
        if not content:
            self.findings.error(row.line, "no_content", number=number)
            return None
        term = self._term(row, number)
        if term is None:
            self.findings.error(row.line, "no_quarter", number=number)
            return None
        duty = self._duty(row, number)
        about = occasion(content, guests=any(self._is_external(body) for body in duty.bodies))
        if about.kind == "other":
            self.findings.warn(row.line, "unknown_kind", number=number)
        if about.part and not about.part_written:
            word = getattr(PARTS[about.part], self.findings.language)
            self.findings.warn(row.line, "part_derived", number=number, part=word)
        if about.kind == "award_review":
            self._check_award_review(row, number, duty)
        derived = (
            *(("due",) if term.derived else ()),
            *duty.derived,
            *(() if about.part_written else ("part",)),
        )
        return PlanTask(
            number=number,
            quarter=term.quarter,
            content=content,
            bodies=duty.bodies,
            lead=duty.lead or self.office.division,
            cooperating=duty.cooperating,
            kind=about.kind,
            part=about.part,
            period=period(content, year=self.year),
            due=term.due,
            derived=derived,
            lines=tuple(row.lines),
        )

    # Bodies

    def _duty(self, row: TableRow, number: int) -> _Duty:
        leading, helping, listed = self._cells(row)
        if leading:
            if len(leading) > 1:
                self.findings.warn(row.line, "several_leads", number=number, lead=self._named(leading[0]))
            bodies = _once((*leading, *helping, *listed))
            return _Duty(bodies, bodies[0], bodies[1:], ())
        bodies = _once((*helping, *listed))
        lead = self._derived_lead(bodies)
        if not bodies and row.columns.has("bodies", "lead", "cooperating"):
            self.findings.warn(row.line, "no_bodies", number=number, lead=self._named(lead))
        elif row.columns.has("lead") and bodies:
            self.findings.warn(row.line, "no_lead", number=number, lead=self._named(lead))
        others = tuple(body for body in bodies if body != lead)
        return _Duty(bodies, lead, others, ("lead", "cooperating") if others else ("lead",))

    def _cells(self, row: TableRow) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """The bodies of the lead and the co-operating column, and those of an undivided one."""
        leading = self._mentions(row, row.cell("lead"))
        helping = self._mentions(row, row.cell("cooperating"))
        text = row.cell("bodies")
        led, helped = LED.search(text), HELPED.search(text)
        if led and (not helped or led.start() < helped.start()):
            end = helped.start() if helped else len(text)
            leading += self._mentions(row, text[led.end() : end])
            helping += self._mentions(row, text[helped.end() :] if helped else "")
            return _bodies(leading), _bodies(helping), _bodies(self._mentions(row, text[: led.start()]))
        if helped:
            helping += self._mentions(row, text[helped.end() :])
            text = text[: helped.start()]
        listed = self._mentions(row, text)
        marked = tuple(one for one in listed if one.remark and plain(one.remark).startswith("chu tri"))
        return _bodies(leading + marked), _bodies(helping), _bodies(listed)

    def _mentions(self, row: TableRow, text: str) -> tuple[Mention, ...]:
        found = mentions(text, self.directory)
        for mention in found:
            if mention.id is None and mention.written not in self.unknown:
                self.unknown[mention.written] = row.line
                self.findings.warn(row.line, "unknown_body", name=mention.written)
        return found

    def _derived_lead(self, bodies: tuple[str, ...]) -> str:
        for body in (self.office.division, self.office.council):
            if body in bodies:
                return body
        return bodies[0] if bodies else self.office.division

    def _is_external(self, id: str) -> bool:
        body = self.office.body(id)
        return body is not None and body.external

    def _named(self, id: str) -> str:
        body = self.office.body(id)
        return body.name if body else id

    def _check_award_review(self, row: TableRow, number: int, duty: _Duty) -> None:
        """The committee decides on awards and groups such as the villages nominate: a row without the
        committee is doubtful."""
        if self.office.committee in duty.bodies:
            return
        nominating = [
            body.name
            for body in self.office.bodies
            if body.group and body.id not in duty.bodies and self._nominates(body.members)
        ]
        missing = ", ".join([self._named(self.office.committee), *nominating])
        self.findings.warn(row.line, "committee_missing", number=number, missing=missing)

    def _nominates(self, members: tuple[str, ...]) -> bool:
        return any(body.nominates for member in members if (body := self.office.body(member)))

    # Time

    def _noted(self, row: TableRow) -> str:
        """A note that says nothing but a date, in a table without a column of time."""
        note = one_line(row.cell("note"))
        if row.columns.has("time") or not note or len(note) > 40:
            return ""
        return note if deadline(note, year=self.year, calendar=self.calendar) else ""

    def _term(self, row: TableRow, number: int) -> _Term | None:
        text = one_line(row.cell("time")) or self._noted(row)
        read = deadline(text, year=self.year, calendar=self.calendar, unit=row.columns.unit) if text else None
        heading = row.quarter
        if read is not None and read.due is not None:
            return self._written(row, number, text, read, read.due)
        if heading is None and read is None and self.above is None:
            return None
        quarter = heading.roman if heading else read.quarter if read else self.above or "IV"
        due = self._end(quarter, heading)
        asked = row.columns.has("time")
        if asked and not (heading and heading.month and not text):
            key = "date_unread" if text else "no_date"
            self.findings.warn(
                row.line, key, text=quoted(text), number=number, due=due.isoformat(), quarter=quarter
            )
        return _Term(quarter, due, True)

    def _end(self, quarter: Quarter, heading: Heading | None) -> date:
        year = heading.year if heading and heading.year else self.year
        if heading and heading.month:
            return self.calendar.last_working_day_of_month(year, heading.month)
        return self.calendar.last_working_day_of_quarter(year, QUARTERS.index(quarter) + 1)

    def _written(self, row: TableRow, number: int, text: str, read: Deadline, due: date) -> _Term:
        heading = row.quarter
        day = due.isoformat()
        if read.several:
            self.findings.warn(row.line, "several_dates", number=number, text=quoted(text), due=day)
        if read.shifted:
            self.findings.warn(row.line, "before_month", text=quoted(text), due=day)
        if due.year != self.year:
            self.findings.warn(row.line, "other_year", number=number, due=day, year=self.year)
        elif heading and heading.roman != read.quarter:
            self.findings.warn(row.line, "outside_quarter", number=number, due=day, quarter=heading.roman)
        self.above = heading.roman if heading else read.quarter
        return _Term(self.above, due, False)


def _bodies(found: tuple[Mention, ...]) -> tuple[str, ...]:
    return tuple(mention.body for mention in found)


def _once(bodies: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(bodies))


# Numbers


def _numbers(rows: Table, findings: Findings) -> tuple[int, ...]:
    """The plan's own numbers; counted from 1 where it has none or where they cannot number the tasks."""
    written = [row.number for row in rows.rows]
    counted = tuple(range(1, len(written) + 1))
    if all(row.label in ("", AUTOMATIC) for row in rows.rows):
        findings.warn(rows.header_line, "numbered")
        return counted
    if any(number is None for number in written) or _begins_anew(rows.rows):
        findings.warn(rows.header_line, "numbered_through")
        return counted
    numbers = tuple(number for number in written if number is not None)
    _check_numbers(rows.rows, numbers, findings)
    return numbers


def _begins_anew(rows: Sequence[TableRow]) -> bool:
    """Whether every heading begins its own count: each stretch rises from 1, and there are several."""
    stretches: dict[int, list[int | None]] = {}
    for row in rows:
        stretches.setdefault(row.stretch, []).append(row.number)
    risen = all(numbers == list(range(1, len(numbers) + 1)) for numbers in stretches.values())
    return len(stretches) > 1 and risen


def _check_numbers(rows: Sequence[TableRow], numbers: Sequence[int], findings: Findings) -> None:
    lines: dict[int, int] = {}
    before = 0
    for row, number in zip(rows, numbers, strict=True):
        if number in lines:
            findings.error(row.line, "number_twice", number=number, first=lines[number])
        elif number != before + 1:
            findings.warn(row.line, "number_gap", before=before, number=number)
        lines.setdefault(number, row.line)
        before = number


# Tasks in prose


def _report_prose(
    after: tuple[Paragraph, ...], office: Office, directory: Directory, findings: Findings
) -> None:
    """Offer what the sections on the execution of the plan ask for; nothing of it becomes a task."""
    body: str | None = None
    for paragraph in _assignments(after):
        text = ITEM.sub("", paragraph.text, count=1)
        addressed = ADDRESSED.match(text)
        named = _addressee(text[addressed.end() if addressed else 0 :], office, directory)
        if named and (addressed or text.rstrip(" :.").endswith(named)):
            body = named
        if not addressed and named and len(text.split()) <= len(named.split()) + 1:
            continue
        if body is None:
            findings.warn(paragraph.line, "prose_task_of_nobody", text=quoted(text))
        else:
            findings.warn(paragraph.line, "prose_task", body=body, text=quoted(text))


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
    """The known body that `text` begins with, by the name that the directory gives it."""
    id = directory.at_start(text)
    body = office.body(id) if id else None
    return body.name if body else None
