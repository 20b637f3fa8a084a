"""The shape of a `rules` file (the law in force) and the value it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workflow.files import shapes
from workflow.model.definition import AwardTitle, AwardType, RulePack, Text, Vote


def _fraction_of_a_whole(quorum: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    part, whole = quorum["of"]
    if part > whole:
        yield "of", f"a quorum of {part} in {whole} can never be reached"


def _title(*, vote: Vote | None = None, **fields: Any) -> AwardTitle:
    return AwardTitle(vote=vote, **fields)


def _pack(*, quorum: Mapping[str, Any], types: Mapping[str, Text], **fields: Any) -> RulePack:
    part, whole = quorum["of"]
    return RulePack(
        review_by=fields.pop("review_by", None),
        quorum=(part, whole),
        quorum_cite=quorum["cite"],
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

_TITLE = shapes.Record(
    {
        "label": shapes.TEXT,
        "level": shapes.Choice(("commune", "province", "government")),
        "nominees": shapes.ListOf(
            shapes.Choice(("person", "collective", "household")), least=1, distinct=True
        ),
        "vote": shapes.Maybe(_VOTE),
        "cite": shapes.AnyText(),
        "conf": shapes.Choice(("H", "M", "L")),
        "terms": shapes.Maybe(shapes.Keyed(shapes.Days(), key=shapes.Name(shapes.TERM_NAME))),
    },
    _title,
)

_QUORUM = shapes.Record(
    {"of": shapes.ListOf(shapes.Whole(least=1), least=2, most=2), "cite": shapes.AnyText()},
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
        "types": shapes.Keyed(shapes.TEXT, least=1),
    },
    _pack,
)
