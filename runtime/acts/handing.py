"""What is recorded of the certificates of issued decisions: their numbers in the register of awards (số sổ),
when they were handed over at a ceremony, and when one came back.

Each is an act on one decision under its lock, for many of its lines at once: all of them or none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from runtime.acts.acting import Acting, Done
from runtime.acts.paying import DayToCome, NoSuchLine, NotIssued, PaidTooEarly, decision_meant
from storage import payments
from storage.unit import UnitOfWork
from workflow.model.award_decisions import AWARDING, IN, REVOKED, AwardDecision, DecisionLine
from workflow.model.certificates import Certificate
from workflow.model.decision import EntryDraft
from workflow.model.errors import TdktError, UnknownReference
from workflow.model.facts import Item, Key, Plain
from workflow.model.payments import PUT_OUT
from workflow.rules.inputs import option_read
from workflow.rules.line_inputs import lines_of


class NoCertificate(TdktError):
    """{danh_sach} get no certificate, which their title does not have."""

    code = "without_certificate"


class NumberInRegister(TdktError):
    """{dong} of {ref} has number {so} of the register; begin after the last one (tdkt certificate list)."""

    code = "number_in_register"


class NotHandedOver(TdktError):
    """{danh_sach} were not handed over; record that first (tdkt certificate hand {ref})."""

    code = "not_handed_over"


class Handed(NamedTuple):
    """Certificates of one decision as they are kept, or would be."""

    key: Key
    certificates: tuple[Certificate, ...]


def number(
    acting: Acting, ref: str, typed: str | None, *, first: int | None, role: str, dry_run: bool = False
) -> Handed:
    """Gives the certificates numbers from `first` on, in the order of the decision's papers; None takes them
    away. Raises NoCertificate, NumberInRegister and what `_with` does."""

    def work(unit: UnitOfWork, item: Item, chosen: Sequence[Certificate], named: bool) -> list[Certificate]:
        able = _able(acting, item)
        without = [_ref(each) for each in chosen if _ref(each) not in able]
        if without and (named or len(without) == len(chosen)):
            raise NoCertificate(danh_sach=", ".join(without))
        own = [each for each in chosen if _ref(each) in able]
        if first is None:
            return [each._replace(register_no=None) for each in own]
        given = [each._replace(register_no=str(no)) for no, each in enumerate(own, first)]
        _free(acting, unit, item, given)
        return given

    said: dict[str, Plain] = {"first": first} if first is not None else {}
    return _with(acting, ref, typed, work, "number_certificates", said, role=role, dry_run=dry_run)


def hand(
    acting: Acting, ref: str, typed: str | None, *, on: date | None, role: str, dry_run: bool = False
) -> Handed:
    """Keeps the day of the ceremony; None takes it away. Raises DayToCome, PaidTooEarly and as `_with`."""
    return _dated(acting, ref, typed, "handed_on", "hand_over", on, role=role, dry_run=dry_run)


def take_back(
    acting: Acting, ref: str, typed: str | None, *, on: date | None, role: str, dry_run: bool = False
) -> Handed:
    """Keeps the day on which certificates came back; None takes it away. Raises NotHandedOver beside what
    `hand` does."""
    return _dated(acting, ref, typed, "returned_on", "return_certificates", on, role=role, dry_run=dry_run)


def _dated(
    acting: Acting,
    ref: str,
    typed: str | None,
    field: str,
    event: str,
    on: date | None,
    *,
    role: str,
    dry_run: bool,
) -> Handed:
    if on is not None and on > acting.today:
        raise DayToCome(ngay=on)

    def work(_unit: UnitOfWork, item: Item, chosen: Sequence[Certificate], _named: bool) -> list[Certificate]:
        issued = AwardDecision.of(item).issued_on
        if on is not None and issued is not None and on < issued:
            raise PaidTooEarly(ngay=on, ref=acting.ref(item.key), tu=issued)
        missing = [_ref(each) for each in chosen if each.handed_on is None]
        if field == "returned_on" and missing:
            raise NotHandedOver(danh_sach=", ".join(missing), ref=acting.ref(item.key))
        changes: Mapping[str, date | None] = {field: on}
        return [each._replace(**changes) for each in chosen]  # type: ignore[arg-type]

    said: dict[str, Plain] = {"on": on.isoformat()} if on else {}
    return _with(acting, ref, typed, work, event, said, role=role, dry_run=dry_run)


def _with(
    acting: Acting,
    ref: str,
    typed: str | None,
    work: Callable[[UnitOfWork, Item, Sequence[Certificate], bool], list[Certificate]],
    event: str,
    said: Mapping[str, Plain],
    *,
    role: str,
    dry_run: bool,
) -> Handed:
    """Does the work on the lines `typed`, or on all of the decision that count, under its lock. Raises
    NotADecision, NotIssued, NoSuchLine, UnknownReference, InputMistakes."""
    named = option_read(lines_of, event, "lines", typed, like="D0001/1,D0002/3") if typed else ()
    key = decision_meant(acting, ref)

    def locked(unit: UnitOfWork) -> Done[Handed]:
        item = unit.lock(key)
        if item is None:
            raise UnknownReference(ref=acting.ref(key))
        unit.lock_office()
        states = (IN, REVOKED) if named or event == "return_certificates" else (IN,)
        chosen = _chosen(acting, item, named, payments.certificates(unit, key), states=states)
        changed = [each for each in work(unit, item, chosen, bool(named)) if each not in chosen]
        if changed:
            lines: list[Plain] = [_ref(each) for each in changed]
            entry = _keep(acting, unit, item, event, {"lines": lines, **said}, role=role)
            payments.keep_certificates(unit, changed, entry=entry)
        return Done(Handed(key, tuple(changed)), written=bool(changed))

    return acting.act(locked, dry_run=dry_run)


def _chosen(
    acting: Acting, item: Item, named: Sequence[str], kept: Sequence[Certificate], *, states: Sequence[str]
) -> list[Certificate]:
    """The lines that are named, or all in these states, in the order of the decision's papers."""
    details, key = AwardDecision.of(item), item.key
    if item.state not in PUT_OUT or details.kind not in AWARDING:
        raise NotIssued(ref=acting.ref(key))
    standing = {each.ref: each for each in details.lines if each.state in states}
    for ref in named:
        if ref not in standing:
            raise NoSuchLine(ref=acting.ref(key), so=ref)
    found = {_ref(each): each for each in kept}
    return [
        found.get(line.ref, Certificate(key.year, key.ref, line.dossier, line.line))
        for line in standing.values()
        if line.ref in named or not named
    ]


