"""The plan of the next year as it follows from this one's rows, with what a person should look at.

Rows recur, their words a year on. What was late, stopped, moved or beside the plan is told with a proposal,
and changes nothing by itself: whoever types the command decides. Nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple, cast

from exchange.plan.due import quarter_of
from exchange.plan.row_bodies import derived_lead
from runtime.office.looking import Looking, no_plan
from runtime.views.deadline_sheet import work_calendar
from workflow.model.calendar import WorkCalendar
from workflow.model.errors import UsageMistake
from workflow.model.facts import Item
from workflow.model.next_year import a_year_later, moved
from workflow.model.plan import QUARTERS, Quarter
from workflow.model.tasks import Task

STOPPED = ("cancelled", "declined")
SET_BY_PEOPLE = ("set", "extended")


class NoRow(UsageMistake):
    """{ref} is no row of the plan of {nam} that can be edited here; there are: {danh_sach}."""

    code = "next_plan_no_row"


@dataclass(frozen=True, slots=True)
class Edits:
    """What a person wants otherwise, by the references of this year's rows: rows left out, tasks beside the
    plan taken in, dates kept that were set in the year, rows moved to another quarter; another title."""

    drop: tuple[str, ...] = ()
    add: tuple[str, ...] = ()
    keep_date: tuple[str, ...] = ()
    move: Mapping[str, Quarter] = field(default_factory=dict)
    title: str | None = None


class Remark(NamedTuple):
    """What a person should look at, in a row of the next plan (`number`; null of a task that is none): `what`
    it is, `about` which words, `due` and `done` on which days. `proposal` is what may be done: keep, drop,
    move (to `quarter`), keep_date (which is then `next_due`), add, look."""

    ref: str
    number: int | None
    what: str
    proposal: str
    about: str | None = None
    days: int | None = None
    due: date | None = None
    done: date | None = None
    quarter: str | None = None
    next_due: date | None = None


class NextRow(NamedTuple):
    """A row of the next plan, and the task `of` which it comes. Without `due` it is the quarter's end; `lead`
    is null where the plan does not say who leads."""

    number: int
    quarter: Quarter
    content: str
    bodies: tuple[str, ...]
    lead: str | None
    due: date | None
    of: str


class NextPlan(NamedTuple):
    """The plan of `year`; `about` is its title without the word *Kế hoạch*."""

    year: int
    about: str
    rows: tuple[NextRow, ...]
    remarks: tuple[Remark, ...]


def next_plan(looking: Looking, year: int, edits: Edits) -> NextPlan:
    """The plan of `year` from that of the year before. Raises NoPlan, NoRow."""
    if year - 1 not in looking.plan_years:
        raise no_plan(year - 1)
    return _Making(looking, year, edits).plan()


class _Making:
    """A plan while it is made."""

    def __init__(self, looking: Looking, year: int, edits: Edits) -> None:
        self.looking = looking
        self.year = year
        self.edits = edits
        found = looking.reading.tasks(looking.office, year - 1)
        self.tasks = {item.key.ref: item for item in found if not Task.of(item).standing}
        self._known((*edits.drop, *edits.keep_date, *edits.move), tuple(self.tasks))
        self._known(edits.add, tuple(ref for ref, item in self.tasks.items() if _arisen(item)))

    def _known(self, refs: Sequence[str], there: Sequence[str]) -> None:
        for ref in refs:
            if ref not in there:
                raise NoRow(ref=ref, nam=self.year - 1, danh_sach=", ".join(there) or "–")

    @cached_property
    def calendar(self) -> WorkCalendar:
        return work_calendar(self.looking)

    def plan(self) -> NextPlan:
        taken = [
            item
            for ref, item in self.tasks.items()
            if (ref in self.edits.add if _arisen(item) else ref not in self.edits.drop)
        ]
        taken.sort(key=lambda item: QUARTERS.index(self._quarter(item)))
        rows = tuple(self._row(item, number) for number, item in enumerate(taken, 1))
        numbers = {row.of: row.number for row in rows}
        remarks = (
            remark._replace(number=numbers.get(ref))
            for ref, item in self.tasks.items()
            if ref not in self.edits.drop
            for remark in self._remarks(item)
        )
        return NextPlan(self.year, self._about(), rows, tuple(remarks))

    def _about(self) -> str:
        if self.edits.title:
            return self.edits.title
        plans = self.looking.reading.plans(self.looking.office)
        title = next((plan.title for plan in plans if plan.year == self.year - 1), "")
        named = moved(title.removeprefix("KẾ HOẠCH").strip(), self.year - 1).text
        if str(self.year) in named:
            return named
        return self.looking.speaking("vi").words("next_plan.about", nam=self.year)

    # -- rows ------------------------------------------------------------------------------------------------

    def _quarter(self, item: Item) -> Quarter:
        return self.edits.move.get(item.key.ref) or cast("Quarter", Task.of(item).quarter)

    def _row(self, item: Item, number: int) -> NextRow:
        task = Task.of(item)
        bodies = self._bodies(task)
        lead = self._living(task.lead)
        said = "lead" not in task.derived or derived_lead(bodies, self.looking.directory) != lead
        if said:
            bodies = (lead, *(body for body in bodies if body != lead))
        return NextRow(
            number=number,
            quarter=self._quarter(item),
            content=moved(task.content, self.year - 1).text,
            bodies=bodies,
            lead=lead if said else None,
            due=self._due(item),
            of=item.key.ref,
        )

    def _due(self, item: Item) -> date | None:
        """The plan's own date, or one that is to be kept, a year later; none where the row moves."""
        planned = Task.of(item).planned
        if item.key.ref in self.edits.move:
            return None
        if item.key.ref in self.edits.keep_date and item.due_on is not None:
            return a_year_later(item.due_on, self.calendar)
        if planned is not None and "due" not in planned.derived:
            return a_year_later(planned.due, self.calendar)
        return None

    def _bodies(self, task: Task) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._living(body) for body in task.bodies))

    def _living(self, id: str) -> str:
        """The body itself, or who speaks for it when the next year begins."""
        body = self.looking.directory.body(id)
        gone = body is not None and body.valid_to is not None and body.valid_to < date(self.year, 1, 1)
        return body.succeeded_by if body and gone and body.succeeded_by else id

    # -- what to look at -------------------------------------------------------------------------------------

    def _remarks(self, item: Item) -> Iterator[Remark]:
        ref, task = item.key.ref, Task.of(item)
        if _arisen(item):
            if item.state not in STOPPED and ref not in self.edits.add:
                yield Remark(ref, None, "arisen", "add", task.content)
        elif item.state in STOPPED:
            yield Remark(ref, None, "stopped", "drop", done=item.closed_on)
        else:
            yield from self._of_time(item)
        yield from self._of_words(item)

    def _of_time(self, item: Item) -> Iterator[Remark]:
        ref, looking = item.key.ref, self.looking
        late, done = looking.days_late(item), item.closed_on
        moves = ref in self.edits.move
        if late and done is None:
            yield Remark(ref, None, "not_done", "keep", days=late, due=item.due_on)
        elif late and done is not None:
            later = quarter_of(done) if done.year == self.year - 1 else Task.of(item).quarter
            proposal = "move" if later != Task.of(item).quarter and not moves else "keep"
            told = later if proposal == "move" else None
            yield Remark(ref, None, "late", proposal, None, late, item.due_on, done, told)
        kept = moves or ref in self.edits.keep_date
        if item.due_mark in SET_BY_PEOPLE and item.due_on is not None and not kept:
            then = a_year_later(item.due_on, self.calendar)
            yield Remark(ref, None, "date_set", "keep_date", due=item.due_on, next_due=then)

    def _of_words(self, item: Item) -> Iterator[Remark]:
        ref, task = item.key.ref, Task.of(item)
        if _arisen(item) and ref not in self.edits.add:
            return
        for doubt in moved(task.content, self.year - 1).doubts:
            yield Remark(ref, None, doubt.id, "look", doubt.words)
        planned = task.planned
        if planned is not None and (task.kind, task.part) != (planned.kind, planned.part):
            yield Remark(ref, None, "kind", "look")
        for body in (task.lead, *task.bodies):
            if self._living(body) != body:
                yield Remark(ref, None, "body_ended", "keep", self.looking.body(body))
                break


def _arisen(item: Item) -> bool:
    return Task.of(item).planned is None


def with_numbers(plan: NextPlan) -> dict[int, tuple[Remark, ...]]:
    """The remarks of each row by its number."""
    return {
        row.number: tuple(remark for remark in plan.remarks if remark.number == row.number)
        for row in plan.rows
    }
