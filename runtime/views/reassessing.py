"""Which lines of open dossiers stand otherwise to their conditions once records come or change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.conditions import assessed
from workflow.model.achievements import Achievement, by_name, name_key
from workflow.model.dossiers import Dossier
from workflow.rules.eligibility import Assessment
from workflow.rules.gathering import ByName
from workflow.rules.known import Verdict
from workflow.services.remembering import Compared

BEHIND_ALL = 1_000_000_000
"""From here on are counted records that have no number yet: they come after those that stand."""


class Reassessed(NamedTuple):
    """A line of which a condition is judged otherwise with the records; `open` of them are not met then."""

    ref: str
    year: int
    was: Verdict
    now: Verdict
    open: int


def reassessed(looking: Looking, found: Compared) -> tuple[Reassessed, ...]:
    """The lines of open dossiers, of earlier years too, in the order of their references."""
    if not looking.plan_years or not found.to_keep:
        return ()
    return tuple(_lines(looking, found))


def _lines(looking: Looking, found: Compared) -> Iterator[Reassessed]:
    keys = {name_key(record.name) for record in found.to_keep}
    newest = max(looking.plan_years)
    for item in looking.reading.dossiers(looking.office, newest, open_before=True, nominees=True):
        if item.closed_on is not None:
            continue
        names = (line.name for line in looking.reading.lines(item.key) if line.name)
        if keys.isdisjoint(map(name_key, names)):
            continue
        before = assessed(looking, item)
        after = assessed(looking, item, changed=lambda records: _with(records, found))
        for line in Dossier.of(item).standing:
            was, now = before.lines[line.no], after.lines[line.no]
            if _judged(was) != _judged(now):
                left = sum(each.verdict != "met" and not each.warns for each in now.answers)
                yield Reassessed(f"{item.key.ref}/{line.no}", item.key.year, was.verdict, now.verdict, left)


def _judged(found: Assessment) -> tuple[Verdict, ...]:
    return tuple(answer.verdict for answer in found.answers)


def _with(records: ByName, found: Compared) -> Mapping[str, tuple[Achievement, ...]]:
    """The records as they stand once what was found is kept."""
    changed = {after.number: after for _before, after in found.changed}
    new = by_name(record._replace(number=BEHIND_ALL + at) for at, record in enumerate(found.new))
    standing = {
        key: tuple(changed.get(each.number, each) for each in those) for key, those in records.items()
    }
    return {key: (*standing.get(key, ()), *new.get(key, ())) for key in standing.keys() | new.keys()}
