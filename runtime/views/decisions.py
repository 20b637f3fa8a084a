"""Award decisions as people look at them: the year's list, and one with its lines by name and sum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from runtime.office.looking import Looking
from storage.values import NomineeLine
from workflow.model.award_decisions import (
    BEFORE_ISSUE,
    AwardDecision,
    DecisionLine,
    expected,
    in_order,
    k_of,
    line_sum,
    salary_of,
)
from workflow.model.dossiers import Dossier, period_of
from workflow.model.facts import Item, Key
from workflow.model.money import change_near, dotted, k_text
from workflow.model.subjects import AWARD_DECISION
from workflow.model.ways import way_of

if TYPE_CHECKING:
    from workflow.services.decisions import NewDecision


class DecisionLineRecord(NamedTuple):
    """A line for scripts; `k` is its coefficient as papers write it."""

    no: int
    line: str
    kind: str
    title: str
    name: str | None
    position: str | None
    unit: str | None
    body: str
    state: str
    k: str
    full: int | None
    amount: int | None
    note_title: str | None
    higher: str | None
    reprints: int


class DecisionRecord(NamedTuple):
    """A decision for scripts. `total` is frozen when it is issued; before that `expected` is what its lines
    pay by themselves today."""

    ref: str
    year: int
    kind: str
    state: str
    title: str
    type: str
    period: str
    signer: str
    signature: str
    drafted_by: str | None
    funds_by: str | None
    funds_on: date | None
    to_trinh_no: str | None
    to_trinh_on: date | None
    salary: int | None
    signed_on: date | None
    number: str | None
    issued_on: date | None
    changes: str | None
    ground: str | None
    conclusion: str | None
    received_on: date | None
    told_on: date | None
    full_on: date | None
    owners: tuple[str, ...]
    markers: tuple[str, ...]
    total: int | None
    expected: int
    lines: tuple[DecisionLineRecord, ...]


class Proposed(NamedTuple):
    """A decision that may be drafted: what waits for one signer, with its sum, and that from the next base
    salary on where this changes within a month. `details` are the draft's own."""

    title: str
    type: str
    period: str
    signer: str
    lines: tuple[str, ...]
    money: int
    details: AwardDecision
    later: int | None = None
    later_from: date | None = None


def proposed(looking: Looking, title: str | None = None) -> tuple[Proposed, ...]:
    """All lines of a title, or of each, that passed, are not held and stand in no open decision, by type,
    period and signer: the chair's own line is the vice chair's to sign."""
    taken = {
        line.ref
        for item in looking.reading.subject_items(AWARD_DECISION, *looking.span, states=BEFORE_ISSUE)
        for line in AwardDecision.of(item).standing
    }
    found: dict[tuple[str, str, str, str], list[DecisionLine]] = {}
    done = ("reviewed", "approved")
    for item in looking.reading.dossiers(looking.office, looking.year, nominees=True, states=done):
        dossier = Dossier.of(item)
        if way_of(dossier, looking.pack(item.rules)).published == "commune" and not dossier.full_on:
            continue
        for line in dossier.standing:
            ref = f"{item.key.ref}/{line.no}"
            if line.passed and not line.held and title in (None, line.title) and ref not in taken:
                group = (line.title, dossier.type, period_of(item), _signer(looking, line.account))
                made = DecisionLine(
                    0, item.key.ref, line.no, line.title, line.kind, dossier.body, line.account
                )
                found.setdefault(group, []).append(made)
    return tuple(_proposed(looking, *group, in_order(lines)) for group, lines in found.items())


def _signer(looking: Looking, account: str | None) -> str:
    office = looking.directory
    chairs, vice = office.holding("chair"), office.holding("vice_chair")
    own = account is not None and office.person(account) in office.people(chairs)
    return next(iter(vice if own or not chairs else chairs), "")


def _proposed(
    looking: Looking, title: str, type: str, period: str, signer: str, lines: tuple[DecisionLine, ...]
) -> Proposed:
    rules, today = looking.rules, looking.today
    details = AwardDecision("award", title, period, signer, type=type, lines=lines)
    refs = tuple(line.ref for line in lines)
    made = Proposed(title, type, period, signer, refs, expected(details, rules, today), details)
    coming = change_near(rules.base_salary, today)
    if coming is None or not made.money:
        return made
    return made._replace(later=expected(details, rules, coming.since), later_from=coming.since)


