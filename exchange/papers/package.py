"""A Word file as its parts by name, and back: equal parts give equal bytes, whenever they are written."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip knows: no clock stands in a paper's bytes."""
MOST = 64 << 20
"""Bytes that a template or a paper comes to at most, unpacked."""
TYPES = "[Content_Types].xml"


class NotWord(ValueError):
    """The bytes are no Word file, or one that is too large."""


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts by name. Raises NotWord."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            infos = package.infolist()
            if sum(each.file_size for each in infos) > MOST:
                raise NotWord(content[:4])
            parts = {each.filename: package.read(each) for each in infos if not each.is_dir()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise NotWord(content[:4]) from error
    if "word/document.xml" not in parts:
        raise NotWord(content[:4])
    return parts


def packed(parts: Mapping[str, bytes]) -> bytes:
    """One file of the parts: the types first, as readers expect it, then by name."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name in sorted(parts, key=lambda name: (name != TYPES, name)):
            info = zipfile.ZipInfo(name, date_time=DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            package.writestr(info, parts[name])
    return made.getvalue()
