"""What `tdkt dossier import` does: reads a list, shows all that it found, asks, and takes it in.

Loaded when it is asked for; it acts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
from exchange.lists.reading import read_list
from exchange.lists.record import list_record
from exchange.sheets.faults import Unreadable
from runtime.acts.import_list import Taken, import_list, proposed
from runtime.office.opened import NoActor
from runtime.views.answers import refused_json, sentence_of_doubt, sentence_of_warning
from runtime.views.expected import lists_of
from runtime.views.typed_words import typed_words
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.facts import Key
from workflow.model.wording import birth_text, in_runs
from workflow.services.intake import Changes
from workflow.services.listing import LineMistakes

if TYPE_CHECKING:
    from exchange.lists.values import Line, ReadList
    from workflow.model.definition import RulePack
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
    if not (at_once or options.dry_run) and (_refused(tried) or _changes(tried)):
        # What is refused is tried in earnest all the same, without a question, so that it is logged.
        if _changes(tried) and not session.confirmed(session.words("intake.question", n=len(asked))):
            raise NotConfirmed()
        tried = import_list(acting, asked, anew=options.anew, confirmed=True)
    written = _changes(tried) and not options.dry_run
    _tell(session, file, read, tried, written=written, dry_run=options.dry_run)
    if _refused(tried):
        raise Exit(REFUSED)


def _refused(tried: Sequence[Taken]) -> bool:
    return any(each.refused for each in tried)


def _changes(tried: Sequence[Taken]) -> bool:
    """Whether all are taken in and one of them is otherwise by it."""
    return not _refused(tried) and any(each.listed and each.listed.changes.any for each in tried)


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
    """The list by the titles and conditions that were in force on its paper's day."""
    acting = session.acting
    setting = acting.setting

    def rules_on(day: date) -> RulePack:
        then = setting.packs.get(setting.pack_on(day) or "") if day <= acting.today else None
        return then or setting.rules

    try:
        return read_list(
            content,
            office=acting.directory,
            rules=setting.rules,
            today=acting.today,
            file=Path(file).name,
            rules_on=rules_on,
        )
    except Unreadable as error:
        raise NotTheWorkbook(tep=file, ly_do=error.said(acting.words.language)) from error


def _task(session: Session, file: str, body: str, typed: str | None) -> Key:
    """The task that is named, else the only one to which the body still owes a dossier."""
    acting = session.acting
    if typed is not None:
        return acting.key(typed)
    owing = [
        one.key
        for one in lists_of(session.looking)
        if any(each.expectation.body == body and each.expectation.status == "silent" for each in one.owed)
    ]
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
    from exchange.lists.annotating import annotated
    from exchange.lists.books import read_book
    from exchange.lists.remarks import Remark

    words = session.words
    remarks = [
        Remark(each.severity, each.code, each.say.vi, each.sheet or None, each.cell or None)
        for each in read.findings
    ]
    macros = out.suffix.lower() == ".xlsm"
    made = annotated(content, read_book(content), remarks, words.speaking("vi"), macros=macros)
    write_bytes(out, made.content, overwrite=bool(session.options.yes))
    say(words("intake.annotated", tep=out, n=len(remarks)), err=session.json)
    if made.lost:
        lost = "; ".join(words(f"annotation.lost.{kind}") for kind in made.lost)
        say(f"! {words('intake.lost', danh_sach=lost)}", err=True)


# -- on a terminal ---------------------------------------------------------------------------------------


def _show(session: Session, read: ReadList, tried: Sequence[Taken]) -> None:
    words = session.words
    print_facts(_head(session, read))
    click.echo()
    click.echo(words("intake.lines", n=len(read.lines)))
    columns = ("row", "nominee_kind", "name", "born", "title", "rating", "initiative")
    rows = [_cells(session, line) for line in read.lines[:MOST_SHOWN]]
    used = [at for at in range(len(columns)) if any(row[at] for row in rows)]
    print_table([words(f"intake.{columns[at]}") for at in used], [[row[at] for at in used] for row in rows])
    if len(read.lines) > MOST_SHOWN:
        click.echo(words("intake.more", n=len(read.lines) - MOST_SHOWN))
    if read.findings:
        click.echo()
        _print_findings(session, read)
    click.echo()
    for each in tried:
        _show_proposed(session, each)


def _print_findings(session: Session, read: ReadList) -> None:
    """Each with its sheet and cell; what is found in no cell is told of the file."""
    words = session.words
    places = [f"{each.sheet}!{each.cell}" if each.cell else each.sheet or read.file for each in read.findings]
    told = zip(places, read.findings, strict=True)
    print_remarks([(place, words.of(each.say), each.severity) for place, each in told], words)


def _head(session: Session, read: ReadList) -> list[tuple[str, str]]:
    words, looking = session.words, session.looking
    number, day = read.paper.number, read.paper.date
    totals = read.totals
    return [
        (words("intake.file"), read.file),
        (words("intake.body"), looking.body(read.body) if read.body else read.body_text or ""),
        (words("intake.paper"), " ".join(filter(None, (number, looking.day(day) if day else "")))),
        (words("intake.period"), read.period or ""),
        (words("intake.sheets"), "; ".join(_sheet(session, each.name, each.why) for each in read.sheets)),
        (
            words("intake.totals"),
            words("intake.counted", n=totals.rows_read, m=totals.distinct)
            + (words("intake.declared", n=totals.declared) if totals.declared is not None else ""),
        ),
    ]


def _sheet(session: Session, name: str, why: Any) -> str:
    return f"{name} ({session.words.inside(session.words.of(why))})" if why else name


def _cells(session: Session, line: Line) -> list[str]:
    words, found = session.words, line.initiative
    left_out = line.title is None or line.duplicate_of is not None
    return [
        f"{line.row}{'*' if left_out else ''}",
        words(f"nominee_kind.{line.kind}"),
        line.name,
        birth_text(line.born) if line.born else "",
        session.looking.title(line.title) if line.title else line.title_text or "?",
        words(f"choice.{line.rating}") if line.rating else "",
        found.name or found.number or "" if found else "",
    ]


def _show_proposed(session: Session, each: Taken) -> None:
    """The dossier with its titles, and what changes of one that stands."""
    words, looking = session.words, session.looking
    titles = Counter(line["title"] for line in each.asked.lines)
    named = ", ".join(f"{looking.title(title)} {n}" for title, n in titles.items())
    if each.refused is not None and each.refused.refused is not None:
        say(words("intake.refused", danh_sach=named), err=True)
        print_reasons(each.refused.refused.reasons, words, office=session.acting)
        return
    assert each.listed is not None
    changes, before = each.listed.changes, each.listed.before
    if before is None:
        say(words("intake.new", danh_sach=named))
    elif not changes.any:
        say(words("intake.same", ref=looking.ref(before.key), danh_sach=named))
    else:
        n, m, k = (len(some) for some in (changes.added, changes.edited, changes.removed))
        say(words("intake.changed", ref=looking.ref(before.key), n=n, m=m, k=k))
        for no, said in changes.edited:
            told = "; ".join(typed_words(looking, before, "edit", said))
            say(f"{looking.ref(before.key)}/{no}: {told}", indent=2)
        if changes.removed:
            say(words("intake.removed", so=in_runs(changes.removed)), indent=2)
    for doubt in each.listed.confirmed:
        say(f"? {sentence_of_doubt(doubt, words)}", indent=2)
    for warning in each.listed.warnings:
        say(f"! {sentence_of_warning(warning, words)}", indent=2)


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
        _print_findings(session, read)
    elif dry_run:
        say(words("message.dry_run"), err=True)
    elif _refused(taken):
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
