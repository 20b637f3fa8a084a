"""What the accountant records of the money of issued decisions: paid, recovered, carried into the fund of the
next year, and what of it was recorded wrongly.

Each is an act on one decision under its lock, for many of its lines at once: all of them or none. Who took
the money stands in erasable words of the entry.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from runtime.acts.acting import Acting, Done
from storage import funds, payments
from storage.unit import UnitOfWork
from workflow.model.award_decisions import AwardDecision
from workflow.model.decision import EntryDraft, FreeText
from workflow.model.errors import TdktError, UnknownReference, UsageMistake
from workflow.model.facts import Item, Key, Plain
from workflow.model.funds import FundBelowZero, sums_of
from workflow.model.money import dotted
from workflow.model.payments import CARRIED, PAID, PUT_OUT, RECOVERED, Account, Payment, accounts, line_key
from workflow.rules.inputs import option_read, parse_text
from workflow.rules.line_inputs import lines_of

EVENTS = {PAID: "pay", RECOVERED: "recover", CARRIED: "carry_over"}
"""What the log calls each kind of movement."""


class NotADecision(UsageMistake):
    """{ref} is no decision; name one like Q01 (tdkt decision list)."""

    code = "not_a_decision"


class NotIssued(TdktError):
    """{ref} is not issued, so nothing of it is paid; issue it first."""

    code = "decision_not_issued"


class NoSuchLine(UsageMistake):
    """{ref} has no line {so}; see tdkt show {ref}."""

    code = "no_such_line"


class NothingToPay(TdktError):
    """There is nothing to pay for {danh_sach}; see tdkt payment list {ref}."""

    code = "nothing_to_pay"


class NothingToRecover(TdktError):
    """There is nothing to recover of {danh_sach}; see tdkt payment list {ref}."""

    code = "nothing_to_recover"


class NothingToCarry(TdktError):
    """There is nothing to carry over of {danh_sach}: it is paid; see tdkt payment list {ref}."""

    code = "nothing_to_carry"


class PaidTooEarly(UsageMistake):
    """{ngay} is before {ref} was issued on {tu}; check the day."""

    code = "paid_too_early"


class DayToCome(UsageMistake):
    """{ngay} has not come yet; give the day on which it was paid."""

    code = "day_to_come"


class FundClosed(TdktError):
    """The fund of {nam} pays until {den}; carry it over first (tdkt payment carry {ref})."""

    code = "fund_closed"


class UnknownPayment(UsageMistake):
    """{ref} has no movement {so} that stands; see tdkt payment list {ref} --json."""

    code = "unknown_payment"


class RecoveredSince(TdktError):
    """What movement {so} paid was recovered since; take that back first (tdkt payment undo {ref} {m})."""

    code = "recovered_since"


class Moved(NamedTuple):
    """Movements of one decision as they are kept, or would be."""

    key: Key
    movements: tuple[Payment, ...]

    @property
    def total(self) -> int:
        return sum(each.amount for each in self.movements)


class Receiver(NamedTuple):
    """Who took the money, where it was not the one who is awarded, and by which paper in that one's place."""

    name: str | None = None
    paper: str | None = None

    @property
    def texts(self) -> tuple[FreeText, ...]:
        said = {"receiver": self.name, "proxy": self.paper}
        return tuple(FreeText(name, text) for name, text in said.items() if text)


SELF = Receiver()
"""Whoever is awarded."""


def receiver(name: str | None, paper: str | None) -> Receiver:
    """As it was typed. Raises InputMistakes."""

    def read(option: str, typed: str | None) -> str | None:
        return option_read(parse_text, "pay", option, typed, like="TEXT") if typed else None

    return Receiver(read("receiver", name), read("proxy", paper))


def move(
    acting: Acting,
    ref: str,
    typed: str | None,
    *,
    kind: str,
    on: date,
    way: str | None = None,
    to: Receiver = SELF,
    role: str,
    dry_run: bool = False,
) -> Moved:
    """Keeps movements of a kind for the lines `typed` (`D0001/1-3`), or for all of the decision that have
    something to be moved. Raises what stands above, and InputMistakes."""
    named = option_read(lines_of, "pay", "lines", typed, like="D0001/1,D0002/3") if typed else ()
    _not_ahead(acting, on)

    def work(unit: UnitOfWork, item: Item, found: Sequence[Account]) -> tuple[Payment, ...]:
        chosen = _chosen(acting, item, found, named, kind)
        issued = AwardDecision.of(item).issued_on
        if issued is not None and on < issued:
            raise PaidTooEarly(ngay=on, ref=acting.ref(item.key), tu=issued)
        new = [_movement(each, kind, on=on, way=way) for each in chosen]
        late = next((each for each in chosen if kind == PAID and on > each.until), None)
        if late is not None:
            raise FundClosed(nam=late.fund, den=late.until, ref=acting.ref(item.key))
        if kind == PAID:
            _suffices(unit, item, new)
        said: dict[str, Plain] = {"on": on.isoformat(), **({"way": way} if way else {})}
        return _keep(acting, unit, item, new, EVENTS[kind], said, to.texts, role=role)

    return _with(acting, ref, work, dry_run=dry_run)


