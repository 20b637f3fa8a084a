"""Looking at movements: their words, who registered, how each was reviewed, which dossiers are about it.

Beside `storage.views`, whose connection it asks.
"""

from __future__ import annotations

from storage.views import Reading
from workflow.model.movements import READ, Movement, Registration, Review, movement_of


def movements(reading: Reading, office: str) -> tuple[Movement, ...]:
    """All of the office, by number, with the words that are not erased."""
    rows = reading.rows(
        f"SELECT entry, closing, {', '.join(READ)} FROM movement WHERE office = :office ORDER BY number",
        {"office": office},
    )
    if not rows:
        return ()
    said = reading.rows(
        """SELECT t.entry, t.input, t.value FROM office_text t WHERE t.office = :office AND EXISTS
 (SELECT 1 FROM movement m WHERE m.office = t.office AND (m.entry = t.entry OR m.closing = t.entry))""",
        {"office": office},
    )
    words = {(entry, name): value for entry, name, value in said}
    return tuple(
        movement_of(row)._replace(
            name=words.get((entry, "name")),
            criteria=words.get((entry, "criteria")),
            launched_by=words.get((entry, "launched_by")),
            result=words.get((closing, "result")),
        )
        for entry, closing, *row in rows
    )


def registrations(reading: Reading, office: str) -> tuple[Registration, ...]:
    """Who registered for which movement, in the order of the days."""
    rows = reading.rows(
        "SELECT number, body, registered_on AS day FROM movement_body WHERE office = :office"
        " ORDER BY number, registered_on, body",
        {"office": office},
    )
    return tuple(Registration(*row) for row in rows)


def reviews(reading: Reading, office: str, number: int) -> tuple[Review, ...]:
    """The preliminary reviews of a movement, in the order of their days."""
    rows = reading.rows(
        """SELECT r.number, r.no, r.held_on AS day, r.paper, t.value AS text FROM movement_review r
 LEFT JOIN office_text t ON t.office = r.office AND t.entry = r.entry AND t.input = 'text'
 WHERE r.office = :office AND r.number = :number ORDER BY r.held_on, r.no""",
        {"office": office, "number": number},
    )
    return tuple(Review(*row) for row in rows)


def linked_years(reading: Reading, office: str) -> tuple[int, ...]:
    """The years in which dossiers are about a movement."""
    rows = reading.rows(
        "SELECT DISTINCT year FROM dossier WHERE office = :office AND movement IS NOT NULL ORDER BY year",
        {"office": office},
    )
    return tuple(year for (year,) in rows)
