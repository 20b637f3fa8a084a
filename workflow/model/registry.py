"""What a machine's definition may call upon by name: the types of the closed registries, one of each subject.

The functions stand in `workflow.rules` (relations beside their subject's details, since looking asks for them
too); `workflow.services.procedures` gathers them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from workflow.model.decision import Reason, Reword
from workflow.model.facts import Item, Plain
from workflow.model.roles import Relation
from workflow.model.text import Param

if TYPE_CHECKING:  # a context bears the registry in which its machine's calls are looked up
    from workflow.model.context import Context

    Predicate = Callable[[Context, Mapping[str, Param]], bool]

Params = Mapping[str, Param]


@dataclass(frozen=True, slots=True)
class Guard:
    """`check` answers with the reason against the event, or None. All guards of an event are evaluated, so
    that a refusal is complete.

    It `needs` facts beside the item, and thereby the row whose lock protects them. `of_persons`: it asks who
    acts, in person and in whose name, and nothing of the event's inputs. `of_doer`: it keeps the event for
    whoever did what that takes back, which bars nobody from going on with the item.
    """

    check: Callable[[Context, Params], Reason | None]
    needs: tuple[str, ...] = ()
    of_persons: bool = False
    of_doer: bool = False


@dataclass(frozen=True, slots=True)
class Warned:
    """`check` answers with all that is to be told beside an event that stands, or, where it is a doubt, with
    all that somebody must confirm before it stands."""

    check: Callable[[Context, Params], tuple[Reason, ...]]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """`apply` takes the item as it will be, and returns it changed; it is pure.

    `line` tells which of the item's numbered lines the event's free texts describe, where they do: all of
    them, or with `beside` only those, which displace nothing yet. `rewords` are words of lines that others
    displace now. `found` tells which lines it changes where nobody named them, so that the entry does; `says`
    is what else the entry has beside the inputs that were typed.
    """

    apply: Callable[[Context, Item, Params], Item]
    line: Callable[[Context, Item], int | None] | None = None
    beside: frozenset[str] = frozenset()
    rewords: Callable[[Context], tuple[Reword, ...]] | None = None
    found: Callable[[Context], tuple[int, ...]] | None = None
    says: Callable[[Context], Mapping[str, Plain]] | None = None


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Registry:
    """The closed registry of one subject, or a part of it: `COMMON | of_tasks` is a whole one."""

    relations: Mapping[str, Relation] = field(default_factory=_nothing)
    guards: Mapping[str, Guard] = field(default_factory=_nothing)
    warnings: Mapping[str, Warned] = field(default_factory=_nothing)
    doubts: Mapping[str, Warned] = field(default_factory=_nothing)
    predicates: Mapping[str, Predicate] = field(default_factory=_nothing)
    effects: Mapping[str, Effect] = field(default_factory=_nothing)

    def __or__(self, other: Registry) -> Registry:
        parts = (each.name for each in fields(self))
        return Registry(
            **{name: MappingProxyType({**getattr(self, name), **getattr(other, name)}) for name in parts}
        )
