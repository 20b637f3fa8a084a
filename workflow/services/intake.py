"""A list that a body sends becomes a dossier, or brings its draft to what the list says now.

What the list says no more is taken out of the draft, what it says otherwise is edited, what is new is added:
each an event of its own. Where nothing differs nothing is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workflow.engine.case import Case
from workflow.engine.machine import RunnableMachine
from workflow.engine.ports import Unit
from workflow.model.decision import Decision, Reason
from workflow.model.definition import RulePack
from workflow.model.dossiers import ENDED_WITHOUT, LINE_WORDS, WITH_BODY, Dossier, period_of
from workflow.model.facts import Item, Key
from workflow.model.wording import as_name
from workflow.services.advance import Advance, Tried, advance
from workflow.services.dossiers import NewDossier, open_dossier
from workflow.services.listing import Typed, add_lines

ENOUGH_IN_COMMON = 0.5
"""Which part of the nominees a list must share with a draft to be the same list, corrected: a body may send
two lists for one task."""


@dataclass(frozen=True, slots=True)
class ListedDossier:
    """What a list asks to be in one dossier: its lines with all inputs of `add`, kind and title among them.

    `among` are the task's dossiers as they were looked up before any lock, one of which it may be; without
    any it is a dossier of its own.
    """

    task: Key
    body: str
    title: str
    period: str
    lines: tuple[Typed, ...]
    type: str | None = None
    ground: str | None = None
    among: tuple[Key, ...] = ()


class Changes(NamedTuple):
    """What a list changes of a dossier: indexes of its lines that are added, numbers of lines that are edited
    with what they say then, and numbers of those that are taken out."""

    added: tuple[int, ...] = ()
    edited: tuple[tuple[int, Typed], ...] = ()
    removed: tuple[int, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.added or self.edited or self.removed)


class Listed(NamedTuple):
    """A dossier as a list has left it: `before` is how it stood, None of a new one."""

    item: Item
    before: Item | None
    changes: Changes
    warnings: tuple[Reason, ...] = ()
    confirmed: tuple[Reason, ...] = ()


def put_dossier(
    unit: Unit, asked: ListedDossier, case: Case, *, machine: RunnableMachine, confirmed: bool = False
) -> Listed | Tried:
    """Makes the dossier of the list, or changes its draft. One that was handed in with these very lines stays
    as it is. Raises as `open_dossier` and `add_lines` do."""
    standing = _standing(unit, asked, case)
    if standing is not None:
        return _brought(unit, asked, standing, case, confirmed=confirmed)
    command = NewDossier(asked.task, asked.body, asked.title, asked.type, asked.ground, asked.period)
    made = open_dossier(unit, command, case, machine=machine)
    if isinstance(made, Tried):
        return made
    changes = Changes(tuple(range(len(asked.lines))))
    return _changed(unit, asked, changes, (made,), made.item, case, confirmed=confirmed)


def _brought(unit: Unit, asked: ListedDossier, item: Item, case: Case, *, confirmed: bool) -> Listed | Tried:
    changes = changes_of(_lines_of(unit, item), asked.lines)
    if not changes.any:
        return Listed(item, item, changes)
    return _changed(unit, asked, changes, (), item, case, confirmed=confirmed)


def _changed(
    unit: Unit,
    asked: ListedDossier,
    changes: Changes,
    made: tuple[Decision, ...],
    item: Item,
    case: Case,
    *,
    confirmed: bool,
) -> Listed | Tried:
    """The dossier after its changes; `made` is what made it, where it is new."""
    done = [*made]
    for answer in _acts(unit, asked, changes, item.key, case, confirmed=confirmed):
        if isinstance(answer, Tried):
            return answer
        done.append(answer)
    return Listed(
        done[-1].item,
        None if made else item,
        changes,
        tuple(reason for each in done for reason in each.warnings),
        tuple(reason for each in done for reason in each.confirmed),
    )


def _acts(
    unit: Unit, asked: ListedDossier, changes: Changes, key: Key, case: Case, *, confirmed: bool
) -> Iterator[Decision | Tried]:
    """What came of each change, which is done when it is asked for: what was refused ends the asking."""
    for no in changes.removed:
        yield advance(unit, Advance(key, "remove", {"nominee": str(no)}), case)
    for no, words in changes.edited:
        yield advance(unit, Advance(key, "edit", {"nominee": str(no), **words}, confirmed=confirmed), case)
    if changes.added:
        yield add_lines(unit, key, [asked.lines[at] for at in changes.added], case, confirmed=confirmed)


# -- which dossier it is ---------------------------------------------------------------------------------


def _standing(unit: Unit, asked: ListedDossier, case: Case) -> Item | None:
    """The body's draft for the same task, period and way with mostly these nominees; else a dossier with
    these very lines."""
    # Dossiers are locked before their task, as by every act on one of them.
    locked = [unit.lock(key) for key in sorted(asked.among)]
    found = [
        item
        for item in locked
        if item is not None and item.state not in ENDED_WITHOUT and _is_meant(item, asked, case)
    ]
    drafts = [(_in_common(_lines_of(unit, item), asked), item) for item in found if item.state in WITH_BODY]
    alike, draft = max(drafts, key=lambda each: each[0], default=(0.0, None))
    if alike >= ENOUGH_IN_COMMON:
        return draft
    return next((item for item in found if not changes_of(_lines_of(unit, item), asked.lines).any), None)


def _in_common(standing: Mapping[int, Typed], asked: ListedDossier) -> float:
    """Which part of the shorter list's nominees stand in the longer one too."""
    old, new = (
        {as_name(line.get("name", "")) for line in lines} for lines in (standing.values(), asked.lines)
    )
    return len(old & new) / min(len(old), len(new)) if old and new else 1.0


