"""The rules that hold for items of any subject: who hands in and approves, dates, the due date.

A guard looks at the context and answers with the reason that speaks against the event, or None; an effect
returns the item changed. Deadline rows follow from the item's new dates in `workflow.engine.machine`.
"""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType

from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.definition import Param, Text
from workflow.model.facts import DueMark, Item, Proposal
from workflow.model.office import Body, Office
from workflow.model.proposals import ANOTHER_PERSON, PROPOSED
from workflow.model.recorded import Recorded, last_of, since_last
from workflow.model.registry import Effect, Guard, Params, Registry
from workflow.model.roles import permitted, proposers, reviewers, submitters
from workflow.model.substitution import stood_in_for
from workflow.model.wording import date_vi
from workflow.rules.inputs import split_inputs


def holders(context: Context, role: str) -> tuple[str, ...]:
    return context.setting.office.holding(role)


def day_text(day: date) -> Text:
    """A day as a sentence says it."""
    return Text(date_vi(day), day.isoformat())


def no_such_body_today(body: Body, office: Office, today: date) -> Reason:
    """That the body does not exist today, with the one that goes on for it."""
    if body.valid_from is not None and today < body.valid_from:
        return Reason("body_begins_later", {"don_vi": body.name, "ngay": day_text(body.valid_from)})
    living, last = office.living(body.id, today), body.valid_to or today
    heir = {"ten": living.name} if living else {}
    return Reason("body_active", {"don_vi": body.name, "ngay": day_text(last), **heir})


def others(context: Context, *, barred: frozenset[str]) -> tuple[str, ...]:
    """Who else may do this, without the people who are barred from it."""
    office, event = context.setting.office, context.machine.event(context.event)
    held = permitted(event.by if event else (), context.standing)
    out = office.people(barred)
    able = (id for holding in held for id in holding.accounts if office.person(id) not in out)
    return tuple(dict.fromkeys(able))


def acts_among(context: Context, accounts: frozenset[str]) -> bool:
    """Whether the person who acts, or the one in whose name, is behind any of the accounts."""
    actor, office = context.actor, context.setting.office
    return bool(accounts) and not office.people(accounts).isdisjoint(
        office.people((actor.account, actor.capacity))
    )


def _four_eyes(context: Context, _: Params) -> Reason | None:
    """Nobody approves what it handed in or reviewed, neither in person nor through a stand-in, nor for
    somebody else; and what a stand-in did is the absent person's as well."""
    submitted, reviewed = submitters(context.item), reviewers(context.item)
    barred = context.item.details.named | submitted | reviewed
    if acts_among(context, submitted):
        return Reason("four_eyes", who_can=others(context, barred=barred))
    if acts_among(context, reviewed):
        return Reason("reviewed_by_oneself", who_can=others(context, barred=barred))
    return None


def _not_own_proposal(context: Context, _: Params) -> Reason | None:
    """Nobody decides an extension that it asked for, in its own name or another's."""
    asked = proposers(context.item)
    if not acts_among(context, asked):
        return None
    return Reason("own_proposal", who_can=others(context, barred=asked))


def _own_submission(context: Context, _: Params) -> Reason | None:
    """Whoever handed it in takes it back, or in whose name it was, or a stand-in of theirs."""
    return _only_of(submitters(context.item), "own_submission", context)


def _nobody_acted(context: Context, params: Params) -> Reason | None:
    """None of the events `acts` followed the last submission, and nobody has begun the work."""
    acts, item = params["acts"], context.item
    assert isinstance(acts, tuple)
    acted = last_of(since_last(_recorded(context), "submit"), acts)
    if acted is not None and (event := context.machine.event(acted.event)):
        who = account_label(context, acted.acting_for or acted.actor)
        return Reason("acted", {"chuc_vu": who, "viec": event.past})
    if item.claimed_by is not None and item.claimed_by not in submitters(item):
        return Reason("taken_up", {"chuc_vu": account_label(context, item.claimed_by)})
    return None


def _own_review(context: Context, _: Params) -> Reason | None:
    """Whoever reviewed it opens it again, or a stand-in; nobody else undoes another's review. What a session
    decided is that session's to open."""
    if getattr(context.item.details, "session", None) is not None:
        return None
    return _only_of(reviewers(context.item), "own_review", context)


def _only_of(did: frozenset[str], rule: str, context: Context) -> Reason | None:
    """Only to the persons who did it, or who stand in for them today: also where these have the right in
    their own name, and act in that."""
    absent = stood_in_for(context.actor.account, context.setting.substitutions, context.today)
    if not did or acts_among(context, did) or did & {*absent}:
        return None
    return Reason(rule, who_can=tuple(sorted(did)))


