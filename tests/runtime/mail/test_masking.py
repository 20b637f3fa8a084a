"""No part of a password stays in what a server says, in clear or as a login writes it."""

from __future__ import annotations

from base64 import b64encode

import pytest

from runtime.mail.masking import LEAST, masked

USER, PASSWORD = "tdkt-gui-thu", "mat-khau-rat-bi-mat-7391"


def base64(text: str) -> str:
    return b64encode(text.encode()).decode().rstrip("=")


LOGINS = (PASSWORD, base64(PASSWORD), base64(f"\0{USER}\0{PASSWORD}"))


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("as_repeated", [str, str.upper, str.lower])
def test_a_line_that_a_server_repeats_is_masked(login: str, as_repeated: type[str]) -> None:
    said = masked(f"502 unknown: AUTH PLAIN {as_repeated(login)}", user=USER, password=PASSWORD)

    assert said.startswith("502 unknown: AUTH PLAIN …")
    assert not [at for at in range(len(login) - LEAST) if login[at : at + LEAST].lower() in said.lower()]


@pytest.mark.parametrize("login", LOGINS)
def test_a_line_that_is_repeated_in_part_is_masked_too(login: str) -> None:
    for cut in range(LEAST, len(login)):
        assert masked(f"no {login[:cut]}", user=USER, password=PASSWORD) == "no …"
        assert masked(f"no {login[-cut:]}", user=USER, password=PASSWORD) == "no …"


def test_what_else_a_server_says_stays() -> None:
    said = "535 5.7.8 Error: authentication failed for tdkt-gui-thu"

    assert masked(said, user=USER, password=PASSWORD) == said
    assert masked(said, user="", password="") == said
    assert masked("abc", user="", password="b") == "a…c"
