"""`tdkt calendar`: the days on which an office works: see a year, check the files, draft a new one.

`show` looks at what runs; `check` and `propose` read the files, and compare with the package `holidays`.
Nothing here puts a calendar in force: that is `tdkt definition adopt`, which moves the deadlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.failures import Exit
from commands.printing import GAP, aligned, print_remarks, print_table, print_wrapped, say
from commands.session import REFUSED, Noun, Session, print_json, with_option
from runtime.office.words import WEEKDAY_KEYS, Words
from workflow.model.calendar import SATURDAY
from workflow.model.errors import UsageMistake
from workflow.model.wording import fold

if TYPE_CHECKING:
    from exchange import calendar_proposal
    from runtime.care.checking import ReadFile
    from runtime.views.editions import Edition
    from workflow.model.calendar import WorkCalendar
    from workflow.model.definition import CalendarYear

QUARTERS = ("I", "II", "III", "IV")
PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2}))?|(?P<first>\d{1,2})/(?P<then>\d{4})")
YEARS = range(2000, 2101)
EXCHANGED = ("hoan doi", "lam bu", "thay cho")
"""How a day off says, in folded words, that a weekend day is worked for it."""


class BadPeriod(UsageMistake):
    """'{gia_tri}' is no year and no month; write 2026 or 2026-08."""

    code = "bad_period"


class NoCalendar(UsageMistake):
    """There is no calendar of {nam}; draft one with `tdkt calendar propose {nam}`."""

    code = "no_calendar"


command = Noun(
    name="calendar",
    words=(
        "The working calendars: see a year, check the files, draft a new one.",
        "Lịch nghỉ, ngày làm việc: xem một năm, kiểm tra tệp, soạn lịch mới.",
    ),
)


def _period(text: str) -> tuple[int, int | None]:
    """Raises BadPeriod."""
    match = PERIOD.fullmatch(text.strip())
    if match is None:
        raise BadPeriod(gia_tri=text)
    year, month = int(match["year"] or match["then"]), match["month"] or match["first"]
    if year not in YEARS or (month is not None and not 1 <= int(month) <= 12):
        raise BadPeriod(gia_tri=text)
    return year, int(month) if month is not None else None


def _year(text: str) -> int:
    """Raises BadPeriod."""
    year, month = _period(text)
    if month is not None:
        raise BadPeriod(gia_tri=text)
    return year


# -- show ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class View:
    """A year, or one month of it, over all the calendars that the office runs."""

    file: CalendarYear
    calendar: WorkCalendar
    month: int | None

    @property
    def months(self) -> range:
        return range(1, 13) if self.month is None else range(self.month, self.month + 1)

    def days_off(self) -> list[tuple[date, str]]:
        return [(day, name) for day, name in sorted(self.file.days_off.items()) if day.month in self.months]

    def work_days(self) -> list[tuple[date, str]]:
        return [(day, name) for day, name in sorted(self.file.work_days.items()) if day.month in self.months]

    def quarter_ends(self) -> list[tuple[str, date]]:
        """The last working days of the quarters that end in the view."""
        return [
            (QUARTERS[month // 3 - 1], self.calendar.last_working_day_of_month(self.file.year, month))
            for month in self.months
            if month % 3 == 0
        ]

    def working_days(self) -> list[tuple[int, int]]:
        """Each month with the number of its working days."""
        return [(month, sum(map(self.calendar.is_working, self.days(month)))) for month in self.months]

    def days(self, month: int) -> Iterator[date]:
        day = date(self.file.year, month, 1)
        while day.month == month:
            yield day
            day += timedelta(days=1)


@command.command(
    "show",
    words=(
        "A year at a glance: days off, days worked to make up, the quarters' last working days; or a month.",
        "Cả năm: ngày nghỉ, ngày làm bù, ngày làm việc cuối quý; hoặc một tháng.",
    ),
    example="calendar show 2026-04",
    paged=True,
)
@click.argument("period", metavar="YEAR|MONTH")
def show(session: Session, period: str) -> None:
    from runtime.acts.recalendaring import NoWorkingDayLeft
    from workflow.model.calendar import NoWorkingDay

    year, month = _period(period)
    view = _view(session, year, month)
    try:
        if session.json:
            print_json(_view_json(view))
        elif month is None:
            _print_year(session, view)
        else:
            _print_month(session, view, month)
    except NoWorkingDay as error:
        raise NoWorkingDayLeft(ngay=error.day) from error


def _view(session: Session, year: int, month: int | None) -> View:
    """Raises NoCalendar."""
    from workflow.model.calendar import WorkCalendar

    files = _running(session)
    file = next((file for file in files if file.year == year), None)
    if file is None:
        raise NoCalendar(nam=year)
    return View(file, WorkCalendar.of(files), month)


def _running(session: Session) -> list[CalendarYear]:
    """The newest versions of the calendars that the office names."""
    from workflow.model.definition import CalendarYear

    looking = session.looking
    found = (looking.defined("calendar", CalendarYear, name) for name in looking.directory.calendars)
    return [year for year in found if year is not None]


def _view_json(view: View) -> dict[str, Any]:
    return {
        "year": view.file.year,
        "month": view.month,
        "name": view.file.name,
        "version": view.file.version,
        "provisional": view.file.provisional,
        "source": view.file.source,
        "days_off": [{"date": day, "name": name} for day, name in view.days_off()],
        "work_days": [{"date": day, "name": name} for day, name in view.work_days()],
        "quarter_ends": [{"quarter": name, "date": day} for name, day in view.quarter_ends()],
        "working_days": [{"month": month, "days": days} for month, days in view.working_days()],
    }


def _print_year(session: Session, view: View) -> None:
    words, file = session.words, view.file
    say(words("message.calendar_title", nam=file.year, ten=f"{file.name}/{file.version}"))
    _print_standing(words, file)
    _print_days(words, "days_off", view.days_off())
    _print_days(words, "work_days", view.work_days())
    click.echo(f"\n{words('column.last_working_day')}")
    for name, day in view.quarter_ends():
        click.echo(f"  {name:<3}  {words.day_with_weekday(day)}")
    click.echo(f"\n{words('column.working_days')}")
    print_table(
        [f"{month:02}" for month, _days in view.working_days()],
        [[str(days) for _month, days in view.working_days()]],
    )


def _print_standing(words: Words, file: CalendarYear) -> None:
    say(words("message.calendar_provisional" if file.provisional else "message.calendar_sure"))
    print_wrapped(f"{words('column.source')}: {file.source}")


def _print_days(words: Words, heading: str, days: Sequence[tuple[date, str]]) -> None:
    if not days:
        return
    click.echo(f"\n{words(f'column.{heading}')} ({len(days)})")
    for line in aligned([(words.day_with_weekday(day), name) for day, name in days], indent=GAP):
        click.echo(line)


def _print_month(session: Session, view: View, month: int) -> None:
    """The month's weeks: a day off in brackets, a weekend day that is worked with a plus."""
    words, file = session.words, view.file
    shown = f"{month:02}/{file.year}" if words.language == "vi" else f"{file.year}-{month:02}"
    say(words("message.calendar_month_title", gia_tri=shown, ten=f"{file.name}/{file.version}"))
    _print_standing(words, file)
    click.echo()
    days = [_cell(view.calendar, day) for day in view.days(month)]
    blank = [""] * date(file.year, month, 1).weekday()
    cells = [*blank, *days, *[""] * (-len([*blank, *days]) % 7)]
    weeks = [cells[at : at + 7] for at in range(0, len(cells), 7)]
    print_table([words(key) for key in WEEKDAY_KEYS], weeks)
    _print_days(words, "days_off", view.days_off())
    _print_days(words, "work_days", view.work_days())
    ((_month, working),) = view.working_days()
    click.echo(f"\n{words('column.working_days')}: {working}")
    for name, day in view.quarter_ends():
        click.echo(f"{words('column.last_working_day')} {name}: {words.day_with_weekday(day)}")


