"""Addresses as they are typed: a file's name literally, a URL as a URL, a password never shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storage.address import Address, file_uri, read_address
from storage.database import Database
from storage.errors import (
    AddressNotEscaped,
    BadDatabaseUrl,
    DatabaseMissing,
    NoDatabaseFile,
    NotAFile,
    SqliteSettings,
)
from storage.views import Reading
from workflow.model.errors import TdktError

NAMES = (
    "Ke%20hoach.db",
    "a%2Fb.db",
    "100%.db",
    "50% xong.db",
    "cái gì?.db",
    "a#b.db",
    "a&b=c.db",
    "a\\b.db",
    "a:b.db",
    "sqlite.db",
    "sqlite:a.db",
    "~",
    "a'b\"c.db",
    "file:a.db?mode=memory",
    "cu\u0323\u0302.db",
    os.fsdecode(b"khong-\xff.db"),
)


@pytest.mark.parametrize("name", NAMES)
def test_a_files_name_is_taken_as_it_is(name: str, tmp_path: Path) -> None:
    address = read_address(str(tmp_path / name))

    assert address == Address(f"{tmp_path}/{name}", f"{tmp_path}/{name}")


@pytest.mark.parametrize("name", NAMES)
def test_both_doors_open_the_very_file(name: str, tmp_path: Path, sqlite_template: Path) -> None:
    path = tmp_path / name
    path.write_bytes(sqlite_template.read_bytes())

    with Database(str(path)) as database, Reading(str(path)) as reading:
        seen = (database.driver.execute("PRAGMA user_version").fetchone(), reading.offices())

    assert (seen, list(tmp_path.iterdir())) == (((0,), ()), [path])


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///a.db", "a.db"),
        ("sqlite:////var/lib/a.db", "/var/lib/a.db"),
        ("SQLite:///Ke%20hoach.db", "Ke hoach.db"),
        ("sqlite:///a%2Fb%3F%23.db", "a/b?#.db"),
        ("sqlite:///a#b.db", "a#b.db"),
        ("sqlite:///C:/tdkt/a.db", "C:/tdkt/a.db"),
        ("sqlite:///k%C3%AA.db", "kê.db"),
        ("sqlite:///50% xong.db", "50% xong.db"),
        ("sqlite:///%FF.db", os.fsdecode(b"\xff.db")),
    ],
)
def test_a_url_of_a_file_is_decoded(url: str, path: str) -> None:
    assert read_address(url) == Address(path, path)


@pytest.mark.parametrize(
    ("url", "server", "shown"),
    [
        ("postgresql://a:1,b:2/td?target_session_attrs=read-write", None, None),
        ("postgres://x/td", "postgresql://x/td", "postgres://x/td"),
        ("PostgreSQL+psycopg://u@/td?host=/tmp/x", "postgresql://u@/td?host=/tmp/x", None),
        ("postgresql://u:bi%40mat@x/td", None, "postgresql://u:***@x/td"),
        ("postgresql://u:bi?mat@x/td", None, "postgresql://u:***@x/td"),
        ("postgresql://:mat@x/td", None, "postgresql://:***@x/td"),
        (
            "postgresql:///td?password=mat&sslmode=require",
            None,
            "postgresql:///td?password=***&sslmode=require",
        ),
        ("postgresql:///td?pass%77ord=mat", None, "postgresql:///td?pass%77ord=***"),
        ("postgresql:///?service=tdkt", None, None),
        ("postgresql://[::1]:5432/td", None, None),
    ],
)
def test_a_servers_url_is_libpqs_own_and_shows_no_password(
    url: str, server: str | None, shown: str | None
) -> None:
    assert read_address(url) == Address(shown or url, server=server or url)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("mysql://u:mat@x/td", BadDatabaseUrl),
        ("postgresql+asyncpg://x/td", BadDatabaseUrl),
        ("postgresql://", BadDatabaseUrl),
        ("sqlite://host/a.db", BadDatabaseUrl),
        ("sqlite://", NoDatabaseFile),
        ("sqlite:///", NoDatabaseFile),
        (":memory:", NoDatabaseFile),
        ("sqlite:///a%00b", NoDatabaseFile),
        ("sqlite:///a.db?mode=ro", SqliteSettings),
        ("postgresql://u:bi@mat@x/td", AddressNotEscaped),
        ("postgresql://u:bi/mat@x/td", AddressNotEscaped),
        ("postgresql://u:bi/m?mat@x/td", AddressNotEscaped),
        ("postgresql://x/td?password=bi@mat", AddressNotEscaped),
        ("mysql://u:bi@mat@x/td", BadDatabaseUrl),
    ],
)
def test_what_is_no_address_is_told_without_its_password(text: str, error: type[TdktError]) -> None:
    with pytest.raises(error) as caught:
        read_address(text)

    assert (type(caught.value), "mat" in str(caught.value)) == (error, False)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:mat%zz@x/td",
        "postgresql://x:mat/td",
        "postgresql://x/td?mat=1",
        "postgresql://x/td?service=mat",
        "postgresql://u:mat@127.0.0.1:1/td",
    ],
)
@pytest.mark.parametrize("door", [Reading, lambda url: Database(url).driver])
def test_what_libpq_cannot_use_is_told_in_our_own_words(url: str, door: type[Reading]) -> None:
    with pytest.raises(TdktError) as caught:
        door(url)

    assert caught.value.exit_code == 4
    assert "mat" not in str(caught.value).replace(str(caught.value.operands["where"]), "")


@pytest.mark.parametrize("door", [Reading, lambda url: Database(url).driver])
def test_a_folder_and_a_missing_file_are_told_apart(door: type[Reading], tmp_path: Path) -> None:
    with pytest.raises(NotAFile):
        door(str(tmp_path))
    with pytest.raises(DatabaseMissing):
        door(str(tmp_path / "none.db"))


def test_every_sign_but_plain_ones_is_escaped_for_sqlite() -> None:
    assert file_uri("/a b/50%?#ê\\") == "file:/a%20b/50%25%3F%23%C3%AA%5C?mode=rw"
