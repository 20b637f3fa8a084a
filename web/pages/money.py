"""Tiền thưởng: the fund of the year, what each issued decision pays, its certificates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from runtime.acts import handing, paying
from runtime.acts.acting import Acting
from runtime.acts.funding import FundSet, set_fund
from runtime.office.typed import whole
from runtime.views.fund import COLUMNS as FUND_COLUMNS
from runtime.views.fund import fund_facts, fund_of, movement_cells, warnings
from runtime.views.payments import (
    COLUMNS,
    IssuedSums,
    Money,
    PaymentLine,
    issued_in,
    payment_cells,
    payment_lists,
    totals,
)
from web.desk import Desk, NotForYou
from web.doing import CURABLE, once, permitted
from web.failures import failed, told
from web.frame import new_key
from web.links import item_path
from web.pages.item import item_meant
from web.pages.problem import NoSuchPage
from web.replies import Page, Reply, Shown
from workflow.model.award_decisions import AwardDecision
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.facts import Item
from workflow.model.funds import KINDS
from workflow.model.money import dotted, in_words
from workflow.model.payments import CARRIED, PAID, PUT_OUT, RECOVERED, WAYS
from workflow.rules.inputs import option_read, parse_date, parse_integer

MOVES = {"pay": PAID, "recover": RECOVERED, "carry_over": CARRIED}
"""The acts on the lines of a payment list, by what the log calls them."""
SAID = {
    "number_certificates": "message.certificates_numbered",
    "hand_over": "message.certificates_handed",
    "return_certificates": "message.certificates_returned",
}
"""What is said of each act on certificates."""


class NoLinesChosen(UsageMistake):
    """Nothing is chosen; tick some lines, then repeat."""

    code = "no_lines_chosen"


class Decision(NamedTuple):
    """A decision that pays, in the year's list."""

    to: str
    ref: str
    number: str
    day: str
    total: str
    paid: str
    open: str
    settled: bool


class Line(NamedTuple):
    """A line of a payment list: its cells, and what may be done with it."""

    ref: str
    name: str
    cells: tuple[str, ...]
    to_pay: bool
    to_recover: bool


class Movement(NamedTuple):
    """A movement of money that stands."""

    number: int
    said: str


# -- the fund ----------------------------------------------------------------------------------------------


def front(desk: Desk) -> Reply:
    return _front(desk, "")


def _front(desk: Desk, mistake: str) -> Reply:
    looking, asked = desk.looking, desk.asked
    year = _year(desk)
    money = Money(looking, year)
    fund = fund_of(looking, year, money=money)
    narrow = desk.narrow
    issued = () if narrow else issued_in(looking, year, money=money)
    return Shown(
        "money",
        {
            "year": year,
            "years": sorted({looking.today.year, *looking.plan_years, year}, reverse=True),
            "facts": fund_facts(looking, fund),
            "warnings": warnings(looking, fund, unset="web.money.unset"),
            "columns": [looking.words(f"column.{name}") for name in FUND_COLUMNS],
            "movements": [movement_cells(looking, each) for each in fund.movements],
            "decisions": [_decision(desk, each) for each in issued][::-1],
            "narrow": narrow,
            "may_set": desk.may("fund"),
            "kinds": [(kind, looking.words(f"recorded.{kind}")) for kind in KINDS],
            "typed": {name: asked.one(name) for name in (*KINDS, "paper", "on", "note")},
            "mistake": mistake,
            "form_key": new_key(),
        },
        422 if mistake else 200,
    )


def _year(desk: Desk) -> int:
    typed = whole(desk.asked.one("year"))
    return typed if typed is not None and 1000 <= typed <= 9999 else desk.looking.today.year


def _decision(desk: Desk, each: IssuedSums) -> Decision:
    key, sums = each.key, each.sums
    return Decision(
        f"/money/{key.year}/{key.ref}",
        key.ref,
        each.number or "",
        desk.looking.day(each.issued_on),
        dotted(sums.total),
        dotted(sums.paid - sums.recovered),
        dotted(sums.open),
        sums.open == 0,
    )


def keep_fund(desk: Desk) -> Reply:
    """What kinds come to in the year, as it was typed; `+` and `-` add to them and take off."""
    asked, words, year = desk.asked, desk.words, _year(desk)

    def act(acting: Acting) -> Sequence[str]:
        role = permitted(acting, "fund", what=words("message.fund_of", nam=year))
        typed = {kind: word for kind in KINDS if (word := asked.one(kind))}
        found = set_fund(
            acting,
            year,
            typed,
            on=_day(desk, "on"),
            paper=asked.one("paper") or None,
            note=asked.one("note") or None,
            role=role,
        )
        return (_fund_told(desk, found),)

    return once(desk, act, f"/money?year={year}", again=lambda mistake: _front(desk, mistake))


