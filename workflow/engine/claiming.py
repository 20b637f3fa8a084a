"""Of those who may act on an item: one says "I do it", or passes it on to another account. Pure decisions.

Neither moves the state or the version, and both end when the state is left. What is claimed stands under the
account in whose name it was: its stand-in finds it there. `runtime.acts.claiming` locks and writes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from workflow.engine.case import Case
from workflow.engine.machine import RunnableMachine, barring
from workflow.engine.substituting import has_business
from workflow.model.capacity import capacities
from workflow.model.context import Actor, Setting
from workflow.model.decision import EntryDraft, FreeText, Reason, Refused
from workflow.model.definition import Event, Text
from workflow.model.facts import Facts, Item, unclaimed
from workflow.model.roles import Holding, Standing, able, permitted
from workflow.model.substitution import Addressee, addressees, stand_in_of
from workflow.model.wording import date_vi, position

CLAIM, RELEASE, DELEGATE, TAKE_BACK = "claim", "release", "delegate", "take_back"


@dataclass(frozen=True, slots=True)
class Handover:
    """A claim that was taken or given up, or an item handed to another: the item afterwards and its entry.

    `taker` has or had the item, by claiming it or from the `giver`; `to` are told. `unchanged`: no entry.
    """

    item: Item
    entry: EntryDraft
    taker: str
    giver: str | None = None
    to: tuple[Addressee, ...] = ()
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks what of an item, when: what the decisions below have in common."""

    item: Item
    case: Case

    @property
    def machine(self) -> RunnableMachine:
        return self.case.machine(self.item)

    @property
    def account(self) -> str:
        return self.case.actor.account

    @property
    def setting(self) -> Setting:
        return self.case.setting

    @property
    def day(self) -> date:
        return self.case.today

    @property
    def standing(self) -> Standing:
        return self.machine.standing(self.item, self.setting)

    @property
    def held(self) -> tuple[Holding, ...]:
        """All that may act at the item's state."""
        return able(self.machine.states[self.item.state].owner, self.standing)

    def actor(self) -> Actor | None:
        """In whose name the account may act on the item; None where it may not."""
        possible = capacities(
            self.account, self.held, item=self.item, substitutions=self.setting.substitutions, day=self.day
        )
        return next(
            (capacity for capacity in possible if not self.bars(capacity)), next(iter(possible), None)
        )

    def bars(self, actor: Actor) -> tuple[Reason, ...]:
        """What bars the actor from an event that leads on from the state, each rule once."""
        case, facts = self.case.by(actor), Facts(self.item)
        found: dict[str, Reason] = {}
        for event in self.machine.definition.events:
            on = _leads_on(event, self.item.state) and not self._takes_back(event)
            held = permitted(event.by, self.standing) if on else ()
            if any(actor.capacity in holding.accounts for holding in held):
                reasons = barring(self.machine, case.context(self.machine, event.id, facts))
                found.update({reason.rule: reason for reason in reasons})
        return tuple(found.values())

    def _takes_back(self, event: Event) -> bool:
        """Whether the event is for whoever did what it takes back."""
        guards = self.machine.registry.guards
        return any(guards[call.name].of_doer for call in event.guards)

    def speaks_for(self, account: str | None) -> Actor | None:
        """The actor as which the account speaks for `account`: as itself, or as its stand-in today."""
        if account == self.account:
            return Actor(self.account)
        if account is None or stand_in_of(account, self.setting.substitutions, self.day) != self.account:
            return None
        return Actor(self.account, account)

    def position(self, account: str) -> Text:
        found = self.setting.office.account(account)
        return Text(position(found.label.vi), position(found.label.en)) if found else Text(account, account)


def claim(asking: Asking) -> Handover | Refused:
    """ "I do it": reminders go to the claimant alone. Claiming again what one has claimed changes nothing."""
    actor, reasons = _entitled(asking)
    item = asking.item
    if actor is None:
        return Refused(CLAIM, reasons)
    mine = (actor.capacity,) if item.delegated_by is None else (asking.account,)
    if item.claimed_by is not None and item.claimed_by in mine:
        return Handover(item, _entry(asking, CLAIM, actor), item.claimed_by, unchanged=True)
    if item.claimed_by is not None:
        reasons = (_taken(asking),)
    reasons = (*reasons, *asking.bars(actor))
    if reasons:
        return Refused(CLAIM, reasons)
    claimed = _given(asking, claimed_by=actor.capacity)
    return Handover(claimed, _entry(asking, CLAIM, actor), actor.capacity)


def release(asking: Asking) -> Handover | Refused:
    """Takes a claim back, so that all who must act are asked again."""
    item = asking.item
    if item.claimed_by is None:
        return Refused(RELEASE, (Reason("not_claimed", {"ref": asking.setting.ref(item.key)}),))
    actor = asking.speaks_for(item.claimed_by)
    if item.delegated_by is not None or actor is None:
        return Refused(RELEASE, (_taken(asking),))
    return Handover(unclaimed(item), _entry(asking, RELEASE, actor), item.claimed_by)


