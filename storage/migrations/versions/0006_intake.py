"""From the list that is sent in to the appraised dossier: each matter is one step below.

Frozen once it is released: what changes later is written in a later revision, never here. New columns are
empty in older rows, so that the log's digests of these hold.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

DAY = sa.Date().with_variant(sa.String(10), "sqlite")


def upgrade() -> None:
    """Runs the steps in their order; each says what it is for."""
    _judge_lines()
    _ask_around()
    _remember_achievements()
    _run_movements()


def _judge_lines() -> None:
    """What is known of a line beside its words, as JSON; what the body declares; papers; the movement."""
    op.add_column("nominee", sa.Column("facts", sa.Text()))
    op.add_column("dossier", sa.Column("declared", sa.String(16)))
    op.add_column("dossier", sa.Column("papers", sa.Text()))
    op.add_column("dossier", sa.Column("movement", sa.String(16)))


def _ask_around() -> None:
    """Whom a dossier asks for an opinion, and what people remark on its publication, as JSON."""
    op.add_column("dossier", sa.Column("opinions", sa.Text()))
    op.add_column("dossier", sa.Column("remarks", sa.Text()))


def _remember_achievements() -> None:
    """Who received what, who was rated how, whose initiative was recognised: erasable, outside of the log."""
    op.create_table(
        "achievement",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("born", sa.String(10)),
        sa.Column("unit", sa.Text()),
        sa.Column("body", sa.String(64)),
        sa.Column("period", sa.String(16)),
        sa.Column("value", sa.String(32)),
        sa.Column("words", sa.Text()),
        sa.Column("decision", sa.Text()),
        sa.Column("decision_key", sa.Text()),
        sa.Column("dated", DAY),
        sa.Column("authority", sa.Text()),
        sa.Column("share", sa.Integer()),
        sa.Column("nature", sa.String(16), nullable=False),
        sa.Column("expected", sa.Boolean(), nullable=False),
        sa.Column("known_on", DAY),
        sa.Column("source_year", sa.Integer()),
        sa.Column("source_ref", sa.String(16)),
        sa.Column("source_line", sa.Integer()),
        sa.Column("revoked_on", DAY),
        sa.Column("revoked_by", sa.Text()),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.CheckConstraint("kind IN ('award', 'rating', 'initiative')", name=op.f("ck_achievement_kind")),
        sa.CheckConstraint(
            "subject IN ('person', 'collective', 'household')", name=op.f("ck_achievement_subject")
        ),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_achievement_office")),
        sa.PrimaryKeyConstraint("office", "number", name=op.f("pk_achievement")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_achievement_office_name_key", "achievement", ["office", "name_key"])
    op.create_index("ix_achievement_office_decision_key", "achievement", ["office", "decision_key"])
    made_by_itself = sa.text("source_ref IS NOT NULL")
    op.create_index(
        "ix_achievement_office_source",
        "achievement",
        ["office", "source_year", "source_ref"],
        sqlite_where=made_by_itself,
        postgresql_where=made_by_itself,
    )


def _run_movements() -> None:
    """Movements of emulation, which last over quarters and years, and the bodies that registered."""
    op.create_table(
        "movement",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(16)),
        sa.Column("way", sa.String(16)),
        sa.Column("titles", sa.Text()),
        sa.Column("tasks", sa.Text()),
        sa.Column("paper", sa.String(64)),
        sa.Column("paper_on", DAY),
        sa.Column("from_day", DAY, nullable=False),
        sa.Column("until_day", DAY),
        sa.Column("closed_on", DAY),
        sa.Column("closing_paper", sa.String(64)),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.Column("closing", sa.String(32)),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_movement_office")),
        sa.PrimaryKeyConstraint("office", "number", name=op.f("pk_movement")),
    )
    op.create_table(
        "movement_body",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(64), nullable=False),
        sa.Column("registered_on", DAY, nullable=False),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "number"],
            ["movement.office", "movement.number"],
            name=op.f("fk_movement_body_office_number"),
        ),
        sa.PrimaryKeyConstraint("office", "number", "body", name=op.f("pk_movement_body")),
    )
    op.create_table(
        "movement_review",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("held_on", DAY, nullable=False),
        sa.Column("paper", sa.String(64)),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "number"],
            ["movement.office", "movement.number"],
            name=op.f("fk_movement_review_office_number"),
        ),
        sa.PrimaryKeyConstraint("office", "number", "no", name=op.f("pk_movement_review")),
    )
