"""The kind of notice by which people are told again what they were told wrongly.

It goes to whoever was told, not to a relation: `workflow.services.correct` makes it.
"""

from __future__ import annotations

from workflow.engine.procedure import CausedNotice

CORRECTED = "corrected"
"""An event that names this kind corrects something."""

GIVES = ("truong", "cu", "moi", "chuc_vu_nhan")

CAUSED = {CORRECTED: CausedNotice("corrector", lambda _happened: None, gives=GIVES)}
