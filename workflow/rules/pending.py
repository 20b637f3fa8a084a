"""What a dossier waits for beside its state: publication, verification, the superior's supplement; and the
lines that leave it (flows.md §2, markers). What others are asked and say is in `workflow.rules.opinions`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.facts import Item
from workflow.model.publishing import PUBLISHED_DAYS
from workflow.model.registry import Effect, Guard, Params, Registry
from workflow.rules.common import day_text
from workflow.rules.nominees import change_lines, day_given, named_lines, numbered, numbers, way_of


def _day(context: Context, name: str) -> date:
    return day_given(context, name) or context.today


def _with(item: Item, **changed: Any) -> Item:
    return item._replace(details=replace(Dossier.of(item), **changed))


# -- the commune's publication ----------------------------------------------------------------------------


def _published_here(context: Context, _: Params) -> Reason | None:
    if way_of(context).published == "commune":
        return None
    title = context.title(context.item.details.titles[0])
    return Reason("published_here", {"danh_hieu": title.label if title else context.item.details.titles[0]})


def _publication_open(context: Context, _: Params) -> Reason | None:
    """Until it is ended a publication may be recorded anew: its day may have been a slip."""
    full = Dossier.of(context.item).full_on
    if full is None or way_of(context).published != "commune":
        return None
    return Reason("publication_ended", {"ngay": day_text(full)})


def _published_long_enough(context: Context, _: Params) -> Reason | None:
    until = Dossier.of(context.item).published_until
    if until is None:
        return Reason("not_published")
    full = _day(context, "full_on")
    return Reason("publication_runs", {"den": day_text(until)}) if full <= until else None


def _publish(context: Context, item: Item, _: Params) -> Item:
    since = _day(context, "from")
    return _with(item, published_from=since, published_until=since + timedelta(days=PUBLISHED_DAYS))


def _publish_end(context: Context, item: Item, _: Params) -> Item:
    """From now on the file is full, and the term to decide counts."""
    return _with(item, full_on=_day(context, "full_on"))


# -- the superior's supplement ----------------------------------------------------------------------------


def _superior_waits(context: Context, _: Params) -> Reason | None:
    return None if Dossier.of(context.item).superior_until else Reason("superior_asked_nothing")


def _ask_for_superior(context: Context, item: Item, _: Params) -> Item:
    return _with(item, superior_until=_day(context, "until"))


def _supply_superior(_context: Context, item: Item, _: Params) -> Item:
    return _with(item, superior_until=None)


# -- verification, line by line ---------------------------------------------------------------------------


def _lines_held(context: Context, _: Params) -> Reason | None:
    free = tuple(line for line in named_lines(context) if not line.held)
    return Reason("line_not_held", {"so": numbered(free)}) if free else None


def _lines_free(context: Context, _: Params) -> Reason | None:
    """Nothing is verified twice, and nothing that has come to its end."""
    held = tuple(line for line in named_lines(context) if line.held)
    if held:
        return Reason("line_held", {"so": numbered(held)})
    return _lines_unfinished(context, {})


def _lines_unfinished(context: Context, _: Params) -> Reason | None:
    final = tuple(line for line in named_lines(context) if line.final)
    return Reason("line_final", {"so": numbered(final)}) if final else None


def _hold(context: Context, item: Item, _: Params) -> Item:
    return change_lines(context, item, lambda line: line._replace(held=True))


def _released(context: Context) -> Callable[[Nominee], Nominee]:
    """Cleared, a line goes on where it stood; what was left for later by the council still waits for it."""
    confirmed = context.inputs.get("finding") == "confirmed"

    def change(line: Nominee) -> Nominee:
        if line.final:
            return line._replace(held=False)
        if confirmed:
            return line._replace(held=False, outcome="not_awarded", why="condition")
        return line._replace(held=False)

    return change


def _release(context: Context, item: Item, _: Params) -> Item:
    return change_lines(context, item, _released(context))


# -- lines that leave -------------------------------------------------------------------------------------


def _some_line_stays(context: Context, _: Params) -> Reason | None:
    named, standing = set(numbers(context, "nominee")), Dossier.of(context.item).standing
    left = [line for line in Dossier.of(context.item).nominees if line.no not in named]
    if not standing or any(line.outcome not in ("withdrawn", "moved") for line in left):
        return None
    return Reason("some_line_stays")


def _withdrawn(line: Nominee) -> Nominee:
    return line._replace(outcome="withdrawn", held=False)


def moved(line: Nominee) -> Nominee:
    """The line as it stays behind, once it goes on in another dossier."""
    return line._replace(outcome="moved", held=False)


def not_approved(line: Nominee) -> Nominee:
    """The line as it stands once the signer did not agree to it."""
    return line._replace(outcome="not_awarded", why="not_approved")


def _withdraw_named(context: Context, item: Item, _: Params) -> Item:
    return change_lines(context, item, _withdrawn)


def _afterwards(context: Context) -> tuple[Nominee, ...]:
    """The dossier's lines as the event leaves them: those it names leave, or are decided."""
    signer = str(context.inputs.get("signer", ""))
    leaving: dict[str, Callable[[Nominee], Nominee]] = {
        "release": _released(context),
        "split": moved,
        "not_awarded": not_approved,
        "approve_signed": lambda line: line._replace(approved=line.approved or signer),
    }
    change = leaving.get(context.event, _withdrawn)
    named = numbers(context, "nominee")
    return tuple(change(line) if line.no in named else line for line in Dossier.of(context.item).nominees)


def _rest_awarded(context: Context, _: Params) -> bool:
    """Whether the last line that was waited for leaves a dossier of which others were awarded."""
    lines = _afterwards(context)
    return all(line.final for line in lines) and any(line.outcome == "awarded_here" for line in lines)


def _rest_not_awarded(context: Context, _: Params) -> bool:
    """Whether nothing is left to decide and nobody was awarded."""
    lines = _afterwards(context)
    return all(line.final for line in lines) and not any(line.outcome == "awarded_here" for line in lines)


def _rest_approved(context: Context, _: Params) -> bool:
    """Whether nothing waits for approval any more, and something was approved."""
    lines = [line for line in _afterwards(context) if not line.final]
    waiting = [line for line in lines if line.passed and not line.held and line.approved is None]
    return not waiting and any(line.approved for line in lines)


PENDING = Registry(
    guards=MappingProxyType(
        {
            "published_here": Guard(_published_here),
            "publication_open": Guard(_publication_open),
            "published_long_enough": Guard(_published_long_enough),
            "superior_waits": Guard(_superior_waits),
            "lines_held": Guard(_lines_held),
            "lines_free": Guard(_lines_free),
            "lines_unfinished": Guard(_lines_unfinished),
            "some_line_stays": Guard(_some_line_stays),
        }
    ),
    predicates=MappingProxyType(
        {
            "rest_awarded": _rest_awarded,
            "rest_not_awarded": _rest_not_awarded,
            "rest_approved": _rest_approved,
        }
    ),
    effects=MappingProxyType(
        {
            "publish": Effect(_publish),
            "publish_end": Effect(_publish_end),
            "ask_for_superior": Effect(_ask_for_superior),
            "supply_superior": Effect(_supply_superior),
            "hold_lines": Effect(_hold),
            "release_lines": Effect(_release),
            "withdraw_named": Effect(_withdraw_named),
        }
    ),
)
