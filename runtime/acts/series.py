"""Asking one event of a dossier once for each of several lines: all of them in one transaction, or none."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from runtime.acts.acting import Acting, Attempt, Done, Repeatable
from runtime.office.results import Result, result_of
from storage.paper_files import NewFile
from storage.unit import UnitOfWork
from workflow.engine.ports import StoredAnswer
from workflow.model.decision import Reason, Refused
from workflow.model.dossiers import Dossier
from workflow.model.errors import InputMistakes, UnknownReference
from workflow.services.advance import Advance, Tried, advance

Words = Mapping[str, str]
"""The inputs of the event for one line, as typed."""


@dataclass(frozen=True, slots=True)
class Series:
    """An event that is asked for each of the words, the inputs of one line.

    `said` is what was typed, by which a command that is given twice under one key is known again;
    `confirmed`: what is doubtful is meant. `files` get their names once all of it is decided, before it is
    written. Of another `version` than the dossier's it is a conflict.
    """

    event: str
    words: Sequence[Words]
    said: Sequence[object]
    dry_run: bool = False
    confirmed: bool = False
    files: Sequence[NewFile] = ()
    version: int | None = None


def answered(acting: Acting, ref: str, asked: Series) -> list[Result] | None:
    """The results of the command that was given under this key before; None where it is new. Asked first, for
    then its lines stand as it left them."""
    if acting.options.key is None:
        return None
    known: Repeatable[list[Result] | None] = Repeatable(_said(acting, ref, asked), _again(acting, ref, asked))
    return acting.act(lambda _unit: Done(None, written=False), repeatable=known)


def ask_series(acting: Acting, ref: str, asked: Series) -> list[Result]:
    """A result for each of the words; `lines` are those that it is about. Nothing is written unless all are
    done. Raises BadReference, UnknownReference, Conflict."""
    item_key = acting.key(ref)

    def work(unit: UnitOfWork) -> Done[list[Result]]:
        item = unit.lock(item_key)
        if item is None or not isinstance(item.details, Dossier):
            raise UnknownReference(ref=ref)
        refused: list[Attempt] = []
        results: list[Result] = []
        details = item.details
        unit.under_way = {file.digest: file.size for file in asked.files}
        for at, words in enumerate(asked.words):
            seen = asked.version if at == 0 else None  # each act makes a version of its own
            command = Advance(item_key, asked.event, words, seen, None, asked.confirmed)
            result, details = _ask(acting, unit, command, details, refused)
            results.append(result)
        done = all(result.done for result in results)
        for file in asked.files if done and not asked.dry_run else ():
            file.take_name()
        return Done(results, written=done, refused=refused, stored=[each.stored() for each in results])

    repeatable = Repeatable(_said(acting, ref, asked), _again(acting, ref, asked))
    return acting.act(work, repeatable=repeatable, dry_run=asked.dry_run)


def _said(acting: Acting, ref: str, asked: Series) -> list[object]:
    actor = acting.actor
    return [asked.event, str(acting.key(ref)), *asked.said, actor.account, actor.acting_for]


def _again(acting: Acting, ref: str, asked: Series) -> Callable[[StoredAnswer], list[Result]]:
    key, other = acting.key(ref), Refused(asked.event, (Reason("key"),))
    unlike = Result(key.ref, asked.event, refused=other, year=key.year)
    return lambda stored: list(map(Result.of, json.loads(stored.answer))) if stored.same else [unlike]


def _ask(
    acting: Acting, unit: UnitOfWork, command: Advance, before: Dossier, refused: list[Attempt]
) -> tuple[Result, Dossier]:
    """What became of one line, and the dossier after it."""
    try:
        answer = advance(unit, command, acting.case)
    except InputMistakes as error:
        failed = Result(command.key.ref, command.event, error=error, year=command.key.year)
        return replace(failed, lines=_named(command.words)), before
    if isinstance(answer, Tried):
        if not answer.refused.asked:
            refused.append(Attempt.of(answer))
        return replace(result_of(answer), lines=_named(command.words)), before
    after = Dossier.of(answer.item)
    known = {line.no for line in before.nominees}
    made = tuple(line.no for line in after.nominees if line.no not in known)
    return replace(result_of(answer), lines=made or _named(command.words)), after


def _named(words: Words) -> tuple[int, ...]:
    return tuple(int(no) for no in words.get("nominee", "").split(",") if no)
