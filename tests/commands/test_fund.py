"""`tdkt fund`: what the accountant says of the fund of a year, and that nothing of it is ever changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.commands.conftest import Tdkt
from tests.conftest import Sandbox
from tests.people import ACCOUNTANT, CHAIR

BEGUN = ("--allocated", "60.000.000", "--carried-over", "4500000", "--spent-before", "12.340.000 đồng")


@pytest.fixture(params=["sqlite", "postgresql"])
def office(
    request: pytest.FixtureRequest, tdkt: Tdkt, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> Tdkt:
    monkeypatch.setenv("TDKT_DB", sandbox(request.param, "2026-01-05T08:00"))
    return tdkt


def shown(tdkt: Tdkt, *words: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = tdkt("fund", "show", *words, "--json").json
    return found


def test_a_fund_is_set_corrected_and_its_history_stays(office: Tdkt) -> None:
    done = [
        office("fund", "set", *words, "--as", ACCOUNTANT)
        for words in (
            (*BEGUN, "--paper", "15/QĐ-UBND"),
            ("--allocated", "50.000.000", "--note", "Phân bổ lại"),
            ("--contributed", "+5.000.000"),
            ("--contributed", "+1.000.000"),
            ("--contributed", "-2.000.000"),
        )
    ]

    fund = shown(office)
    assert [each.code for each in done] == [0] * 5
    assert [fund[kind] for kind in ("allocated", "contributed", "carried_over", "spent_before")] == [
        50_000_000,
        4_000_000,
        4_500_000,
        12_340_000,
    ]
    assert fund["available"] == 46_160_000
    assert [(each["kind"], each["amount"], each["paper"], each["note"]) for each in fund["movements"]] == [
        ("allocated", 60_000_000, "15/QĐ-UBND", None),
        ("carried_over", 4_500_000, "15/QĐ-UBND", None),
        ("spent_before", 12_340_000, "15/QĐ-UBND", None),
        ("allocated", -10_000_000, None, "Phân bổ lại"),
        ("contributed", 5_000_000, None, None),
        ("contributed", 1_000_000, None, None),
        ("contributed", -2_000_000, None, None),
    ]
    assert office("audit", "verify").code == 0


def test_each_year_has_a_fund_of_its_own(office: Tdkt) -> None:
    for year in ("2026", "2027"):
        office("fund", "set", "--allocated", f"{year}000", "--year", year, "--as", ACCOUNTANT)

    assert [shown(office, "--year", year)["allocated"] for year in ("2026", "2027")] == [2_026_000, 2_027_000]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Nothing is said of the fund"),
        (("--other", "nhiều"), "“nhiều” is no sum in đồng"),
        (("--other", "52.160.001"), "The fund of 2026 would sink to -1 đồng"),
        (("--contributed", "-1"), "The fund of 2026 would sink to -1 đồng"),
        (("--other", "1", "--paper", "không số"), "is no paper number"),
    ],
)
def test_what_makes_no_sense_is_one_sentence_and_changes_nothing(
    tdkt: Tdkt, words: tuple[str, ...], said: str
) -> None:
    tdkt("fund", "set", *BEGUN, "--as", ACCOUNTANT)

    answer = tdkt("fund", "set", *words, "--as", ACCOUNTANT)

    assert answer.code in (1, 2)
    assert said in answer.err
    assert len(shown(tdkt)["movements"]) == 3


def test_a_dry_run_and_what_stands_already_write_nothing(tdkt: Tdkt) -> None:
    tdkt("fund", "set", *BEGUN, "--as", ACCOUNTANT)

    dry = tdkt("fund", "set", "--other", "1", "--dry-run", "--as", ACCOUNTANT)
    same = tdkt("fund", "set", *BEGUN, "--as", ACCOUNTANT)

    assert (dry.code, same.code) == (0, 0)
    assert "52.159.999" in dry.out
    assert "is as it was" in same.out
    assert len(shown(tdkt)["movements"]) == 3


def test_only_the_accountant_sets_the_fund(tdkt: Tdkt) -> None:
    answer = tdkt("fund", "set", *BEGUN, "--as", CHAIR)

    assert answer.code == 1
    assert "Accountant" in answer.err


def test_the_log_has_the_sums_and_keeps_no_word(tdkt: Tdkt) -> None:
    tdkt("fund", "set", *BEGUN, "--note", "Theo lời bà Nguyễn Thị Mẫu", "--as", ACCOUNTANT)

    log = tdkt("audit", "log", "--json").out
    assert '"allocated": 60000000' in log
    assert "Mẫu" not in log
