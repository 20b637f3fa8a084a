"""A council's sessions on real databases: all of their way, what is read back, and several at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from runtime.office.results import Result
from tests.acceptance.chamber import (
    BOARD,
    CALL,
    MADE,
    MET,
    MINUTE,
    OPEN,
    THERE,
    Chamber,
    asks,
    at_once,
    one_won,
)
from tests.people import CHAIR, FIFTH_MEMBER, MEMBER, OFFICER, PRIMARY, SECRETARY
from tests.storage.office import ROOT
from workflow.model.dossiers import Dossier
from workflow.model.errors import Conflict

LINES = (("ldtt", None), ("cstdcs", None), ("ldtt", None), ("cstdcs", None))
OWN = (("ldtt", FIFTH_MEMBER), ("cstdcs", FIFTH_MEMBER))


def reads_equal(chamber: Chamber, *refs: str) -> bool:
    """Whoever acts and whoever looks find the same."""
    return all(chamber.item(ref) == chamber.looked_at(ref) for ref in refs)


def test_a_whole_session_reviews_its_dossiers_and_reads_the_same_after_every_act(chamber: Chamber) -> None:
    first, second = chamber.dossier(*LINES, title="ldtt", body=PRIMARY), chamber.dossier(*OWN, title="ldtt")
    session = chamber.session(first, second)
    chamber.does(session, "call", **CALL)
    chamber.comes(MET)
    steps: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("reply", FIFTH_MEMBER, {"answer": "attend", "lines": f"{second}/1-2"}),
        ("open", SECRETARY, OPEN),
        ("recuse", FIFTH_MEMBER, {"lines": f"{second}/1-2", "why": "named"}),
        ("board", SECRETARY, {"members": ",".join(BOARD)}),
        ("vote_open", SECRETARY, {"title": "ldtt", "at": "08:30"}),
        ("show_hands", SECRETARY, {"counts": f"{first}/1:for=8;{first}/3:for=4,against=4;{second}/1:for=7"}),
        ("vote_open", SECRETARY, {"title": "cstdcs", "at": "09:00"}),
        ("slips", SECRETARY, {"slip": "P2", "to": ",".join(THERE[:-1])}),
        (
            *("count", SECRETARY),
            {"counts": f"{first}/2:collected=8,for=8;{first}/4:collected=8,for=7,against=1;{second}/2:for=7"},
        ),
        ("check_count", MEMBER, {}),
        ("conclude", CHAIR, {}),
        ("close", SECRETARY, {"at": "10:30"}),
        ("minute", SECRETARY, MINUTE),
    )
    for event, by, words in steps:
        chamber.does(session, event, by, **words)
        assert reads_equal(chamber, session, first, second), event

    assert chamber.states((session, first, second)) == ["minuted", "reviewed", "reviewed"]
    results = {line.ref: (line.result, line.conclusion) for line in chamber.details(session).lines}
    assert results == {
        **dict.fromkeys((f"{first}/1", f"{first}/2", f"{second}/1", f"{second}/2"), ("pass", "award")),
        f"{first}/3": ("fail", "not_awarded"),
        f"{first}/4": ("fail", "not_awarded"),
    }
    found = {
        f"{ref}/{line.no}": (line.result, line.votes and (line.votes.for_, line.votes.total))
        for ref in (first, second)
        for line in Dossier.of(chamber.item(ref)).nominees
    }
    assert found == {
        f"{first}/1": ("pass", (8, 9)),
        f"{first}/2": ("pass", (8, 9)),
        f"{first}/3": ("fail", (4, 9)),
        f"{first}/4": ("fail", (7, 9)),
        f"{second}/1": ("pass", (7, 8)),
        f"{second}/2": ("pass", (7, 8)),
    }


def test_minutes_are_reopened_counted_again_and_signed_again(chamber: Chamber) -> None:
    ref = chamber.dossier(("cstdcs", None))
    session = chamber.closed(ref)
    chamber.does(session, "minute", **MINUTE)

    chamber.does(session, "reopen", CHAIR, reason="Ghi nhầm số phiếu")
    assert chamber.states((session, ref)) == ["closed", "appraised"]
    chamber.does(session, "recount", CHAIR, lines=f"{ref}/1", reason="Đếm lại")
    chamber.does(session, "count", counts=f"{ref}/1:collected=8,for=6,against=2")
    chamber.does(session, "check_count", MEMBER)
    chamber.does(session, "conclude", CHAIR)
    chamber.does(session, "minute", **MINUTE)

    (line,) = Dossier.of(chamber.item(ref)).nominees
    assert (line.result, line.outcome) == ("fail", "not_awarded")
    assert reads_equal(chamber, session, ref)


def test_what_is_put_off_or_not_held_leaves_its_dossiers_to_another_session(chamber: Chamber) -> None:
    ref = chamber.dossier(("cstdcs", None))
    session = chamber.session(ref)
    chamber.does(session, "call", **CALL)
    chamber.does(session, "postpone", CHAIR, reason="Mưa lũ")
    assert Dossier.of(chamber.item(ref)).session is None
    chamber.does(session, "agenda_add", dossiers=ref)
    chamber.does(session, "cancel", CHAIR, reason="Không họp được")

    other = chamber.closed(ref)
    chamber.does(other, "minute", **MINUTE)

    assert chamber.states((session, other, ref)) == ["cancelled", "minuted", "reviewed"]
    assert Dossier.of(chamber.item(ref)).session == other
    assert reads_equal(chamber, session, other, ref)


# -- at once -----------------------------------------------------------------------------------------------

ROUNDS = int(os.environ.get("TDKT_RACE_ROUNDS", "3"))


def test_a_dossier_that_is_put_on_two_agendas_at_once_is_on_one(chamber: Chamber) -> None:
    for _round in range(ROUNDS):
        ref = chamber.dossier(("cstdcs", None))
        sessions = (chamber.session(), chamber.session())

        answers = at_once(chamber, *(asks(each, "agenda_add", SECRETARY, dossiers=ref) for each in sessions))

        assert one_won(answers), answers
        on = [each for each in sessions if ref in chamber.details(each).agenda]
        assert on == [Dossier.of(chamber.item(ref)).session]


def test_minutes_and_a_line_that_is_withdrawn_come_one_after_the_other(chamber: Chamber) -> None:
    for number in range(ROUNDS):
        chamber.comes(MADE)
        ref = chamber.dossier(("cstdcs", None), ("cstdcs", None))
        call = {**CALL, "invitation_no": f"{number + 10}/GM-HĐTĐKT"}
        session = chamber.session(ref)
        chamber.does(session, "call", **call)
        chamber.comes(MET)
        chamber.does(session, "open", **OPEN)
        chamber.does(session, "board", members=",".join(BOARD))
        counts = f"{ref}/1:collected=8,for=8;{ref}/2:collected=8,for=8"
        chamber.voted(session, "cstdcs", counts, at="08:30")
        chamber.does(session, "conclude", CHAIR)
        chamber.does(session, "close", at="10:30")
        paper = {"paper_number": "15/CV", "paper_date": MET.isoformat(), "reason": "Đơn vị rút"}

        answers = at_once(
            chamber,
            asks(session, "minute", SECRETARY, **{**MINUTE, "paper_number": f"{number + 10}/BB-HĐTĐKT"}),
            asks(ref, "withdraw_line", OFFICER, nominee="1", **paper),
        )

        assert all(isinstance(each, (Conflict, Result)) for each in answers), answers
        assert any(isinstance(each, Result) and each.done for each in answers), answers
        lines = Dossier.of(chamber.item(ref)).nominees
        minuted = chamber.item(session).state == "minuted"
        assert minuted == (chamber.item(ref).state == "reviewed")
        assert (lines[1].result == "pass") == minuted
        assert reads_equal(chamber, session, ref)


# -- killed ------------------------------------------------------------------------------------------------

DYING = """
import os, sys
from storage.unit import UnitOfWork

