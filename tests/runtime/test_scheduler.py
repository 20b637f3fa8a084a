"""The tick's clock: it repeats, survives what a tick raises, notices what hangs, and leaves no thread."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator

import pytest
from apscheduler.schedulers.blocking import BlockingScheduler

from runtime.scheduler import Ending, Pulse, stopped_by_signals, watch


@pytest.fixture(autouse=True)
def _leaks_no_thread() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + 5
    while (left := set(threading.enumerate()) - before) and time.monotonic() < end:
        time.sleep(0.02)
    assert left == set()


def unheard(error: Exception) -> None:
    raise AssertionError(error)


def test_it_ticks_at_once_and_again_until_it_is_stopped() -> None:
    pulse, ticks = Pulse(), []

    def tick(pulse: Pulse) -> None:
        ticks.append(threading.current_thread().name)
        if len(ticks) == 3:
            pulse.stop()

    ending = watch(tick, every=0.05, patience=5, pulse=pulse, failed=unheard)

    assert (ending, ticks) == (Ending.STOPPED, ["tick"] * 3)


def test_a_tick_that_raises_is_told_and_repeated() -> None:
    pulse = Pulse()
    told: list[str] = []

    def tick(pulse: Pulse) -> None:
        if len(told) == 2:
            pulse.stop()
            return
        raise RuntimeError("no server")

    def failed(error: Exception) -> None:
        told.append(str(error))
        raise BrokenPipeError  # nobody hears it: no reason to stop

    assert watch(tick, every=0.05, patience=5, pulse=pulse, failed=failed) is Ending.STOPPED
    assert told == ["no server", "no server"]


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

    watch(tick, every=0.05, patience=5, pulse=pulse, failed=unheard)

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
        free.wait(10)

    assert watch(tick, every=0.05, patience=0.3, pulse=pulse, failed=unheard) is Ending.STUCK

    # The thread that is left behind ends with its process; here it has to be let go.
    pulse.stop()
    free.set()
    begun[0].shutdown(wait=False)


def test_a_long_tick_with_signs_of_life_is_not_stuck() -> None:
    pulse = Pulse()

    def tick(pulse: Pulse) -> None:
        for _ in range(10):
            time.sleep(0.1)
            pulse.beat()
        pulse.stop()

    assert watch(tick, every=0.05, patience=0.4, pulse=pulse, failed=unheard) is Ending.STOPPED


def test_a_thread_that_is_gone_ends_serving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BlockingScheduler, "start", lambda self: None)

    ending = watch(lambda _: None, every=0.05, patience=5, pulse=Pulse(), failed=unheard)

    assert ending is Ending.DIED


def test_stopping_waits_for_the_item_under_way() -> None:
    pulse, finished = Pulse(), []

    def tick(pulse: Pulse) -> None:
        pulse.stop()
        time.sleep(0.5)
        finished.append(True)

    watch(tick, every=0.05, patience=5, pulse=pulse, failed=unheard)

    assert finished == [True]


def test_a_signal_stops_the_pulse_and_gives_the_handlers_back() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    pulse = Pulse()

    with stopped_by_signals(pulse):
        signal.raise_signal(signal.SIGTERM)

        assert pulse.stopping
        assert {number: signal.getsignal(number) for number in before} == before
