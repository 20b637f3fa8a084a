"""The subjects that there are, each with how its items go."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from workflow.engine.procedure import Caused, Procedure
from workflow.model import subjects
from workflow.model.achievements import Achievement, name_key
from workflow.model.attachments import DIGEST
from workflow.model.dossiers import Dossier, period_of
from workflow.model.tasks import DoneRow, Task, done_before
from workflow.notices import award_decisions, corrected, dossiers, sessions, tasks
from workflow.rules.agenda import AGENDA
from workflow.rules.appraisal import APPRAISAL
from workflow.rules.attaching import ATTACHING, FILE
from workflow.rules.award_decisions import AWARD_DECISIONS
from workflow.rules.common import COMMON
from workflow.rules.concluding import CONCLUDING
from workflow.rules.corrections import CORRECTIONS
from workflow.rules.counting import COUNTING
from workflow.rules.decided import DECIDED
from workflow.rules.decision_issue import DECISION_ISSUE, PEERS
from workflow.rules.decision_lines import DECISION_LINES, DECISIONS
from workflow.rules.dossiers import DOSSIERS
from workflow.rules.gathering import described_by, names_of
from workflow.rules.in_session import IN_SESSION
from workflow.rules.meeting import MEETING
from workflow.rules.opinions import OPINIONS
from workflow.rules.outcomes import OUTCOMES
from workflow.rules.paths import PATHS
from workflow.rules.pending import PENDING
from workflow.rules.persons import PERSONS
from workflow.rules.plausible import OF_DOSSIERS, OF_PAPERS, OF_TASKS
from workflow.rules.splitting import SPLITTING
from workflow.rules.stored import STORED
from workflow.rules.tasks import TASKS
from workflow.rules.verdicts import VERDICTS
from workflow.rules.voting import VOTING
from workflow.rules.written import WRITTEN
from workflow.services import deciding
from workflow.services.achieving import awards_recorded
from workflow.services.carry import dossier_carried
from workflow.services.follow import dossier_moved, task_moved
from workflow.services.resting import resting_notified, resting_told
from workflow.services.sessions import dossier_causes, dossier_touches, session_causes, session_touches

if TYPE_CHECKING:
    from workflow.engine.case import Case
    from workflow.engine.ports import Reads, Unit
    from workflow.model.decision import Decision, Reason
    from workflow.model.definition import Machine
    from workflow.model.dossiers import DescribedLine, DossierState
    from workflow.model.facts import Facts, Item, Key
    from workflow.model.holding import Holder
    from workflow.model.movements import Movement
    from workflow.model.recorded import Recorded, Words
    from workflow.model.tasks import OpenTask

    Typed = Mapping[str, str]

RULES_OF_DOSSIERS = (
    DOSSIERS | PATHS | APPRAISAL | OUTCOMES | PENDING | OPINIONS | PERSONS | VERDICTS | ATTACHING
)


def _dossiers(reads: Reads, task: Item, _machine: Machine, _words: Typed) -> tuple[DossierState, ...]:
    return reads.dossiers_of(task.key)


def _quarter(reads: Reads, task: Item, machine: Machine, _words: Typed) -> tuple[OpenTask, ...]:
    """The open tasks of the task's quarter, where its kind comes after others; only then they warn."""
    kind = machine.kind(task.kind)
    follows = kind is not None and kind.after
    return reads.open_tasks(task.key.year, Task.of(task).quarter) if follows else ()


def _recorded(reads: Reads, item: Item, _machine: Machine, _words: Typed) -> tuple[Recorded, ...]:
    return reads.recorded(item.key)


def _done_before(reads: Reads, task: Item, machine: Machine, _words: Typed) -> tuple[DoneRow, ...]:
    """Completed rows of the plan before that are the same work, where the kind carries over."""
    kind = machine.kind(task.kind)
    if kind is None or not kind.carries_over:
        return ()
    return done_before(Task.of(task), reads.done_rows(task.key.year - 1, kind.id))


def _words(reads: Reads, item: Item, _machine: Machine, _words: Typed) -> tuple[Words, ...]:
    return reads.words(item.key)


def _records(reads: Reads, item: Item, _machine: Machine, _words: Typed) -> tuple[Achievement, ...]:
    """The records of everybody who is called like somebody on the list."""
    names = names_of(described_by(reads.words(item.key)))
    return tuple(record for records in reads.records_of(names).values() for record in records)


def _holders(reads: Reads, _item: Item, _machine: Machine, _words: Typed) -> tuple[Holder, ...]:
    return reads.holders()


def _movements(reads: Reads, _item: Item, _machine: Machine, _words: Typed) -> tuple[Movement, ...]:
    return reads.movements()


