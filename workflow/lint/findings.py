"""What the linter says of one place in a definition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workflow.files.reading import Where


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule of the linter says of one place in a definition.

    An `error` cannot be meant, a `warning` may be. `Parsed.line` gives the line of `where`.
    """

    severity: Literal["error", "warning"]
    rule: str
    where: Where
    message: str
