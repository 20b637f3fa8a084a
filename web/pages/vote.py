"""The vote on one title on one screen: opening it, its counts line by line, the check of another person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple

from runtime.acts.sessions import Step
from runtime.views.session_votes import all_in_favour, counts_word
from runtime.views.vote_screen import VoteRow, VoteScreen, count_foreseen, count_wrong, vote_screen
from web.asking import Outcome, asked_of, fresh, unless_done, wrong
from web.desk import Desk
from web.links import event_path, item_path
from web.pages.item import item_meant
from web.replies import Page, Redirect, Reply, Shown
from workflow.model.errors import UnknownReference
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession
from workflow.rules.line_inputs import hour_of
from workflow.rules.not_an_input import NotAnInput

DIGITS = 5
"""Of a count at most."""

Counts = dict[str, dict[str, int]]


class Form(NamedTuple):
    """A part of the screen with a form of its own: `part` is what it does to its rows."""

    part: str
    event: str
    rows: tuple[VoteRow, ...]
    outcome: Outcome
    counting: bool
    blind: bool = False
    foreseen: Mapping[str, str] = {}


def session_meant(desk: Desk) -> Item:
    """The session of the address, if the position may see it. Raises UnknownReference."""
    item = item_meant(desk)
    if not isinstance(item.details, CouncilSession):
        raise UnknownReference(ref=item.key.ref)
    return item


def vote_path(item: Item, title: str) -> str:
    return f"{item_path(item.key)}/vote/{title}"


def show(desk: Desk) -> Reply:
    item = session_meant(desk)
    return _shown(desk, item, _screen(desk, item))


def do(desk: Desk) -> Reply:
    """Previews what was typed in one of the forms, or does it."""
    item, asked = session_meant(desk), desk.asked
    screen, part = _screen(desk, item), asked.one("part")
    rows = {row.ref: row for row in _rows(screen, part)}
    if part == "to_open":
        chosen = [row for ref, row in rows.items() if ref in asked.all("line")]
    else:
        chosen = [*rows.values()]
    counts, mistakes = _typed(desk, screen, chosen)
    if part == "to_open" and not counts and not mistakes:
        steps = [_opening(desk, screen, chosen)]
    elif part == "to_open":
        steps = [_opening(desk, screen, chosen), Step("show_hands", {"counts": counts_word(counts)})]
    elif part == "to_check":
        words = {"lines": ",".join(row.ref for row in chosen)}
        steps = [Step("check_count", {**words, **({"counts": counts_word(counts)} if counts else {})})]
    else:
        steps = [Step("count" if screen.slips else "show_hands", {"counts": counts_word(counts)})]
    if not chosen:
        mistakes["line"] = desk.words("web.vote.no_lines")
    if (
        not counts
        and not mistakes
        and part != "to_open"
        and not (part == "to_check" and not screen.typed_twice)
    ):
        mistakes["counts"] = desk.words("web.vote.no_counts")
    if mistakes:
        return _shown(desk, item, screen, part, wrong(desk, item, mistakes), counts)
    if part == "to_check" and asked.one("preview"):
        # What is typed a second time is compared unless_done, and leaves a trace in the log.
        raise UnknownReference(ref=item.key.ref)
    outcome = asked_of(desk, item, steps, to=vote_path(item, screen.title))
    if isinstance(outcome, Redirect):
        return outcome
    if part != "to_check" and outcome.status == 422:
        found = {
            row.ref: said
            for row in chosen
            if (said := count_wrong(desk.looking, row, counts.get(row.ref, {})))
        }
        outcome = replace(outcome, mistakes={**outcome.mistakes, **(found if counts else {})})
    return _shown(desk, item, screen, part, outcome, counts)


def _screen(desk: Desk, item: Item) -> VoteScreen:
    """Raises UnknownReference where the title is not on the agenda."""
    title, hour = desk.asked.place["title"], None
    if title not in CouncilSession.of(item).titles:
        raise UnknownReference(ref=f"{item.key.ref}/{title}")
    with suppress(NotAnInput):
        hour = hour_of(desk.asked.one("at"))
    return vote_screen(desk.looking, item, title, hour)


def _rows(screen: VoteScreen, part: str) -> tuple[VoteRow, ...]:
    if part == "again":
        return (*screen.done, *screen.to_check) if not screen.slips else screen.to_check
    found: tuple[VoteRow, ...] = getattr(screen, part) if part in ("to_open", "to_count", "to_check") else ()
    return found


def _opening(desk: Desk, screen: VoteScreen, chosen: Sequence[VoteRow]) -> Step:
    """All lines of the title need not be named."""
    words = {"title": screen.title}
    if at := desk.asked.one("at"):
        words["at"] = at
    if len(chosen) < len(screen.to_open):
        words["lines"] = ",".join(row.ref for row in chosen)
    return Step("vote_open", words)


def _typed(desk: Desk, screen: VoteScreen, rows: Sequence[VoteRow]) -> tuple[Counts, dict[str, str]]:
    """The counts as they were typed, and by line what is no count or was left out beside others."""
    words, all_for = desk.words, desk.asked.one("all_for") == "yes"
    counts, mistakes = Counts(), dict[str, str]()
    for row in rows:
        typed = {name: word for name in screen.names if (word := desk.asked.one(f"{name}.{row.ref}"))}
        bad = next((word for word in typed.values() if not _is_count(word)), None)
        if bad is not None:
            mistakes[row.ref] = words("web.vote.no_count", so=row.ref, gia_tri=bad)
            continue
        own = {name: int(word) for name, word in typed.items()}
        own = all_in_favour(row.vote, own) if all_for else own
        if own:
            counts[row.ref] = own
    if counts:
        for row in rows:
            if "for" not in counts.get(row.ref, {}) and row.ref not in mistakes:
                mistakes[row.ref] = words("web.vote.not_counted", so=row.ref)
    return counts, mistakes


def _is_count(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= DIGITS


def _shown(
    desk: Desk,
    item: Item,
    screen: VoteScreen,
    part: str = "",
    outcome: Outcome | None = None,
    counts: Counts | None = None,
) -> Reply:
    """The screen; what was typed stands in the form of its `part`."""
    forms = [form for form in _forms(desk, item, screen) if form.rows]
    if outcome is not None:
        by_line = {row.ref: row for form in forms for row in form.rows if form.part == part}
        seen = (
            {
                ref: count_foreseen(desk.looking, item, by_line[ref], own)
                for ref, own in (counts or {}).items()
            }
            if outcome.foreseen
            else {}
        )
        forms = [
            form._replace(outcome=outcome, foreseen=seen) if form.part == part else form for form in forms
        ]
    session, path = CouncilSession.of(item), item_path(item.key)
    values: dict[str, Any] = {
        "item": item,
        "ref": desk.looking.ref(item.key),
        "about": desk.looking.content(item),
        "path": path,
        "to": vote_path(item, screen.title),
        "screen": screen,
        "forms": forms,
        "part": part,
        "meets": not session.by_writing,
        "at": desk.asked.one("at"),
        "all_for": desk.asked.one("all_for") == "yes",
        "chosen": desk.asked.all("line") if part == "to_open" else None,
        "typed": _words(desk, screen, part, forms),
        "recount": event_path(item.key, "recount"),
        "void": event_path(item.key, "void_vote"),
        "again": f"{vote_path(item, screen.title)}?again=yes",
    }
    return Shown("vote", values, outcome.status if outcome else 200)


def _words(desk: Desk, screen: VoteScreen, part: str, forms: Sequence[Form]) -> Mapping[str, str]:
    """What stands in the cells of counts: what was typed, or of hands that are put right what stands."""
    asked = desk.asked
    found = {
        f"{name}.{row.ref}": str(row.counts[name])
        for form in forms
        if form.part == "again" and not screen.slips and part != "again"
        for row in form.rows
        for name in screen.names
        if row.counts.get(name)
    }
    refs = [row.ref for form in forms if form.part == part for row in form.rows]
    typed = {f"{name}.{ref}": asked.one(f"{name}.{ref}") for ref in refs for name in screen.names}
    return {**found, **typed}


def _forms(desk: Desk, item: Item, screen: VoteScreen) -> Sequence[Form]:
    count = "count" if screen.slips else "show_hands"

    def form(part: str, event: str, *, counting: bool, blind: bool = False) -> Form:
        rows = _rows(screen, part)
        return Form(part, event, rows, fresh(desk, item, event if rows else ""), counting, blind)

    found = [
        form("to_count", count, counting=True),
        form("to_check", "check_count", counting=screen.typed_twice, blind=screen.typed_twice),
        form("to_open", "vote_open", counting=not screen.slips),
    ]
    if desk.asked.one("again") or desk.asked.one("part") == "again":
        found.append(form("again", count, counting=True))
    return found


PAGES = (
    Page("GET", "/items/{year}/{ref}/vote/{title}", show),
    Page("POST", "/items/{year}/{ref}/vote/{title}", unless_done(do), acts=True),
)
