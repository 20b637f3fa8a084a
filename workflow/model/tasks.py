"""Tasks, the rows of a plan: how accounts stand to one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflow.model.facts import Task
from workflow.model.roles import COMMON, Holding, Relation, Standing, heads, leading


def _reviewer(standing: Standing) -> tuple[Holding, ...]:
    """The council, through its standing member or secretary, where the row names it; else the head."""
    office = standing.office
    if office.council in Task.of(standing.item).bodies:
        return (
            Holding("standing_member", office.holding("standing_member")),
            Holding("secretary", office.holding("secretary")),
        )
    return (Holding("head", heads(office, leading(standing))),)


RELATIONS: Mapping[str, Relation] = MappingProxyType(
    {**COMMON, "reviewer": Relation(_reviewer, ("standing_member", "secretary", "head"))}
)
