"""Drafting award decisions: one, or one for each signer, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from runtime.acts.acting import Acting, Attempt, Done, Repeatable
from runtime.office.results import Result, result_of
from storage.unit import UnitOfWork
from workflow.engine.ports import StoredAnswer
from workflow.model.award_decisions import AwardDecision
from workflow.model.decision import Reason, Refused
from workflow.model.dossiers import Dossier, period_of
from workflow.model.facts import Key
from workflow.services import decisions as service
from workflow.services.advance import Advance, Tried, advance
from workflow.services.decisions import NewDecision


def draft(
    acting: Acting,
    asked: Sequence[NewDecision],
    *,
    restated: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> list[Result]:
    """Makes the drafts, all of them or none; `restated` are new words of the only line of the only one. What
    a draft leaves out follows from its first line. The results' `ref` are their own. Raises InputMistakes."""

    def work(unit: UnitOfWork) -> Done[list[Result]]:
        results: list[Result] = []
        machine = acting.newest_machine(AwardDecision.subject)
        for each in asked:
            command = _completed(acting, unit, each)
            answer = service.draft(unit, command, acting.case, machine=machine)
            if not isinstance(answer, Tried) and restated:
                words = {"lines": ",".join(command.lines), **restated}
                answer = advance(unit, Advance(answer.item.key, "restate", words), acting.case)
            if isinstance(answer, Tried):
                told = replace(result_of(answer), event=service.MAKES[command.kind], version=None, kind="")
                refused = [] if answer.refused.asked else [Attempt(answer.entry)]
                return Done([told], written=False, refused=refused)
            results.append(replace(result_of(answer), event=service.MAKES[command.kind], from_state=None))
        return Done(results, stored=[result.stored() for result in results])

    def again(stored: StoredAnswer) -> list[Result]:
        if not stored.same:
            event = service.MAKES[asked[0].kind]
            return [Result("Q00", event, refused=Refused(event, (Reason("key"),)), year=asked[0].year)]
        return [Result.of(each) for each in json.loads(stored.answer)]

    said = [
        [each.kind, each.changes, sorted(each.words.items()), list(each.lines), each.year] for each in asked
    ]
    said_all = ["decision", *said, acting.actor.account, sorted((restated or {}).items())]
    return acting.act(work, repeatable=Repeatable(said_all, again), dry_run=dry_run)


def _completed(acting: Acting, unit: UnitOfWork, command: NewDecision) -> NewDecision:
    """The command with type and period of its first line's dossier, and the signer who may sign its lines."""
    words = dict(command.words)
    if command.kind == "award" and command.lines:
        first = unit.seen(Key(command.office, command.year, command.lines[0].partition("/")[0]))
        if first is not None and isinstance(first.details, Dossier):
            words.setdefault("period", period_of(first))
            if first.details.type:
                words.setdefault("type", first.details.type)
    words.setdefault("period", str(command.year))
    words.setdefault("signer", _signer(acting, unit, command))
    if command.kind != "award":
        for name in ("period", "type"):
            words.pop(name, None)
    return replace(command, words=words)


def _signer(acting: Acting, unit: UnitOfWork, command: NewDecision) -> str:
    """The chair, unless one of the lines is the chair's own."""
    office = acting.directory
    chairs = office.holding("chair")
    named: set[str] = set()
    for ref in command.lines:
        dossier, _stroke, no = ref.partition("/")
        item = unit.seen(Key(command.office, command.year, dossier))
        line = Dossier.of(item).nominee(int(no)) if item and isinstance(item.details, Dossier) else None
        named |= {line.account} if line and line.account else set()
    own = office.people(chairs) & office.people(named)
    signing = office.holding("vice_chair") if own or not chairs else chairs
    return next(iter(signing), "")
