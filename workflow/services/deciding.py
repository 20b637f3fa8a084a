"""What comes with the acts on award decisions, in their transactions: events of the dossiers of their lines,
and of the decision that another one changes (flows.md §4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from workflow.engine.procedure import Caused
from workflow.model.award_decisions import (
    AMEND,
    REPLACE,
    REVOKE,
    AwardDecision,
    DecisionLine,
    line_refs,
)
from workflow.model.corrections import AGREE, FOLLOW, PROPOSE, RESTATE, followed
from workflow.model.decision import Decision
from workflow.model.dossiers import Dossier
from workflow.model.facts import Facts, Item, Key
from workflow.model.money import dotted
from workflow.model.sums import Peer, counting
from workflow.model.wording import date_with_weekday_vi
from workflow.rules.decision_lines import TOUCHED
from workflow.rules.gathering import Described, described_by
from workflow.rules.line_inputs import lines_of
from workflow.rules.not_an_input import NotAnInput

if TYPE_CHECKING:  # the names of what may follow are read with the definitions, without `transitions`
    from workflow.engine.case import Case
    from workflow.engine.ports import Reads, Unit
    from workflow.model.definition import Machine
    from workflow.model.wording import Value

WITH_DOSSIERS = ("submit", "drop_line", "sign", "issue", PROPOSE, AGREE)
"""The events that come to all dossiers of the decision's lines."""
WITH_CHANGED = ("add", "submit", "issue", AGREE)
"""Those of a decision that changes another, which look at that one."""
LATER: Mapping[str, str] = {AMEND: "amend", REPLACE: "replace", REVOKE: "revoke"}
"""What a decision of that kind does to the one that it changes, once it is issued."""


# -- what is read ----------------------------------------------------------------------------------------


def touched(_reads: Reads, item: Item, event: str, words: Mapping[str, str]) -> tuple[Key, ...]:
    """The dossiers of the lines that the event is about, and the decision that this one changes."""
    details = AwardDecision.of(item)
    refs = set(details.dossiers) if event in WITH_DOSSIERS else set[str]()
    if event in ("add", "join", "rectify"):
        refs |= _named(words)
    if event in WITH_CHANGED and details.changes:
        refs.add(details.changes)
    return tuple(item.key._replace(ref=ref) for ref in sorted(refs))


def _named(words: Mapping[str, str]) -> set[str]:
    try:
        return {*line_refs(lines_of(words.get("lines", "")))}
    except NotAnInput:  # reading the inputs says what a line is
        return set()


def decisions(reads: Reads, item: Item, _machine: Machine, _words: Mapping[str, str]) -> tuple[Item, ...]:
    return reads.decisions(item.key.year)


def peers(reads: Reads, item: Item, _machine: Machine, _words: Mapping[str, str]) -> tuple[Peer, ...]:
    """The decision's own lines and those of other decisions for the period, as far as their names stand."""
    return tuple(peers_of(reads, item, AwardDecision.of(item).lines))


def peers_of(reads: Reads, item: Item, lines: Iterable[DecisionLine]) -> Iterator[Peer]:
    """The same for these lines of the decision."""
    details, key = AwardDecision.of(item), item.key
    others = (each for each in reads.decisions(key.year) if each.key != key and each.key.year == key.year)
    found = [(line, details.type, True) for line in lines]
    found += [(line, type, False) for line, type in counting(others, details.period)]
    said: dict[str, Mapping[int, Described]] = {}
    for line, type, own in found:
        if line.dossier not in said:
            said[line.dossier] = described_by(reads.words(key._replace(ref=line.dossier)))
        words = said[line.dossier].get(line.line)
        if words is not None and words.name:
            yield Peer(line, type, own, words.name, words.born, words.unit, line.body or None)


# -- what is told with it ---------------------------------------------------------------------------------


