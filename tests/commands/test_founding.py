"""An office is founded whole or not at all: killed anywhere, it is founded anew, and nothing lies about."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from runtime.acts import founding
from runtime.acts.founding import OfficeExists, found
from runtime.office.settings import Options
from storage import offices, schema
from storage.database import Database
from storage.errors import DatabaseMissing
from storage.log.audit import verify
from storage.views import Reading
from tests.conftest import Sandbox
from workflow.model.errors import TdktError

OFFICE, START = "diem-he", "2026-01-05T00:00"
POINTS: Mapping[str, Sequence[tuple[Any, str, bool]]] = {
    "sqlite": (
        (offices, "store_office", True),
        (Database, "commit", False),
        (founding, "give_name", False),
        (founding, "give_name", True),
    ),
    "postgresql": ((schema, "_migrate", True), (Database, "commit", False), (Database, "commit", True)),
}
"""Where a founding is killed, after the call or before it; only at the last the office stands."""


def founded(url: str) -> str:
    return found(Options(db=url, now=START), {}, sandbox=True).office


def killed_at(owner: Any, name: str, *, after: bool, url: str) -> int:
    """The signal that ended a founding of a process of its own, 0 where it came to its end."""
    child = os.fork()
    if child == 0:
        done: Callable[..., Any] = getattr(owner, name)

        def die(*words: Any, **named: Any) -> None:
            if after:
                done(*words, **named)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(owner, name, die)
        try:
            founded(url)
        finally:
            os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def sound(url: str) -> bool:
    with Database(url) as database:
        tasks = database.driver.execute("SELECT count(*) FROM task WHERE quarter <> ''").fetchone()
        return verify(database, OFFICE).ok and tasks == (18,)


def stands(url: str) -> bool:
    try:
        with Reading(url):
            return True
    except DatabaseMissing:
        return False


@pytest.mark.skipif(os.name != "posix", reason="kills by POSIX signals")
@pytest.mark.parametrize("kind", POINTS)
def test_a_founding_that_is_killed_anywhere_leaves_nothing_or_all(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres_database") if kind == "postgresql" else str(tmp_path / "tdkt.db")
    seen = []

    for owner, name, after in POINTS[kind]:
        seen.append((killed_at(owner, name, after=after, url=url), stands(url)))

    assert seen == [*[(signal.SIGKILL, False)] * (len(seen) - 1), (signal.SIGKILL, True)]
    assert sound(url)
    with pytest.raises(OfficeExists):
        founded(url)


def test_a_founding_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_words: object, **_named: object) -> None:
        raise TdktError

    monkeypatch.setattr(founding, "write_plan", fail)

    with pytest.raises(TdktError):
        founded(str(tmp_path / "new" / "deep" / "tdkt.db"))

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_another_founding_made_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tdkt.db"
    store = founding._store

    def late(*words: Any, **named: Any) -> None:
        monkeypatch.setattr(founding, "_store", store)
        founded(str(path))
        store(*words, **named)

    monkeypatch.setattr(founding, "_store", late)

    with pytest.raises(OfficeExists):
        founded(str(path))

    assert (sound(str(path)), sorted(each.name for each in tmp_path.iterdir())) == (
        True,
        ["tdkt.db", "tdkt.db.lock"],
    )


def test_an_empty_file_is_founded_in(tmp_path: Path) -> None:
    path = tmp_path / "tdkt.db"
    path.touch(0o600)

    assert (founded(str(path)), sound(str(path))) == (OFFICE, True)


def test_a_link_to_a_file_and_the_file_have_one_lock(tmp_path: Path, sandbox: Sandbox) -> None:
    path = Path(sandbox("sqlite", START).removeprefix("sqlite:///"))
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "here.db"
    link.symlink_to(path)

    with Database(str(link)) as database, database.transaction():
        pass

    assert (path.with_name(f"{path.name}.lock").exists(), list(link.parent.iterdir())) == (True, [link])
