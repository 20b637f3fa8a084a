"""Programs that advance again and again and say so after each one, to be killed from outside.

`python -m tests.acceptance.advancing URL loop|commands COUNT [REF…]`: each line on stdout is a reference and
the version that it has from then on, printed only after the program knows that it was written.
"""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import cycle, islice

from runtime.acts.acting import Acting
from runtime.acts.advance import EventRequest, advance
from runtime.office.settings import Options
from tests.acceptance.office import COMMAND
from tests.people import OFFICER, STANDING_MEMBER

STEPS: tuple[tuple[str, str, dict[str, str]], ...] = (
    (OFFICER, "submit", {}),
    (STANDING_MEMBER, "return", {"reason": "Thiếu số liệu"}),
)
"""What a task can be asked forever, each by whom it is for."""


def loop(url: str, count: int, refs: list[str]) -> None:
    """Within one process, the wiring held open."""
    actings = {actor: Acting(Options(db=url, actor=actor), {}) for actor, _event, _words in STEPS}
    for ref, (actor, event, words) in _turns(count, refs):
        (result,) = advance(actings[actor], [ref], EventRequest(event, words, confirmed=True))
        assert result.done, result
        print(ref, result.version, flush=True)


def commands(url: str, count: int, refs: list[str]) -> None:
    """Each in a process of its own."""
    for ref, (actor, event, words) in _turns(count, refs):
        inputs = [word for name, value in words.items() for word in ("--set", f"{name}={value}")]
        line = [*COMMAND, "--db", url, "--as", actor, "--json", "advance", ref, event, *inputs]
        done = subprocess.run(line, check=True, stdout=subprocess.PIPE)
        print(ref, json.loads(done.stdout)["version"], flush=True)


def _turns(count: int, refs: list[str]) -> islice[tuple[str, tuple[str, str, dict[str, str]]]]:
    """Every task is submitted, then every task returned, and so on."""
    return islice(((ref, step) for step in cycle(STEPS) for ref in refs), count)


if __name__ == "__main__":
    {"loop": loop, "commands": commands}[sys.argv[2]](sys.argv[1], int(sys.argv[3]), sys.argv[4:])
