"""What a changed calendar, or a move to another policy, does to every running deadline, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from runtime.acts.acting import Acting, Done
from storage import offices
from storage.unit import UnitOfWork
from workflow.model.calendar import NoWorkingDay
from workflow.model.context import Actor, Setting
from workflow.model.definition import DeadlinePolicy
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.facts import Key, Plain
from workflow.model.roles import SYSTEM
from workflow.services.recalendar import Recalendared, recalendar_item


class PolicyNotAdopted(UsageMistake):
    """The office has no version {so} of its policy {ten}; it has {danh_sach}. Adopt that one first with
    `tdkt definition adopt`."""

    code = "policy_not_adopted"


class NoWorkingDayLeft(TdktError):
    """The calendar leaves no working day within a year of {ngay}. Correct the days off in its file."""

    code = "no_working_day"


@dataclass(frozen=True, slots=True)
class Recalendaring:
    """The items whose deadlines move, in key order; `by` is the version that moves them."""

    by: str | None = None
    items: tuple[tuple[Key, Recalendared], ...] = ()


def recalendar(
    acting: Acting, unit: UnitOfWork, *, before: Setting, actor: Actor, role: str | None
) -> Recalendaring:
    """Moves the deadlines that the office's calendar, as this transaction sees it, puts on other instants.

    Raises NoWorkingDayLeft.
    """
    after = acting.setting
    if after.calendar == before.calendar:
        return Recalendaring()
    keys = offices.items_with_pending(acting.database, acting.office)
    moved = _moved(acting, unit, keys, before=before, to=None, actor=actor, role=role)
    return Recalendaring(after.calendar.version, moved)


def migrate_deadlines(
    acting: Acting, version: int, *, role: str | None, dry_run: bool = False
) -> Recalendaring:
    """Moves every running deadline to this version of the office's policy, and begins the terms that it adds;
    all or nothing.

    A dry run, which needs no actor, writes nothing. Raises PolicyNotAdopted, NoWorkingDayLeft.
    """
    name = acting.directory.policy
    known = [policy for policy in acting.setting.policies if policy.name == name]
    to = next((policy for policy in known if policy.version == version), None)
    if to is None:
        there_are = ", ".join(str(policy.version) for policy in reversed(known))
        raise PolicyNotAdopted(ten=name, so=version, danh_sach=there_are)
    actor = Actor(SYSTEM) if dry_run else acting.actor

    def work(unit: UnitOfWork) -> Done[Recalendaring]:
        keys = offices.open_items(acting.database, acting.office)
        items = _moved(acting, unit, keys, before=acting.setting, to=to, actor=actor, role=role)
        if items and not dry_run:
            inputs: dict[str, Plain] = {"policy": to.label, "items": len(items)}
            acting.record(unit, "migrate_deadlines", inputs, role=role)
        return Done(Recalendaring(to.label, items), written=bool(items))

    return acting.act(work, dry_run=dry_run)


def _moved(
    acting: Acting,
    unit: UnitOfWork,
    keys: Iterable[Key],
    *,
    before: Setting,
    to: DeadlinePolicy | None,
    actor: Actor,
    role: str | None,
) -> tuple[tuple[Key, Recalendared], ...]:
    """The items that move, each written within the transaction."""
    case = acting.case_of(actor)
    try:
        found = [
            (
                key,
                recalendar_item(unit, key, case, before=before, role=role, to=to),
            )
            for key in keys
        ]
    except NoWorkingDay as error:
        raise NoWorkingDayLeft(ngay=error.day) from error
    return tuple((key, done) for key, done in found if done)