def _cell(calendar: WorkCalendar, day: date) -> str:
    weekend = day.weekday() >= SATURDAY
    if calendar.is_working(day):
        return f" {day.day:>2}+" if weekend else f" {day.day:>2}"
    return f"({day.day:>2})"


# -- check -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """One remark on a calendar, or one mistake in its file; `path` and `line` None where no file is meant."""

    year: int | None
    severity: str
    rule: str
    message: str
    path: str | None = None
    line: int | None = None


@command.command(
    "check",
    words=(
        "Check the calendars: the files, years that lack one, provisional years, exchanged days; compare "
        "with the package holidays where it is installed. All but mistakes in a file are remarks.",
        "Kiểm tra lịch nghỉ: các tệp, năm chưa có tệp, năm dự kiến, ngày hoán đổi; so với gói holidays nếu "
        "đã cài. Trừ lỗi trong tệp, còn lại là lưu ý.",
    ),
    example="calendar check 2026",
    paged=True,
)
@click.argument("year", required=False, metavar="[YEAR]")
def check(session: Session, year: str | None) -> None:
    from commands.definition import words_of

    wanted = _year(year) if year is not None else None
    words = words_of(session)
    files = _files(session)
    if wanted is not None:
        files = [file for file in files if _year_of(file) in (wanted, None)]
        if not any(_year_of(file) == wanted for file in files):
            raise NoCalendar(nam=wanted)
    said = list(_all_said(session, files, words, wanted))
    errors = sum(remark.severity == "error" for remark in said)
    if session.json:
        print_json(said)
    else:
        _print_said(said, words)
        years = sorted({str(found) for file in files if (found := _year_of(file)) is not None})
        if errors:
            say(words("message.calendar_mistakes", n=errors), err=True)
        else:
            say(words("message.calendar_checked", danh_sach=", ".join(years), n=len(said)))
    if errors:
        raise Exit(REFUSED)


