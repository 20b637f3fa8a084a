"""`tdkt show REF`: a task, a dossier or one nominee with all that was recorded of it. Looking only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from commands.printing import GAP, joined, print_facts, print_table, print_wrapped
from commands.readers import item_of
from commands.session import Command, Session, print_json
from commands.today import print_next
from runtime.office.looking import Looking
from runtime.office.words import Words
from runtime.views.items import DossierLine
from workflow.model.facts import Item
from workflow.model.references import reference

if TYPE_CHECKING:
    from runtime.views.item_page import ItemPage, LinePage, NomineeWords
    from runtime.views.tables import ListBelow


@click.command(
    cls=Command,
    name="show",
    words=(
        "Show a task, a dossier or one nominee (D0042/3).",
        "Xem nhiệm vụ, hồ sơ, một trường hợp (D0042/3).",
    ),
    example="show D0004/1",
    paged=True,
)
@click.argument("ref")
def command(session: Session, ref: str) -> None:
    show_what(session, item_of(session, ref), ref)


def show_what(session: Session, item: Item, ref: str) -> None:
    """The item, or the line of it that its reference names."""
    _office, _year, _ref, no = reference(ref, session.looking.subjects)
    if no is None:
        show_item(session, item)
    else:
        show_line(session, item, no)


def show_item(session: Session, item: Item) -> None:
    """A task or a dossier, in words or as JSON."""
    from runtime.views.item_page import item_record

    if session.json:
        print_json(item_record(session.looking, item))
    else:
        _print(session.looking, item)


def show_line(session: Session, item: Item, no: int) -> None:
    """One line of a dossier, in words or as JSON. Raises UnknownLine."""
    from runtime.views.item_page import line_page, line_record

    if session.json:
        print_json(line_record(session.looking, item, no))
        return
    page = line_page(session.looking, item, no)
    click.echo(page.heading)
    print_facts(page.facts)
    _print_history(page)


def _print(looking: Looking, item: Item) -> None:
    from runtime.views.item_page import item_page

    page, words = item_page(looking, item), looking.words
    print_wrapped(page.heading)
    print_facts(page.facts)
    for group in page.recorded:
        click.echo(f"\n{group.heading}")
        print_facts(group.facts, indent=GAP)
    if page.terms:
        click.echo()
        print_table([words(f"column.{name}") for name in ("term", "due", "late")], page.terms)
    if page.dossiers:
        click.echo()
        print_dossiers(page.dossiers, words)
    if page.nominees:
        click.echo()
        of_all = _of_all(page.nominees)
        if of_all:
            print_wrapped(words("message.of_all_lines", chi_tiet=joined(of_all)))
        headings = ("ref", "name", "title", "result", "outcome")
        print_table(
            [words(f"column.{name}") for name in headings],
            [nominee.cells for nominee in page.nominees],
            below=[joined(fact for fact in nominee.rest if fact not in of_all) for nominee in page.nominees],
        )
    for listed in page.lists:
        print_listed(listed)
    if page.corrections:
        click.echo()
        titles = [words(f"column.{name}") for name in ("corrected", "was", "now", "stands", "by")]
        print_table(titles, page.corrections)
    for incident in page.incidents:
        click.echo(f"\n{incident}")
    if page.next is not None:
        print_next([page.next.line], of=page.next.label)
    if page.undone:
        print_wrapped(page.undone)
    _print_history(page)


def print_listed(listed: ListBelow) -> None:
    """A table of a page below what stands before it; none without rows."""
    if listed.rows:
        click.echo()
        if listed.heading:
            print_wrapped(listed.heading)
        print_table(listed.columns, listed.rows, below=listed.below)


def _of_all(nominees: Sequence[NomineeWords]) -> list[tuple[str, str]]:
    """What is alike of several nominees, to be said once."""
    if len(nominees) == 1:
        return []
    return [fact for fact in nominees[0].rest if all(fact in each.rest for each in nominees)]


def _print_history(page: ItemPage | LinePage) -> None:
    if page.history:
        click.echo()
    for change in page.history:
        print_wrapped(f"{change.at}  {change.said}  ({change.who})")
        if change.facts:
            print_wrapped(joined(change.facts), indent=2 * GAP)
    if page.not_shown:
        click.echo()
        print_wrapped(page.not_shown)


def print_dossiers(lines: Sequence[DossierLine], words: Words) -> None:
    print_table(
        [words(f"column.{name}") for name in ("ref", "task", "body", "title", "nominees", "state")],
        [(line.ref, line.task, line.body, line.title, line.record.nominees, line.state) for line in lines],
    )
