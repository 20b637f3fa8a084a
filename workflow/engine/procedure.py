"""How items of one subject go, as one value: `workflow.services.procedures` has those that there are.

A further subject adds one of its own; nothing in the engine asks which subject an item is of.
"""

from __future__ import annotations

from dataclasses import dataclass

from workflow.model.registry import Registry


@dataclass(frozen=True, slots=True)
class Procedure:
    """`registry` is what the subject's machines may call upon."""

    registry: Registry
