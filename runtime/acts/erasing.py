"""Erasing personal data for good, of a nominee, of all an item or of an entry about the whole office, with an
entry that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from runtime.acts.acting import Acting, Done
from storage.named_files import drop_unnamed
from storage.unit import UnitOfWork
from storage.words import erase as erase_words
from storage.words import erase_of_entries, erase_of_office
from workflow.model.attachments import Paper
from workflow.model.award_decisions import AwardDecision
from workflow.model.decision import Decision, EntryDraft
from workflow.model.dossiers import Dossier
from workflow.model.errors import UsageMistake
from workflow.model.facts import Item, Key
from workflow.model.recorded import Recorded
from workflow.model.references import reference

ERASE = "erase"


class NothingToErase(UsageMistake):
    """{ref} has no words that could be erased."""

    code = "nothing_to_erase"


class Erased(NamedTuple):
    """How many texts went, and the files of how many papers."""

    texts: int
    papers: int = 0


def erase(acting: Acting, ref: str, *, role: str) -> Erased:
    """Erases what `D0042/3` or `D0042` names, or by its number an entry about the whole office, of the log of
    --year, else of this year. With an erased line go what decisions and letters about them state anew of it,
    the records of achievements that came of it, and the files of the papers that were attached about it.

    Raises BadReference, UnknownReference, NothingToErase.
    """
    of_office = ref.isdecimal()
    line = None if of_office else reference(ref).line
    key = None if of_office else acting.key(ref.rpartition("/")[0] if line is not None else ref)
    log = key.year if key else acting.options.year or acting.today.year

    gone: list[str] = []

    def work(unit: UnitOfWork) -> Done[Erased]:
        gone.clear()
        item, elsewhere = None, dict[Key, int]()
        if key is None:
            erased, what = erase_of_office(unit, log, int(ref)), {"entry": int(ref)}
        else:
            item = unit.lock(key)
            gone.extend(_files(item, line))
            erased, what = erase_words(unit, key, line), {} if line is None else {"line": line}
            elsewhere = dict(_in_decisions(unit, key, line))
            unit.forget(
                record
                for record in unit.achievements_of(key)
                if record.source is not None and line in (None, record.source.line)
            )
        if not erased and not gone and not elsewhere:
            raise NothingToErase(ref=ref)
        entry = EntryDraft(
            event=ERASE,
            actor=acting.actor.account,
            acting_for=acting.actor.acting_for,
            role=role,
            from_state=None,
            to_state=None,
            inputs={"texts": erased, **what, **({"papers": len(gone)} if gone else {})},
        )
        if item is not None and gone:
            entry = replace(entry, from_state=item.state, to_state=item.state)
            changed = Decision(_without_files(item, line, acting.today), entry)
            unit.write(changed, open=acting.machine(item.digest).states[item.state].open)
        else:
            unit.record(entry, log=log, key=key)
        for other, texts in elsewhere.items():
            unit.record(
                replace(entry, from_state=None, to_state=None, inputs={"texts": texts}), log=log, key=other
            )
        return Done(Erased(erased + sum(elsewhere.values()), len(gone)))

    done = acting.act(work)
    # Only what is committed loses its files; one that stays because this is killed is told by doctor.
    if gone and (files := acting.database.files) is not None:
        drop_unnamed(acting.database, files, gone)
    return done


def _in_decisions(unit: UnitOfWork, key: Key, line: int | None) -> Iterator[tuple[Key, int]]:
    """Erases what decisions have of the dossier's lines in their own words, stated anew or put right by a
    letter; the decisions with how many went. The dossier's lock keeps further letters off."""
    for item in unit.decisions(key.year):
        lines = [
            each
            for each in AwardDecision.of(item).lines
            if (item.key.year, each.dossier) == (key.year, key.ref) and line in (None, each.line)
        ]
        if not lines:
            continue
        refs = {each.ref for each in lines}
        letters = [
            each.entry
            for each in unit.recorded(item.key)
            if each.event == "rectify" and not refs.isdisjoint(_named(each))
        ]
        erased = sum(erase_words(unit, item.key, each.no) for each in lines)
        if erased := erased + erase_of_entries(unit, item.key, letters):
            yield item.key, erased


def _named(letter: Recorded) -> list[str]:
    lines = letter.inputs.get("lines")
    return [str(each) for each in lines] if isinstance(lines, list) else []


def _files(item: Item | None, line: int | None) -> list[str]:
    """The digests of the files that go: all of a dossier's, or those of a line's papers."""
    if item is None or not isinstance(item.details, Dossier):
        return []
    return [paper.digest for paper in item.details.papers if paper.digest and _goes(paper, line)]


def _goes(paper: Paper, line: int | None) -> bool:
    return paper.has_file and line in (None, paper.line)


def _without_files(item: Item, line: int | None, today: date) -> Item:
    """That the papers were there stays known, with their digests."""
    dossier = Dossier.of(item)
    papers = (paper._replace(erased_on=today) if _goes(paper, line) else paper for paper in dossier.papers)
    return item._replace(version=item.version + 1, details=replace(dossier, papers=tuple(papers)))
