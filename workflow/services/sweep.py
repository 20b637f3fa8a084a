"""What happens when a deadline row's time has come: pure decisions, and the service that writes them.

The sweep acts as `system`: it reminds, informs and sets the overdue mark; it never moves a state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from workflow.engine.case import Case
from workflow.engine.machine import with_owners
from workflow.engine.ports import FiredRow, Unit
from workflow.model.calendar import local_date
from workflow.model.context import Setting
from workflow.model.decision import DeadlineRow, EntryDraft, NoticeDraft
from workflow.model.facts import Item, Key, Plain, with_alerts
from workflow.model.lateness import waits, waits_for_basis
from workflow.model.roles import SYSTEM, owners
from workflow.model.substitution import Addressee, addressees
from workflow.notices.deadline import draft_notice
from workflow.time.deadlines import (
    capped,
    informed,
    late_seconds,
    next_ask,
    next_repeat,
)


@dataclass(frozen=True, slots=True)
class Fired:
    """What one row comes to: the item's marks, whom it addresses, the rows that follow. `vacant` are the
    roles that nobody holds, for whom somebody else was told; `told` who is reached of those addressed."""

    item: Item
    event: str
    to: tuple[str, ...] = ()
    rows: tuple[DeadlineRow, ...] = ()
    vacant: tuple[str, ...] = ()
    told: tuple[Addressee, ...] = ()


def _remind(item: Item, row: DeadlineRow, case: Case) -> Fired:
    """To whoever must act; where nobody holds that role, one step up."""
    event = "due_today" if row.kind == "due_today" else "remind"
    if row.term is None and waits(item, case.machine(item).definition.kind(item.kind), case.today):
        # After an outage it would speak of a date that has passed, by which nobody is late.
        return Fired(item, event)
    if item.owners:
        return Fired(item, event, item.asked)
    setting, owner = case.setting, case.machine(item).states[item.state].owner
    policy = setting.policy_named(row.policy)
    if owner is None or not policy.ladder:
        return Fired(item, event)
    above = informed(item, policy.ladder[0], setting=setting.under(policy), addressed=frozenset())
    return Fired(
        item, event, above.to, vacant=(*case.machine(item).registry.relations[owner].roles, *above.vacant)
    )


def _remind_again(item: Item, row: DeadlineRow, case: Case) -> Fired:
    """That it is late, and again every so many days where the policy says so."""
    fired = _remind(item, row, case)
    following = next_repeat(row, setting=case.setting)
    return fired if following is None else replace(fired, rows=(following,))


def _pass_due(item: Item, row: DeadlineRow, case: Case) -> Fired:
    """The due instant: overdue from now on, or waiting for an outside basis with a monthly question."""
    if row.term is None and waits_for_basis(item, case.machine(item).definition.kind(item.kind)):
        waiting, ask = next_ask(item._replace(waiting=True), after=case.today, setting=case.setting)
        return Fired(waiting, "wait", (), (ask,))
    return Fired(item._replace(overdue=True), "overdue")


def _escalate(item: Item, row: DeadlineRow, case: Case) -> Fired:
    setting = case.setting
    policy = setting.policy_named(row.policy)
    alerts = item.alerts_of(row.term)
    rung = next((rung for rung in policy.ladder if (rung.after, rung.unit) == (row.rung, row.unit)), None)
    if rung is None or (row.term is None and capped(item, rung, policy)):
        return Fired(item, "escalate")
    found = informed(item, rung, setting=setting.under(policy), addressed=frozenset(alerts.addressed))
    marked = with_alerts(item, row.term, alerts._replace(addressed=(*alerts.addressed, *found.to)))
    return Fired(marked, "escalate", found.to, vacant=found.vacant)


def _ask(item: Item, _row: DeadlineRow, case: Case) -> Fired:
    """The question goes to the officer, whoever must act at this step: the officer hears of the date."""
    asked, following = next_ask(item, after=case.today, setting=case.setting)
    officers = owners("lead_officer", case.standing(item))
    return Fired(asked, "ask", officers, (following,))


REMINDING = ("reminder", "due_today", "overdue", "repeat")
"""Kinds of rows that go to whoever must act."""

Firing = Callable[[Item, DeadlineRow, Case], Fired]
FIRINGS: Mapping[str, Firing] = MappingProxyType(
    {
        "reminder": _remind,
        "due_today": _remind,
        "due": _pass_due,
        "overdue": _remind_again,
        "repeat": _remind_again,
        "escalation": _escalate,
        "ask": _ask,
    }
)


def fire(item: Item, row: DeadlineRow, case: Case) -> Fired:
    """What `row` comes to now."""
    return FIRINGS[row.kind](item, row, case)


@dataclass(frozen=True, slots=True)
class Swept:
    """How many rows of an item fired and how many notices they made."""

    rows: int = 0
    notices: int = 0


def sweep_item(unit: Unit, key: Key, case: Case) -> Swept:
    """Fires every due row of one item, each with its own entry; nothing if somebody else has the item.

    The entries are `system`'s, whoever acts in the case.
    """
    item = unit.lock(key, skip_locked=True)
    if item is None:
        return Swept()
    case = case.under(case.setting.of(item))
    item = with_owners(case.machine(item), item, setting=case.setting)
    rows = sorted(unit.due_rows(key, now=case.now), key=_turn)
    firings: list[tuple[DeadlineRow, Fired]] = []
    for row in rows:
        fired = reaching(fire(item, row, case), row, setting=case.setting)
        item = fired.item
        firings.append((row, fired))
    sent = 0
    speaking = spoken_for(firings, setting=case.setting)
    firings = _counted(firings, speaking)
    for (row, fired), spoken in zip(firings, speaking, strict=True):
        notices = tuple(
            draft_notice(fired.item, row, to, case, missed=missed, vacant=fired.vacant)
            for to, missed in spoken.items()
        )
        speaker = next(
            (by.name for (by, _), told in zip(firings, speaking, strict=True) if _speaks(told, row)), None
        )
        _write(unit, row, fired, notices, speaker=speaker, now=case.now)
        sent += len(notices)
    return Swept(len(rows), sent)


def _counted(
    firings: Sequence[tuple[DeadlineRow, Fired]],
    speaking: Sequence[Mapping[Addressee, tuple[DeadlineRow, ...]]],
) -> list[tuple[DeadlineRow, Fired]]:
    """The firings, with the reminders of each date counted.

    A row whose notice another row already sends makes no notice, and so is no reminder.
    """
    answers, counts = [], dict[str | None, int]()
    for (row, fired), spoken in zip(firings, speaking, strict=True):
        if row.kind in REMINDING and spoken:
            counts[row.term] = counts.get(row.term, fired.item.alerts_of(row.term).reminded) + 1
        item = fired.item
        for term, reminded in counts.items():
            item = with_alerts(item, term, item.alerts_of(term)._replace(reminded=reminded))
        answers.append((row, replace(fired, item=item)))
    return answers


def reaching(fired: Fired, row: DeadlineRow, *, setting: Setting) -> Fired:
    """The firing with its readers of today: stand-ins in place of the absent, and in place of an owner the
    account to which it handed the item."""
    item, today = fired.item, setting.today
    asked = row.kind not in ("escalation", "ask")
    told = addressees(
        fired.to, setting.substitutions, today, must_act=item.asked if row.kind == "escalation" else ()
    )
    if asked and item.delegated_by is not None and fired.to == item.asked:
        told = tuple(reader._replace(instead_of=item.delegated_by) for reader in told)
    return replace(fired, told=told)


def _speaks(told: Mapping[Addressee, tuple[DeadlineRow, ...]], row: DeadlineRow) -> bool:
    return any(row in missed for missed in told.values())


def spoken_for(
    firings: Sequence[tuple[DeadlineRow, Fired]], *, setting: Setting
) -> list[dict[Addressee, tuple[DeadlineRow, ...]]]:
    """By firing, the earlier rows whose news its notice tells too, so that these send none.

    Rows of one date that fire a day or more late, as after an outage, make one notice for each reader: the
    last row sends it and it names the others. A row that fires in time always sends its own, and no row of
    one term is named in the notice of another.
    """
    today = setting.today
    answers: list[dict[Addressee, tuple[DeadlineRow, ...]]] = [{} for _ in firings]
    for number in reversed(range(len(firings))):
        row, fired = firings[number]
        late = local_date(row.at, setting.office.zone) < today
        for to in fired.told:
            speaker = next(
                (
                    later
                    for later in range(number + 1, len(firings))
                    if to in answers[later] and firings[later][0].term == row.term
                ),
                None,
            )
            if late and speaker is not None:
                answers[speaker][to] = (row, *answers[speaker][to])
            else:
                answers[number][to] = ()
    return answers


def _turn(row: DeadlineRow) -> tuple[datetime, int, str]:
    """The order of firing: by time; at one instant whoever must act is told before others are informed."""
    return row.at, tuple(FIRINGS).index(row.kind), row.name


def _write(
    unit: Unit,
    row: DeadlineRow,
    fired: Fired,
    notices: tuple[NoticeDraft, ...],
    *,
    speaker: str | None,
    now: datetime,
) -> None:
    late = late_seconds(row.at, now)
    inputs: dict[str, Plain] = {
        "row": row.name,
        "occurrence": row.occurrence,
        "late_s": late,
        "to": [reader.account for reader in fired.told],
    }
    if any(reader.instead_of for reader in fired.told):
        inputs["instead_of"] = [reader.instead_of for reader in fired.told]
    if speaker is not None:  # the row whose notice says this one too
        inputs["with"] = speaker
    if fired.vacant:
        inputs["vacant"] = list(fired.vacant)
    entry = EntryDraft(
        event=fired.event,
        actor=SYSTEM,
        role=SYSTEM,
        from_state=fired.item.state,
        to_state=fired.item.state,
        inputs=inputs,
    )
    unit.write_fired(
        fired.item,
        entry=entry,
        fired=FiredRow(row.name, row.occurrence, late),
        rows=fired.rows,
        notices=notices,
    )
