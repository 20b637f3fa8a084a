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
    representatives,
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
    """One line of a dossier. `account` is set when the nominee holds that position account.

    `verdict` is what the appraisal found, `proposal` what it proposes then. While `held`, something is being
    verified. `result` is the vote's; "unvoted" where the line's path has none. `approved` is the account
    that approved the line, `why` the kind of ground on which it comes to nothing, `granted` the title or
    form that the superior gave instead of the proposed one, `moved_to` the dossier that the line went to.
    """

    no: int
    kind: str
    title: str
    account: str | None = None
    votes: Votes | None = None
    result: Literal["pass", "fail", "unvoted"] | None = None
    outcome: str = "pending"
    verdict: Literal["met", "not_met", "no_info", "exception"] | None = None
    proposal: Literal["yes", "no", "postpone", "other_form"] | None = None
    held: bool = False
    approved: str | None = None
    why: Literal["condition", "vote", "not_approved"] | None = None
    granted: str | None = None
    moved_to: str | None = None

    @property
    def passed(self) -> bool:
        """Whether nothing speaks against the line so far as the council or the appraisal goes."""
        return self.result in ("pass", "unvoted")

    @property
    def final(self) -> bool:
        """Whether what became of the line is said for good; what was postponed is not."""
        return self.outcome in FINAL


FINAL = frozenset(
    {
        "awarded_here",
        "awarded_higher",
        "not_awarded_higher",
        "not_awarded",
        "moved",
        "withdrawn",
        "revoked",
    }
)
"""The outcomes after which nothing more is decided about a line (flows.md §2); a superior's answer is still
waited for while it was `sent_higher`."""

PathId = Literal["council", "appraisal", "simplified"]


@dataclass(frozen=True, slots=True)
class Dossier(Details):
    """`received_on` never changes once set; `complete_on` is the day on which the receiving officer found it
    complete; `title` is the lines' default; `type` is empty where the title is no form.

    `path` is the way that it goes: with the council's vote, by appraisal alone, or by the simplified
    procedure, then on a `ground` of art. 85. `period` is what it is about, a year or a school year; None of
    older ones is the plan's year. `intake_no` is its number in the register of what came in. `full_on` is
    the day from which the term to decide counts: that of completeness, or where a publication comes first
    the end of that. It is published from `published_from` to `published_until`, the last day; other bodies
    were asked on `opinion_asked_on` and have not answered; the superior wants a supplement by
    `superior_until`; its lines stood in `split_from` before.
    """

    subject: ClassVar[str] = "dossier"

    body: str
    type: str
    title: str
    received_on: date | None = None
    complete_on: date | None = None
    nominees: tuple[Nominee, ...] = ()
    last_no: int = 0
    path: PathId | None = None
    ground: str | None = None
    period: str | None = None
    intake_no: str | None = None
    full_on: date | None = None
    published_from: date | None = None
    published_until: date | None = None
    opinion_asked_on: date | None = None
    superior_until: date | None = None
    split_from: str | None = None

    @property
    def variant(self) -> str:
        return self.path or ""

    @property
    def responsible(self) -> str:
        return self.body

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(nominee.title for nominee in self.nominees)) or (self.title,)

    @property
    def dates(self) -> Mapping[str, date | None]:
        return {
            "complete_on": self.complete_on,
            "received_on": self.received_on,
            "full_on": self.full_on,
        }

    @property
    def named(self) -> frozenset[str]:
        return frozenset(nominee.account for nominee in self.nominees if nominee.account)

    @property
    def lines(self) -> frozenset[int]:
        return frozenset(nominee.no for nominee in self.nominees)

    @property
    def entered(self) -> Mapping[str, Plain]:
        said = {"type": self.type, "ground": self.ground, "period": self.period}
        return {"body": self.body, "title": self.title, **{name: said[name] for name in said if said[name]}}

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
    return speakers(standing.office, Dossier.of(standing.item).body, standing.today)


def _nominator(standing: Standing) -> tuple[Holding, ...]:
    """The nominating body's representative, or the officer for paper received."""
    own = representatives(standing.office, Dossier.of(standing.item).body, standing.today)
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
