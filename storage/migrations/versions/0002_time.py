"""Time: who stands in for whom, how people are reached, what is sent, who owes a dossier, what went wrong.

Frozen: what changes later is written in a later revision, never here. Columns are added without foreign
keys or checks, since SQLite would have to copy the whole table for them. One table is copied all the same:
notices of acts on the whole office have no item, and hanging them on one would be untrue.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DAY = sa.Date().with_variant(sa.String(10), "sqlite")


def upgrade() -> None:
    _add_columns()
    _let_notices_stand_without_item()
    _make_delivery()
    _make_people()


def _add_columns() -> None:
    op.add_column("item", sa.Column("claimed_by", sa.String(64)))
    op.add_column("item", sa.Column("delegated_by", sa.String(64)))
    op.add_column("deadline", sa.Column("paused_on", DAY))
    op.add_column("deadline", sa.Column("policy", sa.String(80)))


def _let_notices_stand_without_item() -> None:
    """`notice.ref` may be absent. No table points to notices and they have no triggers, so on SQLite, which
    cannot change a column, the copy loses nothing."""
    if op.get_bind().dialect.name == "sqlite":
        _copy_notices()
    else:
        op.alter_column("notice", "ref", existing_type=sa.String(16), nullable=True)
        op.add_column("notice", sa.Column("message", sa.String(40)))
        op.add_column("notice", sa.Column("instead_of", sa.String(64)))
    op.create_index(
        "ix_notice_office_pending",
        "notice",
        ["office", "to_account", "channel"],
        sqlite_where=sa.text("status = 'pending'"),
        postgresql_where=sa.text("status = 'pending'"),
    )


def _copy_notices() -> None:
    op.create_table(
        "notice_copy",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16)),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("level", sa.String(16)),
        sa.Column("to_account", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("subject", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("deadline", sa.String(32)),
        sa.Column("occurrence", sa.Integer()),
        sa.Column("message", sa.String(40)),
        sa.Column("instead_of", sa.String(64)),
        sa.PrimaryKeyConstraint("office", "id", name=op.f("pk_notice")),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_notice_office_year_ref"),
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'sent', 'failed', 'dead', 'cancelled')", name=op.f("ck_notice_status")
        ),
    )
    op.execute("INSERT INTO notice_copy SELECT *, NULL, NULL FROM notice")
    op.drop_table("notice")
    op.rename_table("notice_copy", "notice")
    op.create_index("ix_notice_office_at", "notice", ["office", "at"])
    op.create_index("ix_notice_office_to_account_at", "notice", ["office", "to_account", "at"])


def _make_delivery() -> None:
    op.create_table(
        "contact",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("office", "account", "channel", name=op.f("pk_contact")),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_contact_office")),
    )
    op.create_table(
        "message",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("part", sa.String(16), nullable=False),
        sa.Column("address", sa.Text()),
        sa.Column("subject", sa.Text()),
        sa.Column("body", sa.Text()),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", INSTANT, nullable=False),
        sa.Column("leased_until", INSTANT),
        sa.Column("leased_by", sa.String(64)),
        sa.Column("error", sa.Text()),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT),
        sa.PrimaryKeyConstraint("office", "id", name=op.f("pk_message")),
        sa.UniqueConstraint(
            "office",
            "account",
            "channel",
            "day",
            "part",
            name=op.f("uq_message_office_account_channel_day_part"),
        ),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_message_office")),
        sa.CheckConstraint(
            "status IN ('pending', 'sent', 'failed', 'dead', 'cancelled')", name=op.f("ck_message_status")
        ),
        sa.CheckConstraint("(status = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_message_sent")),
    )
    op.create_index(
        "ix_message_office_next_at_open",
        "message",
        ["office", "next_at"],
        sqlite_where=sa.text("status IN ('pending', 'failed')"),
        postgresql_where=sa.text("status IN ('pending', 'failed')"),
    )
    op.create_table(
        "incident",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("year", sa.Integer()),
        sa.Column("ref", sa.String(16)),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("detail", sa.Text()),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.Column("cleared_at", INSTANT),
        sa.Column("cleared_by", sa.String(64)),
        sa.PrimaryKeyConstraint("office", "id", name=op.f("pk_incident")),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_incident_office")),
    )


def _make_people() -> None:
    op.create_table(
        "substitution",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("absent", sa.String(64), nullable=False),
        sa.Column("stand_in", sa.String(64), nullable=False),
        sa.Column("from_day", DAY, nullable=False),
        sa.Column("until_day", DAY, nullable=False),
        sa.Column("ended_on", DAY),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("office", "number", name=op.f("pk_substitution")),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_substitution_office")),
        sa.CheckConstraint("from_day < until_day", name=op.f("ck_substitution_days")),
        sa.CheckConstraint("absent <> stand_in", name=op.f("ck_substitution_two")),
    )
    op.create_table(
        "office_text",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("field", sa.String(96), nullable=False),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("office", "field", name=op.f("pk_office_text")),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_office_text_office")),
    )
    op.create_table(
        "expectation",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("body", sa.String(64), nullable=False),
        sa.Column("asked_on", DAY, nullable=False),
        sa.Column("due_on", DAY),
        sa.Column("guidance", sa.String(16)),
        sa.Column("paper", sa.Text()),
        sa.Column("paper_on", DAY),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("dossier", sa.String(16)),
        sa.Column("answered_on", DAY),
        sa.Column("chased", sa.Integer(), nullable=False),
        sa.Column("chased_at", INSTANT),
        sa.PrimaryKeyConstraint("office", "year", "ref", "body", name=op.f("pk_expectation")),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_expectation_office_year_ref"),
        ),
        sa.CheckConstraint("status IN ('silent', 'received', 'nothing')", name=op.f("ck_expectation_status")),
    )
