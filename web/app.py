"""From a request to an answer: the routes of every page, the threads, the cookie, and every error as a page.

How a request goes: its words are read and composed (NFC) here; a thread of `web.threads` opens the office on
its own connections (`web.desk`), asks the gate who is signed in, and calls the page's function; what that
answers with, a value of `web.replies`, becomes the response here, with the headers of `web.security`.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from html import escape
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from runtime.office.connections import Connections
from runtime.office.records import plain
from runtime.office.settings import file_limit
from runtime.office.typed import composed
from web.desk import Console, Desk
from web.failures import failed, told
from web.frame import frame_of
from web.gates import Signed
from web.issuer import LASTING
from web.rendering import assets, rendered
from web.replies import Asked, Data, Download, Page, Redirect, Reply, Sent, Shown, ToIssuer
from web.routes import PAGES
from web.security import HEADERS, STRICT_TRANSPORT, from_own_page, inside
from web.threads import Crew, Threads
from workflow.model.errors import TdktError
from workflow.model.links import FILE_LIMIT
from workflow.model.signs import composed as readable

MEGABYTE = 1024 * 1024
FIELDS, FILES = 4000, 20
"""Of one form at most: a council's table of votes has a few hundred."""
FORM_LIMIT = 2 * MEGABYTE
"""Bytes of one typed word, and of a form without files."""
SLOWEST = 120.0
"""Seconds within which a form must have come, with its files."""
SAID_LIMIT = 3000
"""Bytes of what is said after an act: it travels in a cookie, of which browsers keep 4096."""

UNUSABLE = 4
"""The exit code of errors of a database that cannot be used: a server that ended its connections, too."""

log = logging.getLogger("tdkt.web")


def application(console: Console, threads: Threads, *, slowest: float = SLOWEST) -> ASGIApp:
    """The console as an ASGI application; `slowest` as SLOWEST says."""
    routes = [
        Route("/static/{digest}/{name}", _asset),
        *(
            Route(page.path, _endpoint(console, threads, page, slowest), methods=[page.method])
            for page in PAGES
        ),
    ]
    missing = _missing(console, threads)
    app = Starlette(routes=routes, exception_handlers={404: missing, 405: missing})
    return Guarded(app, console)


class Guarded:
    """Puts the safe headers on every answer, bounds what is sent, and refuses forms of other pages."""

    def __init__(self, app: ASGIApp, console: Console) -> None:
        self._app = app
        self._secure = console.secure
        self._hosts = console.hosts
        self._limit = file_limit(console.environment) * MEGABYTE + FORM_LIMIT
        own = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
        if self._secure:
            own.append((b"strict-transport-security", STRICT_TRANSPORT.encode()))
        self._own = own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._own]
            await send(message)

        refusal = self._refusal(scope["method"], headers)
        if refusal is not None:
            await refusal(scope, receive, answer)
            return
        await self._app(scope, _bounded(receive, self._limit), answer)

    def _refusal(self, method: str, headers: Mapping[str, str]) -> Response | None:
        if method not in ("GET", "HEAD", "POST"):
            return PlainTextResponse("Method Not Allowed\n", 405)
        if self._hosts is not None and headers.get("host", "").lower() not in self._hosts:
            return PlainTextResponse("Misdirected Request: this console has another name.\n", 421)
        if method == "POST" and not from_own_page(headers, secure=self._secure):
            return PlainTextResponse("Forbidden: the form does not come from this console.\n", 403)
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > self._limit:
            return PlainTextResponse("Payload Too Large\n", 413)
        return None


class OtherPosition(TdktError):
    """This page was opened as {chuc_vu}, and you work as another now. Nothing was recorded: choose the
    position again, go back to the page and send it."""

    code = "other_position"


class NoRoom(TdktError):
    """What was sent could not be kept for reading: the disk is full or not writable. Nothing was recorded.
    Tell the administrator, then send it again."""

    code = "no_room"


class TooLarge(Exception):
    """More was sent than a form may hold."""


def _bounded(receive: Receive, limit: int) -> Receive:
    got = 0

    async def bounded() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > limit:
            raise TooLarge
        return message

    return bounded


async def _asset(request: Request) -> Response:
    found = assets().get(request.path_params["name"])
    if found is None or found.address != request.url.path:
        return PlainTextResponse("Not Found\n", 404)
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(found.content, media_type=found.kind, headers=kept)


