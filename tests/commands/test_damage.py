"""What is damaged is told with exit code 4 and the cure, on both sides; a bug elsewhere stays one."""

from __future__ import annotations

import os
import sqlite3
import zlib
from pathlib import Path

import pytest

from tests.commands.conftest import Tdkt
from tests.commands.test_doctor import finding, statuses
from tests.people import OFFICER


def flipped(database: Path, kind: str, column: str) -> None:
    """Changes one letter of a stored definition, as a flipped bit does: the triggers do not see it."""
    with sqlite3.connect(database) as connection:
        text = connection.execute(f"SELECT {column} FROM definition WHERE kind = ?", (kind,)).fetchone()[0]
        middle = len(text) // 2
        other = text[:middle] + chr(ord(text[middle]) ^ 1) + text[middle + 1 :]
        connection.execute(f"UPDATE definition SET {column} = ? WHERE kind = ?", (other, kind))


@pytest.mark.parametrize("kind", ["machine", "office", "messages", "rules"])
@pytest.mark.parametrize(
    "words",
    [
        ("show", "T01"),
        ("inbox", "--as", OFFICER),
        ("advance", "T01", "submit", "--as", OFFICER),
        ("why", "T01"),
    ],
    ids=" ".join,
)
def test_a_flipped_bit_in_a_definition_is_never_run(
    tdkt: Tdkt, database: Path, kind: str, words: tuple[str, ...]
) -> None:
    sound = tdkt(*words)
    flipped(database, kind, "compiled")

    said = tdkt(*words)

    assert sound.code == 0
    if said.code == 0:  # what it does not read it does not judge by
        assert said.out == sound.out
        assert kind == "rules"
    else:
        assert said.code == 4
        assert "is damaged. Restore the database from a backup" in said.err
        assert len(said.err.splitlines()) == 1


def test_what_breaks_a_command_otherwise_is_told_as_damage(tdkt: Tdkt, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE task SET bodies = '[' WHERE ref = 'T01'")
        connection.execute("UPDATE log_head SET root = zeroblob(32)")

    said = tdkt("task", "list")

    assert said.code == 4
    assert said.err.startswith("The database ")
    assert said.err.rstrip().endswith("Restore the latest backup.")


def test_a_bug_on_a_sound_database_keeps_its_traceback(tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("commands.task.tasks_of", broken)

    with pytest.raises(RuntimeError, match="a bug"):
        tdkt("task", "list")


def test_a_damaged_page_is_told_by_doctor_and_everybody_else(tdkt: Tdkt, database: Path) -> None:
    sound = database.read_bytes()
    content = bytearray(sound)
    content[16:18] = b"\x00\x07"  # no size of a page
    database.write_bytes(content)

    for words in (("task", "list"), ("advance", "T01", "submit", "--as", OFFICER), ("doctor",), ("tick",)):
        said = tdkt(*words)
        assert said.code == 4, words
        assert "damaged" in said.out + said.err
    database.write_bytes(sound)


def test_doctor_asks_the_database_itself(tdkt: Tdkt, database: Path) -> None:
    sound = tdkt("doctor", "--json")
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM plan")

    ill = tdkt("doctor", "--json")

    assert finding(sound, "integrity")["status"] == "ok"
    assert ill.code == 1
    assert "points to a row of plan that is missing" in finding(ill, "integrity")["message"]


def test_doctor_sees_open_files_leftovers_and_a_lock_that_cannot_be_opened(
    tdkt: Tdkt, database: Path
) -> None:
    database.chmod(0o600)
    assert statuses(tdkt("doctor", "--json"))["private"] == "ok"
    database.chmod(0o644)
    left = database.with_name(".backup.db.0123456789ab.part")
    left.write_bytes(b"")
    os.utime(left, (0, 0))
    lock = database.with_name(database.name + ".lock")
    lock.unlink(missing_ok=True)
    lock.mkdir()

    ill = tdkt("doctor", "--json")
    acted = tdkt("advance", "T01", "submit", "--as", OFFICER)

    found = statuses(ill)
    assert (found["private"], found["leftovers"], found["lock"]) == ("warning", "warning", "problem")
    assert str(left) in finding(ill, "leftovers")["message"]
    assert acted.code == 4
    assert str(lock) in acted.err
    lock.rmdir()


def test_the_checksum_of_a_definition_is_that_of_its_text(tdkt: Tdkt, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT compiled, checksum FROM definition").fetchall()

    assert rows
    assert all(kept == f"{zlib.crc32(text.encode()):08x}" for text, kept in rows)
