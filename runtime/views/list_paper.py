"""What all lists of nominees have in common as papers: head, headings, end; in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from exchange.lists.list_sheet import Cell, ListColumn, ListGroup, ListSheet
from exchange.lists.outgoing import NUMBERS, WIDTHS, Name
from runtime.office.looking import Looking, local_time
from workflow.model.definition import AwardTitle
from workflow.model.office import Body

KINDS = ("collective", "household", "person")
"""In the order in which lists group them."""
ROMAN = ("I", "II", "III")

Grouped = Mapping[str, Sequence[tuple[Cell, ...]]]
"""The rows of each kind that a list has, in the order of `KINDS`."""


def list_paper(
    looking: Looking,
    body: Body | None,
    asked: Sequence[AwardTitle],
    *,
    period: str,
    columns: Iterable[ListColumn],
    grouped: Grouped,
    counted: Mapping[str, str],
    headed: bool,
    enclosed: str = "",
) -> ListSheet:
    """The list of a body, of an unnamed one with room for its name; `period` is like *năm 2026*. Groups are
    `headed` by their kinds; `counted` says of each kind how many there are. `enclosed` says with which paper
    it comes, else there is room for that."""
    words = looking.words
    return ListSheet(
        name=words("list.name"),
        mark=words("marker.sandbox") if looking.row.sandbox else None,
        issuer=(
            words("list.issuer", ten_xa=looking.row.title).upper(),
            body.name.upper() if body else words("list.issuer_blank"),
        ),
        country=(words("list.country"), words("list.motto")),
        dated=words("list.dated", ten_xa=looking.row.title),
        titles=(words("list.title"), _subject(looking, asked, period)),
        enclosed=enclosed or words("list.enclosed"),
        columns=tuple(columns),
        groups=tuple(
            ListGroup(tuple(rows), f"{number}. {words(f'list.group.{kind}')}" if headed else "")
            for number, (kind, rows) in zip(ROMAN, grouped.items(), strict=False)
        ),
        statement=words("list.statement", danh_sach=", ".join(counted.values())),
        signing=_signing(looking, body),
        signed=words("sheet.signed"),
        lookup=words("list.lookup"),
        page=words("chase.page"),
        made=local_time(looking.now, looking.zone).replace(tzinfo=None),
    )


def _subject(looking: Looking, asked: Sequence[AwardTitle], period: str) -> str:
    """What is proposed; one title is named, from which lines without a title of their own have theirs."""
    words = looking.words
    if len(asked) != 1:
        return words("list.subject", ky=period)
    key = "list.subject_form" if asked[0].form else "list.subject_title"
    return words(key, danh_hieu=asked[0].label.vi, ky=period)


def _signing(looking: Looking, body: Body | None) -> tuple[str, str]:
    kind = body.kind if body else "other"
    return _said(looking, "list.signs.left", kind), _said(looking, "list.signs.right", kind)


def _said(looking: Looking, key: str, kind: str) -> str:
    """The words of a kind, where it has its own."""
    own = f"{key}_{kind}"
    return looking.words(own if looking.words.has(own) else key)


def list_column(
    looking: Looking,
    name: Name,
    asked: Sequence[AwardTitle],
    kinds: Sequence[str],
    choices: tuple[str, ...] = (),
    *,
    years: bool = False,
) -> ListColumn:
    """The heading says whom a column names or counts by the kind of nominees, where it is one; of births that
    they are `years` alone."""
    kind = kinds[0] if len(kinds) == 1 else "several"
    if kind == "collective" and not any(title.annual or title.form for title in asked):
        kind = "village"
    heading = _said(looking, f"list.column.{name}", "year" if years and name == "born" else kind)
    return ListColumn(heading, WIDTHS[name], name in NUMBERS, choices)
