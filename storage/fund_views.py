"""Looking at funds: their movements with the words that are not erased.

Beside `storage.views`, whose connection it asks.
"""

from __future__ import annotations

from storage.views import Reading
from workflow.model.funds import READ, FundEntry, entry_of


def movements(reading: Reading, office: str, year: int) -> tuple[FundEntry, ...]:
    """The movements of a year, by number."""
    columns = ", ".join(f"f.{name}" for name in READ)
    rows = reading.rows(
        f"""SELECT t.value AS note, {columns} FROM fund_entry f
 LEFT JOIN office_text t ON t.office = f.office AND t.entry = f.entry AND t.input = 'note'
 WHERE f.office = :office AND f.year = :year ORDER BY f.number""",
        {"office": office, "year": year},
    )
    return tuple(entry_of(row)._replace(note=note) for note, *row in rows)
