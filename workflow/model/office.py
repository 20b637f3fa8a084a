"""An office's directory as frozen values: its bodies, its accounts, the definitions it names."""

# No postponed annotations: as texts each field's would be compiled at every start.

from collections.abc import Iterable
from typing import NamedTuple

from workflow.model.text import Text


class Body(NamedTuple):
    """An agency, a group of agencies or an outside body of an office's directory.

    `spellings` are the ways in which documents write it, beside `name` and `short`. A group names its
    `members`; an `external` body is outside the office's authority; `nominates` may send dossiers.
    """

    id: str
    name: str
    short: str
    spellings: tuple[str, ...] = ()
    group: bool = False
    members: tuple[str, ...] = ()
    external: bool = False
    nominates: bool = False


class Account(NamedTuple):
    """A position that acts. `roles` are of the closed list in `workflow.model.roles`; `body` is where it
    sits. `person` is who holds it, where one human holds several: two accounts of one are one pair of
    eyes."""

    id: str
    label: Text
    roles: tuple[str, ...]
    body: str | None = None
    person: str | None = None


class Office(NamedTuple):
    """One commune's directory: its bodies, its position accounts and the words its notices need.

    `committee`, `council` and `division` are the ids of UBND, the council and the division that does the
    daily work; `calendars` and `policy` name definitions, `messages` the catalogue. `rules` names the rule
    pack and `later_rules` those that follow it, each in force from its own first day on.
    Whoever holds a role of `agrees` puts in force what somebody else proposes for the whole office.
    """

    name: str
    version: int
    title: str
    province: str
    zone: str
    contact: str
    committee: str
    council: str
    division: str
    bodies: tuple[Body, ...]
    accounts: tuple[Account, ...]
    calendars: tuple[str, ...]
    policy: str
    rules: str
    messages: str
    machines: tuple[str, ...]
    plan: str | None = None
    sample: tuple[str, ...] = ()
    agrees: tuple[str, ...] = ("chair",)
    later_rules: tuple[str, ...] = ()

    @property
    def packs(self) -> tuple[str, ...]:
        """The names of its rule packs, in the order of the file."""
        return (self.rules, *self.later_rules)

    def body(self, id: str) -> Body | None:
        return next((body for body in self.bodies if body.id == id), None)

    def account(self, id: str) -> Account | None:
        return next((account for account in self.accounts if account.id == id), None)

    def person(self, account: str) -> str:
        """Who acts behind the account: the person that it names, else it stands for one of its own."""
        found = self.account(account)
        return (found.person if found else None) or account

    def people(self, accounts: Iterable[str]) -> frozenset[str]:
        """The persons behind the accounts, by which rights are judged."""
        return frozenset(map(self.person, accounts))

    def holding(self, role: str, *, body: str | None = None) -> tuple[str, ...]:
        """Ids of the accounts that hold `role`, in the file's order; with `body`, those sitting there."""
        return tuple(
            account.id
            for account in self.accounts
            if role in account.roles and (body is None or account.body == body)
        )
