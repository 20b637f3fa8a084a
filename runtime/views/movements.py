"""Movements of emulation as people look at them: one in full, all in a list, and those of a row of the plan.

What came of a movement is counted from the dossiers that are about it, in whichever year they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from storage import movement_views
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.expecting import collects_by_itself
from workflow.model.facts import Item
from workflow.model.movements import Movement, Registration, found_by, movement_meant
from workflow.model.tasks import Task

AWARDED = ("awarded_here", "awarded_higher")
"""The outcomes that count as an award of the movement."""


class TakingPart(NamedTuple):
    """A body in a movement: since when it is registered (null where it only sent a dossier), how many
    dossiers, nominees and awards it has in it."""

    body: str
    registered_on: date | None
    dossiers: int
    nominees: int
    awarded: int


class ReviewRecord(NamedTuple):
    """A preliminary review; the text is null where it is erased."""

    no: int
    held_on: date
    paper: str | None
    text: str | None


class MovementLine(NamedTuple):
    """A movement in a list, with how many registered, its dossiers, their nominees and awards."""

    movement: str
    name: str | None
    scope: str | None
    way: str | None
    from_: date
    until: date | None
    closed_on: date | None
    bodies: int
    dossiers: int
    nominees: int
    awarded: int


class MovementShown(NamedTuple):
    """A movement in full. `tasks` are the rows of plans that it belongs to, named or by their quarters;
    `dossiers` those that are about it. Words that were not given or are erased are null."""

    record: MovementLine
    criteria: str | None
    launched_by: str | None
    paper: str | None
    paper_on: date | None
    titles: tuple[str, ...]
    tasks: tuple[str, ...]
    taking_part: tuple[TakingPart, ...]
    reviews: tuple[ReviewRecord, ...]
    dossiers_about: tuple[str, ...]
    closing_paper: str | None
    result: str | None


def open_refs(looking: Looking) -> list[str]:
    """The references of the movements that are not closed."""
    return [each.ref for each in movement_views.movements(looking.reading, looking.office) if each.open]


def movement_lines(looking: Looking) -> tuple[MovementLine, ...]:
    """All movements of the office, by number."""
    found = movement_views.movements(looking.reading, looking.office)
    registered = movement_views.registrations(looking.reading, looking.office) if found else ()
    about = _dossiers(looking) if found else {}
    return tuple(_line(each, registered, about.get(each.ref, ())) for each in found)


def _dossiers(looking: Looking) -> Mapping[str, Sequence[Item]]:
    """The dossiers of each movement by its reference, in the order of their years."""
    found: dict[str, list[Item]] = {}
    for year in movement_views.linked_years(looking.reading, looking.office):
        for item in looking.reading.dossiers(looking.office, year, nominees=True):
            if movement := Dossier.of(item).movement:
                found.setdefault(movement, []).append(item)
    return found


def _line(found: Movement, registered: Iterable[Registration], about: Sequence[Item]) -> MovementLine:
    lines = _nominees(about)
    return MovementLine(
        movement=found.ref,
        name=found.name,
        scope=found.scope,
        way=found.way,
        from_=found.from_day,
        until=found.until_day,
        closed_on=found.closed_on,
        bodies=sum(each.number == found.number for each in registered),
        dossiers=len(about),
        nominees=len(lines),
        awarded=_awarded(lines),
    )


def _nominees(about: Iterable[Item]) -> list[Nominee]:
    """The lines of the dossiers but those that went on in another one, which is counted itself, and those
    that were withdrawn."""
    lines = (line for item in about for line in Dossier.of(item).staying)
    return [line for line in lines if line.outcome != "withdrawn"]


def _awarded(lines: Iterable[Nominee]) -> int:
    return sum(line.outcome in AWARDED for line in lines)


def movement_shown(looking: Looking, ref: str) -> MovementShown:
    """A movement in full. Raises UnknownMovement."""
    reading, office = looking.reading, looking.office
    found = movement_meant(ref, movement_views.movements(reading, office))
    registered = movement_views.registrations(reading, office)
    about = _dossiers(looking).get(found.ref, ())
    return MovementShown(
        record=_line(found, registered, about),
        criteria=found.criteria,
        launched_by=found.launched_by,
        paper=found.paper,
        paper_on=found.paper_on,
        titles=found.titles,
        tasks=_tasks_of(looking, found),
        taking_part=_taking_part(found, registered, about),
        reviews=tuple(
            ReviewRecord(each.no, each.held_on, each.paper, each.text)
            for each in movement_views.reviews(reading, office, found.number)
        ),
        dossiers_about=tuple(item.key.in_year for item in about),
        closing_paper=found.closing_paper,
        result=found.result,
    )


def _taking_part(
    found: Movement, registered: Iterable[Registration], about: Iterable[Item]
) -> tuple[TakingPart, ...]:
    """The bodies in the order in which they registered, then those that only sent a dossier."""
    since = {each.body: each.registered_on for each in registered if each.number == found.number}
    sent: dict[str, list[Item]] = {body: [] for body in since}
    for item in about:
        sent.setdefault(Dossier.of(item).body, []).append(item)
    counted = ((body, items, _nominees(items)) for body, items in sent.items())
    return tuple(
        TakingPart(body, since.get(body), len(items), len(lines), _awarded(lines))
        for body, items, lines in counted
    )


def _tasks_of(looking: Looking, found: Movement) -> tuple[str, ...]:
    """The rows of all plans that the movement belongs to, in the order of the years and their numbers."""
    years = sorted(looking.plan_years)
    tasks = (item for year in years for item in looking.reading.tasks(looking.office, year))
    return tuple(item.key.in_year for item in tasks if _belongs(looking, found, item))


def _belongs(looking: Looking, found: Movement, item: Item) -> bool:
    collects = collects_by_itself(looking.kind(item))
    return found.belongs_to(item.key.year, item.key.ref, Task.of(item).quarter, collects=collects)


def movements_of(looking: Looking, item: Item) -> tuple[MovementLine, ...]:
    """The movements to which a row of the plan belongs."""
    found = movement_views.movements(looking.reading, looking.office)
    belonging = [each for each in found if _belongs(looking, each, item)]
    if not belonging:
        return ()
    registered, about = movement_views.registrations(looking.reading, looking.office), _dossiers(looking)
    return tuple(_line(each, registered, about.get(each.ref, ())) for each in belonging)


# -- in words --------------------------------------------------------------------------------------------

COLUMNS = ("movement", "movement_name", "movement_days", "movement_bodies", "dossiers", "nominees", "awarded")


def movement_cells(looking: Looking, line: MovementLine) -> tuple[str, ...]:
    """The cells of COLUMNS."""
    counts = (line.bodies, line.dossiers, line.nominees, line.awarded)
    return (line.movement, name_text(looking, line.name), days_text(looking, line), *map(str, counts))


def name_of(looking: Looking, ref: str) -> str:
    """A movement's name by its reference."""
    found = found_by(ref, movement_views.movements(looking.reading, looking.office))
    return name_text(looking, found.name) if found else ""


