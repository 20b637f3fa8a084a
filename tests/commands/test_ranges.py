"""Ranges of references: what is missing is told once, nothing is done; what is no range in one sentence."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Tdkt
from tests.people import OFFICER

MISSING = (
    "There is no {}; nothing was done. Shorten the range, or add --existing to tdkt advance to leave these "
    "out.\n"
)


@pytest.mark.parametrize(
    ("refs", "missing"),
    [
        ("T15..T25", "T19..T25"),
        ("T17..T19", "T19"),
        ("T17..T20", "T19, T20"),
        ("T01 T18..T20 D0001..D0003", "D0001..D0003, T19, T20"),
    ],
)
def test_a_range_with_what_does_not_exist_does_nothing_and_names_it_once(
    tdkt: Tdkt, refs: str, missing: str
) -> None:
    answer = tdkt("advance", *refs.split(), "submit", "--as", OFFICER)

    assert (answer.code, answer.out, answer.err) == (2, "", MISSING.format(missing))
    assert tdkt("show", "T17", "--json").json["state"] == "drafted"


def test_of_a_range_what_exists_goes_on_where_that_is_asked_for(tdkt: Tdkt) -> None:
    done = tdkt("advance", "T17..T25", "submit", "--existing", "--as", OFFICER, "--json")

    assert [result["ref"] for result in done.json] == ["T17", "T18"]
    assert tdkt("advance", "T30..T33", "submit", "--existing", "--as", OFFICER).err == MISSING.format(
        "T30..T33"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "T20..T13",
        "T13..D0020",
        "2026/T13..2027/T02",
        "T13...T15",
        "T13…T15",
        "D0001/1..3",
        "X1..X3",
        "T1..T99999",
    ],
)
def test_what_is_no_range_is_told_in_one_sentence(tdkt: Tdkt, typed: str) -> None:
    answer = tdkt("advance", typed, "submit", "--as", OFFICER)

    cure = "Write two references of one year and letter, the smaller first, like T01..T06."
    assert (answer.code, answer.out, answer.err) == (2, "", f"“{typed}” is not a range. {cure}\n")
