"""Which votes, ways, conditions and titles of a rule pack cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workflow.files.telling import told
from workflow.lint.findings import Finding
from workflow.model.conditions import OF_MEMBERS
from workflow.model.definition import AwardTitle, Condition, Pay, RulePack, Way
from workflow.model.paper_kinds import PaperUse
from workflow.model.ways import PATHS


def lint_rules(pack: RulePack) -> tuple[Finding, ...]:
    return (
        *_vote_out_of_range(pack),
        *_way_that_cannot_be_gone(pack),
        *_condition_that_cannot_be_met(pack),
        *_given_and_given_elsewhere(pack),
        *_paper_of_no_dossier(pack),
        *_pay_that_cannot_be(pack),
        *_salaries_out_of_order(pack),
        *_pay_without_salary(pack),
    )


def _vote_out_of_range(pack: RulePack) -> Iterator[Finding]:
    for title in pack.titles:
        if title.vote is None:
            continue
        where = ("titles", title.id, "vote", "percent")
        if not 1 <= title.vote.percent <= 100:
            message = told(
                "'{id}': {percent} % is out of range, 1 to 100", id=title.id, percent=title.vote.percent
            )
            yield Finding("error", "vote_out_of_range", where, message)
        elif title.vote.strict and title.vote.percent == 100:
            message = told("'{id}': more than 100 % can never be reached", id=title.id)
            yield Finding("error", "vote_out_of_range", where, message)


def _way_that_cannot_be_gone(pack: RulePack) -> Iterator[Finding]:
    for title in pack.titles:
        for type, way in title.ways.items():
            where = ("titles", title.id, "ways", type) if type else ("titles", title.id, "way")
            named = told("'{id}' for {type}", id=title.id, type=type) if type else told("'{id}'", id=title.id)
            for message in _flaws_of_way(pack, title, way):
                yield Finding(
                    "error",
                    "way_that_cannot_be_gone",
                    where,
                    told("{named} {message}", named=named, message=message),
                )


def _flaws_of_way(pack: RulePack, title: AwardTitle, way: Way) -> Iterator[str]:
    if way.path == "council" and title.vote is None:
        yield told("goes to the council, which has no 'vote' on it")
    if way.path == "simplified" and not way.grounds:
        yield told("goes by the simplified path, which needs 'grounds' to rest on")
    if way.path == "appraisal" and way.grounds:
        yield told("is appraised without the council: 'grounds' shorten no way of its own")
    if way.published != "none" and title.level != "commune":
        yield told("is published by the level that decides it, not here")
    if way.published == "commune" and way.path != "council":
        yield told("is published by the commune after the council, through which it does not go")
    for id in way.grounds:
        ground = pack.ground(id)
        if ground is None or ground.refused:
            yield told("rests on '{id}', on which no dossier is entered", id=id)


def _condition_that_cannot_be_met(pack: RulePack) -> Iterator[Finding]:
    for title in pack.titles:
        for number, condition in enumerate(title.conditions):
            where = ("titles", title.id, "conditions", str(number))
            said = [*_flaws_of_condition(title, condition)]
            if any(_same(condition, other) for other in title.conditions[:number]):
                said.append(told("is asked twice"))
            for message in said:
                named = told("'{id}': '{check}'", id=title.id, check=condition.check)
                yield Finding(
                    "error",
                    "condition_that_cannot_be_met",
                    where,
                    told("{named} {message}", named=named, message=message),
                )


def _flaws_of_condition(title: AwardTitle, condition: Condition) -> Iterator[str]:
    percent, kinds = condition.params.get("percent"), condition.nominees or title.nominees
    if isinstance(percent, int) and percent > 100:
        yield told("wants more than 100 %")
    if condition.check in OF_MEMBERS and "collective" not in kinds:
        yield told("is about members, which only a collective has")
    if not set(kinds) <= set(title.nominees):
        yield told("is asked of nominees that the title is not for")
    if condition.types and not (title.form and set(condition.types) <= set(title.ways)):
        yield told("is asked for types that the title is not given for")
    if condition.checked_on and condition.review_by and condition.review_by < condition.checked_on:
        yield told("is to be looked at again before it was looked at")


def _same(one: Condition, other: Condition) -> bool:
    """Whether both ask the same of some line; what only a person can settle is told apart by its words."""
    both = ((one.types, other.types), (one.nominees, other.nominees))
    meet = all(not mine or not theirs or set(mine) & set(theirs) for mine, theirs in both)
    return meet and (one.check, one.params, one.label) == (other.check, other.params, other.label)


def _given_and_given_elsewhere(pack: RulePack) -> Iterator[Finding]:
    for other in pack.other_chains:
        if pack.title(other.id):
            message = told("'{id}' is one of the titles and of another chain", id=other.id)
            yield Finding("error", "given_and_given_elsewhere", ("other_chains", other.id), message)


def _paper_of_no_dossier(pack: RulePack) -> Iterator[Finding]:
    for kind in pack.papers:
        for use in kind.of:
            for title in use.titles:
                if not any(_asks_for(pack, title, use, path) for path in PATHS):
                    message = told(
                        "'{id}' is asked for with '{title}', which no such dossier has",
                        id=kind.id,
                        title=title,
                    )
                    yield Finding("error", "paper_of_no_dossier", ("papers", kind.id), message)


def _asks_for(pack: RulePack, title: str, use: PaperUse, path: str) -> bool:
    """Whether a dossier of the title can go by the path, of one of the use's types where it has some."""
    found = pack.title(title)
    if found is None or use.path not in (None, path):
        return False
    ways = (way for type, way in found.ways.items() if not use.types or type in use.types)
    return any(path == way.path or (path == "simplified" and way.grounds) for way in ways)


