"""What is checked of an old list as a whole: what it says twice, authors' shares, how many are excellent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from exchange.history.sentences import told
from exchange.history.values import ReadRecord
from exchange.lists.values import Finding
from workflow.model.achievements import INITIATIVE, PERSON, RATING, same_record
from workflow.model.office import Office

MOST_EXCELLENT = 20
"""Percent of the civil servants rated *hoàn thành tốt nhiệm vụ* in one body (NĐ 335/2025/NĐ-CP)."""
SCHOOL = "truong"
"""A kind of body whose people are rated by another text."""
WHOLE = 100


def once(records: Sequence[ReadRecord]) -> tuple[list[ReadRecord], list[Finding]]:
    """The records without those that stand in an earlier row already, and what is told of these."""
    known: dict[object, ReadRecord] = {}
    twice: list[Finding] = []
    for each in records:
        first = known.setdefault(same_record(each.record), each)
        if first is not each and first.row != each.row:
            twice.append(told("said_twice", each.sheet, each.cell, row=first.row))
    return list(known.values()), twice


def shares(records: Sequence[ReadRecord]) -> Iterator[Finding]:
    """Of each initiative whose authors have shares that do not make a whole."""

    def initiative(each: ReadRecord) -> tuple[str, str]:
        return (each.record.words or "", each.record.decision or "")

    own = sorted((each for each in records if each.record.kind == INITIATIVE), key=initiative)
    for (name, _number), those in groupby(own, key=initiative):
        authors = list(those)
        given = [each.record.share for each in authors if each.record.share is not None]
        if given and (len(given) < len(authors) or sum(given) != WHOLE):
            yield told("shares", authors[0].sheet, authors[0].cell, name=name, sum=sum(given))


def excellent(records: Sequence[ReadRecord], office: Office) -> Iterator[Finding]:
    """Of each body of civil servants of whom too many are rated best, by period."""
    groups: dict[tuple[str, str | None], list[ReadRecord]] = {}
    for each in records:
        if each.record.kind == RATING and each.record.subject == PERSON:
            group = (each.record.body or each.record.unit or "", each.record.period)
            groups.setdefault(group, []).append(each)
    for (place, _period), those in groups.items():
        body = office.body(place)
        if body is not None and body.kind == SCHOOL:
            continue
        counted = Counter(each.record.value for each in those)
        best, good = counted["htxsnv"], counted["httnv"]
        if WHOLE * best > MOST_EXCELLENT * good:
            first = next(each for each in those if each.record.value == "htxsnv")
            named = body.short if body else place or "—"
            yield told("many_excellent", first.sheet, first.cell, body=named, n=best, m=good)
