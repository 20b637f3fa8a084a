"""`tdkt` on a machine whose clock somebody sets: `python -m tests.acceptance.host_clock FILE WORDS…`.

FILE says by how many seconds the clock is wrong; it is read at every look at the clock, so that the clock can
be set while the process runs. Only what tells the time is changed; what measures durations is not.
"""

from __future__ import annotations

import datetime as calendar
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

right_seconds = time.time


class _AsTheReal(type):
    """What the real class takes for a datetime is one."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, datetime)


def wrong_clock(file: Path) -> None:
    """From now on whoever asks for the time is told another one. For before anything else is imported."""

    def ahead() -> float:
        return float(file.read_text(encoding="ascii"))

    class HostTime(datetime, metaclass=_AsTheReal):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.fromtimestamp(right_seconds() + ahead(), tz)

    calendar.datetime = HostTime  # type: ignore[misc]
    time.time = lambda: right_seconds() + ahead()


if __name__ == "__main__":
    wrong_clock(Path(sys.argv[1]))
    del sys.argv[1]

    from cli import main

    main()
