"""The fund of a year as the accountant looks at it: what came in, what awards and other things take out of
it, what is left, and each movement. Sums are whole đồng.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.payments import Money
from storage import fund_views
from workflow.model.award_decisions import AWARD, AWARDING, BEFORE_ISSUE, AwardDecision, DecisionLine
from workflow.model.facts import Key
from workflow.model.funds import KINDS, OUTLAY, FundEntry, sums_of
from workflow.model.money import BaseSalary, change_near, dotted
from workflow.model.payments import outlay
from workflow.model.sums import Peer, counting, rivals_among, total, with_sums


class FundMovement(NamedTuple):
    """A movement of the fund: `amount` more of the `kind`, below zero less."""

    number: int
    dated: date
    kind: str
    amount: int
    paper: str | None
    note: str | None


class FundRecord(NamedTuple):
    """The fund of a year. `available` is what there is for awards, of which issued decisions take `committed`
    and leave `left`; `paid` and `recovered` were moved for them, `unpaid` is still to be paid, `to_recover`
    was paid beyond what is due. `proposed` is what lines that wait for the council or for a decision, and
    those of drafts, would take at the base salary of today, `proposed_later` at the one that begins on
    `salary_changes`, within thirty days; null where none does."""

    year: int
    allocated: int
    contributed: int
    carried_over: int
    spent_before: int
    printing: int
    other: int
    available: int
    committed: int
    proposed: int
    proposed_later: int | None
    salary_changes: date | None
    paid: int
    recovered: int
    unpaid: int
    to_recover: int
    left: int
    movements: tuple[FundMovement, ...]

    @property
    def short(self) -> int:
        """By how much what is proposed is more than what is left, at the higher base salary."""
        return max(0, max(self.proposed, self.proposed_later or 0) - self.left)


def fund_of(
    looking: Looking, year: int, *, money: Money | None = None, upto: date | None = None
) -> FundRecord:
    """The fund by what is known of its money, with the decisions that were issued up to a day."""
    found = fund_views.movements(looking.reading, looking.office, year)
    sums, money = sums_of(found), money or Money(looking, year)
    issued = (
        each
        for each in money.accounts
        if upto is None or (each.decision.issued_on is not None and each.decision.issued_on <= upto)
    )
    awards = outlay(issued, year)
    hopeful = candidates(money) if _now(looking, year) else ()
    salary, later = base_salaries(looking)
    return FundRecord(
        year,
        *sums,
        available=sums.available,
        committed=awards.committed,
        proposed=proposed(money, hopeful, salary.amount if salary else 0),
        proposed_later=proposed(money, hopeful, later.amount) if later else None,
        salary_changes=later.since if later else None,
        paid=awards.paid,
        recovered=awards.recovered,
        unpaid=awards.unpaid,
        to_recover=awards.to_recover,
        left=sums.available - awards.claimed,
        movements=tuple(map(_movement, found)),
    )


def _now(looking: Looking, year: int) -> bool:
    """Whether what is issued today would belong to the fund of the year."""
    return looking.today.year == year


def base_salaries(looking: Looking) -> tuple[BaseSalary | None, BaseSalary | None]:
    """That of today, and the one that begins within thirty days."""
    rules, today = looking.rules, looking.today
    return rules.salary_on(today), change_near(rules.base_salary, today)


class Candidate(NamedTuple):
    """A line that may be awarded, of a dossier of the plan's `year`: it stands in a draft, or waits for the
    council or for a draft. `rules` is the pack by which it pays."""

    line: DecisionLine
    year: int
    type: str
    period: str
    rules: str | None


WAITING = ("appraised", "reviewed", "approved")
"""The states of a dossier whose lines are on their way to a decision."""


def candidates(money: Money) -> tuple[Candidate, ...]:
    """Each line that may be awarded, once. One that fell through, or that does not meet its conditions, may
    not; what an issued decision pays already is none."""
    drafted, listed = [], set[tuple[int, str]]()
    for item in money.decisions:
        details = AwardDecision.of(item)
        if item.state in BEFORE_ISSUE and details.kind in AWARDING:
            new = [line for line in details.standing if line.amount is None]
            listed |= {(item.key.year, line.ref) for line in new}
            drafted += [
                Candidate(line, item.key.year, details.type, details.period, item.rules) for line in new
            ]
    waiting = (each for each in _waiting(money) if (each.year, each.line.ref) not in listed)
    return (*drafted, *waiting)


def _waiting(money: Money) -> Iterator[Candidate]:
    looking = money.looking
    for year in sorted({*looking.plan_years} & {money.year - 1, money.year, money.year + 1}):
        lines = looking.reading.nominees(looking.office, year, states=WAITING)
        for dossier in looking.reading.dossier_outlines(looking.office, year, states=WAITING):
            rules = looking.pack(dossier.rules)
            for each in lines.get(dossier.key, ()):
                title = rules.title(each.title)
                able = each.stands and each.verdict in ("met", "exception") and each.result != "fail"
                if able and title is not None and title.paid_here:
                    line = DecisionLine(
                        each.no, dossier.key.ref, each.no, each.title, each.kind, dossier.body
                    )
                    line = line._replace(account=each.account)
                    yield Candidate(line, year, dossier.type, dossier.period, dossier.rules)


def proposed(money: Money, found: Sequence[Candidate], salary: int) -> int:
    """What the lines would pay at a base salary, by the rules by which decisions are issued: of several
    titles of one person and period the highest."""
    groups: dict[tuple[int, str, str | None], list[Candidate]] = {}
    for each in found:
        groups.setdefault((each.year, each.period, each.rules), []).append(each)
    return sum(_expected(money, own, salary) for own in groups.values())


def _expected(money: Money, own: Sequence[Candidate], salary: int) -> int:
    """The lines of one period and rule pack, each of them a rival of the others."""
    looking, first = money.looking, own[0]
    rules = looking.pack(first.rules)
    beside = counting((each for each in money.decisions if each.key.year == first.year), first.period)
    known = {line.ref for line, _type in beside}
    every = (*(line for line, _type in beside), *(each.line for each in own))
    money.bring(Key(looking.office, first.year, line.dossier) for line in every)
    others = [*beside, *((each.line, each.type) for each in own if each.line.ref not in known)]
    peers = [
        *_peers(money, first.year, ((each.line, each.type) for each in own), own=True),
        *_peers(money, first.year, others, own=False),
    ]
    rivals = rivals_among(peers, looking.directory, rules)
    return sum(
        total(
            with_sums(
                AwardDecision(AWARD, "", first.period, "", type=type, lines=tuple(lines)),
                rules,
                salary=salary,
                rivals=rivals,
            )
        )
        for type in {each.type for each in own}
        for lines in [[each.line for each in own if each.type == type]]
    )


def _peers(
    money: Money, year: int, lines: Iterable[tuple[DecisionLine, str]], *, own: bool
) -> Iterator[Peer]:
    """The lines with the words that stand of them; of an erased name nothing can be said."""
    for line, type in lines:
        words = money.words(Key(money.looking.office, year, line.dossier), line.line)
        if words is not None and words.name:
            yield Peer(line, type, own, words.name, words.born, words.unit, line.body or None)


def _movement(entry: FundEntry) -> FundMovement:
    return FundMovement(entry.number, entry.dated, entry.kind, entry.amount, entry.paper, entry.note)


# -- in words --------------------------------------------------------------------------------------------

COLUMNS = ("number", "dated", "fund_kind", "amount", "paper_number", "note")


def sum_facts(looking: Looking, fund: FundRecord) -> tuple[tuple[str, str], ...]:
    """What came in and went out beside awards, and last what there is for them; kinds of which there is
    nothing are left out, but what was allocated."""
    words = looking.words
    said = {kind: getattr(fund, kind) for kind in KINDS}
    rows = [
        (words(f"recorded.{kind}"), f"{'−' if kind in OUTLAY else ''}{dotted(sum)}")
        for kind, sum in said.items()
        if sum or kind == KINDS[0]
    ]
    return (*rows, (words("fund.available"), dotted(fund.available)))


def fund_facts(looking: Looking, fund: FundRecord) -> tuple[tuple[str, str], ...]:
    """Labels with sums, with what awards take."""
    words, awards = looking.words, ("paid", "recovered", "unpaid", "to_recover")
    return (
        *sum_facts(looking, fund),
        (words("fund.committed"), dotted(fund.committed)),
        *((words(f"fund.{name}"), dotted(sum)) for name in awards if (sum := getattr(fund, name))),
        (words("fund.left"), dotted(fund.left)),
        (words("fund.proposed"), _proposed_text(looking, fund)),
    )


def _proposed_text(looking: Looking, fund: FundRecord) -> str:
    if fund.proposed_later is None:
        return dotted(fund.proposed)
    return looking.words(
        "fund.either",
        so_tien=dotted(fund.proposed),
        ngay=looking.day(fund.salary_changes),
        gia_tri=dotted(fund.proposed_later),
    )


def warnings(looking: Looking, fund: FundRecord, *, unset: str = "fund.unset") -> tuple[str, ...]:
    """That what is proposed is more than what is left, and what it comes to on both sides of a change of the
    base salary; nothing where neither is so. `unset` says it of a fund of which nothing is entered."""
    words = looking.words
    near = fund.proposed_later is not None and fund.proposed > 0
    short = "fund.short" if fund.movements else unset
    return (
        *([words("fund.near", so_tien=_proposed_text(looking, fund))] if near else []),
        *([words(short, nam=fund.year, so_tien=dotted(fund.short))] if fund.short else []),
    )


def movement_cells(looking: Looking, each: FundMovement) -> tuple[str, ...]:
    """The cells of COLUMNS."""
    sign = "+" if each.amount > 0 else ""
    kind = looking.words(f"recorded.{each.kind}")
    amount = f"{sign}{dotted(each.amount)}"
    return (str(each.number), looking.day(each.dated), kind, amount, each.paper or "", each.note or "")
