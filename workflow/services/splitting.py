"""Makes the dossier in which lines of another go on, in the transaction of the event that splits that one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workflow.engine.case import Case
from workflow.engine.ports import Unit
from workflow.model.decision import Decision, EntryDraft, FreeText, Refused
from workflow.model.definition import RulePack
from workflow.model.dossiers import LINE_WORDS, Dossier, Nominee, opened
from workflow.model.facts import Facts, Item
from workflow.model.recorded import last_of
from workflow.rules.nominees import with_lines
from workflow.rules.persons import CONFIRMED_BY, confirmed_by
from workflow.rules.splitting import SOURCE, lines_apart, retitled
from workflow.services.create import Creation, create
from workflow.services.judging import Tried

SPLIT_OFF = "split_off"
"""The event that makes the new dossier."""
INTO = "into"
"""Under this name the entry of the old one says the new one."""
CARRIED = ("posted_from", "posted_until", "paper_number", "paper_date")
"""What guards look back on in the log of a dossier, and so goes with its lines."""
HANDED_IN = (SPLIT_OFF, "submit", "agree_receipt", "accept")
"""The events that recorded it."""
BROUGHT = "line_brought"
"""What the log calls the coming of a line with its words."""


def split_off(unit: Unit, decision: Decision, facts: Facts, case: Case) -> Decision | Refused:
    """The decision on the old dossier, whose lines say where they went, once the new one is written with
    them."""
    source, asked = facts.item, decision.entry
    named = {no for no in _list(asked.inputs.get("nominee")) if isinstance(no, int)}
    title = asked.inputs.get("title")
    lines = lines_apart(source, tuple(sorted(named)), str(title) if title else None)
    details = _details(source, lines, asked.inputs, case.setting.of(source).rules)
    why = next(text.value for text in asked.texts if text.field == "reason")
    made = create(
        unit,
        Creation(
            case.machine(source),
            details,
            *source.key[:2],
            facts.parent,
            words={"of": source.key.in_year, "reason": why, **_carried(unit, source)},
            event=SPLIT_OFF,
            beside={SOURCE: (source,)},
            rules=source.rules,
        ),
        case,
    )
    if isinstance(made, Tried):
        return replace(made.refused, event=asked.event)
    _describe(unit, made, source)
    ref = made.item.key.ref
    left = tuple(
        line._replace(moved_to=ref) if line.no in named else line
        for line in Dossier.of(decision.item).nominees
    )
    entry = replace(asked, inputs={**asked.inputs, INTO: ref})
    return replace(decision, item=with_lines(decision.item, left), entry=entry, into=ref)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _details(
    source: Item, lines: tuple[Nominee, ...], said: Mapping[str, object], rules: RulePack
) -> Dossier:
    """The new dossier: with another title on the path of that, of the type and on the ground that are given
    for it."""
    was = Dossier.of(source)
    titles = {line.title for line in lines}
    title = lines[0].title if len(titles) == 1 else was.title
    anew = retitled(tuple(line for line in was.nominees if line.no in {each.no for each in lines}), title)
    type, ground = (str(said[name]) if said.get(name) else None for name in ("type", "ground"))
    if not anew:
        form = any(known.form or not known.ways for id in titles if (known := rules.title(id)))
        type, ground = (type or was.type) if form else None, ground or was.ground
    return replace(
        opened(was.body, title, rules, type=type, ground=ground, period=was.period),
        received_on=was.received_on,
        complete_on=was.complete_on,
        nominees=lines,
        last_no=was.last_no,
        path=None if anew else was.path,
        intake_no=was.intake_no,
        opinions=tuple(each for each in was.opinions if _concerns(each.lines, lines)),
        split_from=source.key.ref,
        movement=was.movement,
    )


def _concerns(asked: tuple[int, ...], lines: tuple[Nominee, ...]) -> bool:
    """Whether a question goes on with the lines: it was about one of them, or about the whole dossier."""
    return not asked or any(line.no in asked for line in lines)


def _carried(unit: Unit, source: Item) -> Mapping[str, str]:
    """By the names of the new entry's inputs; what was said last counts."""
    recorded = unit.recorded(source.key)
    found: dict[str, str] = {}
    for event in HANDED_IN:
        last = last_of(recorded, (event,))
        said = last.inputs if last else {}
        found |= {name: str(said[name]) for name in CARRIED if said.get(name)}
    confirmed = sorted(confirmed_by(recorded))
    return {**found, CONFIRMED_BY: ",".join(confirmed)} if confirmed else found


def _describe(unit: Unit, made: Decision, source: Item) -> None:
    """The words of each line, in an entry of its own: one has each field once."""
    standing = {(word.line, word.field): word.value for word in unit.words(source.key) if word.line}
    for line in Dossier.of(made.item).nominees:
        texts = tuple(
            FreeText(field, standing[line.no, field], line.no)
            for field in LINE_WORDS
            if (line.no, field) in standing
        )
        unit.record(
            EntryDraft(
                event=BROUGHT,
                actor=made.entry.actor,
                acting_for=made.entry.acting_for,
                role=made.entry.role,
                from_state=made.item.state,
                to_state=made.item.state,
                machine=made.entry.machine,
                inputs={"nominee": [line.no]},
                texts=texts,
            ),
            log=made.item.key.year,
            key=made.item.key,
        )
