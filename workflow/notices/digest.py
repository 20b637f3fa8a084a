"""The words of a message: a single notice as it is, several as a digest, sorted by how urgent each item is.

The texts are the catalogue's (`notices.digest`, `notices.weekly`, `words.digest.*`), in Vietnamese. No
nominee is named: a dossier is told by its body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from workflow.model.calendar import WorkCalendar
from workflow.model.lateness import waits
from workflow.model.references import printed
from workflow.model.roles import is_superior
from workflow.model.wording import (
    Sender,
    Value,
    date_vi,
    date_with_weekday_vi,
    fill,
    mid_sentence,
    render_notice,
    shorten,
)
from workflow.notices.delivery import EMAIL, Waiting
from workflow.notices.rendering import position_of
from workflow.notices.turn import TURNS

if TYPE_CHECKING:  # reading definitions needs these modules and no `transitions`
    from workflow.engine.case import Case
    from workflow.model.definition import Catalogue, Office
    from workflow.model.facts import Item

MOST_LINES = 15
SOON = 7
"""A date within so many working days is soon."""
LONGEST_CONTENT = 160
SHORT_ID = 12
HEAD = re.compile(r"^(?:\[[^\]]*\]\s*)+")
"""The marks in brackets before a notice's subject, which a list of notices does not repeat."""

LISTS = ("late", "today", "soon", "mine", "other", "settled")
"""The lists of a digest in their order; where there are too many lines, the last lists are cut."""


@dataclass(frozen=True, slots=True)
class Topic:
    """An item as it stands now, for its line in a digest.

    `lead` is the body in charge. `mine`: the reader must act on it. `term` is the name of the date where it
    is not the task's own. `acting_for` is the absent position in whose place the reader gets it.
    """

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


def topic_of(item: Item, notice: Waiting, case: Case, *, reader: str, about: str) -> Topic:
    """What `notice` is about, in the words of the catalogue's text `about` for items of its subject."""
    setting, office, machine = case.setting, case.office, case.machine(item)
    declared = setting.policy.term(notice.term) if notice.term else None
    state = machine.states[item.state]
    target = _told_target(item, notice, case)
    body = office.body(item.details.responsible)
    name = body.name if body else ""
    return Topic(
        ref=setting.ref(item.key),
        content=fill(about, **item.details.told(setting.of(item), case.catalogue)),
        due_on=notice.due_on if notice.term or item.due_on is None else target or item.due_on,
        state=machine.label_of(item).vi,
        todo=state.todo,
        lead=name,
        term=mid_sentence(declared.label.vi) if declared else _target_name(target, case),
        derived=item.due_mark == "derived" and not notice.term and target is None,
        open=state.open,
        waiting=waits(item, machine.definition.kind(item.kind), case.today),
        mine=bool({reader, notice.instead_of} & {*item.owners, *item.asked}),
        acting_for=position_of(office, notice.instead_of) if notice.instead_of else None,
    )


def _told_target(item: Item, notice: Waiting, case: Case) -> date | None:
    """The internal target that the item's line tells; once the plan's date is past, that one is told."""
    due, target = item.due_on, item.target_on
    if notice.term or target is None or due is None or target == due or due < case.today:
        return None
    return target


def _target_name(target: date | None, case: Case) -> str | None:
    return mid_sentence(case.catalogue.words["column.target"].vi) if target else None


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom a message goes: the position's name, and whether it is reported to instead of reminded."""

    label: str
    superior: bool

    @classmethod
    def of(cls, account: str, office: Office) -> Recipient:
        found = office.account(account)
        return cls(found.label.vi if found else account, is_superior(office, account))


@dataclass(frozen=True, slots=True)
class DigestSetting:
    """What all messages of an office that are made in one pass share; `today` is the office's local day,
    `newest` the year of its newest plan."""

    catalogue: Catalogue
    title: str
    contact: str
    sandbox: bool
    calendar: WorkCalendar
    today: date
    newest: int | None = None


