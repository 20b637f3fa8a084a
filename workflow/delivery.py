"""When and how notices leave the office: quiet hours, digest times, bundles, order and backoff. Pure.

The dispatcher (`runtime.dispatching`) asks; nothing here knows a server, an address or the clock.
"""

from __future__ import annotations

from datetime import time

from workflow.definition import Quiet


def in_quiet_hours(at: time, quiet: Quiet) -> bool:
    """Whether the local time `at` lies in the quiet hours, which may pass midnight; their end does not."""
    if quiet.start <= quiet.end:
        return quiet.start <= at < quiet.end
    return at >= quiet.start or at < quiet.end
