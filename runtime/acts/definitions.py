"""Putting a definition in force: at once where it gives nobody a right, else by `runtime.acts.agreeing`."""

from __future__ import annotations

from runtime.acts.acting import Acting, Done
from runtime.acts.dropping import end_of_accounts
from runtime.acts.recalendaring import Recalendaring, recalendar
from storage import offices, proposals
from storage.offices import StoredDefinition
from storage.unit import UnitOfWork
from workflow.engine.machine import RunnableMachine, with_owners
from workflow.files.compiled import to_json
from workflow.files.parsing import Parsed
from workflow.lint.comparing import Powers
from workflow.model.context import Actor
from workflow.model.definition import KINDS, Definition, Machine
from workflow.model.errors import TdktError
from workflow.model.facts import Key
from workflow.model.roles import SYSTEM

AT_ONCE = frozenset({"calendar", "policy", "messages", "paper"})
"""The kinds of definitions that say nothing of who may do what."""


class ProposalWaits(TdktError):
    """{gia_tri} is proposed already and waits for an answer; agree to it, decline it or withdraw it first."""

    code = "proposal_waits"


def kind_of(definition: Definition) -> str:
    """The `definition:` key of a value."""
    return next(kind for kind, made in KINDS.items() if isinstance(definition, made))


def to_store(parsed: Parsed) -> StoredDefinition:
    """A file without mistakes as the database keeps it."""
    definition = parsed.definition
    assert definition is not None
    return StoredDefinition(
        kind_of(definition),
        definition.name,
        definition.version,
        parsed.digest,
        compiled=to_json(definition),
        source=parsed.source,
    )


def powers(acting: Acting) -> Powers:
    """What says now who may do what in the office."""
    named = [("machine", name) for name in acting.directory.runs]
    machines = [acting.definition(*key) for key in named if key in acting.definitions]
    return Powers(
        acting.directory, tuple(each for each in machines if isinstance(each, Machine)), acting.setting.laws
    )


def adopt(acting: Acting, new: StoredDefinition, *, role: str | None, dry_run: bool = False) -> Recalendaring:
    """Puts a definition in force that needs nobody's agreement; nothing where it stands already.

    A dry run, which needs no actor, writes nothing. Raises ReleasedDefinition, ProposalWaits.
    """
    actor = Actor(SYSTEM) if dry_run else acting.actor

    def work(unit: UnitOfWork) -> Done[Recalendaring]:
        refuse_while_waiting(unit, new)
        moved = put_in_force(acting, unit, new, actor=actor, role=role, dry_run=dry_run)
        if moved is None:
            return Done(Recalendaring(), written=False)
        if not dry_run:
            acting.record(unit, "adopt_definition", said_of(new), role=role)
        return Done(moved)

    try:
        return acting.act(work, dry_run=dry_run)
    finally:
        # What a dry run or a failed transaction read is not what stands.
        acting.forget_definitions()


def refuse_while_waiting(unit: UnitOfWork, new: StoredDefinition) -> None:
    """Raises ProposalWaits where another edition of the definition waits for agreement: what is decided of
    it must be what was shown."""
    for waits in proposals.waiting(unit):
        other = waits.definition
        if (other.kind, other.name) == (new.kind, new.name):
            raise ProposalWaits(gia_tri=f"{other.kind}/{other.name}/{other.version}")


def said_of(new: StoredDefinition) -> dict[str, str | int]:
    """What entries say of a definition."""
    return {"kind": new.kind, "name": new.name, "version": new.version, "digest": new.digest}


def put_in_force(
    acting: Acting,
    unit: UnitOfWork,
    new: StoredDefinition,
    *,
    actor: Actor,
    role: str | None,
    dry_run: bool = False,
) -> Recalendaring | None:
    """Stores a new version of a definition within the transaction; None where it stands already.

    Those who must act on running items, the office's title, the deadlines that a changed calendar moves, and
    what accounts leave that are not there any more, follow. Raises ReleasedDefinition.
    """
    # A transaction that is tried again must see what stood before, not what its first try read.
    acting.forget_definitions()
    before = acting.setting
    if not offices.store_definition(unit, new):
        return None
    acting.forget_definitions()
    offices.set_title(unit, acting.directory.title)
    moved = recalendar(acting, unit, before=before, actor=actor, role=role)
    if not dry_run:
        end_of_accounts(acting, unit, before=before, actor=actor, role=role)
        _refresh_owners(acting, unit)
    return moved


def _refresh_owners(acting: Acting, unit: UnitOfWork) -> None:
    """Writes anew who must act on each open item; no state changes."""
    machines: dict[Key, RunnableMachine] = {}
    for stored in acting.stored_definitions:
        if stored.kind == "machine":
            machine = acting.machine(stored.digest)
            owned = [state.id for state in machine.definition.states if state.owner is not None]
            keys = offices.items_in(acting.database, acting.office, digest=stored.digest, states=owned)
            machines.update(dict.fromkeys(keys, machine))
    for key in sorted(machines):
        item = unit.lock(key)
        assert item is not None
        renewed = with_owners(machines[key], item, setting=acting.setting)
        if renewed != item:
            unit.mark(renewed)
