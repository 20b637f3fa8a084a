"""`tdkt fund`: what the accountant says of the fund of a year, and that nothing of it is ever changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.commands.conftest import Tdkt
from tests.conftest import Sandbox
from tests.dossiers import way
from tests.people import ACCOUNTANT, CHAIR, OFFICER, SECRETARY, VILLAGE

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


# -- before the meeting ------------------------------------------------------------------------------------

SCHOOL = "truong-hoc"


def appraised(tdkt: Tdkt, ref: str, body: str, title: str, *lines: tuple[str, str], now: str) -> None:
    """A dossier whose lines, each a name with its title, wait for the council."""
    form = ("--type", "cong_trang") if title == "gk" else ()
    new = ("dossier", "new", "--task", "T11", "--from", body, "--title", title, *form)
    commands = [
        (*new, "--period", "2026", "--as", body),
        *(
            ("dossier", "add", ref, "--kind", "person", "--name", name, "--title", of, "--as", body)
            for name, of in lines
        ),
        *way("appraised", ref=ref, on=now[:10], lines=tuple(range(1, len(lines) + 1)), body=body),
    ]
    for words in commands:
        answer = tdkt(*words, "--yes", "--now", now)
        assert answer.code == 0, (words, answer.err)


def test_what_waits_for_the_council_is_told_at_both_base_salaries_near_the_change(tdkt: Tdkt) -> None:
    names = ("Lộc Thị An Mẫu", "Hoàng Văn Bình Mẫu", "Nông Thị Cúc Mẫu")
    appraised(tdkt, "D0001", VILLAGE, "gk", *((name, "gk") for name in names), now="2026-05-29T08:00")

    long_before = shown(tdkt)
    near = shown(tdkt, "--now", "2026-06-01T08:00")
    after = shown(tdkt, "--now", "2026-07-01T08:00")

    figures = ("proposed", "proposed_later", "salary_changes")
    assert [tuple(each[name] for name in figures) for each in (long_before, near, after)] == [
        (2_130_000, None, None),
        (2_130_000, 2_280_000, "2026-07-01"),
        (2_280_000, None, None),
    ]


def test_whoever_is_proposed_for_two_titles_is_counted_with_the_higher_one(tdkt: Tdkt) -> None:
    both = (("Lộc Thị An Mẫu", "ldtt"), ("Lộc Thị An Mẫu", "cstdcs"), ("Hoàng Văn Bình Mẫu", "ldtt"))
    appraised(tdkt, "D0001", SCHOOL, "ldtt", *both, now="2026-01-05T08:00")

    assert shown(tdkt)["proposed"] == 2_340_000 + 710_000


def test_a_fund_that_does_not_suffice_is_warned_of_before_the_meeting(tdkt: Tdkt) -> None:
    tdkt("fund", "set", "--allocated", "2.000.000", "--as", ACCOUNTANT)
    lines = (("Lộc Thị An Mẫu", "gk"), ("Hoàng Văn Bình Mẫu", "gk"), ("Nông Thị Cúc Mẫu", "gk"))
    appraised(tdkt, "D0001", VILLAGE, "gk", *lines, now="2026-01-05T08:00")

    assert "130.000 đồng short of what is proposed" in " ".join(tdkt("fund", "show").out.split())


def test_whoever_calls_a_session_is_told_that_the_fund_does_not_suffice(tdkt: Tdkt) -> None:
    tdkt("fund", "set", "--allocated", "1.000.000", "--as", ACCOUNTANT)
    lines = (("Lộc Thị An Mẫu", "gk"), ("Hoàng Văn Bình Mẫu", "gk"))
    appraised(tdkt, "D0001", VILLAGE, "gk", *lines, now="2026-01-05T08:00")
    day = ("--date", "12/01/2026", "--at", "08:00", "--place", "Phòng họp")
    tdkt("council", "new", *day, "--as", SECRETARY)
    tdkt("council", "agenda", "S01", "D0001", "--as", SECRETARY)

    paper = ("--paper", "07/GM-HĐTĐKT", "--paper-date", "05/01/2026")
    called = tdkt("council", "call", "S01", *paper, "--as", SECRETARY, "--yes")

    assert (called.code, "420.000 đồng short of what is proposed" in called.err) == (0, True)


def test_whoever_drafts_and_submits_a_decision_is_told_that_the_fund_does_not_suffice(tdkt: Tdkt) -> None:
    tdkt("fund", "set", "--allocated", "1.000.000", "--as", ACCOUNTANT)
    lines = (("Lộc Thị An Mẫu", "gk"), ("Hoàng Văn Bình Mẫu", "gk"))
    appraised(tdkt, "D0001", VILLAGE, "gk", *lines, now="2026-01-05T08:00")
    for words in way("reviewed", since="appraised", lines=(1, 2)):
        assert tdkt(*words).code == 0, words

    drafted = tdkt("decision", "new", "--title", "gk", "--all", "--as", OFFICER, "--yes")
    assert tdkt("decision", "funds", "Q01", "--as", ACCOUNTANT).code == 0
    paper = ("--paper", "05/TTr-HĐTĐKT", "--paper-date", "05/01/2026")
    submitted = tdkt("decision", "submit", "Q01", *paper, "--as", OFFICER)

    for answer in (drafted, submitted):
        assert (answer.code, "420.000 đồng short of what is proposed" in answer.err) == (0, True), answer.err
