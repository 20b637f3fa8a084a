"""Asking an event of one item or of many."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from runtime.acts.acting import Acting, Attempt, Done, Repeatable
from runtime.office.results import Result, result_of, trial_of
from storage.unit import UnitOfWork
from workflow.engine.ports import StoredAnswer
from workflow.model.decision import Reason, Refused
from workflow.model.errors import Conflict, TdktError, UsageMistake
from workflow.model.facts import Key
from workflow.model.subjects import SUBJECTS
from workflow.services import advance as service
from workflow.services.advance import Advance, Tried

BATCH = 100
"""Items in one transaction of a command over many."""


@dataclass(frozen=True, slots=True)
class EventRequest:
    """An event with its inputs as words, to be asked of items.

    `version` is the one that was seen of them; None takes what stands when the request is made. `key` is the
    command's, against doing it twice. `confirmed`: what is doubtful is meant. `own` are inputs of single
    items, which go before `words`.
    """

    event: str
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    note: str | None = None
    version: int | None = None
    key: str | None = None
    dry_run: bool = False
    confirmed: bool = False
    own: Mapping[Key, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))


def advance(
    acting: Acting,
    refs: Sequence[str],
    request: EventRequest,
    *,
    progress: Callable[[int], None] | None = None,
) -> list[Result]:
    """Asks the event of one item or of many, one transaction for each hundred; a result for each.

    Versions are taken now, before any lock is waited for, unless the request says which one was seen.
    With one reference a usage mistake or a conflict is raised; with many it is that item's result, and
    so is what ends the command once a hundred are written. An item that is named twice is asked once.
    """
    seen, given = request.version, request.key or acting.options.key
    commands = [
        Advance(
            key,
            request.event,
            {**request.words, **request.own.get(key, {})},
            standing if seen is None else seen,
            request.note,
            request.confirmed,
        )
        for key, standing in acting.keys(refs).items()
    ]
    results: dict[Key, Result] = {}
    ordered = sorted(commands, key=lambda command: command.key)
    for number, start in enumerate(range(0, len(ordered), BATCH)):
        chunk = ordered[start : start + BATCH]
        key = given if number == 0 or given is None else f"{given}/{number}"
        try:
            done = _advance_chunk(acting, chunk, key=key, dry_run=request.dry_run, alone=len(commands) == 1)
        except TdktError as error:
            if number == 0:
                raise
            # The hundreds before are written: what they came to is told beside the error of the rest.
            results.update(
                {
                    request.key: Result(request.key.ref, request.event, error=error, year=request.key.year)
                    for request in ordered[start:]
                }
            )
            break
        results.update(done)
        if progress:
            progress(len(chunk))
    return [results[command.key] for command in commands]


def doubtful(acting: Acting, request: EventRequest) -> bool:
    """Whether the event has doubts at all, in any machine that the office runs."""
    machines = (acting.known_machine(subject.id) for subject in SUBJECTS)
    called = ((machine, service.event_called(machine, request.event)) for machine in machines if machine)
    return any(isinstance(event, str) and machine.events[event].doubts for machine, event in called)


def _advance_chunk(
    acting: Acting, chunk: Sequence[Advance], *, key: str | None, dry_run: bool, alone: bool
) -> dict[Key, Result]:
    def work(unit: UnitOfWork) -> Done[dict[Key, Result]]:
        refused: list[Attempt] = []
        if not alone:
            service.hold(unit, chunk, acting.case)
        results = {
            request.key: _advance_one(acting, unit, request, refused, alone=alone, dry_run=dry_run)
            for request in chunk
        }
        return Done(
            results,
            written=any(result.done for result in results.values()),
            refused=refused,
            stored=None
            if key is None
            else [result.stored() for result in results.values() if result.error is None],
        )

    def again(stored: StoredAnswer) -> dict[Key, Result]:
        results = [Result.of(kept) for kept in json.loads(stored.answer)] if stored.same else []
        known = {(result.ref, result.year): result for result in results}
        other = Refused(chunk[0].event, (Reason("key"),))

        def answer_of(key: Key) -> Result:
            found = known.get((key.ref, key.year)) or known.get((key.ref, None))
            return found or Result(key.ref, chunk[0].event, refused=other, year=key.year)

        return {request.key: answer_of(request.key) for request in chunk}

    return acting.act(work, key=key, repeatable=Repeatable(_said(acting, chunk), again), dry_run=dry_run)


def _said(acting: Acting, chunk: Sequence[Advance]) -> list[object]:
    """What makes two commands the same: verb, references, inputs, note and actor."""
    first, actor = chunk[0], acting.actor
    refs = [str(command.key) for command in chunk]
    words = [sorted(command.words.items()) for command in chunk]
    # As it was said before items had words of their own, so that an older key is known again.
    alike = words[0] if all(each == words[0] for each in words) else words
    return [first.event, refs, alike, first.note, actor.account, actor.acting_for]


def _advance_one(
    acting: Acting,
    unit: UnitOfWork,
    command: Advance,
    refused: list[Attempt],
    *,
    alone: bool,
    dry_run: bool,
) -> Result:
    try:
        answer = service.advance(unit, command, acting.case)
    except TdktError as error:
        if alone or not isinstance(error, (UsageMistake, Conflict)):
            raise
        return Result(command.key.ref, command.event, error=error, year=command.key.year)
    if isinstance(answer, Tried) and not answer.refused.asked:
        refused.append(Attempt.of(answer))
    return (trial_of if dry_run else result_of)(answer)