def proposed_text(looking: Looking, each: Proposed) -> str:
    """`Giấy khen …, Chủ tịch ký: 5 trường hợp, 3.550.000 đồng; từ ngày …: 3.800.000 đồng.`"""
    words = looking.words
    said = words(
        "decision.proposed",
        danh_hieu=looking.title(each.title),
        nguoi_ky=looking.position(each.signer),
        n=len(each.lines),
        so_tien=dotted(each.money),
    )
    if each.later is None:
        return f"{said}."
    later = words("decision.proposed_later", ngay=looking.day(each.later_from), so_tien=dotted(each.later))
    return f"{said}; {later}."


def drafts_of(looking: Looking, found: Iterable[Proposed]) -> list[NewDecision]:
    """What drafts the proposed decisions, each with all of its lines."""
    return [new_draft(looking, each.title, each.type, each.period, each.signer, each.lines) for each in found]


def new_draft(
    looking: Looking, title: str, type: str, period: str, signer: str, lines: Sequence[str]
) -> NewDecision:
    """What drafts a decision of the year with these lines; the type is empty of a title that has none."""
    from workflow.services.decisions import NewDecision

    words = {"title": title, "period": period, "signer": signer, **({"type": type} if type else {})}
    return NewDecision(looking.office, looking.year, words, tuple(lines))


def decisions_of(looking: Looking) -> tuple[Item, ...]:
    """The decisions of the years that are looked at, by reference."""
    return looking.reading.subject_items(AWARD_DECISION, *looking.span)


def named_lines(looking: Looking, item: Item) -> tuple[tuple[DecisionLine, NomineeLine | None], ...]:
    """The decision's lines, each with the words that stand of it in its dossier."""
    return _named(looking, item.key, AwardDecision.of(item))


def _named(
    looking: Looking, key: Key, details: AwardDecision
) -> tuple[tuple[DecisionLine, NomineeLine | None], ...]:
    known: dict[str, NomineeLine] = {}
    for ref in details.dossiers:
        found = looking.reading.lines(key._replace(ref=ref))
        known |= {f"{ref}/{line.nominee.no}": line for line in found}
    return tuple((line, known.get(line.ref)) for line in details.lines)


def decision_record(looking: Looking, item: Item) -> DecisionRecord:
    """The decision with its lines by name."""
    details, rules = AwardDecision.of(item), looking.rules
    lines = tuple(
        DecisionLineRecord(
            no=line.no,
            line=line.ref,
            kind=line.kind,
            title=line.title,
            name=named.name if named else None,
            position=named.position if named else None,
            unit=named.unit if named else None,
            body=line.body,
            state=line.state,
            k=k_text(k_of(line, details.type, rules)),
            full=line.full,
            amount=line.amount,
            note_title=line.note_title,
            higher=line.higher,
            reprints=line.reprints,
        )
        for line, named in named_lines(looking, item)
    )
    return DecisionRecord(
        ref=item.key.ref,
        year=item.key.year,
        kind=details.kind,
        state=item.state,
        title=details.title,
        type=details.type,
        period=details.period,
        signer=details.signer,
        signature=details.signature,
        drafted_by=details.drafted_by,
        funds_by=details.funds_by,
        funds_on=details.funds_on,
        to_trinh_no=details.to_trinh_no,
        to_trinh_on=details.to_trinh_on,
        salary=details.salary,
        signed_on=details.signed_on,
        number=details.number,
        issued_on=details.issued_on,
        changes=details.changes,
        ground=details.ground,
        conclusion=details.conclusion,
        received_on=details.received_on,
        told_on=details.told_on,
        full_on=details.full_on,
        owners=item.owners,
        markers=tuple(details.markers),
        total=details.total if details.issued_on else None,
        expected=expected(details, rules, looking.today),
        lines=lines,
    )


# -- in words --------------------------------------------------------------------------------------------

COLUMNS = ("ref", "title", "lines", "money", "number", "date", "signer", "state")
LINE_COLUMNS = ("line", "name", "where", "k", "money", "note")


