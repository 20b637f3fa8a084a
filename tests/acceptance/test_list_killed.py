"""Whoever is killed while a list is taken in leaves all of its dossiers or none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.database import Database
from storage.log.audit import verify
from storage.views import Reading
from tests.commands.test_list_import import FROM_SCHOOL, LINES, written
from tests.storage.office import ROOT

DYING = """
import os, sys
from storage.unit import UnitOfWork

whole = UnitOfWork.append

def die(self):
    lines = any(entry.record["event"] == "add" for entry in self._entries)
    whole(self)
    if lines:
        os.kill(os.getpid(), 9)

UnitOfWork.append = die
from cli import main
sys.argv[0] = "tdkt"
main()
"""
"""Dies when all rows and entries are written and nothing is committed."""


@pytest.mark.skipif(os.name != "posix", reason="kills by POSIX signals")
def test_a_kill_before_the_commit_leaves_nothing(founded_file: Callable[[str], Path], tmp_path: Path) -> None:
    database = tmp_path / "tdkt.db"
    database.write_bytes(founded_file("2026-01-05T08:00").read_bytes())
    url = f"sqlite:///{database}"
    words = ("--db", url, "--yes", "dossier", "import", written(tmp_path, *LINES), *FROM_SCHOOL)

    died = subprocess.run([sys.executable, "-c", DYING, *words], cwd=ROOT, check=False, capture_output=True)

    assert died.returncode == -signal.SIGKILL, died.stderr
    with Reading(url) as reading:
        assert reading.dossiers("diem-he", 2026) == ()
    with Database(url) as opened:
        assert verify(opened, "diem-he").ok
    again = subprocess.run([sys.executable, "cli.py", *words], cwd=ROOT, check=False, capture_output=True)
    assert again.returncode == 0, again.stderr
    with Reading(url) as reading:
        assert [item.key.ref for item in reading.dossiers("diem-he", 2026)] == ["D0001", "D0002"]
