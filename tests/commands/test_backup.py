"""`tdkt backup`: a checked copy while others write, never over anything unasked."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from tests.commands.conftest import Tdkt
from tests.commands.serving import ledger, start
from tests.people import OFFICER
from tests.processes import ended
from tests.waiting import until


def test_a_backup_is_a_database_of_its_own(tdkt: Tdkt, database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"

    answer = tdkt("backup", str(copy))

    assert answer.code == 0
    assert answer.out == (
        f"Backed up to {copy}.\nThe copy was checked: 20 entries in its log. To restore it: stop tdkt, copy"
        f" this file over {database}.\n"
    )
    assert tdkt("audit", "verify", "--db", str(copy)).code == 0
    assert tdkt("task", "list", "--db", str(copy), "--json").json == tdkt("task", "list", "--json").json


def test_restoring_is_copying_the_file_back(tdkt: Tdkt, database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    tdkt("backup", str(copy))
    tdkt("advance", "T01", "submit", "--as", OFFICER)
    database.write_bytes(copy.read_bytes())

    assert tdkt("audit", "log", "T01", "--json").json[-1]["event"] == "import"
    assert tdkt("advance", "T01", "submit", "--as", OFFICER).code == 0


def test_for_scripts_it_tells_file_size_and_entries(tdkt: Tdkt, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"

    assert tdkt("backup", str(copy), "--json").json == {
        "file": str(copy),
        "size": copy.stat().st_size,
        "entries": 20,
        "files": 0,
        "lacking": [],
    }


def test_a_pipe_or_a_device_is_not_put_out_of_its_place(tdkt: Tdkt, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    answer = tdkt("backup", str(pipe), "--yes")

    assert (answer.code, pipe.is_fifo()) == (1, True)
    assert "it is no file" in answer.err


def test_an_existing_file_is_overwritten_only_when_that_is_said(tdkt: Tdkt, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("mine", encoding="utf-8")

    refused = tdkt("backup", str(copy))

    assert (refused.code, refused.out, copy.read_text(encoding="utf-8")) == (1, "", "mine")
    assert tdkt("backup", str(copy), "--yes").code == 0
    assert copy.stat().st_size > 4


@pytest.mark.parametrize("name", ["tdkt.db", "tdkt.db.lock", "tdkt.db-journal", "./x/../tdkt.db", "link.db"])
def test_the_database_itself_is_never_the_target(
    tdkt: Tdkt, database: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "link.db").symlink_to(database)
    before = database.read_bytes()

    answer = tdkt("backup", f"{tmp_path}/{name}", "--yes")

    assert (answer.code, answer.out) == (1, "")
    assert "is the database itself" in answer.err
    assert database.read_bytes() == before


@pytest.mark.parametrize("name", ["", "none/copy.db"])
def test_a_place_that_cannot_be_written_is_told(tdkt: Tdkt, tmp_path: Path, name: str) -> None:
    answer = tdkt("backup", f"{tmp_path}/{name}")

    assert (answer.code, answer.out, len(answer.err.splitlines())) == (1, "", 1)


def test_a_copy_that_does_not_verify_is_not_kept(tdkt: Tdkt, database: Path, tmp_path: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE log_head SET root = zeroblob(32)")
    before = sorted(path.name for path in tmp_path.iterdir())

    answer = tdkt("backup", str(tmp_path / "copy.db"))

    assert (answer.code, answer.out) == (1, "")
    assert "did not pass its check" in answer.err
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_backups_made_while_others_write_are_whole(tdkt: Tdkt, database: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{database}"
    process = start("serve", "--every", "0.1", "--now", "2026-12-31T09:00", url=url)
    until(lambda: ledger(url).fired != [], "a row has fired")
    sizes = []
    for number in range(5):
        answer = tdkt("backup", str(tmp_path / f"{number}.db"), "--json")
        assert answer.code == 0, answer.err
        sizes.append(answer.json["entries"])
    process.terminate()
    ended(process)

    assert sizes == sorted(sizes)
    for number in range(5):
        found = ledger(f"sqlite:///{tmp_path / f'{number}.db'}")
        assert found.fired == found.logged


def test_no_passing_file_is_left_behind(tdkt: Tdkt, tmp_path: Path) -> None:
    tdkt("backup", str(tmp_path / "copy.db"))

    assert [path.name for path in tmp_path.iterdir() if ".part" in path.name] == []


def test_postgresql_is_sent_to_its_own_tool(bare: Tdkt, postgres_database: str, tmp_path: Path) -> None:
    assert bare("init", "--db", postgres_database, "--sandbox").code == 0

    answer = bare("backup", str(tmp_path / "copy.db"), "--db", postgres_database)

    assert (answer.code, answer.out) == (1, "")
    assert "pg_dump" in answer.err
