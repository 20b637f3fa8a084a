"""From what a page answers with to a response of the framework: the finished HTML, cookies, downloads."""

from __future__ import annotations

import json
import re
from html import escape
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from runtime.office.records import plain
from web.desk import Console, Desk
from web.frame import frame_of
from web.issuer import LASTING
from web.rendering import rendered
from web.replies import Data, Download, Page, Redirect, Reply, Shown, ToIssuer
from web.saying import packed
from web.security import inside

POSITION = "as"
"""The field by which each form says from which position it was opened: another tab may choose another."""
SAID_SECONDS = 60


def response_of(desk: Desk, page: Page, reply: Reply) -> Response:
    """The reply as a response, which no cache keeps."""
    console = desk.console
    response: Response
    match reply:
        case Shown(template, values, status, token):
            around = frame_of(desk, page.part)
            html = _with_position(rendered(template, {**around, **values}), desk.account)
            response = html_response(html, status)
            if desk.asked.said:
                _set(response, console, console.said, "")
            _remember(response, console, token)
        case Redirect(to, said, token):
            response = RedirectResponse(inside(to), 303)
            if said:
                _set(response, console, console.said, packed(said), seconds=SAID_SECONDS)
            _remember(response, console, token)
        case ToIssuer(to, state):
            response = RedirectResponse(to, 303)
            _set(response, console, console.issuer_cookie, state, seconds=int(LASTING))
        case Download(name, kind, content, inline):
            way = "inline" if inline else "attachment"
            named = f"{way}; filename*=UTF-8''{quote(name, safe='')}"
            response = Response(content, media_type=kind, headers={"Content-Disposition": named})
        case Data(value):
            text = json.dumps(plain(value), ensure_ascii=False)
            response = Response(text, media_type="application/json; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def html_response(html: str, status: int) -> Response:
    return Response(html, status, media_type="text/html; charset=utf-8")


def _with_position(html: str, account: str | None) -> str:
    if account is None:
        return html
    around, main, own = html.partition("<main")
    field = f'<input type="hidden" name="{POSITION}" value="{escape(account)}">'
    return around + main + _FORM.sub(lambda form: form[0] + field, own)


_FORM = re.compile('<form method="post"[^>]*>')


def _remember(response: Response, console: Console, token: str | None) -> None:
    """Puts the token into the cookie; an empty one takes it away."""
    if token is not None:
        _set(response, console, console.cookie, token)


def _set(response: Response, console: Console, name: str, value: str, *, seconds: int | None = None) -> None:
    """The cookie; an empty one is taken away, one without seconds ends with the browser."""
    response.set_cookie(
        name,
        value,
        max_age=seconds if value else 0,
        path="/",
        httponly=True,
        samesite="lax",
        secure=console.secure,
    )
