"""Sweeping one office: every row that is due fires, item by item, each item in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection

from runtime.acts.acting import Acting, Done
from runtime.acts.incidents import OF_NO_ITEM, Diagnosis, diagnosis, note, where
from runtime.acts.succeeding import hand_over
from runtime.office.results import Ticked, new_key
from storage import incidents, offices
from storage.errors import DatabaseUnusable, Locked
from storage.unit import UnitOfWork
from workflow.model.context import Actor
from workflow.model.errors import UNUSABLE, TdktError
from workflow.model.facts import Key
from workflow.model.roles import SYSTEM
from workflow.services.sweep import Swept, sweep_item
from workflow.time.clock import ClockDoubted

BATCH = 100
"""Due items that are looked for at once."""


class OfficeUnreadable(TdktError):
    """A definition that the office {ten} runs on cannot be read: {ly_do}. See tdkt incident list."""

    code = "office_unreadable"
    exit_code = UNUSABLE


def sweep(
    acting: Acting,
    *,
    progress: Callable[[int], None] | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> Ticked:
    """Fires every row that is due now.

    An item that fails gets an incident and is not tried again for a while; the others go on. `progress` is
    called after each item; `stopping` is asked before each, and ends the sweep where it answers True.
    """
    found = incidents.open_incidents(acting.database, acting.office)
    resting = incidents.resting(found, now=acting.now)
    _read_setting(acting, resting)
    _check_clock(acting, resting)
    hand_over(acting)
    # What gave nothing is passed over until the next sweep: it rests, failed, or is in other hands.
    passed = {Key(acting.office, year, ref) for year, ref in resting if year is not None and ref is not None}
    done: list[tuple[Key, Swept]] = []
    failed: list[Key] = []
    stopped: TdktError | None = None
    try:
        while (keys := _due_beside(acting, passed)) and not stopping():
            for key in keys:
                if stopping():
                    break
                swept = _sweep_or_note(acting, key)
                if swept is not None and swept.rows:
                    done.append((key, swept))
                else:
                    passed.add(key)
                    failed += [key] if swept is None else []
                if progress:
                    progress(1)
        acting.keep_clock()
    except (DatabaseUnusable, Locked) as error:
        if not done:
            raise
        stopped = error
    return Ticked(
        sum(swept.rows for _key, swept in done),
        sum(swept.notices for _key, swept in done),
        len(done),
        tuple(acting.ref(key) for key, _swept in done),
        tuple(acting.ref(key) for key in failed),
        stopped,
    )


def _read_setting(acting: Acting, resting: Collection[incidents.Place]) -> None:
    """Reads what every item's sweep needs; where that fails, it is the office's own incident.

    Raises OfficeUnreadable.
    """
    try:
        _ = acting.setting, acting.catalogue
    except OF_NO_ITEM:
        raise
    except Exception as error:
        if (None, None) not in resting:
            note(acting, Diagnosis("office_unreadable", where(error)))
        raise OfficeUnreadable(ten=acting.office, ly_do=where(error)) from error


def _check_clock(acting: Acting, resting: Collection[incidents.Place]) -> None:
    """A clock that cannot be right fires nothing, which is an incident. Raises ClockDoubted."""
    try:
        acting.check_clock(ahead=True)
    except ClockDoubted as error:
        if (None, None) not in resting:
            note(acting, Diagnosis(error.code))
        raise


def _due_beside(acting: Acting, passed: Collection[Key]) -> list[Key]:
    """The next items that are due: a batch, and as many more as are passed over."""
    limit = BATCH + len(passed)
    found = offices.due_items(acting.database, acting.office, now=acting.now, limit=limit)
    return [key for key in found if key not in passed]


def _sweep_or_note(acting: Acting, key: Key) -> Swept | None:
    """Sweeps the item; None where it cannot be swept, which is written as an incident."""

    def work(unit: UnitOfWork) -> Done[Swept]:
        swept = sweep_item(unit, key, acting.case_of(Actor(SYSTEM)))
        return Done(swept, written=bool(swept.rows))

    try:
        return acting.act(work, key=f"sweep/{new_key()}")
    except OF_NO_ITEM:
        raise
    except Exception as error:
        note(acting, diagnosis(acting, key, error), place=(key.year, key.ref))
        return None
