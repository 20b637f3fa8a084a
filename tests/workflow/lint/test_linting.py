"""Each rule of the linter finds its flaw, at its place, and nothing in what is shipped."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time

import pytest

from tests.people import CHAIR
from tests.workflow.documents import SHIPPED
from tests.workflow.shipped import machine
from workflow.files.parsing import parse
from workflow.lint.calendars import lint_calendar
from workflow.lint.catalogues import lint_messages
from workflow.lint.findings import Finding
from workflow.lint.linting import lint
from workflow.lint.machines import lint_machine
from workflow.lint.offices import lint_office
from workflow.lint.policies import lint_policy
from workflow.lint.registries import roles_of_relations
from workflow.lint.rule_packs import lint_rules
from workflow.model import roles
from workflow.model.definition import (
    Account,
    AwardTitle,
    Body,
    CalendarYear,
    Call,
    Catalogue,
    DeadlinePolicy,
    Definition,
    Digest,
    Event,
    Ground,
    Input,
    Machine,
    Notice,
    Office,
    OtherTitle,
    Quiet,
    Relative,
    RulePack,
    Rung,
    Span,
    State,
    TaskKind,
    Term,
    Text,
    Transition,
    UsualDays,
    Vote,
    Way,
)
from workflow.model.office import Membership, Seat

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


def test_definitions_without_flaws_have_no_findings() -> None:
    findings = [finding for definition in DEFINITIONS for finding in lint(definition, roles=ROLES)]

    assert findings == []
    assert around(OFFICE) == ()


def test_the_shipped_definitions_have_no_findings() -> None:
    parsed = [parse(path.read_text(encoding="utf-8"), path=str(path)) for path in SHIPPED]
    definitions = [file.definition for file in parsed if file.definition is not None]
    offices = [definition for definition in definitions if isinstance(definition, Office)]

    alone = [finding for definition in definitions for finding in lint(definition, roles=roles.ROLES)]
    together = [
        finding
        for office in offices
        for finding in lint_office(office, definitions=definitions, relations=roles_of_relations())
    ]

    assert len(offices) == 1
    assert alone == []
    assert together == []


def test_a_state_that_no_event_reaches_is_found() -> None:
    machine = MACHINE._replace(states=(*MACHINE.states, state("lost", open=False)))

    assert lint_machine(machine) == (
        Finding(
            "error", "unreachable_state", ("states", "lost"), "no event leads from 'asked' to state 'lost'"
        ),
    )


def test_a_state_in_which_an_event_creates_items_is_reached() -> None:
    receive = event("receive", move("none", "received"))
    onward = (event("pass_on", move("received", "seen")), event("settle", move("received", "granted")))
    machine = MACHINE._replace(
        states=(*MACHINE.states, state("received")), events=(*MACHINE.events, receive, *onward)
    )

    assert lint_machine(machine) == ()


def test_an_open_state_with_no_way_to_a_closed_one_is_a_trap() -> None:
    stuck = event("park", move("seen", "parked"))
    machine = MACHINE._replace(states=(*MACHINE.states, state("parked")), events=(*MACHINE.events, stuck))

    assert lint_machine(machine) == (
        Finding(
            "error", "trap", ("states", "parked"), "from the open state 'parked' no way leads to a closed one"
        ),
    )


def test_a_state_with_no_way_but_straight_on_is_found() -> None:
    machine = with_events(event("see", move("asked", "seen")), event("grant", move("seen", "granted")))

    message = "from 'seen' the only way is on to 'granted': no return, no way out"
    assert lint_machine(machine) == (Finding("warning", "missing_way_back", ("states", "seen"), message),)


def test_a_second_way_out_is_as_good_as_a_way_back() -> None:
    machine = with_events(
        event("see", move("asked", "seen")),
        event("grant", move("seen", "granted")),
        event("withdraw", move("seen", "withdrawn")),
    )._replace(
        states=(*MACHINE.states, state("withdrawn", open=False)),
    )

    assert lint_machine(machine) == ()


def test_an_event_that_keeps_the_state_is_no_way_out() -> None:
    stay = event("remark", Transition(("seen",), None), move("asked", "asked"))
    machine = with_events(event("see", move("asked", "seen")), event("grant", move("seen", "granted")), stay)

    assert [finding.rule for finding in lint_machine(machine)] == ["missing_way_back"]


def test_an_open_state_needs_an_owner_and_an_owner_something_to_do() -> None:
    states = (State("asked", LABEL), State("seen", LABEL, owner="officer"), state("granted", open=False))

    assert lint_machine(MACHINE._replace(states=states)) == (
        Finding(
            "error",
            "state_without_owner",
            ("states", "asked"),
            "nobody must act in the open state 'asked': it needs an 'owner'",
        ),
        Finding(
            "warning",
            "owner_without_todo",
            ("states", "seen"),
            "notices cannot say what the owner of 'seen' is to do: it needs a 'todo'",
        ),
    )


def test_every_label_that_is_empty_in_one_language_is_found() -> None:
    asked = state("asked")._replace(label=EMPTY, label_by_kind={"short": EMPTY})
    see = MACHINE.events[0]._replace(label=EMPTY, past=EMPTY, inputs=(Input("on", "date", EMPTY),))
    machine = MACHINE._replace(
        label=EMPTY,
        kinds=(TaskKind("short", EMPTY, "none"),),
        states=(asked, *MACHINE.states[1:]),
        events=(see, *MACHINE.events[1:]),
    )

    findings = lint_machine(machine)

    assert {(finding.severity, finding.rule) for finding in findings} == {("error", "without_label")}
    assert [finding.where for finding in findings] == [
        ("label",),
        ("kinds", "short", "label"),
        ("states", "asked", "label"),
        ("states", "asked", "label_by_kind", "short"),
        ("events", "see", "label"),
        ("events", "see", "past"),
        ("events", "see", "inputs", "on", "label"),
    ]


LONG, SHORT = (Call("is_long"),), (Call("is_short"),)


@pytest.mark.parametrize(
    ("first", "second", "hidden"),
    [((), (), True), ((), LONG, True), (LONG, LONG, True), (LONG, SHORT, False), (LONG, (), False)],
)
def test_a_transition_hidden_by_an_earlier_one_is_found(
    first: tuple[Call, ...], second: tuple[Call, ...], hidden: bool
) -> None:
    see = event("see", move("asked", "seen", when=first), move("seen", "asked", "granted", when=second))
    machine = with_events(see, *MACHINE.events[1:])

    see_other = event("see", move("asked", "seen", when=first), move("asked", "granted", when=second))
    finding = Finding(
        "error",
        "overlapping_transitions",
        ("events", "see", "transitions", "1"),
        "'see' from asked: an earlier transition is always taken",
    )
    assert lint_machine(machine) == ((finding,) if hidden else ())
    assert lint_machine(with_events(see_other, *MACHINE.events[1:])) == ((finding,) if hidden else ())


def test_transitions_from_different_states_do_not_overlap() -> None:
    see = event("see", move("asked", "seen"), move("seen", "granted"))

    assert lint_machine(with_events(see, *MACHINE.events[1:])) == ()


def test_a_deadline_that_no_event_ends_is_found() -> None:
    machine = with_events(event("see", move("asked", "seen")), event("return", move("seen", "asked")))

    assert [(finding.rule, finding.where) for finding in lint_machine(machine)] == [
        ("unreachable_state", ("states", "granted")),
        ("trap", ("states", "asked")),
        ("trap", ("states", "seen")),
        ("endless_deadline", ("initial",)),
    ]


@pytest.mark.parametrize(
    ("after", "circle"),
    [
        ({}, []),
        ({"b": ("a",), "c": ("a", "b")}, []),
        ({"a": ("a",)}, ["a"]),
        ({"a": ("b",), "b": ("a",), "c": ("a",)}, ["a", "b"]),
        ({"a": ("b",), "b": ("c",), "c": ("a",)}, ["a", "b", "c"]),
    ],
)
def test_kinds_that_come_after_themselves_are_found(
    after: dict[str, tuple[str, ...]], circle: list[str]
) -> None:
    kinds = tuple(TaskKind(id, LABEL, "any", after=after.get(id, ())) for id in ("a", "b", "c"))

    assert lint_machine(MACHINE._replace(kinds=kinds)) == tuple(
        Finding(
            "error",
            "kinds_in_circle",
            ("kinds", id, "after"),
            f"'{id}' comes after itself: 'after' goes in a circle",
        )
        for id in circle
    )


MISSING = Input("missing", "text", LABEL)


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ((MISSING,), True),
        ((), False),
        ((MISSING._replace(required=False),), False),
        ((MISSING._replace(when=(Call("is_short"),)),), False),
    ],
)
def test_a_notice_of_an_input_that_may_be_missing_is_found(inputs: tuple[Input, ...], told: bool) -> None:
    back = MACHINE.events[1]._replace(inputs=inputs, notices=("not_awarded", "returned"))
    machine = with_events(MACHINE.events[0], back, MACHINE.events[2])._replace(subject="dossier")

    finding = Finding(
        "error",
        "notice_that_cannot_be_told",
        ("events", "return", "notices", "1"),
        "the notice 'returned' says missing, which 'return' need not be given",
    )
    assert lint_machine(machine) == (() if told else (finding,))


def test_a_tasks_event_has_no_nominating_body_to_tell() -> None:
    machine = with_events(*MACHINE.events[:2], MACHINE.events[2]._replace(notices=("received",)))

    assert lint_machine(machine) == (
        Finding(
            "error",
            "notice_that_cannot_be_told",
            ("events", "grant", "notices", "0"),
            "the notice 'received' is none that a task causes",
        ),
    )


def test_a_notice_with_a_value_that_nobody_gives_is_found() -> None:
    notice = Notice("Hồ sơ {ref} {so_den}", "Ngày {ngay_den}, số {so_den|chưa có}, hạn {han}, hạn {han}")
    asked = MESSAGES._replace(notices={"received": notice, "reminder": notice})

    assert lint_messages(asked) == (
        Finding(
            "error",
            "value_nobody_gives",
            ("notices", "received", "subject"),
            "nobody gives {so_den}: write {so_den|what is said without it}",
        ),
        Finding(
            "error",
            "value_nobody_gives",
            ("notices", "received", "text"),
            "nobody gives {han}: write {han|what is said without it}",
        ),
    )
    assert lint(asked, roles=ROLES) == lint_messages(asked)


@pytest.mark.parametrize("kind", ["chase", "chase_late"])
def test_a_chase_with_a_value_that_nobody_gives_is_found(kind: str) -> None:
    notice = Notice("Hạn {han}, quá {tre} ngày", "Thực hiện {ten_huong_dan}: {don_vi}, {giay_to}")

    assert lint_messages(MESSAGES._replace(notices={kind: notice})) == (
        Finding(
            "error",
            "value_nobody_gives",
            ("notices", kind, "text"),
            "nobody gives {giay_to}: write {giay_to|what is said without it}",
        ),
    )


def test_a_notice_that_the_offices_catalogue_has_no_words_for_is_found() -> None:
    machine = with_events(*MACHINE.events[:2], MACHINE.events[2]._replace(notices=("received",)))
    wordy = MESSAGES._replace(notices={"received": Notice("Đã nhận {ref}", "Đã nhận.")})

    assert around(OFFICE, machine, POLICY, CALENDAR, RULES, MESSAGES) == (
        Finding(
            "error",
            "notice_without_words",
            ("messages",),
            "leave sends the notice 'received', for which tdkt has no text",
        ),
    )
    assert around(OFFICE, machine, POLICY, CALENDAR, RULES, wordy) == ()


def test_a_policy_out_of_order_or_with_an_unknown_role_is_found() -> None:
    ladder = (Rung(5, "head", ("head", "king")), Rung(5, "chair", ("chair",)))
    policy = replace(
        POLICY, reminders=(Span(7, "cd"), Span(30, "cd")), ladder=ladder, chair_must_act=("queen",)
    )

    assert lint_policy(policy, roles=ROLES) == (
        Finding(
            "error",
            "reminders_not_descending",
            ("reminders", "1"),
            "reminders stand largest first, but 30 cd follows 7 cd",
        ),
        Finding(
            "error",
            "rungs_not_ascending",
            ("ladder", "1", "after"),
            "the ladder goes up in time, but 5 follows 5",
        ),
        Finding("error", "unknown_role", ("ladder", "0", "to", "1"), "there is no role 'king'"),
        Finding("error", "unknown_role", ("chair_must_act", "0"), "there is no role 'queen'"),
    )


def test_a_term_that_cannot_run_as_it_is_meant_is_found() -> None:
    circle = Term("a", "leave", LABEL, ("asked",), relative=Relative(("b",), "before", Span(1, "wd")))
    short = Term("b", "leave", LABEL, ("asked",), within=Span(3, "wd"), reminders=(Span(3, "wd"),))

    assert lint_policy(replace(POLICY, terms=(circle, short)), roles=ROLES) == (
        Finding(
            "error",
            "terms_in_a_circle",
            ("terms", "a", "relative"),
            "'a' is relative to 'b', which must stand above it",
        ),
        Finding(
            "warning",
            "reminder_before_its_term",
            ("terms", "b", "reminders", "0"),
            "'b' lasts 3 wd: a reminder 3 wd before its end never goes out",
        ),
    )


def test_usual_days_of_a_kind_that_no_machine_has_are_found() -> None:
    lost = UsualDays("lost", "I", (1, 5), (1, 15), "Thông lệ")

    found = around(OFFICE, MACHINE, replace(POLICY, usual=(lost,)), CALENDAR, RULES, MESSAGES)

    assert [(finding.severity, finding.rule, finding.message) for finding in found] == [
        (
            "warning",
            "usual_days_of_nothing",
            "deadlines/1: usual days of 'lost', no kind of the office's machines",
        )
    ]


def test_a_term_of_no_machine_or_state_and_a_rule_of_no_term_are_found() -> None:
    terms = (
        Term("a", "travel", LABEL, ("asked",), within=Span(3, "wd")),
        Term("b", "leave", LABEL, ("asked", "lost"), within=Span(3, "wd")),
    )
    title = replace(TITLE, terms={"c": Span(5, "wd")})

    found = around(
        OFFICE, MACHINE, replace(POLICY, terms=terms), CALENDAR, replace(RULES, titles=(title,)), MESSAGES
    )

    assert [(finding.rule, finding.message) for finding in found] == [
        ("term_of_nothing", "deadlines/1: term a is of 'travel', which the office does not run"),
        ("term_of_nothing", "deadlines/1: term b names 'lost', no state of leave"),
        ("rule_of_no_term", "commune: ldtt gives a length to 'c', no term of deadlines/1"),
    ]


def test_a_digest_in_the_quiet_hours_or_for_an_unknown_role_is_found() -> None:
    digest = Digest(daily=time(6, 59), weekly=time(18), weekly_for=("chair", "king"))

    assert lint_policy(replace(POLICY, digest=digest), roles=ROLES) == (
        Finding("error", "unknown_role", ("digest", "weekly_for", "1"), "there is no role 'king'"),
        Finding(
            "error",
            "digest_in_quiet_hours",
            ("digest", "daily"),
            "06:59 lies in the quiet hours 18:00-07:00, so the digest would wait for their end",
        ),
        Finding(
            "error",
            "digest_in_quiet_hours",
            ("digest", "weekly"),
            "18:00 lies in the quiet hours 18:00-07:00, so the digest would wait for their end",
        ),
    )
    assert lint_policy(replace(POLICY, quiet=Quiet(time(0), time(0))), roles=ROLES) == ()


def test_days_that_cannot_be_off_or_worked_are_found() -> None:
    monday, saturday, elsewhere = date(2026, 3, 2), date(2026, 3, 7), date(2027, 1, 1)
    calendar = replace(CALENDAR, days_off={saturday: "x", elsewhere: "x"}, work_days={monday: "x"})

    assert lint_calendar(calendar) == (
        Finding("error", "day_outside_year", ("days_off", "2027-01-01"), "2027-01-01 is no day of 2026"),
        Finding(
            "warning",
            "day_off_on_weekend",
            ("days_off", "2026-03-07"),
            "2026-03-07 is a weekend, off by itself",
        ),
        Finding(
            "error",
            "work_day_not_on_weekend",
            ("work_days", "2026-03-02"),
            "2026-03-02 is no weekend, so it cannot be worked to make up for a day off",
        ),
    )


def test_a_day_both_off_and_worked_is_found() -> None:
    day = date(2026, 1, 10)

    findings = lint_calendar(replace(CALENDAR, days_off={day: "x"}))

    assert [(finding.rule, finding.where) for finding in findings] == [
        ("day_off_and_worked", ("work_days", "2026-01-10")),
        ("day_off_on_weekend", ("days_off", "2026-01-10")),
    ]


@pytest.mark.parametrize(
    ("percent", "strict", "messages"),
    [
        (1, False, []),
        (100, False, []),
        (99, True, []),
        (0, False, ["'ldtt': 0 % is out of range, 1 to 100"]),
        (101, False, ["'ldtt': 101 % is out of range, 1 to 100"]),
        (100, True, ["'ldtt': more than 100 % can never be reached"]),
    ],
)
def test_a_vote_that_cannot_be_is_found(percent: int, strict: bool, messages: list[str]) -> None:
    title = replace(TITLE, vote=Vote("total", percent, strict=strict, secret=True))

    assert lint_rules(replace(RULES, titles=(title, replace(TITLE, id="gk", vote=None)))) == tuple(
        Finding("error", "vote_out_of_range", ("titles", "ldtt", "vote", "percent"), message)
        for message in messages
    )


GROUNDS = (Ground("dot_xuat", LABEL), Ground("bi_mat", LABEL, refused=LABEL))


@pytest.mark.parametrize(
    ("fields", "way", "message"),
    [
        ({"vote": None}, Way("council"), "goes to the council, which has no 'vote' on it"),
        ({}, Way("simplified"), "goes by the simplified path, which needs 'grounds' to rest on"),
        (
            {},
            Way("appraisal", grounds=("dot_xuat",)),
            "is appraised without the council: 'grounds' shorten no way of its own",
        ),
        (
            {"level": "province"},
            Way("council", published="commune"),
            "is published by the level that decides it, not here",
        ),
        (
            {},
            Way("appraisal", published="commune"),
            "is published by the commune after the council, through which it does not go",
        ),
        ({}, Way("council", grounds=("bi_mat",)), "rests on 'bi_mat', on which no dossier is entered"),
        ({}, Way("council", grounds=("khac",)), "rests on 'khac', on which no dossier is entered"),
    ],
)
def test_a_way_that_cannot_be_gone_is_found(fields: Mapping[str, object], way: Way, message: str) -> None:
    title = replace(TITLE, ways={"": way}, **fields)  # type: ignore[arg-type]

    assert lint_rules(replace(RULES, titles=(title,), grounds=GROUNDS)) == (
        Finding("error", "way_that_cannot_be_gone", ("titles", "ldtt", "way"), f"'ldtt' {message}"),
    )


def test_ways_that_can_be_gone_are_no_findings() -> None:
    ways = {
        "cong_trang": Way("council", published="commune"),
        "dot_xuat": Way("simplified", grounds=("dot_xuat",)),
    }
    title = replace(TITLE, ways=ways)

    assert lint_rules(replace(RULES, titles=(title,), grounds=GROUNDS)) == ()


def test_a_title_that_another_chain_gives_as_well_is_found() -> None:
    elsewhere = replace(RULES, other_chains=(OtherTitle("ldtt", LABEL, LABEL),))

    message = "'ldtt' is one of the titles and of another chain"
    assert lint_rules(elsewhere) == (
        Finding("error", "given_and_given_elsewhere", ("other_chains", "ldtt"), message),
    )


def test_a_definition_that_an_office_names_and_that_is_not_there_is_found() -> None:
    wanting = OFFICE._replace(calendars=("vn-2026", "vn-2027"))

    findings = around(wanting, MACHINE, POLICY, CALENDAR, RULES, MESSAGES._replace(name="deadlines"))

    assert findings == (
        Finding(
            "error",
            "names_nothing",
            ("calendars", "1"),
            "calendars: there is no definition 'vn-2027' of this kind",
        ),
        Finding(
            "error", "names_nothing", ("messages",), "messages: there is no definition 'tdkt' of this kind"
        ),
    )


def test_a_relation_that_no_account_can_fill_is_found_once_a_machine() -> None:
    office = OFFICE._replace(accounts=(Account("a", LABEL, ("chair", "head")),))

    message = "leave has nobody as 'officer': no account of the office is officer or secretary"
    assert around(office) == (Finding("error", "role_nobody_holds", ("accounts",), message),)


def test_another_role_of_the_relation_is_enough() -> None:
    office = OFFICE._replace(accounts=(Account("a", LABEL, ("chair", "head", "secretary")),))

    assert around(office) == ()


def test_machines_that_the_office_does_not_name_ask_nothing_of_it() -> None:
    other = MACHINE._replace(name="other", states=(State("asked", LABEL, owner="auditor", todo="x"),))

    assert around(OFFICE, *DEFINITIONS, other) == ()


def test_a_rung_that_informs_nobody_is_found() -> None:
    office = OFFICE._replace(accounts=(Account("a", LABEL, ("officer", "head")),))

    message = "deadlines: level chair informs nobody, no account is chair"
    office = office._replace(agrees=("head",))
    assert around(office) == (Finding("warning", "rung_reaches_nobody", ("accounts",), message),)


def test_an_office_in_which_nobody_can_agree_to_changed_rights_is_found() -> None:
    office = OFFICE._replace(agrees=("administrator", "auditor"))

    message = "no account of the office is administrator or auditor, so nobody can agree to changed rights"
    assert around(office) == (Finding("error", "nobody_agrees", ("accounts",), message),)


def test_a_group_without_members_is_found_unless_it_is_outside_the_office() -> None:
    inside = Body("cac-thon", "Các thôn", "Các thôn", group=True)
    outside = Body("cum", "Cụm", "Cụm", group=True, external=True)

    assert around(OFFICE._replace(bodies=(*OFFICE.bodies, inside, outside))) == (
        Finding(
            "warning",
            "group_without_members",
            ("bodies", "cac-thon"),
            "the group 'cac-thon' stands for no body: it needs 'members' or 'external: true'",
        ),
    )


def villages(*bodies: Body) -> Office:
    """The office with these bodies, and a group of the first two."""
    members = tuple(body.id for body in bodies[:2])
    group = Body("cac-thon", "Các thôn", "Các thôn", group=True, members=members)
    return OFFICE._replace(bodies=(*OFFICE.bodies, *bodies, group))


ENDED = Body("a", "Thôn A", "A", nominates=True, valid_to=date(2026, 6, 30), succeeded_by="b")
HEIR = Body("b", "Thôn B", "B", nominates=True, valid_from=date(2026, 7, 1))


def test_a_body_that_another_follows_at_once_is_no_finding() -> None:
    assert around(villages(ENDED, HEIR)) == ()


def test_bodies_that_follow_each_other_in_a_circle_are_found() -> None:
    circle = HEIR._replace(valid_to=date(2026, 12, 31), succeeded_by="a")

    found = around(villages(ENDED, circle))

    assert [(each.rule, each.where) for each in found] == [
        ("succession_in_a_circle", ("bodies", "a", "succeeded_by")),
        ("succession_in_a_circle", ("bodies", "b", "succeeded_by")),
    ]


def test_a_gap_between_a_body_and_its_successor_is_found() -> None:
    later = HEIR._replace(valid_from=date(2026, 7, 2))

    message = "'a' ends on 2026-06-30, but 'b' begins on 2026-07-02: nobody speaks for it between them"
    assert around(villages(ENDED, later)) == (
        Finding("warning", "successor_begins_later", ("bodies", "a", "succeeded_by"), message),
    )


def test_a_successor_outside_the_group_is_found() -> None:
    message = "'b' comes after 'a' but is no member of 'cac-thon'"
    assert around(villages(ENDED, Body("c", "Thôn C", "C"), HEIR)) == (
        Finding("warning", "successor_outside_the_group", ("bodies", "cac-thon"), message),
    )


def test_a_title_that_a_body_is_asked_for_and_the_rules_lack_is_found() -> None:
    asked = HEIR._replace(asked_for=("ldtt", "zork"))

    message = "'b' is asked for 'zork', no title of commune"
    assert around(villages(ENDED, asked)) == (
        Finding("error", "asked_for_no_title", ("bodies", "b", "asked_for", "1"), message),
    )


def test_a_seat_without_the_role_and_the_role_without_a_seat_are_found() -> None:
    accounts = (*OFFICE.accounts, Account("uy-vien", LABEL, ("council_member",)))
    seated = OFFICE._replace(accounts=accounts, membership=Membership(members=(Seat(CHAIR),)))

    assert around(seated) == (
        Finding(
            "error",
            "seat_without_role",
            ("membership", "members", CHAIR),
            f"'{CHAIR}' sits in the council but has no role council_member",
        ),
        Finding(
            "warning",
            "role_without_seat",
            ("accounts", "uy-vien"),
            "'uy-vien' has the role council_member but no seat: it counts as no member",
        ),
    )


def test_one_spelling_of_two_bodies_is_found() -> None:
    other = Body("xa", "Xã", "Xã", spellings=("ủy  BAN",))

    assert around(OFFICE._replace(bodies=(*OFFICE.bodies, other))) == (
        Finding("error", "one_spelling_two_bodies", ("bodies", "xa"), "'ủy  BAN' may mean 'ubnd' or 'xa'"),
    )


def test_an_event_that_undoes_nothing_is_an_error() -> None:
    task = machine("plan_task").definition
    events = tuple(
        event._replace(undoes=("nothing", "approve")) if event.id == "recall" else event
        for event in task.events
    )

    found = [
        finding.message
        for finding in lint_machine(task._replace(events=events))
        if finding.rule == "undoes_nothing" and finding.where[1] == "recall"
    ]

    assert found == [
        "nothing is undone: there is no event 'nothing'",
        "nothing is undone: 'recall' is not possible where 'approve' leads",
    ]