def _files(session: Session) -> list[ReadFile]:
    """The calendars as they would run: the newest versions, an office's own before the shipped ones."""
    from runtime.care.checking import read_edition
    from runtime.views.editions import editions, newest

    found = newest(editions(session.options, session.environment))
    return [read_edition(edition) for edition in found if edition.kind == "calendar"]


def _year_of(file: ReadFile) -> int | None:
    """None for a file that cannot be read."""
    return getattr(file.parsed.definition, "year", None)


def _all_said(
    session: Session, files: Sequence[ReadFile], words: Words, wanted: int | None
) -> Iterator[Said]:
    from runtime.care.checking import remarks
    from workflow.model.definition import CalendarYear

    for file in files:
        year = _year_of(file)
        for remark in remarks([file]):
            message, rule = words.of(remark.message), remark.rule or "unreadable"
            yield Said(year, remark.severity, rule, message, remark.path, remark.line)
    definitions = (file.parsed.definition for file in files)
    calendars = [definition for definition in definitions if isinstance(definition, CalendarYear)]
    for calendar in calendars:
        yield from _sanity(calendar, words)
    yield from _reached(session, {calendar.year for calendar in calendars}, words, wanted)
    yield from _compared(calendars, words)


def _sanity(calendar: CalendarYear, words: Words) -> Iterator[Said]:
    """What a single calendar says of itself that somebody should know."""
    year = calendar.year
    if calendar.provisional:
        yield Said(year, "warning", "provisional", words("message.calendar_is_provisional", nam=year))
    exchanged = sum(any(word in fold(name) for word in EXCHANGED) for name in calendar.days_off.values())
    worked = len(calendar.work_days)
    if exchanged != worked:
        message = words("message.calendar_swaps", nam=year, n=exchanged, m=worked)
        yield Said(year, "warning", "swaps", message)


def _reached(session: Session, covered: set[int], words: Words, wanted: int | None) -> Iterator[Said]:
    """Years without a file in which a row of the office's plans is still to come."""
    from runtime.views.editions import looked_into

    looking = looked_into(session.options, session.environment)
    if looking is None:
        return
    with looking:
        years = {
            day.year
            for plan in looking.reading.plans(looking.office)
            for row in looking.reading.deadlines(looking.office, plan.year, pending=True)
            for day in (looking.local(row.at)[0], row.due_date)
        }
    for year in sorted(years - covered):
        if wanted in (None, year):
            yield Said(year, "warning", "missing", words("message.calendar_missing_reached", nam=year))


