"""The JSON Schema (2020-12) of definition files, for editors; made from the shapes the parser reads by.

It knows the form: keys, types, patterns, lists. It does not know names (whether a state of that name
exists) nor what several fields must be to each other; those only the parser tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workflow.files.parsing import SHAPES
from workflow.files.shapes import (
    CLOCK,
    DAY,
    DAY_OF_YEAR,
    SPAN,
    TEXT,
    WORD,
    Called,
    Choice,
    Clock,
    Day,
    DayOfYear,
    Days,
    Flag,
    Keyed,
    ListOf,
    Maybe,
    Name,
    Param,
    Record,
    Shape,
    Tree,
    Whole,
    Words,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def json_schema(kind: str | None = None) -> Schema:
    """The schema of one kind of file, or of all, chosen by `definition:`; KeyError for no kind of ours."""
    head = {"$schema": DIALECT}
    defs = {"text": _fields(TEXT), "call": _call()}
    if kind is not None:
        return {**head, "title": f"tdkt {kind}", **_schema(SHAPES[kind]), "$defs": {**defs, **_trees([kind])}}
    return {
        **head,
        "title": "tdkt definition",
        "type": "object",
        "required": ["definition"],
        "properties": {"definition": {"enum": list(SHAPES)}},
        "allOf": [_if_kind(kind) for kind in SHAPES],
        "$defs": {
            **defs,
            **_trees(SHAPES),
            **{kind: _schema(shape) for kind, shape in SHAPES.items()},
        },
    }


def _if_kind(kind: str) -> Schema:
    said = {"properties": {"definition": {"const": kind}}, "required": ["definition"]}
    return {"if": said, "then": {"$ref": f"#/$defs/{kind}"}}


def _trees(kinds: Iterable[str]) -> dict[str, Schema]:
    shapes = [shape for kind in kinds for shape in SHAPES[kind].fields.values()]
    return {_tree_name(shape): _branch_or_leaf(shape) for shape in shapes if isinstance(shape, Tree)}


def _tree_name(tree: Tree) -> str:
    return f"tree of {' and '.join(tree.leaf.fields)}"


def _branch_or_leaf(tree: Tree) -> Schema:
    has_a_leafs_key = {"anyOf": [{"required": [key]} for key in tree.leaf.fields]}
    return {"type": "object", "if": has_a_leafs_key, "then": _schema(tree.leaf), "else": _branch(tree)}


def _branch(tree: Tree) -> Schema:
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": _schema(tree.key),
        "additionalProperties": {"$ref": f"#/$defs/{_tree_name(tree)}"},
    }


def _schema(shape: Shape) -> Schema:
    match shape:
        case Words():
            return {"type": "string", "pattern": r"\S"}
        case Name():
            return _name(shape)
        case Choice():
            return {"enum": list(shape.options)}
        case Whole():
            return {"type": "integer", "minimum": shape.least}
        case Flag():
            return {"type": "boolean"}
        case Day():
            return {"type": "string", "format": "date", "pattern": f"^{DAY}$"}
        case Clock():
            return {"type": "string", "pattern": f"^{CLOCK}$"}
        case Days():
            span: Schema = {"type": "string", "pattern": f"^{SPAN}$"}
            return span if shape.bare is None else {"anyOf": [{"type": "integer", "minimum": 1}, span]}
        case DayOfYear():
            return {"type": "string", "pattern": f"^{DAY_OF_YEAR}$"}
        case Param():
            return _param()
        case Called():
            return {"$ref": "#/$defs/call"}
        case ListOf():
            return _list(shape)
        case Keyed():
            return _keyed(shape)
        case Tree():
            return _branch(shape)
        case Record():
            return {"$ref": "#/$defs/text"} if shape is TEXT else _fields(shape)


def _name(shape: Name) -> Schema:
    schema: Schema = {"type": "string", "pattern": f"^{shape.pattern}$"}
    return {**schema, "not": {"enum": list(shape.reserved)}} if shape.reserved else schema


def _param() -> Schema:
    return {"anyOf": [{"type": ["string", "integer", "boolean"]}, _list(ListOf(Words()))]}


def _list(shape: ListOf) -> Schema:
    schema: Schema = {"type": "array", "items": _schema(shape.item), "minItems": shape.least}
    if shape.most is not None:
        schema["maxItems"] = shape.most
    return {**schema, "uniqueItems": True} if shape.distinct else schema


def _keyed(shape: Keyed) -> Schema:
    return {
        "type": "object",
        "minProperties": shape.least,
        "propertyNames": _schema(shape.key),
        "additionalProperties": _schema(shape.value),
    }


def _fields(shape: Record) -> Schema:
    required = [key for key, field in shape.fields.items() if not isinstance(field, Maybe)]
    properties = {
        key: _schema(field.shape if isinstance(field, Maybe) else field)
        for key, field in shape.fields.items()
    }
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _call() -> Schema:
    named = {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "propertyNames": {"pattern": f"^{WORD}$"},
        "additionalProperties": _keyed(Keyed(Param())),
    }
    return {"anyOf": [{"type": "string", "pattern": f"^{WORD}$"}, named]}
