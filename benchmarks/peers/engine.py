"""`tdkt` itself, everything on: guards, inputs, locks, keys, deadlines, notices and the log."""

from __future__ import annotations

from pathlib import Path

from benchmarks.house import FIRST_COPY, YEAR, open_office
from benchmarks.peers.tasks import Step
from runtime.acts.advance import EventRequest, advance
from workflow.model.context import Actor

MODEL = "T01"
"""The report task of the shipped plan that is copied."""


class Engine:
    """One `Acting` stays open, as under `serve`."""

    def __init__(self, path: Path, tasks: int) -> None:
        self._tasks = tasks
        self._acting = open_office(f"sqlite:///{path}", copied=(MODEL,), copies=tasks, journal_mode="WAL")

    def step(self, task: int, step: Step) -> None:
        self._acting.actor = Actor(step.actor)
        request = EventRequest(step.event, dict(step.words), confirmed=True)
        (result,) = advance(self._acting, [self._ref(task)], request)
        if not result.done:
            raise RuntimeError(f"{step.event} did not move {result}")

    def states(self) -> list[str]:
        found = {item.key.ref: item.state for item in self._acting.tasks(YEAR)}
        return [found[self._ref(task)] for task in range(self._tasks)]

    def close(self) -> None:
        self._acting.__exit__()

    @staticmethod
    def _ref(task: int) -> str:
        return f"T{FIRST_COPY + task}"
