"""The console over HTTP: the real application, its threads and a real office in a file."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from typing import Any, TypeVar

import pytest
from starlette.testclient import TestClient

from cli import NOUNS
from runtime.office.connections import is_file
from runtime.office.settings import Options
from tests.commands.conftest import alone, bare, database, office_at_work, prepared_sandbox, tdkt
from web.app import SLOWEST, application
from web.desk import Console
from web.gates import LoginGate, OwnDesk
from web.threads import Threads

__all__ = ["alone", "bare", "database", "office_at_work", "prepared_sandbox", "tdkt"]
"""Fixtures of the commands' tests that these take too."""
PORT = 8010
BASE = f"http://127.0.0.1:{PORT}"


COMMAND = re.compile(rf"\btdkt ({'|'.join(NOUNS)})\b|(?<![\w-])--[a-z]")
TERMINAL = ("trên dòng lệnh", "on the command line")


def typed_command(said: str) -> bool:
    """Whether a sentence sends its reader to a terminal without saying so."""
    return bool(COMMAND.search(said)) and not any(each in said for each in TERMINAL)


class Browser:
    """Somebody at a browser without script: pages as text, forms by their fields."""

    def __init__(self, client: TestClient, gate: OwnDesk) -> None:
        self.client = client
        self.gate = gate

    def sign_in(self, account: str | None = None) -> Browser:
        self.client.get(f"/enter/{self.gate.link()}")
        if account is not None:
            self.take(account)
        return self

    def take(self, account: str) -> None:
        """Chooses the position that is acted from, and looks at no page after it."""
        sent = {"Sec-Fetch-Site": "same-origin"}
        chosen = self.client.post(
            "/position", data={"account": account}, headers=sent, follow_redirects=False
        )
        assert chosen.status_code == 303

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def post(self, path: str, files: Any = None, **typed: Any) -> Any:
        """Sends a form as a page of the console would; follows to the page that comes after."""
        return self.client.post(path, data=typed, files=files, headers={"Sec-Fetch-Site": "same-origin"})

    def hidden(self, path: str) -> dict[str, str]:
        """The hidden fields of the page's own form: its key, the version that it shows."""
        page = self.get(path).text
        main = page[page.index("<main") :]
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main)
        return {name: unescape(value) for name, value in found}


@pytest.fixture
def work(office_at_work: Path, tmp_path: Path) -> Path:
    """A copy of the folder with an office in full work."""
    folder = tmp_path / "work"
    shutil.copytree(office_at_work, folder)
    return folder


Serving = Callable[..., Browser]
Answered = TypeVar("Answered")


def awaited(work: Coroutine[Any, Any, Answered]) -> Answered:
    """What the work comes to, in a thread of its own: where a test with a real browser ran before, this one
    has a loop that goes on."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(asyncio.run, work).result()


def names_no_command(response: Any) -> None:
    """No page tells anybody to type a command, but the one that lists them."""
    if response.headers.get("content-type", "").startswith("text/html") and response.url.path != "/commands":
        response.read()
        page = unescape(re.sub(r"<style.*?</style>|<[^>]*>", "\n", response.text, flags=re.DOTALL))
        assert [line for line in page.split("\n") if typed_command(line)] == []


@pytest.fixture
def serving() -> Iterator[Serving]:
    """Serves the office of a database; ends with the test."""
    opened = ExitStack()

    def serve(
        url: str,
        environment: dict[str, str] | None = None,
        *,
        slowest: float = SLOWEST,
        logins: bool = False,
        **more: Any,
    ) -> Browser:
        options, here = Options(db=url), {"TDKT_LANG": "vi", **(environment or {})}
        gate = OwnDesk(None)
        shut = LoginGate() if logins else gate
        console = Console(options, here, shut, PORT, hosts=frozenset({f"127.0.0.1:{PORT}"}), **more)
        threads = Threads(console.connect, one_writer=is_file(options, here))
        app = application(console, threads, slowest=slowest)
        opened.callback(threads.close)
        # Entered, so that one event loop answers all of its requests.
        client = TestClient(app, base_url=BASE.replace("http:", "https:") if console.secure else BASE)
        client.event_hooks["response"].append(names_no_command)
        return Browser(opened.enter_context(client), gate)

    with opened:
        yield serve


@pytest.fixture
def web(work: Path, serving: Serving) -> Browser:
    """The console of the office in full work; nobody is signed in."""
    return serving(f"sqlite:///{work / 'co-quan.db'}")
