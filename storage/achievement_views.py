"""Looking at records of achievements: by name, by parts of names, by a paper's number, by register.

Beside `storage.views`, whose connection it asks. Names are matched against a narrow index that holds them
without tone marks; SQLite passes over it from end to end for a part of a name, PostgreSQL over the table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from storage.achievement_rows import READ, achievement_of
from storage.views import Reading
from workflow.model.achievements import Achievement, by_name, name_key
from workflow.model.papers import number_key

# SQLite, which knows nothing of how many rows there are, would pass over all of the office's for the rest of
# a row; the numbers alone it takes from the narrow index.
_SELECT = f"""SELECT {", ".join(READ)} FROM achievement WHERE office = :office AND number IN
 (SELECT number FROM achievement WHERE office = :office AND"""


def records_of(reading: Reading, office: str, names: Iterable[str]) -> Mapping[str, tuple[Achievement, ...]]:
    """All records of everybody who is called by one of these names, by `name_key`, in one query."""
    keys = sorted(set(map(name_key, names)))
    return by_name(_found(reading, _among(reading, "name_key"), office=office, keys=keys))


def record(reading: Reading, office: str, number: int) -> Achievement | None:
    found = _found(reading, "number = :number", office=office, number=number)
    return found[0] if found else None


def names_like(reading: Reading, office: str, words: Sequence[str], *, limit: int) -> tuple[str, ...]:
    """The keys of the first names in their order that hold all of these words, or parts of words."""
    parts = {f"part_{'x' * at}": f"%{_plain(part)}%" for at, part in enumerate(map(name_key, words), 1)}
    holds = " AND ".join(f"name_key LIKE :{name} ESCAPE '!'" for name in parts)
    rows = reading.rows(
        f"SELECT DISTINCT name_key FROM achievement WHERE office = :office AND {holds}"
        " ORDER BY name_key LIMIT :limit",
        {"office": office, "limit": limit, **parts},
    )
    return tuple(key for (key,) in rows)


def _plain(part: str) -> str:
    """Text in which LIKE sees no sign of its own."""
    return part.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def of_paper(reading: Reading, office: str, number: str, *, limit: int) -> tuple[Achievement, ...]:
    """The records that rest on a paper of this number, all of it or the part before the stroke."""
    key = number_key(number)
    begins = "" if "/" in key else " OR decision_key LIKE :begins ESCAPE '!'"
    return _found(
        reading,
        f"(decision_key = :key{begins})",
        "ORDER BY dated, decision, number LIMIT :limit",
        office=office,
        key=key,
        begins=f"{_plain(key)}/%",
        limit=limit,
    )


def of_kind(
    reading: Reading, office: str, kind: str, *, period: str | None = None, body: str | None = None
) -> tuple[Achievement, ...]:
    """A register: all records of one kind, of one period or body where it is asked for, in time."""
    narrowed = "".join(
        f" AND {name} = :{name}" for name, value in (("period", period), ("body", body)) if value is not None
    )
    asked = {"office": office, "kind": kind, "period": period, "body": body}
    order = "ORDER BY period, dated, decision, words, number"
    return _found(reading, f"kind = :kind{narrowed}", order, **asked)


def of_dossier(reading: Reading, office: str, year: int, ref: str) -> tuple[Achievement, ...]:
    """Those that came of a dossier by itself."""
    where = "source_ref IS NOT NULL AND source_year = :year AND source_ref = :ref"
    return _found(reading, where, "ORDER BY number", office=office, year=year, ref=ref)


def _among(reading: Reading, column: str) -> str:
    if reading.path is not None:
        return f"{column} IN (SELECT value FROM json_each(:keys))"
    return f"{column} = ANY(ARRAY(SELECT jsonb_array_elements_text(CAST(:keys AS jsonb))))"


def _found(reading: Reading, where: str, order: str = "", **asked: Any) -> tuple[Achievement, ...]:
    if "keys" in asked:
        asked["keys"] = json.dumps(asked["keys"])
    return tuple(achievement_of(row) for row in reading.rows(f"{_SELECT} {where}) {order}", asked))
