"""Whom a dossier asked for an opinion and what came back, and what people said of its publication: each line
of either list with its words, for its page and for scripts.

The words stand with the entries that gave them, by the number that an entry has as `of`. A dossier that was
split off goes on with the questions of the one before, whose entries are looked up there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.facts import Recorded, recorded_of
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item
from workflow.model.wording import in_runs

EVENTS = ("ask_opinion", "opinion_in", "drop_opinion", "remark", "settle_remark")
"""The events whose facts stand in the two lists."""


class OpinionRecord(NamedTuple):
    """A body that was asked; `answered_on` is null while it is silent, `against` are the lines to which it
    does not agree. Words that were erased are null."""

    no: int
    whom: str | None
    asked_on: date
    paper_number: str | None
    lines: tuple[int, ...]
    answered_on: date | None
    answer: str | None
    answer_number: str | None
    against: tuple[int, ...]
    dropped: bool


class RemarkRecord(NamedTuple):
    """What somebody said of the published list; `finding` is null until somebody settled it."""

    no: int
    on: date
    source: str | None
    remark: str | None
    lines: tuple[int, ...]
    finding: str | None
    reason: str | None


def opinions_of(looking: Looking, item: Item, changes: Sequence[Recorded]) -> tuple[OpinionRecord, ...]:
    """The bodies that a dossier asked, by number; `changes` are its own."""
    opinions = Dossier.of(item).opinions
    told = (*_before(looking, item), *changes) if opinions else ()
    asked, answers = _by_number(told, "ask_opinion"), _by_number(told, "opinion_in")
    found = []
    for each in opinions:
        question, answer = asked.get(each.no), answers.get(each.no) if each.answered_on else None
        found.append(
            OpinionRecord(
                no=each.no,
                whom=_word(question, "whom"),
                asked_on=each.asked_on,
                paper_number=_code(question),
                lines=each.lines,
                answered_on=each.answered_on,
                answer=_word(answer, "answer"),
                answer_number=_code(answer),
                against=each.against,
                dropped=each.dropped,
            )
        )
    return tuple(found)


def remarks_of(item: Item, changes: Sequence[Recorded]) -> tuple[RemarkRecord, ...]:
    """The remarks on a dossier's publication, by number."""
    said, settled = _by_number(changes, "remark"), _by_number(changes, "settle_remark")
    return tuple(
        RemarkRecord(
            no=each.no,
            on=each.on,
            source=_word(said.get(each.no), "source"),
            remark=_word(said.get(each.no), "remark"),
            lines=each.lines,
            finding=each.finding,
            reason=_word(settled.get(each.no), "reason"),
        )
        for each in Dossier.of(item).remarks
    )


def _before(looking: Looking, item: Item) -> Iterator[Recorded]:
    """What was recorded of the dossiers in which its lines stood before, the first one first."""
    ref = Dossier.of(item).split_from
    source = looking.reading.item(item.key._replace(ref=ref)) if ref else None
    if source is not None:
        yield from _before(looking, source)
        yield from recorded_of(looking, source.key)


def _by_number(told: Sequence[Recorded], event: str) -> Mapping[int, Recorded]:
    """Of each number the last entry that took place. One of before they were numbered is the first."""
    done = (each for each in told if each.entry.event == event and not each.entry.refused)
    return {int(str(each.inputs.get("of", 1))): each for each in done}


def _word(each: Recorded | None, name: str) -> str | None:
    return each.texts.get(name) if each else None


def _code(each: Recorded | None) -> str | None:
    value = each.inputs.get("paper_number") if each else None
    return None if value is None else str(value)


# -- in words --------------------------------------------------------------------------------------------

OPINION_COLUMNS = ("asked_no", "whom", "asked_by", "answer")
REMARK_COLUMNS = ("remark_no", "remark_source", "remark", "finding")


def opinion_cells(looking: Looking, each: OpinionRecord) -> tuple[str, ...]:
    """The cells of OPINION_COLUMNS."""
    return (
        str(each.no),
        _about(looking, _said(looking, each.whom), each.lines),
        _dated(looking, each.paper_number, each.asked_on),
        _answer(looking, each),
    )


def _answer(looking: Looking, each: OpinionRecord) -> str:
    words = looking.words
    if each.dropped:
        return words("opinion.dropped")
    if each.answered_on is None:
        return words("opinion.silent")
    said = f"{_dated(looking, each.answer_number, each.answered_on)}: {_said(looking, each.answer)}"
    if not each.against:
        return said
    return f"{said} ({words('opinion.against', so=in_runs(each.against))})"


def remark_cells(looking: Looking, each: RemarkRecord) -> tuple[str, ...]:
    """The cells of REMARK_COLUMNS."""
    words = looking.words
    finding = words(f"choice.{each.finding}") if each.finding else words("opinion.unsettled")
    reason = f": {_said(looking, each.reason)}" if each.finding else ""
    return (
        str(each.no),
        f"{_said(looking, each.source)} ({looking.day(each.on)})",
        _about(looking, _said(looking, each.remark), each.lines),
        finding + reason,
    )


def _said(looking: Looking, text: str | None) -> str:
    return looking.words("text.erased") if text is None else text


def _about(looking: Looking, text: str, lines: tuple[int, ...]) -> str:
    return f"{text} ({looking.words('opinion.lines', so=in_runs(lines))})" if lines else text


def _dated(looking: Looking, number: str | None, day: date) -> str:
    """`12/CV-UBND, 20/01/2026`, of a paper without a number its day alone."""
    return ", ".join(filter(None, (number, looking.day(day))))
