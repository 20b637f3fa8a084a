"""What is no database of ours, or one that cannot be used: one sentence with the cure, and exit code 4."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from psycopg import sql
from sqlalchemy import make_url

from tests.acceptance.office import START, Office
from tests.conftest import Sandbox
from tests.people import OFFICER
from tests.postgres import Cluster

LOOK, ACT, DOCTOR = ("task", "list"), ("--as", OFFICER, "advance", "T01", "submit"), ("doctor",)


def run(path: Path, script: str) -> None:
    with sqlite3.connect(path) as plain:
        plain.executescript(script)
    plain.close()


OTHERS = "CREATE TABLE item (id)"
WITH_VERSION = "CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('af1')"


def instead(path: Path, script: str) -> None:
    path.unlink()
    run(path, script)


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "emptied version table": (lambda path: run(path, "DELETE FROM alembic_version"), "version_lost"),
    "newer schema": (lambda path: run(path, "UPDATE alembic_version SET version_num = '9'"), "newer_schema"),
    "no bytes": (lambda path: os.truncate(path, 0), "database_missing"),
    "another program's": (lambda path: instead(path, OTHERS), "database_not_ours"),
    "another program's with a version": (lambda path: instead(path, WITH_VERSION), "database_not_ours"),
    "a letter": (lambda path: path.write_text("Kính gửi " * 200), "not_a_database"),
    "cut short": (lambda path: os.truncate(path, 5000), "database_torn"),
}
"""What happens to a file, and what every command then says, `init` too; but that founds in an empty file."""


@pytest.mark.broken_database
@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_told_in_one_sentence(name: str, sandbox: Sandbox, tmp_path: Path) -> None:
    office = Office(sandbox("sqlite", START), tmp_path)
    damage, error = WRONG[name]
    damage(office.path)
    lines = (LOOK, ACT, DOCTOR) if error == "database_missing" else (LOOK, ACT, ("init",))

    said = [office.tdkt(*line, "--json") for line in lines]

    assert [each.code for each in said] == [4] * 3
    assert {each.refusal["error"] for each in said if each.err} == {error}


def test_a_file_of_two_names_is_refused_for_acting(sandbox: Sandbox, tmp_path: Path) -> None:
    office = Office(sandbox("sqlite", START), tmp_path)
    (tmp_path / "second.db").hardlink_to(office.path)

    assert office.tdkt(*LOOK).code == 0
    assert office.tdkt(*ACT, "--json").refusal["error"] == "hard_linked"


@pytest.mark.parametrize(
    ("rights", "looks", "acts", "founds"),
    [
        ("", "no_rights", "no_rights", "no_rights"),
        ("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {0}", "", "no_rights", "database_exists"),
        ("REVOKE USAGE ON SCHEMA public FROM PUBLIC", "no_rights", "no_rights", "no_rights"),
    ],
)
def test_a_role_without_rights_is_told_in_one_sentence(
    rights: str,
    looks: str,
    acts: str,
    founds: str,
    sandbox: Sandbox,
    postgres_cluster: Cluster,
    tmp_path: Path,
) -> None:
    url = sandbox("postgresql", START)
    name, role = str(make_url(url).database), sql.Identifier("nobody_much")
    with postgres_cluster.connect(name) as owner:
        owner.execute(sql.SQL("CREATE ROLE {0} LOGIN").format(role))
        owner.execute(sql.SQL(rights).format(role)) if rights else None
    office = Office(url.replace("tdkt@", "nobody_much@"), tmp_path)

    said = [office.tdkt(*line, "--json") for line in (LOOK, ACT, ("init",))]
    with postgres_cluster.connect(name) as owner:
        owner.execute(sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(role))

    found = [each.refusal["error"] if each.code else "" for each in said]
    assert found == [looks, acts, founds], said
