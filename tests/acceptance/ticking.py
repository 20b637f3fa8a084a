"""A service whose clock jumps: `python -m tests.acceptance.ticking URL INSTANT…` sweeps at each instant.

Instants that the sandbox's clock has left behind are passed over, so that a new process goes on where a
killed one was. It says when it begins, and each instant when its sweep is done.
"""

from __future__ import annotations

import sys
from datetime import datetime

from runtime.office.settings import Options
from runtime.serve.sweeping import Sweeping
from storage.views import Reading


def sweep_on(url: str, moments: list[str]) -> None:
    with Reading(url) as reading:
        reached = reading.offices()[0].clock
    assert reached is not None
    print("begins", flush=True)
    for moment in moments:
        if datetime.fromisoformat(moment) >= reached:
            list(Sweeping(Options(db=url, now=moment), {}).sweep())
            print(moment, flush=True)


if __name__ == "__main__":
    sweep_on(sys.argv[1], sys.argv[2:])
