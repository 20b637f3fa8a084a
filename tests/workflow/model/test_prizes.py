"""What the decisions of a year take of its fund."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from workflow.model.award_decisions import AwardDecision, DecisionLine
from workflow.model.facts import Item, Key
from workflow.model.payments import accounts
from workflow.model.prizes import Prize, prizes

HIGHER = DecisionLine(1, "D0002", 1, "cstdcs", "person", amount=2_340_000, full=2_340_000)
LOWER = DecisionLine(1, "D0001", 1, "ldtt", "person", amount=0, full=710_000, higher="D0002/1")
OTHER = DecisionLine(2, "D0001", 2, "ldtt", "person", amount=710_000, full=710_000)


def decision(no: int, *lines: DecisionLine, state: str = "issued", on: date = date(2026, 6, 30)) -> Item:
    details = AwardDecision("award", lines[0].title, "2026", "chu-tich", number=f"{no}/QĐ-UBND", issued_on=on)
    key = Key("diem-he", 2026, f"Q{no:02}")
    return Item(key, "award_decision", "", state, 1, replace(details, lines=lines))


def paid(decisions: Sequence[Item], year: int = 2026) -> tuple[Prize, ...]:
    """What they take of the fund of a year, of which nothing has moved."""
    return prizes(accounts(decisions, ()), year, date(year, 12, 31))


def test_a_lower_title_pays_nothing_beside_the_higher_one_of_the_period() -> None:
    assert paid([decision(1, LOWER, OTHER), decision(2, HIGHER)]) == (
        Prize("ldtt", 2, 710_000),
        Prize("cstdcs", 1, 2_340_000),
    )


def test_it_is_paid_in_full_once_the_higher_one_counts_no_more() -> None:
    assert paid([decision(1, LOWER, OTHER), decision(2, HIGHER, state="revoked")]) == (
        Prize("ldtt", 2, 1_420_000),
    )


def test_the_fund_is_that_of_the_year_of_issue() -> None:
    january = decision(3, OTHER, on=date(2027, 1, 12))

    assert paid([january]) == ()
    assert paid([january], 2027) == (Prize("ldtt", 1, 710_000),)


def test_a_line_that_was_revoked_or_a_draft_takes_nothing() -> None:
    gone = OTHER._replace(state="revoked")
    draft = decision(4, OTHER, state="drafted")
    unissued = draft._replace(details=replace(AwardDecision.of(draft), issued_on=None))

    assert paid([decision(1, LOWER, gone), decision(2, HIGHER), unissued]) == (
        Prize("ldtt", 1, 0),
        Prize("cstdcs", 1, 2_340_000),
    )
