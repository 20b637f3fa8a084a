"""Erasing words: the entries keep their digests, and another entry says that the words went."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select

from storage.tables import entry, free_text, office_text
from storage.unit import UnitOfWork
from workflow.model.facts import Key


def erase(unit: UnitOfWork, key: Key, line: int | None) -> int:
    """Deletes the words of one line of the item, or all of its words; answers with how many went."""
    here = [free_text.c.office == key.office, free_text.c.year == key.year, free_text.c.ref == key.ref]
    if line is not None:
        here.append(free_text.c.line == line)
    erased: int = unit.execute(delete(free_text).where(*here)).rowcount
    return erased


def erase_of_entries(unit: UnitOfWork, key: Key, entries: Collection[str]) -> int:
    """Deletes the words of these entries of the item; answers with how many went."""
    here = [free_text.c.office == key.office, free_text.c.year == key.year, free_text.c.ref == key.ref]
    erased: int = unit.execute(delete(free_text).where(*here, free_text.c.entry.in_(entries))).rowcount
    return erased


def erase_of_office(unit: UnitOfWork, log: int, seq: int) -> int:
    """Deletes the words of one entry about the whole office; answers with how many went."""
    said = select(entry.c.id).where(entry.c.office == unit.office, entry.c.log == log, entry.c.seq == seq)
    here = office_text.c.office == unit.office
    erased: int = unit.execute(
        delete(office_text).where(here, office_text.c.entry == said.scalar_subquery())
    ).rowcount
    return erased
