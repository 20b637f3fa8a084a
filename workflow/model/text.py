"""What definitions are written in: wordings in two languages, parameters, spans of days."""

# No postponed annotations: as texts each field's would be compiled at every start.

from typing import Literal, NamedTuple, cast

Param = str | int | bool | tuple[str, ...]

Language = Literal["vi", "en"]


class Text(NamedTuple):
    """One wording in the two languages of the command line."""

    vi: str
    en: str


class Phrase(Text):
    """A part of an error's sentence; as text it is English, as errors without a reader have it."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.en


DayUnit = Literal["wd", "cd"]


class Span(NamedTuple):
    """A number of working days (`wd`) or of calendar days (`cd`)."""

    days: int
    unit: DayUnit

    def __str__(self) -> str:
        return f"{self.days} {self.unit}"


def span_of(text: str) -> Span:
    """The span that `str` wrote: `10 wd`."""
    days, unit = text.split()
    return Span(int(days), cast("DayUnit", unit))
