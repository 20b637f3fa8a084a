"""Numbers of papers: how they are spelled, and which spellings are one number."""

from __future__ import annotations

import pytest

from storage.tables import NUMBERS_A_PAPER
from workflow.model.papers import NUMBERING, identity, spelled, spellings


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("5/QĐ-UBND", "05/QĐ-UBND"),
        ("05/QD-UBND", "05/QĐ-UBND"),
        ("112/qd-ubnd", "112/QĐ-UBND"),
        ("03/TTR-HDTDKT", "03/TTr-HĐTĐKT"),
        ("007/BC-UBND", "07/BC-UBND"),
        ("12/HD-HĐTĐKT", "12/HD-HĐTĐKT"),
        ("05/KH-XYZ", "05/KH-XYZ"),
        ("7", "7"),
        ("TT-05", "TT-05"),
    ],
)
def test_a_number_is_written_as_the_decree_says(given: str, written: str) -> None:
    assert spelled(given) == written


def test_spellings_of_one_number_are_one_and_other_symbols_are_not() -> None:
    assert identity("5/QD-UBND") == identity("05/qđ-ubnd") != identity("05/BC-UBND")
    assert identity("TT-05") is None
    assert spellings("5/QĐ-UBND") == ("05/QD-UBND", "05/QĐ-UBND", "5/QD-UBND", "5/QĐ-UBND")
    assert spellings("TT-05") == ("TT-05",)


def test_the_index_knows_every_event_that_numbers_a_paper() -> None:
    named = ", ".join(f"'{event}'" for event in NUMBERING)

    assert f"event IN ({named})" == NUMBERS_A_PAPER
