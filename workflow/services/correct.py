"""What comes with a correction, in its transaction: words that give way, and who is told again.

Whoever was told what is no longer so is told what is so. A notice that has not left is not sent: what it
would have said is said anew, as it is now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from workflow.engine.case import Case
from workflow.engine.procedure import ItemEvent
from workflow.model.context import InputValue
from workflow.model.corrections import AGREE, FOLLOW, Change, Corrected, corrected, followed
from workflow.model.decision import Decision, FreeText, NoticeDraft
from workflow.model.facts import Facts, Item, Plain
from workflow.model.machine import Event
from workflow.model.recorded import Recorded
from workflow.model.substitution import addressees
from workflow.model.wording import date_vi
from workflow.notices.corrected import CORRECTED
from workflow.notices.deadline import caused_notices
from workflow.notices.rendering import passed_on, position_of, rendered
from workflow.rules.inputs import typed_inputs

if TYPE_CHECKING:  # the names of what may follow are read with the definitions, without `transitions`
    from workflow.engine.machine import RunnableMachine
    from workflow.engine.ports import Told, Unit


class Said(NamedTuple):
    """Something that was told and is no longer so: what it is, and how it read and reads. `entries` caused
    the notices; of these the `kinds` said it, None: all of them."""

    what: str
    was: str
    now: str
    entries: tuple[str, ...]
    kinds: Collection[str] | None = None
    inputs: Mapping[str, InputValue] | None = None


def with_words(unit: Unit, decision: Decision) -> Decision:
    """The decision whose entry has the words that it puts in the place of others, and these beside them."""
    if not decision.rewords:
        return decision
    words = {(word.line, word.entry, word.field): word.value for word in unit.words(decision.item.key)}
    standing = {(line, field): value for (line, _entry, field), value in words.items()}
    texts: list[FreeText] = []
    for reword in decision.rewords:
        new = words.get((reword.line, reword.proposed, reword.words))
        old = standing.get((reword.line, reword.field))
        if new is None:  # erased meanwhile: nothing is left to be put there
            continue
        texts.append(FreeText(reword.field, new, reword.line))
        if old is not None:
            texts.append(FreeText(f"{reword.field}_was", old, reword.line, beside=True))
    entry = replace(decision.entry, texts=(*decision.entry.texts, *texts))
    return replace(decision, entry=entry)


def told_again(unit: Unit, decision: Decision, facts: Facts, case: Case) -> Decision:
    """The decision with the notices of what is no longer as people were told, and those that are not sent."""
    machine = case.machine(decision.item)
    if CORRECTED not in machine.events[decision.entry.event].notices:
        return decision
    recorded = facts.beside.get("recorded") or unit.recorded(facts.item.key)
    notices: list[NoticeDraft] = []
    retracted: list[str] = []
    for said in _no_longer_so(machine, decision, facts.item, recorded):
        for told in (told for entry in said.entries for told in unit.told(facts.item.key, entry)):
            if said.kinds is not None and told.kind not in (*said.kinds, CORRECTED):
                continue
            if not told.left:
                retracted += told.rows
            notices += _again(told, said, decision.item, case)
    unlike = dict.fromkeys(notices)  # who was told of a number twice is told once what it is
    return replace(decision, notices=(*decision.notices, *unlike), retracted=tuple(dict.fromkeys(retracted)))


def _again(told: Told, said: Said, item: Item, case: Case) -> Iterator[NoticeDraft]:
    """The notice to whoever it was meant for, today; to nobody who corrects it: that account knows."""
    meant = told.instead_of or told.to
    if meant in (case.actor.account, case.actor.acting_for):
        return
    if not told.left:
        if said.inputs is not None and told.kind != CORRECTED:
            happened = ItemEvent(item, item, said.inputs, {})
            anew = caused_notices((told.kind,), happened, case)
            yield from (draft for draft in anew if (draft.instead_of or draft.to) == meant)
        return
    to_whom = position_of(case.office, meant)
    values = {
        "ref": case.setting.ref(item.key),
        "truong": said.what,
        "cu": said.was,
        "moi": said.now,
        "chuc_vu_nhan": to_whom,
    }
    subject, text = rendered(CORRECTED, values, case, reader=meant)
    for to in addressees((meant,), case.setting.substitutions, case.today):
        yield passed_on(NoticeDraft(CORRECTED, None, meant, subject, text), to, case)


def _no_longer_so(
    machine: RunnableMachine, decision: Decision, before: Item, recorded: tuple[Recorded, ...]
) -> Iterator[Said]:
    if decision.entry.event == FOLLOW:
        yield from _facts_no_longer_so(machine, before, recorded, followed(recorded, decision.entry.inputs))
        return
    if decision.entry.event == AGREE:
        pending = corrected(recorded).pending
        yield from _facts_no_longer_so(machine, before, recorded, pending.changes if pending else ())
        return
    # What is taken back is the move into the state that the item leaves.
    into = next(
        (each for each in reversed(recorded) if each.to_state == before.state != each.from_state), None
    )
    if into is not None:
        was, now = (machine.label(item.state, item.kind).vi for item in (before, decision.item))
        yield Said("tình trạng", was, now, (into.entry,))


def _facts_no_longer_so(
    machine: RunnableMachine, item: Item, recorded: tuple[Recorded, ...], agreed: Sequence[Change]
) -> Iterator[Said]:
    """The agreed changes of what was told; a notice says a fact where it reads otherwise with the new one."""
    standing = corrected(recorded)
    changes = [change for change in agreed if change.fact]
    for change in changes:
        fact = change.fact
        assert fact is not None
        event = machine.events.get(fact.event)
        first = next(each for each in recorded if each.entry == fact.told[0])
        if event is None or change.new.value is None:  # words are in no notice
            continue
        was = _inputs(event, first, standing)
        beside = [each for each in changes if each.fact and each.fact.told[0] == first.entry]
        now = {**was, **{each.name: _typed(event, each.name, each.new.value) for each in beside}}
        kinds = [kind for kind in event.notices if _says(machine, kind, item, fact.name, was, now)]
        if kinds:
            label = next(input.label.vi for input in event.inputs if input.name == fact.name)
            old, new = was[fact.name], now[fact.name]
            yield Said(label[:1].lower() + label[1:], _shown(old), _shown(new), fact.told, kinds, now)


def _inputs(event: Event, first: Recorded, standing: Corrected) -> dict[str, InputValue]:
    """The event's plain inputs as they stand before the change, typed again."""
    facts = standing.of_entry(first.entry)
    now = {fact.name: fact.standing.value for fact in facts if fact.standing.value is not None}
    return typed_inputs(event, {**first.inputs, **now})


def _typed(event: Event, name: str, value: Plain) -> InputValue:
    return typed_inputs(event, {name: value})[name]


def _says(
    machine: RunnableMachine,
    kind: str,
    item: Item,
    name: str,
    was: Mapping[str, InputValue],
    now: Mapping[str, InputValue],
) -> bool:
    caused = machine.procedure.caused.get(kind)
    if caused is None:
        return False
    values = [caused.values(ItemEvent(item, item, inputs, {})) for inputs in (was, {**was, name: now[name]})]
    return name in caused.inputs or values[0] != values[1]


def _shown(value: InputValue) -> str:
    return date_vi(value) if isinstance(value, date) else str(value)
