"""The kinds of papers that the office makes: the facts that their templates may ask for, and the items
that have such papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.papers import phieu_bo_sung
from runtime.views.papers.facts import Facts
from runtime.views.papers.parts import Given, Part
from runtime.views.papers.quyet_dinh import AwardPaper
from workflow.model.facts import Item


class PaperKind(NamedTuple):
    """Papers of items of these `subjects`. `parts` gives those that an item has by now, from its record;
    it is asked with the office seen in Vietnamese. Number and day of papers `by_hand` stand in no record:
    they are given when the paper is made."""

    record: type[Facts]
    subjects: tuple[str, ...]
    parts: Callable[[Looking, Item, Given], Iterable[Part]]
    by_hand: bool = False


PAPERS: Mapping[str, PaperKind] = MappingProxyType(
    {
        "phieu_bo_sung": PaperKind(
            phieu_bo_sung.SupplementPaper, ("dossier",), phieu_bo_sung.parts, by_hand=True
        ),
    }
)
"""By the kind's id, which its template, its words in the office's file and in the catalogue
(`paper_kind`) bear too."""

RECORDS: Mapping[str, type[Facts]] = MappingProxyType(
    {"quyet_dinh": AwardPaper, **{id: kind.record for id, kind in PAPERS.items()}}
)
"""What the templates of each kind may ask for."""
