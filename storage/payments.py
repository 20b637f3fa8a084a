"""Movements of money, and what was handed over, for lines of decisions: read and kept within a unit of work.

Movements are only added. Whoever keeps them holds the lock of their decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, func, insert, select, update

from storage.tables import certificate, payment
from workflow.model.certificates import READ as CERTIFICATE
from workflow.model.certificates import Certificate, certificate_of
from workflow.model.facts import Key
from workflow.model.payments import READ, Payment, payment_of

if TYPE_CHECKING:  # a unit of work asks here what is left of a fund
    from storage.unit import UnitOfWork


def around(unit: UnitOfWork, year: int, *, lock: bool = True) -> tuple[Payment, ...]:
    """Those for decisions of the plan's year and of the years around it, by number, under the office's row:
    of two acts at a time the later one sees the earlier."""
    if lock:
        unit.lock_office()
    found = select(*(payment.c[name] for name in READ)).order_by(payment.c.number)
    here = [payment.c.office == unit.office, payment.c.year.between(year - 1, year + 1)]
    return tuple(map(payment_of, unit.execute(found.where(*here))))


def add(unit: UnitOfWork, movements: Iterable[Payment], *, entry: str) -> tuple[Payment, ...]:
    """Keeps movements under the next numbers, with the id of the entry that speaks for them."""
    last = select(func.max(payment.c.number)).where(payment.c.office == unit.office)
    first = (unit.execute(last).scalar() or 0) + 1
    kept = tuple(each._replace(number=number) for number, each in enumerate(movements, first))
    for each in kept:
        unit.execute(insert(payment), {**each._asdict(), "office": unit.office, "entry": entry})
    return kept


def certificates(unit: UnitOfWork, decision: Key) -> tuple[Certificate, ...]:
    """What is known of the certificates of a decision; its lock protects them."""
    found = select(*(certificate.c[name] for name in CERTIFICATE))
    here = [certificate.c.office == decision.office, certificate.c.year == decision.year]
    return tuple(map(certificate_of, unit.execute(found.where(*here, certificate.c.ref == decision.ref))))


def register_numbers(unit: UnitOfWork, year: int) -> dict[str, tuple[str, str, int]]:
    """The numbers in the register of the plan's year, each with its decision, dossier and line."""
    found = select(certificate.c.register_no, certificate.c.ref, certificate.c.dossier, certificate.c.line)
    here = [certificate.c.office == unit.office, certificate.c.year == year]
    rows = unit.execute(found.where(*here, certificate.c.register_no.is_not(None)))
    return {number: (ref, dossier, line) for number, ref, dossier, line in rows}


def keep_certificates(unit: UnitOfWork, said: Sequence[Certificate], *, entry: str) -> None:
    """Says how certificates stand now. Numbers that change are free before others take them."""
    for each in said:
        unit.execute(update(certificate).where(*_is(unit, each)).values(register_no=None))
    for each in said:
        changes = {name: getattr(each, name) for name in CERTIFICATE if name not in PLACE}
        if not unit.execute(
            update(certificate).where(*_is(unit, each)).values(**changes, entry=entry)
        ).rowcount:
            unit.execute(insert(certificate), {**each._asdict(), "office": unit.office, "entry": entry})


PLACE = ("year", "ref", "dossier", "line")


def _is(unit: UnitOfWork, each: Certificate) -> list[ColumnElement[bool]]:
    here = [certificate.c[name] == getattr(each, name) for name in PLACE]
    return [certificate.c.office == unit.office, *here]