def name_text(looking: Looking, name: str | None) -> str:
    return looking.words("text.erased") if name is None else name


def days_text(looking: Looking, line: MovementLine) -> str:
    """From when to when it runs, and that it is closed."""
    words, until = looking.words, looking.day(line.until)
    days = words("movement.days", tu=looking.day(line.from_), den=until) if until else ""
    said = days or words("movement.since", ngay=looking.day(line.from_))
    if line.closed_on is None:
        return said
    return f"{said}; {words('movement.closed', ngay=looking.day(line.closed_on))}"


class MovementPage(NamedTuple):
    """A movement as a person reads it: labels with what they say, then who takes part, how it was reviewed
    and the dossiers, as cells of tables."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    taking_part: tuple[tuple[str, ...], ...]
    reviews: tuple[tuple[str, ...], ...]
    dossiers: tuple[tuple[str, ...], ...]


TAKING_PART = ("body", "registered_on", "dossiers", "nominees", "awarded")
REVIEWS = ("review_no", "held_on", "paper_number", "review")
DOSSIERS = ("ref", "body", "title", "nominees", "state")


def movement_page(looking: Looking, shown: MovementShown) -> MovementPage:
    words, line = looking.words, shown.record
    closed = " – ".join(filter(None, (looking.day(line.closed_on), shown.closing_paper)))
    launched = "; ".join(filter(None, (shown.launched_by, _paper(looking, shown))))
    totals = words("movement.totals", n=line.dossiers, m=line.nominees, k=line.awarded)
    return MovementPage(
        heading=f"{line.movement}  {name_text(looking, line.name)}",
        facts=(
            (words("column.launched"), launched),
            (words("column.scope"), words(f"choice.{line.scope}") if line.scope else ""),
            (words("column.way"), words(f"choice.{line.way}") if line.way else ""),
            (words("column.movement_days"), days_text(looking, line._replace(closed_on=None))),
            (words("column.criteria"), shown.criteria or ""),
            (words("column.title"), "; ".join(map(looking.title, shown.titles))),
            (words("column.movement_tasks"), ", ".join(shown.tasks)),
            (words("column.so_far"), totals),
            (words("column.closed"), closed),
            (words("column.movement_result"), shown.result or ""),
        ),
        taking_part=tuple(
            (
                looking.body(each.body),
                looking.day(each.registered_on) or words("movement.not_registered"),
                *map(str, each[2:]),
            )
            for each in shown.taking_part
        ),
        reviews=tuple(
            (str(each.no), looking.day(each.held_on), each.paper or "", name_text(looking, each.text))
            for each in shown.reviews
        ),
        dossiers=tuple(_dossier_cells(looking, item) for item in _dossiers(looking).get(line.movement, ())),
    )


def _paper(looking: Looking, shown: MovementShown) -> str:
    return ", ".join(filter(None, (shown.paper, looking.day(shown.paper_on))))


def _dossier_cells(looking: Looking, item: Item) -> tuple[str, ...]:
    dossier = Dossier.of(item)
    return (
        looking.ref(item.key),
        looking.body(dossier.body),
        looking.titles(dossier.titles, pack=item.rules),
        str(len(dossier.staying)),
        looking.state(item),
    )
