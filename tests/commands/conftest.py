"""The command line run in this process, on a sandbox that is copied for each test."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli import door
from commands.failures import run
from tests.ledger import balanced


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def refusal(self) -> Any:
        return json.loads(self.err)


Tdkt = Callable[..., Answer]
"""Runs `tdkt` with words as typed."""
SHIPPED = Path(__file__).resolve().parents[2] / "definitions"
Edited = Callable[..., Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """A shipped file with words replaced, each of which it must hold."""

    def made(file: str, *replacements: tuple[str, str]) -> Path:
        text = (SHIPPED / file).read_text(encoding="utf-8")
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "edited.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return made


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the machine's own database, office, actor or language."""
    for name in ("TDKT_OFFICE", "TDKT_ACTOR", "TDKT_DB", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TDKT_LANG", "en")
    monkeypatch.setenv("TDKT_HOME", str(tmp_path / "home"))


@pytest.fixture
def bare(capsys: pytest.CaptureFixture[str]) -> Tdkt:
    """The command line without any database named."""

    def typed(*words: str) -> Answer:
        capsys.readouterr()
        code = run(door(), words)
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return typed


@pytest.fixture(scope="session")
def prepared_sandbox(founded_file: Callable[[str], Path]) -> Path:
    """A sandbox of the shipped office, founded on 5 January 2026 at eight in the morning."""
    return founded_file("2026-01-05T08:00")


@pytest.fixture
def database(
    request: pytest.FixtureRequest, prepared_sandbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A copy of the sandbox, named by TDKT_DB."""
    path = tmp_path / "tdkt.db"
    shutil.copyfile(prepared_sandbox, path)
    monkeypatch.setenv("TDKT_DB", f"sqlite:///{path}")
    yield path
    balanced(request, f"sqlite:///{path}")


@pytest.fixture
def tdkt(database: Path, bare: Tdkt) -> Tdkt:
    """The command line on a fresh sandbox."""
    assert database.exists()
    return bare


@pytest.fixture(scope="session")
def office_at_work(tmp_path_factory: pytest.TempPathFactory, prepared_sandbox: Path) -> Path:
    """A folder with an office in full work; to be copied."""
    from storage.filelock import locked
    from tests.commands.at_work import prepare

    base = tmp_path_factory.getbasetemp()
    # All workers of a run share one, since preparing it takes half a minute of a processor.
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, ready = shared / "at-work", shared / "at-work.ready"
    with locked(folder, timeout=600):
        if not ready.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            prepare(folder, prepared_sandbox)
            ready.touch()
    return folder


@pytest.fixture
def at_work(office_at_work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder's copy, in which commands are typed."""
    folder = tmp_path / "office"
    shutil.copytree(office_at_work, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TDKT_DB", "co-quan.db")
    return folder
