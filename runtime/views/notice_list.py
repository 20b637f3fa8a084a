"""The list of a dossier's nominees, or of several dossiers', as it is posted for everybody to remark on: what
stands in it, for which days, and where remarks go. Printed in Vietnamese, whatever the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from exchange.notice_list import NoticeGroup, NoticeList, NoticeRow
from runtime.office.looking import Looking
from workflow.model.dossiers import Dossier, period_of
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.facts import Item
from workflow.model.publishing import PUBLISHED_DAYS, public_name, public_unit, published_lines

KINDS = ("collective", "household", "person")
"""The order of the groups."""


class NobodyToPost(TdktError):
    """{ref} has nobody whom a public list may name; see its lines with `tdkt show {ref}`."""

    code = "nobody_to_post"


class PostedApart(UsageMistake):
    """These dossiers are published on different days; name the first day of this list with --from."""

    code = "posted_apart"


class PostedLine(NamedTuple):
    """A nominee as everybody may read it: nothing of when somebody was born or where they live. A name that
    was erased is null."""

    ref: str
    no: int
    kind: str
    name: str | None
    unit: str
    title: str


class Posted(NamedTuple):
    """What is posted from which day to the end of which, and where remarks go."""

    from_: date
    until: date
    days: int
    remarks_to: str
    lines: tuple[PostedLine, ...]


def posted(looking: Looking, items: Sequence[Item], *, since: date | None, remarks_to: str | None) -> Posted:
    """The list of these dossiers. Raises NobodyToPost, PostedApart."""
    begun = since or _published_from(items) or looking.today
    lines = tuple(line for item in items for line in _lines(looking, item))
    return Posted(
        begun,
        begun + timedelta(days=PUBLISHED_DAYS),
        PUBLISHED_DAYS,
        remarks_to or looking.directory.contact,
        lines,
    )


def _published_from(items: Sequence[Item]) -> date | None:
    """The day from which all of them are published, as far as that is recorded."""
    days = {day for item in items if (day := Dossier.of(item).published_from)}
    if len(days) > 1:
        raise PostedApart()
    return next(iter(days), None)


def _lines(looking: Looking, item: Item) -> Iterator[PostedLine]:
    dossier = Dossier.of(item)
    shown = {line.no for line in published_lines(dossier)}
    if not shown:
        raise NobodyToPost(ref=looking.ref(item.key))
    body = looking.directory.body(dossier.body)
    for line in looking.reading.lines(item.key):
        if line.nominee.no in shown:
            yield PostedLine(
                ref=looking.ref(item.key),
                no=line.nominee.no,
                kind=line.nominee.kind,
                name=public_name(line.name) if line.name else None,
                unit=public_unit(line.unit) or (body.name if body else dossier.body),
                title=line.nominee.title,
            )


# -- in words --------------------------------------------------------------------------------------------


def notice_list(looking: Looking, items: Sequence[Item], found: Posted) -> NoticeList:
    """The list as it is printed."""
    words = looking.words
    titles = list(dict.fromkeys(line.title for line in found.lines))
    one = looking.pack(items[0].rules).title(titles[0]) if len(titles) == 1 else None
    committee = looking.directory.body(looking.directory.committee)
    issuer = committee.name if committee else looking.row.title
    asked = f"posted.about_{'form' if one.form else 'title'}" if one else "posted.about"
    said = words(asked, danh_hieu=words.of(one.label)) if one else words(asked)
    days = {"tu": looking.day(found.from_), "den": looking.day(found.until)}
    return NoticeList(
        issuer=issuer_lines(issuer),
        motto=(words("list.country"), words("list.motto")),
        title=words("posted.title"),
        about=written_out(f"{said} {_period(looking, items)}".strip()),
        annex=words("posted.annex", ten=issuer, nam=found.from_.year),
        headings=(
            words("posted.no"),
            words("posted.name"),
            words("posted.unit"),
            words("column.title"),
        ),
        groups=tuple(_groups(looking, items, found.lines)),
        below=(
            words("posted.count", danh_sach=counted(looking, [line.kind for line in found.lines])),
            words("posted.days", n=found.days, **days),
            words("posted.remarks", noi=found.remarks_to),
        ),
        mark=words("marker.sandbox") if looking.row.sandbox else None,
    )


def issuer_lines(name: str) -> tuple[str, ...]:
    """`ỦY BAN NHÂN DÂN` over `XÃ ĐIỀM HE`."""
    upper = name.upper()
    for level in (" XÃ ", " PHƯỜNG ", " ĐẶC KHU "):
        first, found, rest = upper.partition(level)
        if found:
            return first, f"{level.strip()} {rest}"
    return (upper,)


def _period(looking: Looking, items: Sequence[Item]) -> str:
    """The year or school year, where all are about the same."""
    periods = {period_of(item) for item in items}
    if len(periods) > 1:
        return ""
    period = periods.pop()
    key = "posted.school_year" if "-" in period else "posted.year"
    return looking.words(key, nam=period.replace("-", " - "))


def written_out(text: str) -> str:
    """A paper writes the committee's name out (NĐ 30/2020)."""
    return text.replace("UBND", "Ủy ban nhân dân")


def _groups(looking: Looking, items: Sequence[Item], lines: Sequence[PostedLine]) -> Iterator[NoticeGroup]:
    words, pack = looking.words, items[0].rules
    kinds = [kind for kind in KINDS if any(line.kind == kind for line in lines)]
    for numeral, kind in zip(("I", "II", "III"), kinds, strict=False):
        heading = f"{numeral}. {words(f'nominee_kind.{kind}')}".upper() if len(kinds) > 1 else ""
        of_kind = (line for line in lines if line.kind == kind)
        yield NoticeGroup(
            heading,
            tuple(
                NoticeRow(
                    str(at),
                    words("text.erased") if line.name is None else line.name,
                    line.unit,
                    written_out(looking.title(line.title, pack=pack)),
                )
                for at, line in enumerate(of_kind, 1)
            ),
        )


def counted(looking: Looking, kinds: Sequence[str]) -> str:
    """`02 tập thể, 01 cá nhân`, by the kinds of lines."""
    counts = [(kind, kinds.count(kind)) for kind in KINDS]
    words = looking.words
    return ", ".join(f"{n:02} {words.inside(words(f'nominee_kind.{kind}'))}" for kind, n in counts if n)
