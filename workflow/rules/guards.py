"""The closed registries of guards, warnings and predicates that definitions may name.

A guard looks at the context and answers with the reason that speaks against the event, or None. All
guards of an event are evaluated, so that a refusal is complete. Each says what it `needs` beside the
item itself, and thereby the row whose lock protects it: `dossiers` are protected by the task's row (a
dossier locks its task when it is made), `parent` is the dossier's task. A warning is told beside a
decision that stands; the open tasks of the `quarter` that it may need are protected by no lock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from workflow.model.context import Context
from workflow.model.council import base_of, counts_mistake, least_votes, passes, quorum_of
from workflow.model.decision import Reason
from workflow.model.definition import Param, Text
from workflow.model.facts import Nominee, Votes
from workflow.model.roles import council_step, permitted, submitters
from workflow.model.wording import date_vi

Need = Literal["dossiers", "parent", "quarter"]
Params = Mapping[str, Param]


@dataclass(frozen=True, slots=True)
class Guard:
    """A registered guard: `check` answers with the reason against the event, or None."""

    check: Callable[[Context, Params], Reason | None]
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Warned:
    """A registered warning: `check` answers with all that is to be said beside the event."""

    check: Callable[[Context, Params], tuple[Reason, ...]]
    needs: tuple[Need, ...] = ()


def _holders(context: Context, role: str) -> tuple[str, ...]:
    return context.setting.office.holding(role)


def _level(level: str) -> Text:
    return {
        "commune": Text("Chủ tịch UBND xã", "the commune's chair"),
        "province": Text("Chủ tịch UBND tỉnh", "the province's chair"),
        "government": Text("Thủ tướng Chính phủ", "the Prime Minister"),
    }[level]


def _day(day: date) -> Text:
    return Text(date_vi(day), day.isoformat())


def _others(context: Context, *, barred: frozenset[str]) -> tuple[str, ...]:
    """Who else may do this, without those who are barred from it."""
    event = context.machine.event(context.event)
    held = permitted(event.by if event else (), context.standing)
    able = (id for holding in held for id in holding.accounts if id not in barred)
    return tuple(dict.fromkeys(able))


def _four_eyes(context: Context, _: Params) -> Reason | None:
    """Nobody approves what it handed in, neither in person nor through a stand-in, nor for somebody else;
    and what a stand-in handed in is the absent person's as well."""
    handed_in = submitters(context.item)
    if not handed_in & {context.actor.account, context.actor.capacity}:
        return None
    return Reason("four_eyes", who_can=_others(context, barred=context.item.details.named | handed_in))


def _gives_awards(context: Context, _: Params) -> Reason | None:
    return None if context.kind and context.kind.gives_awards else Reason("gives_awards")


def _no_open_dossier(context: Context, _: Params) -> Reason | None:
    open_refs = [ref for ref, state in context.facts.dossiers if state in OPEN_DOSSIER_STATES]
    if not open_refs:
        return None
    return Reason("open_dossier", {"n": len(open_refs), "refs": ", ".join(open_refs)})


def _some_dossier_awarded(context: Context, _: Params) -> Reason | None:
    if any(state == "awarded" for _ref, state in context.facts.dossiers):
        return None
    return Reason("some_dossier_awarded")


def _some_proof(context: Context, _: Params) -> Reason | None:
    if context.kind is None or context.kind.proof != "any":
        return None
    return None if {"paper", "done_on"} & context.inputs.keys() else Reason("no_number")


def _later_date(context: Context, _: Params) -> Reason | None:
    until, due = context.inputs.get("until"), context.item.due_on
    if not isinstance(until, date) or ((due is None or until > due) and until >= context.today):
        return None
    yesterday = context.today - timedelta(days=1)
    return Reason("later_date", {"ngay": _day(max(due or yesterday, yesterday))})


def _date_not_in_future(context: Context, _: Params) -> Reason | None:
    for value in context.inputs.values():
        if isinstance(value, date) and value > context.today:
            return Reason("date_not_in_future", {"ngay": _day(value)})
    return None


def _due_is_derived(context: Context, _: Params) -> Reason | None:
    """A date once given is moved by an extension; an outside organiser may name another one at any time."""
    outside = context.kind is not None and context.kind.waits != "never"
    if outside or context.item.due_on is None or context.item.due_mark == "derived":
        return None
    return Reason("due_is_derived", {"ngay": _day(context.item.due_on)}, who_can=_holders(context, "chair"))


def _adopt_outcome_fits(context: Context, _: Params) -> Reason | None:
    if context.inputs.get("outcome") != "awarded" or (context.kind and context.kind.gives_awards):
        return None
    return Reason("adopt_outcome")


def _lead_is_own_body(context: Context, _: Params) -> Reason | None:
    body = context.setting.office.body(str(context.inputs.get("body", "")))
    if body is None or not (body.group or body.external):
        return None
    return Reason("lead_body", {"don_vi": body.name})


