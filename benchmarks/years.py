"""A year beforehand and a year of a province: how long they take.

The simulated office has the shipped plan's eighteen tasks, sixty dossiers and three hundred nominees, and
everybody in it keeps a pace. In the province nobody does anything, so that every row fires.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import NamedTuple

from benchmarks.house import OFFICE, work_folder
from benchmarks.measuring import Figure, timed
from runtime.acts.acting import Acting
from runtime.acts.advance import EventRequest, advance
from runtime.acts.founding import found
from runtime.acts.open_dossier import open_dossier
from runtime.office.settings import Options
from runtime.serve.sweeping import Sweeping
from runtime.simulate.simulation import Simulation, simulate
from storage import timeline
from workflow.model.context import Actor

BEGUN = "2026-01-05T08:00"
DOSSIERS, NOMINEES = 60, 5
VILLAGES = ("thon-1", "thon-2", "thon-3")
UNDER = (("T06", "phong_trao"), ("T17", "cong_trang"))
"""Tasks that give awards, with the type of the dossiers under them."""
PACE = "scenario: At a pace\npace: {tasks: {}, dossiers: {submit: 20, review: 5}}\n"
SECONDS = 5.0
"""A simulated year may take so long."""
OFFICES = 65
YEARS_END = datetime(2027, 2, 1, tzinfo=UTC)
SEEDS = Path(__file__).resolve().parents[1] / "definitions" / "offices" / OFFICE


class Lived(NamedTuple):
    """What a year of sweeps came to."""

    rows: int
    notices: int
    seconds: float


def busy_office(url: str) -> None:
    """Founds the office at the URL, with its dossiers as their villages prepare them."""
    found(Options(db=url, now=BEGUN), {}, sandbox=True)
    with Acting(Options(db=url), {}) as acting:
        for number in range(DOSSIERS):
            (task, type), body = UNDER[number % len(UNDER)], VILLAGES[number % len(VILLAGES)]
            acting.actor = Actor(body)
            made = open_dossier(acting, task, body=body, title="gk", type=type)
            for line in range(NOMINEES):
                words = {"kind": "person", "name": f"Nguyễn Văn {number}-{line}"}
                (added,) = advance(acting, [made.ref], EventRequest("add", words, confirmed=True))
                if not added.done:
                    raise RuntimeError(f"{made.ref} could not be filled: {added}")


def simulate_year(runs: int = 5) -> Figure:
    with TemporaryDirectory(prefix="tdkt-benchmark-", dir=work_folder()) as folder:
        url, scenario = f"sqlite:///{Path(folder) / 'office.db'}", Path(folder) / "pace.yaml"
        busy_office(url)
        scenario.write_text(PACE, encoding="utf-8")
        seconds = [timed(partial(_simulated, url, str(scenario))) for _ in range(1 + runs)][1:]
    median = sorted(seconds)[runs // 2]
    return Figure("simulate-year", median / SECONDS, median, "s", runs, f"{SECONDS:g} s")


def _simulated(url: str, scenario: str) -> Simulation:
    done = simulate(Options(db=url), {}, file=scenario)
    if not done.ledger.balanced or len(done.happened) < DOSSIERS * 4:
        raise RuntimeError(f"the year was not lived: {done.ledger}, {len(done.happened)} happenings")
    return done


def province_year(offices: int = OFFICES, until: datetime = YEARS_END, runs: int = 1) -> Figure:
    """Every row of the year in every office of one PostgreSQL database, against one office alone."""
    from tests.postgres import newest_server, running_cluster

    server = newest_server()
    if server is None:
        raise RuntimeError("no PostgreSQL server is installed")
    with running_cluster(server) as cluster, TemporaryDirectory(prefix="tdkt-benchmark-") as folder:
        years = [
            tuple(
                _lived(cluster.url(cluster.create_database()), number, Path(folder), until)
                for number in (1, offices)
            )
            for _ in range(runs)
        ]
    alone, lived = sorted(years, key=lambda year: year[1].seconds)[runs // 2]
    said = f"{lived.rows} rows fired, {lived.notices} notices, {lived.seconds:.1f} s"
    print(f"{offices} offices: {said}, {lived.rows / lived.seconds:.0f} rows a second", file=sys.stderr)
    share = lived.seconds / offices / alone.seconds
    return Figure("province-year", share, lived.seconds, "s", runs, "one office alone")


def _lived(url: str, offices: int, folder: Path, until: datetime) -> Lived:
    """Founds the offices, and sweeps at each instant at which a row is due, as `tdkt tick` does."""
    names = [f"xa-{number:02}" for number in range(1, offices + 1)]
    for name in names:
        found(Options(db=url, now=BEGUN), {}, office=str(_definition(name, folder)), sandbox=True)
    rows = notices = 0

    def year() -> None:
        nonlocal rows, notices
        while (at := _next(url, names[0])) is not None and at < until:
            for swept in Sweeping(Options(db=url, now=at.isoformat()), {}).sweep():
                rows += swept.done.rows
                notices += swept.done.notices

    seconds = timed(year)
    _check(url, names, rows)
    return Lived(rows, notices, seconds)


def _definition(name: str, folder: Path) -> Path:
    """A commune like the shipped one, in a file of its own beside its plan."""
    own = folder / name
    if not own.exists():
        shutil.copytree(SEEDS, own)
        text = (own / "1.yaml").read_text(encoding="utf-8")
        (own / "1.yaml").write_text(text.replace(f"name: {OFFICE}\n", f"name: {name}\n", 1), encoding="utf-8")
    return own / "1.yaml"


def _next(url: str, office: str) -> datetime | None:
    with Acting(Options(db=url, office=office), {}) as acting:
        return timeline.next_due(acting.database, office)


def _check(url: str, names: list[str], rows: int) -> None:
    """Holds what was counted against the ledgers."""
    with Acting(Options(db=url, office=names[0]), {}) as acting:
        ledgers = [timeline.ledger(acting.database, name) for name in names]
    fired = sum(ledger.fired for ledger in ledgers)
    if fired != rows or not all(ledger.balanced for ledger in ledgers):
        raise RuntimeError(f"{rows} rows were counted, and the ledgers say {ledgers}")


BENCHMARKS: Mapping[str, Callable[..., Figure]] = MappingProxyType(
    {"simulate-year": simulate_year, "province-year": province_year}
)
