"""The token of `tdkt login`: TDKT_TOKEN, else a file that only its user may read, one for each office.

Stands in the user's data directory, with the account that the login begins with on its second line, so that a
look need not ask the database who looks. Loads nothing.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from runtime.office.settings import data_directory

TOKEN = "TDKT_TOKEN"
PRIVATE = 0o600


class Token(NamedTuple):
    """`account` is None where the token came by the environment; `path` then too."""

    value: str
    account: str | None = None
    path: str | None = None


def token_path(environment: Mapping[str, str], office: str) -> str:
    return os.path.join(data_directory(environment), f"token-{office}")


def kept_token(environment: Mapping[str, str], office: str) -> Token | None:
    """The token by which this user is signed in to the office, good or not; None where there is none."""
    if named := environment.get(TOKEN):
        return Token(named)
    path = token_path(environment, office)
    try:
        with open(path, encoding="utf-8") as file:
            value, account, *_ = [*file.read().split("\n"), "", ""]
    except (OSError, UnicodeDecodeError):
        return None
    return Token(value, account or None, path) if value else None


def keep_token(environment: Mapping[str, str], office: str, value: str, account: str) -> str:
    """Writes the token as a whole, for nobody else to read; answers with the file's path."""
    path = token_path(environment, office)
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    part = f"{path}.{os.getpid()}"
    with suppress(FileNotFoundError):
        os.unlink(part)
    # Made private, not made and then closed to others: in between anybody might open it.
    with open(
        os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w", encoding="utf-8", newline="\n"
    ) as file:
        file.write(f"{value}\n{account}\n")
    os.replace(part, path)
    return path


def drop_token(environment: Mapping[str, str], office: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(token_path(environment, office))


def usual_account(environment: Mapping[str, str], office: str, stored: str | None) -> str | None:
    """The account that acts where --as is left out: of TDKT_ACTOR, of the login on this machine, or the one
    that the office stored."""
    token = kept_token(environment, office)
    return environment.get("TDKT_ACTOR") or (token.account if token else None) or stored
