"""An office with many dossiers in hand at once: each asked and answered through the wiring that commands
use, in the office's own words.

One Desk stands for a module's tests on one database. Its clock only goes on; a dossier that only refuses is
shared by every test that asks it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from runtime.acts.acting import Acting
from runtime.acts.advance import EventRequest, advance
from runtime.acts.copy_dossier import copy_dossier
from runtime.acts.open_dossier import open_dossier
from runtime.acts.sessions import new_session
from runtime.office.results import Result
from runtime.office.settings import Options
from runtime.views.answers import reason_json, state_label
from storage.items import item_at
from tests.acceptance.office import OFFICE, YEAR, Office
from tests.council import COUNCIL, Voted, meeting
from tests.people import ACCOUNTANT, CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR
from tests.year import COLLECTIVES, Came, speaker
from workflow.model.context import Actor
from workflow.model.decision import Reason
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item, Key
from workflow.model.scenario import made_up_inputs

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OPENS = date(2026, 3, 2)


class Step(NamedTuple):
    """Who does what."""

    event: str
    by: str
    words: dict[str, str]


class Said(NamedTuple):
    """What is recorded as done, and where the dossier stands then."""

    done: str
    state: str


class Desk:
    """The office, with a clock that stands at one morning until it `goes_on`."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._acting = Acting(Options(db=office.url, actor=OFFICER), {"TDKT_LANG": "vi"})
        self._waiting: dict[tuple[Came, str], str] = {}
        self._numbers = count(201)
        self._set(OPENS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._acting.database.close()

    # -- the clock -----------------------------------------------------------------------------------

    def _set(self, today: date) -> None:
        self.today = today
        self._acting.now = datetime.combine(today, time(10), ZONE)

    def goes_on(self, days: int) -> None:
        self._set(self.today + timedelta(days=days))

    def reaches(self, day: date) -> None:
        self._set(max(self.today, day))

    # -- asking --------------------------------------------------------------------------------------

    def asked(
        self, ref: str, event: str, by: str, words: dict[str, str], *, confirmed: bool = True
    ) -> Result:
        """`confirmed`: what is doubtful is meant."""
        (result,) = advance(self.acting(by), [ref], EventRequest(event, words, confirmed=confirmed))
        return result

    def acting(self, by: str) -> Acting:
        """The wiring, by somebody until another asks."""
        self._acting.actor = Actor(by)
        return self._acting

    def does(self, ref: str, event: str, by: str, **words: str) -> Said:
        """What must be done, as the office says it."""
        result = self.asked(ref, event, by, words)
        assert result.done, self.sentences(result)
        return self.said(result)

    def said(self, result: Result) -> Said:
        machine = self._acting.newest_machine("dossier")
        return Said(machine.events[result.event].past.vi, state_label(self._acting, result, result.to_state))

    def refuses(self, ref: str, event: str, by: str, **words: str) -> dict[str, str]:
        """Why it was not done, by the rules' names."""
        return self.sentences(self.asked(ref, event, by, words))

    def sentences(self, result: Result) -> dict[str, str]:
        assert result.refused is not None, result
        return {reason.rule: self.sentence(reason) for reason in result.refused.reasons}

    def sentence(self, reason: Reason) -> str:
        return str(reason_json(reason, self._acting.words)["message"])

    def against(self, ref: str, event: str, by: str) -> dict[str, Reason]:
        """What `why` has against it, before anything is typed."""
        (explained,) = self._acting.why(ref, event, actor=Actor(by))
        return {reason.rule: reason for reason in explained.reasons}

    def anything(self, ref: str, event: str) -> dict[str, str]:
        """A value for each input that the event asks for as the dossier stands."""
        (explained,) = self._acting.why(ref, event, actor=Actor(OFFICER))
        words = made_up_inputs(explained.inputs, today=self.today, office=self._acting.directory)
        lines = (each.name for each in explained.inputs if each.type == "nominees" and each.required)
        return words | dict.fromkeys(lines, "1")

    def item(self, ref: str) -> Item:
        found = item_at(self._acting.database, Key(OFFICE, YEAR, ref))
        assert found is not None
        return found

    # -- a dossier's way -------------------------------------------------------------------------------

    def made(self, way: Came) -> Result:
        return open_dossier(
            self.acting(OFFICER), "T17", body=way.body, title=way.title, type=way.type, ground=way.ground
        )

    def opened(self, way: Came, *positions: str) -> str:
        """A new list, with a nominee for each position; without one it has a single nominee of none."""
        made = self.made(way)
        assert made.done, self.sentences(made)
        for no, position in enumerate(positions or ("",), 1):
            named = {"position": position} if position else {}
            name = f"Trường hợp {no} của {made.ref}"  # nobody stands in two dossiers
            self.does(made.ref, "add", OFFICER, kind=kind_of(way), name=name, **named)
        return made.ref

    def copied(self, ref: str) -> Result:
        """A new list with the lines of the dossier."""
        return copy_dossier(self.acting(OFFICER), ref, task="T17", reason="Làm lại", confirmed=True)

    def before(self, event: str, way: Came) -> str:
        """A dossier of the way that stands before the event, at its end without one; it is everybody's, and
        nobody moves it on."""
        if (way, event) not in self._waiting:
            ref = self.opened(way)
            for step in self.course(way):
                if step.event == event:
                    break
                self.goes(ref, step)
                if step.event == "publish":
                    self.goes_on(11)
            self._waiting[way, event] = ref
        return self._waiting[way, event]

    def goes(self, ref: str, step: Step) -> Said:
        """A step of a way; that of the council is a session in which everybody who may is in favour."""
        if step.event != COUNCIL:
            return self.does(ref, step.event, step.by, **step.words)
        self.session(ref)
        item, machine = self.item(ref), self._acting.newest_machine("dossier")
        return Said(machine.events["conclude"].past.vi, machine.label_of(item).vi)

    def session(self, ref: str, *, absent: Sequence[str] = (), for_: int | None = None) -> str:
        """A session on the dossier, from its agenda to its minutes, in which so many are in favour of its
        lines: everybody who may, if not said."""
        acting = self.acting(SECRETARY)
        made = new_session(acting, {"date": self.today.isoformat()})
        item = self.item(ref)
        titles = acting.setting.of(item).rules
        lines = [
            Voted(f"{ref}/{line.no}", line.title, title.vote.secret, line.account, for_)
            for line in Dossier.of(item).to_vote
            if (title := titles.title(line.title)) and title.vote
        ]
        for step in meeting(acting.directory, [ref], lines, on=self.today, absent=absent):
            result = self.asked(made.ref, step.event, step.by, step.words)
            assert result.done, (step.event, self.sentences(result))
        return made.ref

    def number(self) -> str:
        """The next number of a decision in the office's series."""
        return f"{next(self._numbers)}/QĐ-UBND"

    def course(self, way: Came) -> Iterator[Step]:
        """The way of one line from its receipt to its end, by the path of its title, type and ground; each
        step's days are those on which it is asked for."""
        own, division = speaker(way.body), way.body == "van_hoa_xa_hoi"
        paper = {"paper_number": "01/TTr", "paper_date": self.today.isoformat()}
        posted = {
            "posted_from": (self.today - timedelta(days=20)).isoformat(),
            "posted_until": (self.today - timedelta(days=5)).isoformat(),
        }
        yield Step("submit", own or OFFICER, {} if own else paper)
        complete = {"complete_on": self.today.isoformat(), "original": "seen", "seen": "all"}
        yield Step("accept", OFFICER, complete | (posted if way.title == "gdvh" else {}))
        yield Step("appraise", OFFICER, {"nominee": "1", "verdict": "met"})
        folded = way.path == "simplified" and not division
        opinion = {"opinion": "Đồng ý khen thưởng"}
        yield Step("confirm", VICE_CHAIR if division else STANDING_MEMBER, opinion if folded else {})
        if way.path == "simplified" and division:
            yield Step("give_opinion", STANDING_MEMBER, opinion | {"date": self.today.isoformat()})
        if way.path == "council":
            yield Step(COUNCIL, SECRETARY, {})
        if way.title == "tvh":
            yield Step("publish", OFFICER, {"from": self.today.isoformat(), "place": "Nhà văn hóa thôn"})
            yield Step("publish_end", OFFICER, {"remarks": "0"})
        on = {"paper_date": self.today.isoformat()}
        yield Step("approve", CHAIR, {"paper_number": "05/TTr-HĐTĐKT", **on})
        if not way.higher:
            decision = {"decision_number": self.number(), "decision_date": self.today.isoformat()}
            decision |= {"funds_by": ACCOUNTANT}
            yield Step("award", OFFICER, {**decision, "signer": CHAIR})
            return
        yield Step("forward", OFFICER, {"paper_number": "07/TTr-UBND", **on})
        answer = {"authority": "Chủ tịch UBND tỉnh", "paper_number": "300/QĐ-UBND", "awarded": "1"}
        yield Step("record_result", OFFICER, answer | on)


def kind_of(way: Came) -> str:
    if way.title in COLLECTIVES:
        return "collective"
    return "household" if way.title == "gdvh" else "person"
