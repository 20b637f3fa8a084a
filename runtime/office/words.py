"""The catalogue's words in the reader's language.

A database keeps the catalogue that it was founded with; words that came later are the package's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from workflow.model.days import WEEKDAYS
from workflow.model.wording import date_vi, fill, mid_sentence

if TYPE_CHECKING:  # wordings are only read here
    from workflow.model.text import Text

WEEKDAY_KEYS = tuple(f"weekday.{name[:3]}" for name in WEEKDAYS)
"""The catalogue's keys of the days of the week, from Monday on."""
CONSOLE = "web.instead."
"""Goes before the key of a sentence that names a command: what the console tells in its place."""
COMMAND = re.compile(r"\btdkt |(?<!\S)--[a-z]")


class Words:
    """Looks words up by dotted key, missing ones in `later`; a key that nobody knows stays as it is."""

    def __init__(
        self,
        words: Mapping[str, Text],
        *,
        language: str,
        later: Callable[[], Mapping[str, Text]] | None = None,
        console: bool = False,
    ) -> None:
        """`console`: sentences that name a command are told as the console has them."""
        self._words = words
        self._later = later
        self.language = language
        self.console = console

    def found(self, key: str) -> Text | None:
        """The wording in both languages; None where nobody knows the key."""
        own = self._words.get(CONSOLE + key) if self.console else None
        if own is not None:
            return own
        said = self._words.get(key)
        # What the console says in the place of a command may have come after the office's catalogue.
        if self._later is not None and (said is None or (self.console and COMMAND.search(said.vi))):
            self.complete()
            return self.found(key)
        return said

    def complete(self) -> Words:
        """These words, with the later ones: they can be asked for when the database is closed."""
        if self._later is not None:
            self._words = {**self._later(), **self._words}
            self._later = None
        return self

    def __call__(self, key: str, **operands: Any) -> str:
        found = self.found(key)
        if found is None:
            return key
        text = self.of(found)
        shown = {name: None if value is None else self.of(value) for name, value in operands.items()}
        return fill(text, **shown) if operands or "{" in text else text

    def speaking(self, language: str) -> Words:
        """The same words in another language."""
        return Words(self._words, language=language, later=self._later, console=self.console)

    def in_console(self) -> Words:
        """The same words as the console tells them."""
        return Words(self._words, language=self.language, later=self._later, console=True)

    def has(self, key: str) -> bool:
        return self.found(key) is not None

    def of(self, value: Any) -> str:
        """A wording in two languages (a mapping or a Text) in the reader's; a day or a local time as it is
        written there; anything else as text."""
        if isinstance(value, datetime):
            return f"{self.day(value.date())} {value:%H:%M}"
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Mapping):
            return str(value[self.language])
        return str(getattr(value, self.language, value))

    def day(self, day: date | None) -> str:
        """A date as the reader's language writes it; empty for none."""
        if day is None:
            return ""
        return date_vi(day) if self.language == "vi" else day.isoformat()

    def day_with_weekday(self, day: date | None) -> str:
        return "" if day is None else f"{self.day(day)} ({self(WEEKDAY_KEYS[day.weekday()])})"

    def inside(self, value: Any) -> str:
        """A wording as it stands within a sentence."""
        return mid_sentence(self.of(value))
