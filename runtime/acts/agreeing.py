"""Definitions that give somebody a right: one account proposes them, another person puts them in force.

Who may propose is the right `adopt_definition`, who may agree the office's file says
(`workflow.model.rights.agreeing`). A stand-in may in the absent one's name where neither of them proposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from runtime.acts.acting import Acting, Attempt, Done
from runtime.acts.definitions import powers, put_in_force, refuse_while_waiting, said_of
from runtime.acts.recalendaring import Recalendaring
from runtime.office.changing import change_text
from storage import proposals
from storage.offices import StoredDefinition
from storage.proposals import Fate, Proposed
from storage.unit import UnitOfWork
from workflow.lint.comparing import Change, changes
from workflow.lint.registries import roles_of_relations
from workflow.model.context import Actor
from workflow.model.decision import EntryDraft, FreeText, Reason, Refused, refused_entry
from workflow.model.errors import UsageMistake
from workflow.model.facts import Plain
from workflow.model.rights import agreeing, agrees_for
from workflow.model.roles import SYSTEM
from workflow.model.text import Text
from workflow.notices.rights import proposed_notices, rights_notices

PROPOSE, AGREE = "propose_definition", "agree_definition"
DECLINE, WITHDRAW = "decline_definition", "withdraw_definition"
ENDING: dict[str, Fate] = {DECLINE: "declined", WITHDRAW: "withdrawn"}


class NoProposal(UsageMistake):
    """Nothing is proposed as '{gia_tri}'; there wait: {danh_sach}. See `tdkt definition proposals`."""

    code = "no_proposal"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What came of an agreement: who may do what since, and the deadlines that it moved."""

    changes: tuple[Change, ...]
    moved: Recalendaring


def propose(
    acting: Acting, new: StoredDefinition, *, role: str, changed: Sequence[Change]
) -> Proposed | Refused:
    """Keeps a definition until somebody else agrees to it, and asks everybody who may, telling what would be
    changed. Raises ProposalWaits."""
    by = acting.actor.account

    def work(unit: UnitOfWork) -> Done[Proposed | Refused]:
        refuse_while_waiting(unit, new)
        able = agreeing(acting.directory, by)
        if not able:
            return _refused(acting, Refused(PROPOSE, (Reason("nobody_agrees"),)), said_of(new))
        told = proposed_notices(
            _in_words(acting, changed),
            to=able,
            title=f"{new.kind}/{new.name}/{new.version}",
            case=acting.case,
        )
        made = _entry(PROPOSE, acting.actor, role, said_of(new))
        entry = unit.record_act(made, log=acting.today.year, notices=told)
        return Done(Proposed(proposals.propose(unit, new, by=by, entry=entry), by, new))

    return acting.act(work)


def may_agree(acting: Acting, by: str) -> tuple[str, ...]:
    """The accounts of other people that may agree to what `by` proposes."""
    return agreeing(acting.directory, by)


def waiting(acting: Acting) -> tuple[Proposed, ...]:
    """What waits for agreement, without a lock kept."""
    return acting.act(lambda unit: Done(proposals.waiting(unit), written=False))


def refusal(acting: Acting, proposed: Proposed) -> Refused | None:
    """Why the acting account may not agree to it, which is logged; asked before anything is shown."""
    if _in_whose_name(acting, proposed) is not None:
        return None
    office, able = acting.directory, agreeing(acting.directory, proposed.by)
    own = office.person(acting.actor.account) == office.person(proposed.by)
    reason = Reason("own_definition", who_can=able) if own else _role_reason(acting, able)
    refused = Refused(AGREE, (reason,))
    attempt = Attempt(refused_entry(refused, acting.actor, inputs=said_of(proposed.definition)))
    return acting.act(lambda _unit: Done(refused, written=False, refused=[attempt]))


def named(found: Sequence[Proposed], wanted: str) -> Proposed:
    """The proposal that `kind/name/version`, with kind or version left out, means. Raises NoProposal."""
    titles = {
        f"{each.definition.kind}/{each.definition.name}/{each.definition.version}": each for each in found
    }
    parts = wanted.strip().split("/")
    fitting = [
        each
        for title, each in titles.items()
        if title == wanted.strip()
        or parts in (title.split("/")[1:2], title.split("/")[:2], title.split("/")[1:])
    ]
    if len(fitting) != 1:
        raise NoProposal(gia_tri=wanted, danh_sach=", ".join(titles) or "—")
    return fitting[0]


