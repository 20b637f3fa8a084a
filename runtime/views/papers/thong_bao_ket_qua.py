"""What became of the lines of a body's dossier (thông báo kết quả), to that body alone: nobody else's lines
stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.conditions import Assessed, assessed
from runtime.views.facts import Recorded
from runtime.views.papers.facts import Facts, Source, day_text
from runtime.views.papers.heads import by_role, head
from runtime.views.papers.lines import label_text, lines_of
from runtime.views.papers.parts import Given, Part
from runtime.views.papers.record import (
    Record,
    basis_in,
    day_in,
    lines_in,
    number_in,
    paper_in,
    paper_in_row,
    text_in,
    two_digits,
)
from workflow.model.awarding import Awarding, lines_awarded
from workflow.model.conditions import condition_text
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.facts import Item
from workflow.model.wording import mid_sentence

KIND = "thong_bao_ket_qua"
SIGNS = ("TM. HỘI ĐỒNG", "ỦY VIÊN THƯỜNG TRỰC")
BY_VOTE = "không đạt tỷ lệ phiếu theo Quy chế hoạt động của Hội đồng"
REACHED, SENT, HIGHER = "awarded_here", "sent_higher", "awarded_higher"
NOT_REACHED = ("not_awarded", "not_awarded_higher", "revoked")


class ResultRow(NamedTuple):
    """A line of the body's: `note` is the decision, the paper by which it was sent, or why it was not
    reached."""

    no: int
    name: str
    title: str
    note: str


Rows = tuple[ResultRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPaper(Facts):
    """The body's lines by what became of them: `awarded` by the commune, `forwarded` to the superior,
    `granted` by it, `not_reached`, and `waiting`, about which nothing is decided yet."""

    body: str
    dossier: str
    received: str
    proposal: Source
    awarded: Rows
    forwarded: Rows
    granted: Rows
    not_reached: Rows
    waiting: Rows

    @property
    def n_awarded(self) -> str:
        return two_digits(len(self.awarded))

    @property
    def n_forwarded(self) -> str:
        return two_digits(len(self.forwarded))

    @property
    def n_granted(self) -> str:
        return two_digits(len(self.granted))

    @property
    def n_not_reached(self) -> str:
        return two_digits(len(self.not_reached))

    @property
    def n_waiting(self) -> str:
        return two_digits(len(self.waiting))

    def held(self) -> Held:
        rows = tuple((row.name, row.title, row.note) for row in self._all())
        texts = (*Facts.held(self).texts, self.body, self.dossier)
        return Held(texts, rows, tuple(row.name for row in self._all()))

    def persons(self) -> tuple[str, ...]:
        return (*(row.name for row in self._all()), self.signature.name)

    def _all(self) -> Rows:
        return (*self.awarded, *self.forwarded, *self.granted, *self.not_reached, *self.waiting)


def parts(looking: Looking, item: Item, given: Given) -> Iterator[Part]:
    """One, once something is known of a line."""
    dossier, on = Dossier.of(item), given.on or looking.today
    told = [line for line in dossier.staying if line.outcome != "withdrawn"]
    if dossier.received_on is None or all(line.outcome in ("pending", "postponed") for line in told):
        return
    listed = Listed(looking, item)
    body = looking.directory.body(dossier.body)
    signature = by_role(looking, "standing_member", SIGNS, on)
    facts = ResultPaper(
        **head(looking, KIND, signature, number=given.number, on=given.on),
        body=body.name if body else dossier.body,
        dossier=looking.ref(item.key),
        received=day_text(dossier.received_on),
        proposal=paper_in(listed.record.last("submit")),
        awarded=listed.rows(line for line in told if line.outcome == REACHED),
        forwarded=listed.rows(line for line in told if line.outcome == SENT),
        granted=listed.rows(line for line in told if line.outcome == HIGHER),
        not_reached=listed.rows(line for line in told if line.outcome in NOT_REACHED),
        waiting=listed.rows(line for line in told if line.outcome in ("pending", "postponed")),
    )
    yield Part("", facts, given.final, on, given.number)


class Listed:
    """The lines of one dossier with what is told of each. Lives as long as the paper is made."""

    def __init__(self, looking: Looking, item: Item) -> None:
        self.looking, self.item = looking, item
        self.record = Record(looking, item)
        self.dossier = Dossier.of(item)
        self._shown = lines_of(looking, item.key.year)

    def rows(self, lines: Iterator[Nominee]) -> Rows:
        return tuple(
            ResultRow(
                no,
                self._shown(self.item.key.ref, line.no).name,
                label_text(self.looking, self.item, line.granted or line.title),
                self._note(line),
            )
            for no, line in enumerate(lines, 1)
        )

    def _note(self, line: Nominee) -> str:
        match line.outcome:
            case "awarded_here":
                return self._decision(line)
            case "sent_higher":
                return self._named(self.record.last("forward"))
            case "awarded_higher":
                return self._answer(line, "awarded")
            case "not_awarded_higher":
                why = text_in(self._answering(line, "not_awarded"), "reason")
                said = ("cấp trên không khen thưởng", self._answer(line, "not_awarded"), why)
                return ", ".join(filter(None, said))
            case "not_awarded" | "revoked":
                return self._why_not(line)
        if line.held:
            return "đang xác minh"
        return "để lại xét sau" if line.outcome == "postponed" else "đang xét"

    # -- what was reached ----------------------------------------------------------------------------------

    def _decision(self, line: Nominee) -> str:
        found = self._decisions.get(line.no)
        return self._named(found, "decision_number", "decision_date")

    @cached_property
    def _decisions(self) -> dict[int, Recorded]:
        """The decision of the commune that awards each line."""
        made = self.record.all("award")
        awarding = [Awarding(each.inputs, superior=False) for each in made]
        found = lines_awarded(self.dossier.nominees, awarding, self.looking.directory)
        return {line.no: each for each, lines in zip(made, found, strict=True) for line in lines}

    @cached_property
    def _assessed(self) -> Assessed:
        return assessed(self.looking, self.item)

    def _answering(self, line: Nominee, name: str) -> Recorded | None:
        """The superior's answer that names the line."""
        found = (each for each in reversed(self.record.all("record_result")))
        return next((each for each in found if line.no in lines_in(each, (name,))), None)

    def _answer(self, line: Nominee, name: str) -> str:
        found = self._answering(line, name)
        return " ".join(filter(None, (text_in(found, "authority"), self._named(found))))

    def _named(self, each: Recorded | None, number: str = "paper_number", day: str = "paper_date") -> str:
        said, on = number_in(each, number), day_in(each, day)
        return f"{self._kind(number)} {paper_in_row(said, on)}" if said and on else ""

    @staticmethod
    def _kind(number: str) -> str:
        return "Quyết định số" if number == "decision_number" else "Văn bản số"

    # -- what was not --------------------------------------------------------------------------------------

    def _why_not(self, line: Nominee) -> str:
        if line.outcome == "revoked":
            return "đã hủy bỏ quyết định khen thưởng"
        match line.why:
            case "vote":
                return BY_VOTE
            case "condition":
                return self._lacking(line)
            case "not_approved":
                found = self.record.last_of_line("not_awarded", line.no) or self.record.last("reject")
                why = text_in(found, "reason").strip(" .")
                return f"không được phê duyệt: {why}" if why else "không được phê duyệt"
        return "không đạt"

    def _lacking(self, line: Nominee) -> str:
        """The conditions that it does not meet, else the basis on which it was appraised."""
        of = self._assessed
        found = of.lines.get(line.no)
        failing = [
            condition_text(answer.condition, of.pack(found)).vi
            for answer in (found.answers if found else ())
            if answer.verdict == "not_met" and not answer.warns and found is not None
        ]
        basis = basis_in(self.record.last_of_line("appraise", line.no))
        said = "; ".join(map(mid_sentence, failing)) or basis
        return f"chưa đủ điều kiện: {said}" if said else "chưa đủ điều kiện"
