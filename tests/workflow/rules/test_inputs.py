"""Words of a command become typed inputs; every mistake is told at once and nothing hostile gets through."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import OFFICER, SECRETARY
from tests.workflow.shipped import machine
from tests.workflow.world import PROOFS, World
from workflow.model.context import Actor, Context
from workflow.model.definition import INPUT_TYPES, Event, Input, Text
from workflow.model.errors import InputMistakes
from workflow.model.facts import Facts
from workflow.rules.inputs import (
    LONGEST_TEXT,
    declared,
    expected,
    parse_code,
    parse_date,
    parse_text,
    read_inputs,
    read_note,
)
from workflow.rules.not_an_input import NotAnInput

LABEL = Text("Nhãn", "Label")
WORLD = World.planned()
ITEM = WORLD.item("T01")
CONTEXT = Context(
    machine("plan_task").definition,
    machine("plan_task").registry,
    "complete",
    Facts(ITEM),
    actor=Actor(OFFICER),
    setting=WORLD.setting,
)


def event(*inputs: Input) -> Event:
    return Event("tell", LABEL, LABEL, ("officer",), (), inputs)


def one(type: str, word: str) -> object:
    """What `word` becomes as an input of `type`."""
    choices = ("person", "household") if type == "choice" else ()
    return read_inputs(event(Input("value", type, LABEL, choices=choices)), {"value": word}, context=CONTEXT)[
        "value"
    ]


def mistake(type: str, word: str) -> str:
    with pytest.raises(InputMistakes) as caught:
        one(type, word)
    return str(caught.value.operands["mistakes"])


@pytest.mark.parametrize(
    ("type", "word", "value"),
    [
        ("text", "  Chờ số liệu \r\n của tỉnh ", "Chờ số liệu \n của tỉnh"),
        ("code", "05/BC-UBND", "05/BC-UBND"),
        ("code", " Số: 05 / BC - UBND ", "05/BC-UBND"),
        ("code", "112/QĐ-UBND", "112/QĐ-UBND"),
        ("date", "2026-03-31", date(2026, 3, 31)),
        ("date", " 31/03/2026 ", date(2026, 3, 31)),
        ("date", "1/3/2026", date(2026, 3, 1)),
        ("date", "31.03.2026", date(2026, 3, 31)),
        ("integer", " 12 ", 12),
        ("decimal", "94,50", "94.5"),
        ("decimal", "090", "90"),
        ("portion", "40 / 41", "40/41"),
        ("birth", "2/3/1974", "1974-03-02"),
        ("birth", "1974-03-02", "1974-03-02"),
        ("birth", "7/1994", "1994-07"),
        ("birth", "1968", "1968"),
        ("choice", "household", "household"),
        ("body", "van_hoa_xa_hoi", "van_hoa_xa_hoi"),
        ("title", "gk", "gk"),
        ("type", "dot_xuat", "dot_xuat"),
        ("ground", "dot_xuat", "dot_xuat"),
        ("account", SECRETARY, SECRETARY),
        ("nominees", "3, 1;1", (1, 3)),
        ("hour", "8h40", "08:40"),
        ("hour", "8 giờ 05 phút", "08:05"),
        ("hour", "14:00", "14:00"),
        ("hour", "8g", "08:00"),
        ("refs", "d1, 2026/D0002;D0001", ("D0001", "D0002")),
        ("lines", "D0001/1-3, d2/2", ("D0001/1", "D0001/2", "D0001/3", "D0002/2")),
        (
            "counts",
            "D0001/1-2:for=8,against=0;D0001/5:for=7, against=1",
            ("D0001/1:against=0,for=8", "D0001/2:against=0,for=8", "D0001/5:against=1,for=7"),
        ),
        ("money", "60.000.000 đồng", 60_000_000),
        ("money", "60000000", 60_000_000),
    ],
)
def test_each_type_reads_what_people_write(type: str, word: str, value: object) -> None:
    assert one(type, word) == value


def test_every_type_of_the_model_is_read() -> None:
    assert {
        "type",
        "text",
        "code",
        "date",
        "integer",
        "decimal",
        "portion",
        "birth",
        "choice",
        "body",
        "title",
        "account",
        "nominees",
        "accounts",
        "ground",
        "paper",
        "papers",
        "digest",
        "hour",
        "refs",
        "lines",
        "counts",
        "money",
    } == set(INPUT_TYPES)


@pytest.mark.parametrize(
    ("type", "word", "said"),
    [
        ("text", " \n ", "value: it is empty; write it out"),
        ("text", "a" * 4001, "value: it is longer than 4000 characters; shorten it"),
        ("text", "a\x1b[31mb", "value: it holds the invisible character U+001B; take it out"),
        ("text", "a\x00b", "value: it holds the invisible character U+0000; take it out"),
        ("text", "a\x85b", "value: it holds the invisible character U+0085; take it out"),
        ("text", "gnp\u202eexe", "value: it holds the invisible character U+202E; take it out"),
        ("text", "a\udc80b", "value: it holds the invisible character U+DC80; take it out"),
        ("code", "UBND", "value: 'UBND' is no paper number; write it like 05/BC-UBND"),
        ("code", "05/BC của ông A", "value: '05/BC của ông A' is no paper number; write it like 05/BC-UBND"),
        ("date", "31/02/2026", "value: '31/02/2026' is no date; write 2026-03-31 or 31/03/2026"),
        ("date", "20260331", "value: '20260331' is no date; write 2026-03-31 or 31/03/2026"),
        ("date", "2026-W10-1", "value: '2026-W10-1' is no date; write 2026-03-31 or 31/03/2026"),
        ("date", "31/03/26", "value: '31/03/26' is no date; write 2026-03-31 or 31/03/2026"),
        ("date", "9999-12-31", "value: the year of '9999-12-31' must be from 2000 to 2100"),
        ("date", "0001-01-01", "value: the year of '0001-01-01' must be from 2000 to 2100"),
        ("date", "0000-01-01", "value: the year of '0000-01-01' must be from 2000 to 2100"),
        ("date", "31/12/2101", "value: the year of '31/12/2101' must be from 2000 to 2100"),
        ("decimal", "94,567", "value: '94,567' is no number; write it like 94.5"),
        ("portion", "42/41", "value: '42/41' is no part of a number; write it like 40/41"),
        *(
            ("birth", word, f"value: '{word}' is no day of birth; write 02/03/1974, 03/1974 or 1974")
            for word in ("31/4/1990", "1899", "2/3/74", "x", "1/1/2999", "1/2/3/1974")
        ),
        ("integer", "-1", "value: '-1' is no whole number; write digits, like 12"),
        ("integer", "1234567", "value: '1234567' is no whole number; write digits, like 12"),
        ("integer", "٣", "value: '٣' is no whole number; write digits, like 12"),
        ("choice", "cat", "value: 'cat' is not known; known are: person; household"),
        ("nominees", "all", "value: 'all' names no nominees; write their numbers, like 1,3"),
        ("nominees", ",", "value: ',' names no nominees; write their numbers, like 1,3"),
        ("hour", "25:00", "value: '25:00' is no hour; write it like 08:40"),
        ("hour", "8", "value: '8' is no hour; write it like 08:40"),
        ("refs", "D0001 X1", "value: 'D0001 X1' names no items; write D0001,D0002"),
        ("lines", "D0001", "value: 'D0001' names no lines; write D0001/1,D0002/3 or D0001/1-5"),
        ("lines", "D0001/5-1", "value: 'D0001/5-1' names no lines; write D0001/1,D0002/3 or D0001/1-5"),
        ("lines", "T01/1", "value: 'T01/1' names no lines; write D0001/1,D0002/3 or D0001/1-5"),
        ("counts", "D0001/5:7", "value: 'D0001/5:7' is no count of lines; write D0001/5:for=7,against=1"),
        ("counts", "D0001/1:for=1;D0001/1-2:for=2", "value: 'D0001/1' is counted twice; keep one"),
        ("money", "1.5", "value: '1.5' is no sum in đồng; write it like 60.000.000"),
        ("money", "60.000.00", "value: '60.000.00' is no sum in đồng; write it like 60.000.000"),
    ],
)
def test_what_does_not_fit_is_told_with_what_would(type: str, word: str, said: str) -> None:
    assert mistake(type, word) == said


def test_a_title_of_another_chain_is_told_with_why() -> None:
    assert mistake("title", "cstt").endswith(": Given by the army or the police")


@pytest.mark.parametrize("type", ["body", "title", "ground", "account"])
def test_an_unknown_name_is_told_with_those_that_are_known(type: str) -> None:
    assert mistake(type, "nobody").startswith("value: 'nobody' is not known; known are: ")


@pytest.mark.parametrize("type", sorted(INPUT_TYPES))
def test_a_very_long_word_makes_no_long_message(type: str) -> None:
    assert len(mistake(type, "ă" * 1_000_000)) < 420


@pytest.mark.parametrize("type", sorted(set(INPUT_TYPES) - {"text"}))
def test_a_mistake_shows_nothing_that_a_terminal_would_obey(type: str) -> None:
    said = mistake(type, "\x1b]0;gone\x07\x9b31m\u202e")

    assert not [letter for letter in said if unicodedata.category(letter) == "Cc" or letter == "\u202e"]


def test_words_are_composed_before_anything_looks_at_them() -> None:
    spoken = unicodedata.normalize("NFD", "Ủy ban nhân dân xã Điềm He")
    paper = unicodedata.normalize("NFD", "112/QĐ-HĐTĐKT")

    assert one("text", spoken) == "Ủy ban nhân dân xã Điềm He"
    assert one("code", paper) == "112/QĐ-HĐTĐKT"


def test_every_mistake_is_told_at_once_with_what_is_expected() -> None:
    complete = machine("plan_task").events["complete"]

    with pytest.raises(InputMistakes) as caught:
        read_inputs(complete, {"paper_date": "soon", "colour": "red", "held_on": "1/1/2026"}, context=CONTEXT)

    assert str(caught.value) == (
        "The inputs of 'complete' are not right: unknown: colour; unknown: held_on; missing: paper_number;"
        " paper_date: 'soon' is no date; write 2026-03-31 or 31/03/2026."
        " It expects: paper_number=<code>, paper_date=<date>."
    )


def test_what_is_expected_shows_choices_and_brackets_what_may_be_left_out() -> None:
    adopt = machine("plan_task").events["adopt"]

    assert expected(adopt.inputs) == "date=<date>, paper=<code>, [outcome=<completed|awarded>]"
    assert expected(()) == "—"


def test_a_kind_declares_its_own_proof() -> None:
    complete = machine("plan_task").events["complete"]
    names = {}
    for number in (1, 2, 4, 7, 17):
        item = WORLD.item(f"T{number:02}")
        context = Context(
            machine("plan_task").definition,
            machine("plan_task").registry,
            "complete",
            Facts(item),
            actor=Actor(OFFICER),
            setting=WORLD.setting,
        )
        names[item.kind] = [each.name for each in declared(complete, context) if each.required]

    assert names == {kind: list(PROOFS[kind]) for kind in names}
    assert len(names) == 5


def test_inputs_come_in_the_order_of_their_declaration() -> None:
    words = {"paper_date": "2026-01-15", "paper_number": "05/BC-UBND"}

    values = read_inputs(machine("plan_task").events["complete"], words, context=CONTEXT)

    assert list(values.items()) == [("paper_number", "05/BC-UBND"), ("paper_date", date(2026, 1, 15))]


def test_a_note_is_a_remark_or_none() -> None:
    assert read_note(None, event="submit") is None
    assert read_note("  ", event="submit") is None
    assert read_note(unicodedata.normalize("NFD", " Gấp ạ "), event="submit") == "Gấp ạ"
    with pytest.raises(InputMistakes):
        read_note("a\x07", event="submit")


@given(st.text(max_size=60))
def test_a_date_is_read_or_refused_and_never_out_of_bounds(word: str) -> None:
    try:
        day = parse_date(word)
    except NotAnInput:
        return
    assert date(2000, 1, 1) <= day <= date(2100, 12, 31)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31)))
def test_both_forms_of_a_date_mean_the_same_day(day: date) -> None:
    assert parse_date(day.isoformat()) == parse_date(f"{day.day}/{day.month}/{day.year}") == day


@given(st.text(max_size=200))
def test_a_text_is_kept_composed_short_and_without_control_characters(word: str) -> None:
    try:
        text = parse_text(word)
    except NotAnInput:
        return
    assert text == unicodedata.normalize("NFC", text)
    assert 0 < len(text) <= LONGEST_TEXT
    assert not [letter for letter in text if unicodedata.category(letter) == "Cc" and letter not in "\n\t"]
    text.encode("utf-8")


@given(st.text(max_size=80))
def test_a_paper_number_holds_a_digit_and_no_blank(word: str) -> None:
    try:
        code = parse_code(word)
    except NotAnInput:
        return
    assert any(letter.isdigit() for letter in code)
    assert not any(letter.isspace() for letter in code)
    assert len(code) <= 60
