"""Papers that were issued: which files they are. Written within a unit of work that holds their item's
lock; the files themselves lie where attachments do (`storage.paper_files`)."""

from __future__ import annotations

from sqlalchemy import insert, select

from storage.tables import issued_paper
from storage.unit import UnitOfWork
from workflow.model.facts import Key
from workflow.model.printed import IssuedPaper

_COLUMNS = tuple(issued_paper.c[name] for name in IssuedPaper._fields)


def kept(unit: UnitOfWork, key: Key, kind: str, part: str) -> IssuedPaper | None:
    """What is kept of an item already."""
    here = (
        issued_paper.c.office == key.office,
        issued_paper.c.year == key.year,
        issued_paper.c.ref == key.ref,
        issued_paper.c.kind == kind,
        issued_paper.c.part == part,
    )
    row = unit.execute(select(*_COLUMNS).where(*here)).first()
    return IssuedPaper(*row) if row else None


def keep(unit: UnitOfWork, key: Key, paper: IssuedPaper) -> None:
    place = {"office": key.office, "year": key.year, "ref": key.ref}
    unit.execute(insert(issued_paper), {**place, **paper._asdict()})
