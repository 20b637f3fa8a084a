"""Dossiers, in which bodies nominate: what one is, what its task sees of it, how accounts stand to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from workflow.model.attachments import Paper, standing
from workflow.model.facts import Details, Item, Named, Plain
from workflow.model.opinions import Opinion, Remark
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
from workflow.model.wording import date_vi, fill

if TYPE_CHECKING:  # looking loads these values before any definition
    from workflow.model.context import Setting
    from workflow.model.definition import RulePack
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


class LineFacts(NamedTuple):
    """What is known of a line beside its words, by which its title's conditions are judged.

    `rating` is the period's (htxsnv, httnv, htnv, khtnv), `expected` where it is only foreseen. `score` is a
    decimal with a point. `people` counts the members of a collective or a household, `ldtt`, `cstdcs`,
    `disciplined` and `not_completed` those among them. `months` were worked in the period; `opinion` is how
    many agreed of how many were asked, `41/41`. `category` says whether a person leads or works directly.
    """

    rating: str | None = None
    expected: bool | None = None
    score: str | None = None
    people: int | None = None
    ldtt: int | None = None
    cstdcs: int | None = None
    disciplined: int | None = None
    not_completed: int | None = None
    months: int | None = None
    opinion: str | None = None
    initiative_no: str | None = None
    initiative_on: date | None = None
    category: str | None = None

    @property
    def typed(self) -> dict[str, str]:
        """What is known as somebody would type it, by the names of the inputs."""
        said = {name: str(value) for name, value in self._asdict().items() if value is not None}
        return {**said, "expected": "expected"} if self.expected else said


NO_FACTS = LineFacts()


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
    facts: LineFacts = NO_FACTS

    @property
    def passed(self) -> bool:
        """Whether nothing speaks against the line so far as the council or the appraisal goes."""
        return self.result in ("pass", "unvoted")

    @property
    def came_to_nothing(self) -> bool:
        """Whether the same may be proposed for the same one again."""
        return self.outcome in CAME_TO_NOTHING

    @property
    def final(self) -> bool:
        """Whether what became of the line is said for good; what was postponed is not."""
        return self.outcome in FINAL

    @property
    def stands(self) -> bool:
        """Whether something is still to be decided about the line."""
        return not self.final and self.outcome != "sent_higher"


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

CAME_TO_NOTHING = ("moved", "not_awarded", "not_awarded_higher", "revoked", "withdrawn")
"""The outcomes after which the same may be proposed for the same person again."""
ENDED_WITHOUT = ("rejected", "revoked", "withdrawn")
"""The states of a dossier in which all of its lines came to nothing, whatever they say of it."""
_DECIDED = ("awarded_here", "awarded_higher", "not_awarded_higher")

PathId = Literal["council", "appraisal", "simplified"]


@dataclass(frozen=True, slots=True)
class Dossier(Details):
    """`received_on` never changes once set; `complete_on` is the day on which the receiving officer found it
    complete; `title` is the lines' default; `type` is empty where the title is no form.

    `path` is the way that it goes: with the council's vote, by appraisal alone, or by the simplified
    procedure, then on a `ground` of art. 85. `period` is what it is about, a year or a school year; None of
    older ones is the plan's year. `intake_no` is its number in the register of what came in. `full_on` is
    the day from which the term to decide counts: that of completeness, or where a publication comes first
    the end of that. It is published from `published_from` to `published_until`, the last day, on which people
    made `remarks`; `opinions` are asked of other bodies; the body has until `supplement_until` to supplement
    it, and the superior wants a supplement by `superior_until`; its lines stood in `split_from` before.
    `declared` is whether the body says that nobody in it is disciplined or under procedure;
    `movement` is the one that it is about. `session` is the council's session on whose agenda it is, or that
    reviewed it.
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
    supplement_until: date | None = None
    opinions: tuple[Opinion, ...] = ()
    remarks: tuple[Remark, ...] = ()
    superior_until: date | None = None
    split_from: str | None = None
    declared: Literal["clean", "not_clean"] | None = None
    papers: tuple[Paper, ...] = ()
    movement: str | None = None
    session: str | None = None

    @property
    def variant(self) -> str:
        return self.path or ""

    @property
    def opinion_asked_on(self) -> date | None:
        """The first day on which a body was asked that is still silent."""
        return min((each.asked_on for each in self.opinions if each.silent), default=None)

    @property
    def stage(self) -> str:
        return "complete" if self.complete_on else ""

    @property
    def responsible(self) -> str:
        return self.body

    @property
    def titles(self) -> tuple[str, ...]:
        return titles_of((nominee.title for nominee in self.nominees), self.title)

    @property
    def dates(self) -> Mapping[str, date | None]:
        return {
            "complete_on": self.complete_on,
            "received_on": self.received_on,
            "full_on": self.full_on,
            "supplement_until": self.supplement_until,
        }

    @property
    def named(self) -> frozenset[str]:
        return frozenset(line.account for line in self.staying if line.account)

    @property
    def line_numbers(self) -> frozenset[int]:
        return frozenset(nominee.no for nominee in self.nominees)

    @property
    def entered(self) -> Mapping[str, Plain]:
        said = {"type": self.type, "ground": self.ground, "period": self.period, "movement": self.movement}
        return {"body": self.body, "title": self.title, **{name: said[name] for name in said if said[name]}}

    def corrected(self, name: str, value: Plain) -> Dossier:
        return replace(self, intake_no=str(value)) if name == "intake_no" else self

    def summary(self, body: Named, titles: TitlesNamed) -> str:
        return f"{body(self.body)}: {titles(self.titles)}"

    def told(self, setting: Setting, catalogue: Catalogue) -> Mapping[str, Value]:
        body, title = setting.office.body(self.body), setting.rules.title(self.titles[0])
        first, others = title.label.vi if title else self.titles[0], len(self.titles) - 1
        several = catalogue.words["title.several"].vi if others else "{danh_hieu}"
        return {
            "don_vi": body.name if body else self.body,
            "danh_hieu": fill(several, danh_hieu=first, n=others),
            "n_nguoi": len(self.staying),
        }

    @property
    def markers(self) -> Mapping[str, Mapping[str, Value]]:
        """What holds of it beside its state (flows.md §2), by the catalogue's ids, with what these say."""
        found: dict[str, Mapping[str, Value]] = {}
        if self.opinion_asked_on is not None:
            found["hiep_y"] = {}
        if self.published_until is not None and self.full_on is None:
            found["publishing"] = {"den": date_vi(self.published_until)}
        if any(line.held for line in self.nominees):
            found["held"] = {}
        if self.session is not None and any(
            (line.outcome, line.result) == ("pending", None) for line in self.nominees
        ):
            found["in_session"] = {"ref": self.session}
        here = self.staying
        known = sum(line.final for line in here)
        if any(line.outcome in _DECIDED for line in here) and known < len(here):
            found["part"] = {"k": known, "n": len(here)}
        if self.superior_until is not None:
            found["superior_returned"] = {}
        if self.split_from is not None:
            found["split_from"] = {"ref": self.split_from}
        if self.split_into:
            found["split_into"] = {"ref": ", ".join(self.split_into)}
        return found

    @property
    def kinds_there(self) -> frozenset[str]:
        """The kinds of papers that it has, by a file or as seen."""
        return frozenset(paper.kind for paper in standing(self.papers))

    @property
    def staying(self) -> tuple[Nominee, ...]:
        """The lines but those that went on in another dossier, so that no line is counted twice."""
        return tuple(line for line in self.nominees if line.outcome != "moved")

    @property
    def split_into(self) -> tuple[str, ...]:
        """The dossiers in which lines of this one go on."""
        return tuple(dict.fromkeys(line.moved_to for line in self.nominees if line.moved_to))

    @property
    def standing(self) -> tuple[Nominee, ...]:
        """The lines about which something is still to be decided."""
        return tuple(line for line in self.nominees if line.stands)

    @property
    def to_vote(self) -> tuple[Nominee, ...]:
        """The lines with which the council has not done: whoever does not meet the conditions may go without
        a vote, and what is held is left for later."""
        return tuple(
            line
            for line in self.nominees
            if not (line.held or line.final or (line.verdict, line.proposal) == ("not_met", "no"))
        )

    @property
    def to_approve(self) -> tuple[Nominee, ...]:
        """The lines that passed and wait for the chair's approval."""
        return tuple(
            line for line in self.standing if line.passed and not line.held and line.approved is None
        )

    @property
    def to_award(self) -> tuple[Nominee, ...]:
        """The lines that are approved and in no decision yet."""
        return tuple(line for line in self.standing if line.approved is not None and not line.held)

    def nominee(self, no: int) -> Nominee | None:
        return next((nominee for nominee in self.nominees if nominee.no == no), None)


