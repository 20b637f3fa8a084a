"""Who received what: somebody's records, a search by parts of names and by numbers of papers, the registers
of ratings and of initiatives. All of them as of a day where one is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from runtime.office.looking import Looking
from storage import achievement_views
from workflow.model.achievements import (
    INITIATIVE,
    RATING,
    Achievement,
    Somebody,
    UnknownRecord,
    everybody,
    likeness,
    name_key,
    rating_of,
    told_apart,
    whom,
    whom_of,
)
from workflow.model.conditions import RATING_LABELS, SCOPE_LABELS
from workflow.model.dossiers import Dossier
from workflow.model.errors import UnknownReference
from workflow.model.references import reference

MOST_FOUND = 50
"""Names that a search tells; whoever finds more searches by more words."""
MOST_OF_PAPER = 200


class Found(NamedTuple):
    """Whom a look finds. Of one alone `asked` are the records of which it is not sure whose they are."""

    people: tuple[Somebody, ...]
    asked: tuple[Achievement, ...] = ()


class Recognised(NamedTuple):
    """An initiative with its authors' records."""

    name: str
    records: tuple[Achievement, ...]

    @property
    def first(self) -> Achievement:
        return self.records[0]


# -- whom it is about ------------------------------------------------------------------------------------


def looked_up(looking: Looking, who: str) -> Found:
    """By a record's number, a dossier's line (`D0042/3`) or a name.

    Raises UnknownRecord, UnknownReference."""
    if who.isdecimal():
        return _numbered(looking, int(who))
    if "/" in who and who.rpartition("/")[2].isdecimal():
        return _of_line(looking, who)
    return _with_asked(looking, everybody(_called(looking, who), looking.directory))


def numbered(looking: Looking, numbers: Iterable[int]) -> tuple[Achievement, ...]:
    """The records of these numbers. Raises UnknownRecord."""
    found: list[Achievement] = []
    for number in dict.fromkeys(numbers):
        record = achievement_views.record(looking.reading, looking.office, number)
        if record is None:
            raise UnknownRecord(so=number)
        found.append(record)
    return tuple(found)


def _numbered(looking: Looking, number: int) -> Found:
    (record,) = numbered(looking, [number])
    people = everybody(_called(looking, record.name), looking.directory)
    return _with_asked(looking, tuple(each for each in people if record in each.records))


def _of_line(looking: Looking, ref: str) -> Found:
    """Those of whom a line of a dossier is about, by its words."""
    typed = reference(ref, looking.subjects)
    item = looking.item(typed.item)
    lines = looking.reading.lines(item.key)
    line = next((each for each in lines if each.nominee.no == typed.line), None)
    if line is None or line.name is None:
        raise UnknownReference(ref=ref)
    about = whom(
        line.nominee.kind,
        line.name,
        looking.directory,
        born=line.born,
        unit=line.unit,
        body=Dossier.of(item).body,
    )
    told = told_apart(_called(looking, line.name), about, looking.directory)
    return Found((Somebody(about, told.own),) if told.own else (), told.asked)


def _called(looking: Looking, name: str) -> tuple[Achievement, ...]:
    found = achievement_views.records_of(looking.reading, looking.office, [name])
    return found.get(name_key(name), ())


def _with_asked(looking: Looking, people: tuple[Somebody, ...]) -> Found:
    if len(people) != 1:
        return Found(people)
    (one,) = people
    asked = (
        record
        for record in _called(looking, one.whom.name)
        if record not in one.records and likeness(whom_of(record, looking.directory), one.whom) == "unsure"
    )
    return Found(people, tuple(asked))


def searched(looking: Looking, words: Sequence[str]) -> tuple[Found, bool]:
    """Everybody whose name holds all of the words or parts of words, then those who rest on a paper of that
    number; and whether there were more."""
    reading, office = looking.reading, looking.office
    text = " ".join(words)
    keys = achievement_views.names_like(reading, office, text.split(), limit=MOST_FOUND + 1)
    named = achievement_views.records_of(reading, office, keys[:MOST_FOUND]) if keys else {}
    records = {record.number: record for those in named.values() for record in those}
    paper: tuple[Achievement, ...] = ()
    if any(sign.isdecimal() for sign in text):
        paper = achievement_views.of_paper(reading, office, text, limit=MOST_OF_PAPER + 1)
        records |= {record.number: record for record in paper[:MOST_OF_PAPER]}
    more = len(keys) > MOST_FOUND or len(paper) > MOST_OF_PAPER
    return Found(everybody(records.values(), looking.directory)), more


# -- registers -------------------------------------------------------------------------------------------


def register(
    looking: Looking, kind: str, *, period: str | None, body: str | None, on: date | None
) -> tuple[Achievement, ...]:
    """All records of a kind that stand, on the day where one is asked for."""
    found = achievement_views.of_kind(looking.reading, looking.office, kind, period=period, body=body)
    return tuple(record for record in found if record.stands_on(on or date.max))


def standing_ratings(records: Iterable[Achievement], looking: Looking) -> tuple[Achievement, ...]:
    """Of each one and period the rating that stands."""
    return tuple(
        found
        for one in everybody(records, looking.directory)
        for period in dict.fromkeys(record.period for record in one.records)
        if (found := rating_of(one.records, period)) is not None
    )


def recognised(records: Iterable[Achievement]) -> tuple[Recognised, ...]:
    """Initiatives, each with its authors, in the order of their papers."""

    def initiative(record: Achievement) -> tuple[str, str, str]:
        return record.period or "", record.decision or "", record.words or ""

    grouped = groupby(sorted(records, key=initiative), key=initiative)
    return tuple(Recognised(name, tuple(those)) for (_period, _number, name), those in grouped)


# -- in words --------------------------------------------------------------------------------------------


def what(looking: Looking, record: Achievement) -> str:
    """What was given: the title, the rating, the initiative by its name."""
    words = looking.words
    if record.kind == RATING:
        rated = RATING_LABELS.get(record.value or "")
        label = words.of(rated) if rated else record.words or ""
        return words("history.expected", ten=label) if record.expected else label
    if record.kind == INITIATIVE:
        reaches = SCOPE_LABELS.get(record.value or "")
        scope = words.of(reaches) if reaches else ""
        share = f"{record.share}%" if record.share is not None else ""
        beside = ", ".join(filter(None, (scope, share)))
        return f"“{record.words}”" + (f" ({beside})" if beside else "")
    return looking.title(record.value) if record.value else record.words or ""


def paper(looking: Looking, record: Achievement) -> str:
    """`45/QĐ-UBND, 25/07/2025`."""
    return ", ".join(filter(None, (record.decision, looking.day(record.dated))))


def remarks(looking: Looking, record: Achievement) -> str:
    """That it was revoked, or of what nature it is, or from which dossier it came."""
    words = looking.words
    said = []
    if record.revoked_on is not None or record.revoked_by is not None:
        said.append(
            words("history.revoked", so=record.revoked_by or "—", ngay=looking.day(record.revoked_on))
        )
    if record.nature != "given":
        said.append(words(f"nature.{record.nature}"))
    if record.source is not None:
        said.append(f"{record.source.year}/{record.source.ref}/{record.source.line}")
    return "; ".join(said)


def place(looking: Looking, record: Achievement) -> str:
    """Where somebody belongs, as written, else the body."""
    return record.unit or (looking.body(record.body) if record.body else "")


def born(text: str | None) -> str:
    """`15/08/1985` of `1985-08-15`."""
    return "/".join(reversed((text or "").split("-")))
