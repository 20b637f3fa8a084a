"""The first schema: offices, definitions, plans, items, their words, deadlines and notices, and the log.

Frozen: what changes later is written in a later revision, never here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DAY = sa.Date().with_variant(sa.String(10), "sqlite")

SQLITE_TRIGGERS = (
    """CREATE TRIGGER item_made_by_entry BEFORE INSERT ON item
WHEN EXISTS (SELECT 1 FROM entry WHERE office = NEW.office AND id = NEW.last_entry)
  OR EXISTS (SELECT 1 FROM item WHERE office = NEW.office AND year = NEW.year AND ref = NEW.ref)
BEGIN SELECT RAISE(ABORT, 'item_needs_entry'); END""",
    """CREATE TRIGGER item_needs_entry BEFORE UPDATE OF state, version, last_entry ON item
WHEN (NEW.state <> OLD.state OR NEW.version <> OLD.version OR NEW.last_entry <> OLD.last_entry)
  AND (NEW.last_entry = OLD.last_entry OR NEW.version <> OLD.version + 1
    OR EXISTS (SELECT 1 FROM entry WHERE office = NEW.office AND id = NEW.last_entry))
BEGIN SELECT RAISE(ABORT, 'item_needs_entry'); END""",
    """CREATE TRIGGER entry_states_item AFTER INSERT ON entry
WHEN EXISTS (SELECT 1 FROM item WHERE office = NEW.office AND last_entry = NEW.id
    AND (year <> NEW.log OR NEW.ref IS NULL OR ref <> NEW.ref
      OR NEW.to_state IS NULL OR state <> NEW.to_state))
BEGIN SELECT RAISE(ABORT, 'entry_states_item'); END""",
    """CREATE TRIGGER entry_never_replaced BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM entry WHERE office = NEW.office AND log = NEW.log AND seq = NEW.seq)
  OR EXISTS (SELECT 1 FROM entry WHERE office = NEW.office AND id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'entry_never_changed'); END""",
    """CREATE TRIGGER entry_never_updated BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'entry_never_changed'); END""",
    """CREATE TRIGGER entry_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'entry_never_changed'); END""",
)

POSTGRESQL_TRIGGERS = (
    """CREATE FUNCTION tdkt_item_made_by_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM entry WHERE office = NEW.office AND id = NEW.last_entry) THEN
    RAISE EXCEPTION 'item_needs_entry' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$""",
    """CREATE TRIGGER item_made_by_entry BEFORE INSERT ON item
FOR EACH ROW EXECUTE FUNCTION tdkt_item_made_by_entry()""",
    """CREATE FUNCTION tdkt_item_needs_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.state <> OLD.state OR NEW.version <> OLD.version OR NEW.last_entry <> OLD.last_entry)
    AND (NEW.last_entry = OLD.last_entry OR NEW.version <> OLD.version + 1
      OR EXISTS (SELECT 1 FROM entry WHERE office = NEW.office AND id = NEW.last_entry)) THEN
    RAISE EXCEPTION 'item_needs_entry' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$""",
    """CREATE TRIGGER item_needs_entry BEFORE UPDATE OF state, version, last_entry ON item
FOR EACH ROW EXECUTE FUNCTION tdkt_item_needs_entry()""",
    """CREATE FUNCTION tdkt_entry_states_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM item WHERE office = NEW.office AND last_entry = NEW.id
      AND (year <> NEW.log OR NEW.ref IS NULL OR ref <> NEW.ref
        OR NEW.to_state IS NULL OR state <> NEW.to_state)) THEN
    RAISE EXCEPTION 'entry_states_item' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$""",
    """CREATE TRIGGER entry_states_item AFTER INSERT ON entry
FOR EACH ROW EXECUTE FUNCTION tdkt_entry_states_item()""",
    """CREATE FUNCTION tdkt_entry_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'entry_never_changed' USING ERRCODE = 'integrity_constraint_violation';
END $$""",
    """CREATE TRIGGER entry_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
