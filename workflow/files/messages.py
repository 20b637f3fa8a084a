"""The shape of a `messages` file (the words of the office) and the value it becomes."""

from __future__ import annotations

from workflow.files.shapes import TEXT, AnyText, Record, Tree, document
from workflow.model.definition import Catalogue, Notice

_NOTICE = Record({"subject": AnyText(), "text": AnyText()}, Notice)

MESSAGES = document("messages", {"words": Tree(TEXT), "notices": Tree(_NOTICE)}, Catalogue)
