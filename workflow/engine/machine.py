"""The decision: one flat `transitions` machine per definition version, and the pure `decide` around it.

The library's machine holds no item and has no callbacks with effects: it chooses the transition and moves
the slotted context's `state`. Guards are evaluated all, before it moves; effects, deadline rows and the
entry are computed after. Measured traps (transitions 0.9.3): a Machine per item costs 13-32 KiB,
`add_model` resets a loaded item, `queued=True` shares one queue; hence no models and `queued=False`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

import transitions

from workflow.engine.procedure import Procedure
from workflow.model.capacity import capacities
from workflow.model.context import Context, Setting
from workflow.model.decision import DeadlineRow, Decision, EntryDraft, FreeText, Reason, Refused, Reword
from workflow.model.definition import Call, Event, Machine, State, Text, Transition
from workflow.model.facts import Item, unclaimed
from workflow.model.registry import Effect, Warned
from workflow.model.roles import SYSTEM, Holding, Standing, able, owners, permitted
from workflow.model.undoing import undone_by
from workflow.model.wording import date_vi
from workflow.rules.inputs import split_inputs
from workflow.time.deadlines import CLOSED, MOVED, first_ask, kept_target, next_round
from workflow.time.terms import with_terms

NOWHERE = "none"
"""The state of an item that does not exist yet: the source of a creating event."""


class RunnableMachine:
    """A definition with its `transitions` machine; stateless, so one serves every item and thread.

    `procedures` are those of every subject there is, by its id.
    """

    def __init__(self, definition: Machine, *, digest: str, procedures: Mapping[str, Procedure]) -> None:
        self.definition = definition
        self.procedure = procedures[definition.subject]
        self.registry = self.procedure.registry
        self.digest = digest
        self.name = f"{definition.name}/{definition.version}"
        self.events: Mapping[str, Event] = {event.id: event for event in definition.events}
        self.states: Mapping[str, State] = {state.id: state for state in definition.states}
        self._needs = {event.id: frozenset(self._needs_of(event)) for event in definition.events}
        self._machine = transitions.Machine(
            model=None,
            states=[NOWHERE, *(state.id for state in definition.states)],
            transitions=[
                _as_library_transition(event, transition)
                for event in definition.events
                for transition in event.transitions
            ],
            initial=NOWHERE,
            auto_transitions=False,
            send_event=True,
            queued=False,
            ignore_invalid_triggers=True,
        )

    def move(self, context: Context) -> bool:
        """Moves the context's `state` along the event's transition; False where none fits."""
        return bool(self._machine.events[context.event].trigger(context))

    def needs(self, event: str) -> frozenset[str]:
        """What the event's guards, doubts and warnings need to know beside the item."""
        return self._needs[event]

    def _needs_of(self, event: Event) -> Iterator[str]:
        for guard in event.guards:
            yield from self.registry.guards[guard.name].needs
        for doubt in event.doubts:
            yield from self.registry.doubts[doubt.name].needs
        for warning in event.warnings:
            yield from self.registry.warnings[warning.name].needs

    def standing(self, item: Item, setting: Setting) -> Standing:
        """What its relations say of the item is computed from."""
        return Standing(item, setting.office, setting.of(item).rules, self.registry.relations, setting.today)

    def label(self, state: str, kind: str, *, forwarded: int = 0, stage: str = "") -> Text:
        """The state's name in the words that fit an item of the kind."""
        return self.states[state].label_for(kind, forwarded=forwarded, stage=stage)

    def label_of(self, item: Item) -> Text:
        """The name of the item's state, as it is said of the item."""
        return self.states[item.state].label_of(item)


def _as_library_transition(event: Event, transition: Transition) -> dict[str, Any]:
    return {
        "trigger": event.id,
        "source": list(transition.sources),
        "dest": transition.target,
        "conditions": [_condition(transition.when)],
    }


def _condition(when: tuple[Call, ...]) -> Callable[[transitions.EventData], bool]:
    def holds(event_data: transitions.EventData) -> bool:
        context = cast("Context", event_data.model)
        return all(context.registry.predicates[call.name](context, call.params) for call in when)

    return holds


def decide(
    machine: RunnableMachine, context: Context, *, note: str | None = None, confirmed: bool = False
) -> Decision | Refused:
    """What the context's event comes to: a Decision to be written, or Refused with every reason at once.

    Pure. Where nothing forbids it, what is doubtful does until it is `confirmed`. The context's inputs are
    typed and complete (`workflow.rules.inputs`).
    """
    event = machine.events[context.event]
    holding = _holding(event, context)
    reasons = tuple(_reasons(machine, event, context, holding))
    if reasons or not machine.move(context):
        return Refused(event.id, reasons or (_state_reason(machine, event, context),))
    doubts = doubts_about(machine, context)
    if doubts and not confirmed:
        return Refused(event.id, doubts, asked=True)
    decision = _decision(machine, event, context, role=holding.role if holding else None, note=note)
    if not doubts:
        return decision
    rules = tuple(dict.fromkeys(doubt.rule for doubt in doubts))
    return replace(decision, confirmed=doubts, entry=replace(decision.entry, rules=rules))


