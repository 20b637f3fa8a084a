"""The registers that an office keeps: papers, award decisions, dossiers received, awards.

Each is found by number, day, body and name over all years, and told as records for scripts, as a table on a
terminal and as a workbook, from one list of columns. What is registered is what entries recorded
(`runtime.views.facts`) and how dossiers stand; nothing is kept twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, partial
from itertools import groupby
from typing import Any, Literal, NamedTuple

from exchange.sheets.chase import Book, Cell, SheetColumn, TableSheet
from runtime.office.looking import Looking, local_text
from runtime.views.facts import SENT_BACK, Recorded, as_corrected, recorded, recorded_of
from workflow.model.award_decisions import DROPPED, AwardDecision, Mark
from workflow.model.awarding import ANSWERS, AWARDS, REVOCATIONS, Awarding, lines_awarded
from workflow.model.corrections import AGREE, FOLLOW
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.facts import Item, Key
from workflow.model.machine import Event, Input, Machine
from workflow.model.money import dotted
from workflow.model.papers import same_number
from workflow.model.wording import fold

REFERENCES = frozenset(
    (
        *("by", "changes", "decision", "movement", "of", "period", "same_as", "session", "slip", "task"),
        "was_number",
    )
)
"""Inputs that name an item, a period or a slip, though they are typed like numbers of papers."""
KINDS = ("collective", "household", "person")
Names = Callable[[], tuple[str, ...]]
"""By what a row is found when a name is asked for; read only then."""
WORDS_OF_A_LINE = ("name", "position", "unit")


class Asked(NamedTuple):
    """What is looked for; what is None or empty narrows nothing."""

    number: str | None = None
    since: date | None = None
    until: date | None = None
    body: str | None = None
    find: str | None = None


# -- for scripts -----------------------------------------------------------------------------------------


class PaperRow(NamedTuple):
    """A paper that an event recorded: `what` is the input that gave its number, `by` who recorded it."""

    number: str
    day: date | None
    event: str
    what: str
    ref: str
    year: int
    body: str
    signer: str | None
    by: str
    recorded_on: date


class DecisionRow(NamedTuple):
    """A decision with the dossiers that name it and its counts of awarded lines; `revoked_by` is the number
    of the decision that annulled it, on the day `revoked_on`. It rests on the `to_trinh`, pays `total` đồng,
    and `marks` are what came after it; these are null and empty where it is kept by its dossiers alone."""

    number: str
    day: date
    signer: str | None
    titles: tuple[str, ...]
    types: tuple[str, ...]
    collectives: int
    households: int
    persons: int
    bodies: tuple[str, ...]
    dossiers: tuple[str, ...]
    year: int
    revoked_by: str | None
    revoked_on: date | None
    to_trinh: str | None = None
    to_trinh_on: date | None = None
    total: int | None = None
    marks: tuple[Mark, ...] = ()


class Supplement(NamedTuple):
    """What was asked for when a dossier was sent back, None once it is erased."""

    on: date
    missing: str | None


class DossierRow(NamedTuple):
    """A dossier that was received."""

    ref: str
    year: int
    received_on: date
    intake_no: str | None
    body: str
    task: str | None
    titles: tuple[str, ...]
    nominees: int
    complete_on: date | None
    supplements: tuple[Supplement, ...]
    due: date | None
    state: str
    path: str | None
    closed_on: date | None
    owners: tuple[str, ...]


class AwardRow(NamedTuple):
    """An award of one nominee; names that were erased are null. `outcome` tells who awarded, or that it was
    annulled."""

    name: str | None
    position: str | None
    unit: str | None
    kind: str
    title: str
    number: str
    day: date
    ref: str
    year: int
    body: str
    outcome: str


# -- what there is ---------------------------------------------------------------------------------------


class Paper(NamedTuple):
    """A paper with the entry that recorded it."""

    key: Key
    each: Recorded
    event: Event
    input: Input
    number: str
    day: date | None


class Shelf:
    """What the registers are made of, of the year that was asked for, else or with `all_years` of all.
    Lives as long as one command; reads each part once, when asked."""

    def __init__(self, looking: Looking, *, all_years: bool = False) -> None:
        self.looking = looking
        year = None if all_years else looking.options.year
        self.years = (year,) if year is not None else tuple(sorted(looking.plan_years))
        self._items: dict[Key, Item | None] = {}
        self._papers: dict[tuple[str, ...], tuple[Paper, ...]] = {}
        self._declared: dict[tuple[str, str], Mapping[str, Input]] = {}

    @cached_property
    def dossiers(self) -> dict[Key, Item]:
        reading, office = self.looking.reading, self.looking.office
        found = (item for year in self.years for item in reading.dossiers(office, year, nominees=True))
        return {item.key: item for item in found}

    @cached_property
    def words(self) -> dict[tuple[Key, int, str], str]:
        """The words of lines that stand, by dossier, number and name."""
        looking = self.looking
        return {
            (Key(looking.office, year, ref), word.line, word.input): word.value
            for year in self.years
            for ref, word in looking.reading.year_words(looking.office, year)
            if word.line
        }

    @cached_property
    def award_decisions(self) -> dict[tuple[str, date], AwardDecision]:
        """The issued ones by number and day."""
        looking = self.looking
        found = (
            AwardDecision.of(item)
            for year in self.years
            for item in looking.reading.award_decisions(Key(looking.office, year, ""))
        )
        return {(each.number, each.issued_on): each for each in found if each.number and each.issued_on}

    def bring(self, keys: Iterable[Key]) -> None:
        """Reads the items of these keys together, each once."""
        wanted = {key for key in keys if key not in self._items}
        found = self.looking.reading.items(wanted)
        self._items |= {key: found.get(key) for key in wanted}

    def item(self, key: Key) -> Item | None:
        if key not in self._items:
            self.bring([key])
        return self._items[key]

    def dossier(self, key: Key) -> Dossier:
        """What is known of a dossier by which something was decided."""
        item = self.item(key)
        assert item is not None, "a dossier with a paper stands"
        return Dossier.of(item)

    def papers(self, *effects: str) -> tuple[Paper, ...]:
        """The papers of events with one of these effects, or of all, in the order of the log."""
        if effects not in self._papers:
            self._papers[effects] = tuple(_papers(self, effects))
        return self._papers[effects]

    def entries(
        self, chosen: Callable[[Machine, Event], bool], *, texts: bool = False
    ) -> Iterator[tuple[Key, Recorded]]:
        """What events of the chosen ones recorded, in order, as it stands after corrections."""
        looking = self.looking
        ids = {event.id for machine in looking.machines for event in machine.events if chosen(machine, event)}
        for year in self.years:
            found = looking.reading.entries_of_events(looking.office, year, ids | {AGREE, FOLLOW})
            kept = looking.reading.year_words(looking.office, year) if texts else ()
            words = [word for _ref, word in kept]
            keyed = [
                (Key(looking.office, year, each.entry.ref), each)
                for each in recorded(found, words)
                if each.entry.ref is not None
            ]
            stands = self._corrected({key for key, each in keyed if each.entry.event in (AGREE, FOLLOW)})
            for key, each in keyed:
                if each.entry.event in ids:
                    yield key, stands.get(each.entry.id, each)

    def _corrected(self, keys: Iterable[Key]) -> dict[str, Recorded]:
        """The entries of these items by id, with the values that were agreed to in the place of theirs."""
        histories = (as_corrected(recorded_of(self.looking, key)) for key in keys)
        return {each.entry.id: each for history in histories for each in history}

    def event_of(self, key: Key, id: str) -> Event | None:
        item = self.item(key)
        return self.looking.machine(item.digest).event(id) if item else None

    def declared(self, key: Key, event: Event) -> Mapping[str, Input]:
        """The inputs that an entry of the event may have values of: its own, and those of the proposals that
        it may have agreed to."""
        item = self.item(key)
        digest = item.digest if item else ""
        if (digest, event.id) not in self._declared:
            events = self.looking.machine(digest).events if item else ()
            proposing = (one for one in events if _does(one, "propose"))
            inputs = (*event.inputs, *(input for one in proposing for input in one.inputs))
            self._declared[digest, event.id] = {input.name: input for input in reversed(inputs)}
        return self._declared[digest, event.id]

    def name(self, key: Key, no: int) -> str:
        return self.words.get((key, no, "name"), "")

    def names(self, key: Key) -> tuple[str, ...]:
        item = self.item(key)
        lines = item.details.nominees if item and isinstance(item.details, Dossier) else ()
        return tuple(self.name(key, line.no) for line in lines)


def _does(event: Event, *effects: str) -> bool:
    """Whether the event has one of the effects."""
    return any(call.name in effects for call in event.effects)


def _papers(shelf: Shelf, effects: Sequence[str]) -> Iterator[Paper]:
    """The papers that events recorded, those with one of the effects where some are named. What was only
    proposed is none."""

    def numbered(_machine: Machine, event: Event) -> bool:
        if effects and not _does(event, *effects):
            return False
        agrees = any(call.name == "proposed" for call in event.guards)
        given = any(map(_gives_number, event.inputs))
        return (given or agrees) and not _does(event, "propose", "correct", "follow_decision", "correct_mark")

    entries = tuple(shelf.entries(numbered))
    shelf.bring(key for key, _each in entries)
    for key, each in entries:
        event = shelf.event_of(key, each.entry.event)
        if event is None or (effects and not _does(event, *effects)):
            continue
        said = [input for name, input in shelf.declared(key, event).items() if name in each.inputs]
        for input in said:
            if _gives_number(input) and isinstance(number := each.inputs[input.name], str):
                days = (each.inputs[one.name] for one in said if one.type == "date")
                day = next((date.fromisoformat(str(day)) for day in days if day is not None), None)
                yield Paper(key, each, event, input, number, day)


def _gives_number(input: Input) -> bool:
    return input.type == "code" and input.name not in REFERENCES


def papers(shelf: Shelf) -> Iterator[tuple[PaperRow, Names]]:
    looking = shelf.looking
    for key, each, event, input, number, day in shelf.papers():
        item = shelf.item(key)
        if each.by_program:
            continue  # it came with the act that recorded the paper: a dossier's, or another decision's
        signer = each.inputs.get("signer")
        row = PaperRow(
            number=number,
            day=day,
            event=event.id,
            what=input.name,
            ref=key.ref,
            year=key.year,
            body=item.details.responsible if item else "",
            signer=str(signer) if signer else None,
            by=each.entry.actor,
            recorded_on=looking.local(each.entry.at)[0],
        )
        yield row, partial(_names_of_paper, shelf, key)


def _made(shelf: Shelf, *effects: str) -> Iterator[Paper]:
    """The papers of events with one of these effects, in the order in which they were recorded."""
    return (paper for paper in shelf.papers(*effects) if paper.day)


class Decided(NamedTuple):
    """A decision with the lines of one dossier that it awards."""

    paper: Paper
    lines: tuple[Nominee, ...]


def _decisions(shelf: Shelf) -> Iterator[Decided]:
    """Each paper that awards, the commune's and the superior's; a dossier may have several."""
    by_dossier: dict[Key, list[Paper]] = {}
    for paper in _made(shelf, *AWARDS, *ANSWERS):
        by_dossier.setdefault(paper.key, []).append(paper)
    for key, made in by_dossier.items():
        awarding = [Awarding(paper.each.inputs, not _awards(paper)) for paper in made]
        nominees = shelf.dossier(key).nominees
        found = lines_awarded(nominees, awarding, shelf.looking.directory)
        yield from (Decided(paper, lines) for paper, lines in zip(made, found, strict=True))


def _awards(paper: Paper) -> bool:
    """Whether it is a decision of the commune, not the superior's answer."""
    return _does(paper.event, *AWARDS)