LINE_WORDS = (
    "name",
    "position",
    "unit",
    "achievement",
    "born",
    "sex",
    "initiative",
    "amount",
    "earlier",
    "remark",
)
"""The words of a line that go with it into another dossier, each with a salt of its own, like words that are
typed again."""


def titles_of(lines: Iterable[str], default: str) -> tuple[str, ...]:
    """The titles of a dossier by those of its lines, each once; of an empty one that of the dossier."""
    return tuple(dict.fromkeys(lines)) or (default,)


def opened(
    body: str,
    title: str,
    rules: RulePack,
    *,
    type: str | None = None,
    ground: str | None = None,
    period: str | None = None,
) -> Dossier:
    """A dossier that is to be made; a path that has one ground alone rests on that."""
    way = rules.way(title, type or "")
    alone = way.grounds[0] if way and way.path == "simplified" and len(way.grounds) == 1 else None
    return Dossier(body, type or "", title, ground=ground or alone, period=period)


def period_of(item: Item) -> str:
    """What the dossier is about."""
    return period_named(Dossier.of(item).period, item.key.year)


def period_named(period: str | None, year: int) -> str:
    """The year or school year that a dossier names, else its plan's year."""
    return period or str(year)


class DescribedLine(NamedTuple):
    """A line of some dossier with the words that tell whom it is about."""

    year: int
    ref: str
    no: int
    kind: str
    name: str
    unit: str | None = None


