"""What `tdkt dossier import` does: reads a list, shows all that it found, asks, and takes it in.

Loaded when it is asked for; it acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from commands.failures import Exit, sentence
from commands.files import NotTheWorkbook, table_file, write_bytes
from commands.printing import print_facts, print_remarks, print_table, say
from commands.reasons import print_done, print_reasons
from commands.session import REFUSED, NotConfirmed, Session, print_json
from commands.today import print_next
from exchange.lists.inputs import typed
from exchange.lists.record import list_record
from exchange.sheets.faults import Unreadable
from runtime.acts.import_list import import_list, proposed, read_sent
from runtime.office.opened import NoActor
from runtime.office.taken import Taken, any_changed, any_refused
from runtime.views.answers import refused_json
from runtime.views.expected import owing_to
from runtime.views.list_shown import (
    ProposedShown,
    annotated_list,
    findings_told,
    lines_shown,
    list_facts,
    proposed_shown,
)
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.facts import Key
from workflow.services.intake import Changes
from workflow.services.listing import LineMistakes

if TYPE_CHECKING:
    from exchange.lists.values import ReadList
    from workflow.services.intake import ListedDossier

MOST_SHOWN = 60
"""Lines that are shown before it is asked; of a longer list the rest is counted."""


class NoTaskGiven(UsageMistake):
    """Say with --task to which task the dossiers of {tep} belong; open are: {danh_sach}."""

    code = "no_task_given"


class NoBodyRead(UsageMistake):
    """The head of {tep} names no body of the office; say with --from whose list it is."""

    code = "no_body_read"


class AnnotatedName(UsageMistake):
    """{tep} cannot be the annotated file; give it a name of its own in .xlsx, with macros in .xlsm."""

    code = "annotated_name"


@dataclass(frozen=True, slots=True)
class ListOptions:
    """How a list is to be taken: what its head does not say, the rows that stay out, and whether drafts that
    stand are left alone."""

    task: str | None = None
    body: str | None = None
    type: str | None = None
    ground: str | None = None
    period: str | None = None
    without: frozenset[int] = frozenset()
    anew: bool = False
    annotate: str | None = None
    dry_run: bool = False


def import_file(session: Session, file: str, options: ListOptions) -> None:
    """Ends with 1 where nothing could be taken in."""
    acting = session.acting
    if not options.dry_run:
        acting.require_actor()
    content = table_file(file)
    read = _read(session, file, content)
    if options.annotate is not None:
        _annotate(session, content, read, _annotated_file(file, content, options.annotate))
    if read.refused:
        _tell(session, file, read, [], written=False)
        raise Exit(REFUSED)
    try:
        acting.require_actor()
        asked = _asked(session, file, read, options)
    except (NoActor, NoBodyRead, NoTaskGiven) as missing:
        if not options.dry_run:
            raise
        # What was read and found is seen all the same, before it is known whose list it is.
        _show_read(session, file, read, missing)
        return
    # With --yes nobody is asked between what is foreseen and what is done: once is enough.
    at_once = session.options.yes and not options.dry_run
    try:
        tried = import_list(acting, asked, anew=options.anew, confirmed=True, dry_run=not at_once)
    except LineMistakes as error:
        row = next(
            (f"{line.sheet}!{line.row}" for line in read.lines if typed(line) == error.line), read.file
        )
        raise NotTheWorkbook(tep=row, ly_do=sentence(error.error)) from error
    if not session.json:
        _show(session, read, tried)
    if not (at_once or options.dry_run) and (any_refused(tried) or any_changed(tried)):
        # What is refused is tried in earnest all the same, without a question, so that it is logged.
        if any_changed(tried) and not session.confirmed(session.words("intake.question", n=len(asked))):
            raise NotConfirmed()
        tried = import_list(acting, asked, anew=options.anew, confirmed=True)
    written = any_changed(tried) and not options.dry_run
    _tell(session, file, read, tried, written=written, dry_run=options.dry_run)
    if any_refused(tried):
        raise Exit(REFUSED)


def _asked(session: Session, file: str, read: ReadList, options: ListOptions) -> Sequence[ListedDossier]:
    """The dossiers that the list proposes. Raises NoBodyRead or NoTaskGiven for what nobody says."""
    acting = session.acting
    body = acting.known_body(options.body) if options.body else read.body
    if body is None:
        raise NoBodyRead(tep=file)
    return proposed(
        read,
        acting.setting.rules,
        task=_task(session, file, body, options.task),
        body=body,
        period=options.period or read.period or str(acting.year),
        type=options.type or read.type,
        ground=options.ground,
        without=options.without,
    )


def _show_read(session: Session, file: str, read: ReadList, missing: TdktError) -> None:
    if session.json:
        _tell(session, file, read, [], written=False)
    else:
        _show(session, read, [])
        say(sentence(missing), err=True)


def _read(session: Session, file: str, content: bytes) -> ReadList:
    try:
        return read_sent(session.acting, content, file=Path(file).name)
    except Unreadable as error:
        raise NotTheWorkbook(tep=file, ly_do=error.said(session.words.language)) from error


def _task(session: Session, file: str, body: str, typed: str | None) -> Key:
    """The task that is named, else the only one to which the body still owes a dossier."""
    acting = session.acting
    if typed is not None:
        return acting.key(typed)
    owing = owing_to(session.looking, body)
    if len(owing) == 1:
        return owing[0]
    named = owing or [item.key for item in acting.tasks(acting.year) if item.closed_on is None]
    raise NoTaskGiven(tep=file, danh_sach=", ".join(acting.ref(key) for key in named))


def _annotated_file(file: str, content: bytes, out: str) -> Path:
    """Excel opens macros under .xlsm alone, and nothing else there. Raises AnnotatedName."""
    from exchange.lists.sender_file import has_macros

    path = Path(out)
    endings = (".xlsx", ".xlsm") if has_macros(content) else (".xlsx",)
    if path.suffix.lower() not in endings or path.resolve() == Path(file).resolve():
        raise AnnotatedName(tep=out)
    return path


def _annotate(session: Session, content: bytes, read: ReadList, out: Path) -> None:
    words = session.words
    made = annotated_list(words, read, content, macros=out.suffix.lower() == ".xlsm")
    write_bytes(out, made.content, overwrite=bool(session.options.yes))
    say(words("intake.annotated", tep=out, n=len(read.findings)), err=session.json)
    if made.lost:
        lost = "; ".join(words(f"annotation.lost.{kind}") for kind in made.lost)
        say(f"! {words('intake.lost', danh_sach=lost)}", err=True)


# -- on a terminal ---------------------------------------------------------------------------------------


def _show(session: Session, read: ReadList, tried: Sequence[Taken]) -> None:
    words, looking = session.words, session.looking
    print_facts(list_facts(looking, read))
    click.echo()
    click.echo(words("intake.lines", n=len(read.lines)))
    print_table(*lines_shown(looking, read.lines[:MOST_SHOWN]))
    if len(read.lines) > MOST_SHOWN:
        click.echo(words("intake.more", n=len(read.lines) - MOST_SHOWN))
    if read.findings:
        click.echo()
        print_remarks(findings_told(words, read), words)
    click.echo()
    for each in tried:
        _show_proposed(session, proposed_shown(looking, each))


def _show_proposed(session: Session, shown: ProposedShown) -> None:
    say(shown.said, err=bool(shown.reasons))
    if shown.reasons:
        print_reasons(shown.reasons, session.words, office=session.acting)
    for line in shown.below:
        say(line, indent=2)
    for doubt in shown.doubts:
        say(f"? {doubt}", indent=2)
    for warning in shown.warnings:
        say(f"! {warning}", indent=2)


def _tell(
    session: Session,
    file: str,
    read: ReadList,
    taken: Sequence[Taken],
    *,
    written: bool,
    dry_run: bool = False,
) -> None:
    """What came of it; with --json the whole list with it."""
    words, refs = session.words, [each.listed.item.key for each in taken if each.listed]
    if session.json:
        print_json(
            {
                **list_record(read, "en" if words.language == "en" else "vi"),
                "written": written,
                "taken": _taken(session, taken),
            }
        )
    elif not taken:
        print_remarks(findings_told(words, read), words)
    elif dry_run:
        say(words("message.dry_run"), err=True)
    elif any_refused(taken):
        say(words("lines.none_done"), err=True)
    elif not written:
        say(words("intake.unchanged"))
    else:
        for each in taken:
            assert each.listed is not None
            say(words("intake.done", ref=session.acting.ref(each.listed.item.key), n=len(each.asked.lines)))
        print_done(session, refs)
        _offer_paper(session, read, refs)
    if written and not session.json and any(sheet.use == "history" for sheet in read.sheets):
        line = f"tdkt history import {quote(file)} --as {session.acting.actor.account}"
        print_next([line], of=words("intake.history"))


def _offer_paper(session: Session, read: ReadList, keys: Sequence[Key]) -> None:
    """The line by which the office hands in what came on paper, with the paper's number and date."""
    acting, (number, day) = session.acting, read.paper
    speakers = acting.directory.holding("representative", body=read.body) if read.body else ()
    if number is None or day is None or acting.actor.capacity in speakers:
        return
    refs = " ".join(map(acting.ref, keys))
    paper = f"--set paper_number={number} --set paper_date={day:%d/%m/%Y}"
    print_next(
        [f"tdkt advance {refs} submit {paper} --as {acting.actor.account}"],
        of=session.words("intake.on_paper"),
    )


def _taken(session: Session, taken: Sequence[Taken]) -> list[dict[str, Any]]:
    return [_outcome(session, each) for each in taken]


def _outcome(session: Session, each: Taken) -> dict[str, Any]:
    asked, listed, refused = each.asked, each.listed, each.refused and each.refused.refused
    changes = listed.changes if listed else Changes()
    return {
        "ref": listed.item.key.ref if listed else None,
        "new": listed is not None and listed.before is None,
        "title": asked.title,
        "type": asked.type,
        "lines": len(asked.lines),
        "added": len(changes.added),
        "edited": len(changes.edited),
        "removed": len(changes.removed),
        "refused": refused_json(refused, session.words) if refused else None,
    }
