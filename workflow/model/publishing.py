"""What of a list is posted where everybody reads it, and for how long: names, units and titles, never when
somebody was born or where they live. Pure."""

from __future__ import annotations

import re

from workflow.model.dossiers import Dossier, Nominee

PUBLISHED_DAYS = 10
"""Calendar days, days off among them, for which the commune publishes its villages (NĐ 86/2023 art. 7)."""

_STREET = re.compile(
    r"(?:số nhà|nhà số|số|sn|đường|phố|ngõ|ngách|hẻm|kiệt|lô|thửa|căn hộ|quốc lộ|tỉnh lộ|ql|tl|km)\b|\d",
    re.IGNORECASE,
)
"""How a part of an address begins that leads to somebody's door."""
_AREA = re.compile(
    r"(?:xã|phường|thị trấn|đặc khu|huyện|quận|tỉnh|thành phố|tp\.?)\s+(?P<name>\w)", re.IGNORECASE
)
"""A commune, a province …, where its name follows: `xã Điềm He`, and not `xã đoàn`."""
_NUMBERS = re.compile(r"\d{6,}|\d{3,4}(?:[ .]\d{3}){2,}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|@")
_PERSONAL = re.compile(rf"{_NUMBERS.pattern}|\b(?:sinh|cccd|cmnd|điện thoại|đt|sđt)\b", re.IGNORECASE)
"""A number of a person or a telephone, a date of birth, a mail address."""


def published_lines(dossier: Dossier) -> tuple[Nominee, ...]:
    """The lines that a list names in public: those about which something is still to be decided and that
    neither are held nor failed."""
    return tuple(line for line in dossier.standing if not line.held and (line.result is None or line.passed))


def public_unit(unit: str | None) -> str:
    """Of where somebody works or lives what is no address: `Số 12, đường Trần Phú, Thôn 3` is `Thôn 3`."""
    parts = (part.strip() for part in re.split(r"[,;\n]", unit or ""))
    return ", ".join(part for part in parts if part and not _tells_where(part))


def public_name(name: str) -> str:
    """The name without what stands in brackets beside it and tells more of a person."""
    return re.sub(r"\s*\([^)]*\d[^)]*\)", "", name).strip()


def tells_more(name: str) -> bool:
    """Whether what was typed as a name also has a number of a person, a date or an address of mail."""
    return bool(_NUMBERS.search(name))


def _tells_where(part: str) -> bool:
    area = _AREA.match(part)
    named = area is not None and area["name"].isupper()
    return named or bool(_STREET.match(part) or _PERSONAL.search(part))
