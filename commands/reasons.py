"""Refusals and results in words and as data: the same for `advance`, `why`, `dossier` and `task`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from commands.failures import Exit, sentence
from commands.session import DONE, REFUSED, Session, print_json
from runtime.acting import Acting
from runtime.results import Result
from runtime.words import Words
from workflow.decision import Reason, Refused
from workflow.errors import TdktError
from workflow.wording import date_vi


def reason_json(reason: Reason, words: Words) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "message": _sentence(reason, words, "text"),
        "cite": reason.cite,
        "who_can": list(reason.who_can),
    }


def _sentence(reason: Reason, words: Words, part: str) -> str:
    operands = {
        name: words.inside(value) if name == "su_kien" else words.of(value)
        for name, value in reason.operands.items()
    }
    said = words(f"rule.{reason.rule}.{part}", **operands)
    return said[:1].upper() + said[1:]


def refused_json(refused: Refused, words: Words) -> dict[str, Any]:
    return {"error": "refused", "reasons": [reason_json(reason, words) for reason in refused.reasons]}


def print_reasons(reasons: Sequence[Reason], words: Words, *, acting: Acting, err: bool = True) -> None:
    """Each reason on its own line, with its source, its way out and who could take it."""
    for reason in reasons:
        text, cure = _sentence(reason, words, "text"), _sentence(reason, words, "cure")
        click.echo(f"  - {text}. {cure}.", err=err)
        if reason.cite:
            click.echo(f"    {words('message.cited', can_cu=reason.cite)}", err=err)
        if reason.who_can:
            named = ", ".join(_named(id, acting, words) for id in reason.who_can)
            click.echo(f"    {words('message.who_can', danh_sach=named)}", err=err)


def _named(id: str, acting: Acting, words: Words) -> str:
    account = acting.directory.account(id)
    return f"{words.of(account.label)} ({id})" if account else id


def event_label(acting: Acting, result: Result) -> str:
    """The verb of a result's event, as a command names it; a dossier that is refused bears its task's ref."""
    for subject in ("task", "dossier") if result.ref.startswith("T") else ("dossier", "task"):
        event = acting.newest_machine(subject).events.get(result.event)
        if event is not None:
            return acting.words.of(event.label)
    return result.event


def state_label(acting: Acting, ref: str, state: str | None, kind: str) -> str:
    if state is None:
        return "—"
    machine = acting.newest_machine("task" if ref.startswith("T") else "dossier")
    return acting.words.of(machine.label(state, kind)) if state in machine.states else state


def result_json(result: Result, words: Words) -> dict[str, Any]:
    if result.refused is not None:
        return {
            "ref": result.ref,
            "event": result.event,
            "done": False,
            **refused_json(result.refused, words),
        }
    if result.error is not None:
        return {"ref": result.ref, "event": result.event, "done": False, **error_json(result.error)}
    return {
        "ref": result.ref,
        "event": result.event,
        "done": True,
        "from": result.from_state,
        "to": result.to_state,
        "version": result.version,
        "due": result.due,
        "warnings": [sentence_of_warning(each, words) for each in result.warnings],
    }


def error_json(error: TdktError) -> dict[str, Any]:
    said = sentence(error)
    return {
        "error": error.code,
        "reasons": [{"rule": error.code, "message": said, "cite": None, "who_can": []}],
    }


def sentence_of_warning(reason: Reason, words: Words) -> str:
    return words(
        f"warning.{reason.rule}", **{name: words.of(value) for name, value in reason.operands.items()}
    )


def print_warnings(warnings: Sequence[Reason], words: Words, *, err: bool = True) -> None:
    for warning in warnings:
        click.echo(f"  ! {sentence_of_warning(warning, words)}", err=err)


def report(session: Session, results: Sequence[Result], *, dry_run: bool = False) -> None:
    """Prints what became of a command and ends with its code: the worst one of all its items."""
    acting, words = session.acting, session.words
    if session.json:
        _report_json(results, words)
    else:
        for result in results:
            _report_line(result, acting, words)
        if dry_run:
            click.echo(words("message.dry_run"), err=True)
    code = max((_code(result) for result in results), default=DONE)
    if code != DONE:
        raise Exit(code)


def _report_json(results: Sequence[Result], words: Words) -> None:
    """One object for one item, an array for many; a refusal of a single item goes to stderr."""
    shown = [result_json(result, words) for result in results]
    if len(results) == 1 and not results[0].done:
        refusal = {name: shown[0][name] for name in ("error", "reasons")}
        click.echo(json.dumps(refusal, ensure_ascii=False, indent=2), err=True)
        return
    print_json(shown[0] if len(shown) == 1 else shown)


def _day(iso: str, words: Words) -> str:
    return date_vi(date.fromisoformat(iso)) if words.language == "vi" else iso


def _report_line(result: Result, acting: Acting, words: Words) -> None:
    label = event_label(acting, result)
    if result.refused is not None:
        click.echo(words("message.refused_head", su_kien=words.inside(label), ref=result.ref), err=True)
        print_reasons(result.refused.reasons, words, acting=acting)
    elif result.error is not None:
        click.echo(f"{result.ref}: {sentence(result.error)}", err=True)
    else:
        before = state_label(acting, result.ref, result.from_state, result.kind)
        after = state_label(acting, result.ref, result.to_state, result.kind)
        moved = after if before == after else f"{before} → {after}"
        due = f", {words('column.due')}: {_day(result.due, words)}" if result.due else ""
        click.echo(f"{result.ref}  {label}: {moved}{due}")
    print_warnings(result.warnings, words)


def _code(result: Result) -> int:
    if result.refused is not None:
        return REFUSED
    return DONE if result.error is None else result.error.exit_code
