"""A session whose plans, room or votes change: each record can be put right until the minutes are signed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from copy import copy
from random import Random

import pytest

from tests.people import (
    CHAIR,
    FIFTH_MEMBER,
    FOURTH_MEMBER,
    MEMBER,
    OFFICER,
    PRIMARY,
    SECRETARY,
    STANDING_MEMBER,
    THIRD_MEMBER,
    VICE_CHAIR,
)
from tests.workflow.council_table import BOARD, COUNCIL, SESSION, THERE, Table
from tests.workflow.shipped import at
from tests.workflow.world import rules_of
from workflow.model.decision import Decision
from workflow.model.dossiers import Dossier
from workflow.model.office import Membership
from workflow.model.sessions import SessionLine
from workflow.services.advance import Tried

WRITES = Membership(written_opinions=True)


@pytest.fixture
def table() -> Table:
    return Table()


def told(table: Table, kind: str) -> list[str]:
    return [kept.draft.to for kept in table.world.store.notices if kept.draft.kind == kind]


def secret_vote(table: Table, *, lines: int = 1) -> str:
    """A dossier with secret lines, its session opened with its board."""
    ref = table.dossier(*[("cstdcs", None)] * lines, title="cstdcs")
    table.opened([ref])
    table.does("board", members=",".join(BOARD))
    return ref


def test_members_are_invited_and_told_of_what_changes(table: Table) -> None:
    table.called([table.dossier(("ldtt", None))])
    table.does("reply", MEMBER, answer="attend")

    table.does("change", at="14:00", reason="Trùng lịch họp HĐND")

    members = [id for id in COUNCIL if id != SECRETARY]
    assert told(table, "invitation") == told(table, "session_changed") == members
    assert (table.session.planned_at, table.session.replies) == ("14:00", ())
    assert rules_of(table.tried("change", reason="Không đổi gì")) == ["nothing_changed"]


def test_a_session_that_is_put_off_frees_its_dossiers_and_is_called_anew(table: Table) -> None:
    ref = table.dossier(("ldtt", None))
    table.called([ref])

    assert rules_of(table.tried("postpone", SECRETARY, reason="Mưa lũ")) == ["role"]
    table.does("postpone", CHAIR, reason="Mưa lũ")

    assert (table.state, table.session.agenda, table.session.lines) == ("postponed", (), ())
    assert Dossier.of(table.world.item(ref)).session is None
    assert len(told(table, "session_off")) == 8
    table.does("agenda_add", dossiers=ref)
    table.does("call", date="2026-02-03", invitation_on="2026-01-26")
    assert (table.state, table.session.planned_on.isoformat()) == ("called", "2026-02-03")  # type: ignore[union-attr]


def test_a_member_answers_for_nobody_else_and_may_change_the_answer(table: Table) -> None:
    ref = table.dossier(("ldtt", FIFTH_MEMBER))
    table.called([ref])

    assert rules_of(table.tried("reply", MEMBER, answer="absent", member=THIRD_MEMBER)) == ["not_ones_own"]
    table.does("reply", THIRD_MEMBER, answer="attend")
    table.does("reply", answer="absent", member=THIRD_MEMBER)
    table.does("reply", FIFTH_MEMBER, answer="attend", lines=f"{ref}/1")

    assert table.session.excused == {THIRD_MEMBER}
    assert [reply.interest for reply in table.session.replies] == [(), (f"{ref}/1",)]


def test_who_comes_and_leaves_changes_the_bases_of_later_votes_alone(table: Table) -> None:
    ref = table.dossier(("ldtt", None), ("ldtt", None))
    table.opened([ref])
    table.does("vote_open", title="ldtt", at="08:30", lines=f"{ref}/1")
    assert rules_of(table.tried("leave", members=MEMBER, at="08:35")) == ["vote_runs"]
    table.does("show_hands", counts=f"{ref}/1:for=8")

    table.does("leave", members=f"{MEMBER},{FOURTH_MEMBER}", at="08:45")
    assert rules_of(table.tried("arrive", members=THIRD_MEMBER, at="08:40")) == ["hour_in_order"]
    assert rules_of(table.tried("leave", members=CHAIR, at="08:50")) == ["presiding_leaves"]
    table.does("vote_open", title="ldtt", at="09:00")

    assert (table.line(f"{ref}/1").voting, table.line(f"{ref}/2").voting) == (8, 6)
    table.does("show_hands", counts=f"{ref}/2:for=6")
    table.does("preside", member=VICE_CHAIR, at="09:10")
    table.does("leave", members=CHAIR, at="09:15")
    assert [each.member for each in table.session.presided] == [CHAIR, VICE_CHAIR]


def test_no_vote_is_opened_without_quorum_in_the_room(table: Table) -> None:
    ref = table.dossier(("ldtt", None))
    table.opened([ref])
    table.does("leave", members=",".join(BOARD), at="08:20")

    assert rules_of(table.tried("vote_open", title="ldtt", at="08:30")) == ["quorum"]


def test_a_secret_vote_that_is_counted_is_voided_only_where_that_is_meant(table: Table) -> None:
    ref = secret_vote(table)
    table.does("vote_open", title="cstdcs", at="08:30")
    uncounted = table.tried("void_vote", CHAIR, reason="Nhầm")
    assert isinstance(uncounted, Decision)
    table.does("vote_open", title="cstdcs", at="08:35")
    table.does("count", counts=f"{ref}/1:collected=8,for=7,against=1")

    asked = table.tried("void_vote", CHAIR, reason="Nhầm")

    assert rules_of(asked) == ["counted_in_secret"]
    table.does("void_vote", CHAIR, reason="Nhầm")
    assert [ballot.voided for ballot in table.session.ballots] == [True, True]


def test_a_vote_that_was_opened_by_mistake_is_voided_and_opened_anew(table: Table) -> None:
    ref = secret_vote(table)
    table.does("vote_open", title="cstdcs", at="08:30")
    assert rules_of(table.tried("roll", present=",".join(COUNCIL))) == ["line_in_vote"]

    table.does("void_vote", CHAIR, reason="Sót một thành viên có mặt")
    table.does("roll", present=",".join(COUNCIL))
    table.does("vote_open", title="cstdcs", at="08:40")

    assert (table.line(f"{ref}/1").group, table.line(f"{ref}/1").in_room) == ("P2", 9)
    assert [ballot.voided for ballot in table.session.ballots] == [True, False]


def test_written_opinions_need_the_statute_and_go_into_the_count(table: Table) -> None:
    ref = secret_vote(table)
    assert rules_of(table.tried("ask_written", members=THIRD_MEMBER)) == ["no_written_opinions"]

    table = Table(membership=WRITES)
    ref = secret_vote(table)
    assert rules_of(table.tried("ask_written", members=MEMBER)) == ["not_absent"]
    table.does("ask_written", members=THIRD_MEMBER)
    assert told(table, "written") == [THIRD_MEMBER]
    table.does("vote_open", title="cstdcs", at="08:30")
    line = table.line(f"{ref}/1")
    assert (line.issued, line.written_asked, line.written_returned) == (9, 1, 0)
    assert rules_of(table.tried("count", counts=f"{ref}/1:collected=9,for=9")) == ["counts"]
    table.does("written_in", members=THIRD_MEMBER)
    table.does("count", counts=f"{ref}/1:collected=9,for=9")
    table.does("check_count", MEMBER)
    assert (table.line(f"{ref}/1").written_returned, table.line(f"{ref}/1").result) == (1, "pass")


def test_no_answer_comes_into_a_box_that_was_emptied_however_often_it_is_counted() -> None:
    """Of two counts with one written answer between them the difference would be that member's vote."""
    table = Table(membership=WRITES)
    ref = secret_vote(table)
    table.does("ask_written", members=THIRD_MEMBER)
    table.does("vote_open", title="cstdcs", at="08:30")
    table.does("count", counts=f"{ref}/1:collected=8,for=7,against=1")
    table.does("check_count", MEMBER)

    table.does("recount", CHAIR, lines=f"{ref}/1", reason="Đếm lại")

    assert rules_of(table.tried("written_in", members=THIRD_MEMBER)) == ["line_counted"]
    assert rules_of(table.tried("count", counts=f"{ref}/1:collected=9,for=8,against=1")) == ["counts"]


