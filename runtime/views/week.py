"""The Monday briefing: the items of one week in their groups, as a page in words and as a record.

An item stands in one group by its date; what lies with somebody for signature or appraisal stands in a
group of its own besides. The chair and vice chair are reported to, never reminded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from exchange.pages.week import WeekLine, WeekPage, WeekSection
from runtime.office.looking import Looking
from runtime.views.expected import Owed, OwedList, answers_for, lists_of
from runtime.views.items import DERIVED, due_and_target, next_day, owners_text, progress
from runtime.views.terms import dated_by
from storage.views import Reading
from workflow.model.calendar import local_date
from workflow.model.facts import Item, Key
from workflow.model.roles import is_superior

DECIDED_BY = frozenset(
    {
        *("reviewer", "approver", "dossier_reviewer", "dossier_approver"),
        *("dossier_appraiser", "after_appraisal", "line_approver"),
    }
)
"""Owners of a state in which an item waits for somebody's appraisal or signature."""
NOT_DONE = frozenset({"cancelled", "withdrawn"})
WHOLE_OFFICE = frozenset({"chair", "vice_chair", "standing_member", "secretary"})
"""Roles whose holders are briefed on the whole office."""


class Lying(NamedTuple):
    """An item that waits for its owners' decision, and since which day."""

    item: Item
    since: date | None


class Awaited(NamedTuple):
    """A list of expected dossiers with the silent bodies that the page is about."""

    listed: OwedList
    silent: tuple[Owed, ...]

    @property
    def content(self) -> str:
        return self.listed.content


@dataclass(frozen=True, slots=True)
class Week:
    """The week from Monday to Sunday in which `today` lies. Items by due date, then reference; `closed` by
    the day of the closing in the week before."""

    today: date
    late: tuple[Item, ...]
    this_week: tuple[Item, ...]
    next_weeks: tuple[Item, ...]
    lies_with: tuple[Lying, ...]
    waiting: tuple[Item, ...]
    closed: tuple[Item, ...]
    expected: tuple[Awaited, ...]

    @property
    def monday(self) -> date:
        return _monday(self.today)

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


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def sees_whole_office(looking: Looking, account: str) -> bool:
    found = looking.directory.account(account)
    return found is not None and not WHOLE_OFFICE.isdisjoint(found.roles)


def week_of(looking: Looking, account: str | None) -> Week:
    """The week of `looking.today`: of the whole office, or what `account` must act on or has acted on."""
    reading = looking.reading
    changes = [(change.on(looking.office), change) for change in reading.changes(*looking.span)]
    acted = {key for key, change in changes if change.actor == account}
    items = [
        item
        for item in (*reading.tasks(*looking.span), *reading.dossiers(*looking.span))
        if account is None or item.key in acted or looking.work(item, account) is not None
    ]
    items += _closed_before(looking, account)
    items.sort(key=lambda item: (next_day(looking, item) or date.max, item.key))
    entered = {
        key: local_date(change.at, looking.zone)
        for key, change in changes
        if change.from_state != change.to_state
    }
    mine = {item.key for item in items}
    expected = tuple(
        Awaited(listed, silent)
        for listed in lists_of(looking)
        if (silent := _silent(looking, listed, account, whole=listed.key in mine))
    )
    return _grouped(looking, items, entered, expected)


def _closed_before(looking: Looking, account: str | None) -> list[Item]:
    """What was closed of last year's plan since the week before: its items are no longer in any list. Of an
    account, what it did something to."""
    reading, (office, year, open_before) = looking.reading, looking.span
    if not open_before:
        return []
    found = reading.closed_since(office, year - 1, _monday(looking.today) - timedelta(days=7))
    return [item for item in found if account is None or _acted(reading, item.key, account)]


def _acted(reading: Reading, key: Key, account: str) -> bool:
    entries = reading.entries(key.office, key.year, ref=key.ref, actor=account)
    return any(not entry.refused for entry in entries)


def _silent(looking: Looking, listed: OwedList, account: str | None, *, whole: bool) -> tuple[Owed, ...]:
    """Those who still owe: all of them to whoever has to do with the task, else those it speaks for."""
    return tuple(
        owed
        for owed in listed.silent
        if owed.waited_for and (whole or account is None or answers_for(owed, account, looking))
    )


