"""Whether an office notices how much else lies in the database: the same work beside 1.000 and 100.000 items.

The other items belong to other offices and other years. They are written as rows that hold together: every
item with its entry, a deadline, a notice and, for a dossier, a nominee; every log with its head.
"""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from benchmarks.bare import AT, canonical, new_id
from benchmarks.house import EVENTS, OFFICE, advance_dossier, advance_round, open_house, turn_of, work_folder
from benchmarks.measuring import Figure, in_turns, timed
from runtime.acts.acting import Acting
from storage.log.merkle import CompactRange, root_of

FEW, MANY = 1_000, 100_000
TASKS, DOSSIERS = 18, 232
"""Items of one office in one year beside ours."""
YEARS = range(2016, 2026)


@dataclass(frozen=True, slots=True)
class Grown:
    """A database of so many items, open for acting."""

    acting: Acting
    path: Path

    def advance(self, turn: int) -> float:
        """A round of one task and one dossier, a transaction for each event."""
        ref, round, dossier = turn_of(turn)

        def work() -> None:
            advance_round(self.acting, (ref,), round)
            advance_dossier(self.acting, dossier)

        return timed(work)

    def look(self, arguments: tuple[str, ...], _turn: int) -> float:
        """A looking command within this process, from opening the database to its last line."""
        return timed(partial(_command, ["--db", str(self.path), "--office", OFFICE, *arguments]))


def _command(arguments: list[str]) -> str:
    from cli import door

    printed = io.StringIO()
    with redirect_stdout(printed):
        door().main(args=arguments, prog_name="tdkt", standalone_mode=False)
    return printed.getvalue()


@contextmanager
def grown(folder: str, items: int) -> Iterator[Grown]:
    """Our office with its year, and other items up to the number."""
    path = Path(folder) / f"{items}.db"
    with open_house(f"sqlite:///{path}") as acting:
        fill(path, items)
        yield Grown(acting, path)


