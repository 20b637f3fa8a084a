"""The names that definitions may call upon, gathered from the subjects' closed registries."""

from __future__ import annotations

from collections.abc import Mapping

from workflow.engine.procedure import Procedure
from workflow.files.parsing import Vocabulary
from workflow.model.roles import ROLES
from workflow.services.procedures import PROCEDURES


def vocabulary(procedures: Mapping[str, Procedure] = PROCEDURES) -> Vocabulary:
    """What the shipped files and an office's own are held against when they are read."""
    registries = [procedure.registry for procedure in procedures.values()]
    return Vocabulary(
        relations=frozenset(name for registry in registries for name in registry.relations),
        roles=frozenset(ROLES),
        guards=frozenset(name for registry in registries for name in registry.guards),
        effects=frozenset(name for registry in registries for name in registry.effects),
        predicates=frozenset(name for registry in registries for name in registry.predicates),
        warnings=frozenset(name for registry in registries for name in registry.warnings),
        notices=frozenset(kind for each in procedures.values() for kind in each.caused),
    )


def roles_of_relations(procedures: Mapping[str, Procedure] = PROCEDURES) -> Mapping[str, tuple[str, ...]]:
    """The roles through which each relation can be filled: an office should hold one of them."""
    registries = (procedure.registry for procedure in procedures.values())
    return {name: each.roles for registry in registries for name, each in registry.relations.items()}
