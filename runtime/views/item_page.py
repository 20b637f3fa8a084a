"""An item, or one line of it, with all that was recorded of it and all that a person needs to act on it: as a
page in words and as a record.

What only one subject shows of its items stands at the end, by subject.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from runtime.office.looking import Looking
from runtime.views.corrections import (
    CorrectionLine,
    CorrectionRecord,
    correction_lines,
    corrections_of,
)
from runtime.views.decisions import (
    LINE_COLUMNS,
    DecisionRecord,
    decision_facts,
    decision_record,
    line_cells,
)
from runtime.views.dossier_papers import AskedRecord, PaperRecord, papers_shown, papers_text
from runtime.views.expected import OwedList, lists_of, proposed_lists
from runtime.views.facts import (
    ChangeRecord,
    FactWords,
    History,
    NotShown,
    Recorded,
    change_record,
    due_before,
    facts_by_event,
    history_of,
    recorded_of,
    standing,
)
from runtime.views.incidents import incident_text
from runtime.views.items import (
    DossierLine,
    DossierRecord,
    NomineeRecord,
    TaskRecord,
    against,
    cooperating_text,
    dossier_record,
    dossier_state,
    dossiers_of,
    owners_text,
    progress,
    proposal_record,
    proposal_text,
    task_record,
    votes_in_full,
    votes_text,
)
from runtime.views.line_facts import known_of_line
from runtime.views.log import HistoryLine, history_lines
from runtime.views.movements import COLUMNS as MOVEMENT_COLUMNS
from runtime.views.movements import MovementLine, movement_cells, movements_of, name_of
from runtime.views.opinions import (
    EVENTS,
    OPINION_COLUMNS,
    REMARK_COLUMNS,
    OpinionRecord,
    RemarkRecord,
    opinion_cells,
    opinions_of,
    remark_cells,
    remarks_of,
)
from runtime.views.resting import RestingRecord, resting_of, resting_on, resting_text
from runtime.views.session_forecast import proposed_recusals
from runtime.views.session_page import SessionShown, line_tables, session_facts
from runtime.views.sessions import line_records, members_of, quorum, session_record
from runtime.views.steps import Step, next_step
from runtime.views.tables import ListBelow
from runtime.views.terms import TermRecord, terms_under_way
from runtime.views.undoing import undone_text
from runtime.views.veiled import entry_seen
from storage.values import NomineeLine
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.errors import UsageMistake
from workflow.model.facts import Item, Plain
from workflow.model.machine import Event
from workflow.model.sessions import CouncilSession
from workflow.model.tasks import Task, done_before
from workflow.model.undoing import undone_by

if TYPE_CHECKING:  # what conditions come to is only looked at where there are lines
    from runtime.views.conditions import Assessed
    from workflow.rules.eligibility import Assessment


class UnknownLine(UsageMistake):
    """{ref} has no nominee {so}; see them with `tdkt show {ref}`."""

    code = "unknown_line"


# -- for scripts -----------------------------------------------------------------------------------------


class ExpectedRecord(NamedTuple):
    """The counts of a task's list of expected dossiers."""

    owed: int
    received: int
    nothing: int
    silent: int
    silent_bodies: tuple[str, ...]


class TaskShown(NamedTuple):
    """A task with its dossiers and the events that lead on; `expected` is None where it has no list.

    `also_open` are open items of other years that bear the same reference: `2026/T17`. `facts` are those that
    stand, by the event that recorded them.
    """

    record: TaskRecord
    period: str | None
    dossiers: tuple[DossierRecord, ...]
    events: tuple[str, ...]
    expected: ExpectedRecord | None
    terms: tuple[TermRecord, ...]
    also_open: tuple[str, ...]
    proposal: dict[str, object] | None
    facts: Mapping[str, Mapping[str, Plain]]
    history: tuple[ChangeRecord, ...]
    not_shown: NotShown
    corrections: tuple[CorrectionRecord, ...]
    undone_by: tuple[str, ...] | None
    movements: tuple[MovementLine, ...]