def _endpoint(console: Console, threads: Threads, page: Page, slowest: float) -> Any:
    crew = threads.acting if page.acts else threads.reading
    # Without a name one sends the list of a link, and no more.
    limit = FILE_LIMIT * MEGABYTE + FORM_LIMIT if page.free else None

    async def endpoint(request: Request) -> Response:
        if limit is not None:
            request = Request(request.scope, _bounded(request.receive, limit))
        elif request.method == "POST" and _may_have_files(request):
            # Who is not signed in is told so before anything of theirs is read and kept.
            bare = Asked("GET", request.url.path, token=request.cookies.get(console.cookie))
            answer = await _answered(
                threads.reading, console, bare, Page("GET", page.path, lambda _: Data(0))
            )
            if answer.status_code != 200:
                return answer
        try:
            async with asyncio.timeout(slowest):
                asked = await _asked(request, console)
        except TimeoutError:
            return PlainTextResponse("Request Timeout\n", 408)
        except TooLarge:
            return PlainTextResponse("Payload Too Large\n", 413)
        except ClientDisconnect:
            return Response(status_code=400)
        except OSError:
            log.exception("%s", request.url.path)
            return PlainTextResponse(told(NoRoom(), None), 507)
        return await _answered(crew, console, asked, page)

    return endpoint


def _may_have_files(request: Request) -> bool:
    length = request.headers.get("content-length", "")
    return not length.isdecimal() or int(length) > FORM_LIMIT


async def _answered(crew: Crew, console: Console, asked: Asked, page: Page) -> Response:
    try:
        return await crew.do(lambda kept: _answer(console, kept, asked, page))
    except TdktError as error:  # no thread was free to make a page of it
        return PlainTextResponse(told(error, None), failed(error))


def _missing(console: Console, threads: Threads) -> Any:
    from web.pages.problem import missing

    page = Page("GET", "/", missing)

    async def endpoint(request: Request, error: Exception) -> Response:
        asked = Asked("GET", request.url.path, token=request.cookies.get(console.cookie))
        response = await _answered(threads.reading, console, asked, page)
        if response.status_code == HTTPStatus.NOT_FOUND:
            response.status_code = getattr(error, "status_code", HTTPStatus.NOT_FOUND)
        return response

    return endpoint


def _answer(console: Console, kept: Connections, asked: Asked, page: Page) -> Response:
    """In the thread: who it is, what the page does, and the finished response."""
    signed: Signed | None = None
    desk = Desk(console, kept, asked, None)
    try:
        composed([asked.typed, asked.query, asked.place])  # raises what is unreadable
        if asked.token:
            signed = console.gate.signed(desk, asked.token)
            desk = Desk(console, kept, asked, signed)
        if signed is None and not page.free:
            from web.pages.entering import ask_to_sign_in

            return _response(desk, page, ask_to_sign_in(desk))
        if page.part is not None:
            desk.require(page.part)
        _check_position(desk)
        return _response(desk, page, page.do(desk))
    except Exception as error:
        known = error if isinstance(error, TdktError) else None
        if known is None:
            log.exception("%s %s", asked.method, asked.path)
        if known is None or known.exit_code == UNUSABLE:
            kept.close()
            # The page of the error is made on connections of its own: those of the failed one are closed.
            desk = Desk(console, kept, asked, signed)
        return _failure(desk, page, known)


def _failure(desk: Desk, page: Page, error: TdktError | None) -> Response:
    """The error as a page; where not even the office can be opened, as a plain one."""
    from web.pages.problem import problem

    status = failed(error) if error is not None else 500
    try:
        return _response(desk, page, problem(desk, error, status))
    except Exception as second:
        if not isinstance(second, TdktError):
            log.exception("while telling an error")
        text = told(error, None)
        html = rendered("plain", {"language": "vi", "text": text, "status": status})
        return Response(html, status, media_type="text/html; charset=utf-8")


