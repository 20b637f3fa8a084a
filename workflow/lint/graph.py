"""What is reached step by step: states through events, kinds of task and bodies through those that follow."""

from __future__ import annotations

from collections.abc import Mapping


def reachable(moves: Mapping[str, list[str]], start: str) -> set[str]:
    """All to which `moves` lead from `start`, step by step; itself only where a circle leads back."""
    found: set[str] = set()
    ahead = list(moves[start])
    while ahead:
        id = ahead.pop()
        if id not in found:
            found.add(id)
            ahead += moves[id]
    return found
