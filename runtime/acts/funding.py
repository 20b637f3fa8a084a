"""What the accountant says of the fund of a year: what came in, what went out beside the awards.

Each is an act on the whole office under its lock: an entry in the year's log, whose words are erasable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from runtime.acts.acting import Acting, Done
from storage import funds, payments
from storage.unit import UnitOfWork
from workflow.model.decision import FreeText
from workflow.model.errors import UsageMistake
from workflow.model.facts import Plain
from workflow.model.funds import FundEntry, Sums, Wanted, changed, check, sums_of
from workflow.model.payments import accounts, outlay
from workflow.rules.inputs import option_read, parse_code, parse_text
from workflow.rules.line_inputs import money_of

Value = TypeVar("Value")


class NothingSaid(UsageMistake):
    """Nothing is said of the fund; write a sum, for example --allocated 60.000.000."""

    code = "nothing_of_fund"


class FundSet(NamedTuple):
    """A year's sums before and after they were set."""

    year: int
    before: Sums
    after: Sums


def wanted(text: str) -> Wanted:
    """`60.000.000` is what a kind is to come to, `+5.000.000` comes to it. Raises NotAnInput."""
    words = text.strip()
    sign = words[0] if words[:1] in ("+", "-") else ""
    return Wanted(sign, money_of(words[len(sign) :]))


def set_fund(
    acting: Acting,
    year: int,
    typed: Mapping[str, str],
    *,
    on: date,
    paper: str | None = None,
    note: str | None = None,
    role: str,
    dry_run: bool = False,
) -> FundSet:
    """Sets what kinds come to, each by a movement of the difference. Raises NothingSaid, InputMistakes,
    FundBelowZero."""
    if not typed:
        raise NothingSaid
    said = {kind: _read(wanted, kind.replace("_", "-"), typed[kind], "60.000.000") for kind in typed}
    number = _read(parse_code, "paper", paper, "15/QĐ-UBND") if paper else None
    texts = (FreeText("note", _read(parse_text, "note", note, "TEXT")),) if note else ()

    def work(unit: UnitOfWork) -> Done[FundSet]:
        before = sums_of(funds.of_year(unit, year))
        after = changed(before, said)
        moved_before = payments.around(unit, year)
        claimed = outlay(accounts(unit.decisions(year), moved_before), year).claimed
        check(year, before, after, claimed=claimed)
        moved = {kind: more for kind in said if (more := getattr(after, kind) - getattr(before, kind))}
        if moved:
            paper_said = {"paper": number} if number else {}
            facts: dict[str, Plain] = {"fund": year, "dated": on.isoformat(), **paper_said, **moved}
            entry = acting.record(unit, "fund", facts, role=role, texts=texts)
            new = (FundEntry(0, year, kind, more, on, number) for kind, more in moved.items())
            funds.add(unit, new, entry=entry)
        return Done(FundSet(year, before, after), written=bool(moved))

    return acting.act(work, dry_run=dry_run)


def _read(parse: Callable[[str], Value], option: str, typed: str, like: str) -> Value:
    return option_read(parse, "fund", option, typed, like=like)