def decisions(shelf: Shelf) -> Iterator[tuple[DecisionRow, Names]]:
    revoked = {paper.key: paper for paper in _made(shelf, *REVOCATIONS)}
    made = (decided for decided in _decisions(shelf) if _awards(decided.paper))

    def same(decided: Decided) -> tuple[date, str, int]:
        paper = decided.paper
        return paper.day or date.min, paper.number, paper.key.year

    for (day, number, year), those in groupby(sorted(made, key=same), key=same):
        each = list(those)
        found = [decided.paper for decided in each]
        dossiers = [shelf.dossier(paper.key) for paper in found]
        lines = [line for decided in each for line in decided.lines]
        counts = [sum(line.kind == kind for line in lines) for kind in KINDS]
        annulled = next((revoked[paper.key] for paper in found if paper.key in revoked), None)
        signer = found[0].each.inputs.get("signer")
        kept = shelf.award_decisions.get((number, day))
        row = DecisionRow(
            number=number,
            day=day,
            signer=str(signer) if signer else None,
            titles=tuple(dict.fromkeys(line.title for line in lines)),
            types=tuple(dict.fromkeys(dossier.type for dossier in dossiers)),
            collectives=counts[0],
            households=counts[1],
            persons=counts[2],
            bodies=tuple(dict.fromkeys(dossier.body for dossier in dossiers)),
            dossiers=tuple(paper.key.ref for paper in found),
            year=year,
            revoked_by=annulled.number if annulled else None,
            revoked_on=annulled.day if annulled else None,
            to_trinh=kept.to_trinh_no if kept else None,
            to_trinh_on=kept.to_trinh_on if kept else None,
            total=_printed_total(kept) if kept else None,
            marks=kept.marks if kept else (),
        )
        yield row, partial(_names_of_decision, shelf, found)