def _pay_that_cannot_be(pack: RulePack) -> Iterator[Finding]:
    for title in pack.titles:
        for number, pay in enumerate(title.pays):
            where = ("titles", title.id, "pays", str(number))
            for message in _flaws_of_pay(title, pay, title.pays[:number]):
                named = told("'{id}' {message}", id=title.id, message=message)
                yield Finding("error", "pay_that_cannot_be", where, named)
        if title.pays and title.paid_here and (kinds := _unpaid(title)):
            message = told("'{id}' does not say what {kinds} are paid", id=title.id, kinds=", ".join(kinds))
            yield Finding("warning", "pay_not_said", ("titles", title.id, "pays"), message)


def _flaws_of_pay(title: AwardTitle, pay: Pay, before: Iterable[Pay]) -> Iterator[str]:
    if not set(pay.nominees) <= set(title.nominees):
        yield told("pays nominees that the title is not for")
    if pay.types and not (title.form and set(pay.types) <= set(title.ways)):
        yield told("pays for types that the title is not given for")
    for kind in pay.nominees or title.nominees:
        for type in pay.types or _types(title):
            if any(other.paid_to(kind, type) for other in before):
                yield told("pays a {kind} twice: a pay above holds already", kind=kind)
                return


def _types(title: AwardTitle) -> Iterable[str]:
    return title.ways if title.form else ("",)


def _unpaid(title: AwardTitle) -> list[str]:
    return [kind for kind in title.nominees if any(title.pay(kind, type) is None for type in _types(title))]


def _pay_without_salary(pack: RulePack) -> Iterator[Finding]:
    """What is paid here is counted by a base salary, of which the pack must have one."""
    for title in pack.titles:
        if title.paid_here and any(pay.k for pay in title.pays) and not pack.base_salary:
            message = told("'{id}' pays, and no base salary is known", id=title.id)
            yield Finding("error", "pay_without_salary", ("base_salary",), message)


def _salaries_out_of_order(pack: RulePack) -> Iterator[Finding]:
    """Each base salary begins after the one above it, and the first before the pack does."""
    before = None
    for number, salary in enumerate(pack.base_salary):
        where = ("base_salary", str(number), "since")
        if before is None and salary.since > pack.effective_from:
            message = told("no base salary is known of the pack's first days")
            yield Finding("error", "salaries_out_of_order", where, message)
        if before is not None and salary.since <= before:
            message = told("begins no later than the base salary above it")
            yield Finding("error", "salaries_out_of_order", where, message)
        before = salary.since
