"""Later awards that rest on what a decision annuls, told with its issue (flows.md §4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from workflow.model.achievements import Achievement, Source
from workflow.model.award_decisions import REVOKE, AwardDecision
from workflow.model.decision import Decision, NoticeDraft, Reason
from workflow.model.dossiers import Dossier
from workflow.model.facts import Facts, Item, Key
from workflow.model.text import Text
from workflow.notices.records import resting_notices
from workflow.rules.eligibility import packs_for
from workflow.rules.gathering import ByName, Gathering, described_by
from workflow.rules.known import listed_of, title_label
from workflow.rules.resting import resting

if TYPE_CHECKING:  # the names of what may follow are read with the definitions, without `transitions`
    from workflow.engine.case import Case
    from workflow.engine.ports import Unit


class Rests(NamedTuple):
    """A line that rests on an annulled award, by its reference as people read it."""

    ref: str
    title: Text


def resting_notified(unit: Unit, decision: Decision, _facts: Facts, case: Case) -> tuple[NoticeDraft, ...]:
    """To the standing member: which lines are to be looked at."""
    return resting_notices([each.ref for each in _found(unit, decision, case)], case)


def resting_told(unit: Unit, decision: Decision, _facts: Facts, case: Case) -> tuple[Reason, ...]:
    return tuple(
        Reason("resting", {"so": each.ref, "danh_hieu": each.title}) for each in _found(unit, decision, case)
    )


def _found(unit: Unit, decision: Decision, case: Case) -> Iterator[Rests]:
    details, key = AwardDecision.of(decision.item), decision.item.key
    if decision.entry.event != "issue" or details.kind != REVOKE or details.issued_on is None:
        return
    gone = {Source(key.year, line.dossier, line.line) for line in details.standing}
    names: list[str] = []
    for ref in details.dossiers:
        said = described_by(unit.words(key._replace(ref=ref)))
        names += (
            words.name for no, words in said.items() if words.name and Source(key.year, ref, no) in gone
        )
    records = _without(unit.records_of(names), gone, details.issued_on)
    own = (record.source for those in records.values() for record in those if record.source)
    for year, ref in sorted({(source.year, source.ref) for source in own}):
        yield from _of_dossier(unit, Key(key.office, year, ref), records, gone, case)


def _without(records: ByName, gone: set[Source], day: date) -> ByName:
    """The records once these awards are annulled."""

    def annulled(record: Achievement) -> Achievement:
        return record._replace(revoked_on=day) if record.source in gone else record

    return {key: tuple(map(annulled, those)) for key, those in records.items()}


def _annulled(item: Item, gone: set[Source]) -> Dossier:
    """The dossier once these awards are annulled."""
    dossier, key = Dossier.of(item), item.key
    return replace(
        dossier,
        nominees=tuple(
            line._replace(outcome="revoked") if Source(key.year, key.ref, line.no) in gone else line
            for line in dossier.nominees
        ),
    )


def _of_dossier(unit: Unit, key: Key, records: ByName, gone: set[Source], case: Case) -> Iterator[Rests]:
    item = unit.seen(key)
    if item is None:
        return
    setting, dossier = case.setting.of(item), _annulled(item, gone)
    gathering = Gathering(dossier, described_by(unit.words(key)), records, setting.office)
    listed = listed_of(dossier, year=key.year, ref=key.ref)
    for no in resting(dossier, gathering, listed, packs_for(setting.rules, setting.laws, setting.today)):
        line = dossier.nominee(no)
        if line is not None and Source(key.year, key.ref, no) not in gone:
            yield Rests(f"{case.setting.ref(key)}/{no}", title_label(setting.rules, line.title))
