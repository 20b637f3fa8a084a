"""Behind PgBouncer, which pools by transaction: three connections carry eight that write at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from runtime.acts.advance import EventRequest, advance
from runtime.acts.founding import found
from runtime.acts.open_dossier import open_dossier
from runtime.office.settings import Options
from tests.acceptance.office import START, Office
from tests.people import VILLAGE
from tests.pooling import pooled
from tests.postgres import Cluster

POOL, WRITERS, DOSSIERS = 3, 8, 3


@pytest.fixture
def pooled_office(postgres_cluster: Cluster, tmp_path: Path) -> Iterator[Office]:
    """An office that was founded through the pool and is worked in through it."""
    name = postgres_cluster.create_database()
    with pooled(postgres_cluster, size=POOL) as pool:
        found(Options(db=pool.url(name), now=START), {}, sandbox=True)
        yield Office(pool.url(name), tmp_path)
    postgres_cluster.drop_database(name)


def handed_in(office: Office, writer: int) -> list[str]:
    """Dossiers that one writer opens, adds to and hands in; each is acknowledged before the next begins."""
    done = []
    with office.acting(VILLAGE) as acting:
        for number in range(DOSSIERS):
            ref = open_dossier(acting, "T17", body=VILLAGE, title="ldtt").ref
            line = {"kind": "person", "name": f"Trần Văn {writer} {number}"}
            results = [
                *advance(acting, [ref], EventRequest("add", line)),
                *advance(acting, [ref], EventRequest("submit", confirmed=True)),
            ]
            done += [ref] if all(result.done for result in results) else []
    return done


def test_no_acknowledged_change_is_lost_behind_a_pool(pooled_office: Office) -> None:
    with ThreadPoolExecutor(WRITERS) as writers:
        told = [
            ref for refs in writers.map(lambda n: handed_in(pooled_office, n), range(WRITERS)) for ref in refs
        ]

    verified = pooled_office.tdkt("audit", "verify")
    doctor = pooled_office.tdkt("doctor")
    stored = pooled_office.stored()

    assert sorted(told) == [f"D{number:04}" for number in range(1, WRITERS * DOSSIERS + 1)]
    assert {stored[ref][0] for ref in told} == {"submitted"}
    assert (verified.code, "sound" in verified.out) == (0, True)
    assert "PgBouncer" in doctor.out
