"""A vote in whole numbers: base, threshold and share, true counts, slips, and what can come of a meeting."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.shipped import rules
from workflow.model.ballots import (
    FEW_SLIPS,
    Forecast,
    SlipGroup,
    count_mistake,
    electorate,
    forecast,
    hands_mistake,
    issued_of,
    least_of,
    majority_of,
    passed,
    said,
    share_text,
    slip_groups,
    slips_mistake,
)
from workflow.model.council import quorum_of
from workflow.model.definition import Vote

MAJORITY = Vote("present", 50, strict=True, secret=False)
FOUR_FIFTHS = Vote("total", 80, strict=False, secret=True)
NINE = frozenset("abcdefghi")
EIGHT = NINE - {"i"}

some_members = st.frozensets(st.sampled_from(sorted(NINE)))
a_vote = st.builds(
    Vote,
    st.sampled_from(["total", "present"]),
    st.integers(1, 99),
    strict=st.booleans(),
    secret=st.booleans(),
)
a_base = st.integers(0, 200)
a_count = st.integers(-2, 12)


# -- who decides, and what passes ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vote", "in_room", "recused", "numbers"),
    [
        (MAJORITY, EIGHT, "", (9, 8, 9, 8, 8, 5)),
        (MAJORITY, EIGHT, "a", (9, 8, 8, 7, 7, 4)),
        (MAJORITY, EIGHT, "i", (9, 8, 8, 8, 8, 5)),
        (FOUR_FIFTHS, EIGHT, "", (9, 8, 9, 8, 9, 8)),
        (FOUR_FIFTHS, EIGHT, "ai", (9, 8, 7, 7, 7, 6)),
    ],
)
def test_who_is_recused_leaves_the_base_of_that_line_and_stays_in_the_room(
    vote: Vote, in_room: frozenset[str], recused: str, numbers: tuple[int, ...]
) -> None:
    who = electorate(vote, members=NINE, in_room=in_room, recused=frozenset(recused))

    assert (who.members, who.in_room, who.total, who.voting, who.base, who.least) == numbers


@given(a_vote, some_members, some_members, st.frozensets(st.sampled_from("xyz")))
def test_strangers_in_the_room_change_nothing(
    vote: Vote, in_room: frozenset[str], recused: frozenset[str], strangers: frozenset[str]
) -> None:
    among_members = electorate(vote, members=NINE, in_room=in_room, recused=recused)

    assert (
        electorate(vote, members=NINE, in_room=in_room | strangers, recused=recused | strangers)
        == among_members
    )


@given(st.integers(0, 200), a_base, a_vote)
def test_passing_is_reaching_the_least_number_of_votes_and_the_exact_share(
    for_: int, base: int, vote: Vote
) -> None:
    asked = Fraction(vote.percent, 100) * base

    assert passed(for_, base, vote) == (for_ >= least_of(base, vote))
    assert passed(for_, base, vote) == (for_ > asked if vote.strict else for_ >= asked)


@pytest.mark.parametrize(("members", "least"), [(7, 4), (8, 5), (9, 5), (13, 7)])
def test_the_least_base_is_more_than_half_of_the_members(members: int, least: int) -> None:
    assert majority_of(members) == least


# -- what is said of a result ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("for_", "base", "said"),
    [
        (7, 9, "77,77 %"),
        (8, 9, "88,88 %"),
        (8, 8, "100,00 %"),
        (0, 9, "0,00 %"),
        (1, 3, "33,33 %"),
        (2, 3, "66,66 %"),
        (7999, 10_000, "79,99 %"),
        (79_999, 100_000, "79,99 %"),
        (1, 20, "5,00 %"),
        (1, 11, "9,09 %"),
        (0, 0, "0,00 %"),
    ],
)
def test_a_share_is_cut_to_two_decimals(for_: int, base: int, said: str) -> None:
    assert share_text(for_, base) == said


@given(st.integers(1, 100_000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_a_share_never_reads_as_more_than_it_is(counts: tuple[int, int]) -> None:
    for_, base = counts
    read = Fraction(share_text(for_, base).removesuffix(" %").replace(",", "."))

    assert read <= Fraction(100 * for_, base) < read + Fraction(1, 100)


@pytest.mark.parametrize(
    ("for_", "base", "vote", "vi", "en"),
    [
        (
            7,
            9,
            FOUR_FIFTHS,
            "Cần ít nhất 8/9 phiếu (80 %), được 7 phiếu (77,77 %)",
            "Needs at least 8/9 votes (80 %), got 7 (77.77 %)",
        ),
        (
            8,
            8,
            MAJORITY,
            "Cần trên 50 % số thành viên có mặt (5/8), được 8 (100,00 %)",
            "Needs more than 50 % of the members present (5/8), got 8 (100.00 %)",
        ),
        (
            5,
            7,
            Vote("present", 80, strict=False, secret=True),
            "Cần ít nhất 80 % số thành viên có mặt (6/7), được 5 phiếu (71,42 %)",
            "Needs at least 80 % of the members present (6/7), got 5 (71.42 %)",
        ),
        (
            5,
            9,
            Vote("total", 50, strict=True, secret=True),
            "Cần trên 50 % tổng số thành viên (5/9), được 5 phiếu (55,55 %)",
            "Needs more than 50 % of all members (5/9), got 5 (55.55 %)",
        ),
        (
            6,
            9,
            Vote("total", 75, strict=False, secret=False),
            "Cần ít nhất 7/9 (75 %), được 6 (66,66 %)",
            "Needs at least 7/9 votes (75 %), got 6 (66.66 %)",
        ),
    ],
)
def test_a_result_says_what_it_needed_and_what_it_got(
    for_: int, base: int, vote: Vote, vi: str, en: str
) -> None:
    assert said(for_, base, vote) == (vi, en)


# -- counts that cannot be true --------------------------------------------------------------------------


@given(a_count, a_count, a_count, st.integers(0, 12))
def test_a_show_of_hands_counts_everybody_who_votes_once(
    for_: int, against: int, other: int, voting: int
) -> None:
    true = min(for_, against, other) >= 0 and for_ + against + other == voting > 0

    assert (hands_mistake(for_, against, other, voting=voting) is None) == true


@given(a_count, a_count, st.integers(0, 9), st.integers(0, 3), st.integers(0, 4))
def test_slips_are_right_when_each_voter_got_one_and_no_more_came_back(
    issued: int, collected: int, voting: int, asked: int, returned: int
) -> None:
    right = issued == voting + asked and returned <= asked and 0 <= collected <= voting + returned

    mistake = slips_mistake(issued, collected, voting=voting, asked=asked, returned=returned)

    assert (mistake is None) == right


@given(a_count, a_count, a_count, a_count, st.integers(0, 12))
def test_a_lines_counts_add_up_to_the_slips_collected(
    valid: int, invalid: int, for_: int, against: int, collected: int
) -> None:
    fits = valid + invalid == collected and for_ + against == valid
    true = fits and min(valid, invalid, for_, against) >= 0

    assert (count_mistake(valid, invalid, for_, against, collected=collected) is None) == true


def test_a_mistake_names_both_sides_of_what_does_not_add_up() -> None:
    mistakes = [
        hands_mistake(7, 2, 0, voting=8),
        hands_mistake(0, 0, 0, voting=0),
        slips_mistake(8, 9, voting=8),
        slips_mistake(9, 8, voting=8),
        slips_mistake(9, 9, voting=8, asked=1, returned=0),
        slips_mistake(9, 8, voting=8, asked=1, returned=2),
        count_mistake(8, 1, 8, 0, collected=8),
        count_mistake(8, 0, 8, 1, collected=8),
        count_mistake(8, 0, 9, -1, collected=8),
    ]

    assert [mistake.vi for mistake in mistakes if mistake] == [
        "tán thành 7 + không tán thành 2 + ý kiến khác 0 = 9, phải bằng 8 người biểu quyết",
        "không còn ai trong phòng được biểu quyết trường hợp này",
        "thu về 9 không thể nhiều hơn phát ra 8",
        "phát ra 9, phải bằng 8 người bỏ phiếu tại phòng + 0 lấy ý kiến bằng văn bản",
        "thu về 9 không thể nhiều hơn 8 phiếu tại phòng + 0 phiếu gửi lại",
        "lấy ý kiến bằng văn bản 1, không thể nhận lại 2",
        "hợp lệ 8 + không hợp lệ 1 = 9, phải bằng thu về 8",
        "đồng ý 8 + không đồng ý 1 = 9, phải bằng số phiếu hợp lệ 8",
        "số phiếu không thể âm",
    ]
    assert [mistake.en for mistake in mistakes if mistake] == [
        "for 7 + against 2 + other 0 = 9, which must be the 8 who vote",
        "nobody in the room may vote on this line",
        "collected 9 cannot be more than issued 8",
        "issued 9, which must be the 8 who vote in the room + 0 asked in writing",
        "collected 9 cannot be more than 8 in the room + 0 sent back",
        "1 asked in writing, so 2 cannot have come back",
        "valid 8 + invalid 1 = 9, which must be the 8 collected",
        "for 8 + against 1 = 9, which must be the 8 valid slips",
        "a count cannot be negative",
    ]


# -- slips -----------------------------------------------------------------------------------------------


def test_lines_with_the_same_members_recused_share_a_slip() -> None:
    nobody, head = frozenset[str](), frozenset({"a"})
    lines = [
        ("D0001/2", "cstdcs", nobody),
        ("D0002/2", "cstdcs", head),
        ("D0001/4", "cstdcs", nobody),
        ("D0003/1", "bkt", nobody),
    ]

    assert slip_groups(lines) == (
        SlipGroup("P1", "cstdcs", ("D0001/2", "D0001/4"), nobody),
        SlipGroup("P2", "cstdcs", ("D0002/2",), head),
        SlipGroup("P3", "bkt", ("D0003/1",), nobody),
    )
    assert [group.id for group in slip_groups(lines[3:], taken=2)] == ["P3"]


a_line = st.tuples(st.sampled_from(["cstdcs", "bkt"]), some_members)


@given(st.lists(a_line, max_size=12), some_members, st.integers(0, 5))
def test_every_line_is_on_one_slip_and_nobody_gets_one_with_a_line_recused_from(
    lines: list[tuple[str, frozenset[str]]], in_room: frozenset[str], taken: int
) -> None:
    referred = [(f"D0001/{no}", title, out) for no, (title, out) in enumerate(lines, 1)]
    groups = slip_groups(referred, taken=taken)

    assert sorted(line for group in groups for line in group.lines) == sorted(line for line, _, _ in referred)
    assert len({(group.title, group.recused) for group in groups}) == len(groups)
    assert [group.id for group in groups] == [f"P{taken + no}" for no in range(1, len(groups) + 1)]
    recused = {line: out for line, _, out in referred}
    for group in groups:
        receivers = in_room - group.recused
        assert all(receivers.isdisjoint(recused[line]) for line in group.lines)
        voting = electorate(FOUR_FIFTHS, members=NINE, in_room=in_room, recused=group.recused).voting
        assert issued_of(voting=voting) == len(receivers)


def test_a_group_of_two_slips_is_few_and_one_of_three_is_not() -> None:
    assert [issued_of(voting=here, asked=asked) < FEW_SLIPS for here, asked in ((2, 0), (2, 1), (3, 0))] == [
        True,
        False,
        False,
    ]


# -- before the meeting ----------------------------------------------------------------------------------


def test_a_line_passes_only_when_all_who_come_are_in_favour() -> None:
    seen = forecast(FOUR_FIFTHS, members=NINE, expected=EIGHT)

    assert (seen.least, seen.of, seen.voters, seen.writing) == (8, 9, 8, 0)
    assert (seen.passes_in_room, seen.spare, seen.lacking) == (True, 0, 0)
    assert (seen.away, seen.leave) == (frozenset("i"), frozenset())


def test_with_too_few_who_come_it_says_how_many_are_lacking_and_what_writing_would_do() -> None:
    seen = forecast(
        FOUR_FIFTHS, members=NINE, expected=frozenset("abcdef"), recused=frozenset("ag"), in_writing=True
    )

    assert seen == Forecast(6, 7, 5, 2, away=frozenset("hi"), leave=frozenset("a"))
    assert (seen.passes_in_room, seen.passes_with_writing, seen.lacking) == (False, True, 1)


def test_nobody_is_asked_in_writing_where_those_present_are_the_base() -> None:
    assert forecast(MAJORITY, members=NINE, expected=EIGHT, in_writing=True).writing == 0


@given(a_vote, some_members, some_members)
def test_a_line_can_pass_in_the_room_when_it_passes_with_all_its_voters_in_favour(
    vote: Vote, expected: frozenset[str], recused: frozenset[str]
) -> None:
    seen = forecast(vote, members=NINE, expected=expected, recused=recused)

    assert seen.passes_in_room == passed(seen.voters, seen.of, vote)


@given(some_members, some_members)
def test_who_are_lacking_are_enough_when_they_come(expected: frozenset[str], recused: frozenset[str]) -> None:
    seen = forecast(FOUR_FIFTHS, members=NINE, expected=expected, recused=recused)
    coming = frozenset(sorted(seen.away)[: seen.lacking])

    assert forecast(FOUR_FIFTHS, members=NINE, expected=expected | coming, recused=recused).passes_in_room


# -- a whole meeting's correct result --------------------------------------------------------------------

CHAIN = os.environ.get("TDKT_CHAIN")


def sets() -> list[dict[str, Any]]:
    """The worked meetings of the chain file that is named in the environment; none without one."""
    if not CHAIN:
        return []
    read = json.loads(Path(CHAIN).read_text("utf-8"))["sets"]
    return [each for each in read.values() if "line_results" in each.get("expect", {})]


def _vote_of(title: str) -> Vote:
    found = rules().title(title)
    assert found is not None
    assert found.vote is not None
    return found.vote


@pytest.mark.parametrize("worked", sets(), ids=lambda each: f"set {each['given']['id']}")
def test_every_line_of_a_worked_meeting_comes_out_as_it_says(worked: dict[str, Any]) -> None:
    meeting, expected = worked["given"]["session"], worked["expect"]
    members = frozenset(each["member"] for each in worked["given"]["council"]["members"])
    out: dict[str, set[str]] = {}
    for recusal in meeting["recusals"]:
        for line in recusal["lines"]:
            out.setdefault(line, set()).add(recusal["member"])
    voted = [(vote, line) for vote in meeting["votes"] for line in vote["lines"]]
    secret = [(vote, line) for vote, line in voted if "slips" in vote]
    groups = slip_groups(
        (line["line"], vote["title"], frozenset(out.get(line["line"], ()))) for vote, line in secret
    )
    group_of = {line: group.id for group in groups for line in group.lines}
    slips = {slip["id"]: slip for vote, _ in secret for slip in vote["slips"]}

    assert quorum_of(len(members), rules().quorum) == expected["quorum"]
    wanted = {row["line"]: row for row in expected["line_results"]}
    assert sorted(line["line"] for _, line in voted) == sorted(wanted)
    for opened, line in voted:
        row, vote = wanted[line["line"]], _vote_of(opened["title"])
        who = electorate(
            vote,
            members=members,
            in_room=frozenset(opened["in_room"]),
            recused=frozenset(out.get(line["line"], ())),
        )
        computed = {
            "secret": vote.secret,
            "members": who.members,
            "in_room": who.in_room,
            "voting_in_room": who.voting,
            "total": who.total,
            "base": vote.base,
            "base_n": who.base,
            "least": who.least,
            "share": share_text(line["for"], who.base),
            "result": "pass" if passed(line["for"], who.base, vote) else "fail",
            "say": said(line["for"], who.base, vote).vi,
        }
        if vote.secret:
            slip = slips[group_of[line["line"]]]
            computed["slip_group"], computed["issued"] = slip["id"], issued_of(voting=who.voting)
            assert slips_mistake(slip["issued"], slip["collected"], voting=who.voting) is None
            counts = (line["valid"], line["invalid"], line["for"], line["against"])
            assert count_mistake(*counts, collected=slip["collected"]) is None
        else:
            assert (
                hands_mistake(line["for"], line["against"], line.get("other", 0), voting=who.voting) is None
            )
        assert computed == {name: row[name] for name in computed}


@pytest.mark.parametrize("worked", sets(), ids=lambda each: f"set {each['given']['id']}")
def test_the_forecast_of_a_worked_meeting_is_as_it_says(worked: dict[str, Any]) -> None:
    council, meeting = worked["given"]["council"], worked["given"]["session"]
    members = frozenset(each["member"] for each in council["members"])
    interest = meeting["replies"].get("interest", {})
    titles = {
        line["ref"]: line["title"] for dossier in worked["given"]["dossiers"] for line in dossier["lines"]
    }

    for row in worked["expect"]["forecast_before_meeting"]:
        seen = forecast(
            _vote_of(titles[row["line"]]),
            members=members,
            expected=frozenset(meeting["replies"]["attend"]),
            recused=frozenset(member for member, lines in interest.items() if row["line"] in lines),
            in_writing=council["written_opinions"],
        )
        assert row == {
            "line": row["line"],
            "least": seen.least,
            "of": seen.of,
            "voters_expected": seen.voters,
            "written_possible": seen.writing,
            "can_pass_in_room": seen.passes_in_room,
            "can_pass_with_written": seen.passes_with_writing,
            "spare_in_room": seen.spare,
        }
