"""What is unwise or cannot work in a deadline policy: its reminders, terms, roles and hours."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from workflow.files.reading import Where
from workflow.files.telling import told
from workflow.lint.findings import Finding
from workflow.model.definition import DeadlinePolicy
from workflow.notices.delivery import in_quiet_hours


def lint_policy(policy: DeadlinePolicy, *, roles: Collection[str]) -> tuple[Finding, ...]:
    """`roles` are all that exist; whether somebody in an office holds them is checked by `lint_office`."""
    return (
        *_reminders_not_descending(policy),
        *_rungs_not_ascending(policy),
        *_terms_in_a_circle(policy),
        *_reminder_before_its_term(policy),
        *_unknown_role(policy, roles=roles),
        *_digest_in_quiet_hours(policy),
    )


def _reminders_not_descending(policy: DeadlinePolicy) -> Iterator[Finding]:
    for number, (before, after) in enumerate(pairwise(policy.reminders), start=1):
        if after.unit == before.unit and after.days >= before.days:
            message = told(
                "reminders stand largest first, but {after} follows {before}", after=after, before=before
            )
            yield Finding("error", "reminders_not_descending", ("reminders", str(number)), message)


def _rungs_not_ascending(policy: DeadlinePolicy) -> Iterator[Finding]:
    for number, (lower, higher) in enumerate(pairwise(policy.ladder), start=1):
        if higher.unit == lower.unit and higher.after <= lower.after:
            message = told(
                "the ladder goes up in time, but {higher} follows {lower}",
                higher=higher.after,
                lower=lower.after,
            )
            yield Finding("error", "rungs_not_ascending", ("ladder", str(number), "after"), message)


def _terms_in_a_circle(policy: DeadlinePolicy) -> Iterator[Finding]:
    """Terms are computed in the file's order: a relative one must stand after what it is relative to."""
    above: set[str] = {"due"}
    for term in policy.terms:
        for name in term.relative.to if term.relative else ():
            if name not in above:
                message = told(
                    "'{id}' is relative to '{name}', which must stand above it", id=term.id, name=name
                )
                yield Finding("error", "terms_in_a_circle", ("terms", term.id, "relative"), message)
        above.add(term.id)


def _reminder_before_its_term(policy: DeadlinePolicy) -> Iterator[Finding]:
    """A reminder that lies before the term's first day would never go out."""
    for term in policy.terms:
        for number, span in enumerate(term.reminders):
            if term.within and span.unit == term.within.unit and span.days >= term.within.days:
                message = told(
                    "'{id}' lasts {within}: a reminder {span} before its end never goes out",
                    id=term.id,
                    within=term.within,
                    span=span,
                )
                where = ("terms", term.id, "reminders", str(number))
                yield Finding("warning", "reminder_before_its_term", where, message)


def _unknown_role(policy: DeadlinePolicy, *, roles: Collection[str]) -> Iterator[Finding]:
    for where, role in _addressed(policy):
        if role not in roles:
            yield Finding("error", "unknown_role", where, told("there is no role '{role}'", role=role))


def _addressed(policy: DeadlinePolicy) -> Iterator[tuple[Where, str]]:
    for number, rung in enumerate(policy.ladder):
        for place, role in enumerate(rung.to):
            yield ("ladder", str(number), "to", str(place)), role
    for place, role in enumerate(policy.chair_must_act):
        yield ("chair_must_act", str(place)), role
    for place, role in enumerate(policy.digest.weekly_for):
        yield ("digest", "weekly_for", str(place)), role


def _digest_in_quiet_hours(policy: DeadlinePolicy) -> Iterator[Finding]:
    """A digest set within the quiet hours would go out later than the file says."""
    quiet = policy.quiet
    for name, at in (("daily", policy.digest.daily), ("weekly", policy.digest.weekly)):
        if in_quiet_hours(at, quiet):
            hours = f"{quiet.start:%H:%M}-{quiet.end:%H:%M}"
            message = told(
                "{at} lies in the quiet hours {hours}, so the digest would wait for their end",
                at=f"{at:%H:%M}",
                hours=hours,
            )
            yield Finding("error", "digest_in_quiet_hours", ("digest", name), message)
