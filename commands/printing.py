"""Tables and short lines: drawn on a terminal, plain and aligned when piped.

`rich` is loaded only where a terminal is.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

WIDTH = 100
"""Columns that a page of output must fit into."""


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
    widths = [max(len(row[at]) for row in [list(headings), *cells]) for at in range(len(headings))]
    for row in [list(headings), *cells]:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(line.rstrip())


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