def _recorded(context: Context) -> tuple[Recorded, ...]:
    return context.facts.beside.get("recorded", ())


def account_label(context: Context, id: str) -> Text | str:
    account = context.setting.office.account(id)
    return account.label if account else id


def _later_date(context: Context, _: Params) -> Reason | None:
    until, due = context.inputs.get("until"), context.item.due_on
    if not isinstance(until, date) or ((due is None or until > due) and until >= context.today):
        return None
    yesterday = context.today - timedelta(days=1)
    return Reason("later_date", {"ngay": day_text(max(due or yesterday, yesterday))})


def _date_not_in_future(context: Context, params: Params) -> Reason | None:
    """None of the dates is later than today, or not the one that is named."""
    for name, value in context.inputs.items():
        if name != params.get("input", name):
            continue
        if isinstance(value, date) and value > context.today:
            return Reason("date_not_in_future", {"ngay": day_text(value)})
    return None


def _done_before_start(context: Context, params: Params) -> Reason | None:
    """What was done since the office began is not taken over on one account's word."""
    day, began = context.inputs.get(str(params["input"])), context.setting.started_on
    if not isinstance(day, date) or day < began:
        return None
    return Reason("done_before_start", {"ngay": day_text(began)})


def _done_since_start(context: Context, params: Params) -> Reason | None:
    day, began = context.inputs.get(str(params["input"])), context.setting.started_on
    if not isinstance(day, date) or day >= began:
        return None
    return Reason("done_since_start", {"ngay": day_text(began)})


def _due_is_derived(context: Context, _: Params) -> Reason | None:
    """A date once given is moved by an extension; an outside organiser may name another one at any time."""
    outside = context.kind is not None and context.kind.waits != "never"
    if outside or context.item.due_on is None or context.item.due_mark == "derived":
        return None
    return Reason(
        "due_is_derived", {"ngay": day_text(context.item.due_on)}, who_can=holders(context, "chair")
    )


def _target_fits(context: Context, params: Params) -> Reason | None:
    """An internal target leads up to a date that presses, from today on."""
    day, item = context.inputs.get(str(params["input"])), context.item
    if item.due_on is None or item.waiting:
        return Reason("target_needs_date")
    if not isinstance(day, date):
        return None
    if day > item.due_on:
        return Reason("target_after_due", {"ngay": day_text(item.due_on)})
    if day < context.today:
        return Reason("target_past", {"ngay": day_text(context.today)})
    return None


def _has_target(context: Context, _: Params) -> Reason | None:
    return Reason("no_target") if context.item.target_on is None else None


def _target_not_put_off(context: Context, params: Params) -> Reason | None:
    """What the ladder goes by is put off by whoever coordinates, not by whoever it would report."""
    stands, day = context.item.target_on, context.inputs.get(str(params["input"]))
    put_off = holders(context, "standing_member")
    if stands is None or not isinstance(day, date) or day <= stands or context.actor.capacity in put_off:
        return None
    return Reason("target_stands", {"ngay": day_text(stands)}, who_can=put_off)


def _proposed(context: Context, params: Params) -> Reason | None:
    """That what the event decides about was proposed and waits; it sees the proposal's inputs beside its own
    (`workflow.rules.inputs.proposed_inputs`)."""
    proposal = context.item.proposal
    if proposal is not None and proposal.event == params["event"]:
        return None
    made = context.machine.event(str(params["event"]))
    return Reason("proposed", {"viec": made.label if made else Text("", "")})


def _nothing_proposed(context: Context, _: Params) -> Reason | None:
    """One proposal waits at a time; whoever made it may make it anew."""
    proposal = context.item.proposal
    if proposal is None or (proposal.event == context.event and acts_among(context, proposal.accounts)):
        return None
    made = context.machine.event(proposal.event)
    label = made.label if made else Text("", "")
    return Reason("nothing_proposed", {"viec": label}, who_can=tuple(sorted(proposal.accounts)))


def _another_person(context: Context, _: Params) -> Reason | None:
    """Nobody agrees to what it proposed, neither in person nor through a stand-in, nor for somebody else."""
    proposal = context.item.proposal
    if proposal is None or not acts_among(context, proposal.accounts):
        return None
    return Reason("another_person", who_can=others(context, barred=proposal.accounts))


def _input_is(context: Context, params: Params) -> bool:
    return context.inputs.get(str(params["name"])) == params["value"]