class Part(NamedTuple):
    """What a message tells one of those who read it: each notice with its item as it stands."""

    reader: Recipient
    weekly: bool
    notices: Sequence[tuple[Waiting, Topic | None]]


def compose_message(
    parts: Sequence[Part], *, setting: DigestSetting, channel: str, id: str
) -> tuple[str, str]:
    """Subject (one line) and text of the message `id`: those of its one notice, or a digest of several.

    Where several positions read at one address, each has a part of it. Except over e-mail, which carries an
    id of its own, the text ends with the first digits of the id.
    """
    alone = [notice for part in parts for notice, _topic in part.notices]
    if len(alone) == 1 and alone[0].subject is not None:
        subject, text = alone[0].subject, alone[0].text or ""
    else:
        subject, text = _digest(parts, setting=setting)
    if channel == EMAIL:
        return subject, text
    return subject, _before_closing(text, fill(_word(setting, "mark"), so=id[:SHORT_ID]), setting)


def _word(setting: DigestSetting, key: str) -> str:
    return setting.catalogue.words[f"digest.{key}"].vi


def _before_closing(text: str, line: str, setting: DigestSetting) -> str:
    """The text with the line put in above its last one, which says who writes."""
    closing = fill(
        setting.catalogue.words["notice.closing"].vi, ten_xa=setting.title, lien_he=setting.contact
    )
    lines = text.splitlines()
    at = len(lines) - 1 - lines[::-1].index(closing) if closing in lines else len(lines)
    return "\n".join([*lines[:at], line, *lines[at:]])


def _digest(parts: Sequence[Part], *, setting: DigestSetting) -> tuple[str, str]:
    said = [(part.reader, _listed(part.notices, reader=part.reader, setting=setting)) for part in parts]
    counts = {name: sum(len(lists[name]) for _reader, lists in said) for name in LISTS}
    values: dict[str, Value] = {
        "chuc_vu_nhan": "; ".join(part.reader.label for part in parts),
        "ngay": date_vi(setting.today),
        "tuan": setting.today.isocalendar().week,
        "n_qua_han": counts["late"],
        "n_den_han": counts["today"],
        "n_sap_den": counts["soon"],
        "n": sum(counts.values()),
        "danh_sach": "\n".join(_sections(said, setting)),
    }
    counted = any(counts[name] for name in ("late", "today", "soon"))
    return render_notice(
        setting.catalogue,
        "weekly" if all(part.weekly for part in parts) else "digest" if counted else "digest_plain",
        values,
        Sender(setting.title, setting.contact, setting.sandbox),
        superior=any(part.reader.superior for part in parts),
    )


def _sections(
    said: Sequence[tuple[Recipient, dict[str, list[str]]]], setting: DigestSetting
) -> Iterator[str]:
    """The lines of each reader; where there are several, under the position that they are for."""
    for number, (reader, lists) in enumerate(said):
        if len(said) > 1:
            # What stands before has ended with an empty line.
            yield from [""] if number == 0 else []
            yield fill(_word(setting, "section"), chuc_vu_nhan=reader.label)
        yield from _lines(lists, reader=reader, setting=setting)


def _listed(
    notices: Sequence[tuple[Waiting, Topic | None]], *, reader: Recipient, setting: DigestSetting
) -> dict[str, list[str]]:
    """The lines by list: one for each item of deadline notices, and one for each other notice."""
    # Several notices of one item and one date become one line.
    topics: dict[tuple[int, str, str | None], Topic] = {}
    turns: dict[tuple[int, str], Topic] = {}
    lists: dict[str, list[str]] = {name: [] for name in LISTS}
    for notice, topic in notices:
        if topic is not None and notice.kind in TURNS:
            turns[notice.year, topic.ref] = topic
        elif topic is None or notice.due_on is None:
            lists["other"].append(" ".join((_notice_line(notice, setting), *_acting_for(topic, setting))))
        else:
            topics[notice.year, topic.ref, notice.term] = topic
    told = {(year, ref) for year, ref, _term in topics}
    topics.update({(*item, None): topic for item, topic in turns.items() if item not in told})
    for topic in sorted(topics.values(), key=lambda topic: (topic.due_on or date.max, topic.ref)):
        lists[_list_of(topic, setting)].append(_topic_line(topic, reader=reader, setting=setting))
    return lists


