"""Many lines of a dossier in one act: nominees from a file.

Everything is shown before it is asked, and done whole or not at all; each line answers for itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from commands.files import NotTheWorkbook, table_file
from commands.made import line_made
from commands.printing import print_remarks, print_table, say
from commands.session import REFUSED, NotConfirmed, Session, print_json
from workflow.model.errors import TdktError
from workflow.model.wording import fold, in_runs

if TYPE_CHECKING:
    from exchange.sheets.table import Table
    from runtime.acts.series import Series
    from runtime.office.results import Result
    from runtime.office.words import Words
    from workflow.model.definition import Input
    from workflow.model.dossiers import Nominee

MOST_LINES = 1_000
"""Rows of a file that are taken in one act."""
Said = tuple[str | None, str, str]
"""A place, what is said of it, and how severe it is."""
Named = tuple["Nominee", str | None]
"""A line with its name, as far as that is not erased."""


class NoTable(TdktError):
    """{tep} has no table with the column “{cot}”; columns that are read: {danh_sach}."""

    code = "no_such_table"


class TooManyLines(TdktError):
    """{tep} has more than {n} rows; split it into several files."""

    code = "too_many_lines"


class FileLines(NamedTuple):
    """What a file's rows say: the words of each with its place, and what is doubtful or wrong in the file."""

    rows: tuple[tuple[str, dict[str, str]], ...] = ()
    said: tuple[Said, ...] = ()

    @property
    def faulty(self) -> bool:
        return any(severity == "error" for _place, _text, severity in self.said)


# -- nominees from a file ----------------------------------------------------------------------------------


def add_from_lines(
    session: Session, ref: str, file: str, common: Mapping[str, str], *, dry_run: bool
) -> None:
    """Adds a nominee for each row; `common` are the inputs of rows that give none of their own."""
    from runtime.acts.series import Series

    acting = session.acting
    acting.require_actor()
    inputs = acting.newest_machine("dossier").events["add"].inputs
    lines = file_lines(session, file, inputs, needed="name", also={"name": "lines.also_name"})
    words = [{**common, **row} for _place, row in lines.rows]
    said = [sorted(row.items()) for row in words]
    done = _carried_out(session, ref, Series("add", words, said, dry_run=dry_run), lines)
    _tell(session, ref, done, lines, dry_run=dry_run)


def file_lines(
    session: Session, file: str, inputs: Sequence[Input], *, needed: str, also: Mapping[str, str]
) -> FileLines:
    """The rows of a table whose columns are named by the inputs or by their labels; `also` are the words of
    further headings. Raises Unreadable, NotTheWorkbook, NoTable."""
    from exchange.sheets.faults import Unreadable
    from exchange.sheets.table import read_table

    words = session.acting.words
    names = {input.name: [input.label.vi, input.label.en] for input in inputs}
    for name, key in also.items():
        names.setdefault(name, []).extend(words.speaking(each)(key) for each in ("vi", "en"))
    try:
        table = read_table(table_file(file), names, needed=needed)
    except Unreadable as error:
        raise NotTheWorkbook(tep=file, ly_do=error.said(words.language)) from error
    if table is not None and len(table.rows) > MOST_LINES:
        raise TooManyLines(tep=file, n=MOST_LINES)
    if table is None or not table.rows:
        shown = {name: headings[0 if words.language == "vi" else 1] for name, headings in names.items()}
        raise NoTable(tep=file, cot=shown[needed], danh_sach="; ".join(shown.values()))
    choices = {input.name: _choices(input, words) for input in inputs if input.choices}
    rows = (
        (
            f"{file}:{words('lines.row', n=row.number)}",
            {name: choices.get(name, {}).get(fold(value), value) for name, value in row.words.items()},
        )
        for row in table.rows
    )
    return FileLines(tuple(rows), tuple(_said(file, table, words)))


def _choices(input: Input, words: Words) -> dict[str, str]:
    """The values of a choice by the words that an office has for them."""
    return {
        fold(words.speaking(language)(f"nominee_kind.{choice}")): choice
        for choice in input.choices
        for language in ("vi", "en")
    }


def _said(file: str, table: Table, words: Words) -> list[Said]:
    """What is not read, and what nobody sees."""
    hidden = [row.number for row in table.rows if row.hidden]
    said: list[Said] = [
        (f"{file}:{at}", words("lines.left_out", ten=heading), "warning") for at, heading in table.left_out
    ]
    said += [(f"{file}:{at}", words("lines.hidden_column"), "warning") for at in table.hidden]
    said += [(file, words("lines.hidden_rows", danh_sach=in_runs(hidden)), "warning")] if hidden else []
    return said + [
        (f"{file}:{at}", words("lines.unread"), "error") for row in table.rows for at in row.unread
    ]