def delegate(asking: Asking, *, to: str, reason: str | None = None) -> Handover | Refused:
    """Passes the item on to `to`, a known account, which then acts in the giver's name and is told so.

    `reason` is free text and stays erasable.
    """
    actor, reasons = _entitled(asking)
    item, office = asking.item, asking.setting.office
    if actor is None:
        return Refused(DELEGATE, reasons)
    if item.claimed_by is not None and (item.delegated_by is not None or item.claimed_by != actor.capacity):
        return Refused(DELEGATE, (_taken(asking),))
    found: list[Reason] = []
    if to in (actor.account, actor.capacity):
        found.append(Reason("delegate_to_itself", {"chuc_vu": asking.position(to)}))
    if not has_business(office, to):
        found.append(Reason("may_not_stand_in", {"chuc_vu": asking.position(to)}))
    found += asking.bars(Actor(to, actor.capacity))
    if found:
        return Refused(DELEGATE, tuple(found))
    given = _given(asking, claimed_by=to, delegated_by=actor.capacity)
    entry = replace(_entry(asking, DELEGATE, actor), inputs={"to": to})
    texts = (FreeText("reason", reason),) if reason else ()
    return Handover(given, replace(entry, texts=texts), to, actor.capacity, to=_told(asking, to))


def take_back(asking: Asking) -> Handover | Refused:
    """Ends a passing on: by whoever gave it, or by the other, who gives it back. The other is told."""
    item = asking.item
    if item.delegated_by is None or item.claimed_by is None:
        return Refused(TAKE_BACK, (Reason("not_delegated", {"ref": asking.setting.ref(item.key)}),))
    giver, taker = asking.speaks_for(item.delegated_by), asking.speaks_for(item.claimed_by)
    if giver is not None:
        actor, other = giver, item.claimed_by
    elif taker is not None:
        actor, other = Actor(asking.account, item.delegated_by), item.delegated_by
    else:
        return Refused(TAKE_BACK, (_taken(asking),))
    entry, told = _entry(asking, TAKE_BACK, actor), _told(asking, other)
    return Handover(unclaimed(item), entry, item.claimed_by, item.delegated_by, to=told)


def _entitled(asking: Asking) -> tuple[Actor | None, tuple[Reason, ...]]:
    """Who acts, in whose name; without one, why not."""
    if not asking.item.owners:
        state = asking.machine.label_of(asking.item)
        return None, (Reason("nobody_must_act", {"trang_thai": state}),)
    actor = asking.actor()
    if actor is not None:
        return actor, ()
    ids = tuple(dict.fromkeys(id for holding in asking.held for id in holding.accounts))
    labels = [asking.position(id) for id in ids]
    named = Text("; ".join(label.vi for label in labels), "; ".join(label.en for label in labels))
    return None, (Reason("role", {"vai_tro": named}, who_can=ids),)


def _taken(asking: Asking) -> Reason:
    """By whom the item is claimed, since when; or to whom it was passed on."""
    item = asking.item
    assert item.claimed_by is not None
    since = {"gio": _since(asking)}
    if item.delegated_by is None:
        return Reason(
            "claimed",
            {"chuc_vu": asking.position(item.claimed_by), "ref": asking.setting.ref(item.key), **since},
        )
    people = {
        "chuc_vu_vang": asking.position(item.delegated_by),
        "chuc_vu_thay": asking.position(item.claimed_by),
    }
    return Reason("delegated", {**people, "ref": asking.setting.ref(item.key), **since})


def _since(asking: Asking) -> Text:
    at = asking.item.claimed_at
    if at is None:
        return Text("—", "—")
    local = at.astimezone(ZoneInfo(asking.setting.office.zone))
    clock = f"{local.hour:02}:{local.minute:02}"
    return Text(f"{clock} ngày {date_vi(local.date())}", f"{local.date().isoformat()} {clock}")


def _given(asking: Asking, *, claimed_by: str, delegated_by: str | None = None) -> Item:
    return asking.item._replace(claimed_by=claimed_by, delegated_by=delegated_by, claimed_at=asking.case.now)


def _told(asking: Asking, account: str) -> tuple[Addressee, ...]:
    return addressees((account,), asking.setting.substitutions, asking.day)


def _leads_on(event: Event, state: str) -> bool:
    return any(
        state in transition.sources and transition.target not in (None, state)
        for transition in event.transitions
    )


def _entry(asking: Asking, event: str, actor: Actor) -> EntryDraft:
    held = next((holding for holding in asking.held if actor.capacity in holding.accounts), None)
    return EntryDraft(
        event=event,
        actor=actor.account,
        acting_for=actor.acting_for,
        role=held.role if held else None,
        from_state=asking.item.state,
        to_state=asking.item.state,
        machine=asking.machine.name,
    )
