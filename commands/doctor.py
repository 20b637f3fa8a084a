"""`tdkt doctor`: is all well, one line a check, and what to do where it is not.

Exit code 0 with warnings at most, 1 with a problem, 4 when the database cannot be used.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from commands.failures import Exit, shipped_words
from commands.printing import on_terminal, say, wrapped
from commands.session import DATABASE, REFUSED, Command, Session, print_json, with_option
from runtime.office.words import Words
from workflow.model.errors import TdktError

if TYPE_CHECKING:
    from runtime.care.health import CheckResult

MARKS = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "problem": ("✗", "red")}


@click.command(
    cls=Command,
    name="doctor",
    words=(
        "Check the installation, the database and the office; exit code 1 when something is wrong.",
        "Kiểm tra phần mềm, cơ sở dữ liệu và cơ quan; mã thoát 1 khi có vấn đề.",
    ),
    example="doctor --verbose",
)
@with_option("--verbose", is_flag=True, words=("With the details.", "Kèm chi tiết."))
def command(session: Session, verbose: bool) -> None:
    from runtime.care.health import diagnose, unusable

    found = diagnose(session.options, session.environment)
    # The package's own words: those of a database may be older than a check, or out of reach.
    words = _words(session)
    if session.json:
        print_json([finding_json(finding, words) for finding in found])
    else:
        _print(found, words, verbose=verbose)
    if unusable(found):
        raise Exit(DATABASE)
    if any(finding.status == "problem" for finding in found):
        raise Exit(REFUSED)


def _words(session: Session) -> Words:
    stored = None
    with suppress(TdktError):  # of the row alone: the office's definitions may be what is broken
        stored = session.looking.row.language
    return shipped_words(stored)


def finding_json(finding: CheckResult, words: Words) -> dict[str, Any]:
    from runtime.care.health import finding_text

    return {
        "check": finding.check,
        "status": finding.status,
        "office": finding.office,
        "message": finding_text(finding, words),
        "details": list(finding.details),
    }


def _print(found: list[CheckResult], words: Words, *, verbose: bool) -> None:
    from runtime.care.health import finding_text

    several = len({finding.office for finding in found if finding.office}) > 1
    for finding in found:
        mark, colour = MARKS[finding.status]
        shown = click.style(mark, fg=colour, bold=True) if on_terminal() else mark
        head = f"{finding.office}: " if several and finding.office else ""
        first, *rest = wrapped("  " + head + finding_text(finding, words))
        click.echo("\n".join([f"{shown} {first.strip()}", *rest]))
        for line in finding.details if verbose else ():
            say(line, indent=4)
    problems, warnings = (
        sum(finding.status == status for finding in found) for status in ("problem", "warning")
    )
    click.echo()
    say(words("message.doctor.verdict", n=problems, m=warnings))