def _list_of(topic: Topic, setting: DigestSetting) -> str:
    if not topic.open:
        return "settled"
    if topic.due_on is None or topic.waiting:
        return "mine" if topic.mine else "other"
    if topic.due_on < setting.today:
        return "late"
    if topic.due_on == setting.today:
        return "today"
    if setting.calendar.working_days_between(setting.today, topic.due_on) <= SOON:
        return "soon"
    return "mine" if topic.mine else "other"


def _lines(lists: dict[str, list[str]], *, reader: Recipient, setting: DigestSetting) -> Iterator[str]:
    """Headings and lines; the last one counts the lines that are left out."""
    left = MOST_LINES
    for name, lines in lists.items():
        shown = lines[:left]
        if shown:
            yield ""
            yield fill(_worded(setting, name, reader), n=len(lines))
            yield from shown
        left -= len(shown)
    total = sum(len(lines) for lines in lists.values())
    if total > MOST_LINES:
        yield fill(_word(setting, "more"), n=total - MOST_LINES)
    yield ""


def _worded(setting: DigestSetting, key: str, reader: Recipient) -> str:
    """The catalogue's wording of `key`; for a superior the one of its own, where there is one."""
    own = setting.catalogue.words.get(f"digest.superior.{key}") if reader.superior else None
    return own.vi if own else _word(setting, key)


def _notice_line(notice: Waiting, setting: DigestSetting) -> str:
    subject = HEAD.sub("", notice.subject or "")
    if notice.ref is None:
        return fill(_word(setting, "notice"), noi_dung=subject)
    ref = printed(notice.ref, notice.year, newest=setting.newest or notice.year)
    key = "notice" if ref in subject else "notice_of"
    return fill(_word(setting, key), noi_dung=subject, ref=ref)


def _acting_for(topic: Topic | None, setting: DigestSetting) -> tuple[str, ...]:
    """The sentence that the reader acts for somebody else, where it does."""
    if topic is None or topic.acting_for is None:
        return ()
    return (fill(_word(setting, "acting_for"), chuc_vu_vang=topic.acting_for),)


def _topic_line(topic: Topic, *, reader: Recipient, setting: DigestSetting) -> str:
    late = (setting.today - topic.due_on).days if topic.due_on else 0
    values: dict[str, Value] = {
        "ref": topic.ref,
        "noi_dung": shorten(topic.content, LONGEST_CONTENT).rstrip("."),
        "han": _due(topic, setting),
        "tre": late if topic.open and not topic.waiting and late > 0 else None,
        "trang_thai": mid_sentence(topic.state),
        "viec_can_lam": topic.todo,
        "chu_tri": topic.lead,
        "ten_han": topic.term,
    }
    said = [fill(_worded(setting, "line_late" if values["tre"] else "line", reader), **values)]
    said += [fill(_worded(setting, _asked(topic, late=values["tre"] is not None), reader), **values)]
    return " ".join([*said, *_acting_for(topic, setting)])


def _due(topic: Topic, setting: DigestSetting) -> str | None:
    """The date in words; None for an item that waits for others and whose date nobody has set."""
    if topic.due_on is None or (topic.waiting and topic.derived):
        return None
    day = date_with_weekday_vi(topic.due_on)
    return fill(_word(setting, "derived"), han=day) if topic.derived else day


def _asked(topic: Topic, *, late: bool) -> str:
    """The key of the sentence that says what the reader is to do."""
    if not topic.open:
        return "done"
    if topic.waiting:
        return "ask"
    if topic.mine and topic.todo:
        return "act"
    return "follow" if late else "inform"