def _grouped(
    looking: Looking, items: Sequence[Item], entered: Mapping[Key, date], expected: tuple[Awaited, ...]
) -> Week:
    today, monday = looking.today, _monday(looking.today)
    week_ends, horizon = monday + timedelta(days=6), monday + timedelta(days=20)
    undone = [item for item in items if item.closed_on is None]
    waiting = [item for item in undone if looking.waits(item)]
    days = [(item, next_day(looking, item)) for item in undone if not looking.waits(item)]
    # What is past its internal target alone is not late by the plan, and is to be done this week.
    dated = [(item, max(day, min(today, item.due_on))) for item, day in days if day and item.due_on]
    closed = [
        (item.closed_on, item.key, item)
        for item in items
        if item.closed_on and monday - timedelta(days=7) <= item.closed_on < monday
        if item.state not in NOT_DONE
    ]
    return Week(
        today=today,
        late=tuple(item for item, due in dated if due < today),
        this_week=tuple(item for item, due in dated if today <= due <= week_ends),
        next_weeks=tuple(item for item, due in dated if week_ends < due <= horizon),
        lies_with=tuple(
            Lying(item, entered.get(item.key))
            for item in items
            if item.owners and looking.machine(item.digest).state(item.state).owner in DECIDED_BY
        ),
        waiting=tuple(waiting),
        closed=tuple(item for _day, _key, item in sorted(closed, key=lambda dated: dated[:2])),
        expected=expected,
    )


# -- for scripts -----------------------------------------------------------------------------------------


class WeekItem(NamedTuple):
    ref: str
    year: int
    subject: str
    content: str
    state: str
    due: date | None
    derived: bool
    days_late: int
    owners: tuple[str, ...]
    closed_on: date | None
    version: int
    target: date | None


class LyingItem(NamedTuple):
    record: WeekItem
    since: date | None


class AwaitedRecord(NamedTuple):
    """A list of expected dossiers: its counts, and the silent bodies that the page tells."""

    ref: str
    year: int
    content: str
    due: date | None
    derived: bool
    owed: int
    answered: int
    silent: tuple[str, ...]


class WeekRecord(NamedTuple):
    """The week with ids. `account` is null for the whole office; `lies_with` repeats items of the others."""

    office: str
    account: str | None
    today: date
    week: int
    from_: date
    to: date
    late: tuple[WeekItem, ...]
    this_week: tuple[WeekItem, ...]
    next_weeks: tuple[WeekItem, ...]
    waiting: tuple[WeekItem, ...]
    closed: tuple[WeekItem, ...]
    lies_with: tuple[LyingItem, ...]
    expected: tuple[AwaitedRecord, ...]


def week_record(looking: Looking, account: str | None) -> WeekRecord:
    week = week_of(looking, account)

    def records(items: tuple[Item, ...]) -> tuple[WeekItem, ...]:
        return tuple(_week_item(looking, item) for item in items)

    return WeekRecord(
        office=looking.office,
        account=account,
        today=week.today,
        week=week.number,
        from_=week.monday,
        to=week.sunday,
        late=records(week.late),
        this_week=records(week.this_week),
        next_weeks=records(week.next_weeks),
        waiting=records(week.waiting),
        closed=records(week.closed),
        lies_with=tuple(LyingItem(_week_item(looking, lying.item), lying.since) for lying in week.lies_with),
        expected=tuple(_awaited_record(awaited) for awaited in week.expected),
    )


def _week_item(looking: Looking, item: Item) -> WeekItem:
    return WeekItem(
        ref=item.key.ref,
        year=item.key.year,
        subject=item.subject,
        content=looking.content(item),
        state=item.state,
        due=item.due_on,
        derived=item.due_mark == "derived",
        days_late=looking.days_late(item),
        owners=item.owners,
        closed_on=item.closed_on,
        version=item.version,
        target=item.target_on,
    )


def _awaited_record(awaited: Awaited) -> AwaitedRecord:
    return AwaitedRecord(
        ref=awaited.listed.key.ref,
        year=awaited.listed.key.year,
        content=awaited.content,
        due=awaited.silent[0].due,
        derived=awaited.silent[0].derived,
        owed=awaited.listed.asked,
        answered=awaited.listed.answered,
        silent=tuple(owed.body for owed in awaited.silent),
    )


# -- in words --------------------------------------------------------------------------------------------


