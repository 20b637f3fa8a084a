"""`tdkt show REF`: a task or a dossier with all that a person needs to act on it. Looking only."""

from __future__ import annotations

from collections.abc import Sequence

import click

from commands.printing import print_pairs, print_table
from commands.readers import item_of
from commands.session import Command, Session, print_json
from runtime.office.looking import Looking
from runtime.office.words import Words
from runtime.views.items import DossierLine
from workflow.model.facts import Item


@click.command(cls=Command, name="show", words=("Show a task or a dossier.", "Xem một nhiệm vụ hoặc hồ sơ."))
@click.argument("ref")
def command(session: Session, ref: str) -> None:
    show_item(session, item_of(session, ref))


def show_item(session: Session, item: Item) -> None:
    """A task or a dossier, in words or as JSON."""
    from runtime.views.item_page import item_record

    if session.json:
        print_json(item_record(session.looking, item))
    else:
        _print(session.looking, item)


def _print(looking: Looking, item: Item) -> None:
    from runtime.views.item_page import item_page

    page, words = item_page(looking, item), looking.words
    click.echo(page.heading)
    print_pairs(page.facts)
    if page.terms:
        click.echo()
        print_table([words(f"column.{name}") for name in ("term", "due", "late")], page.terms, wide=0)
    if page.dossiers:
        click.echo()
        print_dossiers(page.dossiers, words)
    if page.nominees:
        click.echo()
        headings = ("nominee", "name", "nominee_kind", "title", "votes", "result", "outcome")
        print_table([words(f"column.{name}") for name in headings], page.nominees, wide=1)
    for incident in page.incidents:
        click.echo(f"\n{incident}")
    if page.events:
        named = ", ".join(f"{id} ({label})" for id, label in page.events)
        click.echo(f"\n{words('column.next_event')}: {named}")
    if page.history:
        click.echo()
    for change in page.history:
        click.echo(f"{change.at}  {change.said}  ({change.who})")


def print_dossiers(lines: Sequence[DossierLine], words: Words) -> None:
    print_table(
        [words(f"column.{name}") for name in ("ref", "task", "body", "title", "nominees", "state")],
        [(line.ref, line.task, line.body, line.title, line.record.nominees, line.state) for line in lines],
        wide=3,
    )