def test_who_is_asked_in_writing_is_told_once_and_keeps_the_lines_of_before() -> None:
    table = Table(membership=WRITES)
    ref = table.dossier(("cstdcs", None), title="cstdcs")
    later = table.dossier(("bkt", None), title="bkt", body=PRIMARY)
    table.opened([ref, later], present=THERE[:-1])

    table.does("ask_written", members=THIRD_MEMBER, lines=f"{ref}/1")
    table.does("ask_written", members=FIFTH_MEMBER, lines=f"{ref}/1")
    table.does("ask_written", members=FIFTH_MEMBER, lines=f"{ref}/1")
    table.does("ask_written", members=THIRD_MEMBER, lines=f"{later}/1")

    assert told(table, "written") == [THIRD_MEMBER, FIFTH_MEMBER, THIRD_MEMBER]
    assert {each.member: each.lines for each in table.session.written} == {
        FIFTH_MEMBER: (f"{ref}/1",),
        THIRD_MEMBER: (f"{ref}/1", f"{later}/1"),
    }


def test_another_form_is_left_for_later_and_said_to_be(table: Table) -> None:
    ref = table.dossier(("ldtt", None))
    table.opened([ref])
    table.does("vote_open", title="ldtt", at="08:30")
    table.does("show_hands", counts=f"{ref}/1:for=8")

    answer = table.does("conclude", CHAIR, conclusion="other_form")

    assert [(each.rule, dict(each.operands)) for each in answer.warnings] == [
        ("decided_apart", {"so": f"{ref}/1"})
    ]
    table.does("close")
    table.does("minute")
    (line,) = Dossier.of(table.world.item(ref)).nominees
    assert (line.outcome, line.result) == ("postponed", None)


