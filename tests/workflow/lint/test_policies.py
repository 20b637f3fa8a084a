"""Each rule on deadline policies finds its flaw, at its place."""

from dataclasses import replace
from datetime import time

from tests.workflow.lint.samples import LABEL, POLICY, ROLES
from workflow.lint.findings import Finding
from workflow.lint.policies import lint_policy
from workflow.model.definition import Digest, Quiet, Relative, Rung, Span, Term


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