class DossierShown(NamedTuple):
    """A dossier with its nominees and the events that lead on; `also_open` as of a task. `rules` is the pack
    that it keeps from its first submit on."""

    record: DossierRecord
    events: tuple[str, ...]
    terms: tuple[TermRecord, ...]
    due: date | None
    overdue: bool
    also_open: tuple[str, ...]
    rules: str | None
    asked_papers: tuple[AskedRecord, ...]
    papers: tuple[PaperRecord, ...]
    facts: Mapping[str, Mapping[str, Plain]]
    history: tuple[ChangeRecord, ...]
    not_shown: NotShown
    proposal: dict[str, object] | None
    corrections: tuple[CorrectionRecord, ...]
    undone_by: tuple[str, ...] | None
    opinions: tuple[OpinionRecord, ...]
    remarks: tuple[RemarkRecord, ...]
    resting: tuple[RestingRecord, ...]


class DecisionShown(NamedTuple):
    """An award decision with its lines and the events that lead on. `resting` are lines that rest on what it
    annuls, or on lines of it that were annulled."""

    record: DecisionRecord
    events: tuple[str, ...]
    terms: tuple[TermRecord, ...]
    also_open: tuple[str, ...]
    proposal: dict[str, object] | None
    facts: Mapping[str, Mapping[str, Plain]]
    history: tuple[ChangeRecord, ...]
    not_shown: NotShown
    corrections: tuple[CorrectionRecord, ...]
    undone_by: tuple[str, ...] | None
    resting: tuple[RestingRecord, ...]


class LineShown(NamedTuple):
    """One line of a dossier, with what was done to it or to the whole dossier."""

    record: NomineeRecord
    ref: str
    dossier: str
    year: int
    history: tuple[ChangeRecord, ...]
    not_shown: NotShown


def _task_shown(looking: Looking, item: Item, told: Chronicle) -> TaskShown:
    key = item.key
    found = looking.reading.dossiers(key.office, key.year, task=key.ref, nominees=True)
    return TaskShown(
        record=task_record(looking, item),
        period=Task.of(item).period,
        dossiers=tuple(dossier_record(dossier) for dossier in found),
        events=_events(looking, item),
        expected=_expected_record(_expected(looking, item)),
        terms=terms_under_way(looking, item),
        also_open=_also_open(looking),
        proposal=proposal_record(item),
        facts=facts_by_event(told.standing),
        history=_changes(told.history),
        not_shown=told.history.not_shown,
        corrections=corrections_of(looking, item, told.history.done),
        undone_by=_undone_by(looking, item, told.history.changes),
        movements=movements_of(looking, item),
    )


def _dossier_shown(looking: Looking, item: Item, told: Chronicle) -> DossierShown:
    changes = told.history.changes
    of = _assessed(looking, item)
    lines = tuple(_nominee_record(line, changes, of) for line in looking.reading.lines(item.key))
    pack = looking.pack(item.rules) if item.rules else None
    papers = papers_shown(looking, item)
    return DossierShown(
        record=dossier_record(item, lines),
        events=_events(looking, item),
        terms=terms_under_way(looking, item),
        due=item.due_on,
        overdue=item.overdue,
        also_open=_also_open(looking),
        rules=f"{pack.name}/{pack.version}" if pack else None,
        asked_papers=papers.asked,
        papers=papers.papers,
        facts=facts_by_event(told.standing),
        history=_changes(told.history),
        not_shown=told.history.not_shown,
        proposal=proposal_record(item),
        corrections=corrections_of(looking, item, told.history.done),
        undone_by=_undone_by(looking, item, told.history.changes),
        opinions=opinions_of(looking, item, changes),
        remarks=remarks_of(item, changes),
        resting=resting_of(looking, item),
    )


