"""What the conditions of their titles come to for nominees, on the terminal, and the appraisals that rest on
it: for `tdkt why` and `tdkt dossier appraise`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from commands.printing import print_table, print_wrapped, say
from commands.readers import item_of
from commands.session import NotConfirmed, Session, print_json
from runtime.views.conditions import (
    Assessed,
    LineConditions,
    assessed,
    condition_lines,
    line_conditions,
    verdict_text,
)
from runtime.views.item_page import UnknownLine
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.facts import Item

if TYPE_CHECKING:
    from runtime.office.results import Result


def conditions_of(session: Session, item: Item, no: int) -> LineConditions:
    """All conditions of a line of the item."""
    of = assessed(session.looking, item)
    return line_conditions(session.looking, item, of.lines[no], of)


def print_conditions(session: Session, item: Item, line: LineConditions) -> None:
    """Each condition of a line with what was looked at."""
    words, title = session.words, session.looking.title(line.title, pack=item.rules)
    print_wrapped(words("message.conditions_head", ten=title, ket_qua=words(f"choice.{line.verdict}")))
    for said in condition_lines(line, words):
        say(said, indent=2)


def print_assessed(session: Session, item: Item, numbers: Sequence[int] = ()) -> None:
    """Every line, or those of the numbers, with its verdict and what its conditions come to. Raises
    UnknownLine."""
    looking, of = session.looking, assessed(session.looking, item)
    unknown = [no for no in numbers if no not in of.lines]
    if unknown:
        raise UnknownLine(ref=item.key.ref, so=unknown[0])
    lines = [line for line in Dossier.of(item).nominees if not numbers or line.no in numbers]
    if session.json:
        print_json([line_conditions(looking, item, of.lines[line.no], of) for line in lines])
        return
    print_table(
        [looking.words(f"column.{name}") for name in ("ref", "name", "title", "verdict", "by_conditions")],
        [_cells(session, item, line, of) for line in lines],
    )
    if lines:
        click.echo()
        ref = f"{looking.ref(item.key)}/{lines[0].no}"
        print_wrapped(looking.words("message.conditions_more", ref=ref))


def _cells(session: Session, item: Item, line: Nominee, of: Assessed) -> tuple[str, ...]:
    looking, words = session.looking, session.words
    return (
        f"{looking.ref(item.key)}/{line.no}",
        of.names.get(line.no, "—"),
        looking.title(line.title, pack=item.rules),
        words(f"choice.{line.verdict}") if line.verdict else "",
        verdict_text(looking, of.lines[line.no], of),
    )


def appraise_lines(session: Session, ref: str, numbers: Sequence[int], words: dict[str, str]) -> None:
    """A verdict on lines of a dossier, with what was looked at where its author says no basis."""
    from commands.advance import advance
    from runtime.views.appraising import basis_for

    session.acting.require_actor()
    basis = words.get("basis") or basis_for(session.looking, item_of(session, ref), numbers)
    given = {"nominee": ",".join(map(str, numbers)), **words}
    advance(session, (ref,), "appraise", {**given, "basis": basis} if basis else given)


def appraise_all(session: Session, refs: Sequence[str], *, met_alone: bool, reason: str | None) -> None:
    """All lines of the dossiers that wait, by what their conditions say, shown and asked once; with
    `met_alone` those that meet theirs, unasked. Then what waits still, each line with why."""
    from commands.ranges import standing
    from commands.reasons import report
    from runtime.acts.advance import EventRequest, advance
    from runtime.views.appraising import NoneClear, NoneWaits, by_conditions, met_at_once

    acting, looking = session.acting, session.looking
    wanted = dict.fromkeys(standing(acting, refs, existing=False))
    actor, items = acting.actor, [looking.item(ref) for ref in wanted]
    if met_alone:
        asked = [(item, met_at_once(looking, item, actor)) for item in items]
    else:
        asked = [(item, by_conditions(looking, item, actor, reason=reason)) for item in items]
    acts = [(looking.ref(item.key), words) for item, several in asked for words in several]
    if not acts:
        raise (NoneClear if met_alone else NoneWaits)(ref=looking.ref(items[0].key))
    if not met_alone:
        _ask(session, items, sum(len(words["nominee"].split(",")) for _ref, words in acts))
    done: dict[str, Result] = {}
    for ref, words in acts:
        (result,) = advance(acting, (ref,), EventRequest("appraise", words))
        if ref not in done or done[ref].done:  # what is refused of a dossier is told before what is done
            done[ref] = result
    report(session, [*done.values()])
    if not session.json:
        for item in items:
            _print_left(session, looking.item(looking.ref(item.key)))


def _ask(session: Session, items: Sequence[Item], n: int) -> None:
    """Shows what the conditions say of the dossiers' lines, and asks. Raises NotConfirmed."""
    if not session.json and not session.options.yes:
        for item in items:
            print_assessed(session, item)
    if not session.confirmed(session.words("message.conditions_question", n=n)):
        raise NotConfirmed()


def _print_left(session: Session, item: Item) -> None:
    looking, of = session.looking, assessed(session.looking, item)
    waiting = [line for line in Dossier.of(item).standing if line.verdict in (None, "no_info")]
    if waiting:
        print_wrapped(looking.words("message.conditions_left", n=len(waiting)))
    for line in waiting:
        ref, name, *_titles, said = _cells(session, item, line, of)
        say(f"{ref}  {name}: {said}", indent=2)
