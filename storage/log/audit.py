"""Reading the log as its examiner: every stored byte hashed again, every column held against the bytes.

Looks only. What it finds are values with their place; it cannot see a log that was rewritten as a whole,
which is what checkpoints kept elsewhere are for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from hashlib import sha256
from json.encoder import encode_basestring
from types import MappingProxyType
from typing import Any, TextIO

from sqlalchemy import text

from storage.database import Database
from storage.errors import translated
from storage.log.merkle import CompactRange, root_of
from storage.revision import VERSION, found_version

PAGE = 512
"""Entries fetched at a time, a power of two: each full page is then a perfect subtree of the log's tree."""

FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "missing": "Entry {seq} of the log {log} is missing.",
        "leaf": "Entry {seq} of the log {log}: the stored bytes do not have the stored leaf hash.",
        "columns": "Entry {seq} of the log {log}: its columns do not say what its bytes say.",
        "beyond": "Entry {seq} of the log {log} lies beyond the log's head.",
        "no_head": "The log {log} has entries but no head.",
        "root": "The entries of the log {log} do not make the root of its head.",
        "range": "The head of the log {log} does not hold the subtrees that its entries make.",
        "item": "{ref} of {log} is not in the state that its last entry says.",
        "column": "Row {row} of {table}: {column} is {stored}; the log says {said} (entry {seq} of {log}).",
        "row": "Row {row} of {table} is not as entry {seq} of the log {log} wrote it.",
        "row_missing": "Row {row} of {table} is missing: entry {seq} of the log {log} wrote it.",
        "row_surplus": "Row {row} of {table}: no entry ever wrote it.",
        "row_removed": "Row {row} of {table} stands, but entry {seq} of the log {log} removed it.",
        "words": "Row {row} of {table}: its words do not have the digest that entry {seq} of {log} says.",
        "chain": "Entry {seq} of the log {log}: {ref} was {stored}, but the entries before left it {said}.",
        "digest_key": "No row is as the log says: the office's key of digests was changed (digest_key).",
        "definition": "Definition {row}: {column} does not belong to its source.",
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and where: `seq` for an entry, `ref` for an item, `table` and `row` for a row that does
    not agree, with `column`, what is `stored` in it and what the log `said`, as far as that can be told.
    Prints as an English sentence."""

    code: str
    log: int
    seq: int | None = None
    ref: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    stored: str | None = None
    said: str | None = None

    def __str__(self) -> str:
        return FAULTS[self.code].format(**{each.name: getattr(self, each.name) for each in fields(self)})


@dataclass(frozen=True, slots=True)
class Log:
    """A log as its head describes it."""

    log: int
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The logs that were read and the first fault of each; a log with a fault is not read further."""

    logs: tuple[Log, ...]
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        return not self.faults


@dataclass(frozen=True, slots=True)
class _Head:
    """A head with what lay in the table at the same moment; later entries are not read."""

    log: int
    size: int
    root: bytes
    range: bytes
    last: int


def verify(
    database: Database,
    office: str,
    log: int | None = None,
    *,
    read: Callable[[int], None] = lambda _entries: None,
) -> Verification:
    """Reads the office's logs, or the one of a year, and the items' last entries. `read` is told of each page
    how many entries it had."""
    with translated(database.where):
        heads = _heads(database, office, log)
        faults = [fault for head in heads if (fault := _fault_of_log(database, office, head, read))]
        faults += _headless(database, office, log)
        faults += _items_at_odds(database, office, log)
    return Verification(tuple(Log(head.log, head.size, head.root.hex()) for head in heads), tuple(faults))


def export(database: Database, office: str, log: int, stream: TextIO) -> int:
    """Writes one JSON line for each entry and one for the head; returns the number of entries.

    `bytes` is the text whose UTF-8 was hashed: the leaf is SHA-256 of 0x00 and it, the root RFC 6962's.
    """
    with translated(database.where):
        heads = _heads(database, office, log)
        for head in heads:
            for rows in _pages(database, office, head, "seq, leaf, bytes"):
                for seq, leaf, data in rows:
                    stream.write(
                        _line({"seq": seq, "leaf": bytes(leaf).hex(), "bytes": bytes(data).decode()})
                    )
            root = {"size": head.size, "root": head.root.hex()}
            stream.write(_line({"head": {"office": office, "log": head.log, **root}}))
    return sum(head.size for head in heads)


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _heads(database: Database, office: str, log: int | None) -> list[_Head]:
    """The heads in order, each with the last entry's number as of the same moment."""
    found = database.connection.execute(
        text(
            "SELECT log, size, root, range, (SELECT max(seq) FROM entry WHERE entry.office = log_head.office"
            " AND entry.log = log_head.log) FROM log_head"
            " WHERE office = :office AND log = coalesce(:log, log) ORDER BY log"
        ),
        {"office": office, "log": log},
    ).all()
    return [
        _Head(year, size, bytes(root), bytes(peaks), -1 if last is None else last)
        for year, size, root, peaks, last in found
    ]


