"""Signing in through an issuer: a real provider on loopback, and what may go wrong on the way."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.testclient import TestClient

from runtime.acts.acting import Acting
from runtime.acts.logins import invite
from runtime.office.settings import Options
from web.app import application
from web.desk import Console
from web.gates import LoginGate
from web.issuer import Issuer, IssuerNotSet
from web.threads import Threads

CLIENT, SECRET = "tdkt", "bí mật của máy"
BASE = "http://127.0.0.1:8010"


class Provider:
    """An issuer that vouches for whoever comes as `subject`; `spoil` changes what it signs."""

    def __init__(self) -> None:
        self.subject = "nguoi-1"
        self.key = RSAKey.generate_key(2048, {"kid": "k", "use": "sig", "alg": "RS256"})
        self.signing = self.key
        self.spoil: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer(provider.look(self.path))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.answer(provider.exchange({name: each[0] for name, each in parse_qs(body).items()}))

            def answer(self, told: Any) -> None:
                content = json.dumps(told).encode()
                self.send_response(200 if told is not None else 400)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def look(self, path: str) -> Any:
        if path.startswith("/.well-known"):
            places = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            return {"issuer": self.address, **{each: f"{self.address}/{each}" for each in places}}
        return {"keys": [self.key.as_dict(private=False)]}

    def visit(self, address: str) -> str:
        """Somebody signs in at the issuer: the address that it sends them back to."""
        asked = {name: each[0] for name, each in parse_qs(urlsplit(address).query).items()}
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, form: dict[str, str]) -> Any:
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or form.get("client_secret") != SECRET:
            return None
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        claims = {
            "iss": self.address,
            "sub": self.subject,
            "aud": CLIENT,
            "exp": int(time.time()) + 300,
            "iat": int(time.time()),
            "nonce": asked["nonce"],
            **self.spoil,
        }
        signed = jwt.encode({"alg": "RS256", "kid": "k"}, claims, self.signing)
        return {"access_token": "a", "token_type": "Bearer", "id_token": signed}


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def browser(provider: Provider, database: Path) -> Iterator[TestClient]:
    """A browser before a console whose people the provider vouches for."""
    options, here = Options(db=f"sqlite:///{database}"), {"TDKT_LANG": "vi"}
    issuer = Issuer(provider.address, CLIENT, SECRET)
    hosts = frozenset({"127.0.0.1:8010"})
    console = Console(options, here, LoginGate(), 8010, hosts=hosts, issuer=issuer)
    threads = Threads(console.connect, one_writer=True)
    with TestClient(application(console, threads), base_url=BASE, follow_redirects=False) as client:
        yield client
    threads.close()


def invited(database: Path) -> str:
    with Acting(Options(db=f"sqlite:///{database}", actor="quan-tri"), {}) as acting:
        return invite(acting, ["thu-ky"], "Người Mẫu", role="administrator").secret


def sign_in(browser: TestClient, provider: Provider, invitation: str = "") -> Any:
    away = browser.get("/sso", params={"invitation": invitation} if invitation else {})
    return browser.get(provider.visit(away.headers["location"]))


def test_an_invitation_is_accepted_by_the_issuer_which_lets_in_from_then_on(
    browser: TestClient, provider: Provider, database: Path
) -> None:
    first = sign_in(browser, provider, invited(database))
    browser.cookies.clear()
    again = sign_in(browser, provider)

    assert (first.status_code, again.status_code) == (303, 303)
    assert browser.get("/inbox").status_code == 200


def test_somebody_whom_nobody_invited_is_not_let_in(browser: TestClient, provider: Provider) -> None:
    provider.subject = "người lạ"

    assert sign_in(browser, provider).status_code == 422
    assert browser.get("/inbox").status_code == 401


@pytest.mark.parametrize(
    "spoil",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "https://issuer.example"},
        {"exp": 1_000_000_000},
        {"sub": None},
    ],
    ids=lambda spoil: next(iter(spoil)),
)
def test_an_identity_that_is_not_of_this_asking_is_refused(
    browser: TestClient, provider: Provider, database: Path, spoil: dict[str, Any]
) -> None:
    invitation = invited(database)
    provider.spoil = spoil

    assert sign_in(browser, provider, invitation).status_code in (422, 503)
    assert browser.get("/inbox").status_code == 401


def test_a_signature_of_another_key_is_refused(
    browser: TestClient, provider: Provider, database: Path
) -> None:
    provider.signing = RSAKey.generate_key(2048, {"kid": "k"})

    assert sign_in(browser, provider, invited(database)).status_code == 503
    assert browser.get("/inbox").status_code == 401


def test_an_answer_counts_once_and_in_its_own_window_alone(
    browser: TestClient, provider: Provider, database: Path
) -> None:
    away = browser.get("/sso", params={"invitation": invited(database)})
    back = provider.visit(away.headers["location"])
    kept = dict(browser.cookies)
    browser.cookies.clear()

    stolen = browser.get(back)
    browser.cookies.update(kept)
    replayed = browser.get(back)

    assert (stolen.status_code, replayed.status_code) == (422, 422)
    assert browser.get("/inbox").status_code == 401


def test_an_issuer_that_is_gone_is_one_sentence(browser: TestClient, provider: Provider) -> None:
    provider.server.shutdown()
    provider.server.server_close()

    answer = browser.get("/sso")

    assert answer.status_code == 503
    assert "mật khẩu" in answer.text


def test_an_issuer_without_https_is_none() -> None:
    for address, client in (("http://issuer.example", CLIENT), ("https://issuer.example", "")):
        with pytest.raises(IssuerNotSet):
            Issuer(address, client, SECRET)
