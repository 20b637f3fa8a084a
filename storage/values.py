"""What looking finds beside the domain's own values: frozen, instants aware, days as dates.

Named tuples, because making one class of these costs a start a fifth of what a dataclass costs.
"""

# No postponed annotations: as texts each field's would be compiled at every start.

from datetime import date, datetime
from typing import NamedTuple

from workflow.model.dossiers import Nominee
from workflow.model.facts import Key


class OfficeRecord(NamedTuple):
    """An office as it was founded. `clock` is the time that a sandbox has reached; `actor` acts where none is
    named."""

    office: str
    title: str
    started_on: date
    sandbox: bool
    clock: datetime | None
    language: str | None
    actor: str | None


class DefinitionRecord(NamedTuple):
    """A version of a definition that the office keeps."""

    kind: str
    name: str
    version: int
    digest: str


class ProposalRecord(NamedTuple):
    """A definition that somebody proposed and nobody has answered yet."""

    number: int
    kind: str
    name: str
    version: int
    digest: str
    proposed_by: str
    proposed_at: datetime

    @property
    def title(self) -> str:
        return f"{self.kind}/{self.name}/{self.version}"


class PlanRecord(NamedTuple):
    """A year's plan; `imported_at` is when its document was read last."""

    year: int
    title: str
    imported_at: datetime


class NomineeLine(NamedTuple):
    """A line of a dossier with its words, as far as they are not erased."""

    nominee: Nominee
    name: str | None
    position: str | None
    unit: str | None
    achievement: str | None
    born: str | None
    sex: str | None
    initiative: str | None
    earlier: str | None
    amount: str | None
    remark: str | None


class ItemWord(NamedTuple):
    """Erasable words about an item: the entry that gave them under the name of its input; `line` is 0 where
    they are about the whole item."""

    entry: str
    line: int
    input: str
    value: str


class OwnedItem(NamedTuple):
    """An item that somebody must act on or agree to, as far as a list of work asks before it shows some of
    them. `proposed`: something is proposed for it, or another date."""

    key: Key
    state: str
    owners: tuple[str, ...]
    claimed_by: str | None
    delegated_by: str | None
    due_on: date | None
    target_on: date | None
    proposed: bool


class DossierOutline(NamedTuple):
    """A dossier as far as a list asks of all before it shows some: `titles` are its lines', each once;
    `rules` is the digest of its rule pack, `period` what it is about, `path` the way that it goes, `session`
    the one that has it on its agenda."""

    key: Key
    state: str
    parent: str | None
    rules: str | None
    body: str
    type: str
    period: str
    path: str | None
    session: str | None
    titles: tuple[str, ...]