def _session_shown(looking: Looking, item: Item, told: Chronicle) -> SessionShown:
    session = CouncilSession.of(item)
    return SessionShown(
        record=session_record(item),
        presiding=session.presiding,
        secretary=session.secretary,
        invitation_on=session.invitation_on,
        opened_at=session.opened_at,
        closed_at=session.closed_at,
        agenda=session.agenda,
        members=members_of(looking, session),
        quorum=quorum(looking, session),
        present=session.here,
        replies=session.replies,
        roll=session.roll,
        presided=session.presided,
        recusals=session.recusals,
        proposed_recusals=proposed_recusals(looking, session),
        board=session.board,
        boards=session.boards,
        written=session.written,
        ballots=session.ballots,
        slips=session.slips,
        line_results=line_records(looking, item),
        events=_events(looking, item),
        terms=terms_under_way(looking, item),
        also_open=_also_open(looking),
        facts=facts_by_event(told.standing),
        history=_changes(told.history),
        not_shown=told.history.not_shown,
        undone_by=_undone_by(looking, item, told.history.changes),
    )


def line_record(looking: Looking, item: Item, no: int) -> LineShown:
    """A line of the item for scripts. Raises UnknownLine."""
    line, ref = _line(looking, item, no), item.key.ref
    history = history_of(recorded_of(looking, item.key), no)
    return LineShown(
        record=_nominee_record(line, history.changes, _assessed(looking, item)),
        ref=f"{ref}/{no}",
        dossier=ref,
        year=item.key.year,
        history=_changes(history),
        not_shown=history.not_shown,
    )


def _changes(history: History) -> tuple[ChangeRecord, ...]:
    return tuple(change_record(change) for change in history.changes)


def _line(looking: Looking, item: Item, no: int) -> NomineeLine:
    found = next((line for line in looking.reading.lines(item.key) if line.nominee.no == no), None)
    if found is None:
        raise UnknownLine(ref=item.key.ref, so=no)
    return found


def _also_open(looking: Looking) -> tuple[str, ...]:
    return tuple(key.in_year for key in looking.also_open)


def _events(looking: Looking, item: Item) -> tuple[str, ...]:
    return tuple(event.id for event in next_events(looking, item))


def _nominee_record(line: NomineeLine, changes: Sequence[Recorded], of: Assessed) -> NomineeRecord:
    nominee, found = line.nominee, of.standing(line.nominee)
    voted = _voted(nominee, changes)
    return NomineeRecord(
        no=nominee.no,
        kind=nominee.kind,
        name=line.name,
        title=nominee.title,
        result=nominee.result,
        outcome=nominee.outcome,
        position=line.position,
        unit=line.unit,
        achievement=line.achievement,
        born=line.born,
        sex=line.sex,
        initiative=line.initiative,
        earlier=line.earlier,
        amount=line.amount,
        remark=line.remark,
        facts=nominee.facts,
        account=nominee.account,
        votes=nominee.votes,
        absent=_named(voted, "absent"),
        recused=_named(voted, "recused"),
        verdict=nominee.verdict,
        proposal=nominee.proposal,
        held=nominee.held,
        approved=nominee.approved,
        why=nominee.why,
        granted=nominee.granted,
        moved_to=nominee.moved_to,
        conditions=found.verdict if found else None,
    )


VOTE, APPRAISAL = ("for", "against", "invalid"), ("verdict",)
"""The inputs by which an entry about a line is known as its vote's or its appraisal's."""


def _last_with(names: Sequence[str], no: int, changes: Sequence[Recorded]) -> Recorded | None:
    """The newest entry about the line that recorded all of these."""
    about = (each for each in reversed(changes) if no in each.lines)
    return next((each for each in about if each.inputs.keys() >= set(names)), None)


def _voted(nominee: Nominee, changes: Sequence[Recorded]) -> Recorded | None:
    """The entry of the vote that stands; one whose line was changed since speaks of another."""
    return _last_with(VOTE, nominee.no, changes) if nominee.votes else None


def _named(voted: Recorded | None, name: str) -> tuple[str, ...]:
    value = voted.inputs.get(name) if voted else None
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _expected(looking: Looking, item: Item) -> OwedList | None:
    """The task's list of expected dossiers; None where it has none."""
    return next(iter(lists_of(looking, of=item.key)), None)


def _expected_record(listed: OwedList | None) -> ExpectedRecord | None:
    if listed is None:
        return None
    silent = tuple(owed.body for owed in listed.silent)
    return ExpectedRecord(
        listed.asked, listed.count("received"), listed.count("nothing"), len(silent), silent
    )


