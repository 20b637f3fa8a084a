"""Between rows and the domain's values: expected dossiers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from storage.columns import EXPECTATION_READ
from workflow.model.expecting import Expectation


def expectation_of(row: Sequence[Any]) -> Expectation:
    return Expectation(**dict(zip(EXPECTATION_READ, row, strict=True)))


def expectation_columns(row: Expectation) -> dict[str, Any]:
    return {name: getattr(row, name) for name in EXPECTATION_READ}
