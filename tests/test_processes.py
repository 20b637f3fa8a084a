"""Waiting names what never comes, and a process that a test started ends with the test's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import waiting
from tests.processes import ROOT, ended, next_line, start
from tests.waiting import until

SLEEPING = (sys.executable, "-c", "import time; time.sleep(600)")


def test_what_never_comes_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "LIMIT", 0.1)

    with pytest.raises(AssertionError, match="it has not come about that the moon is full"):
        until(lambda: False, "the moon is full")


def test_a_process_that_does_not_end_is_killed_and_named() -> None:
    process = start(*SLEEPING)

    with pytest.raises(AssertionError, match=r"sleep.* did not end"):
        ended(process, seconds=0.2)

    assert process.returncode is not None


def test_a_process_that_ends_without_a_line_is_not_waited_for() -> None:
    process = start(sys.executable, "-c", "")

    assert (next_line(process), ended(process).code) == ("", 0)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone tells a child of its parent's end")
def test_a_started_process_dies_with_a_killed_parent() -> None:
    program = f"from tests.processes import start; print(start(*{SLEEPING!r}).pid, flush=True); input()"
    parent = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert Path(f"/proc/{child}").exists()

    parent.kill()
    parent.communicate()

    stat = Path(f"/proc/{child}/stat")
    until(lambda: not stat.exists() or ") Z " in stat.read_text(), "the child has ended")