def next_events(looking: Looking, item: Item) -> tuple[Event, ...]:
    """The events that lead on from the item's state; `why` tells who may do them and why not."""
    return tuple(
        event
        for event in looking.machine(item.digest).events
        if any(item.state in transition.sources for transition in event.transitions)
    )


# -- in words --------------------------------------------------------------------------------------------


class TermLine(NamedTuple):
    """A term under way, with its date and how the item stands against it."""

    label: str
    due: str
    progress: str


class NomineeWords(NamedTuple):
    """A nominee as a table says it, and below it what else is known of it, as labels with what they say."""

    cells: tuple[str, ...]
    rest: tuple[tuple[str, str], ...]


class FactGroup(NamedTuple):
    """What one event recorded: the event with its day, then labels with what they say."""

    heading: str
    facts: tuple[tuple[str, str], ...]


class ItemPage(NamedTuple):
    """`facts` are labels with what they say, `next` is what leads on, `not_shown` a sentence on what
    the history leaves out. Empty parts are not shown."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    recorded: tuple[FactGroup, ...]
    terms: tuple[TermLine, ...]
    dossiers: tuple[DossierLine, ...]
    nominees: tuple[NomineeWords, ...]
    lists: tuple[ListBelow, ...]
    corrections: tuple[CorrectionLine, ...]
    incidents: tuple[str, ...]
    next: Step | None
    undone: str
    history: tuple[HistoryLine, ...]
    not_shown: str


class LinePage(NamedTuple):
    """A line as a person reads it."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    history: tuple[HistoryLine, ...]
    not_shown: str


class Chronicle(NamedTuple):
    """What was recorded of an item: its history, and the entries in it whose facts stand."""

    history: History
    standing: tuple[Recorded, ...]


class SubjectPage(NamedTuple):
    """What is shown of the items of one subject alone: the record for scripts, and parts of the page.
    `recorded`: whether what events recorded stands on it, where the facts do not say all of it."""

    record: Callable[[Looking, Item, Chronicle], tuple[Any, ...]]
    facts: Callable[[Looking, Item, Chronicle], tuple[tuple[str, str], ...]]
    dossiers: Callable[[Looking, Item], tuple[DossierLine, ...]] = lambda _looking, _item: ()
    nominees: Callable[[Looking, Item, Chronicle, slice], tuple[NomineeWords, ...]] = lambda *_: ()
    lists: Callable[[Looking, Item, Chronicle], tuple[ListBelow, ...]] = lambda *_: ()
    recorded: bool = True


ALL = slice(None)


def item_record(
    looking: Looking, item: Item, pages: Mapping[str, SubjectPage] | None = None
) -> tuple[Any, ...]:
    """The item for scripts, as the record of its subject."""
    return (pages or PAGES)[item.subject].record(looking, item, _chronicle(looking, item))


def _chronicle(looking: Looking, item: Item) -> Chronicle:
    found = tuple(entry_seen(looking, item, each) for each in recorded_of(looking, item.key))
    return Chronicle(history_of(found), standing(looking, item, found))


def item_page(
    looking: Looking,
    item: Item,
    pages: Mapping[str, SubjectPage] | None = None,
    *,
    hidden: Collection[str] = (),
    lines: slice = ALL,
) -> ItemPage:
    """The item as a person reads it; `pages` are those of every subject, the shipped ones if left out. Its
    history leaves out the events that are `hidden` from the reader; of many `lines` it may have some."""
    words, reading, key = looking.words, looking.reading, item.key
    own, told = (pages or PAGES)[item.subject], _chronicle(looking, item)
    stuck = reading.incidents(looking.office, year=key.year, ref=key.ref)
    shown = [change for change in told.history.changes if change.entry.event not in hidden]
    return ItemPage(
        heading=f"{looking.ref(key)}  {looking.content(item)}",
        facts=own.facts(looking, item, told),
        recorded=_recorded(looking, item, told.standing) if own.recorded else (),
        terms=tuple(_term_line(looking, item, term) for term in terms_under_way(looking, item)),
        dossiers=own.dossiers(looking, item),
        nominees=own.nominees(looking, item, told, lines),
        lists=own.lists(looking, item, told),
        corrections=correction_lines(looking, item, told.history.done),
        incidents=tuple(
            words("incident.on_item", so=incident.id, ly_do=incident_text(looking, incident))
            for incident in stuck
        ),
        next=next_step(looking, item),
        undone=_undone(looking, item, told.history.changes),
        history=tuple(history_lines(looking, item, shown)),
        not_shown=_not_shown(looking, looking.ref(key), told.history.not_shown),
    )


