"""The rules of dossiers: what may be nominated, how it is reviewed and voted on, who signs.

`parent` is the dossier's task under its lock. What events do to the lines is in `workflow.rules.nominees`.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from workflow.model.context import Context
from workflow.model.council import base_of, least_votes
from workflow.model.decision import Reason
from workflow.model.definition import Text
from workflow.model.dossiers import RELATIONS, Dossier
from workflow.model.facts import Item
from workflow.model.movements import Movement, found_by
from workflow.model.registry import Effect, Guard, Params, Registry, Warned
from workflow.model.roles import council_step
from workflow.model.tasks import Task
from workflow.rules.common import acts_among, day_text, holders, no_such_body_today, others
from workflow.rules.nominees import EFFECTS, named_line, numbers, way_of
from workflow.rules.tasks import TASK_CLOSED


def level_text(level: str) -> Text:
    return {
        "commune": Text("Chủ tịch UBND xã", "the commune's chair"),
        "province": Text("Chủ tịch UBND tỉnh", "the province's chair"),
        "government": Text("Thủ tướng Chính phủ", "the Prime Minister"),
    }[level]


def _task_takes_dossiers(context: Context, _: Params) -> Reason | None:
    task = context.facts.parent
    if task is None or task.state not in TASK_CLOSED:
        return None
    return Reason(
        "task_closed", {"ref": context.setting.ref(task.key), "trang_thai": TASK_CLOSED[task.state]}
    )


def _another_task(context: Context, _: Params) -> Reason | None:
    """The dossier goes to a task of its own year; `target` is that task under its lock."""
    named, found = context.inputs.get("task"), _target(context)
    if not isinstance(named, str):
        return None
    if found is None:
        return Reason("no_such_task", {"ref": named})
    return Reason("same_task", {"ref": named}) if found.key.ref == context.item.parent else None


def _target(context: Context) -> Item | None:
    return next(iter(context.facts.beside.get("target", ())), None)


def _source_is(context: Context, params: Params) -> Reason | None:
    """What is copied stands in one of `states`; `source` is that dossier under its lock."""
    source, states = next(iter(context.facts.beside.get("source", ())), None), params["states"]
    assert isinstance(states, tuple)
    if source is None or source.state in states:
        return None
    return Reason("not_copied_from", {"ref": context.setting.ref(source.key)})


def _body_active(context: Context, _: Params) -> Reason | None:
    """New dossiers are made under bodies that exist; those of a merged village stay under its old name."""
    office, today = context.setting.office, context.today
    body = office.body(Dossier.of(context.item).body)
    return None if body is None or body.lives_on(today) else no_such_body_today(body, office, today)


def _body_nominates(context: Context, _: Params) -> Reason | None:
    body = context.setting.office.body(Dossier.of(context.item).body)
    if body is None or body.nominates:
        return None
    return Reason("body_nominates", {"don_vi": body.name})


def _one_level(context: Context, _: Params) -> Reason | None:
    dossier = Dossier.of(context.item)
    new = context.title(str(context.inputs.get("title", dossier.title)))
    edited = named_line(context)
    titles = [nominee.title for nominee in dossier.nominees if nominee != edited] or [dossier.title]
    if edited and "title" not in context.inputs:
        return None
    levels = {title.level for id in titles if (title := context.title(id))}
    if new is None or levels <= {new.level}:
        return None
    return Reason("one_level", {"cap": level_text(min(levels - {new.level}))})


def _title_fits_kind(context: Context, _: Params) -> Reason | None:
    dossier, edited = Dossier.of(context.item), named_line(context)
    kind = str(context.inputs.get("kind", edited.kind if edited else ""))
    title = context.title(str(context.inputs.get("title", edited.title if edited else dossier.title)))
    if title is None or not kind or kind in title.nominees:
        return None
    return Reason("title_fits_kind", {"danh_hieu": title.label}, cite=title.cite)


def _nominee_exists(context: Context, _: Params) -> Reason | None:
    named = numbers(context, "nominee")
    if not named or named_line(context):
        return None
    return Reason("unknown_nominee", {"so": ", ".join(map(str, named))})


def _has_nominees(context: Context, _: Params) -> Reason | None:
    return None if Dossier.of(context.item).nominees else Reason("has_nominees")


def _supplement_once(context: Context, _: Params) -> Reason | None:
    if not context.item.returns or "reason" in context.inputs:
        return None
    return Reason("supplement_once")


def nobody_passed(context: Context) -> Reason:
    """That it can only be rejected; the best result says how near it came."""
    nominees, chair = Dossier.of(context.item).nominees, holders(context, "chair")
    voted = [
        (nominee.votes, title.vote, title.cite)
        for nominee in nominees
        if nominee.votes and (title := context.title(nominee.title)) and title.vote
    ]
    if not voted:
        return Reason("nobody_passed", who_can=chair)
    votes, vote, cite = max(voted, key=lambda row: row[0].for_)
    operands = {"k": votes.for_, "m": base_of(votes, vote), "n": least_votes(votes, vote)}
    cited = context.setting.rules.vote_cite or cite
    return Reason("threshold", operands, cite=cited, who_can=chair)


def not_reviewed(context: Context) -> Reason:
    """That the council has not voted yet; without a vote that nobody has appraised it."""
    if council_step(context.item, context.setting.rules):
        return Reason("no_vote", who_can=holders(context, "secretary"))
    heads = context.setting.office.holding("head", body=context.setting.office.division)
    return Reason("not_appraised", who_can=heads)


def not_a_nominee(context: Context, _: Params) -> Reason | None:
    """Whoever stands in the list takes no part in deciding it (conflict of interest): neither a nominee for
    somebody else nor anybody in a nominee's name."""
    nominated = (line.account for line in Dossier.of(context.item).nominees if line.account)
    named = next((id for id in nominated if acts_among(context, frozenset({id}))), None)
    if named is None:
        return None
    account = context.setting.office.account(named)
    who = others(context, barred=context.item.details.named)
    return Reason("conflict", {"chuc_vu": account.label if account else named}, who_can=who)


