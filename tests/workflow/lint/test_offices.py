"""Each rule on offices and what they name finds its flaw, at its place."""

from dataclasses import replace
from datetime import date

from tests.people import CHAIR
from tests.workflow.lint.samples import (
    CALENDAR,
    DEFINITIONS,
    LABEL,
    MACHINE,
    MESSAGES,
    OFFICE,
    POLICY,
    RULES,
    TITLE,
    around,
    with_events,
)
from workflow.lint.findings import Finding
from workflow.model.definition import Account, Body, Notice, Office, Span, State, Term, UsualDays
from workflow.model.office import Membership, Publication, Seat


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


def test_a_term_of_a_machine_that_an_office_runs_unnamed_is_none_of_nothing() -> None:
    provided = MACHINE._replace(name="award_decision")
    policy = replace(POLICY, terms=(Term("a", "award_decision", LABEL, ("asked",), within=Span(3, "wd")),))
    others = (MACHINE, policy, CALENDAR, RULES, MESSAGES)

    assert around(OFFICE, provided, *others) == ()
    assert [finding.rule for finding in around(OFFICE, *others)] == ["term_of_nothing"]


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


def test_a_title_without_names_that_the_rules_lack_is_found() -> None:
    silent = OFFICE._replace(publish=Publication(days=30, unnamed=("ldtt", "zork")))

    message = "names of 'zork' are not published, no title of commune"
    assert around(silent) == (Finding("error", "unnamed_no_title", ("publish", "unnamed", "1"), message),)


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
