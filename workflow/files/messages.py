"""The shape of a `messages` file (the words of the office) and the value it becomes."""

from __future__ import annotations

from workflow.files import shapes
from workflow.model.definition import Catalogue, Notice

_NOTICE = shapes.Record({"subject": shapes.AnyText(), "text": shapes.AnyText()}, Notice)

MESSAGES = shapes.document(
    "messages", {"words": shapes.Tree(shapes.TEXT), "notices": shapes.Tree(_NOTICE)}, Catalogue
)
