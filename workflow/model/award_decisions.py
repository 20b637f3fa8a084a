"""Award decisions, each about lines of many dossiers: what one is, how its lines stand, how accounts stand to
it (flows.md §4). In code it is an award decision: a `Decision` is the engine's answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, NamedTuple

from workflow.model.facts import Details, Named, Plain
from workflow.model.money import amount, dotted
from workflow.model.roles import COMMON, Holding, Relation, Standing, officer, speaking_for
from workflow.model.wording import date_vi, fill

if TYPE_CHECKING:  # looking loads these values before any definition
    from workflow.model.context import Setting
    from workflow.model.definition import RulePack
    from workflow.model.facts import TitlesNamed
    from workflow.model.messages import Catalogue
    from workflow.model.office import Office
    from workflow.model.wording import Value

DecisionKind = Literal["award", "amend", "replace", "revoke", "implicit"]
AWARD: Final = "award"
AMEND: Final = "amend"
REPLACE: Final = "replace"
REVOKE: Final = "revoke"
IMPLICIT: Final = "implicit"
OF_ANOTHER = (AMEND, REPLACE, REVOKE)
"""The kinds that change an issued decision."""
AWARDING = (AWARD, AMEND, REPLACE, IMPLICIT)
"""The kinds whose lines are awarded."""

GROUNDS = ("a", "b", "c", "d")
"""The points of law art. 93.2 on which alone a decision is annulled: fraud, forged papers, an appraisal
against the law, a breach that was found later."""

KIND_ORDER = ("collective", "household", "person")
"""In this order every list of a decision has them."""

FOR_CHAIR, AS_CHAIR = "KT. CHỦ TỊCH", "CHỦ TỊCH"
"""How the signer signs: in the chair's place, or as the chair."""

IN, DROPPED, REPLACED, REVOKED = "in", "dropped", "replaced", "revoked"

BEFORE_ISSUE = ("drafted", "submitted", "signed")
IN_FORCE = ("issued",)


class DecisionLine(NamedTuple):
    """A line of a decision: the line `line` of the dossier `dossier`, in which `body` nominates.

    `no` is where it stands in every paper, from 1. `state` is whether it is in the decision (`in`), was
    dropped by the signer, replaced by a later decision or revoked. `full` is what it pays by itself and
    `amount` what it pays, đồng, both frozen when the decision is issued. Where these differ, `note_title` is
    the higher title of the period that is paid in its place, or the lower one that was paid before, of the
    line `higher` (`D0001/2`). `reprints` counts certificates made anew.
    """

    no: int
    dossier: str
    line: int
    title: str
    kind: str
    body: str = ""
    account: str | None = None
    state: Literal["in", "dropped", "replaced", "revoked"] = "in"
    amount: int | None = None
    full: int | None = None
    note_title: str | None = None
    higher: str | None = None
    reprints: int = 0

    @property
    def ref(self) -> str:
        """As commands name it: `D0001/2`."""
        return f"{self.dossier}/{self.line}"


class Mark(NamedTuple):
    """What came after the decision, by the paper that says it: `rectified`, `amended`, `partly_revoked`,
    `recalled`. `by` is the decision that did it, where it was one."""

    kind: str
    paper: str
    on: date
    by: str | None = None