def _task_takes_dossiers(context: Context, _: Params) -> Reason | None:
    task = context.facts.parent
    if task is None or task.state not in ("completed", "awarded", "cancelled"):
        return None
    label = TASK_CLOSED[task.state]
    return Reason("task_closed", {"ref": task.key.ref, "trang_thai": label})


def _body_nominates(context: Context, _: Params) -> Reason | None:
    dossier = context.item.dossier
    body = context.setting.office.body(dossier.body) if dossier else None
    if body is None or body.nominates:
        return None
    return Reason("body_nominates", {"don_vi": body.name})


def _line(context: Context) -> Nominee | None:
    """The nominee that the event's `nominee` input names."""
    named, dossier = context.inputs.get("nominee"), context.item.dossier
    if dossier is None or not isinstance(named, tuple) or len(named) != 1:
        return None
    return dossier.nominee(named[0])


def _one_level(context: Context, _: Params) -> Reason | None:
    dossier = context.item.dossier
    if dossier is None:
        return None
    new = context.title(str(context.inputs.get("title", dossier.title)))
    edited = _line(context)
    others = [nominee.title for nominee in dossier.nominees if nominee != edited] or [dossier.title]
    if edited and "title" not in context.inputs:
        return None
    levels = {title.level for id in others if (title := context.title(id))}
    if new is None or levels <= {new.level}:
        return None
    return Reason("one_level", {"cap": _level(min(levels - {new.level}))}, cite=new.cite)


def _one_review(context: Context, _: Params) -> Reason | None:
    """Titles with a vote and titles without one have different reviewers: one review cannot cover both."""
    dossier, edited = context.item.dossier, _line(context)
    if dossier is None or (edited and "title" not in context.inputs):
        return None
    new = context.title(str(context.inputs.get("title", dossier.title)))
    others = [nominee.title for nominee in dossier.nominees if nominee != edited] or [dossier.title]
    differing = [
        title
        for id in others
        if new and (title := context.title(id)) and (title.vote is None) != (new.vote is None)
    ]
    if new is None or not differing:
        return None
    without = new if new.vote is None else differing[0]
    return Reason("one_review", {"danh_hieu": without.label}, cite=without.cite)


def _title_fits_kind(context: Context, _: Params) -> Reason | None:
    dossier, edited = context.item.dossier, _line(context)
    if dossier is None:
        return None
    kind = str(context.inputs.get("kind", edited.kind if edited else ""))
    title = context.title(str(context.inputs.get("title", edited.title if edited else dossier.title)))
    if title is None or not kind or kind in title.nominees:
        return None
    return Reason("title_fits_kind", {"danh_hieu": title.label}, cite=title.cite)


def _nominee_exists(context: Context, _: Params) -> Reason | None:
    named = context.inputs.get("nominee")
    dossier = context.item.dossier
    if dossier is None or not isinstance(named, tuple) or (len(named) == 1 and dossier.nominee(named[0])):
        return None
    return Reason("unknown_nominee", {"so": ", ".join(map(str, named))})


def _has_nominees(context: Context, _: Params) -> Reason | None:
    return None if context.item.dossier and context.item.dossier.nominees else Reason("has_nominees")


def _complete_on_fits(context: Context, _: Params) -> Reason | None:
    day = context.inputs.get("complete_on")
    dossier = context.item.dossier
    if not isinstance(day, date) or dossier is None:
        return None
    earliest = dossier.received_on or context.today - timedelta(days=366)
    if earliest <= day <= context.today:
        return None
    return Reason("complete_on", {"ngay": _day(context.today)})


def _supplement_once(context: Context, _: Params) -> Reason | None:
    if not context.item.memory.get("returns") or "reason" in context.inputs:
        return None
    return Reason("supplement_once")


def _council_decides(context: Context, _: Params) -> Reason | None:
    line = _line(context)
    title = context.title(line.title) if line else None
    if title is None or title.vote is not None:
        return None
    heads = context.setting.office.holding("head", body=context.setting.office.division)
    return Reason("council_decides", {"danh_hieu": title.label}, cite=title.cite, who_can=heads)


def votes_of(context: Context) -> Votes | None:
    """The counts among the inputs, or None where the event has none."""
    names = ("for", "against", "invalid", "present", "total")
    counts = [context.inputs.get(name) for name in names]
    if not all(isinstance(count, int) for count in counts):
        return None
    return Votes(*(count for count in counts if isinstance(count, int)))


def _counts_add_up(context: Context, _: Params) -> Reason | None:
    """The nominee of the line does not vote on it and leaves the denominator."""
    votes, line = votes_of(context), _line(context)
    if votes is None:
        return None
    council = _holders(context, "council_member")
    voting = [id for id in council if line is None or id != line.account]
    mistake = counts_mistake(votes, members=len(voting), nominated=len(council) - len(voting))
    return Reason("counts", {"chi_tiet": mistake}) if mistake else None


