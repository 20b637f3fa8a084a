"""The columns of lists that go out, as data: which a title asks for, and what each purpose shows at most.

What a purpose does not name here is in none of its files. The blank list alone has room for what nobody else
is told of; whoever fills it in and signs it decides what stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from workflow.model.conditions import Condition
from workflow.model.definition import AwardTitle

Name = Literal[
    "number", "salutation", "name", "born", "sex", "position", "unit", "kind", "category", "rating",
    "months", "initiative", "initiative_no", "initiative_on", "people", "ldtt", "cstdcs", "disciplined",
    "not_completed", "score", "share", "opinion", "earlier", "title", "achievement", "amount", "remark",
    "field", "division", "body", "address", "category_code", "form_code", "title_code", "code", "meaning",
    "use",
]  # fmt: skip
"""Most are named as what a line has of that name. `share` is that of cultured families in a village, `field`
a field of activity, which the province asks; what codes stand for is in a sheet beside the list."""

WIDTHS: Mapping[Name, int] = MappingProxyType(
    {
        "number": 5,
        "salutation": 6,
        "name": 20,
        "born": 11,
        "position": 12,
        "unit": 15,
        "category": 13,
        "rating": 12,
        "months": 7,
        "initiative": 20,
        "initiative_no": 12,
        "initiative_on": 11,
        "people": 6,
        "ldtt": 6,
        "cstdcs": 8,
        "disciplined": 8,
        "not_completed": 8,
        "score": 6,
        "share": 8,
        "opinion": 10,
        "earlier": 18,
        "title": 16,
        "achievement": 28,
        "amount": 12,
        "remark": 12,
    }
)
"""The columns of a list that a body sends, in their order, with their least widths in characters."""
NUMBERS: frozenset[Name] = frozenset(
    {
        *("number", "months", "people", "ldtt", "cstdcs", "disciplined", "not_completed", "score", "share"),
        "amount",
    }
)

NEVER: frozenset[Name] = frozenset({"remark", "months", "disciplined"})
"""What leaves the office in no list of its own: remarks and months of work, which tell of health and leave,
and discipline. What is not named above at all (the Party's data) is not kept of a line in the first place."""
LIST: tuple[Name, ...] = tuple(name for name in WIDTHS if name not in NEVER)
"""A dossier's list written back."""
PROVINCE: Mapping[str, Mapping[Name, int]] = MappingProxyType(
    {
        "all": {
            "number": 5,
            "salutation": 9,
            "name": 28,
            "position": 20,
            "body": 28,
            "kind": 13,
            "title": 30,
            "category": 24,
            "field": 16,
        },
        "persons": {
            "number": 5,
            "name": 26,
            "sex": 7,
            "born": 12,
            "position": 18,
            "division": 20,
            "body": 24,
            "address": 18,
            "category_code": 13,
            "form_code": 9,
            "title_code": 9,
        },
        "collectives": {"number": 5, "name": 40, "kind": 14, "form_code": 14, "title_code": 14},
    }
)
"""The province's sheets, of everybody, of persons, of collectives and households, with their columns and how
broad these are in characters."""
CODES: Mapping[Name, int] = MappingProxyType({"code": 16, "meaning": 60, "use": 26})
"""The sheet beside them that says what their codes stand for."""

OF_KIND: Mapping[str, tuple[Name, ...]] = MappingProxyType(
    {
        "person": ("salutation", "born", "position", "unit", "category"),
        "household": ("unit",),
        "collective": (),
    }
)
OF_CHECKS: Mapping[str, tuple[Name, ...]] = MappingProxyType(
    {
        "rating_at_least": ("rating",),
        "months_of_work": ("months",),
        "all_complete": ("not_completed",),
        "rated_in_a_row": ("rating", "earlier"),
        "initiative": ("initiative", "initiative_no", "initiative_on"),
        "titles_in_a_row": ("earlier",),
        "titles_held": ("earlier",),
        "score_at_least": ("score",),
        "opinion_at_least": ("opinion",),
    }
)
"""What a condition of the rule pack is judged by."""
OF_MEMBERS: Mapping[str, Name] = MappingProxyType({"ldtt": "ldtt", "cstdcs": "cstdcs"})
"""The titles whose holders a collective counts among its members."""


def asked_columns(titles: Iterable[AwardTitle]) -> tuple[Name, ...]:
    """The columns of a blank list for these titles, by what the rule pack asks of them."""
    several = tuple(titles)
    asked: set[Name] = {"number", "name", "remark"}
    for title in several:
        for kind in title.nominees:
            asked.update(_of_kind(title, kind))
    if len(several) > 1:
        asked.add("title")
    return tuple(name for name in WIDTHS if name in asked)


def _of_kind(title: AwardTitle, kind: str) -> Iterator[Name]:
    yield from OF_KIND[kind]
    for condition in title.conditions:
        if not condition.nominees or kind in condition.nominees:
            yield from _of_condition(condition, kind)
    if title.annual:
        yield from ("rating", "opinion")
    if title.form:
        yield from ("achievement", "amount")
    if title.level != "commune":
        yield from ("earlier", "achievement", "opinion")
    if any(way.published != "none" for way in title.ways.values()):
        yield from ("people", "score", "opinion") if kind == "household" else ("people", "share", "score")


def _of_condition(condition: Condition, kind: str) -> Iterator[Name]:
    yield from OF_CHECKS.get(condition.check, ())
    if condition.check in ("share_of_members", "members_with"):
        counted = OF_MEMBERS.get(condition.word("title"))
        yield from ("people", counted) if counted else ()
    if condition.check == "none_disciplined" and kind == "collective":
        yield "disciplined"
