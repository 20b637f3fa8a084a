"""From the council's table to signed papers: each matter is one step below.

Frozen once it is released: what changes later is written in a later revision, never here. New columns are
empty in older rows, so that the log's digests of these hold.
"""

from __future__ import annotations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs the steps in their order; each says what it is for."""
