"""The people of a simulation: on the mornings of working days they do what the scenario says.

They act through `runtime.acts.advance`, as commands do, on an office in memory. What they tried is kept,
done or refused. Before a step of a pace `why` is asked whether it is possible, so that a step which is
refused for weeks is kept once for each reason and does not fill the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count
from types import MappingProxyType

from runtime.acts.acting import Acting
from runtime.acts.advance import EventRequest, advance
from runtime.acts.sessions import new_session
from runtime.simulate.sitting import Sat, Sitting
from storage import items
from storage.timeline import ItemState, item_states
from workflow.model import roles
from workflow.model.calendar import at_local
from workflow.model.context import Actor
from workflow.model.council import quorum_of
from workflow.model.decision import Reason
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.facts import Facts, Item, Key
from workflow.model.references import printed, reference
from workflow.model.scenario import (
    AT_ONCE,
    MORNING,
    Act,
    Move,
    Scenario,
    made_up_inputs,
    silent_bodies,
    step_day,
)
from workflow.model.ways import Way, way_of
from workflow.rules.inputs import declared

Steps = Mapping[str, tuple[str, tuple[str, ...]]]

STEPS: Mapping[str, Steps] = MappingProxyType(
    {
        "task": MappingProxyType(
            {
                "drafted": ("submit", ("submit",)),
                "submitted": ("review", ("review",)),
                "reviewed": ("approve", ("approve",)),
                "approved": ("finish", ("award", "complete")),
            }
        ),
        "dossier": MappingProxyType(
            {
                "drafted": ("submit", ("submit",)),
                "returned": ("submit", ("submit",)),
                "submitted": ("review", ("confirm", "review")),
                "appraised": (AT_ONCE, ("review", "give_opinion")),
                "reviewed": ("approve", ("approve",)),
                "approved": ("finish", ("award", "forward")),
            }
        ),
    }
)
"""By subject and state: the step of a pace, and the events of which the first that is possible is taken.

A dossier that an older machine runs waits for the votes that are recorded on it; nobody here does.
"""

FIRST: Mapping[str, Callable[[Dossier, Way], bool]] = MappingProxyType(
    {
        "accept": lambda dossier, _way: dossier.complete_on is None,
        "publish": lambda dossier, way: way.published == "commune" and dossier.published_until is None,
        "publish_end": lambda dossier, way: way.published == "commune" and dossier.full_on is None,
    }
)
"""The events that come before a dossier's step where its machine has them and its way still asks for them."""


@dataclass(frozen=True, slots=True)
class TriedEvent:
    """An event that somebody tried: done, refused with `reasons`, or no event at all (`error`)."""

    at: datetime
    key: Key
    event: str
    by: str
    state: str | None = None
    reasons: tuple[Reason, ...] = ()
    error: TdktError | None = None

    @property
    def done(self) -> bool:
        return not self.reasons and self.error is None


def named(acting: Acting, key: Key) -> str:
    """How a scenario names the item: with its year where that is not the simulated one."""
    return printed(key.ref, key.year, newest=acting.year)


def named_item(acting: Acting, wish: Act | Move) -> Key:
    """The item that a wish names."""
    _office, year, ref, _line = reference(wish.ref)
    return Key(acting.office, acting.year if year is None else year, ref)