@dataclass(frozen=True, slots=True)
class AwardDecision(Details):
    """A decision of a `kind` about one title or form (`title`, of the `type`) for one `period`; where the
    office lets several titles stand in one, `title` is the first.

    `signer` is the account that signs, `signature` how, by `signed_way` on `signed_on`. `drafted_by` made the
    draft, for `drafted_for` where that was in another's name. `salary` is the base salary that is printed,
    đồng; `funds_by` confirmed on `funds_on` where the sum comes from. `to_trinh_no` of `to_trinh_on` asks for
    the signature. `number` and `issued_on` are given when it is issued. One that `changes` another
    names that: what it annuls, it does on a `ground` by the `conclusion` of `conclusion_on`, which came on
    `received_on`; the council was told on `told_on`, and the file was full on `full_on`. `marks` are what
    came after it.
    """

    subject: ClassVar[str] = "award_decision"

    kind: DecisionKind
    title: str
    period: str
    signer: str
    type: str = ""
    signature: str = AS_CHAIR
    drafted_by: str | None = None
    drafted_for: str | None = None
    to_trinh_no: str | None = None
    to_trinh_on: date | None = None
    funds_by: str | None = None
    funds_on: date | None = None
    submitted_on: date | None = None
    salary: int | None = None
    signed_on: date | None = None
    signed_way: Literal["paper", "digital"] | None = None
    number: str | None = None
    issued_on: date | None = None
    changes: str | None = None
    ground: str | None = None
    conclusion: str | None = None
    conclusion_on: date | None = None
    received_on: date | None = None
    told_on: date | None = None
    full_on: date | None = None
    paper_digest: str | None = None
    marks: tuple[Mark, ...] = ()
    lines: tuple[DecisionLine, ...] = ()

    @property
    def variant(self) -> str:
        return self.kind

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.title for line in self.lines)) or (self.title,)

    @property
    def dates(self) -> Mapping[str, date | None]:
        return {"received_on": self.received_on, "full_on": self.full_on}

    @property
    def named(self) -> frozenset[str]:
        return frozenset(line.account for line in self.standing if line.account)

    @property
    def line_numbers(self) -> frozenset[int]:
        return frozenset(line.no for line in self.lines)

    @property
    def standing(self) -> tuple[DecisionLine, ...]:
        """The lines that are in it, in the order of its papers."""
        return tuple(line for line in self.lines if line.state == IN)

    @property
    def dossiers(self) -> tuple[str, ...]:
        """The dossiers of its lines, each once, by reference."""
        return tuple(sorted({line.dossier for line in self.lines}))

    @property
    def drafters(self) -> frozenset[str]:
        """Who drafted it, and in whose name."""
        return frozenset(id for id in (self.drafted_by, self.drafted_for) if id is not None)

    @property
    def total(self) -> int | None:
        """What it pays altogether, đồng; None before it is issued. What annuls another pays nothing."""
        if self.kind == REVOKE:
            return 0
        amounts = [line.amount for line in self.standing]
        return sum(each for each in amounts if each is not None) if None not in amounts else None

    def line(self, ref: str) -> DecisionLine | None:
        """The line of a reference, `D0001/2`."""
        return next((line for line in self.lines if line.ref == ref), None)

    def corrected(self, name: str, value: Plain) -> AwardDecision:
        field = _FIELDS.get(name)
        if field is None:
            return self
        dated = field in ("issued_on", "to_trinh_on")
        now: Any = date.fromisoformat(str(value)) if dated else value
        return replace(self, **{field: now})

    @property
    def paper(self) -> Mapping[str, str]:
        """What its dossiers record of it, by the inputs' names."""
        values = {name: getattr(self, field) for name, field in _FIELDS.items()}
        return {name: str(value) for name, value in values.items() if value is not None}

    @property
    def entered(self) -> Mapping[str, Plain]:
        return {"kind": self.kind, **({"changes": self.changes} if self.changes else {})}

    def summary(self, _body: Named, titles: TitlesNamed) -> str:
        return titles(self.titles)

    def told(self, setting: Setting, catalogue: Catalogue) -> Mapping[str, Value]:
        title = setting.rules.title(self.titles[0])
        first, others = title.label.vi if title else self.titles[0], len(self.titles) - 1
        several = catalogue.words["title.several"].vi if others else "{danh_hieu}"
        return {
            "danh_hieu": fill(several, danh_hieu=first, n=others),
            "n_nguoi": len(self.standing),
            "so_tien": dotted(expected(self, setting.rules, setting.today)),
        }

    @property
    def markers(self) -> Mapping[str, Mapping[str, Value]]:
        """What holds of it beside its state, by the catalogue's ids, each with the papers that say it."""
        said: dict[str, list[str]] = {}
        for mark in self.marks:
            said.setdefault(mark.kind, []).append(f"{mark.paper} ngày {date_vi(mark.on)}")
        return {kind: {"van_ban": "; ".join(papers)} for kind, papers in said.items()}


_FIELDS = MappingProxyType(
    {
        "decision_number": "number",
        "decision_date": "issued_on",
        "signer": "signer",
        "paper_number": "to_trinh_no",
        "paper_date": "to_trinh_on",
    }
)
"""The field of each input that may be corrected."""


def in_order(lines: Iterable[DecisionLine]) -> tuple[DecisionLine, ...]:
    """The lines by kind (collectives, households, persons), dossier and number, numbered from 1."""

    def place(line: DecisionLine) -> tuple[int, int, int]:
        return KIND_ORDER.index(line.kind), int(line.dossier[1:]), line.line

    return tuple(line._replace(no=no) for no, line in enumerate(sorted(lines, key=place), 1))


