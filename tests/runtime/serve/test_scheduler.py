"""The tick's clock: it repeats, survives what a tick raises, notices what hangs, and leaves no thread."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise

import pytest
from apscheduler.schedulers.blocking import BlockingScheduler

from runtime.serve.scheduler import Ending, Pulse, stopped_by_signals, watch
from tests.waiting import LIMIT, until


@pytest.fixture(autouse=True)
def _leaks_no_thread() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    until(lambda: set(threading.enumerate()) <= before, "every thread of the test has ended")


def unheard(error: BaseException) -> None:
    raise AssertionError(error)


def test_it_ticks_at_once_and_again_until_it_is_stopped() -> None:
    pulse, ticks = Pulse(), []

    def tick(pulse: Pulse) -> None:
        ticks.append(threading.current_thread().name)
        if len(ticks) == 3:
            pulse.stop()

    ending = watch(tick, every=0.05, patience=LIMIT, pulse=pulse, failed=unheard)

    assert (ending, ticks) == (Ending.STOPPED, ["tick"] * 3)


def test_a_tick_that_raises_is_told_and_repeated() -> None:
    pulse = Pulse()
    told: list[str] = []

    def tick(pulse: Pulse) -> None:
        if len(told) == 2:
            pulse.stop()
            return
        raise RuntimeError("no server")

    def failed(error: BaseException) -> None:
        told.append(str(error))
        raise BrokenPipeError  # nobody hears it: no reason to stop

    assert watch(tick, every=0.05, patience=LIMIT, pulse=pulse, failed=failed) is Ending.STOPPED
    assert told == ["no server", "no server"]


@pytest.mark.parametrize("kind", [SystemExit, KeyboardInterrupt, GeneratorExit, MemoryError])
def test_whatever_a_tick_raises_it_is_told_counted_and_repeated(
    kind: type[BaseException], capfd: pytest.CaptureFixture[str]
) -> None:
    pulse = Pulse()
    told: list[tuple[type[BaseException], int]] = []

    def tick(pulse: Pulse) -> None:
        if len(told) == 2:
            pulse.stop()
            return
        raise kind

    def failed(error: BaseException) -> None:
        told.append((type(error), pulse.failing))

    assert watch(tick, every=0.05, patience=LIMIT, pulse=pulse, failed=failed) is Ending.STOPPED
    assert told == [(kind, 1), (kind, 2)]
    assert (pulse.turns, pulse.failures, pulse.failing) == (3, 2, 0)
    assert capfd.readouterr() == ("", "")


def test_turns_are_counted_and_the_last_whole_one_is_remembered() -> None:
    pulse = Pulse()
    assert (pulse.turns, pulse.since, pulse.ended_at) == (0, None, None)

    watch(lambda pulse: pulse.stop(), every=0.05, patience=LIMIT, pulse=pulse, failed=unheard)
    ended_at = pulse.ended_at
    pulse.fail()

    assert (pulse.turns, pulse.failures, pulse.failing, pulse.ended_at) == (2, 1, 1, ended_at)
    assert ended_at is not None
    assert pulse.since is not None
    assert 0 <= pulse.since < 5


def test_two_ticks_never_overlap_and_one_that_comes_late_is_taken() -> None:
    pulse, inside, most, done = Pulse(), 0, 0, 0

    def tick(pulse: Pulse) -> None:
        nonlocal inside, most, done
        inside += 1
        most = max(most, inside)
        time.sleep(0.15)
        inside -= 1
        done += 1
        if done == 3:
            pulse.stop()

    watch(tick, every=0.05, patience=LIMIT, pulse=pulse, failed=unheard)

    assert (most, done) == (1, 3)


def test_a_tick_that_hangs_ends_serving(monkeypatch: pytest.MonkeyPatch) -> None:
    pulse, free = Pulse(), threading.Event()
    begun: list[BlockingScheduler] = []
    start = BlockingScheduler.start

    def noted(self: BlockingScheduler) -> None:
        begun.append(self)
        start(self)

    monkeypatch.setattr(BlockingScheduler, "start", noted)

    def tick(_pulse: Pulse) -> None:
        free.wait(LIMIT)

    assert watch(tick, every=0.05, patience=0.3, pulse=pulse, failed=unheard) is Ending.STUCK

    # The thread that is left behind ends with its process; here it has to be let go.
    pulse.stop()
    free.set()
    begun[0].shutdown(wait=False)


def test_a_long_tick_with_signs_of_life_is_not_stuck() -> None:
    pulse = Pulse()

    def tick(pulse: Pulse) -> None:
        for _ in range(30):
            time.sleep(0.1)
            pulse.beat()
        pulse.stop()

    assert watch(tick, every=0.05, patience=2, pulse=pulse, failed=unheard) is Ending.STOPPED


def test_a_process_that_stood_still_is_not_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    pulse, real, jump = Pulse(), time.monotonic, threading.Event()
    monkeypatch.setattr("runtime.serve.scheduler.time.monotonic", lambda: real() + 3600 * jump.is_set())

    def tick(pulse: Pulse) -> None:
        time.sleep(0.3)
        jump.set()
        time.sleep(0.6)
        pulse.stop()

    assert watch(tick, every=0.05, patience=LIMIT, pulse=pulse, failed=unheard) is Ending.STOPPED


class HostClock(datetime):
    """What APScheduler takes for the time: `ahead` of the real clock."""

    ahead = timedelta()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> HostClock:
        shifted = datetime.now(UTC) + cls.ahead
        return cls.fromtimestamp(shifted.timestamp(), tz)


@pytest.mark.parametrize("years", [-10, -1, 1, 10])
def test_it_ticks_on_when_the_hosts_clock_is_set(monkeypatch: pytest.MonkeyPatch, years: int) -> None:
    pulse, ticks = Pulse(), []
    monkeypatch.setattr("apscheduler.schedulers.base.datetime", HostClock)
    monkeypatch.setattr(HostClock, "ahead", timedelta())

    def tick(pulse: Pulse) -> None:
        ticks.append(time.monotonic())
        if len(ticks) == 2:
            monkeypatch.setattr(HostClock, "ahead", timedelta(days=years * 365))
        if len(ticks) == 5:
            pulse.stop()

    ending = watch(tick, every=0.1, patience=LIMIT, pulse=pulse, failed=unheard)

    assert (ending, len(ticks)) == (Ending.STOPPED, 5)
    assert max(later - earlier for earlier, later in pairwise(ticks)) < LIMIT


def test_turns_that_were_missed_are_one_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that goes to and fro costs a tick each time, and never a tick for each turn between."""
    pulse, ticks = Pulse(), 0
    monkeypatch.setattr("apscheduler.schedulers.base.datetime", HostClock)
    monkeypatch.setattr(HostClock, "ahead", timedelta())

    def tick(pulse: Pulse) -> None:
        nonlocal ticks
        ticks += 1
        monkeypatch.setattr(HostClock, "ahead", timedelta(hours=(-1) ** ticks))
        if ticks == 10:
            pulse.stop()

    began = time.monotonic()
    assert watch(tick, every=0.1, patience=LIMIT, pulse=pulse, failed=unheard) is Ending.STOPPED
    assert (ticks, time.monotonic() - began > 0.5) == (10, True)


def test_a_thread_that_is_gone_ends_serving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BlockingScheduler, "start", lambda self: None)

    ending = watch(lambda _: None, every=0.05, patience=LIMIT, pulse=Pulse(), failed=unheard)

    assert ending is Ending.DIED


def test_stopping_waits_for_the_item_under_way() -> None:
    pulse, finished = Pulse(), []

    def tick(pulse: Pulse) -> None:
        pulse.stop()
        time.sleep(0.5)
        finished.append(True)

    watch(tick, every=0.05, patience=LIMIT, pulse=pulse, failed=unheard)

    assert finished == [True]


def test_a_signal_stops_the_pulse_and_gives_the_handlers_back() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    pulse = Pulse()

    with stopped_by_signals(pulse):
        signal.raise_signal(signal.SIGTERM)

        assert pulse.stopping
        assert {number: signal.getsignal(number) for number in before} == before
