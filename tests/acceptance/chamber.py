"""The council's room on a real database: dossiers that wait for it, and sessions asked through the wiring
that commands use.

Its clock stands until it is set; every day and hour of a meeting is said with the act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from threading import Barrier
from typing import Any, Self
from zoneinfo import ZoneInfo

from runtime.acts.acting import Acting
from runtime.acts.advance import EventRequest, advance
from runtime.acts.open_dossier import open_dossier
from runtime.acts.sessions import new_session
from runtime.office.results import Result
from runtime.office.settings import Options
from storage.items import item_at
from storage.views import Reading
from tests.acceptance.office import OFFICE, YEAR, Office
from tests.people import (
    CHAIR,
    FIFTH_MEMBER,
    FOURTH_MEMBER,
    MEMBER,
    OFFICER,
    SCHOOL,
    SECOND_MEMBER,
    SECRETARY,
    STANDING_MEMBER,
    THIRD_MEMBER,
    VICE_CHAIR,
)
from tests.waiting import LIMIT
from workflow.model.context import Actor
from workflow.model.errors import Conflict, TdktError
from workflow.model.facts import Item, Key
from workflow.model.sessions import CouncilSession

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MADE, MET = date(2026, 1, 19), date(2026, 1, 26)
"""The day on which all is prepared and members are called, and that of the meeting."""
COUNCIL = (
    *(CHAIR, VICE_CHAIR, STANDING_MEMBER, SECRETARY),
    *(MEMBER, SECOND_MEMBER, THIRD_MEMBER, FOURTH_MEMBER, FIFTH_MEMBER),
)
THERE = tuple(id for id in COUNCIL if id != THIRD_MEMBER)
BOARD = (MEMBER, SECOND_MEMBER, FOURTH_MEMBER)
CALL = {
    "invitation_no": "07/GM-HĐTĐKT",
    "invitation_on": MADE.isoformat(),
    "at": "08:00",
    "place": "Phòng họp Ủy ban nhân dân xã",
}
OPEN = {"at": "08:00", "present": ",".join(THERE)}
MINUTE = {
    "paper_number": "03/BB-HĐTĐKT",
    "paper_date": MET.isoformat(),
    "signers": f"{SECRETARY},{CHAIR}",
    "sheet": "seen",
}


class Chamber:
    """An office whose council meets; each act is one command in a transaction of its own."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.acting = Acting(Options(db=office.url, actor=OFFICER), {"TDKT_LANG": "vi"}, lock_timeout=60.0)
        self.comes(MADE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.acting.database.close()

    def comes(self, day: date, hour: int = 10) -> None:
        self.acting.now = datetime.combine(day, time(hour), ZONE)

    def acts_as(self, account: str) -> None:
        self.acting.actor = Actor(account)

    # -- acts ------------------------------------------------------------------------------------------

    def asked(self, ref: str, event: str, by: str, **words: str) -> Result:
        """What is doubtful is meant. Raises Conflict where somebody else was faster."""
        self.acts_as(by)
        (result,) = advance(self.acting, [ref], EventRequest(event, words, confirmed=True))
        return result

    def does(self, ref: str, event: str, by: str = SECRETARY, **words: str) -> Result:
        result = self.asked(ref, event, by, **words)
        assert result.done, (event, result.refused)
        return result

    def refused(self, ref: str, event: str, by: str = SECRETARY, **words: str) -> list[str]:
        """The rules that are against it."""
        result = self.asked(ref, event, by, **words)
        assert result.refused is not None, result
        return [reason.rule for reason in result.refused.reasons]

    def dossier(self, *lines: tuple[str, str | None], title: str = "cstdcs", body: str = SCHOOL) -> str:
        """An appraised dossier with lines of a title, each of an account's holder or of nobody's."""
        ref = self.handed_in(*lines, title=title, body=body)
        for no in range(1, len(lines) + 1):
            words = {"nominee": str(no), "verdict": "exception", "reason": "Hội đồng xem xét"}
            self.does(ref, "appraise", OFFICER, **words)
        self.does(ref, "confirm", STANDING_MEMBER)
        return ref

    def handed_in(
        self,
        *lines: tuple[str, str | None],
        title: str = "cstdcs",
        body: str = SCHOOL,
        names: Sequence[str] = (),
        on: date = MADE,
    ) -> str:
        """The same before anybody has appraised it: received, and complete on a day."""
        self.acts_as(OFFICER)
        ref = open_dossier(self.acting, "T17", body=body, title=title).ref
        for no, (line_title, account) in enumerate(lines, 1):
            link = {"account": account} if account else {"linked": "none"}
            name = names[no - 1] if names else f"Người {no} của {ref}"
            named = {"kind": "person", "name": name, "title": line_title}
            basis = {"initiative_no": "21/QĐ-UBND", "initiative_on": "2025-12-01"}
            rated = {"rating": "htxsnv", **basis} if line_title == "cstdcs" else {"rating": "httnv"}
            self.does(ref, "add", OFFICER, **named, **link, **rated)
        self.does(ref, "submit", body, declared="clean")
        self.does(ref, "accept", OFFICER, complete_on=on.isoformat(), original="seen", seen="all")
        return ref

    def session(self, *refs: str) -> str:
        """A session that is being prepared, with these dossiers on its agenda."""
        self.acts_as(SECRETARY)
        made = new_session(self.acting, {"date": MET.isoformat()})
        assert made.done, made
        if refs:
            self.does(made.ref, "agenda_add", dossiers=",".join(refs))
        return made.ref

    def opened(self, *refs: str) -> str:
        """A session whose members were called and have met; the day is that of the meeting."""
        session = self.session(*refs)
        self.does(session, "call", **CALL)
        self.comes(MET)
        self.does(session, "open", **OPEN)
        self.does(session, "board", members=",".join(BOARD))
        return session

    def voted(self, session: str, title: str, counts: str, *, at: str) -> None:
        """A vote by slips on the lines of a title, counted and checked."""
        self.does(session, "vote_open", title=title, at=at)
        self.does(session, "count", counts=counts)
        self.does(session, "check_count", MEMBER)

    def closed(self, *refs: str) -> str:
        """A session that waits for its minutes, each line of which all were for."""
        session = self.opened(*refs)
        lines = self.details(session).lines
        counts = ";".join(f"{line.ref}:collected=8,for=8" for line in lines)
        self.voted(session, lines[0].title, counts, at="08:30")
        self.does(session, "conclude", CHAIR)
        self.does(session, "close", at="10:30")
        return session

    # -- what is kept ----------------------------------------------------------------------------------

    def item(self, ref: str) -> Item:
        """As who acts finds it."""
        found = item_at(self.acting.database, Key(OFFICE, YEAR, ref))
        assert found is not None
        return found

    def details(self, session: str) -> CouncilSession:
        return CouncilSession.of(self.item(session))

    def states(self, refs: Iterable[str]) -> list[str]:
        return [self.item(ref).state for ref in refs]

    def looked_at(self, ref: str) -> Item | None:
        """As who only looks finds it."""
        with Reading(self.office.url) as reading:
            return reading.item(Key(OFFICE, YEAR, ref))


# -- at once -----------------------------------------------------------------------------------------------

Act = Callable[[Chamber], Any]
"""Something that is done in a room of one's own, with a connection of its own."""


def asks(ref: str, event: str, by: str, **words: str) -> Act:
    return lambda own: own.asked(ref, event, by, **words)


def at_once(chamber: Chamber, *acts: Act) -> list[Any]:
    """What each act came to, or what it raised; all begin together, on the day of the meeting."""
    start = Barrier(len(acts), timeout=LIMIT)

    def run(act: Act) -> Any:
        with Chamber(chamber.office) as own:
            own.comes(MET)
            assert own.acting.directory  # nobody loses time with the first look at the definitions
            start.wait()
            try:
                return act(own)
            except TdktError as error:
                return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def one_won(answers: Iterable[Any]) -> bool:
    """One is done; every other one was overtaken, or is refused for what it found then."""
    found = [_came_to(each) for each in answers]
    return found.count("done") == 1 and set(found) <= {"done", "not"}


def _came_to(answer: Any) -> str:
    if isinstance(answer, Result):
        return "done" if answer.done else "not" if answer.refused else "nothing"
    return "not" if isinstance(answer, Conflict) else "raised"
