"""Đơn vị chưa gửi: who owes a dossier to what, for how long, when it was written to; reminding them, and what
they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from runtime.acts.expect import ListResult, answer_for, chase_chosen, open_for
from runtime.views import expected
from runtime.views.answers import ReasonTold, reasons_told
from runtime.views.items import DERIVED
from web.desk import Desk
from web.frame import new_key
from web.links import item_path
from web.replies import Page, Redirect, Reply, Shown
from workflow.model.errors import UnknownReference
from workflow.model.facts import Key
from workflow.model.references import reference
from workflow.rules.inputs import parse_date
from workflow.rules.not_an_input import NotAnInput
from workflow.services.expect import COLLECTORS, Listed

MOST = 150
"""Bodies on a page: what answered is told by its number where there are more."""


class Row(NamedTuple):
    """A body of a list: its box, what stands of it, and where its answer is recorded."""

    box: str
    body: str
    status: str
    asked_on: str
    due: str
    answer: str
    chased: str
    late: bool
    silent: bool
    answer_to: str


class List(NamedTuple):
    """A task's bodies, those that are silent first."""

    id: str
    ref: str
    to: str
    content: str
    ground: str
    counts: str
    rows: Sequence[Row]
    open: bool


class Proposed(NamedTuple):
    """A movement for which nobody was asked yet."""

    ref: str
    content: str
    to: str
    n: int


class Letter(NamedTuple):
    """A notice as it would be sent."""

    body: str
    to: str
    subject: str
    text: str


def show(desk: Desk) -> Reply:
    return _shown(desk)


def _shown(desk: Desk, *, status: int = 200, **found: Any) -> Reply:
    looking = desk.looking
    planned = bool(looking.plan_years)
    values = {
        "lists": [_list(desk, listed) for listed in expected.lists_of(looking)] if planned else (),
        "proposed": [_proposed(desk, each) for each in expected.proposed_lists(looking)] if planned else (),
        "collects": _collects(desk),
        "ticked": desk.asked.all("body"),
        "derived": DERIVED,
        "against": (),
        "nobody": False,
        **found,
    }
    return Shown("chase", values, status)


def _collects(desk: Desk) -> bool:
    account = desk.looking.directory.account(desk.account) if desk.account else None
    return account is not None and not set(COLLECTORS).isdisjoint(account.roles)


def _list(desk: Desk, listed: expected.OwedList) -> List:
    looking = desk.looking
    ordered = sorted(listed.owed, key=lambda owed: owed.status != "silent")
    return List(
        id=f"{listed.key.year}-{listed.key.ref}",
        ref=looking.ref(listed.key),
        to=item_path(listed.key),
        content=listed.content,
        ground=expected.ground_text(looking, listed) if listed.owed[0].guidance else "",
        counts=expected.counts_text(looking, listed),
        rows=[_row(desk, owed) for owed in ordered[:MOST]],
        open=listed.task.closed_on is None,
    )


def _row(desk: Desk, owed: expected.Owed) -> Row:
    looking = desk.looking
    box = f"{owed.key.in_year}/{owed.body}"
    answered = owed.status in ("silent", "nothing") and owed.task.closed_on is None
    return Row(
        box=box,
        body=looking.body(owed.body),
        status=expected.status_text(looking, owed),
        asked_on=looking.day(owed.expectation.asked_on),
        due=looking.day(owed.due) + (DERIVED if owed.derived else ""),
        answer=expected.answer_text(looking, owed),
        chased=expected.chased_text(looking, owed),
        late=owed.status == "silent" and owed.late > 0,
        silent=owed.waited_for,
        answer_to=f"/chase/answer?body={box}" if answered else "",
    )


def _proposed(desk: Desk, each: expected.ProposedList) -> Proposed:
    looking, key = desk.looking, each.task.key
    return Proposed(
        looking.ref(key), looking.content(each.task), f"/chase/open?ref={key.in_year}", len(each.bodies)
    )


# -- writing to them -------------------------------------------------------------------------------------


