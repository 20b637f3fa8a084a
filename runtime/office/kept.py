"""What a service keeps from one opening of an office to the next: compiled statements and read definitions.

Nothing kept here ever changes; what an office adopts or sets is read anew each time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from storage.hot import Hot
from workflow.engine.machine import RunnableMachine
from workflow.files.compiled import from_json
from workflow.model.definition import Definition, Machine
from workflow.services.procedures import PROCEDURES


@dataclass(frozen=True, slots=True)
class OfficeCache:
    """What is kept for one database; used for any number of its offices, one after the other or at once."""

    hot: dict[str, Hot] = field(default_factory=dict)
    read: dict[str, Any] = field(default_factory=dict)
    """Definitions as looking reads them, by the stored text."""
    _definitions: dict[str, Definition] = field(default_factory=dict)
    _machines: dict[tuple[str, str], RunnableMachine] = field(default_factory=dict)

    def definition(self, compiled: str) -> Definition:
        """The definition that the stored text says."""
        found = self._definitions.get(compiled)
        if found is None:
            found = self._definitions[compiled] = from_json(compiled)
        return found

    def machine(self, compiled: str, *, digest: str) -> RunnableMachine:
        """The machine that the stored text says, ready to run."""
        found = self._machines.get((digest, compiled))
        if found is None:
            definition = self.definition(compiled)
            assert isinstance(definition, Machine)
            found = self._machines[digest, compiled] = RunnableMachine(
                definition, digest=digest, procedures=PROCEDURES
            )
        return found