def agree(acting: Acting, proposed: Proposed, *, dry_run: bool = False) -> Agreed:
    """Puts what somebody else proposed in force, and tells the council of every right that it changes.

    Whether the account may is `refusal`'s. A dry run, which needs no actor, writes nothing. Raises NoProposal
    where it was decided meanwhile.
    """
    name = None if dry_run else _in_whose_name(acting, proposed)
    assert dry_run or name is not None, "nobody agrees who may not"
    actor = Actor(SYSTEM) if name is None else _in_name(acting, name)
    role = None if name is None else _role(acting, name)

    def work(unit: UnitOfWork) -> Done[Agreed]:
        _insist_on_waiting(unit, proposed)
        before = powers(acting)
        moved = put_in_force(acting, unit, proposed.definition, actor=actor, role=role, dry_run=dry_run)
        changed = changes(before, powers(acting), relations=roles_of_relations())
        if not dry_run:
            _record_agreed(acting, unit, proposed, actor, role, changed)
        return Done(Agreed(changed, moved or Recalendaring()))

    try:
        return acting.act(work, dry_run=dry_run)
    finally:
        acting.forget_definitions()


def _in_name(acting: Acting, account: str) -> Actor:
    """The acting account, for another one where that is not itself."""
    own = acting.actor.account
    return Actor(own, account if account != own else None)


def _record_agreed(
    acting: Acting,
    unit: UnitOfWork,
    proposed: Proposed,
    actor: Actor,
    role: str | None,
    changed: Sequence[Change],
) -> None:
    said: dict[str, Plain] = {**said_of(proposed.definition), "proposed_by": proposed.by}
    told = rights_notices(_in_words(acting, changed), proposed_by=proposed.by, case=acting.case_of(actor))
    entry = unit.record_act(_entry(AGREE, actor, role, said), log=acting.today.year, notices=told)
    proposals.end(unit, proposed.number, "agreed", by=actor.account, entry=entry)


def end(acting: Acting, proposed: Proposed, event: str, *, reason: str | None) -> Proposed | Refused:
    """Ends a proposal: whoever may agree declines it, or its proposer withdraws it. Raises NoProposal."""
    actor = acting.actor

    def work(unit: UnitOfWork) -> Done[Proposed | Refused]:
        _insist_on_waiting(unit, proposed)
        said: dict[str, Plain] = {**said_of(proposed.definition), "proposed_by": proposed.by}
        own = acting.directory.person(actor.account) == acting.directory.person(proposed.by)
        name = actor.account if event == WITHDRAW and own else None
        if event == DECLINE:
            name = _in_whose_name(acting, proposed)
        if name is None:
            able = (proposed.by,) if event == WITHDRAW else agreeing(acting.directory, proposed.by)
            return _refused(acting, Refused(event, (_role_reason(acting, able),)), said)
        capacity = _in_name(acting, name)
        texts = (FreeText("reason", reason),) if reason else ()
        draft = replace(_entry(event, capacity, _role(acting, name), said), texts=texts)
        entry = unit.record_act(draft, log=acting.today.year)
        proposals.end(unit, proposed.number, ENDING[event], by=actor.account, entry=entry)
        return Done(proposed)

    return acting.act(work)


def _in_words(acting: Acting, changed: Sequence[Change]) -> list[str]:
    """As notices say it."""
    words = acting.words.speaking("vi")
    return [change_text(change, words) for change in changed]


def _insist_on_waiting(unit: UnitOfWork, proposed: Proposed) -> None:
    """Only what was shown is decided, and once."""
    found = proposals.waiting(unit)
    if proposed not in found:
        raise NoProposal(gia_tri=proposed.title, danh_sach=", ".join(each.title for each in found) or "—")


def _in_whose_name(acting: Acting, proposed: Proposed) -> str | None:
    return agrees_for(
        acting.directory,
        acting.actor.account,
        proposer=proposed.by,
        substitutions=acting.setting.substitutions,
        day=acting.today,
    )


def _role_reason(acting: Acting, able: Sequence[str]) -> Reason:
    labels = [account.label for id in able if (account := acting.directory.account(id))]
    named = Text("; ".join(each.vi for each in labels) or "—", "; ".join(each.en for each in labels) or "—")
    return Reason("role", {"vai_tro": named}, who_can=tuple(able))


def _role(acting: Acting, account: str) -> str | None:
    """The role by which an account agrees."""
    found = acting.directory.account(account)
    roles = (*acting.directory.agrees, "vice_chair")
    return next((role for role in roles if found and role in found.roles), None)


def _entry(
    event: str, actor: Actor, role: str | None, inputs: dict[str, Plain] | dict[str, str | int]
) -> EntryDraft:
    return EntryDraft(event, actor.account, role, None, None, acting_for=actor.acting_for, inputs=inputs)


def _refused(acting: Acting, refused: Refused, inputs: dict[str, str | int] | dict[str, Plain]) -> Done[Any]:
    attempt = Attempt(refused_entry(refused, acting.actor, inputs=dict(inputs)))
    return Done(refused, written=False, refused=[attempt])