def _pages(database: Database, office: str, head: _Head, columns: str) -> Iterator[list[Any]]:
    """The entries under the head in order, in pages that begin at multiples of PAGE."""
    for start in range(0, head.size, PAGE):
        yield _page(database, office, head, range(start, min(start + PAGE, head.size)), columns)


def _page(database: Database, office: str, head: _Head, numbers: range, columns: str) -> list[Any]:
    """The entries of these numbers, fetched in full: an open cursor would hold up a commit."""
    holds = "?" if database.dialect == "sqlite" else "%s"
    sql = (
        f"SELECT {columns} FROM entry WHERE office = {holds} AND log = {holds} AND seq >= {holds}"
        f" AND seq < {holds} ORDER BY seq"
    )
    found = database.driver.execute(sql, (office, head.log, numbers.start, numbers.stop))
    rows: list[Any] = found.fetchall()
    return rows


def _fault_of_log(database: Database, office: str, head: _Head, read: Callable[[int], None]) -> Fault | None:
    """The first fault, in order: gaps, leaves, columns, then the head."""
    pages, rest = CompactRange(), CompactRange()
    members = _Members(office, head.log)
    columns = _columns(database)
    for number, rows in enumerate(_pages(database, office, head, columns)):
        read(len(rows))
        numbers = range(number * PAGE, min(number * PAGE + PAGE, head.size))
        leaves = [sha256(b"\x00" + row[_DATA]).digest() for row in rows]
        # Numbers are unique: as many rows as numbers leave no gap.
        whole = len(rows) == len(numbers) and leaves == [row[_LEAF] for row in rows]
        if not (whole and members.agree(rows)):
            numbered = _page(database, office, head, numbers, f"{columns}, seq")
            return _fault_of_page(numbered, numbers, head.log, members)
        if len(leaves) == PAGE:
            pages = pages.append(root_of(leaves))
        else:
            for leaf in leaves:
                rest = rest.append(leaf)
    return _fault_of_head(head, CompactRange(head.size, pages.peaks + rest.peaks))


def _fault_of_page(rows: list[Any], numbers: range, log: int, members: _Members) -> Fault:
    """The first fault of a page in which something is wrong; its rows end with their number."""
    for seq, row in zip(numbers, rows, strict=False):
        if row[-1] != seq:
            return Fault("missing", log, seq)
        if sha256(b"\x00" + row[_DATA]).digest() != row[_LEAF]:
            return Fault("leaf", log, seq)
        if not members.agree([row[:-1]]):
            return Fault("columns", log, seq)
    return Fault("missing", log, numbers.start + len(rows))


def _fault_of_head(head: _Head, tree: CompactRange) -> Fault | None:
    if head.last >= head.size:
        return Fault("beyond", head.log, head.size)
    if tree.root() != head.root:
        return Fault("root", head.log)
    return None if tree.encode() == head.range else Fault("range", head.log)


SIGNED_IN = "0008"
"""The revision since which an entry says by which login it was made."""
_DATA, _LEAF = 4, 5
"""Where a row of `_columns` has its bytes and its leaf."""

_Texts = tuple[str, str, str, str, str, tuple[str, ...]]
"""What an entry says before and after its instant, after its nonce, at its end and of its log; what it does
not say."""


