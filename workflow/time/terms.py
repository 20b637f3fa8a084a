"""The terms of an item: deadlines that its own course starts, pauses, resumes and ends. Pure.

A policy declares them (`workflow.model.definition.Term`): how long a dossier may lie with the council, when a
supplement is due. What the item has begun stands in `Item.terms`, so that a term ends by the policy that it
began under, whatever is adopted meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from workflow.model.calendar import WorkCalendar
from workflow.model.context import Setting
from workflow.model.decision import DeadlineRow, Decision
from workflow.model.definition import AwardTitle, DeadlinePolicy, RulePack, Span, Term
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item, ItemTerm, with_term
from workflow.model.opinions import Waits, waits
from workflow.model.roles import council_step
from workflow.model.ways import way_of
from workflow.time.deadlines import CLOSED, DueDate, as_of, spread_rows

ENDED = "ended"
MOVED = "moved"
OWN = "due"
"""What a relative term names where it means the item's own date."""

MONTHS_OF_QUARTER = MappingProxyType({"I": 3, "II": 6, "III": 9, "IV": 12})


@dataclass(frozen=True, slots=True)
class TermChange:
    """What a change of the item does to its terms: the terms whose rows end (with the reason) or stand
    still from now on, and the new rows."""

    item: Item
    ended: tuple[tuple[str, str], ...] = ()
    paused: tuple[str, ...] = ()
    rows: tuple[DeadlineRow, ...] = ()


def level_is_commune(item: Item, rules: RulePack) -> bool:
    """Whether every title of the item is decided by the commune; a dossier's lines share one level."""
    return all(title.level == "commune" for title in _titles(item, rules))


def _level_is_higher(item: Item, rules: RulePack) -> bool:
    return not level_is_commune(item, rules)


def _without_council(item: Item, rules: RulePack) -> bool:
    return not council_step(item, rules)


def _unchecked(item: Item, _rules: RulePack) -> bool:
    return item.details.dates.get("complete_on") is None


def _file_not_full(item: Item, _rules: RulePack) -> bool:
    return item.details.dates.get("full_on") is None


Condition = Callable[[Item, RulePack], bool]
CONDITIONS: Mapping[str, Condition] = MappingProxyType(
    {
        "commune_level": level_is_commune,
        "higher_level": _level_is_higher,
        "council_step": council_step,
        "no_council_step": _without_council,
        "unchecked": _unchecked,
        "file_not_full": _file_not_full,
    }
)
"""By the names of `workflow.model.definition.TERM_CONDITIONS`."""


def _titles(item: Item, rules: RulePack) -> list[AwardTitle]:
    return [title for id in item.details.titles if (title := rules.title(id)) is not None]


def terms_after(item: Item, *, setting: Setting) -> TermChange:
    """The item's terms after something happened to it: started, moved, paused, resumed or ended.

    `item` stands in its new state. New terms follow the policy in force, running ones their own. Rows whose
    time is over are made cancelled, but for the due instant and the notice of it, as for a date that is set
    in the past.
    """
    change = TermChange(item)
    machine = _machine(item)
    begun = tuple(term.id for term in item.terms)
    for id in (*begun, *(term.id for term in setting.policy.terms if term.of == machine)):
        change = _one_after(change, id, setting=setting)
    after = dated(change.item, before=item, setting=setting)
    return change if after is change.item else replace(change, item=after)


def with_terms(decision: Decision, *, setting: Setting) -> Decision:
    """The decision with what it does to its item's terms. An item that it closes keeps them as they are."""
    if decision.cancel_deadlines == CLOSED:
        return decision
    change = terms_after(decision.item, setting=setting)
    nothing = change.item is decision.item and not (change.ended or change.paused or change.rows)
    if nothing and decision.cancel_deadlines is None:
        return decision  # as of every task, which has no terms
    return replace(
        decision,
        item=change.item,
        only_own=decision.cancel_deadlines is not None,
        ended_terms=change.ended,
        paused_terms=change.paused,
        deadlines=(*decision.deadlines, *change.rows),
    )


def _machine(item: Item) -> str:
    return item.machine.partition("/")[0]


def _one_after(change: TermChange, id: str, *, setting: Setting) -> TermChange:
    item, today = change.item, setting.today
    begun = item.term(id)
    term = _declared(id, item, begun, setting=setting)
    open_now = begun is not None and begun.due is not None
    if term is None or not _wanted(term, item, setting):
        return _ended(change, begun) if begun and open_now else change
    asked = _asked(term, item, setting.rules)
    silent = asked[-1][0] if asked and asked[-1][1] is None else None
    if item.state in term.pauses or (silent and item.state in term.runs):
        if begun is None or not begun.runs:
            return change
        return _paused(change, term, begun, on=silent or today, setting=setting)
    if item.state not in term.runs:
        return _ended(change, begun) if begun and open_now else change
    if begun and open_now and _baseless(term, item, setting):
        return _ended(change, begun)
    target = _course(term, item, begun, today=today, setting=setting)
    if target is None or (begun is not None and begun == target):
        return change
    return _moved(change, term, begun, target, setting=setting)