def _is_meant(item: Item, asked: ListedDossier, case: Case) -> bool:
    dossier, rules = Dossier.of(item), case.setting.of(item).rules
    if (dossier.body, period_of(item)) != (asked.body, asked.period):
        return False
    titles = {line.get("title", asked.title) for line in asked.lines}
    return way_together(rules, dossier.titles[0], dossier.type) in {
        way_together(rules, title, asked.type or "") for title in titles
    }


def way_together(rules: RulePack, title: str, type: str, ground: str | None = None) -> tuple[Hashable, ...]:
    """What the lines of one dossier have in common: the level that decides, the path, who publishes."""
    found, way = rules.title(title), rules.way(title, type, ground)
    return (found.level if found else None, way.path if way else None, way.published if way else None)


# -- what differs ----------------------------------------------------------------------------------------


def _lines_of(unit: Unit, item: Item) -> Mapping[int, Typed]:
    """The dossier's lines as they would be typed, by number."""
    words: dict[int, dict[str, str]] = defaultdict(dict)
    for word in unit.words(item.key):
        if word.field in LINE_WORDS:
            words[word.line][word.field] = word.value
    return {
        line.no: {"kind": line.kind, "title": line.title, **words[line.no], **line.facts.typed}
        for line in Dossier.of(item).nominees
        if not line.came_to_nothing
    }


def changes_of(standing: Mapping[int, Typed], listed: Sequence[Typed]) -> Changes:
    """What brings the lines to what is listed. A line is the same one by all that is said, else by its name
    and title; of what is left, lines of one title and kind are taken in their order, as names are corrected.
    What no line of the list says, it has no column for: that stays.
    """
    columns = {"kind", "title", *(name for line in listed for name in line)}
    old = {no: {name: line[name] for name in line if name in columns} for no, line in standing.items()}
    new = dict(enumerate(listed))
    edited: list[tuple[int, Typed]] = []
    removed: list[int] = []
    added: list[int] = []
    for sameness in (_whole, _by_name, _by_title):
        for no, at in _pairs(old, new, sameness):
            was, now = old.pop(no), new.pop(at)
            if was.keys() <= now.keys():
                changed = {name: now[name] for name in now if was.get(name) != now[name]}
                edited += [(no, changed)] if changed else []
            else:  # no event empties a field of a line
                removed.append(no)
                added.append(at)
    return Changes(tuple(sorted((*added, *new))), tuple(sorted(edited)), tuple(sorted((*removed, *old))))


def _pairs(
    old: Mapping[int, Typed], new: Mapping[int, Typed], sameness: Callable[[Typed], Hashable]
) -> Iterable[tuple[int, int]]:
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for no, line in old.items():
        waiting[sameness(line)].append(no)
    found = []
    for at, line in new.items():
        same = waiting.get(sameness(line))
        if same:
            found.append((same.pop(0), at))
    return found


def _whole(line: Typed) -> Hashable:
    return frozenset(line.items())


def _by_name(line: Typed) -> Hashable:
    return (line["kind"], line["title"], as_name(line.get("name", "")))


def _by_title(line: Typed) -> Hashable:
    return (line["kind"], line["title"])
