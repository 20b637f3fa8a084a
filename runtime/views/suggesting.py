"""Who meets the conditions of a title by what is recorded and is not proposed for it in a task's dossiers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.conditions import sentence
from storage.achievement_views import of_kind, records_of
from workflow.model.achievements import (
    INITIATIVE,
    RATING,
    Somebody,
    Whom,
    everybody,
    likeness,
    whom,
)
from workflow.model.definition import AwardTitle
from workflow.model.dossiers import ENDED_WITHOUT, Dossier, Nominee
from workflow.model.facts import Item
from workflow.model.tasks import Task
from workflow.rules.eligibility import Assessment, assess
from workflow.rules.known import Known, Listed

BY_RECORDS = frozenset(
    {
        "rating_at_least",
        "rated_in_a_row",
        "initiative",
        "title_same_period",
        "titles_in_a_row",
        "titles_held",
    }
)
"""The checks that records answer: without one of them everybody would do."""
TYPE, DECLARED = "cong_trang", "clean"
"""A year's titles are given for merit, and the body is yet to declare what it can."""


class Suggested(NamedTuple):
    """Somebody who may be proposed for the title: the number by which their records are shown, and why."""

    title: str
    number: int
    name: str
    born: str | None
    unit: str | None
    body: str | None
    why: tuple[str, ...]


class _Proposed(NamedTuple):
    """A line of the task with whom it is about."""

    line: Nominee
    about: Whom


def suggested(looking: Looking, task: Item, titles: Sequence[AwardTitle]) -> tuple[Suggested, ...]:
    """Of each title, in the order of the law: a title may ask for another one of the same period."""
    period = _period(task)
    proposed = tuple(_proposed(looking, task))
    found = [
        each
        for one in _candidates(looking, period)
        for each in _of_one(looking, one, titles, proposed, _listed(task, period))
    ]
    order = {title.id: at for at, title in enumerate(titles)}
    return tuple(sorted(found, key=lambda each: (order[each.title], each.body or "", each.name, each.number)))


def _period(task: Item) -> str:
    """`2026` of a row about *năm 2026*, `2025-2026` of one about the school year; else the plan's year."""
    years = re.findall(r"20\d\d", Task.of(task).period or "")
    return "-".join(years[:2]) or str(task.key.year)


def _listed(task: Item, period: str) -> Listed:
    return Listed(task.key.year, "", TYPE, period, DECLARED, Counter())


def _proposed(looking: Looking, task: Item) -> Iterator[_Proposed]:
    key = task.key
    for item in looking.reading.dossiers(key.office, key.year, task=key.ref, nominees=True):
        if item.state in ENDED_WITHOUT:
            continue
        body = Dossier.of(item).body
        for line in looking.reading.lines(item.key):
            if line.name and not line.nominee.came_to_nothing:
                office, kind = looking.directory, line.nominee.kind
                about = whom(kind, line.name, office, born=line.born, unit=line.unit, body=body)
                yield _Proposed(line.nominee, about)


def _candidates(looking: Looking, period: str) -> tuple[Somebody, ...]:
    """Everybody of whom a rating or an initiative of the period is recorded, with all that is."""
    reading, office = looking.reading, looking.office
    own = [
        record for kind in (RATING, INITIATIVE) for record in of_kind(reading, office, kind, period=period)
    ]
    known = records_of(reading, office, (record.name for record in own))
    people = everybody((record for those in known.values() for record in those), looking.directory)
    numbers = {record.number for record in own if record.stands}
    return tuple(one for one in people if not numbers.isdisjoint(each.number for each in one.records))


def _of_one(
    looking: Looking,
    one: Somebody,
    titles: Sequence[AwardTitle],
    proposed: Sequence[_Proposed],
    listed: Listed,
) -> Iterator[Suggested]:
    # Whoever may be the one that is proposed is not suggested a second time.
    own = [each.line for each in proposed if likeness(each.about, one.whom) != "unlike"]
    for title in titles:
        if one.whom.subject not in title.nominees or any(line.title == title.id for line in own):
            continue
        line = Nominee(0, one.whom.subject, title.id)
        known = Known(line, one.records, beside=tuple(own))
        found = assess(known, listed, (looking.rules,))
        why = tuple(_why(looking, found))
        if found.verdict == "met" and why:
            own.append(line)
            last = one.records[-1]
            unit, body = last.unit, last.body
            yield Suggested(title.id, one.number, one.whom.name, one.whom.born, unit, body, why)


def _why(looking: Looking, found: Assessment) -> Iterator[str]:
    for answer in found.answers:
        if answer.condition.check in BY_RECORDS and answer.verdict == "met":
            yield from (sentence("looked", said, looking.words) for said in answer.looked)
