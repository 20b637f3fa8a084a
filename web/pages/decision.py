"""What the page of an award decision has of its own: its tờ trình with all dossiers, its lines with sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from runtime.views.decisions import LINE_COLUMNS, line_cells, total_of
from runtime.views.fund import fund_of, warnings
from runtime.views.register import paper_in_row
from web.desk import Desk
from web.links import item_path
from workflow.model.award_decisions import BEFORE_ISSUE, AwardDecision, DecisionKind, pays
from workflow.model.facts import Item, Key
from workflow.model.money import dotted, in_words
from workflow.model.payments import PUT_OUT
from workflow.model.sight import sees
from workflow.services.decisions import MAKES

CHANGES: tuple[DecisionKind, ...] = ("amend", "replace", "revoke")
"""The kinds of a decision that changes another one."""


class Line(NamedTuple):
    """A line of the decision, and its page in the dossier where the position may see that."""

    cells: tuple[str, ...]
    to: str


class Named(NamedTuple):
    """A dossier of which lines stand in the decision."""

    ref: str
    content: str
    lines: int
    state: str
    to: str


class Change(NamedTuple):
    """A kind of decision that may be drafted about this one, and where."""

    label: str
    to: str


def changes_of(desk: Desk, item: Item) -> Sequence[Change]:
    """What the position may draft about a decision that is in force."""
    machine, account = desk.looking.newest(item.subject), desk.account
    held = desk.looking.directory.account(account) if account else None
    if item.state != "issued" or held is None or not AwardDecision.of(item).standing:
        return ()
    events = [(kind, machine.event(MAKES[kind])) for kind in CHANGES] if machine else []
    return [
        Change(desk.words.of(event.label), f"{item_path(item.key)}/change/{kind}")
        for kind, event in events
        if event is not None and {*event.by} & {*held.roles}
    ]


def values(desk: Desk, item: Item) -> Mapping[str, Any]:
    looking, details = desk.looking, AwardDecision.of(item)
    paper = paper_in_row(looking, details.to_trinh_no or "", details.to_trinh_on)
    total = total_of(looking, item)
    proposed = item.state in BEFORE_ISSUE and pays(details, looking.rules)
    open_to = "money" in desk.parts and not desk.narrow
    return {
        "to_trinh": looking.words("web.decisions.to_trinh", so=paper)
        if paper
        else looking.words("web.decisions.dossiers"),
        "dossiers": [_named(desk, item, ref) for ref in details.dossiers],
        "columns": [looking.words(f"decision.column.{name}") for name in LINE_COLUMNS],
        "decided": [Line(cells, _to(desk, item.key, cells[0])) for cells in line_cells(looking, item)],
        "total": dotted(total),
        "total_words": in_words(total),
        "funds": funds_told(desk) if proposed else (),
        "changes": changes_of(desk, item),
        "money": f"/money/{item.key.year}/{item.key.ref}" if open_to and item.state in PUT_OUT else "",
    }


def funds_told(desk: Desk) -> Sequence[str]:
    """Where this year's fund would not suffice for what is proposed."""
    looking = desk.looking
    return warnings(looking, fund_of(looking, looking.today.year), unset="web.money.unset")


def _named(desk: Desk, decision: Item, ref: str) -> Named:
    looking, key = desk.looking, decision.key._replace(ref=ref)
    dossier = looking.reading.item(key)
    own = [line for line in AwardDecision.of(decision).standing if line.dossier == ref]
    if dossier is None:
        return Named(ref, "", len(own), "", "")
    state = looking.state(dossier)
    return Named(ref, looking.content(dossier), len(own), state, _to(desk, key, ref))


def _to(desk: Desk, key: Key, line: str) -> str:
    """Where the line is seen; empty where the position may not see its dossier."""
    ref, _stroke, no = line.partition("/")
    dossier = desk.looking.reading.item(key._replace(ref=ref))
    if dossier is None or not sees(desk.looking.directory, desk.account, dossier, desk.looking.today):
        return ""
    return item_path(dossier.key, int(no) if no else None)