def _show_nominees(session: Session, ref: str, rows: Sequence[Mapping[str, str]]) -> None:
    words = session.words
    click.echo(words("lines.to_add", n=len(rows), ref=ref))
    labels = {
        input.name: input.label for input in session.acting.newest_machine("dossier").events["add"].inputs
    }
    used = [name for name in labels if any(name in row for row in rows)]
    shown = [
        [
            words(f"nominee_kind.{row[name]}") if name == "kind" and name in row else row.get(name, "")
            for name in used
        ]
        for row in rows
    ]
    print_table([words.of(labels[name]) for name in used], shown)


# -- what came of them -------------------------------------------------------------------------------------


def _carried_out(session: Session, ref: str, series: Series, file: FileLines) -> list[Result]:
    """What came of the lines, after they were shown and agreed to."""
    from runtime.acts.series import answered, ask_series

    acting = session.acting
    before = answered(acting, ref, series)
    if before is not None:
        return before
    tried = ask_series(acting, ref, replace(series, dry_run=True, confirmed=True))
    failed = any(not result.done for result in tried)
    if file.faulty or (series.dry_run and failed):
        return tried
    if failed:
        # What is refused is tried in earnest all the same, without a question, so that it is logged.
        return ask_series(acting, ref, series)
    if not session.json:
        _show_nominees(session, ref, series.words)
        print_remarks([*file.said, *_doubts(session, tried, file)], session.words)
    if series.dry_run:
        return tried
    if not session.confirmed(session.words("lines.question", n=len(series.words))):
        raise NotConfirmed()
    return ask_series(acting, ref, replace(series, confirmed=True))


def _doubts(session: Session, tried: Sequence[Result], file: FileLines) -> list[Said]:
    from runtime.views.answers import sentence_of_doubt

    return [
        (file.rows[at][0], sentence_of_doubt(doubt, session.words), "warning")
        for at, result in enumerate(tried)
        for doubt in result.confirmed
    ]


def _tell(session: Session, ref: str, results: Sequence[Result], file: FileLines, *, dry_run: bool) -> None:
    """Line by line what was made, or every mistake with its place; ends with 1 where nothing was."""
    from commands.failures import Exit
    from commands.reasons import print_done

    mistakes = [
        *(said for said in file.said if said[2] == "error"),
        *(
            (file.rows[at][0], _mistake(session, result), "error")
            for at, result in enumerate(results)
            if not result.done
        ),
    ]
    lines = [] if mistakes or dry_run else _lines(session, ref, results)
    if session.json:
        print_json(_record(session, ref, lines, mistakes, file))
    elif mistakes:
        print_remarks(_once(mistakes, ref, of=len(results)), session.words)
        say(session.words("lines.none_done"), err=True)
    elif dry_run:
        click.echo(session.words("message.dry_run"), err=True)
    else:
        for nominee, name in lines:
            say(line_made(session, ref, nominee, name))
        click.echo(session.words("lines.added", n=len(lines), ref=ref))
        print_done(session, [session.acting.key(ref)])
    if mistakes:
        raise Exit(REFUSED)


def _once(mistakes: Sequence[Said], ref: str, *, of: int) -> Sequence[Said]:
    """What is wrong alike with every line is told once, of the dossier."""
    alike = len(mistakes) == of > 1 and len({text for _place, text, _severity in mistakes}) == 1
    return [(ref, *mistakes[0][1:])] if alike else mistakes


def _mistake(session: Session, result: Result) -> str:
    from commands.failures import sentence
    from runtime.views.answers import refused_json

    if result.error is not None:
        return sentence(result.error)
    assert result.refused is not None
    return str(refused_json(result.refused, session.words)["message"])


def _lines(session: Session, ref: str, results: Sequence[Result]) -> list[Named]:
    """The lines of the dossier that the results are about, as they stand now, with their names."""
    about = {no for result in results for no in result.lines}
    looking = session.looking
    lines = looking.reading.lines(looking.item(ref).key)
    return [(line.nominee, line.name) for line in lines if line.nominee.no in about]


def _record(
    session: Session, ref: str, lines: Sequence[Named], mistakes: Sequence[Said], file: FileLines
) -> dict[str, Any]:
    warnings = [said for said in file.said if said[2] == "warning"]
    return {
        "ref": session.acting.key(ref).ref,
        "written": bool(lines),
        "lines": [{"no": nominee.no, "name": name, "title": nominee.title} for nominee, name in lines],
        "mistakes": [{"place": place, "message": text} for place, text, _severity in mistakes],
        "warnings": [{"place": place, "message": text} for place, text, _severity in warnings],
    }
