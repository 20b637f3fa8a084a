"""Faults of the machine: no permission, no room, a held lock, an interrupt. Nothing is half-written."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from commands.session import CONFLICT, DATABASE, INTERRUPTED
from storage.database import Database
from tests.acceptance.office import COMMAND, Office, replayed
from tests.people import OFFICER, VILLAGE
from tests.processes import ROOT, Said, ended, until_at_rest
from tests.waiting import LIMIT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="permissions, limits and signals of POSIX")
SUBMIT = ("--as", OFFICER, "advance", "T01", "submit")
LOOK = ("task", "list", "--json")


def told(said: Said, code: int, *words: str) -> None:
    """Ended so, with one line on stderr that holds the words, and without a traceback."""
    assert said.code == code, said
    assert said.out == ""
    assert len(said.err.splitlines()) == 1, said.err
    assert [word for word in words if word not in said.err] == []


# -- permissions -----------------------------------------------------------------------------------------


def as_ordinary_user() -> tuple[str, ...]:
    """Before a command: root may write what is read-only, unless it gives that up."""
    if os.geteuid() != 0:
        return ()
    prefix = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
    if shutil.which("setpriv") is None or subprocess.run([*prefix, "true"], check=False).returncode:
        pytest.skip("root cannot give up its rights here: setpriv of util-linux is missing")
    return prefix


def ordinarily(office: Office, *words: str) -> Said:
    """A command by somebody for whom permissions count."""
    done = subprocess.run(
        [*as_ordinary_user(), *COMMAND, *words],
        cwd=ROOT,
        env=office.environment({}),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def closed_again(tmp_path: Path) -> Iterator[Path]:
    """The test's folder, writable again at the end."""
    yield tmp_path
    tmp_path.chmod(0o755)


def test_a_read_only_file_can_be_looked_at_and_says_how_to_write_it(sqlite_office: Office) -> None:
    sqlite_office.path.chmod(0o444)
    before = sqlite_office.path.read_bytes()

    looked = ordinarily(sqlite_office, *LOOK)
    refused = ordinarily(sqlite_office, *SUBMIT)

    assert (looked.code, len(looked.json)) == (0, 18)
    told(refused, DATABASE, str(sqlite_office.path), "cannot be written", "Allow writing")
    assert sqlite_office.path.read_bytes() == before


def test_a_read_only_folder_can_be_looked_into_and_says_how_to_write_it(
    sqlite_office: Office, closed_again: Path
) -> None:
    before = sqlite_office.path.read_bytes()
    closed_again.chmod(0o555)

    looked = ordinarily(sqlite_office, *LOOK)
    refused = ordinarily(sqlite_office, *SUBMIT)
    founded = ordinarily(sqlite_office, "--db", str(closed_again / "new" / "office.db"), "init")

    assert (looked.code, len(looked.json)) == (0, 18)
    told(refused, DATABASE, str(sqlite_office.path), "Allow writing")
    told(founded, DATABASE, "Allow writing")
    assert sqlite_office.path.read_bytes() == before


def test_a_file_that_may_not_be_read_is_told(sqlite_office: Office) -> None:
    sqlite_office.path.chmod(0o000)

    for words in (("task", "list"), SUBMIT):
        told(ordinarily(sqlite_office, *words), DATABASE, str(sqlite_office.path))


# -- room ------------------------------------------------------------------------------------------------


def limited(limit: int) -> Callable[[], None]:
    """What a child does first so that no file of its grows beyond so many bytes."""

    def limit_files() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return limit_files


@pytest.mark.parametrize("room", [0, 512, 4096, 20_000])
def test_a_command_that_finds_no_room_changes_nothing(room: int, sqlite_office: Office) -> None:
    before = sqlite_office.dump()

    done = subprocess.run(
        [*COMMAND, *SUBMIT],
        cwd=ROOT,
        env=sqlite_office.environment({}),
        preexec_fn=limited(room),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    told(Said(done.returncode, done.stdout, done.stderr), DATABASE, str(sqlite_office.path))
    assert sqlite_office.dump() == before
    assert sqlite_office.process(*SUBMIT).code == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own that holds a new office twice."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here: that takes root and its rights")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told_and_work_goes_on_once_there_is_room(
    founded_sqlite: Path, small_disk: Path
) -> None:
    office = Office(f"sqlite:///{small_disk / 'office.db'}", small_disk)
    shutil.copyfile(founded_sqlite, office.path)
    before = office.dump()
    ballast = small_disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        while _write(file.fileno()):
            pass

    refused = office.tdkt(*SUBMIT)
    looked = office.tdkt(*LOOK)

    told(refused, DATABASE, str(office.path), "full", "Free some space")
    assert (looked.code, len(looked.json)) == (0, 18)
    assert office.dump() == before
    ballast.unlink()
    assert office.tdkt(*SUBMIT).code == 0
    assert office.faults() == ()


def test_a_disk_that_fills_up_in_a_sweep_leaves_what_was_done_before_told(
    sqlite_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Database._open_sqlite

    def with_little_room(database: Database) -> sqlite3.Connection:
        connection = opened(database)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 12}")
        return connection

    with monkeypatch.context() as full:
        full.setattr(Database, "_open_sqlite", with_little_room)
        stopped = sqlite_office.tdkt("tick", "--now", "2026-12-20T08:00")
    goes_on = sqlite_office.tdkt("tick", "--now", "2026-12-20T08:00", "--json")

    halfway, cause = stopped.err.splitlines()
    assert (stopped.code, "Stopped halfway" in halfway, "is full" in cause) == (DATABASE, True, True)
    assert len(stopped.out.splitlines()) == 1
    assert (goes_on.code, goes_on.json["items"] > 0, sqlite_office.faults()) == (0, True, ())