def _fund_told(desk: Desk, found: FundSet) -> str:
    key = "fund_kept" if found.after != found.before else "fund_same"
    return desk.words(f"message.{key}", nam=found.year, so_tien=dotted(found.after.available))


# -- one decision ------------------------------------------------------------------------------------------


def of_decision(desk: Desk) -> Reply:
    return _of_decision(desk, _meant(desk), {})


def _meant(desk: Desk) -> Item:
    """The issued decision of the address. Raises UnknownReference, NotForYou, NoSuchPage."""
    looking = desk.looking
    item = item_meant(desk)
    if desk.narrow:
        raise NotForYou(chuc_vu=looking.position(desk.account) if desk.account else "—")
    if not isinstance(item.details, AwardDecision) or item.state not in PUT_OUT:
        raise NoSuchPage()
    return item


def _of_decision(desk: Desk, item: Item, values: Mapping[str, Any], *, status: int = 200) -> Reply:
    looking, asked = desk.looking, desk.asked
    words, ref = looking.words, looking.ref(item.key)
    found = next(iter(payment_lists(looking, (item.key.in_year,))), None)
    lines = found.lines if found else ()
    modes = [mode for mode in ("payment", "certificate") if desk.may(mode)]
    wanted = "certificate" if asked.one("act") in SAID else asked.one("for")
    mode = wanted if wanted in modes else next(iter(modes), "")
    return Shown(
        "payments",
        {
            "ref": ref,
            "path": f"/money/{item.key.year}/{item.key.ref}",
            "item_path": item_path(item.key),
            "content": looking.content(item),
            "paper": f"{found.number}, {looking.day(found.issued_on)}" if found else "",
            "totals": totals(looking, found) if found else (),
            "columns": [words(f"column.{name}") for name in COLUMNS],
            "lines": [_line(desk, each) for each in lines],
            "movements": [each for line in lines for each in _movements(desk, line)],
            "ways": [(way, words(f"choice.{way}")) for way in WAYS],
            "modes": [(mode, words(f"web.money.mode.{mode}")) for mode in modes],
            "mode": mode,
            "payer": looking.position(next(iter(looking.directory.holding("accountant")), "")),
            "chosen": set(asked.all("lines")) if asked.method == "POST" else None,
            "undone": set(asked.all("movements")),
            "typed": {
                name: asked.one(name) for name in ("on", "way", "receiver", "proxy", "reason", "first", "act")
            },
            "today": looking.day(looking.today),
            "label": {name: words(f"event.{name}.label") for name in (*MOVES, "undo_payment", *SAID)},
            "mistake": "",
            "foreseen": (),
            "form_key": new_key(),
            **values,
        },
        status,
    )


def _line(desk: Desk, each: PaymentLine) -> Line:
    name = each.name or desk.words("text.erased")
    return Line(each.line, name, payment_cells(desk.looking, each), each.open > 0, each.open < 0)


def _movements(desk: Desk, line: PaymentLine) -> Sequence[Movement]:
    looking = desk.looking
    return [
        Movement(
            each.number,
            f"{looking.day(each.on)} – {looking.words(f'event.{EVENTS[each.kind]}.past')}: "
            f"{line.name or looking.words('text.erased')}, {dotted(each.amount)}",
        )
        for each in line.movements
        if each.undoes is None and each.undone_by is None
    ]


EVENTS = {kind: event for event, kind in MOVES.items()}


def act(desk: Desk) -> Reply:
    """Moves money of the lines that are ticked, takes movements back, or keeps what becomes of certificates;
    all of them or none."""
    item, wanted = _meant(desk), desk.asked.one("act")
    if wanted not in WORKS:
        raise NoSuchPage()

    def again(mistake: str) -> Reply:
        return _of_decision(desk, item, {"mistake": mistake}, status=422)

    def work(acting: Acting) -> Sequence[str]:
        return WORKS[wanted](desk, acting, item, False)

    if not desk.asked.one("preview"):
        return once(desk, work, f"/money/{item.key.year}/{item.key.ref}", again=again)
    try:
        return _of_decision(desk, item, {"foreseen": WORKS[wanted](desk, desk.acting, item, True)})
    except TdktError as error:
        if failed(error) not in CURABLE:
            raise
        return again(told(error, desk.words))