def _ref(each: Certificate) -> str:
    return f"{each.dossier}/{each.line}"


def _place(each: Certificate) -> tuple[str, str, int]:
    return each.ref, each.dossier, each.line


def _able(acting: Acting, item: Item) -> set[str]:
    """The lines whose title has a certificate."""
    rules = acting.setting.of(item).rules

    def has(line: DecisionLine) -> bool:
        title = rules.title(line.title)
        return title is not None and title.certificate is not None

    return {line.ref for line in AwardDecision.of(item).lines if has(line)}


def _free(acting: Acting, unit: UnitOfWork, item: Item, given: Sequence[Certificate]) -> None:
    """Each number stands once in the register of a year."""
    taken, own = payments.register_numbers(unit, item.key.year), {_place(each) for each in given}
    for each in given:
        place = taken.get(str(each.register_no))
        if place is not None and place not in own:
            ref, dossier, line = place
            raise NumberInRegister(
                so=each.register_no, ref=acting.ref(item.key._replace(ref=ref)), dong=f"{dossier}/{line}"
            )


def _keep(
    acting: Acting, unit: UnitOfWork, item: Item, event: str, facts: Mapping[str, Plain], *, role: str
) -> str:
    actor, state = acting.actor, item.state
    entry = EntryDraft(event, actor.account, role, state, state, acting_for=actor.acting_for, inputs=facts)
    return unit.record_act(entry, log=item.key.year, key=item.key)
