"""From the council's table to signed papers: each matter is one step below.

Frozen once it is released: what changes later is written in a later revision, never here. New columns are
empty in older rows, so that the log's digests of these hold.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

DAY = sa.Date().with_variant(sa.String(10), "sqlite")


def upgrade() -> None:
    """Runs the steps in their order; each says what it is for."""
    _give_no_number_twice()
    _keep_a_fund()


def _give_no_number_twice() -> None:
    """The greatest numbers that removed records and movements had, from now on."""
    op.add_column("office", sa.Column("last_record", sa.Integer()))
    op.add_column("office", sa.Column("last_movement", sa.Integer()))


def _keep_a_fund() -> None:
    """What came into the fund of a year and went out of it beside awards: movements that stay."""
    op.create_table(
        "fund_entry",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("dated", DAY, nullable=False),
        sa.Column("paper", sa.String(64)),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.CheckConstraint(
            "kind IN ('allocated', 'contributed', 'carried_over', 'spent_before', 'printing', 'other')",
            name=op.f("ck_fund_entry_kind"),
        ),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_fund_entry_amount")),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_fund_entry_office")),
        sa.PrimaryKeyConstraint("office", "number", name=op.f("pk_fund_entry")),
    )
