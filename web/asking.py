"""Asking events of an item in one act, from a page of its own: what came of it, for `asking.html`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from runtime.acts.sessions import InOrder, Step, ask_in_order
from runtime.office.results import Result
from runtime.office.sentences import input_mistakes
from runtime.office.typed import whole
from runtime.views.answers import Foreseen, ReasonTold, answer_of, foreseen, reasons_told, sentence_of_warning
from runtime.views.item_page import ItemPage, item_page
from runtime.views.log import HistoryLine
from web.desk import Desk
from web.frame import new_key
from web.replies import Redirect, Reply
from web.saying import said_of
from workflow.model.errors import Conflict, InputMistakes, TdktError
from workflow.model.facts import Item


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands in the form: nothing yet, or why it was not done, or what would follow. `mistakes` are by
    the name of the field."""

    form_key: str
    version: int
    status: int = 200
    blocked: tuple[ReasonTold, ...] = ()
    mistakes: dict[str, str] = field(default_factory=dict)
    against: tuple[ReasonTold, ...] = ()
    doubts: tuple[ReasonTold, ...] = ()
    foreseen: Foreseen | None = None
    warnings: tuple[str, ...] = ()
    meanwhile: Sequence[object] = ()
    now: Sequence[tuple[str, str]] = ()


def fresh(desk: Desk, item: Item, event: str = "") -> Outcome:
    """The form before anything came of it; of an event that cannot be done now with the reasons."""
    asked = desk.asked
    version = whole(asked.one("version"))
    reasons: tuple[ReasonTold, ...] = ()
    if event:
        answer = desk.acting.why(item.key.in_year, event, actor=desk.acting.actor_or_none)[0]
        reasons = reasons_told(desk.looking, answer.reasons)
    return Outcome(
        asked.one("key") or new_key(), item.version if version is None else version, blocked=reasons
    )


def wrong(desk: Desk, item: Item, mistakes: dict[str, str]) -> Outcome:
    """The form with what was typed wrong; nothing was asked."""
    return replace(fresh(desk, item), status=422, mistakes=mistakes)


def asked_of(desk: Desk, item: Item, steps: Sequence[Step], *, to: str) -> Redirect | Outcome:
    """Previews the events, or does all of them or none. Done, it leads on `to` the next page."""
    asked, outcome = desk.asked, fresh(desk, item)
    preview, confirmed = bool(asked.one("preview")), asked.one("confirmed") == "yes"
    acting = desk.acting_by("" if preview else outcome.form_key)
    ref, in_order = item.key.in_year, InOrder(steps, preview, confirmed or preview, outcome.version)
    try:
        results = ask_in_order(acting, ref, in_order)
        if results[-1].refused is not None and results[-1].asked:
            # Of several events all doubts are told before the first of them is done.
            results = ask_in_order(acting, ref, replace(in_order, dry_run=True, confirmed=True))
            if all(result.done for result in results):
                return _doubtful(desk, outcome, results, status=422)
    except InputMistakes as mistakes:
        return replace(outcome, status=422, mistakes={**input_mistakes(mistakes, desk.words)})
    except Conflict:
        return _conflict(desk, item, outcome)
    except TdktError as error:
        return sent_twice(desk, error, to=to)
    last = results[-1]
    if last.refused is not None:
        reasons = reasons_told(desk.looking, last.refused.reasons)
        return replace(outcome, status=422, against=reasons)
    if preview:
        warned = (warning for result in results for warning in result.warnings)
        return replace(
            _doubtful(desk, outcome, results),
            foreseen=foreseen(desk.looking, last),
            warnings=tuple(dict.fromkeys(sentence_of_warning(each, desk.words) for each in warned)),
        )
    told = {result.event: result for result in results}.values()
    alone = len(told) == 1
    answers = [answer_of(desk.looking, each, by=desk.account, alone=alone) for each in told]
    return Redirect(to, said=tuple(line for answer in answers for line in said_of(answer)))


def sent_twice(desk: Desk, error: TdktError, *, to: str) -> Redirect:
    """On to the next page where the form was sent before, and done then. Raises any other error."""
    if error.code != "done_before":
        raise error
    return Redirect(to, said=(desk.words("web.done_before"),))


def unless_done(do: Callable[[Desk], Reply]) -> Callable[[Desk], Reply]:
    """The act of a page, which is not looked at again where its form was sent before: what was done then has
    changed what the form would mean."""

    def page(desk: Desk) -> Reply:
        place = desk.asked.place
        to = f"/items/{place['year']}/{place['ref']}" if "ref" in place else "/sessions"
        if desk.done_before(desk.acting_by(desk.asked.one("key"))):
            return Redirect(to, said=(desk.words("web.done_before"),))
        return do(desk)

    return page


def _doubtful(desk: Desk, outcome: Outcome, results: Sequence[Result], *, status: int = 200) -> Outcome:
    doubts = [doubt for result in results for doubt in result.confirmed]
    return replace(outcome, status=status, doubts=reasons_told(desk.looking, doubts))


def done_since(page: ItemPage, item: Item, seen: int | None) -> Sequence[HistoryLine]:
    """What was recorded of the item since the version that a form had seen, where it says one."""
    return page.history[-max(item.version - seen, 1) :] if seen is not None else page.history[-1:]


def _conflict(desk: Desk, item: Item, outcome: Outcome) -> Outcome:
    """What somebody else did meanwhile stands beside what was typed."""
    page = item_page(desk.looking, item)
    return replace(
        outcome,
        status=409,
        version=item.version,
        meanwhile=done_since(page, item, outcome.version),
        now=page.facts,
    )