def _same_title(reads: Reads, item: Item, _machine: Machine, words: Typed) -> tuple[DescribedLine, ...]:
    """The lines with the title of the one that is added or edited; none where neither is said anew."""
    if words.keys().isdisjoint(("name", "title")):
        return ()
    dossier, no = Dossier.of(item), words.get("nominee", "").strip()
    line = dossier.nominee(int(no)) if no.isdecimal() else None
    title = words.get("title", "").strip() or (line.title if line else dossier.title)
    return reads.described_lines(period_of(item), title)


def _awards(reads: Reads, item: Item, _machine: Machine, words: Typed) -> tuple[Achievement, ...]:
    """What everybody of the line's name received, whoever they are."""
    no = words.get("nominee", "").strip()
    standing = (
        (word.value for word in reads.words(item.key) if (str(word.line), word.field) == (no, "name"))
        if no
        else ()
    )
    name = words.get("name", "").strip() or next(iter(standing), "")
    return reads.records_of([name]).get(name_key(name), ()) if name else ()


def _dossier_touches(reads: Reads, item: Item, event: str, words: Typed) -> tuple[Key, ...]:
    """The session that it waits for, and the drafts that list its lines."""
    in_session = dossier_touches(reads, item, event, words)
    return (*in_session, *deciding.dossier_touched(reads, item, event, words))


def _dossier_causes(unit: Unit, decision: Decision, facts: Facts, case: Case) -> tuple[Caused, ...]:
    in_session = dossier_causes(unit, decision, facts, case)
    return (*in_session, *deciding.dossier_caused(unit, decision, facts, case))


def _dossier_follows(unit: Unit, decision: Decision, facts: Facts, case: Case) -> tuple[Reason, ...]:
    told = dossier_moved(unit, decision, facts, case)
    return (*told, *awards_recorded(unit, decision, facts, case))


def _file(reads: Reads, _item: Item, _machine: Machine, words: Typed) -> tuple[int, ...]:
    """The size of the file that is attached, where it is kept."""
    digest = words.get("digest", "").strip().lower()
    size = reads.file_size(digest) if DIGEST.fullmatch(digest) else None
    return () if size is None else (size,)


PROCEDURES: Mapping[str, Procedure] = MappingProxyType(
    {
        procedure.subject.id: procedure
        for procedure in (
            Procedure(
                subjects.TASK,
                COMMON | CORRECTIONS | TASKS | OF_TASKS,
                reads=MappingProxyType(
                    {
                        "dossiers": _dossiers,
                        "quarter": _quarter,
                        "recorded": _recorded,
                        "done_before": _done_before,
                    }
                ),
                caused=MappingProxyType({**tasks.CAUSED, **corrected.CAUSED}),
                follows=task_moved,
            ),
            Procedure(
                subjects.DOSSIER,
                COMMON
                | CORRECTIONS
                | DOSSIERS
                | PATHS
                | APPRAISAL
                | OUTCOMES
                | PENDING
                | OPINIONS
                | SPLITTING
                | PERSONS
                | VERDICTS
                | ATTACHING
                | IN_SESSION
                | DECIDED
                | STORED
                | OF_DOSSIERS,
                reads=MappingProxyType(
                    {
                        "recorded": _recorded,
                        "words": _words,
                        "holders": _holders,
                        "movements": _movements,
                        "same_title": _same_title,
                        "awards": _awards,
                        "records": _records,
                        FILE: _file,
                        DECISIONS: deciding.decisions,
                    }
                ),
                caused=MappingProxyType({**dossiers.CAUSED, **corrected.CAUSED}),
                follows=_dossier_follows,
                carried=dossier_carried,
                touches=_dossier_touches,
                causes=_dossier_causes,
            ),
            Procedure(
                subjects.SESSION,
                COMMON | AGENDA | WRITTEN | MEETING | VOTING | COUNTING | CONCLUDING | OF_PAPERS,
                caused=sessions.CAUSED,
                touches=session_touches,
                causes=session_causes,
            ),
            Procedure(
                subjects.AWARD_DECISION,
                COMMON | CORRECTIONS | AWARD_DECISIONS | DECISION_LINES | DECISION_ISSUE | OF_PAPERS,
                reads=MappingProxyType(
                    {
                        "recorded": _recorded,
                        "words": _words,
                        DECISIONS: deciding.decisions,
                        PEERS: deciding.peers,
                    }
                ),
                caused=MappingProxyType({**award_decisions.CAUSED, **corrected.CAUSED}),
                touches=deciding.touched,
                causes=deciding.causes,
                follows=resting_told,
                tells=resting_notified,
                gives=deciding.given,
            ),
        )
    }
)
