"""A body's link: what is asked of it, the blank list, its answer, what was found in that, what came of it.

Whoever has the link acts for the body, without an account; what it sends stands as received until the office
takes it in. An old link and one that never was look the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from exchange.lists.list_sheet import list_workbook
from exchange.lists.values import ReadList
from exchange.qr import qr_image
from exchange.sheets.faults import Unreadable
from runtime.acts.import_list import read_sent
from runtime.acts.links import LinkGone, ListTooLarge, TooManySent, receive
from runtime.office.sentences import sentence
from runtime.views.blank_list import blank_list
from runtime.views.links import LinkPage, link_of, link_page
from runtime.views.list_shown import annotated_list, findings_told
from web.desk import Desk
from web.frame import new_key
from web.links import receipt_path
from web.replies import Download, Page, Redirect, Reply, Sent, Shown
from workflow.model.links import FILE_LIMIT, VillageLink

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(desk: Desk) -> Reply:
    link = _link(desk)
    if link is None:
        return gone(desk)
    page = link_page(desk.looking, link)
    read = _read_last(desk, page)
    return _shown(desk, page, {"read": read}, asked=desk.asked.path)


def send(desk: Desk) -> Reply:
    """Keeps a list in which there is somebody to take in, or the word that there is nobody."""
    link, asked = _link(desk), desk.asked
    if link is None:
        return gone(desk)
    page, here = link_page(desk.looking, link), asked.path
    nothing = asked.one("answer") == "nothing"
    files = asked.files.get("list", ())
    acting = desk.acting_by(asked.one("key"))
    if desk.done_before(acting):
        return Redirect(here)
    try:
        if nothing:
            if asked.one("sure") != "yes":
                return _wrong(desk, page, desk.words("web.village.not_sure"))
            receive(acting, link, file=None)
            return Redirect(here, said=(desk.words("web.village.word_received"),))
        if not files:
            return _wrong(desk, page, desk.words("web.village.no_file"))
        file = files[-1]
        if not page.open:
            raise LinkGone()
        if len(file.content) > FILE_LIMIT << 20:
            raise ListTooLarge(n=FILE_LIMIT)
        read = read_sent(acting, file.content, file=file.name)
        wrong = _not_theirs(desk, page, read)
        if wrong:
            return _wrong(desk, page, wrong, read=read)
        receive(acting, link, file=(file.name, file.content))
    except LinkGone:
        return gone(desk)
    except Unreadable as error:
        return _wrong(desk, page, error.said(desk.language))
    except TooManySent as error:
        return _wrong(desk, page, sentence(error, desk.words), status=429)
    except ListTooLarge as error:
        return _wrong(desk, page, sentence(error, desk.words), status=413)
    return Redirect(here, said=(desk.words("web.village.list_received"),))


def template(desk: Desk) -> Reply:
    """The blank list with the body's name and the titles that it is asked for."""
    link = _link(desk)
    if link is None:
        return gone(desk)
    looking = desk.looking
    page = link_page(looking, link)
    if not page.titles:
        return gone(desk)
    listed = blank_list(looking.speaking("vi"), page.titles, looking.directory.body(link.body))
    return Download(f"danh-sach-{link.task.in_year}-{link.body}.xlsx", XLSX, list_workbook(listed))


def remarks(desk: Desk) -> Reply:
    """The list that came last, with what was found written into its cells."""
    link = _link(desk)
    page = link_page(desk.looking, link) if link else None
    last = _last(desk, page) if page else None
    if page is None or last is None:
        return gone(desk)
    made = annotated_list(desk.words, read_sent(desk.acting, last.content, file=last.name), last.content)
    return Download(f"nhan-xet-{PurePath(last.name).stem}.xlsx", XLSX, made.content)


def gone(desk: Desk) -> Reply:
    """One page for every link that cannot be used, with whom to ask."""
    values = {"menu": (), "contact": desk.looking.directory.contact}
    return Shown("village_gone", values, 410)


def _link(desk: Desk) -> VillageLink | None:
    return link_of(desk.looking, desk.asked.place["secret"])


def _not_theirs(desk: Desk, page: LinkPage, read: ReadList) -> str:
    """Why nothing of the list can be taken in; empty where something can."""
    if read.refused:
        return desk.words("web.village.nobody_read")
    if read.body is not None and read.body != page.link.body:
        return desk.words("web.village.other_body", don_vi=desk.looking.body(read.body))
    return ""


def _last(desk: Desk, page: LinkPage) -> Sent | None:
    """The list that waits to be taken in."""
    waiting = next((each for each in page.sent if each.waits and each.sent.file), None)
    files = desk.connections.database.files
    if waiting is None or waiting.sent.file is None or files is None:
        return None
    return Sent(waiting.what, files.read(waiting.sent.file))


def _read_last(desk: Desk, page: LinkPage) -> ReadList | None:
    last = _last(desk, page)
    return read_sent(desk.acting, last.content, file=last.name) if last else None


def _wrong(
    desk: Desk, page: LinkPage, mistake: str, *, read: ReadList | None = None, status: int = 422
) -> Reply:
    values = {"mistake": mistake, "read": read or _read_last(desk, page)}
    return _shown(desk, page, values, asked=desk.asked.path, status=status)


def _shown(desk: Desk, page: LinkPage, values: Mapping[str, Any], *, asked: str, status: int = 200) -> Reply:
    read = values["read"]
    last = page.sent[0] if page.sent else None
    receipt = receipt_path(last.code) if last else ""
    return Shown(
        "village",
        {
            "menu": (),
            "page": page,
            "path": asked,
            "form_key": new_key(),
            "mistake": "",
            "limit": FILE_LIMIT,
            "findings": findings_told(desk.words, read) if read else (),
            "counted": len(read.lines) if read else 0,
            "last": last,
            "receipt": receipt,
            "qr": qr_image(f"{desk.base}{receipt}") if receipt else "",
            **values,
        },
        status,
    )


PAGES = (
    Page("GET", "/v/{secret}", show, free=True),
    Page("POST", "/v/{secret}", send, free=True, acts=True),
    Page("GET", "/v/{secret}/template", template, free=True),
    Page("GET", "/v/{secret}/remarks", remarks, free=True),
)
