"""The money of issued decisions as the accountant looks at it: what each line comes to, what was paid of it,
to whom and when, what is to be recovered, and what was handed over. Sums are whole đồng.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from runtime.office.looking import Looking
from storage import payment_views
from storage.values import NomineeLine
from workflow.model.award_decisions import IN
from workflow.model.certificates import Certificate
from workflow.model.facts import Item, Key
from workflow.model.money import dotted, in_words, k_text
from workflow.model.payments import CARRIED, RECOVERED, Account, Payment, accounts
from workflow.model.subjects import AWARD_DECISION


class PaymentMovement(NamedTuple):
    """A movement of money: `kind` is paid, recovered or carried (into the fund of the next year); `undoes` is
    the movement that it takes back, `undone_by` the one that took it back. `receiver` is who took it in
    another's place by the paper `proxy`; null where nobody did, or it is erased."""

    number: int
    on: date
    kind: str
    amount: int
    way: str | None
    fund: int
    receiver: str | None
    proxy: str | None
    undoes: int | None
    undone_by: int | None


class PaymentLine(NamedTuple):
    """A line of an issued decision: `k` of the `salary` is `full`, of which `amount` is due; `note` says why
    it is less (*hưởng mức CSTĐCS*). `open` is what is still to be paid, below zero what is to be recovered.
    `handed_on` is the day of the ceremony, `register_no` the certificate's number in the register (số sổ)."""

    decision: str
    number: str | None
    issued_on: date | None
    no: int
    line: str
    kind: str
    name: str | None
    place: str | None
    title: str
    k: str | None
    salary: int | None
    full: int
    amount: int
    note: str
    paid: int
    recovered: int
    open: int
    fund: int
    until: date
    paid_on: date | None
    register_no: str | None
    handed_on: date | None
    returned_on: date | None
    movements: tuple[PaymentMovement, ...]


class PaymentList(NamedTuple):
    """The payment list of one decision, with the sum of what is due in figures and in words."""

    decision: str
    number: str | None
    issued_on: date | None
    salary: int | None
    lines: tuple[PaymentLine, ...]
    total: int
    total_words: str
    paid: int
    recovered: int
    open: int


class Sums(NamedTuple):
    """What the lines of a decision are due altogether, what was paid of it and recovered, what is open."""

    total: int
    paid: int
    recovered: int
    open: int


class IssuedSums(NamedTuple):
    """A decision with its sums alone."""

    key: Key
    number: str | None
    issued_on: date | None
    sums: Sums


class Money:
    """What moved for the decisions of a plan's year and of those around it; lives as long as a command."""

    def __init__(self, looking: Looking, year: int) -> None:
        self.looking = looking
        self.year = year

    @cached_property
    def decisions(self) -> tuple[Item, ...]:
        reading, office = self.looking.reading, self.looking.office
        years = range(self.year - 1, self.year + 2)
        return tuple(item for year in years for item in reading.subject_items(AWARD_DECISION, office, year))

    @cached_property
    def payments(self) -> tuple[Payment, ...]:
        return payment_views.around(self.looking.reading, self.looking.office, self.year)

    @cached_property
    def _lines(self) -> dict[Key, Mapping[int, NomineeLine]]:
        return {}

    def bring(self, keys: Iterable[Key]) -> None:
        """Reads the lines of these dossiers together, each once."""
        wanted = {key for key in keys if key not in self._lines}
        found = self.looking.reading.lines_of(wanted)
        self._lines.update((key, {each.nominee.no: each for each in found.get(key, ())}) for key in wanted)

    def words(self, key: Key, no: int) -> NomineeLine | None:
        """A line of a dossier with its words; each dossier is read once."""
        if key not in self._lines:
            self.bring([key])
        return self._lines[key].get(no)

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        return accounts(self.decisions, self.payments)


