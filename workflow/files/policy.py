"""The shape of a deadline `policy` file and the value it becomes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from workflow.files.shapes import (
    SLUG,
    TERM_NAME,
    TEXT,
    Choice,
    Clock,
    DayOfYear,
    Days,
    Flag,
    Keyed,
    ListOf,
    Maybe,
    Name,
    Record,
    Whole,
    document,
    names,
)
from workflow.model.definition import (
    TERM_CONDITIONS,
    TERM_SINCE,
    DeadlinePolicy,
    Digest,
    Quiet,
    Relative,
    Rung,
    Span,
    Term,
)

OWN_DATE = "due"
"""What a relative term names where it means the task's own date."""

TERM_ENDS = ("within", "fixed", "quarter_end", "month_end", "relative", "by_rule")
"""The keys of which a term has exactly one: it says when the term ends."""


def _rung(*, after: Span, **fields: Any) -> Rung:
    return Rung(after=after.days, unit=after.unit, **fields)


_RUNG = Record({"after": Days(bare="wd"), "level": Name(), "to": names("role", least=1)}, _rung)


def _before_or_after(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if ("before" in given) == ("after" in given):
        yield "to", "say either 'before' or 'after'"


def _one_end(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    said = [kind for kind in TERM_ENDS if given.get(kind)]
    if len(said) != 1:
        yield "of", f"a term has exactly one of: {', '.join(TERM_ENDS)}; here are {', '.join(said) or 'none'}"
    if given.get("month_end", 1) > 12:
        yield "month_end", f"there is no month {given['month_end']}"
    if "since" in given and not {"within", "by_rule"} & set(said):
        yield "since", "only a span of days counts from somewhere: leave 'since' out"


_RELATIVE = Record(
    {
        "to": ListOf(Name(of=("term",), also=(OWN_DATE,)), least=1, distinct=True),
        "before": Maybe(Days()),
        "after": Maybe(Days()),
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


_TERM = Record(
    {
        "of": Name(SLUG),
        "label": TEXT,
        "runs": ListOf(Name(), least=1, distinct=True),
        "pauses": Maybe(ListOf(Name(), distinct=True)),
        "resume": Maybe(Choice(("rest", "anew"))),
        "when": Maybe(ListOf(Choice(TERM_CONDITIONS), distinct=True)),
        "within": Maybe(Days()),
        "since": Maybe(Choice(TERM_SINCE)),
        "fixed": Maybe(DayOfYear()),
        "quarter_end": Maybe(Choice(("I", "II", "III", "IV"))),
        "month_end": Maybe(Whole(least=1)),
        "relative": Maybe(_RELATIVE),
        "by_rule": Maybe(Flag()),
        "reminders": Maybe(ListOf(Days(bare="cd"))),
        "ladder": Maybe(Flag()),
    },
    dict,
    rules=(_one_end,),
)


def _levels_known(policy: DeadlinePolicy) -> Iterator[tuple[str, str]]:
    levels = [rung.level for rung in policy.ladder]
    if policy.cap_unconfirmed is not None and policy.cap_unconfirmed not in levels:
        yield (
            "cap_unconfirmed",
            f"no rung has the level '{policy.cap_unconfirmed}'; there are: {', '.join(levels)}",
        )


def _policy(*, terms: tuple[dict[str, Any], ...] = (), **fields: Any) -> DeadlinePolicy:
    return DeadlinePolicy(terms=tuple(_term(dict(given)) for given in terms), **fields)


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_QUIET = Record({"start": Maybe(Clock()), "end": Maybe(Clock()), "days_off": Maybe(Flag())}, Quiet)

_DIGEST = Record(
    {
        "daily": Maybe(Clock()),
        "weekday": Maybe(Choice(WEEKDAYS)),
        "weekly": Maybe(Clock()),
        "weekly_for": Maybe(names("role")),
    },
    Digest,
)

POLICY = document(
    "policy",
    {
        "fire_at": Clock(),
        "reminders": ListOf(Days(bare="cd")),
        "ladder": ListOf(_RUNG),
        "chair_must_act": names("role"),
        "quiet": Maybe(_QUIET),
        "digest": Maybe(_DIGEST),
        "repeat": Maybe(Days(bare="wd")),
        "cap_unconfirmed": Maybe(Name()),
        "terms": Maybe(Keyed(_TERM, key=Name(TERM_NAME), into="id", defines="term")),
    },
    _policy,
    rules=(_levels_known,),
)
