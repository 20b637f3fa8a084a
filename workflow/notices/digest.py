"""The words of a message: a single notice as it is, several as a digest by what each item stands at. Pure.

The texts are the catalogue's (`notices.digest`, `notices.weekly`, `words.digest.*`), in Vietnamese. No
nominee is named: of a dossier only its body is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from workflow.model.calendar import WorkCalendar
from workflow.model.wording import (
    Value,
    date_vi,
    date_with_weekday_vi,
    fill,
    mid_sentence,
    position,
    render_notice,
    shorten,
)
from workflow.notices.deadline import SUPERIORS
from workflow.notices.delivery import EMAIL, Waiting

if TYPE_CHECKING:  # reading definitions needs these modules and no `transitions`
    from workflow.engine.machine import RunnableMachine
    from workflow.model.definition import Catalogue, DeadlinePolicy, Office
    from workflow.model.facts import Item

MOST_LINES = 15
SOON = 7
"""Working days ahead that count as soon."""
LONGEST_CONTENT = 160
SHORT_ID = 12
HEAD = re.compile(r"^(?:\[[^\]]*\]\s*)+")
"""The marks before a notice's subject, which a list of notices need not repeat."""

LISTS = ("late", "today", "soon", "mine", "other", "settled")
"""The lists of a digest, in the order in which they stand and are cut."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What an item stands at, for its line. `mine`: the reader must act on it; `lead` is who is in charge;
    `term` names the date where it is not the task's own, `acting_for` for which position it is."""

    ref: str
    content: str
    due_on: date | None
    state: str
    todo: str | None
    lead: str
    term: str | None
    derived: bool
    open: bool
    waiting: bool
    mine: bool
    acting_for: str | None = None


