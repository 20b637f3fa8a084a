"""Numbers that Word makes itself come out as it shows them, as though somebody had typed them."""

from __future__ import annotations

import pytest

from exchange.plan.archive import Archive
from exchange.plan.document import AUTOMATIC, Paragraph, TableRow
from exchange.plan.word.reading import read_word
from tests.exchange.plan.word_files import (
    BY,
    HIDDEN,
    cell,
    definition,
    level,
    listed,
    numbered,
    numbering,
    paragraph,
    row,
    style,
    styles,
    table,
    word,
)

OUTLINE = definition(0, level(0, "%1."), level(1, "%1.%2"), level(2, "%3)", "lowerLetter"))


def labels(*paragraphs: str, lists: str, made: str = "") -> list[str]:
    """What stands in cells that hold one numbered paragraph each."""
    rows = table(*(row(cell(each)) for each in paragraphs))
    found = read_word(Archive(word(rows, numbering=lists, styles=made))).parts
    return [part.cells[0] for part in found if isinstance(part, TableRow)]


def counted(list_id: int, *levels: int, lists: str) -> list[str]:
    return labels(*(numbered(list_id, at) for at in levels), lists=lists)


def test_levels_count_and_begin_anew_below_a_higher_one() -> None:
    lists = numbering(OUTLINE, listed(1, 0))

    assert counted(1, 0, 1, 1, 2, 2, 1, 2, 0, 1, lists=lists) == [
        *("1.", "1.1", "1.2", "a)", "b)", "1.3", "a)", "2.", "2.1")
    ]


@pytest.mark.parametrize(
    ("form", "start", "written"),
    [
        ("decimal", 9, ["9", "10"]),
        ("decimalZero", 9, ["09", "10"]),
        ("upperRoman", 3, ["III", "IV"]),
        ("lowerRoman", 9, ["ix", "x"]),
        ("upperLetter", 26, ["Z", "AA"]),
        ("lowerLetter", 52, ["zz", "aaa"]),
        ("none", 1, ["", ""]),
        ("bullet", 1, [AUTOMATIC, AUTOMATIC]),
        ("cardinalText", 1, [AUTOMATIC, AUTOMATIC]),
        ("upperRoman", 4000, [AUTOMATIC, AUTOMATIC]),
        ("decimal", 0, ["0", "1"]),
    ],
)
def test_every_form_of_numbers(form: str, start: int, written: list[str]) -> None:
    lists = numbering(definition(0, level(0, "%1", form, start=start)), listed(1, 0))

    assert counted(1, 0, 0, lists=lists) == written


def test_words_and_signs_around_the_number_are_kept_and_legal_numbers_are_digits() -> None:
    outline = definition(0, level(0, "Phần %1", "upperRoman"), level(1, "(%1.%2)", more="<w:isLgl/>"))

    assert counted(1, 0, 0, 1, lists=numbering(outline, listed(1, 0))) == ["Phần I", "Phần II", "(2.1)"]


def test_a_level_may_go_on_counting_below_the_next_higher_one() -> None:
    outline = definition(
        0,
        level(0, "%1"),
        level(1, "%2", more='<w:lvlRestart w:val="0"/>'),
        level(2, "%3", more='<w:lvlRestart w:val="1"/>'),
    )

    assert counted(1, 0, 1, 2, 1, 2, 0, 1, 2, lists=numbering(outline, listed(1, 0))) == list("11122231")


def test_lists_of_one_definition_count_on_unless_one_has_a_start_of_its_own() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "%1)")}</w:lvlOverride>'
    lists = numbering(OUTLINE, listed(1, 0), listed(2, 0), listed(3, 0, anew), listed(4, 0, other))

    found = labels(*(numbered(id) for id in (1, 1, 2, 3, 3, 1, 4)), lists=lists)

    assert found == ["1.", "2.", "3.", "5.", "6.", "7.", "8)"]


def test_numbers_by_styles_by_the_styles_they_stand_on_and_by_linked_levels() -> None:
    linked = definition(
        0,
        level(0, "%1", more='<w:pStyle w:val="Head"/>'),
        level(1, "%1.%2", more='<w:pStyle w:val="Task"/>'),
    )
    by_list = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    made = styles(
        style("Head", inner=by_list),
        style("Task", inner=by_list),
        style("Task2", based_on="Task"),
        style("Plain", based_on="Task", inner='<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'),
    )

    def styled(id: str, own: str = "") -> str:
        return paragraph(properties=f'<w:pStyle w:val="{id}"/>{own}')

    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    found = labels(
        *map(styled, ("Head", "Task", "Task2", "Plain", "Head", "Task")),
        styled("Task", none),
        styled("Task", '<w:numPr><w:ilvl w:val="0"/></w:numPr>'),
        lists=numbering(linked, listed(1, 0)),
        made=made,
    )

    assert found == ["1", "1.1", "1.2", "", "2", "2.1", "", "3"]


def test_a_definition_may_stand_behind_a_style_of_lists() -> None:
    pointing = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Outline"/></w:abstractNum>'
    behind = style(
        "Outline", kind="numbering", inner='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    )
    lists = numbering(OUTLINE, pointing, listed(1, 0), listed(2, 7))

    assert labels(numbered(2), numbered(2, 1), numbered(1), lists=lists, made=styles(behind)) == [
        "1.",
        "1.1",
        "2.",
    ]


def test_what_is_deleted_or_hidden_is_not_counted() -> None:
    gone = numbered(1).replace("</w:pPr>", f"<w:rPr><w:del {BY}/></w:rPr></w:pPr>")
    hidden = numbered(1).replace("</w:pPr>", f"<w:rPr>{HIDDEN}</w:rPr></w:pPr>")
    rows = (
        row(cell(numbered(1)), "a"),
        row(cell(numbered(1)), "bỏ", properties=f"<w:del {BY}/>"),
        row(cell(gone, numbered(1)), "b"),
        row(cell(hidden, numbered(1)), "c"),
    )

    document = read_word(Archive(word(table(*rows), numbering=numbering(OUTLINE, listed(1, 0)))))

    assert [part.cells for part in document.parts if isinstance(part, TableRow)] == [
        ("1.", "a"),
        ("2.", "b"),
        ("3.", "c"),
    ]


def test_a_number_that_cannot_be_told_stays_a_sign() -> None:
    lists = numbering(OUTLINE, listed(1, 0), listed(3, 9))

    assert labels(numbered(2), numbered(3), numbered(1, 5), lists=lists) == [AUTOMATIC] * 3
    assert labels(numbered(2), lists="") == [AUTOMATIC]


def test_what_leads_its_row_bears_its_number_and_the_items_of_a_further_cell_a_dash() -> None:
    lists = numbering(definition(0, level(0, "%1.", "upperRoman")), listed(1, 0))

    document = read_word(
        Archive(
            word(
                numbered(1, 0, "MỤC ĐÍCH"),
                table(
                    row("", cell(numbered(1, 0, "Quý II")), ""),
                    row("1", cell(numbered(1, 0, "UBND xã"), numbered(1, 0, "- Công an")), ""),
                ),
                numbered(1, 0, "KINH PHÍ"),
                numbering=lists,
            )
        )
    )

    assert document.parts == (
        Paragraph(None, "I. MỤC ĐÍCH"),
        TableRow(1, ("", "II. Quý II", ""), gap=True),
        TableRow(2, ("1", "- UBND xã\n- Công an", "")),
        Paragraph(None, "V. KINH PHÍ", gap=True),
    )
