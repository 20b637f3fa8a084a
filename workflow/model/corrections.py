"""What was recorded as it stands now: the inputs of events with the corrections that were agreed to.

An entry is never changed. A correction is proposed by one event and agreed to by another; what it replaces
stays readable where it was recorded. Pure, over the item's entries.
"""

# No postponed annotations: as texts each field's would be compiled at every start.

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from workflow.model.facts import Plain
from workflow.model.recorded import Recorded
from workflow.model.roles import PROPOSE_CORRECTION

PROPOSE, AGREE, DROP = PROPOSE_CORRECTION, "agree_correction", "drop_correction"
FOLLOW = "decision_corrected"
"""The event by which an item learns that a decision was corrected which it recorded."""
RESTATE = "restate"
"""The event by which words of a line are stated anew, by a decision or a letter."""
_OF_LETTERS = ((RESTATE, "paper_number"), (RESTATE, "paper_date"))
"""What a dossier recorded of a letter about the decision: no tờ trình, which the decision calls so."""

CORRECTABLE = (
    "paper_number",
    "paper_date",
    "paper",
    "date",
    "done_on",
    "held_on",
    "invitation",
    "decision_number",
    "decision_date",
    "signer",
    "place",
    "attended_by",
    "intake_no",
)
"""What of an event's inputs may be corrected: what a signed paper has too."""

OF_LINES: Mapping[str, str] = MappingProxyType({"new_name": "name", "new_unit": "unit"})
"""The words of a line that may be corrected, by the inputs that propose them: under their own name they would
displace what stands before anybody agreed."""

DUE = "due_on"
"""The input that proposes an earlier date for one that was set or extended too far."""


class Value(NamedTuple):
    """A value with the entry that has it; words that are kept apart are None here and stand in that entry's
    text `field`."""

    value: Plain
    entry: str
    field: str


class Fact(NamedTuple):
    """The input `name` of the `event` that recorded it: as it stands, and what stood before, oldest first.
    `told` are the entries whose notices gave the one or the other."""

    event: str
    name: str
    standing: Value
    replaced: tuple[Value, ...] = ()
    told: tuple[str, ...] = ()


class Change(NamedTuple):
    """What a correction puts in the place of what. `fact` is what it changes, None of a due date, which the
    item bears, and of words of a line, whose `old` ones are not known here."""

    name: str
    new: Value
    old: Value | None = None
    fact: Fact | None = None


class Correction(NamedTuple):
    """A correction from its proposal on; `decided` agreed to it or dropped it. `line` is the numbered line
    whose words it changes."""

    proposed: Recorded
    changes: tuple[Change, ...]
    line: int | None
    decided: Recorded | None = None

    @property
    def status(self) -> Literal["pending", "agreed", "dropped"]:
        if self.decided is None:
            return "pending"
        return "agreed" if self.decided.event == AGREE else "dropped"


class Corrected(NamedTuple):
    """All that was recorded of an item, and every correction of it, oldest first. `earlier` are the facts of
    events that took place again since: each decision of several keeps its own number."""

    facts: tuple[Fact, ...]
    corrections: tuple[Correction, ...]
    earlier: tuple[Fact, ...] = ()

    @property
    def pending(self) -> Correction | None:
        return next((each for each in self.corrections if each.decided is None), None)

    def fact(self, name: str, *, event: str | None = None) -> Fact | None:
        """The newest fact of that name, or that of one event."""
        return next(
            (fact for fact in reversed(self.facts) if fact.name == name and event in (None, fact.event)), None
        )

    def standing(self, event: str) -> Mapping[str, Plain]:
        """The inputs of the event that may be corrected, as they stand; words are None."""
        return {fact.name: fact.standing.value for fact in self.facts if fact.event == event}

    def of_entry(self, entry: str) -> tuple[Fact, ...]:
        """The facts that this entry recorded, as they stand."""
        return tuple(fact for fact in (*self.earlier, *self.facts) if fact.told[0] == entry)


DUE_DATES: Mapping[str, str] = MappingProxyType({"set_deadline": "date", "extend": "until", AGREE: DUE})
"""The events that move a due date, with the input that says where to."""


def corrected(recorded: Sequence[Recorded]) -> Corrected:
    """The item's facts as they stand after all that took place on it."""
    facts: dict[tuple[str, str], Fact] = {}
    earlier: list[Fact] = []
    corrections: list[Correction] = []
    waits: int | None = None  # of several only one waits, and what follows a decision may come after it
    due: Value | None = None
    for at, each in enumerate(recorded):
        if each.event in (PROPOSE, AGREE, DROP) and waits is not None:
            corrections[waits] = corrections[waits]._replace(decided=each)  # proposed anew, it is dropped
            if each.event == AGREE:
                _apply(corrections[waits], each, facts)
            waits = None
        if each.event == PROPOSE:
            waits = len(corrections)
            corrections.append(_proposed(each, Corrected(tuple(facts.values()), ()), due))
        elif each.event == FOLLOW:
            standing = Corrected(tuple(facts.values()), (), tuple(earlier))
            corrections.append(_followed(each, recorded[:at], standing))
            for now in _changed(corrections[-1], each):
                _put(now, facts, earlier)
        elif each.from_state != each.to_state and "by" not in each.inputs:
            # What proves a move comes with it; by another decision it is that one's.
            earlier += _record(each, facts)
        if (moved := DUE_DATES.get(each.event)) in each.inputs:
            due = _value(each, str(moved))
    return Corrected(tuple(facts.values()), tuple(corrections), tuple(earlier))


