"""Workbooks spoilt by chance are read or refused: no traceback, no hang, no more memory than is there.

TDKT_SPOILT_SHEETS asks for more than the few that every run reads.
"""

from __future__ import annotations

import os
from functools import partial

from exchange.sheets.deadline_reading import read_page
from exchange.sheets.deadline_sheet import page_workbook
from exchange.sheets.faults import Unreadable
from tests.exchange.bounds import MEMORY, SECONDS, at_most, taken
from tests.exchange.sheets.mutations import spoilt
from tests.exchange.sheets.test_deadline_sheet import HEADINGS, PAGE

SPOILT = int(os.environ.get("TDKT_SPOILT_SHEETS", "500"))
FIRST = int(os.environ.get("TDKT_SPOILT_FIRST", "0"))


def test_spoilt_workbooks_are_read_or_refused() -> None:
    failed: dict[int, str] = {}
    page = page_workbook(PAGE)
    for number in range(FIRST, FIRST + SPOILT):
        try:
            with at_most(SECONDS):
                most = taken(partial(read_page, spoilt(number, page), HEADINGS))
        except Unreadable:
            continue
        except BaseException as error:  # a panic of Rust is no Exception
            failed[number] = repr(error)
            continue
        if most > MEMORY:
            failed[number] = f"{most // 1024} MB"

    assert failed == {}