def repeated(machine: RunnableMachine, context: Context, *, role: str | None) -> tuple[Item, EntryDraft]:
    """What the context's event comes to where it was decided for another line like this one: the item after
    its effects, and its entry. Nothing is asked again, and the version stays."""
    event, after = machine.events[context.event], context.item
    for call in event.effects:
        after = machine.registry.effects[call.name].apply(context, after, call.params)
    return after, _entry(machine, event, context, after, role=role, note=None)


def doubts_about(machine: RunnableMachine, context: Context) -> tuple[Reason, ...]:
    """What somebody must confirm before the context's event stands, in order of declaration."""
    return _told(machine.registry.doubts, machine.events[context.event].doubts, context)


def reasons_against(machine: RunnableMachine, context: Context) -> tuple[Reason, ...]:
    """Every reason against the context's event: state, role, then the guards in order of declaration."""
    event = machine.events[context.event]
    return tuple(_reasons(machine, event, context, _holding(event, context)))


def in_capacity(machine: RunnableMachine, context: Context) -> Context:
    """The context with the actor in whose name it may ask the event, its own where it may in none.

    Of several absent people that it stands in for, the first for whom neither person is barred.
    """
    actor, setting = context.actor, context.setting
    if actor.acting_for is not None or not (setting.substitutions or context.item.delegated_by):
        return context
    possible = capacities(
        actor.account,
        permitted(machine.events[context.event].by, context.standing),
        item=context.item,
        substitutions=setting.substitutions,
        day=context.today,
    )
    free = (capacity for capacity in possible if not barring(machine, context.acted_by(capacity)))
    return context.acted_by(next(free, next(iter(possible), actor)))


def barring(machine: RunnableMachine, context: Context) -> tuple[Reason, ...]:
    """What bars the context's actor, in person or in whose name it would act, from its event."""
    guards = ((machine.registry.guards[call.name], call) for call in machine.events[context.event].guards)
    reasons = (guard.check(context, call.params) for guard, call in guards if guard.of_persons)
    return tuple(reason for reason in reasons if reason is not None)


def warnings_beside(machine: RunnableMachine, context: Context) -> tuple[Reason, ...]:
    """What is to be said beside the context's event without stopping it, in order of declaration."""
    return _told(machine.registry.warnings, machine.events[context.event].warnings, context)


def doubts_beside(machine: RunnableMachine, context: Context) -> tuple[Reason, ...]:
    """What whoever asks the context's event would have to confirm, likewise."""
    return _told(machine.registry.doubts, machine.events[context.event].doubts, context)


def _told(known: Mapping[str, Warned], calls: tuple[Call, ...], context: Context) -> tuple[Reason, ...]:
    return tuple(reason for call in calls for reason in known[call.name].check(context, call.params))


def _holding(event: Event, context: Context) -> Holding | None:
    held = permitted(event.by, context.standing)
    return next((holding for holding in held if context.actor.capacity in holding.accounts), None)


def _reasons(
    machine: RunnableMachine, event: Event, context: Context, holding: Holding | None
) -> Iterator[Reason]:
    if not any(context.item.state in transition.sources for transition in event.transitions):
        yield _state_reason(machine, event, context)
    if holding is None:
        yield _role_reason(event, context)
    for call in event.guards:
        reason = machine.registry.guards[call.name].check(context, call.params)
        if reason is not None:
            yield reason


def _state_reason(machine: RunnableMachine, event: Event, context: Context) -> Reason:
    here = machine.label_of(context.item)
    return Reason(
        "state",
        {"trang_thai": here, "su_kien": event.label, "tu": _labels(machine, event, context.item.kind)},
        who_can=context.item.owners,
    )


def _labels(machine: RunnableMachine, event: Event, kind: str) -> Text:
    """The states from which the event is possible, in words."""
    sources = dict.fromkeys(source for transition in event.transitions for source in transition.sources)
    labels = [machine.label(source, kind) for source in sources if source != NOWHERE]
    return Text("; ".join(label.vi for label in labels), "; ".join(label.en for label in labels))


def _role_reason(event: Event, context: Context) -> Reason:
    held = permitted(event.by, context.standing)
    ids = tuple(dict.fromkeys(id for holding in held for id in holding.accounts))
    if ids == (SYSTEM,):
        return Reason("by_itself")
    labels = [account.label for id in ids if (account := context.setting.office.account(id))]
    named = Text(
        "; ".join(label.vi for label in labels) or "—", "; ".join(label.en for label in labels) or "—"
    )
    return Reason("role", {"vai_tro": named}, who_can=ids)