def _printed_total(decision: AwardDecision) -> int | None:
    """What it paid when it was issued, whatever became of its lines since."""
    amounts = [line.amount for line in decision.lines if line.state != DROPPED]
    return sum(each for each in amounts if each is not None) if None not in amounts else None


def _names_of_paper(shelf: Shelf, key: Key) -> tuple[str, ...]:
    item = shelf.item(key)
    return (shelf.looking.content(item) if item else "", *shelf.names(key))


def _names_of_decision(shelf: Shelf, found: list[Paper]) -> tuple[str, ...]:
    return tuple(name for paper in found for name in shelf.names(paper.key))


def dossiers(shelf: Shelf) -> Iterator[tuple[DossierRow, Names]]:
    looking = shelf.looking
    sent_back: dict[Key, list[Supplement]] = {}
    for key, each in shelf.entries(lambda _machine, event: _does(event, *SENT_BACK), texts=True):
        missing = each.texts.get("missing")
        sent_back.setdefault(key, []).append(Supplement(looking.local(each.entry.at)[0], missing))
    received = [item for item in shelf.dossiers.values() if Dossier.of(item).received_on]
    for item in sorted(received, key=lambda one: (Dossier.of(one).received_on or date.min, one.key)):
        dossier = Dossier.of(item)
        assert dossier.received_on is not None
        row = DossierRow(
            ref=item.key.ref,
            year=item.key.year,
            received_on=dossier.received_on,
            intake_no=dossier.intake_no,
            body=dossier.body,
            task=item.parent,
            titles=dossier.titles,
            nominees=len(dossier.staying),
            complete_on=dossier.complete_on,
            supplements=tuple(sent_back.get(item.key, ())),
            due=item.due_on,
            state=item.state,
            path=dossier.path,
            closed_on=item.closed_on,
            owners=item.owners,
        )
        yield row, partial(shelf.names, item.key)


