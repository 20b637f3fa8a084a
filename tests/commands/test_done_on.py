"""Whether something was late is judged by the day on which it was done, not by that of typing."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Tdkt
from tests.dossiers import NO_VOTE, given, way
from tests.people import CHAIR, OFFICER, STANDING_MEMBER, VILLAGE

NEW = ("dossier", "new", "--from", VILLAGE, "--title", "gk", "--type", "dot_xuat", "--as", OFFICER)


def approved(tdkt: Tdkt, ref: str) -> None:
    assert tdkt("advance", ref, "submit", "--as", OFFICER).code == 0
    reviewed = ("advance", ref, "review", "--set", "opinion=Được", "--as", STANDING_MEMBER)
    assert tdkt(*reviewed).code == 0
    assert tdkt("advance", ref, "approve", "--as", CHAIR).code == 0


@pytest.mark.parametrize(
    ("ref", "inputs", "late"),
    [
        ("T01", ("paper_number=5/BC-UBND", "paper_date=31/03/2026"), False),
        ("T01", ("paper_number=5/BC-UBND", "paper_date=02/04/2026"), True),
        ("T02", ("held_on=30/03/2026",), False),
        ("T02", ("held_on=01/04/2026",), True),
    ],
)
def test_a_task_is_as_late_as_on_the_day_it_was_done(
    tdkt: Tdkt, ref: str, inputs: tuple[str, ...], *, late: bool
) -> None:
    approved(tdkt, ref)
    given = [word for pair in inputs for word in ("--set", pair)]

    done = tdkt("advance", ref, "complete", *given, "--as", OFFICER, "--yes", "--now", "2026-04-20T09:00")

    assert done.code == 0
    day, month, year = inputs[-1].partition("=")[2].split("/")
    shown = tdkt("show", ref, "--json").json
    assert (shown["closed_on"], shown["late"]) == (f"{year}-{month}-{day}", late)
    assert ("Done late" if late else "Done on time") in tdkt("show", ref).out
    listed = {task["ref"]: task["late"] for task in tdkt("task", "list", "--json").json}
    assert listed[ref] is late


def test_an_attended_conference_is_done_on_the_day_named_else_on_that_of_typing(tdkt: Tdkt) -> None:
    for ref, inputs in (("T04", ("attended_on=10/03/2026",)), ("T07", ())):
        approved(tdkt, ref)
        given = ("invitation=7/GM-UBND", "attended_by=Một người", *inputs)
        words = [word for pair in given for word in ("--set", pair)]
        done = tdkt("advance", ref, "complete", *words, "--as", OFFICER, "--now", "2026-03-20T09:00")
        assert done.code == 0, done.err

    closed = [tdkt("show", ref, "--json").json["closed_on"] for ref in ("T04", "T07")]

    assert closed == ["2026-03-10", "2026-03-20"]


def test_awards_are_done_on_the_day_of_the_last_decision(tdkt: Tdkt) -> None:
    refs = [tdkt(*NEW, "--task", "T06", "--json").json["ref"] for _ in range(2)]
    for ref in refs:
        for words in (
            ("dossier", "add", ref, "--kind", "person", "--name", "Một", "--yes", "--as", OFFICER),
            (
                *("advance", ref, "submit", *given("paper_number=3/TTr", "paper_date=05/01/2026")),
                *("--as", OFFICER),
            ),
            *way("approved", ref=ref, since="submitted", votes=NO_VOTE),
        ):
            assert tdkt(*words).code == 0
    for ref, day in zip(refs, ("27/03/2026", "30/03/2026"), strict=True):
        decided = given(f"decision_number=1{ref[-1]}/QĐ-UBND", f"decision_date={day}", "signer=chu-tich")
        decided += given("funds_by=ke-toan")
        awarded = tdkt("advance", ref, "award", *decided, "--as", OFFICER, "--now", "2026-04-02T09:00")
        assert awarded.code == 0, awarded.err
    approved(tdkt, "T06")

    assert tdkt("advance", "T06", "award", "--as", OFFICER, "--now", "2026-04-20T09:00").code == 0

    shown = tdkt("show", "T06", "--json").json
    assert (shown["closed_on"], shown["late"]) == ("2026-03-30", False)


def test_the_old_date_is_the_last_that_somebody_set(tdkt: Tdkt) -> None:
    for words in (
        ("deadline", "set", "T07", "20/05/2026", "--source", "Công văn", "--as", OFFICER),
        ("deadline", "extend", "T07", "10/06/2026", "--reason", "Chờ", "--as", CHAIR),
    ):
        assert tdkt(*words).code == 0

    assert "Extended to 2026-06-10 (due before: 2026-05-20)" in tdkt("show", "T07").out
