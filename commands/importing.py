"""What `tdkt plan import` does: reads, compares, tells, asks, imports. It acts, so it loads the wiring.

Mistakes of a document are printed as `file:line: message`; a dry run also works where there is no database.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from commands.failures import Exit
from commands.printing import GAP, print_facts, print_remarks, say
from commands.reasons import permitted, report
from commands.session import REFUSED, Session, print_json
from runtime.acts import planning
from runtime.acts.import_plan import import_plan as write_plan
from runtime.acts.issued_plan import completing, issuing_row
from runtime.acts.plan_reading import (
    PlanWording,
    changes_told,
    derived_told,
    unknown_told,
    vanished_told,
)
from runtime.office.records import plain
from runtime.office.settings import language
from runtime.office.words import Words
from workflow.model.plan import PlanTask, Problem
from workflow.services.import_plan import Imported

# The two commands


def dry_run_plan(session: Session, file: str) -> None:
    """Reads and compares; writes nothing and asks nothing. Exit 1 with errors in the document."""
    acting = planning.opened(session.options, session.environment)
    if acting is None:
        reader, compared = _without_database(session, file)
    else:
        with acting:
            reader = PlanWording.of(acting)
            compared = planning.compare(acting, Path(file), language=reader.words.language)
    if session.json:
        print_json(reading_json(compared))
    else:
        _print_problems(file, compared.reading.problems, reader.words)
        if compared.reading.importable:
            _print_reading(compared, reader)
            say(reader.words("message.dry_run"), err=True)
    if not compared.reading.importable:
        raise Exit(REFUSED)


def _without_database(session: Session, file: str) -> tuple[PlanWording, planning.Comparison]:
    directory = planning.office_without_database(session.options, session.environment)
    spoken = language(None, session.environment)
    reader = PlanWording(Words(directory.catalogue.words, language=spoken), directory.office)
    year = session.options.year
    return reader, planning.read_without_database(directory, Path(file), language=spoken, year=year)


def import_plan(session: Session, file: str) -> None:
    """Imports a new plan; of a changed one it tells the changes and asks first."""
    acting = session.acting
    role = permitted(session, "import", what=acting.words("board.plan"))
    reader = PlanWording.of(acting)
    compared = planning.compare(acting, Path(file), language=reader.words.language)
    if not compared.reading.importable:
        _tell_mistakes(session, file, compared, reader)
    if not compared.to_write:
        _tell_nothing_new(session, compared, reader)
        _offer_to_complete(session, compared)
        return
    done = session.ask_and_do(
        Imported(0, 0, 0),
        lambda: write_plan(acting, compared.reading, document=compared.document, role=role),
        show=lambda: _print_preview(session, file, compared, reader),
        question=None if compared.new else reader.words("message.plan_question"),
    )
    _tell_done(session, compared, done, reader)
    _offer_to_complete(session, compared)


def _offer_to_complete(session: Session, compared: planning.Comparison) -> None:
    """Asks whether the issued plan completes the row of the plan before that is to issue it."""
    from runtime.acts.advance import EventRequest, advance

    acting, words, year = session.acting, session.words, compared.reading.year
    issued = compared.reading.issued
    row = issuing_row(acting, year) if year is not None else None
    if row is None or issued is None or (session.json and not session.options.yes):
        return
    event, inputs = completing(row, issued)
    ref = f"{row.key.year}/{row.key.ref}"
    paper = {"ref": ref, "so": issued.number, "ngay": words.day(issued.on), "nam": year}
    if session.confirmed(words("message.plan_issued_question", **paper)):
        results = advance(acting, [ref], EventRequest(event, inputs))
        if not session.json:
            report(session, results)
        return
    typed = f"advance {ref} {event} {' '.join(f'--set {name}={value}' for name, value in inputs.items())}"
    say(words("message.plan_issued_offer", **paper, lenh=f"tdkt {typed}"), err=True)


def _tell_mistakes(
    session: Session, file: str, compared: planning.Comparison, reader: PlanWording
) -> NoReturn:
    if session.json:
        print_json(reading_json(compared))
    else:
        errors = sum(problem.severity == "error" for problem in compared.reading.problems)
        say(reader.words("message.file_mistakes", tep=file, n=errors), err=True)
        _print_problems(file, compared.reading.problems, reader.words)
    raise Exit(REFUSED)


def _tell_nothing_new(session: Session, compared: planning.Comparison, reader: PlanWording) -> None:
    if session.json:
        print_json({**reading_json(compared), **plain(Imported(0, 0, len(compared.reading.tasks)))})
    elif compared.changes:
        _print_changes(compared, reader)
        say(reader.words("message.plan_nothing_new"))
    else:
        say(reader.words("message.plan_unchanged", nam=compared.reading.year))


def _print_preview(session: Session, file: str, compared: planning.Comparison, reader: PlanWording) -> None:
    words, reading = reader.words, compared.reading
    _print_problems(file, reading.problems, words)
    _print_reading(compared, reader)
    if not compared.new and not session.options.yes:
        say(words("message.plan_changed", nam=reading.year, n=len(compared.to_write)), err=True)


def _tell_done(session: Session, compared: planning.Comparison, done: Imported, reader: PlanWording) -> None:
    year, words = compared.reading.year, reader.words
    if session.json:
        print_json({**reading_json(compared), **plain(done)})
    elif compared.new:
        say(words("message.plan_imported", nam=year, n=done.added))
    else:
        say(words("message.plan_updated", nam=year, n=done.added, m=done.changed))


# As data


def reading_json(compared: planning.Comparison) -> dict[str, Any]:
    """What scripts rely on of a reading: its tasks as the document has them, and the changes."""
    reading = compared.reading
    shown = [name for name in PlanTask.__slots__ if name != "lines"]
    return {
        "year": reading.year,
        "title": reading.title,
        "tasks": [{name: getattr(task, name) for name in shown} for task in reading.tasks],
        "unknown_bodies": reading.unknown_bodies,
        "problems": reading.problems,
        "diff": compared.changes,
    }


# In words


def _print_problems(file: str, problems: Iterable[Problem], words: Words) -> None:
    """`file:line: message`; what is only a doubt says so."""
    said = [
        (file if problem.line is None else f"{file}:{problem.line}", problem.message, problem.severity)
        for problem in problems
    ]
    print_remarks(said, words)


def _print_reading(compared: planning.Comparison, reader: PlanWording) -> None:
    """A new plan's tasks are many, so what is derived of them is told; of another, the changes."""
    reading, words = compared.reading, reader.words
    if not compared.new:
        if compared.changes:
            _print_changes(compared, reader)
        else:
            say(words("message.plan_unchanged", nam=reading.year))
        return
    say(words("message.plan_read", nam=reading.year, n=len(reading.tasks)))
    _print_derived(compared, reader)
    _print_unknown(compared, reader)


def _print_derived(compared: planning.Comparison, reader: PlanWording) -> None:
    derived = derived_told(compared, reader)
    if derived:
        say(reader.words("message.plan_derived"))
        print_facts(derived, indent=GAP)


def _print_unknown(compared: planning.Comparison, reader: PlanWording) -> None:
    if unknown := unknown_told(compared, reader):
        say(unknown, err=True)


def _print_changes(compared: planning.Comparison, reader: PlanWording) -> None:
    for change in changes_told(compared, reader):
        say(change)
    if vanished := vanished_told(compared, reader):
        say(vanished, err=True)
    _print_unknown(compared, reader)