def _undone_by(looking: Looking, item: Item, changes: Sequence[Recorded]) -> tuple[str, ...] | None:
    """The events that take back what was done to the item last."""
    last = changes[-1].entry.event if changes else ""
    machine = looking.machine(item.digest)
    return undone_by(machine, last, item.state) if machine.event(last) else None


def _undone(looking: Looking, item: Item, changes: Sequence[Recorded]) -> str:
    """How the last change is taken back, after the change that it speaks of."""
    machine, words = looking.machine(item.digest), looking.words
    ways = _undone_by(looking, item, changes)
    said = undone_text(
        words, ways, lambda event: looking.event_text(event, machine, past=False), subject=item.subject
    )
    return f"{looking.event_text(changes[-1].entry.event, machine, past=True)}. {said}" if said else ""


def line_page(looking: Looking, item: Item, no: int) -> LinePage:
    """A line of the item as a person reads it. Raises UnknownLine."""
    words, line = looking.words, _line(looking, item, no)
    history = history_of(recorded_of(looking, item.key), no)
    named = _nominee_words(looking, item, line, history.changes, _assessed(looking, item))
    nominee, votes, counts = line.nominee, line.nominee.votes, words("column.votes")
    return LinePage(
        heading=f"{named.cells[0]}  {line.name or '—'}",
        facts=(
            (words("column.dossier"), f"{looking.ref(item.key)}  {looking.content(item)}"),
            (words("column.state"), looking.state(item)),
            (words("column.title"), looking.title(nominee.title, pack=item.rules)),
            *(pair for pair in named.rest if pair[0] != counts),
            (counts, votes_in_full(looking, votes) if votes else ""),
            (words("column.result"), _result(looking, line)),
            (words("column.outcome"), _outcome(looking, item, nominee)),
        ),
        history=tuple(history_lines(looking, item, history.changes)),
        not_shown=_not_shown(looking, looking.ref(item.key), history.not_shown),
    )


def _recorded(looking: Looking, item: Item, standing: tuple[Recorded, ...]) -> tuple[FactGroup, ...]:
    """The facts that stand. What an item was made with it has as its own facts, so of that only the words."""
    facts = FactWords(looking, item)
    groups = []
    for each in standing:
        entry = each.entry
        if entry.event in EVENTS:
            continue  # they stand in lists of their own
        without = each.inputs if entry.from_state is None else ()
        day, _clock = looking.local(entry.at)
        label = f"{looking.event_text(entry.event, facts.machine, past=True)} {facts.lines(each)}".rstrip()
        groups.append(FactGroup(f"{label} ({looking.day(day)})", facts.pairs(each, without=without)))
    return tuple(group for group in groups if group.facts)


def _not_shown(looking: Looking, ref: str, left_out: NotShown) -> str:
    words, (refused, by_program) = looking.words, left_out
    said = [words("message.not_shown_refused", n=refused)] if refused else []
    said += [words("message.not_shown_by_program", n=by_program)] if by_program else []
    return words("message.not_shown", danh_sach=", ".join(said), ref=ref) if said else ""


def _task_facts(looking: Looking, item: Item, told: Chronicle) -> tuple[tuple[str, str], ...]:
    words, task = looking.words, Task.of(item)
    unset = item.due_mark == "derived" and item.closed_on is None
    derived = f"  ({words('marker.derived')})" if unset else ""
    return (
        (words("column.kind"), _kind_text(looking, item)),
        (words("column.quarter"), task.quarter),
        (words("column.state"), looking.state(item)),
        (words("column.due"), looking.day(item.due_on) + derived),
        (words("column.target"), looking.day(item.target_on)),
        (words("column.late"), progress(looking, item)),
        (words("column.note"), _extension_text(looking, item, told)),
        (words("column.proposed"), proposal_text(looking, item)),
        (words("column.offered"), _offered_text(looking, item)),
        (words("column.lead"), looking.body(task.lead)),
        (words("column.cooperating"), cooperating_text(looking, item)),
        (words("column.owner"), owners_text(looking, item)),
        (words("column.expected"), _expected_text(looking, item)),
    )


