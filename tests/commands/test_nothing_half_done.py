"""What makes no sense from the council's table to the fund: one sentence with its cure, a code of its own,
and nothing half done.

The office is the one in full work (`at_work`): S02 is called, S03 in session, S05 has voted, S06 is closed,
Q01 bears the number 112, Q05 is signed.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commands.session import REFUSED, USAGE
from tests.commands.conftest import Answer, Tdkt
from tests.commands.test_chain_refusals import kept
from tests.people import ACCOUNTANT, OFFICER, RECORDS_CLERK, SECRETARY

THERE = "thu-ky chu-tich pho-chu-tich thuong-truc uy-vien-1 uy-vien-2 uy-vien-4"
ROLL = " ".join(f"--present {member}" for member in THERE.split())
ISSUE = f"decision issue Q05 --date 02/03/2026 --as {RECORDS_CLERK}"
WRONG = {
    "a count above its slips": (
        f"council count S03 bkt --line D0010/1:for=8 --line D0014/1:for=8,against=1,valid=8 --as {SECRETARY}",
        (REFUSED, "D0014/1: for 8 + against 1 = 9, which must be the 8 valid slips", "minutes of the count"),
    ),
    "a show of hands of more than are there": (
        f"council vote S03 gk --at 10:00 --line D0009/1:for=8,against=1 --as {SECRETARY}",
        (REFUSED, "for 8 + against 1 + other 0 = 9, which must be the 8 who vote", "minutes of the count"),
    ),
    "a number that is used": (
        f"{ISSUE} --number 112/QĐ-UBND",
        (REFUSED, "Number 112/QĐ-UBND is taken in that year: decision Q01 of 2026-03-02", "register"),
    ),
    "a number that is used but for its spelling": (
        f"{ISSUE} --number 0112/qđ-ubnd",
        (REFUSED, "taken in that year: decision Q01", "register"),
    ),
    "a fund that what is spent brings below zero": (
        f"fund set --spent-before 5000000 --as {ACCOUNTANT}",
        (REFUSED, "The fund of 2026 would sink to -6.420.000 đồng", "tdkt fund set --allocated"),
    ),
    "a sum below zero": (
        f"fund set --allocated=-5 --as {ACCOUNTANT}",
        (REFUSED, "The fund of 2026 would sink to -1.420.005 đồng", "tdkt fund set --allocated"),
    ),
    "a member twice on the roll": (
        f"council open S02 --at 08:00 {ROLL} --present chu-tich --as {SECRETARY}",
        (USAGE, "“chu-tich” is named twice", "name each once"),
    ),
    "a member twice on the roll, once by the position": (
        f"council open S02 --at 08:00 {ROLL} --present Chair --as {SECRETARY}",
        (USAGE, "“Chair” is named twice", "name each once"),
    ),
    "a member who comes and is there": (
        f"council roll S05 --arrive chu-tich --at 09:00 --as {SECRETARY}",
        (REFUSED, "Chair is in the room", "Name those who are not there"),
    ),
    "a vote on a line that was voted on": (
        f"council vote S05 gk --at 10:00 --all-for --as {SECRETARY}",
        (REFUSED, "No line of “Commendation of the commune's chair” waits for a vote", "void the vote"),
    ),
    "a vote in a session that is closed": (
        f"council vote S06 gk --at 10:00 --all-for --as {SECRETARY}",
        (REFUSED, "It stands at “Closed, minutes to be signed”", "tdkt why"),
    ),
    "a count in minutes that are signed": (
        f"council count S07 gk --line D0016/1:for=9 --as {SECRETARY}",
        (REFUSED, "It stands at “Minutes signed”", "tdkt why"),
    ),
    "a line that is in another decision": (
        f"decision add Q02 D0016/2 --as {OFFICER}",
        (REFUSED, "D0016/2", "Q03"),
    ),
}


@pytest.mark.parametrize(("words", "told"), WRONG.values(), ids=WRONG.keys())
def test_what_makes_no_sense_is_told_with_its_cure_and_changes_nothing(
    at_work: Path, bare: Tdkt, words: str, told: tuple[int, str, str]
) -> None:
    code, fault, cure = told
    before = kept(at_work / "co-quan.db")

    answer = bare(*words.split())

    assert (answer.code, answer.out) == (code, ""), answer
    (said,) = sentences(answer)
    assert fault in said
    assert cure in said
    assert kept(at_work / "co-quan.db") == before


@pytest.mark.parametrize("words", [words for words, _told in WRONG.values()], ids=WRONG.keys())
def test_it_is_told_in_vietnamese_too(
    at_work: Path, bare: Tdkt, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    english = bare(*words.split())
    monkeypatch.setenv("TDKT_LANG", "vi")

    answer = bare(*words.split())

    assert answer.code == english.code
    (said,) = sentences(answer)
    assert re.search("[ạảãâầấậẩẫăằắặẳẵđêềếệểễôồốộổỗơờớợởỡưừứựửữ]", said)
    assert said not in english.err


def sentences(answer: Answer) -> list[str]:
    """What was wrong, each with its cure: of a refusal its reasons, else all of it."""
    reasons = re.findall(r"^  - (.+)$", answer.err, re.M)
    return reasons or answer.err.splitlines()