def _quorum(context: Context, _: Params) -> Reason | None:
    votes = votes_of(context)
    rules = context.setting.rules
    if votes is None:
        return None
    least = quorum_of(votes.total, rules.quorum)
    if votes.present >= least:
        return None
    return Reason("quorum", {"k": votes.present, "m": votes.total, "n": least}, cite=rules.quorum_cite)


def line_passes(context: Context, nominee: Nominee, votes: Votes) -> bool:
    """Whether the counts reach the threshold of the nominee's title."""
    title = context.title(nominee.title)
    return title is not None and title.vote is not None and passes(votes, title.vote)


def _every_nominee_has_result(context: Context, _: Params) -> Reason | None:
    dossier = context.item.dossier
    if dossier is None:
        return None
    lacking = [
        str(nominee.no)
        for nominee in dossier.nominees
        if nominee.result is None and (title := context.title(nominee.title)) and title.vote
    ]
    if not lacking:
        return None
    return Reason("missing_result", {"so": ", ".join(lacking)}, who_can=_holders(context, "secretary"))


def _some_nominee_passed(context: Context, _: Params) -> Reason | None:
    """With nobody passed the dossier can only be rejected; the best result says how near it came."""
    dossier = context.item.dossier
    if dossier is None or any(nominee.result == "pass" for nominee in dossier.nominees):
        return None
    chair = _holders(context, "chair")
    voted = [
        (nominee.votes, title.vote, title.cite)
        for nominee in dossier.nominees
        if nominee.votes and (title := context.title(nominee.title)) and title.vote
    ]
    if not voted:
        return Reason("nobody_passed", who_can=chair)
    votes, vote, cite = max(voted, key=lambda row: row[0].for_)
    operands = {"k": votes.for_, "m": base_of(votes, vote), "n": least_votes(votes, vote)}
    return Reason("threshold", operands, cite=cite, who_can=chair)


def _not_a_nominee(context: Context, _: Params) -> Reason | None:
    """Whoever stands in the list takes no part in deciding it (conflict of interest): neither a nominee for
    somebody else nor anybody in a nominee's name."""
    dossier = context.item.dossier
    acting = {context.actor.account, context.actor.capacity}
    named = [nominee.account for nominee in dossier.nominees if nominee.account in acting] if dossier else []
    if not named:
        return None
    account = context.setting.office.account(str(named[0]))
    who = _others(context, barred=context.item.details.named)
    return Reason("conflict", {"chuc_vu": account.label if account else str(named[0])}, who_can=who)


def _not_a_nominee_when_appraising(context: Context, params: Params) -> Reason | None:
    return None if council_step(context.item, context.setting.rules) else _not_a_nominee(context, params)


def _levels(context: Context) -> set[str]:
    return {title.level for id in context.item.details.titles if (title := context.title(id))}


def _commune_level(context: Context, _: Params) -> Reason | None:
    higher = _levels(context) - {"commune"}
    return Reason("authority", {"cap": _level(min(higher))}) if higher else None


def _higher_level(context: Context, _: Params) -> Reason | None:
    return Reason("higher_level") if "commune" in _levels(context) else None


def _signer_may_sign(context: Context, _: Params) -> Reason | None:
    """The chair signs, or the vice chair for the chair; nobody signs the own award."""
    signer, dossier = context.inputs.get("signer"), context.item.dossier
    if not isinstance(signer, str) or dossier is None:
        return None
    office = context.setting.office
    nominees = {nominee.account for nominee in dossier.nominees}
    may = [id for id in office.holding("chair") + office.holding("vice_chair") if id not in nominees]
    if signer in may:
        return None
    account = office.account(signer)
    return Reason("signer", {"chuc_vu": account.label if account else signer}, who_can=tuple(may))


def _numbers(context: Context, name: str) -> tuple[int, ...]:
    value = context.inputs.get(name)
    return value if isinstance(value, tuple) else ()


def _some_left_to_award(context: Context, _: Params) -> Reason | None:
    dossier, denied = context.item.dossier, _numbers(context, "not_awarded")
    if dossier is None:
        return None
    unknown = [no for no in denied if dossier.nominee(no) is None]
    if unknown:
        return Reason("unknown_nominee", {"so": ", ".join(map(str, unknown))})
    if any(nominee.result == "pass" and nominee.no not in denied for nominee in dossier.nominees):
        return None
    return Reason("nobody_awarded")


