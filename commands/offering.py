"""The words that a shell's completion offers: accounts, references and events of the database that is named.

Where the database cannot be opened nothing is offered and nothing is said. `commands.session` loads this
when a shell asks.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from runtime.office.settings import Options, environment
from workflow.model.errors import TdktError

if TYPE_CHECKING:
    from runtime.office.looking import Looking


def accounts(ctx: click.Context, incomplete: str) -> list[str]:
    """The office's accounts."""
    return _fitting(ctx, incomplete, _accounts)


def items(ctx: click.Context, incomplete: str) -> list[str]:
    """References of the year, and of what is open of earlier years."""
    return _fitting(ctx, incomplete.upper(), _items)


def items_and_events(ctx: click.Context, incomplete: str) -> list[str]:
    """References, and the events of the office's machines."""
    return [*items(ctx, incomplete), *events(ctx, incomplete)]


def incidents(ctx: click.Context, incomplete: str) -> list[str]:
    """Open incidents."""
    return _fitting(ctx, incomplete.upper(), _incidents)


def events(ctx: click.Context, incomplete: str) -> list[str]:
    """The events of the office's machines."""
    return _fitting(ctx, incomplete, _events)


def bodies(ctx: click.Context, incomplete: str) -> list[str]:
    """The bodies of the office's directory."""
    return _fitting(ctx, incomplete, lambda looking: [body.id for body in looking.directory.bodies])


def nominating(ctx: click.Context, incomplete: str) -> list[str]:
    """The bodies that may send dossiers."""
    return _fitting(ctx, incomplete, _nominating)


def titles(ctx: click.Context, incomplete: str) -> list[str]:
    """The titles of the rule pack in force."""
    return _fitting(ctx, incomplete, lambda looking: [title.id for title in looking.rules.titles])


def movements(ctx: click.Context, incomplete: str) -> list[str]:
    """The movements that are not closed."""
    from runtime.views.movements import open_refs

    return _fitting(ctx, incomplete, open_refs)


def types(ctx: click.Context, incomplete: str) -> list[str]:
    """The types of commendation."""
    return _fitting(ctx, incomplete, lambda looking: [type.id for type in looking.rules.types])


def grounds(ctx: click.Context, incomplete: str) -> list[str]:
    """The grounds of the simplified procedure."""
    return _fitting(ctx, incomplete, lambda looking: [ground.id for ground in looking.rules.grounds])


def papers(ctx: click.Context, incomplete: str) -> list[str]:
    """The kinds of papers of the rule pack in force."""
    return _fitting(ctx, incomplete, lambda looking: [kind.id for kind in looking.rules.papers])


def task_states(ctx: click.Context, incomplete: str) -> list[str]:
    """The states of tasks."""
    return _fitting(ctx, incomplete, lambda looking: _states(looking, "task"))


def dossier_states(ctx: click.Context, incomplete: str) -> list[str]:
    """The states of dossiers."""
    return _fitting(ctx, incomplete, lambda looking: _states(looking, "dossier"))


def _fitting(ctx: click.Context, incomplete: str, known: Callable[[Looking], list[str]]) -> list[str]:
    with suppress(TdktError):
        from runtime.office.looking import Looking

        with Looking(_options(ctx), environment()) as looking:
            return [word for word in known(looking) if word.startswith(incomplete)]
    return []


def _options(ctx: click.Context) -> Options:
    """The shared options of the line so far, the nearest to the cursor first."""
    found = Options()
    here: click.Context | None = ctx
    while here is not None:
        given = here.params
        found = found.over(
            Options(given.get("shared_db"), given.get("shared_office"), given.get("shared_year"))
        )
        here = here.parent
    return found


def _nominating(looking: Looking) -> list[str]:
    return [body.id for body in looking.directory.bodies if body.nominates]


def _states(looking: Looking, subject: str) -> list[str]:
    machines = (machine for machine in looking.machines if machine.subject == subject)
    return list(dict.fromkeys(state.id for machine in machines for state in machine.states))


def _accounts(looking: Looking) -> list[str]:
    return [account.id for account in looking.directory.accounts]


def _items(looking: Looking) -> list[str]:
    reading = looking.reading
    return [
        looking.ref(item.key) for item in (*reading.tasks(*looking.span), *reading.dossiers(*looking.span))
    ]


def _events(looking: Looking) -> list[str]:
    return list(dict.fromkeys(event.id for machine in looking.machines for event in machine.events))


def _incidents(looking: Looking) -> list[str]:
    return [incident.id for incident in looking.reading.incidents(looking.office)]
