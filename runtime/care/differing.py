"""What a definition changes against the one before it, as people read it: lines, and deadlines that move."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from difflib import unified_diff

from exchange.papers.package import NotWord
from exchange.papers.templates import template_text
from runtime.acts.acting import Acting
from runtime.office.looking import local_time
from runtime.office.words import Words
from runtime.views.deadlines import row_text
from runtime.views.editions import word_of
from workflow.model.decision import DeadlineRow
from workflow.model.facts import Key
from workflow.services.migrate import Migrated
from workflow.services.recalendar import Recalendared

CONTEXT = 2
"""Lines that are shown around what is changed."""


def readable(source: str) -> str:
    """A definition as people read it: of a Word template the text that stands in it."""
    content = word_of(source)
    if content is None:
        return source
    try:
        return "\n".join(template_text(content)) + "\n"
    except NotWord:
        return source


def difference(before: str, after: str) -> list[str]:
    """Lines that are left out (`-`) and put in (`+`), with some around them."""
    lines = unified_diff(readable(before).splitlines(), readable(after).splitlines(), lineterm="", n=CONTEXT)
    return [*lines][2:]  # the first two name files


def moved_lines(
    acting: Acting, words: Words, items: Iterable[tuple[Key, Recalendared | Migrated]]
) -> list[tuple[str, str, str, str]]:
    """A line for every due date and every row that would fall on another instant: its item, what it is, when
    it was and when it would be."""
    return [line for key, item in items for line in _of_item(acting, words, key, item)]


def _of_item(
    acting: Acting, words: Words, key: Key, item: Recalendared | Migrated
) -> list[tuple[str, str, str, str]]:
    lines = []
    if item.due != item.due_before:
        old, new = (words.day(day) if day else words("message.no_row") for day in (item.due_before, item.due))
        lines.append((words("message.due_date"), old, new))
    lines += [
        (_row(acting, words, moved.row), _time(acting, words, moved.old), _time(acting, words, moved.new))
        for moved in item.moved
    ]
    return [(acting.ref(key) if at == 0 else "", *line) for at, line in enumerate(lines)]


def _row(acting: Acting, words: Words, row: DeadlineRow) -> str:
    """The row in words, of a term with its name before."""
    said = row_text(words, row)
    return f"{_term(acting, words, row.term)}: {words.inside(said)}" if row.term else said


def _term(acting: Acting, words: Words, id: str) -> str:
    """The term's name, by the newest policy that has it."""
    found = next((term for policy in acting.setting.policies if (term := policy.term(id))), None)
    return words.of(found.label) if found else id


def _time(acting: Acting, words: Words, at: datetime | None) -> str:
    return words("message.no_row") if at is None else words.of(local_time(at, acting.zone))
