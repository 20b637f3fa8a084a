"""The shape of a deadline `policy` file and the value it becomes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from workflow.files import shapes
from workflow.files.telling import told
from workflow.model.days import WEEKDAYS
from workflow.model.definition import (
    TERM_CONDITIONS,
    TERM_DAYS,
    TERM_SINCE,
    DeadlinePolicy,
    Digest,
    Quiet,
    Relative,
    Rung,
    Span,
    Term,
    UsualDays,
)
from workflow.model.ways import CONFIDENCES

OWN_DATE = "due"
"""What a relative term names where it means the task's own date."""

TERM_ENDS = ("within", "on", "fixed", "quarter_end", "month_end", "relative", "by_rule")
"""The keys of which a term has exactly one: it says when the term ends."""


def _rung(*, after: Span, **fields: Any) -> Rung:
    return Rung(after=after.days, unit=after.unit, **fields)


_RUNG = shapes.Record(
    {"after": shapes.Days(bare="wd"), "level": shapes.Name(), "to": shapes.names("role", least=1)}, _rung
)


def _before_or_after(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if ("before" in given) == ("after" in given):
        yield "to", told("say either 'before' or 'after'")


def _one_end(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    said = [kind for kind in TERM_ENDS if given.get(kind)]
    if len(said) != 1:
        yield (
            "of",
            told(
                "a term has exactly one of: {names}; here are {given}",
                names=", ".join(TERM_ENDS),
                given=", ".join(said) or told("none"),
            ),
        )
    if given.get("month_end", 1) > 12:
        yield "month_end", told("there is no month {month}", month=given["month_end"])
    if "since" in given and not {"within", "by_rule"} & set(said):
        yield "since", told("only a span of days counts from somewhere: leave 'since' out")


_RELATIVE = shapes.Record(
    {
        "to": shapes.ListOf(shapes.Name(of=("term",), also=(OWN_DATE,)), least=1, distinct=True),
        "before": shapes.Maybe(shapes.Days()),
        "after": shapes.Maybe(shapes.Days()),
    },
    dict,
    rules=(_before_or_after,),
)


def _term(given: dict[str, Any]) -> Term:
    relative = given.pop("relative", None)
    quarter, month = given.pop("quarter_end", None), given.pop("month_end", None)
    given.pop("by_rule", None)
    if relative is not None:
        side: Literal["before", "after"] = "before" if "before" in relative else "after"
        relative = Relative(relative["to"], side, relative[side])
    return Term(relative=relative, quarter=quarter, month=month, **given)


_TERM = shapes.Record(
    {
        "of": shapes.Name(shapes.SLUG),
        "label": shapes.TEXT,
        "runs": shapes.ListOf(shapes.Name(), least=1, distinct=True),
        "pauses": shapes.Maybe(shapes.ListOf(shapes.Name(), distinct=True)),
        "resume": shapes.Maybe(shapes.Choice(("rest", "anew"))),
        "when": shapes.Maybe(shapes.ListOf(shapes.Choice(TERM_CONDITIONS), distinct=True)),
        "within": shapes.Maybe(shapes.Days()),
        "since": shapes.Maybe(shapes.Choice(TERM_SINCE)),
        "on": shapes.Maybe(shapes.Choice(TERM_DAYS)),
        "fixed": shapes.Maybe(shapes.DayOfYear()),
        "quarter_end": shapes.Maybe(shapes.Choice(("I", "II", "III", "IV"))),
        "month_end": shapes.Maybe(shapes.Whole(least=1)),
        "relative": shapes.Maybe(_RELATIVE),
        "by_rule": shapes.Maybe(shapes.Flag()),
        "reminders": shapes.Maybe(shapes.ListOf(shapes.Days(bare="cd"))),
        "ladder": shapes.Maybe(shapes.Flag()),
        "conf": shapes.Maybe(shapes.Choice(CONFIDENCES)),
        "cite": shapes.Maybe(shapes.AnyText()),
    },
    dict,
    rules=(_one_end,),
)


def _days_in_order(days: UsualDays) -> Iterator[tuple[str, str]]:
    if days.first > days.last:
        yield "last", told("the last usual day is before the first")


_USUAL = shapes.Record(
    {
        "kind": shapes.Name(),
        "quarter": shapes.Choice(("I", "II", "III", "IV")),
        "first": shapes.DayOfYear(),
        "last": shapes.DayOfYear(),
        "source": shapes.AnyText(),
        "conf": shapes.Maybe(shapes.Choice(CONFIDENCES)),
    },
    UsualDays,
    rules=(_days_in_order,),
)


def _usual_once(policy: DeadlinePolicy) -> Iterator[tuple[str, str]]:
    said = [(days.kind, days.quarter) for days in policy.usual]
    for kind, quarter in {place for place in said if said.count(place) > 1}:
        yield (
            "usual",
            told("'{kind}' of quarter {quarter} has usual days more than once", kind=kind, quarter=quarter),
        )


def _levels_known(policy: DeadlinePolicy) -> Iterator[tuple[str, str]]:
    levels = [rung.level for rung in policy.ladder]
    if policy.cap_unconfirmed is not None and policy.cap_unconfirmed not in levels:
        yield (
            "cap_unconfirmed",
            told(
                "no rung has the level '{level}'; there are: {names}",
                level=policy.cap_unconfirmed,
                names=", ".join(levels),
            ),
        )


def _policy(*, terms: tuple[dict[str, Any], ...] = (), **fields: Any) -> DeadlinePolicy:
    return DeadlinePolicy(terms=tuple(_term(dict(given)) for given in terms), **fields)


_QUIET = shapes.Record(
    {
        "start": shapes.Maybe(shapes.Clock()),
        "end": shapes.Maybe(shapes.Clock()),
        "days_off": shapes.Maybe(shapes.Flag()),
    },
    Quiet,
)

_DIGEST = shapes.Record(
    {
        "daily": shapes.Maybe(shapes.Clock()),
        "weekday": shapes.Maybe(shapes.Choice(WEEKDAYS)),
        "weekly": shapes.Maybe(shapes.Clock()),
        "weekly_for": shapes.Maybe(shapes.names("role")),
    },
    Digest,
)

POLICY = shapes.document(
    "policy",
    {
        "fire_at": shapes.Clock(),
        "reminders": shapes.ListOf(shapes.Days(bare="cd")),
        "ladder": shapes.ListOf(_RUNG),
        "chair_must_act": shapes.names("role"),
        "quiet": shapes.Maybe(_QUIET),
        "digest": shapes.Maybe(_DIGEST),
        "repeat": shapes.Maybe(shapes.Days(bare="wd")),
        "cap_unconfirmed": shapes.Maybe(shapes.Name()),
        "terms": shapes.Maybe(
            shapes.Keyed(_TERM, key=shapes.Name(shapes.TERM_NAME), into="id", defines="term")
        ),
        "usual": shapes.Maybe(shapes.ListOf(_USUAL)),
    },
    _policy,
    rules=(_levels_known, _usual_once),
)
