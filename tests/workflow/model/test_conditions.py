"""The conditions of the shipped packs: in words, of whom each is asked, and that each has its parameters."""

from __future__ import annotations

from tests.workflow.shipped import catalogue, rules, shipped
from workflow.files.rules import CHECK
from workflow.model.conditions import (
    BY_DECLARATION,
    CHECKS,
    OF_MEMBERS,
    RATING_LABELS,
    RATINGS,
    condition_text,
    reaches,
)
from workflow.model.definition import RulePack

COMMON = [
    "Không đang bị xem xét kỷ luật, điều tra, xác minh đơn thư",
    "Thành tích chưa được khen thưởng",
]


def since_october() -> RulePack:
    pack = shipped("rules/commune-2026-10/1").definition
    assert isinstance(pack, RulePack)
    return pack


def said(title: str, type: str = "", kind: str = "person", *, pack: RulePack | None = None) -> list[str]:
    found = (pack or rules()).title(title)
    assert found is not None
    return [condition_text(each, pack or rules()).vi for each in found.conditions_of(type, kind)]


def test_the_new_law_asks_another_rating_of_the_emulation_fighter() -> None:
    rest = [
        "Không bị kỷ luật trong kỳ xét",
        *COMMON,
        "Số Chiến sĩ thi đua cơ sở không quá 15% số Lao động tiên tiến",
    ]
    initiative = "01 sáng kiến được công nhận cấp cơ sở trong kỳ xét"

    assert said("cstdcs") == ["Lao động tiên tiến cùng kỳ xét", initiative, *rest]
    assert said("cstdcs", pack=since_october()) == ["Hoàn thành xuất sắc nhiệm vụ trở lên", initiative, *rest]


def test_a_commendation_of_the_province_asks_for_years_in_a_row_for_merit_alone() -> None:
    two_years = "02 năm liên tục hoàn thành xuất sắc nhiệm vụ trở lên"

    assert said("bkt", "cong_trang") == [
        f"{two_years} (năm được tặng Chiến sĩ thi đua cơ sở cũng tính), có 02 sáng kiến",
        *COMMON,
    ]
    assert said("bkt", "cong_trang", "collective") == [
        f"{two_years} (năm được tặng Tập thể lao động xuất sắc cũng tính)",
        *COMMON,
    ]
    assert said("bkt", "dot_xuat") == COMMON


def test_every_condition_of_both_packs_is_said_in_both_languages() -> None:
    for pack in (rules(), since_october()):
        for title in pack.titles:
            assert title.conditions, title.id
            for condition in title.conditions:
                assert all(text.strip() and "{" not in text for text in condition_text(condition, pack))


def test_the_file_knows_exactly_the_checks_that_there_are() -> None:
    assert CHECK.fields.keys() == CHECKS.keys()
    assert CHECKS.keys() >= {*BY_DECLARATION, *OF_MEMBERS}


def test_a_rating_reaches_itself_and_those_below() -> None:
    assert [reaches(rating, "httnv", RATINGS) for rating in ("khtnv", "htnv", "httnv", "htxsnv", "giỏi")] == [
        False,
        False,
        True,
        True,
        False,
    ]


def test_a_rating_is_called_alike_in_conditions_and_in_the_catalogue() -> None:
    words = catalogue().words

    assert {rating: words[f"choice.{rating}"] for rating in RATINGS} == RATING_LABELS