def _returned_before(context: Context, _: Params) -> bool:
    return context.item.returns > 0


def _remember_submitter(context: Context, item: Item, _: Params) -> Item:
    """The account that acted, and the one in whose name it did: neither approves what it handed in."""
    actor = context.actor
    return item._replace(submitted_by=actor.account, submitted_for=actor.acting_for)


def _remember_reviewer(context: Context, item: Item, _: Params) -> Item:
    """Likewise of a review."""
    actor = context.actor
    return item._replace(reviewed_by=actor.account, reviewed_for=actor.acting_for)


def _forget_submitter(_context: Context, item: Item, _: Params) -> Item:
    return item._replace(submitted_by=None, submitted_for=None)


def _count_return(_context: Context, item: Item, _: Params) -> Item:
    return item._replace(returns=item.returns + 1)


def _remember_proposal(context: Context, item: Item, _: Params) -> Item:
    until, actor = context.inputs["until"], context.actor
    if not isinstance(until, date):
        return item
    return item._replace(proposed_until=until, proposed_by=actor.account, proposed_for=actor.acting_for)


def _propose(context: Context, item: Item, _: Params) -> Item:
    event, actor = context.machine.event(context.event), context.actor
    assert event is not None
    plain, _texts = split_inputs(event, context.inputs)
    return item._replace(proposal=Proposal(event.id, actor.account, actor.acting_for, plain))


def _end_proposal(_context: Context, item: Item, _: Params) -> Item:
    return item._replace(proposal=None)


def _move_due(context: Context, item: Item, params: Params) -> Item:
    """A new due date; the first one that the item ever had stays on record."""
    due = context.inputs[str(params["input"])]
    if not isinstance(due, date):
        return item
    marks: dict[Param, DueMark] = {"extended": "extended", "set": "set"}
    if (due, marks[params["mark"]]) == (item.due_on, item.due_mark):
        return item
    return item._replace(
        due_on=due,
        due_mark=marks[params["mark"]],
        due_first=item.due_first or item.due_on,
        waiting=False,
        overdue=due < context.today,
        proposed_until=None,
        proposed_by=None,
        proposed_for=None,
    )


def _set_target(context: Context, item: Item, params: Params) -> Item:
    day = context.inputs[str(params["input"])]
    return item._replace(target_on=day) if isinstance(day, date) else item


def _drop_target(_context: Context, item: Item, _: Params) -> Item:
    return item._replace(target_on=None)


def _close_on(context: Context, item: Item, params: Params) -> Item:
    """Done on the day that the event names, whenever that is typed: the first input that is given. What
    stays open has no such day yet."""
    if context.machine.state(item.state).open:
        return item
    names = params["input"]
    given = (context.inputs.get(name) for name in (names if isinstance(names, tuple) else (str(names),)))
    return item._replace(closed_on=next((day for day in given if isinstance(day, date)), item.closed_on))


COMMON = Registry(
    guards=MappingProxyType(
        {
            "four_eyes": Guard(_four_eyes, of_persons=True),
            "not_own_proposal": Guard(_not_own_proposal, of_persons=True),
            "own_submission": Guard(_own_submission, of_persons=True, of_doer=True),
            "nobody_acted": Guard(_nobody_acted, needs=("recorded",)),
            "own_review": Guard(_own_review, of_persons=True, of_doer=True),
            "later_date": Guard(_later_date),
            "date_not_in_future": Guard(_date_not_in_future),
            "due_is_derived": Guard(_due_is_derived),
            "target_fits": Guard(_target_fits),
            "has_target": Guard(_has_target),
            "target_not_put_off": Guard(_target_not_put_off),
            "done_before_start": Guard(_done_before_start),
            "done_since_start": Guard(_done_since_start),
            PROPOSED: Guard(_proposed),
            "nothing_proposed": Guard(_nothing_proposed),
            ANOTHER_PERSON: Guard(_another_person, of_persons=True),
        }
    ),
    predicates=MappingProxyType({"input_is": _input_is, "returned_before": _returned_before}),
    effects=MappingProxyType(
        {
            "remember_submitter": Effect(_remember_submitter),
            "remember_reviewer": Effect(_remember_reviewer),
            "forget_submitter": Effect(_forget_submitter),
            "count_return": Effect(_count_return),
            "remember_proposal": Effect(_remember_proposal),
            "move_due": Effect(_move_due),
            "set_target": Effect(_set_target),
            "drop_target": Effect(_drop_target),
            "close_on": Effect(_close_on),
            "propose": Effect(_propose),
            "end_proposal": Effect(_end_proposal),
        }
    ),
)
