"""The closed registries' names as one value, against which definition files are read."""

from __future__ import annotations

from workflow.effects import EFFECTS
from workflow.guards import GUARDS, PREDICATES
from workflow.parsing import Vocabulary
from workflow.roles import RELATIONS, ROLES


def vocabulary() -> Vocabulary:
    """Every name that a definition may call upon."""
    return Vocabulary(
        relations=frozenset(RELATIONS),
        roles=frozenset(ROLES),
        guards=frozenset(GUARDS),
        effects=frozenset(EFFECTS),
        predicates=frozenset(PREDICATES),
    )
