"""An office in memory whose dossiers are reviewed, and award decisions about their lines."""

from __future__ import annotations

from typing import cast

from tests.people import ACCOUNTANT, CHAIR, OFFICER, RECORDS_CLERK, VILLAGE
from tests.workflow.memory_unit import memory_unit
from tests.workflow.shipped import machine
from tests.workflow.world import OFFICE, REVOKES, YEAR, World
from workflow.model.award_decisions import AwardDecision, DecisionKind
from workflow.model.decision import Decision
from workflow.rules.line_inputs import lines_of
from workflow.services.advance import Tried
from workflow.services.decisions import NewDecision, draft

WORDS = {"title": "gk", "type": "cong_trang", "period": "2026", "signer": CHAIR}
TO_TRINH = {"paper_number": "05/TTr-HĐTĐKT", "paper_date": "2026-01-20"}
SIGNED = {"signed_on": "2026-01-20", "way": "paper"}
NUMBERED = {"decision_number": "112/QĐ-UBND", "decision_date": "2026-01-20"}
ON_ITS_WAY: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("confirm_funds", ACCOUNTANT, {}),
    ("submit", OFFICER, TO_TRINH),
    ("sign", RECORDS_CLERK, SIGNED),
    ("issue", RECORDS_CLERK, NUMBERED),
)
"""How a draft comes to its issue."""


class Desk(World):
    """The same world, with decisions."""

    __slots__ = ()

    def drafted(
        self,
        *lines: str,
        by: str = OFFICER,
        kind: str = "award",
        changes: str = "",
        **words: str,
    ) -> Decision | Tried:
        """A draft with these lines, or why there is none; an empty word leaves an input out."""
        said = {"award": WORDS, "revoke": REVOKES}.get(kind, {"signer": CHAIR, "reason": "In sai tên"})
        given = {name: word for name, word in {**said, **words}.items() if word}
        named = tuple(each for line in lines for each in lines_of(line))
        command = NewDecision(OFFICE, YEAR, given, named, cast("DecisionKind", kind), changes or None)
        with memory_unit(self.store, now=self.now) as unit:
            answer = draft(unit, command, self.case(by), machine=machine("award_decision"))
            if isinstance(answer, Decision):
                unit.commit()
        return answer

    def decision(self, *lines: str, until: str = "", **words: str) -> str:
        """The reference of a decision with these lines, after it went its way up to the event `until`."""
        made = self.drafted(*lines, **words)
        assert isinstance(made, Decision), made
        ref = made.item.key.ref
        for event, account, said in ON_ITS_WAY if until else ():
            self.do(ref, event, account, said)
            if event == until:
                break
        return ref

    def reviewed(self, count: int = 1, *, title: str = "gk", accounts: dict[int, str] | None = None) -> str:
        """The reference of a dossier with so many lines, all of which the council passed."""
        ref = self.opened(title=title)
        for number in range(1, count + 1):
            account = (accounts or {}).get(number)
            link = {"account": account} if account else {"linked": "none"}
            self.do(ref, "add", VILLAGE, {"kind": "person", "name": f"Người thứ {number}", **link})
        self.appraised(ref)
        self.council(ref)
        return ref

    def details(self, ref: str) -> AwardDecision:
        return AwardDecision.of(self.item(ref))
