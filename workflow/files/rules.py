"""The shape of a `rules` file (the law in force) and the value it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workflow.files.shapes import (
    TERM_NAME,
    TEXT,
    AnyText,
    Choice,
    Days,
    Flag,
    IsoDate,
    Keyed,
    ListOf,
    Maybe,
    Name,
    Record,
    Whole,
    document,
)
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


_VOTE = Record(
    {"base": Choice(("total", "present")), "percent": Whole(), "strict": Flag(), "secret": Flag()},
    Vote,
)

_TITLE = Record(
    {
        "label": TEXT,
        "level": Choice(("commune", "province", "government")),
        "nominees": ListOf(Choice(("person", "collective", "household")), least=1, distinct=True),
        "vote": Maybe(_VOTE),
        "cite": AnyText(),
        "conf": Choice(("H", "M", "L")),
        "terms": Maybe(Keyed(Days(), key=Name(TERM_NAME))),
    },
    _title,
)

_QUORUM = Record(
    {"of": ListOf(Whole(least=1), least=2, most=2), "cite": AnyText()}, dict, rules=(_fraction_of_a_whole,)
)

RULES = document(
    "rules",
    {
        "effective_from": IsoDate(),
        "checked_on": IsoDate(),
        "review_by": Maybe(IsoDate()),
        "quorum": _QUORUM,
        "titles": Keyed(_TITLE, into="id", least=1),
        "types": Keyed(TEXT, least=1),
    },
    _pack,
)
