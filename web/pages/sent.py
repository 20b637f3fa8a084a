"""Links of bodies to a task's list, and what came by them: made, ended, taken in, declined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from exchange.lists.values import ReadList
from exchange.qr import qr_image
from exchange.sheets.faults import Unreadable
from runtime.acts.import_list import proposed, read_sent
from runtime.acts.links import decline, make_links, record_nothing, revoke_links, take_in
from runtime.office.taken import any_refused
from runtime.views.answers import reasons_told
from runtime.views.expected import lists_of
from runtime.views.links import link_records, sent_at, sent_shown, sent_to, sent_waiting
from runtime.views.list_shown import findings_told, lines_shown, list_facts, proposed_shown
from web.desk import Desk
from web.frame import new_key
from web.links import item_path, sent_path
from web.pages.item import item_meant
from web.replies import Download, Page, Redirect, Reply, Shown
from workflow.model.errors import UnknownReference
from workflow.model.links import DAYS, Submission
from workflow.model.tasks import Task
from workflow.services.advance import Tried
from workflow.services.intake import ListedDossier

MOST_LINES = 200
"""Lines of a list that are shown before it is taken in; of a longer one the rest is counted."""
ANY_BYTES = "application/octet-stream"


class LinkLine(NamedTuple):
    """A body of the list: how it stands, until when its link is good, what came by it."""

    body: str
    name: str
    status: str
    until: str
    came: str
    linked: bool
    silent: bool


class Slip(NamedTuple):
    """A link that was just made, to be handed over: shown once."""

    body: str
    address: str
    until: str
    qr: str


# -- links -----------------------------------------------------------------------------------------------


def links(desk: Desk) -> Reply:
    return _links(desk, {})


def link(desk: Desk) -> Reply:
    """Makes links for the chosen bodies, or ends those of one. The secrets stand on the page that answers,
    and nowhere else: what is loaded again is done no second time."""
    item, asked = item_meant(desk), desk.asked
    acting, ref = desk.acting_by(asked.one("key")), item.key.in_year
    ending, bodies = asked.one("end"), asked.all("body")
    if desk.done_before(acting):
        return _links(desk, {"mistake": desk.words("web.sent.made_before")})
    if ending:
        ended = revoke_links(acting, ref, (ending,))
        if isinstance(ended, Tried):
            return _links(desk, {"against": reasons_told(desk.looking, ended.refused.reasons)}, status=422)
        said = desk.words("web.sent.ended", don_vi=desk.looking.body(ending))
        return Redirect(f"{item_path(item.key)}/links", said=(said,))
    if not bodies:
        return _links(desk, {"mistake": desk.words("web.sent.nobody")}, status=422)
    made = make_links(acting, ref, bodies, days=_days(asked.one("days")))
    if isinstance(made, Tried):
        return _links(desk, {"against": reasons_told(desk.looking, made.refused.reasons)}, status=422)
    looking = desk.looking
    slips = [
        Slip(
            looking.body(each.body),
            f"{desk.base}{each.path}",
            looking.moment(each.expires_at),
            qr_image(f"{desk.base}{each.path}"),
        )
        for each in made
    ]
    return _links(desk, {"slips": slips})


def _days(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) <= 4 else DAYS if not typed else 0


def _links(desk: Desk, values: Mapping[str, Any], *, status: int = 200) -> Reply:
    item, looking = item_meant(desk), desk.looking
    if not isinstance(item.details, Task):
        raise UnknownReference(ref=item.key.ref)
    good = {each.body: each for each in link_records(looking, item.key) if each.open}
    rows = [
        LinkLine(
            owed.body,
            looking.body(owed.body),
            looking.words(f"expect.status.{owed.status}"),
            looking.moment(good[owed.body].expires_at) if owed.body in good else "",
            str(good[owed.body].sent or "") if owed.body in good else "",
            owed.body in good,
            owed.waited_for,
        )
        for each in lists_of(looking, of=item.key)
        for owed in each.owed
    ]
    return Shown(
        "links",
        {
            "path": item_path(item.key),
            "ref": looking.ref(item.key),
            "content": looking.content(item),
            "rows": rows,
            "days": DAYS,
            "slips": (),
            "against": (),
            "mistake": "",
            "form_key": new_key(),
            "sent": [(sent_path(each.sent.entry), each) for each in sent_to(looking, item.key)],
            **values,
        },
        status,
    )


# -- what came -------------------------------------------------------------------------------------------


def waiting(desk: Desk) -> Reply:
    """All that waits to be taken in."""
    found = [(sent_path(each.sent.entry), each) for each in sent_waiting(desk.looking)]
    return Shown("sent_waiting", {"sent": found})


def show(desk: Desk) -> Reply:
    """With what taking it in would come to: tried where acts are, so that it waits for none."""
    return _shown(desk, _meant(desk), {})


def file(desk: Desk) -> Reply:
    """The file as it was sent."""
    sent = _meant(desk)
    if sent.file is None:
        raise UnknownReference(ref=sent.entry)
    name = sent_shown(desk.looking, sent).what
    return Download(name, ANY_BYTES, _content(desk, sent))


def do(desk: Desk) -> Reply:
    """Takes it in, records that there is nothing, or declines it."""
    sent, asked = _meant(desk), desk.asked
    acting, words = desk.acting_by(asked.one("key")), desk.words
    if desk.done_before(acting):
        return Redirect(sent_path(sent.entry), said=(words("web.done_before"),))
    if asked.one("act") == "decline":
        reason = asked.one("reason")
        if not reason:
            return _shown(desk, sent, {"mistake": words("web.sent.no_reason")}, status=422)
        tried = decline(acting, sent, reason)
        if tried is not None:
            return _against(desk, sent, tried)
        return Redirect(sent_path(sent.entry), said=(words("web.sent.declined"),))
    if sent.file is None:
        tried = record_nothing(acting, sent)
        if tried is not None:
            return _against(desk, sent, tried)
        return Redirect(sent_path(sent.entry), said=(words("web.sent.nothing_recorded"),))
    read = read_sent(desk.acting, _content(desk, sent), file=sent_shown(desk.looking, sent).what)
    confirmed = asked.one("confirmed") == "yes"
    taken = take_in(acting, sent, _asked(desk, sent, read), confirmed=confirmed)
    if isinstance(taken, Tried):
        return _against(desk, sent, taken)
    if any_refused(taken):
        return _shown(desk, sent, {"taken": taken}, status=422)
    keys = [each.listed.item.key for each in taken if each.listed]
    refs = ", ".join(dict.fromkeys(map(desk.looking.ref, keys)))
    said = (words("web.sent.taken_in", danh_sach=refs), words("web.sent.original"))
    return Redirect(item_path(keys[0]) if keys else sent_path(sent.entry), said=said)


def _against(desk: Desk, sent: Submission, tried: Tried) -> Reply:
    against = reasons_told(desk.looking, tried.refused.reasons)
    return _shown(desk, sent, {"against": against}, status=422)


def _meant(desk: Desk) -> Submission:
    """Raises UnknownReference."""
    found = sent_at(desk.looking, desk.asked.place["entry"])
    if found is None:
        raise UnknownReference(ref=desk.asked.place["entry"])
    return found


def _content(desk: Desk, sent: Submission) -> bytes:
    files = desk.connections.database.files
    assert files is not None, "what was kept has its folder"
    assert sent.file is not None
    return files.read(sent.file)


def _asked(desk: Desk, sent: Submission, read: ReadList) -> Sequence[ListedDossier]:
    """The dossiers of the list: always those of the body whose link it came by."""
    return proposed(
        read,
        desk.acting.setting.rules,
        task=sent.task,
        body=sent.body,
        period=read.period or str(sent.task.year),
        type=read.type,
    )


def _shown(desk: Desk, sent: Submission, values: Mapping[str, Any], *, status: int = 200) -> Reply:
    looking, words = desk.looking, desk.words
    shown = sent_shown(looking, sent)
    more: dict[str, Any] = {"facts": (), "lines": None, "findings": (), "dossiers": (), "unread": ""}
    if sent.file is not None:
        try:
            read = read_sent(desk.acting, _content(desk, sent), file=shown.what)
        except Unreadable as error:
            more["unread"] = error.said(desk.language)
        else:
            more |= {
                "facts": list_facts(looking, read),
                "lines": lines_shown(looking, read.lines[:MOST_LINES]),
                "more": len(read.lines) - MOST_LINES,
                "findings": findings_told(words, read),
            }
            if shown.waits:
                taken = values.get("taken") or take_in(
                    desk.acting, sent, _asked(desk, sent, read), confirmed=True, dry_run=True
                )
                if isinstance(taken, Tried):
                    more["against"] = reasons_told(looking, taken.refused.reasons)
                else:
                    told = [proposed_shown(looking, each) for each in taken]
                    more["dossiers"] = [(each, reasons_told(looking, each.reasons)) for each in told]
    return Shown(
        "sent",
        {
            "shown": shown,
            "path": sent_path(sent.entry),
            "task": f"{item_path(sent.task)}/links",
            "refs": [(ref, item_path(sent.task._replace(ref=ref))) for ref in sent.dossiers],
            "mistake": "",
            "against": (),
            "form_key": new_key(),
            "more": 0,
            **more,
            **values,
        },
        status,
    )


PAGES = (
    Page("GET", "/items/{year}/{ref}/links", links, part="chase"),
    Page("POST", "/items/{year}/{ref}/links", link, part="chase", acts=True),
    Page("GET", "/sent", waiting, part="chase"),
    Page("GET", "/sent/{entry}", show, part="chase", acts=True),
    Page("POST", "/sent/{entry}", do, part="chase", acts=True),
    Page("GET", "/sent/{entry}/file", file, part="chase"),
)
