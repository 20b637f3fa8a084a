"""What was recorded can be read, corrected and trusted: each matter of the revision is one step below.

Frozen once it is released: what changes later is written in a later revision, never here.
"""

from __future__ import annotations

import os
import zlib

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DAY = sa.Date().with_variant(sa.String(10), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    """Runs the steps in their order; each says what it is for."""
    _make_tasks_anew()
    # Whoever reviewed an item does not approve it, and who asks for an extension does not decide it.
    for name in ("reviewed_by", "reviewed_for", "proposed_by", "proposed_for"):
        op.add_column("item", sa.Column(name, sa.String(64)))
    # What one account asks for and another person is to agree to stands with the item.
    op.add_column("item", sa.Column("proposal", sa.Text()))
    # The rule pack of a dossier from its first submit on; those of before go by the office's.
    op.add_column("item", sa.Column("rules", sa.String(64)))
    _find_numbers()
    _sum_definitions()
    _find_what_is_open()
    _salt_contacts()
    _propose_definitions()
    # Items are written to last: PostgreSQL then alters their table no more in the same transaction.
    _remember_who_reviewed_and_asked()


def _make_tasks_anew() -> None:
    """A task may belong to no quarter, which a check forbade; no table points to tasks, and they have no
    triggers. What the plan says of a task's kind and number stands beside what people say of it."""
    found = op.get_bind().execute(sa.text("SELECT * FROM task")).mappings()
    rows = [dict(row) for row in found]
    op.drop_table("task")
    made = op.create_table(
        "task",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(3), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("part", sa.String(8)),
        sa.Column("period", sa.Text()),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("bodies", sa.Text(), nullable=False),
        sa.Column("derived", sa.Text(), nullable=False),
        sa.Column("planned_due", DAY),
        sa.Column("planned_lead", sa.Text()),
        sa.Column("planned_bodies", sa.Text()),
        sa.Column("planned_derived", sa.Text()),
        sa.Column("planned_kind", sa.String(64)),
        sa.Column("planned_part", sa.String(8)),
        sa.Column("planned_number", sa.Integer()),
        sa.Column("arisen_paper", sa.Text()),
        sa.Column("arisen_on", DAY),
        sa.Column("name", sa.Text()),
        sa.Column("forwarded", sa.Integer(), nullable=False),
        sa.CheckConstraint("quarter IN ('I', 'II', 'III', 'IV', '')", name=op.f("ck_task_quarter")),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_task_office_year_ref"),
        ),
        sa.PrimaryKeyConstraint("office", "year", "ref", name=op.f("pk_task")),
        sa.UniqueConstraint("office", "year", "number", name=op.f("uq_task_office_year_number")),
    )
    for row in rows:
        row["forwarded"] = 0
        for name in ("kind", "part", "number"):
            row[f"planned_{name}"] = row[name] if row["planned_due"] is not None else None
    if rows:
        op.bulk_insert(made, rows)
    op.add_column("plan", sa.Column("last_task", sa.Integer()))
    of_plan = "task.office = plan.office AND task.year = plan.year"
    op.execute(f"UPDATE plan SET last_task = (SELECT coalesce(max(number), 0) FROM task WHERE {of_plan})")


def _remember_who_reviewed_and_asked() -> None:
    """Of open items the log says who that was."""
    _remember("reviewed", event="review", where="item.open")
    _remember("proposed", event="propose_extension", where="item.proposed_until IS NOT NULL")


def _remember(what: str, *, event: str, where: str) -> None:
    last = (
        "(SELECT {} FROM entry WHERE entry.office = item.office AND entry.log = item.year"
        f" AND entry.ref = item.ref AND entry.event = '{event}' AND NOT entry.refused"
        " ORDER BY entry.seq DESC LIMIT 1)"
    )
    by, of = last.format("entry.actor"), last.format("entry.acting_for")
    op.execute(f"UPDATE item SET {what}_by = {by}, {what}_for = {of} WHERE {where}")


def _sum_definitions() -> None:
    """A definition that a flipped bit changed is told, not run: its compiled text has a checksum."""
    op.add_column("definition", sa.Column("checksum", sa.String(8)))
    named = ("office", "kind", "name", "version", "compiled", "checksum")
    definition = sa.table("definition", *(sa.column(name) for name in named))
    for row in op.get_bind().execute(sa.select(*(definition.c[name] for name in named[:5]))).all():
        here = [definition.c[name] == value for name, value in zip(named[:4], row[:4], strict=True)]
        crc = f"{zlib.crc32(row.compiled.encode()):08x}"
        op.get_bind().execute(sa.update(definition).where(*here).values(checksum=crc))


def _find_numbers() -> None:
    """Entries that number a paper are few among many, and are looked through for a number used before."""
    numbering = sa.text(
        "event IN ('adopt', 'agree_record', 'award', 'complete', 'forward', 'record_result', 'revoke')"
    )
    op.create_index(
        "ix_entry_office_log_numbers",
        "entry",
        ["office", "log"],
        sqlite_where=numbering,
        postgresql_where=numbering,
    )


def _find_what_is_open() -> None:
    """What is open of earlier years stands in every list, and is found without what was closed there."""
    op.create_index("ix_item_office_open_year", "item", ["office", "open", "year"])


def _salt_contacts() -> None:
    """The log is bound to contacts from here on, by digests that must tell nothing once a contact is gone."""
    op.add_column("contact", sa.Column("salt", sa.LargeBinary()))
    contact = sa.table("contact", *(sa.column(name) for name in ("office", "account", "channel", "salt")))
    key = [contact.c[name] for name in ("office", "account", "channel")]
    for row in op.get_bind().execute(sa.select(*key)).all():
        here = [column == value for column, value in zip(key, row, strict=True)]
        op.get_bind().execute(sa.update(contact).where(*here).values(salt=os.urandom(16)))


def _propose_definitions() -> None:
    """What one account proposes waits here for another one's agreement."""
    op.create_table(
        "proposed_definition",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("compiled", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.String(64), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("ended_by", sa.String(64)),
        sa.Column("ended_at", INSTANT),
        sa.Column("ended_entry", sa.String(32)),
        sa.PrimaryKeyConstraint("office", "number", name=op.f("pk_proposed_definition")),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_proposed_definition_office")),
        sa.CheckConstraint(
            "status IN ('waiting', 'agreed', 'declined', 'withdrawn')",
            name=op.f("ck_proposed_definition_status"),
        ),
        sa.CheckConstraint(
            "(status = 'waiting') = (ended_at IS NULL)", name=op.f("ck_proposed_definition_ended")
        ),
    )
