"""An office in a hurry: everybody tries whatever might lead on to an award, often wrongly.

What it begins with are dossiers that were handed in; from the appraisal to the payment it is all by chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from sqlalchemy import text

from runtime.acts.drafting import draft
from runtime.acts.paying import move
from runtime.acts.sessions import new_session
from runtime.office.results import Result
from tests.acceptance.chamber import COUNCIL, Chamber
from tests.acceptance.office import OFFICE, YEAR
from tests.people import (
    ACCOUNTANT,
    CHAIR,
    FIFTH_MEMBER,
    MEMBER,
    OFFICER,
    PRIMARY,
    RECORDS_CLERK,
    SCHOOL,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)
from workflow.model.award_decisions import AwardDecision
from workflow.model.dossiers import Dossier
from workflow.model.errors import TdktError
from workflow.model.facts import Item
from workflow.model.payments import PAID, RECOVERED
from workflow.model.sessions import CouncilSession, SessionLine
from workflow.services.decisions import NewDecision

ACTORS = (OFFICER, STANDING_MEMBER, CHAIR, VICE_CHAIR, SECRETARY, MEMBER, ACCOUNTANT, RECORDS_CLERK, VILLAGE)
BEGUN = date(2026, 6, 22)
"""A week before the base salary changes."""
ONE, OTHER = "Người thứ nhất", "Người thứ hai"
HANDED_IN = (
    (PRIMARY, (("ldtt", None), ("cstdcs", None), ("ldtt", CHAIR)), (ONE, ONE, "Người giữ chức")),
    (
        SCHOOL,
        (("ldtt", FIFTH_MEMBER), ("cstdcs", FIFTH_MEMBER), ("ldtt", None)),
        (OTHER, OTHER, "Người thứ ba"),
    ),
)
"""Who hands in which lines, of whom: two persons are nominated for a title and for the one below it."""


def handed_in(chamber: Chamber) -> None:
    chamber.comes(BEGUN)
    for body, lines, names in HANDED_IN:
        chamber.handed_in(*lines, title="ldtt", body=body, names=names, on=BEGUN)


class Try(NamedTuple):
    """Something that somebody may do next; of what is no event the `event` is the method that does it."""

    by: str
    ref: str
    event: str
    words: Mapping[str, str] = {}


class Hurry:
    """A life of the office; `came_to` counts what was done and why it was not."""

    def __init__(self, chamber: Chamber, chance: Random) -> None:
        self.chamber, self.chance = chamber, chance
        self.day, self.hour = BEGUN, 8
        self.minutes = 0
        self.came_to: Counter[str] = Counter()

    def goes_on(self, steps: int) -> None:
        for _ in range(steps):
            self.hour += 1
            if self.hour > 17 or self.chance.random() < 0.05:
                self.day, self.hour = self.day + timedelta(days=1), 8
            self._look()
            for item in self.items("S"):
                meets = CouncilSession.of(item).planned_on
                if item.state == "called" and meets and meets > self.day and self.chance.random() < 0.5:
                    self.day, self.hour = meets, 8
            self.chamber.comes(self.day, self.hour)
            try:
                self._attempt(self._chosen())
            except TdktError as error:
                self.came_to[error.code] += 1

    def _chosen(self) -> Try:
        """One of what would lead on; now and then somebody else tries it."""
        tries = [*self._dossiers(), *self._sessions(), *self._decisions()]
        if not tries or self.chance.random() < 0.1:
            tries = [Try(OFFICER, "", "drafts"), Try(SECRETARY, "", "meets")]
        chosen = self.chance.choice(tries)
        return chosen._replace(by=self.chance.choice(ACTORS)) if self.chance.random() < 0.15 else chosen

    def _attempt(self, chosen: Try) -> None:
        own = {"drafts": self._drafts_one, "annuls": self._annuls, "meets": self._meets, "pays": self._pays}
        if chosen.event in own:
            own[chosen.event](chosen)
        else:
            self._heard(self.chamber.asked(chosen.ref, chosen.event, chosen.by, **chosen.words))

    def _heard(self, *results: Result) -> None:
        for result in results:
            if result.refused is None:
                self.came_to[result.event] += 1
            else:
                self.came_to.update(f"not {reason.rule}" for reason in result.refused.reasons)

    # -- what stands -----------------------------------------------------------------------------------

    def items(self, letter: str) -> list[Item]:
        return [item for item in self._items if item.key.ref.startswith(letter)]

    def _look(self) -> None:
        asked = text("SELECT ref FROM item WHERE substr(ref, 1, 1) IN ('D', 'S', 'Q') ORDER BY ref")
        refs = self.chamber.acting.database.connection.execute(asked).scalars().all()
        self._items = [self.chamber.item(ref) for ref in refs]

    def _near(self) -> str:
        """A day that is typed: mostly today's."""
        return (self.day + timedelta(days=self.chance.choice((0,) * 12 + (-1, -3, 1)))).isoformat()

    # -- dossiers --------------------------------------------------------------------------------------

    def _dossiers(self) -> Iterator[Try]:
        for item in self.items("D"):
            ref, dossier = item.key.ref, Dossier.of(item)
            blank = [line.no for line in dossier.nominees if line.verdict is None]
            if item.state == "submitted" and blank:
                verdict = self.chance.choice(("met", "met", "met", "exception", "not_met", "no_info"))
                said = {"nominee": str(self.chance.choice(blank)), "verdict": verdict, "reason": "Xem xét"}
                yield Try(OFFICER, ref, "appraise", said)
                yield Try(self.chance.choice((OFFICER, STANDING_MEMBER)), ref, "appraise", said)
            if item.state == "submitted":
                yield Try(STANDING_MEMBER, ref, "confirm")
            if item.state in ("appraised", "reviewed") and self.chance.random() < 0.2:
                said = {"nominee": "1", "verdict": "not_met", "reason": "Xem lại"}
                yield Try(OFFICER, ref, "appraise", said)
            if item.state in ("reviewed", "approved") and self.chance.random() < 0.3:
                yield Try(OFFICER, ref, "award", self._numbered() | {"signer": CHAIR, "funds_by": ACCOUNTANT})

    def _numbered(self) -> dict[str, str]:
        return {
            "decision_number": f"{self.chance.randrange(100, 140)}/QĐ-UBND",
            "decision_date": self._near(),
        }

    # -- sessions --------------------------------------------------------------------------------------

    def _meets(self, chosen: Try) -> None:
        """A session is prepared, with whatever waits for one."""
        self.chamber.acts_as(chosen.by)
        made = new_session(self.chamber.acting, {"date": (self.day + timedelta(days=2)).isoformat()})
        self._heard(made)

    def _sessions(self) -> Iterator[Try]:
        sessions = self.items("S")
        appraised = [each for each in self.items("D") if each.state == "appraised"]
        waiting = [each.key.ref for each in appraised if Dossier.of(each).session is None]
        if waiting and all(each.state in ("minuted", "cancelled") for each in sessions):
            yield Try(SECRETARY, "", "meets")
        for item in sessions:
            ref, session = item.key.ref, CouncilSession.of(item)
            if item.state in ("prepared", "called") and waiting:
                changed = {"reason": "Bổ sung"} if item.state == "called" else {}
                yield Try(SECRETARY, ref, "agenda_add", {"dossiers": ",".join(waiting), **changed})
            if item.state in ("prepared", "postponed") and session.lines:
                call = {"invitation_no": "07/GM-HĐTĐKT", "invitation_on": self.day.isoformat(), "at": "08:00"}
                later = (self.day + timedelta(days=2)).isoformat()
                yield Try(SECRETARY, ref, "call", {**call, "place": "Hội trường", "date": later})
            if item.state == "called" and session.planned_on and session.planned_on < self.day:
                yield Try(CHAIR, ref, "postpone", {"reason": "Bận"})
            if item.state == "called":
                there = self.chance.sample(COUNCIL, self.chance.choice((5, 6, 8, 8, 9)))
                yield Try(SECRETARY, ref, "open", {"at": "08:00", "present": ",".join(there)})
            if item.state == "opened":
                yield from self._meeting(ref, session)
            if item.state == "closed":
                paper = {"paper_number": "03/BB-HĐTĐKT", "paper_date": self._near()}
                paper |= {"sheet": "seen"} if session.slips else {}
                signers = {*(line.presiding for line in session.lines if line.presiding), SECRETARY, CHAIR}
                yield Try(SECRETARY, ref, "minute", {**paper, "signers": ",".join(sorted(signers))})

    def _meeting(self, ref: str, session: CouncilSession) -> Iterator[Try]:
        self.minutes += 1
        at = f"{8 + self.minutes // 60:02}:{self.minutes % 60:02}"
        for line in session.lines:
            if line.account in COUNCIL and line.ref not in self._recused(session):
                said = {"lines": line.ref, "why": "named", "member": line.account}
                yield Try(SECRETARY, ref, "recuse", said)
        if not session.board:
            yield Try(SECRETARY, ref, "board", {"members": ",".join(self.chance.sample(COUNCIL[1:], 3))})
        for title in {line.title for line in session.lines if line.ballot is None}:
            yield Try(SECRETARY, ref, "vote_open", {"title": title, "at": at})
        open_lines = [line for line in session.lines if line.ballot is not None and line.conclusion is None]
        for secret in (True, False):
            lines = [line for line in open_lines if line.secret is secret]
            if lines and not all(line.counted for line in lines):
                counts = ";".join(self._sheet(line) for line in lines)
                yield Try(SECRETARY, ref, "count" if secret else "show_hands", {"counts": counts})
        if open_lines:
            yield Try(self.chance.choice((MEMBER, SECRETARY)), ref, "check_count")
            yield Try(self.chance.choice((CHAIR, VICE_CHAIR)), ref, "conclude")
        if any(line.ballot is not None for line in session.lines):
            yield Try(SECRETARY, ref, "close", {"at": at})
        if self.chance.random() < 0.8:
            return
        member = self.chance.choice(COUNCIL)
        some = self.chance.choice(session.lines).ref
        yield self.chance.choice(
            (
                Try(SECRETARY, ref, "recuse", {"lines": some, "why": "other", "member": member}),
                Try(SECRETARY, ref, "leave", {"members": member, "at": at}),
                Try(SECRETARY, ref, "arrive", {"members": member, "at": at}),
                Try(CHAIR, ref, "recount", {"lines": some, "reason": "Kiểm lại"}),
                Try(CHAIR, ref, "void_vote", {"reason": "Nhầm"}),
            )
        )

    def _recused(self, session: CouncilSession) -> set[str]:
        return {ref for recusal in session.recusals for ref in recusal.lines}

    def _sheet(self, line: SessionLine) -> str:
        """What may have been counted: mostly as many as vote."""
        voting = line.voting or 0
        for_ = self.chance.choice((voting, voting, voting - 1, self.chance.randrange(voting + 1)))
        against = max(0, voting - for_) + self.chance.choice((0,) * 9 + (1,))
        counts = f"for={for_},against={against}"
        return f"{line.ref}:{counts}" + (f",collected={voting}" if line.secret else "")

    # -- decisions -------------------------------------------------------------------------------------

    def _drafts_one(self, chosen: Try) -> None:
        """A draft with lines that may have passed or not."""
        title = self.chance.choice(("ldtt", "cstdcs"))
        lines = [
            f"{item.key.ref}/{line.no}"
            for item in self.items("D")
            for line in Dossier.of(item).nominees
            if line.title == title and (line.passed or self.chance.random() < 0.15)
        ]
        signer = self.chance.choice((CHAIR, CHAIR, VICE_CHAIR, OFFICER))
        if not lines:
            return
        asked = NewDecision(
            OFFICE, YEAR, {"title": title, "signer": signer}, tuple(lines[: self.chance.randrange(1, 4)])
        )
        self.chamber.acts_as(chosen.by)
        self._heard(*draft(self.chamber.acting, [asked]))

    def _annuls(self, chosen: Try) -> None:
        days = dict.fromkeys(("conclusion_on", "received_on"), self.day.isoformat())
        words = {"ground": "c", "conclusion": "05/KL-UBND", "reason": "Có sai phạm", "signer": CHAIR, **days}
        lines = tuple(line.ref for line in AwardDecision.of(self.chamber.item(chosen.ref)).standing)[:1]
        self.chamber.acts_as(chosen.by)
        asked = NewDecision(OFFICE, YEAR, words, lines, "revoke", chosen.ref)
        self._heard(*draft(self.chamber.acting, [asked]))

    def _pays(self, chosen: Try) -> None:
        kind = self.chance.choice((PAID, PAID, RECOVERED))
        lines = AwardDecision.of(self.chamber.item(chosen.ref)).lines
        some = self.chance.choice((None, self.chance.choice(lines).ref))
        self.chamber.acts_as(ACCOUNTANT)
        move(self.chamber.acting, chosen.ref, some, kind=kind, on=self.day, role="accountant")
        self.came_to[kind] += 1

    def _decisions(self) -> Iterator[Try]:
        yield from [Try(OFFICER, "", "drafts")] * any(each.state == "reviewed" for each in self.items("D"))
        for item in self.items("Q"):
            ref, decision = item.key.ref, AwardDecision.of(item)
            if item.state == "drafted":
                yield Try(ACCOUNTANT, ref, "confirm_funds")
                if decision.kind == "revoke":
                    told = dict.fromkeys(("told_on", "full_on"), self.day.isoformat())
                    yield Try(OFFICER, ref, "complete_file", told)
                paper = {
                    "paper_number": "05/TTr-HĐTĐKT",
                    "paper_date": self._near(),
                    "for_date": self._near(),
                }
                yield Try(OFFICER, ref, "submit", {**paper, "reason": "Trình"})
            if item.state == "submitted":
                signed = {"signed_on": self._near(), "way": "paper"}
                yield Try(
                    self.chance.choice((RECORDS_CLERK, RECORDS_CLERK, CHAIR, OFFICER)), ref, "sign", signed
                )
                yield Try(CHAIR, ref, "return", {"reason": "Sửa"})
                named = {"lines": self.chance.choice(decision.lines).ref, "reason": "Không đồng ý"}
                if self.chance.random() < 0.2:
                    yield Try(CHAIR, ref, "drop_line", named)
            if item.state == "signed":
                yield Try(RECORDS_CLERK, ref, "issue", self._numbered())
                if self.chance.random() < 0.2:
                    yield Try(RECORDS_CLERK, ref, "unsign", {"reason": "In lại"})
            if item.state == "issued":
                yield Try(ACCOUNTANT, ref, "pays")
                if self.chance.random() < 0.2:
                    yield Try(OFFICER, ref, "annuls")