def _awarded_were_sent(context: Context, _: Params) -> Reason | None:
    dossier = context.item.dossier
    if dossier is None:
        return None
    wrong = [
        no
        for no in _numbers(context, "awarded")
        if (nominee := dossier.nominee(no)) is None or nominee.outcome != "sent_higher"
    ]
    return Reason("awarded_not_sent", {"so": ", ".join(map(str, wrong))}) if wrong else None


OPEN_DOSSIER_STATES = frozenset({"drafted", "submitted", "returned", "reviewed", "approved"})
"""DESIGN §4: a dossier in one of these keeps its task open; `forwarded` is closed for its task."""

TASK_CLOSED: Mapping[str, Text] = MappingProxyType(
    {
        "completed": Text("Đã hoàn thành", "completed"),
        "awarded": Text("Đã khen thưởng", "awarded"),
        "cancelled": Text("Không thực hiện", "cancelled"),
    }
)

GUARDS: Mapping[str, Guard] = MappingProxyType(
    {
        "four_eyes": Guard(_four_eyes),
        "gives_awards": Guard(_gives_awards),
        "no_open_dossier": Guard(_no_open_dossier, needs=("dossiers",)),
        "some_dossier_awarded": Guard(_some_dossier_awarded, needs=("dossiers",)),
        "some_proof": Guard(_some_proof),
        "later_date": Guard(_later_date),
        "date_not_in_future": Guard(_date_not_in_future),
        "due_is_derived": Guard(_due_is_derived),
        "adopt_outcome_fits": Guard(_adopt_outcome_fits),
        "lead_is_own_body": Guard(_lead_is_own_body),
        "task_takes_dossiers": Guard(_task_takes_dossiers, needs=("parent",)),
        "body_nominates": Guard(_body_nominates),
        "one_level": Guard(_one_level),
        "one_review": Guard(_one_review),
        "title_fits_kind": Guard(_title_fits_kind),
        "nominee_exists": Guard(_nominee_exists),
        "has_nominees": Guard(_has_nominees),
        "complete_on_fits": Guard(_complete_on_fits),
        "supplement_once": Guard(_supplement_once),
        "council_decides": Guard(_council_decides),
        "counts_add_up": Guard(_counts_add_up),
        "quorum": Guard(_quorum),
        "every_nominee_has_result": Guard(_every_nominee_has_result),
        "some_nominee_passed": Guard(_some_nominee_passed),
        "not_a_nominee": Guard(_not_a_nominee),
        "not_a_nominee_when_appraising": Guard(_not_a_nominee_when_appraising),
        "commune_level": Guard(_commune_level),
        "higher_level": Guard(_higher_level),
        "signer_may_sign": Guard(_signer_may_sign),
        "some_left_to_award": Guard(_some_left_to_award),
        "awarded_were_sent": Guard(_awarded_were_sent),
    }
)


ABOUT_PERSONS = frozenset({"four_eyes", "not_a_nominee", "not_a_nominee_when_appraising"})
"""The guards that ask who acts, in person and in whose name, and nothing of the event's inputs."""


def _predecessor(context: Context, _: Params) -> tuple[Reason, ...]:
    """Tasks of the quarter that are of a kind which this kind follows, and are not finished yet."""
    follows = context.kind.after if context.kind else ()
    return tuple(
        Reason("predecessor", {"ref": task.ref, "noi_dung": task.content})
        for task in context.facts.quarter
        if task.kind in follows
    )


def _body_not_listed(context: Context, _: Params) -> tuple[Reason, ...]:
    """A body that the row does not name may nominate all the same."""
    dossier, parent, office = context.item.dossier, context.facts.parent, context.setting.office
    if dossier is None or parent is None or parent.task is None:
        return ()
    named = [body for id in parent.task.bodies if (body := office.body(id))]
    if dossier.body in {id for body in named for id in (body.id, *body.members)}:
        return ()
    nominating = office.body(dossier.body)
    name = nominating.name if nominating else dossier.body
    return (Reason("body_not_listed", {"don_vi": name, "ref": parent.key.ref}),)


WARNINGS: Mapping[str, Warned] = MappingProxyType(
    {
        "predecessor": Warned(_predecessor, needs=("quarter",)),
        "body_not_listed": Warned(_body_not_listed, needs=("parent",)),
    }
)


def _proof(context: Context, params: Params) -> bool:
    """True where the task's kind is proved in one of the ways named by `is`."""
    wanted = params["is"]
    return context.kind is not None and isinstance(wanted, tuple) and context.kind.proof in wanted


def _input_is(context: Context, params: Params) -> bool:
    return context.inputs.get(str(params["name"])) == params["value"]


PREDICATES: Mapping[str, Callable[[Context, Params], bool]] = MappingProxyType(
    {
        "proof": _proof,
        "gives_awards": lambda context, _: context.kind is not None and context.kind.gives_awards,
        "no_council_step": lambda context, _: not council_step(context.item, context.setting.rules),
        "input_is": _input_is,
    }
)