whole = UnitOfWork.append

def die(self):
    minutes = any(entry.record["event"] == "minute" for entry in self._entries)
    whole(self)
    if minutes:
        os.kill(os.getpid(), 9)

UnitOfWork.append = die
from cli import main
sys.argv[0] = "tdkt"
main()
"""
"""Dies when all rows and entries of the minutes are written and nothing is committed."""


@pytest.mark.skipif(os.name != "posix", reason="kills by POSIX signals")
def test_a_kill_within_the_minutes_leaves_all_of_them_or_nothing(chamber: Chamber) -> None:
    refs = (chamber.dossier(("cstdcs", None)), chamber.dossier(("cstdcs", None), body=PRIMARY))
    session = chamber.closed(*refs)
    before = chamber.office.dump()
    said = [f"{name}={value}" for name, value in MINUTE.items()]
    given = (word for pair in said for word in ("--set", pair))
    words = ("--as", SECRETARY, "--now", f"{MET}T11:00", "--yes", "advance", session, "minute", *given)
    environment = chamber.office.environment({})

    died = subprocess.run(
        [sys.executable, "-c", DYING, *words], cwd=ROOT, env=environment, check=False, capture_output=True
    )

    assert died.returncode == -signal.SIGKILL, died.stderr
    assert chamber.office.dump() == before
    assert chamber.states((session, *refs)) == ["closed", "appraised", "appraised"]
    again = chamber.office.process(*words)
    assert (again.code, again.err) == (0, ""), again
    assert chamber.states((session, *refs)) == ["minuted", "reviewed", "reviewed"]