def test_a_number_that_another_session_has_is_asked_about(table: Table) -> None:
    first, second = table.dossier(("ldtt", None)), table.dossier(("ldtt", None), body=PRIMARY)
    table.called([first])
    table.begin()
    words = {"date": "2026-02-12", "invitation_no": "7/GM-HĐTĐKT", "invitation_on": "2026-01-26"}
    words |= {"at": "08:00", "place": "Phòng họp"}
    table.world.do("S02", "agenda_add", SECRETARY, {"dossiers": second})

    asked = table.world.attempt("S02", "call", SECRETARY, words, confirmed=False)

    assert rules_of(asked) == ["number_spelled", "number_used"]


def test_a_dossier_says_on_whose_agenda_it_is_until_the_minutes_are_signed(table: Table) -> None:
    ref = table.dossier(("ldtt", None))
    table.opened([ref])
    assert Dossier.of(table.world.item(ref)).markers == {"in_session": {"ref": SESSION}}
    table.does("vote_open", title="ldtt", at="08:30")
    table.does("show_hands", counts=f"{ref}/1:for=8")
    table.does("conclude", CHAIR)
    table.does("close")

    table.does("minute")

    assert Dossier.of(table.world.item(ref)).markers == {}


def test_where_the_office_sets_it_the_count_is_typed_twice_and_a_difference_blocks(table: Table) -> None:
    table = Table(membership=Membership(double_entry=True))
    ref = secret_vote(table)
    table.does("vote_open", title="cstdcs", at="08:30")
    table.does("count", counts=f"{ref}/1:collected=8,for=8")

    differs = table.tried("check_count", MEMBER, counts=f"{ref}/1:collected=8,for=7,against=1")

    assert isinstance(differs, Tried)
    (reason,) = differs.refused.reasons
    assert reason.rule == "count_differs"
    assert table.line(f"{ref}/1").result is None
    table.does("check_count", MEMBER, counts=f"{ref}/1:collected=8,for=8")
    assert table.line(f"{ref}/1").result == "pass"


def test_by_writing_there_is_no_roll_and_the_base_is_all_members(table: Table) -> None:
    ref = table.dossier(("ldtt", None))
    secret = table.dossier(("cstdcs", None), title="cstdcs")
    table.begin("writing")
    table.does("agenda_add", dossiers=f"{ref},{secret}")
    table.world.attempt(
        SESSION, "call", SECRETARY, {"invitation_no": "08/HĐTĐKT", "invitation_on": "2026-01-20"}
    )
    table.world.do(SESSION, "open", SECRETARY, {})

    assert len(told(table, "in_writing")) == 8
    assert rules_of(table.world.attempt(SESSION, "vote_open", SECRETARY, {"title": "cstdcs"})) == [
        "secret_in_writing"
    ]
    table.does("vote_open", title="ldtt")
    line = table.line(f"{ref}/1")
    assert (line.base_n, line.least, line.issued, line.in_room) == (9, 5, 9, 0)
    table.does("written_in", members=",".join(THERE))
    table.does("count", counts=f"{ref}/1:collected=8,for=5,against=3")
    table.does("check_count", OFFICER)
    table.does("conclude", CHAIR)
    table.does("conclude", CHAIR, lines=f"{secret}/1", conclusion="later")
    table.world.do(SESSION, "close", SECRETARY, {})
    table.world.now = at("2026-01-26T10:00")
    table.does("minute")
    assert [table.world.item(each).state for each in (ref, secret)] == ["reviewed", "reviewed"]
    assert Dossier.of(table.world.item(ref)).nominees[0].result == "pass"


