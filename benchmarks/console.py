"""The console with people at it: a `tdkt web` process on the large office, and users who read and record.

Each user is a thread with a browser's cookies and a task of its own. A round is the inbox, the board, a
dossier, the form of an event of the task and that event; the users wait a while before each click, as people
do. The baseline of all times is the same event by the command line (`tdkt advance`), on a copy of the office
in which nobody has a login, half of its runs before the users come and half after they went.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from html import unescape
from pathlib import Path
from shutil import copyfile
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter, sleep
from types import MappingProxyType
from typing import NamedTuple

import httpx

from benchmarks.house import work_folder
from benchmarks.large import ITEMS, YEAR, large_office, office_at_work
from benchmarks.measuring import Figure, timed
from benchmarks.starting import SCRIPT, child, kept_environment
from runtime.acts.acting import Acting
from runtime.acts.logins import invite
from runtime.office.settings import Options

USERS, SECONDS, PAUSE = 10, 30.0, 1.0
MANY_USERS, LONG = 50, 600.0
ENOUGH, PAGE_LIMIT = 1000.0, 100.0
"""Milliseconds in which 99 of 100 answers have come, and kilobytes of a page."""
POSITION, EVENT, SOURCE = "thuong-truc", "set_target", "Họp giao ban"
FIRST_TASK, FIRST_DAY = 32, date(YEAR, 3, 10)
DUE_IN_DECEMBER, ROUND = 5, 18
"""Of every round of copies the first so many from `FIRST_TASK` on are due with the year."""
PASSWORD = "mùa lúa chín vàng đồng quê"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
COMMANDS = 10
"""Runs of the baseline."""


class Answer(NamedTuple):
    """What a click came to: to the first byte, and to the last."""

    page: str
    status: int
    first: float
    whole: float
    size: int


class Seen(NamedTuple):
    """All that was clicked, the seconds of one `tdkt advance`, and the server's memory in megabytes as the
    users came, after a third of the time and in the end."""

    answers: Sequence[Answer]
    command: float
    memory: tuple[float, float, float]


class User:
    """Somebody at a browser without script."""

    def __init__(self, address: str, invitation: str, number: int) -> None:
        self.answers: list[Answer] = []
        task = FIRST_TASK + ROUND * (number // DUE_IN_DECEMBER) + number % DUE_IN_DECEMBER
        self._task = f"/items/{YEAR}/T{task}"
        self._number, self._turn = number, 0
        self._client = httpx.Client(base_url=address, timeout=60, headers=OWN_PAGE)
        typed = {"password": PASSWORD, "again": PASSWORD}
        answer = self._client.post(invitation, data=typed)
        if answer.status_code != 303:
            raise RuntimeError(f"the invitation of user {number} was refused: {answer.status_code}")

    def work(self, pause: float, ended: Event) -> None:
        sleep(pause * self._number / 10)
        while not ended.is_set():
            for click in (self._inbox, self._board, self._dossier, self._record):
                click()
                if ended.wait(pause):
                    break
        self._client.close()

    def _inbox(self) -> None:
        self._click("inbox", "/inbox")

    def _board(self) -> None:
        self._click("board", "/plan")

    def _dossier(self) -> None:
        self._click("dossier", f"/items/{YEAR}/D{1000 + (self._number * 7 + self._turn) % 100}")

    def _record(self) -> None:
        self._turn += 1
        path = f"{self._task}/do/{EVENT}"
        form = self._click("form", path).partition("<main")[2]
        typed = {name: unescape(value) for name, value in HIDDEN.findall(form)}
        day = FIRST_DAY + timedelta(days=self._turn % 20)
        self._click("act", path, {**typed, "date": f"{day:%d/%m/%Y}", "source": SOURCE, "confirmed": "yes"})

    def _click(self, page: str, path: str, typed: Mapping[str, str] | None = None) -> str:
        asked = self._client.build_request("GET" if typed is None else "POST", path, data=typed)
        start = perf_counter()
        answer = self._client.send(asked, stream=True)
        first = perf_counter() - start
        text = answer.read().decode()
        whole = perf_counter() - start
        self.answers.append(Answer(page, answer.status_code, first, whole, len(answer.content)))
        return text


@contextmanager
def serving(url: str) -> Iterator[tuple[int, str]]:
    """A `tdkt web` that lets people in by password: its process and its address."""
    words = ("web", "--lan", "127.0.0.1", "--insecure", "--port", "0")
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *words],
        env=kept_environment(url),
        cwd=Path(__file__).resolve().parents[1],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        told = process.stdout.readline()
        found = re.search(r"http://\S+", told)
        if found is None:
            raise RuntimeError(f"the console did not start: {told}")
        yield process.pid, found[0].rstrip("/")
    finally:
        process.terminate()
        process.wait()


def memory_of(pid: int) -> float:
    """Megabytes that the process holds; Linux tells."""
    said = Path(f"/proc/{pid}/status").read_text("utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", said)
    assert found is not None
    return int(found[1]) / 1024


def _invited(url: str, users: int) -> list[str]:
    with Acting(Options(db=url, actor="quan-tri"), {}) as acting:
        return [invite(acting, [POSITION], f"Người {at}", role="administrator").path for at in range(users)]


def _commands(url: str, runs: int, turn: int) -> list[float]:
    """Seconds of the same event by the command line, each from nothing to its last line."""
    day = FIRST_DAY + timedelta(days=turn)
    words = ("--yes", "--as", POSITION, "advance", "T19", EVENT, "--set", f"source={SOURCE}", "--set")
    days = (f"date={(day + timedelta(days=at)):%d/%m/%Y}" for at in range(runs))
    return [timed(partial(child, (*words, each), url)) for each in days]


def worked(office: Path, *, users: int, seconds: float, pause: float) -> Seen:
    """Lets so many users work for so long."""
    url, beside = f"sqlite:///{office}", f"sqlite:///{copyfile(office, office.with_suffix('.copy.db'))}"
    commands = _commands(beside, COMMANDS // 2, 0)
    invitations = _invited(url, users)
    with serving(url) as (pid, address):
        there = [User(address, each, number) for number, each in enumerate(invitations)]
        ended, begun = Event(), memory_of(pid)
        threads = [Thread(target=user.work, args=(pause, ended), daemon=True) for user in there]
        for thread in threads:
            thread.start()
        sleep(seconds / 3)
        warm = memory_of(pid)
        sleep(seconds * 2 / 3)
        ended.set()
        for thread in threads:
            thread.join()
        memory = (begun, warm, memory_of(pid))
    commands += _commands(beside, COMMANDS // 2, COMMANDS)
    return Seen([each for user in there for each in user.answers], median(commands), memory)


def figures(seen: Seen, users: int) -> tuple[Figure, ...]:
    """A figure for each kind of click, then for all of them. Raises RuntimeError where one was an error."""
    wrong = [each for each in seen.answers if each.status != (303 if each.page == "act" else 200)]
    if wrong or not seen.answers:
        raise RuntimeError(f"{len(wrong)} of {len(seen.answers)} answers were errors: {wrong[:3]}")
    found = []
    for page in ("inbox", "board", "dossier", "form", "act"):
        took = [each.first for each in seen.answers if each.page == page]
        name = f"console-{page}"
        ratio, unit = median(took) / seen.command, "ms to the first byte"
        found.append(Figure(name, ratio, median(took) * 1000, unit, len(took), "one tdkt advance"))
    slowest = quantiles([each.whole for each in seen.answers], n=100)[-1] * 1000
    largest = max(each.size for each in seen.answers) / 1024
    _begun, warm, end = seen.memory
    clicks = len(seen.answers)
    return (
        *found,
        Figure("console-p99", slowest / ENOUGH, slowest, "ms", clicks, f"{ENOUGH:g} ms; {users} users"),
        Figure("console-page", largest / PAGE_LIMIT, largest, "KB", clicks, f"{PAGE_LIMIT:g} KB"),
        Figure("console-memory", end / warm, end, "MB", clicks, "the same after a third of the time"),
    )


def console(
    runs: int = int(SECONDS), users: int = USERS, pause: float = PAUSE, items: int = ITEMS
) -> tuple[Figure, ...]:
    """`runs` are seconds."""
    with TemporaryDirectory(prefix="tdkt-benchmark-", dir=work_folder()) as folder:
        office = large_office(Path(folder), office_at_work(Path(folder)), items=items)
        return figures(worked(office, users=users, seconds=runs, pause=pause), users)


BENCHMARKS: Mapping[str, Callable[..., tuple[Figure, ...]]] = MappingProxyType(
    {"console": console, "console-long": partial(console, runs=int(LONG), users=MANY_USERS, pause=5.0)}
)
