"""A third subject, of this test's own, joins the shipped ones by being registered: no module knows of it.

A visit (`V007`) is planned, made and reported. Its machine, details, rules, notice, words and tables are its
own, and are passed along as values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple
from uuid import uuid4

import pytest
from sqlalchemy import Column, ForeignKeyConstraint, Integer, MetaData, PrimaryKeyConstraint, String, Table

from runtime.office.looking import Looking
from runtime.office.settings import Options
from runtime.views.item_page import PAGES, SubjectPage, item_page, item_record
from storage import offices, tables
from storage.database import Database
from storage.items import item_at
from storage.offices import StoredDefinition
from storage.subjects.details import Kept, KeptDetails, KeptLines
from storage.subjects.dossier import DOSSIER
from storage.subjects.task import TASK
from storage.types import Day
from storage.views import Reading
from tests.people import CHAIR, SECRETARY, VILLAGE
from tests.storage.office import (
    OFFICE,
    YEAR,
    House,
    Shipped,
    act,
    begin,
    found_office,
    key,
    new_dossier,
    records,
    rows_of,
    stored,
)
from workflow.engine.explaining import explain
from workflow.engine.machine import RunnableMachine
from workflow.engine.procedure import CausedNotice, ItemEvent, Procedure
from workflow.files.compiled import from_json, to_json
from workflow.files.parsing import parse
from workflow.lint.machines import lint_machine
from workflow.lint.registries import vocabulary
from workflow.model import subjects
from workflow.model.context import Context
from workflow.model.decision import Decision, Reason
from workflow.model.facts import Details, Facts, Item
from workflow.model.machine import Machine
from workflow.model.messages import Notice
from workflow.model.references import BadReference, reference
from workflow.model.registry import Effect, Guard, Params, Registry
from workflow.model.roles import COMMON as RELATIONS
from workflow.model.subjects import Subject, Subjects
from workflow.model.text import Text
from workflow.rules.common import COMMON
from workflow.services.advance import Tried
from workflow.services.create import Creation, create
from workflow.services.procedures import PROCEDURES

SOURCE = """\
definition: machine
name: visit
version: 1
subject: visit
label: {vi: Chuyến kiểm tra, en: Visit}
initial: planned
states:
  planned: {label: {vi: Dự kiến, en: Planned}, owner: secretary, todo: tổ chức kiểm tra}
  made: {label: {vi: Đã kiểm tra, en: Made}, owner: chair, todo: xem xét báo cáo}
  reported: {label: {vi: Đã báo cáo, en: Reported}, open: false}
events:
  new:
    label: {vi: Lập, en: Plan}
    past: {vi: Đã lập, en: Planned}
    by: [secretary]
    transitions: [{from: [none], to: planned}]
    inputs:
      place: {type: text, label: {vi: Địa điểm, en: Place}, required: true}
  finding:
    label: {vi: Ghi nhận, en: Record a finding}
    past: {vi: Đã ghi nhận, en: Recorded a finding}
    by: [secretary]
    transitions: [{from: [planned, made], to: same}]
    inputs:
      name: {type: text, label: {vi: Nội dung, en: Finding}, required: true}
    effects: [add_finding]
  drop:
    label: {vi: Bỏ, en: Drop the last finding}
    past: {vi: Đã bỏ, en: Dropped the last finding}
    by: [secretary]
    transitions: [{from: [planned, made], to: same}]
    effects: [drop_finding]
  make:
    label: {vi: Kiểm tra, en: Make}
    past: {vi: Đã kiểm tra, en: Made}
    by: [secretary]
    transitions: [{from: [planned], to: made}]
    inputs:
      date: {type: date, label: {vi: Ngày, en: Date}, required: true}
    guards: [date_not_in_future, some_finding]
    effects: [record_day, remember_submitter]
  repeat:
    label: {vi: Kiểm tra lại, en: Have repeated}
    past: {vi: Đã yêu cầu kiểm tra lại, en: Had repeated}
    by: [chair]
    transitions: [{from: [made], to: planned}]
  report:
    label: {vi: Báo cáo, en: Report}
    past: {vi: Đã báo cáo, en: Reported}
    by: [chair]
    transitions: [{from: [made], to: reported}]
    guards: [four_eyes]
    notices: [visit_reported]