def undo(
    acting: Acting, ref: str, numbers: Sequence[int], *, reason: str, role: str, dry_run: bool = False
) -> Moved:
    """Takes movements back by contrary ones of today. Raises NotADecision, UnknownPayment, InputMistakes."""
    why = FreeText("reason", option_read(parse_text, "pay", "reason", reason, like="TEXT"))

    def work(unit: UnitOfWork, item: Item, _found: Sequence[Account]) -> tuple[Payment, ...]:
        every = payments.around(unit, item.key.year)
        gone = {each.undoes for each in every}
        live = [each for each in every if each.undoes is None and each.number not in gone]
        own = (item.key.year, item.key.ref)
        standing = {each.number: each for each in live if (each.year, each.ref) == own}
        for number in numbers:
            if number not in standing:
                raise UnknownPayment(ref=acting.ref(item.key), so=number)
        for number in numbers:
            _not_recovered(acting, item, standing[number], live, numbers)
        taken = (standing[number] for number in dict.fromkeys(numbers))
        new = [each._replace(amount=-each.amount, undoes=each.number, on_day=acting.today) for each in taken]
        said: dict[str, Plain] = {"undoes": [*dict.fromkeys(numbers)]}
        return _keep(acting, unit, item, new, "undo_payment", said, (why,), role=role)

    return _with(acting, ref, work, dry_run=dry_run)


def _not_recovered(
    acting: Acting, item: Item, paid: Payment, live: Iterable[Payment], numbers: Collection[int]
) -> None:
    """Of what is not paid any more nothing is recovered: its recovery goes first, or with it. A line carried
    into a later decision is recovered there."""
    of_line = [each for each in live if line_key(each) == line_key(paid)]
    left = [each for each in of_line if each.number not in numbers]
    recoveries = [each for each in left if each.kind == RECOVERED]
    rest = sum(each.amount for each in left if each.kind == PAID)
    if paid.kind == PAID and recoveries and rest < sum(each.amount for each in recoveries):
        last = recoveries[-1]
        raise RecoveredSince(so=paid.number, ref=acting.ref(item.key._replace(ref=last.ref)), m=last.number)


def _suffices(unit: UnitOfWork, item: Item, new: Sequence[Payment]) -> None:
    """A fund that is entered pays no more than there is in it. Raises FundBelowZero."""
    every = (*payments.around(unit, item.key.year), *new)
    for year in {each.fund for each in new}:
        entries = funds.of_year(unit, year)
        moved = sum(
            each.amount if each.kind == PAID else -each.amount
            for each in every
            if each.fund == year and each.kind in (PAID, RECOVERED)
        )
        left = sums_of(entries).available - moved
        if entries and left < 0:
            raise FundBelowZero(nam=year, so_tien=dotted(left))


# -- inside ----------------------------------------------------------------------------------------------


def _with(
    acting: Acting,
    ref: str,
    work: Callable[[UnitOfWork, Item, Sequence[Account]], tuple[Payment, ...]],
    *,
    dry_run: bool,
) -> Moved:
    """Does the work on the issued decision that is named, under its lock, with the lines that it pays: none
    where a later one took them all."""
    key = decision_meant(acting, ref)

    def locked(unit: UnitOfWork) -> Done[Moved]:
        item = unit.lock(key)
        if item is None:
            raise UnknownReference(ref=acting.ref(key))
        if item.state not in PUT_OUT:
            raise NotIssued(ref=acting.ref(key))
        found = [
            each
            for each in accounts(unit.decisions(key.year), payments.around(unit, key.year))
            if each.key == key
        ]
        return Done(Moved(key, work(unit, item, found)))

    return acting.act(locked, dry_run=dry_run)


def decision_meant(acting: Acting, ref: str) -> Key:
    """The decision of a reference as typed. Raises NotADecision, UnknownReference and what `keys` does."""
    ((key, version),) = acting.keys([ref]).items()
    if not key.ref.startswith("Q"):
        raise NotADecision(ref=acting.ref(key))
    if version is None:
        raise UnknownReference(ref=acting.ref(key))
    return key


def _not_ahead(acting: Acting, on: date) -> None:
    if on > acting.today:
        raise DayToCome(ngay=on)


REFUSALS = {PAID: NothingToPay, RECOVERED: NothingToRecover, CARRIED: NothingToCarry}


def _chosen(
    acting: Acting, item: Item, found: Sequence[Account], named: Sequence[str], kind: str
) -> list[Account]:
    """The lines that are named, each with something to be moved; without names all that have."""
    by_ref = {each.line.ref: each for each in found}
    for ref in named:
        if ref not in by_ref:
            raise NoSuchLine(ref=acting.ref(item.key), so=ref)
    able = [each for each in found if (each.open < 0 if kind == RECOVERED else each.open > 0)]
    if not named and able:
        return able
    chosen = [by_ref[ref] for ref in named]
    idle = [each.line.ref for each in chosen if each not in able] if named else [acting.ref(item.key)]
    if idle:
        raise REFUSALS[kind](danh_sach=", ".join(idle), ref=acting.ref(item.key))
    return chosen


def _movement(account: Account, kind: str, *, on: date, way: str | None) -> Payment:
    amount = 0 if kind == CARRIED else abs(account.open)
    fund = account.fund + 1 if kind == CARRIED else account.fund
    line = account.line
    return Payment(0, account.key.year, account.key.ref, line.dossier, line.line, kind, amount, on, fund, way)


def _keep(
    acting: Acting,
    unit: UnitOfWork,
    item: Item,
    new: Iterable[Payment],
    event: str,
    said: dict[str, Plain],
    texts: tuple[FreeText, ...],
    *,
    role: str,
) -> tuple[Payment, ...]:
    """Adds the movements with the entry that speaks for them, on the decision."""
    moved, actor = tuple(new), acting.actor
    lines: list[Plain] = [f"{each.dossier}/{each.line}" for each in moved]
    facts: dict[str, Plain] = {"lines": lines, "sum": dotted(sum(each.amount for each in moved)), **said}
    entry = EntryDraft(
        event,
        actor.account,
        role,
        item.state,
        item.state,
        acting_for=actor.acting_for,
        inputs=facts,
        texts=texts,
    )
    made = unit.record_act(entry, log=item.key.year, key=item.key)
    return payments.add(unit, moved, entry=made)
