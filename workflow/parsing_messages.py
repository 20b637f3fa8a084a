"""The shape of a `messages` file (the words of the office) and the value it becomes."""

from __future__ import annotations

from workflow.definition import Catalogue, Notice
from workflow.parsing_shapes import TEXT, Record, Tree, Words, document

_NOTICE = Record({"subject": Words(), "text": Words()}, Notice)

MESSAGES = document("messages", {"words": Tree(TEXT), "notices": Tree(_NOTICE)}, Catalogue)
