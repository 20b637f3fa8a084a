"""The council's tờ trình to the chair of the committee: per title what was proposed and what passed, and
the money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.facts import Facts, Signature, Source, counted, day_text, numbered
from runtime.views.papers.heads import FOR_CHAIR, VICE, basis, head, name_on
from runtime.views.papers.lines import Lines, lines_of, title_text
from runtime.views.papers.parts import Given, Part
from workflow.model.award_decisions import AwardDecision, DecisionLine
from workflow.model.definition import RulePack
from workflow.model.dossiers import Dossier, period_of
from workflow.model.facts import Item
from workflow.model.money import BaseSalary, change_near, dotted
from workflow.model.sessions import CouncilSession, SessionLine
from workflow.model.sums import Peer, rivals_among, total, with_sums
from workflow.model.wording import date_vi

KIND = "to_trinh_hoi_dong"


class Proposed(NamedTuple):
    """A title: how many were proposed, passed and failed (two digits, a bare 0 for none), and for whom it
    is asked. `higher` goes to the superior."""

    title: str
    proposed: str
    passed: str
    failed: str
    counted: str
    higher: bool


class Foreseen(NamedTuple):
    """The sum of all lines that are to be awarded here at a base salary; `when` says of which decisions."""

    when: str
    salary: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPaper(Facts):
    """`minutes` are the session's; `sums` are one, or two where a base salary changes soon."""

    grounds: tuple[str, ...]
    minutes: Source
    titles: tuple[Proposed, ...]
    sums: tuple[Foreseen, ...]
    fund: str

    def held(self) -> Held:
        rows = tuple((each.title, each.proposed, each.passed, each.failed) for each in self.titles)
        sums = tuple(each.amount for each in self.sums)
        return Held((*Facts.held(self).texts, self.minutes.number, *sums), rows)


def parts(looking: Looking, item: Item, given: Given) -> Iterator[Part]:
    """One, once the minutes are signed."""
    session = item.details
    assert isinstance(session, CouncilSession)
    if item.state != "minuted" or session.minutes_on is None:
        return
    on = given.on or looking.today
    lines, words = lines_of(looking, item.key.year), looking.directory.papers
    facts = ProposalPaper(
        **head(looking, KIND, _signature(looking, on), number=given.number, on=given.on),
        grounds=basis(looking, KIND, on),
        minutes=Source(numbered(session.minutes_no, words.of("bb_hop").symbol), day_text(session.minutes_on)),
        titles=tuple(_proposed(looking, session, lines, title) for title in session.titles),
        sums=tuple(_foreseen(looking, session, lines, on)),
        fund=words.fund.format(nam=on.year),
    )
    yield Part("", facts, given.final, on, given.number)


def _signature(looking: Looking, on: date) -> Signature:
    """The vice chair signs: the chair would be asking himself."""
    vice = looking.directory.holding("vice_chair")
    return Signature(("TM. HỘI ĐỒNG", FOR_CHAIR, VICE), name_on(looking, vice[0] if vice else None, on))


def _proposed(looking: Looking, session: CouncilSession, lines: Lines, title: str) -> Proposed:
    of = [line for line in session.lines if line.title == title]
    passed = [line for line in of if line.conclusion in ("award", "forward")]
    kinds = [lines(line.dossier, line.line).kind for line in passed]
    return Proposed(
        title=title_text(looking, lines.dossier(of[0].dossier), title),
        proposed=_two(len(of)),
        passed=_two(len(passed)),
        failed=_two(len(of) - len(passed)),
        counted=counted(kinds),
        higher=any(line.higher for line in of),
    )


def _two(number: int) -> str:
    return f"{number:02}" if number else "0"


def _foreseen(looking: Looking, session: CouncilSession, lines: Lines, on: date) -> Iterator[Foreseen]:
    """By the base salary of the day, and by the next one where that begins within 30 days."""
    awarded = [line for line in session.lines if line.conclusion == "award"]
    if not awarded:
        return
    rules = looking.pack(lines.dossier(awarded[0].dossier).rules)
    now, coming = rules.salary_on(on), change_near(rules.base_salary, on)
    if now is None:
        return
    if coming is None:
        yield _sum(looking, rules, awarded, lines, now, "")
        return
    last = coming.since - timedelta(days=1)
    until = f"quyết định ban hành đến ngày {date_vi(last)}"
    yield _sum(looking, rules, awarded, lines, now, until)
    since = f"quyết định ban hành từ ngày {date_vi(coming.since)}"
    yield _sum(looking, rules, awarded, lines, coming, since)


def _sum(
    looking: Looking,
    rules: RulePack,
    awarded: list[SessionLine],
    lines: Lines,
    salary: BaseSalary,
    when: str,
) -> Foreseen:
    """Of the titles of one period only the highest is counted, as the decisions will."""
    groups: dict[tuple[str, str, str], list[DecisionLine]] = {}
    for line in awarded:
        dossier, kind = lines.dossier(line.dossier), lines(line.dossier, line.line).kind
        period, type = period_of(dossier), Dossier.of(dossier).type
        made = DecisionLine(line.no, line.dossier, line.line, line.title, kind, account=line.account)
        groups.setdefault((line.title, type, period), []).append(made)
    amount = 0
    for (title, type, period), own in groups.items():
        beside = [
            (line, other_type, False)
            for (other, other_type, other_period), of in groups.items()
            if other_period == period and other != title
            for line in of
        ]
        peers = _peers(lines, [*((line, type, True) for line in own), *beside])
        draft = AwardDecision("award", title, period, signer="", type=type, lines=tuple(own))
        rivals = rivals_among(peers, looking.directory, rules)
        amount += total(with_sums(draft, rules, salary=salary.amount, rivals=rivals))
    return Foreseen(when, dotted(salary.amount), dotted(amount))


def _peers(lines: Lines, found: list[tuple[DecisionLine, str, bool]]) -> Iterator[Peer]:
    for line, type, own in found:
        words = lines.words(line.dossier, line.line)
        if words.name is not None:
            yield Peer(line, type, own, words.name, words.born, words.unit)
