"""What a workbook holds beside its cells, told from the parts of its archive; so two files can be compared.

openpyxl drops what it does not know when it writes a file again. Which that is changes with its version and
with what else is installed, so it is counted here instead of being known beforehand.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

SHEETS, DRAWINGS, OLD_DRAWINGS = "xl/worksheets/", "xl/drawings/drawing", "xl/drawings/vmldrawing"
PARTS: Mapping[str, str] = MappingProxyType(
    {
        "xl/charts/": "chart",
        "xl/chartex/": "chart",
        "xl/diagrams/": "shape",
        "xl/ctrlprops/": "control",
        "xl/activex/": "control",
        "xl/featurepropertybag/": "control",
        "xl/richdata/": "picture",
        "xl/embeddings/": "embedded",
        "xl/pivottables/": "pivot",
        "xl/slicers/": "pivot",
        "xl/timelines/": "pivot",
        "xl/threadedcomments/": "thread",
        "xl/querytables/": "query",
        "xl/connections": "query",
        "xl/model/": "query",
        "xl/externallinks/": "link",
        "xl/vbaproject.bin": "macro",
        "_xmlsignatures/": "signature",
    }
)
"""How the names of parts begin, in small letters, and what is in them."""
ELEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "pic": "picture",
        "picture": "picture",
        "legacyDrawingHF": "picture",
        "sp": "shape",
        "cxnSp": "shape",
        "grpSp": "shape",
        "cfRule": "rule",
        "dataValidation": "rule",
        "sparkline": "sparkline",
    }
)
"""Elements of sheets and drawings by their local names."""
CONTROL = re.compile(rb"""ObjectType=["'](?!Note)""")
"""In a drawing of the older kind, where comments stand too."""
ELEMENT = re.compile(rb"<(?:\w+:)?(" + "|".join(ELEMENTS).encode() + rb")\b")
VALUE = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*<(?:\w+:)?v>[^<]")
"""What a formula came to."""


def kept_beside(content: bytes) -> Counter[str]:
    """How many things of each kind there are: `picture`, `shape`, `chart`, `pivot`, …"""
    found: Counter[str] = Counter()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            small = name.lower()
            kind = next((kind for start, kind in PARTS.items() if small.startswith(start)), None)
            if kind is not None and not small.endswith(".rels"):
                found[kind] += 1
            elif small.startswith((SHEETS, DRAWINGS)) and small.endswith(".xml"):
                part = archive.read(name)
                found.update(ELEMENTS[each.decode()] for each in ELEMENT.findall(part))
                found["value"] += len(VALUE.findall(part))
            elif small.startswith(OLD_DRAWINGS):
                found["control"] += len(CONTROL.findall(archive.read(name)))
    return found


def lost_between(before: bytes, after: bytes) -> tuple[str, ...]:
    """The kinds of which the second file has fewer things than the first."""
    held, left = kept_beside(before), kept_beside(after)
    return tuple(sorted(kind for kind in held if left[kind] < held[kind]))