def _asked(term: Term, item: Item, rules: RulePack) -> Waits | None:
    """The days on which the term waits, or waited, for other bodies' opinions; None where it heeds none."""
    dossier = item.details
    if not isinstance(dossier, Dossier) or not dossier.opinions:
        return None
    return waits(dossier.opinions) if rules.stands_still(term.id, dossier.titles) else None


def _baseless(term: Term, item: Item, setting: Setting) -> bool:
    """Whether what the term counted from is taken back: its day, or every term to which it is relative."""
    if term.relative is None:
        return _since(term, item, today=setting.today, rules=setting.rules) is None
    bases = [item.term(name) for name in term.relative.to]
    return OWN not in term.relative.to and all(base is None or base.due is None for base in bases)


def _declared(id: str, item: Item, begun: ItemTerm | None, *, setting: Setting) -> Term | None:
    """The term by the policy that it began under; one that is not under way begins by the newest."""
    policy = setting.policy_named(begun.policy) if begun and begun.due else setting.policy
    term = policy.term(id)
    return term if term is not None and term.of == _machine(item) else None


def _wanted(term: Term, item: Item, setting: Setting) -> bool:
    return all(CONDITIONS[name](item, setting.rules) for name in term.when)


def _course(
    term: Term, item: Item, begun: ItemTerm | None, *, today: date, setting: Setting
) -> ItemTerm | None:
    """The term as it runs from now on; None where it has no day to count from. `begun` may be paused."""
    occurrence = begun.occurrence if begun else 0
    used = begun.used if begun and begun.due and term.resume == "rest" else 0
    policy = begun.policy if begun and begun.due else setting.policy.label
    since = _since(term, item, today=today, rules=setting.rules)
    asked = _asked(term, item, setting.rules)
    if asked is not None and _counts_days(term) and since is not None:
        return _beside_opinions(term, item, begun, asked, since=since, setting=setting)
    if begun and begun.runs:
        # Never earlier than it runs already: what was resumed counts from then, not from the dossier's day.
        since = begun.since if term.since == "entered" else max(since or begun.since, begun.since)
        if term.relative is None and term.on is None and since == begun.since:
            return begun
    elif begun and begun.due and since is not None and since <= begun.since:
        since = today  # what stood still goes on from the day on which it is resumed
    if since is None:
        return None
    due = _due(term, item, since=since, used=used, setting=setting)
    if due is None:
        return None
    if begun and begun.runs and begun == begun._replace(due=due, since=since, policy=policy, used=used):
        return begun
    return ItemTerm(term.id, due, since, occurrence + 1, policy, used)


def _counts_days(term: Term) -> bool:
    """Whether it is a number of days from a date on the dossier that nothing but opinions interrupts."""
    return term.since != "entered" and term.relative is None and not term.pauses


def _beside_opinions(
    term: Term, item: Item, begun: ItemTerm | None, asked: Waits, *, since: date, setting: Setting
) -> ItemTerm | None:
    """The term as it runs from the last answer on, with the days that were used up before each question.

    Counted from the days that were typed, and anew each time: a day that is put right later moves the date.
    """
    span = longest_by_rule(term, item, setting.rules) or term.within
    if span is None:
        return None
    used = 0
    for start, end in asked:
        if end is not None and end > since:
            used += _gone(span, since, max(start, since), calendar=setting.calendar)
            since = end
    due = counted(span, since=since, used=used, calendar=setting.calendar)
    if begun and begun.runs and (begun.since, begun.due, begun.used) == (since, due, used):
        return begun
    policy = begun.policy if begun and begun.due else setting.policy.label
    return ItemTerm(term.id, due, since, (begun.occurrence if begun else 0) + 1, policy, used)


def _gone(span: Span, since: date, until: date, *, calendar: WorkCalendar) -> int:
    """The days of the span's unit that went by."""
    gone = calendar.working_days_between(since, until) if span.unit == "wd" else (until - since).days
    return max(0, gone)


def _since(term: Term, item: Item, *, today: date, rules: RulePack) -> date | None:
    """The day from which the term counts; None while that is not known."""
    day = item.details.dates.get(term.since, today)
    if day is None and term.since == "full_on" and not _published_first(item, rules):
        # An older machine knows the day of completeness alone.
        return item.details.dates.get("complete_on")
    return day


def _published_first(item: Item, rules: RulePack) -> bool:
    """Whether the day on which the file is full is another one than that of its completeness: where the
    commune publishes the dossier first, and of what is no dossier."""
    dossier = item.details
    return not isinstance(dossier, Dossier) or way_of(dossier, rules).published == "commune"


def _due(term: Term, item: Item, *, since: date, used: int, setting: Setting) -> date | None:
    calendar = setting.calendar
    if term.on is not None:
        return item.details.dates.get(term.on)
    if term.fixed is not None:
        month, day = term.fixed
        return calendar.previous_working(
            date(item.key.year, month, min(day, _last_day(item.key.year, month)))
        )
    if term.quarter is not None:
        return calendar.last_working_day_of_month(item.key.year, MONTHS_OF_QUARTER[term.quarter])
    if term.month is not None:
        return calendar.last_working_day_of_month(item.key.year, term.month)
    if term.relative is not None:
        return _relative_due(term, item, setting=setting)
    span = longest_by_rule(term, item, setting.rules) or term.within
    if span is None:
        return None
    return counted(span, since=since, used=used, calendar=calendar)


