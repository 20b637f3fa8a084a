"""docs/dossier-year.md is what a year of dossiers came to, and every date in it is the right one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tests import year
from tests.workflow.shipped import later_digest, later_rules, pack_digest, rules
from workflow.model.definition import RulePack
from workflow.model.dossiers import Dossier

PAGE = Path(__file__).parents[1] / "docs" / "dossier-year.md"
lived = cache(year.lived)
"""The year is lived through once for all that is asked about it."""


def test_the_page_is_what_the_year_came_to() -> None:
    """Print it anew with `python -m tests.year`."""
    assert PAGE.read_text(encoding="utf-8") == year.page(lived())


def ways(pack: RulePack) -> Iterator[tuple[str, str | None, str | None]]:
    """Every title, type and ground on which it may go; a simplified way's one ground needs not be said."""
    for title in pack.titles:
        for type, way in title.ways.items():
            yield title.id, type or None, None
            if way.path != "simplified":
                yield from ((title.id, type or None, ground) for ground in way.grounds)


def test_sixty_dossiers_have_every_title_type_and_ground_of_both_packs() -> None:
    laws = {pack_digest(): rules(), later_digest(): later_rules()}

    had = {(each.item.rules, *each.course.came[2:5]) for each in lived()}

    assert len(lived()) == 60
    assert had == {(law, *way) for law, pack in laws.items() for way in ways(pack)}


def test_every_dossier_goes_its_path_by_the_law_of_its_receipt_and_to_its_end() -> None:
    for each in lived():
        dossier, came = Dossier.of(each.item), each.course.came
        law = pack_digest() if came.on < year.NEW_LAW else later_digest()

        assert (dossier.path, dossier.received_on) == (came.path, came.on), came
        assert each.item.rules == law, came
        assert (dossier.complete_on, dossier.full_on) == (each.course.complete, each.course.full), came
        published = (dossier.published_from, dossier.published_until)
        assert published == (each.course.published or (None, None)), came
        assert each.item.state == each.course.end, came


def test_every_term_is_due_and_ends_on_the_day_that_the_law_counts() -> None:
    for each in lived():
        assert sorted(each.terms) == sorted(each.course.terms), each.course.came


def test_every_reminder_of_every_term_comes_on_its_morning_or_not_after_it_ended() -> None:
    for each in lived():
        asked = sorted(row for term in each.course.terms for row in year.rows_of(term))
        assert sorted(each.rows) == asked, each.course.came


def test_a_year_has_dossiers_on_time_and_late_returned_and_considered_as_they_are() -> None:
    ends = Counter(each.course.end for each in lived())
    courses = Counter(each.course.came.course for each in lived())
    late = [each.ref for each in lived() for term in each.terms if term.ended > term.due]

    assert set(ends) == {"awarded", "forwarded", "decided", "rejected", "withdrawn"}
    assert set(courses) > {"supplement", "as_is", "held", "leaders", "typed_late", "partly"}
    assert late


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        ("2026-11-20", 10, "2026-12-07"),  # over the new holiday of 24/11
        ("2026-02-13", 1, "2026-02-23"),  # over Tết
        ("2026-08-21", 1, "2026-08-22"),  # a made-up Saturday
        ("2026-12-31", 1, "2027-01-04"),
    ],
)
def test_the_days_are_counted_as_the_office_counts_them(day: str, count: int, due: str) -> None:
    assert year.working(date.fromisoformat(day), count).isoformat() == due