def _kind_text(looking: Looking, item: Item) -> str:
    kind = looking.kind(item)
    return looking.words.of(kind.label) if kind else item.kind


def _dossier_facts(looking: Looking, item: Item, _told: Chronicle) -> tuple[tuple[str, str], ...]:
    words, dossier = looking.words, Dossier.of(item)
    type_ = looking.pack(item.rules).type(dossier.type)
    return (
        (words("column.task"), looking.ref(item.key._replace(ref=item.parent)) if item.parent else ""),
        (words("column.type"), words.of(type_.label) if type_ else dossier.type),
        (words("column.path"), _path_text(looking, item)),
        (words("column.about_period"), dossier.period or ""),
        (words("column.movement"), _movement_text(looking, dossier)),
        (words("column.asks"), _asked_text(looking, item)),
        (words("column.state"), dossier_state(looking, item)),
        (words("column.received_on"), looking.day(dossier.received_on)),
        (words("column.intake_no"), dossier.intake_no or ""),
        (words("column.supplement_until"), looking.day(dossier.supplement_until)),
        (words("column.complete_on"), looking.day(dossier.complete_on)),
        (words("column.papers"), papers_text(looking, item)),
        (words("column.published"), _published(looking, dossier)),
        (words("column.full_on"), _counted_from(looking, dossier)),
        (words("column.opinion_asked_on"), looking.day(dossier.opinion_asked_on)),
        (words("column.superior_until"), looking.day(dossier.superior_until)),
        (words("column.resting"), resting_text(looking, resting_of(looking, item))),
        (words("column.proposed"), proposal_text(looking, item)),
        (words("column.owner"), owners_text(looking, item)),
    )


def _path_text(looking: Looking, item: Item) -> str:
    """The path that the dossier goes, with the ground on which it is simplified."""
    dossier, kind = Dossier.of(item), looking.kind(item)
    ground = looking.pack(item.rules).ground(dossier.ground) if dossier.ground else None
    said = [kind.label if kind else None, ground.label if ground else None]
    return "; ".join(looking.words.of(label) for label in said if label)


def _movement_text(looking: Looking, dossier: Dossier) -> str:
    if dossier.movement is None:
        return ""
    return f"{dossier.movement}  {name_of(looking, dossier.movement)}"


def _asked_text(looking: Looking, item: Item) -> str:
    """What its titles ask of a nominee, by the dossier's own pack."""
    titles = (looking.pack(item.rules).title(id) for id in Dossier.of(item).titles)
    asked = [(title.label, title.asks) for title in titles if title and title.asks]
    if len(asked) == 1:
        return looking.words.of(asked[0][1])
    return "; ".join(f"{looking.words.of(label)}: {looking.words.of(asks)}" for label, asks in asked)


def _published(looking: Looking, dossier: Dossier) -> str:
    days = (dossier.published_from, dossier.published_until)
    return " – ".join(looking.day(day) for day in days if day)


def _counted_from(looking: Looking, dossier: Dossier) -> str:
    """The day from which the term counts, where that is not the day of completeness."""
    return looking.day(dossier.full_on) if dossier.full_on != dossier.complete_on else ""


def _offered_text(looking: Looking, item: Item) -> str:
    """The completed row of the plan before that is the same work, whose paper may be taken over."""
    kind, year = looking.kind(item), item.key.year - 1
    if item.state != "drafted" or kind is None or not kind.carries_over:
        return ""
    done = done_before(Task.of(item), looking.reading.done_rows(looking.office, year, kind.id))
    return "; ".join(
        looking.words("marker.same_work", goc=f"{year}/{row.ref}", so=row.paper, ngay=looking.day(row.on))
        for row in done
    )


