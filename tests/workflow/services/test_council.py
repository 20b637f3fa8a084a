"""A session of the council from its agenda to its signed minutes, and what it refuses (flows.md §3)."""

from __future__ import annotations

import pytest

from tests.people import (
    CHAIR,
    FIFTH_MEMBER,
    MEMBER,
    OFFICER,
    SECOND_MEMBER,
    SECRETARY,
    VICE_CHAIR,
)
from tests.workflow.council_table import BOARD, COUNCIL, THERE, Table
from tests.workflow.world import rules_of
from workflow.model.decision import Decision
from workflow.model.dossiers import Dossier, Votes
from workflow.model.errors import InputMistakes
from workflow.services.advance import Tried

HANDS = {
    "ldtt": "D0001/1:for=8,against=0;D0001/3:for=8;D0001/5:for=7,against=1;D0002/1:for=7;D0002/3:for=8",
}
SHEET = "D0001/2:collected=8,for=8,against=0;D0001/4:collected=8,for=7,against=1;D0002/2:collected=7,for=7"


@pytest.fixture
def table() -> Table:
    return Table()


def ready(table: Table) -> None:
    """Opened, its recusals recorded, its board elected."""
    table.opened(table.chain())
    table.does("recuse", FIFTH_MEMBER, lines="D0002/1-2", why="named")
    table.does("board", members=",".join(BOARD))


def voted(table: Table) -> None:
    """All lines voted on, counted and checked as in the chain of a school year."""
    ready(table)
    table.does("vote_open", title="ldtt", at="08:40")
    table.does("show_hands", counts=HANDS["ldtt"])
    table.does("vote_open", title="cstdcs", at="09:10")
    table.does("count", counts=SHEET)
    table.does("check_count", MEMBER)
    table.does("vote_open", title="bkt", at="09:40")
    table.does("count", counts="D0003/1:collected=8,for=8,against=0")
    table.does("check_count", MEMBER)


def minuted(table: Table) -> None:
    voted(table)
    table.does("conclude", CHAIR)
    table.does("close")
    table.does("minute", sheet="seen")


def refusal(answer: Decision | Tried) -> tuple[str, dict[str, object]]:
    """The only reason of a refusal: its rule and its operands in Vietnamese."""
    assert isinstance(answer, Tried), answer
    (reason,) = answer.refused.reasons
    return reason.rule, {name: getattr(value, "vi", value) for name, value in reason.operands.items()}


def test_a_session_goes_from_its_agenda_to_signed_minutes(table: Table) -> None:
    minuted(table)

    session = table.session
    assert table.state == "minuted"
    assert session.members == COUNCIL
    assert {
        line.ref: (line.base_n, line.least, line.total, line.in_room, line.voting) for line in session.lines
    } == {
        "D0001/1": (8, 5, 9, 8, 8),
        "D0001/2": (9, 8, 9, 8, 8),
        "D0001/3": (8, 5, 9, 8, 8),
        "D0001/4": (9, 8, 9, 8, 8),
        "D0001/5": (8, 5, 9, 8, 8),
        "D0002/1": (7, 4, 8, 8, 7),
        "D0002/2": (8, 7, 8, 8, 7),
        "D0002/3": (8, 5, 9, 8, 8),
        "D0003/1": (9, 8, 9, 8, 8),
    }
    assert {
        line.ref: (line.group, line.issued, line.collected, line.valid)
        for line in session.lines
        if line.group
    } == {
        "D0001/2": ("P1", 8, 8, 8),
        "D0001/4": ("P1", 8, 8, 8),
        "D0002/2": ("P2", 7, 7, 7),
        "D0003/1": ("P3", 8, 8, 8),
    }
    assert [line.ref for line in session.lines if line.result == "fail"] == ["D0001/4"]
    assert {line.ref: line.conclusion for line in session.lines} == {
        **dict.fromkeys(
            ("D0001/1", "D0001/2", "D0001/3", "D0001/5", "D0002/1", "D0002/2", "D0002/3"), "award"
        ),
        "D0001/4": "not_awarded",
        "D0003/1": "forward",
    }
    assert [slip.received for slip in session.slips] == [THERE, THERE[:-1], THERE]


def test_its_minutes_review_every_dossier_of_the_agenda(table: Table) -> None:
    minuted(table)

    world = table.world
    assert [world.item(ref).state for ref in ("D0001", "D0002", "D0003")] == ["reviewed"] * 3
    lines = {
        f"{ref}/{line.no}": (line.result, line.outcome, line.why)
        for ref in ("D0001", "D0002", "D0003")
        for line in Dossier.of(world.item(ref)).nominees
    }
    assert lines.pop("D0001/4") == ("fail", "not_awarded", "vote")
    assert set(lines.values()) == {("pass", "pending", None)}
    failed = Dossier.of(world.item("D0001")).nominee(4)
    assert failed is not None
    assert failed.votes == Votes(for_=7, against=1, invalid=0, present=8, total=9)
    told = [notice.draft.to for notice in world.store.notices if notice.draft.kind == "to_propose"]
    assert told == [OFFICER] * 3


