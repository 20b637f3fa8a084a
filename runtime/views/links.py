"""Links of bodies and what came by them, as the body and the office look at them; receipts, which show
nothing personal. Looking only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.office.receipts import bare, dossier_code, dossier_meant, sent_code
from runtime.views.blank_list import titles_asked
from runtime.views.expected import Owed, lists_of
from runtime.views.items import dossier_state, owners_text
from storage.login_rows import digest_of
from workflow.model.definition import AwardTitle
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item, Key
from workflow.model.links import Submission, VillageLink, takes_more

COLLECTOR = "officer"
"""The role that what came by a link waits for."""


class SentShown(NamedTuple):
    """What came by a link: what it is, when it came, how it stands, why it was declined, its receipt's code;
    `refs` are the dossiers that it was taken into."""

    sent: Submission
    task: str
    body: str
    what: str
    at: str
    state: str
    reason: str
    code: str
    refs: tuple[str, ...]

    @property
    def waits(self) -> bool:
        return self.sent.state == "received"


class DossierResult(NamedTuple):
    """A dossier of the body as its own people see it: each line by name with what became of it."""

    ref: str
    state: str
    lines: tuple[tuple[str, ...], ...]


class LinkPage(NamedTuple):
    """What a body sees by its link. `titles` are those of the blank list; `open` whether it takes more."""

    link: VillageLink
    body: str
    content: str
    facts: tuple[tuple[str, str], ...]
    titles: tuple[AwardTitle, ...]
    sent: tuple[SentShown, ...]
    dossiers: tuple[DossierResult, ...]
    open: bool


class Receipt(NamedTuple):
    """How what was handed in stands: whose, when it came, where it is, until when. No names of persons."""

    code: str
    heading: str
    facts: tuple[tuple[str, str], ...]


def link_of(looking: Looking, secret: str) -> VillageLink | None:
    """The link of the secret while it is good; None of one that is not, or never was."""
    found = looking.reading.village_links(looking.office, digest=digest_of(secret))
    return next((each for each in found if each.open(looking.now)), None)


def link_page(looking: Looking, link: VillageLink) -> LinkPage:
    task = looking.reading.item(link.task)
    assert task is not None, "a link is to a task that stands"
    body = looking.directory.body(link.body)
    titles = titles_asked(looking, (), body)
    sent = looking.reading.submissions(looking.office, task=link.task, link=link.entry)
    owed = _owed(looking, link)
    words = looking.words
    papers = dict.fromkeys(words.of(label) for label in _papers(looking, titles))
    refs = dict.fromkeys(ref for each in sent for ref in each.dossiers)
    return LinkPage(
        link,
        body.name if body else link.body,
        looking.content(task),
        (
            (words("column.due"), looking.day(owed.due if owed else task.due_on)),
            (words("column.title"), "; ".join(words.of(title.label) for title in titles)),
            (words("column.papers"), "; ".join(papers)),
            (words("column.good_until"), looking.moment(link.expires_at)),
            (words("web.village.contact"), looking.directory.contact),
        ),
        titles,
        tuple(sent_shown(looking, each) for each in sent),
        tuple(
            _result(looking, item)
            for ref in refs
            if (item := looking.reading.item(link.task._replace(ref=ref))) is not None
        ),
        task.closed_on is None and takes_more(sent) and owed is not None and owed.status == "silent",
    )


def _owed(looking: Looking, link: VillageLink) -> Owed | None:
    lists = lists_of(looking, of=link.task)
    return next((owed for each in lists for owed in each.owed if owed.body == link.body), None)


def _papers(looking: Looking, titles: Sequence[AwardTitle]) -> Sequence[object]:
    """What the body brings with a list of these titles, whatever its type and path come to be."""
    asked = {title.id for title in titles}
    return [
        paper.label
        for paper in looking.rules.papers
        if any(
            use.needed and use.made_by != "commune" and not use.types and asked & set(use.titles)
            for use in paper.of
        )
    ]


def sent_shown(looking: Looking, sent: Submission) -> SentShown:
    words, key = looking.words, looking.reading.digest_key(looking.office)
    return SentShown(
        sent,
        looking.ref(sent.task),
        looking.body(sent.body),
        _text(looking, sent.entry, "file_name") or words("web.village.list")
        if sent.file
        else words("expect.status.nothing"),
        looking.moment(sent.received_at),
        words(f"web.village.state.{sent.state}") if sent.file else words(f"web.village.word.{sent.state}"),
        _text(looking, sent.ended_entry, "reason") if sent.state == "declined" else "",
        sent_code(key, sent.entry),
        sent.dossiers,
    )


def _text(looking: Looking, entry: str | None, field: str) -> str:
    found = looking.reading.texts_of_entry(looking.office, entry) if entry else ()
    return next((text.value for text in found if text.input == field), "")


def sent_waiting(looking: Looking) -> tuple[SentShown, ...]:
    """What came by links and nobody has dealt with, the newest first."""
    waiting = looking.reading.submissions(looking.office, state="received")
    return tuple(sent_shown(looking, each) for each in waiting)


def sent_to(looking: Looking, task: Key) -> tuple[SentShown, ...]:
    """All that came by links to the task, but what was replaced."""
    found = looking.reading.submissions(looking.office, task=task)
    return tuple(sent_shown(looking, each) for each in found if each.state != "replaced")


def sent_at(looking: Looking, entry: str) -> Submission | None:
    """What came by a link, by its entry's id."""
    return next(iter(looking.reading.submissions(looking.office, entry=entry)), None)


