"""The council: who sits in it, its quorum, and the counts that a dossier's lines keep of its votes.

Sources: rules.md §4 (quorum = ceil(2n/3)); the figures themselves come from the rule pack. The arithmetic of
a vote stands in `workflow.model.ballots`.
"""

from __future__ import annotations

from datetime import date

from workflow.model.ballots import least_of, passed
from workflow.model.definition import Vote
from workflow.model.dossiers import Votes
from workflow.model.office import COUNCIL_MEMBER, Office
from workflow.model.text import Text


def council_on(office: Office, day: date) -> tuple[str, ...]:
    """The accounts that are the council's members on `day`, in the directory's order; `Office.people` gives
    the persons, who are what counts."""
    members = office.holding(COUNCIL_MEMBER)
    if not office.membership.members:
        return members
    seats = {seat.id for seat in office.membership.members if seat.held_on(day)}
    return tuple(id for id in members if id in seats)


def quorum_of(members: int, fraction: tuple[int, int]) -> int:
    """The least number of members present, `fraction` of all rounded up."""
    numerator, denominator = fraction
    return -(-members * numerator // denominator)


def base_of(votes: Votes, vote: Vote) -> int:
    """How many members the share is taken of."""
    return votes.total if vote.base == "total" else votes.present


def passes(votes: Votes, vote: Vote) -> bool:
    """Whether the votes in favour reach the threshold."""
    return passed(votes.for_, base_of(votes, vote), vote)


def least_votes(votes: Votes, vote: Vote) -> int:
    """The least number of votes in favour that would pass."""
    return least_of(base_of(votes, vote), vote)


def ballot_mistake(votes: Votes, *, secret: bool) -> Text | None:
    """Why the counts of a vote cannot be true, or None. By show of hands everybody who is there and votes is
    counted; of slips some may not come back."""
    cast = votes.for_ + votes.against + votes.invalid
    if min(votes.for_, votes.against, votes.invalid) < 0:
        return Text("số phiếu không thể âm", "a count cannot be negative")
    if votes.present <= 0:
        return Text("không có ai biểu quyết", "nobody is there to vote")
    if cast > votes.present:
        return Text(
            f"{cast} phiếu nhiều hơn {votes.present} người biểu quyết",
            f"{cast} votes of {votes.present} who vote",
        )
    if cast < votes.present and not secret:
        return Text(
            f"biểu quyết công khai: {cast} ý kiến của {votes.present} người biểu quyết, phải đủ",
            f"in an open vote everybody is counted: {cast} of {votes.present} who vote",
        )
    return None


def counts_mistake(votes: Votes, *, members: int, nominated: int = 0) -> Text | None:
    """Why the counts cannot be true, or None. Recusals lower `total`.

    `members` is how many may vote on the line, `nominated` how many of the council are named in it.
    """
    cast = votes.for_ + votes.against + votes.invalid
    if min(votes.for_, votes.against, votes.invalid, votes.present, votes.total) < 0:
        return Text("số phiếu không thể âm", "a count cannot be negative")
    if votes.total == 0:
        return Text("tổng số thành viên bằng 0", "the council has no members")
    if votes.present > votes.total:
        return Text(
            f"có mặt {votes.present} nhiều hơn tổng số {votes.total}",
            f"{votes.present} present of {votes.total} in total",
        )
    if cast > votes.present:
        return Text(
            f"{cast} phiếu nhiều hơn {votes.present} người có mặt", f"{cast} votes of {votes.present} present"
        )
    if votes.total > members and nominated:
        all_ = members + nominated
        return Text(
            f"Hội đồng có {all_} thành viên, {nominated} người có tên ở dòng này không biểu quyết,"
            f" nên tổng số là {members}, không phải {votes.total}",
            f"of the council's {all_} members {nominated} is named in this line and does not vote,"
            f" so the total is {members}, not {votes.total}",
        )
    if votes.total > members:
        return Text(
            f"Hội đồng chỉ có {members} thành viên, không phải {votes.total}",
            f"the council has {members} members, not {votes.total}",
        )
    return None