def _extension_text(looking: Looking, item: Item, told: Chronicle) -> str:
    """That the date was moved, with the one before, and that somebody asks to move it."""
    words, notes = looking.words, []
    if item.due_mark == "extended":
        before = due_before(looking, item, told.history.changes)
        days = {"ngay": looking.day(item.due_on), "ngay_cu": looking.day(before)}
        notes.append(words("marker.extended", **days))
    proposed = item.proposed_until
    if proposed is not None and item.closed_on is None:
        notes.append(words("marker.extension_proposed", ngay=looking.day(proposed)))
    return "; ".join(notes)


def _expected_text(looking: Looking, item: Item) -> str:
    """How many of the bodies that owe a dossier have answered, and who has not; how many would be asked once
    somebody confirms it."""
    words, listed = looking.words, _expected(looking, item)
    if listed is None:
        return "; ".join(
            words("expect.to_confirm", n=len(proposed.bodies))
            for proposed in proposed_lists(looking, of=item.key)
        )
    silent = "; ".join(looking.body(owed.body) for owed in listed.silent)
    said = words("expect.answered", n=listed.answered, m=listed.asked)
    return f"{said}; {words('expect.silent_are', don_vi=silent)}" if silent else said


def _term_line(looking: Looking, item: Item, term: TermRecord) -> TermLine:
    if term.due is None:
        said = looking.words("marker.paused_since", ngay=looking.day(term.paused_on))
    else:
        said = against(looking, term.due, begun=item.state != "drafted")
    return TermLine(term.label, looking.day(term.due), said)


def _assessed(looking: Looking, item: Item, *, only: Collection[int] | None = None) -> Assessed:
    from runtime.views.conditions import assessed  # a task's page begins sooner without

    return assessed(looking, item, only=only)


def _by_conditions(looking: Looking, found: Assessment, of: Assessed) -> str:
    from runtime.views.conditions import verdict_text

    return verdict_text(looking, found, of)


def _nominee_words(
    looking: Looking, item: Item, line: NomineeLine, changes: Sequence[Recorded], of: Assessed
) -> NomineeWords:
    words, nominee, votes = looking.words, line.nominee, line.nominee.votes
    found = of.standing(nominee)
    account = looking.account(nominee.account) if nominee.account else ""
    appraised = _last_with(APPRAISAL, nominee.no, changes) if nominee.verdict else None
    voted = _voted(nominee, changes)
    rest = (
        (words("column.by_conditions"), _by_conditions(looking, found, of) if found else ""),
        (words("column.verdict"), _verdict(looking, nominee)),
        (words("column.line_proposal"), words(f"choice.{nominee.proposal}") if nominee.proposal else ""),
        *(FactWords(looking, item).pairs(appraised, without=("verdict", "proposal")) if appraised else ()),
        (words("column.votes"), votes_text(looking, votes) if votes else ""),
        *(
            (words(f"column.members_{name}"), "; ".join(map(looking.position, _named(voted, name))))
            for name in ("absent", "recused")
        ),
        (words("column.approved_by"), looking.position(nominee.approved) if nominee.approved else ""),
        (
            words("column.granted"),
            looking.title(nominee.granted, pack=item.rules) if nominee.granted else "",
        ),
        (words("column.nominee_kind"), words(f"nominee_kind.{nominee.kind}")),
        *known_of_line(looking, item, line),
        (words("column.account"), account),
    )
    return NomineeWords(
        cells=(
            f"{looking.ref(item.key)}/{nominee.no}",
            line.name or "—",
            looking.title(nominee.title, pack=item.rules),
            _result(looking, line),
            _outcome(looking, item, nominee),
        ),
        rest=tuple((label, value) for label, value in rest if value),
    )


def _result(looking: Looking, line: NomineeLine) -> str:
    return "" if line.nominee.result is None else looking.words(f"result.{line.nominee.result}")


def _verdict(looking: Looking, nominee: Nominee) -> str:
    """What the appraisal found; while something is verified, that."""
    words = looking.words
    said = (
        words(f"choice.{nominee.verdict}") if nominee.verdict else "",
        words("line.held") if nominee.held else "",
    )
    return "; ".join(filter(None, said))


