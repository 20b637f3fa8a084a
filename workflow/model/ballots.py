"""A vote in the council, line by line, in whole numbers: who it is counted of, what passes, which counts can
be true, who gets which slip, and what can be decided with the members who are expected.

A member is one human, by whatever id the caller has for it. No base and no total comes from outside: all is
computed from who the members are, who is in the room and who is recused from the line (flows.md §3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from workflow.model.definition import Vote
from workflow.model.text import Text

HANDS = ("for", "against", "other")
SLIPS = ("issued", "collected", "valid", "invalid", "for", "against")
"""The counts of a line: of a show of hands, and of slips."""
FEW_SLIPS = 3
"""In a group of fewer slips the counts may show who voted how."""


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who decides one line, as numbers: `total` of the council's members and `voting` of those in the room
    are not recused from it, and `base` is the one of the two that the share is taken of. Nine members, eight
    of them there, one of these recused: total 8, voting 7; at 80 % of all members 7 votes are the least.
    """

    members: int
    in_room: int
    total: int
    voting: int
    base: int
    least: int


def electorate(
    vote: Vote, *, members: frozenset[str], in_room: frozenset[str], recused: frozenset[str] = frozenset()
) -> Electorate:
    """Who decides a line, of the council's members; whoever else is in the room does not count."""
    there = members & in_room
    total, voting = len(members - recused), len(there - recused)
    base = total if vote.base == "total" else voting
    return Electorate(len(members), len(there), total, voting, base, least_of(base, vote))


def least_of(base: int, vote: Vote) -> int:
    """The least number of votes in favour that passes, of as many as are counted."""
    asked = vote.percent * base
    return asked // 100 + 1 if vote.strict else -(-asked // 100)


def passed(for_: int, base: int, vote: Vote) -> bool:
    """Whether the votes in favour reach the threshold; a tie does not where more than half is asked."""
    share, asked = 100 * for_, vote.percent * base
    return share > asked if vote.strict else share >= asked


def majority_of(members: int) -> int:
    """More than half: the least base on which a line is voted, where the office sets no other."""
    return members // 2 + 1


# -- what is said of a result ----------------------------------------------------------------------------


def share_text(for_: int, base: int, *, mark: str = ",") -> str:
    """The share with two decimals, cut and never rounded, so that it never reads as a limit that it does not
    reach: 7 of 9 is `77,77 %`."""
    hundredths = 10_000 * for_ // base if base else 0
    return f"{hundredths // 100}{mark}{hundredths % 100:02d} %"


def said(for_: int, base: int, vote: Vote) -> Text:
    """What a line needed and what it got, as minutes and screens say it. By show of hands no slips are named.

    `Cần ít nhất 8/9 phiếu (80 %), được 7 phiếu (77,77 %)`
    """
    least, slips = least_of(base, vote), " phiếu" if vote.secret else ""
    got = f"được {for_}{slips} ({share_text(for_, base)})"
    given = f"got {for_} ({share_text(for_, base, mark='.')})"
    if vote.base == "total" and not vote.strict:
        return Text(
            f"Cần ít nhất {least}/{base}{slips} ({vote.percent} %), {got}",
            f"Needs at least {least}/{base} votes ({vote.percent} %), {given}",
        )
    limit = Text("trên", "more than") if vote.strict else Text("ít nhất", "at least")
    whom = (
        Text("tổng số thành viên", "all members")
        if vote.base == "total"
        else Text("số thành viên có mặt", "the members present")
    )
    return Text(
        f"Cần {limit.vi} {vote.percent} % {whom.vi} ({least}/{base}), {got}",
        f"Needs {limit.en} {vote.percent} % of {whom.en} ({least}/{base}), {given}",
    )


# -- counts that cannot be true --------------------------------------------------------------------------


def hands_mistake(for_: int, against: int, other: int, *, voting: int) -> Text | None:
    """Why the counts of a show of hands cannot be true, or None: everybody who votes is counted once."""
    cast = for_ + against + other
    if min(for_, against, other) < 0:
        return NEGATIVE
    if voting <= 0:
        return Text(
            "không còn ai trong phòng được biểu quyết trường hợp này",
            "nobody in the room may vote on this line",
        )
    if cast != voting:
        return Text(
            f"tán thành {for_} + không tán thành {against} + ý kiến khác {other} = {cast},"
            f" phải bằng {voting} người biểu quyết",
            f"for {for_} + against {against} + other {other} = {cast}, which must be the {voting} who vote",
        )
    return None


def issued_of(*, voting: int, asked: int = 0) -> int:
    """How many slips of a group go out: one to each who votes in the room, one to each who is asked in
    writing."""
    return voting + asked


