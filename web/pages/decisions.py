"""Quyết định: the year's decisions, what waits for one, and drafting it from lines of many dossiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from runtime.acts.drafting import draft
from runtime.office.typed import whole
from runtime.views.answers import answer_of, foreseen, key_of, reasons_told
from runtime.views.decisions import (
    COLUMNS,
    LINE_COLUMNS,
    Proposed,
    decision_cells,
    decisions_of,
    new_draft,
    proposed,
    proposed_cells,
    proposed_text,
)
from web.desk import Desk, NotForYou
from web.frame import new_key
from web.links import item_path
from web.pages.decision import funds_told
from web.replies import Page, Redirect, Reply, Shown
from web.saying import said_of
from workflow.model.sight import is_narrow, sees

ON_A_PAGE = 50


class Waiting(NamedTuple):
    """Lines of a title that wait for a decision, and where it is drafted."""

    said: str
    to: str


class Group(NamedTuple):
    """Lines that make one draft, with its sum in words and the cells of each line."""

    draft: Proposed
    said: str
    lines: tuple[tuple[str, ...], ...]


def show_all(desk: Desk) -> Reply:
    looking = desk.looking
    office, today = looking.directory, looking.today
    found = [item for item in decisions_of(looking) if sees(office, desk.account, item, today)]
    narrow = is_narrow(office, desk.account)
    begin = whole(desk.asked.one("from")) or 0
    shown = found[::-1][begin : begin + ON_A_PAGE]
    rows = [decision_cells(looking, item) for item in shown]
    return Shown(
        "decisions",
        {
            "columns": [looking.words(f"decision.column.{name}") for name in COLUMNS],
            "rows": rows,
            "links": {cells[0]: item_path(item.key) for item, cells in zip(shown, rows, strict=True)},
            "waiting": [] if narrow else _waiting(desk),
            "after": f"/decisions?from={begin + ON_A_PAGE}" if len(found) > begin + ON_A_PAGE else "",
            "before": f"/decisions?from={max(0, begin - ON_A_PAGE)}" if begin else "",
        },
    )


def choose(desk: Desk) -> Reply:
    """The lines of a title, all of them chosen; without one the titles that have some."""
    _require_all(desk)
    return _form(desk, {})


def _require_all(desk: Desk) -> None:
    """Drafts and what waits for one are not for those who see what is issued alone. Raises NotForYou."""
    if desk.account is None or desk.narrow:
        raise NotForYou(chuc_vu=desk.looking.position(desk.account) if desk.account else "—")


def make(desk: Desk) -> Reply:
    """Previews the drafts or makes them, one for each signer, all of them or none."""
    _require_all(desk)
    looking, asked = desk.looking, desk.asked
    title, preview = asked.one("title"), bool(asked.one("preview"))
    drafts = [
        new_draft(looking, title, asked.one(f"type_{no}"), asked.one(f"period_{no}"), signer, lines)
        for no, lines in _chosen(desk).items()
        if (signer := asked.one(f"signer_{no}")) and lines
    ]
    if not drafts:
        return _form(desk, {"mistake": looking.words("web.decisions.none_chosen")}, status=422)
    acting = desk.acting if preview else desk.acting_by(asked.one("key"))
    results = draft(acting, drafts, dry_run=preview)
    refused = [result.refused for result in results if result.refused is not None]
    if refused:
        reasons = [told for each in refused for told in reasons_told(looking, each.reasons)]
        return _form(desk, {"against": reasons}, status=422)
    if preview:
        return _form(desk, {"foreseen": [foreseen(looking, result) for result in results]})
    said = [line for result in results for line in said_of(answer_of(looking, result, by=desk.account))]
    keys = [key_of(looking, result) for result in results]
    return Redirect(item_path(keys[0]) if len(keys) == 1 else "/decisions", said=said)


def _chosen(desk: Desk) -> Mapping[int, Sequence[str]]:
    """The lines that are ticked in each group of the form."""
    groups = (name.partition("_")[2] for name in desk.asked.typed if name.startswith("signer_"))
    return {
        number: desk.asked.all(f"lines_{no}") for no in sorted(groups) if (number := whole(no)) is not None
    }


def _form(desk: Desk, values: Mapping[str, Any], *, status: int = 200) -> Reply:
    looking, title = desk.looking, desk.asked.one("title")
    found = proposed(looking, title) if title else ()
    sent = desk.asked.method == "POST"
    return Shown(
        "drafting",
        {
            "title_id": title,
            "title_name": looking.title(title) if title else "",
            "waiting": () if title else _waiting(desk),
            "groups": [
                Group(each, proposed_text(looking, each), proposed_cells(looking, each)) for each in found
            ],
            "columns": [looking.words(f"decision.column.{name}") for name in LINE_COLUMNS],
            "chosen": {line for lines in _chosen(desk).values() for line in lines} if sent else None,
            "funds": funds_told(desk) if found else (),
            "form_key": desk.asked.one("key") or new_key(),
            "mistake": "",
            "against": (),
            "foreseen": (),
            **values,
        },
        status,
    )


def _waiting(desk: Desk) -> Sequence[Waiting]:
    return [
        Waiting(proposed_text(desk.looking, each), f"/decisions/new?{urlencode({'title': each.title})}")
        for each in proposed(desk.looking)
    ]


PAGES = (
    Page("GET", "/decisions", show_all, part="decisions"),
    Page("GET", "/decisions/new", choose, part="decisions"),
    Page("POST", "/decisions/new", make, part="decisions", acts=True),
)
