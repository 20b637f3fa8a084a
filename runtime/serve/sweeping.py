"""Sweeps over the offices of a database: once for `tdkt tick`, again and again for `tdkt serve`.

A sweep acts as `system` and needs no actor. Each office is opened anew for each sweep: definitions adopted
meanwhile and new offices are seen without a restart, and each thread has a connection of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from runtime.acts.acting import Acting
from runtime.acts.clock import accept_clock
from runtime.acts.sweep import sweep
from runtime.office.kept import OfficeCache
from runtime.office.looking import NoOffice, chosen_office, instant_of, local_time
from runtime.office.results import Ticked
from runtime.office.settings import Options, database_url
from storage.views import Reading

JOINED = timedelta(minutes=10)
"""How far a --now may lie behind a sandbox's clock that another process keeps running."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a sweep of one office did, and the instant at which it was made; `zone` is the office's."""

    office: str
    at: datetime
    zone: str
    done: Ticked


class RunningClock:
    """A sandbox's time while it is served: it runs on from `start`, and never falls behind the stored time.

    It lives as long as the serving process.
    """

    def __init__(self, start: datetime) -> None:
        self._base = start
        self._began = time.monotonic()

    def at(self, reached: datetime | None) -> datetime:
        """The time now; `reached` is the stored one, further on where a command has moved the sandbox."""
        now = self._base + timedelta(seconds=time.monotonic() - self._began)
        if reached is not None and reached > now:
            self._base, self._began, now = reached, time.monotonic(), reached
        return now


def offices_to_sweep(options: Options, environment: Mapping[str, str]) -> tuple[str, ...]:
    """The chosen office, else all of the database. Raises NoOffice, UnknownValue, DatabaseUnusable."""
    with Reading(database_url(options, environment)) as reading:
        names = tuple(row.office for row in reading.offices())
    if not names:
        raise NoOffice()
    if options.office or environment.get("TDKT_OFFICE"):
        return (chosen_office(options, environment, names),)
    return names


class Sweeping:
    """The sweeps of one command: one for `tdkt tick`, one after the other for `tdkt serve`.

    `running`: a sandbox's clock runs on from sweep to sweep.
    """

    def __init__(self, options: Options, environment: Mapping[str, str], *, running: bool = False) -> None:
        self._options = options
        self._environment = environment
        self._running = running
        self._clocks: dict[str, RunningClock] = {}
        self._kept = OfficeCache()

    def check(self) -> tuple[str, ...]:
        """Opens every office once; answers with their names. Raises what a sweep would raise."""
        names = offices_to_sweep(self._options, self._environment)
        for name in names:
            with self._open(name) as acting:
                self._set_clock(acting)
        return names

    def accept_clocks(self) -> dict[str, datetime]:
        """Records in every office whose clock is doubted that it is right; answers with the local time there,
        by office."""
        accepted = {}
        for name in offices_to_sweep(self._options, self._environment):
            with self.opened(name) as acting:
                if accept_clock(acting):
                    accepted[name] = local_time(acting.now, acting.zone)
        return accepted

    def sweep(
        self,
        *,
        progress: Callable[[int], None] | None = None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> Iterator[Sweep]:
        """Sweeps one office after the other, and yields after each.

        An office that cannot be swept to its end keeps no other waiting; the first error is raised at last.
        """
        errors: list[Exception] = []
        for name in offices_to_sweep(self._options, self._environment):
            if stopping():
                break
            try:
                with self._open(name) as acting:
                    self._set_clock(acting)
                    done = sweep(acting, progress=progress, stopping=stopping)
                    swept = Sweep(name, acting.now, acting.zone, done)
            except Exception as error:
                errors.append(error)
                continue
            errors += [done.stopped] if done.stopped is not None else []
            yield swept
        if errors:
            raise errors[0]

    def opened(self, office: str) -> Acting:
        """The office, opened at its time now; the caller's `with` closes it. Raises what a sweep raises."""
        acting = self._open(office)
        try:
            self._set_clock(acting)
        except BaseException:
            acting.database.close()
            raise
        return acting

    def _open(self, office: str) -> Acting:
        return Acting(self._options._replace(office=office), self._environment, kept=self._kept)

    def _set_clock(self, acting: Acting) -> None:
        """Gives a served sandbox its running time. One without --now and without a stored time has none.

        Raises SandboxOnly, BadTime, ClockBackwards.
        """
        if self._running and acting.row.sandbox and (clock := self._clocks.get(acting.office)) is not None:
            acting.options = acting.options._replace(now=clock.at(acting.row.clock).isoformat())
            return
        self._join(acting)
        now = acting.now
        if self._running and acting.row.sandbox and (self._options.now or acting.row.clock):
            self._clocks[acting.office] = RunningClock(now)

    def _join(self, acting: Acting) -> None:
        """Lets a second process serve a sandbox from the --now of the first, whose clock has run on.

        Without this its --now would be refused as a step backwards.
        """
        typed, reached = self._options.now, acting.row.clock
        if not self._running or not acting.row.sandbox or typed is None or reached is None:
            return
        wanted = instant_of(typed, acting.zone)
        if wanted < reached <= wanted + JOINED:
            acting.options = acting.options._replace(now=None)
