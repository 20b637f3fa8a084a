"""Wiring for looking commands: which database, office and year, in which words. Loads no heavy library."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from datetime import UTC, date, datetime
from functools import cached_property
from types import TracebackType
from typing import Any

from runtime.office.settings import Options, database_url, language, lock_timeout
from runtime.office.words import Words
from storage.views import Reading, Row
from workflow.files.compiled import Decoded
from workflow.model.calendar import at_local, due_instant, local_date
from workflow.model.definition import Text
from workflow.model.errors import UnknownReference, UnknownValue, UsageMistake
from workflow.model.substitution import Substitution
from workflow.model.wording import position

REFERENCE = re.compile(
    r"(?:(?P<office>[a-z][a-z0-9_-]*)/)?(?:(?P<year>\d{4})/)?(?P<ref>[Tt]\d{1,6}|[Dd]\d{1,6}(?:/(?P<no>[1-9]\d{0,5}))?)"
)


class BadReference(UsageMistake):
    """'{ref}' is no reference; write T07, D0042, D0042/3 or diem-he/2026/T07."""

    code = "bad_ref"


class NotAnItem(UsageMistake):
    """'{ref}' is one nominee; this is for the whole dossier: write it without the number after the stroke."""

    code = "not_an_item"


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


def reference(text: str) -> tuple[str | None, int | None, str, int | None]:
    """Office, year, item and nominee of a reference as typed; `t7` is `T07`. Raises BadReference."""
    match = REFERENCE.fullmatch(text.strip())
    if match is None:
        raise BadReference(ref=text)
    item = match["ref"].partition("/")[0]
    letter, digits = item[0].upper(), item[1:].lstrip("0") or "0"
    ref = letter + digits.zfill(2 if letter == "T" else 4)
    year, no = match["year"], match["no"]
    return match["office"], int(year) if year else None, ref, int(no) if no else None


def instant_of(text: str, zone: str) -> datetime:
    """A time as typed, aware: local without an offset, midnight without a time. Raises BadTime."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            day = date.fromisoformat(text)
            return at_local(day, datetime.min.time(), zone)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadTime(gia_tri=text) from None
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
        raise ClockBackwards(gio=local_text(reached, zone), gia_tri=typed)
    return wanted


def local_text(instant: datetime | str, zone: str) -> str:
    """An instant in the office's zone to the minute: `2026-03-31 08:00`."""
    from zoneinfo import ZoneInfo

    moment = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


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


def shipped_words() -> Mapping[str, Text]:
    """The package's own catalogue; reads YAML, so only where a database lacks a word."""
    from runtime.office import seeds

    return seeds.shipped_words()


