"""An office's directory as frozen values: its bodies, accounts and council, the definitions it names."""

# No postponed annotations: as texts each field's would be compiled at every start.

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from workflow.model.printed import Printing
from workflow.model.text import Text

BODY_KINDS = (
    "phong",
    "truong",
    "thon",
    "tram_y_te",
    "dang",
    "mttq",
    "doan_the",
    "cong_an",
    "quan_su",
    "other",
)
COUNCIL_MEMBER = "council_member"
"""The role without which nobody sits in the council."""
COMMUNE_PAYROLL, OTHER_PAYROLL = "commune", "other"
PAYROLLS = (COMMUNE_PAYROLL, OTHER_PAYROLL)


class Body(NamedTuple):
    """An agency, a group of agencies or an outside body of an office's directory.

    `spellings` are the ways in which documents write it, beside `name` and `short`. A group names its
    `members`; an `external` body is outside the office's authority; `nominates` may send dossiers.

    `kind` is one of `BODY_KINDS`. `payroll` says who pays its people, the commune or another: annual titles
    come from there (law art. 80, 83). A village has no seal. It exists from `valid_from` to `valid_to`, both
    days included, and `succeeded_by` speaks for it afterwards. `asked_for` are the titles that it is asked
    for: none, and nobody asks it; None stands for all that it may propose.
    """

    id: str
    name: str
    short: str
    spellings: tuple[str, ...] = ()
    group: bool = False
    members: tuple[str, ...] = ()
    external: bool = False
    nominates: bool = False
    kind: str = "other"
    payroll: str = COMMUNE_PAYROLL
    has_seal: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    succeeded_by: str | None = None
    asked_for: tuple[str, ...] | None = None

    def lives_on(self, day: date) -> bool:
        return _within(day, self.valid_from, self.valid_to)


def _within(day: date, first: date | None, last: date | None) -> bool:
    """Both days included; None is no bound."""
    return (first is None or first <= day) and (last is None or day <= last)


class Account(NamedTuple):
    """A position that acts. `roles` are of the closed list in `workflow.model.roles`; `body` is where it
    sits. `person` is who holds it, where one human holds several: two accounts of one are one pair of
    eyes."""

    id: str
    label: Text
    roles: tuple[str, ...]
    body: str | None = None
    person: str | None = None


class Founding(NamedTuple):
    """The decision that founds the council, by its number and its day."""

    number: str
    dated: date


class Statute(NamedTuple):
    """The council's quy chế, with the articles on its quorum and on its votes, as they are cited."""

    number: str
    dated: date
    quorum: str
    votes: str


class Seat(NamedTuple):
    """The account `id` as a member of the council, both days included; None is no bound."""

    id: str
    since: date | None = None
    until: date | None = None

    def held_on(self, day: date) -> bool:
        return _within(day, self.since, self.until)


PROVIDED = ("council_session", "award_decision")
"""Machines that every office runs, also one whose file is of before they existed and does not name them."""


class Membership(NamedTuple):
    """The council by its papers: what founded it, its quy chế, who sits in it and when.

    Without `members` all accounts that are council members sit in it, always. By its quy chế absent members
    may be asked in writing (`written_opinions`), also about titles with a secret ballot where the whole
    session goes by writing (`written_secret`); a count is typed twice, by two persons (`double_entry`); on a
    line with a base below `min_base` no vote is taken (None: more than half of all members).
    """

    founded_by: Founding | None = None
    statute: Statute | None = None
    members: tuple[Seat, ...] = ()
    written_opinions: bool = False
    written_secret: bool = False
    double_entry: bool = False
    min_base: int | None = None

    def seat(self, account: str) -> Seat | None:
        return next((seat for seat in self.members if seat.id == account), None)


class Publication(NamedTuple):
    """What the public page names: lines of issued decisions for `days` days after the decision's, the last
    one included, and never those of the titles or forms `unnamed`. Without `days` it names nobody."""

    days: int | None = None
    unnamed: tuple[str, ...] = ()

    def last_day(self, issued_on: date) -> date | None:
        """The last day on which names of a decision of that day stand there."""
        return issued_on + timedelta(days=self.days) if self.days else None


class Office(NamedTuple):
    """One commune's directory: its bodies, its position accounts and the words its notices need.

    `committee`, `council` and `division` are the ids of UBND, the council and the division that does the
    daily work; `calendars` and `policy` name definitions, `messages` the catalogue. `rules` names the rule
    pack and `later_rules` those that follow it, each in force from its own first day on.
    With `several_titles` one decision may award several titles, else each has decisions of its own.
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
    membership: Membership = Membership()
    several_titles: bool = False
    papers: Printing = Printing()
    publish: Publication = Publication()

    @property
    def runs(self) -> tuple[str, ...]:
        """The names of its machines, those that it has unnamed among them."""
        return (*self.machines, *(name for name in PROVIDED if name not in self.machines))

    @property
    def packs(self) -> tuple[str, ...]:
        """The names of its rule packs, in the order of the file."""
        return (self.rules, *self.later_rules)

    def body(self, id: str) -> Body | None:
        return next((body for body in self.bodies if body.id == id), None)

    def living(self, id: str, day: date) -> Body | None:
        """The body itself while it exists, then the one that came after it; None where no living one does."""
        body, seen = self.body(id), {id}
        while body is not None and not body.lives_on(day):
            heir = body.succeeded_by if body.valid_to and body.valid_to < day else None
            body = self.body(heir) if heir and heir not in seen else None
            seen.add(heir or "")
        return body

    def account(self, id: str) -> Account | None:
        return next((account for account in self.accounts if account.id == id), None)

    def person(self, account: str) -> str:
        """Who acts behind the account: the person that it names, else it stands for one of its own."""
        found = self.account(account)
        return (found.person if found else None) or account

    def people(self, accounts: Iterable[str]) -> frozenset[str]:
        """The persons behind the accounts, by which rights are judged."""
        return frozenset(map(self.person, accounts))

    def seated(self, day: date) -> tuple[str, ...]:
        """The council's members on a day, one account for each person, in the file's order."""
        seats = {seat.id for seat in self.membership.members if seat.held_on(day)}
        sitting = (id for id in self.holding(COUNCIL_MEMBER) if id in seats or not self.membership.members)
        by_person: dict[str, str] = {}
        for id in sitting:
            by_person.setdefault(self.person(id), id)
        return tuple(by_person.values())

    def holding(self, role: str, *, body: str | None = None) -> tuple[str, ...]:
        """Ids of the accounts that hold `role`, in the file's order; with `body`, those sitting there."""
        return tuple(
            account.id
            for account in self.accounts
            if role in account.roles and (body is None or account.body == body)
        )
