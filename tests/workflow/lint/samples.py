"""Definitions without flaws, of which the tests of the linter spoil one part at a time."""

from datetime import date, time

from tests.people import CHAIR
from workflow.lint.findings import Finding
from workflow.lint.offices import lint_office
from workflow.model.definition import (
    Account,
    AwardTitle,
    Body,
    CalendarYear,
    Call,
    Catalogue,
    DeadlinePolicy,
    Definition,
    Event,
    Machine,
    Office,
    RulePack,
    Rung,
    Span,
    State,
    Text,
    Transition,
    Vote,
)

ROLES = ("head", "officer", "chair", "vice_chair")

LABEL = Text("Nhãn", "Label")
EMPTY = Text("Nhãn", " ")


def state(id: str, *, open: bool = True) -> State:
    if not open:
        return State(id, LABEL, open=False)
    return State(id, LABEL, owner="officer", todo="làm")


def event(id: str, *transitions: Transition) -> Event:
    return Event(id, LABEL, LABEL, ("officer",), transitions)


def move(*path: str, when: tuple[Call, ...] = ()) -> Transition:
    """From all but the last to the last."""
    return Transition(path[:-1], path[-1], when)


MACHINE = Machine(
    name="leave",
    version=1,
    subject="task",
    label=LABEL,
    initial="asked",
    states=(state("asked"), state("seen"), state("granted", open=False)),
    events=(
        event("see", move("asked", "seen")),
        event("return", move("seen", "asked")),
        event("grant", move("seen", "granted")),
    ),
)

POLICY = DeadlinePolicy(
    "deadlines",
    1,
    time(8),
    (Span(30, "cd"), Span(7, "cd")),
    (Rung(1, "head", ("head",)), Rung(5, "chair", ("chair",))),
    ("officer",),
)

CALENDAR = CalendarYear(
    "vn-2026", 1, 2026, {date(2026, 1, 1): "Tết Dương lịch"}, {date(2026, 1, 10): "Làm bù"}, "Thông báo"
)

TITLE = AwardTitle(
    "ldtt", LABEL, "commune", ("person",), Vote("present", 50, strict=True, secret=False), "Luật", "H"
)
RULES = RulePack("commune", 1, date(2026, 1, 1), date(2026, 1, 1), None, (2, 3), "Quy chế", (TITLE,), ())
MESSAGES = Catalogue("tdkt", 1, {}, {})

OFFICE = Office(
    name="mau",
    version=1,
    title="Mẫu",
    province="Lạng Sơn",
    zone="Asia/Ho_Chi_Minh",
    contact="Phòng",
    committee="ubnd",
    council="ubnd",
    division="ubnd",
    bodies=(Body("ubnd", "Ủy ban", "UBND"), Body("thon", "Thôn", "Thôn")),
    accounts=(
        Account(CHAIR, LABEL, ("chair",)),
        Account("truong-phong", LABEL, ("head", "officer")),
    ),
    calendars=("vn-2026",),
    policy="deadlines",
    rules="commune",
    messages="tdkt",
    machines=("leave",),
)
DEFINITIONS: tuple[Definition, ...] = (MACHINE, POLICY, CALENDAR, RULES, MESSAGES)
RELATIONS = {"officer": ("officer", "secretary")}


def around(office: Office, *definitions: Definition) -> tuple[Finding, ...]:
    return lint_office(office, definitions=definitions or DEFINITIONS, relations=RELATIONS)


def with_events(*events: Event) -> Machine:
    return MACHINE._replace(events=events)
