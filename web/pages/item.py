"""An item, or one line of it: its state as a line of steps, what was recorded, what can be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from runtime.office.typed import whole
from runtime.views.answers import ReasonTold, reasons_told
from runtime.views.item_page import item_page, line_page, next_events
from runtime.views.papers.kinds import kinds_of
from runtime.views.steps import next_step
from web.desk import Desk
from web.links import event_path, item_path
from web.pages import decision, dossier, own_session
from web.replies import Page, Reply, Shown
from workflow.engine.explaining import Explanation
from workflow.engine.substituting import has_business
from workflow.model.dossiers import Dossier
from workflow.model.errors import UnknownReference
from workflow.model.facts import Item, Key
from workflow.model.sight import hidden_events, sees
from workflow.model.subjects import AWARD_DECISION, DOSSIER, SESSION, TASK


class Button(NamedTuple):
    """An event of the item's state: where it is asked, or why it cannot be done."""

    id: str
    label: str
    to: str
    reasons: tuple[ReasonTold, ...]
    likely: bool


class Own(NamedTuple):
    """What the page of items of one subject has of its own: a template over `item.html`, what that needs
    beside the item's, and where its events are asked; each as a form where nothing else is said."""

    template: str
    values: Callable[[Desk, Item], Mapping[str, Any]]
    step_path: Callable[[Desk, Item, str], str] = lambda _desk, item, event: event_path(item.key, event)


OWN: Mapping[str, Own] = {
    AWARD_DECISION.id: Own("decision", decision.values),
    SESSION.id: Own("own_session", own_session.values, own_session.step_path),
    DOSSIER.id: Own("dossier", dossier.values),
}
"""By subject; others have the page of every item."""


LINES, UNDER = 60, 100
"""Lines of a dossier, and dossiers of a task, on one page."""


class Part(NamedTuple):
    """As much of a long list as the page shows, with the number of all, and the addresses of its beginning
    and of what comes next; empty where that is here, or nothing comes."""

    rows: Sequence[Any]
    size: int
    first: str
    more: str


def shown_of(desk: Desk, name: str, most: int) -> slice:
    """Which rows of a list are shown: those from where the address says by that name."""
    start = whole(desk.asked.one(name)) or 0
    return slice(start, start + most)


def part_of(path: str, rows: Sequence[Any], name: str, shown: slice, size: int) -> Part:
    """The rows that are shown of so many."""
    more = f"{path}?{name}={shown.stop}" if shown.stop < size else ""
    return Part(rows, size, path if shown.start else "", more)


class StateStep(NamedTuple):
    """A state that the item passed, is in, or is likely to come to."""

    label: str
    stands: str


def step_path(desk: Desk, item: Item, event: str) -> str:
    """Where the event is asked of the item: on a screen of the subject's own, else as a form."""
    own = OWN.get(item.subject)
    return own.step_path(desk, item, event) if own else event_path(item.key, event)


def item_meant(desk: Desk) -> Item:
    """The item of the address, if the position may see it. Raises UnknownReference."""
    place = desk.asked.place
    year, ref = whole(place["year"]), place["ref"]
    looking = desk.looking
    found = looking.reading.item(Key(looking.office, year, ref)) if year is not None else None
    if found is None or not sees(looking.directory, desk.account, found, looking.today):
        # What is not for the position is told as what is not there: its being there is nobody's business.
        raise UnknownReference(ref=ref)
    return found


def show(desk: Desk) -> Reply:
    return item_shown(desk, item_meant(desk))


