"""How a figure is made: two things timed in turns in one run, after a warm-up, and told by their medians.

The machine may be busy with other things; taking turns lets both sides meet the same weather.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter
from typing import Any

Sample = Callable[[int], float]
"""Runs the numbered turn and returns the seconds that count of it: each side does its preparing untimed."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report. `ratio` is the median over turns, `median` the measured side's own time.

    For what is compared by speed (`advance-*`, `verify`, `sweep-*`) the ratio is baseline time ÷ measured
    time: 1 is as fast as the baseline. For what is compared by time (`start-*`, `*growth-*`, `import-*`,
    `*-year`) it is measured ÷ baseline.
    """

    name: str
    ratio: float
    median: float
    unit: str
    runs: int
    against: str

    def line(self) -> str:
        return f"{self.name}, {self.ratio:.2f}, {self.median:.3f}, {self.unit}, {self.runs}, {self.against}"

    def json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Turns:
    """The seconds of both sides, turn by turn, without the warm-up."""

    measured: Sequence[float]
    baseline: Sequence[float]

    @property
    def speed(self) -> float:
        """How fast the measured side is in units of the baseline's speed."""
        return median(base / own for own, base in zip(self.measured, self.baseline, strict=True))

    @property
    def cost(self) -> float:
        """How long the measured side takes in units of the baseline's time."""
        return median(own / base for own, base in zip(self.measured, self.baseline, strict=True))

    @property
    def median(self) -> float:
        return median(self.measured)


def in_turns(measured: Sample, baseline: Sample, *, runs: int, warm_up: int) -> Turns:
    """Runs both sides in turns, A B A B; the first `warm_up` turns do not count."""
    seconds = [(measured(turn), baseline(turn)) for turn in range(warm_up + runs)]
    return Turns([own for own, _ in seconds[warm_up:]], [base for _, base in seconds[warm_up:]])


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes."""
    start = perf_counter()
    work()
    return perf_counter() - start