class _Members:
    """Holds rows against their bytes without parsing these, which would take longer than all the rest.

    An entry is one flat object with sorted keys, and within its strings every quote is escaped. So a text
    like `"role":"chair"` can only stand in it as that very member, and neighbours can be looked for at once.
    A column that is empty, false or without rules is no member.
    """

    def __init__(self, office: str, log: int) -> None:
        self._office = encode_basestring(office)
        self._log = f',"log":{log}'
        # What rows have in common comes again and again: its texts are made once.
        self._common: dict[str, _Texts] = {}

    def agree(self, rows: list[Any]) -> bool:
        """Whether the bytes of the rows (of `_columns`) say what their columns say."""
        try:
            # Earlier versions wrote empty members too; what else such an entry says is held alike.
            return self._agree(rows) or self._agree(
                [(*row[:_DATA], _without_empty(row[_DATA]), *row[_DATA + 1 :]) for row in rows]
            )
        except UnicodeDecodeError:
            return False

    def _agree(self, rows: list[Any]) -> bool:
        known, remember = self._common.get, self._remember
        for id, at, ref, common, data, _leaf in rows:
            before, after, rest, end, log, absent = known(common) or remember(common)
            said = data.decode()
            if not (
                said.startswith(f"{before}{at}{after}")
                and said.endswith(end)
                and f',"nonce":"{id}{rest}' in said
                and (f',"item":"{ref}","key":' in said if ref is not None else ',"item":' not in said)
                and log in said
                and not (absent and any(member in said for member in absent))
            ):
                return False
        return True

    def _remember(self, common: str) -> _Texts:
        actor, role, event, source, target, *seldom = json.loads(common)
        acting_for, refused, rules, login = seldom or (None, False, "[]", None)
        after_office = {
            "refused": "true" if refused else None,
            "role": _quoted(role),
            "rules": None if rules == "[]" else rules,
        }
        rest = "".join(_member(name, value) for name, value in after_office.items())
        absent = ["from"] if source is None else []
        if login is None:
            absent.append("login")
        if target is None:
            absent += ["to", *(name for name, value in after_office.items() if value is None)]
        else:
            # A digest's `text.` or `to` comes next, which leaves no place for what is empty.
            rest += ',"t'
        own = "" if acting_for is None else f'"acting_for":{_quoted(acting_for)},'
        made = self._common[common] = (
            f'{{{own}"actor":{encode_basestring(actor)},"at":"',
            f'","event":{encode_basestring(event)}{_member("from", _quoted(source))},',
            f'","office":{self._office}{rest}',
            "}" if target is None else f',"to":{_quoted(target)}}}',
            f"{self._log}{_member('login', _quoted(login))},",
            tuple(f',"{name}":' for name in absent),
        )
        return made


def _quoted(value: str | None) -> str | None:
    return None if value is None else encode_basestring(value)


def _member(name: str, value: str | None) -> str:
    return "" if value is None else f',"{name}":{value}'


_EMPTY = (
    b'"acting_for":null,',
    b'"from":null,',
    b'"item":null,',
    b'"refused":false,',
    b'"role":null,',
    b'"rules":[],',
)
"""What entries of before revision 0003 say of a column that has nothing to say, but for `to`, the last."""


def _without_empty(data: bytes) -> bytes:
    """An entry without the members that only say that a column is empty."""
    for member in _EMPTY:
        data = data.replace(member, b"")
    return data.replace(b',"to":null}', b"}")


def _columns(database: Database) -> str:
    """The entry's columns as `_Members` takes them: the instant as the bytes write it, others as one text."""
    dialect = database.dialect
    found = found_version(lambda: database.driver.execute(VERSION).fetchone())
    # A database is verified before it is upgraded too.
    login = "NULL" if found is not None and found < SIGNED_IN else "login"
    often, seldom = "actor, role, event, from_state, to_state", f"acting_for, refused, rules, {login}"
    make = "json_array" if dialect == "sqlite" else "json_build_array"
    # What most entries leave empty is left out of their text too: to make it is a seventh of a verification.
    common = (
        f"CASE WHEN acting_for IS NULL AND {login} IS NULL AND NOT refused AND rules = '[]'"
        f" THEN {make}({often})"
        f" ELSE {make}({often}, {seldom}) END"
    )
    if dialect == "sqlite":
        return f"id, at, ref, {common}, bytes, leaf"
    at = """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    return f"id, {at}, ref, ({common})::text, bytes, leaf"


def _headless(database: Database, office: str, log: int | None) -> list[Fault]:
    """Logs that have entries but no head. Steps from log to log, past their entries."""
    found = database.connection.execute(
        text(
            "WITH RECURSIVE known(log) AS (SELECT min(log) FROM entry WHERE office = :office UNION ALL"
            " SELECT (SELECT min(log) FROM entry WHERE office = :office AND log > known.log) FROM known"
            " WHERE known.log IS NOT NULL)"
            " SELECT log FROM known WHERE log = coalesce(:log, log) AND NOT EXISTS (SELECT 1 FROM log_head"
            " WHERE log_head.office = :office AND log_head.log = known.log)"
            " ORDER BY log"
        ),
        {"office": office, "log": log},
    )
    return [Fault("no_head", year) for year in found.scalars()]


def _items_at_odds(database: Database, office: str, log: int | None) -> list[Fault]:
    """Items whose state is not the one that their last entry names."""
    found = database.connection.execute(
        text(
            "SELECT item.year, item.ref FROM item LEFT JOIN entry ON entry.office = item.office"
            " AND entry.id = item.last_entry"
            " WHERE item.office = :office AND item.year = coalesce(:log, item.year)"
            " AND (entry.id IS NULL OR entry.log <> item.year OR entry.ref <> item.ref"
            " OR entry.to_state <> item.state) ORDER BY item.year, item.ref"
        ),
        {"office": office, "log": log},
    )
    return [Fault("item", year, ref=ref) for year, ref in found]
