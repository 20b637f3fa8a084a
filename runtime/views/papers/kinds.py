"""The kinds of papers that the office makes, with the facts that their templates may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from runtime.views.papers.facts import Facts
from runtime.views.papers.quyet_dinh import AwardPaper

RECORDS: Mapping[str, type[Facts]] = MappingProxyType({"quyet_dinh": AwardPaper})
"""By the kind's id, which its template and its words in the catalogue (`paper_kind`) bear too."""
