"""`python -m benchmarks.peers`: four steps of 500 report tasks, against the two usual ways to build this.

Rounds of 25 tasks take turns; a line each contender: its time and its processor's time a step, both in units
of ours too, and its bytes on disk a step. A busy disk makes all alike in time, not in processor's time. A
contender whose library is not installed is named on stderr and left out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from types import MappingProxyType

from benchmarks.house import work_folder
from benchmarks.measuring import timed
from benchmarks.peers.engine import Engine
from benchmarks.peers.tasks import PER_ROUND, ROUNDS, STEPS, Contender, bytes_of

Make = Callable[[Path, int], Contender]
"""Makes a contender with its file and its number of drafted tasks."""
OURS = "tdkt"
PEERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "spiffworkflow": ("benchmarks.peers.spiff", "Spiff"),
        "transitions-orm": ("benchmarks.peers.orm", "Orm"),
    }
)
"""Modules and classes of the contenders, imported one by one: their libraries may be missing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A contender's rounds in seconds a step, on the clock and of the processor; the bytes of its whole file,
    and of those that came with the steps, by the number of steps."""

    name: str
    seconds: tuple[float, ...]
    busy: tuple[float, ...]
    whole: float
    grown: float


def contenders() -> dict[str, Make]:
    """Ours and those whose library is installed."""
    found: dict[str, Make] = {OURS: Engine}
    for name, (module, made) in PEERS.items():
        try:
            found[name] = getattr(import_module(module), made)
        except ModuleNotFoundError as error:
            print(f"{name}: {error.name} is not installed", file=sys.stderr)
    return found


def race(made: Mapping[str, Make], *, rounds: int = ROUNDS) -> list[Standing]:
    """Every contender takes the same tasks through the same steps, round by round in turns."""
    with TemporaryDirectory(prefix="tdkt-peers-", dir=work_folder()) as folder, ExitStack() as open:
        paths = {name: Path(folder) / f"{name}.db" for name in made}
        tasks = rounds * PER_ROUND
        running = {name: make(paths[name], tasks) for name, make in made.items()}
        for contender in running.values():
            open.callback(contender.close)
        before = {name: bytes_of(path) for name, path in paths.items()}
        rounded: dict[str, list[tuple[float, float]]] = {name: [] for name in made}
        for number in range(rounds):
            for name, contender in running.items():
                rounded[name].append(_round(contender, number))
        for name, contender in running.items():
            if contender.states() != [STEPS[-1].target] * tasks:
                raise RuntimeError(f"{name} did not complete the {tasks} tasks")
        steps = tasks * len(STEPS)
        after = {name: bytes_of(path) for name, path in paths.items()}
        return [
            Standing(
                name,
                tuple(seconds for seconds, _busy in rounded[name]),
                tuple(busy for _seconds, busy in rounded[name]),
                whole=after[name] / steps,
                grown=(after[name] - before[name]) / steps,
            )
            for name in made
        ]


def _round(contender: Contender, number: int) -> tuple[float, float]:
    """Seconds a step of a round: each of its tasks takes every step before the next one begins."""

    def work() -> None:
        for task in range(number * PER_ROUND, (number + 1) * PER_ROUND):
            for step in STEPS:
                contender.step(task, step)

    begin = process_time()
    seconds, steps = timed(work), PER_ROUND * len(STEPS)
    return seconds / steps, (process_time() - begin) / steps


def _times(theirs: Sequence[float], ours: Sequence[float]) -> float:
    """Their time in units of ours: the median over the rounds."""
    return median(their / own for their, own in zip(theirs, ours, strict=True))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds, {ROUNDS} when not said")
    asked = parser.parse_args()
    standings = race(contenders(), rounds=asked.rounds)
    ours = next(standing for standing in standings if standing.name == OURS)
    for standing in standings:
        print(
            f"{standing.name}, {median(standing.seconds) * 1000:.3f} ms a step"
            f" ({_times(standing.seconds, ours.seconds):.2f} times our time),"
            f" {median(standing.busy) * 1000:.3f} ms of the processor"
            f" ({_times(standing.busy, ours.busy):.2f} times ours),"
            f" {standing.whole:.0f} bytes on disk a step, {standing.grown:.0f} of them new"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
