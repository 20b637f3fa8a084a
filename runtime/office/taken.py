"""What became of the dossiers that a list proposes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from runtime.office.results import Result
from workflow.services.intake import Listed, ListedDossier


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one proposed dossier: `listed` where it was done, else `refused` with the result."""

    asked: ListedDossier
    listed: Listed | None
    refused: Result | None = None


def any_refused(taken: Sequence[Taken]) -> bool:
    return any(each.refused for each in taken)


def any_changed(taken: Sequence[Taken]) -> bool:
    """Whether all are taken in and one of them is otherwise by it."""
    return not any_refused(taken) and any(each.listed and each.listed.changes.any for each in taken)
