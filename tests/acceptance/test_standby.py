"""A standby: looked at while it follows its primary, and worked on once the primary was killed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from runtime.acts.founding import found
from runtime.acts.open_dossier import open_dossier
from runtime.office.settings import Options
from storage.errors import DatabaseUnusable
from tests.acceptance.office import START, Office
from tests.conftest import memory
from tests.people import OFFICER, VILLAGE
from tests.postgres import SUPERUSER, Cluster, Server, running_cluster, standing_by
from tests.waiting import LIMIT, until

WRITERS, BEFORE, AFTER = 3, 2, 2
"""How many write at once, and how many dossiers each opens before the primary is killed and after."""


@dataclass(frozen=True, slots=True)
class Pair:
    primary: Cluster
    standby: Cluster
    home: Path

    def office(self, *clusters: Cluster) -> Office:
        """The office seen on these servers: on whichever of them writes."""
        hosts = ",".join(str(each.sockets) for each in clusters)
        writes = "&target_session_attrs=read-write" if len(clusters) > 1 else ""
        return Office(f"postgresql://{SUPERUSER}@/office?host={hosts}{writes}", self.home)


@pytest.fixture
def pair(postgres_server: Server, tmp_path: Path) -> Iterator[Pair]:
    """A primary that acknowledges only what its standby has applied."""
    with running_cluster(postgres_server, durable=False, folder=memory(), mortal=True) as primary:
        name = primary.create_database(name="office")
        found(Options(db=primary.url(name), now=START), {}, sandbox=True)
        with standing_by(primary, folder=memory()) as standby:
            with primary.connect() as connection:
                connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
                connection.execute("ALTER SYSTEM SET synchronous_commit = 'remote_apply'")
                connection.execute("SELECT pg_reload_conf()")
                asked = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
                until(lambda: connection.execute(asked).fetchone() == (1,), "the standby follows")
            yield Pair(primary, standby, tmp_path)


def opened(office: Office, under_way: Event, failed_over: Event, _writer: int) -> list[str]:
    """What one writer was told of as done; a dossier that was not is asked for again."""
    done: list[str] = []
    later = 0
    while later < AFTER:
        try:
            with office.acting(VILLAGE) as acting:
                done.append(open_dossier(acting, "T17", body=VILLAGE, title="ldtt").ref)
        except DatabaseUnusable:
            continue
        later += failed_over.is_set()
        if len(done) == BEFORE:
            under_way.set()
    return done


def test_nothing_acknowledged_is_lost_when_a_standby_takes_over(pair: Pair) -> None:
    follower = pair.office(pair.standby)
    looked = follower.tdkt("task", "list", "--json")
    acted = follower.tdkt("--as", OFFICER, "advance", "T01", "submit", "--json")
    doctor = follower.tdkt("doctor")
    under_way, failed_over = Event(), Event()

    with ThreadPoolExecutor(WRITERS) as writers:
        office = pair.office(pair.primary, pair.standby)
        told = writers.map(partial(opened, office, under_way, failed_over), range(WRITERS))
        assert under_way.wait(LIMIT)
        pair.primary.kill()
        with pair.standby.connect() as connection:
            connection.execute("SELECT pg_promote()")
        failed_over.set()
        refs = [ref for refs in told for ref in refs]

    survivor = pair.office(pair.standby)
    assert (looked.code, len(looked.json)) == (0, 18)
    assert (acted.code, acted.refusal["error"], "standby" in doctor.out) == (4, "standby", True)
    assert len(set(refs)) == len(refs) >= BEFORE + WRITERS * AFTER
    assert set(refs) <= set(survivor.stored())
    assert survivor.tdkt("audit", "verify").code == 0
