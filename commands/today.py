"""`tdkt` alone: where the office stands today, and the likeliest next commands. Looking only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

import click

from commands.printing import pasted, print_facts
from commands.readers import known_account
from commands.session import Session, pick, print_json
from runtime.office.looking import Looking
from workflow.model.errors import TdktError

if TYPE_CHECKING:
    from runtime.views.today import Today

NOTHING_YET = ("database_missing", "no_office")
"""Errors of whoever has not begun."""
NEXT = ("Next", "Tiếp theo")
BEGINNING = ("tdkt demo", "tdkt init --sandbox --now {day}", "tdkt init")
"""Where there is no office yet: a year to be seen, one to be tried, one's own."""


def show_today(session: Session) -> None:
    """The office's day; where there is no office how to begin."""
    try:
        looking = session.looking
    except TdktError as error:
        if error.code not in NOTHING_YET:
            raise
        _begin(session)
        return
    # It loads what looks through all of the office; `print_next`, which many load, needs none of that.
    from runtime.views.today import today_of

    today = today_of(looking, known_account(session))
    if session.json:
        print_json(today)
        return
    _print(looking, today)
    print_next(today.next)


def _begin(session: Session) -> None:
    lines = [line.format(day=datetime.now().astimezone().date()) for line in BEGINNING]
    if session.json:
        print_json({"office": None, "next": lines})
        return
    click.echo(pick(("There is no office here yet. Begin with one of:", "Chưa có cơ quan. Bắt đầu bằng:")))
    for line in lines:
        click.echo(pasted(line, indent=2))


def print_next(lines: Iterable[str], *, of: str = "") -> None:
    """The commands that are likely to be typed next, each on a line to be pasted."""
    click.echo(f"\n{pick(NEXT)}{f' ({of})' if of else ''}:")
    for line in lines:
        click.echo(pasted(line, indent=2))


def _print(looking: Looking, today: Today) -> None:
    words = looking.words
    mark = f"  [{words('marker.sandbox')}]" if today.sandbox else ""
    click.echo(f"{looking.row.title}: {looking.day_with_weekday(today.date)}{mark}")
    year = words("today.no_plan") if today.year is None else words("today.plan", nam=today.year)
    waiting = [f"{looking.account(each.account)}: {each.items}" for each in today.waiting[:5]]
    facts = {
        "plan": f"{year}, {words(f'quarter.{today.quarter.lower()}')}",
        "late": ", ".join(today.late),
        "soon": ", ".join(today.soon),
        "dossiers": str(today.dossiers or ""),
        "incidents": str(today.incidents or ""),
        "waiting": "; ".join(waiting),
    }
    print_facts((words(f"today.label.{name}"), said) for name, said in facts.items())
