"""What a Monday briefing is about: the items of one week in their groups. Looking only; no words are here.

An item stands in one group by its date; what lies with somebody for signature or appraisal stands in a
group of its own besides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from runtime.office.looking import Looking
from runtime.views.expected import Owed, OwedList, answers_for, lists_of
from runtime.views.work import work_of
from storage.views import Row
from workflow.model.calendar import local_date

DECIDED_BY = frozenset({"reviewer", "approver", "dossier_reviewer", "dossier_approver"})
"""Owners of a state in which an item waits for somebody's appraisal or signature."""
NOT_DONE = frozenset({"cancelled", "withdrawn"})
WHOLE_OFFICE = frozenset({"chair", "vice_chair", "standing_member", "secretary"})
"""Roles whose holders are briefed on the whole office."""


@dataclass(frozen=True, slots=True)
class Lying:
    """An item that waits for its owners' decision, and since which day."""

    row: Row
    since: date | None


@dataclass(frozen=True, slots=True)
class Awaited:
    """A list of expected dossiers with the silent bodies that the page is about."""

    listed: OwedList
    silent: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The week from Monday to Sunday in which `today` lies. Rows by due date, then reference; `closed` by the
    day of the closing in the week before."""

    today: date
    late: tuple[Row, ...]
    this_week: tuple[Row, ...]
    next_weeks: tuple[Row, ...]
    lies_with: tuple[Lying, ...]
    waiting: tuple[Row, ...]
    closed: tuple[Row, ...]
    expected: tuple[Awaited, ...] = ()

    @property
    def monday(self) -> date:
        return self.today - timedelta(days=self.today.weekday())

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def horizon(self) -> date:
        """The last day of the two weeks after."""
        return self.sunday + timedelta(days=14)

    @property
    def number(self) -> int:
        """The week's number in the year (ISO 8601)."""
        return self.today.isocalendar().week


def sees_whole_office(looking: Looking, account: str) -> bool:
    roles = looking.directory.get("accounts", {}).get(account, {}).get("roles", ())
    return bool(WHOLE_OFFICE & set(roles))


def week_of(looking: Looking, *, account: str | None, overdue: Callable[[Row, Looking], bool]) -> Week:
    """The week of `looking.today`: of the whole office, or what `account` must act on or has acted on.

    `overdue` says whether an open item that has a date is late.
    """
    reading, office, year = looking.reading, looking.office, looking.year
    changes = reading.changes(office, year)
    acted = {change["ref"] for change in changes if change["actor"] == account}
    rows = [
        row
        for row in [*reading.tasks(office, year), *reading.dossiers(office, year)]
        if account is None or row["ref"] in acted or work_of(row, account, looking) is not None
    ]
    rows.sort(key=lambda row: (row["due_on"] or "9999", row["ref"]))
    entered = {
        change["ref"]: change["at"] for change in changes if change["from_state"] != change["to_state"]
    }
    mine = {row["ref"] for row in rows}
    expected = tuple(
        Awaited(listed, silent)
        for listed in lists_of(looking)
        if (silent := _silent(listed, account, looking, whole=listed.ref in mine))
    )
    return replace(_grouped(rows, entered, looking, overdue), expected=expected)


def _silent(listed: OwedList, account: str | None, looking: Looking, *, whole: bool) -> tuple[Owed, ...]:
    """Those who still owe: all of them to whoever has to do with the task, else those it speaks for."""
    return tuple(
        each
        for each in listed.silent
        if each.waited_for and (whole or account is None or answers_for(each, account, looking))
    )


def _grouped(
    rows: list[Row], entered: dict[str, str], looking: Looking, overdue: Callable[[Row, Looking], bool]
) -> Week:
    empty = Week(looking.today, (), (), (), (), (), ())
    dated = [row for row in rows if row["open"] and not row["waiting"] and row["due_on"]]
    late = [row for row in dated if overdue(row, looking)]
    today, sunday, horizon = (day.isoformat() for day in (empty.today, empty.sunday, empty.horizon))
    began, ended = (
        day.isoformat() for day in (empty.monday - timedelta(days=7), empty.monday - timedelta(days=1))
    )
    closed = [
        row
        for row in rows
        if row["closed_on"] and began <= row["closed_on"] <= ended and row["state"] not in NOT_DONE
    ]
    return Week(
        today=empty.today,
        late=tuple(late),
        this_week=tuple(row for row in dated if today <= row["due_on"] <= sunday),
        next_weeks=tuple(row for row in dated if sunday < row["due_on"] <= horizon),
        lies_with=tuple(
            Lying(row, _day(entered.get(row["ref"]), looking))
            for row in rows
            if row["owners"] and _decided_by_others(row, looking)
        ),
        waiting=tuple(row for row in rows if row["open"] and row["waiting"]),
        closed=tuple(sorted(closed, key=lambda row: (row["closed_on"], row["ref"]))),
    )


def _decided_by_others(row: Row, looking: Looking) -> bool:
    return looking.machine(row["digest"])["states"][row["state"]]["owner"] in DECIDED_BY


def _day(at: str | None, looking: Looking) -> date | None:
    return None if at is None else local_date(datetime.fromisoformat(at), looking.zone)