def awards(shelf: Shelf) -> Iterator[tuple[AwardRow, Names]]:

    def in_order(decided: Decided) -> tuple[date, str, Key]:
        paper = decided.paper
        return paper.day or date.min, paper.number, paper.key

    for paper, lines in sorted(_decisions(shelf), key=in_order):
        dossier = shelf.dossier(paper.key)
        for line in lines:
            name, position, unit = (shelf.words.get((paper.key, line.no, word)) for word in WORDS_OF_A_LINE)
            assert paper.day is not None
            row = AwardRow(
                name=name,
                position=position,
                unit=unit,
                kind=line.kind,
                title=line.granted or line.title,
                number=paper.number,
                day=paper.day,
                ref=f"{paper.key.ref}/{line.no}",
                year=paper.key.year,
                body=dossier.body,
                outcome=line.outcome,
            )
            yield row, partial(tuple, (name or "",))


# -- what is looked for ----------------------------------------------------------------------------------


def _fits(asked: Asked, row: Any, names: Names, body: str | None) -> bool:
    day = row.received_on if isinstance(row, DossierRow) else row.day
    number = row.ref if isinstance(row, DossierRow) else row.number
    bodies = row.bodies if isinstance(row, DecisionRow) else (row.body,)
    return (
        (asked.number is None or same_number(asked.number, number))
        and (asked.since is None or (day is not None and day >= asked.since))
        and (asked.until is None or (day is not None and day <= asked.until))
        and (body is None or body in bodies)
        and (asked.find is None or any(fold(asked.find) in fold(name) for name in names()))
    )


# -- in words --------------------------------------------------------------------------------------------


class Column(NamedTuple):
    """A column: its heading's key, what stands in it, its width in a sheet, and where it stands on a
    terminal: in the row, in the row and giving way, or below it. Sums of `money` are written with points."""

    key: str
    value: Callable[[Looking, Any], Cell]
    width: int
    place: Literal["row", "below"] = "row"
    kind: Literal["text", "number", "date"] = "text"
    money: bool = False


