"""The console's threads and their connections: what breaks is opened anew, and nobody waits without end."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
import pytest

from runtime.acts.founding import found
from runtime.office.connections import Connections
from runtime.office.kept import OfficeCache
from runtime.office.settings import Options
from tests.web.conftest import PORT, Browser, Serving, awaited
from web.threads import Busy, Crew

SOON = 0.05


class Stuck(Connections):
    """Connections that cannot even be closed, the first time."""

    stuck = True

    def close(self) -> None:
        if self.stuck:
            self.stuck = False
            raise OSError("broken")


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return Options(db=f"sqlite:///{tmp_path / 'none.db'}")


@pytest.fixture
def one(options: Options) -> Iterator[Crew]:
    """A crew of one thread."""
    crew = Crew("one", 1, lambda: Connections(options, {}, OfficeCache()), patience=SOON)
    yield crew
    crew.close(patience=10)


def test_a_thread_outlives_whatever_its_work_raises(options: Options) -> None:
    crew = Crew("one", 1, lambda: Stuck(options, {}, OfficeCache()), patience=10)

    def fails(_kept: Connections) -> None:
        raise RuntimeError("work")

    with pytest.raises(RuntimeError, match="work"):
        awaited(crew.do(fails))

    assert awaited(crew.do(lambda _kept: 1)) == 1
    crew.close(patience=10)


def test_who_waits_behind_a_long_act_is_told_that_it_is_busy_and_nothing_is_done_later(one: Crew) -> None:
    ends, began = Event(), Event()
    done: list[str] = []

    def long(_kept: Connections) -> None:
        began.set()
        ends.wait(30)
        done.append("long")

    async def both() -> None:
        first = asyncio.ensure_future(one.do(long))
        await asyncio.to_thread(began.wait, 30)
        with pytest.raises(Busy):
            await one.do(lambda _kept: done.append("second"))
        ends.set()
        await first
        await one.do(lambda _kept: done.append("third"))

    awaited(both())

    assert done == ["long", "third"]


def test_of_a_stranger_no_file_is_read(database: Path, serving: Serving) -> None:
    web = serving(f"sqlite:///{database}")
    headers = {"host": f"127.0.0.1:{PORT}", "sec-fetch-site": "same-origin", "content-length": str(5 << 20)}
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/plan/import",
        "raw_path": b"/plan/import",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "scheme": "http",
        "server": ("127.0.0.1", PORT),
        "client": ("127.0.0.1", 1),
    }
    said: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        raise AssertionError("the body is read")

    async def send(message: MutableMapping[str, Any]) -> None:
        said.append(message)

    async def ask() -> None:
        await web.client.app(scope, receive, send)

    awaited(ask())

    assert said[0]["status"] == 401


def test_a_disk_that_takes_no_upload_is_told(
    database: Path, serving: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = serving(f"sqlite:///{database}").sign_in("chuyen-vien")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))

    answer = web.post("/plan/import", files={"file": ("ke-hoach.docx", b"x" * (3 << 20))})

    assert answer.status_code == 507
    assert "ổ đĩa" in answer.text


@pytest.fixture
def served(postgres_database: str, serving: Serving) -> Browser:
    found(Options(db=postgres_database), {}, sandbox=True)
    return serving(postgres_database)


def test_a_server_that_ended_its_connections_is_connected_to_anew(
    served: Browser, postgres_database: str
) -> None:
    served.sign_in("chuyen-vien")
    # As often as there are threads, so that each of them has connections that can end.
    assert {served.get("/plan").status_code for _ in range(8)} == {200}

    with psycopg.connect(postgres_database.replace("+psycopg", ""), autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    assert {served.get("/plan").status_code for _ in range(8)} == {200}
    after = [served.post("/position", account="thu-ky").status_code for _ in range(3)]
    assert after[1:] == [200, 200]
