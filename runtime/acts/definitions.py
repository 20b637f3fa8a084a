"""Putting a definition in force."""

from __future__ import annotations

from runtime.acts.acting import Acting, Done
from runtime.acts.recalendaring import Recalendaring, recalendar
from storage import offices
from storage.offices import StoredDefinition
from storage.unit import UnitOfWork
from workflow.engine.machine import RunnableMachine, with_owners
from workflow.files.compiled import to_json
from workflow.files.parsing import Parsed
from workflow.model.context import Actor
from workflow.model.definition import KINDS, Definition
from workflow.model.facts import Key
from workflow.model.roles import SYSTEM


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


def adopt(acting: Acting, new: StoredDefinition, *, role: str | None, dry_run: bool = False) -> Recalendaring:
    """Stores a new version of a definition; nothing where it stands already. Raises ReleasedDefinition.

    Those who must act on running items, the office's title, and the deadlines that a changed calendar
    moves, follow in the same transaction. A dry run, which needs no actor, writes nothing of it.
    """
    actor = Actor(SYSTEM) if dry_run else acting.actor

    def work(unit: UnitOfWork) -> Done[Recalendaring]:
        # A transaction that is tried again must see what stood before, not what its first try read.
        acting.forget_definitions()
        before = acting.setting
        if not offices.store_definition(unit, new):
            return Done(Recalendaring(), written=False)
        acting.forget_definitions()
        offices.set_title(unit, acting.directory.title)
        moved = recalendar(acting, unit, before=before, actor=actor, role=role)
        if not dry_run:
            _refresh_owners(acting, unit)
            acting.record(
                unit,
                "adopt_definition",
                {"kind": new.kind, "name": new.name, "version": new.version, "digest": new.digest},
                role=role,
            )
        return Done(moved)

    try:
        return acting.act(work, dry_run=dry_run)
    finally:
        # What a dry run or a failed transaction read is not what stands.
        acting.forget_definitions()


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
