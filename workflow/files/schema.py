"""The JSON Schema (2020-12) of definition files, for editors; made from the shapes the parser reads by.

It knows the form: keys, types, patterns, lists. It does not know names (whether a state of that name
exists) nor the rules of a record (an end after its beginning); the parser alone checks these.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workflow.files import shapes
from workflow.files.parsing import SHAPES

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def json_schema(kind: str | None = None) -> Schema:
    """The schema of one kind of file, or of all, chosen by `definition:`; KeyError for no kind of ours."""
    head = {"$schema": DIALECT}
    defs = {"text": _fields(shapes.TEXT), "call": _call()}
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
    fields = [shape for kind in kinds for shape in SHAPES[kind].fields.values()]
    return {_tree_name(shape): _branch_or_leaf(shape) for shape in fields if isinstance(shape, shapes.Tree)}


def _tree_name(tree: shapes.Tree) -> str:
    return f"tree of {' and '.join(tree.leaf.fields)}"


def _branch_or_leaf(tree: shapes.Tree) -> Schema:
    has_a_leafs_key = {"anyOf": [{"required": [key]} for key in tree.leaf.fields]}
    return {"type": "object", "if": has_a_leafs_key, "then": _schema(tree.leaf), "else": _branch(tree)}


def _branch(tree: shapes.Tree) -> Schema:
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": _schema(tree.key),
        "additionalProperties": {"$ref": f"#/$defs/{_tree_name(tree)}"},
    }


def _schema(shape: shapes.Shape) -> Schema:
    match shape:
        case shapes.AnyText():
            return {"type": "string", "pattern": r"\S"}
        case shapes.Name():
            return _name(shape)
        case shapes.Choice():
            return {"enum": list(shape.options)}
        case shapes.Whole():
            return {"type": "integer", "minimum": shape.least}
        case shapes.Flag():
            return {"type": "boolean"}
        case shapes.IsoDate():
            return {"type": "string", "format": "date", "pattern": f"^{shapes.DAY}$"}
        case shapes.Clock():
            return {"type": "string", "pattern": f"^{shapes.CLOCK}$"}
        case shapes.Days():
            span: Schema = {"type": "string", "pattern": f"^{shapes.SPAN}$"}
            return span if shape.bare is None else {"anyOf": [{"type": "integer", "minimum": 1}, span]}
        case shapes.DayOfYear():
            return {"type": "string", "pattern": f"^{shapes.DAY_OF_YEAR}$"}
        case shapes.Decimal():
            return {"type": "string", "pattern": f"^{shapes.DECIMAL}$"}
        case shapes.Parameter():
            return _param()
        case shapes.Called():
            return {"$ref": "#/$defs/call"}
        case shapes.ListOf():
            return _list(shape)
        case shapes.Keyed():
            return _keyed(shape)
        case shapes.Tree():
            return _branch(shape)
        case shapes.Record():
            return {"$ref": "#/$defs/text"} if shape is shapes.TEXT else _fields(shape)


def _name(shape: shapes.Name) -> Schema:
    schema: Schema = {"type": "string", "pattern": f"^{shape.pattern}$"}
    return {**schema, "not": {"enum": list(shape.reserved)}} if shape.reserved else schema


def _param() -> Schema:
    return {"anyOf": [{"type": ["string", "integer", "boolean"]}, _list(shapes.ListOf(shapes.AnyText()))]}


def _list(shape: shapes.ListOf) -> Schema:
    schema: Schema = {"type": "array", "items": _schema(shape.item), "minItems": shape.least}
    if shape.most is not None:
        schema["maxItems"] = shape.most
    return {**schema, "uniqueItems": True} if shape.distinct else schema


def _keyed(shape: shapes.Keyed) -> Schema:
    return {
        "type": "object",
        "minProperties": shape.least,
        "propertyNames": _schema(shape.key),
        "additionalProperties": _schema(shape.value),
    }


def _fields(shape: shapes.Record) -> Schema:
    required = [key for key, field in shape.fields.items() if not isinstance(field, shapes.Maybe)]
    properties = {
        key: _schema(field.shape if isinstance(field, shapes.Maybe) else field)
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
        "propertyNames": {"pattern": f"^{shapes.WORD}$"},
        "additionalProperties": _keyed(shapes.Keyed(shapes.Parameter())),
    }
    return {"anyOf": [{"type": "string", "pattern": f"^{shapes.WORD}$"}, named]}
