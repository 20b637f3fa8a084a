"""Wiring of a changed calendar: every item with deadlines to come, within the transaction that adopts it."""

from __future__ import annotations

from dataclasses import dataclass

from runtime.opened import OpenedOffice
from storage import offices
from storage.unit import UnitOfWork
from workflow.calendar import NoWorkingDay
from workflow.compiled import from_json
from workflow.context import Setting
from workflow.definition import DeadlinePolicy
from workflow.errors import TdktError
from workflow.facts import Key
from workflow.recalendaring import Recalendared, recalendar_item


class NoWorkingDayLeft(TdktError):
    """The calendar leaves no working day within a year of {ngay}. Correct the days off in its file."""

    code = "no_working_day"


@dataclass(frozen=True, slots=True)
class Recalendaring:
    """The items whose deadlines move, in key order; `calendar` is the version that moves them."""

    calendar: str | None = None
    items: tuple[tuple[Key, Recalendared], ...] = ()


def recalendar(
    acting: OpenedOffice, unit: UnitOfWork, *, before: Setting, actor: str, role: str | None
) -> Recalendaring:
    """Moves what the office's calendar, as it stands in this transaction, puts on other instants.

    Raises NoWorkingDayLeft.
    """
    after = acting.setting
    if after.calendar == before.calendar:
        return Recalendaring()
    policies = _policies(acting)

    def moved(key: Key) -> Recalendared | None:
        return recalendar_item(
            unit,
            key,
            machines=acting.machine,
            before=before,
            after=after,
            policies=policies,
            catalogue=acting.catalogue,
            actor=actor,
            role=role,
            now=acting.now,
        )

    try:
        found = [(key, moved(key)) for key in offices.items_with_pending(acting.database, acting.office)]
    except NoWorkingDay as error:
        raise NoWorkingDayLeft(ngay=error.day.isoformat()) from error
    return Recalendaring(after.calendar.version, tuple((key, done) for key, done in found if done))


def _policies(acting: OpenedOffice) -> tuple[DeadlinePolicy, ...]:
    """Every policy that the office ever ran, the newest first."""
    stored = [from_json(each.compiled) for each in acting.stored_definitions() if each.kind == "policy"]
    policies = [each for each in stored if isinstance(each, DeadlinePolicy)]
    return tuple(sorted(policies, key=lambda policy: policy.version, reverse=True))