def test_lines_that_are_withdrawn_leave_the_agenda(table: Table) -> None:
    ref = table.dossier(("ldtt", None), ("ldtt", None))
    table.called([ref])

    table.world.do(ref, "withdraw_line", OFFICER)
    assert [line.ref for line in table.session.lines] == [f"{ref}/2"]
    table.world.do(ref, "withdraw", OFFICER, table.world.words(ref, "withdraw"))
    assert (table.session.agenda, table.session.lines) == ((), ())


def test_what_is_on_the_table_is_neither_sent_back_nor_held_behind_the_vote(table: Table) -> None:
    ref = table.dossier(("ldtt", None), ("ldtt", None))
    table.begin()
    table.does("agenda_add", dossiers=ref)
    table.does("call")
    table.world.now = at("2026-01-26T08:00")

    sent = table.world.attempt(ref, "send_back", STANDING_MEMBER, {"reason": "Chưa rõ"})
    assert rules_of(sent) == ["on_the_table"]
    table.world.do(ref, "hold", OFFICER)
    table.does("open")
    table.does("vote_open", title="ldtt", at="08:30")
    assert table.line(f"{ref}/1").ballot is None
    held = table.world.attempt(ref, "hold", OFFICER, {"nominee": "2", "source": "Đơn kiến nghị"})
    assert rules_of(held) == ["voted_in_session"]
    table.does("show_hands", counts=f"{ref}/2:for=8")
    table.does("conclude", CHAIR)
    table.does("close")
    table.does("minute")
    outcomes = [line.outcome for line in Dossier.of(table.world.item(ref)).nominees]
    assert outcomes == ["postponed", "pending"]


def test_a_dossier_that_is_sent_back_from_a_draft_agenda_leaves_it(table: Table) -> None:
    ref = table.dossier(("ldtt", None))
    table.begin()
    table.does("agenda_add", dossiers=ref)

    table.world.do(ref, "send_back", STANDING_MEMBER, {"reason": "Chưa rõ"})

    assert (table.session.agenda, table.session.lines) == ((), ())
    assert Dossier.of(table.world.item(ref)).session is None


def copied(ready: Table) -> Table:
    table = copy(ready)
    table.world = copy(ready.world)
    table.world.store = ready.world.store.copy()
    return table


@pytest.fixture(scope="module")
def ready() -> Table:
    """A secret vote is about to be opened: nobody acts on it but on copies of it."""
    table = Table()
    secret_vote(table, lines=2)
    return table


def kept_of_meeting(ready: Table, choices: Mapping[str, bool]) -> object:
    """All that is kept of a meeting in which each member voted as `choices` say: its items, the log's
    entries with their texts, the notices."""
    table, for_ = copied(ready), sum(choices.values())
    sheet = f"collected=8,for={for_},against={8 - for_}"
    table.does("vote_open", title="cstdcs", at="08:30")
    table.does("count", counts=f"D0001/1:{sheet};D0001/2:{sheet}")
    table.does("check_count", MEMBER)
    table.does("conclude", CHAIR)
    table.does("close")
    table.does("minute", sheet="seen")
    store = table.world.store
    entries = [(kept.entry.event, kept.entry.inputs, kept.entry.texts) for kept in store.entries]
    return dict(store.items), entries, [kept.draft for kept in store.notices]


def test_over_a_hundred_meetings_nothing_links_a_member_to_a_choice(ready: Table) -> None:
    """Two meetings that differ only in who voted how leave the same behind."""
    chance = Random(12)
    for _meeting in range(100):
        against = chance.randrange(1, 4)
        choices = [True] * (8 - against) + [False] * against
        kept = []
        for _who_voted_how in range(2):
            chance.shuffle(choices)
            kept.append(kept_of_meeting(ready, dict(zip(THERE, choices, strict=True))))
        assert kept[0] == kept[1]