def fill(path: Path, items: int) -> None:
    """Adds items of other offices and years until there are so many, and has SQLite count them."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys=ON")
    left = items - connection.execute("SELECT count(*) FROM item").fetchone()[0]
    connection.execute("BEGIN IMMEDIATE")
    number = 0
    while left > 0:
        # Ours has every other year first, so that its own tables grow as well.
        office = OFFICE if number < len(YEARS) else f"xa-{number // len(YEARS):04}"
        if office != OFFICE and number % len(YEARS) == 0:
            _copy_office(connection, office)
        count = min(left, TASKS + DOSSIERS)
        _fill_year(connection, office, YEARS[number % len(YEARS)], count)
        left -= count
        number += 1
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.close()


def _copy_office(connection: sqlite3.Connection, office: str) -> None:
    """Another commune with our definitions."""
    for table in ("office", "definition"):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")][1:]
        connection.execute(
            f"INSERT INTO {table} SELECT ?, {', '.join(columns)} FROM {table} WHERE office = ?",
            (office, OFFICE),
        )


def _fill_year(connection: sqlite3.Connection, office: str, year: int, count: int) -> None:
    found = "SELECT name, digest FROM definition WHERE office = ? AND kind = 'machine'"
    machines = dict(connection.execute(found, (office,)).fetchall())
    refs = [f"T{number:02}" for number in range(1, min(count, TASKS) + 1)]
    refs += [f"D{number:04}" for number in range(1, count - len(refs) + 1)]
    ids = [new_id() for _ref in refs]
    connection.execute(
        "INSERT INTO plan (office, year, title, document, imported_at, last_dossier)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (office, year, f"KẾ HOẠCH năm {year}", "0" * 64, AT, max(0, count - TASKS)),
    )
    connection.executemany(
        "INSERT INTO item (office, year, ref, subject, machine, digest, state, version, open, parent, owners,"
        " due_on, due_mark, waiting, overdue, last_entry, returns, round, asks, reminded, addressed)"
        " VALUES (?, ?, ?, ?, ?, ?, 'drafted', 1, 1, ?, ?, ?, ?, 0, 0, ?, 0, 1, 0, 0, '[]')",
        [_item_row(office, year, ref, id, machines) for ref, id in zip(refs, ids, strict=True)],
    )
    _fill_details(connection, office, year, refs)
    _fill_log(connection, office, year, refs, ids)
    _fill_deadlines(connection, office, year, refs, ids)


def _item_row(office: str, year: int, ref: str, id: str, machines: Mapping[str, str]) -> tuple[object, ...]:
    if ref.startswith("T"):
        kind = ("task", "plan_task/1", machines["plan_task"])
        return (
            office,
            year,
            ref,
            *kind,
            None,
            '["chuyen-vien"]',
            f"{year}-12-31",
            "derived",
            id,
        )
    kind = ("dossier", "nomination_dossier/1", machines["nomination_dossier"])
    return (office, year, ref, *kind, "T17", '["thon-1"]', None, None, id)


def _fill_details(connection: sqlite3.Connection, office: str, year: int, refs: list[str]) -> None:
    tasks = [ref for ref in refs if ref.startswith("T")]
    dossiers = [ref for ref in refs if ref.startswith("D")]
    connection.executemany(
        "INSERT INTO task (office, year, ref, number, quarter, content, kind, lead, bodies, derived,"
        " forwarded) VALUES (?, ?, ?, ?, 'IV', 'Tổng hợp, thẩm định hồ sơ khen thưởng', 'award_review',"
        " 'van_hoa_xa_hoi', '[\"hoi_dong_tdkt\",\"van_hoa_xa_hoi\"]', '[\"lead\"]', 0)",
        [(office, year, ref, number) for number, ref in enumerate(tasks, 1)],
    )
    connection.executemany(
        "INSERT INTO dossier (office, year, ref, body, type, title, last_no)"
        " VALUES (?, ?, ?, 'thon-1', 'annual', 'giay_khen', 1)",
        [(office, year, ref) for ref in dossiers],
    )
    connection.executemany(
        "INSERT INTO nominee (office, year, ref, no, kind, title, outcome)"
        " VALUES (?, ?, ?, 1, 'person', 'giay_khen', 'pending')",
        [(office, year, ref) for ref in dossiers],
    )


def _fill_log(
    connection: sqlite3.Connection, office: str, year: int, refs: list[str], ids: list[str]
) -> None:
    entries = []
    for seq, (ref, id) in enumerate(zip(refs, ids, strict=True)):
        record: dict[str, object] = {
            "actor": "system",
            "at": AT,
            "event": "import",
            "item": ref,
            "key": "0" * 24,
            "log": year,
            "nonce": id,
            "office": office,
            "role": "system",
            "to": "drafted",
        }
        data = canonical(record).encode()
        leaf = sha256(b"\x00" + data).digest()
        entries.append((office, year, seq, id, AT, ref, data, leaf))
    tree = CompactRange()
    for entry in entries:
        tree = tree.append(entry[-1])
    root = root_of([entry[-1] for entry in entries])
    connection.execute(
        "INSERT INTO log_head (office, log, size, root, range) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (office, log) DO UPDATE SET size = excluded.size, root = excluded.root,"
        " range = excluded.range",
        (office, year, tree.size, root, tree.encode()),
    )
    connection.executemany(
        "INSERT INTO entry (office, log, seq, id, at, ref, actor, role, event, to_state, refused, rules,"
        " bytes, leaf) VALUES (?, ?, ?, ?, ?, ?, 'system', 'system', 'import', 'drafted', 0, '[]', ?, ?)",
        entries,
    )


def _fill_deadlines(
    connection: sqlite3.Connection, office: str, year: int, refs: list[str], ids: list[str]
) -> None:
    due = f"{year}-12-31"
    connection.executemany(
        "INSERT INTO deadline (office, year, ref, name, occurrence, kind, at, due_date, calendar,"
        " derived, status) VALUES (?, ?, ?, 'due', 1, 'due', ?, ?, 'vn/1', 1, 'pending')",
        [(office, year, ref, f"{due}T17:00:00.000000Z", due) for ref in refs],
    )
    connection.executemany(
        "INSERT INTO notice (office, id, year, ref, at, kind, to_account, channel, status, subject, text,"
        " deadline, occurrence) VALUES (?, ?, ?, ?, ?, 'reminder', 'chuyen-vien', 'inbox', 'sent',"
        " 'Nhắc việc', 'Còn 30 ngày đến hạn.', 'due', 1)",
        [(office, f"{id}-000", year, ref, AT) for ref, id in zip(refs, ids, strict=True)],
    )


def _growth(name: str, arguments: tuple[str, ...], runs: int = 60) -> Figure:
    with TemporaryDirectory(prefix="tdkt-benchmark-", dir=work_folder()) as folder, ExitStack() as open:
        few = open.enter_context(grown(folder, FEW))
        many = open.enter_context(grown(folder, MANY))
        large, small = (partial(each.look, arguments) if arguments else each.advance for each in (many, few))
        turns = in_turns(large, small, runs=runs, warm_up=5)
    each, unit = (1, "ms per command") if arguments else (EVENTS, "ms per advance")
    return Figure(name, turns.cost, turns.median / each * 1000, unit, runs, f"{FEW} items instead of {MANY}")


BENCHMARKS: Mapping[str, Callable[..., Figure]] = MappingProxyType(
    {
        "growth-list": partial(_growth, "growth-list", ("task", "list")),
        "growth-show": partial(_growth, "growth-show", ("show", "T17")),
        "growth-advance": partial(_growth, "growth-advance", ()),
    }
)
