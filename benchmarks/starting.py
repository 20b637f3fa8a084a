"""How long a command takes from nothing to its last line, against a bare start of the same interpreter.

Children run this tree's `cli.main` as the console script does, with byte code written beforehand.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from benchmarks.house import NOW, work_folder
from benchmarks.measuring import Figure, in_turns, timed
from runtime.acts.founding import found
from runtime.office.settings import Options

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = "from cli import main; main()"
NOTHING = "pass"


def kept_environment(url: str) -> dict[str, str]:
    """This process's environment for `tdkt` on the database, without what changes it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TDKT"))}
    return {**kept, "TDKT_DB": url, "TDKT_LANG": "vi"}


def child(arguments: Sequence[str], url: str, *, code: str = SCRIPT) -> None:
    """Runs `tdkt` with the arguments on the database, or `code` in its place; raises where it fails."""
    subprocess.run(
        [sys.executable, "-c", code, *arguments],
        check=True,
        cwd=ROOT,
        env=kept_environment(url),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


def _start(name: str, arguments: Sequence[str], runs: int = 40) -> Figure:
    """`tdkt` with the arguments on a new sandbox of the shipped plan."""
    with TemporaryDirectory(prefix="tdkt-benchmark-", dir=work_folder()) as folder:
        url = f"sqlite:///{Path(folder) / 'tdkt.db'}"
        found(Options(db=url, now=NOW), {}, sandbox=True)
        turns = in_turns(
            lambda _turn: timed(partial(child, arguments, url)),
            lambda _turn: timed(partial(child, (), url, code=NOTHING)),
            runs=runs,
            warm_up=3,
        )
    return Figure(name, turns.cost, turns.median * 1000, "ms per start", runs, "python -c pass")


BENCHMARKS: Mapping[str, Callable[..., Figure]] = MappingProxyType(
    {
        "start-help": partial(_start, "start-help", ("-h",)),
        "start-list": partial(_start, "start-list", ("task", "list")),
        "start-show": partial(_start, "start-show", ("show", "T01")),
        "start-inbox": partial(_start, "start-inbox", ("--as", "chuyen-vien", "inbox")),
    }
)
