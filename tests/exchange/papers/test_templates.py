"""What is wrong in a Word template, by its paragraph."""

from __future__ import annotations

import pytest

from exchange.papers.package import packed, unpacked
from exchange.papers.templates import Field, fields_of, template_faults
from runtime.views.papers.quyet_dinh import AwardPaper
from tests.paper_templates.shipped import TEMPLATES


def edited(*changes: tuple[str, str]) -> bytes:
    parts = unpacked(TEMPLATES["quyet_dinh"]())
    text = parts["word/document.xml"].decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return packed({**parts, "word/document.xml": text.encode()})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{{ total }}", "{{ sum }}", "there is no field 'sum' here; known: annexed, authority"),
        ("{{ row.name }}", "{{ row.ten }}", "there is no field 'ten' here; known: achievement, amount"),
        ("{{ proposal.day }}", "{{ proposal.on }}", "there is no field 'on' here; known: day, number"),
        ("{{ total }}", "{{ total | tien }}", "there is no way 'tien' to write a field; take it out"),
        ("{{ total }}", "{{ total }", "the field is broken: "),
        ("{%tr endfor %}", "", "the field is broken: "),
        ("ground in grounds", "ground in fund", "a list is wanted after 'in', this is one value"),
    ],
)
def test_a_broken_or_unknown_field_is_told_with_the_paragraph_in_which_it_stands(
    old: str, new: str, said: str
) -> None:
    (fault,) = template_faults(edited((old, new)), AwardPaper)

    assert f": {said}" in fault.said
    assert fault.said.startswith(f"paragraph {fault.paragraph} “")


def test_every_fault_is_told_at_once() -> None:
    faults = template_faults(edited(("{{ total }}", "{{ a }}"), ("{{ fund }}", "{{ b }}")), AwardPaper)

    assert len(faults) == 2


def test_quotes_that_word_made_typographic_are_quotes() -> None:
    """Word sets “ ” for " while somebody types."""
    assert template_faults(edited(("{{ total }}", "{{ total or “0” }}")), AwardPaper) == []


@pytest.mark.parametrize("content", [b"", b"no Word file", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_word_file_is_one_fault(content: bytes) -> None:
    (fault,) = template_faults(content, AwardPaper)

    assert fault.said == "this is no Word file (.docx); save it as one in Word"


def test_the_fields_of_a_paper_are_listed_with_those_of_its_rows() -> None:
    found = list(fields_of(AwardPaper))

    assert Field("number", "text") in found
    assert Field("annexed", "yes") in found
    assert Field("rows", "several") in found
    assert Field("rows[].no", "number") in found
    assert Field("signature.capacity", "several") in found
    assert Field("proposal.day", "text") in found
