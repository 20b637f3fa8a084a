"""Looking at what was paid for decisions and handed over.

Beside `storage.views`, whose connection it asks.
"""

from __future__ import annotations

from datetime import date

from storage.views import Reading
from workflow.model.certificates import READ as CERTIFICATE
from workflow.model.certificates import Certificate, certificate_of
from workflow.model.payments import READ, Payment, payment_of

RECEIVER, PROXY = "receiver", "proxy"
"""The words of a payment's entry: who took the money, and by which paper in another's place."""


def around(reading: Reading, office: str, year: int) -> tuple[Payment, ...]:
    """The movements for decisions of the plan's year and of the years around it, by number."""
    rows = reading.rows(
        f"""SELECT {", ".join(READ)} FROM payment
 WHERE office = :office AND year BETWEEN :first AND :last ORDER BY number""",
        {"office": office, "first": year - 1, "last": year + 1},
    )
    return tuple(map(payment_of, rows))


def plan_years_issued(reading: Reading, office: str, year: int) -> tuple[int, ...]:
    """The years of the plans of which a decision was issued in the year, in order."""
    rows = reading.rows(
        """SELECT DISTINCT year FROM award_decision
 WHERE office = :office AND issued_on BETWEEN :first AND :last ORDER BY year""",
        {"office": office, "first": date(year, 1, 1), "last": date(year, 12, 31)},
    )
    return tuple(plan_year for (plan_year,) in rows)


def receivers(reading: Reading, office: str, year: int) -> dict[int, tuple[str | None, str | None]]:
    """Who took the money of which movement of that plan's year, and by which paper in another's place, as far
    as these words stand; by the movement's number."""
    rows = reading.rows(
        """SELECT p.number, t.input, t.value FROM payment p JOIN free_text t
 ON t.office = p.office AND t.year = p.year AND t.ref = p.ref AND t.line = 0 AND t.entry = p.entry
 WHERE p.office = :office AND p.year = :year AND t.input IN ('receiver', 'proxy')""",
        {"office": office, "year": year},
    )
    said: dict[int, dict[str, str]] = {}
    for number, input, value in rows:
        said.setdefault(number, {})[input] = value
    return {number: (words.get(RECEIVER), words.get(PROXY)) for number, words in said.items()}


def certificates(reading: Reading, office: str, year: int) -> tuple[Certificate, ...]:
    """What is known of the certificates of the plan's year, by decision and line."""
    rows = reading.rows(
        f"""SELECT {", ".join(CERTIFICATE)} FROM certificate
 WHERE office = :office AND year = :year ORDER BY ref, dossier, line""",
        {"office": office, "year": year},
    )
    return tuple(map(certificate_of, rows))
