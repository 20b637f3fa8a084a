"""The subjects that there are, each with how its items go."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflow.engine.procedure import Procedure
from workflow.rules.common import COMMON
from workflow.rules.dossiers import DOSSIERS
from workflow.rules.tasks import TASKS

PROCEDURES: Mapping[str, Procedure] = MappingProxyType(
    {"task": Procedure(COMMON | TASKS), "dossier": Procedure(COMMON | DOSSIERS)}
)
