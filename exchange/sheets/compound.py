"""The container of old Office files (OLE compound file, after MS-CFB): its streams, and a new one with one.

Every chain of sectors is bounded by the size of the file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exchange.sheets.faults import Unreadable

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER, ENTRY = 512, 128
LISTED = 109
"""Sectors of the allocation table that the header lists itself."""
HIGHEST, END, TABLE, FREE = 0xFFFFFFFA, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
"""Of a sector's number: the highest, and what stands for a chain's end, for the table, and for nothing."""
STREAM, ROOT = 2, 5
SMALL = 64
"""Bytes of a sector of small streams, which lie together in the root's stream."""
NEW_SHIFT = 12
"""New files have sectors of 4096 bytes, so that the header lists enough of them."""


@dataclass(frozen=True, slots=True)
class Container:
    """An old file opened. `entries` are its streams by their names, each with its first sector and size."""

    content: bytes
    size: int
    cutoff: int
    table: Sequence[int]
    small_table: Sequence[int]
    entries: Mapping[str, tuple[int, int]]
    root: tuple[int, int]

    def stream(self, name: str) -> bytes:
        """Raises Unreadable."""
        first, size = self.entries[name]
        if size >= self.cutoff:
            return _joined(self.content, self.size, self.table, first, size)
        start, length = self.root
        small = _joined(self.content, self.size, self.table, start, length)
        pieces = [small[at * SMALL : (at + 1) * SMALL] for at in _chain(self.small_table, first)]
        return b"".join(pieces)[:size]


def opened(content: bytes) -> Container:
    """Raises Unreadable for a file that is cut off or damaged."""
    try:
        return _opened(content)
    except (struct.error, IndexError) as error:
        raise Unreadable("broken") from error


def _opened(content: bytes) -> Container:
    (shift,) = struct.unpack_from("<H", content, 30)
    if shift not in (9, 12):
        raise Unreadable("broken")
    size = 1 << shift
    directory, cutoff, small = struct.unpack_from("<I4xII", content, 48)
    sectors = list(_table_sectors(content, size))
    table = _numbers(b"".join(_sector(content, size, at) for at in sectors))
    small_table = _numbers(b"".join(_sector(content, size, at) for at in _chain(table, small)))
    entries, root = {}, (END, 0)
    for name, kind, first, length in _entries(
        b"".join(_sector(content, size, at) for at in _chain(table, directory))
    ):
        if kind == ROOT:
            root = (first, length)
        elif kind == STREAM:
            entries[name] = (first, length)
    return Container(content, size, cutoff, table, small_table, entries, root)


def _table_sectors(content: bytes, size: int) -> Iterator[int]:
    """The sectors with the allocation table: those that the header lists, then those of further lists."""
    yield from (at for at in struct.unpack_from(f"<{LISTED}I", content, 76) if at <= HIGHEST)
    (further,) = struct.unpack_from("<I", content, 68)
    for _ in range(len(content) // size):
        if further > HIGHEST:
            return
        *listed, further = _numbers(_sector(content, size, further))
        yield from (at for at in listed if at <= HIGHEST)


def _sector(content: bytes, size: int, at: int) -> bytes:
    sector = content[(at + 1) * size : (at + 2) * size]
    if not sector:
        raise Unreadable("broken")
    return sector.ljust(size, b"\0")


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data)


def _chain(table: Sequence[int], first: int) -> Iterator[int]:
    """A stream's sectors in their order. Raises Unreadable for a chain that runs in a circle."""
    for _ in range(len(table) + 1):
        if first > HIGHEST:
            return
        yield first
        first = table[first]
    raise Unreadable("broken")


def _joined(content: bytes, size: int, table: Sequence[int], first: int, length: int) -> bytes:
    return b"".join(_sector(content, size, at) for at in _chain(table, first))[:length]


def _entries(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Name, kind, first sector and size of everything in the file."""
    for at in range(0, len(directory) - ENTRY + 1, ENTRY):
        raw, used, kind = struct.unpack_from("<64sHB", directory, at)
        first, length = struct.unpack_from("<II", directory, at + 116)
        yield raw[: max(used - 2, 0)].decode("utf-16-le", "replace"), kind, first, length


# -- a new one -------------------------------------------------------------------------------------------


def packed(name: str, content: bytes) -> bytes:
    """A file with one stream, which is padded to the size from which streams are no small ones."""
    size = 1 << NEW_SHIFT
    held = -(-len(content) // size) or 1
    tables = -(-(held + 1) // (size // 4 - 1))
    chain = [*range(1, held), END, END, *[TABLE] * tables]
    # python-calamine refuses a root without small streams: it is given none of the stream's bytes.
    directory = _entry("Root Entry", ROOT, 0, 0, child=1) + _entry(name, STREAM, 0, held * size)
    header = struct.pack("<8s16xHHHHH6x", SIGNATURE, 0x3E, 4, 0xFFFE, NEW_SHIFT, 6)
    header += struct.pack("<9I", 1, tables, held, 0, size, END, 0, END, 0)
    listed = range(held + 1, held + 1 + tables)
    header += struct.pack(f"<{LISTED}I", *listed, *[FREE] * (LISTED - tables))
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(tables * size, b"\xff")
    sectors = (header.ljust(size, b"\0"), content.ljust(held * size, b"\0"), directory.ljust(size, b"\0"))
    return b"".join((*sectors, table))


def _entry(name: str, kind: int, first: int, length: int, *, child: int = FREE) -> bytes:
    raw = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", raw, len(raw) + 2, kind, 1, FREE, FREE, child, first, length)
