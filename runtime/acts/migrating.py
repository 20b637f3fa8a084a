"""Moving running items to another stored version of their machine, each wholly or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from runtime.acts.acting import Acting, Attempt, Done
from runtime.acts.advance import BATCH
from storage import offices
from storage.unit import UnitOfWork
from workflow.engine.machine import RunnableMachine
from workflow.model import naming
from workflow.model.context import Actor
from workflow.model.decision import Refused, refused_entry
from workflow.model.errors import UnknownReference, UnknownValue, UsageMistake
from workflow.model.facts import Key
from workflow.model.roles import SYSTEM
from workflow.services.migrate import Migrated, migrate_item


class VersionNotStored(UsageMistake):
    """The office has no version {so} of the machine {ten}; it has {danh_sach}. Adopt that one first with
    `tdkt definition adopt`."""

    code = "version_not_stored"


@dataclass(frozen=True, slots=True)
class Migration:
    """What became of each item that does not run on the version `to` yet, in key order."""

    to: str
    items: tuple[tuple[Key, Migrated | Refused], ...] = ()

    @property
    def movable(self) -> tuple[tuple[Key, Migrated], ...]:
        return tuple((key, done) for key, done in self.items if isinstance(done, Migrated))

    @property
    def refused(self) -> tuple[tuple[Key, Refused], ...]:
        return tuple((key, done) for key, done in self.items if isinstance(done, Refused))


def migrate(
    acting: Acting,
    name: str,
    version: int,
    refs: Sequence[str],
    *,
    states: Mapping[str, str],
    role: str | None,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Migration:
    """Moves the items named, else all that somebody must still act on, one transaction for each hundred. What
    cannot be moved is refused and keeps no other.

    A dry run, which needs no actor, writes nothing. Raises VersionNotStored, UnknownReference,
    UnknownValue, UnknownName.
    """
    to = _machine(acting, name, version)
    known = naming.states([to.definition])
    states = {old: naming.meant("state", new, known) for old, new in states.items()}
    case = acting.case_of(Actor(SYSTEM) if dry_run else acting.actor)
    keys = _named(acting, refs) if refs else _running(acting, name, to)
    found: list[tuple[Key, Migrated | Refused]] = []
    for start in range(0, len(keys), BATCH):

        def work(unit: UnitOfWork, chunk: Sequence[Key] = keys[start : start + BATCH]) -> Done[None]:
            answers = [(key, migrate_item(unit, key, to, case, states=states, role=role)) for key in chunk]
            found.extend((key, answer) for key, answer in answers if answer is not None)
            refused = [
                Attempt(refused_entry(answer, case.actor, machine=to.name), key)
                for key, answer in answers
                if isinstance(answer, Refused)
            ]
            return Done(None, written=any(isinstance(each, Migrated) for _, each in answers), refused=refused)

        acting.act(work, dry_run=dry_run)
        if progress:
            progress(len(keys[start : start + BATCH]))
    return Migration(to.name, tuple(found))


def _machine(acting: Acting, name: str, version: int) -> RunnableMachine:
    stored = [each for each in acting.stored_definitions if (each.kind, each.name) == ("machine", name)]
    if not stored:
        raise UnknownValue(what="machine", value=name, known=", ".join(acting.directory.runs))
    found = next((each for each in stored if each.version == version), None)
    if found is None:
        there_are = ", ".join(str(each.version) for each in stored)
        raise VersionNotStored(ten=name, so=version, danh_sach=there_are)
    return acting.machine(found.digest)


def _named(acting: Acting, refs: Sequence[str]) -> list[Key]:
    standing = acting.keys(refs)
    for key, version in standing.items():
        if version is None:
            raise UnknownReference(ref=key.ref)
    return sorted(standing)


def _running(acting: Acting, name: str, to: RunnableMachine) -> list[Key]:
    """Every item on another version of the machine that is open or that somebody must act on."""
    keys: set[Key] = set()
    for stored in acting.stored_definitions:
        if (stored.kind, stored.name) == ("machine", name) and stored.digest != to.digest:
            states = acting.machine(stored.digest).states.values()
            runs = [state.id for state in states if state.open or state.owner is not None]
            keys.update(offices.items_in(acting.database, acting.office, digest=stored.digest, states=runs))
    return sorted(keys)
