"""An item with all that a person needs to act on it: as a page in words and as a record.

What only one subject shows of its items stands at the end, by subject.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from runtime.office.looking import Looking
from runtime.views.expected import OwedList, lists_of
from runtime.views.incidents import incident_text
from runtime.views.items import (
    DossierLine,
    DossierRecord,
    NomineeRecord,
    TaskRecord,
    against,
    cooperating_text,
    dossier_record,
    dossiers_of,
    owners_text,
    progress,
    proposal_record,
    proposal_text,
    task_record,
)
from runtime.views.log import HistoryLine, history_of
from runtime.views.terms import TermRecord, terms_under_way
from storage.values import NomineeLine
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item
from workflow.model.machine import Event
from workflow.model.tasks import Task

# -- for scripts -----------------------------------------------------------------------------------------


class ExpectedRecord(NamedTuple):
    """The counts of a task's list of expected dossiers."""

    owed: int
    received: int
    nothing: int
    silent: int
    silent_bodies: tuple[str, ...]


class TaskShown(NamedTuple):
    """A task with its dossiers and the events that lead on; `expected` is None where it has no list.

    `also_open` are open items of other years that bear the same reference: `2026/T17`.
    """

    record: TaskRecord
    period: str | None
    dossiers: tuple[DossierRecord, ...]
    events: tuple[str, ...]
    expected: ExpectedRecord | None
    terms: tuple[TermRecord, ...]
    also_open: tuple[str, ...]
    proposal: dict[str, object] | None


class DossierShown(NamedTuple):
    """A dossier with its nominees and the events that lead on; `also_open` as of a task. `rules` is the pack
    that it keeps from its first submit on."""

    record: DossierRecord
    events: tuple[str, ...]
    terms: tuple[TermRecord, ...]
    due: date | None
    overdue: bool
    also_open: tuple[str, ...]
    rules: str | None


def _task_shown(looking: Looking, item: Item) -> TaskShown:
    key = item.key
    found = looking.reading.dossiers(key.office, key.year, task=key.ref, nominees=True)
    return TaskShown(
        record=task_record(looking, item),
        period=Task.of(item).period,
        dossiers=tuple(dossier_record(dossier) for dossier in found),
        events=_events(looking, item),
        expected=_expected_record(_expected(looking, item)),
        terms=terms_under_way(looking, item),
        also_open=_also_open(looking),
        proposal=proposal_record(item),
    )


def _dossier_shown(looking: Looking, item: Item) -> DossierShown:
    lines = tuple(_nominee_record(line) for line in looking.reading.lines(item.key))
    record, terms = dossier_record(item, lines), terms_under_way(looking, item)
    events, others = _events(looking, item), _also_open(looking)
    pack = looking.pack(item.rules) if item.rules else None
    rules = f"{pack.name}/{pack.version}" if pack else None
    return DossierShown(record, events, terms, item.due_on, item.overdue, others, rules)


def _also_open(looking: Looking) -> tuple[str, ...]:
    return tuple(key.in_year for key in looking.also_open)


def _events(looking: Looking, item: Item) -> tuple[str, ...]:
    return tuple(event.id for event in next_events(looking, item))


def _nominee_record(line: NomineeLine) -> NomineeRecord:
    nominee = line.nominee
    return NomineeRecord(
        no=nominee.no,
        kind=nominee.kind,
        name=line.name,
        title=nominee.title,
        result=nominee.result,
        outcome=nominee.outcome,
        position=line.position,
        unit=line.unit,
        achievement=line.achievement,
        account=nominee.account,
        votes=nominee.votes,
    )


def _expected(looking: Looking, item: Item) -> OwedList | None:
    """The task's list of expected dossiers; None where it has none."""
    return next(iter(lists_of(looking, of=item.key)), None)


def _expected_record(listed: OwedList | None) -> ExpectedRecord | None:
    if listed is None:
        return None
    silent = tuple(owed.body for owed in listed.silent)
    return ExpectedRecord(
        len(listed.owed), listed.count("received"), listed.count("nothing"), len(silent), silent
    )


def next_events(looking: Looking, item: Item) -> tuple[Event, ...]:
    """The events that lead on from the item's state; `why` tells who may do them and why not."""
    return tuple(
        event
        for event in looking.machine(item.digest).events
        if any(item.state in transition.sources for transition in event.transitions)
    )


# -- in words --------------------------------------------------------------------------------------------


class TermLine(NamedTuple):
    """A term under way, with its date and how the item stands against it."""

    label: str
    due: str
    progress: str


class NomineeWords(NamedTuple):
    """A nominee: its reference, then what a table says."""

    ref: str
    name: str
    kind: str
    title: str
    votes: str
    result: str
    outcome: str


