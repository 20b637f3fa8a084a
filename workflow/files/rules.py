"""The shape of a `rules` file (the law in force) and the value it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from workflow.files import shapes
from workflow.files.telling import told
from workflow.model.conditions import CHECKS, RATINGS, SCOPES
from workflow.model.definition import (
    Asking,
    AwardTitle,
    AwardType,
    BaseSalary,
    Condition,
    Favourable,
    Ground,
    OneTitle,
    OtherTitle,
    Pay,
    RulePack,
    Text,
    Vote,
    Way,
)
from workflow.model.paper_kinds import MAKERS, PaperKind, PaperUse
from workflow.model.ways import CONFIDENCES, PATHS


def _fraction_of_a_whole(quorum: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    part, whole = quorum["of"]
    if part > whole:
        yield "of", told("a quorum of {part} in {whole} can never be reached", part=part, whole=whole)


def _way_or_ways(title: AwardTitle) -> Iterator[tuple[str, str]]:
    if "" in title.ways and len(title.ways) > 1:
        yield "way", told("a title has one 'way', a form of commendation has 'ways' by type")


def _title(
    *,
    vote: Vote | None = None,
    way: Way | None = None,
    ways: Mapping[str, Way] = MappingProxyType({}),
    **fields: Any,
) -> AwardTitle:
    own = {"": way} if way else {}
    return AwardTitle(vote=vote, ways=MappingProxyType({**own, **ways}), **fields)


def _condition(*, check: Mapping[str, Any], **fields: Any) -> Condition:
    """The condition of its one check; several at once are none of the closed set, which the rule refuses."""
    params: Mapping[str, Any] | Text = next(iter(check.values()), {})
    label = params if isinstance(params, Text) else None
    named = {} if isinstance(params, Text) else dict(params)
    return Condition(check=" ".join(check), params=MappingProxyType(named), label=label, **fields)


def _one_check(condition: Condition) -> Iterator[tuple[str, str]]:
    if condition.check not in CHECKS:
        yield "check", told("one check is wanted, one of: {names}", names=", ".join(CHECKS))


def _pack(*, quorum: Mapping[str, Any], types: Mapping[str, Text], **fields: Any) -> RulePack:
    part, whole = quorum["of"]
    return RulePack(
        review_by=fields.pop("review_by", None),
        quorum=(part, whole),
        quorum_cite=quorum["cite"],
        quorum_conf=quorum.get("conf", "M"),
        types=tuple(AwardType(id=id, label=label) for id, label in types.items()),
        **fields,
    )


_VOTE = shapes.Record(
    {
        "base": shapes.Choice(("total", "present")),
        "percent": shapes.Whole(),
        "strict": shapes.Flag(),
        "secret": shapes.Flag(),
    },
    Vote,
)

_CONFIDENCE = shapes.Choice(CONFIDENCES)

_WAY = shapes.Record(
    {
        "path": shapes.Choice(PATHS),
        "published": shapes.Maybe(shapes.Choice(("none", "village", "commune"))),
        "grounds": shapes.Maybe(shapes.names("ground", least=1)),
        "cite": shapes.Maybe(shapes.AnyText()),
        "conf": _CONFIDENCE,
    },
    Way,
)

_ASKING = shapes.Record(
    {
        "pauses": shapes.ListOf(shapes.Name(shapes.TERM_NAME), distinct=True),
        "cite": shapes.AnyText(),
        "conf": _CONFIDENCE,
    },
    Asking,
)

_GROUND = shapes.Record({"label": shapes.TEXT, "refused": shapes.Maybe(shapes.TEXT)}, Ground)

_OTHER = shapes.Record({"label": shapes.TEXT, "refused": shapes.TEXT}, OtherTitle)

_NUMBER = shapes.Whole(least=1)

_TITLE_NAME = shapes.Name(of=("title",))

_RATING = shapes.Choice(RATINGS)

_NOMINEES = shapes.ListOf(shapes.Choice(("person", "collective", "household")), least=1, distinct=True)


def _check(**params: shapes.Shape | shapes.Maybe) -> shapes.Maybe:
    return shapes.Maybe(shapes.Record(params, dict))


CHECK = shapes.Record(
    {
        "rating_at_least": _check(rating=_RATING),
        "rated_in_a_row": _check(
            rating=_RATING,
            years=_NUMBER,
            titles=shapes.Maybe(shapes.names("title", least=1)),
            initiatives=shapes.Maybe(shapes.Flag()),
        ),
        "initiative": _check(
            scope=shapes.Choice(SCOPES), number=shapes.Maybe(_NUMBER), years=shapes.Maybe(_NUMBER)
        ),
        "title_same_period": _check(title=_TITLE_NAME),
        "titles_in_a_row": _check(title=_TITLE_NAME, times=_NUMBER),
        "titles_held": _check(title=_TITLE_NAME, times=shapes.Maybe(_NUMBER), years=shapes.Maybe(_NUMBER)),
        "share_of_members": _check(title=_TITLE_NAME, percent=_NUMBER),
        "members_with": _check(title=_TITLE_NAME, number=_NUMBER),
        "all_complete": _check(),
        "months_of_work": _check(months=_NUMBER),
        "score_at_least": _check(score=_NUMBER),
        "opinion_at_least": _check(percent=_NUMBER),
        "cap": _check(title=_TITLE_NAME, of=_TITLE_NAME, percent=_NUMBER),
        "none_disciplined": _check(),
        "not_under_procedure": _check(),
        "not_awarded_for_same": _check(),
        "declared": shapes.Maybe(shapes.TEXT),
        "asked": shapes.Maybe(shapes.TEXT),
    },
    dict,
)
"""The closed set of checks, each with its parameters."""

_CONDITION = shapes.Record(
    {
        "check": CHECK,
        "cite": shapes.AnyText(),
        "conf": _CONFIDENCE,
        "types": shapes.Maybe(shapes.names("type", least=1)),
        "nominees": shapes.Maybe(_NOMINEES),
        "override": shapes.Maybe(shapes.Flag()),
        "checked_on": shapes.Maybe(shapes.IsoDate()),
        "review_by": shapes.Maybe(shapes.IsoDate()),
    },
    _condition,
    rules=(_one_check,),
)

_FAVOURABLE = shapes.Record({"cite": shapes.AnyText(), "conf": _CONFIDENCE}, Favourable)

_ONE_TITLE = shapes.Record({"cite": shapes.AnyText(), "conf": _CONFIDENCE}, OneTitle)

_BASE_SALARY = shapes.Record(
    {
        "since": shapes.IsoDate(),
        "amount": _NUMBER,
        "cite": shapes.AnyText(),
        "conf": _CONFIDENCE,
    },
    BaseSalary,
)

_PAY = shapes.Record(
    {
        "k": shapes.Decimal(),
        "nominees": shapes.Maybe(_NOMINEES),
        "types": shapes.Maybe(shapes.names("type", least=1)),
        "cite": shapes.AnyText(),
        "conf": _CONFIDENCE,
    },
    Pay,
)

_TITLE = shapes.Record(
    {
        "label": shapes.TEXT,
        "short": shapes.Maybe(shapes.AnyText()),
        "asks": shapes.Maybe(shapes.TEXT),
        "level": shapes.Choice(("commune", "province", "government")),
        "nominees": _NOMINEES,
        "vote": shapes.Maybe(_VOTE),
        "cite": shapes.AnyText(),
        "conf": _CONFIDENCE,
        "annual": shapes.Maybe(shapes.Flag()),
        "way": shapes.Maybe(_WAY),
        "ways": shapes.Maybe(shapes.Keyed(_WAY, key=shapes.Name(of=("type",)), least=1)),
        "terms": shapes.Maybe(shapes.Keyed(shapes.Days(), key=shapes.Name(shapes.TERM_NAME))),
        "conditions": shapes.Maybe(shapes.ListOf(_CONDITION, least=1)),
        "asking": shapes.Maybe(_ASKING),
        "pays": shapes.Maybe(shapes.ListOf(_PAY, least=1)),
        "certificate": shapes.Maybe(shapes.TEXT),
    },
    _title,
    rules=(_way_or_ways,),
)

_PAPER_USE = shapes.Record(
    {
        "titles": shapes.names("title", least=1),
        "types": shapes.Maybe(shapes.names("type", least=1)),
        "path": shapes.Maybe(shapes.Choice(PATHS)),
        "made_by": shapes.Choice(MAKERS),
        "form": shapes.Maybe(shapes.AnyText()),
        "needed": shapes.Maybe(shapes.Flag()),
        "cite": shapes.Maybe(shapes.AnyText()),
        "conf": _CONFIDENCE,
    },
    PaperUse,
)

_PAPER = shapes.Record(
    {"label": shapes.TEXT, "of": shapes.Maybe(shapes.ListOf(_PAPER_USE, least=1))}, PaperKind
)

_QUORUM = shapes.Record(
    {
        "of": shapes.ListOf(shapes.Whole(least=1), least=2, most=2),
        "cite": shapes.AnyText(),
        "conf": shapes.Maybe(_CONFIDENCE),
    },
    dict,
    rules=(_fraction_of_a_whole,),
)

RULES = shapes.document(
    "rules",
    {
        "effective_from": shapes.IsoDate(),
        "checked_on": shapes.IsoDate(),
        "review_by": shapes.Maybe(shapes.IsoDate()),
        "quorum": _QUORUM,
        "titles": shapes.Keyed(_TITLE, into="id", defines="title", least=1),
        "annual_cite": shapes.Maybe(shapes.AnyText()),
        "vote_cite": shapes.Maybe(shapes.AnyText()),
        "asking": shapes.Maybe(_ASKING),
        "base_salary": shapes.Maybe(shapes.ListOf(_BASE_SALARY, least=1)),
        "one_title_paid": shapes.Maybe(_ONE_TITLE),
        "types": shapes.Keyed(shapes.TEXT, defines="type", least=1),
        "grounds": shapes.Maybe(shapes.Keyed(_GROUND, into="id", defines="ground")),
        "more_favourable": shapes.Maybe(_FAVOURABLE),
        "other_chains": shapes.Maybe(shapes.Keyed(_OTHER, into="id")),
        "papers": shapes.Maybe(shapes.Keyed(_PAPER, into="id")),
    },
    _pack,
)
