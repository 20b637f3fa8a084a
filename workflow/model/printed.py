"""Papers that the office makes: the Word templates that they are made of, as definitions."""

# No postponed annotations: as texts each field's would be compiled at every start.

from typing import NamedTuple


class PaperTemplate(NamedTuple):
    """The Word template of one kind of paper, which its `name` is. `content` is the Word file in Base64,
    in lines."""

    name: str
    version: int
    content: str
