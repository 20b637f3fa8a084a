"""Tables and short lines: drawn on a terminal, plain and aligned when piped.

`rich` is loaded only where a terminal is.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from workflow.wording import shorten

WIDTH = 100
"""Columns that a page of output must fit into."""
LEAST_WIDTH = 16
"""Characters below which a shortened text says nothing."""


def on_terminal() -> bool:
    return sys.stdout.isatty()


def print_table(
    headings: Sequence[str], rows: Sequence[Sequence[object]], *, wide: int | None = None
) -> None:
    """A table; `wide` is the column that gives way when the terminal is narrow."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if on_terminal():
        _print_drawn(headings, cells, wide)
        return
    lines = _narrowed([list(headings), *cells], wide)
    widths = [max(len(row[at]) for row in lines) for at in range(len(headings))]
    for row in lines:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(line.rstrip())


def _narrowed(lines: list[list[str]], wide: int | None) -> list[list[str]]:
    """The lines with the wide column cut at words so that the page's width is kept, as far as it can be."""
    widths = [max(len(row[at]) for row in lines) for at in range(len(lines[0]))]
    over = sum(widths) + 2 * (len(widths) - 1) - WIDTH
    if wide is None or over <= 0:
        return lines
    room = max(LEAST_WIDTH, widths[wide] - over)
    return [[shorten(cell, room) if at == wide else cell for at, cell in enumerate(row)] for row in lines]


def _print_drawn(headings: Sequence[str], cells: Sequence[Sequence[str]], wide: int | None) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for at, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", ratio=1 if at == wide else None, no_wrap=at != wide)
    for row in cells:
        table.add_row(*row)
    Console().print(table)


def print_pairs(pairs: Sequence[tuple[str, object]]) -> None:
    """Label and value, one a line, values aligned."""
    shown = [(label, str(value)) for label, value in pairs if value not in (None, "")]
    width = max((len(label) for label, _value in shown), default=0)
    for label, value in shown:
        click.echo(f"{label.ljust(width)}  {value}")
