"""`transitions` with a Machine for each task, over SQLAlchemy's ORM: the way of most tutorials.

A session a step; the task's row has its state, a row of history says who did what. No guard beyond the
machine's own, no deadline, notice, key or log is kept.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import transitions
from sqlalchemy import ForeignKey, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

from benchmarks.peers.tasks import STEPS, Step, durable

STATES = ["drafted", "submitted", "reviewed", "approved", "completed"]
TRANSITIONS: list[Any] = [
    *({"trigger": step.event, "source": step.source, "dest": step.target} for step in STEPS),
    {"trigger": "return", "source": ["submitted", "reviewed", "approved"], "dest": "drafted"},
]


class Base(DeclarativeBase):
    """The two tables' metadata."""


class ReportTask(Base):
    """A task, which is its machine's model."""

    __tablename__ = "report_task"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    lead: Mapped[str]
    state: Mapped[str]
    paper_number: Mapped[str | None]
    paper_date: Mapped[str | None]


class History(Base):
    """What was done to a task, by whom and when."""

    __tablename__ = "history"

    id: Mapped[int] = mapped_column(primary_key=True)
    task: Mapped[int] = mapped_column(ForeignKey("report_task.id"), index=True)
    event: Mapped[str]
    source: Mapped[str]
    target: Mapped[str]
    actor: Mapped[str]
    opinion: Mapped[str | None]
    at: Mapped[datetime]


class Orm:
    """One engine, whose pool keeps one connection open."""

    def __init__(self, path: Path, tasks: int) -> None:
        self._engine = create_engine(f"sqlite:///{path}")
        event.listen(self._engine, "connect", lambda connection, _record: durable(connection))
        self._session: sessionmaker[Session] = sessionmaker(self._engine)
        Base.metadata.create_all(self._engine)
        with self._session.begin() as session:
            session.add_all(
                ReportTask(id=task, title="Báo cáo", lead="ubnd", state=STATES[0]) for task in range(tasks)
            )

    def step(self, task: int, step: Step) -> None:
        with self._session.begin() as session:
            model = session.get_one(ReportTask, task)
            source = model.state
            machine = transitions.Machine(
                model, states=STATES, transitions=TRANSITIONS, initial=source, auto_transitions=False
            )
            machine.events[step.event].trigger(model)
            words: dict[str, Any] = dict(step.words)
            opinion = words.pop("opinion", None)
            for name, value in words.items():
                setattr(model, name, value)
            session.add(
                History(
                    task=task,
                    event=step.event,
                    source=source,
                    target=model.state,
                    actor=step.actor,
                    opinion=opinion,
                    at=datetime.now(UTC),
                )
            )

    def states(self) -> list[str]:
        with self._session() as session:
            return list(session.scalars(select(ReportTask.state).order_by(ReportTask.id)))

    def close(self) -> None:
        self._engine.dispose()
