"""Due instants and what fires do not hang on the zone of the host, whatever its summer time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.acceptance.deadlines import Told, fired, rows, told
from tests.acceptance.office import START, Office
from tests.ledger import Row, ledger_faults

HOSTS = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Anchorage",
    "America/Asuncion",
    "America/Chicago",
    "America/Denver",
    "America/Halifax",
    "America/Havana",
    "America/Los_Angeles",
    "America/Miquelon",
    "America/New_York",
    "America/Nuuk",
    "America/Phoenix",
    "America/Santiago",
    "America/Scoresbysund",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Ho_Chi_Minh",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Nicosia",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Atlantic/Canary",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Athens",
    "Europe/Berlin",
    "Europe/Chisinau",
    "Europe/Dublin",
    "Europe/Kyiv",
    "Europe/Lisbon",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Easter",
    "Pacific/Norfolk",
)
"""Forty, most of them with summer time, by a half hour and by two hours too."""
STEADY = {
    "America/Asuncion",
    "America/Phoenix",
    "Asia/Ho_Chi_Minh",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Pacific/Apia",
}
"""Those of them that have one offset all the year."""
MOMENTS = ("2026-03-08T08:00", "2026-03-29T08:30", "2026-03-31T23:59:59", "2026-04-01T00:00:00")
LAST = "2026-04-05T09:00"
OVERDUE = {"T01", "T02", "T03", "T06"}
"""The tasks of quarter I, due on 31 March."""

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be set here")
Lived = tuple[list[Row], list[Told], list[set[str]]]


@contextmanager
def host_in(zone: str) -> Iterator[None]:
    """This process on a machine that is set to the zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def lived(office: Office, zone: str) -> Lived:
    """An office founded and swept on such a host: its rows, what was told, and what was overdue when."""
    overdue: list[set[str]] = []
    with host_in(zone):
        environment = {"TZ": zone, "PGTZ": zone}
        assert office.tdkt("init", "--sandbox", "--now", START, **environment).code == 0
        for moment in (*MOMENTS, LAST):
            assert office.tdkt("tick", "--now", moment, **environment).code == 0
            overdue.append({row.ref for row in fired(office).values() if row.kind == "due"})
        assert ledger_faults(office.url) == []
        return rows(office), told(office), overdue


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    home = tmp_path_factory.mktemp("utc")
    return lived(Office(f"sqlite:///{home / 'office.db'}", home), "UTC")


def test_what_is_expected_is_overdue_from_local_midnight(expected: Lived) -> None:
    _rows, _told, overdue = expected

    assert overdue == [set(), set(), set(), OVERDUE, OVERDUE]


def test_the_hosts_are_forty_and_most_of_them_set_their_clocks_twice_a_year() -> None:
    def offsets(zone: str) -> set[timedelta | None]:
        return {datetime(2026, month, 15, tzinfo=ZoneInfo(zone)).utcoffset() for month in range(1, 13)}

    steady = {zone for zone in HOSTS if len(offsets(zone)) == 1}
    assert (len(HOSTS), len(set(HOSTS)), steady) == (40, 40, STEADY)


@pytest.mark.parametrize("zone", HOSTS)
def test_every_host_has_the_same_instants_and_fires_the_same(
    zone: str, tmp_path: Path, expected: Lived
) -> None:
    assert lived(Office(f"sqlite:///{tmp_path / 'office.db'}", tmp_path), zone) == expected


@pytest.mark.parametrize("zone", HOSTS[::8])
def test_every_host_of_a_postgresql_client_does_too(
    zone: str, postgres_database: str, tmp_path: Path, expected: Lived
) -> None:
    assert lived(Office(postgres_database, tmp_path), zone) == expected
