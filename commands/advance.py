"""`tdkt advance REF… EVENT`: the one verb that moves tasks and dossiers, one or many."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from commands.printing import progress_of
from commands.ranges import standing
from commands.reasons import print_asked, report
from commands.session import Command, NotConfirmed, Session, completes, with_note, with_option
from workflow.model.errors import UsageMistake

if TYPE_CHECKING:
    from runtime.acts.advance import EventRequest

PLACEHOLDER = re.compile("<[^<>]*>")
"""What a line to be pasted has in the place of what a person must know."""


class BadSet(UsageMistake):
    """'{gia_tri}' is not of the form name=value; write --set name=value."""

    code = "bad_set"


class NotFilledIn(UsageMistake):
    """Fill in what stands between angle brackets first: {truong}."""

    code = "not_filled_in"


class RepeatedInput(UsageMistake):
    """'{truong}' is given twice; keep one of them."""

    code = "repeated_input"


def inputs(pairs: tuple[str, ...]) -> dict[str, str]:
    """The inputs of --set as words. Raises BadSet, RepeatedInput."""
    typed: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise BadSet(gia_tri=pair)
        if name.strip() in typed:
            raise RepeatedInput(truong=name.strip())
        typed[name.strip()] = value
    return typed


@click.command(
    cls=Command,
    name="advance",
    words=(
        "Move one item or many by an event; a range is T01..T06. `tdkt why REF` lists what can be done.",
        "Chuyển bước một hoặc nhiều mục; dãy mã viết T01..T06. Xem việc có thể làm bằng lệnh tdkt why MÃ.",
    ),
    example="advance T01 T02 submit --as chuyen-vien",
)
@click.argument("refs", nargs=-1, required=True, metavar="REF…", shell_complete=completes("items_and_events"))
@click.argument("event", metavar="EVENT", shell_complete=completes("events"))
@with_option("--set", "pairs", multiple=True, metavar="NAME=VALUE", words=("An input.", "Một thông tin."))
@with_option(
    "--data",
    metavar="FILE",
    words=(
        "Inputs as a JSON object, of each item by its reference, or as a table with a row for each.",
        "Thông tin trong tệp JSON, riêng cho từng mã; hoặc trong bảng (.xlsx, .csv), mỗi mã một hàng.",
    ),
)
@with_note
@with_option(
    "--if-version",
    "version",
    type=int,
    metavar="N",
    words=("Only at this version.", "Chỉ thực hiện khi đúng phiên bản này."),
)
@with_option("--dry-run", is_flag=True, words=("Decide, write nothing.", "Chạy thử, không ghi."))
@with_option(
    "--existing",
    is_flag=True,
    words=("Of a range only what exists.", "Trong dãy mã, chỉ lấy mã có."),
)
def command(
    session: Session,
    refs: tuple[str, ...],
    event: str,
    pairs: tuple[str, ...],
    data: str | None,
    note: str | None,
    version: int | None,
    dry_run: bool,
    existing: bool,
) -> None:
    from runtime.acts.advance import EventRequest

    request = EventRequest(event, inputs(pairs), note=note, version=version, dry_run=dry_run)
    if data is not None:
        from commands.input_file import read_inputs

        common, own = read_inputs(session, data, event, standing(session.acting, refs, existing=existing))
        request = replace(request, words={**common, **request.words}, own=own)
    ask(session, refs, request, existing=existing)


def advance(
    session: Session,
    refs: tuple[str, ...],
    event: str,
    words: dict[str, str],
    *,
    note: str | None = None,
    dry_run: bool = False,
    below: Callable[[], object] | None = None,
) -> None:
    """What the commands do that are wordings of `advance`; `below` prints what else there is to say."""
    from runtime.acts.advance import EventRequest

    ask(session, refs, EventRequest(event, words, note=note, dry_run=dry_run), below=below)


def ask(
    session: Session,
    refs: tuple[str, ...],
    request: EventRequest,
    *,
    existing: bool = False,
    below: Callable[[], object] | None = None,
) -> None:
    """Asks the event of every reference and reports; of a range that has missing ones of none, or with
    `existing` of the others. What is doubtful a person at the terminal confirms beforehand, else --yes."""
    from runtime.acts.advance import advance

    left = [f"{name}={word}" for name, word in request.words.items() if PLACEHOLDER.fullmatch(word)]
    if left:
        raise NotFilledIn(truong=", ".join(left))
    acting = session.acting
    acting.require_actor()
    wanted = standing(acting, refs, existing=existing)
    request = _confirmed(session, wanted, request)
    with progress_of(len(wanted)) as step:
        results = advance(acting, wanted, request, progress=step)
    report(session, results, dry_run=request.dry_run, nominee=request.words.get("nominee"), below=below)


def _confirmed(session: Session, refs: Sequence[str], request: EventRequest) -> EventRequest:
    """The request with a person's answer to its doubts. Raises NotConfirmed."""
    from runtime.acts.advance import advance, doubtful

    if session.options.yes:
        return replace(request, confirmed=True)
    if request.dry_run or session.json or not sys.stdin.isatty() or not doubtful(session.acting, request):
        return request
    tried = advance(session.acting, refs, replace(request, dry_run=True))
    asked = [result for result in tried if result.asked]
    if not asked:
        return request
    for result in asked:
        print_asked(result, session)
    if not session.confirmed(session.words("message.asked_question")):
        raise NotConfirmed()
    # Of one item it is known what was seen: what somebody else did meanwhile is a conflict.
    seen = tried[0].version if len(tried) == 1 and request.version is None else request.version
    return replace(request, confirmed=True, version=seen)