def slips_mistake(
    issued: int, collected: int, *, voting: int, asked: int = 0, returned: int = 0
) -> Text | None:
    """Why a group's slips cannot be right, or None. Of those asked in writing only what they returned can be
    in the box."""
    due, most = issued_of(voting=voting, asked=asked), voting + returned
    if min(issued, collected, asked, returned) < 0:
        return NEGATIVE
    if returned > asked:
        return Text(
            f"lấy ý kiến bằng văn bản {asked}, không thể nhận lại {returned}",
            f"{asked} asked in writing, so {returned} cannot have come back",
        )
    if issued != due:
        return Text(
            f"phát ra {issued}, phải bằng {voting} người bỏ phiếu tại phòng"
            f" + {asked} lấy ý kiến bằng văn bản",
            f"issued {issued}, which must be the {voting} who vote in the room + {asked} asked in writing",
        )
    if collected > issued:
        return Text(
            f"thu về {collected} không thể nhiều hơn phát ra {issued}",
            f"collected {collected} cannot be more than issued {issued}",
        )
    if collected > most:
        return Text(
            f"thu về {collected} không thể nhiều hơn {voting} phiếu tại phòng + {returned} phiếu gửi lại",
            f"collected {collected} cannot be more than {voting} in the room + {returned} sent back",
        )
    return None


def count_mistake(valid: int, invalid: int, for_: int, against: int, *, collected: int) -> Text | None:
    """Why the counts of one line on the slips of its group cannot be true, or None."""
    if min(valid, invalid, for_, against) < 0:
        return NEGATIVE
    if valid + invalid != collected:
        return Text(
            f"hợp lệ {valid} + không hợp lệ {invalid} = {valid + invalid}, phải bằng thu về {collected}",
            f"valid {valid} + invalid {invalid} = {valid + invalid}, which must be the {collected} collected",
        )
    if for_ + against != valid:
        return Text(
            f"đồng ý {for_} + không đồng ý {against} = {for_ + against}, phải bằng số phiếu hợp lệ {valid}",
            f"for {for_} + against {against} = {for_ + against}, which must be the {valid} valid slips",
        )
    return None


NEGATIVE = Text("số phiếu không thể âm", "a count cannot be negative")


# -- slips -----------------------------------------------------------------------------------------------


class SlipGroup(NamedTuple):
    """Lines on one slip: of one title, with the same members recused. Whoever is recused gets no slip of it,
    and nothing is struck by hand: a slip with a line struck would name its voter for all the others."""

    id: str
    title: str
    lines: tuple[str, ...]
    recused: frozenset[str]


def slip_groups(lines: Iterable[tuple[str, str, frozenset[str]]], *, taken: int = 0) -> tuple[SlipGroup, ...]:
    """The groups of lines (reference, title, members recused), in the order of their first lines: P1, P2 …,
    on from as many as an earlier vote of the session has taken."""
    grouped: dict[tuple[str, frozenset[str]], list[str]] = {}
    for line, title, recused in lines:
        grouped.setdefault((title, recused), []).append(line)
    return tuple(
        SlipGroup(f"P{number}", title, tuple(refs), recused)
        for number, ((title, recused), refs) in enumerate(grouped.items(), start=taken + 1)
    )


# -- before the meeting ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Forecast:
    """What can come of a line with the members who are expected: `voters` of them may vote on it, `writing`
    more can be asked in writing, `of` is the base. `spare` is how many more come than are needed; below 0, so
    many are lacking. `away` are who could still come, `leave` who are expected and do not vote on this line.
    """

    least: int
    of: int
    voters: int
    writing: int
    away: frozenset[str]
    leave: frozenset[str]

    @property
    def spare(self) -> int:
        return self.voters - self.least

    @property
    def passes_in_room(self) -> bool:
        """Whether it passes when all who vote in the room are in favour."""
        return self.spare >= 0

    @property
    def passes_with_writing(self) -> bool:
        return self.spare + self.writing >= 0

    @property
    def lacking(self) -> int:
        """How many of `away` must come, or be asked in writing where that is allowed."""
        return max(0, -self.spare)


def forecast(
    vote: Vote,
    *,
    members: frozenset[str],
    expected: frozenset[str],
    recused: frozenset[str] = frozenset(),
    in_writing: bool = False,
) -> Forecast:
    """What can come of a line when those expected come. `in_writing`: whether absent members may be asked so,
    which only a base of all members allows."""
    who = electorate(vote, members=members, in_room=expected, recused=recused)
    away = members - expected - recused
    return Forecast(
        least=who.least,
        of=who.base,
        voters=who.voting,
        writing=len(away) if in_writing and vote.base == "total" else 0,
        away=away,
        leave=members & expected & recused,
    )
