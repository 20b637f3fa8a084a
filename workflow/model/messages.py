"""The message catalogue as frozen values: the words of the command line and the notices' texts."""

# No postponed annotations: as texts each field's would be compiled at every start.

from collections.abc import Mapping
from typing import NamedTuple

from workflow.model.text import Text


class Notice(NamedTuple):
    """A notice's Vietnamese subject and text with `{placeholders}` in single braces."""

    subject: str
    text: str


class Catalogue(NamedTuple):
    """The words of the office. `words` maps dotted keys (`marker.overdue`, `rule.four_eyes`) to a Text.

    Keys of `notices` are notice kinds, with `escalation.head`, `escalation.standing`, `escalation.vice`
    and `escalation.chair` for the levels.
    """

    name: str
    version: int
    words: Mapping[str, Text]
    notices: Mapping[str, Notice]