def topic_of(
    item: Item,
    notice: Waiting,
    *,
    machine: RunnableMachine,
    office: Office,
    policy: DeadlinePolicy,
    reader: str,
    dossier: str,
) -> Topic:
    """What `notice` is about. `dossier` says what a dossier is, with `{don_vi}` for its body."""
    declared = policy.term(notice.term) if notice.term else None
    state = machine.states[item.state]
    body = office.body(item.details.responsible)
    name = body.name if body else ""
    absent = office.account(notice.instead_of) if notice.instead_of else None
    return Topic(
        ref=item.key.ref,
        content=item.task.content if item.task else fill(dossier, don_vi=name),
        due_on=notice.due_on if notice.term or item.due_on is None else item.due_on,
        state=machine.label(item.state, item.kind).vi,
        todo=state.todo,
        lead=name,
        term=mid_sentence(declared.label.vi) if declared else None,
        derived=item.due_mark == "derived" and not notice.term,
        open=state.open,
        waiting=item.waiting,
        mine=bool({reader, notice.instead_of} & {*item.owners, *item.asked}),
        acting_for=position(absent.label.vi) if absent else None,
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """To whom a message goes: the position's name, and whether it is reported to instead of reminded."""

    label: str
    superior: bool

    @classmethod
    def of(cls, account: str, office: Office) -> Reader:
        found = office.account(account)
        if found is None:
            return cls(account, superior=False)
        return cls(found.label.vi, superior=any(role in SUPERIORS for role in found.roles))


@dataclass(frozen=True, slots=True)
class House:
    """What every message of an office has in common; `today` is the local day on which it is made."""

    catalogue: Catalogue
    title: str
    contact: str
    sandbox: bool
    calendar: WorkCalendar
    today: date


def compose(
    notices: Sequence[tuple[Waiting, Topic | None]],
    *,
    reader: Reader,
    house: House,
    channel: str,
    id: str,
    weekly: bool,
) -> tuple[str, str]:
    """Subject (one line) and text of the message `id`: of one notice its own, of several their digest.

    Over other channels than e-mail, which has a message id of its own, the text says the id's beginning.
    """
    if len(notices) == 1 and notices[0][0].subject is not None:
        (notice, _topic), *_ = notices
        subject, text = str(notice.subject), notice.text or ""
        see = fill(_word(house, "see"), ref=notice.ref) if notice.ref else None
    else:
        subject, text = _digest(notices, reader=reader, house=house, weekly=weekly)
        see = None
    mark = None if channel == EMAIL else fill(_word(house, "mark"), so=id[:SHORT_ID])
    added = [line for line in (see, mark) if line is not None]
    return subject, _before_closing(text, added, house)


def _word(house: House, key: str) -> str:
    return house.catalogue.words[f"digest.{key}"].vi


def _before_closing(text: str, added: Sequence[str], house: House) -> str:
    """The lines stand above the one that says who writes, which every notice closes with."""
    closing = fill(house.catalogue.words["notice.closing"].vi, ten_xa=house.title, lien_he=house.contact)
    lines = text.splitlines()
    at = len(lines) - 1 - lines[::-1].index(closing) if closing in lines else len(lines)
    return "\n".join([*lines[:at], *added, *lines[at:]])


def _digest(
    notices: Sequence[tuple[Waiting, Topic | None]], *, reader: Reader, house: House, weekly: bool
) -> tuple[str, str]:
    lists = _listed(notices, reader=reader, house=house)
    values: dict[str, Value] = {
        "chuc_vu_nhan": reader.label,
        "ngay": date_vi(house.today),
        "tuan": house.today.isocalendar().week,
        "n_qua_han": len(lists["late"]),
        "n_den_han": len(lists["today"]),
        "n_sap_den": len(lists["soon"]),
        "n": sum(map(len, lists.values())),
        "danh_sach": "\n".join(_lines(lists, reader=reader, house=house)),
    }
    counted = any(lists[name] for name in ("late", "today", "soon"))
    return render_notice(
        house.catalogue,
        "weekly" if weekly else "digest" if counted else "digest_plain",
        values=values,
        office_title=house.title,
        contact=house.contact,
        sandbox=house.sandbox,
        derived=False,
        superior=reader.superior,
    )


def _listed(
    notices: Sequence[tuple[Waiting, Topic | None]], *, reader: Reader, house: House
) -> dict[str, list[str]]:
    """The lines by list: one for each item that deadlines told of, and one for each other notice."""
    topics: dict[tuple[int, str, str | None], Topic] = {}
    lists: dict[str, list[str]] = {name: [] for name in LISTS}
    for notice, topic in notices:
        if topic is None or notice.due_on is None:
            lists["other"].append(" ".join((_notice_line(notice, house), *_acting_for(topic, house))))
        else:
            topics[notice.year, topic.ref, notice.term] = topic
    for topic in sorted(topics.values(), key=lambda topic: (topic.due_on or date.max, topic.ref)):
        lists[_list_of(topic, house)].append(_topic_line(topic, reader=reader, house=house))
    return lists


def _list_of(topic: Topic, house: House) -> str:
    if not topic.open:
        return "settled"
    if topic.due_on is None or topic.waiting:
        return "mine" if topic.mine else "other"
    if topic.due_on < house.today:
        return "late"
    if topic.due_on == house.today:
        return "today"
    if house.calendar.working_days_between(house.today, topic.due_on) <= SOON:
        return "soon"
    return "mine" if topic.mine else "other"


def _lines(lists: dict[str, list[str]], *, reader: Reader, house: House) -> Iterator[str]:
    """Headings and lines, with one that counts what is left out."""
    left = MOST_LINES
    for name, lines in lists.items():
        shown = lines[:left]
        if shown:
            yield ""
            yield fill(_spoken(house, name, reader), n=len(lines))
            yield from shown
        left -= len(shown)
    total = sum(len(lines) for lines in lists.values())
    if total > MOST_LINES:
        yield fill(_word(house, "more"), n=total - MOST_LINES)
    yield ""


def _spoken(house: House, key: str, reader: Reader) -> str:
    """The wording for a superior where there is one of its own."""
    own = house.catalogue.words.get(f"digest.superior.{key}") if reader.superior else None
    return own.vi if own else _word(house, key)


def _notice_line(notice: Waiting, house: House) -> str:
    subject = HEAD.sub("", notice.subject or "")
    line = fill(_word(house, "notice"), noi_dung=subject)
    return f"{line} {fill(_word(house, 'see'), ref=notice.ref)}" if notice.ref else line


def _acting_for(topic: Topic | None, house: House) -> tuple[str, ...]:
    """That the reader acts for somebody else, where it does."""
    if topic is None or topic.acting_for is None:
        return ()
    return (fill(_word(house, "acting_for"), chuc_vu_vang=topic.acting_for),)


def _topic_line(topic: Topic, *, reader: Reader, house: House) -> str:
    late = (house.today - topic.due_on).days if topic.due_on else 0
    values: dict[str, Value] = {
        "ref": topic.ref,
        "noi_dung": shorten(topic.content, LONGEST_CONTENT).rstrip("."),
        "han": _due(topic, house),
        "tre": late if topic.open and not topic.waiting and late > 0 else None,
        "trang_thai": mid_sentence(topic.state),
        "viec_can_lam": topic.todo,
        "chu_tri": topic.lead,
        "ten_han": topic.term,
    }
    said = [fill(_spoken(house, "line_late" if values["tre"] else "line", reader), **values)]
    said += [fill(_spoken(house, _asked(topic, late=values["tre"] is not None), reader), **values)]
    said += _acting_for(topic, house)
    said += [fill(_word(house, "enter" if topic.open and topic.waiting else "see"), **values)]
    return " ".join(said)


def _due(topic: Topic, house: House) -> str | None:
    """The date in words; none of what waits for others, whose date nobody knows."""
    if topic.due_on is None or (topic.waiting and topic.derived):
        return None
    day = date_with_weekday_vi(topic.due_on)
    return fill(_word(house, "derived"), han=day) if topic.derived else day


def _asked(topic: Topic, *, late: bool) -> str:
    """Which sentence says what is wanted of the reader."""
    if not topic.open:
        return "done"
    if topic.waiting:
        return "ask"
    if topic.mine and topic.todo:
        return "act"
    return "follow" if late else "inform"
