"""Whom records are about: told apart by name and birth date or place, and asked where that is not sure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.workflow.shipped import office
from workflow.model.achievements import (
    AWARD,
    PERSON,
    RATING,
    Achievement,
    Likeness,
    Whom,
    everybody,
    likeness,
    rating_of,
    told_apart,
    whom,
)

TONG = Whom(PERSON, "Vi Văn Tòng", "1974-03-02", "truong-thcs")
VILLAGE = Whom("household", "Hoàng Văn Páo", None, "thon-1")


def record(number: int, name: str, **said: Any) -> Achievement:
    return Achievement(number, AWARD, PERSON, name)._replace(**said)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (TONG._replace(name="VI VĂN  TÒNG"), "same"),
        (TONG._replace(place="thon-1"), "same"),  # whoever moved
        (TONG._replace(born="1979-03-02"), "unlike"),
        (TONG._replace(born="1974"), "same"),
        (TONG._replace(born=None), "same"),
        (TONG._replace(born=None, place="thon-1"), "unsure"),
        (TONG._replace(born="1974", place=None), "unsure"),
        (TONG._replace(born="1975", place="truong-thcs"), "unlike"),
        (TONG._replace(name="Vi Văn Tông"), "unsure"),  # a tone mark, and the same day of birth
        (TONG._replace(name="Vi Văn Tông", born=None, place="thon-1"), "unlike"),
        (TONG._replace(name="Vi Văn Tông", born="1980"), "unlike"),
        (TONG._replace(subject="household"), "unlike"),
        (TONG._replace(name="Vi Văn Thòng"), "unlike"),
    ],
)
def test_a_person_is_known_by_the_name_and_the_birth_date_or_the_place(other: Whom, told: Likeness) -> None:
    assert (likeness(TONG, other), likeness(other, TONG)) == (told, told)


@pytest.mark.parametrize(
    ("place", "told"),
    [("thon-1", "same"), ("thon-2", "unlike"), (None, "unsure"), ("~thon na lung", "unsure")],
)
def test_a_household_is_known_by_its_village(place: str | None, told: Likeness) -> None:
    assert likeness(VILLAGE, VILLAGE._replace(place=place)) == told


def test_who_belongs_to_a_merged_village_belongs_to_the_one_after_it_and_to_no_other_before() -> None:
    directory = office()
    first, second, heir = [body for body in directory.bodies if body.nominates][:3]
    merged = {first.id, second.id}
    bodies = tuple(
        body._replace(succeeded_by=heir.id, valid_to=date(2026, 5, 1)) if body.id in merged else body
        for body in directory.bodies
    )
    merged_office = directory._replace(bodies=bodies)

    one, two, three = (
        whom("household", "Hoàng Văn Páo", merged_office, body=body.id) for body in (first, second, heir)
    )

    assert [likeness(one, three), likeness(two, three), likeness(one, two)] == ["same", "same", "unlike"]


def test_equal_names_are_told_apart_and_what_fits_two_people_is_merged_with_neither() -> None:
    records = [
        record(1, "Nguyễn Thị Hoa", born="1980-01-01", body="thon-1"),
        record(2, "Nguyễn Thị Hoa", born="1991-02-02", body="thon-1"),
        record(3, "Nguyễn Thị Hoa", body="thon-1"),
        record(4, "Nguyễn Thị Hoà", body="thon-1"),
        record(5, "NGUYỄN THỊ HOA", born="1991-02-02", body="thon-2"),
    ]

    people = everybody(records, office())

    assert sorted([each.number for each in person.records] for person in people) == [[1], [2, 5], [3], [4]]


def test_who_is_called_alike_is_asked_about_where_it_is_not_sure() -> None:
    records = [
        record(1, "Lương Thị Mỷ", born="1979-11-15"),
        record(2, "Lường Thị Mỷ", born="1979-11-15"),
        record(3, "Lương Thị Mỷ", born="1990-01-01"),
        record(4, "Lương Thị Mỷ"),
    ]

    told = told_apart(records, Whom(PERSON, "Lương Thị Mỷ", "1979-11-15"), office())

    assert [[each.number for each in those] for those in told] == [[1], [2, 4]]


def test_a_final_rating_stands_before_an_expected_one_and_each_from_the_day_it_was_known() -> None:
    rated = Achievement(1, RATING, PERSON, "Vi Văn Tòng", period="2025", value="httnv", expected=True)
    expected = rated._replace(known_on=date(2025, 11, 20))
    final = rated._replace(number=2, value="htxsnv", expected=False, known_on=date(2025, 12, 28))
    other = rated._replace(number=3, period="2024", known_on=date(2025, 12, 30))
    records = (final, expected, other)

    assert rating_of(records, "2025") == final
    assert rating_of(records, "2025", on=date(2025, 12, 1)) == expected
    assert rating_of(records, "2025", on=date(2025, 11, 1)) is None


def test_what_was_revoked_counts_until_then_and_what_was_withdrawn_never() -> None:
    given = record(1, "Vi Văn Tòng", dated=date(2025, 1, 10), revoked_on=date(2026, 2, 1))

    days = (date(2025, 1, 9), date(2026, 1, 31), date(2026, 2, 1))
    assert [given.stands_on(day) for day in days] == [False, True, False]
    assert not given._replace(revoked_on=None, nature="withdrawn").stands