def test_a_reopened_session_takes_its_findings_back_until_a_line_is_approved(table: Table) -> None:
    minuted(table)

    table.does("reopen", CHAIR, reason="Ghi nhầm số phiếu")

    assert table.state == "closed"
    states = [table.world.item(ref).state for ref in ("D0001", "D0002", "D0003")]
    assert states == ["appraised"] * 3
    assert {line.result for line in Dossier.of(table.world.item("D0001")).nominees} == {None}
    table.does("recount", CHAIR, lines="D0001/4", reason="Đếm lại")
    assert table.line("D0001/4").result is None
    assert table.line("D0001/2").collected is None  # it stands on the same sheet
    again = SHEET.replace("for=7,against=1", "for=8,against=0").rpartition(";")[0]
    table.does("count", counts=again)
    table.does("check_count", MEMBER)
    table.does("conclude", CHAIR)
    table.does("minute", sheet="seen")
    assert Dossier.of(table.world.item("D0001")).nominee(4).result == "pass"  # type: ignore[union-attr]

    table.world.do("D0001", "approve", CHAIR)
    refused = table.tried("reopen", CHAIR, reason="Ghi nhầm")
    assert "state" in rules_of(refused)


def test_no_session_opens_without_quorum(table: Table) -> None:
    table.called(table.chain())

    refused = table.tried("open", present=",".join(COUNCIL[:5]))

    assert refusal(refused) == ("quorum", {"k": 5, "m": 9, "n": 6})
    assert table.state == "called"


def test_a_total_is_computed_and_never_typed(table: Table) -> None:
    ready(table)
    table.does("vote_open", title="cstdcs", at="09:10")

    refused = table.tried("count", counts=SHEET.replace("D0001/2:", "D0001/2:total=6,"))

    rule, operands = refusal(refused)
    assert rule == "counts"
    assert operands["chi_tiet"] == "D0001/2: tổng số thành viên của trường hợp này là 9, phần mềm tự tính"


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            SHEET.replace(
                "D0001/4:collected=8,for=7,against=1", "D0001/4:collected=8,valid=8,for=8,against=1"
            ),
            "hợp lệ",
        ),
        (SHEET.replace("collected=8", "issued=8,collected=9"), "phát ra"),
        (SHEET.replace("D0001/2:collected=8", "D0001/2:collected=7"), "D0001/2"),
    ],
)
def test_counts_that_do_not_add_up_are_refused(table: Table, counts: str, said: str) -> None:
    ready(table)
    table.does("vote_open", title="cstdcs", at="09:10")

    rule, operands = refusal(table.tried("count", counts=counts))

    assert rule == "counts"
    assert said in str(operands["chi_tiet"])
    assert not table.line("D0001/2").counted


def test_a_slip_goes_to_nobody_who_is_named_on_it(table: Table) -> None:
    ready(table)
    table.does("vote_open", title="cstdcs", at="09:10")

    given = table.tried("slips", slip="P2", to=FIFTH_MEMBER)
    counting = table.tried(
        "board", members=f"{MEMBER},{SECOND_MEMBER},{FIFTH_MEMBER}", slip="P2", confirmed=True
    )
    common = table.tried("slips", lines="D0001/2,D0002/2")

    assert refusal(given)[0] == refusal(counting)[0] == "stands_on_slip"
    assert refusal(given)[1]["so"] == "D0002/2"
    assert refusal(common) == ("secrecy", {"so": "D0001/2, D0002/2"})
    table.does("board", members=f"{MEMBER},{SECOND_MEMBER},{FIFTH_MEMBER}", slip="P1")
    table.does("slips", slip="P2", to=",".join(THERE[:-1]))


def test_a_nominee_of_the_council_is_recused_by_a_record_and_never_silently(table: Table) -> None:
    table.opened(table.chain())

    refused = table.tried("vote_open", title="ldtt", at="08:40")

    rule, operands = refusal(refused)
    assert (rule, operands["so"]) == ("not_recused", "D0002/1")
    table.does("recuse", lines="D0002/1", why="named", member=FIFTH_MEMBER)
    table.does("vote_open", title="ldtt", at="08:40")
    assert table.line("D0002/1").recused == (FIFTH_MEMBER,)


