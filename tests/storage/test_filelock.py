"""The lock beside a database's file: who waits for it gives up in time, in any thread and in any process."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.errors import Locked
from storage.filelock import FileLock, locked
from tests.processes import ended, says, start
from tests.waiting import LIMIT, until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="alarms are POSIX")

HOLDER = """
import sys
from pathlib import Path
from storage.filelock import locked
with locked(Path(sys.argv[1]), timeout=5):
    print("held", flush=True)
    sys.stdin.readline()
"""
INTERRUPTED = """
import sys
from pathlib import Path
from storage.filelock import locked
try:
    print("waits", flush=True)
    with locked(Path(sys.argv[1]), timeout=600):
        print("had it")
except KeyboardInterrupt:
    print("interrupted")
"""


@contextmanager
def held_by_a_process(database: Path) -> Iterator[None]:
    """A second process holds the lock in the block; at its end it has let it go."""
    holder = start(sys.executable, "-c", HOLDER, database, stdin=subprocess.PIPE)
    says(holder, "held\n", on="stdout")
    try:
        yield
    finally:
        assert ended(holder).code == 0  # the end of its input is what it waits for


def test_a_blocked_file_lock_gives_up_after_its_time_and_is_free_later(tmp_path: Path) -> None:
    holder, waiter = (FileLock(tmp_path / "office.db", timeout=0.2) for _ in range(2))
    rang: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _frame: rang.append(number))
    try:
        holder.acquire()
        began = time.monotonic()
        with pytest.raises(Locked):
            waiter.acquire()
        waited = time.monotonic() - began
        holder.release()
        waiter.acquire()
        waiter.release()

        assert 0.15 < waited < 5
        signal.raise_signal(signal.SIGALRM)
        assert rang == [signal.SIGALRM]
    finally:
        signal.signal(signal.SIGALRM, before)
        holder.close()
        waiter.close()


def test_threads_that_wait_for_another_process_give_up_after_their_time(tmp_path: Path) -> None:
    database = tmp_path / "office.db"
    together = threading.Barrier(8, timeout=LIMIT)

    def wait(_thread: int) -> tuple[str, float]:
        together.wait()
        began = time.monotonic()
        try:
            with locked(database, timeout=0.3):
                return "had it", time.monotonic() - began
        except Locked as error:
            return error.code, time.monotonic() - began

    with held_by_a_process(database), ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(wait, range(8)))

    assert {code for code, _ in answers} == {"locked"}
    assert all(0.3 <= waited < 5 for _, waited in answers)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(wait_for, database).result(LIMIT) == "had it"


def wait_for(database: Path, *, timeout: float = LIMIT) -> str:
    with locked(database, timeout=timeout):
        return "had it"


def test_a_thread_has_the_lock_once_another_process_lets_it_go(tmp_path: Path) -> None:
    database = tmp_path / "office.db"

    with ThreadPoolExecutor(1) as pool:
        with held_by_a_process(database):
            waiting = pool.submit(wait_for, database)
            with pytest.raises(Locked):
                wait_for(database, timeout=0.05)
            assert not waiting.done()

        assert waiting.result(LIMIT) == "had it"


def test_threads_hold_the_lock_one_after_the_other(tmp_path: Path) -> None:
    inside, most = 0, 0

    def hold(_thread: int) -> None:
        nonlocal inside, most
        for _ in range(20):
            with locked(tmp_path / "office.db", timeout=LIMIT):
                inside += 1
                most = max(most, inside)
                time.sleep(0)  # lets another thread in, were the lock none
                inside -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(hold, range(8)))

    assert (inside, most) == (0, 1)


def waits_in_the_kernel(process: subprocess.Popen[str]) -> bool:
    """Whether the process stands among those that wait for a lock."""
    rows = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    return any(row[1] == "->" and str(process.pid) in row for row in rows)


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="where it is seen who waits for a lock")
def test_ctrl_c_ends_the_wait_of_the_main_thread(tmp_path: Path) -> None:
    database = tmp_path / "office.db"
    with locked(database, timeout=5):
        waiter = start(sys.executable, "-c", INTERRUPTED, database)
        says(waiter, "waits\n", on="stdout")
        until(lambda: waits_in_the_kernel(waiter), "the main thread waits for the lock")
        waiter.send_signal(signal.SIGINT)

        assert ended(waiter).out == "interrupted\n"
