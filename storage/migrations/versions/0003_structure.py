"""Structure instead of strings: what names and an item's memory said stands in columns and tables of its own.

Frozen: what changes later is written in a later revision, never here. On SQLite `item` is made anew once,
with its triggers and without the checks that named the subjects: later columns need no copy of it. Deadline
rows are made anew there too, to lie in the order of their key, as the rows of all tables made here do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DAY = sa.Date().with_variant(sa.String(10), "sqlite")

ITEM_TRIGGERS = (
    """CREATE TRIGGER item_made_by_entry BEFORE INSERT ON item
WHEN EXISTS (SELECT 1 FROM entry WHERE office = NEW.office AND id = NEW.last_entry)
  OR EXISTS (SELECT 1 FROM item WHERE office = NEW.office AND year = NEW.year AND ref = NEW.ref)
BEGIN SELECT RAISE(ABORT, 'item_needs_entry'); END""",
    """CREATE TRIGGER item_needs_entry BEFORE UPDATE OF state, version, last_entry ON item
WHEN (NEW.state <> OLD.state OR NEW.version <> OLD.version OR NEW.last_entry <> OLD.last_entry)
  AND (NEW.last_entry = OLD.last_entry OR NEW.version <> OLD.version + 1
    OR EXISTS (SELECT 1 FROM entry WHERE office = NEW.office AND id = NEW.last_entry))