def _result(looking: Looking, item: Item) -> DossierResult:
    words = looking.words
    lines = tuple(
        (
            str(line.nominee.no),
            line.name or "",
            looking.title(line.nominee.title, pack=item.rules),
            words(f"outcome.{line.nominee.outcome}"),
        )
        for line in looking.reading.lines(item.key)
    )
    return DossierResult(looking.ref(item.key), received_state(looking, item), lines)


def received_state(looking: Looking, item: Item) -> str:
    """The dossier's state; of what came by a link, until it is complete, that the signed original is waited
    for (flows.md, link_only)."""
    said = dossier_state(looking, item)
    dossier = Dossier.of(item)
    came = any(item.key.ref in each.dossiers for each in _sent_for(looking, item))
    if came and dossier.complete_on is None and item.closed_on is None:
        return f"{looking.words('web.village.state.received')}; {looking.words.inside(said)}"
    return said


def _sent_for(looking: Looking, item: Item) -> tuple[Submission, ...]:
    if item.parent is None:
        return ()
    task = item.key._replace(ref=item.parent)
    return looking.reading.submissions(looking.office, task=task, state="taken_in")


# -- receipts --------------------------------------------------------------------------------------------


def receipt_of(looking: Looking, code: str) -> Receipt | None:
    """The receipt of a code, however it was typed; None where there is none."""
    key, typed = looking.reading.digest_key(looking.office), bare(code)
    found = looking.reading.submissions(looking.office, code=digest_of(typed))
    if found:
        return _of_sent(looking, found[0], typed)
    meant = dossier_meant(key, looking.office, typed)
    item = looking.reading.item(meant) if meant else None
    return _of_dossier(looking, item, typed) if item is not None else None


def receipt_code(looking: Looking, dossier: Key) -> str:
    """The code of a dossier's receipt."""
    return dossier_code(looking.reading.digest_key(looking.office), dossier)


def _of_sent(looking: Looking, sent: Submission, code: str) -> Receipt:
    words = looking.words
    shown = sent_shown(looking, sent)
    task = looking.reading.item(sent.task)
    items = [looking.reading.item(sent.task._replace(ref=ref)) for ref in sent.dossiers]
    state, who, due = [shown.state], [], []
    for item in filter(None, items):
        state.append(f"{looking.ref(item.key)}: {looking.words.inside(received_state(looking, item))}")
        who.append(owners_text(looking, item))
        due.append(_due_text(looking, item))
    if shown.waits:
        who = ["; ".join(looking.position(id) for id in looking.directory.holding(COLLECTOR))]
        owed = next(
            (one for each in lists_of(looking, of=sent.task) for one in each.owed if one.body == sent.body),
            None,
        )
        due = [looking.day(owed.due if owed else None)]
    return Receipt(
        code,
        looking.content(task) if task else "",
        (
            (words("column.body"), _body(looking, sent.body)),
            (words("column.task"), looking.ref(sent.task)),
            (words("web.village.what"), words("web.village.list" if sent.file else "expect.status.nothing")),
            (words("web.village.came"), shown.at),
            (words("column.state"), "; ".join(state[1:] or state)),
            (words("web.village.who"), "; ".join(dict.fromkeys(filter(None, who)))),
            (words("web.village.next"), "; ".join(dict.fromkeys(filter(None, due)))),
        ),
    )


def _of_dossier(looking: Looking, item: Item, code: str) -> Receipt:
    words, dossier = looking.words, Dossier.of(item)
    return Receipt(
        code,
        looking.titles(dossier.titles, pack=item.rules),
        (
            (words("column.body"), _body(looking, dossier.body)),
            (words("column.ref"), looking.ref(item.key)),
            (words("web.village.count"), str(len(dossier.nominees))),
            (words("web.village.came"), looking.day(dossier.received_on)),
            (words("column.state"), received_state(looking, item)),
            (words("web.village.who"), owners_text(looking, item)),
            (words("web.village.next"), _due_text(looking, item)),
        ),
    )


def _due_text(looking: Looking, item: Item) -> str:
    return looking.day(Dossier.of(item).supplement_until or item.due_on) if item.closed_on is None else ""


def _body(looking: Looking, id: str) -> str:
    found = looking.directory.body(id)
    return found.name if found else id


# -- for scripts -----------------------------------------------------------------------------------------


class LinkRecord(NamedTuple):
    """A link for scripts, without its secret, which is kept nowhere."""

    ref: str
    year: int
    body: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    open: bool
    sent: int
    state: str | None


def link_records(looking: Looking, task: Key) -> tuple[LinkRecord, ...]:
    """The links to a task's list, the newest first."""
    sent = looking.reading.submissions(looking.office, task=task)
    found = []
    for link in looking.reading.village_links(looking.office, task=task):
        came = [each for each in sent if each.link == link.entry]
        found.append(
            LinkRecord(
                task.ref,
                task.year,
                link.body,
                link.made_at,
                link.expires_at,
                link.revoked_at,
                link.open(looking.now),
                len(came),
                came[0].state if came else None,
            )
        )
    return tuple(found)
