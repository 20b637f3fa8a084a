"""The shape of a `rules` file (the law in force) and the value it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from workflow.files import shapes
from workflow.files.telling import told
from workflow.model.definition import AwardTitle, AwardType, Ground, OtherTitle, RulePack, Text, Vote, Way
from workflow.model.ways import CONFIDENCES


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
        "path": shapes.Choice(("council", "appraisal", "simplified")),
        "published": shapes.Maybe(shapes.Choice(("none", "village", "commune"))),
        "grounds": shapes.Maybe(shapes.names("ground", least=1)),
        "cite": shapes.Maybe(shapes.AnyText()),
        "conf": _CONFIDENCE,
    },
    Way,
)

_GROUND = shapes.Record({"label": shapes.TEXT, "refused": shapes.Maybe(shapes.TEXT)}, Ground)

_OTHER = shapes.Record({"label": shapes.TEXT, "refused": shapes.TEXT}, OtherTitle)

_TITLE = shapes.Record(
    {
        "label": shapes.TEXT,
        "asks": shapes.Maybe(shapes.TEXT),
        "level": shapes.Choice(("commune", "province", "government")),
        "nominees": shapes.ListOf(
            shapes.Choice(("person", "collective", "household")), least=1, distinct=True
        ),
        "vote": shapes.Maybe(_VOTE),
        "cite": shapes.AnyText(),
        "conf": _CONFIDENCE,
        "annual": shapes.Maybe(shapes.Flag()),
        "way": shapes.Maybe(_WAY),
        "ways": shapes.Maybe(shapes.Keyed(_WAY, key=shapes.Name(of=("type",)), least=1)),
        "terms": shapes.Maybe(shapes.Keyed(shapes.Days(), key=shapes.Name(shapes.TERM_NAME))),
    },
    _title,
    rules=(_way_or_ways,),
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
        "titles": shapes.Keyed(_TITLE, into="id", least=1),
        "annual_cite": shapes.Maybe(shapes.AnyText()),
        "vote_cite": shapes.Maybe(shapes.AnyText()),
        "types": shapes.Keyed(shapes.TEXT, defines="type", least=1),
        "grounds": shapes.Maybe(shapes.Keyed(_GROUND, into="id", defines="ground")),
        "other_chains": shapes.Maybe(shapes.Keyed(_OTHER, into="id")),
    },
    _pack,
)
