"""`python -m benchmarks [NAME…] [--json]`: measures what is named, or all but the long ones; a line a figure.

Figures go to stdout as they are made, in the order asked; what could not be measured is told on stderr.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from benchmarks import (
    advancing,
    console,
    growing,
    importing,
    listing,
    printing,
    remembering,
    starting,
    statements,
    sweeping,
    verifying,
    years,
)
from benchmarks.measuring import Figure

BENCHMARKS: Mapping[str, Callable[..., Figure | Sequence[Figure]]] = MappingProxyType(
    {
        **advancing.BENCHMARKS,
        **statements.BENCHMARKS,
        **starting.BENCHMARKS,
        **growing.BENCHMARKS,
        **importing.BENCHMARKS,
        **listing.BENCHMARKS,
        **printing.BENCHMARKS,
        **remembering.BENCHMARKS,
        **verifying.BENCHMARKS,
        **sweeping.BENCHMARKS,
        **years.BENCHMARKS,
        **console.BENCHMARKS,
    }
)
LONG = frozenset({"sweep-sqlite", "sweep-postgresql", "province-year", "console-long"})
"""Minutes each; measured where they are named."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 0, or 1 when something could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*BENCHMARKS, []], help="which figures")
    parser.add_argument("--json", action="store_true", help="print one JSON array")
    parser.add_argument("--runs", type=int, help="turns that count, instead of each figure's own number")
    asked = parser.parse_args(arguments)
    figures: list[Figure] = []
    names = asked.names or [name for name in BENCHMARKS if name not in LONG]
    failed = False
    for name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            measured = BENCHMARKS[name](**({"runs": asked.runs} if asked.runs else {}))
        except RuntimeError as error:
            print(f"{name}: {error}", file=sys.stderr)
            failed = True
            continue
        found = [measured] if isinstance(measured, Figure) else list(measured)
        figures += found
        if not asked.json:
            print("\n".join(figure.line() for figure in found), flush=True)
    if asked.json:
        print(json.dumps([figure.json() for figure in figures], ensure_ascii=False, indent=2))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