def given(unit: Unit, decision: Decision, facts: Facts, case: Case) -> Mapping[str, Value]:
    """For whoever confirms the money what is left of the fund; for the signer the nearest date of its own
    terms and of its dossiers'."""
    item, event = decision.item, decision.entry.event
    if event == "add" and item.owners != facts.item.owners:
        left = unit.fund_left(case.today.year)
        return {"con_lai_quy": None if left is None else f"{dotted(left)} đồng"}
    if event == "submit":
        touched: tuple[Item, ...] = facts.beside.get(TOUCHED, ())
        own = [each for each in touched if isinstance(each.details, Dossier)]
        terms = (term for each in (item, *own) for term in each.terms)
        days = [term.due for term in terms if term.runs and term.due is not None]
        return {"han": date_with_weekday_vi(min(days)) if days else None}
    return {}


# -- a line that is withdrawn from its dossier -------------------------------------------------------------

WITHDRAWING = ("withdraw_line", "withdraw")
"""The events of a dossier by which lines leave the drafts that list them."""


def dossier_touched(reads: Reads, item: Item, event: str, _words: Mapping[str, str]) -> tuple[Key, ...]:
    """The drafts that list lines of the dossier."""
    if event not in WITHDRAWING:
        return ()
    return tuple(
        each.key
        for each in reads.decisions(item.key.year)
        if (each.key.year, each.state) == (item.key.year, "drafted") and _listed(item.key.ref, each)
    )


def _listed(ref: str, decision: Item) -> tuple[DecisionLine, ...]:
    return tuple(line for line in AwardDecision.of(decision).standing if line.dossier == ref)


def dossier_caused(_unit: Unit, decision: Decision, facts: Facts, _case: Case) -> tuple[Caused, ...]:
    """That the drafts lose the lines that came to their end."""
    if decision.entry.event not in WITHDRAWING:
        return ()
    touched: tuple[Item, ...] = facts.beside.get(TOUCHED, ())
    final = {line.no for line in Dossier.of(decision.item).nominees if line.final}
    found = (
        (each.key, [line.ref for line in _listed(decision.item.key.ref, each) if line.line in final])
        for each in touched
        if isinstance(each.details, AwardDecision)
    )
    return tuple(Caused(key, "lines_out", {"lines": ",".join(lines)}) for key, lines in found if lines)


# -- what comes with it ----------------------------------------------------------------------------------


def causes(unit: Unit, decision: Decision, facts: Facts, case: Case) -> tuple[Caused, ...]:
    """What the event does to the dossiers, and to the decision that this one changes."""
    return tuple(_causes(unit, decision, facts, case))


def _causes(unit: Unit, decision: Decision, facts: Facts, case: Case) -> Iterator[Caused]:
    before, after = AwardDecision.of(facts.item), AwardDecision.of(decision.item)
    key, event = decision.item.key, decision.entry.event
    of_dossier = _Coming(key)
    if event == AGREE:
        yield from _corrected(unit, key, before, after)
        return
    if event == "rectify":
        yield from _rectified(of_dossier, decision)
        return
    if before.kind == REVOKE:
        if event == "issue":
            said = {**_numbered(after), "ground": str(after.ground)}
            yield from of_dossier.all(after.standing, "annul", said)
            yield _later(key, after)
        return
    # What the changed decision awarded already is carried, with its sum.
    new = [line for line in after.standing if (was := before.line(line.ref)) and was.amount is None]
    if event == "submit":
        reason = next((text.value for text in decision.entry.texts if text.field == "reason"), None)
        said = {"paper_date": str(after.to_trinh_on), **({"reason": reason} if reason else {})}
        yield from of_dossier.all(new, "to_sign", said)
    elif event == "sign":
        said = {
            "signer": after.signer,
            "paper_number": str(after.to_trinh_no),
            "paper_date": str(after.to_trinh_on),
        }
        touched: tuple[Item, ...] = facts.beside.get(TOUCHED, ())
        for ref, nos in line_refs(line.ref for line in new).items():
            lines = next(Dossier.of(each).nominees for each in touched if each.key.ref == ref)
            approved = ",".join(str(line.no) for line in lines if line.no in nos and line.approved)
            kept = {"approved_before": approved} if approved else {}
            named = {"nominee": ",".join(map(str, nos))}
            yield of_dossier.one(ref, "approve_signed", {**said, **named, **kept})
    elif event == "drop_line":
        gone = [line for line in after.lines if (was := before.line(line.ref)) and was.state != line.state]
        reason = next(text.value for text in decision.entry.texts if text.field == "reason")
        yield from of_dossier.all(gone, "not_awarded", {"reason": reason})
    elif event == "issue":
        yield from of_dossier.all(new, "award", {**_numbered(after), "signer": after.signer})
        if after.changes:
            yield from _restated(unit, of_dossier, decision.item)
            yield _later(key, after)