def _write(descriptor: int) -> int:
    for size in (65_536, 512, 1):
        try:
            return os.write(descriptor, bytes(size))
        except OSError:
            continue
    return 0


# -- locks -----------------------------------------------------------------------------------------------


def test_a_command_gives_up_when_another_program_holds_the_file_too_long(sqlite_office: Office) -> None:
    with closing(sqlite3.connect(sqlite_office.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        looked = sqlite_office.tdkt(*LOOK[:2], TDKT_LOCK_TIMEOUT="0.2")
        acted = sqlite_office.tdkt(*SUBMIT, TDKT_LOCK_TIMEOUT="0.2")
        other.execute("ROLLBACK")

    told(looked, CONFLICT, str(sqlite_office.path), "busy", "Repeat")
    told(acted, CONFLICT, str(sqlite_office.path), "busy", "Repeat")
    assert sqlite_office.tdkt(*SUBMIT).code == 0


def test_a_command_gives_up_when_another_one_of_ours_does_not_end(office: Office) -> None:
    with office.acting(OFFICER) as other, other.database.transaction():
        other.database.driver.execute("UPDATE item SET version = version WHERE ref = 'T01'")
        began = time.monotonic()
        acted = office.tdkt(*SUBMIT, "--json", TDKT_LOCK_TIMEOUT="0.3")
        waited = time.monotonic() - began
        looked = office.tdkt(*LOOK, TDKT_LOCK_TIMEOUT="0.3")

    assert (acted.code, acted.refusal["error"]) == (CONFLICT, "locked")
    assert waited >= 0.3
    assert (looked.code, len(looked.json)) == (0, 18), "looking waits for nobody who has not begun to commit"
    assert office.tdkt(*SUBMIT).code == 0


def test_a_command_waits_for_another_one_that_ends_in_time(sqlite_office: Office) -> None:
    with sqlite_office.acting(OFFICER) as other, other.database.transaction():
        waiting = sqlite_office.start(*SUBMIT, "--json")
        until_at_rest(waiting)
        assert waiting.poll() is None

    said = ended(waiting)
    assert (said.code, said.err, '"submitted"' in said.out) == (0, "", True)


# -- interrupts ------------------------------------------------------------------------------------------


def interrupted_while_writing(office: Office, *words: str) -> tuple[int, str]:
    """Ctrl-C in the middle of a transaction: the process is held where its journal stands, then told.

    On a busy machine a command may end between two looks at the journal; a held one cannot.
    """
    process = office.start(*words)
    journal = Path(f"{office.path}-journal")
    while process.poll() is None:
        if not journal.exists():
            time.sleep(0.001)
            continue
        process.send_signal(signal.SIGSTOP)
        writing = journal.exists()
        if writing:
            process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGCONT)
        if writing:
            break
    said = ended(process)
    return said.code, said.err


def test_ctrl_c_in_a_long_command_ends_with_130_and_leaves_whole_hundreds(many_dossiers: Office) -> None:
    before = many_dossiers.stored()

    code, err = interrupted_while_writing(
        many_dossiers, "--as", VILLAGE, "advance", "D0001..D0120", "submit", "--yes"
    )

    assert code == INTERRUPTED
    assert "Traceback" not in err
    moved = [ref for ref, stood in many_dossiers.stored().items() if before[ref] != stood]
    assert len(moved) in (0, 99, 118)
    assert many_dossiers.faults() == ()
    assert many_dossiers.stored() == replayed(many_dossiers.entries())
    assert many_dossiers.process(*LOOK).code == 0


@pytest.mark.parametrize("delay", [0.1, 0.3, 0.5])
def test_ctrl_c_at_any_moment_writes_all_or_nothing(delay: float, sqlite_office: Office) -> None:
    process = sqlite_office.start("--as", OFFICER, "advance", "T01..T18", "submit")
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    said = ended(process)

    # Before the door stands, while the interpreter starts and loads it, the signal itself ends the process.
    assert said.code in (0, INTERRUPTED, -signal.SIGINT)
    assert "Traceback" not in said.err or said.code == -signal.SIGINT
    # The place of what the plan does not name stands as it is.
    states = {state for state, _version in sqlite_office.stored().values()} - {"standing"}
    assert states in ({"drafted"}, {"submitted"})
    assert sqlite_office.faults() == ()


def test_ctrl_c_while_waiting_for_a_lock_ends_at_once(office: Office) -> None:
    with office.acting(OFFICER) as other, other.database.transaction():
        other.database.driver.execute("UPDATE item SET version = version WHERE ref = 'T01'")
        waiting = office.start(*SUBMIT, TDKT_LOCK_TIMEOUT=str(10 * LIMIT))
        until_at_rest(waiting)
        assert waiting.poll() is None
        waiting.send_signal(signal.SIGINT)
        # The lock is still held: what ends here did not wait for it.
        said = ended(waiting)

    assert said.code == INTERRUPTED
    assert "Traceback" not in said.err
    assert office.stored()["T01"] == ("drafted", 1)
