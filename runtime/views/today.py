"""Where the office stands today, and what is likely to be typed next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.inbox import InboxLine, inbox_of
from runtime.views.items import DUE_SOON_DAYS, QUARTERS, next_day
from runtime.views.steps import dossier_line
from workflow.model.roles import speaking_for

LIKELY = 3
"""Commands that are offered."""


class Waiting(NamedTuple):
    """How many things wait for an account."""

    account: str
    items: int


class Today(NamedTuple):
    """The office today for scripts; `year` is None where there is no plan yet. `next` are commands, to be
    typed once what stands between angle brackets is filled in."""

    office: str
    date: date
    sandbox: bool
    quarter: str
    incidents: int
    next: tuple[str, ...]
    year: int | None = None
    late: tuple[str, ...] = ()
    soon: tuple[str, ...] = ()
    dossiers: int = 0
    waiting: tuple[Waiting, ...] = ()


def today_of(looking: Looking, account: str | None) -> Today:
    """What is next is the account's, or anybody's; of an office without a plan only that it needs one."""
    day, incidents = looking.today, len(looking.reading.incidents(looking.office))
    bare = Today(
        looking.office,
        day,
        looking.row.sandbox,
        QUARTERS[(day.month - 1) // 3],
        incidents,
        (_planning(looking),),
    )
    if not looking.plan_years:
        return bare
    items = [*looking.reading.tasks(*looking.span), *looking.reading.dossiers(*looking.span)]
    here = [item for item in items if item.closed_on is None and not looking.waits(item)]
    days = [(looking.ref(item.key), next_day(looking, item)) for item in here if not looking.days_late(item)]
    everybody = inbox_of(looking, None)
    mine = everybody if account is None else inbox_of(looking, account)
    waiting = Counter(owner for line in everybody for owner in line.record.owners)
    return bare._replace(
        year=looking.year,
        late=tuple(looking.ref(item.key) for item in here if looking.days_late(item)),
        soon=tuple(ref for ref, due in days if due and 0 <= (due - day).days <= DUE_SOON_DAYS),
        dossiers=sum(item.subject == "dossier" and bool(item.owners) for item in items),
        waiting=tuple(Waiting(*each) for each in waiting.most_common()),
        next=tuple(_likely(looking, mine))[:LIKELY],
    )


def _planning(looking: Looking) -> str:
    officer = next(iter(looking.directory.holding("officer")), None)
    return f'tdkt plan import "<{looking.words("today.file")}>"' + (f" --as {officer}" if officer else "")


def _likely(looking: Looking, lines: Sequence[InboxLine]) -> Iterator[str]:
    """The nearest dossier's step, the nearest task's, a dossier to be opened, then the others in order."""
    dossiers = [line for line in lines if line.record.subject == "dossier"]
    tasks = [line for line in lines if line.record.subject == "task" and not line.record.waiting]
    first = [line.record.next for line in (*dossiers[:1], *tasks[:1])]
    rest = (line.record.next for line in lines)
    yield from dict.fromkeys(line for line in (*first, *_openings(looking), *rest) if line)


def _openings(looking: Looking) -> Iterator[str]:
    """How a dossier is opened under the nearest task that gives awards, by the first body with somebody to
    speak for it."""
    office = looking.directory
    nominating = [body.id for body in office.bodies if body.nominates]
    body = next((id for id in nominating if office.holding("representative", body=id)), None)
    for item in looking.reading.tasks(*looking.span) if body else ():
        kind = looking.kind(item)
        if body and kind is not None and kind.gives_awards and item.state == "drafted":
            yield dossier_line(looking, item.key, body, speaking_for(office, body, looking.today))
            return