def followed(recorded: Sequence[Recorded], said: Mapping[str, Plain]) -> tuple[Change, ...]:
    """What a correction of a decision changes of what an item recorded of it; `said` is what FOLLOW asks."""
    return _changes(said, recorded, corrected(recorded), "")


def as_stands(recorded: Sequence[Recorded]) -> tuple[Recorded, ...]:
    """What took place, each with the inputs that were agreed to in the place of its own."""
    now = corrected(recorded)

    def stands(each: Recorded) -> Recorded:
        facts = (fact for fact in now.of_entry(each.entry) if fact.name in each.inputs)
        return each._replace(inputs={**each.inputs, **{fact.name: fact.standing.value for fact in facts}})

    return tuple(map(stands, recorded))


class Recount(NamedTuple):
    """Counts of a line that were recorded anew: the entry that has the former ones, and the later one."""

    line: int
    was: Recorded
    now: Recorded


def recounts(recorded: Sequence[Recorded]) -> tuple[Recount, ...]:
    """The counts that others replaced, oldest first."""
    found: list[Recount] = []
    last: dict[int, Recorded] = {}
    for each in (each for each in recorded if each.event == "result"):
        line = _line_of(each)
        if line is None:
            continue
        if line in last:
            found.append(Recount(line, last[line], each))
        last[line] = each
    return tuple(found)


def _line_of(each: Recorded) -> int | None:
    """The numbered line that the event names."""
    lines = each.inputs.get("nominee")
    return next((no for no in lines if isinstance(no, int)), None) if isinstance(lines, list) else None


def _record(each: Recorded, facts: dict[tuple[str, str], Fact]) -> list[Fact]:
    """The event's own values; where it took place before, its former ones are replaced, and answered with."""
    earlier: list[Fact] = []
    for name in CORRECTABLE:
        if name in each.inputs or name in each.texts:
            before = facts.pop((each.event, name), None)  # the newest stands last
            earlier += [before] if before else []
            former = (*before.replaced, before.standing) if before else ()
            facts[each.event, name] = Fact(each.event, name, _value(each, name), former, (each.entry,))
    return earlier


def _value(each: Recorded, name: str) -> Value:
    return Value(each.inputs.get(name), each.entry, name)


def _proposed(each: Recorded, standing: Corrected, due: Value | None) -> Correction:
    event = str(each.inputs["of"]) if "of" in each.inputs else None
    changes: list[Change] = []
    for name in (*each.inputs, *each.texts):
        if name in CORRECTABLE and (fact := standing.fact(name, event=event)):
            changes.append(Change(name, _value(each, name), fact.standing, fact))
        elif name == DUE or name in OF_LINES:
            changes.append(Change(name, _value(each, name), due if name == DUE else None))
    return Correction(each, tuple(changes), _line_of(each))


def _apply(correction: Correction, agreed: Recorded, facts: dict[tuple[str, str], Fact]) -> None:
    for change in correction.changes:
        if change.fact is not None and (now := facts.get((change.fact.event, change.name))):
            facts[now.event, now.name] = _renewed(now, change.new, agreed)


def _renewed(fact: Fact, new: Value, agreed: Recorded) -> Fact:
    return fact._replace(
        standing=new, replaced=(*fact.replaced, fact.standing), told=(*fact.told, agreed.entry)
    )


def _followed(each: Recorded, before: Sequence[Recorded], standing: Corrected) -> Correction:
    changes = _changes(each.inputs, before, standing, each.entry)
    return Correction(each, changes, None, each._replace(event=AGREE))


def _changes(
    said: Mapping[str, Plain], before: Sequence[Recorded], standing: Corrected, entry: str
) -> tuple[Change, ...]:
    """Whatever these entries recorded of the decision, by its reference, or where they have none by the
    number that it had."""
    changes: list[Change] = []
    for each in before:
        own = {fact.name: fact for fact in standing.of_entry(each.entry)}
        number = own["decision_number"].standing.value if "decision_number" in own else None
        by = each.inputs.get("decision", each.inputs.get("by"))
        same_number = by is None and number is not None and number == said.get("was_number")
        if each.event == FOLLOW or not (by == said["decision"] or same_number):
            continue
        for name in CORRECTABLE:
            if name in said and name in each.inputs and (each.event, name) not in _OF_LETTERS:
                fact = own.get(name) or Fact(each.event, name, _value(each, name), (), (each.entry,))
                new = Value(said[name], entry, name)
                if fact.standing.value != new.value:
                    changes.append(Change(name, new, fact.standing, fact))
    return tuple(changes)


def _changed(correction: Correction, each: Recorded) -> Iterator[Fact]:
    for change in correction.changes:
        if change.fact is not None:
            yield _renewed(change.fact, change.new, each)


def _put(now: Fact, facts: dict[tuple[str, str], Fact], earlier: list[Fact]) -> None:
    """In the place of the fact of the same entry; of an event without a move there was none."""
    stood = facts.get((now.event, now.name))
    if stood is not None and stood.told[0] == now.told[0]:
        facts[now.event, now.name] = now
        return
    earlier[:] = [fact for fact in earlier if (fact.told[0], fact.name) != (now.told[0], now.name)]
    earlier.append(now)