def described_lines(rows: Iterable[Sequence[Any]]) -> tuple[DescribedLine, ...]:
    """The lines of which each row has one word, as far as their names stand; a line's come together."""
    found: list[DescribedLine] = []
    for (year, ref, no, kind), of_line in groupby(rows, key=lambda row: tuple(row[:4])):
        words = {input: value for *_, input, value in of_line}
        if "name" in words:
            found.append(DescribedLine(year, ref, no, kind, words["name"], words.get("unit")))
    return tuple(found)


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


def _paper_keeper(standing: Standing) -> tuple[Holding, ...]:
    """The nominating body while the dossier is with it; from the submission on the officer, who has what the
    commune makes and what came on paper."""
    return _nominator(standing) if standing.item.state in WITH_BODY else officer(standing)


WITH_BODY = ("drafted", "returned")
"""The states in which a dossier is in the hands of the body, whose list may still change it."""


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


def _first_free(
    roles: tuple[str, ...], standing: Standing, *, barred: frozenset[str], body: str
) -> tuple[Holding, ...]:
    """The first of the roles with a holder who is not barred; of `head` those of the body."""
    office = standing.office
    out = office.people(barred)
    for role in roles:
        held = office.holding(role, body=body if role == "head" else None)
        free = tuple(id for id in held if office.person(id) not in out)
        if free:
            return (Holding(role, free),)
    return ()


OVER_THE_HEAD = ("vice_chair", "chair", "standing_member", "council_member")
"""Who confirms or gives an opinion where whoever usually does is barred, in order."""