def line_refs(refs: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The lines of references by their dossiers: `D0001/2`, `D0001/4` are lines 2 and 4 of D0001."""
    found: dict[str, list[int]] = {}
    for ref in refs:
        dossier, _stroke, no = ref.partition("/")
        found.setdefault(dossier, []).append(int(no))
    return {dossier: tuple(sorted(nos)) for dossier, nos in found.items()}


def signature_of(signer: str, office: Office) -> str:
    """How the account signs: as the chair, or in the chair's place."""
    return AS_CHAIR if signer in office.holding("chair") else FOR_CHAIR


def pays(details: AwardDecision, rules: RulePack) -> bool:
    """Whether the decision costs the fund anything: what was awarded before is paid once."""
    if details.kind == REVOKE:
        return False
    return any(k_of(line, details.type, rules) for line in details.standing if line.amount is None)


def expected(details: AwardDecision, rules: RulePack, day: date) -> int:
    """What the lines pay by themselves at the base salary of the day, or of what is printed: as long as it is
    not issued, no other title of the same ones is taken off."""
    if details.kind == REVOKE:
        return 0
    salary = salary_of(details, rules, day)
    return sum(line_sum(line, details, rules, salary) for line in details.standing)


def salary_of(details: AwardDecision, rules: RulePack, day: date) -> int:
    """The base salary that the decision prints, else that of the day; 0 where none is known."""
    known = rules.salary_on(day)
    return details.salary or (known.amount if known else 0)


def line_sum(line: DecisionLine, details: AwardDecision, rules: RulePack, salary: int) -> int:
    """What the line pays: frozen by the issue, else by its own coefficient."""
    return line.amount if line.amount is not None else amount(k_of(line, details.type, rules), salary)


def k_of(line: DecisionLine, type: str, rules: RulePack) -> int:
    """Its coefficient in thousandths; 0 where the pack names none."""
    title = rules.title(line.title)
    pay = title.pay(line.kind, type) if title is not None and title.paid_here else None
    return pay.k if pay else 0


def _preparer(standing: Standing) -> tuple[Holding, ...]:
    """The officer; while the source of its sum is not confirmed, the accountant comes first."""
    office, details = standing.office, AwardDecision.of(standing.item)
    waits = details.funds_by is None and pays(details, standing.rules)
    first = (Holding("accountant", office.holding("accountant")),) if waits else ()
    return (*first, *officer(standing))


def _signer(standing: Standing) -> tuple[Holding, ...]:
    signer = AwardDecision.of(standing.item).signer
    account = standing.office.account(signer)
    role = "chair" if account and "chair" in account.roles else "vice_chair"
    return (Holding(role, (signer,)),)


def _clerk(standing: Standing) -> tuple[Holding, ...]:
    return (Holding("records_clerk", standing.office.holding("records_clerk")),)


def _recorder(standing: Standing) -> tuple[Holding, ...]:
    """Who records that it was signed: the signer, or the records clerk who has the paper."""
    return (*_signer(standing), *_clerk(standing))


def _dropper(standing: Standing) -> tuple[Holding, ...]:
    """Whoever drafts it while it is a draft; once it is put before the signer, that one."""
    drafting = officer(standing) if standing.item.state == "drafted" else ()
    return (*drafting, *_signer(standing))


def _told(standing: Standing) -> tuple[Holding, ...]:
    """Who has to do with its sums, and whoever answers for the bodies of its lines."""
    office, today = standing.office, standing.today
    bodies = sorted({line.body for line in AwardDecision.of(standing.item).lines if line.body})
    answering = dict.fromkeys(id for body in bodies for id in speaking_for(office, body, today))
    return (
        Holding("accountant", office.holding("accountant")),
        Holding("representative", tuple(answering)),
    )


RELATIONS: Mapping[str, Relation] = MappingProxyType(
    {
        **COMMON,
        "accountant": Relation(
            lambda standing: (Holding("accountant", standing.office.holding("accountant")),), ("accountant",)
        ),
        "records_clerk": Relation(_clerk, ("records_clerk",)),
        "decision_preparer": Relation(_preparer, ("officer", "accountant")),
        "decision_signer": Relation(_signer, ("chair", "vice_chair")),
        "decision_recorder": Relation(_recorder, ("chair", "vice_chair", "records_clerk")),
        "decision_dropper": Relation(_dropper, ("officer", "chair", "vice_chair")),
        "decision_told": Relation(_told, ("accountant", "representative")),
    }
)
