"""One office, open for looking: its definitions and its items as the domain's own values, in words on demand.

How something comes to be seen:

1. `storage.views` reads rows and gives frozen values: `Item`, `Substitution`, what `storage.values` has.
2. `Looking` is the open office: its directory, machines and policies, decoded where they are asked for, its
   clock, its words. It asks the domain's rules (`workflow.model.lateness`, `.work`) how
   items stand.
3. A module of `runtime.views` makes one kind of thing that people look at, as a frozen value made of the open
   office: `runtime.views.board` is the pattern. Records for scripts bear the field names of their JSON.
4. A command, a page or a file prints that value and decides nothing (`commands.session.print_json` writes any
   of them as JSON).

Loads no SQLAlchemy, no YAML and no machine that runs; a view imports of the domain what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import UTC, date, datetime
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from runtime.office.settings import Options, database_url, language, lock_timeout
from runtime.office.words import Words
from storage.subjects.details import Kept
from storage.subjects.kept import KEPT
from storage.views import Reading
from workflow.files.codec import read_as
from workflow.model import lateness
from workflow.model.calendar import at_local, local_date
from workflow.model.errors import UnknownReference, UnknownValue, UsageMistake
from workflow.model.facts import Item, Key
from workflow.model.holding import Holder
from workflow.model.machine import Event, Machine, TaskKind
from workflow.model.messages import Catalogue
from workflow.model.office import Office
from workflow.model.references import printed, reference, years_meant
from workflow.model.subjects import Subjects
from workflow.model.substitution import Substitution, stand_in_of
from workflow.model.wording import position
from workflow.model.work import Doer, Owned, Work, doers, work_of

if TYPE_CHECKING:  # what most commands never ask for is loaded where it is
    from storage.values import NomineeLine, OfficeRecord
    from workflow.model.definition import DeadlinePolicy, RulePack
    from workflow.model.text import Text

Defined = TypeVar("Defined")
Known = TypeVar("Known")


LEAST_LOGIN = 8
"""Digits of a login's id that stand for a name that was erased."""


class NoOffice(UsageMistake):
    """The database has no office yet; begin with `tdkt init`."""

    code = "no_office"


class SeveralOffices(UsageMistake):
    """The database has several offices; choose one with --office: {danh_sach}."""

    code = "several_offices"


class NoPlan(UsageMistake):
    """There is no plan of {nam}; read one with `tdkt plan import FILE`."""

    code = "no_plan"


class NoPlanAtAll(NoPlan):
    """There is no plan yet; read one with `tdkt plan import FILE`."""

    code = "no_plan_at_all"


class SandboxOnly(UsageMistake):
    """Only a sandbox has a clock that can be set; leave --now out, or make one with `tdkt init --sandbox`."""

    code = "sandbox_only"


class BadTime(UsageMistake):
    """'{gia_tri}' is no time; write 2026-03-31T08:00."""

    code = "bad_time"


class ClockBackwards(UsageMistake):
    """The sandbox has reached {gio}; it does not go back to {gia_tri}."""

    code = "clock_backwards"


def instant_of(text: str, zone: str) -> datetime:
    """A time as typed, aware: local without an offset, midnight without a time. Raises BadTime."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadTime(gia_tri=text) from None
    # Also because instants around the ends of the calendar overflow.
    if not 2000 <= moment.year <= 2100:
        raise BadTime(gia_tri=text)
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    return at_local(moment.date(), moment.time(), zone)


def current_time(typed: str | None, *, sandbox: bool, reached: datetime | None, zone: str) -> datetime:
    """The instant that a command works at: --now, or a sandbox's reached time, or the real clock.

    Raises SandboxOnly, BadTime, ClockBackwards.
    """
    if typed is None:
        return reached if sandbox and reached is not None else datetime.now(UTC)
    if not sandbox:
        raise SandboxOnly()
    wanted = instant_of(typed, zone)
    if reached is not None and wanted < reached:
        raise ClockBackwards(gio=local_time(reached, zone), gia_tri=typed)
    return wanted


def local_text(instant: datetime | str, zone: str) -> str:
    """An instant in the office's zone to the minute: `2026-03-31 08:00`."""
    return f"{local_time(instant, zone):%Y-%m-%d %H:%M}"


