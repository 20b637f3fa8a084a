"""One office, open for acting: its definitions, its clock, its actor and its transactions.

What is done to the office is in `runtime.acts`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Self, TypeVar

from runtime.office.kept import OfficeCache
from runtime.office.looking import chosen_office, current_time, no_plan
from runtime.office.results import new_key
from runtime.office.seeds import completed, later_words
from runtime.office.settings import FILES, Options, database_url, language
from runtime.office.settings import lock_timeout as timeout_of
from runtime.office.words import Words
from storage import items, logins, offices, schema, substitutions
from storage.database import Database
from storage.errors import CommitLost, ConnectionLost, DatabaseUnusable, Deadlock, Locked, OutcomeUnknown
from storage.unit import UnitOfWork, unit_of_work
from workflow.engine.case import Case
from workflow.engine.explaining import ANYBODY, Explanation, explain, line_input
from workflow.engine.machine import RunnableMachine
from workflow.model.body_names import body_meant
from workflow.model.calendar import WorkCalendar, local_date
from workflow.model.context import Actor, Setting
from workflow.model.definition import (
    CalendarYear,
    Catalogue,
    DeadlinePolicy,
    Definition,
    Office,
    RulePack,
    in_force,
)
from workflow.model.errors import (
    TdktError,
    UnknownReference,
    UnknownValue,
    UsageMistake,
)
from workflow.model.facts import Facts, Item, Key
from workflow.model.machine import Machine
from workflow.model.naming import account_meant, accounts, all_of
from workflow.model.references import (
    NotAnItem,
    SeveralYears,
    in_years,
    printed,
    reference,
    years_meant,
)
from workflow.model.substitution import Substitution
from workflow.services.advance import event_meant, known_events

DEADLOCK_TRIES = 5
TRIED_AGAIN = 0.2
"""Seconds between two tries to reach a server that was lost."""

Answered = TypeVar("Answered")


class NoActor(UsageMistake):
    """It is not clear who acts; choose an account with --as, TDKT_ACTOR or `tdkt office use`: {danh_sach}."""

    code = "no_actor"


class NobodyEntitled(UsageMistake):
    """It is not clear who acts; '{su_kien}' is done by these accounts, add one with --as: {danh_sach}."""

    code = "nobody_entitled"


class NotSignedIn(TdktError):
    """People sign in here before they act: do so with `tdkt login`, then repeat."""

    code = "not_signed_in"


class NotHeld(TdktError):
    """This login does not hold the account {tai_khoan}; it holds: {danh_sach}."""

    code = "not_held"


class OpenedOffice:
    """One office, open for acting. Closes its database at the end of a `with`.

    `database` is one that is open already, in place of the one that the options name; `kept` is what earlier
    openings of the same database left for this one.
    """

    def __init__(
        self,
        options: Options,
        environment: Mapping[str, str],
        *,
        lock_timeout: float | None = None,
        journal_mode: str = "DELETE",
        database: Database | None = None,
        kept: OfficeCache | None = None,
    ) -> None:
        self.options = options
        self.environment = environment
        self._kept = kept or options.kept or OfficeCache()
        self.database = database or Database(
            database_url(options, environment),
            lock_timeout=timeout_of(environment) if lock_timeout is None else lock_timeout,
            journal_mode=journal_mode,
            hot=self._kept.hot,
            files=environment.get(FILES),
        )
        schema.check(self.database)
        self.row = self._choose_office()
        self.office: str = self.row.office
        self._machines: dict[str, RunnableMachine] = {}
        self._now: datetime | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()

    def _choose_office(self) -> offices.OfficeRow:
        rows = offices.office_rows(self.database)
        return rows[chosen_office(self.options, self.environment, tuple(rows))]

    # -- definitions ---------------------------------------------------------------------------------

    @cached_property
    def stored_definitions(self) -> tuple[offices.StoredDefinition, ...]:
        """Every version that the office ever adopted."""
        return offices.definitions(self.database, self.office)

    @cached_property
    def definitions(self) -> Mapping[tuple[str, str], offices.StoredDefinition]:
        """The newest stored version of every definition by kind and name."""
        newest: dict[tuple[str, str], offices.StoredDefinition] = {}
        for stored in self.stored_definitions:
            key = (stored.kind, stored.name)
            if key not in newest or stored.version > newest[key].version:
                newest[key] = stored
        return newest

    def definition(self, kind: str, name: str) -> Definition:
        stored = self.definitions.get((kind, name))
        if stored is None:
            known = ", ".join(sorted(f"{kind}/{name}" for kind, name in self.definitions))
            raise UnknownValue(what="definition", value=f"{kind}/{name}", known=known)
        return self._kept.definition(stored.intact)

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
        policy = self.definition("policy", office.policy)
        assert isinstance(policy, DeadlinePolicy)
        named = (self.definition("rules", name) for name in office.packs)
        laws = tuple(pack for pack in named if isinstance(pack, RulePack))
        return Setting(
            office=office,
            rules=in_force(laws, self.today),
            calendar=WorkCalendar.of(year for year in years if isinstance(year, CalendarYear)),
            policy=policy,
            started_on=self.row.started_on,
            now=self.now,
            sandbox=self.row.sandbox,
            policies=self._policies,
            substitutions=substitutions.ordered(self.database, self.office),
            packs=self._packs,
            laws=laws,
            newest=max(self.years, default=None),
        )

    @cached_property
    def _packs(self) -> Mapping[str, RulePack]:
        """Every rule pack that the office ever ran, by digest: a dossier keeps the one of its submit."""
        stored = {
            definition.digest: self._kept.definition(definition.intact)
            for definition in self.stored_definitions
            if definition.kind == "rules"
        }
        return {digest: pack for digest, pack in stored.items() if isinstance(pack, RulePack)}

    @cached_property
    def _policies(self) -> tuple[DeadlinePolicy, ...]:
        """Every policy that the office ever ran, the newest first: what was begun under one goes on by it."""
        stored = [
            self._kept.definition(definition.intact)
            for definition in self.stored_definitions
            if definition.kind == "policy"
        ]
        policies = [policy for policy in stored if isinstance(policy, DeadlinePolicy)]
        return tuple(sorted(policies, key=lambda policy: policy.version, reverse=True))

    def forget_definitions(self) -> None:
        """What was made of the stored definitions is made anew when it is next asked for."""
        for name in (
            "stored_definitions",
            "definitions",
            "directory",
            "_policies",
            "_packs",
            "catalogue",
            "words",
        ):
            self.__dict__.pop(name, None)
        self.forget_setting()

    def forget_setting(self) -> None:
        self.__dict__.pop("setting", None)

    @cached_property
    def catalogue(self) -> Catalogue:
        found = self.definition("messages", self.directory.messages)
        assert isinstance(found, Catalogue)
        return completed(found, digest=self._words_digest)

    @cached_property
    def words(self) -> Words:
        chosen = language(self.row.language, self.environment)
        stored = self.definition("messages", self.directory.messages)
        assert isinstance(stored, Catalogue)
        return Words(
            stored.words,
            language=chosen,
            later=lambda: later_words(self._words_digest),
            console=self.options.console,
        )

    @property
    def _words_digest(self) -> str:
        return self.definitions["messages", self.directory.messages].digest

    def machine(self, digest: str) -> RunnableMachine:
        """The machine that an item pins, whatever versions came later."""
        found = self._machines.get(digest)
        if found is None:
            stored = next((stored for stored in self.stored_definitions if stored.digest == digest), None)
            if stored is None:  # adopted by another command since this office was opened
                stored = offices.definition_by_digest(self.database, self.office, digest)
            assert stored is not None
            found = self._machines[digest] = self._kept.machine(stored.intact, digest=digest)
        return found

    def newest_machine(self, subject: str) -> RunnableMachine:
        """The newest version of the office's machine for items of the subject."""
        found = self.known_machine(subject)
        if found is None:
            raise UnknownValue(what="machine", value=subject, known=", ".join(self.directory.runs))
        return found

    def known_machine(self, subject: str) -> RunnableMachine | None:
        """The same; None in an office that has taken up no such machine."""
        for name in self.directory.runs:
            stored = self.definitions.get(("machine", name))
            if stored is None:
                continue
            machine = self.machine(stored.digest)
            if machine.definition.subject == subject:
                return machine
        return None

    def newest(self, subject: str) -> Machine | None:
        """What the newest machine for items of the subject says; None in an office without one."""
        found = self.known_machine(subject)
        return found.definition if found else None

    @property
    def substitutions(self) -> tuple[Substitution, ...]:
        """Who stands in for whom, as the office ever ordered."""
        return self.setting.substitutions

    # -- clock, actor, references --------------------------------------------------------------------

    @property
    def zone(self) -> str:
        return self.directory.zone

    @property
    def now(self) -> datetime:
        """The instant of this command; a sandbox's clock is kept with the command's own transaction.

        A simulation, which goes from moment to moment in one opened office, sets it.
        """
        if self._now is None:
            self._now = current_time(
                self.options.now, sandbox=self.row.sandbox, reached=self.row.clock, zone=self.zone
            )
        return self._now

    @now.setter
    def now(self, instant: datetime) -> None:
        self._now = instant
        if "setting" in self.__dict__:
            self.setting = self.setting.at(instant)

    @property
    def today(self) -> date:
        return local_date(self.now, self.zone)

    @property
    def clock_moved(self) -> bool:
        return self.row.sandbox and self.options.now is not None and self.now != self.row.clock

    @cached_property
    def actor(self) -> Actor:
        """--as, TDKT_ACTOR, or the account that `office use` stored; where people sign in, one that the login
        holds. Raises NoActor, UnknownActor, NotSignedIn, NotHeld."""
        account = self._named_account()
        self.check_held(account)
        return Actor(account)

    def _named_account(self) -> str:
        named = self.options.actor or self.environment.get("TDKT_ACTOR") or self.row.actor
        if not named:
            if self.options.login is None and self.row.signs_in:
                raise NotSignedIn()
            raise NoActor(danh_sach=all_of(accounts(self.directory.accounts)))
        return self.known_account(named)

    def check_held(self, account: str) -> None:
        """Raises NotSignedIn where somebody could sign in and nobody is, NotHeld where the login that is
        signed in does not hold the account."""
        if self.options.login is None:
            if self.row.signs_in:
                raise NotSignedIn()
            return
        held = logins.accounts_of(self.database, self.office, self.options.login)
        if held is None:
            raise NotSignedIn()
        if account not in held:
            raise NotHeld(tai_khoan=account, danh_sach=", ".join(held))

    def require_actor(self) -> None:
        """Raises what `actor` does, before anything else is found wrong with the command."""
        _ = self.actor

    def known_account(self, id: str) -> str:
        """The id of the account that is typed, by that or by its name. Raises UnknownActor."""
        return account_meant(id, self.directory)

    def known_body(self, name: str) -> str:
        """The id of the body that is typed, by that or by a name. Raises UnknownName."""
        return body_meant(name, self.directory)

    @property
    def actor_or_none(self) -> Actor | None:
        """The account that is named, whoever named it; None where none is. Questions need no more."""
        if "actor" in self.__dict__:
            return self.actor
        try:
            return Actor(self._named_account())
        except (NoActor, NotSignedIn):
            return None

    @property
    def case(self) -> Case:
        """What services take: this office, with the account that acts. Raises NoActor, UnknownActor."""
        return self.case_of(self.actor)

    def case_of(self, actor: Actor) -> Case:
        """The same with another one who acts."""
        return Case(self.setting, actor, self.machine, lambda: self.catalogue, self.known_machine)

    def tasks(self, year: int) -> list[Item]:
        """The year's tasks as they stand, without locks."""
        return offices.tasks_of(self.database, self.office, year)

    def why(self, ref: str, event: str | None, *, actor: Actor | None) -> list[Explanation]:
        """What can be done to the item or to a line of it, every event or the one asked for; decides nothing,
        writes nothing. Raises UnknownReference, UnknownEvent."""
        typed = reference(ref)
        key, line = self.key(typed.item), typed.line
        item = items.item_at(self.database, key)
        if item is None:
            raise UnknownReference(ref=self.ref(key))
        machine = self.machine(item.digest)
        known = known_events(machine)
        if event is not None:
            event = event_meant(machine, event, ref=self.ref(key))
        parent = items.item_at(self.database, key._replace(ref=item.parent)) if item.parent else None
        if line is not None and line not in item.details.line_numbers:
            raise UnknownReference(ref=ref)
        of_lines = tuple(id for id in known if line is None or line_input(machine.events[id]))
        asked = (event,) if event is not None else of_lines
        needs = frozenset(need for event_id in asked for need in machine.needs(event_id))
        reads = items.Surroundings(self.database, self.office)
        beside = machine.procedure.beside(reads, item, machine.definition, needs=needs)
        case, facts = self.case_of(actor or ANYBODY), Facts(item, parent, beside)
        return [explain(machine, event_id, facts=facts, case=case, line=line) for event_id in asked]

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that have a plan, the newest last."""
        return offices.plan_years(self.database, self.office)

    @cached_property
    def year(self) -> int:
        wanted = self.options.year
        if not self.years or (wanted is not None and wanted not in self.years):
            raise no_plan(wanted)
        return wanted if wanted is not None else max(self.years)

    def ref(self, key: Key) -> str:
        """The item's reference as people read it: with its year where that is not the newest plan's."""
        return printed(key.ref, key.year, newest=max(self.years, default=key.year))

    def key(self, text: str) -> Key:
        """The key of an item as typed. Raises BadReference, NotAnItem, SeveralYears, UnknownReference."""
        return next(iter(self.keys([text])))

    def keys(self, texts: Sequence[str]) -> Mapping[Key, int | None]:
        """The keys of items as typed, each with the version that stands now, all read at once; None where
        there is no such item. Raises BadReference, NotAnItem, SeveralYears, UnknownReference."""
        typed = [self._typed(text) for text in texts]
        standing = offices.versions(self.database, self.office, [ref for _year, ref in typed])
        self.years = tuple(standing)
        found: dict[Key, int | None] = {}
        for year, ref in typed:
            years = {each: items[ref] for each, items in standing.items() if ref in items}
            meant = year or self._year_meant(ref, {each: item.open for each, item in years.items()})
            found[Key(self.office, meant, ref)] = years[meant].number if meant in years else None
        return found

    def _typed(self, text: str) -> tuple[int | None, str]:
        office, year, ref, no = reference(text)
        if no is not None:
            raise NotAnItem(ref=text)
        if office is not None and office != self.office:
            raise UnknownReference(ref=text)
        return year, ref

    def _year_meant(self, ref: str, open_in: Mapping[int, bool]) -> int:
        """The year of an item that was named without one: --year, else the one it can mean."""
        if self.options.year is not None:
            return self.year
        meant = years_meant(open_in)
        if len(meant) > 1:
            raise SeveralYears(ref=ref, danh_sach=in_years(ref, meant))
        return meant[0] if meant else self.year

    # -- transactions --------------------------------------------------------------------------------

    def in_transaction(self, command: str, work: Callable[[UnitOfWork], Answered]) -> Answered:
        """Runs work in a transaction, again after a deadlock; work commits by itself."""
        for _ in range(DEADLOCK_TRIES - 1):
            try:
                return self._once(command, work)
            except Deadlock:
                continue
        return self._once(command, work)

    def _once(self, command: str, work: Callable[[UnitOfWork], Answered]) -> Answered:
        with unit_of_work(
            self.database,
            office=self.office,
            zone=self.zone,
            command=command,
            now=self.now,
            digest_key=self.row.digest_key,
            channels=self.row.channels,
            login=self.options.login,
        ) as unit:
            return work(unit)

    def commit(self, unit: UnitOfWork) -> None:
        """Commits, with the sandbox's clock where this command moved it."""
        if self.clock_moved:
            offices.set_clock(unit, self.now)
        try:
            unit.commit()
        except CommitLost as lost:
            self._settle(unit, lost)

    def _settle(self, unit: UnitOfWork, lost: CommitLost) -> None:
        """Looks up, on a new connection, whether what was to be kept was kept; nothing is amiss then.

        Raises ConnectionLost where it was not, OutcomeUnknown where nobody answers in time.
        """
        where, first = self.database.where, unit.first_entry
        end = time.monotonic() + self.database.lock_timeout
        while first is not None:
            self.database.close()
            try:
                kept = self._once(new_key(), lambda asked: asked.has_entry(*first))
            except (DatabaseUnusable, Locked):
                if time.monotonic() > end:
                    break
                time.sleep(TRIED_AGAIN)
                continue
            if not kept:
                raise ConnectionLost(where=where) from lost
            return
        raise OutcomeUnknown(where=where, key=self.options.key or (first[1] if first else "")) from lost

    def keep_clock(self) -> None:
        """Stores the time that a sandbox has reached, for a command that wrote nothing else."""
        if self.clock_moved:
            self.in_transaction(new_key(), self.commit)
