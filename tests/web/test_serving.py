"""`tdkt web` and `tdkt serve --web` as processes: who may come in, over which wire, and the end."""

from __future__ import annotations

import re
import signal
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from runtime.acts.acting import Acting
from runtime.acts.logins import invite
from runtime.office.settings import Options
from runtime.serve.ports import listening
from tests.commands.conftest import SHIPPED, Tdkt
from tests.commands.serving import start
from tests.processes import ended, next_line

PASSWORD = "mùa lúa chín vàng đồng quê"
NAME = "Nguyễn Văn Mẫu"
PLAN = SHIPPED / "offices" / "diem-he" / "ke-hoach-2026.txt"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
ADDRESS = re.compile(r"https?://\S+")
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


@contextmanager
def running(database: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command with the address that it tells first."""
    process = start(*words, url=f"sqlite:///{database}")
    try:
        found = None
        while found is None and (line := next_line(process, on="stdout")):
            found = ADDRESS.search(line)  # a service may tell first what it has swept
        assert found
        yield process, found[0]
    finally:
        process.kill()
        process.wait()


def invited(database: Path, account: str) -> str:
    """The path of an invitation for the account."""
    options = Options(db=f"sqlite:///{database}", actor="quan-tri")
    with Acting(options, {}) as acting:
        return invite(acting, [account], NAME, role="administrator").path


def test_it_serves_this_pc_and_ends_in_order(database: Path, tdkt: Tdkt) -> None:
    with running(database, "web", "--port", "0", "--no-browser") as (process, link):
        with httpx.Client(follow_redirects=True) as browser:
            assert browser.get(link).status_code == 200
        with httpx.Client(follow_redirects=True) as stranger:
            assert stranger.get(link).status_code == 401
        process.send_signal(signal.SIGTERM)

        assert ended(process).code == 0


def test_a_port_in_use_is_one_sentence_with_its_cure(database: Path, tdkt: Tdkt) -> None:
    with closing(listening("127.0.0.1", 0, option="--port")) as taken:
        answer = tdkt("web", "--port", str(taken.getsockname()[1]), "--no-browser")

    assert answer.code == 2
    assert "--port" in answer.err
    assert answer.err.count("\n") == 1


def test_a_lan_wants_somebody_who_can_sign_in(database: Path, tdkt: Tdkt) -> None:
    answer = tdkt("web", "--lan", "127.0.0.1", "--port", "0")

    assert answer.code == 2
    assert "tdkt office invite quan-tri" in answer.err


def test_plain_http_for_other_pcs_must_be_asked_for(database: Path, tdkt: Tdkt) -> None:
    assert tdkt("web", "--insecure", "--port", "0").code == 2


def accepted(base: str, path: str, trusted: ssl.SSLContext | bool = True) -> httpx.Response:
    form = {"password": PASSWORD, "again": PASSWORD}
    return httpx.post(f"{base}{path}", data=form, headers=OWN_PAGE, verify=trusted)


@pytest.mark.parametrize("words", [("web",), ("serve", "--web", "--every", "3600")], ids=["web", "serve"])
def test_an_office_signs_in_by_password_over_https(
    database: Path, tdkt: Tdkt, words: tuple[str, ...]
) -> None:
    path = invited(database, "thuong-truc")
    with running(database, *words, "--lan", "127.0.0.1", "--port", "0") as (process, address):
        trusted = ssl.create_default_context(cafile=str(database.parent / "certificates" / "authority.pem"))
        base = address.rstrip("/")
        assert accepted(base, path, trusted).status_code == 303
        assert accepted(base, path, trusted).status_code == 422
        with httpx.Client(verify=trusted, base_url=base, follow_redirects=True) as browser:
            assert browser.get("/inbox").status_code == 401
            assert browser.get("/guide").status_code == 200
            assert browser.get("/tdkt.cer").content.startswith(b"\x30")
            form = {"name": NAME, "to": "/plan"}
            wrong = browser.post("/login", data={**form, "password": "không phải"}, headers=OWN_PAGE)
            right = browser.post("/login", data={**form, "password": PASSWORD}, headers=OWN_PAGE)
            assert wrong.status_code == 401
            assert right.url.path == "/plan"
            (cookie,) = browser.cookies.jar
            assert cookie.name.startswith("__Host-tdkt-")
            assert cookie.secure
        process.send_signal(signal.SIGTERM)
        assert ended(process).code == 0


def test_what_was_typed_when_the_session_ended_stands_there_again(database: Path, tdkt: Tdkt) -> None:
    path, event = invited(database, "thuong-truc"), "/items/2026/T01/do/set_target"
    assert tdkt("plan", "import", str(PLAN), "--as", "chuyen-vien", "--yes").code == 0
    with running(database, "web", "--lan", "127.0.0.1", "--insecure", "--port", "0") as (_process, address):
        base = address.rstrip("/")
        assert accepted(base, path).status_code == 303
        with httpx.Client(base_url=base, follow_redirects=True, headers=OWN_PAGE) as browser:
            browser.post("/login", data={"name": NAME, "password": PASSWORD, "to": "/"})
            typed = {"date": "20/03/2026", "source": "Họp giao ban", "version": "1", "key": "k"}
            browser.post("/leave", data={"everywhere": "yes"})
            lost = browser.post(event, data=typed)
            assert lost.status_code == 401
            kept = dict(HIDDEN.findall(lost.text))
            assert kept["kept.source"] == "Họp giao ban"
            back = browser.post("/login", data={**kept, "name": NAME, "password": PASSWORD})
            assert "Họp giao ban" in back.text
            shown = browser.post(
                event, data={"date": "20/03/2026", "source": "Họp giao ban", "preview": "yes"}
            )
            assert "Họp giao ban" in shown.text
            assert "20/03/2026" in shown.text
