"""Waiting in tests: for what is to come about, however busy the machine, and by name where it never does."""

from __future__ import annotations

import time
from collections.abc import Callable

LIMIT = 300.0
"""Seconds after which something is taken never to come; a quiet machine needs a few, a busy one some more."""


def until(holds: Callable[[], object], what: str) -> None:
    """Waits until `holds` answers yes; `what` says in the failure what did not come about."""
    end = time.monotonic() + LIMIT
    while not holds():
        assert time.monotonic() < end, f"after {LIMIT:.0f} seconds it has not come about that {what}"
        time.sleep(0.02)
