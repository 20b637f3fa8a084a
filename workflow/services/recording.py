"""Keeps the decision by which the award of one dossier was recorded, in the transaction of that award."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from workflow.model.award_decisions import AwardDecision, DecisionLine, in_order
from workflow.model.context import Actor
from workflow.model.decision import Decision
from workflow.model.dossiers import Dossier, period_of
from workflow.model.facts import Facts, Item, Key
from workflow.model.roles import SYSTEM
from workflow.rules.decided import paper_recorded
from workflow.rules.decision_issue import PEERS
from workflow.rules.decision_lines import DECISIONS, TOUCHED, listed
from workflow.services.create import Creation, create
from workflow.services.deciding import peers_of
from workflow.services.judging import Advance, judge

if TYPE_CHECKING:  # the names of what may follow are read with the definitions, without `transitions`
    from workflow.engine.case import Case
    from workflow.engine.ports import Unit

SUBJECT = AwardDecision.subject


def keep_recorded(unit: Unit, decision: Decision, facts: Facts, case: Case) -> None:
    """Keeps the decision of an award that somebody recorded by hand: guards of the award have looked at what
    could speak against it."""
    machine = case.newest(SUBJECT)
    lines = tuple(_newly_awarded(facts.item, decision.item))
    if machine is None or not lines or decision.entry.actor == SYSTEM:
        return
    said = {name: str(value) for name, value in decision.entry.inputs.items() if name in RECORDED}
    said |= {"lines": ",".join(line.ref for line in lines)}
    key, others = decision.item.key, unit.decisions(decision.item.key.year)
    titles = frozenset(line.title for line in lines)
    standing = paper_recorded(others, key.year, decision.entry.inputs, titles)
    if standing is not None:
        _join(unit, standing.key, said, decision.item, case)
        return
    dossier = Dossier.of(decision.item)
    details = AwardDecision(
        "implicit", lines[0].title, period_of(decision.item), said["signer"], type=dossier.type
    )
    draft = Item(key._replace(ref="Q00"), machine.name, machine.digest, "none", 0, details)
    beside = {
        TOUCHED: (decision.item,),
        DECISIONS: others,
        PEERS: tuple(peers_of(unit, draft, lines)),
    }
    words = {**said, "drafted_by": decision.entry.actor}
    asked = Creation(machine, details, key.office, key.year, words=words, event="record", beside=beside)
    made = create(unit, asked, case.by(Actor(SYSTEM)))
    assert isinstance(made, Decision), made


RECORDED = ("decision_number", "decision_date", "signer", "funds_by")
"""The inputs of the award that its decision has too."""


def _newly_awarded(before: Item, after: Item) -> Iterator[DecisionLine]:
    """The lines that the event awarded, in the order of a decision."""
    was = {line.no: line.outcome for line in Dossier.of(before).nominees}
    found = (
        listed(after, line)
        for line in Dossier.of(after).nominees
        if line.outcome == "awarded_here" != was.get(line.no)
    )
    yield from in_order(found)


def _join(unit: Unit, key: Key, said: Mapping[str, str], dossier: Item, case: Case) -> None:
    """Further lines of a paper that was recorded before."""
    item = unit.lock(key)
    assert item is not None, key
    machine, by_system = case.machine(item), case.by(Actor(SYSTEM))
    words = {name: said[name] for name in ("decision_date", "lines")}
    lines = [listed(dossier, line) for line in Dossier.of(dossier).nominees]
    named = {*said["lines"].split(",")}
    beside = {
        TOUCHED: (dossier,),
        PEERS: tuple(peers_of(unit, item, [line for line in lines if line.ref in named])),
    }
    judged = judge(machine, Advance(key, "join", words), Facts(item, beside=beside), by_system)
    assert isinstance(judged.answer, Decision), judged.answer
    unit.write(judged.answer, open=machine.states[judged.answer.item.state].open)
