"""One event of one item as a form: its inputs, what would follow, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from runtime.acts.advance import EventRequest, advance
from runtime.office.results import Result
from runtime.office.sentences import input_mistakes
from runtime.office.typed import whole
from runtime.views.answers import answer_of, foreseen, reasons_told
from runtime.views.fields import fields_of, typed_word
from runtime.views.item_page import item_page
from web.asking import done_since
from web.desk import Desk
from web.frame import new_key
from web.links import item_path
from web.pages.item import item_meant
from web.replies import Page, Redirect, Reply, Shown
from web.saying import said_of
from workflow.engine.explaining import Explanation
from workflow.model.errors import Conflict, InputMistakes
from workflow.model.facts import Item
from workflow.model.subjects import DOSSIER


def ask(desk: Desk) -> Reply:
    """The empty form; what its address names stands in it already, as a line of a list."""
    item = item_meant(desk)
    if item.subject == DOSSIER.id and (where := _own_page(desk, item)):
        return Redirect(where)
    return _form(desk, item, _explained(desk, item), {})


def _own_page(desk: Desk, item: Item) -> str:
    """Where an event of a dossier is asked that has a page of its own: papers come with their files, and all
    lines are appraised on one screen."""
    event, line = desk.asked.place["event"], desk.asked.one("nominee")
    if event == "attach":
        return f"{item_path(item.key)}{'' if whole(line) is None else f'?line={line}'}#attach"
    return f"{item_path(item.key)}/appraise" if event == "appraise" and not line else ""


def do(desk: Desk) -> Reply:
    """Previews what was typed, or does it."""
    item, asked = item_meant(desk), desk.asked
    if item.subject == DOSSIER.id and asked.place["event"] == "attach":
        return Redirect(_own_page(desk, item))  # no file comes with this form
    answer = _explained(desk, item)
    words = {
        input.name: word for input in answer.inputs if (word := typed_word(input, asked.all(input.name)))
    }
    version = whole(asked.one("version"))
    request = EventRequest(
        answer.event,
        words,
        note=asked.one("note") or None,
        version=item.version if version is None else version,
        key=None if asked.one("preview") else asked.one("key") or None,
        dry_run=bool(asked.one("preview")),
        confirmed=asked.one("confirmed") == "yes",
    )
    try:
        result = advance(desk.acting, [item.key.in_year], request)[0]
    except InputMistakes as mistakes:
        return _form(desk, item, answer, {"mistakes": input_mistakes(mistakes, desk.words)}, status=422)
    except Conflict:
        return _conflict(desk, item, answer)
    if request.dry_run and result.done:
        return _form(desk, item, answer, {"foreseen": foreseen(desk.looking, result)})
    if not result.done:
        return _refused(desk, item, answer, result)
    return Redirect(_after(desk, item), said=said_of(answer_of(desk.looking, result, by=desk.account)))


def _explained(desk: Desk, item: Item) -> Explanation:
    """The event as the position would do it. Raises UnknownEvent."""
    event = desk.asked.place["event"]
    return desk.acting.why(item.key.in_year, event, actor=desk.acting.actor)[0]


def _after(desk: Desk, item: Item) -> str:
    """Back to the line that the event was about, else to the item."""
    return item_path(item.key, whole(desk.asked.one("back")))


def _refused(desk: Desk, item: Item, answer: Explanation, result: Result) -> Reply:
    """The form with what speaks against it; of mere doubts with a box to say that it is meant."""
    assert result.refused is not None
    reasons = reasons_told(desk.looking, result.refused.reasons)
    values: dict[str, Any] = {"doubts" if result.asked else "against": reasons}
    return _form(desk, item, answer, values, status=422)


def _conflict(desk: Desk, item: Item, answer: Explanation) -> Reply:
    """What somebody else did meanwhile stands beside what was typed; nothing was written over."""
    seen = whole(desk.asked.one("version"))
    page = item_page(desk.looking, item)
    values = {"meanwhile": done_since(page, item, seen), "now": page.facts}
    return _form(desk, item, answer, values, status=409)


def _form(
    desk: Desk, item: Item, answer: Explanation, values: Mapping[str, Any], *, status: int = 200
) -> Reply:
    looking, asked = desk.looking, desk.asked
    fields = fields_of(looking, item, answer.inputs, event=answer.event)
    version = whole(asked.one("version"))
    return Shown(
        "event",
        {
            "item": item,
            "ref": looking.ref(item.key),
            "about": looking.content(item),
            "state": looking.state(item),
            "path": item_path(item.key),
            "event": answer.event,
            "label": desk.words.of(answer.label),
            "fields": fields,
            "typed": {field.name: asked.all(field.name) for field in fields},
            "note": asked.one("note"),
            "back": asked.one("back") or asked.one("nominee"),
            "version": item.version if status == 409 or version is None else version,
            "form_key": asked.one("key") or new_key(),
            "blocked": reasons_told(looking, answer.reasons),
            "asks": reasons_told(looking, answer.doubts),
            "mistakes": {},
            "against": (),
            "doubts": (),
            "foreseen": None,
            "meanwhile": (),
            "now": (),
            **values,
        },
        status,
    )


PAGES = (
    Page("GET", "/items/{year}/{ref}/do/{event}", ask),
    Page("POST", "/items/{year}/{ref}/do/{event}", do, acts=True),
)