def _outcome(looking: Looking, item: Item, nominee: Nominee) -> str:
    """What became of the line, on which kind of ground it came to nothing, and where it went on."""
    words = looking.words
    if nominee.moved_to is not None:
        return words("line.moved", ref=looking.ref(item.key._replace(ref=nominee.moved_to)))
    said = words(f"outcome.{nominee.outcome}")
    if nominee.why is None:
        return said
    return words("line.outcome_why", ket_luan=said, ly_do=words(f"line.{nominee.why}"))


def _nominees(looking: Looking, item: Item, told: Chronicle, which: slice) -> tuple[NomineeWords, ...]:
    changes, lines = told.history.changes, looking.lines(item.key)[which]
    of = _assessed(looking, item, only={line.nominee.no for line in lines})
    return tuple(_nominee_words(looking, item, line, changes, of) for line in lines)


def _dossier_lists(looking: Looking, item: Item, told: Chronicle) -> tuple[ListBelow, ...]:
    """Who was asked for an opinion, and what people said of the published list."""
    changes, words = told.history.changes, looking.words
    opinions = (opinion_cells(looking, each) for each in opinions_of(looking, item, changes))
    remarks = (remark_cells(looking, each) for each in remarks_of(item, changes))
    lists = ((OPINION_COLUMNS, tuple(opinions)), (REMARK_COLUMNS, tuple(remarks)))
    return tuple(ListBelow(tuple(words(f"column.{name}") for name in names), rows) for names, rows in lists)


def _task_lists(looking: Looking, item: Item, _told: Chronicle) -> tuple[ListBelow, ...]:
    """The movements that the row is a view of."""
    rows = tuple(movement_cells(looking, line) for line in movements_of(looking, item))
    return (ListBelow(tuple(looking.words(f"column.{name}") for name in MOVEMENT_COLUMNS), rows),)


def _session_lists(looking: Looking, item: Item, _told: Chronicle) -> tuple[ListBelow, ...]:
    return line_tables(looking, item)


def _dossiers(looking: Looking, item: Item) -> tuple[DossierLine, ...]:
    return dossiers_of(looking, task=item.key)


def _decision_shown(looking: Looking, item: Item, told: Chronicle) -> DecisionShown:
    return DecisionShown(
        record=decision_record(looking, item),
        events=_events(looking, item),
        terms=terms_under_way(looking, item),
        also_open=_also_open(looking),
        proposal=proposal_record(item),
        facts=facts_by_event(told.standing),
        history=_changes(told.history),
        not_shown=told.history.not_shown,
        corrections=corrections_of(looking, item, told.history.done),
        undone_by=_undone_by(looking, item, told.history.changes),
        resting=resting_on(looking, item),
    )


def _decision_facts(looking: Looking, item: Item, _told: Chronicle) -> tuple[tuple[str, str], ...]:
    return (
        *decision_facts(looking, item),
        (looking.words("column.resting"), resting_text(looking, resting_on(looking, item))),
        (looking.words("column.proposed"), proposal_text(looking, item)),
        (looking.words("column.owner"), owners_text(looking, item)),
    )


def _decision_lists(looking: Looking, item: Item, _told: Chronicle) -> tuple[ListBelow, ...]:
    columns = tuple(looking.words(f"decision.column.{name}") for name in LINE_COLUMNS)
    return (ListBelow(columns, line_cells(looking, item)),)


PAGES: Mapping[str, SubjectPage] = MappingProxyType(
    {
        "task": SubjectPage(_task_shown, _task_facts, dossiers=_dossiers, lists=_task_lists),
        "dossier": SubjectPage(_dossier_shown, _dossier_facts, nominees=_nominees, lists=_dossier_lists),
        "session": SubjectPage(
            _session_shown,
            lambda looking, item, _told: session_facts(looking, item),
            lists=_session_lists,
            recorded=False,
        ),
        "award_decision": SubjectPage(
            _decision_shown, _decision_facts, lists=_decision_lists, recorded=False
        ),
    }
)