class ItemPage(NamedTuple):
    """`facts` are labels with what they say, `events` ids with their labels. Empty parts are not shown."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    terms: tuple[TermLine, ...]
    dossiers: tuple[DossierLine, ...]
    nominees: tuple[NomineeWords, ...]
    incidents: tuple[str, ...]
    events: tuple[tuple[str, str], ...]
    history: tuple[HistoryLine, ...]


class SubjectPage(NamedTuple):
    """What is shown of the items of one subject alone: the record for scripts, and parts of the page."""

    record: Callable[[Looking, Item], tuple[Any, ...]]
    facts: Callable[[Looking, Item], tuple[tuple[str, str], ...]]
    dossiers: Callable[[Looking, Item], tuple[DossierLine, ...]] = lambda _looking, _item: ()
    nominees: Callable[[Looking, Item], tuple[NomineeWords, ...]] = lambda _looking, _item: ()


def item_record(
    looking: Looking, item: Item, pages: Mapping[str, SubjectPage] | None = None
) -> tuple[Any, ...]:
    """The item for scripts, as the record of its subject."""
    return (pages or PAGES)[item.subject].record(looking, item)


def item_page(looking: Looking, item: Item, pages: Mapping[str, SubjectPage] | None = None) -> ItemPage:
    """The item as a person reads it; `pages` are those of every subject, the shipped ones if left out."""
    words, reading, key = looking.words, looking.reading, item.key
    own = (pages or PAGES)[item.subject]
    stuck = reading.incidents(looking.office, year=key.year, ref=key.ref)
    return ItemPage(
        heading=f"{looking.ref(key)}  {looking.content(item)}",
        facts=own.facts(looking, item),
        terms=tuple(_term_line(looking, item, term) for term in terms_under_way(looking, item)),
        dossiers=own.dossiers(looking, item),
        nominees=own.nominees(looking, item),
        incidents=tuple(
            words("incident.on_item", so=incident.id, ly_do=incident_text(looking, incident))
            for incident in stuck
        ),
        events=tuple((event.id, words.of(event.label)) for event in next_events(looking, item)),
        history=history_of(looking, item),
    )


def _task_facts(looking: Looking, item: Item) -> tuple[tuple[str, str], ...]:
    words, task = looking.words, Task.of(item)
    unset = item.due_mark == "derived" and item.closed_on is None
    derived = f"  ({words('marker.derived')})" if unset else ""
    return (
        (words("column.quarter"), task.quarter),
        (words("column.state"), looking.state(item)),
        (words("column.due"), looking.day(item.due_on) + derived),
        (words("column.late"), progress(looking, item)),
        (words("column.note"), _extension_text(looking, item)),
        (words("column.proposed"), proposal_text(looking, item)),
        (words("column.lead"), looking.body(task.lead)),
        (words("column.cooperating"), cooperating_text(looking, item)),
        (words("column.owner"), owners_text(looking, item)),
        (words("column.expected"), _expected_text(looking, item)),
    )


def _dossier_facts(looking: Looking, item: Item) -> tuple[tuple[str, str], ...]:
    words, dossier = looking.words, Dossier.of(item)
    type_ = looking.pack(item.rules).type(dossier.type)
    return (
        (words("column.task"), looking.ref(item.key._replace(ref=item.parent)) if item.parent else ""),
        (words("column.type"), words.of(type_.label) if type_ else dossier.type),
        (words("column.state"), looking.state(item)),
        (words("column.received_on"), looking.day(dossier.received_on)),
        (words("column.complete_on"), looking.day(dossier.complete_on)),
        (words("column.owner"), owners_text(looking, item)),
    )


def _extension_text(looking: Looking, item: Item) -> str:
    """That the date was moved, with the first one, and that somebody asks to move it."""
    words, notes = looking.words, []
    if item.due_mark == "extended":
        days = {"ngay": looking.day(item.due_on), "ngay_cu": looking.day(item.due_first)}
        notes.append(words("marker.extended", **days))
    proposed = item.proposed_until
    if proposed is not None and item.closed_on is None:
        notes.append(words("marker.extension_proposed", ngay=looking.day(proposed)))
    return "; ".join(notes)


def _expected_text(looking: Looking, item: Item) -> str:
    """How many of the bodies that owe a dossier have answered, and who has not."""
    words, listed = looking.words, _expected(looking, item)
    if listed is None:
        return ""
    silent = "; ".join(looking.body(owed.body) for owed in listed.silent)
    said = words("expect.answered", n=listed.answered, m=len(listed.owed))
    return f"{said}; {words('expect.silent_are', don_vi=silent)}" if silent else said


def _term_line(looking: Looking, item: Item, term: TermRecord) -> TermLine:
    if term.due is None:
        said = looking.words("marker.paused_since", ngay=looking.day(term.paused_on))
    else:
        said = against(looking, term.due, begun=item.state != "drafted")
    return TermLine(term.label, looking.day(term.due), said)


def _nominee_words(looking: Looking, item: Item, line: NomineeLine) -> NomineeWords:
    words, nominee, votes = looking.words, line.nominee, line.nominee.votes
    return NomineeWords(
        ref=f"{looking.ref(item.key)}/{nominee.no}",
        name=line.name or "—",
        kind=words(f"nominee_kind.{nominee.kind}"),
        title=looking.title(nominee.title, pack=item.rules),
        votes=f"{votes.for_}/{votes.present}/{votes.total}" if votes else "",
        result="" if nominee.result is None else words(f"result.{nominee.result}"),
        outcome=words(f"outcome.{nominee.outcome}"),
    )


def _nominees(looking: Looking, item: Item) -> tuple[NomineeWords, ...]:
    return tuple(_nominee_words(looking, item, line) for line in looking.reading.lines(item.key))


def _dossiers(looking: Looking, item: Item) -> tuple[DossierLine, ...]:
    return dossiers_of(looking, task=item.key)


PAGES: Mapping[str, SubjectPage] = MappingProxyType(
    {
        "task": SubjectPage(_task_shown, _task_facts, dossiers=_dossiers),
        "dossier": SubjectPage(_dossier_shown, _dossier_facts, nominees=_nominees),
    }
)