def chase(desk: Desk) -> Reply:
    """Shows what each would get; confirmed, writes to them, once by the form's key."""
    asked, confirmed = desk.asked, desk.asked.one("confirmed") == "yes"
    acting = desk.acting_by(asked.one("key")) if confirmed else desk.acting
    acting.require_actor()
    if confirmed and desk.done_before(acting):
        return Redirect("/chase")
    chosen = _chosen(desk)
    if not chosen:
        return _shown(desk, status=422, nobody=True)
    again = asked.one("again") == "yes"
    outcomes = chase_chosen(acting, chosen, again=again, dry_run=not confirmed)
    against = _against(desk, outcomes)
    if against:
        # What is refused is tried in earnest all the same, so that it is logged.
        if not confirmed:
            chase_chosen(acting, chosen, again=again)
        return _shown(desk, status=422, against=against)
    lists = [outcome for outcome in outcomes if isinstance(outcome, Listed)]
    if not confirmed:
        return _letters(desk, lists)
    notices = sum(len(listed.notices) for listed in lists)
    bodies = sum(len(listed.rows) for listed in lists)
    key = "expect.chased" if bodies else "expect.nobody_to_chase"
    said = desk.words(key, m=bodies, n=notices) if bodies else desk.words(key)
    return Redirect("/chase", said=(said,))


def _chosen(desk: Desk) -> Mapping[Key, tuple[str, ...]]:
    """The bodies of the ticked boxes by their tasks. Raises BadReference."""
    found: dict[Key, tuple[str, ...]] = {}
    for box in desk.asked.all("body"):
        task, body = _of_box(desk, box)
        found[task] = (*found.get(task, ()), body)
    return found


def _of_box(desk: Desk, box: str) -> tuple[Key, str]:
    task, _, body = box.rpartition("/")
    meant = reference(task)
    if meant.office or meant.year is None or not body:
        raise UnknownReference(ref=task)
    return Key(desk.looking.office, meant.year, meant.ref), body


def _against(desk: Desk, outcomes: Sequence[ListResult]) -> Sequence[ReasonTold]:
    refused = [outcome for outcome in outcomes if not isinstance(outcome, Listed)]
    return reasons_told(desk.looking, refused[0].refused.reasons) if refused else ()


def _letters(desk: Desk, lists: Sequence[Listed]) -> Reply:
    looking = desk.looking
    letters = [
        Letter(
            _of_reader(desk, listed, notice.instead_of or notice.to),
            looking.account(notice.to),
            notice.subject,
            notice.text,
        )
        for listed in lists
        for notice in listed.notices
    ]
    today = [looking.body(body) for listed in lists for body in listed.skipped]
    unread = [
        looking.body(row.body)
        for listed in lists
        for row in listed.rows
        if not expected.speakers_of(looking, row.body)
    ]
    return Shown(
        "chase_read",
        {
            "letters": letters,
            "today": today,
            "unread": unread,
            "boxes": desk.asked.all("body"),
            "again": desk.asked.one("again") == "yes",
            "form_key": new_key(),
        },
    )


def _of_reader(desk: Desk, listed: Listed, account: str) -> str:
    """The bodies of the list for which the account speaks."""
    looking = desk.looking
    spoken = [row.body for row in listed.rows if account in expected.speakers_of(looking, row.body)]
    return "; ".join(map(looking.body, spoken))


# -- what they answer ------------------------------------------------------------------------------------


def ask_answer(desk: Desk) -> Reply:
    return _answer_form(desk)


def _owed(desk: Desk) -> expected.Owed:
    """The body's row, if the position may see it. Raises UnknownReference."""
    looking, box = desk.looking, desk.asked.one("body")
    task, body = _of_box(desk, box)
    lists = expected.lists_of(looking, of=task)
    rows = [owed for listed in lists for owed in listed.owed if owed.body == body]
    narrow = desk.narrow
    if not rows or (narrow and not expected.answers_for(rows[0], desk.account or "", looking)):
        raise UnknownReference(ref=box)
    return rows[0]