def local_time(instant: datetime | str, zone: str) -> datetime:
    """An instant in the office's zone: `Words` say it as the reader's language writes it."""
    from zoneinfo import ZoneInfo

    moment = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    return moment.astimezone(ZoneInfo(zone))


def no_plan(wanted: int | None) -> NoPlan:
    """What is said where the year asked for, or any, has no plan."""
    return NoPlan(nam=wanted) if wanted is not None else NoPlanAtAll()


def chosen_office(options: Options, environment: Mapping[str, str], names: tuple[str, ...]) -> str:
    """--office, else TDKT_OFFICE, else the only one. Raises NoOffice, SeveralOffices, UnknownValue."""
    wanted = options.office or environment.get("TDKT_OFFICE")
    if not names:
        raise NoOffice()
    if wanted is None:
        if len(names) > 1:
            raise SeveralOffices(danh_sach=", ".join(names))
        return names[0]
    if wanted not in names:
        raise UnknownValue(what="office", value=wanted, known=", ".join(names))
    return wanted


class Looking:
    """One office's year, open for looking. `kept` are the subjects whose items its database keeps, `reading`
    is a connection that is open already, in place of one to what the options name. `still`: nothing is done
    as long as it is open, as while a page is made (`once`)."""

    def __init__(
        self,
        options: Options,
        environment: Mapping[str, str],
        *,
        kept: Kept = KEPT,
        reading: Reading | None = None,
        still: bool = False,
    ) -> None:
        self.options = options
        self.environment = environment
        self.subjects = Subjects(*(details.subject for details in kept))
        self.reading = reading or Reading(
            database_url(options, environment), lock_timeout=lock_timeout(environment), kept=kept
        )
        self.row = self._choose_office()
        self.office = self.row.office
        self._defined: dict[tuple[str, str, str | None, int | None], Any] = {}
        self._read: dict[str, Any] = options.kept.read if options.kept else {}
        self._machines: dict[str, Machine] = {}
        self._packs: dict[str, RulePack] = {}
        self._once: dict[tuple[str, str], Any] | None = {} if still else None
        self.also_open: tuple[Key, ...] = ()
        """Open items of other years that the reference asked for last means as well."""

    def __enter__(self) -> Looking:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.reading.__exit__(kind, error, trace)

    def _choose_office(self) -> OfficeRecord:
        rows = {row.office: row for row in self.reading.offices()}
        return rows[chosen_office(self.options, self.environment, tuple(rows))]

    def _enter(self, office: str | None) -> None:
        """The same database seen from the office that a full reference names."""
        if office is None or office == self.office:
            return
        self.options = self.options._replace(office=office)
        self.row = self._choose_office()
        self.office = self.row.office
        for cached in (
            *("words", "directory", "zone", "plan_years", "year", "now", "today", "rules", "laws"),
            *("machines", "substitutions"),
        ):
            self.__dict__.pop(cached, None)
        self._once = None if self._once is None else {}

    def speaking(self, language: str) -> Looking:
        """The same seen by a reader of another language: papers are always Vietnamese."""
        other = copy(self)
        other.__dict__["words"] = self.words.speaking(language)
        return other

    def at(self, moment: datetime) -> Looking:
        """The same seen at another instant: how late something is goes by that."""
        other = copy(self)
        other.__dict__["now"] = moment
        other.__dict__.pop("today", None)
        other._once = None if self._once is None else {}
        return other

    @contextmanager
    def still(self) -> Iterator[None]:
        """For the making of a list, in which nothing is done: within the block `once` looks up once."""
        before, self._once = self._once, {} if self._once is None else self._once
        try:
            yield
        finally:
            self._once = before

    def once(self, what: str, of: str, look: Callable[[], Known]) -> Known:
        """What parts of a page look up alike; looked up again each time where something may be done
        meanwhile."""
        if self._once is None:
            return look()
        if (what, of) not in self._once:
            self._once[what, of] = look()
        found: Known = self._once[what, of]
        return found

    # -- definitions ---------------------------------------------------------------------------------

    def defined(
        self, kind: str, made: type[Defined], name: str | None = None, version: int | None = None
    ) -> Defined | None:
        """The office's definition of that kind, by name where it has several; else the newest."""
        key = (self.office, kind, name, version)
        if key not in self._defined:
            text = self.reading.compiled(self.office, kind, name, version=version)
            self._defined[key] = None if text is None else self._read_as(made, text)
        found: Defined | None = self._defined[key]
        return found

    def _read_as(self, made: type[Defined], text: str) -> Defined:
        """A stored text's definition, decoded once whatever it was looked up by."""
        if text not in self._read:
            self._read[text] = read_as(made, text)
        found: Defined = self._read[text]
        return found

    @cached_property
    def directory(self) -> Office:
        """The office's bodies, accounts and zone."""
        found = self.defined("office", Office)
        assert found is not None, "an office is founded with its directory"
        return found

    @cached_property
    def words(self) -> Words:
        chosen = language(self.row.language, self.environment)
        catalogue = self.defined("messages", Catalogue, self.directory.messages)
        return Words(
            catalogue.words if catalogue else {},
            language=chosen,
            later=self._later_words,
            console=self.options.console,
        )

    def _later_words(self) -> Mapping[str, Text]:
        """What the package says that the database may lack; loads YAML, so only where a word is missing."""
        from runtime.office.seeds import later_words

        named = ("messages", self.directory.messages)
        versions = [row for row in self.reading.definitions(self.office) if (row.kind, row.name) == named]
        return later_words(versions[-1].digest if versions else "")

    @cached_property
    def rules(self) -> RulePack:
        """The rule pack in force today, of those that the office names."""
        from workflow.model.definition import in_force

        return in_force(self.laws, self.today)

    @cached_property
    def laws(self) -> tuple[RulePack, ...]:
        """All rule packs that the office names."""
        from workflow.model.definition import RulePack

        named = (self.defined("rules", RulePack, name) for name in self.directory.packs)
        found = tuple(pack for pack in named if pack is not None)
        assert found, "an office is founded with its rules"
        return found

    def pack(self, digest: str | None) -> RulePack:
        """The rule pack that an item keeps, else the office's."""
        from workflow.model.definition import RulePack

        if digest is None:
            return self.rules
        if digest not in self._packs:
            text = self.reading.compiled_by_digest(self.office, digest)
            assert text is not None, "what items run on stays in the database"
            self._packs[digest] = self._read_as(RulePack, text)
        return self._packs[digest]

    @cached_property
    def machines(self) -> tuple[Machine, ...]:
        """The newest version of each machine that the office runs."""
        found = (self.defined("machine", Machine, name) for name in self.directory.runs)
        return tuple(machine for machine in found if machine is not None)

    def newest(self, subject: str) -> Machine | None:
        """The newest machine for items of the subject; None in an office without one."""
        return next((machine for machine in self.machines if machine.subject == subject), None)

    def machine(self, digest: str) -> Machine:
        """The machine that an item pins, whatever versions came later."""
        found = self._machines.get(digest)
        if found is None:
            text = self.reading.compiled_by_digest(self.office, digest)
            assert text is not None, "what items run on stays in the database"
            found = self._machines[digest] = self._read_as(Machine, text)
        return found

    def policy(self, label: str | None = None) -> DeadlinePolicy | None:
        """The policy that a row or a term names (`deadlines/2`), else the newest of the office."""
        from workflow.model.definition import DeadlinePolicy

        name, _, version = (label or "").partition("/")
        number = int(version) if version.isdecimal() else None
        return self.defined("policy", DeadlinePolicy, name or self.directory.policy, number)

    def event(self, id: str, machine: Machine) -> Event | None:
        """The machine's event, else another machine's: a dossier refused at birth is its task's entry."""
        found = (candidate.event(id) for candidate in (machine, *self.machines))
        return next((event for event in found if event is not None), None)

    # -- clock, year, references ---------------------------------------------------------------------

    @cached_property
    def zone(self) -> str:
        return self.directory.zone

    @cached_property
    def plan_years(self) -> tuple[int, ...]:
        """The years that have a plan, the newest first."""
        return tuple(plan.year for plan in self.reading.plans(self.office))

    @cached_property
    def year(self) -> int:
        """--year, else the newest plan's. Raises NoPlan."""
        years, wanted = self.plan_years, self.options.year
        if not years or (wanted is not None and wanted not in years):
            raise no_plan(wanted)
        return wanted if wanted is not None else years[0]

    @property
    def span(self) -> tuple[str, int, bool]:
        """What lists cover, as `storage.views` takes it: the office, its year, and whether also what is open
        of the years before. With --year it is that year alone."""
        return self.office, self.year, self.options.year is None

    def ref(self, key: Key) -> str:
        """The item's reference as people read it: with its year where that is not the newest plan's."""
        return printed(key.ref, key.year, newest=self.plan_years[0])

    @property
    def log(self) -> int:
        """The log to show: the chosen year's, without a plan the newest there is."""
        if self.options.year is not None:
            return self.options.year
        plans = self.reading.plans(self.office)
        logs = self.reading.logs(self.office)
        return plans[0].year if plans else (logs[-1] if logs else self.now.year)

    @cached_property
    def now(self) -> datetime:
        return current_time(
            self.options.now, sandbox=self.row.sandbox, reached=self.row.clock, zone=self.zone
        )

    @cached_property
    def today(self) -> date:
        return local_date(self.now, self.zone)

    @cached_property
    def substitutions(self) -> tuple[Substitution, ...]:
        """Who stands in for whom, as the office ever ordered."""
        return self.reading.ordered(self.office)

    @cached_property
    def holders(self) -> tuple[Holder, ...]:
        """Who held which position when."""
        return self.reading.holders(self.office)

    def item(self, text: str) -> Item:
        """The item that a reference names, wherever it points, a dossier with its nominees.

        Of an item that is open in several years it is the newest; `also_open` has the others. Raises
        BadReference, UnknownReference.
        """
        office, year, ref, _line = reference(text, self.subjects)
        self._enter(office)
        self.also_open = ()
        if year is None and self.options.year is None:
            year = self._newest_meant(ref)
        found = self.reading.item(Key(self.office, self.year if year is None else year, ref))
        if found is None:
            raise UnknownReference(ref=ref)
        return found

    def _newest_meant(self, ref: str) -> int | None:
        """The year of an item that was named without one; None where no year has it."""
        standing = self.reading.years_of(self.office, ref)
        self.__dict__["plan_years"] = tuple(standing)
        open_in = {year: is_open for year, is_open in standing.items() if is_open is not None}
        meant = years_meant(open_in)
        self.also_open = tuple(Key(self.office, year, ref) for year in meant[1:])
        return meant[0] if meant else None

    def lines(self, key: Key) -> tuple[NomineeLine, ...]:
        """The lines of a dossier with their words; parts of one page look them up alike."""
        return self.once("lines of", key.in_year, lambda: self.reading.lines(key))

    # -- what items come to --------------------------------------------------------------------------

    def kind(self, item: Item) -> TaskKind | None:
        """How the item's machine has its kind."""
        return self.machine(item.digest).kind(item.kind)

    def waits(self, item: Item) -> bool:
        """Whether the item waits for others today, instead of being late."""
        return lateness.waits(item, self.kind(item), self.today)

    def days_late(self, item: Item) -> int:
        """Calendar days past the due date: of an open item by today, of a closed one by its closing."""
        return lateness.days_late(item, self.kind(item), self.today)

    def work(self, item: Owned, account: str) -> Work | None:
        """The item as the account's work today; None where it is none of its."""
        return work_of(item, account, substitutions=self.substitutions, day=self.today)

    def doers(self, item: Item) -> tuple[Doer, ...]:
        """Each that must act, with who does it today where that is somebody else."""
        return doers(item, substitutions=self.substitutions, day=self.today)

    def deciders(self, item: Item) -> tuple[str, ...]:
        """Who may agree to what is proposed for the item; nobody where nothing is."""
        if item.proposal is None:
            return ()
        from workflow.model.proposals import deciders
        from workflow.model.roles import Standing

        standing = Standing(
            item, self.directory, self.rules, self.subjects[item.subject].relations, self.today
        )
        return deciders(item, self.machine(item.digest), standing)

    def decides(self, item: Item, account: str) -> bool:
        """Whether the account may agree today to what is proposed for the item, in person or for another."""
        return any(
            account in (id, stand_in_of(id, self.substitutions, self.today)) for id in self.deciders(item)
        )

    # -- in words ------------------------------------------------------------------------------------

    def day(self, day: date | None) -> str:
        """A date as the reader's language writes it; empty for none."""
        return self.words.day(day)

    def day_with_weekday(self, day: date | None) -> str:
        return self.words.day_with_weekday(day)

    def local(self, at: datetime) -> tuple[date, str]:
        """The local day of an instant, and its hour and minute."""
        local = local_time(at, self.zone)
        return local.date(), f"{local:%H:%M}"

    def moment(self, at: datetime) -> str:
        """An instant to the minute as the reader's language writes it."""
        return self.words.of(local_time(at, self.zone))

    def event_text(self, id: str, machine: Machine | None, *, past: bool) -> str:
        """What was done, else the verb for it; what concerns no item is in the catalogue."""
        event = self.event(id, machine) if machine else None
        if event is None:
            return self.words(f"event.{id}.{'past' if past else 'label'}")
        return self.words.of(event.past if past else event.label)

    def state(self, item: Item) -> str:
        """The state in words."""
        return self.words.of(self.machine(item.digest).state(item.state).label_of(item))

    def term_label(self, id: str | None, policy: str | None) -> str:
        """A term as the policy that it began under calls it; empty for an item's own date."""
        if id is None:
            return ""
        found = self.policy(policy)
        term = found.term(id) if found else None
        return self.words.of(term.label) if term else id

    def title(self, id: str, *, pack: str | None = None) -> str:
        """The full name of a title or form of commendation, in the rule pack of this digest."""
        found = self.pack(pack).title(id)
        return self.words.of(found.label) if found else id

    def titles(self, ids: Sequence[str], *, pack: str | None = None) -> str:
        """The name of the first title, and how many others there are."""
        first, others = self.title(ids[0], pack=pack), len(ids) - 1
        return self.words("title.several", danh_hieu=first, n=others) if others else first

    def content(self, item: Item) -> str:
        """What an item is about: a task's content, a dossier's body and titles."""
        return item.details.summary(self.body, lambda ids: self.titles(ids, pack=item.rules))

    def body(self, id: str) -> str:
        found = self.directory.body(id)
        return found.short if found else id

    def account(self, id: str) -> str:
        found = self.directory.account(id)
        if found is None:
            return self.words(f"role.{id}") if self.words.has(f"role.{id}") else id
        return self.words.of(found.label)

    def position(self, id: str) -> str:
        """The account by the first of its positions."""
        return position(self.account(id))

    @cached_property
    def login_names(self) -> Mapping[str, str]:
        """The names of all who ever signed in that were not erased, by their logins' ids."""
        return {each.id: each.name for each in self.reading.logins(self.office) if each.name}

    def login_name(self, id: str) -> str:
        """The name, or the beginning of the id where it was erased."""
        return self.login_names.get(id) or f"{id[:LEAST_LOGIN]}…"

    def acts_for(self, stand_in: str, absent: str) -> str:
        """That one acts for the other, in words."""
        people = {"chuc_vu_thay": self.position(stand_in), "chuc_vu_vang": self.position(absent)}
        return self.words("marker.acts_for", **people)
