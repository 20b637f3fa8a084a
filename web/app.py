"""The console as an application: the routes of every page, the threads, and every error as a page.

How a request goes: `web.requests` reads it; a thread of `web.threads` opens the office on its own
connections (`web.desk`), asks the gate who is signed in, and calls the page's function; `web.responses` makes
the response of its answer, with the headers of `web.security`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from runtime.office.connections import Connections
from runtime.office.settings import file_limit
from runtime.office.typed import composed
from web.desk import Console, Desk
from web.failures import failed, told
from web.gates import Signed
from web.rendering import assets, rendered
from web.replies import Asked, Data, Page
from web.requests import FORM_LIMIT, MEGABYTE, TooLarge, bounded, may_have_files, read_request
from web.responses import POSITION, html_response, response_of
from web.routes import PAGES
from web.security import HEADERS, STRICT_TRANSPORT, from_own_page
from web.threads import Crew, Threads
from workflow.model.errors import TdktError
from workflow.model.links import FILE_LIMIT

SLOWEST = 120.0
"""Seconds within which a form must have come, with its files."""
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
        await self._app(scope, bounded(receive, self._limit), answer)

    def _refusal(self, method: str, headers: Mapping[str, str]) -> Response | None:
        if method not in ("GET", "HEAD", "POST"):
            return PlainTextResponse("Method Not Allowed\n", 405)
        if self._hosts is not None and headers.get("host", "").lower() not in self._hosts:
            return plainly(OtherHost())
        if method == "POST" and not from_own_page(headers, secure=self._secure):
            return plainly(OtherPage())
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > self._limit:
            return plainly(TooMuchSent())
        return None


class OtherPosition(TdktError):
    """This page was opened as {chuc_vu}, and you work as another now. Nothing was recorded: choose the
    position again, go back to the page and send it."""

    code = "other_position"


class OtherHost(TdktError):
    """This console is reached by another name. Open it by the address that it was given to you under."""

    code = "other_host"


class OtherPage(TdktError):
    """The form was sent by no page of this console, so nothing was done. Open the console anew, and send it
    from there."""

    code = "other_page"


class TooMuchSent(TdktError):
    """More was sent at once than the console takes. Nothing was recorded. Send fewer or smaller files."""

    code = "too_much_sent"


class SentTooSlowly(TdktError):
    """What was sent did not arrive in time. Nothing was recorded. Look at the network, then send it again."""

    code = "sent_too_slowly"


class NoRoom(TdktError):
    """What was sent could not be kept for reading: the disk is full or not writable. Nothing was recorded.
    Tell the administrator, then send it again."""

    code = "no_room"


async def _asset(request: Request) -> Response:
    found = assets().get(request.path_params["name"])
    if found is None or found.address != request.url.path:
        return PlainTextResponse("Not Found\n", 404)
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(found.content, media_type=found.kind, headers=kept)


def plainly(error: TdktError | None) -> Response:
    """The error as a page without anything of the office; None as `told` has it."""
    status = failed(error) if error is not None else 500
    values = {"language": "vi", "text": told(error, None), "status": status}
    return html_response(rendered("plain", values), status)


def _endpoint(console: Console, threads: Threads, page: Page, slowest: float) -> Any:
    crew = threads.acting if page.acts else threads.reading
    # Without a name one sends the list of a link, and no more.
    limit = FILE_LIMIT * MEGABYTE + FORM_LIMIT if page.free else None

    async def endpoint(request: Request) -> Response:
        if limit is not None:
            request = Request(request.scope, bounded(request.receive, limit))
        elif request.method == "POST" and may_have_files(request):
            # Who is not signed in is told so before anything of theirs is read and kept.
            bare = Asked("GET", request.url.path, token=request.cookies.get(console.cookie))
            answer = await _answered(
                threads.reading, console, bare, Page("GET", page.path, lambda _: Data(0))
            )
            if answer.status_code != 200:
                return answer
        try:
            async with asyncio.timeout(slowest):
                asked = await read_request(request, console)
        except TimeoutError:
            return plainly(SentTooSlowly())
        except TooLarge:
            return plainly(TooMuchSent())
        except ClientDisconnect:
            return Response(status_code=400)
        except OSError:
            log.exception("%s", request.url.path)
            return plainly(NoRoom())
        return await _answered(crew, console, asked, page)

    return endpoint


async def _answered(crew: Crew, console: Console, asked: Asked, page: Page) -> Response:
    try:
        return await crew.do(lambda kept: _answer(console, kept, asked, page))
    except TdktError as error:  # no thread was free to make a page of it
        return plainly(error)


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

            return response_of(desk, page, ask_to_sign_in(desk))
        if page.part is not None:
            desk.require(page.part)
        _check_position(desk)
        return response_of(desk, page, page.do(desk))
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
        return response_of(desk, page, problem(desk, error, status))
    except Exception as second:
        if not isinstance(second, TdktError):
            log.exception("while telling an error")
        return plainly(error)


def _check_position(desk: Desk) -> None:
    """Raises OtherPosition for a form of a page that was opened from another position."""
    for then in desk.asked.typed.get(POSITION, ()):
        if then != desk.account:
            raise OtherPosition(chuc_vu=desk.looking.position(then))
