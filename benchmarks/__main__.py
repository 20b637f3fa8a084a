"""`python -m benchmarks [NAME…] [--json]`: measures what is named, or everything, and prints a line each.

Figures go to stdout as they are made, in the order asked; what could not be measured is told on stderr.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from benchmarks import advancing, growing, starting, verifying
from benchmarks.measuring import Figure

BENCHMARKS: Mapping[str, Callable[..., Figure]] = MappingProxyType(
    {
        **advancing.BENCHMARKS,
        **starting.BENCHMARKS,
        **growing.BENCHMARKS,
        **verifying.BENCHMARKS,
    }
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 0, or 1 when something could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*BENCHMARKS, []], help="which figures")
    parser.add_argument("--json", action="store_true", help="print one JSON array")
    parser.add_argument("--runs", type=int, help="turns that count, instead of each figure's own number")
    asked = parser.parse_args(arguments)
    figures: list[Figure] = []
    names = asked.names or list(BENCHMARKS)
    for name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            figure = BENCHMARKS[name](**({"runs": asked.runs} if asked.runs else {}))
        except RuntimeError as error:
            print(f"{name}: {error}", file=sys.stderr)
            continue
        figures.append(figure)
        if not asked.json:
            print(figure.line(), flush=True)
    if asked.json:
        print(json.dumps([figure.json() for figure in figures], ensure_ascii=False, indent=2))
    return 0 if len(figures) == len(names) else 1


if __name__ == "__main__":
    sys.exit(main())
