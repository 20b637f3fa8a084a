"""The names that definitions may call upon, gathered from the subjects' closed registries."""

from __future__ import annotations

from collections.abc import Mapping

from workflow.engine.procedure import Procedure
from workflow.files.parsing import CallableNames, Vocabulary
from workflow.model.roles import ROLES
from workflow.services.procedures import PROCEDURES


def vocabulary(procedures: Mapping[str, Procedure] = PROCEDURES) -> Vocabulary:
    """What the shipped files and an office's own are held against when they are read."""
    return Vocabulary(
        roles=frozenset(ROLES),
        subjects={subject: _callable(procedure) for subject, procedure in procedures.items()},
    )


def _callable(procedure: Procedure) -> CallableNames:
    registry = procedure.registry
    return CallableNames(
        relations=frozenset(registry.relations),
        guards=frozenset(registry.guards),
        effects=frozenset(registry.effects),
        predicates=frozenset(registry.predicates),
        warnings=frozenset(registry.warnings),
        doubts=frozenset(registry.doubts),
        notices=frozenset(procedure.caused),
    )


def roles_of_relations(procedures: Mapping[str, Procedure] = PROCEDURES) -> Mapping[str, tuple[str, ...]]:
    """The roles through which each relation can be filled: an office should hold one of them."""
    registries = (procedure.registry for procedure in procedures.values())
    return {name: each.roles for registry in registries for name, each in registry.relations.items()}
