"""Wiring for acting commands: one office's setting, its machines, its clock, and the transactions.

Every change goes through `advance`, `open_dossier`, `import_plan` or `sweep` here, which open the unit of
work, call the service, commit, and record a refused attempt in a transaction of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from runtime.looking import chosen_office, current_time, no_plan, reference
from runtime.seeds import shipped_catalogue
from runtime.settings import Options, database_url, language
from runtime.settings import lock_timeout as timeout_of
from runtime.words import Words
from storage import items, offices, schema
from storage.database import Database
from storage.errors import Deadlock
from storage.unit import UnitOfWork, unit_of_work
from workflow.advancing import Advance, NewDossier, Tried, advance, known_events, open_dossier
from workflow.calendar import WorkCalendar, local_date
from workflow.compiled import from_json, to_json
from workflow.context import Actor, Setting
from workflow.deadlines import MOVED
from workflow.decision import Decision, EntryDraft, Reason, Refused
from workflow.definition import CalendarYear, Catalogue, DeadlinePolicy, Definition, Machine, Office, RulePack
from workflow.errors import (
    Conflict,
    TdktError,
    UnknownActor,
    UnknownEvent,
    UnknownReference,
    UnknownValue,
    UsageMistake,
)
from workflow.explaining import Explanation, explain
from workflow.facts import Facts, Item, Key
from workflow.importing import Imported, import_tasks
from workflow.machine import RunnableMachine, with_owners
from workflow.plan import PlanReading
from workflow.roles import SYSTEM
from workflow.sweep import Swept, sweep_item

BATCH = 100
"""Items in one transaction of a command over many."""
DEADLOCK_TRIES = 5

Answered = TypeVar("Answered")


class NoActor(UsageMistake):
    """It is not clear who acts; choose an account with --as, TDKT_ACTOR or `tdkt office use`: {danh_sach}."""

    code = "no_actor"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one item of a command: moved, refused, or not understood.

    `due` is the new due date where the event moved it.
    """

    ref: str
    event: str
    from_state: str | None = None
    to_state: str | None = None
    version: int | None = None
    warnings: tuple[Reason, ...] = ()
    refused: Refused | None = None
    error: TdktError | None = None
    kind: str = ""
    due: str | None = None

    @property
    def done(self) -> bool:
        return self.refused is None and self.error is None

    def stored(self) -> dict[str, Any]:
        """A moved item as the idempotency table keeps it."""
        return {
            "ref": self.ref,
            "event": self.event,
            "from": self.from_state,
            "to": self.to_state,
            "version": self.version,
            "kind": self.kind,
            "due": self.due,
        }

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Result:
        ref, event, before, after, version, kind, due = (
            stored[name] for name in ("ref", "event", "from", "to", "version", "kind", "due")
        )
        return cls(ref, event, before, after, version, kind=kind, due=due)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one sweep of an office did."""

    rows: int = 0
    notices: int = 0
    items: int = 0
    refs: tuple[str, ...] = field(default=())


class Acting:
    """One office, open for acting. Closes its database at the end of a `with`."""

    def __init__(
        self,
        options: Options,
        environment: Mapping[str, str],
        *,
        lock_timeout: float | None = None,
        journal_mode: str = "DELETE",
    ) -> None:
        self.options = options
        self.environment = environment
        self.database = Database(
            database_url(options, environment),
            lock_timeout=timeout_of(environment) if lock_timeout is None else lock_timeout,
            journal_mode=journal_mode,
        )
        schema.check(self.database)
        self.row = self._choose_office()
        self.office: str = self.row.office
        self._machines: dict[str, RunnableMachine] = {}

    def __enter__(self) -> Acting:
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()

    def _choose_office(self) -> offices.OfficeRow:
        names = offices.offices(self.database)
        wanted = chosen_office(self.options, self.environment, names)
        row = offices.office_row(self.database, wanted)
        assert row is not None
        return row

    # -- definitions ---------------------------------------------------------------------------------

    @cached_property
    def definitions(self) -> Mapping[tuple[str, str], offices.StoredDefinition]:
        """The newest stored version of every definition by kind and name."""
        newest: dict[tuple[str, str], offices.StoredDefinition] = {}
        for stored in self.stored_definitions():
            key = (stored.kind, stored.name)
            if key not in newest or stored.version > newest[key].version:
                newest[key] = stored
        return newest

    def stored_definitions(self) -> tuple[offices.StoredDefinition, ...]:
        """Every version that the office ever adopted."""
        return offices.definitions(self.database, self.office)

    def definition(self, kind: str, name: str) -> Definition:
        stored = self.definitions.get((kind, name))
        if stored is None:
            known = ", ".join(sorted(f"{kind}/{name}" for kind, name in self.definitions))
            raise UnknownValue(what="definition", value=f"{kind}/{name}", known=known)
        return from_json(stored.compiled)

    @cached_property
    def directory(self) -> Office:
        kinds = [key for key in self.definitions if key[0] == "office"]
        office = self.definition(*kinds[0])
        assert isinstance(office, Office)
        return office

    @cached_property
    def setting(self) -> Setting:
        office = self.directory
        years = [self.definition("calendar", name) for name in office.calendars]
        policy, rules = self.definition("policy", office.policy), self.definition("rules", office.rules)
        assert isinstance(policy, DeadlinePolicy)
        assert isinstance(rules, RulePack)
        return Setting(
            office=office,
            rules=rules,
            calendar=WorkCalendar.of(year for year in years if isinstance(year, CalendarYear)),
            policy=policy,
            started_on=self.row.started_on,
            sandbox=self.row.sandbox,
        )

    @cached_property
    def catalogue(self) -> Catalogue:
        found = self.definition("messages", self.directory.messages)
        assert isinstance(found, Catalogue)
        return found

    @cached_property
    def words(self) -> Words:
        chosen = language(self.row.language, self.environment)
        words = {key: {"vi": text.vi, "en": text.en} for key, text in self.catalogue.words.items()}
        return Words(words, language=chosen, later=shipped_catalogue)

    def machine(self, digest: str) -> RunnableMachine:
        """The machine that an item pins, whatever versions came later."""
        found = self._machines.get(digest)
        if found is None:
            stored = offices.definition_by_digest(self.database, self.office, digest)
            assert stored is not None
            definition = from_json(stored.compiled)
            assert isinstance(definition, Machine)
            found = self._machines[digest] = RunnableMachine(definition, digest=digest)
        return found

    def newest_machine(self, subject: str) -> RunnableMachine:
        """The newest version of the office's machine for tasks or dossiers."""
        for name in self.directory.machines:
            stored = self.definitions.get(("machine", name))
            if stored is None:
                continue
            machine = self.machine(stored.digest)
            if machine.definition.subject == subject:
                return machine
        raise UnknownValue(what="machine", value=subject, known=", ".join(self.directory.machines))

    # -- clock, actor, references --------------------------------------------------------------------

    @property
    def zone(self) -> str:
        return self.directory.zone

    @cached_property
    def now(self) -> datetime:
        """The instant of this command; a sandbox's clock is kept with the command's own transaction."""
        return current_time(
            self.options.now, sandbox=self.row.sandbox, reached=self.row.clock, zone=self.zone
        )

    @property
    def today(self) -> date:
        return local_date(self.now, self.zone)

    @property
    def clock_moved(self) -> bool:
        return self.row.sandbox and self.options.now is not None and self.now != self.row.clock

    @cached_property
    def actor(self) -> Actor:
        """--as, TDKT_ACTOR, or the account that `office use` stored. Raises NoActor, UnknownActor."""
        named = self.options.actor or self.environment.get("TDKT_ACTOR") or self.row.actor
        known = ", ".join(account.id for account in self.directory.accounts)
        if not named:
            raise NoActor(danh_sach=known)
        if self.directory.account(named) is None:
            raise UnknownActor(actor=named, known=known)
        return Actor(named)

    @property
    def actor_or_none(self) -> Actor | None:
        """The actor where one is named; questions need none."""
        try:
            return self.actor
        except NoActor:
            return None

    def why(self, ref: str, event: str | None, *, actor: Actor | None) -> list[Explanation]:
        """What can be done to the item, every event or the one asked for; decides nothing, writes nothing."""
        key = self.key(ref)
        item = items.item_at(self.database, key)
        if item is None:
            raise UnknownReference(ref=key.ref)
        machine = self.machine(item.digest)
        known = known_events(machine)
        if event is not None and event not in known:
            raise UnknownEvent(ref=key.ref, event=event, known=", ".join(known))
        parent = items.item_at(self.database, key._replace(ref=item.parent)) if item.parent else None
        quarter = items.open_tasks(self.database, *key[:2], item.task.quarter) if item.task else ()
        facts = Facts(item, parent, items.dossiers_of(self.database, key), quarter)
        return [
            explain(machine, each, facts=facts, actor=actor, setting=self.setting, now=self.now)
            for each in ([event] if event is not None else known)
        ]

    @cached_property
    def year(self) -> int:
        years = offices.plan_years(self.database, self.office)
        wanted = self.options.year
        if not years or (wanted is not None and wanted not in years):
            raise no_plan(wanted)
        return wanted if wanted is not None else max(years)

    def key(self, text: str) -> Key:
        """The key of a reference as typed. Raises BadReference, UnknownReference."""
        office, year, ref, _no = reference(text)
        if office is not None and office != self.office:
            raise UnknownReference(ref=text)
        return Key(self.office, year if year is not None else self.year, ref)

    # -- transactions --------------------------------------------------------------------------------

    def _in_transaction(self, command: str, work: Callable[[UnitOfWork], Answered]) -> Answered:
        """Runs work in a transaction, again after a deadlock; work commits by itself."""
        for _ in range(DEADLOCK_TRIES - 1):
            try:
                return self._once(command, work)
            except Deadlock:
                continue
        return self._once(command, work)

    def _once(self, command: str, work: Callable[[UnitOfWork], Answered]) -> Answered:
        with unit_of_work(
            self.database, office=self.office, zone=self.zone, command=command, now=self.now
        ) as unit:
            return work(unit)

    def _commit(self, unit: UnitOfWork) -> None:
        """Commits, with the sandbox's clock where this command moved it."""
        if self.clock_moved:
            offices.set_clock(unit, self.now)
        unit.commit()

    def keep_clock(self) -> None:
        """Stores the time that a sandbox has reached, for a command that wrote nothing else."""
        if self.clock_moved:
            self._in_transaction(new_key(), self._commit)

    def advance(
        self,
        refs: Sequence[str],
        event: str,
        words: Mapping[str, str],
        *,
        note: str | None = None,
        version: int | None = None,
        key: str | None = None,
        dry_run: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> list[Result]:
        """Asks an event of one item or of many, one transaction for each hundred; a result for each.

        Versions are taken now, before any lock is waited for, unless `version` says which one was seen.
        With one reference a usage mistake or a conflict is raised; with many it is that item's result, and
        so is what ends the command once a hundred are written. An item that is named twice is asked once.
        """
        commands = [
            Advance(each, event, words, version if version is not None else self._version(each), note)
            for each in dict.fromkeys(self.key(ref) for ref in refs)
        ]
        results: dict[Key, Result] = {}
        ordered = sorted(commands, key=lambda command: command.key)
        for number, start in enumerate(range(0, len(ordered), BATCH)):
            chunk = ordered[start : start + BATCH]
            command_key = key if number == 0 or key is None else f"{key}/{number}"
            try:
                done = self._advance_chunk(chunk, key=command_key, dry_run=dry_run, alone=len(commands) == 1)
            except TdktError as error:
                if number == 0:
                    raise
                rest = ordered[start:]
                results.update({each.key: Result(each.key.ref, each.event, error=error) for each in rest})
                break
            results.update(done)
            if progress:
                progress(len(chunk))
        return [results[command.key] for command in commands]

    def _version(self, key: Key) -> int | None:
        return offices.version_of(self.database, key)

    def _advance_chunk(
        self, chunk: Sequence[Advance], *, key: str | None, dry_run: bool, alone: bool
    ) -> dict[Key, Result]:
        command = key or new_key()
        tried: list[tuple[Advance, Tried]] = []

        def work(unit: UnitOfWork) -> dict[Key, Result]:
            tried.clear()
            stored = unit.claim_key(_body(chunk, self.actor), digest_key=self.row.digest_key)
            if stored is not None:
                return _stored_results(chunk, stored.answer if stored.same else None)
            results = {each.key: self._advance_one(unit, each, tried, alone=alone) for each in chunk}
            if dry_run or not any(result.done for result in results.values()):
                return results
            unit.keep_answer(
                json.dumps([results[each.key].stored() for each in chunk if results[each.key].done])
            )
            self._commit(unit)
            return results

        results = self._in_transaction(command, work)
        if tried and not dry_run:
            self._record_refusals(command, [attempt for _command, attempt in tried])
        return results

    def _advance_one(
        self, unit: UnitOfWork, command: Advance, tried: list[tuple[Advance, Tried]], *, alone: bool
    ) -> Result:
        try:
            answer = advance(
                unit,
                command,
                actor=self.actor,
                machines=self.machine,
                setting=self.setting,
                catalogue=lambda: self.catalogue,
                now=self.now,
            )
        except TdktError as error:
            if alone or not isinstance(error, (UsageMistake, Conflict)):
                raise
            return Result(command.key.ref, command.event, error=error)
        if isinstance(answer, Tried):
            tried.append((command, answer))
            return Result(
                command.key.ref,
                command.event,
                answer.item.state,
                version=answer.item.version,
                refused=answer.refused,
                kind=answer.item.kind,
            )
        return _result(command.key.ref, answer)

    def _record_refusals(self, command: str, attempts: Iterable[Tried]) -> None:
        """Logs refused attempts, in a transaction of their own."""

        def work(unit: UnitOfWork) -> None:
            for attempt in attempts:
                unit.record(attempt.entry, log=attempt.item.key.year, key=attempt.item.key)
            self._commit(unit)

        self._in_transaction(command, work)

    def open_dossier(
        self, task: str, *, body: str, title: str, type: str, note: str | None, key: str | None
    ) -> Result:
        """Makes a dossier; the result's `ref` is its own. Unknown words raise UnknownValue."""
        self._known("body", body, [each.id for each in self.directory.bodies])
        self._known("title", title, [each.id for each in self.setting.rules.titles])
        self._known("type", type, [each.id for each in self.setting.rules.types])
        command = NewDossier(self.key(task), body, title, type, note)
        name = key or new_key()
        attempts: list[Tried] = []

        def work(unit: UnitOfWork) -> Result:
            attempts.clear()
            said = json.dumps(["dossier", str(command.task), body, title, type, note, self.actor.account])
            stored = unit.claim_key(said, digest_key=self.row.digest_key)
            if stored is not None:
                if not stored.same:
                    return Result(task, "new", refused=Refused("new", (Reason("key"),)))
                return Result.of(json.loads(stored.answer)[0])
            answer = open_dossier(
                unit,
                command,
                actor=self.actor,
                machine=self.newest_machine("dossier"),
                setting=self.setting,
                catalogue=lambda: self.catalogue,
                now=self.now,
            )
            if isinstance(answer, Tried):
                attempts.append(answer)
                return Result(command.task.ref, "new", refused=answer.refused)
            result = replace(_result(answer.item.key.ref, answer), warnings=answer.warnings)
            unit.keep_answer(json.dumps([result.stored()]))
            self._commit(unit)
            return result

        result = self._in_transaction(name, work)
        if attempts:
            self._record_refusals(name, attempts)
        return result

    @staticmethod
    def _known(what: str, value: str, known: list[str]) -> None:
        if value not in known:
            raise UnknownValue(what=what, value=value, known=", ".join(known))

    # -- the plan ------------------------------------------------------------------------------------

    def tasks(self, year: int) -> list[Item]:
        """The year's tasks as they stand, without locks."""
        return offices.tasks_of(self.database, self.office, year)

    def import_plan(self, reading: PlanReading, *, document: str, role: str | None) -> Imported:
        """Writes a reading's tasks into its year. `document` is the file's digest; no role: a founding."""
        year = reading.year
        assert year is not None

        def work(unit: UnitOfWork) -> Imported:
            offices.store_plan(unit, year=year, title=reading.title or "", document=document)
            done = import_tasks(
                unit,
                reading.tasks,
                office=self.office,
                year=year,
                actor=self.actor.account if role else SYSTEM,
                role=role or SYSTEM,
                machine=self.newest_machine("task"),
                setting=self.setting,
                now=self.now,
            )
            self._commit(unit)
            return done

        return self._in_transaction(new_key(), work)

    # -- the sweep -----------------------------------------------------------------------------------

    def sweep(
        self,
        *,
        progress: Callable[[int], None] | None = None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> Ticked:
        """Fires every row that is due now, item by item, each item in a transaction of its own.

        `progress` hears of each item; `stopping` is asked before each, and ends the sweep when it is true.
        """
        total = Ticked()
        while True:
            done: list[tuple[Key, Swept]] = []
            for key in offices.due_items(self.database, self.office, now=self.now, limit=BATCH):
                if stopping():
                    break
                swept = self._sweep_item(key)
                if swept.rows:
                    done.append((key, swept))
                if progress:
                    progress(1)
            total = Ticked(
                total.rows + sum(swept.rows for _key, swept in done),
                total.notices + sum(swept.notices for _key, swept in done),
                total.items + len(done),
                (*total.refs, *(key.ref for key, _swept in done)),
            )
            if not done or stopping():
                self.keep_clock()
                return total

    def _sweep_item(self, key: Key) -> Swept:
        def work(unit: UnitOfWork) -> Swept:
            swept = sweep_item(
                unit,
                key,
                machines=self.machine,
                setting=self.setting,
                catalogue=self.catalogue,
                now=self.now,
            )
            if swept.rows:
                self._commit(unit)
            return swept

        return self._in_transaction(f"sweep/{new_key()}", work)

    # -- the office ----------------------------------------------------------------------------------

    def use(self, account: str) -> None:
        """Stores the account that acts when none is named, with an entry in the year's log."""
        if self.directory.account(account) is None:
            known = ", ".join(each.id for each in self.directory.accounts)
            raise UnknownActor(actor=account, known=known)

        def work(unit: UnitOfWork) -> None:
            offices.set_actor(unit, account)
            self._record_office(unit, "use", actor=account, account=account)

        self._in_transaction(new_key(), work)

    def _record_office(
        self, unit: UnitOfWork, event: str, *, actor: str, role: str | None = None, **inputs: str | int
    ) -> None:
        entry = EntryDraft(event=event, actor=actor, role=role, from_state=None, to_state=None, inputs=inputs)
        unit.record(entry, log=self.today.year)
        self._commit(unit)

    def record_refusal(self, event: str, reason: Reason) -> None:
        """Logs an attempt on the whole office that was refused, in a transaction of its own."""
        entry = EntryDraft(
            event=event,
            actor=self.actor.account,
            role=None,
            from_state=None,
            to_state=None,
            rules=(reason.rule,),
            refused=True,
        )

        def work(unit: UnitOfWork) -> None:
            unit.record(entry, log=self.today.year)
            self._commit(unit)

        self._in_transaction(new_key(), work)

    def adopt_definition(
        self,
        *,
        kind: str,
        name: str,
        version: int,
        digest: str,
        source: str,
        definition: Definition,
        role: str | None = None,
    ) -> bool:
        """Stores a new version of a definition; False where it stands already. Raises ReleasedDefinition.

        Those who must act on running items, and the office's title, follow in the same transaction.
        """

        actor = self.actor.account

        def work(unit: UnitOfWork) -> bool:
            self._forget_definitions()
            new = offices.store_definition(
                unit,
                kind=kind,
                name=name,
                version=version,
                digest=digest,
                source=source,
                compiled=to_json(definition),
                now=self.now,
            )
            if new:
                self._forget_definitions()
                offices.set_title(unit, self.directory.title)
                self._refresh_owners(unit)
                self._record_office(
                    unit,
                    "adopt_definition",
                    actor=actor,
                    role=role,
                    kind=kind,
                    name=name,
                    version=version,
                    digest=digest,
                )
            return new

        return self._in_transaction(new_key(), work)

    def _forget_definitions(self) -> None:
        """What was made of the stored definitions is made anew when it is next asked for."""
        for name in ("definitions", "directory", "setting", "catalogue", "words"):
            self.__dict__.pop(name, None)

    def _refresh_owners(self, unit: UnitOfWork) -> None:
        """Names anew who must act on each item that somebody must act on: a mark, no change of state."""
        machines: dict[Key, RunnableMachine] = {}
        for stored in self.stored_definitions():
            if stored.kind == "machine":
                machine = self.machine(stored.digest)
                owned = [state.id for state in machine.definition.states if state.owner is not None]
                keys = offices.items_in(self.database, self.office, digest=stored.digest, states=owned)
                machines.update(dict.fromkeys(keys, machine))
        for key in sorted(machines):
            item = unit.lock(key)
            assert item is not None
            renewed = with_owners(machines[key], item, setting=self.setting)
            if renewed != item:
                unit.mark(renewed)


def new_key() -> str:
    """A fresh idempotency key for a command that brought none."""
    return os.urandom(12).hex()


def _body(chunk: Sequence[Advance], actor: Actor) -> str:
    """What makes two commands the same: verb, references, inputs, note and actor."""
    first = chunk[0]
    refs = [str(command.key) for command in chunk]
    return json.dumps(
        [first.event, refs, sorted(first.words.items()), first.note, actor.account, actor.acting_for]
    )


def _stored_results(chunk: Sequence[Advance], answer: str | None) -> dict[Key, Result]:
    """The first answer's results; None (another command's key) refuses every item."""
    if answer is None:
        return {
            each.key: Result(each.key.ref, each.event, refused=Refused(each.event, (Reason("key"),)))
            for each in chunk
        }
    stored = {each["ref"]: Result.of(each) for each in json.loads(answer)}
    missing = Refused(chunk[0].event, (Reason("key"),))
    return {
        each.key: stored.get(each.key.ref, Result(each.key.ref, each.event, refused=missing))
        for each in chunk
    }


def _result(ref: str, decision: Decision) -> Result:
    entry = decision.entry
    item = decision.item
    moved = item.due_on.isoformat() if item.due_on and decision.cancel_deadlines == MOVED else None
    return Result(
        ref,
        entry.event,
        entry.from_state,
        entry.to_state,
        item.version,
        decision.warnings,
        kind=item.kind,
        due=moved,
    )
