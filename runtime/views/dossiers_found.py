"""Dossiers as people look for them: narrowed, and by the beginnings of words that a list says of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.fields import Option
from storage.values import DossierOutline
from workflow.model.facts import Key
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

    keys: tuple[Key, ...]
    states: tuple[Option, ...]
    bodies: tuple[Option, ...]
    tasks: tuple[Option, ...]
    titles: tuple[Option, ...]


def dossiers_found(looking: Looking, wanted: Wanted, *, seen: Callable[[str], bool]) -> DossiersFound:
    """Of the dossiers of the bodies whose are `seen` by whoever asks: the year's, and those open of earlier
    years."""
    every = [each for each in looking.reading.dossier_outlines(*looking.span) if seen(each.body)]
    content = {task.key: looking.content(task) for task in looking.reading.tasks(*looking.span)}
    sought = WORD.findall(fold(wanted.words))
    return DossiersFound(
        tuple(each.key for each in every if _is_wanted(looking, each, wanted, content, sought)),
        _states(looking, every),
        _options((each.body for each in every), looking.body),
        _tasks(looking, every, content),
        _options((title for each in every for title in each.titles), looking.title),
    )


def _is_wanted(
    looking: Looking,
    each: DossierOutline,
    wanted: Wanted,
    content: Mapping[Key, str],
    sought: Sequence[str],
) -> bool:
    narrowed = (
        wanted.state in ("", each.state)
        and wanted.body in ("", each.body)
        and (not wanted.title or wanted.title in each.titles)
        and (not wanted.task or wanted.task == _task_of(each).in_year)
    )
    if not narrowed or not sought:
        return narrowed
    about = looking.body(each.body), looking.titles(each.titles, pack=each.rules)
    said = (looking.ref(each.key), *about, content.get(_task_of(each), ""), each.parent or "")
    among = WORD.findall(fold(" ".join(said)))
    return all(any(one.startswith(word) for one in among) for word in sought)


def _task_of(each: DossierOutline) -> Key:
    return each.key._replace(ref=each.parent or "")


def _states(looking: Looking, every: Iterable[DossierOutline]) -> tuple[Option, ...]:
    """In the order in which a dossier passes them."""
    there = {each.state for each in every}
    machine = looking.newest(DOSSIER.id)
    states = machine.states if machine else ()
    return tuple(Option(each.id, looking.words.of(each.label)) for each in states if each.id in there)


def _tasks(
    looking: Looking, every: Iterable[DossierOutline], content: Mapping[Key, str]
) -> tuple[Option, ...]:
    keys = sorted({_task_of(each) for each in every if each.parent})
    return tuple(Option(key.in_year, f"{looking.ref(key)} {content.get(key, '')}".strip()) for key in keys)


def _options(ids: Iterable[str], label: Callable[[str], str]) -> tuple[Option, ...]:
    found = (Option(id, label(id)) for id in dict.fromkeys(ids))
    return tuple(sorted(found, key=lambda option: fold(option.label)))
