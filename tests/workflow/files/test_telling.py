"""What the parser and the linter say has its Vietnamese, with the same values in it."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from workflow.files import telling
from workflow.files.parsing import parse
from workflow.files.telling import alternatives, told
from workflow.files.vietnamese import VIETNAMESE

HOUSE = Path(telling.__file__).parents[2]
SPEAKING = ("workflow/files", "workflow/lint", "exchange/papers", "runtime")


def said_in(source: str) -> set[str]:
    """The sentences that `told` is given in this source."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return {
        node.args[0].value
        for node in calls
        if isinstance(node.func, ast.Name)
        and node.func.id == "told"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def values(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_sentence_has_its_vietnamese_and_no_vietnamese_lacks_its_sentence() -> None:
    files = [file for folder in SPEAKING for file in (HOUSE / folder).rglob("*.py")]
    said = set().union(*(said_in(file.read_text(encoding="utf-8")) for file in files))

    kinds_of_names = {sentence for sentence in VIETNAMESE if sentence.isalpha() and sentence not in said}
    assert said == set(VIETNAMESE) - kinds_of_names


@pytest.mark.parametrize(("english", "vietnamese"), VIETNAMESE.items())
def test_both_languages_say_the_same_values(english: str, vietnamese: str) -> None:
    assert values(english) == values(vietnamese)


def test_dates_and_what_is_said_within_are_vietnamese_too() -> None:
    who = alternatives(["clerk", told("a list")])
    sentence = told(
        "'{account}' has the role {role} but no seat: it counts as no member", account=1, role=who
    )

    assert told("{day} is no day of {year}", day=date(2027, 1, 2), year=2026).vi == (
        "02/01/2027 không thuộc năm 2026"
    )
    assert sentence == "'1' has the role clerk or a list but no seat: it counts as no member"
    assert sentence.vi == (
        "'1' có vai trò clerk hoặc một danh sách nhưng không có tên trong Hội đồng: không tính là thành viên"
    )


def test_the_mistakes_of_a_file_are_told_in_vietnamese() -> None:
    source = "definition: calendar\nname: vn\nname: vn\nversion: x\nyear: 2026\ndays: {}\nsource: Nghị định\n"

    parsed = parse(source, path="lich.yaml")

    assert [getattr(mistake.message, "vi", "") for mistake in parsed.mistakes] == [
        "thiếu khóa 'days_off'",
        "thiếu khóa 'work_days'",
        "khóa 'name' ghi hai lần, lần đầu ở dòng 2",
        "version: cần một số nguyên, nhưng ở đây là đoạn chữ 'x'",
        "không có khóa 'days'; các khóa được dùng: definition, name, version, year, days_off, work_days,"
        " source, provisional",
    ]
