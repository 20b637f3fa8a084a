"""When each row of a plan is due: what its columns of time say together, else the end of its heading's time.

Of two columns the finer one counts and the other checks it. What is left out, guessed or contradicted is a
warning at the row's line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from exchange.plan.dates import Heading, WrittenDue, read_deadline
from exchange.plan.document import one_line
from exchange.plan.periods import PlanYear
from exchange.plan.problems import Problems
from exchange.plan.task_row import TaskRow, quoted
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import Text
from workflow.model.plan import QUARTERS, Quarter

LONGEST_NOTE = 40


@dataclass(frozen=True, slots=True)
class RowDue:
    """When a row is due; `derived` where the document gives no day."""

    quarter: Quarter
    due: date
    derived: bool


class DueReader:
    """Reads the rows of one plan in their order.

    `above` is the quarter of the last row whose date is written: where headings are missing, the rows that
    follow it take this quarter. `about` is the month or quarter that the title names. `carried` is the row
    whose time stands once before several rows.
    """

    def __init__(
        self, calendar: WorkCalendar, problems: Problems, years: PlanYear, about: Heading | None
    ) -> None:
        self.calendar = calendar
        self.problems = problems
        self.years = years
        self.about = about
        self.above: Quarter | None = None
        self.carried: TaskRow | None = None

    def of(self, row: TaskRow, number: int) -> RowDue | None:
        """None where the table has no dates and the row stands below no heading."""
        text, read = self._written(row, number)
        self._check_start(row, number, read)
        if read is not None and read.due is not None:
            return self._with_day(row, number, text, read, read.due)
        return self._without_day(row, number, text, read)

    def noted(self, row: TaskRow) -> str:
        """The date in the column of notes, where the table has no column of time; else an empty text."""
        note = one_line(row.cell("note"))
        if row.columns.has("time") or not note or len(note) > LONGEST_NOTE:
            return ""
        read = read_deadline(note, year=self.years, calendar=self.calendar)
        return note if read and read.due and not read.derived else ""

    # The columns of time

    def _read(self, row: TaskRow, role: str, month: int | None = None) -> WrittenDue | None:
        heading = row.quarter or self.about
        month = month or (heading.month if heading else None)
        unit = row.columns.unit(role)
        return read_deadline(row.cell(role), year=self.years, calendar=self.calendar, unit=unit, month=month)

    def _written(self, row: TaskRow, number: int) -> tuple[str, WrittenDue | None]:
        if not row.columns.has("time"):
            note = self.noted(row)
            return note, read_deadline(note, year=self.years, calendar=self.calendar) if note else None
        time, other = row.cell("time"), row.cell("other_time")
        if not time and (above := self._time_above(row)):
            return self._carried(row, number, above)
        if time:
            self.carried = row
        one, two = self._read(row, "time"), self._read(row, "other_time")
        if one and one.month:
            two = self._read(row, "other_time", one.month)
        elif two and two.month:
            one = self._read(row, "time", two.month)
        if one and one.due and two and two.due:
            return self._finer(row, number, (time, one), (other, two))
        if other and two and two.due:
            self._unread_beside(row, number, time, one)
            return other, two
        if time:
            self._unread_beside(row, number, other, two)
            return time, one
        return other, two

    def _unread_beside(self, row: TaskRow, number: int, text: str, read: WrittenDue | None) -> None:
        if text and (read is None or read.remarks):
            self.problems.warn(row.line, "other_time_unread", text=quoted(text), number=number)

    def _finer(
        self, row: TaskRow, number: int, one: tuple[str, WrittenDue], two: tuple[str, WrittenDue]
    ) -> tuple[str, WrittenDue]:
        """The one within the other. Where they contradict, the shorter time, then the end's column."""
        if _within(one[1], two[1]):
            return one
        chosen = two if _within(two[1], one[1]) or _days(two[1]) < _days(one[1]) else one
        if not _within(two[1], one[1]):
            texts = {"text": quoted(one[0]), "other": quoted(two[0])}
            self.problems.warn(row.line, "times_differ", number=number, due=chosen[1].due, **texts)
        return chosen

    def _time_above(self, row: TaskRow) -> WrittenDue | None:
        """The time that stands once before the contents of several rows, as a merged cell does in Word."""
        above, columns = self.carried, row.columns
        leads = above and above.columns is columns and columns.at["time"] < columns.at["content"]
        if above is None or not leads or above.stretch != row.stretch:
            return None
        read = self._read(above, "time")
        return read if read and read.due else None

    def _carried(self, row: TaskRow, number: int, above: WrittenDue) -> tuple[str, WrittenDue | None]:
        assert self.carried is not None
        text, other = self.carried.cell("time"), row.cell("other_time")
        finer = self._read(row, "other_time", above.month)
        read = finer if finer and finer.due else replace(above, remarks=(), derived=True)
        if other and read is not finer:
            self._unread_beside(row, number, other, finer)
        told = {"number": number, "text": quoted(text), "above": self.carried.line, "due": read.due}
        self.problems.warn(row.line, "time_carried", **told)
        return "", replace(read, derived=True)

    def _check_start(self, row: TaskRow, number: int, read: WrittenDue | None) -> None:
        text = row.cell("start")
        if not text:
            return
        start = self._read(row, "start", read.span[0].month if read and read.span else None)
        if start is None or start.span is None:
            self.problems.warn(row.line, "other_time_unread", text=quoted(text), number=number)
        elif read and read.due and start.span[0] > read.due:
            self.problems.warn(row.line, "starts_later", text=quoted(text), number=number, due=read.due)

    # What they mean

    def _with_day(self, row: TaskRow, number: int, text: str, read: WrittenDue, due: date) -> RowDue:
        heading = row.quarter or self.about
        told = {"text": quoted(text), "number": number, "due": due}
        for key in read.remarks:
            self.problems.warn(row.line, key, **told)
        if read.derived and text:
            self.problems.warn(row.line, "date_part", **told)
        if not self.years.holds(due):
            self.problems.warn(row.line, "other_year", number=number, due=due, year=self.years)
        elif heading and heading.roman != read.quarter:
            self.problems.warn(row.line, "outside_quarter", number=number, due=due, quarter=heading.roman)
        quarter = heading.roman if heading else read.quarter or quarter_of(due)
        self.above = quarter
        return RowDue(quarter, due, read.derived)

    def _without_day(self, row: TaskRow, number: int, text: str, read: WrittenDue | None) -> RowDue | None:
        """The end of the month or quarter under whose heading the row stands, else of the plan's year."""
        heading = row.quarter or self.about
        asked = row.columns.has("time", "start")
        quarter = heading.roman if heading else read.quarter if read else self.above
        if quarter is None and not asked:
            return None
        due = self._end(heading, quarter)
        # Under `Tháng 6` an empty cell is clear; everywhere else a missing date is told.
        if asked and not (row.quarter and row.quarter.month and not text):
            until = getattr(self._until(heading, quarter), self.problems.language)
            told = {"text": quoted(text), "number": number, "due": due, "until": until}
            keys = read.remarks if read and read.remarks else ("date_unread" if text else "no_date",)
            for key in keys:
                self.problems.warn(row.line, key, **told)
        return RowDue(quarter or quarter_of(due), due, True)

    def _end(self, heading: Heading | None, quarter: Quarter | None) -> date:
        if quarter is None:
            return self.calendar.last_working_day_of_month(*self.years.last_month)
        month = (heading and heading.month) or (QUARTERS.index(quarter) + 1) * 3
        year = (heading and heading.year) or self.years.of_month(month)
        return self.calendar.last_working_day_of_month(year, month)

    def _until(self, heading: Heading | None, quarter: Quarter | None) -> Text:
        if quarter is None and self.years.school:
            return Text(f"hết năm học {self.years}", f"the end of the school year {self.years}")
        if heading and heading.month:
            return Text(f"hết tháng {heading.month}", f"the end of month {heading.month}")
        return Text(f"hết quý {quarter or 'IV'}", f"the end of quarter {quarter or 'IV'}")


def quarter_of(day: date) -> Quarter:
    return QUARTERS[(day.month - 1) // 3]


def _within(inner: WrittenDue, outer: WrittenDue) -> bool:
    if inner.span is None or outer.span is None:
        return False
    return outer.span[0] <= inner.span[0] and inner.span[1] <= outer.span[1]


def _days(read: WrittenDue) -> int:
    return (read.span[1] - read.span[0]).days if read.span else 0
