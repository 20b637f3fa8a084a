"""The report of the appraisal (báo cáo thẩm định) of a dossier, to the council, or to the chair where no
council votes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.facts import Facts, Source, counted, day_text
from runtime.views.papers.heads import basis, by_role, head
from runtime.views.papers.lines import ShownLine, label_text, lines_of
from runtime.views.papers.parts import Given, Part
from runtime.views.papers.record import Count, Record, basis_in, paper_in, paper_in_row, text_in, two_digits
from storage.achievement_views import records_of
from storage.values import NomineeLine
from workflow.model.achievements import AWARD, Achievement
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.facts import Item
from workflow.rules.gathering import Described, Gathering, names_of

KIND = "bao_cao_tham_dinh"
VERDICTS = ("met", "exception", "not_met", "no_info")
HELD = "held"


class Note(NamedTuple):
    """What verdicts rest on, under a number: many lines have one basis, which is printed once."""

    no: int
    text: str


class AppraisedRow(NamedTuple):
    """A line as it was appraised. `born` is a year; `history` the awards that the office knows, else those
    that the body lists; `note` the number of its basis, `(1)`."""

    no: int
    name: str
    born: str
    position: str
    title: str
    rating: str
    initiative: str
    history: str
    verdict: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalPaper(Facts):
    """`path` is how the dossier goes: council, appraisal, simplified. `received` under `intake_no` with the
    body's own `proposal`, found complete on `complete`; `supplement` was asked for in between."""

    path: str
    grounds: tuple[str, ...]
    body: str
    dossier: str
    received: str
    intake_no: str
    proposal: Source
    supplement: str
    complete: str
    lines: str
    counted: str
    verdicts: tuple[Count, ...]
    rows: tuple[AppraisedRow, ...]
    notes: tuple[Note, ...]

    def held(self) -> Held:
        texts = (
            *Facts.held(self).texts,
            self.body,
            self.dossier,
            self.complete,
            self.lines,
            *(note.text for note in self.notes),
        )
        rows = tuple((row.name, row.title, row.verdict) for row in self.rows)
        return Held(texts, rows, tuple(row.name for row in self.rows))

    def persons(self) -> tuple[str, ...]:
        return (*(row.name for row in self.rows), self.signature.name)


def parts(looking: Looking, item: Item, given: Given) -> Iterator[Part]:
    """One, once every line that stands was appraised or is being verified."""
    dossier = Dossier.of(item)
    lines = [line for line in looking.reading.lines(item.key) if _reported(line.nominee)]
    ready = lines and all(line.nominee.verdict or line.nominee.held for line in lines)
    if not ready or dossier.received_on is None or dossier.complete_on is None:
        return
    on, record = given.on or looking.today, Record(looking, item)
    shown, history = lines_of(looking, item.key.year), _history(looking, item)
    bases = [basis_in(record.last_of_line("appraise", line.nominee.no)) for line in lines]
    notes = {text: no for no, text in enumerate(dict.fromkeys(filter(None, bases)), 1)}
    rows = tuple(
        _row(looking, item, line, shown(item.key.ref, line.nominee.no))._replace(
            no=no,
            history=history.get(line.nominee.no, line.earlier or ""),
            note=f"({notes[text]})" if text else "",
        )
        for no, (line, text) in enumerate(zip(lines, bases, strict=True), 1)
    )
    found = Counter(HELD if line.nominee.held else line.nominee.verdict for line in lines)
    body = looking.directory.body(dossier.body)
    facts = AppraisalPaper(
        **head(
            looking,
            KIND,
            by_role(looking, "head", ("TRƯỞNG PHÒNG",), on),
            number=given.number,
            on=given.on,
        ),
        path=dossier.path or "council",
        grounds=basis(looking, KIND, on),
        body=body.name if body else dossier.body,
        dossier=looking.ref(item.key),
        received=day_text(dossier.received_on),
        intake_no=dossier.intake_no or "",
        proposal=paper_in(record.last("submit")),
        supplement="; ".join(filter(None, (text_in(each, "missing") for each in record.all("return")))),
        complete=day_text(dossier.complete_on),
        lines=two_digits(len(lines)),
        counted=counted([line.nominee.kind for line in lines]),
        verdicts=tuple(
            Count(_verdict(looking, id), two_digits(found[id])) for id in (*VERDICTS, HELD) if found[id]
        ),
        rows=rows,
        notes=tuple(Note(no, text) for text, no in notes.items()),
    )
    yield Part("", facts, given.final, on, given.number)


def _reported(line: Nominee) -> bool:
    """What left the dossier before it was appraised is no business of the council's."""
    return line.outcome not in ("moved", "withdrawn")


def _row(looking: Looking, item: Item, line: NomineeLine, shown: ShownLine) -> AppraisedRow:
    nominee = line.nominee
    return AppraisedRow(
        no=nominee.no,
        name=shown.name,
        born=shown.born,
        position=shown.position,
        title=label_text(looking, item, nominee.title),
        rating=_rating(looking, nominee),
        initiative=_initiative(line),
        history="",
        verdict=_verdict(looking, HELD if nominee.held else nominee.verdict or ""),
        note="",
    )


def _verdict(looking: Looking, id: str) -> str:
    return looking.words("line.held" if id == HELD else f"choice.{id}")


def _rating(looking: Looking, line: Nominee) -> str:
    if line.facts.rating is None:
        return ""
    said = looking.words(f"choice.{line.facts.rating}")
    return looking.words("list.expected", muc=said) if line.facts.expected else said


def _initiative(line: NomineeLine) -> str:
    facts = line.nominee.facts
    if facts.initiative_no is None:
        return line.initiative or ""
    paper = paper_in_row(facts.initiative_no, facts.initiative_on)
    return f"{line.initiative} ({paper})" if line.initiative else paper


def _history(looking: Looking, item: Item) -> dict[int, str]:
    """What the office knows that each was awarded before this dossier."""
    dossier = Dossier.of(item)
    described = {
        line.nominee.no: Described(line.name, line.born, line.unit)
        for line in looking.reading.lines(item.key)
    }
    records = records_of(looking.reading, looking.office, names_of(described))
    gathering = Gathering(dossier, described, records, looking.directory)
    found = {}
    for line in dossier.nominees:
        earlier = (each for each in gathering.known(line).records if _earlier(each, item))
        said = "; ".join(_award(looking, each) for each in earlier)
        if said:
            found[line.no] = said
    return found


def _earlier(record: Achievement, item: Item) -> bool:
    """Whether it is an award that counts and did not come of this dossier."""
    source = record.source
    own = source is not None and (source.year, source.ref) == (item.key.year, item.key.ref)
    return record.kind == AWARD and record.stands and not own


def _award(looking: Looking, record: Achievement) -> str:
    title = looking.rules.title(record.value) if record.value else None
    name = (title.short or title.label.vi) if title else record.words or ""
    said = " ".join(filter(None, (name, record.period)))
    return f"{said} ({record.decision})" if record.decision else said
