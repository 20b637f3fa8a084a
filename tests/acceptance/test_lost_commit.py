"""The answer to COMMIT is lost: what became of the command is looked up, and told as it is."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from runtime.acts.founding import found
from runtime.office.settings import Options
from storage.errors import ConnectionLost
from tests.acceptance.office import START, Office
from tests.cutting import cut_at_commit
from tests.people import OFFICER
from tests.postgres import Cluster

SUBMIT = ("--as", OFFICER, "advance", "T01", "submit", "--json")
CLAIM = ("--as", OFFICER, "claim", "T01", "--json")


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder in which a socket's path is not too long."""
    with tempfile.TemporaryDirectory(prefix="tdkt-", dir="/tmp") as folder:
        yield Path(folder)


def through(seen: Cluster, office: Office) -> Office:
    return Office(seen.url(str(make_url(office.url).database)), office.home)


def test_a_command_that_never_reached_the_server_says_that_nothing_changed(
    postgres_office: Office, postgres_cluster: Cluster, short: Path
) -> None:
    with cut_at_commit(postgres_cluster, short, applied=False) as (seen, cutter):
        said = through(seen, postgres_office).tdkt(*SUBMIT)

    assert (cutter.cut, said.code, said.refusal["error"]) == (True, 4, "connection_lost")
    assert postgres_office.stored()["T01"] == ("drafted", 1)


def test_a_command_whose_answer_was_lost_is_told_as_done(
    postgres_office: Office, postgres_cluster: Cluster, short: Path
) -> None:
    with cut_at_commit(postgres_cluster, short, applied=True) as (seen, cutter):
        said = through(seen, postgres_office).tdkt(*SUBMIT)

    assert (cutter.cut, said.code, said.json["to"]) == (True, 0, "submitted")
    assert (postgres_office.stored()["T01"], postgres_office.faults()) == (("submitted", 2), ())


@pytest.mark.parametrize(
    ("key", "line"), [((), SUBMIT), (("--key", "mot"), SUBMIT), (("--key", "hai"), CLAIM)]
)
@pytest.mark.parametrize("applied", [False, True])
def test_a_command_of_which_nothing_can_be_known_is_done_once_with_the_key_that_is_told(
    postgres_office: Office,
    postgres_cluster: Cluster,
    short: Path,
    key: tuple[str, ...],
    line: tuple[str, ...],
    applied: bool,
) -> None:
    with cut_at_commit(postgres_cluster, short, applied=applied, gone=True) as (seen, cutter):
        said = through(seen, postgres_office).tdkt(*line, *key, TDKT_LOCK_TIMEOUT="0.1")
    told = re.search(r"--key (\w+)", said.refusal["message"])
    assert told
    again = postgres_office.tdkt(*line, "--key", told[1])
    once_more = postgres_office.tdkt(*line, "--key", told[1])

    assert (cutter.cut, said.code, said.refusal["error"]) == (True, 4, "outcome_unknown")
    assert [again.code, once_more.code] == [0, 0], (again, once_more)
    assert [entry["event"] for entry in postgres_office.entries()].count(line[2 if line is CLAIM else 4]) == 1


def test_a_founding_that_never_reached_the_server_says_so(
    postgres_database: str, postgres_cluster: Cluster, short: Path
) -> None:
    name = str(make_url(postgres_database).database)
    with cut_at_commit(postgres_cluster, short, applied=False) as (seen, _), pytest.raises(ConnectionLost):
        found(Options(db=seen.url(name)), {})


def test_a_founding_whose_answer_was_lost_is_told_as_done(
    postgres_database: str, postgres_cluster: Cluster, short: Path
) -> None:
    name = str(make_url(postgres_database).database)
    with cut_at_commit(postgres_cluster, short, applied=True) as (seen, _):
        made = found(Options(db=seen.url(name), now=START), {}, sandbox=True)

    assert (made.office, made.tasks) == ("diem-he", 18)