class Looking:
    """One office's year, open for looking."""

    def __init__(self, options: Options, environment: Mapping[str, str]) -> None:
        self.options = options
        self.environment = environment
        self.reading = Reading(database_url(options, environment), lock_timeout=lock_timeout(environment))
        self.office_row = self._choose_office()
        self.office: str = self.office_row["office"]

    def __enter__(self) -> Looking:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.reading.__exit__(kind, error, trace)

    def _choose_office(self) -> Row:
        rows = {row["office"]: row for row in self.reading.offices()}
        return rows[chosen_office(self.options, self.environment, tuple(rows))]

    def narrowed(self, office: str | None, year: int | None) -> Looking:
        """The same database seen from the office and year that a full reference names."""
        if office is not None and office != self.office:
            self.options = self.options.__class__(**{**_as_dict(self.options), "office": office})
            self.office_row = self._choose_office()
            self.office = self.office_row["office"]
            for cached in ("words", "directory", "zone", "year", "substitutions", "_policies"):
                self.__dict__.pop(cached, None)
        if year is not None:
            self.__dict__["year"] = year
        return self

    def speaking(self, language: str) -> Looking:
        """The same seen by a reader of another language: papers are always Vietnamese."""
        other = copy(self)
        other.__dict__["words"] = self.words.speaking(language)
        return other

    @cached_property
    def words(self) -> Words:
        stored = self.office_row["language"]
        chosen = language(stored, self.environment)
        name = self.directory.get("messages")
        row = self.reading.compiled(self.office, "messages", name)
        plain = row["compiled"]["words"] if row else {}
        return Words(Decoded(plain, lambda text: Text(**text)), language=chosen, later=shipped_words)

    @cached_property
    def directory(self) -> dict[str, Any]:
        """The office's compiled definition: bodies, accounts, zone."""
        row = self.reading.compiled(self.office, "office")
        return row["compiled"] if row else {}

    @cached_property
    def zone(self) -> str:
        return str(self.directory.get("zone", "Asia/Ho_Chi_Minh"))

    @cached_property
    def year(self) -> int:
        """--year, else the newest plan's. Raises NoPlan."""
        plans = self.reading.plans(self.office)
        wanted = self.options.year
        years = [plan["year"] for plan in plans]
        if not years or (wanted is not None and wanted not in years):
            raise no_plan(wanted)
        return wanted if wanted is not None else int(years[0])

    @property
    def log(self) -> int:
        """The log to show: the chosen year's, without a plan the newest there is."""
        if self.options.year is not None:
            return self.options.year
        plans = self.reading.plans(self.office)
        logs = self.reading.logs(self.office)
        return int(plans[0]["year"] if plans else (logs[-1] if logs else self.now.year))

    @cached_property
    def now(self) -> datetime:
        reached = self.office_row["clock"]
        return current_time(
            self.options.now,
            sandbox=self.office_row["sandbox"],
            reached=datetime.fromisoformat(reached) if reached else None,
            zone=self.zone,
        )

    @property
    def today(self) -> date:
        return local_date(self.now, self.zone)

    @cached_property
    def substitutions(self) -> tuple[Substitution, ...]:
        """Who stands in for whom, as the office ever ordered."""
        rows = self.reading.substitutions(self.office)
        return tuple(
            Substitution(
                row["number"],
                row["absent"],
                row["stand_in"],
                date.fromisoformat(row["from_day"]),
                date.fromisoformat(row["until_day"]),
                date.fromisoformat(row["ended_on"]) if row["ended_on"] else None,
            )
            for row in rows
        )

    def machine(self, digest: str) -> dict[str, Any]:
        """A compiled machine as the database keeps it."""
        cache = self.__dict__.setdefault("_machines", {})
        if digest not in cache:
            row = self.reading.compiled_by_digest(self.office, digest)
            cache[digest] = row["compiled"] if row else {}
        found: dict[str, Any] = cache[digest]
        return found

    def policy(self, label: str | None) -> dict[str, Any]:
        """The compiled policy that a row or a term names (`deadlines/2`), else the newest of the office."""
        cache = self.__dict__.setdefault("_policies", {})
        if label not in cache:
            name, _, version = (label or "").partition("/")
            row = self.reading.compiled(
                self.office,
                "policy",
                name or self.directory.get("policy"),
                version=int(version) if version.isdecimal() else None,
            )
            cache[label] = row["compiled"] if row else {}
        found: dict[str, Any] = cache[label]
        return found

    def event(self, id: str, machine: Mapping[str, Any]) -> dict[str, Any] | None:
        """The machine's event, else another machine's: a dossier refused at birth is its task's entry."""
        found: dict[str, Any] | None = machine["events"].get(id)
        if found is not None:
            return found
        rows = (self.reading.compiled(self.office, "machine", name) for name in self.directory["machines"])
        events = (row["compiled"]["events"] for row in rows if row)
        return next((each[id] for each in events if id in each), None)

    def item(self, text: str) -> Row:
        """The item that a reference names, wherever it points. Raises BadReference, UnknownReference."""
        office, year, ref, _no = reference(text)
        self.narrowed(office, year)
        row = self.reading.item(self.office, self.year, ref)
        if row is None:
            raise UnknownReference(ref=ref)
        return row

    # -- what rows mean ------------------------------------------------------------------------------

    def kind(self, row: Row) -> str:
        """The machine's kind of a row: a conference is told apart by host or attend, a dossier by its
        review, which its events remembered."""
        if row.get("kind") == "conference":
            return f"conference_{row.get('part') or 'host'}"
        return str(row.get("kind") or (row.get("memory") or {}).get("kind", ""))

    def state(self, row: Row) -> str:
        """The state in words."""
        state = self.machine(row["digest"])["states"][row["state"]]
        return self.words.of(state["label_by_kind"].get(self.kind(row), state["label"]))

    def term_label(self, id: str, policy: str | None) -> str:
        """A term as the policy that it began under calls it."""
        found = self.policy(policy).get("terms", {}).get(id)
        return self.words.of(found["label"]) if found else id

    def terms(self, row: Row) -> list[Row]:
        """The terms under way of an open item, by date, those that stand still last: id, label in the
        reader's language, `due` (None while it stands still), `since`, `paused_on`, `policy`."""
        kept = [
            (name.removeprefix("term."), value)
            for name, value in (row["memory"] if row["open"] else {}).items()
            if name.startswith("term.")
        ]
        found = [
            {
                "id": id,
                "label": self.term_label(id, policy),
                "due": None if paused_on else due,
                "since": since,
                "paused_on": paused_on,
                "policy": policy,
            }
            for id, (due, since, _occurrence, policy, _used, paused_on) in kept
            if due is not None
        ]
        return sorted(found, key=lambda term: (term["due"] or "9999", term["id"]))

    def dated_by(self, row: Row) -> str:
        """The term whose date the item bears; empty where the date is its own."""
        if row["due_mark"] != "term":
            return ""
        return next((str(term["label"]) for term in self.terms(row) if term["due"] == row["due_on"]), "")

    def days_late(self, row: Row) -> int:
        """Calendar days past the due date: of an open row by today, of a closed one by its closing."""
        if not row["due_on"] or row["waiting"] or row["state"] == "cancelled":
            return 0
        end = date.fromisoformat(row["closed_on"]) if row["closed_on"] else self.today
        return max(0, (end - date.fromisoformat(row["due_on"])).days)

    def body(self, id: str) -> str:
        found = self.directory.get("bodies", {}).get(id)
        return str(found["short"]) if found else id

    def account(self, id: str) -> str:
        found = self.directory.get("accounts", {}).get(id)
        if found is None:
            return self.words(f"role.{id}") if self.words.has(f"role.{id}") else id
        return self.words.of(found["label"])

    def position(self, id: str) -> str:
        """The account by the first of its positions."""
        return position(self.account(id))

    def doer(self, entry: Row) -> str:
        """Who did what an entry says, and in whose name where that was another's."""
        if entry["acting_for"] is None:
            return self.account(entry["actor"])
        return self.acts_for(entry["actor"], entry["acting_for"])

    def acts_for(self, stand_in: str, absent: str) -> str:
        """That one acts for the other, in words."""
        people = {"chuc_vu_thay": self.position(stand_in), "chuc_vu_vang": self.position(absent)}
        return self.words("marker.acts_for", **people)

    def until(self, day: date) -> str:
        """The instant at which a local day is over, as the database writes it."""
        return due_instant(day, self.zone).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _as_dict(options: Options) -> dict[str, Any]:
    return {name: getattr(options, name) for name in options.__slots__}
