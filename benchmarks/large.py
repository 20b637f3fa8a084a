"""An office of six years with ten thousand items in every state, and a dossier of three hundred lines.

What an office in full work has was made through the real doors (`tests.commands.at_work`), and so were the
tasks of the year and the long dossier. The rest are copies of its items, in its year and in five before it:
rows with their deadlines, notices, words, entries and logs that grow from a head that verifies. What binds a
row to its entry is left out of the copies, so the audit of rows is nothing to be measured here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from functools import cache
from hashlib import sha256
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.bare import canonical, new_id
from benchmarks.listing import nominees
from runtime.acts.acting import Acting
from runtime.acts.founding import found
from runtime.acts.import_list import import_list, proposed, read_sent
from runtime.acts.import_plan import import_plan
from runtime.office.settings import Options
from storage.log.merkle import CompactRange
from workflow.model.facts import Key
from workflow.model.plan import PlanReading
from workflow.services.import_plan import row_of

ITEMS, LINES = 10_000, 300
OFFICE, YEAR = "diem-he", 2026
BEFORE = range(2021, YEAR)
TASKS = 300
"""Tasks of a year, of so many items as `ITEMS`."""
STILL_OPEN = 50
"""Of so many dossiers of an earlier year one is still open."""
DETAILS: Mapping[str, tuple[str, ...]] = {
    "T": ("task",),
    "D": ("dossier", "nominee"),
    "S": ("council_session", "session_line"),
    "Q": ("award_decision", "decision_line"),
}
"""The tables beside `item` that have rows of an item, by the letter of its reference."""
BESIDE = ("free_text", "term", "deadline", "notice")
Row = dict[str, Any]


class Copies:
    """The items of the office at work, and copies of them in other places."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        self._connection = connection
        self._trees: dict[int, CompactRange] = {}

    @cache  # noqa: B019 - it lives as long as the filling
    def rows(self, table: str, ref: str) -> tuple[Row, ...]:
        order, year = ("ORDER BY seq", "log") if table == "entry" else ("", "year")
        found = self._connection.execute(
            f"SELECT * FROM {table} WHERE office = ? AND {year} = ? AND ref = ? {order}", (OFFICE, YEAR, ref)
        )
        return tuple(dict(row) for row in found)

    def refs(self, letter: str, *, open: bool | None = None) -> tuple[str, ...]:
        """References of the office's own items, without standing places."""
        found = self._connection.execute(
            "SELECT ref FROM item WHERE office = ? AND year = ? AND ref GLOB ? AND ? IN (open, -1)"
            " ORDER BY ref",
            (OFFICE, YEAR, f"{letter}[0-9]*", -1 if open is None else open),
        )
        return tuple(ref for (ref,) in found)

    def plan(self, year: int) -> None:
        (plan,) = self._connection.execute("SELECT * FROM plan WHERE year = ?", (YEAR,)).fetchall()
        self._insert(
            "plan", {**dict(plan), "year": year, "title": plan["title"].replace(str(YEAR), str(year))}
        )
        root = CompactRange().root()
        self._connection.execute(
            "INSERT OR IGNORE INTO log_head (office, log, size, root, range) VALUES (?, ?, 0, ?, ?)",
            (OFFICE, year, root, CompactRange().encode()),
        )

    def copy(self, ref: str, year: int, to: str, **changed: object) -> None:
        """The item with all that belongs to it under another reference, or in another year. `changed` are
        columns of the item; with `state` what its last entry came to, and its deadlines have ended."""
        ended = "state" in changed
        ids = {entry["id"]: new_id() for entry in self.rows("entry", ref)}
        place = {"year": year, "ref": to}
        (item,) = self.rows("item", ref)
        self._insert(
            "item", {**_moved(item, year), **place, "last_entry": ids[item["last_entry"]], **changed}
        )
        for table in (*DETAILS[to[0]], *BESIDE):
            if table == "term" and ended:
                continue
            for row in self.rows(table, ref):
                self._insert(table, {**_moved(row, year), **place, **_named(table, row, ids, to, ended)})
        closing = {"to_state": changed["state"], "event": "complete"} if ended else {}
        for row in self.rows("entry", ref):
            self._enter(year, to, row, ids, closing if row["id"] == item["last_entry"] else {})

    def _enter(self, year: int, ref: str, row: Row, ids: Mapping[str, str], last: Mapping[str, Any]) -> None:
        tree = self._tree(year)
        said = {name: value for name, value in json.loads(row["bytes"]).items() if name != "mac"}
        said |= {"log": year, "item": ref, "nonce": ids[row["id"]], "at": _at(row["at"], year)}
        said |= {{"to_state": "to"}.get(name, name): value for name, value in last.items()}
        data = canonical(said).encode()
        leaf = sha256(b"\x00" + data).digest()
        place = {"log": year, "seq": tree.size, "id": ids[row["id"]], "ref": ref, "at": said["at"]}
        self._insert("entry", {**row, **place, **last, "bytes": data, "leaf": leaf})
        self._trees[year] = tree.append(leaf)

    def _tree(self, year: int) -> CompactRange:
        if year not in self._trees:
            asked = "SELECT range FROM log_head WHERE office = ? AND log = ?"
            ((range,),) = self._connection.execute(asked, (OFFICE, year)).fetchall()
            self._trees[year] = CompactRange.decode(range)
        return self._trees[year]

    def _insert(self, table: str, row: Mapping[str, Any]) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        signs = ", ".join("?" for _ in row)
        self._connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({signs})', tuple(row.values()))

    def close(self) -> None:
        """Writes how many there are of each kind, and the logs' heads."""
        for year, tree in self._trees.items():
            self._connection.execute(
                "UPDATE log_head SET size = ?, root = ?, range = ? WHERE office = ? AND log = ?",
                (tree.size, tree.root(), tree.encode(), OFFICE, year),
            )
        for letter, name in {"D": "dossier", "T": "task", "S": "session", "Q": "decision"}.items():
            self._connection.execute(
                f"UPDATE plan SET last_{name} = (SELECT max(CAST(substr(ref, 2) AS INTEGER)) FROM item"
                " WHERE item.office = plan.office AND item.year = plan.year AND ref GLOB ?)",
                (f"{letter}[0-9]*",),
            )


