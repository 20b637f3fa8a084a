"""The council at its table, in memory: a world with appraised dossiers, and a session that goes its way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tests.people import (
    CHAIR,
    FIFTH_MEMBER,
    FOURTH_MEMBER,
    MEMBER,
    OFFICER,
    PRIMARY,
    SCHOOL,
    SECOND_MEMBER,
    SECRETARY,
    STANDING_MEMBER,
    THIRD_MEMBER,
    VICE_CHAIR,
)
from tests.workflow.memory_unit import memory_unit
from tests.workflow.shipped import at, machine
from tests.workflow.world import OFFICE, YEAR, World
from workflow.model.decision import Decision
from workflow.model.facts import Item
from workflow.model.office import Membership
from workflow.model.sessions import CouncilSession, Mode, SessionLine
from workflow.services.advance import Tried
from workflow.services.sessions import NewSession, new_session

COUNCIL = (
    *(CHAIR, VICE_CHAIR, STANDING_MEMBER, SECRETARY),
    *(MEMBER, SECOND_MEMBER, THIRD_MEMBER, FOURTH_MEMBER, FIFTH_MEMBER),
)
THERE = tuple(id for id in COUNCIL if id != THIRD_MEMBER)
"""Eight of the nine."""
BOARD = (MEMBER, SECOND_MEMBER, FOURTH_MEMBER)
SESSION = "S01"
DAY = "2026-01-26"

WORDS = {
    "call": {
        "invitation_no": "07/GM-HĐTĐKT",
        "invitation_on": "2026-01-20",
        "at": "08:00",
        "place": "Phòng họp Ủy ban nhân dân xã",
    },
    "open": {"at": "08:00", "present": ",".join(THERE)},
    "roll": {"at": "08:00"},
    "close": {"at": "10:30"},
    "minute": {"paper_number": "03/BB-HĐTĐKT", "paper_date": DAY, "signers": f"{SECRETARY},{CHAIR}"},
}
"""Inputs with which events of a session are complete."""


class Table:
    """A world in which dossiers wait for the council, and its session S01."""

    def __init__(self, *, membership: Membership | None = None) -> None:
        self.world = World.planned()
        if membership is not None:
            office = self.world.setting.office._replace(membership=membership)
            self.world.setting = replace(self.world.setting, office=office)

    # -- dossiers ----------------------------------------------------------------------------------------

    def dossier(self, *lines: tuple[str, str | None], title: str = "ldtt", body: str = SCHOOL) -> str:
        """The reference of an appraised dossier with lines of a title, each linked to an account or not."""
        world = self.world
        ref = world.opened(title=title, body=body)
        for number, (line_title, account) in enumerate(lines, start=1):
            link = {"account": account} if account else {"linked": "none"}
            words = {"kind": "person", "name": f"Người {ref} {number}", "title": line_title, **link}
            if line_title == "cstdcs":
                words |= {"rating": "htxsnv", "initiative_no": "21/QĐ-UBND", "initiative_on": "2025-12-01"}
            elif line_title == "ldtt":
                words |= {"rating": "httnv"}
            self.sure(ref, "add", OFFICER, words)
        self.sure(ref, "submit", OFFICER, {**world.words(ref, "submit"), "declared": "clean"})
        self.sure(ref, "accept", OFFICER, world.words(ref, "accept"))
        for number in range(1, len(lines) + 1):
            words = {"nominee": str(number), "verdict": "exception", "reason": "Hội đồng xem xét"}
            self.sure(ref, "appraise", OFFICER, words)
        self.sure(ref, "confirm", world.item(ref).owners[0], {})
        return ref

    def chain(self) -> tuple[str, str, str]:
        """Three dossiers like those of a school year: two of schools, one to the province."""
        first = self.dossier(
            *(("ldtt", None), ("cstdcs", None), ("ldtt", None), ("cstdcs", None), ("ldtt", None)),
            body=PRIMARY,
        )
        second = self.dossier(("ldtt", FIFTH_MEMBER), ("cstdcs", FIFTH_MEMBER), ("ldtt", None))
        return first, second, self.dossier(("bkt", None), title="bkt", body=PRIMARY)

    def sure(self, ref: str, event: str, account: str, words: dict[str, str]) -> Item:
        answer = self.world.attempt(ref, event, account, words, confirmed=True)
        assert isinstance(answer, Decision), answer
        return answer.item

    # -- the session -------------------------------------------------------------------------------------

    def begin(self, mode: Mode = "meeting", **words: str) -> str:
        with memory_unit(self.world.store, now=self.world.now) as unit:
            asked = NewSession(OFFICE, YEAR, mode, {"date": DAY, **words})
            case = self.world.case(SECRETARY)
            answer = new_session(unit, asked, case, machine=machine("council_session"))
            assert isinstance(answer, Decision), answer
            unit.commit()
        return answer.item.key.ref

    def tried(
        self, event: str, by: str = SECRETARY, *, confirmed: bool = False, **words: str
    ) -> Decision | Tried:
        told = {**WORDS.get(event, {}), **words}
        return self.world.attempt(SESSION, event, by, told, confirmed=confirmed)

    def does(self, event: str, by: str = SECRETARY, **words: str) -> Decision:
        answer = self.tried(event, by, confirmed=True, **words)
        assert isinstance(answer, Decision), answer
        return answer

    def called(self, refs: Iterable[str], **words: str) -> CouncilSession:
        """Members are called to the session with these dossiers, and its day has come."""
        self.begin()
        self.does("agenda_add", dossiers=",".join(refs))
        self.does("call", **words)
        self.world.now = at(f"{DAY}T08:00")
        return self.session

    def opened(self, refs: Iterable[str], *, present: Iterable[str] = THERE) -> CouncilSession:
        self.called(refs)
        self.does("open", present=",".join(present))
        return self.session

    @property
    def session(self) -> CouncilSession:
        return CouncilSession.of(self.world.item(SESSION))

    @property
    def state(self) -> str:
        return self.world.item(SESSION).state

    def line(self, ref: str) -> SessionLine:
        found = self.session.line(ref)
        assert found is not None
        return found
