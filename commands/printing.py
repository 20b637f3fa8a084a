"""Tables and short lines: drawn on a terminal, plain and aligned when piped.

`rich` is loaded only where a terminal is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import click

from commands.streams import unguarded
from workflow.model.wording import shorten

if TYPE_CHECKING:
    from runtime.office.words import Words

WIDTH = 100
"""Columns that a page of output must fit into."""
LEAST_WIDTH = 11
"""Characters below which a shortened text says nothing."""
GAP = 2
MOST_REMARKS = 100
"""On a file that are printed; nobody mends more of them at once."""
LONG_WORK = 100
"""Items beyond which a command shows how far it is."""


def on_terminal() -> bool:
    return sys.stdout.isatty()


def terminal_width() -> int:
    """The terminal's columns. `shutil` loads much, so it is left to those that have a terminal."""
    import shutil

    return shutil.get_terminal_size((WIDTH, 24)).columns


def page_width() -> int:
    """The columns that output may take: the terminal's, else those of a page."""
    return terminal_width() if on_terminal() else WIDTH


def print_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    wide: int | tuple[int, ...] = (),
    below: Sequence[str] = (),
) -> None:
    """A table on one line a row; `wide` are the columns that are cut at words where it is too broad, `below`
    is what stands under each row, broken at words."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    drawn = on_terminal()
    lines = _narrowed([list(headings), *cells], (wide,) if isinstance(wide, int) else wide, page_width())
    if any(below):
        _print_with_below(lines, below)
        return
    if drawn:
        _print_drawn(lines)
        return
    widths = _widths(lines)
    for row in lines:
        line = (" " * GAP).join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(line.rstrip())


def _print_with_below(lines: Sequence[Sequence[str]], below: Sequence[str]) -> None:
    widths = _widths(lines)
    for row, under in zip(lines, ("", *below), strict=True):
        line = (" " * GAP).join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        click.echo(click.style(line, bold=True) if row is lines[0] and on_terminal() else line)
        if under:
            print_wrapped(under, indent=2 * GAP)


def _widths(lines: Sequence[Sequence[str]]) -> list[int]:
    return [max(len(row[at]) for row in lines) for at in range(len(lines[0]))]


def _narrowed(lines: list[list[str]], wide: tuple[int, ...], page: int) -> list[list[str]]:
    """The lines with their wide columns cut, the broadest first, until they fit or nothing more gives way."""
    widths = _widths(lines)
    over = sum(widths) + GAP * (len(widths) - 1) - page
    while over > 0 and (giving := [at for at in wide if widths[at] > LEAST_WIDTH]):
        widths[max(giving, key=lambda at: widths[at])] -= 1
        over -= 1
    return [
        [shorten(cell, widths[at]) if at in wide else cell for at, cell in enumerate(row)] for row in lines
    ]


def _print_drawn(lines: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False)
    for heading in lines[0]:
        table.add_column(heading, no_wrap=True, header_style="bold")
    for row in lines[1:]:
        table.add_row(*row)
    Console(highlight=False, markup=False).print(table)


@contextmanager
def progress_of(length: int) -> Iterator[Callable[[int], None] | None]:
    """A bar on stderr for work on more than a page of items, where a terminal is there to show it."""
    if length <= LONG_WORK or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=length, file=unguarded(sys.stderr)) as bar:
        yield bar.update


def print_by_day(lines: Iterable[tuple[date, str]], *, heading: Callable[[date], str]) -> bool:
    """Lines under the headings of their days; whether there were any."""
    last = None
    for day, line in lines:
        if day != last:
            head = click.style(heading(day), bold=True) if on_terminal() else heading(day)
            click.echo(head if last is None else f"\n{head}")
        last = day
        click.echo(line)
    return last is not None


def print_labelled(lines: Sequence[tuple[str, str]], *, indent: int) -> None:
    """`Label: text`, each broken at words to the page's width, below a heading."""
    import textwrap

    for label, text in lines:
        first, rest = " " * indent, " " * (indent + GAP)
        for line in textwrap.wrap(f"{label}: {text}", WIDTH, initial_indent=first, subsequent_indent=rest):
            click.echo(line)


def print_wrapped(text: str, *, indent: int = 0) -> None:
    for line in wrapped(text, indent=indent):
        click.echo(line)


def wrapped(text: str, *, indent: int = 0) -> list[str]:
    """A text broken at blanks to the page's width: a number with its sign or a date is never cut."""
    import textwrap

    return textwrap.wrap(
        text,
        page_width(),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + GAP),
        break_on_hyphens=False,
        break_long_words=False,
    )


def say(text: str, *, indent: int = 0, err: bool = False) -> None:
    """A sentence: broken at blanks to a terminal's width, elsewhere on one line, as programs read it."""
    there = sys.stderr.isatty() if err else on_terminal()
    if not there:
        click.echo(" " * indent + text, err=err)
        return
    import textwrap

    first, rest = " " * indent, " " * (indent + GAP)
    width = terminal_width()
    for line in textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
        break_long_words=False,
    ):
        click.echo(line, err=err)


def joined(facts: Iterable[tuple[str, str]]) -> str:
    """Labels with what they say, in one breath."""
    return "; ".join(f"{label}: {value}" for label, value in facts)


def print_facts(facts: Iterable[tuple[str, str]], *, indent: int = 0) -> None:
    """Labels with what they say, one below the other, values aligned and broken at blanks."""
    import textwrap

    shown = [(label, value) for label, value in facts if value]
    at = indent + max((len(label) for label, _value in shown), default=0) + GAP
    for label, value in shown:
        lines = textwrap.wrap(
            value, max(page_width() - at, LEAST_WIDTH), break_on_hyphens=False, break_long_words=False
        )
        head = f"{' ' * indent}{label}".ljust(at)
        click.echo("\n".join([head + lines[0], *(" " * at + line for line in lines[1:])]))


def print_remark(place: str | None, message: str, words: Words, *, severity: str) -> None:
    """`place: message` on stderr; what is only a doubt says so. Where no file is meant the message alone."""
    if place is not None:
        doubt = "" if severity == "error" else f"{words.inside(words('severity.warning'))}: "
        message = f"{place}: {doubt}{message}"
    click.echo(message, err=True)


def print_remarks(remarks: Sequence[tuple[str | None, str, str]], words: Words) -> None:
    """Each with its place, message and severity. Of more than a page takes the mistakes come first, and how
    many are left out stands last."""
    if len(remarks) > MOST_REMARKS:
        remarks = sorted(remarks, key=lambda remark: remark[2] != "error")
    for place, message, severity in remarks[:MOST_REMARKS]:
        print_remark(place, message, words, severity=severity)
    if len(remarks) > MOST_REMARKS:
        click.echo(words("message.more_remarks", n=len(remarks) - MOST_REMARKS), err=True)


def print_pairs(pairs: Sequence[tuple[str, object]]) -> None:
    """Label and value, one a line, values aligned."""
    shown = [(label, str(value)) for label, value in pairs if value not in (None, "")]
    width = max((len(label) for label, _value in shown), default=0)
    for label, value in shown:
        click.echo(f"{label.ljust(width)}  {value}")