BEGIN SELECT RAISE(ABORT, 'item_needs_entry'); END""",
)
"""Those of `item` on SQLite, which go with the table."""

ITEM = "office, year, ref, subject, machine, digest, state, version, open, parent, owners, due_on, due_mark,\
 due_first, waiting, overdue, closed_on, last_entry, claimed_by, delegated_by"
"""The columns of `item` that stay as they are."""

DEADLINE = (
    "office, year, ref, name, occurrence, kind, level, at, due_date, calendar, derived, status, reason,\
 fired_at, late_s, paused_on, policy"
)
"""Likewise of `deadline`: the zone, which was never read, does not."""

Place = dict[str, Any]
Memory = dict[str, Any]


def upgrade() -> None:
    _tell_deadlines_apart()
    _tell_words_apart()
    _add_columns()
    _make_terms()
    memories = list(_memories())
    if op.get_bind().dialect.name == "sqlite":
        _make_items_anew()
    else:
        _change_items()
    _carry_over(memories)
    if op.get_bind().dialect.name == "sqlite":
        for statement in ITEM_TRIGGERS:
            op.execute(statement)


def _tell_words_apart() -> None:
    """The field of `free_text` named a line and its input, or an entry and its input. Both tables are made
    anew, since their fields were their keys; no table points to them and they have no triggers."""
    free = _taken("free_text", "office, year, ref, field, entry, salt, value")
    op.create_table(
        "free_text",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.Column("input", sa.String(64), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("office", "year", "ref", "line", "entry", "input", name=op.f("pk_free_text")),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_free_text_office_year_ref"),
        ),
        sqlite_with_rowid=False,
    )
    _insert("free_text", [{**_named_by(row.pop("field")), **row} for row in free])
    office = _taken("office_text", "office, field, entry, salt, value")
    op.create_table(
        "office_text",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.Column("input", sa.String(64), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("office", "entry", "input", name=op.f("pk_office_text")),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_office_text_office")),
        sqlite_with_rowid=False,
    )
    _insert("office_text", [{"input": _named_by(row.pop("field"))["input"], **row} for row in office])


def _taken(table: str, columns: str) -> list[dict[str, Any]]:
    """The rows of a table, which is dropped."""
    found = op.get_bind().execute(sa.text(f"SELECT {columns} FROM {table}")).mappings()
    rows = [dict(row) for row in found]
    op.drop_table(table)
    return rows


def _named_by(field: str) -> dict[str, Any]:
    """Of `nominee/3/name` the line 3 and the input `name`; of `<entry>/reason` no line, which is 0."""
    holder, _slash, name = field.rpartition("/")
    kind, _slash, number = holder.partition("/")
    return {"line": int(number) if kind == "nominee" else 0, "input": name}


def _add_columns() -> None:
    op.add_column("task", sa.Column("planned_due", DAY))
    op.add_column("task", sa.Column("planned_lead", sa.Text()))
    op.add_column("task", sa.Column("planned_bodies", sa.Text()))
    op.add_column("task", sa.Column("planned_derived", sa.Text()))
    op.add_column("dossier", sa.Column("review", sa.String(16)))


def _make_terms() -> None:
    op.create_table(
        "term",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("term", sa.String(32), nullable=False),
        sa.Column("due", DAY),
        sa.Column("since", DAY, nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("policy", sa.String(80), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("paused_on", DAY),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("addressed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("office", "year", "ref", "term", name=op.f("pk_term")),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_term_office_year_ref"),
        ),
        sqlite_with_rowid=False,
    )


def _memories() -> Iterator[tuple[Place, Memory]]:
    """What every item remembers, by its key."""
    found = op.get_bind().execute(sa.text("SELECT office, year, ref, memory FROM item"))
    for office, year, ref, memory in found.all():
        yield {"office": office, "year": year, "ref": ref}, json.loads(memory)


def _new_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("claimed_at", INSTANT),
        sa.Column("submitted_by", sa.String(64)),
        sa.Column("submitted_for", sa.String(64)),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("proposed_until", DAY),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("asks", sa.Integer(), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("addressed", sa.Text(), nullable=False),
    ]


def _make_items_anew() -> None:
    """A table that others point to is dropped while their foreign keys wait for the commit: by then its rows
    stand again. It is not renamed, since only rows that are inserted are counted back; and without its
    triggers, which refuse an item that is made after its entry."""
    op.execute("PRAGMA defer_foreign_keys=ON")
    # Notices alone have no index by their item: without one each item that goes and comes reads all of them.
    op.create_index("ix_notice_item", "notice", ["office", "year", "ref"])
    op.execute(f"CREATE TABLE item_before AS SELECT {ITEM} FROM item")
    op.drop_table("item")
    op.create_table(
        "item",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(16), nullable=False),
        sa.Column("machine", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("parent", sa.String(16)),
        sa.Column("owners", sa.Text(), nullable=False),
        sa.Column("due_on", DAY),
        sa.Column("due_mark", sa.String(16)),
        sa.Column("due_first", DAY),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("closed_on", DAY),
        sa.Column("last_entry", sa.String(32), nullable=False),
        sa.Column("claimed_by", sa.String(64)),
        sa.Column("delegated_by", sa.String(64)),
        *_new_columns(),
        sa.CheckConstraint("version >= 1", name=op.f("ck_item_version")),
        sa.ForeignKeyConstraint(
            ["office", "digest"],
            ["definition.office", "definition.digest"],
            name=op.f("fk_item_office_digest"),
        ),
        sa.ForeignKeyConstraint(
            ["office", "last_entry"],
            ["entry.office", "entry.id"],
            name=op.f("fk_item_office_last_entry"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["office", "year", "parent"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_item_office_year_parent"),
        ),
        sa.ForeignKeyConstraint(
            ["office", "year"], ["plan.office", "plan.year"], name=op.f("fk_item_office_year")
        ),
        sa.PrimaryKeyConstraint("office", "year", "ref", name=op.f("pk_item")),
        sa.UniqueConstraint("office", "last_entry", name=op.f("uq_item_office_last_entry")),
        sqlite_with_rowid=False,
    )
    op.execute(
        f"INSERT INTO item ({ITEM}, returns, round, asks, reminded, addressed)"
        f" SELECT {ITEM}, 0, 0, 0, 0, '[]' FROM item_before"
    )
    op.drop_table("item_before")
    op.drop_index("ix_notice_item", "notice")
    op.create_index("ix_item_office_year_parent", "item", ["office", "year", "parent"])


def _change_items() -> None:
    op.drop_constraint("ck_item_subject", "item")
    op.drop_constraint("ck_item_parent", "item")
    op.drop_column("item", "memory")
    for column in _new_columns():
        needs = not column.nullable
        column.server_default = (
            sa.DefaultClause("[]" if column.name == "addressed" else "0") if needs else None
        )
        op.add_column("item", column)
        if needs:
            op.alter_column("item", column.name, server_default=None)


def _carry_over(memories: list[tuple[Place, Memory]]) -> None:
    """Writes what items remembered where it belongs now."""
    _update("item", [(place, _of_item(memory)) for place, memory in memories])
    planned = [(place, memory) for place, memory in memories if "planned_due" in memory]
    _update("task", [(place, _of_task(memory)) for place, memory in planned])
    reviews = [(place, {"review": memory["kind"]}) for place, memory in memories if "kind" in memory]
    _update("dossier", reviews)
    terms = [{**place, **term} for place, memory in memories for term in _of_terms(memory)]
    _insert("term", terms)


def _of_item(memory: Memory) -> Memory:
    return {
        "claimed_at": _instant(memory.get("claimed_at")),
        "submitted_by": memory.get("submitted_by"),
        "submitted_for": memory.get("submitted_for"),
        "returns": memory.get("returns", 0),
        "proposed_until": _day(memory.get("proposed_until")),
        "round": memory.get("round", 0),
        "asks": memory.get("asked", 0),
        "reminded": memory.get("reminded", 0),
        "addressed": _list(memory.get("addressed", [])),
    }


def _of_task(memory: Memory) -> Memory:
    return {
        "planned_due": _day(memory["planned_due"]),
        "planned_lead": memory["planned_lead"],
        "planned_bodies": _list(memory["planned_bodies"]),
        "planned_derived": _list(memory["planned_derived"]),
    }


def _of_terms(memory: Memory) -> Iterator[Memory]:
    """Of `term.review` and the like, which were lists, one row each."""
    for name, kept in memory.items():
        prefix, _dot, term = name.partition(".")
        if prefix == "term":
            due, since, occurrence, policy, used, paused_on = kept
            yield {
                "term": term,
                "due": _day(due),
                "since": _day(since),
                "occurrence": occurrence,
                "policy": policy,
                "used": used,
                "paused_on": _day(paused_on),
                "reminded": memory.get(f"reminded.{term}", 0),
                "addressed": _list(memory.get(f"addressed.{term}", [])),
            }


def _insert(table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        op.get_bind().execute(_table(table, rows[0]).insert(), rows)


def _update(table: str, rows: list[tuple[Place, Memory]]) -> None:
    if not rows:
        return
    place, values = rows[0]
    found = _table(table, {**place, **values})
    change = (
        found.update()
        .where(*(found.c[name] == sa.bindparam(f"b_{name}") for name in place))
        .values({name: sa.bindparam(name, type_=found.c[name].type) for name in values})
    )
    params = [{**{f"b_{name}": key for name, key in place.items()}, **values} for place, values in rows]
    op.get_bind().execute(change, params)


TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    **dict.fromkeys(("due", "since", "paused_on", "planned_due", "proposed_until"), DAY),
    "claimed_at": INSTANT,
}


def _table(name: str, columns: Memory) -> sa.TableClause:
    return sa.table(name, *(sa.column(column, TYPES.get(column, sa.types.NULLTYPE)) for column in columns))


def _day(text: str | None) -> str | date | None:
    """As the driver takes a date: ISO text on SQLite."""
    return text if text is None or op.get_bind().dialect.name == "sqlite" else date.fromisoformat(text)


def _instant(text: str | None) -> str | datetime | None:
    """As the driver takes a moment, on SQLite as UTC text of a fixed width."""
    if text is None:
        return None
    at = datetime.fromisoformat(text)
    return at if op.get_bind().dialect.name != "sqlite" else f"{at:%Y-%m-%dT%H:%M:%S.%f}Z"


def _list(names: list[str]) -> str:
    return json.dumps(names, ensure_ascii=False, separators=(",", ":"))


def _tell_deadlines_apart() -> None:
    """A row's name becomes a label: its term and rung are read from it once, here."""
    if op.get_bind().dialect.name == "sqlite":
        _make_deadlines_anew()
    else:
        op.drop_column("deadline", "zone")
        op.add_column("deadline", sa.Column("term", sa.String(32)))
        op.add_column("deadline", sa.Column("rung", sa.Integer()))
        op.add_column("deadline", sa.Column("unit", sa.String(2)))
    change = sa.text("UPDATE deadline SET term = :term, rung = :rung, unit = :unit WHERE name = :name")
    connection = op.get_bind()
    for name, kind in connection.execute(sa.text("SELECT DISTINCT name, kind FROM deadline")).all():
        connection.execute(change, {"name": name, **_said_by(name, kind)})


