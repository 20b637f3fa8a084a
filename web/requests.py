"""From a request of the framework to what a page is asked: its words composed (NFC), its files, its cookies;
all of it bounded."""

from __future__ import annotations

import re

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.types import Message, Receive

from web.desk import Console
from web.replies import Asked, Sent
from web.saying import unpacked
from workflow.model.signs import composed

MEGABYTE = 1024 * 1024
FIELDS, FILES = 4000, 20
"""Of one form at most: a council's table of votes has a few hundred."""
LONGEST_NAME = 120
"""Letters of a file's name."""
FORM_LIMIT = 2 * MEGABYTE
"""Bytes of one typed word, and of a form without files."""


class TooLarge(Exception):
    """More was sent than a form may hold."""


def bounded(receive: Receive, limit: int) -> Receive:
    """The same, of which more than `limit` bytes raise TooLarge."""
    got = 0

    async def receiving() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > limit:
            raise TooLarge
        return message

    return receiving


def may_have_files(request: Request) -> bool:
    """Whether more is announced than a form without files has, or nothing is."""
    length = request.headers.get("content-length", "")
    return not length.isdecimal() or int(length) > FORM_LIMIT


async def read_request(request: Request, console: Console) -> Asked:
    """Everything that a page may ask of the request."""
    typed: dict[str, list[str]] = {}
    files: dict[str, list[Sent]] = {}
    if request.method == "POST":
        async with request.form(max_files=FILES, max_fields=FIELDS, max_part_size=FORM_LIMIT) as form:
            for name, value in form.multi_items():
                if not isinstance(value, UploadFile):
                    typed.setdefault(name, []).append(composed(value))
                elif (content := await value.read()) or value.filename:
                    files.setdefault(name, []).append(Sent(file_name(value.filename or ""), content))
    query: dict[str, list[str]] = {}
    for name, word in request.query_params.multi_items():
        query.setdefault(name, []).append(composed(word))
    return Asked(
        "POST" if request.method == "POST" else "GET",
        request.url.path,
        {name: composed(str(part)) for name, part in request.path_params.items()},
        query,
        typed,
        files,
        request.cookies.get(console.cookie),
        unpacked(request.cookies.get(console.said)),
        request.client.host if request.client else "",
        browser_of(request.headers.get("user-agent", "")),
        request.headers.get("host", ""),
        request.cookies.get(console.issuer_cookie, ""),
    )


def file_name(text: str) -> str:
    """What a file is called, as it is shown and kept: without its folders, which some browsers send, and
    without signs that are not seen; of a long one the end, which says its kind."""
    last = "".join(sign for sign in re.split(r"[/\\]", composed(text))[-1] if sign.isprintable()).strip(" .")
    return last[-LONGEST_NAME:].lstrip(" .") or "tep"


BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
SYSTEMS = ("Windows", "Android", "iPhone", "Mac OS X", "Linux")
"""What the name of a browser and of its system is found by, the likeliest mistaken last."""


def browser_of(agent: str) -> str:
    """What a person recognises their browser by: `Edge, Windows`; no version, nothing that marks a person."""
    found = (next((name for name in names if name in agent), "") for names in (BROWSERS, SYSTEMS))
    return ", ".join(name.replace("Edg", "Edge").replace("OPR", "Opera") for name in found if name)
