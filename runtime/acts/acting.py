"""Acting on an office: every change of it goes through here.

`advance`, `open_dossier`, `import_plan`, `sweep` and the office's own acts open the unit of work, call the
service, commit, and record a refused attempt in a transaction of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from runtime.acts.incidents import OF_NO_ITEM, Diagnosis, diagnosis, where
from runtime.acts.recalendaring import Recalendaring, migrate, recalendar
from runtime.office.opened import OpenedOffice
from runtime.office.results import Result, Ticked, body_of, new_key, result_of, stored_results
from storage import incidents, offices
from storage.unit import UnitOfWork
from workflow.engine.machine import RunnableMachine, with_owners
from workflow.files.compiled import to_json
from workflow.model.context import Actor
from workflow.model.decision import EntryDraft, FreeText, Reason, Refused
from workflow.model.definition import Definition
from workflow.model.errors import (
    UNUSABLE,
    Conflict,
    TdktError,
    UnknownActor,
    UnknownValue,
    UsageMistake,
)
from workflow.model.facts import Item, Key
from workflow.model.plan import PlanReading
from workflow.model.roles import SYSTEM
from workflow.rules.inputs import read_note
from workflow.services.advance import Advance, NewDossier, Tried, advance, open_dossier
from workflow.services.import_plan import Imported, import_tasks
from workflow.services.sweep import Swept, sweep_item


class PolicyNotAdopted(UsageMistake):
    """The office has no version {so} of its policy {ten}; it has {danh_sach}. Adopt that one first with
    `tdkt definition adopt`."""

    code = "policy_not_adopted"


BATCH = 100
"""Items in one transaction of a command over many."""


class OfficeUnreadable(TdktError):
    """A definition that the office {ten} runs on cannot be read: {ly_do}. See tdkt incident list."""

    code = "office_unreadable"
    exit_code = UNUSABLE


class UnknownIncident(UsageMistake):
    """There is no open incident {so}. See tdkt incident list."""

    code = "unknown_incident"


def _cleared(incident: incidents.Incident, *, actor: str, role: str, note: str | None) -> EntryDraft:
    """The entry of the office's log that says which incident was ended."""
    on = {} if incident.ref is None else {"year": incident.year, "ref": incident.ref}
    return EntryDraft(
        event="clear_incident",
        actor=actor,
        role=role,
        from_state=None,
        to_state=None,
        inputs={"incident": incident.id, "code": incident.code, "seen": incident.seen, **on},
        texts=(FreeText("note", note),) if note else (),
    )