def test_a_count_is_checked_by_another_person_before_it_has_a_result(table: Table) -> None:
    ready(table)
    table.does("vote_open", title="cstdcs", at="09:10")
    table.does("count", counts=SHEET)

    own = table.tried("check_count", SECRETARY)
    early = table.tried("conclude", CHAIR, lines="D0001/2")

    assert rules_of(own) == ["counted_by_oneself"]
    assert rules_of(early) == ["not_checked"]
    assert table.line("D0001/2").result is None
    table.does("check_count", OFFICER)
    assert table.line("D0001/2").result == "pass"


def test_a_conclusion_does_not_contradict_the_count(table: Table) -> None:
    voted(table)

    passed = table.tried("conclude", CHAIR, lines="D0001/4", conclusion="award")
    failed = table.tried("conclude", CHAIR, lines="D0001/2", conclusion="not_awarded")
    higher = table.tried("conclude", CHAIR, lines="D0003/1", conclusion="award")

    assert rules_of(passed) == rules_of(failed) == rules_of(higher) == ["against_count"]
    table.does("conclude", CHAIR, lines="D0001/2", conclusion="later")
    table.does("conclude", CHAIR)
    table.does("close")
    table.does("minute", sheet="scan")
    left = Dossier.of(table.world.item("D0001")).nominee(2)
    assert left is not None
    assert (left.outcome, left.result) == ("postponed", None)


def test_a_dossier_is_on_the_agenda_of_one_session(table: Table) -> None:
    first, *_others = table.chain()
    table.begin()
    table.does("agenda_add", dossiers=first)
    table.begin()

    refused = table.world.attempt("S02", "agenda_add", SECRETARY, {"dossiers": first})

    assert refusal(refused) == ("in_other_session", {"ref": "D0001", "phien": "S01"})
    table.does("cancel", CHAIR, reason="Chưa đủ hồ sơ")
    table.world.do("S02", "agenda_add", SECRETARY, {"dossiers": first})
    assert Dossier.of(table.world.item(first)).session == "S02"


def test_dossiers_of_another_year_are_refused(table: Table) -> None:
    first, *_others = table.chain()
    table.begin()

    with pytest.raises(InputMistakes, match="another plan year than 2026"):
        table.tried("agenda_add", dossiers=f"2025/{first}")
    assert refusal(table.tried("agenda_add", dossiers="D0099")) == (
        "unknown_dossier",
        {"ref": "D0099", "nam": 2026},
    )
    table.does("agenda_add", dossiers=f"2026/{first}")


def test_minutes_are_signed_by_the_secretary_and_who_presided(table: Table) -> None:
    voted(table)
    table.does("conclude", CHAIR)
    table.does("close")

    unsigned = table.tried("minute", sheet="seen", signers=SECRETARY)
    before = table.tried("minute", sheet="seen", paper_date="2026-01-25")

    assert refusal(unsigned)[0] == "signers_lacking"
    assert refusal(before)[0] == "minutes_before"


def test_over_the_chairs_line_a_vice_chair_presides(table: Table) -> None:
    ref = table.dossier(("ldtt", CHAIR), ("ldtt", None))
    table.opened([ref])
    table.does("recuse", CHAIR, lines=f"{ref}/1", why="named")

    answer = table.does("vote_open", title="ldtt", at="08:40")

    assert [reason.rule for reason in answer.warnings] == ["another_presides"]
    assert (table.line(f"{ref}/1").presiding, table.line(f"{ref}/2").presiding) == (VICE_CHAIR, CHAIR)
    table.does("show_hands", counts=f"{ref}/1:for=7;{ref}/2:for=8")
    own = table.tried("conclude", CHAIR)
    assert refusal(own)[0] == "own_line"
    table.does("conclude", VICE_CHAIR)
    table.does("close")
    assert refusal(table.tried("minute"))[0] == "signers_lacking"
    table.does("minute", signers=f"{SECRETARY},{CHAIR},{VICE_CHAIR}")


@pytest.mark.parametrize(("out", "asked"), [(THERE[3:6], []), (THERE[2:6], ["few_slips"])])
def test_a_group_of_fewer_than_three_slips_is_asked(
    table: Table, out: tuple[str, ...], asked: list[str]
) -> None:
    ref = table.dossier(("cstdcs", None), title="cstdcs")
    table.opened([ref], present=THERE[:6])
    for member in out:
        table.does("recuse", lines=f"{ref}/1", why="relative", member=member)

    answer = table.tried("vote_open", title="cstdcs", at="09:00")

    assert (rules_of(answer) if isinstance(answer, Tried) else []) == asked
    assert (table.line(f"{ref}/1").ballot is None) == bool(asked)
    if asked:
        table.tried("vote_open", confirmed=True, title="cstdcs", at="09:00")
        assert table.line(f"{ref}/1").issued == 2