def _response(desk: Desk, page: Page, reply: Reply) -> Response:
    console = desk.console
    response: Response
    match reply:
        case Shown(template, values, status, token):
            around = frame_of(desk, page.part)
            html = _with_position(rendered(template, {**around, **values}), desk.account)
            response = Response(html, status, media_type="text/html; charset=utf-8")
            if desk.asked.said:
                response.delete_cookie(console.said, path="/", secure=console.secure, httponly=True)
            _remember(response, console, token)
        case Redirect(to, said, token):
            response = RedirectResponse(inside(to), 303)
            if said:
                response.set_cookie(
                    console.said,
                    _packed(said),
                    max_age=60,
                    path="/",
                    httponly=True,
                    samesite="lax",
                    secure=console.secure,
                )
            _remember(response, console, token)
        case ToIssuer(to, state):
            response = RedirectResponse(to, 303)
            name, kept = console.issuer_cookie, int(LASTING)
            response.set_cookie(
                name, state, max_age=kept, path="/", httponly=True, samesite="lax", secure=console.secure
            )
        case Download(name, kind, content, inline):
            way = "inline" if inline else "attachment"
            named = f"{way}; filename*=UTF-8''{quote(name, safe='')}"
            response = Response(content, media_type=kind, headers={"Content-Disposition": named})
        case Data(value):
            text = json.dumps(plain(value), ensure_ascii=False)
            response = Response(text, media_type="application/json; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def _with_position(html: str, account: str | None) -> str:
    """The page, each form of which says from which position it was opened: another tab may choose another."""
    if account is None:
        return html
    around, main, own = html.partition("<main")
    field = f'<input type="hidden" name="{POSITION}" value="{escape(account)}">'
    return around + main + _FORM.sub(lambda form: form[0] + field, own)


_FORM = re.compile('<form method="post"[^>]*>')
POSITION = "as"


def _check_position(desk: Desk) -> None:
    """Raises OtherPosition for a form of a page that was opened from another position."""
    for then in desk.asked.typed.get(POSITION, ()):
        if then != desk.account:
            raise OtherPosition(chuc_vu=desk.looking.position(then))


def _remember(response: Response, console: Console, token: str | None) -> None:
    """Puts the token into the cookie; an empty one takes it away."""
    if token:
        response.set_cookie(
            console.cookie, token, path="/", httponly=True, samesite="lax", secure=console.secure
        )
    elif token == "":
        response.delete_cookie(console.cookie, path="/", secure=console.secure, httponly=True)


async def _asked(request: Request, console: Console) -> Asked:
    typed: dict[str, list[str]] = {}
    files: dict[str, list[Sent]] = {}
    if request.method == "POST":
        form = await request.form(max_files=FILES, max_fields=FIELDS, max_part_size=FORM_LIMIT)
        typed, files = await _read(form)
    query: dict[str, list[str]] = {}
    for name, word in request.query_params.multi_items():
        query.setdefault(name, []).append(readable(word))
    return Asked(
        "POST" if request.method == "POST" else "GET",
        request.url.path,
        {name: readable(str(part)) for name, part in request.path_params.items()},
        query,
        typed,
        files,
        request.cookies.get(console.cookie),
        _said(request.cookies.get(console.said)),
        request.client.host if request.client else "",
        _browser(request.headers.get("user-agent", "")),
        request.headers.get("host", ""),
        request.cookies.get(console.issuer_cookie, ""),
    )


BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
SYSTEMS = ("Windows", "Android", "iPhone", "Mac OS X", "Linux")
"""What the name of a browser and of its system is found by, the likeliest mistaken last."""


def _browser(agent: str) -> str:
    """What a person recognises their browser by: `Edge, Windows`; no version, nothing that marks a person."""
    found = (next((name for name in names if name in agent), "") for names in (BROWSERS, SYSTEMS))
    return ", ".join(name.replace("Edg", "Edge").replace("OPR", "Opera") for name in found if name)


async def _read(form: FormData) -> tuple[dict[str, list[str]], dict[str, list[Sent]]]:
    typed: dict[str, list[str]] = {}
    files: dict[str, list[Sent]] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            if content or value.filename:
                files.setdefault(name, []).append(Sent(readable(value.filename or ""), content))
        else:
            typed.setdefault(name, []).append(readable(value))
    await form.close()
    return typed, files


def _packed(said: Sequence[str]) -> str:
    """What is said as the cookie holds it: of more the last lines are left out, and a long one is cut."""
    kept: list[str] = []
    for line in said:
        if len(_quoted([*kept, line])) > SAID_LIMIT:
            # A letter takes twelve bytes at most: four of UTF-8, each with its percent sign.
            return _quoted(kept or [f"{line[: SAID_LIMIT // 12 - 2]}…"])
        kept.append(line)
    return _quoted(kept)


def _quoted(lines: Sequence[str]) -> str:
    return quote(json.dumps(lines, ensure_ascii=False))


def _said(cookie: str | None) -> Sequence[str]:
    if not cookie:
        return ()
    with suppress(ValueError):
        found = json.loads(unquote(cookie))
        if isinstance(found, list):
            return tuple(str(line) for line in cast("Iterable[object]", found))
    return ()