class Register(NamedTuple):
    """A register in words; `records` are its rows for scripts."""

    name: str
    records: tuple[Any, ...]
    columns: tuple[Column, ...]


def _ref(looking: Looking, row: Any) -> str:
    return looking.ref(Key(looking.office, row.year, row.ref))


def _titles(looking: Looking, row: Any) -> str:
    return "; ".join(looking.title(id) for id in row.titles)


def _bodies(looking: Looking, row: Any) -> str:
    return "; ".join(looking.body(id) for id in row.bodies)


def _signer(looking: Looking, row: Any) -> str:
    return looking.position(row.signer) if row.signer else ""


def _types(looking: Looking, row: DecisionRow) -> str:
    known = (looking.rules.type(id) for id in row.types)
    return "; ".join(looking.words.of(type.label) for type in known if type)


def _validity(looking: Looking, row: DecisionRow) -> str:
    """What came after it, by the papers that say it."""
    if row.marks:
        papers = ((mark.kind, paper_in_row(looking, mark.paper, mark.on)) for mark in row.marks)
        return "; ".join(looking.words(f"marker.{kind}", van_ban=paper) for kind, paper in papers)
    if row.revoked_by is None:
        return looking.words("register.in_force")
    return looking.words("register.revoked", so=row.revoked_by, ngay=looking.day(row.revoked_on))


def paper_in_row(looking: Looking, number: str, day: date | None) -> str:
    """`05/TTr-HĐTĐKT ngày 24/06/2026`."""
    return looking.words("register.of_day", so=number, ngay=looking.day(day)) if day else number


def _to_trinh(looking: Looking, row: DecisionRow) -> str:
    return paper_in_row(looking, row.to_trinh, row.to_trinh_on) if row.to_trinh else ""


def _its_dossiers(looking: Looking, row: DecisionRow) -> str:
    return ", ".join(looking.ref(Key(looking.office, row.year, ref)) for ref in row.dossiers)


def _supplements(looking: Looking, row: DossierRow) -> str:
    erased = looking.words("text.erased")
    return "; ".join(f"{looking.day(asked.on)}: {asked.missing or erased}" for asked in row.supplements)


def _task(looking: Looking, row: DossierRow) -> str:
    return looking.ref(Key(looking.office, row.year, row.task)) if row.task else ""


def _result(looking: Looking, row: DossierRow) -> str:
    """The state as the newest machine calls it, which may lack one of an older version."""
    machines = (machine for machine in looking.machines if machine.subject == Dossier.subject)
    states = (state for machine in machines for state in machine.states if state.id == row.state)
    found = next(states, None)
    stage = "complete" if row.complete_on else ""
    return looking.words.of(found.label_for(row.path or "", stage=stage)) if found else row.state


def _owners(looking: Looking, row: DossierRow) -> str:
    return "; ".join(looking.position(owner) for owner in row.owners)


