"""Movements of emulation (phong trào thi đua), which run over quarters and years beside the plan: what one
is, who registered, how it was reviewed on the way, and to which rows of a plan it belongs. Pure, and light.

A movement has no machine: people launch it, bodies register, it is reviewed and closed, each by an act on the
whole office. Its words (name, criteria, who launched it, the result) are erasable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from workflow.model.errors import UsageMistake

SCOPES = ("locality", "cluster", "agency")
WAYS = ("thematic", "regular")
WORDS = ("name", "criteria", "launched_by")
"""The words of a movement that stand with the entry that said them last."""
QUARTERS = ("I", "II", "III", "IV")


class UnknownMovement(UsageMistake):
    """There is no movement '{gia_tri}'; there are: {danh_sach}. See tdkt movement list."""

    code = "unknown_movement"


class Movement(NamedTuple):
    """One movement: `paper` of `paper_on` launched it, it runs from `from_day` to `until_day`, the last day
    (None: no end is said), it gives `titles`, and belongs to the rows `tasks` (`2026/T03`) of plans beside
    those whose quarter it runs in. Words are None where they were not given or are erased."""

    number: int
    scope: str | None
    way: str | None
    titles: tuple[str, ...]
    tasks: tuple[str, ...]
    paper: str | None
    paper_on: date | None
    from_day: date
    until_day: date | None = None
    closed_on: date | None = None
    closing_paper: str | None = None
    name: str | None = None
    criteria: str | None = None
    launched_by: str | None = None
    result: str | None = None

    @property
    def ref(self) -> str:
        return f"M{self.number:02}"

    @property
    def open(self) -> bool:
        return self.closed_on is None

    def runs_in(self, year: int, quarter: str) -> bool:
        """Whether a day of the quarter is one of its days: of `2025-11-01` to `2026-04-30` IV/2025 is the
        first quarter and II/2026 the last."""
        if quarter not in QUARTERS:  # what arises in a year belongs to none
            return False
        asked, last = year * 4 + QUARTERS.index(quarter), self.closed_on or self.until_day
        return _quarter(self.from_day) <= asked and (last is None or asked <= _quarter(last))

    def belongs_to(self, year: int, ref: str, quarter: str, *, collects: bool) -> bool:
        """Whether a row of a plan is one of the movement's: it is named, or it is a row of movements
        (`collects`) in a quarter of it."""
        return f"{year}/{ref}" in self.tasks or (collects and self.runs_in(year, quarter))

    @property
    def period(self) -> str | None:
        """The year that its dossiers are about where they do not say otherwise; None of what runs over
        several, where each dossier is about its plan's. Two years would be read as a school year."""
        within = self.until_day is not None and self.until_day.year == self.from_day.year
        return str(self.from_day.year) if within else None


def _quarter(day: date) -> int:
    """Quarters in the order of time."""
    return day.year * 4 + (day.month - 1) // 3


class Registration(NamedTuple):
    """A body that takes part, and since when it is registered."""

    number: int
    body: str
    registered_on: date


class Review(NamedTuple):
    """A preliminary review (sơ kết) of a movement; `text` is what it found, None where that is erased."""

    number: int
    no: int
    held_on: date
    paper: str | None = None
    text: str | None = None


READ = (
    *("number", "scope", "way", "titles", "tasks", "paper", "paper_on", "from_day", "until_day"),
    *("closed_on", "closing_paper"),
)
"""The fields that a movement's row has under their own names."""
LISTS = frozenset({"titles", "tasks"})
DAYS = frozenset({"paper_on", "from_day", "until_day", "closed_on"})


def movement_of(row: Sequence[Any]) -> Movement:
    """The movement of a row with the columns READ. Days may come as SQLite has them, as text."""
    said = dict(zip(READ, row, strict=True))
    for name in DAYS:
        if isinstance(said[name], str):
            said[name] = date.fromisoformat(said[name])
    for name in LISTS:
        said[name] = tuple(said[name].split()) if said[name] else ()
    return Movement(**said)


def number_of(ref: str) -> int | None:
    """The number of a movement's reference as typed, `M01` or `m1`; None of what is none."""
    match = re.fullmatch(r"[Mm]0*([1-9]\d{0,5})", ref.strip())
    return int(match[1]) if match else None


def found_by(ref: str, movements: Iterable[Movement]) -> Movement | None:
    number = number_of(ref)
    return next((each for each in movements if each.number == number), None)


def movement_meant(ref: str, movements: Sequence[Movement]) -> Movement:
    """The movement of a reference as typed. Raises UnknownMovement."""
    found = found_by(ref, movements)
    if found is None:
        raise UnknownMovement(gia_tri=ref, danh_sach=", ".join(each.ref for each in movements) or "—")
    return found
