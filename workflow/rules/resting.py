"""Which lines rest on an award that was annulled: a condition of theirs was met by it, and is no more.

They are flagged, never changed: somebody looks at them, and annuls them too where that is right (law
06/2022/QH15, art. 93.2; flows.md §4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workflow.model.achievements import AWARD, Achievement, Source
from workflow.model.definition import RulePack
from workflow.model.dossiers import Dossier, Nominee
from workflow.rules.eligibility import assess
from workflow.rules.gathering import Gathering
from workflow.rules.known import Known, Listed


def resting(
    dossier: Dossier, gathering: Gathering, listed: Listed, packs: Sequence[RulePack]
) -> Mapping[int, tuple[Achievement, ...]]:
    """By line, the annulled awards that it rests on; lines that rest on none are left out."""
    found = {
        line.no: _under(gathering.known(line), listed, packs) for line in dossier.nominees if _judged(line)
    }
    return {no: records for no, records in found.items() if records}


def _judged(line: Nominee) -> bool:
    """What is not appraised yet is judged by what is known then; what came to nothing rests on nothing."""
    return line.verdict == "met" and not line.came_to_nothing


def _under(known: Known, listed: Listed, packs: Sequence[RulePack]) -> tuple[Achievement, ...]:
    annulled = [each for each in known.records if each.kind == AWARD and each.revoked_on is not None]
    if not annulled:
        return ()
    now = assess(known, listed, packs)
    found: list[Achievement] = []
    for record in annulled:
        before = assess(_as_it_stood(known, listed, record), listed, packs)
        if before.verdict != now.verdict and any(
            was.verdict == "met" != answer.verdict
            for was, answer in zip(before.answers, now.answers, strict=True)
        ):
            found.append(record)
    return tuple(found)


def _as_it_stood(known: Known, listed: Listed, record: Achievement) -> Known:
    """What was known of the line before the award was annulled, which may be one of the dossier's own."""
    standing = record._replace(revoked_on=None, revoked_by=None)
    place = Source(listed.year, listed.ref, 0)
    return known._replace(
        records=tuple(standing if each is record else each for each in known.records),
        beside=tuple(
            line._replace(outcome="awarded_here") if record.source == place._replace(line=line.no) else line
            for line in known.beside
        ),
    )
