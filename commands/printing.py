"""Tables and short lines: within a terminal's width, whole and one line a row when piped.

Nothing is ever cut: columns give way, the broadest first, and break at blanks, so that a reference, a date
or a number stays in one piece.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, TextIO

import click

from commands.streams import unguarded

if TYPE_CHECKING:
    from runtime.office.words import Words

WIDTH = 100
"""Columns that a page of output must fit into."""
READABLE = 16
"""Columns below which a text is broken only where nothing else gives way."""
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
    """The columns that output may take: the terminal's, or those that COLUMNS asks for, else a page's."""
    return _width_asked() or WIDTH


def _width_asked(stream: TextIO | None = None) -> int | None:
    """The columns that there are; None where output is piped, and nobody says how broad it may be."""
    if (stream or sys.stdout).isatty():
        return terminal_width()
    named = os.environ.get("COLUMNS", "")
    return int(named) if named.isdecimal() and int(named) else None


def print_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    below: Sequence[str] = (),
    typed: Sequence[str | None] = (),
) -> None:
    """A table; `below` is what stands under each row, `typed` the command to be pasted for it. Where even its
    words are too broad for the page each row is told one cell below the other."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    lines = _aligned([list(headings), *cells])
    if lines is not None:
        click.echo(click.style(lines[0], bold=True) if on_terminal() else lines[0])
    for at, row in enumerate(cells):
        if lines is not None:
            click.echo(lines[at + 1])
        else:
            print_facts(zip(headings, row, strict=True))
        if below and below[at]:
            print_wrapped(below[at], indent=2 * GAP)
        if typed and (command := typed[at]):
            click.echo(pasted(command, indent=2 * GAP))
        if lines is None:
            click.echo()


def aligned(rows: Sequence[Sequence[str]], *, indent: int = 0) -> list[str]:
    """Rows with their columns below each other, each in as many lines as it needs."""
    found = _aligned(rows, indent=indent)
    if found is not None:
        return found
    return ["\n".join(wrapped("  ".join(filter(None, row)), indent=indent)) for row in rows]


def _aligned(rows: Sequence[Sequence[str]], *, indent: int = 0) -> list[str] | None:
    asked = _width_asked()
    widths = widths_within(rows, None if asked is None else asked - indent)
    return None if widths is None else ["\n".join(row_lines(row, widths, indent=indent)) for row in rows]


def widths_within(rows: Sequence[Sequence[str]], page: int | None) -> list[int] | None:
    """The widths of the columns within the page's, so that no cell needs many more lines than another's; None
    where their longest words are together too broad."""
    columns = list(zip(*rows, strict=True))
    full = [max(map(len, column)) for column in columns]
    widths, over = list(full), 0 if page is None else sum(full) + GAP * (len(full) - 1) - page
    if over <= 0:
        return widths
    least = [max(map(_longest_word, column)) for column in columns]
    readable = [max(min(width, READABLE), word) for width, word in zip(full, least, strict=True)]
    for floor in (readable, least):
        while over > 0 and (giving := [at for at, width in enumerate(widths) if width > floor[at]]):
            widths[min(giving, key=lambda at: full[at] / (widths[at] - 1))] -= 1
            over -= 1
    return widths if over <= 0 else None


def _longest_word(cell: str) -> int:
    return max(map(len, cell.split()), default=0)


def row_lines(row: Sequence[str], widths: Sequence[int], *, indent: int = 0) -> Iterator[str]:
    """A row in as many lines as its fullest cell needs."""
    parts = (broken(cell, width) for cell, width in zip(row, widths, strict=True))
    for cells in zip_longest(*parts, fillvalue=""):
        line = (" " * GAP).join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        yield f"{' ' * indent}{line}".rstrip()


def broken(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """The text in lines that begin as told, broken at blanks alone."""
    if len(first) + len(text) <= width:
        return [first + text]
    import textwrap

    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
        break_long_words=False,
    )


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
    for label, text in lines:
        print_wrapped(f"{label}: {text}", indent=indent)


def print_wrapped(text: str, *, indent: int = 0) -> None:
    for line in wrapped(text, indent=indent):
        click.echo(line)


def wrapped(text: str, *, indent: int = 0) -> list[str]:
    """A text broken at blanks to the page's width: a number with its sign or a date is never cut."""
    return broken(text, page_width(), first=" " * indent, rest=" " * (indent + GAP))


def hanging(head: str, text: str) -> str:
    """A head and a text that goes on below itself, broken to a terminal's width, elsewhere one line."""
    asked = _width_asked()
    return head + text if asked is None else "\n".join(broken(text, asked, first=head, rest=" " * len(head)))


def say(text: str, *, indent: int = 0, err: bool = False) -> None:
    """A sentence: broken at blanks to a terminal's width, elsewhere on one line, as programs read it."""
    width = _width_asked(sys.stderr if err else sys.stdout)
    first, rest = " " * indent, " " * (indent + GAP)
    for line in [first + text] if width is None else broken(text, width, first=first, rest=rest):
        click.echo(line, err=err)


def pasted(line: str, *, indent: int = 0, most: int | None = None) -> str:
    """A command to be pasted, on one line where there is room for it; else it goes on before an option, as a
    shell reads it. `most`: the columns that there are where output is piped."""
    first, *options = line.split(" --")
    lines, width = [" " * indent + first], _width_asked() or most
    for option in options:
        if width is not None and len(lines[-1]) + len(option) + len(" -- \\") > width:
            lines[-1] += " \\"
            lines.append(" " * (indent + GAP) + f"--{option}")
        else:
            lines[-1] += f" --{option}"
    return "\n".join(lines)


def joined(facts: Iterable[tuple[str, str]]) -> str:
    """Labels with what they say, in one breath."""
    return "; ".join(f"{label}: {value}" for label, value in facts)


def print_facts(facts: Iterable[tuple[str, str]], *, indent: int = 0) -> None:
    """Labels with what they say, one below the other, values aligned and broken at blanks."""
    shown = [(label, value) for label, value in facts if value]
    at = indent + max((len(label) for label, _value in shown), default=0) + GAP
    for label, value in shown:
        lines = broken(value, max(page_width() - at, READABLE))
        head = f"{' ' * indent}{label}".ljust(at)
        click.echo("\n".join([head + lines[0], *(" " * at + line for line in lines[1:])]))


def print_remark(place: str | None, message: str, words: Words, *, severity: str) -> None:
    """`place: message` on stderr; what is no mistake says what it is. Where no file is meant the
    message alone."""
    if place is not None:
        doubt = "" if severity == "error" else f"{words.inside(words(f'severity.{severity}'))}: "
        message = f"{place}: {doubt}{message}"
    say(message, err=True)


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