class _Beside:
    """What stands beside the accounts of one year: names, receivers, certificates; read once."""

    def __init__(self, looking: Looking, money: Money, year: int) -> None:
        reading, office = looking.reading, looking.office
        self.looking = looking
        self.received = payment_views.receivers(reading, office, year)
        self.certificates: Mapping[tuple[str, str, int], Certificate] = {
            (each.ref, each.dossier, each.line): each
            for each in payment_views.certificates(reading, office, year)
        }
        self.packs = {item.key: item.rules for item in money.decisions}
        self.undone = {each.undoes: each.number for each in money.payments if each.undoes}
        self.moved: dict[tuple[str, int], list[Payment]] = {}
        for each in money.payments:
            if each.year == year:
                self.moved.setdefault((each.dossier, each.line), []).append(each)
        self.words = money.words

    def movement(self, each: Payment) -> PaymentMovement:
        receiver, proxy = self.received.get(each.number, (None, None))
        return PaymentMovement(
            number=each.number,
            on=each.on_day,
            kind=each.kind,
            amount=each.amount,
            way=each.way,
            fund=each.fund,
            receiver=receiver,
            proxy=proxy,
            undoes=each.undoes,
            undone_by=self.undone.get(each.number),
        )


def payment_lists(looking: Looking, refs: Sequence[str] = ()) -> tuple[PaymentList, ...]:
    """The payment lists of the decisions that are named, or of all that are issued. Raises what reading a
    reference does."""
    if refs:
        named = [looking.item(ref).key for ref in refs]
        return tuple(found for key in named for found in _lists(looking, key.year, {key}))
    return tuple(found for year in sorted(looking.plan_years) for found in _lists(looking, year, None))


def issued_in(looking: Looking, year: int, *, money: Money) -> tuple[IssuedSums, ...]:
    """The sums of the decisions that were issued in the year and have lines, by key, with what is known of
    the year's money."""
    found: dict[Key, list[Account]] = {}
    for plan_year in payment_views.plan_years_issued(looking.reading, looking.office, year):
        near = abs(plan_year - year) <= 1
        for each in (money if near else Money(looking, plan_year)).accounts:
            issued = each.decision.issued_on
            if each.key.year == plan_year and issued is not None and issued.year == year:
                found.setdefault(each.key, []).append(each)
    return tuple(
        IssuedSums(key, own[0].decision.number, own[0].decision.issued_on, _sums(own))
        for key, own in sorted(found.items())
    )


def unsettled(found: PaymentList) -> PaymentList:
    """The list with those lines alone that are still to be paid or recovered; sums stay the decision's."""
    return found._replace(lines=tuple(line for line in found.lines if line.open))


def _lists(looking: Looking, year: int, keys: Iterable[Key] | None) -> Iterable[PaymentList]:
    money = Money(looking, year)
    wanted = {each.key for each in money.accounts if each.key.year == year}
    wanted = wanted if keys is None else wanted & set(keys)
    beside = _Beside(looking, money, year)
    money.bring(each.key._replace(ref=each.line.dossier) for each in money.accounts if each.key in wanted)
    for key in sorted(wanted):
        own = [each for each in money.accounts if each.key == key]
        yield _list(beside, key, own)


def _list(beside: _Beside, key: Key, own: Sequence[Account]) -> PaymentList:
    decision, sums = own[0].decision, _sums(own)
    return PaymentList(
        decision=key.in_year,
        number=decision.number,
        issued_on=decision.issued_on,
        salary=decision.salary,
        lines=tuple(_line(beside, key, each) for each in own),
        total_words=in_words(sums.total),
        **sums._asdict(),
    )


def _sums(own: Sequence[Account]) -> Sums:
    return Sums(
        total=sum(each.due for each in own),
        paid=sum(each.paid for each in own),
        recovered=sum(each.recovered for each in own),
        open=sum(each.open for each in own),
    )


def _line(beside: _Beside, key: Key, account: Account) -> PaymentLine:
    line, decision = account.line, account.decision
    words = beside.words(key._replace(ref=line.dossier), line.line)
    certificate = beside.certificates.get((key.ref, line.dossier, line.line))
    return PaymentLine(
        decision=key.in_year,
        number=decision.number,
        issued_on=decision.issued_on,
        no=line.no,
        line=line.ref,
        kind=line.kind,
        name=words.name if words else None,
        place=", ".join(filter(None, (words.position, words.unit))) if words else None,
        title=line.title,
        k=_k(beside, key, account),
        salary=decision.salary,
        full=line.full or 0,
        amount=account.due,
        note=_note(beside, key, account),
        paid=account.paid,
        recovered=account.recovered,
        open=account.open,
        fund=account.fund,
        until=account.until,
        paid_on=account.paid_on,
        register_no=certificate.register_no if certificate else None,
        handed_on=certificate.handed_on if certificate else None,
        returned_on=certificate.returned_on if certificate else None,
        movements=tuple(beside.movement(each) for each in beside.moved.get((line.dossier, line.line), ())),
    )


