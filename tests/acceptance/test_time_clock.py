"""The machine's own clock, which a real office goes by, is set wrong by years and put right again."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import ClassVar

import pytest

from tests.acceptance.deadlines import due, fired, local, rows, told
from tests.acceptance.office import Office
from tests.ledger import Id
from tests.people import OFFICER
from tests.processes import ROOT, WATCHING, ended
from tests.waiting import until

PLAN = ROOT / "definitions" / "offices" / "diem-he" / "ke-hoach-2026.txt"
YEARS = (-10, -1, 1, 10)
DAYS = ("2026-02-27T08:00", "2026-03-31T08:00", "2026-04-01T00:00", "2026-04-20T08:00", "2027-02-01T08:00")
SET_WRONG = "2026-03-31T12:00"
"""When somebody sets the clock."""
Copy = Callable[[Office], Office]


class HostClock(datetime):
    """The machine's clock: it shows what it was set to."""

    shows: ClassVar[datetime]

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> HostClock:
        return cls.fromtimestamp(cls.shows.timestamp(), tz)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[HostClock]:
    """The clock of this process, set to a day of January."""
    HostClock.shows = local("2026-01-05T08:00")
    monkeypatch.setattr("runtime.office.looking.datetime", HostClock)
    monkeypatch.setattr("runtime.acts.founding.datetime", HostClock)
    return HostClock


@pytest.fixture(params=["sqlite", "postgresql"])
def real_office(request: pytest.FixtureRequest, clock: type[HostClock], tmp_path: Path) -> Office:
    """A real office, which goes by the machine's clock, with the shipped plan."""
    url = f"sqlite:///{tmp_path / 'real.db'}"
    if request.param == "postgresql":
        url = str(request.getfixturevalue("postgres_database"))
    office = Office(url, tmp_path)
    assert office.tdkt("init", "--started-on", "2026-01-01").code == 0
    assert office.tdkt("plan", "import", str(PLAN), "--yes", "--as", OFFICER).code == 0
    return office


def tick(office: Office, clock: type[HostClock], *moments: str | datetime) -> None:
    """Ticks, and says each time that the clock is right."""
    for moment in moments:
        clock.shows = local(moment) if isinstance(moment, str) else moment
        assert office.tdkt("tick", "--accept-clock").code == 0


def dated(office: Office) -> dict[Id, datetime]:
    """What fired, with its due instant; without what is made anew from the day on which it fires."""
    return {id: row.at for id, row in fired(office).items() if row.kind not in ("ask", "repeat")}


def years_away(moment: datetime, years: int) -> datetime:
    return moment + timedelta(days=365 * years)


@pytest.mark.parametrize("years", YEARS)
def test_a_clock_that_was_wrong_by_years_fires_nothing_twice_and_loses_nothing(
    years: int, real_office: Office, clock: type[HostClock], copy_of: Copy
) -> None:
    tick(real_office, clock, DAYS[0])
    undisturbed = copy_of(real_office)
    tick(undisturbed, clock, *DAYS[1:])

    tick(real_office, clock, DAYS[1], years_away(local(SET_WRONG), years))
    at_the_wrong_time = dated(real_office)
    tick(real_office, clock, *DAYS[2:])

    assert dated(real_office) == dated(undisturbed)
    assert due(real_office, local(DAYS[-1])) == {}
    assert (len(at_the_wrong_time) == len(dated(undisturbed))) == (years > 0)
    assert real_office.faults() == ()


@pytest.mark.parametrize("years", [years for years in YEARS if years < 0])
def test_a_clock_that_was_set_back_changes_nothing_at_all(
    years: int, real_office: Office, clock: type[HostClock], copy_of: Copy
) -> None:
    tick(real_office, clock, DAYS[0])
    undisturbed = copy_of(real_office)
    tick(undisturbed, clock, *DAYS[1:])

    for day in DAYS[1:]:
        clock.shows = years_away(local(day), years)
        assert real_office.tdkt("tick").code == 1
        tick(real_office, clock, day)

    assert rows(real_office) == rows(undisturbed)
    assert told(real_office) == told(undisturbed)


# -- while it is served ----------------------------------------------------------------------------------


@pytest.mark.parametrize("real_office", ["sqlite"], indirect=True)
def test_serving_goes_on_whatever_the_clock_is_set_to(real_office: Office) -> None:
    file = real_office.home / "ahead"

    def host_shows(moment: datetime) -> None:
        new = file.with_suffix(".new")
        new.write_text(str((moment - datetime.now(UTC)).total_seconds()), encoding="ascii")
        new.replace(file)

    def names(ref: str) -> set[str]:
        return {row.name for row in fired(real_office).values() if row.ref == ref}

    host_shows(local("2026-03-30T09:00"))
    serving = ("-m", "tests.acceptance.host_clock", str(file), "serve", "--every", "0.2")
    process = real_office.start_python(*serving)
    until(lambda: "reminder-1" in names("T01"), "T01 is reminded of a day before")
    until(lambda: not due(real_office, local("2026-03-30T09:00")), "all of that morning has fired")
    before = fired(real_office)
    for years in YEARS[:2]:
        host_shows(years_away(local("2026-03-30T09:01"), years))
        time.sleep(1)
    assert fired(real_office) == before

    host_shows(local("2026-03-31T08:00"))
    until(lambda: "due_today" in names("T01"), "T01 is due today")
    host_shows(years_away(local("2026-03-31T09:00"), -10))
    time.sleep(1)
    host_shows(local("2026-04-01T08:00"))
    until(lambda: "escalation-1" in names("T01"), "T01 is escalated")
    until(lambda: not due(real_office, local("2026-04-01T08:00")), "all of that morning has fired")
    before = fired(real_office)
    host_shows(years_away(local("2026-04-01T09:00"), 10))
    time.sleep(1)
    assert fired(real_office) == before
    host_shows(local("2026-04-01T10:00"))
    process.terminate()
    said = ended(process)

    assert (said.code, said.err.startswith(WATCHING)) == (0, True)
    assert said.err.endswith("Stopped watching deadlines.\n")
    assert "more than an hour behind the last entry" in said.err
    assert "past the end of the year after the newest plan's" in said.err
    assert real_office.faults() == ()
