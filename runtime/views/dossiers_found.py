"""Dossiers as people look for them: narrowed, and by the beginnings of words that a list says of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.fields import Option
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item, Key
from workflow.model.subjects import DOSSIER
from workflow.model.wording import fold

WORD = re.compile(r"\w+")


class Wanted(NamedTuple):
    """What is looked for; empty words narrow nothing. `task` is its reference with its year."""

    state: str = ""
    body: str = ""
    task: str = ""
    title: str = ""
    words: str = ""


class DossiersFound(NamedTuple):
    """The dossiers that are wanted, and what all of them could be narrowed to."""

    items: tuple[Item, ...]
    states: tuple[Option, ...]
    bodies: tuple[Option, ...]
    tasks: tuple[Option, ...]
    titles: tuple[Option, ...]


def dossiers_found(looking: Looking, wanted: Wanted, *, seen: Callable[[Item], bool]) -> DossiersFound:
    """Of the dossiers that are `seen` by whoever asks: the year's, and those open of earlier years."""
    every = [item for item in looking.reading.dossiers(*looking.span, nominees=True) if seen(item)]
    content = {task.key: looking.content(task) for task in looking.reading.tasks(*looking.span)}
    sought = WORD.findall(fold(wanted.words))
    return DossiersFound(
        tuple(item for item in every if _is_wanted(looking, item, wanted, content, sought)),
        _states(looking, every),
        _options(((Dossier.of(item).body for item in every)), looking.body),
        _tasks(looking, every, content),
        _options((title for item in every for title in Dossier.of(item).titles), looking.title),
    )


def _is_wanted(
    looking: Looking, item: Item, wanted: Wanted, content: Mapping[Key, str], sought: Sequence[str]
) -> bool:
    dossier = Dossier.of(item)
    narrowed = (
        wanted.state in ("", item.state)
        and wanted.body in ("", dossier.body)
        and (not wanted.title or wanted.title in dossier.titles)
        and wanted.task in ("", _task_of(item).in_year)
    )
    if not narrowed or not sought:
        return narrowed
    said = (looking.ref(item.key), looking.content(item), content.get(_task_of(item), ""), item.parent or "")
    among = WORD.findall(fold(" ".join(said)))
    return all(any(each.startswith(word) for each in among) for word in sought)


def _task_of(item: Item) -> Key:
    return item.key._replace(ref=item.parent or "")


def _states(looking: Looking, items: Iterable[Item]) -> tuple[Option, ...]:
    """In the order in which a dossier passes them."""
    there = {item.state for item in items}
    machine = looking.newest(DOSSIER.id)
    states = machine.states if machine else ()
    return tuple(Option(each.id, looking.words.of(each.label)) for each in states if each.id in there)


def _tasks(looking: Looking, items: Iterable[Item], content: Mapping[Key, str]) -> tuple[Option, ...]:
    keys = sorted({_task_of(item) for item in items if item.parent})
    return tuple(Option(key.in_year, f"{looking.ref(key)} {content.get(key, '')}".strip()) for key in keys)


def _options(ids: Iterable[str], label: Callable[[str], str]) -> tuple[Option, ...]:
    found = (Option(id, label(id)) for id in dict.fromkeys(ids))
    return tuple(sorted(found, key=lambda option: fold(option.label)))
