"""The blank list of nominees that is sent out to bodies: which titles it is for, and what it asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from exchange.lists.list_sheet import ListSheet
from exchange.lists.outgoing import Name, asked_columns
from runtime.office.looking import Looking
from runtime.views.list_paper import KINDS, list_column, list_paper
from workflow.model.conditions import RATING_LABELS, RATINGS
from workflow.model.definition import AwardTitle
from workflow.model.dossiers import Dossier
from workflow.model.naming import meant, titles
from workflow.model.office import COMMUNE_PAYROLL, Body

ROWS: Mapping[str, int] = MappingProxyType({"collective": 6, "household": 25, "person": 25})
"""Empty rows of each kind; who needs more puts rows between them."""


def titles_asked(looking: Looking, typed: Sequence[str], body: Body | None) -> tuple[AwardTitle, ...]:
    """The titles that were typed, each once; else those that a yearly list of the body proposes. Raises
    UnknownName."""
    known = looking.rules.titles
    if not typed:
        return tuple(title for title in known if title.level == "commune" and _usual(title, body))
    wanted = {meant("title", each, titles(known)) for each in typed}
    return tuple(title for title in known if title.id in wanted)


def _usual(title: AwardTitle, body: Body | None) -> bool:
    """Villages propose families, who is paid by others forms alone, all others the titles of the year."""
    if body is None:
        return title.annual
    if body.asked_for is not None:
        return title.id in body.asked_for
    if body.kind == "thon":
        return any(way.published == "village" for way in title.ways.values())
    return title.annual if body.payroll == COMMUNE_PAYROLL else title.form


def blank_list(looking: Looking, asked: Sequence[AwardTitle], body: Body | None) -> ListSheet:
    """`looking` speaks Vietnamese."""
    columns, words = asked_columns(asked), looking.words
    kinds = [kind for kind in KINDS if any(kind in title.nominees for title in asked)]
    school = body is not None and body.kind == "truong"
    return list_paper(
        looking,
        body,
        asked,
        period=words("list.school_year_blank") if school else words("list.year", nam=looking.year),
        columns=(
            list_column(looking, name, asked, kinds, _choices(looking, name, asked)) for name in columns
        ),
        grouped={kind: [(None,) * len(columns)] * ROWS[kind] for kind in kinds},
        counted={kind: words(f"list.counted.{kind}", n="……") for kind in kinds},
        headed=len(kinds) > 1,
    )


def _choices(looking: Looking, name: Name, asked: Sequence[AwardTitle]) -> tuple[str, ...]:
    words = looking.words
    match name:
        case "title":
            return tuple(title.label.vi for title in asked)
        case "rating":
            return tuple(RATING_LABELS[rating].vi for rating in reversed(RATINGS))
        case "category":
            return tuple(words(f"choice.{id}") for id in _categories(looking))
        case "salutation":
            return words("list.salutation.male"), words("list.salutation.female")
    return ()


def _categories(looking: Looking) -> tuple[str, ...]:
    """The categories of persons that a line may have, as the newest machine of dossiers offers them."""
    machine = next(each for each in looking.machines if each.subject == Dossier.subject)
    event = machine.event("add")
    return next((each.choices for each in event.inputs if each.name == "category"), ()) if event else ()