ACTS = {
    "vote_open": 4,
    "count": 6,
    "check_count": 6,
    "conclude": 3,
    **dict.fromkeys(("recount", "void_vote", "leave", "arrive", "recuse"), 1),
}
"""What is done, and how often of all."""


SEQUENCES = int(os.environ.get("TDKT_COUNCIL_SEQUENCES", "60"))


def test_no_sequence_of_acts_passes_a_line_without_quorum_threshold_and_a_checked_count(ready: Table) -> None:
    """And a good part of the sequences come to something, so that this is said of results that there are."""
    came_to: Counter[str] = Counter()
    for seed in range(SEQUENCES):
        table, chance = copied(ready), Random(seed)
        since, reached = len(table.world.store.entries), set[str]()
        for minute in range(40):
            (act,) = chance.choices([*ACTS], [*ACTS.values()])
            _attempted(table, act, chance, at=f"09:{minute:02}")
            for line in table.session.lines:
                _sound(table, line)
                reached |= {each for each in (line.result, line.conclusion) if each}
        came_to.update(reached or {"nothing"})
        assert replayed(ready, table, since=since).session == table.session

    assert min(came_to[each] for each in ("pass", "fail", "award", "not_awarded")) >= SEQUENCES // 10, came_to
    assert came_to["nothing"] < SEQUENCES // 2, came_to


def replayed(ready: Table, table: Table, *, since: int) -> Table:
    """The session as it becomes by what the log says was done to it."""
    again = copied(ready)
    for kept in table.world.store.entries[since:]:
        entry = kept.entry
        if not entry.refused and kept.key == again.world.key(SESSION):
            words = {name: _typed(name, value) for name, value in entry.inputs.items()}
            words |= {text.field: text.value for text in entry.texts}
            again.tried(entry.event, entry.actor, confirmed=True, **words)
    return again


def _typed(name: str, value: object) -> str:
    """An input as the log has it, as somebody types it."""
    if isinstance(value, list | tuple):
        return (";" if name == "counts" else ",").join(map(str, value))
    return str(value)


def _attempted(table: Table, act: str, chance: Random, *, at: str) -> None:
    """One act with inputs by chance, which may be refused."""
    lines = [line for line in table.session.lines if line.ballot] or table.session.lines
    sheet = ";".join(_sheet(line, chance) for line in lines)
    words = {
        "vote_open": {"title": "cstdcs", "at": at},
        "count": {"counts": sheet},
        "check_count": {},
        "recount": {"lines": "D0001/1", "reason": "Đếm lại"},
        "void_vote": {"reason": "Nhầm"},
        "leave": {"members": chance.choice(THERE[1:]), "at": at},
        "arrive": {"members": chance.choice(COUNCIL), "at": at},
        "recuse": {
            "lines": f"D0001/{chance.randrange(1, 3)}",
            "why": "other",
            "member": chance.choice(COUNCIL),
        },
        "conclude": {},
    }[act]
    by = {"check_count": chance.choice((SECRETARY, MEMBER)), "recount": CHAIR, "void_vote": CHAIR}
    table.tried(act, by.get(act, SECRETARY), confirmed=True, **words)


def _sheet(line: SessionLine, chance: Random) -> str:
    """What a board may say that it counted: mostly as many slips as went out."""
    voting = line.voting or 0
    for_ = chance.choice((voting, chance.randrange(voting + 1)))
    spoilt = chance.randrange(min(2, voting - for_ + 1))
    against = voting - for_ - spoilt + chance.choice((0,) * 9 + (1,))
    return f"{line.ref}:for={for_},against={against},invalid={spoilt}"


def _sound(table: Table, line: SessionLine) -> None:
    session = table.session
    if line.counted:
        assert (line.valid or 0) + (line.invalid or 0) == line.collected
        assert (line.for_ or 0) + (line.against or 0) == line.valid
        assert (line.collected or 0) <= (line.issued or 0)
    if line.result is None:
        assert line.conclusion is None
        return
    slip = session.slip(str(line.group))
    ballot = next(each for each in session.ballots if each.no == line.ballot)
    assert slip is not None
    assert slip.checked_by
    assert not {*slip.checked_by} & {*slip.counted_by}
    assert len(ballot.in_room) >= 6
    assert not {*slip.received} & {*line.recused}
    assert (line.result == "pass") == (100 * (line.for_ or 0) >= 80 * (9 - len(line.recused)))
    assert line.conclusion in (None, "award" if line.result == "pass" else "not_awarded")
