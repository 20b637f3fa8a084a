"""The catalogue's words in the reader's language, from the JSON that a database or the package holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflow.wording import fill, mid_sentence


class Words:
    """Looks words up by dotted key. A missing key answers with itself, so that nothing is hidden."""

    def __init__(self, words: Mapping[str, Mapping[str, str]], *, language: str) -> None:
        self._words = words
        self.language = language

    def __call__(self, key: str, **operands: Any) -> str:
        found = self._words.get(key)
        if found is None:
            return key
        shown = {name: None if value is None else self.of(value) for name, value in operands.items()}
        return (
            fill(found[self.language], **shown)
            if operands or "{" in found[self.language]
            else found[self.language]
        )

    def has(self, key: str) -> bool:
        return key in self._words

    def of(self, value: Any) -> str:
        """A wording in two languages (a mapping or a Text) in the reader's; anything else as text."""
        if isinstance(value, Mapping):
            return str(value[self.language])
        return str(getattr(value, self.language, value))

    def inside(self, value: Any) -> str:
        """A wording as it stands within a sentence."""
        return mid_sentence(self.of(value))
