"""Lists as offices send them read exactly as the answer beside each says, row by row and finding by finding.

TDKT_LISTS names a folder of files, each with its answer (.json) beside it; without it the lists of our own
are read. An answer says what it is sure of: what it leaves out is not compared, nor are the words of
sentences."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from exchange.lists.annotating import annotated
from exchange.lists.books import read_book
from exchange.lists.reading import read_list
from exchange.lists.record import list_record
from exchange.lists.remarks import Remark
from exchange.lists.values import ReadList
from runtime.office.seeds import shipped_words
from runtime.office.words import Words
from tests.exchange.lists.own_lists import DAY, OWN_LISTS
from workflow.model.definition import Office, RulePack, in_force

ANSWERS = Path(__file__).parent / "answers"
WORDS = frozenset({"say", "ask", "why"})
COMPARED = ("from", "year", "period", "type", "paper", "posted", "dossiers", "rows", "ignored", "totals")


class Given(NamedTuple):
    """A file with its answer."""

    name: str
    content: bytes
    answer: dict[str, Any]


def given_lists() -> Iterator[Given]:
    folder = os.environ.get("TDKT_LISTS")
    if folder:
        for answer in sorted(Path(folder).glob("*.json")):
            said = json.loads(answer.read_text("utf-8"))
            yield Given(said["file"], answer.with_name(said["file"]).read_bytes(), said)
        return
    for name, (ending, build) in OWN_LISTS.items():
        answer = json.loads((ANSWERS / f"{name}.json").read_text("utf-8"))
        yield Given(f"{name}.{ending}", build(), answer)


def only(wanted: Any, found: Any) -> Any:
    """Of what was found that which the answer speaks of."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return {key: only(value, found.get(key)) for key, value in wanted.items()}
    if isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        return [only(one, other) for one, other in zip(wanted, found, strict=True)]
    return found


def without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_words(each) for key, each in value.items() if key not in WORDS}
    return [without_words(each) for each in value] if isinstance(value, list) else value


def findings(record: dict[str, Any]) -> list[tuple[str, ...]]:
    return sorted((each["cell"], each["code"], each["severity"]) for each in record["findings"])


@pytest.mark.parametrize("given", tuple(given_lists()), ids=lambda given: str(given.name))
def test_a_list_reads_as_its_answer_says(given: Given, office: Office, packs: tuple[RulePack, ...]) -> None:
    wanted = without_words(given.answer)
    dated = (wanted.get("paper") or {}).get("date")
    rules = in_force(packs, date.fromisoformat(dated) if dated else DAY)

    read = list_record(read_list(given.content, office=office, rules=rules, today=DAY, file=given.name))

    compared = {name: wanted[name] for name in COMPARED if name in wanted}
    assert only(compared, read) == compared
    assert findings(read) == findings(wanted)


@pytest.mark.parametrize("name", ["movement", "several_sheets"])
def test_a_list_given_back_with_remarks_reads_as_before(
    name: str, office: Office, packs: tuple[RulePack, ...]
) -> None:
    def read(content: bytes) -> ReadList:
        return read_list(content, office=office, rules=packs[0], today=DAY, file=name)

    content = OWN_LISTS[name][1]()
    first = read(content)
    remarks = [
        Remark(each.severity, each.code, each.say.vi, each.sheet, each.cell or None)
        for each in first.findings
    ]

    again = read(
        annotated(content, read_book(content), remarks, Words(shipped_words(), language="vi")).content
    )

    assert (again.lines, again.findings) == (first.lines, first.findings)


def test_blank_rows_above_and_a_blank_column_before_change_nothing(
    office: Office, packs: tuple[RulePack, ...]
) -> None:
    lines = OWN_LISTS["by_title"][1]().decode("utf-8-sig").splitlines()
    moved = "\n".join(["", " ; ", *(f";{line}" for line in lines)])

    first, again = (
        [
            (line.name, line.title, line.position, line.rating, line.initiative)
            for line in read_list(text.encode(), office=office, rules=packs[0], today=DAY, file="x").lines
        ]
        for text in ("\n".join(lines), moved)
    )

    assert first == again != []
