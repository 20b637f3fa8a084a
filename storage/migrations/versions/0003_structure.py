"""Structure instead of strings: what names and an item's memory said stands in columns and tables of its own.

Frozen: what changes later is written in a later revision, never here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _tell_deadlines_apart()


def _tell_deadlines_apart() -> None:
    """A row's name becomes a label: its term and rung are read from it once, here."""
    op.add_column("deadline", sa.Column("term", sa.String(32)))
    op.add_column("deadline", sa.Column("rung", sa.Integer()))
    op.add_column("deadline", sa.Column("unit", sa.String(2)))
    change = sa.text("UPDATE deadline SET term = :term, rung = :rung, unit = :unit WHERE name = :name")
    connection = op.get_bind()
    for name, kind in connection.execute(sa.text("SELECT DISTINCT name, kind FROM deadline")).all():
        connection.execute(change, {"name": name, **_said_by(name, kind)})


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
