"""The week's page of `tdkt inbox --week` on a terminal. Looking only."""

from __future__ import annotations

import click

from commands.printing import print_table
from exchange.pages.week import WeekPage


def print_week(week: WeekPage) -> None:
    """Every line of every section; an empty section says so."""
    mark = f"  [{week.mark}]" if week.mark else ""
    click.echo(f"{week.office}: {week.title}{mark}")
    click.echo(week.subtitle)
    for section in week.sections:
        click.echo(f"\n{section.title} ({len(section.lines)})")
        if not section.lines:
            click.echo(week.none)
            continue
        item, day, said, who = section.headings
        print_table(
            ["", item, day, said, who],
            [(line.ref, line.content, line.day, line.said, line.who) for line in section.lines],
            wide=(1, 3, 4),
        )
    for at, note in enumerate(week.notes):
        click.echo(note if at else f"\n{note}")
