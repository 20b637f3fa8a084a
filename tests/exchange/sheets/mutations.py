"""Workbooks spoilt by chance: in their bytes, in the XML and records within, in the numbers that these hold.

A number makes the same workbook again, so that a failure can be repeated.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from io import BytesIO
from random import Random

from tests.exchange.sheets.old_excel import AS_MONTH, OldSheet, old_workbook
from tests.exchange.sheets.packages import (
    inline,
    ods_cell,
    ods_row,
    open_document,
    rezipped,
    rows_of,
    small_workbook,
)

Spoil = Callable[[bytes, Random], bytes]

CLAIMS = (
    *(b"99999999999", b"-1", b"4294967295", b"1048576", b"XFD1048576", b"65535", b"0", b"NaN", b"1e999"),
    *(b"\0", b"\xff", b"<", b'"', b"&a;", b"<!DOCTYPE a>", b"", b"b", b"inlineStr", b"true"),
)
WORDS = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\x7f\0\0", b"\x01\0\0\0")


@cache
def workbooks(page: bytes) -> Sequence[bytes]:
    """A page of dates, and one of each kind of workbook."""
    styles = "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='mm/yyyy'/></numFmts><cellXfs>"
    styles += (
        "<xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='9'/></cellXfs></styleSheet>"
    )
    cells = '<c s="1"><v>46101</v></c><c s="2"><v>46101</v></c><c t="s"><v>0</v></c><c t="e"><v>#REF!</v></c>'
    sheet = rows_of(inline("Số TT") + cells, '<c s="3"><f>A1</f><v>0.5</v></c><c t="b"><v>1</v></c>')
    sheet = f'<cols><col min="1" max="2" hidden="1"/></cols>{sheet}'
    sheet += '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    shared = "<sst count='1'><si><r><t>a</t></r><rPh><t>b</t></rPh></si></sst>"
    old = OldSheet("A", [["TT", 1, date(2026, 5, 1)], [True, 0.5]], hidden_rows=[1], merged=[(1, 1, 1, 2)])
    open_rows = ods_row(ods_cell("string", "a"), ods_cell("float", "1", 'office:value="1"')) * 3
    return (
        page,
        small_workbook(sheet, styles=styles, sharedStrings=shared),
        old_workbook([old, OldSheet("B", [[1]], hidden=True, styles={(1, 1): AS_MONTH})], from_1904=True),
        open_document(f'<table:table table:name="A"><table:table-column/>{open_rows}</table:table>'),
        'TT;Tên\n1;"Nông\nVăn";x\n'.encode(),
    )


def spoilt(number: int, page: bytes) -> bytes:
    chance = Random(number)
    return spoilt_file(chance.choice(workbooks(page)), chance)


def spoilt_file(content: bytes, chance: Random) -> bytes:
    if content.startswith(b"PK") and chance.random() < 0.8:
        return _within(content, chance)
    return _bytes(content, chance)


def _within(content: bytes, chance: Random) -> bytes:
    """One or two parts spoilt, so that the archive itself stays whole."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
    touched = chance.sample(names, k=min(len(names), chance.choice((1, 1, 2))))
    spoil = chance.choice((_bytes, _numbers, _numbers))
    return rezipped(content, lambda name, part: spoil(part, chance) if name in touched else part)


def _numbers(content: bytes, chance: Random) -> bytes:
    found = list(re.finditer(rb"\d+", content))
    if not found:
        return content
    one = chance.choice(found)
    return content[: one.start()] + chance.choice(CLAIMS) + content[one.end() :]


def _bytes(content: bytes, chance: Random) -> bytes:
    spoiling = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at, length = chance.randrange(len(spoiling) + 1), chance.choice((1, 4, 30, 300))
        match chance.randrange(5):
            case 0:
                spoiling[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del spoiling[at : at + length]
            case 2:
                spoiling[at:at] = chance.choice(CLAIMS)
            case 3:
                spoiling[at:at] = spoiling[at : at + length] * chance.choice((1, 3, 50))
            case _:
                spoiling[at : at + 4] = chance.choice(WORDS)
    return bytes(spoiling)