class People:
    """Everybody of one office, for one simulation: which acts still wait, which steps were taken when."""

    def __init__(self, acting: Acting, scenario: Scenario, *, start: datetime, end: datetime) -> None:
        self._acting = acting
        self._scenario = scenario
        self._silent = silent_bodies(scenario, acting.directory)
        self._waiting: list[Act | Move] = sorted((*scenario.acts, *scenario.moved), key=self._instant)
        self._moments = tuple(self._all_moments(start, end))
        self._entered: dict[Key, tuple[str, date]] = {}
        self._refused: dict[Key, int] = {}
        self._told: set[tuple[Key, str | None, tuple[str, ...]]] = set()
        self._done = 0
        self._numbers = count(1)
        self.attempts: list[TriedEvent] = []

    @property
    def undone(self) -> tuple[Act | Move, ...]:
        """The acts and moves for which nobody was there."""
        return tuple(self._waiting)

    def next_moment(self, after: datetime) -> datetime | None:
        """The first moment later than `after`."""
        return next((moment for moment in self._moments if moment > after), None)

    def act(self) -> None:
        """What people do at the office's present time: the scenario's single acts, then the paces' steps."""
        now, today = self._acting.now, self._acting.today
        for wish in [wish for wish in self._waiting if self._instant(wish) <= now]:
            if self._try(wish, today):
                self._waiting.remove(wish)
        if self._scenario.has_pace:
            self._keep_pace(today)

    # -- moments -------------------------------------------------------------------------------------

    def _instant(self, wish: Act | Move) -> datetime:
        return at_local(wish.on, wish.at if isinstance(wish, Act) else MORNING, self._acting.zone)

    def _all_moments(self, start: datetime, end: datetime) -> Iterator[datetime]:
        """The mornings of working days and the moments of acts, where anybody does anything."""
        if not self._scenario.has_pace and not self._waiting:
            return
        moments = {self._instant(wish) for wish in self._waiting}
        day = self._acting.today
        while (morning := at_local(day, MORNING, self._acting.zone)) < end:
            if self._acting.setting.calendar.is_working(day):
                moments.add(morning)
            day += timedelta(days=1)
        yield from sorted(moment for moment in moments if start <= moment < end)

    # -- single acts ---------------------------------------------------------------------------------

    def _try(self, wish: Act | Move, today: date) -> bool:
        """Whether anybody was there to try it; nobody of a silent body ever is."""
        key = named_item(self._acting, wish)
        item = self._item(key)
        event, words = (wish.event, wish.words) if isinstance(wish, Act) else self._moving(item, wish)
        by = wish.by if isinstance(wish, Act) else None
        who = self._present((by,), today) if by is not None else self._whoever(item, event, today)
        if who is None:
            return False
        self._advance(key, event, who, words)
        return True

    def _moving(self, item: Item, move: Move) -> tuple[str, dict[str, str]]:
        """The event that moves a due date: a derived or outside date is set, any other is extended."""
        to, why = move.to.isoformat(), "Mô phỏng"
        kind = self._acting.machine(item.digest).definition.kind(item.kind)
        if item.due_mark == "derived" or item.due_on is None or (kind and kind.waits != "never"):
            return "set_deadline", {"date": to, "source": why}
        return "extend", {"until": to, "reason": why}

    # -- paces ---------------------------------------------------------------------------------------

    def _keep_pace(self, today: date) -> None:
        """Takes every step whose day has come, several of one item where they fall on one day."""
        found = {item.key: item for item in item_states(self._acting.database, self._acting.office)}
        # Dossiers before tasks, because a task cannot be finished while one of its dossiers is open.
        for item in sorted(found.values(), key=lambda item: (item.subject == "task", item.key)):
            task = found[item.key._replace(ref=item.parent)] if item.parent else item
            state: str | None = item.state
            due = task.target_on or task.due_on
            while item.open and state is not None and due is not None and not task.waiting:
                state = self._step(replace(item, state=state), due, today)

    def _step(self, at: ItemState, due: date, today: date) -> str | None:
        """Takes the item's next step where its day has come; answers with the new state, None without one."""
        key, pace = at.key, self._scenario.pace_of(named(self._acting, at.key), subject=at.subject)
        # A decision or session that the office itself began stands as it is.
        step = STEPS[at.subject].get(at.state) if at.subject in STEPS else None
        entered = self._entered.setdefault(key, (at.state, today))
        if entered[0] != at.state:
            entered = self._entered[key] = (at.state, today)
        calendar = self._acting.setting.calendar
        if pace is None or step is None:
            return None
        if step_day(step[0], pace, due=due, since=entered[1], calendar=calendar) > today:
            return None
        item = self._item(key)
        if self._present(item.owners, today) is None:
            return None
        if isinstance(item.details, Dossier):
            item = self._prepared(item, today)
            if item.state != at.state:  # a session of the council has brought it on
                return item.state
        # What was refused stays refused until something else was done: it is not asked about again before.
        if self._waits(item, today) or self._refused.get(key) == self._done:
            return None
        return self._take(item, step[1], today)

    def _item(self, key: Key) -> Item:
        item = items.item_at(self._acting.database, key)
        assert item is not None
        return item

    def _waits(self, item: Item, today: date) -> bool:
        """Whether a silent body would have to hand it in, or its publication still runs."""
        details = item.details
        if not isinstance(details, Dossier):
            return False
        if item.state in ("drafted", "returned"):
            return details.body in self._silent
        return (
            details.published_until is not None
            and details.full_on is None
            and today <= details.published_until
        )

    def _take(self, item: Item, events: tuple[str, ...], today: date) -> str | None:
        """Takes the first event that is possible; if none is, keeps the one that has the fewest reasons."""
        asked = [
            (who, self._acting.why(str(item.key), event, actor=Actor(who))[0])
            for event in events
            if event in self._acting.machine(item.digest).events
            and (who := self._whoever(item, event, today)) is not None
        ]
        if not asked:
            return None
        possible = next(((who, found) for who, found in asked if found.allowed), None)
        if possible is not None:
            who, explained = possible
            self._advance(item.key, explained.event, who, self._made_up_inputs(item, explained.event, who))
            entered = self._entered[item.key][0]
            return entered if entered != item.state else None
        who, nearest = min(asked, key=lambda each: len(each[1].reasons))
        self._refused[item.key] = self._done
        rules = tuple(reason.rule for reason in nearest.reasons)
        if (item.key, item.state, rules) not in self._told:
            self._told.add((item.key, item.state, rules))
            now = self._acting.now
            self.attempts.append(TriedEvent(now, item.key, nearest.event, who, item.state, nearest.reasons))
        return None

    def _made_up_inputs(self, item: Item, event: str, who: str) -> dict[str, str]:
        """Values for the inputs of an event of which a pace says nothing."""
        machine, details = self._acting.machine(item.digest), item.details
        context = self._acting.case_of(Actor(who)).context(machine, event, Facts(item))
        inputs = declared(machine.events[event], context)
        words = made_up_inputs(inputs, today=self._acting.today, office=self._acting.directory)
        if isinstance(details, Dossier):
            if event == "submit" and any(input.name == "paper_number" for input in inputs):
                words |= {"paper_number": "01/MP", "paper_date": self._acting.today.isoformat()}
            if event == "award":
                words["signer"] = self._signer(details) or words["signer"]
                words["decision_number"] = f"{next(self._numbers)}/QĐ-MP"
                accountant = self._present(self._acting.directory.holding("accountant"), self._acting.today)
                if accountant and any(input.name == "funds_by" for input in machine.events[event].inputs):
                    words["funds_by"] = accountant
        return words

    def _signer(self, dossier: Dossier) -> str | None:
        """The chair; the vice chair of what is left where all of that is the chair's own."""
        signers = (id for role in ("chair", "vice_chair") for id in self._acting.directory.holding(role))
        lines = dossier.to_award
        return next((id for id in signers if not all(self._own(line, id) for line in lines)), None)

    def _own(self, line: Nominee, account: str) -> bool:
        """Whether the line is about the account's person, who then decides nothing about it."""
        person = self._acting.directory.person
        return line.account is not None and person(line.account) == person(account)

    # -- what comes before a dossier's step ------------------------------------------------------------

    def _prepared(self, item: Item, today: date) -> Item:
        """The dossier after whatever its machine asks for before the step: receipt and publication, then each
        line's appraisal and the council's session."""
        way = way_of(Dossier.of(item), self._acting.setting.of(item).rules)
        for event, lacks in FIRST.items():
            if not self._waits(item, today) and self._offers(item, event) and lacks(Dossier.of(item), way):
                self._take(item, (event,), today)
                item = self._item(item.key)
        if self._offers(item, "appraise") and Dossier.of(item).complete_on is not None:
            self._appraise(item, today)
            item = self._item(item.key)
        if self._offers(item, "into_session"):
            self._sit(item, today)
            item = self._item(item.key)
        return item

    def _offers(self, item: Item, event: str) -> bool:
        found = self._acting.machine(item.digest).events.get(event)
        return found is not None and any(item.state in each.sources for each in found.transitions)

    def _appraise(self, item: Item, today: date) -> None:
        """Finds that each nominee of whom nothing was found yet meets the conditions."""
        for line in Dossier.of(item).standing:
            who = self._whoever(item, "appraise", today, about=line)
            if line.verdict is None and who is not None:
                words = self._made_up_inputs(item, "appraise", who) | {"nominee": str(line.no)}
                self._advance(item.key, "appraise", who, words)

    def _sit(self, item: Item, today: date) -> None:
        """Holds a session about the dossier where it is on no agenda and enough members are there."""
        dossier, office, setting = Dossier.of(item), self._acting.directory, self._acting.setting.of(item)
        members = office.seated(today)
        here = tuple(id for id in members if self._present((id,), today))
        chairs = [id for role in ("chair", "vice_chair") for id in office.holding(role) if id in here]
        secretary = self._present(office.holding("secretary"), today)
        if item.kind != "council" or dossier.session or not chairs or secretary is None:
            return
        if len(here) < quorum_of(len(members), setting.rules.quorum):
            return
        sitting = Sitting(office, item.key.ref, dossier.to_vote, here, chairs[0])
        self._acting.actor = Actor(secretary)
        made = new_session(self._acting, {"date": today.isoformat()}, year=item.key.year)
        key, last = item.key._replace(ref=made.ref), ""
        for sat in sitting.events(setting.rules, today):
            who = self._sits(key, sat, today, last)
            if who is None or not self._advance(key, sat.event, who, sat.words):
                return
            last = who

    def _sits(self, key: Key, sat: Sat, today: date, last: str) -> str | None:
        """Who does it: whoever counted does not compare the count."""
        item, office = self._item(key), self._acting.directory
        machine = self._acting.machine(item.digest)
        barred = sat.barred | (office.people([last]) if sat.event == "check_count" else frozenset())
        held = roles.permitted(machine.events[sat.event].by, machine.standing(item, self._acting.setting))
        may = (id for holding in held for id in holding.accounts if office.person(id) not in barred)
        return self._present(tuple(may), today)

    # -- doing ---------------------------------------------------------------------------------------

    def _present(self, accounts: tuple[str, ...], today: date) -> str | None:
        """The first of the accounts that is not away today and does not belong to a silent body."""
        directory = self._acting.directory
        for id in accounts:
            account = directory.account(id)
            if account and account.body not in self._silent and not self._scenario.away(id, today):
                return id
        return None

    def _whoever(self, item: Item, event: str, today: date, *, about: Nominee | None = None) -> str | None:
        """The first account that may cause the event and is there, owners before others; if none may, one of
        the item's owners. Nobody decides `about` the own line."""
        machine = self._acting.machine(item.digest)
        found = machine.events.get(event)
        standing = machine.standing(item, self._acting.setting)
        held = roles.permitted(found.by if found else (), standing)
        may = [id for holding in held for id in holding.accounts]
        may = [id for id in may if about is None or not self._own(about, id)]
        owners = tuple(id for id in item.owners if id in may)
        return self._present(owners or tuple(may) or item.owners, today)

    def _advance(self, key: Key, event: str, who: str, words: Mapping[str, str]) -> bool:
        now, today = self._acting.now, self._acting.today
        self._acting.actor = Actor(who)
        try:
            result = advance(self._acting, [str(key)], EventRequest(event, words, confirmed=True))[0]
        except UsageMistake as error:
            self.attempts.append(TriedEvent(now, key, event, who, error=error))
            return False
        reasons = result.refused.reasons if result.refused else ()
        self.attempts.append(TriedEvent(now, key, event, who, result.to_state or result.from_state, reasons))
        if result.done and result.to_state is not None:
            self._done += 1
            if result.to_state != result.from_state:
                self._entered[key] = (result.to_state, today)
        return result.done
