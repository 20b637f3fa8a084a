"""Sessions of the council: what is on the agenda, who was in the room, and what was counted on each line.

Nothing here links a member to a choice: it is known who was there, who got a slip, and of a count its sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from workflow.model.facts import Details, Named, Plain
from workflow.model.wording import date_vi

if TYPE_CHECKING:  # looking loads these values before any definition
    from workflow.model.context import Setting
    from workflow.model.facts import TitlesNamed
    from workflow.model.messages import Catalogue
    from workflow.model.wording import Value

Mode = Literal["meeting", "writing"]
Conclusion = Literal["award", "forward", "not_awarded", "later", "other_form"]


class Reply(NamedTuple):
    """What a member answered to the invitation, and the lines in which it said to have an interest."""

    member: str
    answer: Literal["attend", "absent"]
    interest: tuple[str, ...] = ()


class Attendance(NamedTuple):
    """A member in the room from the hour `came` on, until `left`. Whoever goes and comes again has two."""

    member: str
    came: str
    left: str | None = None

    def at(self, hour: str) -> bool:
        return self.came <= hour and (self.left is None or hour < self.left)


class Recusal(NamedTuple):
    """A member who takes no part in the vote on these lines: `named` there, a `relative`, or for an `other`
    reason."""

    member: str
    lines: tuple[str, ...]
    why: str


class Presiding(NamedTuple):
    """Who presides from an hour on; by writing there is none."""

    member: str
    since: str | None


class Board(NamedTuple):
    """Who counts the slips with these lines, in place of those who count all others."""

    members: tuple[str, ...]
    lines: tuple[str, ...]


class Written(NamedTuple):
    """An absent member who is asked in writing about these lines, and whether the sealed answer came back."""

    member: str
    lines: tuple[str, ...]
    until: date | None = None
    hour: str | None = None
    returned: bool = False


class Ballot(NamedTuple):
    """One vote that was opened, on the lines of a `title`: who was in the room at that hour. One that was
    opened by mistake is `voided`, and its lines are voted on anew."""

    no: int
    title: str
    at: str | None
    presiding: str
    in_room: tuple[str, ...]
    secret: bool
    voided: bool = False


class Slips(NamedTuple):
    """The slips of one group of lines of a ballot: who got one in the room and who was sent one in writing,
    in the directory's order, and who counts them. `counted_by` and `checked_by` are who entered the board's
    sheet and who compared it, and in whose name. Once the box was `emptied` nothing comes into it any more:
    of two counts with one slip between them the difference would be that member's vote.
    """

    id: str
    ballot: int
    received: tuple[str, ...]
    written: tuple[str, ...] = ()
    board: tuple[str, ...] = ()
    counted_by: tuple[str, ...] = ()
    checked_by: tuple[str, ...] = ()
    emptied: bool = False


class SessionLine(NamedTuple):
    """One line of a dossier as the session has it: number `line` of `dossier`, with the vote that its title
    takes by the dossier's rule pack.

    From the opening of its `ballot` on it bears the bases that were computed then: `total` members who are
    not recused, `in_room` members there and `voting` of them, `base_n` the one that the share is taken of.
    By show of hands `other` are those neither for nor against. `result` stands once the count was checked.
    """

    no: int
    dossier: str
    line: int
    title: str
    base: Literal["total", "present"]
    percent: int
    strict: bool
    secret: bool
    higher: bool = False
    account: str | None = None
    ballot: int | None = None
    group: str | None = None
    recused: tuple[str, ...] = ()
    presiding: str | None = None
    base_n: int | None = None
    total: int | None = None
    in_room: int | None = None
    voting: int | None = None
    least: int | None = None
    issued: int | None = None
    collected: int | None = None
    written_asked: int | None = None
    written_returned: int | None = None
    valid: int | None = None
    invalid: int | None = None
    for_: int | None = None
    against: int | None = None
    other: int | None = None
    result: Literal["pass", "fail"] | None = None
    conclusion: Conclusion | None = None

    @property
    def ref(self) -> str:
        """As people type it and papers name it: `D0001/2`."""
        return f"{self.dossier}/{self.line}"

    @property
    def counted(self) -> bool:
        return self.for_ is not None

    def with_counts(self, counts: Mapping[str, int]) -> SessionLine:
        """The line with what was counted, by the names of the counts; a new count is concluded anew."""
        return self._replace(
            issued=counts.get("issued", self.issued),
            collected=counts.get("collected"),
            valid=counts.get("valid"),
            invalid=counts.get("invalid"),
            for_=counts.get("for"),
            against=counts.get("against"),
            other=counts.get("other"),
            result=None,
            conclusion=None,
        )


FROZEN = (
    *("ballot", "group", "recused", "presiding", "base_n", "total", "in_room", "voting", "least"),
    *("issued", "written_asked", "written_returned"),
)
"""What the opening of a vote sets on a line."""
COUNTED = (*("collected", "valid", "invalid", "for_", "against", "other"), "result", "conclusion")
"""What a count sets, and what follows from it."""


@dataclass(frozen=True, slots=True)
class CouncilSession(Details):
    """`planned_on` is the day for which it is called, or by which written opinions are to be back; `held_on`
    that of the meeting. `members` are the council of that day, frozen when it is opened. `presided` says who
    presided from when on, `board` who counts slips where `boards` name nobody else for them.
    """

    subject: ClassVar[str] = "session"

    mode: Mode = "meeting"
    planned_on: date | None = None
    planned_at: str | None = None
    place: str | None = None
    invitation_no: str | None = None
    invitation_on: date | None = None
    presiding: str | None = None
    secretary: str | None = None
    opened_at: str | None = None
    closed_at: str | None = None
    held_on: date | None = None
    minutes_no: str | None = None
    minutes_on: date | None = None
    last_no: int = 0
    agenda: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    replies: tuple[Reply, ...] = ()
    roll: tuple[Attendance, ...] = ()
    presided: tuple[Presiding, ...] = ()
    recusals: tuple[Recusal, ...] = ()
    board: tuple[str, ...] = ()
    boards: tuple[Board, ...] = ()
    written: tuple[Written, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    slips: tuple[Slips, ...] = ()
    lines: tuple[SessionLine, ...] = ()

    @property
    def variant(self) -> str:
        return self.mode

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.title for line in self.lines))

    @property
    def dates(self) -> Mapping[str, date | None]:
        return {"planned_on": self.planned_on, "held_on": self.held_on, "minutes_on": self.minutes_on}

    @property
    def line_numbers(self) -> frozenset[int]:
        return frozenset(line.no for line in self.lines)

    @property
    def entered(self) -> Mapping[str, Plain]:
        return {"mode": self.mode}

    @property
    def day(self) -> date | None:
        """The day of the meeting, or for which it is called."""
        return self.held_on or self.planned_on

    def summary(self, _body: Named, titles: TitlesNamed) -> str:
        day = date_vi(self.day) if self.day else ""
        return ": ".join(filter(None, (day, titles(self.titles) if self.titles else "")))

    def told(self, _setting: Setting, _catalogue: Catalogue) -> Mapping[str, Value]:
        return {
            "ngay": date_vi(self.day) if self.day else None,
            "gio": self.planned_at,
            "dia_diem": self.place,
            "n_ho_so": len(self.agenda),
            "n_nguoi": len(self.lines),
        }

    @property
    def markers(self) -> Mapping[str, Mapping[str, Value]]:
        return {"by_writing": {}} if self.mode == "writing" else {}

    @property
    def by_writing(self) -> bool:
        return self.mode == "writing"

    # -- its lines -------------------------------------------------------------------------------------

    def line(self, ref: str) -> SessionLine | None:
        return next((line for line in self.lines if line.ref == ref), None)

    def with_lines(self, lines: Iterable[SessionLine]) -> CouncilSession:
        """The session with these lines as they are now."""
        new = {line.no: line for line in lines}
        return replace(self, lines=tuple(new.get(line.no, line) for line in self.lines))

    def recused_from(self, ref: str) -> tuple[str, ...]:
        """The members who take no part in the vote on the line."""
        return tuple(dict.fromkeys(each.member for each in self.recusals if ref in each.lines))

    @property
    def returned(self) -> frozenset[str]:
        """The members whose answer in writing came back."""
        return frozenset(each.member for each in self.written if each.returned)

    # -- the room --------------------------------------------------------------------------------------

    def in_room(self, hour: str | None) -> tuple[str, ...]:
        """The members in the room at an hour; by writing nobody is."""
        there = {each.member for each in self.roll if hour is not None and each.at(hour)}
        return tuple(id for id in self.members if id in there)

    @property
    def here(self) -> tuple[str, ...]:
        """The members who came and did not leave."""
        there = {each.member for each in self.roll if each.left is None}
        return tuple(id for id in self.members if id in there)

    @property
    def excused(self) -> frozenset[str]:
        """The members who answered that they would not come."""
        return frozenset(reply.member for reply in self.replies if reply.answer == "absent")

    @property
    def who_presided(self) -> tuple[str, ...]:
        """Everybody who presided over a part of it, in order: they sign the minutes with the secretary."""
        over_lines = (line.presiding for line in self.lines if line.presiding)
        return tuple(dict.fromkeys((*(each.member for each in self.presided), *over_lines)))

    # -- votes -----------------------------------------------------------------------------------------

    @property
    def standing_ballots(self) -> tuple[Ballot, ...]:
        return tuple(ballot for ballot in self.ballots if not ballot.voided)

    @property
    def uncounted(self) -> tuple[SessionLine, ...]:
        """The lines of votes that were opened and have no count yet."""
        return tuple(line for line in self.lines if line.ballot is not None and not line.counted)

    def slip(self, id: str) -> Slips | None:
        return next((each for each in self.slips if each.id == id), None)

    def on_slip(self, id: str) -> tuple[SessionLine, ...]:
        return tuple(line for line in self.lines if line.group == id)

    @property
    def waiting(self) -> frozenset[str]:
        """The slips whose count was entered and nobody has checked."""
        standing = {ballot.no for ballot in self.standing_ballots}
        return frozenset(
            slip.id
            for slip in self.slips
            if slip.counted_by and not slip.checked_by and slip.ballot in standing
        )

    @property
    def veiled(self) -> CouncilSession:
        """Without the counts that nobody has checked yet."""
        return self.with_lines(line.with_counts({}) for line in self.lines if line.group in self.waiting)

    def counters_of(self, refs: Iterable[str]) -> tuple[str, ...]:
        """Who counts the slips with these lines: those named for them, else those who count all."""
        wanted = frozenset(refs)
        named = (board.members for board in reversed(self.boards) if wanted <= {*board.lines})
        return next(named, self.board)

    @property
    def tellers(self) -> tuple[str, ...]:
        """Everybody who counts slips of it."""
        return tuple(dict.fromkeys((*self.board, *(id for board in self.boards for id in board.members))))

    @property
    def undecided(self) -> tuple[SessionLine, ...]:
        return tuple(line for line in self.lines if line.conclusion is None)
