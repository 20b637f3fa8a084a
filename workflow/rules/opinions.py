"""The opinions of other bodies that are asked about a dossier, and people's remarks on its publication: each
by its number, with the lines that it is about (law: silence is no consent; a remark is answered)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import cast

from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item, Plain
from workflow.model.opinions import Finding, Opinion, Remark
from workflow.model.registry import Effect, Guard, Params, Registry
from workflow.model.text import Text
from workflow.model.wording import date_vi
from workflow.rules.common import day_text
from workflow.rules.nominees import day_given, numbered, numbers


def _day(context: Context) -> date:
    return day_given(context, "date") or context.today


def _number(context: Context) -> int | None:
    """The number that the input `of` gives; None where it is left out."""
    value = context.inputs.get("of")
    return value if isinstance(value, int) else None


# -- other bodies' opinions -------------------------------------------------------------------------------


def _asked(context: Context) -> tuple[Opinion, ...]:
    return tuple(each for each in Dossier.of(context.item).opinions if not each.dropped)


def _meant(context: Context) -> Opinion | None:
    """The opinion that the event is about: by its number, else the only one that is still awaited."""
    no = _number(context)
    found = [each for each in _asked(context) if (each.silent if no is None else each.no == no)]
    return found[0] if len(found) == 1 else None


def _opinion_named(context: Context, _: Params) -> Reason | None:
    if _meant(context) is not None:
        return None
    asked, no = _asked(context), _number(context)
    if not asked or (no is None and not any(each.silent for each in asked)):
        return Reason("opinion_not_asked")
    listed = {"danh_sach": _listed((each.no, each.asked_on) for each in asked)}
    return Reason("opinion_which", listed) if no is None else Reason("opinion_unknown", {**listed, "so": no})


def _listed(numbered: Iterable[tuple[int, date]]) -> Text:
    """The numbers with their days: `1 (20/01/2026); 2 (22/01/2026)`."""
    found = tuple(numbered)
    return Text(
        "; ".join(f"{no} ({date_vi(day)})" for no, day in found),
        "; ".join(f"{no} ({day})" for no, day in found),
    )


def _answered_after(context: Context, _: Params) -> Reason | None:
    asked, day = _meant(context), _day(context)
    if asked is None or day >= asked.asked_on:
        return None
    return Reason("answered_before_asked", {"ngay": day_text(day), "tu": day_text(asked.asked_on)})


def _opinion_answered(context: Context, _: Params) -> Reason | None:
    """Silence is no consent: what was asked is answered, or it is said why it goes on without."""
    asked = Dossier.of(context.item).opinion_asked_on
    if asked is None or "reason" in context.inputs:
        return None
    return Reason("opinion_awaited", {"ngay": day_text(asked)})


def _with_opinion(item: Item, changed: Opinion) -> Item:
    dossier = Dossier.of(item)
    known = {each.no: each for each in (*dossier.opinions, changed)}
    return item._replace(details=replace(dossier, opinions=tuple(known.values())))


def _next_opinion(context: Context) -> int:
    return max((each.no for each in Dossier.of(context.item).opinions), default=0) + 1


def _ask_opinion(context: Context, item: Item, _: Params) -> Item:
    return _with_opinion(item, Opinion(_next_opinion(context), _day(context), numbers(context, "nominee")))


def _opinion_in(context: Context, item: Item, _: Params) -> Item:
    asked = _meant(context)
    assert asked is not None, "guarded by opinion_named"
    return _with_opinion(item, asked._replace(answered_on=_day(context), against=numbers(context, "nominee")))


def _drop_opinion(context: Context, item: Item, _: Params) -> Item:
    asked = _meant(context)
    assert asked is not None, "guarded by opinion_named"
    return _with_opinion(item, asked._replace(dropped=True))


def _says_asked(context: Context) -> Mapping[str, Plain]:
    return {"of": _next_opinion(context)}


def _says_meant(context: Context) -> Mapping[str, Plain]:
    asked = _meant(context)
    return {"of": asked.no} if asked else {}


# -- remarks on a publication -----------------------------------------------------------------------------


def _remark_meant(context: Context) -> Remark | None:
    return next((each for each in Dossier.of(context.item).remarks if each.no == _number(context)), None)


def _publication_begun(context: Context, _: Params) -> Reason | None:
    """A remark is on what was published by then."""
    since, day = Dossier.of(context.item).published_from, _day(context)
    if since is None:
        return Reason("not_published")
    return Reason("remark_before", {"ngay": day_text(day), "tu": day_text(since)}) if day < since else None


def _remark_named(context: Context, _: Params) -> Reason | None:
    remarks = Dossier.of(context.item).remarks
    if _remark_meant(context) is not None:
        return None
    if not remarks:
        return Reason("no_remarks")
    listed = _listed((each.no, each.on) for each in remarks)
    return Reason("remark_unknown", {"so": _number(context) or 0, "danh_sach": listed})


def _remark_held(context: Context, _: Params) -> Reason | None:
    """What is said to be held for verification is."""
    remark = _remark_meant(context)
    if remark is None or context.inputs.get("finding") != "held":
        return None
    lines = Dossier.of(context.item).nominees
    about = [line for line in lines if line.no in remark.lines] or [*lines]
    free = [line for line in about if not line.held]
    held = not free if remark.lines else len(free) < len(about)
    return None if held else Reason("remark_not_held", {"so": numbered(free)})


def _remarks_answered(context: Context, _: Params) -> Reason | None:
    """What people said is answered: the line is held, or kept with a reason."""
    dossier, count = Dossier.of(context.item), context.inputs.get("remarks")
    known = [each for each in dossier.remarks if each.finding != "void"]
    waiting = [each for each in known if each.finding is None]
    if waiting:
        return Reason("remark_waits", {"danh_sach": _listed((each.no, each.on) for each in waiting)})
    if isinstance(count, int) and count < len(known):
        return Reason("remarks_counted", {"n": len(known), "k": count})
    if not count or count == len(known) or "reason" in context.inputs:
        return None
    return None if any(line.held for line in dossier.nominees) else Reason("remarks_answered")


def _with_remark(item: Item, changed: Remark) -> Item:
    dossier = Dossier.of(item)
    known = {each.no: each for each in (*dossier.remarks, changed)}
    return item._replace(details=replace(dossier, remarks=tuple(known.values())))


def _next_remark(context: Context) -> int:
    return max((each.no for each in Dossier.of(context.item).remarks), default=0) + 1


def _remark(context: Context, item: Item, _: Params) -> Item:
    return _with_remark(item, Remark(_next_remark(context), _day(context), numbers(context, "nominee")))


def _settle_remark(context: Context, item: Item, _: Params) -> Item:
    remark = _remark_meant(context)
    assert remark is not None, "guarded by remark_named"
    finding = cast("Finding", context.inputs["finding"])
    return _with_remark(item, remark._replace(finding=finding))


OPINIONS = Registry(
    guards=MappingProxyType(
        {
            "opinion_named": Guard(_opinion_named),
            "answered_after": Guard(_answered_after),
            "opinion_answered": Guard(_opinion_answered),
            "publication_begun": Guard(_publication_begun),
            "remark_named": Guard(_remark_named),
            "remark_held": Guard(_remark_held),
            "remarks_answered": Guard(_remarks_answered),
        }
    ),
    effects=MappingProxyType(
        {
            "ask_opinion": Effect(_ask_opinion, says=_says_asked),
            "opinion_in": Effect(_opinion_in, says=_says_meant),
            "drop_opinion": Effect(_drop_opinion, says=_says_meant),
            "remark": Effect(_remark, says=lambda context: {"of": _next_remark(context)}),
            "settle_remark": Effect(_settle_remark),
        }
    ),
)
