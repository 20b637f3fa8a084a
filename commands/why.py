"""`tdkt why REF [EVENT]`: what can be done to an item, and every reason against it; writes nothing."""

from __future__ import annotations

from typing import Any

import click

from commands.failures import asked
from commands.reasons import (
    acting_for_text,
    event_label,
    print_reasons,
    print_undone,
    print_warnings,
    reason_json,
    sentence_of_warning,
)
from commands.session import Command, Session, completes, print_json
from runtime.office.results import Result
from workflow.engine.explaining import Explanation
from workflow.rules.inputs import NOTHING


@click.command(
    cls=Command,
    name="why",
    words=(
        "What can be done to an item or one of its lines, and every reason against it. Tries nothing.",
        "Việc làm được với nhiệm vụ, hồ sơ hoặc trường hợp và mọi lý do chưa làm được. Chỉ xem.",
    ),
    example="why D0001 submit --as thon-1",
)
@click.argument("ref", metavar="REF[/NO]", shell_complete=completes("items"))
@click.argument("event", required=False, shell_complete=completes("events"))
def command(session: Session, ref: str, event: str | None) -> None:
    acting = session.acting
    answers = acting.why(ref, event, actor=acting.actor_or_none)
    if session.json:
        shown = [_json(answer, session) for answer in answers]
        print_json(shown[0] if event else shown)
        return
    for answer in answers:
        _print(answer, session, alone=event is not None)


def _json(answer: Explanation, session: Session) -> dict[str, Any]:
    return {
        "ref": answer.key.ref,
        "year": answer.key.year,
        "event": answer.event,
        "allowed": answer.allowed,
        "reasons": [reason_json(reason, session.words) for reason in answer.reasons],
        "expects": None if answer.expects == NOTHING else answer.expects,
        "warnings": [sentence_of_warning(warning, session.words) for warning in answer.warnings],
        "acting_for": answer.acting_for,
        "undone_by": answer.undone_by,
    }


def _event_named(session: Session, answer: Explanation, event: str) -> str:
    return event_label(session.acting, Result(answer.key.ref, event))


def _print(answer: Explanation, session: Session, *, alone: bool) -> None:
    """One event's answer; of one that was asked alone also how it would be taken back."""
    words = session.words
    head = f"{answer.event} ({words.of(answer.label)}){acting_for_text(session, answer.acting_for)}"
    if answer.allowed:
        click.echo(f"✓ {head}" + (f"  {asked(answer.inputs, words)}" if answer.inputs else ""))
        print_warnings(answer.warnings, words, err=False)
        if alone:
            print_undone(answer.undone_by, words, lambda event: _event_named(session, answer, event))
        return
    click.echo(f"✗ {head}")
    print_reasons(answer.reasons, words, acting=session.acting, err=False)
