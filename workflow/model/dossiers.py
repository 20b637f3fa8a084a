"""Dossiers, in which bodies nominate for awards: how accounts stand to one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflow.model.facts import Dossier
from workflow.model.roles import (
    COMMON,
    Holding,
    Relation,
    Standing,
    council_step,
    officer,
    speakers,
    submitters,
)


def nominating_body(standing: Standing) -> tuple[Holding, ...]:
    return speakers(standing.office, Dossier.of(standing.item).body)


def _nominator(standing: Standing) -> tuple[Holding, ...]:
    """The nominating body's representative, or the officer for paper received."""
    own = standing.office.holding("representative", body=Dossier.of(standing.item).body)
    return (Holding("representative", own), *officer(standing))


def _or_vice(role: str, holders: tuple[str, ...], standing: Standing, *, barred: frozenset[str]) -> Holding:
    """The role's holding; where every holder is barred from deciding, it passes to the vice chair."""
    if holders and barred.issuperset(holders):
        return Holding("vice_chair", standing.office.holding("vice_chair"))
    return Holding(role, holders)


def _reviewer(standing: Standing) -> tuple[Holding, ...]:
    """The secretary records what the council voted; without a vote the division's head appraises."""
    office, item = standing.office, standing.item
    if council_step(item, standing.rules):
        return (Holding("secretary", office.holding("secretary")),)
    division = office.holding("head", body=office.division)
    return (_or_vice("head", division, standing, barred=item.details.named),)


def _approver(standing: Standing) -> tuple[Holding, ...]:
    """The chair; the vice chair where the chair is a nominee or handed the dossier in."""
    item = standing.item
    barred = item.details.named | submitters(item)
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