def _levels(context: Context) -> set[str]:
    return {title.level for id in context.item.details.titles if (title := context.title(id))}


def _commune_level(context: Context, _: Params) -> Reason | None:
    higher = _levels(context) - {"commune"}
    return Reason("authority", {"cap": level_text(min(higher))}) if higher else None


def _higher_level(context: Context, _: Params) -> Reason | None:
    return Reason("higher_level") if "commune" in _levels(context) else None


def _signer_may_sign(context: Context, _: Params) -> Reason | None:
    """The chair signs, or the vice chair for the chair; nobody signs the own award."""
    signer, office = context.inputs.get("signer"), context.setting.office
    if not isinstance(signer, str):
        return None
    named = office.people(context.item.details.named)
    signing = office.holding("chair") + office.holding("vice_chair")
    may = [id for id in signing if office.person(id) not in named]
    if signer in may:
        return None
    account = office.account(signer)
    return Reason("signer", {"chuc_vu": account.label if account else signer}, who_can=tuple(may))


def _body_not_listed(context: Context, _: Params) -> tuple[Reason, ...]:
    """A body that the row does not name may nominate all the same."""
    dossier, task, office = Dossier.of(context.item), context.facts.parent, context.setting.office
    if task is None or Task.of(task).standing:
        return ()
    named = [body for id in Task.of(task).bodies if (body := office.body(id))]
    if dossier.body in {id for body in named for id in (body.id, *body.members)}:
        return ()
    nominating = office.body(dossier.body)
    name = nominating.name if nominating else dossier.body
    return (Reason("body_not_listed", {"don_vi": name, "ref": context.setting.ref(task.key)}),)


def _move_to_task(context: Context, item: Item, _: Params) -> Item:
    target = _target(context)
    return item if target is None else item._replace(parent=target.key.ref)


def _fix_path(context: Context, item: Item, _: Params) -> Item:
    """The way that it goes, until it is first received; from then on somebody moves it to another."""
    dossier = Dossier.of(item)
    if context.item.details.dates["received_on"] is not None and dossier.path is not None:
        return item
    return item._replace(details=replace(dossier, path=way_of(context).path))


def _movement_named(context: Context) -> str | None:
    """The movement that the event names; of a dossier that is made the one that it bears."""
    named = context.inputs.get("movement")
    if isinstance(named, str):
        return named
    return None if context.item.version else Dossier.of(context.item).movement


def _movement_meant(context: Context) -> Movement | None:
    named = _movement_named(context)
    return found_by(named, context.facts.beside.get("movements", ())) if named else None


def _movement_known(context: Context, _: Params) -> Reason | None:
    named, found = _movement_named(context), _movement_meant(context)
    if named is None:
        return None
    if found is None:
        known = (each.ref for each in context.facts.beside.get("movements", ()))
        return Reason("no_such_movement", {"ref": named, "danh_sach": ", ".join(known) or "—"})
    if found.closed_on is None:
        return None
    return Reason("movement_closed", {"ref": found.ref, "ngay": day_text(found.closed_on)})


def _movement_gives(context: Context, _: Params) -> tuple[Reason, ...]:
    """That the movement was launched for other titles or forms than the dossier's."""
    found = _movement_meant(context)
    others = [id for id in context.item.details.titles if found and found.titles and id not in found.titles]
    titles = (context.title(id) for id in others)
    return tuple(
        Reason("movement_gives", {"danh_hieu": title.label, "ref": found.ref})
        for title in titles
        if title and found
    )


def _link_movement(context: Context, item: Item, _: Params) -> Item:
    """To a movement, or without one to none."""
    found = _movement_meant(context)
    return item._replace(details=replace(Dossier.of(item), movement=found.ref if found else None))


DOSSIERS = Registry(
    relations=RELATIONS,
    guards=MappingProxyType(
        {
            "task_takes_dossiers": Guard(_task_takes_dossiers, needs=("parent",)),
            "another_task": Guard(_another_task, needs=("target",)),
            "source_is": Guard(_source_is, needs=("source",)),
            "body_nominates": Guard(_body_nominates),
            "body_active": Guard(_body_active),
            "one_level": Guard(_one_level),
            "title_fits_kind": Guard(_title_fits_kind),
            "nominee_exists": Guard(_nominee_exists),
            "has_nominees": Guard(_has_nominees),
            "supplement_once": Guard(_supplement_once),
            "not_a_nominee": Guard(not_a_nominee, of_persons=True),
            "commune_level": Guard(_commune_level),
            "higher_level": Guard(_higher_level),
            "signer_may_sign": Guard(_signer_may_sign),
            "movement_known": Guard(_movement_known, needs=("movements",)),
        }
    ),
    warnings=MappingProxyType(
        {
            "body_not_listed": Warned(_body_not_listed, needs=("parent",)),
            "movement_gives": Warned(_movement_gives, needs=("movements",)),
        }
    ),
    effects=MappingProxyType(
        {
            "move_to_task": Effect(_move_to_task),
            "fix_path": Effect(_fix_path),
            "link_movement": Effect(_link_movement),
            **EFFECTS,
        }
    ),
)
