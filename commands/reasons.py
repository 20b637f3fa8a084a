"""Refusals and results as every command prints them, with the exit code that they end with. The words are
`runtime.views.answers`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn

import click

from commands.failures import Exit
from commands.made import print_made
from commands.printing import say
from commands.session import DONE, REFUSED, Session, print_json
from runtime.office.results import Result
from runtime.office.words import Words
from runtime.views.answers import (
    Answer,
    OfficeAtHand,
    ReasonTold,
    answer_of,
    foreseen,
    key_of,
    position_text,
    reasons_told,
    refusal_told,
    refused_json,
    result_json,
    sentence_of_warning,
    sum_told,
)
from workflow.model.decision import Reason, Refused
from workflow.model.facts import Key
from workflow.model.wording import mid_sentence


def print_reasons(reasons: Sequence[Reason], words: Words, *, office: OfficeAtHand, err: bool = True) -> None:
    """Each reason on its own line, with its source, its way out and who could take it."""
    _print_told(reasons_told(office, reasons, words=words), err=err)


def _print_told(reasons: Sequence[ReasonTold], *, err: bool = True) -> None:
    for reason in reasons:
        say(f"- {reason.text}. {reason.cure}.", indent=2, err=err)
        for beside in (reason.cite, reason.who_can):
            if beside:
                say(beside, indent=4, err=err)


def refuse(session: Session, refused: Refused, *, what: str, stand_ins: bool = True) -> NoReturn:
    """Tells a refusal of what `what` names in words, and ends with its code.

    `stand_ins`: whether it could be done in another's name too.
    """
    if session.json:
        print_json(refused_json(refused, session.words), err=True)
    else:
        told = refusal_told(session.acting, refused, what=what, stand_ins=stand_ins)
        say(told.head, err=True)
        _print_told(told.reasons)
    raise Exit(REFUSED)


def permitted(session: Session, event: str, *, what: str) -> str:
    """The role by which the acting account may do what concerns the whole office; without one it says who can
    and exits with 1.

    `what` names in words what the event would be done to.
    """
    role = session.acting.entitled(event)
    if isinstance(role, str):
        return role
    refuse(session, role, what=mid_sentence(what), stand_ins=False)


def print_warnings(warnings: Sequence[Reason], words: Words, *, err: bool = True) -> None:
    """Each warning on a line of its own."""
    _print_warned([sentence_of_warning(warning, words) for warning in warnings], err=err)


def _print_warned(warnings: Sequence[str], *, err: bool = True, about: str | None = None) -> None:
    """The same in words, of one among many items with the item that they are `about`."""
    of = f"{about}: " if about else ""
    for said in warnings:
        say(f"! {of}{said}", indent=2, err=err)


def print_asked(result: Result, session: Session) -> None:
    """What must be confirmed before it is done, each doubt on its own line."""
    _print_refusal(answered(session, result))


def _print_refusal(answer: Answer) -> None:
    say(answer.head, err=True)
    _print_told(answer.reasons)


def answered(session: Session, result: Result, *, alone: bool = True) -> Answer:
    """What became of an item that the acting account, where one is known, asked for."""
    actor = session.acting.actor_or_none
    return answer_of(session.acting, result, by=actor.account if actor else None, alone=alone)


def report(
    session: Session,
    results: Sequence[Result],
    *,
    dry_run: bool = False,
    nominee: str | None = None,
    below: Callable[[], object] | None = None,
) -> None:
    """Prints what became of a command and ends with its code: the worst one of all its items. `nominee` is
    the number of the line that it was about; `below` prints what else is to be seen of what was done."""
    words = session.words
    if session.json:
        _report_json(results, words)
    else:
        for result in results:
            _report_line(session, result, alone=len(results) == 1, made=not dry_run, nominee=nominee)
        if said := sum_told(session.acting, results):
            say(said)
        if dry_run:
            if len(results) == 1:
                _print_foreseen(session, results[0])
            say(words("message.dry_run"), err=True)
        elif done := [key_of(session.acting, result) for result in results if result.done]:
            if below is not None:
                below()
            print_done(session, [*dict.fromkeys(done)])
    code = max((_code(result) for result in results), default=DONE)
    if code != DONE:
        raise Exit(code)


def _print_foreseen(session: Session, result: Result) -> None:
    """Of a trial that would be done who is to do what next, and who would be told."""
    ahead = foreseen(session.looking, result) if result.done else None
    if ahead is None:
        return
    words, step = session.words, ahead.next
    if step is not None:
        who = f", {session.looking.position(step.by)}" if step.by else ""
        say(words("message.foreseen_next", chi_tiet=f"{step.label}{who}"), indent=5)
    if ahead.told:
        say(words("message.foreseen_told", danh_sach="; ".join(ahead.told)), indent=5)


def print_done(session: Session, keys: Sequence[Key]) -> None:
    """Who did it to the items, and who is to do what next."""
    actor = position_text(session.acting, session.acting.actor.account)
    say(session.words("message.acted_by", chuc_vu=actor), indent=5)
    print_step(session, keys)


def print_step(session: Session, keys: Iterable[Key]) -> None:
    """Who is to do what next to the items, with the line to type."""
    from commands.today import print_next
    from runtime.views.steps import next_of

    looking = session.looking
    items = (looking.reading.item(key) for key in keys)
    step = next_of(looking, [item for item in items if item])
    if step is not None:
        who = f", {looking.position(step.by)}" if step.by else ""
        print_next([step.line], of=f"{step.label}{who}")


def _report_json(results: Sequence[Result], words: Words) -> None:
    """One object for one item, an array for many; a refusal of a single item goes to stderr."""
    shown = [result_json(result, words) for result in results]
    if len(results) == 1 and not results[0].done:
        refusal = {name: shown[0][name] for name in ("error", "message", "reasons")}
        print_json(refusal, err=True)
        return
    print_json(shown[0] if len(shown) == 1 else shown)


def _report_line(session: Session, result: Result, *, alone: bool, made: bool, nominee: str | None) -> None:
    """One item's answer; of one that was asked `alone` also what was `made`, and how it is taken back."""
    answer = answered(session, result, alone=alone)
    match answer.outcome:
        case "asked":
            _print_refusal(answer)
            click.echo(f"  {session.words('message.asked_cure')}", err=True)
        case "refused":
            _print_refusal(answer)
        case "error":
            click.echo(answer.head, err=True)
        case "done":
            say(answer.head)
            if answer.into:
                say(answer.into, indent=2)
            if alone and made:
                print_made(session, key_of(session.acting, result), result, nominee=nominee)
            print_undone(answer.undone)
    for doubt in answer.confirmed:
        say(f"! {doubt}", indent=2, err=True)
    _print_warned(answer.warnings, about=None if alone else answer.ref)


def print_undone(said: str) -> None:
    """How what was done, or would be, is taken back, where there is something to say of it."""
    if said:
        say(said, indent=5)


def _code(result: Result) -> int:
    if result.refused is not None:
        return REFUSED
    return DONE if result.error is None else result.error.exit_code
