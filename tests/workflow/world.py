"""An office at work in memory: the real services on a `memory_unit`, as the wiring calls them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Self

from tests.council import COUNCIL, Voted, meeting
from tests.people import (
    ACCOUNTANT,
    CHAIR,
    OFFICER,
    RECORDS_CLERK,
    SECRETARY,
    STANDING_MEMBER,
    VILLAGE,
)
from tests.workflow.memory_unit import KeptNotice, KeptRow, Store, memory_unit
from tests.workflow.plan_2026 import PLAN
from tests.workflow.shipped import (
    PLAN_BEGIN,
    at,
    catalogue,
    machine,
    machine_of,
    newest,
    older_dossiers,
    rules,
    setting,
)
from workflow.engine.case import Case
from workflow.engine.machine import RunnableMachine
from workflow.model.award_decisions import AwardDecision
from workflow.model.context import Actor, Setting
from workflow.model.decision import Decision, Reason
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.facts import Item, Key
from workflow.model.plan import PlanTask
from workflow.model.tasks import Task
from workflow.services.advance import Advance, Tried, advance
from workflow.services.decisions import NewDecision, draft
from workflow.services.dossiers import NewDossier, open_dossier
from workflow.services.import_plan import Imported, import_tasks
from workflow.services.sessions import NewSession, new_session
from workflow.services.sweep import sweep_item

OFFICE, YEAR = "diem-he", 2026

TASK_WORDS = {
    "return": {"reason": "Chưa đủ số liệu"},
    "recall": {"reason": "Nhầm tệp"},
    "review": {"opinion": "Thống nhất"},
    "reopen": {"reason": "Ghi nhầm"},
    "propose_extension": {"until": "2027-02-26", "reason": "Chờ số liệu"},
    "extend": {"until": "2027-02-26", "reason": "Chờ số liệu"},
    "set_deadline": {"date": "2026-12-25", "source": "Công văn 12"},
    "set_target": {"date": "2026-03-20", "source": "Mốc hằng năm"},
    "drop_target": {"reason": "Tỉnh hoãn"},
    "lead": {"body": "ubnd"},
    "adopt": {"date": "2025-12-30", "paper": "01/BC-UBND"},
    "propose_record": {"date": "2026-01-15", "paper": "02/BC-UBND"},
    "adopt_same": {"same_as": "2025/T16", "paper": "05/BC-UBND", "date": "2026-01-15"},
    "new": {"date": "2026-01-15", "paper": "15/CV-SNV", "due": "2026-06-30"},
    "decline_task": {"reason": "Đã có trong kế hoạch"},
    "decline_record": {"reason": "Chưa có văn bản"},
    "cancel": {"reason": "Tỉnh không tổ chức"},
    "propose_correction": {"paper": "2/BC-UBND", "reason": "Nhập nhầm"},
    "drop_correction": {"reason": "Đúng như đã nhập"},
}
"""Inputs with which each event of a task is complete; `complete` depends on the kind."""

PROOFS = {
    "report": {"paper_number": "05/BC-UBND", "paper_date": "2026-01-15"},
    "guidance": {"paper_number": "05/HD-HĐTĐKT", "paper_date": "2026-01-15"},
    "plan_issue": {"paper_number": "05/KH-UBND", "paper_date": "2026-01-15"},
    "movement_launch": {"paper_number": "06/KH-UBND", "paper_date": "2026-01-15"},
    "conference_host": {"held_on": "2026-01-15"},
    "conference_attend": {"invitation": "05/GM-UBND", "attended_by": "Trưởng phòng"},
    "training": {"invitation": "05/GM-UBND", "attended_by": "Chuyên viên"},
    "movement_launch_and_preliminary_review": {"no_award_reason": "Không có hồ sơ"},
    "award_review": {"no_award_reason": "Không có hồ sơ"},
    "other": {"done_on": "2026-01-15"},
}
"""DESIGN §4, complete: the proof of each kind."""

FILE = "0f" * 32
"""The digest of a file that is kept."""

USUAL = "usual"
"""Stands for the type of commendation of a form, and for none of a title."""

AS_USUAL: Mapping[int, Mapping[str, str]] = MappingProxyType({})
COUNTS = {"for": "8", "against": "1", "invalid": "0"}

DOSSIER_WORDS = {
    "add": {"kind": "person", "name": "Nguyễn Thị A"},
    "copy": {"of": "D0001", "reason": "Làm lại"},
    "move": {"task": "T11", "reason": "Nhầm nhiệm vụ"},
    "set_movement": {},
    "edit": {"nominee": "1", "name": "Nguyễn Thị B"},
    "move_path": {"reason": "Theo quy chế của Hội đồng"},
    "remove": {"nominee": "1"},
    "propose_receipt": {
        "received_on": "2026-01-08",
        "intake_no": "12",
        "via": "paper",
        "paper_number": "01/TTr",
        "paper_date": "2026-01-07",
        "reason": "Văn thư chuyển muộn",
    },
    "drop_receipt": {"reason": "Nhầm hồ sơ"},
    "submit": {"paper_number": "01/TTr", "paper_date": "2026-01-19"},
    "recall": {"reason": "Thiếu một trường hợp"},
    "attach": {"kind": "khac", "how": "scan", "digest": FILE, "media": "pdf"},
    "accept": {"complete_on": "2026-01-20", "original": "seen", "seen": "all"},
    "unaccept": {"reason": "Nhập nhầm ngày"},
    "return": {"missing": "Biên bản họp xét", "until": "2026-01-27"},
    "consider_as_is": {"reason": "Quá hạn bổ sung"},
    "appraise": {"nominee": "1", "verdict": "met"},
    "send_back": {"reason": "Chưa rõ sáng kiến"},
    "give_opinion": {"opinion": "Đồng ý", "date": "2026-01-20"},
    "result": {"nominee": "1", **COUNTS},
    "into_session": {"session": "S01"},
    "out_of_session": {"session": "S01"},
    "conclude": {"session": "S01", "reached": "1"},
    "unconclude": {"session": "S01"},
    "publish": {"from": "2026-01-08", "place": "Trang thông tin điện tử, nhà văn hóa thôn"},
    "publish_end": {"remarks": "0"},
    "ask_opinion": {"whom": "Công an xã", "date": "2026-01-20"},
    "opinion_in": {"answer": "Không có ý kiến khác", "date": "2026-01-20"},
    "drop_opinion": {"reason": "Ghi nhầm cơ quan"},
    "remark": {"date": "2026-01-20", "source": "Một hộ dân", "remark": "Đề nghị xem lại tiêu chí"},
    "settle_remark": {"of": "1", "finding": "kept", "reason": "Đã kiểm tra, đủ tiêu chí"},
    "hold": {"nominee": "1", "source": "Đơn kiến nghị ngày 19/01/2026"},
    "release": {"nominee": "1", "finding": "cleared", "reason": "Không có cơ sở"},
    "withdraw_line": {
        "nominee": "1",
        "paper_number": "03/TTr",
        "paper_date": "2026-01-20",
        "reason": "Chuyển công tác",
    },
    "split": {"nominee": "1", "reason": "Chờ xác minh"},
    "split_off": {"of": "2026/D0001", "reason": "Chờ xác minh"},
    "superior_returned": {
        "authority": "Sở Nội vụ",
        "paper_number": "45/SNV-TĐKT",
        "paper_date": "2026-01-20",
        "until": "2026-02-05",
        "missing": "Bản sao quyết định",
    },
    "supplied": {"date": "2026-01-20"},
    "approve": {"paper_number": "05/TTr-HĐTĐKT", "paper_date": "2026-01-20"},
    "award": {
        "decision_number": "112/QĐ-UBND",
        "decision_date": "2026-01-20",
        "signer": CHAIR,
        "funds_by": ACCOUNTANT,
    },
    "forward": {"paper_number": "07/TTr-UBND", "paper_date": "2026-01-20"},
    "record_result": {
        "authority": "Chủ tịch UBND tỉnh",
        "paper_number": "300/QĐ-UBND",
        "paper_date": "2026-01-20",
        "awarded": "1",
    },
    "reopen": {"reason": "Nhập nhầm phiếu"},
    "propose_correction": {"decision_number": "2/QĐ-UBND", "reason": "Nhập nhầm"},
    "drop_correction": {"reason": "Đúng như đã nhập"},
    "reject": {"reason": "Không đạt"},
    "withdraw": {"reason": "Nộp nhầm"},
    "to_sign": {"decision": "Q01", "nominee": "1", "paper_date": "2026-01-20"},
    "approve_signed": {
        "decision": "Q01",
        "nominee": "1",
        "signer": CHAIR,
        "paper_number": "05/TTr-HĐTĐKT",
        "paper_date": "2026-01-20",
    },
    "not_awarded": {"decision": "Q01", "nominee": "1", "reason": "Trùng thành tích"},
    "restate": {
        "decision": "Q02",
        "nominee": "1",
        "decision_number": "120/QĐ-UBND",
        "decision_date": "2026-01-20",
        "name": "Nguyễn Thị Á",
    },
    "revoke": {"decision_number": "120/QĐ-UBND", "decision_date": "2026-01-20", "ground": "a"},
    "decision_corrected": {"decision": "Q01", "nominee": "1", "decision_number": "121/QĐ-UBND"},
    "annul": {
        "decision": "Q02",
        "nominee": "1",
        "decision_number": "120/QĐ-UBND",
        "decision_date": "2026-01-20",
        "ground": "a",
    },
}
"""Inputs with which each event of a dossier is complete, on the day on which `World.planned` begins."""

REVOKES = {
    "signer": CHAIR,
    "ground": "a",
    "conclusion": "05/KL-UBND",
    "conclusion_on": "2026-01-20",
    "received_on": "2026-01-20",
    "reason": "Sáng kiến sao chép",
}
"""Inputs with which the draft of an annulment is complete."""

TASK_WAYS = {
    "drafted": (),
    "submitted": (("submit", OFFICER),),
    "reviewed": (("submit", OFFICER), ("review", STANDING_MEMBER)),
    "approved": (("submit", OFFICER), ("review", STANDING_MEMBER), ("approve", CHAIR)),
    "completed": (
        ("submit", OFFICER),
        ("review", STANDING_MEMBER),
        ("approve", CHAIR),
        ("complete", OFFICER),
    ),
    "cancelled": (("cancel", CHAIR),),
}
"""How a task comes to each state; `awarded` needs a dossier (`World.task_in`)."""

ANNULMENT = "annulment"
"""Stands for the decision that annuls what another one awarded, from its draft to its issue."""
_TO_SUBMITTED = (("add", VILLAGE), ("submit", VILLAGE))
_TO_ACCEPTED = (*_TO_SUBMITTED, ("accept", OFFICER))
_TO_CONFIRMED = (*_TO_ACCEPTED, ("appraise", OFFICER), ("confirm", STANDING_MEMBER))
_TO_REVIEWED = {
    "council": (*_TO_CONFIRMED, (COUNCIL, SECRETARY)),
    "appraisal": _TO_CONFIRMED,
    "simplified": _TO_CONFIRMED,
}


def _ways(path: str) -> dict[str, tuple[tuple[str, str], ...]]:
    approved = (*_TO_REVIEWED[path], ("approve", CHAIR))
    return {
        "drafted": (("add", VILLAGE),),
        "submitted": _TO_SUBMITTED,
        "returned": (*_TO_SUBMITTED, ("return", OFFICER)),
        **({"appraised": _TO_CONFIRMED} if path == "council" else {}),
        "reviewed": _TO_REVIEWED[path],
        "approved": approved,
        "awarded": (*approved, ("award", OFFICER)),
        "forwarded": (*approved, ("forward", OFFICER)),
        "decided": (*approved, ("forward", OFFICER), ("record_result", OFFICER)),
        "rejected": (*_TO_SUBMITTED, ("reject", CHAIR)),
        "withdrawn": (("add", VILLAGE), ("withdraw", VILLAGE)),
        "revoked": (*approved, ("award", OFFICER), (ANNULMENT, OFFICER)),
    }


WAYS = {path: _ways(path) for path in _TO_REVIEWED}
"""How a dossier comes to each state, by its path. Head and standing member are one in the shipped office, so
that no dossier of the simplified procedure waits for an opinion."""
DOSSIER_WAYS = WAYS["council"]
TITLES = {
    "council": ("gk", "cong_trang", None),
    "appraisal": ("gdvh", None, None),
    "simplified": ("gk", "dot_xuat", "dot_xuat"),
}
"""A title, a type and a ground that go by each path."""


def usual_type(title: str) -> str | None:
    """The type of commendation for which a form is mostly given; a title has none."""
    found = rules().title(title)
    return "cong_trang" if found and found.form else None


class NotDone(AssertionError):
    """What was to be done was refused."""


@dataclass(slots=True)
class World:
    """One office and its clock. `now` moves only forward, by hand."""

    now: datetime
    setting: Setting = field(default_factory=setting)
    dossiers: RunnableMachine = field(default_factory=lambda: machine("nomination_dossier"))
    store: Store = field(default_factory=lambda: Store(files={FILE: 1000}))

    @classmethod
    def planned(
        cls, *, now: str = "2026-01-20T09:00", started_on: date = PLAN_BEGIN, older: bool = False
    ) -> Self:
        """The office with the plan of 2026 imported; an `older` one takes votes without sessions."""
        world = cls(now=at(now), setting=setting(started_on=started_on))
        if older:
            world.dossiers = older_dossiers()
        world.import_plan(PLAN)
        return world

    def key(self, ref: str) -> Key:
        return Key(OFFICE, YEAR, ref)

    def case(self, account: str, acting_for: str | None = None) -> Case:
        """What the wiring gives a service for a command of `account`, now."""
        return Case(self.setting.at(self.now), Actor(account, acting_for), machine_of, catalogue, newest)

    def item(self, ref: str) -> Item:
        return self.store.items[self.key(ref)]

    def rows(self, ref: str) -> list[KeptRow]:
        return self.store.rows_of(self.key(ref))

    def import_plan(self, rows: tuple[PlanTask, ...]) -> Imported:
        with memory_unit(self.store, now=self.now) as unit:
            done = import_tasks(
                unit,
                rows,
                self.case(OFFICER),
                year=YEAR,
                role="officer",
                machine=machine("plan_task"),
            )
            unit.commit()
        return done

    def attempt(
        self,
        ref: str,
        event: str,
        account: str,
        words: dict[str, str] | None = None,
        *,
        version: int | None = None,
        note: str | None = None,
        acting_for: str | None = None,
        confirmed: bool = True,
    ) -> Decision | Tried:
        """One command, which is meant; a refused one is recorded in a transaction of its own."""
        command = Advance(self.key(ref), event, words or {}, version, note, confirmed)
        with memory_unit(self.store, now=self.now) as unit:
            answer = advance(
                unit,
                command,
                self.case(account, acting_for),
            )
            if isinstance(answer, Decision):
                unit.commit()
        self._record(answer)
        return answer

    def _record(self, answer: Decision | Tried) -> None:
        if isinstance(answer, Tried) and not answer.refused.asked:
            with memory_unit(self.store, now=self.now) as unit:
                unit.record(answer.entry, log=answer.item.key.year, key=answer.item.key)
                unit.commit()

    def do(self, ref: str, event: str, account: str, words: dict[str, str] | None = None) -> Item:
        """A command that must succeed, with fitting inputs where none are given."""
        answer = self.attempt(ref, event, account, self.words(ref, event) if words is None else words)
        if not isinstance(answer, Decision):
            raise NotDone(answer)
        return answer.item

    def go(self, ref: str, *steps: tuple[str, str]) -> Item:
        """Events in their order, each by its account, with fitting inputs."""
        for event, account in steps:
            if event == COUNCIL:
                self.council(ref)
            elif event == ANNULMENT:
                self.annulled(ref)
            else:
                self.do(ref, event, account)
        return self.item(ref)

    def council(
        self, ref: str, votes: Mapping[int, Mapping[str, str]] = AS_USUAL, *, absent: Sequence[str] = ()
    ) -> Item:
        """The council reviews a dossier: everybody who may votes on every line, all but one in favour, unless
        `votes` say otherwise of a line."""
        item = self.item(ref)
        counts = {
            line.no: {**self.counts(line), **votes.get(line.no, {})} for line in Dossier.of(item).to_vote
        }
        if "conclude" not in machine_of(item.digest).events:
            return self._voted(ref, counts, absent)
        title_of, lines = self.setting.of(item).rules.title, []
        for line in Dossier.of(item).to_vote:
            title, said = title_of(line.title), {name: int(count) for name, count in counts[line.no].items()}
            secret = title is not None and title.vote is not None and title.vote.secret
            voted = Voted(f"{ref}/{line.no}", line.title, secret, line.account)
            lines.append(voted._replace(for_=said["for"], against=said["against"], invalid=said["invalid"]))
        with memory_unit(self.store, now=self.now) as unit:
            asked = NewSession(OFFICE, YEAR, words={"date": self.setting.at(self.now).today.isoformat()})
            made = new_session(unit, asked, self.case(SECRETARY), machine=machine("council_session"))
            if not isinstance(made, Decision):
                raise NotDone(made)
            unit.commit()
        today = self.setting.at(self.now).today
        for step in meeting(self.setting.office, [ref], lines, on=today, absent=absent):
            self.do(made.item.key.ref, step.event, step.by, step.words)
        return self.item(ref)

    def annulled(self, ref: str, *, number: str = "", until: str = "issue") -> Item:
        """What a decision awarded to the dossier's lines is annulled by another one; where an older machine
        kept none, by the dossier's own event."""
        decisions = {key.ref: item for key, item in self.store.items.items() if key.ref.startswith("Q")}
        for was, item in decisions.items():
            lines = tuple(line.ref for line in AwardDecision.of(item).standing if line.dossier == ref)
            if item.state == "issued" and lines:
                words = {**REVOKES, "signer": AwardDecision.of(item).signer}
                number = number or f"{119 + len(decisions)}/QĐ-UBND"
                self._annulled(was, lines, words, number, until)
                return self.item(ref)
        return self.do(ref, "revoke", CHAIR)

    def _annulled(
        self, was: str, lines: tuple[str, ...], words: dict[str, str], number: str, until: str
    ) -> None:
        today = self.setting.at(self.now).today.isoformat()
        words |= {"conclusion_on": today, "received_on": today}
        with memory_unit(self.store, now=self.now) as unit:
            asked = NewDecision(OFFICE, YEAR, words, lines, "revoke", was)
            made = draft(unit, asked, self.case(OFFICER), machine=machine("award_decision"))
            if not isinstance(made, Decision):
                raise NotDone(made)
            unit.commit()
        for event, account, said in (
            ("complete_file", OFFICER, {"told_on": today, "full_on": today}),
            ("submit", OFFICER, {"paper_number": "06/TTr-HĐTĐKT", "paper_date": today}),
            ("sign", RECORDS_CLERK, {"signed_on": today, "way": "paper"}),
            ("issue", RECORDS_CLERK, {"decision_number": number, "decision_date": today}),
        ):
            self.do(made.item.key.ref, event, account, said)
            if event == until:
                return

    def _voted(self, ref: str, counts: Mapping[int, Mapping[str, str]], absent: Sequence[str]) -> Item:
        """The same as it is typed where there are no sessions."""
        away = {"absent": ",".join(absent)} if absent else {}
        for line in Dossier.of(self.item(ref)).to_vote:
            recorder = STANDING_MEMBER if line.account == SECRETARY else SECRETARY
            self.do(ref, "result", recorder, {"nominee": str(line.no), **counts[line.no], **away})
        return self.do(ref, "review", self.item(ref).owners[0])

    def counts(self, line: Nominee) -> dict[str, str]:
        """What is counted of all who may vote on the line: one is against."""
        office = self.setting.office
        council = office.people(office.holding("council_member"))
        own = office.people([line.account] if line.account else [])
        return {"for": str(len(council - own) - 1), "against": "1", "invalid": "0"}

    def words(self, ref: str, event: str) -> dict[str, str]:
        return self.words_for(self.item(ref), event)

    def words_for(self, item: Item, event: str) -> dict[str, str]:
        """Inputs with which the event is complete for the item as it stands."""
        if isinstance(item.details, Task):
            return PROOFS[item.kind] if event == "complete" else TASK_WORDS.get(event, {})
        if not isinstance(item.details, Dossier):
            return {}
        dossier, words = item.details, DOSSIER_WORDS.get(event, {})
        if event == "add" and dossier.title == "gdvh":
            return {**words, "kind": "household"}
        if event == "accept" and dossier.path == "appraisal":
            return {**words, "posted_from": "2026-01-05", "posted_until": "2026-01-16"}
        if event == "move_path":
            other = {"path": "simplified", "ground": "phat_hien"}
            return {**words, **({"path": "council"} if dossier.path == "simplified" else other)}
        if event == "confirm" and dossier.path == "simplified":
            return {**words, "opinion": "Đồng ý"}
        if event == "award":
            annulled = sum(
                item.state == "revoked" for key, item in self.store.items.items() if key.ref[0] == "Q"
            )
            words = {**words, "decision_number": f"{112 + annulled}/QĐ-UBND"}  # its number is not given again
            taken = {each.name for each in machine_of(item.digest).events[event].inputs}
            return {name: word for name, word in words.items() if name in taken}
        if event == "withdraw" and dossier.received_on:
            return {**words, "paper_number": "02/TTr", "paper_date": "2026-01-20"}
        return words

    def new_dossier(
        self,
        task: str = "T17",
        *,
        body: str = VILLAGE,
        title: str = "gk",
        type: str | None = USUAL,
        ground: str | None = None,
        period: str | None = None,
        by: str = VILLAGE,
    ) -> Decision | Tried:
        with memory_unit(self.store, now=self.now) as unit:
            answer = open_dossier(
                unit,
                NewDossier(
                    *(self.key(task), body, title, usual_type(title) if type == USUAL else type),
                    ground=ground,
                    period=period,
                ),
                self.case(by),
                machine=self.dossiers,
            )
            if isinstance(answer, Decision):
                unit.commit()
        self._record(answer)
        return answer

    def opened(
        self,
        task: str = "T17",
        *,
        title: str = "gk",
        body: str = VILLAGE,
        type: str | None = USUAL,
        ground: str | None = None,
        period: str | None = None,
    ) -> str:
        """The reference of a new dossier."""
        answer = self.new_dossier(
            task, title=title, body=body, type=type, ground=ground, period=period, by=OFFICER
        )
        assert isinstance(answer, Decision), answer
        return answer.item.key.ref

    def dossier_in(self, state: str, *, task: str = "T17", title: str = "gk", path: str = "council") -> str:
        """The reference of a new dossier of one line that went its way to `state`."""
        own, type, ground = TITLES[path]
        if state in ("forwarded", "decided"):
            title = "bkt"
        elif path != "council":
            title = own
        if path == "council":
            type = usual_type(title)
        ref = self.opened(task, title=title, type=type, ground=ground)
        self.go(ref, *WAYS[path][state])
        assert self.item(ref).state == state
        return ref

    def appraised(self, ref: str, **verdicts: str) -> Item:
        """A drafted dossier handed in, accepted, every line appraised (`met`, or by `line_2="no_info"`) and
        confirmed, each by whoever is asked."""
        self.do(ref, "submit", VILLAGE)
        self.do(ref, "accept", OFFICER)
        for line in Dossier.of(self.item(ref)).nominees:
            words = {"nominee": str(line.no), "verdict": verdicts.get(f"line_{line.no}", "met")}
            reason = {"reason": "Có lý do"} if words["verdict"] == "exception" else {}
            self.do(ref, "appraise", OFFICER, {**words, **reason})
        return self.do(ref, "confirm", self.item(ref).owners[0])

    def task_in(self, state: str, number: int = 1) -> str:
        """The reference of the plan's task, after it went its way to `state`."""
        ref = f"T{number:02}"
        if state == "awarded":
            self.dossier_in("awarded", task=ref)
        for event, account in TASK_WAYS["approved" if state == "awarded" else state]:
            self.do(ref, event, account)
        if state == "awarded":
            self.do(ref, "award", OFFICER, {})
        assert self.item(ref).state == state
        return ref

    def tick(self, now: str) -> list[KeptNotice]:
        """The clock moves to `now` (local) and what is due fires; the notices that came of it."""
        self.now = max(self.now, at(now))
        before = len(self.store.notices)
        for key in sorted(self.store.items):
            with memory_unit(self.store, now=self.now) as unit:
                sweep_item(
                    unit,
                    key,
                    self.case("system"),
                )
                unit.commit()
        return self.store.notices[before:]


def refused(answer: Decision | Tried) -> list[Reason]:
    """The reasons of an answer that must be a refusal."""
    assert isinstance(answer, Tried), answer
    return list(answer.refused.reasons)


def rules_of(answer: Decision | Tried) -> list[str]:
    """By which rules it was refused, in the order in which they are told."""
    return [reason.rule for reason in refused(answer)]