def item_shown(
    desk: Desk, item: Item, *, beside: Mapping[str, Any] = MappingProxyType({}), status: int = 200
) -> Reply:
    """The item's page; `beside` stands in the place of values that its own part has."""
    looking = desk.looking
    lines, under = shown_of(desk, "from", LINES), shown_of(desk, "dossiers", UNDER)
    hidden = hidden_events(looking.directory, desk.account)
    page = item_page(looking, item, hidden=hidden, lines=lines)
    if desk.narrow:
        own_alone = [line for line in page.dossiers if _sees(desk, item.key._replace(ref=line.record.ref))]
        page = page._replace(dossiers=tuple(own_alone))
    own = OWN.get(item.subject)
    path = item_path(item.key)
    of_dossier = len(item.details.nominees) if isinstance(item.details, Dossier) else 0
    return Shown(
        own.template if own else "item",
        {
            "page": page,
            "item": item,
            "path": path,
            "lines": part_of(path, page.nominees, "from", lines, of_dossier),
            "under": part_of(path, page.dossiers[under], "dossiers", under, len(page.dossiers)),
            "steps": _steps(desk, item),
            "buttons": buttons_of(desk, item),
            "papers": f"{path}/papers" if "papers" in desk.parts and kinds_of(item) else "",
            **(own.values(desk, item) if own else {}),
            "links": item.subject == TASK.id and "chase" in desk.parts,
            "receipt": item.subject == DOSSIER.id,
            "hand": bool(item.owners)
            and desk.account is not None
            and has_business(looking.directory, desk.account),
            **beside,
        },
        status,
    )


def _sees(desk: Desk, key: Key) -> bool:
    looking, found = desk.looking, desk.looking.reading.item(key)
    return found is not None and sees(looking.directory, desk.account, found, looking.today)


def line(desk: Desk) -> Reply:
    item, looking = item_meant(desk), desk.looking
    no = whole(desk.asked.place["line"])
    if no is None:
        raise UnknownReference(ref=desk.asked.place["line"])
    page = line_page(looking, item, no)
    buttons = buttons_of(desk, item, no)
    return Shown("line", {"page": page, "item": item, "path": item_path(item.key), "buttons": buttons})


def buttons_of(desk: Desk, item: Item, line: int | None = None) -> Sequence[Button]:
    """Every event of the item's state for the position: what leads on first, what cannot be done last."""
    if desk.account is None:
        return ()
    here = {event.id for event in next_events(desk.looking, item)}
    step = next_step(desk.looking, item, reader=desk.account)
    ref = item.key.in_year + (f"/{line}" if line is not None else "")
    answers = desk.acting.why(ref, None, actor=desk.acting.actor)
    likely = step.event if step and not step.of else ""
    found = [_button(desk, item, each, likely, line) for each in answers if each.event in here]
    return sorted(found, key=lambda button: (bool(button.reasons), not button.likely))


def _button(desk: Desk, item: Item, answer: Explanation, likely: str, line: int | None) -> Button:
    to = step_path(desk, item, answer.event) + (f"?nominee={line}" if line is not None else "")
    return Button(
        answer.event,
        desk.words.of(answer.label),
        to,
        reasons_told(desk.looking, answer.reasons),
        answer.event == likely and answer.allowed,
    )


def _steps(desk: Desk, item: Item) -> Sequence[StateStep]:
    """The states that the item passed, the one it is in, and where its likeliest step leads."""
    looking = desk.looking
    machine = looking.machine(item.digest)
    passed = dict.fromkeys(
        state
        for entry in looking.reading.entries(looking.office, item.key.year, ref=item.key.ref)
        for state in (entry.from_state,)
        if state and state != item.state and not entry.refused
    )
    label = looking.words.of
    found = [StateStep(label(machine.state(id).label_for(item.kind)), "passed") for id in passed]
    found.append(StateStep(looking.state(item), "here"))
    step = next_step(looking, item)
    event = machine.event(step.event) if step and not step.of else None
    targets = (each.target for each in event.transitions if item.state in each.sources) if event else ()
    ahead = next((id for id in targets if id and id != item.state and id not in passed), None)
    if ahead:
        found.append(StateStep(label(machine.state(ahead).label_for(item.kind)), "ahead"))
    return found


PAGES = (
    Page("GET", "/items/{year}/{ref}", show),
    Page("GET", "/items/{year}/{ref}/{line}", line),
)
