"""Each rule on rule packs finds its flaw, at its place."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.workflow.lint.samples import LABEL, RULES, TITLE
from workflow.lint.findings import Finding
from workflow.lint.rule_packs import lint_rules
from workflow.model.definition import BaseSalary, Condition, Ground, OtherTitle, Pay, Text, Vote, Way
from workflow.model.paper_kinds import PaperKind, PaperUse


@pytest.mark.parametrize(
    ("percent", "strict", "messages"),
    [
        (1, False, []),
        (100, False, []),
        (99, True, []),
        (0, False, ["'ldtt': 0 % is out of range, 1 to 100"]),
        (101, False, ["'ldtt': 101 % is out of range, 1 to 100"]),
        (100, True, ["'ldtt': more than 100 % can never be reached"]),
    ],
)
def test_a_vote_that_cannot_be_is_found(percent: int, strict: bool, messages: list[str]) -> None:
    title = replace(TITLE, vote=Vote("total", percent, strict=strict, secret=True))

    assert lint_rules(replace(RULES, titles=(title, replace(TITLE, id="gk", vote=None)))) == tuple(
        Finding("error", "vote_out_of_range", ("titles", "ldtt", "vote", "percent"), message)
        for message in messages
    )


PAYING = replace(RULES, base_salary=(BaseSalary(date(2024, 7, 1), 2_340_000, "", "H"),))
"""A pack that pays."""
GROUNDS = (Ground("dot_xuat", LABEL), Ground("bi_mat", LABEL, refused=LABEL))


@pytest.mark.parametrize(
    ("fields", "way", "message"),
    [
        ({"vote": None}, Way("council"), "goes to the council, which has no 'vote' on it"),
        ({}, Way("simplified"), "goes by the simplified path, which needs 'grounds' to rest on"),
        (
            {},
            Way("appraisal", grounds=("dot_xuat",)),
            "is appraised without the council: 'grounds' shorten no way of its own",
        ),
        (
            {"level": "province"},
            Way("council", published="commune"),
            "is published by the level that decides it, not here",
        ),
        (
            {},
            Way("appraisal", published="commune"),
            "is published by the commune after the council, through which it does not go",
        ),
        ({}, Way("council", grounds=("bi_mat",)), "rests on 'bi_mat', on which no dossier is entered"),
        ({}, Way("council", grounds=("khac",)), "rests on 'khac', on which no dossier is entered"),
    ],
)
def test_a_way_that_cannot_be_gone_is_found(fields: Mapping[str, object], way: Way, message: str) -> None:
    title = replace(TITLE, ways={"": way}, **fields)  # type: ignore[arg-type]

    assert lint_rules(replace(RULES, titles=(title,), grounds=GROUNDS)) == (
        Finding("error", "way_that_cannot_be_gone", ("titles", "ldtt", "way"), f"'ldtt' {message}"),
    )


def test_ways_that_can_be_gone_are_no_findings() -> None:
    ways = {
        "cong_trang": Way("council", published="commune"),
        "dot_xuat": Way("simplified", grounds=("dot_xuat",)),
    }
    title = replace(TITLE, ways=ways)

    assert lint_rules(replace(PAYING, titles=(title,), grounds=GROUNDS)) == ()


def test_a_title_that_another_chain_gives_as_well_is_found() -> None:
    elsewhere = replace(RULES, other_chains=(OtherTitle("ldtt", LABEL, LABEL),))

    message = "'ldtt' is one of the titles and of another chain"
    assert lint_rules(elsewhere) == (
        Finding("error", "given_and_given_elsewhere", ("other_chains", "ldtt"), message),
    )


def condition(check: str, **fields: Any) -> Condition:
    params = fields.pop("params", {})
    return Condition(check=check, params=params, cite="Luật", conf="H", **fields)


SHARE = {"title": "ldtt", "percent": 101}


@pytest.mark.parametrize(
    ("conditions", "flaw"),
    [
        ([condition("none_disciplined"), condition("all_complete", nominees=("collective",))], None),
        ([condition("share_of_members", params=SHARE)], (0, "'share_of_members' wants more than 100 %")),
        (
            [condition("all_complete", nominees=("person",))],
            (0, "'all_complete' is about members, which only a collective has"),
        ),
        (
            [condition("none_disciplined", nominees=("household",))],
            (0, "'none_disciplined' is asked of nominees that the title is not for"),
        ),
        (
            [condition("none_disciplined", types=("cong_trang",))],
            (0, "'none_disciplined' is asked for types that the title is not given for"),
        ),
        (
            [condition("none_disciplined", checked_on=date(2026, 2, 1), review_by=date(2026, 1, 1))],
            (0, "'none_disciplined' is to be looked at again before it was looked at"),
        ),
        (
            [condition("none_disciplined"), condition("none_disciplined", nominees=("person",))],
            (1, "'none_disciplined' is asked twice"),
        ),
        (
            [
                condition("none_disciplined", nominees=("collective",)),
                condition("none_disciplined", nominees=("person",)),
            ],
            None,
        ),
        ([condition("asked", label=Text("a", "a")), condition("asked", label=Text("b", "b"))], None),
    ],
)
def test_a_condition_that_no_line_can_meet_is_found(
    conditions: list[Condition], flaw: tuple[int, str] | None
) -> None:
    title = replace(TITLE, nominees=("person", "collective"), conditions=tuple(conditions))

    assert lint_rules(replace(RULES, titles=(title,))) == tuple(
        Finding(
            "error",
            "condition_that_cannot_be_met",
            ("titles", "ldtt", "conditions", str(number)),
            f"'ldtt': {message}",
        )
        for number, message in ([flaw] if flaw else [])
    )


FORM = replace(
    TITLE,
    id="gk",
    ways={"cong_trang": Way("council"), "dot_xuat": Way("council", grounds=("dot_xuat",))},
)


@pytest.mark.parametrize(
    ("use", "found"),
    [
        (PaperUse(("ldtt",), "body", "M"), False),
        (PaperUse(("gk",), "body", "M", types=("dot_xuat",), path="simplified"), False),
        (PaperUse(("gk",), "body", "M", types=("cong_trang",), path="simplified"), True),
        (PaperUse(("gk",), "body", "M", types=("nien_han",)), True),
        (PaperUse(("khac",), "body", "M"), True),
    ],
)
def test_a_paper_for_a_dossier_that_there_cannot_be_is_found(use: PaperUse, found: bool) -> None:
    pack = replace(RULES, titles=(replace(TITLE, ways={"": Way("council")}), FORM), grounds=GROUNDS)
    message = f"'to_trinh' is asked for with '{use.titles[0]}', which no such dossier has"

    assert lint_rules(replace(pack, papers=(PaperKind("to_trinh", LABEL, (use,)),))) == (
        (Finding("error", "paper_of_no_dossier", ("papers", "to_trinh"), message),) if found else ()
    )


BY_TYPE = {"cong_trang": Way("council"), "dot_xuat": Way("simplified", grounds=("dot_xuat",))}


@pytest.mark.parametrize(
    ("fields", "pays", "number", "message"),
    [
        ({}, (Pay(300, "", "H", nominees=("household",)),), 0, "pays nominees that the title is not for"),
        (
            {},
            (Pay(300, "", "H", types=("dot_xuat",)),),
            0,
            "pays for types that the title is not given for",
        ),
        (
            {"ways": BY_TYPE},
            (Pay(300, "", "H", types=("khac",)),),
            0,
            "pays for types that the title is not given for",
        ),
        (
            {},
            (Pay(300, "", "H"), Pay(600, "", "H", nominees=("person",))),
            1,
            "pays a person twice: a pay above holds already",
        ),
    ],
)
def test_a_pay_that_cannot_be_is_found(
    fields: Mapping[str, Any], pays: tuple[Pay, ...], number: int, message: str
) -> None:
    title = replace(TITLE, pays=pays, **fields)

    found = [
        each for each in lint_rules(replace(RULES, titles=(title,))) if each.rule == "pay_that_cannot_be"
    ]

    where = ("titles", "ldtt", "pays", str(number))
    assert found == [Finding("error", "pay_that_cannot_be", where, f"'ldtt' {message}")]


def test_pays_of_several_kinds_and_types_are_no_findings() -> None:
    pays = (
        Pay(150, "", "H", nominees=("person",), types=("dot_xuat",)),
        Pay(300, "", "H", nominees=("person",), types=("cong_trang",)),
        Pay(600, "", "H", nominees=("collective",)),
    )
    title = replace(TITLE, nominees=("person", "collective"), ways=BY_TYPE, pays=pays)

    assert lint_rules(replace(PAYING, titles=(title,), grounds=GROUNDS)) == ()


def test_a_kind_of_nominee_of_which_no_pay_is_said_is_warned_of_where_the_commune_pays() -> None:
    title = replace(TITLE, nominees=("person", "household"), pays=(Pay(300, "", "H", nominees=("person",)),))

    found = [lint_rules(replace(PAYING, titles=(replace(title, level=level),))) for level in LEVELS]

    message = "'ldtt' does not say what household are paid"
    assert found == [(Finding("warning", "pay_not_said", ("titles", "ldtt", "pays"), message),), (), ()]


LEVELS: tuple[Any, ...] = ("commune", "province", "government")


def test_what_pays_by_no_base_salary_is_found() -> None:
    paying = replace(TITLE, nominees=("person",), pays=(Pay(300, "", "H"),))
    found = [
        lint_rules(replace(RULES, base_salary=(), titles=(title,)))
        for title in (
            paying,
            replace(paying, level="province"),
            replace(paying, pays=(Pay(0, "", "M"),)),
        )
    ]

    message = "'ldtt' pays, and no base salary is known"
    assert found == [(Finding("error", "pay_without_salary", ("base_salary",), message),), (), ()]


def test_base_salaries_out_of_their_order_are_found() -> None:
    later, same = (BaseSalary(date(2026, month, 1), 1, "", "H") for month in (7, 7))

    found = lint_rules(replace(RULES, base_salary=(later, same)))

    assert found == (
        Finding(
            "error",
            "salaries_out_of_order",
            ("base_salary", "0", "since"),
            "no base salary is known of the pack's first days",
        ),
        Finding(
            "error",
            "salaries_out_of_order",
            ("base_salary", "1", "since"),
            "begins no later than the base salary above it",
        ),
    )