def _move(desk: Desk, acting: Acting, item: Item, dry_run: bool) -> Sequence[str]:
    asked, words, ref = desk.asked, desk.words, desk.looking.ref(item.key)
    kind = MOVES[asked.one("act")]
    moved = paying.move(
        acting,
        item.key.in_year,
        _lines(desk),
        kind=kind,
        on=_day(desk, "on"),
        way=_way(desk) if kind != CARRIED else None,
        to=paying.receiver(asked.one("receiver") or None, asked.one("proxy") or None),
        role=permitted(acting, "payment", what=words("message.payment_of", ref=ref)),
        dry_run=dry_run,
    )
    return _moved(desk, moved, f"message.payment_{kind}", dry_run)


def _undo(desk: Desk, acting: Acting, item: Item, dry_run: bool) -> Sequence[str]:
    asked, words, ref = desk.asked, desk.words, desk.looking.ref(item.key)
    numbers = [number for word in asked.all("movements") if (number := whole(word)) is not None]
    if not numbers:
        raise NoLinesChosen()
    role = permitted(acting, "payment", what=words("message.payment_of", ref=ref))
    reason = asked.one("reason")
    moved = paying.undo(acting, item.key.in_year, numbers, reason=reason, role=role, dry_run=dry_run)
    return _moved(desk, moved, "message.payment_undone", dry_run)


def _moved(desk: Desk, moved: paying.Moved, key: str, dry_run: bool) -> Sequence[str]:
    """What was moved as one sentence; what would be, line by line with its sum."""
    words, total = desk.words, dotted(abs(moved.total))
    if not dry_run:
        n = len(moved.movements)
        return (words(key, ref=desk.looking.ref(moved.key), n=n, so_tien=total),)
    rows = [f"{each.dossier}/{each.line}: {dotted(each.amount)}" for each in moved.movements]
    in_full = f" ({in_words(moved.total)})" if moved.total > 0 else ""
    return (*rows, f"{words('payment.total')}: {dotted(moved.total)}{in_full}")


def _certificates(desk: Desk, acting: Acting, item: Item, dry_run: bool) -> Sequence[str]:
    """Numbers, the day of the ceremony, the day of the return; or what was kept of these is taken away."""
    asked, words, ref = desk.asked, desk.words, desk.looking.ref(item.key)
    role = permitted(acting, "certificate", what=words("message.certificates_of", ref=ref))
    wanted, drop, typed = asked.one("act"), asked.one("drop") == "yes", _lines(desk)
    at = item.key.in_year
    if wanted == "number_certificates":
        first = None if drop else _first(desk)
        done = handing.number(acting, at, typed, first=first, role=role, dry_run=dry_run)
    else:
        on = None if drop else _day(desk, "on")
        keep = handing.hand if wanted == "hand_over" else handing.take_back
        done = keep(acting, at, typed, on=on, role=role, dry_run=dry_run)
    key = SAID[wanted] if done.certificates else "message.certificates_same"
    return (words(key, ref=ref, n=len(done.certificates)),)


Work = Callable[[Desk, Acting, Item, bool], Sequence[str]]
WORKS: Mapping[str, Work] = {
    **dict.fromkeys(MOVES, _move),
    "undo_payment": _undo,
    **dict.fromkeys(SAID, _certificates),
}
"""What each button of a decision's page does; the last word says whether it is only tried."""


def _lines(desk: Desk) -> str:
    """The lines that are ticked. Raises NoLinesChosen."""
    chosen = desk.asked.all("lines")
    if not chosen:
        raise NoLinesChosen()
    return ",".join(chosen)


def _day(desk: Desk, name: str) -> date:
    """The day that is typed, else today. Raises InputMistakes."""
    typed = desk.asked.one(name)
    return option_read(parse_date, "pay", name, typed, like="02/03/2026") if typed else desk.looking.today


def _way(desk: Desk) -> str | None:
    typed = desk.asked.one("way")
    return typed if typed in WAYS else None


def _first(desk: Desk) -> int:
    """The first number that is typed. Raises InputMistakes."""
    return option_read(parse_integer, "number_certificates", "first", desk.asked.one("first"), like="15")


PAGES = (
    Page("GET", "/money", front, part="money"),
    Page("POST", "/money", keep_fund, part="money", acts=True),
    Page("GET", "/money/{year}/{ref}", of_decision, part="money"),
    Page("POST", "/money/{year}/{ref}", act, part="money", acts=True),
)
