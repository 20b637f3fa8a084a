"""What may be ordered about substitutions: every objection at once, or what makes no sense.

Pure. Those who may order one are told by `workflow.model.rights`; `runtime.acts.substituting` writes it down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from workflow.model.decision import Reason
from workflow.model.definition import Office, Text
from workflow.model.errors import UsageMistake
from workflow.model.rights import RIGHTS
from workflow.model.substitution import Substitution, chain
from workflow.model.wording import date_vi, position

WITHOUT_BUSINESS = frozenset({"auditor", "administrator"})
"""Roles without rights in the work itself: who holds nothing else neither stands in nor is stood in for."""


class NoDays(UsageMistake):
    """The substitution from {tu} to {den} has no day: the day of return must be later than the first one."""

    code = "substitution_without_days"


class PastSubstitution(UsageMistake):
    """The substitution would be over already: {den} is not later than today, {ngay}; give a later --until."""

    code = "substitution_past"


class OwnSubstitute(UsageMistake):
    """'{tai_khoan}' cannot stand in for itself; name another account with --by."""

    code = "substitute_itself"


def insist_on_days(new: Substitution, *, today: date) -> None:
    """Raises OwnSubstitute, NoDays, PastSubstitution."""
    if new.absent == new.stand_in:
        raise OwnSubstitute(tai_khoan=new.absent)
    if new.from_day >= new.until_day:
        raise NoDays(tu=new.from_day, den=new.until_day)
    if new.until_day <= today:
        raise PastSubstitution(den=new.until_day, ngay=today)


def has_business(office: Office, account: str) -> bool:
    """Whether the account has rights in the work itself."""
    found = office.account(account)
    return found is not None and not WITHOUT_BUSINESS.issuperset(found.roles)


def objections(
    new: Substitution, standing: Sequence[Substitution], *, by: str, office: Office
) -> tuple[Reason, ...]:
    """What speaks against the order of the account `by`, given those that stand: all of it at once."""
    return (
        *_by_itself(new, by, office),
        *_without_business(new, office),
        *_overlaps(new, standing, office),
        *_rounds(new, standing, office),
    )


def _by_itself(new: Substitution, by: str, office: Office) -> Iterator[Reason]:
    """Nobody takes another's rights alone, and a human who is away is so in every position."""
    stand_in = office.person(new.stand_in)
    if stand_in == office.person(new.absent):
        people = {
            "chuc_vu_vang": _position(office, new.absent),
            "chuc_vu_thay": _position(office, new.stand_in),
        }
        yield Reason("same_person", people)
    elif stand_in == office.person(by):
        able = (*(id for role in RIGHTS["substitute"] for id in office.holding(role)), new.absent)
        who = tuple(dict.fromkeys(id for id in able if office.person(id) != stand_in))
        yield Reason("own_substitution", {"chuc_vu": _position(office, new.stand_in)}, who_can=who)


def _without_business(new: Substitution, office: Office) -> Iterator[Reason]:
    for account in (new.absent, new.stand_in):
        if not has_business(office, account):
            yield Reason("may_not_stand_in", {"chuc_vu": _position(office, account)})


def _overlaps(new: Substitution, standing: Sequence[Substitution], office: Office) -> Iterator[Reason]:
    """One stand-in a day."""
    for other in standing:
        if other.absent == new.absent and other.meets(new):
            days = {
                "tu": Text(date_vi(other.from_day), other.from_day.isoformat()),
                "den": Text(date_vi(other.last_day), other.last_day.isoformat()),
            }
            people = {
                "chuc_vu_vang": _position(office, other.absent),
                "chuc_vu_thay": _position(office, other.stand_in),
            }
            yield Reason("substitution_overlap", {**people, **days})


def _rounds(new: Substitution, standing: Sequence[Substitution], office: Office) -> Iterator[Reason]:
    round_ = first_round(new, standing)
    if round_:
        labels = [_position(office, account) for account in round_]
        said = Text(" → ".join(label.vi for label in labels), " → ".join(label.en for label in labels))
        yield Reason("substitution_round", {"danh_sach": said})


def first_round(new: Substitution, standing: Sequence[Substitution]) -> tuple[str, ...]:
    """The accounts from the absent one back to itself, on the first day on which the order would make a
    round; empty where it makes none.

    A round needs all its substitutions at once, so that it begins on the first day of one of them.
    """
    days = {new.from_day, *(order.from_day for order in standing if new.covers(order.from_day))}
    for day in sorted(days):
        found = chain(new.stand_in, standing, day)
        if new.absent in found:
            return (new.absent, *found[: found.index(new.absent) + 1])
    return ()


def _position(office: Office, account: str) -> Text:
    found = office.account(account)
    return Text(position(found.label.vi), position(found.label.en)) if found else Text(account, account)