def decision_cells(looking: Looking, item: Item) -> tuple[str, ...]:
    """A decision as a line of the year's list."""
    details = AwardDecision.of(item)
    return (
        looking.ref(item.key),
        looking.titles(details.titles),
        str(len(details.standing)),
        dotted(total_of(looking, item)),
        details.number or "",
        looking.day(details.issued_on),
        looking.position(details.signer),
        state_text(looking, item),
    )


def total_of(looking: Looking, item: Item) -> int:
    """What the decision pays: frozen by its issue, before that what its lines pay by themselves today."""
    details = AwardDecision.of(item)
    total = details.total if details.issued_on else expected(details, looking.rules, looking.today)
    return total or 0


def state_text(looking: Looking, item: Item) -> str:
    """The state with what came after it."""
    return "; ".join((looking.state(item), *marks_text(looking, item)))


def marks_text(looking: Looking, item: Item) -> tuple[str, ...]:
    markers = AwardDecision.of(item).markers
    return tuple(looking.words(f"marker.{id}", **said) for id, said in markers.items())


def line_cells(looking: Looking, item: Item) -> tuple[tuple[str, ...], ...]:
    """The decision's lines as its paper has them, with those that are not in it any more; before it is
    issued each with what it would pay by itself."""
    return _line_cells(looking, item.key, AwardDecision.of(item))


def proposed_cells(looking: Looking, each: Proposed) -> tuple[tuple[str, ...], ...]:
    """The lines of a decision that may be drafted, as `line_cells` has them."""
    return _line_cells(looking, Key(looking.office, looking.year, ""), each.details)


def _line_cells(looking: Looking, key: Key, details: AwardDecision) -> tuple[tuple[str, ...], ...]:
    rules = looking.rules
    salary = salary_of(details, rules, looking.today)
    return tuple(
        (
            line.ref,
            (named.name if named else None) or "—",
            ", ".join(filter(None, (named.position, named.unit))) if named else "",
            k_text(k_of(line, details.type, rules)),
            dotted(line_sum(line, details, rules, salary)) if line.state == "in" or line.amount else "",
            _note(looking, line),
        )
        for line, named in _named(looking, key, details)
    )


def _note(looking: Looking, line: DecisionLine) -> str:
    """What became of the line, or which other title is paid in its place or was paid before."""
    said = [] if line.state == "in" else [looking.words(f"decision.line_{line.state}")]
    if line.note_title:
        key = "decision.paid_instead" if not line.amount else "decision.paid_before"
        title = looking.rules.title(line.note_title)
        short = (title.short if title else None) or looking.title(line.note_title)
        said.append(looking.words(key, danh_hieu=short))
    return "; ".join(said)


def decision_facts(looking: Looking, item: Item) -> tuple[tuple[str, str], ...]:
    """What the decision is, as labels with what they say."""
    words, details = looking.words, AwardDecision.of(item)
    type_ = looking.rules.type(details.type)
    paper = _paper(looking, details.to_trinh_no, details.to_trinh_on)
    return (
        (words("decision.column.state"), state_text(looking, item)),
        (words("decision.column.title"), looking.titles(details.titles)),
        (words("decision.column.type"), words.of(type_.label) if type_ else ""),
        (words("decision.column.about_period"), details.period),
        (words("decision.column.changes"), details.changes or ""),
        (words("decision.column.signer"), f"{looking.position(details.signer)} ({details.signature})"),
        (
            words("decision.column.drafted_by"),
            looking.position(details.drafted_by) if details.drafted_by else "",
        ),
        (words("decision.column.to_trinh"), paper),
        (words("decision.column.funds_by"), looking.position(details.funds_by) if details.funds_by else ""),
        (words("decision.column.base_salary"), dotted(details.salary) if details.salary else ""),
        (words("decision.column.signed_on"), looking.day(details.signed_on)),
        (words("decision.column.decision"), _paper(looking, details.number, details.issued_on)),
        (words("decision.column.conclusion"), _paper(looking, details.conclusion, details.conclusion_on)),
        (words("decision.column.full_on"), looking.day(details.full_on)),
        (words("decision.column.money"), dotted(total_of(looking, item))),
    )


def _paper(looking: Looking, number: str | None, day: date | None) -> str:
    return f"{number}, {looking.day(day)}" if number else ""
