"""Phiên họp Hội đồng: the list, a new session, the screens of its preparation, roll and conclusions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from runtime.acts.sessions import Step, new_session
from runtime.office.sentences import input_mistakes
from runtime.views.answers import answer_of, key_of, reasons_told
from runtime.views.session_forecast import proposed_recusals
from runtime.views.session_people import member_rows
from runtime.views.session_votes import conclusion_rows
from runtime.views.sessions import agenda_rows, awaiting, awaiting_rows, quorum, sessions_of
from web.asking import Outcome, asked_of, fresh, sent_twice, unless_done, wrong
from web.desk import Desk
from web.frame import new_key
from web.links import item_path
from web.pages.vote import session_meant
from web.replies import Page, Redirect, Reply, Shown
from web.saying import said_of
from workflow.model.errors import InputMistakes, TdktError
from workflow.model.facts import Item, Key
from workflow.model.sessions import CouncilSession
from workflow.model.sight import sees
from workflow.model.wording import refs_in_runs

PLANNED = ("date", "at", "place", "presiding", "secretary")


def listed(desk: Desk) -> Reply:
    looking = desk.looking

    def seen(item: Item) -> bool:
        return sees(looking.directory, desk.account, item, looking.today)

    rows = [
        (item_path(Key(looking.office, row.record.year, row.record.ref)), row)
        for row in sessions_of(looking, seen)
    ]
    return Shown("sessions", {"rows": rows, "parts": desk.parts, "waiting": len(awaiting(looking))})


# -- a new one ---------------------------------------------------------------------------------------------


def ask_new(desk: Desk) -> Reply:
    return _new(desk)


def do_new(desk: Desk) -> Reply:
    asked = desk.asked
    words = {name: word for name in PLANNED if (word := asked.one(name))}
    by_writing = asked.one("mode") == "writing"
    try:
        result = new_session(desk.acting_by(asked.one("key")), words, by_writing=by_writing)
    except InputMistakes as mistakes:
        return _new(desk, mistakes=input_mistakes(mistakes, desk.words), status=422)
    except TdktError as error:
        return sent_twice(desk, error, to="/sessions")
    if result.refused is not None:
        return _new(desk, against=reasons_told(desk.looking, result.refused.reasons), status=422)
    told = said_of(answer_of(desk.looking, result, by=desk.account))
    return Redirect(item_path(key_of(desk.looking, result)), said=told)


def _new(
    desk: Desk, *, mistakes: Mapping[str, str] | None = None, against: Any = (), status: int = 200
) -> Reply:
    looking, asked = desk.looking, desk.asked
    values = {
        "mistakes": mistakes or {},
        "against": against,
        "typed": {name: asked.one(name) for name in (*PLANNED, "mode")},
        "accounts": [(account.id, looking.account(account.id)) for account in looking.directory.accounts],
        "form_key": asked.one("key") or new_key(),
    }
    return Shown("new_session", values, status)


# -- screens of one session --------------------------------------------------------------------------------


def _meant(desk: Desk) -> Item:
    """The session of the address, for those who may see all dossiers: the screens show those that wait, too.
    Raises NotForYou, UnknownReference."""
    item = session_meant(desk)
    desk.require("dossiers")
    return item


def _screen(desk: Desk, item: Item, template: str, outcome: Outcome, values: Mapping[str, Any]) -> Reply:
    looking = desk.looking
    around = {
        "item": item,
        "ref": looking.ref(item.key),
        "about": looking.content(item),
        "path": item_path(item.key),
        "o": outcome,
        "typed": desk.asked,
    }
    return Shown(template, {**around, **values}, outcome.status)


def _done_or(
    desk: Desk, item: Item, steps: list[Step], shown: Callable[[Desk, Item, Outcome], Reply], lacking: str
) -> Reply:
    """Asks the steps; without one the screen says what is `lacking`."""
    if not steps:
        return shown(desk, item, wrong(desk, item, {"": lacking}))
    outcome = asked_of(desk, item, steps, to=item_path(item.key))
    return outcome if isinstance(outcome, Redirect) else shown(desk, item, outcome)


def agenda(desk: Desk) -> Reply:
    item = _meant(desk)
    return _agenda(desk, item, fresh(desk, item, "agenda_add"))


def do_agenda(desk: Desk) -> Reply:
    item, asked = _meant(desk), desk.asked
    why = {"reason": asked.one("reason")} if asked.one("reason") else {}
    steps = [
        Step(event, {"dossiers": ",".join(refs), **why})
        for event, refs in (("agenda_remove", asked.all("remove")), ("agenda_add", asked.all("add")))
        if refs
    ]
    return _done_or(desk, item, steps, _agenda, desk.words("web.session.no_dossiers"))


def _agenda(desk: Desk, item: Item, outcome: Outcome) -> Reply:
    values = {
        "rows": agenda_rows(desk.looking, item),
        "waiting": awaiting_rows(desk.looking),
        "invited": item.state == "called",
        "again": desk.asked.method == "POST",
    }
    return _screen(desk, item, "agenda", outcome, values)


def roll(desk: Desk) -> Reply:
    item = _meant(desk)
    return _roll(desk, item, fresh(desk, item, "open" if item.state == "called" else "arrive"))


def do_roll(desk: Desk) -> Reply:
    """Opens the meeting with who is there and who comes later, or records who comes and goes since."""
    item, asked = _meant(desk), desk.asked
    members = [row.account for row in member_rows(desk.looking, item)]
    stands = {id: asked.one(f"stands.{id}") for id in members}
    hours = {id: asked.one(f"at.{id}") for id in members}
    people = {name: word for name in ("presiding", "secretary") if (word := asked.one(name))}
    steps, mistakes = list[Step](), dict[str, str]()
    if item.state == "called" or asked.one("again"):
        there = [id for id in members if stands[id] == "present"]
        at = {"at": asked.one("at")} if asked.one("at") else {}
        words = {**at, **({"present": ",".join(there)} if there else {}), **people}
        steps.append(Step("open" if item.state == "called" else "roll", words))
        moves = [("arrive", "late")]
    else:
        moves = [("arrive", "came"), ("leave", "left")]
    usual = asked.one("at") if item.state != "called" else ""
    moved = [(hours[id] or usual, event, id) for event, word in moves for id in members if stands[id] == word]
    for hour, _event, id in moved:
        if not hour:
            mistakes[f"at.{id}"] = desk.words("web.session.no_hour", chuc_vu=desk.looking.position(id))
    if mistakes:
        return _roll(desk, item, wrong(desk, item, mistakes))
    if item.state == "opened" and (preside := asked.one("preside")):
        moved.append((usual, "preside", preside))
    order = {"arrive": 0, "preside": 1, "leave": 2}
    groups: dict[tuple[str, str], list[str]] = {}
    for hour, event, id in sorted(moved, key=lambda each: (_padded(each[0]), order[each[1]])):
        groups.setdefault((hour, event), []).append(id)
    for (hour, event), ids in groups.items():
        who = {"member" if event == "preside" else "members": ",".join(ids)}
        steps.append(Step(event, {**who, **({"at": hour} if hour else {})}))
    return _done_or(desk, item, steps, _roll, desk.words("web.session.nobody_moved"))


def _padded(hour: str) -> str:
    """`8:40` before `10:00`."""
    return hour.rjust(5, "0")


def _roll(desk: Desk, item: Item, outcome: Outcome) -> Reply:
    session = CouncilSession.of(item)
    rows = member_rows(desk.looking, item)
    values = {
        "rows": rows,
        "opening": item.state == "called" or bool(desk.asked.one("again")),
        "anew": bool(desk.asked.one("again")),
        "can_anew": item.state == "opened" and not session.ballots,
        "meets": not session.by_writing,
        "again": desk.asked.method == "POST",
        "at": desk.asked.one("at") or (session.planned_at or "" if item.state == "called" else ""),
        "quorum": quorum(desk.looking, item.details if isinstance(item.details, CouncilSession) else session),
        "members": len(rows),
    }
    return _screen(desk, item, "roll", outcome, values)


def recusals(desk: Desk) -> Reply:
    item = _meant(desk)
    return _recusals(desk, item, fresh(desk, item, "recuse"))


def do_recusals(desk: Desk) -> Reply:
    item, chosen = _meant(desk), desk.asked.all("recusal")
    steps = [
        Step("recuse", {"member": each.member, "lines": ",".join(each.lines), "why": each.why})
        for each in proposed_recusals(desk.looking, CouncilSession.of(item))
        if f"{each.member}.{each.why}" in chosen
    ]
    return _done_or(desk, item, steps, _recusals, desk.words("web.session.no_recusals"))


def _recusals(desk: Desk, item: Item, outcome: Outcome) -> Reply:
    looking, session = desk.looking, CouncilSession.of(item)
    words = looking.words
    values = {
        "proposed": [
            (
                f"{each.member}.{each.why}",
                looking.position(each.member),
                refs_in_runs(each.lines),
                words(f"choice.{each.why}"),
            )
            for each in proposed_recusals(looking, session)
        ],
        "recorded": [
            (looking.position(each.member), refs_in_runs(each.lines), words(f"choice.{each.why}"))
            for each in session.recusals
        ],
        "again": desk.asked.method == "POST",
    }
    return _screen(desk, item, "recusals", outcome, values)


def conclude(desk: Desk) -> Reply:
    item = _meant(desk)
    return _conclude(desk, item, fresh(desk, item, "conclude"))


def do_conclude(desk: Desk) -> Reply:
    """What is concluded as counted is one event, without lines where it is all; the rest by conclusion."""
    item, asked = _meant(desk), desk.asked
    rows = conclusion_rows(desk.looking, item)
    chosen = {row.ref: asked.one(f"to.{row.ref}") for row in rows}
    why = {"reason": asked.one("reason")} if asked.one("reason") else {}
    usual = [row.ref for row in rows if row.usual and chosen[row.ref] == row.usual]
    steps = []
    if usual:
        every = usual == [row.ref for row in rows if row.usual]
        steps.append(Step("conclude", {} if every and not why else {"lines": ",".join(usual), **why}))
    others: dict[str, list[str]] = {}
    for row in rows:
        if chosen[row.ref] and chosen[row.ref] != row.usual:
            others.setdefault(chosen[row.ref], []).append(row.ref)
    left = [
        Step("conclude", {"lines": ",".join(refs), "conclusion": said, **why})
        for said, refs in others.items()
    ]
    return _done_or(desk, item, [*left, *steps], _conclude, desk.words("web.session.no_conclusion"))


def _conclude(desk: Desk, item: Item, outcome: Outcome) -> Reply:
    asked, rows = desk.asked, conclusion_rows(desk.looking, item)
    chosen = {
        row.ref: asked.one(f"to.{row.ref}") if asked.method == "POST" else row.usual or "" for row in rows
    }
    return _screen(desk, item, "conclude", outcome, {"rows": rows, "chosen": chosen})


def others_attend(desk: Desk) -> Reply:
    """All members who have not answered will come."""
    from runtime.views.sessions import silent_members

    item = _meant(desk)
    steps = [Step("reply", {"answer": "attend", "member": id}) for id in silent_members(desk.looking, item)]
    outcome = asked_of(desk, item, steps, to=item_path(item.key)) if steps else Redirect(item_path(item.key))
    return outcome if isinstance(outcome, Redirect) else _roll(desk, item, replace(outcome, foreseen=None))


PAGES = (
    Page("GET", "/sessions", listed, part="sessions"),
    Page("GET", "/sessions/new", ask_new, part="sessions"),
    Page("POST", "/sessions/new", unless_done(do_new), part="sessions", acts=True),
    Page("GET", "/items/{year}/{ref}/agenda", agenda),
    Page("POST", "/items/{year}/{ref}/agenda", unless_done(do_agenda), acts=True),
    Page("GET", "/items/{year}/{ref}/roll", roll),
    Page("POST", "/items/{year}/{ref}/roll", unless_done(do_roll), acts=True),
    Page("GET", "/items/{year}/{ref}/recusals", recusals),
    Page("POST", "/items/{year}/{ref}/recusals", unless_done(do_recusals), acts=True),
    Page("GET", "/items/{year}/{ref}/conclude", conclude),
    Page("POST", "/items/{year}/{ref}/conclude", unless_done(do_conclude), acts=True),
    Page("POST", "/items/{year}/{ref}/others-attend", unless_done(others_attend), acts=True),
)