FOR EACH STATEMENT EXECUTE FUNCTION tdkt_entry_never_changed()""",
)


def upgrade() -> None:
    _make_offices()
    _make_log()
    _make_items()
    _make_deadlines()
    sqlite = op.get_context().dialect.name == "sqlite"
    for statement in SQLITE_TRIGGERS if sqlite else POSTGRESQL_TRIGGERS:
        op.execute(statement)


def _make_offices() -> None:
    op.create_table(
        "office",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("started_on", DAY, nullable=False),
        sa.Column("sandbox", sa.Boolean(), nullable=False),
        sa.Column("clock", INSTANT, nullable=True),
        sa.Column("language", sa.String(2), nullable=True),
        sa.Column("actor", sa.String(64), nullable=True),
        sa.Column("digest_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("office", name=op.f("pk_office")),
    )
    op.create_table(
        "command",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_command_office")),
        sa.PrimaryKeyConstraint("office", "key", name=op.f("pk_command")),
    )
    op.create_table(
        "definition",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("compiled", sa.Text(), nullable=False),
        sa.Column("adopted_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_definition_office")),
        sa.PrimaryKeyConstraint("office", "kind", "name", "version", name=op.f("pk_definition")),
        sa.UniqueConstraint("office", "digest", name=op.f("uq_definition_office_digest")),
    )
    op.create_table(
        "plan",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("document", sa.String(64), nullable=False),
        sa.Column("imported_at", INSTANT, nullable=False),
        sa.Column("last_dossier", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_plan_office")),
        sa.PrimaryKeyConstraint("office", "year", name=op.f("pk_plan")),
    )


def _make_log() -> None:
    op.create_table(
        "log_head",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("log", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("range", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_log_head_office")),
        sa.PrimaryKeyConstraint("office", "log", name=op.f("pk_log_head")),
    )
    op.create_table(
        "entry",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("log", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("ref", sa.String(16), nullable=True),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("acting_for", sa.String(64), nullable=True),
        sa.Column("role", sa.String(32), nullable=True),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("from_state", sa.String(32), nullable=True),
        sa.Column("to_state", sa.String(32), nullable=True),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "log"], ["log_head.office", "log_head.log"], name=op.f("fk_entry_office_log")
        ),
        sa.PrimaryKeyConstraint("office", "log", "seq", name=op.f("pk_entry")),
        sa.UniqueConstraint("office", "id", name=op.f("uq_entry_office_id")),
    )
    op.create_index("ix_entry_office_log_ref_seq", "entry", ["office", "log", "ref", "seq"], unique=False)


def _make_items() -> None:
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
        sa.Column("parent", sa.String(16), nullable=True),
        sa.Column("owners", sa.Text(), nullable=False),
        sa.Column("due_on", DAY, nullable=True),
        sa.Column("due_mark", sa.String(16), nullable=True),
        sa.Column("due_first", DAY, nullable=True),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("closed_on", DAY, nullable=True),
        sa.Column("memory", sa.Text(), nullable=False),
        sa.Column("last_entry", sa.String(32), nullable=False),
        sa.CheckConstraint("(subject = 'dossier') = (parent IS NOT NULL)", name=op.f("ck_item_parent")),
        sa.CheckConstraint("subject IN ('task', 'dossier')", name=op.f("ck_item_subject")),
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
    )
    op.create_index("ix_item_office_year_parent", "item", ["office", "year", "parent"], unique=False)
    op.create_table(
        "task",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(3), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("part", sa.String(8), nullable=True),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("bodies", sa.Text(), nullable=False),
        sa.Column("derived", sa.Text(), nullable=False),
        sa.CheckConstraint("quarter IN ('I', 'II', 'III', 'IV')", name=op.f("ck_task_quarter")),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_task_office_year_ref"),
        ),
        sa.PrimaryKeyConstraint("office", "year", "ref", name=op.f("pk_task")),
        sa.UniqueConstraint("office", "year", "number", name=op.f("uq_task_office_year_number")),
    )
    op.create_table(
        "dossier",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("type", sa.String(32), nullable=False),
        sa.Column("title", sa.String(32), nullable=False),
        sa.Column("received_on", DAY, nullable=True),
        sa.Column("complete_on", DAY, nullable=True),
        sa.Column("last_no", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_dossier_office_year_ref"),
        ),
        sa.PrimaryKeyConstraint("office", "year", "ref", name=op.f("pk_dossier")),
    )
    op.create_table(
        "nominee",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", sa.String(32), nullable=False),
        sa.Column("account", sa.String(64), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("votes_invalid", sa.Integer(), nullable=True),
        sa.Column("votes_present", sa.Integer(), nullable=True),
        sa.Column("votes_total", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(8), nullable=True),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.CheckConstraint("kind IN ('person', 'collective', 'household')", name=op.f("ck_nominee_kind")),
        sa.CheckConstraint(
            "votes_for IS NULL OR votes_for + votes_against + votes_invalid <= votes_present",
            name=op.f("ck_nominee_votes"),
        ),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["dossier.office", "dossier.year", "dossier.ref"],
            name=op.f("fk_nominee_office_year_ref"),
        ),
        sa.PrimaryKeyConstraint("office", "year", "ref", "no", name=op.f("pk_nominee")),
    )
    # ### end Alembic commands ###
    op.create_table(
        "free_text",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("field", sa.String(96), nullable=False),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_free_text_office_year_ref"),
        ),
        sa.PrimaryKeyConstraint("office", "year", "ref", "field", name=op.f("pk_free_text")),
    )


def _make_deadlines() -> None:
    op.create_table(
        "deadline",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("level", sa.String(16), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("due_date", DAY, nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("derived", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(16), nullable=True),
        sa.Column("fired_at", INSTANT, nullable=True),
        sa.Column("late_s", sa.Integer(), nullable=True),
        sa.CheckConstraint("(status = 'fired') = (fired_at IS NOT NULL)", name=op.f("ck_deadline_fired")),
        sa.CheckConstraint("status IN ('pending', 'fired', 'cancelled')", name=op.f("ck_deadline_status")),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_deadline_office_year_ref"),
        ),
        sa.PrimaryKeyConstraint("office", "year", "ref", "name", "occurrence", name=op.f("pk_deadline")),
    )
    op.create_index(
        "ix_deadline_office_at_pending",
        "deadline",
        ["office", "at"],
        unique=False,
        sqlite_where=sa.text("status = 'pending'"),
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_table(
        "notice",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("level", sa.String(16), nullable=True),
        sa.Column("to_account", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("deadline", sa.String(32), nullable=True),
        sa.Column("occurrence", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "status IN ('pending', 'sent', 'failed', 'dead', 'cancelled')", name=op.f("ck_notice_status")
        ),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_notice_office_year_ref"),
        ),
        sa.PrimaryKeyConstraint("office", "id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_office_at", "notice", ["office", "at"], unique=False)
    op.create_index("ix_notice_office_to_account_at", "notice", ["office", "to_account", "at"], unique=False)
