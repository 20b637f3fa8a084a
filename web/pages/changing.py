"""What changes an issued decision by another one: drafting its amendment, its replacement, its annulment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from runtime.acts.drafting import draft
from runtime.office.sentences import input_mistakes
from runtime.views.answers import answer_of, foreseen, key_of, reasons_told
from runtime.views.decisions import named_lines, proposed, proposed_cells
from runtime.views.fields import Field, Option, fields_of, typed_word
from web.asking import Outcome, fresh, sent_twice, wrong
from web.desk import Desk
from web.links import item_path
from web.pages.decision import CHANGES
from web.pages.item import item_meant
from web.replies import Page, Redirect, Reply, Shown
from web.saying import said_of
from workflow.model.award_decisions import AwardDecision, DecisionKind
from workflow.model.errors import InputMistakes, TdktError, UnknownReference
from workflow.model.facts import Item
from workflow.model.machine import Event, Input
from workflow.model.subjects import AWARD_DECISION
from workflow.services.decisions import MAKES, NewDecision

RESTATE = "restate"
"""The event that states a line of an amendment anew; an amendment is drafted with it at once."""


def ask(desk: Desk) -> Reply:
    item, kind = _meant(desk)
    return _form(desk, item, kind, fresh(desk, item))


def do(desk: Desk) -> Reply:
    """Previews the draft, or makes it."""
    item, kind = _meant(desk)
    asked, details = desk.asked, AwardDecision.of(item)
    # What stands in its place says all of it anew; of others the lines are chosen.
    lines = [line.ref for line in details.standing] if kind == "replace" else list(asked.all("lines"))
    if not lines:
        mistakes = {"lines": desk.words("web.decisions.none_chosen")}
        return _form(desk, item, kind, wrong(desk, item, mistakes))
    outcome, preview = fresh(desk, item), bool(asked.one("preview"))
    command = NewDecision(
        item.key.office, item.key.year, _typed(desk, kind), tuple(lines), kind, item.key.ref
    )
    try:
        result = draft(
            desk.acting_by("" if preview else outcome.form_key),
            [command],
            restated=_typed(desk, kind, restated=True),
            dry_run=preview,
        )[-1]
    except InputMistakes as mistakes_made:
        found = {**input_mistakes(mistakes_made, desk.words)}
        return _form(desk, item, kind, replace(outcome, status=422, mistakes=found))
    except TdktError as error:
        return sent_twice(desk, error, to=item_path(item.key))
    if result.refused is not None:
        against = reasons_told(desk.looking, result.refused.reasons)
        return _form(desk, item, kind, replace(outcome, status=422, against=against))
    if preview:
        return _form(desk, item, kind, replace(outcome, foreseen=foreseen(desk.looking, result)))
    said = said_of(answer_of(desk.looking, result, by=desk.account))
    return Redirect(item_path(key_of(desk.looking, result)), said=said)


def _meant(desk: Desk) -> tuple[Item, DecisionKind]:
    """The decision of the address, and the kind of what is drafted. Raises UnknownReference."""
    item, named = item_meant(desk), desk.asked.place["kind"]
    kind = next((each for each in CHANGES if each == named), None)
    if item.subject != AWARD_DECISION.id or kind is None:
        raise UnknownReference(ref=named)
    return item, kind


def _event(desk: Desk, name: str) -> Event:
    """The event of the machine by which a draft is made now."""
    machine = desk.looking.newest(AWARD_DECISION.id)
    event = machine.event(name) if machine else None
    assert event is not None, "the shipped machine has what drafts a decision"
    return event


def _inputs(desk: Desk, kind: DecisionKind, *, restated: bool) -> Sequence[Input]:
    if not restated:
        return _event(desk, MAKES[kind]).inputs
    return [each for each in _event(desk, RESTATE).inputs if each.name != "lines"] if kind == "amend" else ()


def _typed(desk: Desk, kind: DecisionKind, *, restated: bool = False) -> Mapping[str, str]:
    inputs = _inputs(desk, kind, restated=restated)
    return {each.name: word for each in inputs if (word := typed_word(each, desk.asked.all(each.name)))}


def _form(desk: Desk, item: Item, kind: DecisionKind, outcome: Outcome) -> Reply:
    looking, asked = desk.looking, desk.asked
    event = _event(desk, MAKES[kind])
    fields = (
        *_lines(desk, item, kind),
        *fields_of(looking, item, _inputs(desk, kind, restated=True)),
        # Who may sign its lines does, where nobody is named.
        *(
            each._replace(required=each.required and each.name != "signer")
            for each in fields_of(looking, item, event.inputs)
        ),
    )
    every = kind == "revoke" and asked.method == "GET"
    typed = {field.name: asked.all(field.name) for field in fields}
    if every:
        typed["lines"] = tuple(option.value for option in fields[0].options)
    return Shown(
        "changing",
        {
            "item": item,
            "ref": looking.ref(item.key),
            "about": looking.content(item),
            "path": item_path(item.key),
            "kind": kind,
            "label": looking.words.of(event.label),
            "fields": fields,
            "typed": typed,
            "o": outcome,
        },
        outcome.status,
    )


def _lines(desk: Desk, item: Item, kind: DecisionKind) -> Sequence[Field]:
    """The lines to choose from: those in force, and of an amendment those that were left out of it."""
    if kind == "replace":
        return ()
    looking, details = desk.looking, AwardDecision.of(item)
    found = [
        Option(line.ref, f"{line.ref} {(named.name if named else None) or '—'}")
        for line, named in named_lines(looking, item)
        if line in details.standing
    ]
    if kind == "amend":
        added = (
            cells for each in proposed(looking, details.title) for cells in proposed_cells(looking, each)
        )
        found += [
            Option(cells[0], looking.words("web.decisions.added", ten=f"{cells[0]} {cells[1]}"))
            for cells in added
        ]
    return (Field("lines", looking.words("web.decisions.change_lines"), "many", True, tuple(found)),)


PAGES = (
    Page("GET", "/items/{year}/{ref}/change/{kind}", ask),
    Page("POST", "/items/{year}/{ref}/change/{kind}", do, acts=True),
)
