"""Dossiers, in which bodies nominate: what one is, what its task sees of it, how accounts stand to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from workflow.model.facts import Details, Named, Plain
from workflow.model.roles import (
    COMMON,
    Holding,
    Relation,
    Standing,
    council_step,
    officer,
    reviewers,
    speakers,
    submitters,
)
from workflow.model.wording import fill

if TYPE_CHECKING:  # looking loads these values before any definition
    from workflow.model.context import Setting
    from workflow.model.facts import TitlesNamed
    from workflow.model.messages import Catalogue
    from workflow.model.wording import Value


class Votes(NamedTuple):
    """Counts of one vote on one nominee. `present` of `total` members; a blank slip is invalid."""

    for_: int
    against: int
    invalid: int
    present: int
    total: int


class Nominee(NamedTuple):
    """One line of a dossier. `account` is set when the nominee holds that position account."""

    no: int
    kind: str
    title: str
    account: str | None = None
    votes: Votes | None = None
    result: Literal["pass", "fail"] | None = None
    outcome: str = "pending"


@dataclass(frozen=True, slots=True)
class Dossier(Details):
    """`received_on` never changes once set; `complete_on` starts the term; `title` is the lines' default.
    `review` is the way in which it is reviewed: by the council's vote, or by appraisal alone."""

    subject: ClassVar[str] = "dossier"

    body: str
    type: str
    title: str
    received_on: date | None = None
    complete_on: date | None = None
    nominees: tuple[Nominee, ...] = ()
    last_no: int = 0
    review: Literal["council", "appraisal"] | None = None

    @property
    def variant(self) -> str:
        return self.review or ""

    @property
    def responsible(self) -> str:
        return self.body

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(nominee.title for nominee in self.nominees)) or (self.title,)

    @property
    def dates(self) -> Mapping[str, date | None]:
        return {"complete_on": self.complete_on, "received_on": self.received_on}

    @property
    def named(self) -> frozenset[str]:
        return frozenset(nominee.account for nominee in self.nominees if nominee.account)

    @property
    def lines(self) -> frozenset[int]:
        return frozenset(nominee.no for nominee in self.nominees)

    @property
    def entered(self) -> Mapping[str, Plain]:
        return {"body": self.body, "title": self.title, "type": self.type}

    def summary(self, body: Named, titles: TitlesNamed) -> str:
        return f"{body(self.body)}: {titles(self.titles)}"

    def told(self, setting: Setting, catalogue: Catalogue) -> Mapping[str, Value]:
        body, title = setting.office.body(self.body), setting.rules.title(self.titles[0])
        first, others = title.label.vi if title else self.titles[0], len(self.titles) - 1
        several = catalogue.words["title.several"].vi if others else "{danh_hieu}"
        return {
            "don_vi": body.name if body else self.body,
            "danh_hieu": fill(several, danh_hieu=first, n=others),
            "n_nguoi": len(self.nominees),
        }

    def nominee(self, no: int) -> Nominee | None:
        return next((nominee for nominee in self.nominees if nominee.no == no), None)


class DossierState(NamedTuple):
    """A dossier of a task, as far as the task's rules need it."""

    ref: str
    state: str
    closed_on: date | None = None


class ReceivedDossier(NamedTuple):
    """A dossier of a task that was handed in and not taken back."""

    ref: str
    body: str
    received_on: date


def nominating_body(standing: Standing) -> tuple[Holding, ...]:
    return speakers(standing.office, Dossier.of(standing.item).body)


def _nominator(standing: Standing) -> tuple[Holding, ...]:
    """The nominating body's representative, or the officer for paper received."""
    own = standing.office.holding("representative", body=Dossier.of(standing.item).body)
    return (Holding("representative", own), *officer(standing))


def _or_vice(role: str, holders: tuple[str, ...], standing: Standing, *, barred: frozenset[str]) -> Holding:
    """The role's holding; where every holder is barred from deciding, it passes to the vice chair."""
    office = standing.office
    if holders and office.people(barred).issuperset(office.people(holders)):
        return Holding("vice_chair", office.holding("vice_chair"))
    return Holding(role, holders)


def _reviewer(standing: Standing) -> tuple[Holding, ...]:
    """The secretary records what the council voted; without a vote the division's head appraises."""
    office, item = standing.office, standing.item
    if council_step(item, standing.rules):
        return (Holding("secretary", office.holding("secretary")),)
    division = office.holding("head", body=office.division)
    return (_or_vice("head", division, standing, barred=item.details.named),)


def _approver(standing: Standing) -> tuple[Holding, ...]:
    """The chair; the vice chair where the chair is a nominee, or handed the dossier in or reviewed it."""
    item = standing.item
    barred = item.details.named | submitters(item) | reviewers(item)
    return (_or_vice("chair", standing.office.holding("chair"), standing, barred=barred),)


RELATIONS: Mapping[str, Relation] = MappingProxyType(
    {
        **COMMON,
        "nominator": Relation(_nominator, ("representative", "officer")),
        "nominating_body": Relation(nominating_body, ("representative", "officer", "head")),
        "dossier_reviewer": Relation(_reviewer, ("secretary", "head", "vice_chair")),
        "dossier_approver": Relation(_approver, ("chair", "vice_chair")),
    }
)
