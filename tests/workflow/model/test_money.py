"""What an award pays, in figures and in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.shipped import later_rules, rules
from workflow.model.definition import RulePack
from workflow.model.money import (
    STEP,
    WHOLE,
    amount,
    change_near,
    dotted,
    in_words,
    k_text,
    salary_on,
)

BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 1)

TABLE = """
ldtt    person       0,3      710.000     760.000
cstdcs  person       1,0    2.340.000   2.530.000
ttldtt  collective   0,8    1.880.000   2.030.000
tvh     collective   1,5    3.510.000   3.800.000
gdvh    household    0,0            0           0
gk      person       0,3      710.000     760.000
gk      collective   0,6    1.410.000   1.520.000
gk      household    0,45   1.060.000   1.140.000
cstdt   person       3,0    7.020.000   7.590.000
ttldxs  collective   1,5    3.510.000   3.800.000
bkt     person       1,5    3.510.000   3.800.000
bkt     collective   3,0    7.020.000   7.590.000
cott    collective   8,0   18.720.000  20.240.000
xptb    collective   2,0    4.680.000   5.060.000
"""
"""What each title pays on 30/06 and on 01/07/2026, as the circulars' tables have it."""


@pytest.mark.parametrize("pack", [rules(), later_rules()], ids=lambda pack: pack.name)
@pytest.mark.parametrize("row", TABLE.split("\n")[1:-1])
def test_each_title_pays_what_the_table_says_on_both_sides_of_the_change(row: str, pack: RulePack) -> None:
    id, kind, k, before, after = row.split()
    title = pack.title(id)
    assert title is not None

    types = title.ways if title.form else ("",)
    found = {pay for type in types if (pay := title.pay(kind, type))}

    (pay,) = found
    sums = [salary.amount for day in (BEFORE, AFTER) if (salary := pack.salary_on(day))]
    assert k_text(pay.k) == k
    assert [dotted(amount(pay.k, salary)) for salary in sums] == [before, after]


def test_every_title_of_the_shipped_packs_says_what_it_pays_and_how_it_is_abbreviated() -> None:
    silent = [
        (title.id, kind)
        for pack in (rules(), later_rules())
        for title in pack.titles
        for kind in title.nominees
        if title.pay(kind, next(iter(title.ways))) is None or not title.short
    ]

    assert silent == []


def test_a_collectives_coefficient_is_doubled_and_not_its_rounded_amount() -> None:
    assert amount(600, 2_340_000) == 1_410_000
    assert 2 * amount(300, 2_340_000) == 1_420_000


@given(k=st.integers(0, 20 * WHOLE), salary=st.integers(1, 10**9))
def test_an_amount_is_rounded_up_once_and_by_less_than_a_step(k: int, salary: int) -> None:
    exact = k * salary

    found = amount(k, salary)

    assert found % STEP == 0
    assert exact <= found * WHOLE < exact + STEP * WHOLE


@given(st.integers(0, 999_999))
def test_a_coefficient_is_written_with_a_comma_and_at_least_one_place(k: int) -> None:
    whole, _, part = k_text(k).partition(",")

    assert 1 <= len(part) <= 3
    assert int(whole) * WHOLE + int(part.ljust(3, "0")) == k


@pytest.mark.parametrize(("k", "said"), [(300, "0,3"), (1000, "1,0"), (450, "0,45"), (12000, "12,0")])
def test_a_coefficient_is_read_as_papers_write_it(k: int, said: str) -> None:
    assert k_text(k) == said


# -- the base salary ---------------------------------------------------------------------------------------


def test_the_base_salary_of_the_last_day_of_june_is_the_old_one() -> None:
    salaries = rules().base_salary

    days = (date(2024, 6, 30), date(2024, 7, 1), BEFORE, AFTER, date(2030, 1, 1))
    found = [salary_on(salaries, day) for day in days]

    assert [each and each.amount for each in found] == [None, 2_340_000, 2_340_000, 2_530_000, 2_530_000]


def test_a_change_is_near_from_thirty_days_before_until_the_day_before() -> None:
    salaries = rules().base_salary

    days = (date(2026, 5, 31), date(2026, 6, 1), BEFORE, AFTER)
    near = [change_near(salaries, day) is not None for day in days]

    assert near == [False, True, True, False]


# -- sums in words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (0, "Không đồng"),
        (710_000, "Bảy trăm mười nghìn đồng"),
        (2_130_000, "Hai triệu một trăm ba mươi nghìn đồng"),
        (5_060_000, "Năm triệu không trăm sáu mươi nghìn đồng"),
        (7_340_000, "Bảy triệu ba trăm bốn mươi nghìn đồng"),
        (15_000, "Mười lăm nghìn đồng"),
        (25_000, "Hai mươi lăm nghìn đồng"),
        (21_000, "Hai mươi mốt nghìn đồng"),
        (11_000, "Mười một nghìn đồng"),
        (101_000, "Một trăm linh một nghìn đồng"),
        (105_000, "Một trăm linh năm nghìn đồng"),
        (2_005_000, "Hai triệu không trăm linh năm nghìn đồng"),
        (1_000_000, "Một triệu đồng"),
        (60_000_000, "Sáu mươi triệu đồng"),
        (1_000_000_000, "Một tỷ đồng"),
        (2_005_000_000_000, "Hai nghìn không trăm linh năm tỷ đồng"),
        (1_000_000_005, "Một tỷ không trăm linh năm đồng"),
    ],
)
def test_a_sum_is_said_as_offices_write_it(total: int, said: str) -> None:
    assert in_words(total) == said


def test_nobody_pays_a_sum_below_zero() -> None:
    with pytest.raises(ValueError, match="below zero"):
        in_words(-1)


def heard(said: str) -> int:
    """The sum of the words, read by another way than they are made: each word adds or multiplies."""
    digits = {"không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}
    digits |= {"chín": 9, "mốt": 1, "lăm": 5, "mười": 10}
    total = group = digit = 0
    milliards = 0
    for word in said.lower().removesuffix(" đồng").split():
        if word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word in ("nghìn", "triệu"):
            total, group, digit = total + (group + digit) * {"nghìn": 1000, "triệu": 10**6}[word], 0, 0
        elif word == "tỷ":
            milliards, total, group, digit = milliards + total + group + digit, 0, 0, 0
        elif word != "linh":
            group, digit = group + digit, digits[word]
    return milliards * 10**9 + total + group + digit


@given(st.integers(0, 10**12 - 1))
def test_who_hears_the_words_writes_the_sum(total: int) -> None:
    assert heard(in_words(total)) == total


@given(st.integers(0, 10**12 - 1))
def test_no_sum_is_said_with_a_form_that_nobody_writes(total: int) -> None:
    words = f" {in_words(total).lower()} "

    assert not any(
        wrong in words
        for wrong in (
            " mươi năm ",
            " mươi một ",
            " mười mốt ",
            " mười năm ",
            " linh mười ",
            "  ",
            " linh lăm ",
        )
    )
