"""One encoder writes every value that a command prints as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from runtime.office.records import plain
from tests.people import SECRETARY


class Line(NamedTuple):
    ref: str
    due: date | None
    owners: tuple[str, ...]


class Page(NamedTuple):
    record: Line
    from_: date
    at: datetime
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Votes:
    for_: int
    lines: tuple[Line, ...]


LINE = Line("T07", date(2026, 3, 31), (SECRETARY,))
AS_JSON = {"ref": "T07", "due": "2026-03-31", "owners": [SECRETARY]}


def test_a_record_is_written_by_its_fields_whether_a_tuple_or_a_dataclass() -> None:
    assert plain((LINE, LINE._replace(due=None))) == [AS_JSON, {**AS_JSON, "due": None}]
    assert plain(Votes(3, (LINE,))) == {"for": 3, "lines": [AS_JSON]}


def test_a_record_that_adds_to_another_has_its_fields_first_and_flat() -> None:
    hanoi = datetime(2026, 4, 1, 7, 30, tzinfo=timezone(timedelta(hours=7)))

    written = plain(Page(LINE, date(2026, 3, 30), hanoi, {"late": 2}))

    assert written == {
        **AS_JSON,
        "from": "2026-03-30",
        "at": "2026-04-01T00:30:00.000000Z",
        "counts": {"late": 2},
    }
    assert list(written) == ["ref", "due", "owners", "from", "at", "counts"]


def test_what_json_has_itself_stays_as_it_is() -> None:
    assert plain([True, None, 3, 0.5, "chữ"]) == [True, None, 3, 0.5, "chữ"]
    assert plain(datetime(2026, 4, 1, tzinfo=UTC)) == "2026-04-01T00:00:00.000000Z"
