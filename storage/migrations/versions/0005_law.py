"""The dossier's way as the law and the office have it: each matter is one step below.

Frozen once it is released: what changes later is written in a later revision, never here. New columns are
empty in older rows, so that the log's digests of these hold.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

DAY = sa.Date().with_variant(sa.String(10), "sqlite")


def upgrade() -> None:
    """Runs the steps in their order; each says what it is for."""
    _follow_dossiers()
    _follow_lines()
    _aim_tasks()
    _name_holders()
    _lengthen_notices()


def _follow_dossiers() -> None:
    """The ground of the simplified procedure, receipt, publication, and who is being asked."""
    for name, kind in (
        ("ground", sa.String(32)),
        ("period", sa.String(16)),
        ("intake_no", sa.String(64)),
        ("full_on", DAY),
        ("published_from", DAY),
        ("published_until", DAY),
        ("supplement_until", DAY),
        ("opinion_asked_on", DAY),
        ("superior_until", DAY),
        ("split_from", sa.String(16)),
    ):
        op.add_column("dossier", sa.Column(name, kind))


def _follow_lines() -> None:
    """What the appraisal found, who approved, what the superior gave."""
    with op.batch_alter_table("nominee") as nominee:
        nominee.alter_column(
            "outcome", type_=sa.String(24), existing_type=sa.String(16), existing_nullable=False
        )
    for name, kind in (
        ("verdict", sa.String(16)),
        ("proposal", sa.String(16)),
        ("held", sa.Boolean()),
        ("approved", sa.String(64)),
        ("why", sa.String(16)),
        ("granted", sa.String(32)),
        ("moved_to", sa.String(16)),
    ):
        op.add_column("nominee", sa.Column(name, kind))


def _aim_tasks() -> None:
    """The internal target of a task, which leads up to its date."""
    if op.get_bind().dialect.name == "postgresql":
        # An earlier revision of the same transaction wrote to items; what of that is checked at its end keeps
        # their table from being altered, so it is checked now.
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")
        op.execute("SET CONSTRAINTS ALL DEFERRED")
    op.add_column("item", sa.Column("target_on", DAY))


def _name_holders() -> None:
    """When persons held positions; their names are among the office's erasable words."""
    op.create_table(
        "holder",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("from_day", DAY, nullable=False),
        sa.Column("until_day", DAY),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.CheckConstraint("from_day <= until_day", name=op.f("ck_holder_days")),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_holder_office")),
        sa.PrimaryKeyConstraint("office", "number", name=op.f("pk_holder")),
    )


def _lengthen_notices() -> None:
    """Kinds of notices have longer names than sixteen letters."""
    with op.batch_alter_table("notice") as notice:
        notice.alter_column("kind", type_=sa.String(32), existing_type=sa.String(16), existing_nullable=False)