def _make_deadlines_anew() -> None:
    """No table points to it, and it has no triggers."""
    op.drop_index("ix_deadline_office_at_pending", "deadline")
    op.rename_table("deadline", "deadline_before")
    op.create_table(
        "deadline",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("level", sa.String(16)),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("due_date", DAY, nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("derived", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(16)),
        sa.Column("fired_at", INSTANT),
        sa.Column("late_s", sa.Integer()),
        sa.Column("paused_on", DAY),
        sa.Column("policy", sa.String(80)),
        sa.Column("term", sa.String(32)),
        sa.Column("rung", sa.Integer()),
        sa.Column("unit", sa.String(2)),
        sa.CheckConstraint("(status = 'fired') = (fired_at IS NOT NULL)", name=op.f("ck_deadline_fired")),
        sa.CheckConstraint("status IN ('pending', 'fired', 'cancelled')", name=op.f("ck_deadline_status")),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_deadline_office_year_ref"),
        ),
        sa.PrimaryKeyConstraint("office", "year", "ref", "name", "occurrence", name=op.f("pk_deadline")),
        sqlite_with_rowid=False,
    )
    key = "office, year, ref, name, occurrence"
    op.execute(f"INSERT INTO deadline ({DEADLINE}) SELECT {DEADLINE} FROM deadline_before ORDER BY {key}")
    op.drop_table("deadline_before")
    pending = sa.text("status = 'pending'")
    op.create_index("ix_deadline_office_at_pending", "deadline", ["office", "at"], sqlite_where=pending)


UNSAID = {"reminder": "cd", "escalation": "wd"}
"""The unit of the days where the name of a row of this kind says none."""


def _said_by(name: str, kind: str) -> dict[str, str | int | None]:
    """Of `decision.reminder-3wd` the term `decision`, the rung 3 and the unit `wd`."""
    term, dot, rest = name.rpartition(".")
    number = rest.rpartition("-")[2]
    unit = number[-2:] if number.endswith(("wd", "cd")) else UNSAID.get(kind)
    days = number.removesuffix("wd").removesuffix("cd")
    rung = int(days) if days.isdecimal() else None
    return {"term": term if dot else None, "rung": rung, "unit": None if rung is None else unit}