class Acting(OpenedOffice):
    """One office, open for acting. Closes its database at the end of a `with`."""

    # -- items ---------------------------------------------------------------------------------------

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
            if key is not None:
                stored = unit.claim_key(body_of(chunk, self.actor), digest_key=self.row.digest_key)
                if stored is not None:
                    return stored_results(chunk, stored.answer if stored.same else None)
            results = {each.key: self._advance_one(unit, each, tried, alone=alone) for each in chunk}
            if dry_run or not any(result.done for result in results.values()):
                return results
            if key is not None:
                answered = (results[each.key] for each in chunk)
                unit.keep_answer(json.dumps([each.stored() for each in answered if each.error is None]))
            self.commit(unit)
            return results

        results = self.in_transaction(command, work)
        if tried and not dry_run:
            self._record_refusals(command, [attempt for _command, attempt in tried])
        return results

    def _advance_one(
        self, unit: UnitOfWork, command: Advance, tried: list[tuple[Advance, Tried]], *, alone: bool
    ) -> Result:
        try:
            answer = advance(unit, command, self.case)
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
                acting_for=answer.entry.acting_for,
            )
        return result_of(command.key.ref, answer)

    def _record_refusals(self, command: str, attempts: Iterable[Tried]) -> None:
        """Logs refused attempts, in a transaction of their own."""

        def work(unit: UnitOfWork) -> None:
            for attempt in attempts:
                unit.record(attempt.entry, log=attempt.item.key.year, key=attempt.item.key)
            self.commit(unit)

        self.in_transaction(command, work)

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
            if key is not None:
                said = json.dumps(["dossier", str(command.task), body, title, type, note, self.actor.account])
                stored = unit.claim_key(said, digest_key=self.row.digest_key)
                if stored is not None:
                    if not stored.same:
                        return Result(task, "new", refused=Refused("new", (Reason("key"),)))
                    return Result.of(json.loads(stored.answer)[0])
            answer = open_dossier(unit, command, self.case, machine=self.newest_machine("dossier"))
            if isinstance(answer, Tried):
                attempts.append(answer)
                return Result(
                    command.task.ref, "new", refused=answer.refused, acting_for=answer.entry.acting_for
                )
            result = replace(result_of(answer.item.key.ref, answer), warnings=answer.warnings)
            if key is not None:
                unit.keep_answer(json.dumps([result.stored()]))
            self.commit(unit)
            return result

        result = self.in_transaction(name, work)
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
                self.case if role else self.case_of(Actor(SYSTEM)),
                year=year,
                role=role or SYSTEM,
                machine=self.newest_machine("task"),
            )
            self.commit(unit)
            return done

        return self.in_transaction(new_key(), work)

    # -- the sweep -----------------------------------------------------------------------------------

    def sweep(
        self,
        *,
        progress: Callable[[int], None] | None = None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> Ticked:
        """Fires every row that is due now, item by item, each item in a transaction of its own.

        An item that fails is noted as an incident, counted and left alone for a while, and keeps no other
        waiting. `progress` hears of each item; `stopping` is asked before each, and ends the sweep when it is
        true.
        """
        found = incidents.open_incidents(self.database, self.office)
        resting = incidents.resting(found, now=self.now)
        self._read_setting(resting)
        # What gave nothing is passed over until the next sweep: it rests, failed, or is in other hands.
        passed = {
            Key(self.office, year, ref) for year, ref in resting if year is not None and ref is not None
        }
        done: list[tuple[Key, Swept]] = []
        failed: list[Key] = []
        while keys := self._due_beside(passed):
            for key in keys:
                if stopping():
                    break
                swept = self._sweep_or_note(key)
                if swept is not None and swept.rows:
                    done.append((key, swept))
                else:
                    passed.add(key)
                    failed += [key] if swept is None else []
                if progress:
                    progress(1)
            if stopping():
                break
        self.keep_clock()
        return Ticked(
            sum(swept.rows for _key, swept in done),
            sum(swept.notices for _key, swept in done),
            len(done),
            tuple(key.ref for key, _swept in done),
            tuple(key.ref for key in failed),
        )

    def _due_beside(self, passed: Collection[Key]) -> list[Key]:
        """The next items that are due, so many that those passed over hide none."""
        limit = BATCH + len(passed)
        found = offices.due_items(self.database, self.office, now=self.now, limit=limit)
        return [key for key in found if key not in passed]

    def _read_setting(self, resting: Collection[incidents.Place]) -> None:
        """Reads what every item's sweep needs; where that fails, it is the office's own incident.

        Raises OfficeUnreadable.
        """
        try:
            _ = self.setting, self.catalogue
        except OF_NO_ITEM:
            raise
        except Exception as error:
            if (None, None) not in resting:
                self._note(Diagnosis("office_unreadable", where(error)))
            raise OfficeUnreadable(ten=self.office, ly_do=where(error)) from error

    def _sweep_or_note(self, key: Key) -> Swept | None:
        """None where the item cannot be swept."""
        try:
            return self._sweep_item(key)
        except OF_NO_ITEM:
            raise
        except Exception as error:
            self._note(diagnosis(self, key, error), place=(key.year, key.ref))
            return None

    def _note(self, found: Diagnosis, *, place: incidents.Place = (None, None)) -> None:
        def work(unit: UnitOfWork) -> None:
            incidents.record(unit, found.code, place=place, detail=found.detail)
            unit.commit()

        self.in_transaction(f"incident/{new_key()}", work)

    def _sweep_item(self, key: Key) -> Swept:
        def work(unit: UnitOfWork) -> Swept:
            swept = sweep_item(unit, key, self.case_of(Actor(SYSTEM)))
            if swept.rows:
                self.commit(unit)
            return swept

        return self.in_transaction(f"sweep/{new_key()}", work)

    def clear_incidents(
        self, ids: Sequence[str], *, role: str, note: str | None = None
    ) -> tuple[incidents.Incident, ...]:
        """Ends open incidents, each with an entry in the year's log; answers with them as they were.

        What they were on is tried again at the next sweep. Raises UnknownIncident, InputMistakes.
        """
        actor, remark = self.actor.account, read_note(note, event="clear_incident")

        def work(unit: UnitOfWork) -> tuple[incidents.Incident, ...]:
            standing = {each.id: each for each in incidents.open_incidents(self.database, self.office)}
            if unknown := [id for id in ids if id not in standing]:
                raise UnknownIncident(so=", ".join(unknown))
            ended = tuple(standing[id] for id in dict.fromkeys(ids))
            incidents.clear(unit, ids, by=actor)
            for each in ended:
                entry = _cleared(each, actor=actor, role=role, note=remark)
                unit.record(entry, log=self.today.year)
            self.commit(unit)
            return ended

        return self.in_transaction(new_key(), work)

    # -- the office ----------------------------------------------------------------------------------

    def use(self, account: str) -> None:
        """Stores the account that acts when none is named, with an entry in the year's log."""
        if self.directory.account(account) is None:
            known = ", ".join(each.id for each in self.directory.accounts)
            raise UnknownActor(actor=account, known=known)

        def work(unit: UnitOfWork) -> None:
            offices.set_actor(unit, account)
            self._record_office(unit, "use", actor=account, account=account)

        self.in_transaction(new_key(), work)

    def _record_office(
        self, unit: UnitOfWork, event: str, *, actor: str, role: str | None = None, **inputs: str | int
    ) -> None:
        entry = EntryDraft(event=event, actor=actor, role=role, from_state=None, to_state=None, inputs=inputs)
        unit.record(entry, log=self.today.year)
        self.commit(unit)

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
            self.commit(unit)

        self.in_transaction(new_key(), work)

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
        dry_run: bool = False,
    ) -> Recalendaring:
        """Stores a new version of a definition; nothing where it stands already. Raises ReleasedDefinition.

        Those who must act on running items, the office's title, and the deadlines that a changed calendar
        moves, follow in the same transaction. A dry run, which needs no actor, writes nothing of it.
        """
        actor = Actor(SYSTEM) if dry_run else self.actor

        def work(unit: UnitOfWork) -> Recalendaring:
            self._forget_definitions()
            before, moved = self.setting, Recalendaring()
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
                moved = recalendar(self, unit, before=before, actor=actor, role=role)
                if dry_run:
                    return moved
                self._refresh_owners(unit)
                self._record_office(
                    unit,
                    "adopt_definition",
                    actor=actor.account,
                    role=role,
                    kind=kind,
                    name=name,
                    version=version,
                    digest=digest,
                )
            return moved

        try:
            return self.in_transaction(new_key(), work)
        finally:
            self._forget_definitions()

    def migrate_deadlines(self, version: int, *, role: str | None, dry_run: bool = False) -> Recalendaring:
        """Moves every running deadline to this version of the office's policy, all or nothing.

        A dry run, which needs no actor, writes nothing. Raises PolicyNotAdopted, NoWorkingDayLeft.
        """
        name = self.directory.policy
        known = [policy for policy in self._policies if policy.name == name]
        to = next((policy for policy in known if policy.version == version), None)
        if to is None:
            there_are = ", ".join(str(policy.version) for policy in reversed(known))
            raise PolicyNotAdopted(ten=name, so=version, danh_sach=there_are)
        actor = Actor(SYSTEM) if dry_run else self.actor

        def work(unit: UnitOfWork) -> Recalendaring:
            moved = migrate(self, unit, to=to, actor=actor, role=role)
            if moved.items and not dry_run:
                self._record_office(
                    unit,
                    "migrate_deadlines",
                    actor=actor.account,
                    role=role,
                    policy=to.label,
                    items=len(moved.items),
                )
            return moved

        return self.in_transaction(new_key(), work)

    def _forget_definitions(self) -> None:
        """What was made of the stored definitions is made anew when it is next asked for."""
        for name in ("definitions", "directory", "setting", "_policies", "catalogue", "words"):
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