"""


@dataclass(frozen=True, slots=True)
class Finding:
    no: int
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Visit(Details):
    subject: ClassVar[str] = "visit"

    body: str
    made_on: date | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def responsible(self) -> str:
        return self.body

    @property
    def entered(self) -> dict[str, Any]:
        return {"body": self.body}

    def told(self, _setting: Any, _catalogue: Any) -> dict[str, Any]:
        return {"don_vi": self.body, "n": len(self.findings)}


def _some_finding(context: Context, _: Params) -> Reason | None:
    return None if Visit.of(context.item).findings else Reason("some_finding")


def _record_day(context: Context, item: Item, _: Params) -> Item:
    day = context.inputs["date"]
    assert isinstance(day, date)
    return item._replace(details=replace(Visit.of(item), made_on=day))


def _add_finding(_context: Context, item: Item, _: Params) -> Item:
    visit = Visit.of(item)
    added = Finding(len(visit.findings) + 1)
    return item._replace(details=replace(visit, findings=(*visit.findings, added)))


def _drop_finding(_context: Context, item: Item, _: Params) -> Item:
    visit = Visit.of(item)
    return item._replace(details=replace(visit, findings=visit.findings[:-1]))


def _reported(happened: ItemEvent) -> dict[str, Any]:
    return {"n": len(Visit.of(happened.after).findings)}


def _told(_unit: object, decision: Decision, _facts: object, _case: object) -> tuple[Reason, ...]:
    return (Reason("visit_moved", {"ref": decision.item.key.ref}),)


class Shown(NamedTuple):
    ref: str
    findings: int


VISIT = Subject("visit", "V", 3, RELATIONS, lines=True)
PROCEDURE = Procedure(
    VISIT,
    COMMON
    | Registry(
        relations=RELATIONS,
        guards={"some_finding": Guard(_some_finding)},
        effects={
            "record_day": Effect(_record_day),
            "drop_finding": Effect(_drop_finding),
            "add_finding": Effect(_add_finding, line=lambda _, after: len(Visit.of(after).findings)),
        },
    ),
    caused={"visit_reported": CausedNotice("secretary", _reported, gives=("n",))},
    follows=_told,
)
ALL_PROCEDURES = {**PROCEDURES, "visit": PROCEDURE}
ALL_SUBJECTS = Subjects(subjects.TASK, subjects.DOSSIER, VISIT)

own = MetaData()
PLACE = ("office", "year", "ref")
FINDINGS = KeptLines(
    table="finding",
    columns=("grave",),
    value_of=lambda row: Finding(row["no"], row["grave"] == "yes"),
    columns_of=lambda finding: {"no": finding.no, "grave": "yes" if finding.grave else "no"},
    lines_of=lambda visit: visit.findings,
)
VISITS = KeptDetails(
    VISIT,
    table="visit",
    fixed=("body",),
    changes=("made_on",),
    value_of=lambda row, findings: Visit(**row, findings=findings),
    columns_of=lambda visit: {"body": visit.body, "made_on": visit.made_on},
    days=frozenset({"made_on"}),
    lines=FINDINGS,
    counter=("visit_count", "last"),
)
KEPT = Kept(TASK, DOSSIER, VISITS)


def _place() -> tuple[Column[Any], ...]:
    return tuple(Column(name, tables.item.c[name].type, nullable=False) for name in PLACE)


ITEM = [tables.item.c[name] for name in PLACE]
visit_table = Table(
    "visit",
    own,
    *_place(),
    Column("body", String, nullable=False),
    Column("made_on", Day),
    PrimaryKeyConstraint(*PLACE),
    ForeignKeyConstraint(PLACE, ITEM),
)
Table(
    "finding",
    own,
    *_place(),
    Column("no", Integer, nullable=False),
    Column("grave", String(3), nullable=False),
    PrimaryKeyConstraint(*PLACE, "no"),
    ForeignKeyConstraint(PLACE, [visit_table.c[name] for name in PLACE]),
)
visit_count = Table("visit_count", own, *_place()[:2], Column("last", Integer, nullable=False))


def visit_machine() -> RunnableMachine:
    parsed = parse(SOURCE, path="visit.yaml", vocabulary=vocabulary(ALL_PROCEDURES))
    assert parsed.mistakes == ()
    assert isinstance(parsed.definition, Machine)
    return RunnableMachine(parsed.definition, digest=parsed.digest, procedures=ALL_PROCEDURES)


@pytest.fixture
def visits(database_url: str) -> Iterator[Database]:
    """A database that keeps visits beside tasks and dossiers."""
    known = {**tables.metadata.tables, **own.tables}
    with Database(database_url, kept=KEPT, tables=known) as database:
        own.create_all(database.connection)
        yield database


@pytest.fixture
def office(visits: Database, database_url: str, shipped: Shipped) -> House:
    """The sample office, which has adopted the machine of visits and the words for them."""
    machine = visit_machine()
    notice = Notice("Kiểm tra {don_vi}", "{ref}: {n} nội dung, {trang_thai}.")
    catalogue = shipped.catalogue._replace(notices={**shipped.catalogue.notices, "visit_reported": notice})
    joined = replace(
        shipped,
        machines=MappingProxyType({**shipped.machines, machine.digest: machine}),
        catalogue=catalogue,
    )
    house = House(database_url, shipped.setting, joined)
    found_office(visits, shipped, house)
    with begin(visits, command="adopt") as unit:
        definition = machine.definition
        compiled = to_json(definition)
        adopted = StoredDefinition("machine", "visit", 1, machine.digest, compiled=compiled, source=SOURCE)
        offices.store_definition(unit, adopted)
        unit.execute(visit_count.insert().values(office=OFFICE, year=YEAR, last=6))
        unit.commit()
    return house


def planned(visits: Database, office: House, *, by: str = SECRETARY) -> Decision | Tried:
    command = Creation(
        office.shipped.machine("visit"), Visit(VILLAGE), OFFICE, YEAR, words={"place": "Nhà văn hóa"}
    )
    with begin(visits, command=uuid4().hex) as unit:
        answer = create(unit, command, office.case(by))
        if isinstance(answer, Decision):
            unit.commit()
    return answer


def lines_with_words(visits: Database) -> set[int]:
    """The lines of the visit that have erasable words; 0 for those of its events."""
    return {line for _office, _year, ref, line, *_ in rows_of(visits, "free_text") if ref == "V007"}


def test_its_machine_is_read_held_against_its_own_rules_and_kept(shipped: Shipped) -> None:
    machine = visit_machine().definition
    foreign = parse(
        SOURCE.replace("some_finding]", "quorum]"), path="v.yaml", vocabulary=vocabulary(ALL_PROCEDURES)
    )

    assert from_json(to_json(machine)) == machine
    assert lint_machine(machine, procedures=ALL_PROCEDURES) == ()
    assert [mistake.message.partition(";")[0] for mistake in foreign.mistakes] == [
        "events.make.guards.1: unknown guard 'quorum'"
    ]
    unknown = parse(SOURCE, path="v.yaml", vocabulary=vocabulary())
    assert (
        "unknown subject 'visit'; known: award_decision, dossier, session, task"
        in unknown.mistakes[0].message
    )


def test_it_is_made_moved_through_its_states_and_logged(visits: Database, office: House) -> None:
    made = planned(visits, office)
    assert isinstance(made, Decision)
    assert made.item.key.ref == "V007"

    unready = act(visits, office, "V007", "make", actor=SECRETARY, words={"date": "2026-01-05"})
    assert isinstance(unready, Tried)
    assert unready.refused.reasons == (Reason("some_finding"),)
    found = act(visits, office, "V007", "finding", actor=SECRETARY, words={"name": "Thiếu sổ"})
    moved = act(visits, office, "V007", "make", actor=SECRETARY, words={"date": "2026-01-05"})
    done = act(visits, office, "V007", "report", actor=CHAIR)

    assert isinstance(found, Decision)
    assert isinstance(moved, Decision)
    assert isinstance(done, Decision)
    assert moved.warnings == done.warnings == (Reason("visit_moved", {"ref": "V007"}),)
    assert [(draft.to, draft.subject, draft.text.splitlines()[0]) for draft in done.notices] == [
        (SECRETARY, "[BẢN THỬ] Kiểm tra thon-1", "V007: 1 nội dung, đã báo cáo.")
    ]
    logged = [entry for entry in records(visits) if entry.get("item") == "V007"]
    assert [(entry["event"], entry["from"], entry["to"]) for entry in logged] == [
        ("new", None, "planned"),
        ("finding", "planned", "planned"),
        ("make", "planned", "made"),
        ("report", "made", "reported"),
    ]
    assert lines_with_words(visits) == {0, 1}


def test_it_is_read_back_by_whoever_acts_and_whoever_looks(visits: Database, office: House) -> None:
    planned(visits, office)
    act(visits, office, "V007", "finding", actor=SECRETARY, words={"name": "Thiếu sổ"})
    act(visits, office, "V007", "finding", actor=SECRETARY, words={"name": "Thiếu ảnh"})
    act(visits, office, "V007", "make", actor=SECRETARY, words={"date": "2026-01-05"})
    _office, _year, ref, line = reference("diem-he/2026/v7/2", ALL_SUBJECTS)

    kept = stored(visits, ref)
    with Reading(office.url, kept=KEPT) as reading:
        seen = reading.item(key(ref))
        owned = [item.key.ref for item in reading.owned_items(OFFICE, YEAR)]

    assert (ref, line) == ("V007", 2)
    assert kept.details == Visit(VILLAGE, date(2026, 1, 5), (Finding(1), Finding(2)))
    assert kept == seen == item_at(visits, key(ref))
    assert (kept.subject, kept.state, kept.owners) == ("visit", "made", (CHAIR,))
    assert owned == ["T01", "T02", "T03", "T04", "V007"]
    with pytest.raises(BadReference):
        reference("V7")


def test_it_is_shown_by_its_reference(visits: Database, office: House) -> None:
    planned(visits, office)
    act(visits, office, "V007", "finding", actor=SECRETARY, words={"name": "Thiếu sổ"})
    facts = SubjectPage(
        record=lambda _looking, item, _told: Shown(item.key.ref, len(Visit.of(item).findings)),
        facts=lambda looking, item, _told: (("Trạng thái", looking.state(item)),),
    )
    options, environment = Options(db=office.url), {"TDKT_LANG": "vi"}

    with Looking(options, environment, kept=KEPT) as looking:
        page = item_page(looking, looking.item("v7"), {**PAGES, "visit": facts})
        record = item_record(looking, looking.item("2026/V7"), {**PAGES, "visit": facts})

    assert (page.heading, page.facts) == ("V007  Thôn 1", (("Trạng thái", "Dự kiến"),))
    assert page.next is None
    assert record == Shown("V007", 1)


def test_its_lines_come_and_go_with_their_words(visits: Database, office: House) -> None:
    planned(visits, office)
    for name in ("Thiếu sổ", "Thiếu ảnh"):
        act(visits, office, "V007", "finding", actor=SECRETARY, words={"name": name})
    before = lines_with_words(visits)

    act(visits, office, "V007", "drop", actor=SECRETARY)

    assert stored(visits, "V007").details == Visit(VILLAGE, None, (Finding(1),))
    assert before - lines_with_words(visits) == {2}


def test_it_is_explained_and_may_be_forbidden(visits: Database, office: House) -> None:
    forbidden = planned(visits, office, by=CHAIR)
    planned(visits, office)
    machine = office.shipped.machine("visit")

    asked = explain(machine, "make", facts=Facts(stored(visits, "V007")), case=office.case(SECRETARY))

    assert isinstance(forbidden, Tried)
    assert [reason.rule for reason in forbidden.refused.reasons] == ["role"]
    assert (forbidden.item.version, forbidden.item.key.ref) == (0, "V000")
    assert (asked.allowed, [reason.rule for reason in asked.reasons]) == (False, ["some_finding"])


def test_tasks_and_dossiers_beside_it_are_as_ever(visits: Database, office: House) -> None:
    planned(visits, office)
    dossier = new_dossier(visits, office)

    assert stored(visits, "T02").details.subject == "task"
    assert stored(visits, dossier.item.key.ref) == dossier.item
    assert dossier.item.key.ref == "D0001"
    assert ALL_SUBJECTS.order("V007") > ALL_SUBJECTS.order("D0001") > ALL_SUBJECTS.order("T02")
    assert Text("Chuyến kiểm tra", "Visit") == office.shipped.machine("visit").definition.label
