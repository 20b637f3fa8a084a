"""The one way in which an act changes an office; each act stands in a module of its own beside this one.

A key that the caller gave is claimed first; then the work is done and committed with the answer that a
repetition gets; attempts that were refused are logged in a transaction of their own. Outside of it are only
what has no office yet (`founding`), what a dispatcher notes of its mails (`runtime.serve.dispatch`) and a
sandbox's clock.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, NoReturn, TypeVar

from runtime.office.looking import local_time
from runtime.office.opened import NoActor, NobodyEntitled, OpenedOffice
from runtime.office.results import new_key
from storage.clock import accepted_clocks, newest_entries
from storage.errors import DoneBefore, KeyTaken
from storage.unit import UnitOfWork
from workflow.engine.ports import StoredAnswer
from workflow.model.context import Actor
from workflow.model.decision import EntryDraft, FreeText, Refused, refused_entry
from workflow.model.errors import UsageMistake
from workflow.model.facts import Key, Plain
from workflow.model.naming import accounts, all_of
from workflow.model.rights import holding, refusal, role_for
from workflow.model.text import Phrase
from workflow.services.advance import Tried
from workflow.time.clock import ClockAhead, ClockBehind, is_ahead, is_behind

Answered = TypeVar("Answered")


class Attempt(NamedTuple):
    """A refused attempt as the log keeps it: on an item, or on the whole office."""

    entry: EntryDraft
    on: Key | None = None

    @classmethod
    def of(cls, tried: Tried) -> Attempt:
        # An item that was not made has no reference yet: its attempt is one on the office.
        return cls(tried.entry, tried.item.key if tried.item.version else None)


@dataclass(frozen=True, slots=True)
class Done(Generic[Answered]):
    """What the work of one command came to.

    Nothing is committed of what is not `written`. `stored` is kept as JSON under the caller's key.
    """

    answer: Answered
    written: bool = True
    refused: Sequence[Attempt] = ()
    stored: Any = None


@dataclass(frozen=True, slots=True)
class Repeatable(Generic[Answered]):
    """What makes two commands of one key the same, as JSON says it, and how the second one is answered."""

    said: Sequence[Any]
    again: Callable[[StoredAnswer], Answered]


LONGEST_KEY = 128
"""Signs, as the column holds them; SQLite would take any length and PostgreSQL fail."""


class LongKey(UsageMistake):
    """A key has {n} signs at most; choose a shorter one."""

    code = "long_key"


class Acting(OpenedOffice):
    """One office, open for acting. Closes its database at the end of a `with`."""

    _clock_believed = False
    _key_kept = False

    def act(
        self,
        work: Callable[[UnitOfWork], Done[Answered]],
        *,
        key: str | None = None,
        repeatable: Repeatable[Answered] | None = None,
        dry_run: bool = False,
        any_clock: bool = False,
    ) -> Answered:
        """Carries one command out. A dry run decides all the same, and neither writes nor logs.

        `key` is the command's own where the caller gave none, or a part of a command over many. A command of
        the caller's key that is not `repeatable` says, where it comes again, only that it was done.
        `any_clock` is for what must be written although the machine's clock is doubted. Raises ClockBehind,
        LongKey.
        """
        if not any_clock:
            self.check_clock()
        command = key or self.options.key or new_key()
        if len(command) > LONGEST_KEY:
            raise LongKey(n=LONGEST_KEY)
        by_key = key is None and self.options.key is not None and not self._key_kept
        once = repeatable if key is not None or by_key else None
        if by_key and once is None:
            once = Repeatable(self._said, self._done_before)

        def attempt(unit: UnitOfWork) -> Done[Answered]:
            if once is not None:
                said = json.dumps(once.said)
                stored = unit.claim_key(said, digest_key=self.row.digest_key)
                if stored is not None:
                    return Done(once.again(stored), written=False)
            done = work(unit)
            if done.written and not dry_run:
                if once is not None and done.stored is not None:
                    unit.keep_answer(json.dumps(done.stored))
                self.commit(unit)
            return done

        done = self.in_transaction(command, attempt)
        self._key_kept |= by_key and done.written and not dry_run
        if done.refused and not dry_run:
            # What was decided is rolled back or committed by now: a refusal is kept in either case.
            self._log(command, done.refused)
        return done.answer

    def check_key(self) -> None:
        """Raises DoneBefore where the command of the caller's key was done and keeps no answer, KeyTaken for
        another one. Asked first of all: the command itself has changed what it would look at."""

        def again(stored: StoredAnswer) -> None:
            if not stored.answer:
                self._done_before(stored)

        if self.options.key is not None:
            asked = Repeatable(self._said, again)
            self.act(lambda _unit: Done(None, written=False), repeatable=asked, any_clock=True)

    @property
    def _said(self) -> Sequence[Any]:
        return [self.options.said]

    def _done_before(self, stored: StoredAnswer) -> NoReturn:
        raise (DoneBefore if stored.same else KeyTaken)(key=self.options.key)

    def check_clock(self, *, ahead: bool = False) -> None:
        """Raises ClockBehind where the clock is before what was written, ClockAhead, where that is asked,
        where no plan reaches so far. A sandbox has a clock of its own."""
        if self.row.sandbox or self._clock_believed:
            return
        written, zone, this = newest_entries(self.database, self.office), self.zone, self.today.year
        newest_plan = max(self.years, default=None) if ahead else None
        if is_behind(self.now, written) or is_ahead(self.now, newest_plan, zone):
            accepted = accepted_clocks(self.database, self.office, this)
            shown = local_time(self.now, zone)
            if is_behind(self.now, written, accepted):
                raise ClockBehind(gio=shown, ngay=local_time(max(written), zone))
            if is_ahead(self.now, newest_plan, zone, accepted):
                raise ClockAhead(gio=shown, nam=newest_plan)
        # Asked once for each office that is opened: a service opens it anew for every sweep.
        self._clock_believed = ahead

    def _log(self, command: str, attempts: Sequence[Attempt]) -> None:
        def work(unit: UnitOfWork) -> None:
            for attempt in attempts:
                year = attempt.on.year if attempt.on else self.today.year
                unit.record(attempt.entry, log=year, key=attempt.on)
            self.commit(unit)

        self.in_transaction(command, work)

    def entitled(self, event: str) -> str | Refused:
        """The role by which the acting account may do what concerns the whole office; else the refusal, which
        is logged. Raises NobodyEntitled with those who may, where nobody is named."""
        if self.actor_or_none is None:
            with suppress(NoActor):  # where people sign in, that is what is missing
                self.require_actor()
            may = all_of(accounts(holding(self.directory, event)))
            spoken = (self.words.speaking(language) for language in ("vi", "en"))
            label = Phrase(*(words(f"event.{event}.label") for words in spoken))
            raise NobodyEntitled(su_kien=label, danh_sach=may)
        role = role_for(self.directory, self.actor.account, event)
        if role is not None:
            return role
        refused = Refused(event, (refusal(self.directory, event),))
        attempt = Attempt(refused_entry(refused, self.actor))
        return self.act(lambda _unit: Done(refused, written=False, refused=[attempt]))

    def record(
        self,
        unit: UnitOfWork,
        event: str,
        inputs: Mapping[str, Plain],
        *,
        role: str | None,
        actor: Actor | None = None,
        texts: tuple[FreeText, ...] = (),
    ) -> str:
        """Logs what concerns the whole office in the year's log; by the acting account where no other is
        named. Answers with the entry's id."""
        by = actor or self.actor
        entry = EntryDraft(
            event=event,
            actor=by.account,
            acting_for=by.acting_for,
            role=role,
            from_state=None,
            to_state=None,
            inputs=inputs,
            texts=texts,
        )
        return unit.record_act(entry, log=self.today.year)