def _answer_form(desk: Desk, *, status: int = 200, **found: Any) -> Reply:
    owed, looking = _owed(desk), desk.looking
    values = {
        "box": desk.asked.one("body"),
        "body": looking.body(owed.body),
        "ref": looking.ref(owed.key),
        "content": looking.content(owed.task),
        "status": expected.status_text(looking, owed),
        "undo": owed.status == "nothing",
        "on": desk.asked.one("on"),
        "form_key": desk.asked.one("key") or new_key(),
        "back": "/chase" if "chase" in desk.parts else "/inbox",
        "wrong": False,
        "against": (),
        **found,
    }
    return Shown("chase_answer", values, status)


def answer(desk: Desk) -> Reply:
    """Records that the body proposes nothing, or takes that back."""
    asked = desk.asked
    acting = desk.acting_by(asked.one("key"))
    acting.require_actor()
    back = "/chase" if "chase" in desk.parts else "/inbox"
    if desk.done_before(acting):
        return Redirect(back)
    owed, undo = _owed(desk), asked.one("silent") == "yes"
    try:
        on = parse_date(asked.one("on")) if asked.one("on") and not undo else None
    except NotAnInput:
        return _answer_form(desk, status=422, wrong=True)
    status: Literal["silent", "nothing"] = "silent" if undo else "nothing"
    outcomes = answer_for(acting, owed.key.in_year, owed.body, status=status, on=on)
    against = _against(desk, outcomes)
    if against:
        return _answer_form(desk, status=422, against=against)
    words = desk.words
    said = words.inside(words(f"expect.status.{status}"))
    shown = {"ref": desk.looking.ref(owed.key), "don_vi": desk.looking.body(owed.body), "tinh_trang": said}
    return Redirect(back, said=(words("expect.recorded", **shown),))


# -- asking them -----------------------------------------------------------------------------------------


def ask_open(desk: Desk) -> Reply:
    return _open_form(desk)


def _open_form(desk: Desk, *, status: int = 200, **found: Any) -> Reply:
    looking, asked = desk.looking, desk.asked
    meant = reference(asked.one("ref"))
    key = Key(looking.office, meant.year or looking.year, meant.ref)
    proposed = expected.proposed_lists(looking, of=key)
    if not proposed:
        raise UnknownReference(ref=meant.ref)
    bodies = proposed[0].bodies
    ticked = asked.all("body") if asked.method == "POST" else bodies
    values = {
        "ref": looking.ref(key),
        "in_year": key.in_year,
        "content": looking.content(proposed[0].task),
        "bodies": [(body, looking.body(body), body in ticked) for body in bodies],
        "due": asked.one("due"),
        "task_due": looking.day(proposed[0].task.due_on),
        "form_key": asked.one("key") or new_key(),
        "wrong": False,
        "nobody": False,
        "against": (),
        **found,
    }
    return Shown("chase_open", values, status)


def open_list(desk: Desk) -> Reply:
    """Asks the ticked bodies for their dossiers."""
    asked = desk.asked
    acting = desk.acting_by(asked.one("key"))
    acting.require_actor()
    if desk.done_before(acting):
        return Redirect("/chase")
    bodies = asked.all("body")
    try:
        due = parse_date(asked.one("due")) if asked.one("due") else None
    except NotAnInput:
        return _open_form(desk, status=422, wrong=True)
    if not bodies:
        return _open_form(desk, status=422, nobody=True)
    outcomes = open_for(acting, asked.one("ref"), bodies=bodies, due=due)
    against = _against(desk, outcomes)
    if against:
        return _open_form(desk, status=422, against=against)
    (listed,) = (outcome for outcome in outcomes if isinstance(outcome, Listed))
    ref = acting.ref(listed.item.key)
    return Redirect("/chase", said=(desk.words("web.chase.opened", ref=ref, n=len(listed.rows)),))


PAGES = (
    Page("GET", "/chase", show, part="chase"),
    Page("POST", "/chase", chase, part="chase", acts=True),
    Page("GET", "/chase/open", ask_open, part="chase"),
    Page("POST", "/chase/open", open_list, part="chase", acts=True),
    Page("GET", "/chase/answer", ask_answer, part="inbox"),
    Page("POST", "/chase/answer", answer, part="inbox", acts=True),
)
