"""What people do to a session of the council beyond one event: making it, and several events in one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from runtime.acts.acting import Acting, Attempt, Done
from runtime.office.results import Result, result_of, trial_of
from storage.unit import UnitOfWork
from workflow.model.sessions import Mode
from workflow.model.subjects import SESSION
from workflow.services import sessions as service
from workflow.services.advance import Advance, Tried, advance, hold
from workflow.services.create import NEW


def new_session(
    acting: Acting,
    words: Mapping[str, str],
    *,
    year: int | None = None,
    by_writing: bool = False,
    note: str | None = None,
) -> Result:
    """Makes a session in the plan year, the office's if None; the result's `ref` is its own, of a refused one
    the subject's letter. Raises InputMistakes."""
    mode: Mode = "writing" if by_writing else "meeting"
    command = service.NewSession(acting.office, year or acting.year, mode, words, note)

    def work(unit: UnitOfWork) -> Done[Result]:
        answer = service.new_session(unit, command, acting.case, machine=acting.newest_machine(SESSION.id))
        result = result_of(answer)
        if isinstance(answer, Tried):
            told = replace(result, ref=SESSION.letter, event=NEW, from_state=None, version=None, kind="")
            return Done(told, written=False, refused=[Attempt.of(answer)])
        return Done(result)

    return acting.act(work)


class Step(NamedTuple):
    """An event with its inputs as typed."""

    event: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class InOrder:
    """Events that are asked of one item one after the other. `confirmed`: what is doubtful is meant;
    `version` is the one that was seen of it, None what stands."""

    steps: Sequence[Step]
    dry_run: bool = False
    confirmed: bool = False
    version: int | None = None


def ask_in_order(acting: Acting, ref: str, asked: InOrder) -> list[Result]:
    """A result for each event; where one is not done that one's alone, and nothing is written. What was typed
    may mean other inputs once it is done, so that a key's repetition is only told that it was.

    Raises BadReference, UnknownReference, InputMistakes, Conflict.
    """
    key = acting.key(ref)
    seen = [asked.version, *(None for _ in asked.steps[1:])]
    commands = [
        Advance(key, step.event, step.words, version, None, asked.confirmed)
        for step, version in zip(asked.steps, seen, strict=True)
    ]

    def work(unit: UnitOfWork) -> Done[list[Result]]:
        hold(unit, commands, acting.case)
        results: list[Result] = []
        for command in commands:
            answer = advance(unit, command, acting.case)
            results.append((trial_of if asked.dry_run else result_of)(answer))
            if isinstance(answer, Tried):
                refused = [] if answer.refused.asked else [Attempt.of(answer)]
                return Done(results[-1:], written=False, refused=refused)
        return Done(results)

    return acting.act(work, dry_run=asked.dry_run)
