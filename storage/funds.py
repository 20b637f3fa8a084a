"""The movements of funds as they are kept: read and added within a unit of work, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from storage.tables import fund_entry
from workflow.model.funds import READ, FundEntry, entry_of

if TYPE_CHECKING:  # a unit of work asks here what is left of a fund
    from storage.unit import UnitOfWork


def of_year(unit: UnitOfWork, year: int, *, lock: bool = True) -> tuple[FundEntry, ...]:
    """The movements of a year by number and without their words, under the office's row: of two acts at a
    time the later one sees the earlier. What is only told needs no `lock`."""
    if lock:
        unit.lock_office()
    found = select(*(fund_entry.c[name] for name in READ))
    here = [fund_entry.c.office == unit.office, fund_entry.c.year == year]
    return tuple(map(entry_of, unit.execute(found.where(*here).order_by(fund_entry.c.number))))


def add(unit: UnitOfWork, movements: Iterable[FundEntry], *, entry: str) -> None:
    """Keeps movements under the next numbers, with the id of the entry that speaks for them."""
    last = select(func.max(fund_entry.c.number)).where(fund_entry.c.office == unit.office)
    first = (unit.execute(last).scalar() or 0) + 1
    for number, each in enumerate(movements, first):
        said = {name: getattr(each, name) for name in READ}
        unit.execute(insert(fund_entry), {**said, "office": unit.office, "number": number, "entry": entry})