def _kept_for_approval(standing: Standing) -> frozenset[str]:
    """The vice chair who alone can approve the chair's line has no part in what is approved."""
    office, named = standing.office, standing.office.people(standing.item.details.named)
    free = office.people(office.holding("vice_chair")) - named
    if len(free) != 1 or named.isdisjoint(office.people(office.holding("chair"))):
        return frozenset()
    return frozenset(id for id in office.holding("vice_chair") if office.person(id) in free)


def barred_from_confirming(standing: Standing) -> frozenset[str]:
    """Whoever stands in the list, and whoever heads the body that nominates or speaks for it."""
    office, body = standing.office, Dossier.of(standing.item).body
    own = {*office.holding("head", body=body), *representatives(office, body, standing.today)}
    return standing.item.details.named | own


def confirmers(standing: Standing) -> tuple[Holding, ...]:
    """The division's head, or whoever is set over a head who is barred."""
    barred = barred_from_confirming(standing) | _kept_for_approval(standing)
    return _first_free(("head", *OVER_THE_HEAD), standing, barred=barred, body=standing.office.division)


def _appraiser(standing: Standing) -> tuple[Holding, ...]:
    """The officer, who checks and appraises; once every line is appraised, whoever confirms must act. Where
    there is no officer the head does both, and of a line of theirs whoever is set over them."""
    office, dossier, found = standing.office, Dossier.of(standing.item), officer(standing)
    heads = (Holding("head", office.holding("head", body=office.division)),)
    waiting = [line for line in dossier.standing if line.verdict is None and not line.held]
    if dossier.complete_on is not None and dossier.standing and not waiting:
        return (*confirmers(standing), *found)
    usual = office.people(id for held in (*found, *heads) for id in held.accounts)
    own = frozenset(
        line.account for line in waiting if line.account and usual <= {office.person(line.account)}
    )
    over = _first_free(OVER_THE_HEAD, standing, barred=own, body=office.division) if own else ()
    return (*found, *heads, *over)


def _opinion_giver(standing: Standing) -> tuple[Holding, ...]:
    """The standing member, or about a list in which that one stands somebody else of the council."""
    barred = standing.item.details.named | _kept_for_approval(standing)
    roles = ("standing_member", "vice_chair", "chair", "council_member")
    return _first_free(roles, standing, barred=barred, body=standing.office.division)


def _vote_recorder(standing: Standing) -> tuple[Holding, ...]:
    """The council's secretary; of a list in which that one stands the standing member too, or where they are
    one, or stand in it both, another member."""
    office, named = standing.office, standing.office.people(standing.item.details.named)
    secretary, member = office.holding("secretary"), office.holding("standing_member")
    found = (Holding("secretary", secretary),)
    if office.people(secretary).isdisjoint(named):
        return found
    free = office.people(member) - named - office.people(secretary)
    others = (
        ()
        if free
        else _first_free(
            ("council_member",),
            standing,
            barred=standing.item.details.named | {*secretary},
            body=office.division,
        )
    )
    return (*found, Holding("standing_member", member), *others)


def _after_appraisal(standing: Standing) -> tuple[Holding, ...]:
    """Who must act on what is appraised: the secretary for the council, or whoever gives the opinion."""
    simplified = standing.item.kind == "simplified"
    return _opinion_giver(standing) if simplified else _vote_recorder(standing)


def _rejecter(standing: Standing) -> tuple[Holding, ...]:
    """The chair, or the vice chair where the chair stands in a line that is not decided yet, or handed the
    dossier in or reviewed it. What the council or the appraisal has ended is nobody's own line any more."""
    item = standing.item
    own = frozenset(line.account for line in Dossier.of(item).standing if line.account)
    barred = own | submitters(item) | reviewers(item)
    return (_or_vice("chair", standing.office.holding("chair"), standing, barred=barred),)


