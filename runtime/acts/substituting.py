"""Ordering and ending substitutions: refused attempts are logged, both accounts are told.

The rules are `workflow.engine.substituting`'s; who may order one is the office's `substitute` right, or the
absent account itself. In an order only the account's own roles count: nobody orders in another's name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from runtime.acts.acting import Acting, Attempt, Done
from storage import substitutions
from storage.unit import UnitOfWork
from workflow.engine.substituting import insist_on_days, objections
from workflow.model.decision import EntryDraft, FreeText, Reason, Refused, refused_entry
from workflow.model.definition import Text
from workflow.model.facts import Plain
from workflow.model.rights import refusal, role_for
from workflow.model.substitution import Substitution
from workflow.notices.people import ended_notices, substitution_notices

SUBSTITUTE, END = "substitute", "end_substitution"


def substitute(
    acting: Acting,
    absent: str,
    *,
    stand_in: str,
    from_day: date,
    until_day: date,
    reason: str | None = None,
    basis: str | None = None,
) -> Substitution | Refused:
    """Orders that `stand_in` acts for `absent` from `from_day` up to `until_day`, not on that day.

    Raises UnknownActor, OwnSubstitute, NoDays, PastSubstitution.
    """
    absent, stand_in = acting.known_account(absent), acting.known_account(stand_in)
    insist_on_days(Substitution(0, absent, stand_in, from_day, until_day), today=acting.today)
    unentitled = _unentitled(acting, absent)
    inputs: dict[str, Plain] = {
        "absent": absent,
        "stand_in": stand_in,
        "from": from_day.isoformat(),
        "until": until_day.isoformat(),
        **({"basis": basis} if basis else {}),
    }

    def work(unit: UnitOfWork) -> Done[Substitution | Refused]:
        standing = substitutions.locked(unit)
        number = max((order.number for order in standing), default=0) + 1
        new = Substitution(number, absent, stand_in, from_day, until_day)
        reasons = (*unentitled, *objections(new, standing, by=acting.actor.account, office=acting.directory))
        if reasons:
            return _refused(acting, Refused(SUBSTITUTE, reasons), inputs)
        texts = (FreeText("reason", reason),) if reason else ()
        made = unit.record_act(
            replace(_entry(acting, SUBSTITUTE, absent, inputs), texts=texts),
            log=acting.today.year,
            notices=substitution_notices(new, reason=reason, basis=basis, case=acting.case),
        )
        substitutions.store(unit, new, entry=made)
        return Done(new)

    return _ordered(acting, work)


def end(acting: Acting, absent: str) -> Substitution | Refused:
    """Ends from today on the substitution of `absent` that runs, else the next one, which then never runs.

    Answers with it as it stands then. Raises UnknownActor.
    """
    absent = acting.known_account(absent)
    unentitled, today = _unentitled(acting, absent), acting.today

    def work(unit: UnitOfWork) -> Done[Substitution | Refused]:
        standing = [
            order for order in substitutions.locked(unit) if order.absent == absent and order.until > today
        ]
        found = min(standing, key=lambda order: order.from_day, default=None)
        reasons = unentitled
        if found is None:
            account = acting.directory.account(absent)
            label = account.label if account else Text(absent, absent)
            reasons = (*unentitled, Reason("no_substitution", {"chuc_vu": label}))
        if found is None or reasons:
            return _refused(acting, Refused(END, reasons), {"absent": absent})
        inputs: dict[str, Plain] = {"absent": absent, "stand_in": found.stand_in, "number": found.number}
        unit.record_act(
            _entry(acting, END, absent, inputs),
            log=today.year,
            notices=ended_notices(found, acting.case),
        )
        substitutions.end(unit, found.number, on=today)
        return Done(found._replace(ended_on=today))

    return _ordered(acting, work)


def _unentitled(acting: Acting, absent: str) -> tuple[Reason, ...]:
    """Why the acting account may not order this, None where it may: everybody may for itself."""
    actor = acting.actor.account
    if actor == absent or role_for(acting.directory, actor, SUBSTITUTE) is not None:
        return ()
    return (refusal(acting.directory, SUBSTITUTE),)


def _entry(acting: Acting, event: str, absent: str, inputs: dict[str, Plain]) -> EntryDraft:
    """The role is the one by which the account may order it for anybody; for itself it needs none."""
    actor = acting.actor.account
    role = role_for(acting.directory, actor, SUBSTITUTE)
    return EntryDraft(event=event, actor=actor, role=role, from_state=None, to_state=None, inputs=inputs)


def _refused(acting: Acting, refused: Refused, inputs: Mapping[str, Plain]) -> Done[Substitution | Refused]:
    attempt = Attempt(refused_entry(refused, acting.actor, inputs=inputs))
    return Done(refused, written=False, refused=[attempt])


def _ordered(
    acting: Acting, work: Callable[[UnitOfWork], Done[Substitution | Refused]]
) -> Substitution | Refused:
    answer = acting.act(work)
    acting.forget_setting()  # it holds the substitutions as they stood before
    return answer