def _compared(calendars: Sequence[CalendarYear], words: Words) -> Iterator[Said]:
    """Where the files and the package `holidays` differ. The file decides; this is for people to look at."""
    from exchange.calendar_proposal import NoHolidays, YearUnknown, differences, proposed

    for calendar in calendars:
        try:
            proposal = proposed(calendar.year)
        except NoHolidays:
            yield Said(None, "remark", "no_package", words("message.calendar_no_package"))
            return
        except YearUnknown:
            continue
        for difference in differences(calendar, proposal):
            yield Said(calendar.year, "remark", "package", _difference(difference, words))


def _difference(difference: calendar_proposal.Difference, words: Words) -> str:
    key = f"calendar_{'work_' if difference.worked else ''}{difference.only}_only"
    return words(f"message.{key}", ngay=words.day(difference.day), ten=difference.name)


def _print_said(said: Sequence[Said], words: Words) -> None:
    places = [
        (None if remark.path is None else f"{remark.path}:{remark.line}", remark.message, remark.severity)
        for remark in said
    ]
    print_remarks(places, words)


# -- propose ---------------------------------------------------------------------------------------------


@command.command(
    "propose",
    words=(
        "Draft a year's calendar from the package holidays, as a provisional new version, into the "
        "office's own definitions. Nothing is in force before it is adopted.",
        "Soạn lịch nghỉ của một năm từ gói holidays thành phiên bản mới, dự kiến, trong thư mục định nghĩa "
        "của cơ quan. Chỉ có hiệu lực khi được áp dụng.",
    ),
    example="calendar propose 2028 --dry-run",
)
@click.argument("year", metavar="YEAR")
@with_option("--dry-run", is_flag=True, words=("Print the draft, write nothing.", "In bản soạn, không ghi."))
def propose(session: Session, year: str, dry_run: bool) -> None:
    from commands.definition import words_of
    from commands.files import write_text
    from exchange.calendar_proposal import draft, draft_yaml, proposed
    from runtime.office.settings import definitions_directory

    wanted = _year(year)
    standing, name, number = _following(session, wanted)
    drafted = draft(proposed(wanted), standing, name=name, number=number)
    text = draft_yaml(drafted)
    own = Path(definitions_directory(session.options, session.environment))
    path = own / "calendars" / name / f"{number}.yaml"
    if not dry_run:
        write_text(path, text, overwrite=session.options.yes)
    if session.json:
        print_json(_draft_json(drafted, None if dry_run else str(path)))
    elif dry_run:
        click.echo(text, nl=False)
    else:
        words = words_of(session)
        say(words("message.calendar_drafted", tep=path))
        if not _named(session, name):
            say(words("message.calendar_name_it", ten=name))


def _following(session: Session, year: int) -> tuple[CalendarYear | None, str, int]:
    """The year's calendar as it runs or is shipped, its name, and the number of the version that follows it.

    A draft of the office's own that nobody adopted yet is no version to follow.
    """
    from runtime.care.checking import read_edition
    from runtime.views.editions import editions
    from workflow.model.definition import CalendarYear

    found: list[tuple[Edition, CalendarYear]] = []
    for edition in editions(session.options, session.environment):
        if edition.kind == "calendar" and edition.places != ("own",):
            definition = read_edition(edition).parsed.definition
            if isinstance(definition, CalendarYear) and definition.year == year:
                found.append((edition, definition))
    if not found:
        return None, f"vn-{year}", 1
    edition, standing = max(found, key=lambda pair: ("running" in pair[0].places, pair[0].version))
    same = [other.version for other, _definition in found if other.name == edition.name]
    return standing, edition.name, max(same) + 1


def _named(session: Session, name: str) -> bool:
    """Whether the office uses the calendar; true where there is no office to ask."""
    from runtime.views.editions import looked_into

    looking = looked_into(session.options, session.environment)
    if looking is None:
        return True
    with looking:
        return name in looking.directory.calendars


def _draft_json(drafted: calendar_proposal.Draft, path: str | None) -> dict[str, Any]:
    return {
        "kind": "calendar",
        "name": drafted.name,
        "version": drafted.version,
        "year": drafted.year,
        "provisional": True,
        "days_off": [_day_record(day) for day in drafted.days_off],
        "work_days": [_day_record(day) for day in drafted.work_days],
        "package": drafted.package,
        "path": path,
    }


def _day_record(day: calendar_proposal.DraftDay) -> dict[str, Any]:
    return {"date": day.day, "name": day.name, "origin": day.origin}
