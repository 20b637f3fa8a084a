"""The draft of a year's calendar file, made of what the package `holidays` proposes and the file so far.

Only this module loads the package, which is the extra `calendar`. The draft keeps every day of the file that
is in force; a day that only the file or only the package has gets a comment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from textwrap import wrap
from types import MappingProxyType
from typing import Literal
from unicodedata import normalize

from workflow.model.calendar import SATURDAY
from workflow.model.definition import CalendarYear
from workflow.model.errors import TdktError, UsageMistake

COUNTRY, LANGUAGE = "VN", "vi"
CULTURE_DAY = (11, 24)
CULTURE_DAY_SINCE = 2026
"""A day off by resolution 28/2026/QH16."""

Origin = Literal["both", "package", "file", "known"]
"""Who has a day of the draft; `known`: nobody but the list of days that the package was seen to miss."""

COMMENTS: Mapping[Origin, str] = MappingProxyType(
    {
        "both": "",
        "package": "only the package has it: compare with the announcement",
        "file": "the package does not have it, the standing file does",
        "known": "the package misses it",
    }
)


class NoHolidays(TdktError):
    """This needs the package holidays. Install it with pip install "tdkt[calendar]", or write the file."""

    code = "no_holidays"


class YearUnknown(UsageMistake):
    """The package holidays knows no days off of {nam}. Write that year's file yourself."""

    code = "year_unknown"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Weekdays off and weekend days worked in one year, as `package` (name and version) has them."""

    year: int
    days_off: Mapping[date, str]
    work_days: Mapping[date, str]
    package: str


@dataclass(frozen=True, slots=True)
class DraftDay:
    """One day of a draft, and where it comes from."""

    day: date
    name: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Draft:
    """A calendar file to be written; provisional until somebody compares it with the announcement."""

    name: str
    version: int
    year: int
    days_off: tuple[DraftDay, ...]
    work_days: tuple[DraftDay, ...]
    source: str
    package: str


def proposed(year: int) -> Proposal:
    """Raises NoHolidays where the package is not installed, YearUnknown for a year that it does not know."""
    try:
        import holidays
    except ImportError:
        raise NoHolidays() from None
    try:
        found = holidays.country_holidays(COUNTRY, years=year, language=LANGUAGE)
    except (ValueError, OverflowError):
        raise YearUnknown(nam=year) from None
    off = {day: normalize("NFC", name) for day, name in sorted(found.items()) if day.weekday() < SATURDAY}
    if not off:
        raise YearUnknown(nam=year)
    worked = sorted(day for day in found.weekend_workdays if day.year == year)
    return Proposal(
        year=year,
        days_off=MappingProxyType(off),
        work_days=MappingProxyType(dict.fromkeys(worked, "Làm bù")),
        package=f"holidays {version('holidays')}",
    )


def known_days(year: int) -> tuple[dict[date, str], dict[date, str]]:
    """Days off and days worked that the package was seen to miss."""
    off: dict[date, str] = {}
    worked: dict[date, str] = {}
    if year >= CULTURE_DAY_SINCE and date(year, *CULTURE_DAY).weekday() < SATURDAY:
        off[date(year, *CULTURE_DAY)] = "Ngày Văn hóa Việt Nam"
    if year == 2026:
        off[date(2026, 1, 2)] = "Nghỉ hoán đổi, làm bù thứ Bảy 10/01"
        worked[date(2026, 1, 10)] = "Làm bù cho thứ Sáu 02/01"
    return off, worked


def draft(proposal: Proposal, standing: CalendarYear | None, *, name: str, number: int) -> Draft:
    """The draft of version `number`; `standing` is the year's calendar in force, None for its first."""
    off, worked = known_days(proposal.year)
    source = (
        f"Dự kiến, chưa có thông báo chính thức: đề xuất của gói {proposal.package}; Bộ luật Lao động 2019, "
        "Điều 111 và 112; ngày 24/11 theo Nghị quyết số 28/2026/QH16"
    )
    return Draft(
        name=name,
        version=number,
        year=proposal.year,
        days_off=_lines(proposal.days_off, standing.days_off if standing else {}, off),
        work_days=_lines(proposal.work_days, standing.work_days if standing else {}, worked),
        source=standing.source if standing else source,
        package=proposal.package,
    )


def _lines(
    package: Mapping[date, str], file: Mapping[date, str], known: Mapping[date, str]
) -> tuple[DraftDay, ...]:
    """Every day that any of the three has, by date; named as in the file, else as known, else as proposed."""
    return tuple(
        DraftDay(
            day,
            file.get(day) or known.get(day) or package[day],
            _origin(day, package, file, known),
        )
        for day in sorted({*package, *file, *known})
    )


def _origin(
    day: date, package: Mapping[date, str], file: Mapping[date, str], known: Mapping[date, str]
) -> Origin:
    if day not in package:
        return "known" if day in known else "file"
    return "both" if day in file or not file else "package"


def draft_yaml(drafted: Draft) -> str:
    """The draft as a definition file."""
    lines = [
        f"# Drafted from {drafted.package}. Compare every day with the year's announcement, name that under",
        "# source, drop the line provisional, then adopt the file. Weekends are off by themselves.",
        "definition: calendar",
        f"name: {drafted.name}",
        f"version: {drafted.version}",
        f"year: {drafted.year}",
        "provisional: true",
        "source: >-",
        *(f"  {line}" for line in wrap(" ".join(drafted.source.split()), 105)),
        *_section("days_off", drafted.days_off),
        *_section("work_days", drafted.work_days),
    ]
    return "\n".join(lines) + "\n"


def _section(key: str, days: tuple[DraftDay, ...]) -> list[str]:
    if not days:
        return [f"{key}: {{}}"]
    return [f"{key}:", *map(_line, days)]


def _line(drafted: DraftDay) -> str:
    comment = COMMENTS[drafted.origin]
    line = f"  {drafted.day.isoformat()}: {json.dumps(drafted.name, ensure_ascii=False)}"
    return f"{line}  # {comment}" if comment else line


@dataclass(frozen=True, slots=True)
class Difference:
    """A day that only the file or only the package has."""

    day: date
    name: str
    worked: bool
    only: Literal["file", "package"]


def differences(file: CalendarYear, proposal: Proposal) -> tuple[Difference, ...]:
    """The days in which the file in force and the package differ, by date. The file counts."""
    found: list[Difference] = []
    for worked, ours, theirs in (
        (False, file.days_off, proposal.days_off),
        (True, file.work_days, proposal.work_days),
    ):
        found += [Difference(day, ours[day], worked, "file") for day in ours if day not in theirs]
        found += [Difference(day, theirs[day], worked, "package") for day in theirs if day not in ours]
    return tuple(sorted(found, key=lambda differing: (differing.day, differing.only)))
