"""What was recorded can be read, corrected and trusted: each matter of the revision is one step below.

Frozen once it is released: what changes later is written in a later revision, never here.
"""

from __future__ import annotations

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs the steps in their order; each says what it is for."""
