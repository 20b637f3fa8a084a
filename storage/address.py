"""A database's address as it is typed, read in one way for looking and for acting.

`Ke%20hoach.db` is a file of that very name; only `sqlite:///Ke%20hoach.db` is a URL, and names `Ke hoach.db`.
What follows `postgresql://` is libpq's own: several hosts, sockets, services and settings as it knows them.
Every command passes here: `os.path`, not `pathlib`, keeps the start short.
"""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from storage.errors import (
    AddressNotEscaped,
    BadDatabaseUrl,
    DatabaseMissing,
    NoDatabaseFile,
    NotAFile,
    SqliteSettings,
)

SERVERS = frozenset({"postgresql", "postgres", "postgresql+psycopg"})
SECRETS = frozenset(
    {"password", "sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret"}
)
"""Settings of libpq whose values are never shown."""
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.DOTALL)
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:")


class Address(NamedTuple):
    """An SQLite file at `path`, or where that is None a server's URL as libpq takes it.

    `where` is what is shown of it, never with a password.
    """

    where: str
    path: str | None = None
    server: str = ""

    @property
    def dialect(self) -> str:
        return "postgresql" if self.path is None else "sqlite"


def read_address(text: str) -> Address:
    """The address as typed: a URL, or else a file's name, taken literally.

    Raises BadDatabaseUrl, AddressNotEscaped, NoDatabaseFile, SqliteSettings.
    """
    url = _URL.fullmatch(text)
    if url is None:
        return _file(text)
    scheme, rest, shown = url[1].lower(), url[2], without_password(text)
    if scheme == "sqlite":
        return _file(_path(rest, shown=shown))
    if scheme not in SERVERS or not rest:
        raise BadDatabaseUrl(where=shown)
    if "@" in _parted(rest)[1]:
        raise AddressNotEscaped(where=shown)
    return Address(shown, server=f"postgresql://{rest}")


def _file(path: str) -> Address:
    if path in ("", ":memory:") or "\0" in path:
        raise NoDatabaseFile(where=path)
    return Address(path, path)


def _path(rest: str, *, shown: str) -> str:
    """The file that the rest of an `sqlite://` URL names."""
    from urllib.parse import unquote

    name, settings, _ = rest.partition("?")
    if settings:
        raise SqliteSettings(where=shown)
    if name and not name.startswith("/"):
        raise BadDatabaseUrl(where=shown)
    return unquote(name[1:], errors="surrogateescape")


def without_password(url: str) -> str:
    """A URL as it may be shown. Of one that is not well escaped nothing is known but its scheme."""
    from urllib.parse import unquote

    scheme, _, rest = url.partition("://")
    user, after = _parted(rest)
    if "@" in after:
        return f"{scheme}://***"
    name, colon, _password = user.partition(":")
    place, mark, settings = after.partition("?")
    shown = "&".join(
        f"{key}=***" if unquote(key := part.partition("=")[0]).lower() in SECRETS else part
        for part in settings.split("&")
    )
    return f"{scheme}://{name}{':***@' if colon else '@' if user else ''}{place}{mark}{shown}"


def _parted(rest: str) -> tuple[str, str]:
    """Who connects, with a password, and what follows. libpq ends the first at the first at sign, unless a
    slash comes before it."""
    user = re.match(r"([^@/]*)@", rest)
    return (user[1], rest[user.end() :]) if user else ("", rest)


def existing(address: Address) -> str:
    """The path of the SQLite file. Raises DatabaseMissing, NotAFile."""
    assert address.path is not None
    if os.path.isdir(address.path):
        raise NotAFile(where=address.where)
    if not os.path.exists(address.path):
        raise DatabaseMissing(where=address.where)
    return address.path


def file_uri(path: str) -> str:
    """The path as SQLite's URI for reading and writing, which creates nothing. Bytes that are no UTF-8 are
    kept."""
    absolute = os.path.abspath(path)
    if os.sep == "\\":
        absolute = "/" + absolute.replace("\\", "/")
    escaped = "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in os.fsencode(absolute))
    return f"file:{escaped}?mode=rw"