def _reopener(standing: Standing) -> tuple[Holding, ...]:
    """Whoever reviewed it by its path: the council's secretary, the head, or whoever gave the opinion."""
    if standing.item.kind == "appraisal":
        return confirmers(standing)
    if standing.item.kind == "simplified":
        return (*confirmers(standing), *_opinion_giver(standing))
    return _vote_recorder(standing)


def _line_approver(standing: Standing) -> tuple[Holding, ...]:
    """The chair for all lines but the own; the vice chair for those, and for all where the chair handed the
    dossier in or reviewed it."""
    office, item = standing.office, standing.item
    chair, vice = office.holding("chair"), office.holding("vice_chair")
    dossier = Dossier.of(item)
    waiting = dossier.to_approve
    out = office.people(submitters(item) | reviewers(item))
    chairs = office.people(chair)
    own = [line for line in waiting if line.account and office.person(line.account) in chairs]
    both = (Holding("chair", chair), Holding("vice_chair", vice))
    way = standing.rules.way(dossier.titles[0], dossier.type, dossier.ground)
    if way is not None and way.published == "commune" and dossier.full_on is None:
        return (*officer(standing), *both)
    if not chair or chairs <= out or (own and len(own) == len(waiting)):
        return (both[1],)
    return both if own else (both[0],)


def _decision_maker(standing: Standing) -> tuple[Holding, ...]:
    """The officer, who has the decision made; what was held and goes on is approved first."""
    late = _line_approver(standing) if Dossier.of(standing.item).to_approve else ()
    return (*late, *officer(standing))


def _receipt_agreer(standing: Standing) -> tuple[Holding, ...]:
    """The records clerk, who has the register of what came in, or another person of the office."""
    office = standing.office
    roles = ("records_clerk", "standing_member", "secretary")
    return tuple(Holding(role, office.holding(role)) for role in roles)


def _office_side(standing: Standing) -> tuple[Holding, ...]:
    """Who has the dossier in hand at the office: the officer, and the council's secretary."""
    return (*officer(standing), Holding("secretary", standing.office.holding("secretary")))


def _receipt_party(standing: Standing) -> tuple[Holding, ...]:
    return (*officer(standing), *_receipt_agreer(standing))


RELATIONS: Mapping[str, Relation] = MappingProxyType(
    {
        **COMMON,
        "nominator": Relation(_nominator, ("representative", "officer")),
        "paper_keeper": Relation(_paper_keeper, ("representative", "officer")),
        "nominating_body": Relation(nominating_body, ("representative", "officer", "head")),
        "dossier_reviewer": Relation(_reviewer, ("secretary", "head", "vice_chair")),
        "dossier_appraiser": Relation(_appraiser, ("officer", "head", *OVER_THE_HEAD)),
        "dossier_confirmer": Relation(confirmers, ("head", *OVER_THE_HEAD)),
        "opinion_giver": Relation(
            _opinion_giver, ("standing_member", "vice_chair", "chair", "council_member")
        ),
        "dossier_rejecter": Relation(_rejecter, ("chair", "vice_chair")),
        "vote_recorder": Relation(_vote_recorder, ("secretary", "standing_member", "council_member")),
        "after_appraisal": Relation(
            _after_appraisal, ("secretary", "standing_member", "vice_chair", "chair", "council_member")
        ),
        "reopener": Relation(_reopener, ("secretary", "head", *OVER_THE_HEAD)),
        "line_approver": Relation(_line_approver, ("chair", "vice_chair")),
        "decision_maker": Relation(_decision_maker, ("officer", "chair", "vice_chair")),
        "receipt_agreer": Relation(_receipt_agreer, ("records_clerk", "standing_member", "secretary")),
        "receipt_party": Relation(
            _receipt_party, ("officer", "records_clerk", "standing_member", "secretary")
        ),
        "office_side": Relation(_office_side, ("officer", "secretary")),
        "dossier_approver": Relation(_approver, ("chair", "vice_chair")),
    }
)
