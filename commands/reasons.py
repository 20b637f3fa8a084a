"""Refusals and results in words and as data: the same for `advance`, `why`, `dossier` and `task`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, NoReturn

import click

from commands.failures import Exit, error_json, sentence
from commands.made import print_made
from commands.printing import say
from commands.session import DONE, REFUSED, Session, print_json
from runtime.acts.acting import Acting
from runtime.office.results import Result
from runtime.office.words import Words
from runtime.views.undoing import undone_text
from workflow.model.decision import Reason, Refused
from workflow.model.facts import Key
from workflow.model.subjects import DOSSIER, SUBJECTS, TASK, Subject
from workflow.model.substitution import stand_in_of
from workflow.model.wording import in_runs, mid_sentence, position
from workflow.services.create import NEW


def reason_json(reason: Reason, words: Words) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "message": _sentence(reason, words, "text"),
        "cite": reason.cite,
        "who_can": list(reason.who_can),
    }


def _sentence(reason: Reason, words: Words, part: str) -> str:
    """What the reason says, or its cure; about another item than the asked one with its reference."""
    operands = {
        name: words.inside(value) if name == "su_kien" else words.of(value)
        for name, value in reason.operands.items()
    }
    of = operands.pop("cua", None)
    said = words(f"rule.{reason.rule}.{part}", **operands)
    said = said[:1].upper() + said[1:]
    return f"{of}: {said}" if of and part == "text" else said


def refused_json(refused: Refused, words: Words) -> dict[str, Any]:
    """A refusal as every mistake is told: a code, one sentence of all of it, its reasons."""
    reasons = [reason_json(reason, words) for reason in refused.reasons]
    message = " ".join(f"{reason['message']}." for reason in reasons)
    code = "not_confirmed" if refused.asked else "refused"
    return {"error": code, "message": message, "reasons": reasons}


def print_reasons(
    reasons: Sequence[Reason], words: Words, *, acting: Acting, err: bool = True, stand_ins: bool = True
) -> None:
    """Each reason on its own line, with its source, its way out and who could take it."""
    for reason in reasons:
        text, cure = _sentence(reason, words, "text"), _sentence(reason, words, "cure")
        say(f"- {text}. {cure}.", indent=2, err=err)
        if reason.cite:
            say(words("message.cited", can_cu=reason.cite), indent=4, err=err)
        if reason.who_can:
            named = ", ".join(_named(id, acting, words, stand_ins=stand_ins) for id in reason.who_can)
            say(words("message.who_can", danh_sach=named), indent=4, err=err)


def _named(id: str, acting: Acting, words: Words, *, stand_ins: bool) -> str:
    """The account by its label and id; an absent one with who acts for it today."""
    account = acting.directory.account(id)
    if account is None:
        return id
    there = stand_in_of(id, acting.setting.substitutions, acting.today) if stand_ins else id
    today = "" if there == id else f"; {words('message.stands_in_today', tai_khoan=there)}"
    return f"{words.of(account.label)} ({id}{today})"


def refuse(session: Session, refused: Refused, *, what: str, stand_ins: bool = True) -> NoReturn:
    """Tells a refusal of what `what` names in words, and ends with its code.

    `stand_ins`: whether it could be done in another's name too.
    """
    words = session.words
    if session.json:
        print_json(refused_json(refused, words), err=True)
    else:
        label = words.inside(words(f"event.{refused.event}.label"))
        say(words("message.refused_head", su_kien=label, ref=what), err=True)
        print_reasons(refused.reasons, words, acting=session.acting, stand_ins=stand_ins)
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


def acting_for_text(session: Session, absent: str | None) -> str:
    """In brackets in whose name the acting account acts; nothing where in its own."""
    if absent is None:
        return ""
    own, other = position_text(session, session.acting.actor.account), position_text(session, absent)
    return f"  [{session.words('marker.acts_for', chuc_vu_thay=own, chuc_vu_vang=other)}]"


def position_text(session: Session, id: str) -> str:
    """An account's position as it stands within a sentence; the id of one that nobody knows."""
    account = session.acting.directory.account(id)
    return position(session.words.of(account.label)) if account else id


def event_label(acting: Acting, result: Result) -> str:
    """The verb of a result's event, as a command names it; a dossier that is refused bears its task's ref."""
    own = SUBJECTS.of(result.ref) or TASK
    # What is refused before it is an item has no kind either.
    born = result.event == NEW and not result.kind and own is TASK
    for subject in (DOSSIER if born else own, *SUBJECTS):
        machine = acting.known_machine(subject.id)
        if machine is not None and (event := machine.events.get(result.event)) is not None:
            return acting.words.of(event.label)
    return result.event


def subject_of(ref: str) -> Subject:
    """The subject of the item; what is refused before it is one counts as a task."""
    return SUBJECTS.of(ref) or TASK


def state_label(acting: Acting, result: Result, state: str | None) -> str:
    if state is None:
        return "—"
    machine = acting.newest_machine(subject_of(result.ref).id)
    if state not in machine.states:
        return state
    label = machine.label(state, result.kind, forwarded=result.forwarded, stage=result.stage)
    return acting.words.of(label)


