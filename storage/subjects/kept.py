"""The subjects whose items a database keeps."""

from __future__ import annotations

from storage.subjects.award_decision import AWARD_DECISION
from storage.subjects.details import Kept
from storage.subjects.dossier import DOSSIER
from storage.subjects.session import SESSION
from storage.subjects.task import TASK

KEPT = Kept(TASK, DOSSIER, SESSION, AWARD_DECISION)
