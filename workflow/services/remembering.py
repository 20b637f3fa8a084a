"""Records that somebody types or that come from an old list: held against those that stand, and kept.

What stands already changes nothing; what says more of the same, or another date, changes that record. What
`tdkt` awarded itself is put right at its dossier, never here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from workflow.model.achievements import (
    AWARD,
    INITIATIVE,
    RATING,
    Achievement,
    likeness,
    name_key,
    same_record,
    whom_of,
)
from workflow.model.office import Office

if TYPE_CHECKING:
    from workflow.engine.ports import Reads

Doubt = Literal["rated_otherwise", "initiative_known"]


class Doubted(NamedTuple):
    """A new record and the one that stands and says otherwise of the same one."""

    record: Achievement
    doubt: Doubt
    standing: Achievement


class Compared(NamedTuple):
    """Records held against those that stand: new ones, changed ones (before, after), those that stand as they
    are, and what is doubted of the new ones."""

    new: tuple[Achievement, ...] = ()
    changed: tuple[tuple[Achievement, Achievement], ...] = ()
    same: tuple[Achievement, ...] = ()
    doubts: tuple[Doubted, ...] = ()

    @property
    def to_keep(self) -> tuple[Achievement, ...]:
        return (*self.new, *(after for _before, after in self.changed))


def compared(records: Sequence[Achievement], reads: Reads, office: Office) -> Compared:
    """One query for all of them."""
    known = reads.records_of(record.name for record in records)
    new: list[Achievement] = []
    changed: list[tuple[Achievement, Achievement]] = []
    same: list[Achievement] = []
    doubts: list[Doubted] = []
    for record in records:
        alike = known.get(name_key(record.name), ())
        likely = (each for each in alike if (each.kind, each.period) == (record.kind, record.period))
        standing = next((each for each in likely if _same(each, record)), None)
        if standing is None:
            new.append(record)
            doubts += _doubts(record, alike, office)
        elif standing.source is not None or (after := _with(standing, record)) == standing:
            same.append(standing)
        else:
            changed.append((standing, after))
    return Compared(tuple(new), tuple(changed), tuple(same), tuple(doubts))


def _same(standing: Achievement, record: Achievement) -> bool:
    """Whether they say the same of the same one. Of an award of our own a list says as much with less."""
    if standing.source is None:
        return same_record(standing) == same_record(record)
    one, other = (each._replace(born=None, unit=None, body=None) for each in (standing, record))
    return same_record(one) == same_record(other)


def _with(standing: Achievement, record: Achievement) -> Achievement:
    """The record that stands with what the other one says, where that says anything."""
    said = {
        name: value
        for name, value in record._asdict().items()
        if value is not None and name not in ("number", "known_on", "source", "revoked_on", "revoked_by")
    }
    return standing._replace(**said)


def _doubts(record: Achievement, alike: Iterable[Achievement], office: Office) -> Iterator[Doubted]:
    about = whom_of(record, office)
    for other in alike:
        if (
            other.kind != record.kind
            or record.kind == AWARD
            or likeness(whom_of(other, office), about) != "same"
        ):
            continue
        rated = record.kind == RATING and not (other.expected or record.expected)
        if rated and other.period == record.period and other.stands:
            yield Doubted(record, "rated_otherwise", other)
        elif record.kind == INITIATIVE and name_key(other.words or "") == name_key(record.words or ""):
            yield Doubted(record, "initiative_known", other)
