"""What lies with the people of a body that exists no more passes to those of the body that goes on for it.

Who may act is computed by the day, so the successor may from the first day on; what is stored is who must
act, and that follows here, with an entry of its own. Lists of expected dossiers are no part of it.
"""

from __future__ import annotations

from runtime.acts.acting import Acting, Done
from runtime.office.results import new_key
from storage import offices
from storage.unit import UnitOfWork
from workflow.engine.machine import with_owners
from workflow.model.context import Actor
from workflow.model.decision import EntryDraft
from workflow.model.facts import Key
from workflow.model.roles import SYSTEM

SUCCEED = "succeed"


def hand_over(acting: Acting) -> None:
    """Hands over every open dossier with which an account of such a body is still charged."""
    office, today = acting.directory, acting.today
    ended = {body.id for body in office.bodies if not body.lives_on(today) and office.living(body.id, today)}
    people = [account.id for account in office.accounts if account.body in ended]
    if not people:
        return
    for key in offices.dossiers_left_with(acting.database, acting.office, ended, people):
        _hand_over(acting, key)


def _hand_over(acting: Acting, key: Key) -> None:
    case = acting.case_of(Actor(SYSTEM))

    def work(unit: UnitOfWork) -> Done[None]:
        item = unit.lock(key, skip_locked=True)
        if item is None:  # in other hands: the next sweep comes back to it
            return Done(None, written=False)
        renewed = with_owners(case.machine(item), item, setting=case.setting.of(item))
        if renewed == item:
            return Done(None, written=False)
        unit.mark(renewed)
        entry = EntryDraft(
            event=SUCCEED,
            actor=SYSTEM,
            role=SYSTEM,
            from_state=item.state,
            to_state=item.state,
            inputs={"body": item.details.responsible, "to": list(renewed.owners)},
        )
        unit.record(entry, log=key.year, key=key)
        return Done(None)

    acting.act(work, key=f"succeed/{new_key()}")
