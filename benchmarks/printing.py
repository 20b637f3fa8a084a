"""A decision on 2.000 nominees made as a Word file and as a PDF, read back and compared, as `tdkt paper
make` does."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from statistics import median
from types import MappingProxyType

from benchmarks.importing import spent
from benchmarks.measuring import Figure
from exchange.papers import fonts
from exchange.papers.making import made
from tests.paper_facts import asked, award_of
from tests.paper_templates.decisions import quyet_dinh

NOMINEES = 2000
ENOUGH = 10.0
"""Seconds of the processor in which the papers for so many are made."""


def printing(runs: int = 3, nominees: int = NOMINEES) -> Figure:
    """From the facts to both files."""
    template, wanted, font = quyet_dinh(), asked(award_of(nominees)), fonts.font(os.environ)
    seconds = [spent(lambda: made(template, wanted, font)) for _ in range(runs + 1)][1:]
    figure = median(seconds)
    against = f"{ENOUGH:g} s for {nominees} nominees"
    return Figure("paper-make", figure / ENOUGH, figure * 1000, "ms of the processor", runs, against)


BENCHMARKS: Mapping[str, Callable[..., Figure]] = MappingProxyType({"paper-make": printing})
