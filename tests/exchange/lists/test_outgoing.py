"""Which columns a list has: what the shipped rule pack's titles ask for, and what no purpose shows."""

from __future__ import annotations

import pytest

from exchange.lists.outgoing import LIST, PROVINCE, asked_columns
from tests.workflow import shipped

PERSON = ("number", "salutation", "name", "born", "position", "unit", "category")


@pytest.mark.parametrize(
    ("titles", "columns"),
    [
        (("ldtt",), (*PERSON, "rating", "months", "opinion", "remark")),
        (
            ("ldtt", "cstdcs"),
            (
                *(*PERSON, "rating", "months", "initiative", "initiative_no", "initiative_on", "opinion"),
                *("title", "remark"),
            ),
        ),
        (("ttldtt",), ("number", "name", "rating", "people", "ldtt", "disciplined", "opinion", "remark")),
        (("gdvh",), ("number", "name", "unit", "people", "score", "opinion", "remark")),
        (
            ("ttldxs",),
            (
                *("number", "name", "rating", "people", "ldtt", "cstdcs", "disciplined", "not_completed"),
                *("opinion", "earlier", "achievement", "remark"),
            ),
        ),
        (("tvh",), ("number", "name", "people", "score", "share", "remark")),
        (("gk",), (*PERSON, "achievement", "amount", "remark")),
        (
            ("cstdt",),
            (
                *(*PERSON, "rating", "initiative", "initiative_no", "initiative_on", "opinion"),
                *("earlier", "achievement", "remark"),
            ),
        ),
    ],
    ids=lambda value: "-".join(value) if len(value) < 3 else "",
)
def test_a_blank_list_asks_for_what_its_titles_are_judged_by(
    titles: tuple[str, ...], columns: tuple[str, ...]
) -> None:
    pack = shipped.rules()

    assert asked_columns(title for title in pack.titles if title.id in titles) == columns


def test_no_purpose_but_the_blank_list_has_remarks_leave_or_discipline() -> None:
    purposes = {"list": LIST, **{name: tuple(columns) for name, columns in PROVINCE.items()}}
    told = {name: {"remark", "months", "disciplined"} & {*columns} for name, columns in purposes.items()}

    assert told == {"list": set(), "all": set(), "persons": set(), "collectives": set()}
