"""Erasing personal data for good, of a nominee, of all an item or of an entry about the whole office, with an
entry that says so."""

from __future__ import annotations

from runtime.acts.acting import Acting, Done
from storage.unit import UnitOfWork
from storage.words import erase as erase_words
from storage.words import erase_of_office
from workflow.model.decision import EntryDraft
from workflow.model.errors import UsageMistake
from workflow.model.references import reference

ERASE = "erase"


class NothingToErase(UsageMistake):
    """{ref} has no words that could be erased."""

    code = "nothing_to_erase"


def erase(acting: Acting, ref: str, *, role: str) -> int:
    """Erases what `D0042/3` or `D0042` names, or by its number an entry about the whole office, of the log of
    --year, else of this year; answers with how many texts went. The records of achievements that came of an
    erased line go with it.

    Raises BadReference, UnknownReference, NothingToErase.
    """
    of_office = ref.isdecimal()
    line = None if of_office else reference(ref).line
    key = None if of_office else acting.key(ref.rpartition("/")[0] if line is not None else ref)
    log = key.year if key else acting.options.year or acting.today.year

    def work(unit: UnitOfWork) -> Done[int]:
        if key is None:
            erased, what = erase_of_office(unit, log, int(ref)), {"entry": int(ref)}
        else:
            unit.lock(key)
            erased, what = erase_words(unit, key, line), {} if line is None else {"line": line}
            unit.forget(
                record
                for record in unit.achievements_of(key)
                if record.source is not None and line in (None, record.source.line)
            )
        if not erased:
            raise NothingToErase(ref=ref)
        entry = EntryDraft(
            event=ERASE,
            actor=acting.actor.account,
            acting_for=acting.actor.acting_for,
            role=role,
            from_state=None,
            to_state=None,
            inputs={"texts": erased, **what},
        )
        unit.record(entry, log=log, key=key)
        return Done(erased)

    return acting.act(work)
