"""Wiring of a changed calendar or policy: every item whose deadlines it moves, within one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from runtime.office.opened import OpenedOffice
from storage import offices
from storage.unit import UnitOfWork
from workflow.model.calendar import NoWorkingDay
from workflow.model.context import Actor, Setting
from workflow.model.definition import DeadlinePolicy
from workflow.model.errors import TdktError
from workflow.model.facts import Key
from workflow.services.recalendar import Recalendared, recalendar_item


class NoWorkingDayLeft(TdktError):
    """The calendar leaves no working day within a year of {ngay}. Correct the days off in its file."""

    code = "no_working_day"


@dataclass(frozen=True, slots=True)
class Recalendaring:
    """The items whose deadlines move, in key order; `by` is the version that moves them."""

    by: str | None = None
    items: tuple[tuple[Key, Recalendared], ...] = ()


def recalendar(
    acting: OpenedOffice, unit: UnitOfWork, *, before: Setting, actor: Actor, role: str | None
) -> Recalendaring:
    """Moves what the office's calendar, as it stands in this transaction, puts on other instants.

    Raises NoWorkingDayLeft.
    """
    after = acting.setting
    if after.calendar == before.calendar:
        return Recalendaring()
    keys = offices.items_with_pending(acting.database, acting.office)
    moved = _moved(acting, unit, keys, before=before, to=None, actor=actor, role=role)
    return Recalendaring(after.calendar.version, moved)


def migrate(
    acting: OpenedOffice, unit: UnitOfWork, *, to: DeadlinePolicy, actor: Actor, role: str | None
) -> Recalendaring:
    """Moves every running deadline to another version of the policy, and begins the terms that it adds.

    Raises NoWorkingDayLeft.
    """
    keys = offices.open_items(acting.database, acting.office)
    moved = _moved(acting, unit, keys, before=acting.setting, to=to, actor=actor, role=role)
    return Recalendaring(to.label, moved)


def _moved(
    acting: OpenedOffice,
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
        raise NoWorkingDayLeft(ngay=error.day.isoformat()) from error
    return tuple((key, done) for key, done in found if done)
