"""The names that definitions may call upon, gathered from the closed registries for the parser."""

from __future__ import annotations

from workflow.files.parsing import Vocabulary
from workflow.model.roles import RELATIONS, ROLES
from workflow.notices.deadline import CAUSED
from workflow.rules.effects import EFFECTS
from workflow.rules.guards import GUARDS, PREDICATES, WARNINGS


def vocabulary() -> Vocabulary:
    """What the shipped files and an office's own are held against when they are read."""
    return Vocabulary(
        relations=frozenset(RELATIONS),
        roles=frozenset(ROLES),
        guards=frozenset(GUARDS),
        effects=frozenset(EFFECTS),
        predicates=frozenset(PREDICATES),
        warnings=frozenset(WARNINGS),
        notices=frozenset(CAUSED),
    )