def _what(looking: Looking, row: PaperRow) -> str:
    """The label of the input that gave the number, as the machine has it."""
    for machine in looking.machines:
        event = machine.event(row.event)
        declared = (input for one in (event, *machine.events) if one for input in one.inputs)
        found = next((input for input in declared if input.name == row.what), None)
        if event is not None and found is not None:
            return f"{looking.words.of(found.label)} ({looking.words.inside(looking.words.of(event.label))})"
    return row.what


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "papers": (
        Column("register.number", lambda _looking, row: row.number, 18),
        Column("register.day", lambda _looking, row: row.day, 11, kind="date"),
        Column("column.ref", _ref, 9),
        Column("register.what", _what, 34),
        Column("column.body", lambda looking, row: looking.body(row.body), 24),
        Column("register.signer", _signer, 24, "below"),
        Column("register.by", lambda looking, row: looking.position(row.by), 24, "below"),
        Column("register.recorded_on", lambda _looking, row: row.recorded_on, 11, "below", "date"),
    ),
    "decisions": (
        Column("register.decision", lambda _looking, row: row.number, 18),
        Column("register.day", lambda _looking, row: row.day, 11, kind="date"),
        Column("column.title", _titles, 30),
        Column("register.collectives", lambda _looking, row: row.collectives, 6, kind="number"),
        Column("register.households", lambda _looking, row: row.households, 6, kind="number"),
        Column("register.persons", lambda _looking, row: row.persons, 6, kind="number"),
        Column("register.signer", _signer, 22),
        Column("register.total", lambda _looking, row: row.total, 14, kind="number", money=True),
        Column("column.type", _types, 24, "below"),
        Column("register.to_trinh", _to_trinh, 26, "below"),
        Column("column.dossiers", _its_dossiers, 14, "below"),
        Column("register.validity", _validity, 24, "below"),
    ),
    "dossiers": (
        Column("column.ref", _ref, 9),
        Column("column.received_on", lambda _looking, row: row.received_on, 11, kind="date"),
        Column("column.intake_no", lambda _looking, row: row.intake_no or "", 12),
        Column("column.body", lambda looking, row: looking.body(row.body), 20),
        Column("column.title", _titles, 28),
        Column("register.nominees", lambda _looking, row: row.nominees, 6, kind="number"),
        Column("column.result", _result, 22),
        Column("register.closed_on", lambda _looking, row: row.closed_on, 11, "below", "date"),
        Column("column.task", _task, 9, "below"),
        Column("column.complete_on", lambda _looking, row: row.complete_on, 11, "below", "date"),
        Column("register.supplements", _supplements, 30, "below"),
        Column("column.due", lambda _looking, row: row.due, 11, "below", "date"),
        Column("column.owner", _owners, 20, "below"),
    ),
    "awards": (
        Column("column.name", lambda _looking, row: row.name or "—", 26),
        Column("column.title", lambda looking, row: looking.title(row.title), 28),
        Column("register.decision", lambda _looking, row: row.number, 18),
        Column("register.day", lambda _looking, row: row.day, 11, kind="date"),
        Column("column.ref", _ref, 11, "below"),
        Column("column.position", lambda _looking, row: row.position or "", 22, "below"),
        Column("column.unit", lambda _looking, row: row.unit or "", 22, "below"),
        Column("column.outcome", lambda looking, row: looking.words(f"outcome.{row.outcome}"), 20, "below"),
    ),
}
ROWS: Mapping[str, Callable[[Shelf], Iterator[tuple[Any, Names]]]] = {
    "papers": papers,
    "decisions": decisions,
    "dossiers": dossiers,
    "awards": awards,
}


def register_of(looking: Looking, name: str, asked: Asked) -> Register:
    """The rows that are asked for, in the order of their days. Raises UnknownName for an unknown body."""
    body = _body_meant(looking, asked.body) if asked.body else None
    found = (row for row, names in ROWS[name](Shelf(looking)) if _fits(asked, row, names, body))
    return Register(name, tuple(sorted(found, key=_day)), COLUMNS[name])


def _body_meant(looking: Looking, typed: str) -> str:
    from workflow.model.body_names import body_meant

    return body_meant(typed, looking.directory)


def _day(row: Any) -> date:
    day = row.received_on if isinstance(row, DossierRow) else row.day
    return day or date.max


def row_cells(looking: Looking, register: Register, row: Any, place: Iterable[str]) -> list[tuple[str, str]]:
    """Headings with what a row says in the columns of these places."""
    return [
        (looking.words(column.key), _said(looking, column, column.value(looking, row)))
        for column in register.columns
        if column.place in place
    ]


def _said(looking: Looking, column: Column, cell: Cell) -> str:
    if column.money and isinstance(cell, int):
        return dotted(cell)
    return looking.day(cell) if isinstance(cell, date) else "" if cell is None else str(cell)


def register_book(looking: Looking, register: Register) -> Book:
    """The register as a workbook, numbered, for the office's file."""
    words = looking.words
    years = f" {looking.options.year}" if looking.options.year else ""
    numbered = SheetColumn(words("column.number"), 5, "number")
    columns = (numbered, *(SheetColumn(words(one.key), one.width, one.kind) for one in register.columns))
    rows: list[tuple[Cell, ...]] = [
        (number, *(column.value(looking, row) for column in register.columns))
        for number, row in enumerate(register.records, 1)
    ]
    title = words(f"register.{register.name}")
    return Book(
        titles=(looking.row.title.upper(), f"{title}{years}".upper()),
        remark=words("register.remark", n=len(rows), ngay=looking.day(looking.today)),
        mark=words("marker.sandbox") if looking.row.sandbox else None,
        sheets=(TableSheet(title, columns, tuple(rows)),),
        page=words("chase.page"),
        made=datetime.fromisoformat(local_text(looking.now, looking.zone)),
    )
