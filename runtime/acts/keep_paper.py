"""Keeping a paper once it is issued: its files by their digests, never made anew."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from typing import NamedTuple

from exchange.papers.making import Made
from runtime.acts.acting import Acting, Done
from runtime.office.settings import NoPaperFolder
from storage import issued_papers
from storage.unit import UnitOfWork
from workflow.model.decision import EntryDraft
from workflow.model.facts import Key
from workflow.model.printed import KEEP_PAPER, IssuedPaper


class NewPaper(NamedTuple):
    """A paper that is issued: which of its item, under which number and of which day."""

    kind: str
    part: str
    number: str | None
    on: date


def keep_paper(acting: Acting, key: Key, paper: NewPaper, made: Made, *, role: str) -> IssuedPaper:
    """Keeps both files and says so in the log; of two at a time the first one's stand for both.

    Raises NoPaperFolder, DatabaseUnusable.
    """
    files = acting.database.files
    if files is None:
        raise NoPaperFolder()
    with ExitStack() as written:
        word, pdf = (written.enter_context(files.written(content)) for content in made)
        new = IssuedPaper(paper.kind, paper.part, word.digest, pdf.digest, paper.number, paper.on)

        def work(unit: UnitOfWork) -> Done[IssuedPaper]:
            unit.lock(key)
            before = issued_papers.kept(unit, key, paper.kind, paper.part)
            if before is not None:
                return Done(before, written=False)
            # Under their names before anything points to them.
            word.take_name()
            pdf.take_name()
            issued_papers.keep(unit, key, new)
            actor = acting.actor
            said = {name: str(value) for name, value in new._asdict().items() if value}
            entry = EntryDraft(
                KEEP_PAPER, actor.account, role, None, None, acting_for=actor.acting_for, inputs=said
            )
            unit.record(entry, log=key.year, key=key)
            return Done(new)

        return acting.act(work)
