"""What a dossier's award does to the records of achievements, in its transaction, after it is written.

What its lines were awarded goes in by itself, what is annulled is marked, a corrected number or name follows,
and an award that is taken back goes. The rule finds what ought to stand from all that took place, so that it
may be applied again at any time: nothing changes where nothing is otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from workflow.engine.case import Case
from workflow.model.achievements import AWARD, Achievement, Source
from workflow.model.awarding import (
    ANSWERS,
    AWARDS,
    REVOCATIONS,
    REVOKED,
    Awarding,
    lines_awarded,
    was_awarded,
)
from workflow.model.corrections import as_stands
from workflow.model.decision import Decision, Reason
from workflow.model.dossiers import Dossier, Nominee, period_of
from workflow.model.facts import Facts, Item, Plain
from workflow.model.recorded import Recorded

if TYPE_CHECKING:  # the names of what may follow are read with the definitions, without `transitions`
    from workflow.engine.ports import Unit

NOW = ""
"""The entry of what takes place now, which has no id yet that a service knows."""
Words = dict[tuple[int, str, str], str]
"""What stands of words, by line, entry and field."""


def awards_recorded(unit: Unit, decision: Decision, facts: Facts, case: Case) -> tuple[Reason, ...]:
    """Keeps the records of the dossier's awards as they ought to be; nothing is told of that."""
    was, now = Dossier.of(facts.item).nominees, Dossier.of(decision.item).nominees
    if any(map(was_awarded, (*was, *now))):
        recorded = (*unit.recorded(decision.item.key), _taking_place(decision, case))
        record_awards(unit, decision.item, recorded, case)
    return ()


def record_awards(unit: Unit, dossier: Item, recorded: Sequence[Recorded], case: Case) -> int:
    """Brings the records of a dossier under its lock to what took place; answers with how many changed."""
    standing = {record.source: record for record in unit.achievements_of(dossier.key)}
    changed: list[Achievement] = []
    for award in _awards(unit, dossier, as_stands(recorded), case):
        before = standing.pop(award.source, award)
        kept = award._replace(number=before.number)
        if kept != before or not kept.number:
            changed.append(kept)
    unit.achieve(changed)
    unit.forget(standing.values())
    return len(changed) + len(standing)


def _taking_place(decision: Decision, case: Case) -> Recorded:
    entry = decision.entry
    texts = tuple(text.field for text in entry.texts)
    return Recorded(
        NOW,
        case.setting.now,
        entry.actor,
        entry.acting_for,
        entry.event,
        entry.from_state,
        entry.to_state,
        entry.inputs,
        texts,
    )


def _awards(unit: Unit, dossier: Item, recorded: Sequence[Recorded], case: Case) -> Iterator[Achievement]:
    """A record for each line that was awarded; of a line whose name was erased there is none."""
    effects = {
        event.id: frozenset(call.name for call in event.effects)
        for event in case.machine(dossier).definition.events
    }

    def does(each: Recorded, *names: str) -> bool:
        return not effects.get(each.event, frozenset()).isdisjoint(names)

    made = [each for each in recorded if does(each, *AWARDS, *ANSWERS)]
    papers = [Awarding(each.inputs, does(each, *ANSWERS)) for each in made]
    annulments = [each for each in recorded if does(each, *REVOCATIONS)]
    known = {each.entry for each in recorded}
    words: Words = {
        # What is said now stands with an entry that nobody knows yet.
        (word.line, word.entry if word.entry in known else NOW, word.field): word.value
        for word in unit.words(dossier.key)
    }
    lines = lines_awarded(Dossier.of(dossier).nominees, papers, case.office)
    for each, paper, awarded in zip(made, papers, lines, strict=True):
        for line in awarded:
            record = _record(line, each, paper, dossier, words, case)
            if record is not None:
                yield _revoked(record, _annulled(line.no, annulments)) if line.outcome == REVOKED else record


def _annulled(line: int, annulments: Sequence[Recorded]) -> Recorded | None:
    """The newest annulment of the line: one that names lines is of these alone."""
    of_line = (
        each for each in reversed(annulments) if line in (Awarding(each.inputs, False).lines or {line})
    )
    return next(of_line, None)


def _record(
    line: Nominee, each: Recorded, paper: Awarding, dossier: Item, words: Words, case: Case
) -> Achievement | None:
    said = {field: value for (no, _entry, field), value in words.items() if no == line.no}
    if "name" not in said:
        return None
    key, details = dossier.key, Dossier.of(dossier)
    number, day = _number_and_day(each.inputs)
    committee = case.office.body(case.office.committee)
    own = f"Chủ tịch {committee.name if committee else case.office.title}"
    return Achievement(
        number=0,
        kind=AWARD,
        subject=line.kind,
        name=said["name"],
        born=said.get("born"),
        unit=said.get("unit"),
        body=details.body,
        period=period_of(dossier),
        value=line.granted or line.title,
        decision=number,
        dated=day,
        authority=words.get((0, each.entry, "authority")) if paper.superior else own,
        source=Source(key.year, key.ref, line.no),
    )


def _revoked(record: Achievement, annulled: Recorded | None) -> Achievement:
    if annulled is None:
        return record
    number, day = _number_and_day(annulled.inputs)
    return record._replace(revoked_on=day, revoked_by=number)


def _number_and_day(inputs: Mapping[str, Plain]) -> tuple[str | None, date | None]:
    """Of the commune's decision, or of the superior's paper."""
    number = inputs.get("decision_number", inputs.get("paper_number"))
    day = inputs.get("decision_date", inputs.get("paper_date"))
    return (str(number) if number else None), (date.fromisoformat(str(day)) if day else None)