class _Coming:
    """The events that come to the dossiers of a decision's lines; lives as long as the act."""

    def __init__(self, key: Key) -> None:
        self._key = key

    def all(self, lines: Iterable[DecisionLine], event: str, said: Mapping[str, str]) -> Iterator[Caused]:
        for ref, nos in line_refs(line.ref for line in lines).items():
            yield self.one(ref, event, {**said, "nominee": ",".join(map(str, nos))})

    def one(self, ref: str, event: str, said: Mapping[str, str]) -> Caused:
        return Caused(self._key._replace(ref=ref), event, {"decision": self._key.ref, **said})


def _numbered(details: AwardDecision) -> Mapping[str, str]:
    return {"decision_number": str(details.number), "decision_date": str(details.issued_on)}


def _restated(unit: Unit, of_dossier: _Coming, item: Item) -> Iterator[Caused]:
    """The words that the decision states anew come to the lines that they are about."""
    details = AwardDecision.of(item)
    said: dict[int, dict[str, str]] = {}
    for word in unit.words(item.key):
        if word.line:
            said.setdefault(word.line, {})[word.field] = word.value
    for line in details.standing:
        if words := said.get(line.no):
            said_now = {**_numbered(details), **words, "nominee": str(line.line)}
            yield of_dossier.one(line.dossier, RESTATE, said_now)


def _rectified(of_dossier: _Coming, decision: Decision) -> Iterator[Caused]:
    """The tone marks that a letter puts right come to the line that they are about."""
    entry, lines = decision.entry, decision.entry.inputs.get("lines")
    words = {text.field: text.value for text in entry.texts if text.field in ("name", "unit")}
    if words and isinstance(lines, list):
        paper = {name: str(entry.inputs[name]) for name in ("paper_number", "paper_date")}
        dossier, _stroke, no = str(lines[0]).partition("/")
        yield of_dossier.one(dossier, RESTATE, {**paper, **words, "nominee": no})


def _corrected(unit: Unit, key: Key, before: AwardDecision, after: AwardDecision) -> Iterator[Caused]:
    """What is corrected of its paper comes to whatever recorded that: the dossiers of its lines, also of
    those that are replaced or annulled since, and the decision that it changes."""
    was, now = before.paper, after.paper
    said = {name: value for name, value in now.items() if value != was.get(name)}
    if not said:
        return
    said |= {"decision": key.ref}
    if after.changes and not said.keys().isdisjoint(_numbered(after)):
        own = {name: value for name, value in said.items() if name in (*_numbered(after), "decision")}
        yield Caused(key._replace(ref=after.changes), FOLLOW, own)
    old = {"was_number": before.number, "was_date": before.issued_on}
    said |= {name: str(value) for name, value in old.items() if value is not None}
    for ref, nos in line_refs(line.ref for line in after.lines).items():
        if followed(unit.recorded(key._replace(ref=ref)), said):
            yield Caused(key._replace(ref=ref), FOLLOW, {**said, "nominee": ",".join(map(str, nos))})


def _later(key: Key, details: AwardDecision) -> Caused:
    """What it does to the decision that it changes."""
    lines = ",".join(line.ref for line in details.standing)
    said = {**_numbered(details), "by": key.ref, **({"lines": lines} if lines else {})}
    return Caused(key._replace(ref=str(details.changes)), LATER[details.kind], said)
