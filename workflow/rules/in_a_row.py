"""Titles and ratings of periods that follow each other, ending with the dossier's period or the one before.

The row that comes nearest is told: its missing years are what would settle it. A row is broken where a year
of it is known to lack what it needs; where every row is broken, the condition is not met.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Literal, NamedTuple

from workflow.model.achievements import Achievement, rating_of
from workflow.model.conditions import RATING_LABELS, RATINGS, Condition, reaches
from workflow.model.definition import RulePack
from workflow.rules.known import (
    EXPECTED,
    Judged,
    Known,
    Listed,
    Said,
    awards,
    last_year,
    papers_text,
    rating,
    recognised,
    title_label,
    unsure_said,
    year_of,
)

Held = Literal["yes", "no", "unknown"]
OfYear = Callable[[int], Held]


class Row(NamedTuple):
    """So many years on end, with what is known of each."""

    years: tuple[int, ...]
    held: tuple[Held, ...]

    @property
    def missing(self) -> tuple[int, ...]:
        return tuple(year for year, held in zip(self.years, self.held, strict=True) if held != "yes")

    @property
    def broken(self) -> bool:
        return "no" in self.held


def _nearest(listed: Listed, length: int, of_year: OfYear) -> Row | None:
    """The row that lacks least, an unbroken one before a broken one; None where the period has no year."""
    last = last_year(listed.period)
    if last is None:
        return None
    rows = []
    for end in (last, last - 1):
        years = tuple(range(end - length + 1, end + 1))
        rows.append(Row(years, tuple(map(of_year, years))))
    return min(rows, key=lambda row: (row.broken, len(row.missing)))


def titles_in_a_row(condition: Condition, known: Known, listed: Listed, pack: RulePack) -> Judged:
    title = condition.word("title")
    label, given = title_label(pack, title), awards(known.records, [title], listed)
    standing = {last_year(each.period) for each in given if each.stands}
    revoked = {last_year(each.period) for each in given if not each.stands} - standing

    def of_year(year: int) -> Held:
        return "yes" if year in standing else "no" if year in revoked else "unknown"

    row = _nearest(listed, condition.number("times"), of_year)
    looked = _looked_at_awards(given, label)
    if row is None:
        return Judged("no_info", looked, Said("period"))
    if not row.missing:
        return Judged("met", looked)
    years = ", ".join(map(str, row.missing))
    beside = next((line for line in known.beside if line.title == title), None)
    if beside is not None:
        looked = (*looked, Said("beside", {"danh_hieu": label, "so": beside.no}))
    settles = Said("title", {"danh_hieu": label, "cac_nam": years})
    return Judged("not_met" if row.broken else "no_info", (*looked, *unsure_said(known)), settles)


def _looked_at_awards(given: tuple[Achievement, ...], label: object) -> tuple[Said, ...]:
    standing = [each for each in given if each.stands]
    revoked = [each for each in given if not each.stands]
    if not given:
        return (Said("no_title", {"danh_hieu": label, "ky": ""}),)
    said = (("awarded", standing), ("revoked", revoked))
    return tuple(
        Said(key, {"danh_hieu": label, "danh_sach": papers_text(those)}) for key, those in said if those
    )


def rated_in_a_row(condition: Condition, known: Known, listed: Listed, pack: RulePack) -> Judged:
    """A year with one of the titles counts as rated so, and brings the initiative that its title rests on."""
    titles, years = condition.names("titles"), condition.number("years")
    given = [each for each in awards(known.records, titles, listed) if each.stands]
    entitled = {last_year(each.period) for each in given}
    ratings = {year: _rating_in(year, known, listed) for year in _years_around(listed, years)}

    def of_year(year: int) -> Held:
        found = ratings.get(year)
        if year in entitled:
            return "yes"
        if found is None:
            return "unknown"
        if reaches(found[0], condition.word("rating"), RATINGS):
            return "yes"
        return "unknown" if found[1] else "no"

    row = _nearest(listed, years, of_year)
    if row is None:
        return Judged("no_info", (), Said("period"))
    looked = tuple(_of_year(year, ratings, given, pack) for year in row.years)
    if row.missing:
        settles = Said("ratings", {"cac_nam": ", ".join(map(str, row.missing))})
        return Judged("not_met" if row.broken else "no_info", (*looked, *unsure_said(known)), settles)
    if not condition.params.get("initiatives"):
        return Judged("met", looked)
    counted = _initiatives_in(row.years, known, listed)
    brought = sum(max(counted[year], year in entitled) for year in row.years)
    looked = (*looked, Said("initiatives_counted", {"n": brought}))
    if brought >= years:
        return Judged("met", looked)
    settles = Said("initiatives", {"n": years - brought, "cac_nam": ", ".join(map(str, row.years))})
    return Judged("no_info", (*looked, *unsure_said(known)), settles)


def _years_around(listed: Listed, length: int) -> range:
    last = last_year(listed.period) or 0
    return range(last - length, last + 1)


def _rating_in(year: int, known: Known, listed: Listed) -> tuple[str, bool] | None:
    """How the year was rated, and whether that is only expected."""
    if year == last_year(listed.period):
        found = rating(known, listed)
        return (found.value, found.expected) if found else None
    for period in (str(year), f"{year - 1}-{year}"):
        kept = rating_of(known.records, period)
        if kept is not None and kept.value:
            return kept.value, kept.expected
    return None


def _of_year(
    year: int, ratings: dict[int, tuple[str, bool] | None], given: list[Achievement], pack: RulePack
) -> Said:
    award = next((each for each in given if last_year(each.period) == year), None)
    if award is not None:
        label = title_label(pack, award.value or "")
        return Said("awarded", {"danh_hieu": label, "danh_sach": papers_text([award])})
    found = ratings.get(year)
    if found is None:
        return Said("no_rating", {"ky": str(year)})
    key = EXPECTED if found[1] else "rating"
    return Said(key, {"ky": str(year), "muc": RATING_LABELS.get(found[0], found[0])})


def _initiatives_in(years: tuple[int, ...], known: Known, listed: Listed) -> Counter[int | None]:
    """How many initiatives each of the years has."""
    found = Counter(year_of(each, listed) for each in recognised(known))
    return Counter({year: found[year] for year in years})
