"""Plans spoilt by chance: in their bytes, in the XML of a Word file, in its archive, in their lines.

A number makes the same plan again, so that a failure can be repeated.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any
from warnings import catch_warnings

from lxml import etree

from exchange.plan.archive import FAULTS
from tests.exchange.plan.plan_files import HEADER, lines_of_plan, saved, text_plan, word_plan
from tests.exchange.plan.test_open_text import odt, p
from tests.exchange.plan.test_open_text import row as odt_row
from tests.exchange.plan.test_open_text import table as odt_table
from tests.exchange.plan.word_files import (
    BY,
    HIDDEN,
    W,
    cell,
    definition,
    level,
    listed,
    modern_box,
    numbered,
    numbering,
    packed,
    paragraph,
    row,
    run,
    strict,
    style,
    styles,
    table,
    unpacked,
    word,
)

NAMES = (
    *("p", "r", "t", "tbl", "tr", "tc", "tcPr", "vMerge", "gridSpan", "numPr", "ilvl", "numId", "del", "ins"),
    *("sdt", "txbxContent", "vanish", "basedOn", "lvl", "lvlText", "start", "fldChar", "framePr", "hidden"),
)
VALUES = (
    *("", "0", "1", "-1", "9", "4294967296", "9" * 30, "%1.%1.%9", "continue", "on", "١", "é", "upperRoman"),
    *("none", "bullet", "begin", "restart", "A"),
)
WORDS = (
    *("QUÝ I", "1.1", "1.1.1.1", "#", "Tháng 13", "31/02/2026", "15/1/0001", "2026", "năm 9999", "TT", "I."),
    *("Nội dung", "(" * 40, "-" * 300, "a. " * 500, "Phòng " * 400, "1." * 200, "x" * 20_000, "½", "12" * 40),
    *("\u200b", "đ", "ngày " * 300, "tháng 1, " * 300, "UBND xã; " * 200, "Chủ trì: " * 200, "1/" * 500),
)
BYTES = (
    b"\0",
    b"\xff",
    b"<",
    b">",
    b"\t",
    b"\n",
    b"|",
    b"PK\x03\x04",
    b"\xe1\xba",
    b"\r",
    b"\x0c",
    b"]]>",
    b"&#0;",
)

Spoil = Callable[[bytes, Random], bytes]


@cache
def plans() -> Sequence[bytes]:
    """The real plan as text and as Word, and one of each kind of what Word can hold."""
    lines = lines_of_plan()
    rows = [line.split("\t") for line in lines[21:32] if line]
    full = word(
        paragraph("KẾ HOẠCH", modern_box(paragraph("Dự thảo"), table(row("a", "b")))),
        paragraph("Công tác thi đua năm 2026"),
        table(
            row("TT", "Nội dung", "Cơ quan thực hiện", "Thời gian"),
            row(cell("QUÝ I", properties='<w:gridSpan w:val="4"/>')),
            row(cell(numbered(1)), "Công tác tổng kết", "", ""),
            row(
                cell(numbered(1, 1)),
                cell(paragraph("Báo cáo", run(" mật", HIDDEN), f"<w:ins {BY}>{run(' năm 2025')}</w:ins>")),
                cell(numbered(2, 0, "UBND xã"), table(row("Phòng VH-XH", "Công an"))),
                cell("Tháng 3", "15/3/2026", properties='<w:vMerge w:val="restart"/>'),
            ),
            row(cell(numbered(1, 1)), "Hướng dẫn", "Các thôn", cell(properties="<w:vMerge/>")),
        ),
        styles=styles(style("A", based_on="B", inner=f"<w:rPr>{HIDDEN}</w:rPr>"), style("B")),
        numbering=numbering(
            definition(0, level(0, "%1."), level(1, "%1.%2")), definition(1, level(0, "-", "bullet")),
            listed(1, 0), listed(2, 1),
        ),
    )  # fmt: skip
    text = "\n".join(lines).encode()
    in_libre = odt(p("KẾ HOẠCH năm 2026"), odt_table(*(odt_row(*each) for each in rows)))
    return (text, in_libre, text_plan(HEADER, *rows[1:]), _lean(saved(word_plan(rows))), full, strict(full))


def _lean(data: bytes) -> bytes:
    """Without the pictures, themes and settings that take most of the time to pack."""
    needed = ("_rels/.rels", "document.xml", "document.xml.rels", "styles.xml", "numbering.xml")
    return packed({name: part for name, part in unpacked(data).items() if name.endswith(needed)})


def spoilt(number: int) -> bytes:
    """One to four mutations of a plan."""
    chance = Random(number)
    data = chance.choice(plans())
    for _ in range(chance.randint(1, 4)):
        ways = WORD_WAYS if data.startswith(b"PK") else TEXT_WAYS
        data = chance.choice(ways)(data, chance)
    return data


# Bytes


def _bytes(data: bytes, chance: Random) -> bytes:
    at, length = chance.randrange(len(data) + 1), chance.choice((0, 1, 2, 40, 4000))
    put = chance.choice((*BYTES, data[: chance.randrange(200)], chance.randbytes(chance.randrange(20))))
    return data[:at] + put * chance.choice((1, 1, 1, 50)) + data[at + length :]


def _cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _bits(data: bytes, chance: Random) -> bytes:
    spoilt = bytearray(data or b" ")
    for _ in range(chance.randint(1, 8)):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


# Lines of text


def _lines(data: bytes, chance: Random) -> bytes:
    lines = data.split(b"\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            lines[at], lines[other] = lines[other], lines[at]
        case 1:
            lines[at:at] = [lines[other]] * chance.choice((1, 3, 300))
        case 2:
            del lines[at]
        case 3:
            cells = lines[at].split(b"\t")
            cells[chance.randrange(len(cells))] = chance.choice(WORDS).encode()
            lines[at] = b"\t".join(cells)
        case _:
            lines[at] = lines[at].replace(chance.choice((b"\t", b" ", b".", b",")), chance.choice(BYTES))
    return b"\n".join(lines)


# The XML of a Word file


def _xml(data: bytes, chance: Random) -> bytes:
    try:
        parts = unpacked(data)
        name = chance.choice(
            [name for name in parts if name.endswith(("document.xml", "content.xml", "s.xml", "ng.xml"))]
        )
        root = etree.fromstring(parts[name])
    except (*FAULTS, IndexError):
        return _bytes(data, chance)
    for _ in range(chance.randint(1, 5)):
        _change(chance.choice(list(root.iter(etree.Element))), root, chance)
    parts[name] = etree.tostring(root)
    return packed(parts)


def _change(element: Any, root: Any, chance: Random) -> None:
    parent = element.getparent()
    match chance.randrange(8):
        case 0 if parent is not None:
            parent.remove(element)
        case 1 if parent is not None:
            for _ in range(chance.choice((1, 2, 20))):
                parent.append(deepcopy(element))
        case 2:
            element.tag = f"{{{W}}}{chance.choice(NAMES)}"
        case 3:
            element.set(
                f"{{{W}}}{chance.choice(('val', 'styleId', 'ilvl', 'numId', 'char'))}", chance.choice(VALUES)
            )
        case 4:
            element.text = chance.choice(WORDS)
        case 5 if parent is not None:
            for _ in range(chance.choice((1, 5, 60))):
                wrapper = etree.Element(f"{{{W}}}{chance.choice(NAMES)}")
                element.addprevious(wrapper)
                wrapper.append(element)
        case 6:
            etree.SubElement(element, f"{{{W}}}{chance.choice(NAMES)}").set(
                f"{{{W}}}val", chance.choice(VALUES)
            )
        case _:
            other = chance.choice(list(root.iter(etree.Element)))
            other.append(deepcopy(element))


# Its archive


def _archive(data: bytes, chance: Random) -> bytes:
    try:
        parts = unpacked(data)
        name = chance.choice(list(parts))
    except (*FAULTS, IndexError):
        return _bits(data, chance)
    match chance.randrange(6):
        case 0:
            del parts[name]
        case 1:
            parts[chance.choice(("word/document2.xml", "mimetype", "xl/workbook.xml", "a" * 300, "../x"))] = (
                parts[name]
            )
        case 2:
            parts[name] = parts[chance.choice(list(parts))]
        case 3:
            parts[name] = _bytes(parts[name], chance)
        case 4:
            parts[name] = parts[name].decode("utf-8", "replace").encode("utf-16")
        case _:
            return _twice(parts, name)
    return packed(parts)


def _twice(parts: dict[str, bytes], name: str) -> bytes:
    file = io.BytesIO(packed(parts))
    with zipfile.ZipFile(file, "a") as archive, catch_warnings(action="ignore"):
        archive.writestr(zipfile.ZipInfo(name.upper()), b"<a/>")
    return file.getvalue()


TEXT_WAYS: Sequence[Spoil] = (_lines, _lines, _lines, _lines, _bytes, _bits, _cut)
WORD_WAYS: Sequence[Spoil] = (_xml, _xml, _xml, _xml, _xml, _archive, _bytes, _bits, _cut)
