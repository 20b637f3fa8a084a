"""Lines that rest on an award which was annulled: of a dossier, and of a decision that lost its lines. They
are told until somebody decides about them; nothing of them changes by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.conditions import gathered
from runtime.views.decisions import named_lines
from storage.achievement_views import records_of
from workflow.model.achievements import Source
from workflow.model.award_decisions import REVOKE, REVOKED, AwardDecision
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item, Key
from workflow.rules.resting import resting


class RestingRecord(NamedTuple):
    """A line with the annulled award by which it met a condition: that one's title, paper and day, and the
    paper that annulled it."""

    line: str
    year: int
    title: str
    under: str
    decision: str | None
    revoked_by: str | None
    revoked_on: date | None


def resting_of(looking: Looking, item: Item) -> tuple[RestingRecord, ...]:
    """The lines of a dossier that do."""
    return tuple(record for record, _source in _of_dossier(looking, item))


def resting_on(looking: Looking, item: Item) -> tuple[RestingRecord, ...]:
    """The lines of all dossiers that rest on what the decision annuls, or on its annulled lines."""
    details, key = AwardDecision.of(item), item.key
    gone = {
        Source(key.year, line.dossier, line.line): named.name
        for line, named in named_lines(looking, item)
        if named and named.name and (line.state == REVOKED or (details.kind == REVOKE and details.issued_on))
    }
    if not gone:
        return ()
    records = records_of(looking.reading, looking.office, gone.values())
    own = (record.source for those in records.values() for record in those if record.source)
    places = sorted({(source.year, source.ref) for source in own})
    found = (looking.reading.item(Key(looking.office, *place)) for place in places)
    return tuple(
        record
        for dossier in found
        if dossier is not None
        for record, source in _of_dossier(looking, dossier)
        if source in gone
    )


def _of_dossier(looking: Looking, item: Item) -> Iterator[tuple[RestingRecord, Source | None]]:
    dossier, known = Dossier.of(item), gathered(looking, item)
    for no, records in resting(dossier, known.gathering, known.listed, known.packs).items():
        line = dossier.nominee(no)
        assert line is not None
        for each in records:
            record = RestingRecord(
                f"{item.key.ref}/{no}",
                item.key.year,
                line.title,
                each.value or "",
                each.decision,
                each.revoked_by,
                each.revoked_on,
            )
            yield record, each.source


def resting_text(looking: Looking, found: tuple[RestingRecord, ...]) -> str:
    """`D0009/1 (CSTĐCS): LĐTT, 112/QĐ-UBND, bị hủy bỏ theo 140/QĐ-UBND ngày 20/01/2026`."""
    return "; ".join(
        looking.words(
            "line.resting",
            so=each.line if each.year == looking.year else f"{each.year}/{each.line}",
            danh_hieu=looking.title(each.title),
            khac=looking.title(each.under),
            so_qd=each.decision or "",
            so_qd_moi=each.revoked_by or "",
            ngay=looking.day(each.revoked_on),
        )
        for each in found
    )


def resting_told(looking: Looking, item: Item, line: int | None) -> str:
    """The same of a dossier, or one line of it, or of a decision; empty where nothing rests on anything."""
    if isinstance(item.details, AwardDecision):
        return resting_text(looking, resting_on(looking, item))
    if not isinstance(item.details, Dossier):
        return ""
    found = resting_of(looking, item)
    return resting_text(
        looking, tuple(each for each in found if line is None or each.line == f"{item.key.ref}/{line}")
    )
