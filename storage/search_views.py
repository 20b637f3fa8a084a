"""Looking through all years for lines of dossiers and for decisions. Beside `storage.views`, whose connection
it asks."""

from __future__ import annotations

from storage.views import Reading
from workflow.model.facts import Key


def line_names(reading: Reading, office: str, year: int) -> list[tuple[str, int, str]]:
    """Every name of a line of the year's dossiers, the newest first; an old one may stand beside a corrected
    one."""
    rows = reading.rows(
        "SELECT ref, line, value FROM free_text"
        " WHERE office = :office AND year = :year AND line > 0 AND input = 'name' ORDER BY ref DESC, line",
        {"office": office, "year": year},
    )
    return [(ref, line, value) for ref, line, value in rows]


def decision_numbers(reading: Reading, office: str) -> list[tuple[Key, str]]:
    """The numbers of all issued decisions, the newest first."""
    rows = reading.rows(
        "SELECT year, ref, number FROM award_decision WHERE office = :office AND number IS NOT NULL"
        " ORDER BY year DESC, ref DESC",
        {"office": office},
    )
    return [(Key(office, year, ref), number) for year, ref, number in rows]