def result_json(result: Result, words: Words) -> dict[str, Any]:
    if result.refused is not None:
        return {
            "ref": result.ref,
            "year": result.year,
            "event": result.event,
            "done": False,
            **refused_json(result.refused, words),
            "acting_for": result.acting_for,
        }
    if result.error is not None:
        asked = {"ref": result.ref, "year": result.year, "event": result.event}
        return {**asked, "done": False, **error_json(result.error)}
    return {
        "ref": result.ref,
        "year": result.year,
        "event": result.event,
        "done": True,
        "from": result.from_state,
        "to": result.to_state,
        "version": result.version,
        "due": result.due,
        "warnings": [sentence_of_warning(warning, words) for warning in result.warnings],
        "confirmed": [doubt.rule for doubt in result.confirmed],
        "acting_for": result.acting_for,
        "undone_by": result.undone_by,
        "target": result.target,
        "lines": list(result.lines),
        "into": result.into,
    }


def sentence_of_warning(reason: Reason, words: Words) -> str:
    return words(
        f"warning.{reason.rule}", **{name: words.of(value) for name, value in reason.operands.items()}
    )


def sentence_of_doubt(doubt: Reason, words: Words) -> str:
    return _sentence(doubt, words, "text")


def print_warnings(
    warnings: Sequence[Reason], words: Words, *, err: bool = True, about: str | None = None
) -> None:
    """Each warning on a line of its own, of one among many items with the item that it is `about`."""
    of = f"{about}: " if about else ""
    for warning in warnings:
        say(f"! {of}{sentence_of_warning(warning, words)}", indent=2, err=err)


def print_asked(result: Result, session: Session) -> None:
    """What must be confirmed before it is done, each doubt on its own line."""
    assert result.refused is not None
    words = session.words
    label = words.inside(event_label(session.acting, result))
    say(words("message.asked_head", su_kien=label, ref=_shown(session, result)), err=True)
    print_reasons(result.refused.reasons, words, acting=session.acting)


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
        _report_sum(session, results)
        if dry_run:
            say(words("message.dry_run"), err=True)
        elif done := [_key(session, result) for result in results if result.done]:
            if below is not None:
                below()
            print_done(session, [*dict.fromkeys(done)])
    code = max((_code(result) for result in results), default=DONE)
    if code != DONE:
        raise Exit(code)


def print_done(session: Session, keys: Sequence[Key]) -> None:
    """Who did it to the items, and who is to do what next."""
    actor = position_text(session, session.acting.actor.account)
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


def _report_sum(session: Session, results: Sequence[Result]) -> None:
    """Of an act on the lines of several dossiers how many they are, and which dossiers are left."""
    done = [result for result in results if result.lines]
    if len(results) == 1 or not done:
        return
    words, left = session.words, [_shown(session, result) for result in results if not result.done]
    lines = sum(len(result.lines) for result in done)
    said = [words("message.sum_lines", n=lines, k=len(done), m=len(results))]
    said += [words("message.sum_left", danh_sach=", ".join(left))] if left else []
    say(" ".join(said))


def _shown(session: Session, result: Result) -> str:
    return session.acting.ref(_key(session, result))


def _key(session: Session, result: Result) -> Key:
    acting = session.acting
    return Key(acting.office, acting.year if result.year is None else result.year, result.ref)


def _report_line(session: Session, result: Result, *, alone: bool, made: bool, nominee: str | None) -> None:
    """One item's answer; of one that was asked `alone` also what was `made`, and how it is taken back."""
    acting, words = session.acting, session.words
    shown = _shown(session, result)
    label, acts_for = event_label(acting, result), acting_for_text(session, result.acting_for)
    if result.asked:
        print_asked(result, session)
        click.echo(f"  {words('message.asked_cure')}", err=True)
    elif result.refused is not None:
        head = words("message.refused_head", su_kien=words.inside(label), ref=shown)
        say(f"{head}{acts_for}", err=True)
        print_reasons(result.refused.reasons, words, acting=acting)
    elif result.error is not None:
        click.echo(f"{shown}: {sentence(result.error)}", err=True)
    else:
        before = state_label(acting, result, result.from_state)
        after = state_label(acting, result, result.to_state)
        moved = after if result.from_state is None or before == after else f"{before} → {after}"
        dates = (("column.due", result.due), ("column.target", result.target))
        due = "".join(f", {words(key)}: {words.day(date.fromisoformat(day))}" for key, day in dates if day)
        done = f"; {_lines_done(result.lines, words)}" if result.lines else ""
        say(f"{shown}  {label}: {moved}{done}{due}{acts_for}")
        if result.into is not None:
            into = _shown(session, replace(result, ref=result.into))
            say(words("message.split_into", ref=into), indent=2)
        if alone and made:
            print_made(session, _key(session, result), result, nominee=nominee)
        print_undone(
            result.undone_by if alone else None,
            words,
            partial(_label_of, acting, result),
            subject=subject_of(result.ref).id,
        )
    for doubt in result.confirmed:
        told = words("message.doubt_confirmed", ly_do=sentence_of_doubt(doubt, words))
        say(f"! {told}", indent=2, err=True)
    print_warnings(result.warnings, words, about=None if alone else shown)


def _lines_done(lines: Sequence[int], words: Words) -> str:
    return words("message.lines_done", n=len(lines), so=in_runs(lines))


def _label_of(acting: Acting, result: Result, event: str) -> str:
    """How a command names another event of the result's item."""
    return event_label(acting, replace(result, event=event))


def print_undone(
    undone_by: tuple[str, ...] | None, words: Words, label: Callable[[str], str], *, subject: str
) -> None:
    """How what was done, or would be, is taken back."""
    if said := undone_text(words, undone_by, label, subject=subject):
        say(said, indent=5)


def _code(result: Result) -> int:
    if result.refused is not None:
        return REFUSED
    return DONE if result.error is None else result.error.exit_code