def _decision(
    machine: RunnableMachine, event: Event, context: Context, *, role: str | None, note: str | None
) -> Decision:
    before = context.item
    after = before._replace(state=context.state, version=before.version + 1)
    for call in event.effects:
        after = machine.registry.effects[call.name].apply(context, after, call.params)
    target = after.target_on
    if after.state != before.state:
        after = unclaimed(after)
    after, cancelled, rows = _deadlines_after(machine, before, after, context)
    after = with_owners(machine, after, setting=context.setting)
    decision = Decision(
        item=after,
        entry=_entry(machine, event, context, after, role=role, note=note),
        cancel_deadlines=cancelled,
        deadlines=rows,
        warnings=(*warnings_beside(machine, context), *_lapsed(target, after)),
        rewords=tuple(_rewords(machine, event, context)),
        lines=_lines_found(machine, event, context),
        undone_by=undone_by(machine.definition, event.id, after.state),
    )
    if after.state == before.state and not machine.states[after.state].open:
        return decision  # what is over begins no term and ends none
    return with_terms(decision, setting=context.setting)


def _lapsed(target: date | None, after: Item) -> tuple[Reason, ...]:
    """That the internal target has ended with the date that it led up to."""
    if target is None or after.target_on is not None:
        return ()
    return (Reason("target_lapsed", {"ngay": Text(date_vi(target), target.isoformat())}),)


def _rewords(machine: RunnableMachine, event: Event, context: Context) -> Iterator[Reword]:
    for call in event.effects:
        effect = machine.registry.effects[call.name]
        if effect.rewords is not None:
            yield from effect.rewords(context)


def _deadlines_after(
    machine: RunnableMachine, before: Item, after: Item, context: Context
) -> tuple[Item, str | None, tuple[DeadlineRow, ...]]:
    """A final state ends every pending row; a moved date or target ends the round and makes the next."""
    if not machine.states[after.state].open and machine.states.get(before.state, _OPEN).open:
        closed_on = after.closed_on or context.today
        # What was proposed for an open item lapses with it.
        return after._replace(closed_on=closed_on, waiting=False, proposal=None), CLOSED, ()
    if not after.details.own_date or before.state == NOWHERE:
        return after, None, ()
    kind = machine.definition.kind(after.kind)
    moved = (after.due_on, after.due_mark) != (before.due_on, before.due_mark)
    if moved or kind != context.kind:
        after = kept_target(after, moved_on=context.today if moved else None)
    elif after.target_on == before.target_on:
        return after, None, ()
    if after.waiting:
        after, ask = first_ask(after, since=context.today, setting=context.setting)
        return after, MOVED, (ask,)
    after, rows = next_round(after, kind, setting=context.setting)
    return after, MOVED, rows


_OPEN = State("", Text("", ""))


def with_owners(machine: RunnableMachine, item: Item, *, setting: Setting) -> Item:
    """The item with the accounts that must act next; a claim lapses with the right to act on it."""
    owner, standing = machine.states[item.state].owner, machine.standing(item, setting)
    must = owners(owner, standing)
    claimant = item.delegated_by or item.claimed_by
    if claimant is not None and not any(claimant in held.accounts for held in able(owner, standing)):
        item = unclaimed(item)
    return item if must == item.owners else item._replace(owners=must)


def _entry(
    machine: RunnableMachine,
    event: Event,
    context: Context,
    after: Item,
    *,
    role: str | None,
    note: str | None,
) -> EntryDraft:
    inputs, texts = split_inputs(event, context.inputs)
    for call in event.effects:
        says = machine.registry.effects[call.name].says
        inputs |= says(context) if says is not None else {}
    effect, line = _line_described(machine, event, context, after)
    if effect is not None and line is not None:
        inputs = {**inputs, "nominee": [line]}
        texts = tuple(_of_line(text, line, effect) for text in texts)
    if found := _lines_found(machine, event, context):
        inputs = {**inputs, "nominee": list(found)}
    if note:
        texts = (*texts, FreeText("note", note))
    return EntryDraft(
        event=event.id,
        actor=context.actor.account,
        acting_for=context.actor.acting_for,
        role=role,
        from_state=None if context.item.state == NOWHERE else context.item.state,
        to_state=after.state,
        machine=machine.name,
        inputs=inputs,
        texts=texts,
    )


def _line_described(
    machine: RunnableMachine, event: Event, context: Context, after: Item
) -> tuple[Effect | None, int | None]:
    """The numbered line of the item that the event's free texts describe, and by which effect."""
    effects = (machine.registry.effects[call.name] for call in event.effects)
    return next(((effect, effect.line(context, after)) for effect in effects if effect.line), (None, None))


def _lines_found(machine: RunnableMachine, event: Event, context: Context) -> tuple[int, ...]:
    """The lines that the event changes and its inputs do not name."""
    effects = (machine.registry.effects[call.name] for call in event.effects)
    return tuple(no for effect in effects if effect.found for no in effect.found(context))


def _of_line(text: FreeText, line: int, effect: Effect) -> FreeText:
    if not effect.beside:
        return FreeText(text.field, text.value, line, text.beside)
    return FreeText(text.field, text.value, line, True) if text.field in effect.beside else text
