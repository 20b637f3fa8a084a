"""The dossiers that a list's lines make: one for each level that decides and each path of review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from exchange.lists.values import Line, ProposedDossier
from workflow.model.definition import RulePack

LEVELS = ("commune", "province", "government")


def path_of(line: Line, rules: RulePack, type: str) -> str | None:
    """None where it hangs on a type of commendation that the list does not name."""
    way = rules.way(line.title, type) if line.title else None
    return way.path if way else None


def propose(lines: Iterable[Line], rules: RulePack, type: str) -> tuple[ProposedDossier, ...]:
    """From the commune's level upwards; lines without a title, and duplicates, go into none."""
    found: dict[tuple[str, str | None], Counter[str]] = {}
    for line in lines:
        if line.title and line.level and line.duplicate_of is None:
            titles = found.setdefault((line.level, path_of(line, rules, type)), Counter())
            titles[line.title] += 1
    ordered = sorted(found, key=lambda each: (LEVELS.index(each[0]), each[1] or ""))
    return tuple(ProposedDossier(level, path, dict(found[level, path])) for level, path in ordered)
