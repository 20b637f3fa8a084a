"""Checks the Word template of a paper: its fields, paragraph by paragraph, then whether it can be filled
at all."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from exchange.papers.blocks import Blocks, Prose
from exchange.papers.filling import NotFilled, fill
from exchange.papers.templates import TemplateFault, template_faults
from runtime.views.papers.facts import Facts
from runtime.views.papers.kinds import RECORDS
from workflow.files.telling import told
from workflow.model.printed import PaperTemplate

SAMPLE = "mẫu"


def content_of(template: PaperTemplate) -> bytes:
    """The Word file; what is no Base64 is none."""
    try:
        return b64decode(template.content)
    except (binascii.Error, ValueError):
        return b""


def faults_of(template: PaperTemplate) -> Iterator[TemplateFault]:
    """What is wrong with a template, by its paragraphs."""
    record = RECORDS.get(template.name)
    if record is None:
        known = ", ".join(RECORDS)
        yield TemplateFault(
            1, told("there is no paper '{name}'; known: {there_are}", name=template.name, there_are=known)
        )
        return
    found = template_faults(content_of(template), record)
    yield from found
    if not found:
        yield from _unfillable(content_of(template), record)


def _unfillable(content: bytes, record: type[Facts]) -> Iterator[TemplateFault]:
    """What shows only where it is filled, such as a row that is repeated and never closed."""
    facts = {**invented(record).asked(), "mark": SAMPLE}
    try:
        fill(content, facts, title=SAMPLE, author=SAMPLE, day="2026-01-01")
    except NotFilled as error:
        yield TemplateFault(1, told("it cannot be filled: {why}", why=str(error)))


def invented(made: Any, times: int = 2) -> Any:
    """A value of a type in which something stands everywhere; of what there may be several, so many."""
    if made in (str, int, bool):
        return {str: SAMPLE, int: 1, bool: True}[made]
    if made is Blocks:
        return Blocks((Prose(SAMPLE),))
    if get_origin(made) is tuple:
        return (invented(get_args(made)[0], times),) * times
    names = [each.name for each in fields(made)] if is_dataclass(made) else made._fields
    hints = get_type_hints(made)
    return made(**{name: invented(hints[name], times) for name in names})
