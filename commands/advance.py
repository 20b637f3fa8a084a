"""`tdkt advance REF… EVENT`: the one verb that moves tasks and dossiers, one or many."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.printing import progress_of
from commands.ranges import standing
from commands.reasons import print_asked, report
from commands.session import Command, NotConfirmed, Session, completes, composed, with_note, with_option
from workflow.model.errors import TdktError, UsageMistake

if TYPE_CHECKING:
    from runtime.acts.advance import EventRequest


class BadSet(UsageMistake):
    """'{gia_tri}' is not of the form name=value; write --set name=value."""

    code = "bad_set"


class RepeatedInput(UsageMistake):
    """'{truong}' is given twice; keep one of them."""

    code = "repeated_input"


class BadData(TdktError):
    """The file {tep} gives no inputs: {ly_do}. Write a JSON object of names and values."""

    code = "bad_data"


def inputs(pairs: tuple[str, ...], data: str | None) -> dict[str, str]:
    """The inputs of --data and --set as words; --set wins. Raises BadSet, RepeatedInput, BadData."""
    typed: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise BadSet(gia_tri=pair)
        if name.strip() in typed:
            raise RepeatedInput(truong=name.strip())
        typed[name.strip()] = value
    return {**(_from_file(data) if data else {}), **typed}


def _from_file(name: str) -> dict[str, str]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        values = json.loads(text.removeprefix("\ufeff"))
    except OSError as error:
        raise BadData(tep=name, ly_do=error.strerror or "it cannot be read") from error
    except (ValueError, RecursionError) as error:
        raise BadData(tep=name, ly_do="it is no JSON") from error
    if not isinstance(values, dict):
        raise BadData(tep=name, ly_do="it is no JSON object")
    given = {key: value for key, value in composed(values).items() if value is not None}
    for key, value in given.items():
        if any(isinstance(part, (dict, list)) for part in (value if isinstance(value, list) else [value])):
            raise BadData(tep=name, ly_do=f"'{key}' is neither a text nor a number nor a plain list of them")
    return {key: _word(value) for key, value in given.items()}


def _word(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(_word(part) for part in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


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
@with_option("--data", metavar="FILE", words=("Inputs as a JSON object.", "Thông tin trong tệp JSON."))
@with_note
@with_option(
    "--if-version",
    "version",
    type=int,
    metavar="N",
    words=("Only at this version.", "Chỉ thực hiện khi đúng phiên bản này."),
)
@with_option("--key", metavar="K", words=("Idempotency key.", "Mã lệnh, tránh thực hiện hai lần."))
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
    key: str | None,
    dry_run: bool,
    existing: bool,
) -> None:
    from runtime.acts.advance import EventRequest

    words = inputs(pairs, data)
    request = EventRequest(event, words, note=note, version=version, key=key, dry_run=dry_run)
    ask(session, refs, request, existing=existing)


def advance(
    session: Session,
    refs: tuple[str, ...],
    event: str,
    words: dict[str, str],
    *,
    note: str | None = None,
    dry_run: bool = False,
) -> None:
    """What the commands do that are wordings of `advance`."""
    from runtime.acts.advance import EventRequest

    ask(session, refs, EventRequest(event, words, note=note, dry_run=dry_run))


def ask(session: Session, refs: tuple[str, ...], request: EventRequest, *, existing: bool = False) -> None:
    """Asks the event of every reference and reports; of a range that has missing ones of none, or with
    `existing` of the others. What is doubtful a person at the terminal confirms beforehand, else --yes."""
    from runtime.acts.advance import advance

    acting = session.acting
    acting.require_actor()
    wanted = standing(acting, refs, existing=existing)
    request = _confirmed(session, wanted, request)
    with progress_of(len(wanted)) as step:
        results = advance(acting, wanted, request, progress=step)
    report(session, results, dry_run=request.dry_run)


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
