"""Erasing personal data for good, of a nominee or of all an item, with an entry that says so."""

from __future__ import annotations

from runtime.acts.acting import Acting, Done
from storage.unit import UnitOfWork
from storage.words import erase as erase_words
from workflow.model.decision import EntryDraft
from workflow.model.errors import UsageMistake
from workflow.model.references import reference

ERASE = "erase"


class NothingToErase(UsageMistake):
    """{ref} has no words that could be erased."""

    code = "nothing_to_erase"


def erase(acting: Acting, ref: str, *, role: str) -> int:
    """Erases what `D0042/3` or `D0042` names; answers with how many texts went.

    Raises BadReference, UnknownReference, NothingToErase.
    """
    line = reference(ref).line
    key = acting.key(ref.rpartition("/")[0] if line is not None else ref)

    def work(unit: UnitOfWork) -> Done[int]:
        unit.lock(key)
        erased = erase_words(unit, key, line)
        if not erased:
            raise NothingToErase(ref=ref)
        entry = EntryDraft(
            event=ERASE,
            actor=acting.actor.account,
            acting_for=acting.actor.acting_for,
            role=role,
            from_state=None,
            to_state=None,
            inputs={"texts": erased, **({"line": line} if line is not None else {})},
        )
        unit.record(entry, log=key.year, key=key)
        return Done(erased)

    return acting.act(work)
