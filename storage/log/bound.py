"""Which columns the log is bound to, and what an entry says of a row that its transaction wrote.

Every column of every table is bound but those of UNBOUND: whoever adds a column or a table binds it. An entry
says a row's table, its key, and a keyed digest of all bound columns that are not empty, the key's among them;
so a column that a later schema adds, empty, leaves the digests of before as they are. The key is the office's
own: who has only an exported log cannot guess what stands in a row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from hashlib import blake2b
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Column, Table

from workflow.model.days import utc_text

WHOLE = "*"
"""Stands for all columns of a table."""
GONE = "-"
"""Stands in the place of the digest of a row that was removed."""
OWN = "~"
"""Stands in a row's key for the id of the entry that says it."""

UNBOUND: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "entry": {WHOLE: "the log itself: its bytes are held against their leaves, its columns against both"},
        "log_head": {WHOLE: "the log itself: held against the entries"},
        "command": {WHOLE: "answers that a repeated command gets again; no act reads them"},
        "incident": {WHOLE: "what failed while running, for an operator; no act reads it"},
        "login_session": {
            WHOLE: "where people are signed in, which changes with every look; each entry names its login"
        },
        "login_attempt": {WHOLE: "failed tries to sign in, counted to slow the next; no act reads them"},
        "login": {"language": "the language that its pages are shown in"},
        "message": {WHOLE: "the outbox: what is under way to a mail server, its tries and leases"},
        "notice": {
            "status": "how far its delivery is, which the dispatcher writes by itself",
            "message": "the message that took it up, likewise",
            "subject": "rendered words, which may be erased; who was told of what is bound",
            "text": "rendered words, which may be erased; who was told of what is bound",
        },
        "office": {
            "clock": "the time that a sandbox has reached, which every command moves",
            "actor": "the account that acts where none is named: what it does is in the log by its name",
        },
    }
)
"""Tables and columns that no entry speaks for, each with its reason; docs print them."""


class BoundTable(NamedTuple):
    """What the log says of a table's rows: `columns` are the bound ones in the table's order; `key` those
    that name a row within its office, or its year's log where it is of an item; `flags` those that SQLite
    gives as numbers."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    flags: frozenset[str]

    def key_of(self, row: Mapping[str, Any]) -> str:
        """`T07/reminder-30/2` of a deadline row, `2026` of a plan."""
        return "/".join([str(row[name]) for name in self.key])

    def digest(self, row: Mapping[str, Any], key: bytes) -> str:
        """32 hex digits over the bound columns of `row`, which has every one of them.

        BLAKE2b with its own key (RFC 7693): HMAC-SHA-256 takes two and a half times as long, at every commit.
        """
        said = {name: value for name in self.columns if (value := row[name]) is not None}
        # A damaged text that no UTF-8 can hold is digested as the bytes that it is.
        data = (self.name + _encode(said)).encode(errors="surrogateescape")
        return blake2b(data, key=key, digest_size=16).hexdigest()

    def digests(self, row: Mapping[str, Any], key: bytes) -> Callable[[str], Callable[[Any], str]]:
        """Of a column the digests that the row has with other values in it: what stays the same is encoded
        once, for a definition's row holds a megabyte and a thousand values are tried in it."""
        said = {name: _member(name, row[name]) for name in self.columns if row[name] is not None}

        def of(column: str) -> Callable[[Any], str]:
            at = self.columns.index(column)
            before = [said[name] for name in self.columns[:at] if name in said]
            after = [said[name] for name in self.columns[at + 1 :] if name in said]
            begun = blake2b(self.name.encode() + b"{" + b",".join(before), key=key, digest_size=16)

            def digest(value: Any) -> str:
                own = [] if value is None else [_member(column, value)]
                rest = b",".join([*own, *after])
                whole = begun.copy()
                whole.update((b"," + rest if before and rest else rest) + b"}")
                return whole.hexdigest()

            return digest

        return of

    def read(self, values: Sequence[Any]) -> dict[str, Any]:
        """A row as the driver gives its `columns`. On SQLite a flag is a number."""
        row = dict(zip(self.columns, values, strict=True))
        for name in self.flags:
            if type(row[name]) is int and row[name] in (0, 1):
                row[name] = bool(row[name])
        return row


def _plain(value: Any) -> Any:
    """What JSON has no words for, as both databases can say it."""
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return [bytes(value).hex()]


_encode = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_plain
).encode


def _member(name: str, value: Any) -> bytes:
    """A column in the digested text."""
    return f"{_encode(name)}:{_encode(value)}".encode(errors="surrogateescape")


def is_bound(table: str, column: str) -> bool:
    return not {WHOLE, column} & UNBOUND.get(table, {}).keys()


@lru_cache(maxsize=256)
def bound_table(table: Table) -> BoundTable | None:
    """What the log is bound to of a table; None where that is nothing."""
    columns = tuple(column.name for column in table.columns if is_bound(table.name, column.name))
    key = [column.name for column in table.primary_key if column.name != "office"]
    if key[:2] == ["year", "ref"]:
        key = key[1:]
    flags = frozenset(column.name for column in table.columns if isinstance(column.type, Boolean))
    return BoundTable(table.name, columns, tuple(key), flags.intersection(columns)) if columns else None


def bound_columns(table: Table) -> list[Column[Any]]:
    """What a statement gives back that changes rows of which it knows only a part."""
    bound = bound_table(table)
    return [table.c[name] for name in bound.columns] if bound else []


def said_rows(record: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    """Table, key and digest of every row that an entry speaks for, or GONE for a digest."""
    for said in record.get("mac", ()):
        table, _, rest = said.partition(" ")
        key, _, digest = rest.rpartition(" ")
        yield table, key.replace(OWN, record["nonce"]), digest
