"""What reports count of awards: by the day of the decision, never by the year of the achievement.

One award of one line is a *lượt*; one person, collective or household that has several is counted once. What
was revoked is taken out and told. Figures of a day are those that were known on it.
"""

# No postponed annotations: as texts each field's would be compiled at every start.

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple, TypeVar

PERSON, COLLECTIVE, HOUSEHOLD = "person", "collective", "household"
DIRECT = "truc_tiep"
"""The category of who works, learns or fights directly, and leads nobody."""
CATEGORIES = ("lanh_dao_tinh", "lanh_dao_so", "doanh_nhan", "lanh_dao", DIRECT)
STATISTICS_END = (12, 15)
"""The reporting year of the statistics ends on this day; later decisions go into the next one."""
HALF_YEAR_END = (5, 31)

Named = TypeVar("Named", bound=Hashable)


class Award(NamedTuple):
    """One award of one line, by the decision `number` of the `day`. `level` says whether the commune gave it,
    or a superior to whom it was sent. `who` is a number of the one who has it, the same for all of them;
    `category` a person's. `revoked_on` and `revoked_by` are the day and the number of the decision that did.
    """

    day: date
    number: str
    level: Literal["commune", "higher"]
    title: str
    type: str
    kind: str
    body: str
    who: int
    category: str | None
    revoked_on: date | None
    revoked_by: str | None
    year: int
    ref: str

    def stands_on(self, day: date) -> bool:
        return self.revoked_on is None or self.revoked_on > day


class Span(NamedTuple):
    """The days that a report is about, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def upto(self, day: date) -> "Span":
        """The days of it until that one."""
        return Span(self.first, min(self.last, day))


def span_of(kind: str, year: int) -> Span:
    """The days of a report on the year: `half` to 31/05, `statistics` from 16/12 to 15/12, else the year."""
    if kind == "half":
        return Span(date(year, 1, 1), date(year, *HALF_YEAR_END))
    if kind == "statistics":
        month, day = STATISTICS_END
        return Span(date(year - 1, month, day + 1), date(year, month, day))
    return Span(date(year, 1, 1), date(year, 12, 31))


def counted(awards: Iterable[Award], span: Span, as_of: date) -> tuple[Award, ...]:
    """The awards of the span that are known and stand on the day."""
    return tuple(each for each in _known(awards, span, as_of) if each.stands_on(as_of))


def taken_out(awards: Iterable[Award], span: Span, as_of: date) -> tuple[Award, ...]:
    """The awards of the span that were revoked by the day."""
    return tuple(each for each in _known(awards, span, as_of) if not each.stands_on(as_of))


def _known(awards: Iterable[Award], span: Span, as_of: date) -> Iterable[Award]:
    return (each for each in awards if span.holds(each.day) and each.day <= as_of)


def recipients(awards: Iterable[Award]) -> int:
    """How many there are who have one or more of them."""
    return len({award.who for award in awards})


class Tally(NamedTuple):
    """Awards counted: how many (`lines`), and how many have them, by kind."""

    lines: int
    recipients: int
    collectives: int
    households: int
    persons: int


def tally(awards: Sequence[Award]) -> Tally:
    of_kind = {
        kind: recipients(award for award in awards if award.kind == kind)
        for kind in (COLLECTIVE, HOUSEHOLD, PERSON)
    }
    return Tally(len(awards), sum(of_kind.values()), *of_kind.values())


class DirectShare(NamedTuple):
    """Direct workers among the persons, in percent cut to two decimals (`6000` is 60,00 %; null of nobody);
    `unknown` have no category."""

    persons: int
    of: int
    unknown: int
    share: int | None


def direct_share(awards: Iterable[Award]) -> DirectShare:
    """A person counts once, by whichever line names a category."""
    category: dict[int, str | None] = {}
    for award in awards:
        if award.kind == PERSON:
            category[award.who] = category.get(award.who) or award.category
    direct = sum(found == DIRECT for found in category.values())
    unknown = sum(found is None for found in category.values())
    share = direct * 10_000 // len(category) if category else None
    return DirectShare(direct, len(category), unknown, share)


def share_text(share: int | None) -> str:
    """`60,00 %`; nothing is rounded."""
    return "" if share is None else f"{share // 100},{share % 100:02} %"


def grouped(awards: Iterable[Award], by: Callable[[Award], Named]) -> dict[Named, tuple[Award, ...]]:
    """The awards by something, in the order in which they come."""
    found: dict[Named, list[Award]] = {}
    for award in awards:
        found.setdefault(by(award), []).append(award)
    return {name: tuple(those) for name, those in found.items()}


class IssuedReport(NamedTuple):
    """A report of the office that was issued: it is never changed."""

    paper: str
    on: date


def since_issued(
    awards: Iterable[Award], issued: Sequence[IssuedReport], as_of: date
) -> tuple[tuple[Award, IssuedReport], ...]:
    """What was revoked by the day after a report had been issued that could have counted it, with the first
    such report; once another one was issued, that has told it."""
    found = []
    for award in awards:
        gone = award.revoked_on
        if gone is None or gone > as_of or any(gone <= each.on < as_of for each in issued):
            continue
        counting = [each for each in issued if award.day <= each.on < gone]
        if counting:
            found.append((award, min(counting, key=lambda each: each.on)))
    return tuple(found)