def week_page(looking: Looking, account: str | None, *, reader: str | None) -> WeekPage:
    """The week in words: of `account`, or of the whole office without one; `reader` is who is addressed."""
    words, week = looking.words, week_of(looking, account)
    language: Literal["vi", "en"] = "vi" if words.language == "vi" else "en"
    dates = {"tu": looking.day(week.monday), "den": looking.day(week.sunday)}
    items = (*week.late, *week.this_week, *week.next_weeks, *week.waiting)
    derived = any(item.due_mark == "derived" for item in items) or any(
        owed.derived for awaited in week.expected for owed in awaited.silent
    )
    return WeekPage(
        office=looking.row.title,
        title=words("week.title", tuan=week.number, **dates),
        subtitle=_subtitle(looking, account, reader, week),
        day=looking.day(week.today),
        mark=words("marker.sandbox") if looking.row.sandbox else None,
        language=language,
        sections=_sections(looking, week),
        none=words("week.none"),
        more=words("week.more", n="{n}"),
        notes=(f"{DERIVED} {words('marker.derived')}",) if derived else (),
    )


def _subtitle(looking: Looking, account: str | None, reader: str | None, week: Week) -> str:
    words = looking.words
    if reader is not None and is_superior(looking.directory, reader):
        return words("week.to_superior", tuan=week.number)
    if account is not None:
        return words("week.of_account", tai_khoan=looking.account(account))
    return words("week.of_office")


def _sections(looking: Looking, week: Week) -> tuple[WeekSection, ...]:
    words = looking.words
    last = {
        "tu": looking.day(week.monday - timedelta(days=7)),
        "den": looking.day(week.monday - timedelta(days=1)),
    }
    task, who = words("column.task"), words("week.who")
    dated = (task, words("column.due"), words("column.late"), who)
    stands = (task, words("column.due"), words("column.state"), who)
    lies = (task, words("week.since"), words("column.state"), who)
    ended = (task, words("week.closed_on"), words("column.late"), words("column.state"))
    sunday, horizon = looking.day(week.sunday), looking.day(week.horizon)
    asked = (task, words("column.due"), words("week.answers"), words("week.silent"))
    expected = WeekSection(
        words("week.expected"), "open", asked, tuple(_awaited(looking, awaited) for awaited in week.expected)
    )
    return (
        WeekSection(words("week.late"), "late", dated, _lines(looking, week.late, by_date=True)),
        WeekSection(words("week.this_week", ngay=sunday), "soon", stands, _lines(looking, week.this_week)),
        WeekSection(words("week.next_weeks", ngay=horizon), "open", stands, _lines(looking, week.next_weeks)),
        WeekSection(
            words("week.lies_with"), "open", lies, tuple(_lying(looking, lying) for lying in week.lies_with)
        ),
        *([expected] if expected.lines else []),
        WeekSection(words("week.waiting"), "waiting", stands, _lines(looking, week.waiting)),
        WeekSection(
            words("week.closed", **last), "done", ended, tuple(_closed(looking, item) for item in week.closed)
        ),
    )


def _lines(looking: Looking, items: Sequence[Item], *, by_date: bool = False) -> tuple[WeekLine, ...]:
    """Items with their due dates; `by_date` tells how late they are, else their state."""
    return tuple(
        WeekLine(
            ref=looking.ref(item.key),
            content=_dated_content(looking, item),
            day=due_and_target(looking, item),
            said=progress(looking, item) if by_date else looking.state(item),
            who=owners_text(looking, item),
        )
        for item in items
    )


def _dated_content(looking: Looking, item: Item) -> str:
    """What an item is about, with the term whose date it bears."""
    term = dated_by(looking, item)
    return looking.content(item) + (f" ({looking.words.inside(term)})" if term else "")


def _lying(looking: Looking, lying: Lying) -> WeekLine:
    item, who = lying.item, owners_text(looking, lying.item)
    if any(is_superior(looking.directory, owner) for owner in item.owners):
        who = looking.words("week.presented", tai_khoan=who)
    return WeekLine(
        ref=looking.ref(item.key),
        content=looking.content(item),
        day=looking.day(lying.since),
        said=looking.state(item),
        who=who,
    )


def _awaited(looking: Looking, awaited: Awaited) -> WeekLine:
    """A list of expected dossiers: how many have answered, and who has not."""
    listed, first = awaited.listed, min(awaited.silent, key=lambda owed: owed.due or date.max)
    return WeekLine(
        ref=looking.ref(listed.key),
        content=awaited.content,
        day=looking.day(first.due) + (DERIVED if first.derived else ""),
        said=f"{listed.answered}/{listed.asked}",
        who="; ".join(looking.body(owed.body) for owed in awaited.silent),
    )


def _closed(looking: Looking, item: Item) -> WeekLine:
    return WeekLine(
        ref=looking.ref(item.key),
        content=looking.content(item),
        day=looking.day(item.closed_on),
        said=progress(looking, item),
        who=looking.state(item),
    )
