"""The titles and forms of commendation of the rule pack in force: how each goes, by which vote and text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from runtime.office.looking import Looking
from workflow.model.definition import AwardTitle, Vote
from workflow.model.naming import labelled, meant
from workflow.model.text import Text
from workflow.model.ways import Way, vote_text, way_text


class WayRecord(NamedTuple):
    """How a title goes for a type of commendation, None of a title that has no types. `grounds` are those on
    which it may go by the simplified procedure."""

    type: str | None
    path: str
    published: str
    grounds: tuple[str, ...]
    cite: str | None


class TitleRecord(NamedTuple):
    """A title for scripts; `level` is whose decision it is, `nominees` are the kinds that it is given to."""

    title: str
    label: Text
    level: str
    nominees: tuple[str, ...]
    annual: bool
    vote: Vote | None
    ways: tuple[WayRecord, ...]
    asks: Text | None
    cite: str


def titles_of(looking: Looking, *, type: str | None = None) -> tuple[AwardTitle, ...]:
    """The pack's titles in its order, or the forms that are given for a type. Raises UnknownName."""
    rules = looking.rules
    if type is None:
        return rules.titles
    known = meant("type", type, labelled(rules.types))
    return tuple(title for title in rules.titles if title.form and title.way(known))


def title_record(title: AwardTitle) -> TitleRecord:
    return TitleRecord(
        title=title.id,
        label=title.label,
        level=title.level,
        nominees=title.nominees,
        annual=title.annual,
        vote=title.vote,
        ways=tuple(_way_record(type, way) for type, way in title.ways.items()),
        asks=title.asks,
        cite=title.cite,
    )


def _way_record(type: str, way: Way) -> WayRecord:
    return WayRecord(type or None, way.path, way.published, way.grounds, way.cite)


def title_cells(looking: Looking, title: AwardTitle) -> tuple[str, ...]:
    """A title in words: its id, its name, to whom it is given, who decides it."""
    words = looking.words
    kinds = ", ".join(words.inside(words(f"nominee_kind.{kind}")) for kind in title.nominees)
    return title.id, words.of(title.label), kinds, words(f"authority.{title.level}")


def title_lines(looking: Looking, title: AwardTitle) -> Iterator[str]:
    """What stands below it in full: how it goes, by type where it has types, its vote, what it asks, and
    its text."""
    rules, words = looking.rules, looking.words
    for id, way in title.ways.items():
        said = words.of(way_text(way, rules))
        yield f"{id}: {said}" if id else said
    yield words.of(vote_text(title.vote))
    if title.asks:
        yield words.of(title.asks)
    yield title.cite
