"""What reports count: by the day of the decision, each one once, without what was revoked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from workflow.model.award_counts import (
    CATEGORIES,
    Award,
    IssuedReport,
    Span,
    counted,
    direct_share,
    grouped,
    recipients,
    share_text,
    since_issued,
    span_of,
    taken_out,
    tally,
)

JUNE = date(2026, 6, 10)


def award(**said: Any) -> Award:
    """An award of June 2026 with what is said of it."""
    plain = Award(
        JUNE, "12/QĐ-UBND", "commune", "ldtt", "", "person", "thon-1", 1, None, None, None, 2026, "D0001/1"
    )
    return plain._replace(**said)


AWARDS = st.lists(
    st.builds(
        award,
        day=st.dates(date(2025, 12, 1), date(2027, 1, 31)),
        kind=st.sampled_from(("person", "collective", "household")),
        who=st.integers(0, 5),
        title=st.sampled_from(("ldtt", "cstdcs", "gk")),
        category=st.none() | st.sampled_from(CATEGORIES),
        revoked_on=st.none() | st.dates(date(2026, 1, 1), date(2027, 6, 1)),
    )
)
DAYS = st.dates(date(2025, 12, 1), date(2027, 6, 1))


def test_the_days_of_a_report_are_its_own() -> None:
    assert span_of("year", 2026) == Span(date(2026, 1, 1), date(2026, 12, 31))
    assert span_of("half", 2026) == Span(date(2026, 1, 1), date(2026, 5, 31))
    assert span_of("statistics", 2026) == Span(date(2025, 12, 16), date(2026, 12, 15))


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_every_day_is_of_exactly_one_year_s_statistics(day: date) -> None:
    assert sum(span_of("statistics", year).holds(day) for year in range(2019, 2033)) == 1


@given(AWARDS, DAYS)
def test_what_is_known_is_counted_or_taken_out_and_sums_agree(awards: list[Award], as_of: date) -> None:
    span = span_of("year", 2026)

    stands, out = counted(awards, span, as_of), taken_out(awards, span, as_of)

    known = [each for each in awards if span.holds(each.day) and each.day <= as_of]
    assert sorted((*stands, *out), key=str) == sorted(known, key=str)
    sums = tally(stands)
    assert sums.recipients == sums.persons + sums.collectives + sums.households <= sums.lines == len(stands)
    by_title = grouped(stands, lambda each: each.title)
    assert sum(len(those) for those in by_title.values()) == sums.lines
    share = direct_share(stands)
    assert share.persons + share.unknown <= share.of == recipients(e for e in stands if e.kind == "person")


@given(AWARDS, DAYS, DAYS)
def test_figures_of_a_day_do_not_change_by_what_comes_later(
    awards: list[Award], as_of: date, later: date
) -> None:
    span = span_of("year", 2026)
    then = as_of + timedelta(days=1)
    more = [*awards, award(day=max(then, later), who=9)]

    assert counted(more, span, as_of) == counted(awards, span, as_of)


def test_one_who_has_two_titles_is_two_awards_and_one_person() -> None:
    both = (
        award(who=1, category="truc_tiep"),
        award(who=1, title="cstdcs"),
        award(who=2, category="lanh_dao"),
    )

    assert tally(both)[:2] == (3, 2)
    assert direct_share(both) == (1, 2, 0, 5000)


def test_the_share_is_cut_and_never_rounded_up() -> None:
    two_of_three = [award(who=1, category="truc_tiep"), award(who=2, category="truc_tiep"), award(who=3)]

    assert direct_share(two_of_three) == (2, 3, 1, 6666)
    assert (share_text(6666), share_text(6000), share_text(5), share_text(None)) == (
        *("66,66 %", "60,00 %", "0,05 %"),
        "",
    )


def test_what_was_revoked_after_a_report_was_issued_is_told_with_that_report() -> None:
    half, year = IssuedReport("30/BC-UBND", date(2026, 6, 20)), IssuedReport("90/BC-UBND", date(2026, 12, 14))
    gone = award(revoked_on=date(2026, 8, 25), revoked_by="61/QĐ-UBND")
    later = award(day=date(2026, 7, 1), revoked_on=date(2026, 8, 25))

    told = since_issued([gone, later, award()], [year, half], date(2026, 12, 14))

    assert told == ((gone, half),)
    assert since_issued([gone], [half, year], date(2026, 8, 24)) == ()


def test_the_next_report_alone_tells_it() -> None:
    half, year = IssuedReport("30/BC-UBND", date(2026, 6, 20)), IssuedReport("90/BC-UBND", date(2026, 12, 14))
    gone = award(revoked_on=date(2026, 8, 25))

    assert since_issued([gone], [half], date(2027, 6, 20)) == ((gone, half),)
    assert since_issued([gone], [half, year], date(2027, 6, 20)) == ()
