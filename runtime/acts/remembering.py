"""Keeping records of achievements: from an old list, by hand, corrected, removed, and erased for good.

The log says how many records an act kept, of which file, and of each row a digest: nothing of whom they are
about. A list is kept in one transaction, with an entry for each thousand of its records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from runtime.acts.acting import Acting, Done
from storage.items import Surroundings
from storage.unit import UnitOfWork
from workflow.model.achievements import Achievement, UnknownRecord
from workflow.model.decision import EntryDraft, FreeText
from workflow.model.errors import UsageMistake
from workflow.model.facts import Plain
from workflow.notices.records import reassessed_notices
from workflow.services.remembering import Compared, compared

IMPORT, ADD, CORRECT, REMOVE, ERASE = (
    "history_import",
    "history_add",
    "history_correct",
    "history_remove",
    "history_erase",
)
CHUNK = 1000
Progress = Callable[[int], None]
Inputs = dict[str, Plain]


class RecordOfDossier(UsageMistake):
    """Record {so} came of {ref} by itself; put it right there (tdkt advance {ref} propose_correction)."""

    code = "record_of_dossier"


class KeptAlready(UsageMistake):
    """That stands already as record {so}; change it with tdkt history correct {so}."""

    code = "record_kept_already"


class Kept(NamedTuple):
    """How many records came anew, were changed, and stood already."""

    new: int
    changed: int
    same: int


def foreseen(acting: Acting, records: Sequence[Achievement], *, progress: Progress | None = None) -> Compared:
    """What keeping them would do; without locks."""
    reads, known = Surroundings(acting.database, acting.office), _known_today(acting, records)
    found = [compared(chunk, reads, acting.directory) for chunk in _chunks(known, progress)]
    return Compared(*(tuple(chain.from_iterable(parts)) for parts in zip(*found, strict=True)))


def _chunks(records: Sequence[Achievement], progress: Progress | None) -> Iterator[Sequence[Achievement]]:
    for start in range(0, len(records), CHUNK):
        chunk = records[start : start + CHUNK]
        yield chunk
        if progress is not None:
            progress(len(chunk))


def keep_list(
    acting: Acting,
    records: Sequence[Achievement],
    *,
    digest: str,
    role: str,
    told: Sequence[str] = (),
    progress: Progress | None = None,
) -> Kept:
    """Keeps the records of a file, `digest` its SHA-256 in hex: all of them or none. The officers are told of
    the lines `told`, which stand otherwise to their conditions then."""

    def work(unit: UnitOfWork) -> Done[Kept]:
        unit.lock_office()
        new = changed = same = 0
        for chunk in _chunks(_known_today(acting, records), progress):
            found = compared(chunk, unit, acting.directory)
            new, changed, same = new + len(found.new), changed + len(found.changed), same + len(found.same)
            if found.to_keep:
                counts: Inputs = {
                    "file": digest,
                    "records_new": len(found.new),
                    "records_changed": len(found.changed),
                }
                first = not (new + changed - len(found.to_keep))
                _record(acting, unit, IMPORT, counts, role, told=told if first else ())
                unit.achieve(found.to_keep)
                unit.append()  # each entry speaks for its own thousand
        return Done(Kept(new, changed, same), written=bool(new or changed))

    return acting.act(work)


def _known_today(acting: Acting, records: Sequence[Achievement]) -> tuple[Achievement, ...]:
    """What bears no date is known from today on."""
    return tuple(
        record if record.dated or record.known_on else record._replace(known_on=acting.today)
        for record in records
    )


def keep_typed(
    acting: Acting, records: Sequence[Achievement], *, role: str, told: Sequence[str] = ()
) -> tuple[Achievement, ...]:
    """Keeps records that somebody types, all or none; `told` as of a list. Raises KeptAlready."""

    def work(unit: UnitOfWork) -> Done[tuple[Achievement, ...]]:
        unit.lock_office()
        found = compared(_known_today(acting, records), unit, acting.directory)
        standing = (*found.same, *(before for before, _after in found.changed))
        if standing:
            raise KeptAlready(so=standing[0].number)
        counts: Inputs = {"register": records[0].kind, "records_new": len(records)}
        _record(acting, unit, ADD, counts, role, told=told)
        return Done(unit.achieve(found.new))

    return acting.act(work)


def correct(
    acting: Acting, number: int, change: Callable[[Achievement], Achievement], *, reason: str, role: str
) -> tuple[Achievement, Achievement]:
    """Puts a slip right; answers with the record before and after. Raises UnknownRecord, RecordOfDossier."""

    def work(unit: UnitOfWork) -> Done[tuple[Achievement, Achievement]]:
        (before,) = _found(acting, unit, [number])
        after = change(before)
        if after != before:
            _record(acting, unit, CORRECT, {"records": [number]}, role, reason=reason)
            unit.achieve([after])
        return Done((before, after), written=after != before)

    return acting.act(work)


def remove(
    acting: Acting, numbers: Sequence[int], *, reason: str, role: str, event: str = REMOVE
) -> tuple[Achievement, ...]:
    """Removes records with all their words. Raises UnknownRecord; RecordOfDossier unless they are erased."""

    def work(unit: UnitOfWork) -> Done[tuple[Achievement, ...]]:
        gone = _found(acting, unit, numbers, erasing=event == ERASE)
        named: list[Plain] = [record.number for record in gone]
        _record(acting, unit, event, {"records": named}, role, reason=reason)
        unit.forget(gone)
        return Done(gone)

    return acting.act(work)


def _found(
    acting: Acting, unit: UnitOfWork, numbers: Sequence[int], *, erasing: bool = False
) -> tuple[Achievement, ...]:
    """The records under the office's lock: what another correction said of them meanwhile is not lost."""
    unit.lock_office()
    found = unit.achievements(numbers)
    missing = sorted(set(numbers) - {record.number for record in found})
    if missing:
        raise UnknownRecord(so=missing[0])
    own = next((record for record in found if record.source is not None), None)
    if own is not None and own.source is not None and not erasing:
        raise RecordOfDossier(so=own.number, ref=f"{own.source.year}/{own.source.ref}")
    return found


def _record(
    acting: Acting,
    unit: UnitOfWork,
    event: str,
    inputs: Inputs,
    role: str,
    *,
    reason: str | None = None,
    told: Sequence[str] = (),
) -> None:
    actor = acting.actor
    texts = (FreeText("reason", reason),) if reason else ()
    entry = EntryDraft(
        event, actor.account, role, None, None, acting_for=actor.acting_for, inputs=inputs, texts=texts
    )
    notices = reassessed_notices(told, acting.case) if told else ()
    unit.record_act(entry, log=acting.today.year, notices=notices)