def _k(beside: _Beside, key: Key, account: Account) -> str | None:
    """The coefficient as papers write it; None where the pack names none."""
    title = beside.looking.pack(beside.packs[key]).title(account.line.title)
    pay = title.pay(account.line.kind, account.decision.type) if title else None
    return k_text(pay.k) if pay else None


def _note(beside: _Beside, key: Key, account: Account) -> str:
    """Why a line is not paid in full, in the words of papers: `hưởng mức CSTĐCS`. A line that is revoked, or
    whose higher title counts no more, has no such reason."""
    line = account.line
    full = line.full or 0
    if line.note_title is None or account.due >= full or line.state != IN:
        return ""
    title = beside.looking.pack(beside.packs[key]).title(line.note_title)
    said = "payment.instead" if account.due == 0 else "payment.less"
    short = (title.short or title.label.vi) if title else line.note_title
    return beside.looking.words.speaking("vi")(said, danh_hieu=short)


# -- in words --------------------------------------------------------------------------------------------

REGISTER = (
    *("register_no", "name", "position_unit", "title", "paper_number", "decided_on"),
    *("handed_on", "returned_on"),
)


def register_of(looking: Looking, refs: Sequence[str] = ()) -> tuple[PaymentLine, ...]:
    """The lines of the decisions that are named, or of all that are issued, in the order of the register:
    those without a number last, as they stand in their decisions."""
    lines = (line for found in payment_lists(looking, refs) for line in found.lines)

    def place(line: PaymentLine) -> tuple[bool, int]:
        return line.register_no is None, int(line.register_no or 0)

    return tuple(sorted(lines, key=place))


def register_cells(looking: Looking, line: PaymentLine) -> tuple[str, ...]:
    """The cells of REGISTER."""
    return (
        line.register_no or "",
        line.name or looking.words("text.erased"),
        line.place or "",
        looking.title(line.title),
        line.number or "",
        looking.day(line.issued_on),
        looking.day(line.handed_on),
        looking.day(line.returned_on),
    )


COLUMNS = (
    *("number", "nominee", "name", "title", "k", "amount", "paid", "to_pay", "paid_on"),
    *("register_no", "handed_on", "note"),
)


def payment_cells(looking: Looking, line: PaymentLine) -> tuple[str, ...]:
    """The cells of COLUMNS."""
    return (
        str(line.no),
        line.line,
        line.name or looking.words("text.erased"),
        looking.title(line.title),
        line.k or "",
        dotted(line.amount),
        dotted(line.paid - line.recovered) if line.paid else "",
        dotted(line.open) if line.open else "",
        looking.day(line.paid_on),
        line.register_no or "",
        looking.day(line.handed_on),
        "; ".join(filter(None, (line.note, *_received(looking, line)))),
    )


def _received(looking: Looking, line: PaymentLine) -> Iterable[str]:
    """Who took the money in another's place, and what was moved otherwise than to pay it."""
    words = looking.words
    for each in line.movements:
        if each.undoes or each.undone_by:
            continue
        if each.receiver:
            key = "payment.by_proxy" if each.proxy else "payment.taken_by"
            yield words(key, ten=each.receiver, giay=each.proxy)
        if each.kind == RECOVERED:
            yield words("payment.recovered", so_tien=dotted(each.amount), ngay=looking.day(each.on))
        if each.kind == CARRIED:
            yield words("payment.carried", nam=each.fund)


def heading(looking: Looking, found: PaymentList) -> str:
    """The decision by its paper, and what it pays altogether."""
    return looking.words(
        "payment.heading", ref=found.decision, so=found.number, ngay=looking.day(found.issued_on)
    )


def totals(looking: Looking, found: PaymentList) -> tuple[tuple[str, str], ...]:
    words = looking.words
    rows = (
        (words("text.base_salary"), dotted(found.salary) if found.salary else ""),
        (words("payment.total"), f"{dotted(found.total)} ({found.total_words})"),
        (words("payment.paid_so_far"), dotted(found.paid)),
        (words("payment.recovered_so_far"), dotted(found.recovered) if found.recovered else ""),
        (words("payment.open"), dotted(found.open)),
    )
    return tuple((label, said) for label, said in rows if said)
