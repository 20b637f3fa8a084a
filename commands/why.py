"""`tdkt why REF [EVENT]`: what can be done to an item, and every reason against it; writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from commands.conditions import conditions_of, print_conditions
from commands.printing import pasted, say
from commands.reasons import print_reasons, print_undone, print_warnings
from commands.session import Command, Session, completes, print_json
from runtime.office.results import Result
from runtime.office.sentences import asked
from runtime.office.words import Words
from runtime.views.answers import (
    acting_for_text,
    reason_json,
    sentence_of_doubt,
    sentence_of_warning,
    undone_told,
)
from runtime.views.resting import resting_told
from runtime.views.steps import command_line, next_step
from workflow.engine.explaining import Explanation
from workflow.model.references import reference
from workflow.rules.inputs import NOTHING


@click.command(
    cls=Command,
    name="why",
    words=(
        "What can be done to an item or one of its lines, and every reason against it. Tries nothing.",
        "Việc làm được với nhiệm vụ, hồ sơ hoặc trường hợp và mọi lý do chưa làm được. Chỉ xem.",
    ),
    example="why D0001 submit --as thon-1",
    paged=True,
)
@click.argument("ref", metavar="REF[/NO]", shell_complete=completes("items"))
@click.argument("event", required=False, shell_complete=completes("events"))
def command(session: Session, ref: str, event: str | None) -> None:
    acting, line = session.acting, reference(ref).line
    answers = acting.why(ref, event, actor=acting.actor_or_none)
    if event is not None:
        print_json(_json(answers[0], session)) if session.json else _print(answers[0], session)
    elif line is not None:
        _of_line(answers, session, ref, line)
    elif session.json:
        print_json([_json(answer, session) for answer in answers])
    else:
        _print_all(answers, session, line=None)


def _of_line(answers: Sequence[Explanation], session: Session, ref: str, no: int) -> None:
    """The conditions of the line first, then what can be done with it."""
    item = session.looking.item(ref)
    conditions = conditions_of(session, item, no)
    if session.json:
        events = [_json(answer, session) for answer in answers]
        print_json({"conditions": conditions, "events": events})
        return
    if conditions.conditions:
        print_conditions(session, item, conditions)
        click.echo()
    _print_all(answers, session, line=no)


def _print_all(answers: Sequence[Explanation], session: Session, *, line: int | None) -> None:
    """What can be done with the line to type, the likeliest first; then what cannot, each with one reason."""
    looking, words = session.looking, session.words
    item = looking.reading.item(answers[0].key)
    found = resting_told(looking, item, line) if item else ""
    if found:
        say(f"! {words('column.resting')}: {found}.")
    actor = session.acting.actor_or_none
    step = next_step(looking, item, reader=actor.account if actor else None) if item else None
    can = [answer for answer in answers if answer.allowed]
    for answer in sorted(can, key=lambda answer: step is None or answer.event != step.event):
        click.echo(f"✓ {_head(answer, session)}")
        typed = command_line(
            looking,
            answer.key,
            answer.event,
            answer.inputs,
            lines=() if line is None else (line,),
            actor=actor.account if actor else next(iter(answer.who_can), None),
        )
        likely = step is not None and line is None and answer.event == step.event
        click.echo(pasted(step.line if step and likely else typed, indent=2))
        _print_remarks(answer, words)
    elsewhere = [words.inside(words.of(answer.label)) for answer in answers if _first(answer) == NOT_HERE]
    for answer in answers:
        if _first(answer) not in (None, NOT_HERE):
            say(f"✗ {_head(answer, session)}: {reason_json(answer.reasons[0], words)['message']}.")
    if elsewhere:
        say(f"✗ {words('message.why_not_here', danh_sach=', '.join(elsewhere))}")
    if len(can) < len(answers):
        say(words("message.why_in_full", ref=looking.ref(answers[0].key)))


NOT_HERE = "state"
"""The rule that an event is for another state than the item's: of these all that need be told is which."""


def _first(answer: Explanation) -> str | None:
    """The rule that stops the event first; None where nothing does."""
    return answer.reasons[0].rule if answer.reasons else None


def _json(answer: Explanation, session: Session) -> dict[str, Any]:
    return {
        "ref": answer.key.ref,
        "year": answer.key.year,
        "event": answer.event,
        "allowed": answer.allowed,
        "reasons": [reason_json(reason, session.words) for reason in answer.reasons],
        "expects": None if answer.expects == NOTHING else answer.expects,
        "warnings": [sentence_of_warning(warning, session.words) for warning in answer.warnings],
        "asks": [sentence_of_doubt(doubt, session.words) for doubt in answer.doubts],
        "acting_for": answer.acting_for,
        "undone_by": answer.undone_by,
    }


def _print_remarks(answer: Explanation, words: Words) -> None:
    """What would be told beside the event, and what whoever asks for it would have to confirm."""
    print_warnings(answer.warnings, words, err=False)
    for doubt in answer.doubts:
        say(f"? {sentence_of_doubt(doubt, words)}.", indent=2)


def _head(answer: Explanation, session: Session) -> str:
    acting = session.acting
    actor = acting.actor_or_none
    acts_for = acting_for_text(acting, actor.account if actor else None, answer.acting_for)
    return f"{answer.event} ({session.words.of(answer.label)}){acts_for}"


def _print(answer: Explanation, session: Session) -> None:
    """One event's answer in full: every reason, or what it asks for and how it would be taken back."""
    words, head = session.words, _head(answer, session)
    if answer.allowed:
        click.echo(f"✓ {head}" + (f"  {asked(answer.inputs, words)}" if answer.inputs else ""))
        _print_remarks(answer, words)
        asked_for = Result(answer.key.ref, answer.event, undone_by=answer.undone_by)
        print_undone(undone_told(session.acting, asked_for))
        return
    click.echo(f"✗ {head}")
    print_reasons(answer.reasons, words, office=session.acting, err=False)
