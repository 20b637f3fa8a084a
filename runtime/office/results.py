"""What became of a command, item by item, and how it is kept under the command's key."""

from __future__ import annotations

import os
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from workflow.model.decision import Decision, Reason, Refused
from workflow.model.definition import Text
from workflow.model.errors import TdktError
from workflow.model.facts import Item
from workflow.services.advance import Tried
from workflow.time.deadlines import MOVED


class Recipient(NamedTuple):
    """An account that is told of an event, with the notice's subject line."""

    account: str
    subject: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one item of a command: moved, refused, or not understood.

    `due` is the due date where the event moved its reminders, `target` the internal target that they follow
    then, `acting_for` the account in whose name it was asked,
    `confirmed` what was doubtful and is meant.
    `year` is the item's, None of a result of no item; `forwarded` counts the dossiers of a closed task that
    went to a superior, `stage` is how far the item is within a state that has names by it. `undone_by` are
    the events that take it back, none where nothing does, None where it is not known. `lines` are those that
    the event found itself, `into` is the dossier that it made for others. `item` is how the item stands then
    and `told` are those to whom notices go about it and about what came with it; an answer that is told again
    under its key has neither.
    """

    ref: str
    event: str
    from_state: str | None = None
    to_state: str | None = None
    version: int | None = None
    warnings: tuple[Reason, ...] = ()
    refused: Refused | None = None
    error: TdktError | None = None
    kind: str = ""
    due: str | None = None
    acting_for: str | None = None
    year: int | None = None
    forwarded: int = 0
    confirmed: tuple[Reason, ...] = ()
    undone_by: tuple[str, ...] | None = None
    target: str | None = None
    stage: str = ""
    lines: tuple[int, ...] = ()
    into: str | None = None
    item: Item | None = field(default=None, compare=False, repr=False)
    told: tuple[Recipient, ...] = field(default=(), compare=False)

    @property
    def asked(self) -> bool:
        """Whether nothing stops it but doubts that may be set aside."""
        return self.refused is not None and self.refused.asked

    @property
    def done(self) -> bool:
        return self.refused is None and self.error is None

    def stored(self) -> dict[str, Any]:
        """The item as the idempotency table keeps it, a refused one with its reasons."""
        kept: dict[str, Any] = {
            "ref": self.ref,
            "year": self.year,
            "event": self.event,
            "from": self.from_state,
            "to": self.to_state,
            "version": self.version,
            "kind": self.kind,
            "due": self.due,
        }
        if self.acting_for is not None:
            kept["acting_for"] = self.acting_for
        if self.target is not None:
            kept["target"] = self.target
        if self.forwarded:
            kept["forwarded"] = self.forwarded
        if self.stage:
            kept["stage"] = self.stage
        if self.lines:
            kept["lines"] = list(self.lines)
        if self.into is not None:
            kept["into"] = self.into
        if self.undone_by is not None:
            kept["undone_by"] = list(self.undone_by)
        if self.confirmed:
            kept["confirmed"] = [_kept_reason(doubt) for doubt in self.confirmed]
        if self.refused is not None:
            kept["refused"] = [_kept_reason(reason) for reason in self.refused.reasons]
        return kept

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Result:
        ref, event, before, after, version, kind, due = (
            stored[name] for name in ("ref", "event", "from", "to", "version", "kind", "due")
        )
        reasons = tuple(_reason_of(kept) for kept in stored.get("refused", ()))
        refused = Refused(event, reasons) if reasons else None
        return cls(
            ref,
            event,
            before,
            after,
            version,
            refused=refused,
            kind=kind,
            due=due,
            acting_for=stored.get("acting_for"),
            year=stored.get("year"),  # an answer kept by an earlier version of tdkt has none
            target=stored.get("target"),
            forwarded=stored.get("forwarded", 0),
            undone_by=tuple(stored["undone_by"]) if "undone_by" in stored else None,
            stage=stored.get("stage", ""),
            confirmed=tuple(_reason_of(kept) for kept in stored.get("confirmed", ())),
            lines=tuple(stored.get("lines", ())),
            into=stored.get("into"),
        )


def _kept_reason(reason: Reason) -> dict[str, Any]:
    operands = {
        name: {"vi": value.vi, "en": value.en} if isinstance(value, Text) else value
        for name, value in reason.operands.items()
    }
    return {"rule": reason.rule, "operands": operands, "cite": reason.cite, "who_can": list(reason.who_can)}


def _reason_of(kept: Mapping[str, Any]) -> Reason:
    operands = {
        name: Text(value["vi"], value["en"]) if isinstance(value, Mapping) else value
        for name, value in kept["operands"].items()
    }
    return Reason(kept["rule"], operands, kept["cite"], tuple(kept["who_can"]))


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one sweep of an office did; `failed` are items that could not be swept, each an incident.

    `stopped` is what ended it before all was done, as a full disk.
    """

    rows: int = 0
    notices: int = 0
    items: int = 0
    refs: tuple[str, ...] = field(default=())
    failed: tuple[str, ...] = field(default=())
    stopped: TdktError | None = None


def new_key() -> str:
    """A key for the entries of a command that was given none.

    Nobody can repeat the command under it, so no answer is kept.
    """
    return b32encode(os.urandom(10)).decode().lower()


def result_of(answer: Decision | Tried) -> Result:
    """What became of the item that was asked."""
    item, entry = answer.item, answer.entry
    if isinstance(answer, Tried):
        return Result(
            item.key.ref,
            entry.event,
            item.state,
            version=item.version,
            refused=answer.refused,
            kind=item.kind,
            acting_for=entry.acting_for,
            year=item.key.year,
        )
    moved = answer.cancel_deadlines == MOVED
    return Result(
        item.key.ref,
        entry.event,
        entry.from_state,
        entry.to_state,
        item.version,
        answer.warnings,
        kind=item.kind,
        due=item.due_on.isoformat() if item.due_on and moved else None,
        target=item.target_on.isoformat() if item.target_on and moved else None,
        acting_for=entry.acting_for,
        year=item.key.year,
        forwarded=item.details.forwarded,
        confirmed=answer.confirmed,
        undone_by=answer.undone_by,
        stage=item.details.stage,
        lines=answer.lines,
        into=answer.into,
        item=item,
        told=_told_by(answer),
    )


COUNT_DIFFERS, FIRST_COUNT = "count_differs", "truoc"
UNTOLD = Text("không nêu khi xem trước", "not told in a trial")


def trial_of(answer: Decision | Tried) -> Result:
    """What would become of the item. Of a count that somebody else typed a trial tells nothing: only an
    attempt does, which leaves its trace in the log."""
    result = result_of(answer)
    if result.refused is None:
        return result
    reasons = tuple(
        replace(reason, operands={**reason.operands, FIRST_COUNT: UNTOLD})
        if reason.rule == COUNT_DIFFERS
        else reason
        for reason in result.refused.reasons
    )
    return replace(result, refused=replace(result.refused, reasons=reasons))


def _told_by(decision: Decision) -> tuple[Recipient, ...]:
    """Each notice once, also those of what the decision brings about on other items."""
    notices = (notice for each in (decision, *decision.caused) for notice in each.notices)
    return tuple(dict.fromkeys(Recipient(notice.to, notice.subject) for notice in notices))
