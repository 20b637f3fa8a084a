"""What an award decision is likely to need next, and a dossier whose lines wait for one; and the commands by
which its events are recorded, as `tdkt why` names them too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.decisions import proposed
from runtime.views.payments import payment_lists
from workflow.model.award_decisions import REVOKE, AwardDecision, pays
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item
from workflow.model.money import dotted


class Verb(NamedTuple):
    """A command `tdkt decision NAME`; `options` are those of its inputs, where "" is an argument."""

    name: str
    options: Mapping[str, str] = MappingProxyType({})


_PAPER = {"paper_number": "--paper", "paper_date": "--paper-date"}
VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "add": Verb("add", {"lines": ""}),
        "remove": Verb("remove", {"lines": ""}),
        "confirm_funds": Verb("funds"),
        "submit": Verb("submit", {**_PAPER, "for_date": "--for-date", "reason": "--reason"}),
        "return": Verb("return", {"reason": "--reason"}),
        "drop_line": Verb("drop-line", {"lines": "", "reason": "--reason"}),
        "sign": Verb("sign", {"signed_on": "--on", "way": "--way"}),
        "unsign": Verb("unsign", {"reason": "--reason"}),
        "issue": Verb("issue", {"decision_number": "--number", "decision_date": "--date"}),
        "drop": Verb("drop", {"reason": "--reason"}),
        "rectify": Verb("rectify", {**_PAPER, "signer": "--signer", "what": "--what"}),
        "recall_copies": Verb("recall-copies", {**_PAPER, "to_whom": "--to-whom"}),
        "reissue": Verb("reissue", {"lines": "", "why": "--why", "paper_date": "--paper-date"}),
    }
)
"""The commands of those events that have one, by event."""


def next_event(looking: Looking, item: Item) -> str | None:
    """The event that leads a decision on to its issue."""
    details = AwardDecision.of(item)
    match item.state:
        case "drafted" if not details.standing:
            return "add"
        case "drafted" if details.funds_by is None and pays(details, looking.rules):
            return "confirm_funds"
        case "drafted" if details.kind == REVOKE and details.full_on is None:
            return "complete_file"
        case "drafted":
            return "submit"
        case "submitted":
            return "sign"
        case "signed":
            return "issue"
    return None


class AfterIssue(NamedTuple):
    """What is left to do for an issued decision: what it is called, the line to type, and by whom."""

    label: str
    line: str
    by: str | None


def after_issue(looking: Looking, item: Item) -> AfterIssue | None:
    """The money that is still to be paid or to come back, then the certificates that have no number, then
    those that nobody was handed."""
    if item.state not in ("issued", "replaced", "revoked"):
        return None
    details = AwardDecision.of(item)
    if details.kind == REVOKE and details.changes is not None:
        changed = looking.reading.item(item.key._replace(ref=details.changes))
        return after_issue(looking, changed) if changed is not None else None
    ref, words = looking.ref(item.key), looking.words
    found = looking.once("payments", item.key.in_year, lambda: payment_lists(looking, (ref,)))
    if not found:
        return None
    office, lines = looking.directory, found[0].lines
    accountant, officer = (next(iter(office.holding(role)), None) for role in ("accountant", "officer"))
    if any(line.open > 0 for line in lines):
        return AfterIssue(words("step.pay"), f"tdkt payment record {ref} --all", accountant)
    if back := [line for line in lines if line.open < 0]:
        money = dotted(-sum(line.open for line in back))
        return AfterIssue(
            words("step.recover", so_tien=money), f"tdkt payment recover {ref} --all", accountant
        )
    if item.state != "issued":
        return None
    standing = {each.ref for each in details.standing}
    lines = tuple(line for line in lines if line.line in standing)
    if any(line.register_no is None for line in lines):
        first = words("decision.column.first_register_no")
        line = f'tdkt certificate number {ref} --all --first "<{first}>"'
        return AfterIssue(words("step.number"), line, officer)
    if any(line.handed_on is None for line in lines):
        return AfterIssue(words("step.hand"), f"tdkt certificate hand {ref} --all", officer)
    return None


def draft_line(looking: Looking, item: Item) -> str | None:
    """The line that drafts a decision of the first title of the dossier that waits for one."""
    titles = Dossier.of(item).titles
    title = next((id for id in titles if looking.once("proposed", id, partial(_waits, looking, id))), None)
    return f"tdkt decision new --title {title} --all" if title else None


def _waits(looking: Looking, title: str) -> bool:
    return bool(proposed(looking, title))
