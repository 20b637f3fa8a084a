"""Definitions as the JSON that a database keeps, and back: what was written is read as an equal value.

The JSON is plain, for those who read it without this package: its form is that of `workflow.files.codec`, its
keys are the fields of `workflow.model.definition`, and `definition` says the kind.
"""

from __future__ import annotations

import json
from typing import cast

from workflow.files.codec import codec_of
from workflow.model.definition import KINDS, Definition


def to_json(definition: Definition) -> str:
    """Compact, in the fields' and the file's order: equal definitions give equal texts.

    Raises ValueError where two values of one list bear the same id, which no parsed definition has.
    """
    kind = next(kind for kind, made in KINDS.items() if made is type(definition))
    plain = {"definition": kind, **codec_of(KINDS[kind]).write(definition)}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Definition:
    """The definition that `to_json` wrote; it trusts the text, which the database keeps by digest.

    A field that came after the text was written takes its default.
    """
    plain = json.loads(text)
    return cast(Definition, codec_of(KINDS[plain["definition"]]).read(plain))