def _at(text: str, year: int) -> str:
    return text.replace(f"{YEAR}-", f"{year}-")


def _moved(row: Row, year: int) -> Row:
    """The row with its days in the year; a plan's deadlines of the year after in the year after that."""
    if year == YEAR:
        return row
    return {name: _at(value, year) if isinstance(value, str) else value for name, value in row.items()}


def _named(table: str, row: Row, ids: Mapping[str, str], ref: str, ended: bool) -> Row:
    """What a row says of its item's entries and number."""
    if table == "task":
        return {"number": int(ref[1:])}
    if table == "free_text":
        return {"entry": ids[row["entry"]]}
    if table == "notice":
        # A notice bears its entry's id and a number.
        return {"id": ids[row["id"][:-4]] + row["id"][-4:], "message": None}
    if table == "deadline" and ended and row["status"] == "pending":
        return {"status": "cancelled", "reason": "ended"}
    return {}


def _numbers(letter: str, first: int) -> Iterator[str]:
    width = 4 if letter == "D" else 2
    return (f"{letter}{number:0{width}}" for number in count(first))


def large_office(folder: Path, work: Path, *, items: int = ITEMS, lines: int = LINES) -> Path:
    """The large office's file in the folder, made of the file of an office at work."""
    path = folder / "large.db"
    path.write_bytes(work.read_bytes())
    options = Options(db=f"sqlite:///{path}", actor="chuyen-vien")
    tasks = max(40, TASKS * items // ITEMS)
    with Acting(options, {}) as acting:
        _more_tasks(acting, tasks)
        _long_dossier(acting, lines)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("BEGIN IMMEDIATE")
        _fill(Copies(connection), tasks, items // (len(BEFORE) + 1))
        connection.execute("COMMIT")
    return path


def _more_tasks(acting: Acting, tasks: int) -> None:
    rows = [row for item in acting.tasks(YEAR) if (row := row_of(item)) is not None]
    more = [replace(rows[at % len(rows)], number=at + 1) for at in range(len(rows), tasks)]
    reading = PlanReading(year=YEAR, title="", tasks=(*rows, *more), problems=(), unknown_bodies=())
    import_plan(acting, reading, document="0" * 64, role=None)


def _long_dossier(acting: Acting, lines: int) -> None:
    read = read_sent(acting, nominees(lines), file="danh-sach.xlsx")
    task = Key(OFFICE, YEAR, "T17")
    listed = proposed(read, acting.setting.rules, task=task, body="thon-1", period=str(YEAR))
    taken = import_list(acting, listed, confirmed=True)
    if not all(each.refused is None for each in taken):
        raise RuntimeError(f"the long list was not taken in: {taken}")


def _fill(copies: Copies, tasks: int, of_a_year: int) -> None:
    dossiers, sessions, decisions = (
        copies.refs("D"),
        copies.refs("S", open=False),
        copies.refs("Q", open=False),
    )
    own = sum(len(copies.refs(letter)) for letter in DETAILS)
    closed, still = copies.refs("D", open=False), cycle(copies.refs("D", open=True))
    models = [ref for ref in dossiers if len(copies.rows("nominee", ref)) < 10]
    few = tasks // 10
    for letter, those in (("S", sessions), ("Q", decisions)):
        _repeat(copies, YEAR, islice(cycle(those), few), _numbers(letter, 100))
    _repeat(copies, YEAR, islice(cycle(models), max(0, of_a_year - own - 2 * few)), _numbers("D", 1000))
    for year in BEFORE:
        copies.plan(year)
        ended = {"state": "completed", "open": False, "owners": "[]", "closed_on": f"{year}-12-20"}
        for at, ref in enumerate(islice(cycle(copies.refs("T")[:18]), tasks)):
            copies.copy(ref, year, f"T{at + 1:02}", **ended)
        for letter, those in (("S", sessions), ("Q", decisions)):
            _repeat(copies, year, islice(cycle(those), few), _numbers(letter, 1))
        taken = (
            next(still) if at % STILL_OPEN == STILL_OPEN - 1 else closed[at % len(closed)] for at in count()
        )
        _repeat(copies, year, islice(taken, max(0, of_a_year - tasks - 2 * few)), _numbers("D", 1))
    copies.close()


def _repeat(copies: Copies, year: int, models: Iterable[str], to: Iterator[str]) -> None:
    for model, ref in zip(models, to, strict=False):
        copies.copy(model, year, ref)


def office_at_work(folder: Path) -> Path:
    """An office in full work in the folder, made through the real doors: a minute."""
    from tests.commands.at_work import NOW, prepare

    box = folder / "box.db"
    found(Options(db=f"sqlite:///{box}", now=NOW), {}, sandbox=True)
    prepare(folder, box)
    return folder / "co-quan.db"
