"""What was corrected of an item, and what is to be: each value with the one that it replaces."""

# No postponed annotations: as texts each field's would be compiled at every start.

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.facts import Recorded, taken_place_of
from workflow.model.corrections import OF_LINES, PROPOSE, Change, Correction, Value, corrected, recounts
from workflow.model.facts import Item, Plain
from workflow.model.machine import Input, Machine
from workflow.model.recorded import Recorded as TakenPlace

COUNTS = ("for", "present", "total")
"""Of a vote's counts those that a page says, in its order."""


class CorrectionRecord(NamedTuple):
    """A value that another one replaces, for scripts. `status` is `pending`, `agreed`, `dropped`, or of a
    vote's counts `recorded_anew`. `event` is the one that recorded it, `line` the nominee's number; erased
    words are None."""

    status: str
    event: str | None
    name: str
    line: int | None
    old: Plain
    new: Plain
    reason: str | None
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None


class CorrectionLine(NamedTuple):
    """The same in words: what it is, old and new value, how it stands, who proposed and who decided it."""

    what: str
    old: str
    new: str
    status: str
    who: str


def corrections_of(looking: Looking, item: Item, history: Sequence[Recorded]) -> tuple[CorrectionRecord, ...]:
    """What was corrected of the item and what waits for agreement, oldest first; `history` is all that was
    done to it."""
    found = _Found(history)
    return tuple(sorted(found.all(), key=lambda record: record.proposed_at))


class _Found:
    """The corrections in one history, with the words that they speak of. Lives as long as one page."""

    def __init__(self, history: Sequence[Recorded]) -> None:
        self._history = history
        self._texts = {each.entry.id: each.texts for each in history}

    def all(self) -> Iterator[CorrectionRecord]:
        taken_place = [taken_place_of(each) for each in self._history]
        for correction in corrected(taken_place).corrections:
            for change in correction.changes:
                yield self._record(correction, change)
        for again in recounts(taken_place):
            yield CorrectionRecord(
                status="recorded_anew",
                event="result",
                name="votes",
                line=again.line,
                old=_counts(again.was),
                new=_counts(again.now),
                reason=None,
                proposed_by=again.now.actor,
                proposed_at=again.now.at,
                decided_by=None,
                decided_at=None,
            )

    def _record(self, correction: Correction, change: Change) -> CorrectionRecord:
        proposed, decided = correction.proposed, correction.decided
        renewed = decided is not None and decided.event == PROPOSE
        return CorrectionRecord(
            status=correction.status,
            event=change.fact.event if change.fact else None,
            name=OF_LINES.get(change.name, change.name),
            line=correction.line if change.name in OF_LINES else None,
            old=self._former(correction, change),
            new=self._value(change.new),
            reason=self._text(proposed.entry, "reason"),
            proposed_by=proposed.actor,
            proposed_at=proposed.at,
            decided_by=decided.actor if decided and not renewed else None,
            decided_at=decided.at if decided and not renewed else None,
        )

    def _former(self, correction: Correction, change: Change) -> Plain:
        if change.old is not None:
            return self._value(change.old)
        if change.name not in OF_LINES:
            return None
        field = OF_LINES[change.name]
        if correction.status == "agreed" and correction.decided is not None:
            return self._text(correction.decided.entry, f"{field}_was")
        return self._standing(correction.line, field) if correction.status == "pending" else None

    def _standing(self, line: int | None, field: str) -> str | None:
        """A line's word as it stands."""
        given = (each.texts.get(field) for each in reversed(self._history) if line in each.lines)
        return next((text for text in given if text is not None), None)

    def _value(self, value: Value) -> Plain:
        return self._text(value.entry, value.field) if value.value is None else value.value

    def _text(self, entry: str, field: str) -> str | None:
        return self._texts[entry].get(field)


def _counts(result: TakenPlace) -> Plain:
    return [result.inputs.get(name) for name in COUNTS]


# -- in words --------------------------------------------------------------------------------------------


def correction_lines(looking: Looking, item: Item, history: Sequence[Recorded]) -> tuple[CorrectionLine, ...]:
    """The same as a page says it."""
    machine, found = looking.machine(item.digest), corrections_of(looking, item, history)
    return tuple(_line(looking, item, machine, record) for record in found)


def _line(looking: Looking, item: Item, machine: Machine, record: CorrectionRecord) -> CorrectionLine:
    words = looking.words
    asked = _asked(machine, record.name)
    what = words.of(asked.label) if asked else words(f"column.{record.name}")
    if record.line is not None:
        what = f"{what} {looking.ref(item.key)}/{record.line}"
    people = [looking.position(record.proposed_by)]
    people += [looking.position(record.decided_by)] if record.decided_by else []
    return CorrectionLine(
        what,
        _shown(looking, asked, record.old),
        _shown(looking, asked, record.new),
        words(f"correction.{record.status}"),
        "; ".join(people),
    )


def _asked(machine: Machine, name: str) -> Input | None:
    """The input by which a correction of it is proposed."""
    proposing = machine.event(PROPOSE)
    asked = {OF_LINES.get(input.name, input.name): input for input in proposing.inputs} if proposing else {}
    return asked.get(name)


def _shown(looking: Looking, asked: Input | None, value: Plain) -> str:
    if value is None:
        return "—"
    if isinstance(value, list):
        return "/".join(map(str, value))
    if asked is not None and asked.type == "date":
        return looking.day(date.fromisoformat(str(value)))
    return looking.position(str(value)) if asked is not None and asked.type == "account" else str(value)
