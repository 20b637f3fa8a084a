"""The inputs of `tdkt advance --data FILE`: JSON for all items, or for each its own, also in a table."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.failures import Exit
from commands.lines import file_lines
from commands.printing import print_remarks
from commands.session import REFUSED, Session
from runtime.office.typed import composed
from workflow.model.causes import cause_of
from workflow.model.errors import TdktError
from workflow.model.references import BadReference, reference
from workflow.model.subjects import SUBJECTS
from workflow.model.text import Phrase

if TYPE_CHECKING:
    from workflow.model.facts import Key

TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods"})
WORKBOOKS = frozenset({b"PK\x03\x04", b"\xd0\xcf\x11\xe0"})
"""The endings of files with a table, and how those begin that are workbooks under any name."""
REF = "ref"
"""The column of references in a table of inputs."""


class BadData(TdktError):
    """The file {tep} gives no inputs: {ly_do}. Write a JSON object of names and values."""

    code = "bad_data"


class DataLacks(TdktError):
    """{tep} says nothing of {danh_sach}; add them, or leave them out of the command."""

    code = "data_lacks"


class DataNotAsked(TdktError):
    """{tep} speaks of {danh_sach}, which the command does not name; name them, or take them out."""

    code = "data_not_asked"


def read_inputs(
    session: Session, name: str, event: str, refs: Sequence[str]
) -> tuple[dict[str, str], dict[Key, dict[str, str]]]:
    """The inputs for every item, and those of single ones, that a file gives (`-` is the standard input).

    Raises BadData, DataLacks, DataNotAsked, and what `file_lines` does; mistakes in a table end the command
    with 1.
    """
    if name != "-" and (Path(name).suffix.lower() in TABLES or _begins_as_workbook(name)):
        return {}, _by_key(session, refs, name, _of_table(session, name, event))
    values = _json(name)
    if values and all(isinstance(words, dict) and _is_reference(ref) for ref, words in values.items()):
        own = {ref: _words_of(name, words) for ref, words in values.items()}
        return {}, _by_key(session, refs, name, own)
    return _words_of(name, values), {}


def _json(name: str) -> dict[str, Any]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        values = json.loads(text.removeprefix("\ufeff"))
    except OSError as error:
        raise BadData(tep=name, ly_do=cause_of(error)) from error
    except (ValueError, RecursionError) as error:
        raise BadData(tep=name, ly_do=Phrase("không phải JSON", "it is no JSON")) from error
    if not isinstance(values, dict):
        raise BadData(tep=name, ly_do=Phrase("không phải đối tượng JSON", "it is no JSON object"))
    found: dict[str, Any] = composed(values)
    return found


def _is_reference(text: str) -> bool:
    try:
        return reference(text).line is None
    except BadReference:
        return False


def _begins_as_workbook(name: str) -> bool:
    try:
        with Path(name).open("rb") as opened:
            return opened.read(4) in WORKBOOKS
    except (OSError, ValueError):  # which is told where it is read
        return False


def _of_table(session: Session, name: str, event: str) -> dict[str, dict[str, str]]:
    """The inputs of each row by the reference in it."""
    acting, words = session.acting, session.words
    machines = (acting.known_machine(subject.id) for subject in SUBJECTS)
    inputs = [
        input
        for machine in machines
        if machine and event in machine.events
        for input in machine.events[event].inputs
    ]
    lines = file_lines(session, name, inputs, needed=REF, also={REF: "lines.also_ref"})
    own: dict[str, dict[str, str]] = {}
    places: dict[str, str] = {}
    said = list(lines.said)
    for place, row in lines.rows:
        ref = row.pop(REF, "").upper()
        if ref in own or not _is_reference(ref):
            key = "lines.twice" if ref in own else "lines.no_ref"
            said.append((place, words(key, ref=ref, noi=places.get(ref)), "error"))
        own[ref], places[ref] = row, place
    print_remarks(said, words)
    if any(severity == "error" for _place, _text, severity in said):
        raise Exit(REFUSED)
    return own


def _words_of(name: str, values: Mapping[str, Any]) -> dict[str, str]:
    given = {key: value for key, value in values.items() if value is not None}
    for key, value in given.items():
        if any(isinstance(part, (dict, list)) for part in (value if isinstance(value, list) else [value])):
            vi = f"“{key}” không phải chữ, số hay danh sách chữ, số"
            en = f"'{key}' is neither a text nor a number nor a plain list of them"
            raise BadData(tep=name, ly_do=Phrase(vi, en))
    return {key: _word(value) for key, value in given.items()}


def _word(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(_word(part) for part in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _by_key(
    session: Session, refs: Sequence[str], name: str, own: Mapping[str, dict[str, str]]
) -> dict[Key, dict[str, str]]:
    """The inputs by the items that the command names."""
    acting = session.acting
    asked = acting.keys(refs)
    found = {key: words for ref, words in own.items() for key in acting.keys([ref])}
    if lacking := [acting.ref(key) for key in asked if key not in found]:
        raise DataLacks(tep=name, danh_sach=", ".join(lacking))
    if unasked := [acting.ref(key) for key in found if key not in asked]:
        raise DataNotAsked(tep=name, danh_sach=", ".join(unasked))
    return found