def _last_day(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


def longest_by_rule(term: Term, item: Item, rules: RulePack) -> Span | None:
    """What the rule pack says of this term for the dossier's titles; of several the longest, where working
    days count as the longer ones."""
    spans = [span for title in _titles(item, rules) if (span := title.terms.get(term.id)) is not None]
    return max(spans, key=lambda span: span.days * (7 if span.unit == "wd" else 5), default=None)


def counted(span: Span, *, since: date, used: int, calendar: WorkCalendar) -> date:
    """The last day of a term: `since` is day 0 and `used` days are gone already. A term in calendar days
    that would end on a day off ends with the next working day (rules.md §6)."""
    rest = span.days - used
    if span.unit == "wd":
        return calendar.add_working_days(since, rest)
    if rest <= 0:
        return since + timedelta(days=rest)
    return calendar.add_calendar_days_ending_on_work(since, rest)


def _relative_due(term: Term, item: Item, *, setting: Setting) -> date | None:
    assert term.relative is not None
    base = _base_due(term.relative.to, item)
    if base is None:
        return None
    span, sign = term.relative.span, -1 if term.relative.side == "before" else 1
    if span.unit == "wd":
        return setting.calendar.add_working_days(base, sign * span.days)
    day = base + sign * timedelta(days=span.days)
    return setting.calendar.previous_working(day) if sign < 0 else setting.calendar.next_working(day)


def _base_due(names: tuple[str, ...], item: Item) -> date | None:
    """The date of the first of `names` that runs."""
    for name in names:
        if name == OWN and item.details.own_date and not item.waiting:
            return item.due_on
        term = item.term(name)
        if term is not None and term.runs:
            return term.due
    return None


def _ended(change: TermChange, begun: ItemTerm) -> TermChange:
    item = with_term(change.item, begun._replace(due=None, paused_on=None))
    return replace(change, item=item, ended=(*change.ended, (begun.id, ENDED)))


def _paused(change: TermChange, term: Term, begun: ItemTerm, *, on: date, setting: Setting) -> TermChange:
    """The term paused: the days used so far are kept; its rows do not fire until it is resumed."""
    span = longest_by_rule(term, change.item, setting.rules) or term.within
    used = begun.used
    if span is not None and term.relative is None:
        used += _gone(span, begun.since, on, calendar=setting.calendar)
    item = with_term(change.item, begun._replace(used=used, paused_on=on))
    return replace(change, item=item, paused=(*change.paused, term.id))


def _moved(
    change: TermChange,
    term: Term,
    begun: ItemTerm | None,
    target: ItemTerm,
    *,
    setting: Setting,
) -> TermChange:
    item = with_term(change.item, target)
    made = tuple(
        as_of(row, setting=setting) if row.at <= setting.now else row
        for row in term_rows(term, target, setting=setting)
    )
    ended = change.ended
    if begun is not None and begun.due is not None:
        ended = (*ended, (term.id, MOVED))
    return replace(change, item=item, ended=ended, rows=(*change.rows, *made))


def term_rows(term: Term, course: ItemTerm, *, setting: Setting) -> Iterator[DeadlineRow]:
    """Every row of a term's round, in order of time."""
    assert course.due is not None
    policy = setting.policy_named(course.policy)
    return spread_rows(
        DueDate(course.due, course.occurrence, term=term.id),
        reminders=term.reminders,
        ladder=policy.ladder if term.ladder else (),
        setting=setting.under(policy),
    )


def dated(item: Item, *, before: Item, setting: Setting) -> Item:
    """The item with the nearest date of its running terms, where it has none of its own; it is overdue while
    one of its terms is."""
    if item.details.own_date:
        return item
    dues = [term.due for term in item.terms if term.runs and term.due is not None]
    if not dues:
        return item._replace(due_on=None, due_mark=None, overdue=False) if before.due_mark == "term" else item
    nearest = min(dues)
    overdue = nearest < setting.today
    return item._replace(due_on=nearest, due_mark="term", overdue=overdue)


def term_anew(
    item: Item, begun: ItemTerm, *, after: Setting, to: DeadlinePolicy | None
) -> tuple[Term, ItemTerm] | None:
    """The term under another calendar or, with `to`, another policy, as its next occurrence; None where that
    policy has no such term. One that stands still keeps its date until it is resumed."""
    policy = to or after.policy_named(begun.policy)
    term = policy.term(begun.id)
    if term is None:
        return None
    due = begun.due
    if begun.paused_on is None:
        due = _due(term, item, since=begun.since, used=begun.used, setting=after) or begun.due
    return term, begun._replace(due=due, policy=policy.label, occurrence=begun.occurrence + 1)
