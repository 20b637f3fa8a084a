"""The editors' JSON Schema and the parser agree on the form of every file, and of files gone wrong."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.workflow.documents import GOOD, SHIPPED, title
from workflow.files.parsing import SHAPES
from workflow.files.reading import read
from workflow.files.schema import json_schema
from workflow.files.yaml import Entries, Items, Node, Scalar, compose

WRONG: tuple[Any, ...] = (
    *(
        None,
        True,
        0,
        -1,
        101,
        "",
        " \n",
        "none",
        "same",
        "on",
        "Hai chữ",
        "a-b",
        "2026-01-01",
        "1/1",
        "08:00",
    ),
    *([], ["a"], ["a", "a"], [1], {}, {"vi": "a"}, {"vi": "a", "en": "b"}, {"subject": "a", "text": "b"}),
    *({"a": {"b": 1}}, {"a": {"b": ["x"]}}, {"a": {"vi": "a", "en": "b"}}, {"a": {}, "b": {}}),
)
"""What may stand where it does not belong; some of it belongs somewhere."""

Place = tuple[str | int, ...]


def plain(node: Node) -> Any:
    """What a JSON Schema validator is given for a node."""
    match node:
        case Scalar():
            return node.value
        case Items():
            return [plain(item) for item in node.items]
        case Entries():
            return {key.text: plain(value) for key, value in node.entries}
    raise AssertionError(node)


def document(path: Path) -> Any:
    root = compose(path.read_text(encoding="utf-8")).root
    assert root is not None
    return plain(root)


def is_well_formed(data: Any, *, kind: str) -> bool:
    """As the parser sees it: names and what fields must be to each other left aside."""
    composed = compose(json.dumps(data, ensure_ascii=False))
    assert composed.root is not None
    return not composed.flaws and not read(SHAPES[kind], composed.root).structure


def places(data: Any, place: Place = ()) -> Iterator[Place]:
    yield place
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in children:
        yield from places(value, (*place, key))


def parent(data: Any, place: Place) -> Any:
    for key in place[:-1]:
        data = data[key]
    return data


def changed(data: Any, place: Place) -> Iterator[Any]:
    """The document with something done to one place: replaced, left out, renamed, doubled."""
    for wrong in WRONG:
        yield replaced(data, place, wrong)
    yield without(data, place)
    for new in ("extra", "Hai chữ"):
        other = without(data, place)
        value = parent(data, place)[place[-1]]
        holder = parent(other, place)
        if isinstance(holder, dict):
            holder[new] = value
        else:
            holder.extend([value, value])
        yield other


def without(data: Any, place: Place) -> Any:
    other = copy.deepcopy(data)
    parent(other, place).pop(place[-1])
    return other


def replaced(data: Any, place: Place, value: Any) -> Any:
    other = copy.deepcopy(data)
    parent(other, place)[place[-1]] = value
    return other


@pytest.mark.parametrize("kind", [None, *SHAPES])
def test_the_schema_is_a_valid_one(kind: str | None) -> None:
    Draft202012Validator.check_schema(json_schema(kind))


@pytest.mark.parametrize("path", [*GOOD, *SHIPPED], ids=title)
def test_a_good_file_is_valid_under_its_kinds_schema_and_under_that_of_all(path: Path) -> None:
    data = document(path)

    errors = [
        error.message
        for kind in (data["definition"], None)
        for error in Draft202012Validator(json_schema(kind)).iter_errors(data)
    ]

    assert errors == []


@pytest.mark.parametrize("path", GOOD, ids=title)
def test_schema_and_parser_agree_wherever_a_good_file_is_changed(path: Path) -> None:
    data = document(path)
    validator = Draft202012Validator(json_schema(path.stem))

    verdicts = [
        (other, is_well_formed(other, kind=path.stem), validator.is_valid(other))
        for place in places(data)
        if place
        for other in changed(data, place)
    ]

    assert [other for other, parser, schema in verdicts if parser != schema] == []
    assert {parser for _, parser, _ in verdicts} == {True, False}


@pytest.mark.parametrize("path", SHIPPED, ids=title)
def test_schema_and_parser_agree_wherever_a_shipped_file_is_changed(path: Path) -> None:
    whole = document(path)
    kind = whole["definition"]
    validator = Draft202012Validator(json_schema(kind))

    @settings(max_examples=50)
    @given(place=st.sampled_from([place for place in places(whole) if place]), wrong=st.sampled_from(WRONG))
    def agree(place: Place, wrong: Any) -> None:
        for other in (replaced(whole, place, wrong), without(whole, place)):
            assert is_well_formed(other, kind=kind) == validator.is_valid(other)

    agree()


@pytest.mark.parametrize("path", GOOD, ids=title)
def test_the_schema_of_all_asks_what_the_kinds_own_asks(path: Path) -> None:
    data = document(path)
    of_all, of_kind = Draft202012Validator(json_schema()), Draft202012Validator(json_schema(path.stem))

    verdicts = [
        (other, of_all.is_valid(other), of_kind.is_valid(other))
        for key in data
        for other in changed(data, (key,))
    ]

    assert [other for other, by_all, by_kind in verdicts if by_all != by_kind] == []


def test_there_is_no_schema_of_an_unknown_kind() -> None:
    with pytest.raises(KeyError):
        json_schema("recipe")
