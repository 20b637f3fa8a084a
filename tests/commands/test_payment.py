"""`tdkt payment` and `tdkt certificate`: the money of an issued decision, and what is handed over with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.commands.conftest import Tdkt
from tests.conftest import Sandbox
from tests.dossiers import NO_VOTE, annulment, given, way
from tests.people import ACCOUNTANT, CHAIR, OFFICER, RECORDS_CLERK, VILLAGE

NAMES = ("Lộc Thị An Mẫu", "Hoàng Văn Bình Mẫu", "Nông Thị Cúc Mẫu")


def awarded(tdkt: Tdkt) -> Tdkt:
    """The office after one decision gave three commendations."""
    new = ("dossier", "new", "--task", "T06", "--from", VILLAGE, "--title", "gk", "--type", "dot_xuat")
    commands = [
        (*new, "--as", VILLAGE),
        *(("dossier", "add", "D0001", "--kind", "person", "--name", name, "--as", VILLAGE) for name in NAMES),
        *way("approved", lines=(1, 2, 3), votes=NO_VOTE),
        (
            *("advance", "D0001", "award", *given("decision_number=112/QĐ-UBND", "decision_date=05/01/2026")),
            *(*given(f"signer={CHAIR}", f"funds_by={ACCOUNTANT}"), "--as", OFFICER),
        ),
    ]
    for words in commands:
        answer = tdkt(*words, "--yes")
        assert answer.code == 0, (words, answer.err)
    return tdkt


@pytest.fixture(params=["sqlite", "postgresql"])
def everywhere(
    request: pytest.FixtureRequest, tdkt: Tdkt, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> Tdkt:
    monkeypatch.setenv("TDKT_DB", sandbox(request.param, "2026-01-05T08:00"))
    return awarded(tdkt)


@pytest.fixture
def office(tdkt: Tdkt) -> Tdkt:
    return awarded(tdkt)


def done(tdkt: Tdkt, *words: str, by: str = ACCOUNTANT) -> str:
    answer = tdkt(*words, "--as", by, "--yes")
    assert answer.code == 0, answer.err
    return answer.out


def listed(tdkt: Tdkt) -> Mapping[str, Any]:
    (found,) = tdkt("payment", "list", "Q01", "--json").json
    return dict(found)


def test_lines_are_paid_one_by_one_and_the_rest_at_once(everywhere: Tdkt) -> None:
    done(everywhere, "payment", "record", "Q01", "D0001/2", "--way", "cash")
    by_proxy = ("--receiver", "Vi Văn Dũng Mẫu", "--proxy", "Giấy ủy quyền ngày 05/01/2026")
    done(everywhere, "payment", "record", "Q01", "--all", "--way", "transfer", *by_proxy)

    found = listed(everywhere)
    moved = [
        (each["number"], each["kind"], each["amount"], each["way"], each["receiver"], each["proxy"])
        for line in found["lines"]
        for each in line["movements"]
    ]
    assert sorted(moved) == [
        (1, "paid", 710_000, "cash", None, None),
        (2, "paid", 710_000, "transfer", by_proxy[1], by_proxy[3]),
        (3, "paid", 710_000, "transfer", by_proxy[1], by_proxy[3]),
    ]
    assert (found["total"], found["total_words"], found["open"]) == (
        2_130_000,
        "Hai triệu một trăm ba mươi nghìn đồng",
        0,
    )
    assert everywhere("audit", "verify").code == 0


def test_the_fund_tells_what_is_committed_paid_and_left(everywhere: Tdkt) -> None:
    done(everywhere, "fund", "set", "--allocated", "2.000.000")
    done(everywhere, "payment", "record", "Q01", "D0001/1")

    fund = everywhere("fund", "show", "--json").json
    assert {name: fund[name] for name in ("available", "committed", "paid", "unpaid", "left")} == {
        "available": 2_000_000,
        "committed": 2_130_000,
        "paid": 710_000,
        "unpaid": 1_420_000,
        "left": -130_000,
    }
    assert "130.000" in everywhere("fund", "show").out
    answer = everywhere("fund", "set", "--allocated", "1.999.999", "--as", ACCOUNTANT)
    assert (answer.code, "The fund of 2026 would sink to -130.001 đồng" in answer.err) == (1, True)


def test_a_payment_is_taken_back_by_a_contrary_one_and_stays_in_the_history(everywhere: Tdkt) -> None:
    done(everywhere, "payment", "record", "Q01", "--all")
    done(everywhere, "payment", "undo", "Q01", "1", "3", "--reason", "Ghi nhầm")

    found = listed(everywhere)
    assert [line["open"] for line in found["lines"]] == [710_000, 0, 710_000]
    assert [
        (each["number"], each["amount"], each["undoes"], each["undone_by"])
        for each in found["lines"][0]["movements"]
    ] == [(1, 710_000, None, 4), (4, -710_000, 1, None)]
    answer = everywhere("payment", "undo", "Q01", "1", "--reason", "Lại", "--as", ACCOUNTANT, "--yes")
    assert (answer.code, "no movement 1 that stands" in answer.err) == (2, True)
    done(everywhere, "payment", "record", "Q01", "--all")
    assert listed(everywhere)["open"] == 0
    assert everywhere("audit", "verify").code == 0


def test_a_fund_pays_no_more_than_there_is_in_it(everywhere: Tdkt) -> None:
    done(everywhere, "fund", "set", "--allocated", "1.500.000")
    done(everywhere, "payment", "record", "Q01", "D0001/1")

    refused = everywhere("payment", "record", "Q01", "--all", "--as", ACCOUNTANT, "--yes")

    said = "The fund of 2026 would sink to -630.000 đồng. Set first what came in (tdkt fund set --allocated)."
    assert (refused.code, said in " ".join(refused.err.split())) == (1, True)
    assert [line["paid"] for line in listed(everywhere)["lines"]] == [710_000, 0, 0]
    done(everywhere, "fund", "set", "--contributed", "+630.000")
    done(everywhere, "payment", "record", "Q01", "--all")
    shown = everywhere("fund", "show", "--json").json
    report = everywhere("report", "fund", "--json").json["fund"]
    assert (shown["left"], report["left"], report["to_recover"]) == (0, 0, 0)


def test_a_payment_that_was_recovered_is_not_taken_back_alone(everywhere: Tdkt) -> None:
    done(everywhere, "fund", "set", "--allocated", "5.000.000")
    done(everywhere, "payment", "record", "Q01", "--all")
    for words in annulment("Q01", "Q02", number="130/QĐ-UBND", on="05/01/2026", lines="D0001/2"):
        assert everywhere(*words).code == 0, words
    owed = [everywhere("fund", "show", "--json").json, everywhere("report", "fund", "--json").json["fund"]]
    done(everywhere, "payment", "recover", "Q01", "--all")

    why = ("--reason", "Ghi nhầm", "--as", ACCOUNTANT, "--yes")
    refused = everywhere("payment", "undo", "Q01", "2", *why)

    assert [(each["to_recover"], each["left"]) for each in owed] == [(710_000, 2_870_000)] * 2
    assert (refused.code, "take that back first (tdkt payment undo Q01 4)" in refused.err) == (1, True)
    done(everywhere, "payment", "undo", "Q01", "2", "4", "--reason", "Ghi nhầm")
    assert [(line["paid"], line["recovered"]) for line in listed(everywhere)["lines"]][1] == (0, 0)


def amended(tdkt: Tdkt, lines: str) -> None:
    """Q02 amends these lines of Q01, and is issued."""
    on = "05/01/2026"
    said = ("decision", "amend", "Q01", lines, "--reason", "In sai chức vụ", "--signer", CHAIR)
    done(tdkt, *said, by=OFFICER)
    restated = given("lines=D0001/1", "position=Trưởng thôn")
    done(tdkt, "advance", "Q02", "restate", *restated, by=OFFICER)
    done(tdkt, "decision", "submit", "Q02", "--paper", "18/TTr-VHXH", "--paper-date", on, by=OFFICER)
    done(tdkt, "decision", "sign", "Q02", "--on", on, "--way", "paper", by=RECORDS_CLERK)
    done(tdkt, "decision", "issue", "Q02", "--number", "120/QĐ-UBND", "--date", on, by=RECORDS_CLERK)


def test_a_payment_that_a_later_decision_recovered_is_not_taken_back_alone(office: Tdkt) -> None:
    done(office, "payment", "record", "Q01", "--all")
    amended(office, "D0001/1")
    for words in annulment("Q02", "Q03", number="130/QĐ-UBND", on="05/01/2026"):
        assert office(*words).code == 0, words
    done(office, "payment", "recover", "Q02", "--all")

    why = ("--reason", "Ghi nhầm", "--as", ACCOUNTANT, "--yes")
    refused = office("payment", "undo", "Q01", "1", *why)

    assert (refused.code, "take that back first (tdkt payment undo Q02 4)" in refused.err) == (1, True)
    done(office, "payment", "undo", "Q02", "4", "--reason", "Ghi nhầm")
    done(office, "payment", "undo", "Q01", "1", "--reason", "Ghi nhầm")
    (found,) = office("payment", "list", "Q02", "--json").json
    assert [(line["paid"], line["recovered"], line["open"]) for line in found["lines"]] == [(0, 0, 0)]


def test_a_payment_of_lines_that_a_later_decision_took_can_be_taken_back(office: Tdkt) -> None:
    done(office, "payment", "record", "Q01", "--all")
    amended(office, "D0001/1-3")

    idle = office("payment", "record", "Q01", "--all", "--as", ACCOUNTANT, "--yes")
    done(office, "payment", "undo", "Q01", "1", "--reason", "Ghi nhầm")

    assert (idle.code, "There is nothing to pay for Q01" in idle.err) == (1, True)
    (found,) = office("payment", "list", "Q02", "--json").json
    assert [line["open"] for line in found["lines"]] == [710_000, 0, 0]


def test_from_february_on_the_next_years_fund_pays_what_is_carried_over(office: Tdkt) -> None:
    done(office, "payment", "record", "Q01", "D0001/1")
    late = ("--now", "2027-02-01T08:00")
    refused = office("payment", "record", "Q01", "--all", "--as", ACCOUNTANT, "--yes", *late)
    assert refused.code == 1
    assert "The fund of 2026 pays until 2027-01-31" in refused.err

    done(office, "payment", "carry", "Q01", "--all", *late)
    done(office, "payment", "record", "Q01", "--all", *late)

    funds = [office("fund", "show", "--year", year, "--json").json for year in ("2026", "2027")]
    assert [(fund["committed"], fund["paid"]) for fund in funds] == [(710_000, 710_000), (1_420_000,) * 2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("record", "Q01"), "No line is named"),
        (("record", "Q01", "D0001/1", "--all"), "No line is named"),
        (("record", "Q01", "D0001/4"), "Q01 has no line D0001/4"),
        (("record", "Q01", "Nông"), "names no lines"),
        (("record", "D0001", "--all"), "D0001 is no decision"),
        (("record", "Q01", "--all", "--on", "04/01/2026"), "is before Q01 was issued"),
        (("record", "Q01", "--all", "--on", "06/01/2026"), "has not come yet"),
        (("recover", "Q01", "--all"), "There is nothing to recover of Q01"),
        (("undo", "Q01", "7", "--reason", "Nhầm"), "has no movement 7"),
    ],
)
def test_what_cannot_be_recorded_is_one_sentence_and_nothing_half_done(
    office: Tdkt, words: tuple[str, ...], said: str
) -> None:
    answer = office("payment", *words, "--as", ACCOUNTANT, "--yes")

    assert answer.code in (1, 2)
    assert said in answer.err
    assert [line["movements"] for line in listed(office)["lines"]] == [[], [], []]


def test_what_is_paid_is_not_paid_again(office: Tdkt) -> None:
    done(office, "payment", "record", "Q01", "D0001/1")

    answer = office("payment", "record", "Q01", "D0001/1", "D0001/2", "--as", ACCOUNTANT, "--yes")

    assert (answer.code, "nothing to pay for D0001/1" in answer.err) == (1, True)
    assert [line["paid"] for line in listed(office)["lines"]] == [710_000, 0, 0]


def test_a_preview_shows_the_sum_in_words_and_writes_nothing(office: Tdkt) -> None:
    answer = office("payment", "record", "Q01", "--all", "--dry-run", "--as", ACCOUNTANT)

    assert (answer.code, "2.130.000 (Hai triệu một trăm ba mươi nghìn đồng)" in answer.out) == (0, True)
    assert office("payment", "record", "Q01", "--all", "--as", ACCOUNTANT).code == 1  # nobody confirmed
    assert listed(office)["paid"] == 0


def test_only_the_accountant_records_money_and_only_the_division_the_register(office: Tdkt) -> None:
    paid = office("payment", "record", "Q01", "--all", "--as", OFFICER, "--yes")
    numbered = office("certificate", "number", "Q01", "--all", "--first", "1", "--as", ACCOUNTANT)

    assert (paid.code, numbered.code) == (1, 1)


def test_the_log_of_a_payment_names_nobody(office: Tdkt) -> None:
    done(office, "payment", "record", "Q01", "--all", "--receiver", "Vi Văn Dũng Mẫu")

    log = office("audit", "log", "--json").out
    assert '"pay"' in log
    assert "Dũng" not in log


# -- the register of awards --------------------------------------------------------------------------------


def register(tdkt: Tdkt) -> list[tuple[Any, ...]]:
    found = tdkt("certificate", "list", "Q01", "--json").json
    names = ("register_no", "line", "handed_on", "returned_on")
    return [tuple(each[name] for name in names) for each in found]


def test_what_is_annulled_gets_no_number_and_is_handed_to_nobody(office: Tdkt) -> None:
    for words in annulment("Q01", "Q02", number="130/QĐ-UBND", on="05/01/2026", lines="D0001/2"):
        assert office(*words).code == 0, words

    done(office, "certificate", "number", "Q01", "--all", "--first", "15", by=OFFICER)
    done(office, "certificate", "hand", "Q01", "--all", "--on", "05/01/2026", by=OFFICER)

    assert register(office) == [
        ("15", "D0001/1", "2026-01-05", None),
        ("16", "D0001/3", "2026-01-05", None),
        (None, "D0001/2", None, None),
    ]


def test_certificates_are_numbered_in_the_order_of_the_decision_handed_over_and_returned(
    everywhere: Tdkt,
) -> None:
    done(everywhere, "certificate", "number", "Q01", "--all", "--first", "15", by=OFFICER)
    done(everywhere, "certificate", "number", "Q01", "--all", "--first", "16", by=OFFICER)
    done(everywhere, "certificate", "hand", "Q01", "--all", "--on", "05/01/2026", by=OFFICER)
    done(everywhere, "certificate", "return", "Q01", "D0001/2", by=OFFICER)

    assert register(everywhere) == [
        ("16", "D0001/1", "2026-01-05", None),
        ("17", "D0001/2", "2026-01-05", "2026-01-05"),
        ("18", "D0001/3", "2026-01-05", None),
    ]
    done(everywhere, "certificate", "number", "Q01", "D0001/1", "--drop", by=OFFICER)
    assert register(everywhere)[-1][:2] == (None, "D0001/1")
    assert everywhere("audit", "verify").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("number", "Q01", "D0001/3", "--first", "16"), "D0001/2 of Q01 has number 16"),
        (("number", "Q01", "--all"), "Write the number of the first certificate"),
        (("return", "Q01", "D0001/1"), "D0001/1 were not handed over"),
        (("hand", "Q01", "--all", "--on", "06/01/2026"), "has not come yet"),
        (("hand", "Q01", "--all", "--on", "04/01/2026"), "is before Q01 was issued"),
        (("hand", "Q01", "D0009/1"), "Q01 has no line D0009/1"),
    ],
)
def test_what_the_register_does_not_take_is_one_sentence(
    office: Tdkt, words: tuple[str, ...], said: str
) -> None:
    done(office, "certificate", "number", "Q01", "--all", "--first", "15", by=OFFICER)
    before = register(office)

    answer = office("certificate", *words, "--as", OFFICER)

    assert answer.code in (1, 2)
    assert said in answer.err
    assert register(office) == before


def test_the_chair_keeps_no_register(office: Tdkt) -> None:
    assert office("certificate", "hand", "Q01", "--all", "--as", CHAIR).code == 1
