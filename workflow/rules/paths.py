"""Which dossiers are taken in, and on which path: by title, type of commendation and ground of law art. 85.

What the rule pack gives no way is refused at the door, with why; a pack kept from before there were ways
refuses nothing here.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import cast

from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.definition import AwardTitle, Text
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item
from workflow.model.office import COMMUNE_PAYROLL
from workflow.model.registry import Effect, Guard, Params, Registry
from workflow.model.ways import Path, Way
from workflow.rules.nominees import named_line


def _asked(context: Context) -> tuple[AwardTitle, ...]:
    """The titles that the event is about: that which it gives a line, else all of the dossier."""
    given = context.inputs.get("title")
    ids = (given,) if isinstance(given, str) else Dossier.of(context.item).titles
    return tuple(title for id in ids if (title := context.title(id)))


def listed(texts: list[Text]) -> Text:
    return Text("; ".join(text.vi for text in texts), "; ".join(text.en for text in texts))


def _own_chain(context: Context, _: Params) -> Reason | None:
    """What the army or the police give is no matter of the commune."""
    other = context.setting.rules.other(Dossier.of(context.item).title)
    return Reason("own_chain", {"danh_hieu": other.label, "ly_do": other.refused}) if other else None


def _type_fits_title(context: Context, _: Params) -> Reason | None:
    """Forms of commendation have types, titles have none."""
    type = Dossier.of(context.item).type
    reasons = (_type_reason(context, title, type) for title in _asked(context))
    return next((reason for reason in reasons if reason), None)


def _type_reason(context: Context, title: AwardTitle, type: str) -> Reason | None:
    rules = context.setting.rules
    if not title.form:
        alone = title.ways and type and not any(each.form for each in _others(context, title))
        return Reason("title_has_no_type", {"danh_hieu": title.label}) if alone else None
    if type in title.ways:
        return None
    known = listed([named.label for id in title.ways if (named := rules.type(id))])
    given = rules.type(type)
    if given is None:
        return Reason("type_needed", {"danh_hieu": title.label, "danh_sach": known})
    operands = {"danh_hieu": title.label, "loai": given.label, "danh_sach": known}
    return Reason("type_not_given", operands)


def _others(context: Context, title: AwardTitle) -> tuple[AwardTitle, ...]:
    """The dossier's titles beside this one: a title may stand in a dossier whose forms have a type."""
    named = (context.title(id) for id in {*Dossier.of(context.item).titles, Dossier.of(context.item).title})
    return tuple(each for each in named if each is not None and each is not title)


def _ground_fits(context: Context, _: Params) -> Reason | None:
    """The simplified path rests on a ground of the law that the pack has for the title and type."""
    dossier, rules = Dossier.of(context.item), context.setting.rules
    ground = rules.ground(dossier.ground) if dossier.ground else None
    if ground is not None and ground.refused:
        return Reason("ground_refused", {"ly_do": ground.refused})
    for title in _asked(context):
        way = title.way(dossier.type)
        if way is None:
            continue
        if ground is None and way.path == "simplified" and dossier.path != "council":
            return _ground_needed(context, title, way)
        if ground is not None and way.on(ground.id) is None:
            return Reason("ground_not_here", {"danh_hieu": title.label, "can_cu": ground.label})
    return None


def _ground_needed(context: Context, title: AwardTitle, way: Way) -> Reason:
    known = listed([each.label for id in way.grounds if (each := context.setting.rules.ground(id))])
    return Reason("ground_needed", {"danh_hieu": title.label, "danh_sach": known}, cite=way.cite)


def _one_path(context: Context, _: Params) -> Reason | None:
    """The lines of a dossier go one way, since one list is appraised, voted on and published."""
    dossier, edited = Dossier.of(context.item), named_line(context)
    if edited and "title" not in context.inputs:
        return None
    new = context.title(str(context.inputs.get("title", dossier.title)))
    way = new.way(dossier.type, dossier.ground) if new else None
    standing = [nominee.title for nominee in dossier.nominees if nominee != edited] or [dossier.title]
    others = (context.title(id) for id in standing)
    ways = [found for each in others if each and (found := each.way(dossier.type, dossier.ground))]
    if new is None or way is None or all(_same(way, each) for each in ways):
        return None
    return Reason("one_path", {"danh_hieu": new.label})


def _same(one: Way, other: Way) -> bool:
    return (one.path, one.published) == (other.path, other.published)


def _title_fits_body(context: Context, _: Params) -> Reason | None:
    """Annual titles come from who keeps the payroll; the commune gives such a body its commendation alone."""
    body = context.setting.office.body(Dossier.of(context.item).body)
    annual = next((title for title in _asked(context) if title.annual), None)
    if body is None or annual is None or body.payroll == COMMUNE_PAYROLL:
        return None
    cite = context.setting.rules.annual_cite
    return Reason("title_fits_body", {"danh_hieu": annual.label, "don_vi": body.name}, cite=cite)


def _path_may_move(context: Context, _: Params) -> Reason | None:
    """To the council where it votes on every title; to another path only as the pack gives it."""
    dossier, path = Dossier.of(context.item), context.inputs.get("path")
    if not isinstance(path, str):
        return None
    if (path, _moved_ground(context)) == (dossier.path, dossier.ground):
        return Reason("same_path")
    if any(line.votes for line in dossier.nominees):
        return Reason("path_voted_on")
    titles = (title for id in dossier.titles if (title := context.title(id)))
    reasons = (_moving_reason(context, title, path) for title in titles)
    return next((reason for reason in reasons if reason), None)


def _moved_ground(context: Context) -> str | None:
    ground = context.inputs.get("ground")
    return ground if isinstance(ground, str) and context.inputs.get("path") == "simplified" else None


def _moving_reason(context: Context, title: AwardTitle, path: str) -> Reason | None:
    if path == "council":
        return None if title.vote else Reason("council_decides", {"danh_hieu": title.label})
    way, id = title.way(Dossier.of(context.item).type), _moved_ground(context)
    if way is None or (path == "appraisal" and way.path != path):
        return Reason("path_not_given", {"danh_hieu": title.label})
    if path == "appraisal":
        return None
    ground = context.setting.rules.ground(id) if id else None
    if ground is None:
        return _ground_needed(context, title, way)
    if ground.refused:
        return Reason("ground_refused", {"ly_do": ground.refused})
    if way.on(ground.id) is None:
        return Reason("ground_not_here", {"danh_hieu": title.label, "can_cu": ground.label})
    return None


def _move_path(context: Context, item: Item, _: Params) -> Item:
    path = cast(Path, context.inputs["path"])
    return item._replace(details=replace(Dossier.of(item), path=path, ground=_moved_ground(context)))


PATHS = Registry(
    guards=MappingProxyType(
        {
            "own_chain": Guard(_own_chain),
            "type_fits_title": Guard(_type_fits_title),
            "ground_fits": Guard(_ground_fits),
            "one_path": Guard(_one_path),
            "title_fits_body": Guard(_title_fits_body),
            "path_may_move": Guard(_path_may_move),
        }
    ),
    effects=MappingProxyType({"move_path": Effect(_move_path)}),
)
