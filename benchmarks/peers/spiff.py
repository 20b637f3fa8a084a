"""SpiffWorkflow: a BPMN process a task, whose state is kept as serialised JSON after each step.

The specification never changes and is kept once; of each workflow the file holds what its serializer makes
of the rest. No guard, deadline, notice or log is kept.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

from benchmarks.peers.tasks import STEPS, Step, durable

PROCESS = Path(__file__).with_name("report_task.bpmn")


class Spiff:
    """One connection, one serializer and one specification for all."""

    def __init__(self, path: Path, tasks: int) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        durable(self._connection)
        parser = BpmnParser()
        parser.add_bpmn_file(str(PROCESS))
        self._serializer = BpmnWorkflowSerializer()
        self._begin(parser.get_spec("report_task"), tasks)

    def _begin(self, specification: Any, tasks: int) -> None:
        run = self._connection.execute
        run("CREATE TABLE workflow (id INTEGER PRIMARY KEY, state TEXT NOT NULL)")
        run("BEGIN IMMEDIATE")
        for task in range(tasks):
            workflow = BpmnWorkflow(specification)
            workflow.do_engine_steps()
            plain = self._serializer.to_dict(workflow)
            self._specification = plain.pop("spec")
            run("INSERT INTO workflow VALUES (?, ?)", (task, json.dumps(plain)))
        run("COMMIT")

    def step(self, task: int, step: Step) -> None:
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        ((kept,),) = run("SELECT state FROM workflow WHERE id = ?", (task,)).fetchall()
        workflow = self._serializer.from_dict({**json.loads(kept), "spec": self._specification})
        ready = workflow.get_next_task(state=TaskState.READY, manual=True)
        if ready.task_spec.name != step.event:
            raise RuntimeError(f"{task} waits for {ready.task_spec.name}, not for {step.event}")
        ready.data.update(step.words, actor=step.actor, returned=False)
        ready.run()
        workflow.do_engine_steps()
        plain = self._serializer.to_dict(workflow)
        del plain["spec"]
        run("UPDATE workflow SET state = ? WHERE id = ?", (json.dumps(plain), task))
        run("COMMIT")

    def states(self) -> list[str]:
        found = self._connection.execute("SELECT state FROM workflow ORDER BY id").fetchall()
        return [self._state(json.loads(kept)) for (kept,) in found]

    def _state(self, kept: dict[str, Any]) -> str:
        workflow = self._serializer.from_dict({**kept, "spec": self._specification})
        ready = workflow.get_next_task(state=TaskState.READY, manual=True)
        if ready is None:
            return STEPS[-1].target
        return next(step.source for step in STEPS if step.event == ready.task_spec.name)

    def close(self) -> None:
        self._connection.close()
