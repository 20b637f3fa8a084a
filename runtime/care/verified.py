"""What the verification of the logs found, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from runtime.office.words import Words

if TYPE_CHECKING:
    from runtime.care.upkeep import FaultRecord, OfficeVerified

SHOWN_FAULTS = 50
"""Lines of what is wrong that are told; JSON has all."""


def verified_lines(office: OfficeVerified, words: Words) -> Iterator[str]:
    """The sound logs first, then what is wrong, as far as it can be read."""
    if not office.logs:
        yield words("message.log_empty")
    for verified in office.logs:
        if verified.sound:
            root = words("message.log_verified", n=verified.entries, goc=verified.root)
            yield f"{verified.log}: {root}"
        if verified.bound_since is not None:
            yield words("message.bound_since", nam=verified.log, gio=verified.bound_since)
    wrong = [(verified.log, fault) for verified in office.logs for fault in verified.faults]
    if office.logs and not wrong:
        yield words("message.rows_agree", n=office.rows)
    for year, fault in wrong[:SHOWN_FAULTS]:
        yield _wrong(year, fault, words)
    if len(wrong) > SHOWN_FAULTS:
        yield words("message.log_more", n=len(wrong) - SHOWN_FAULTS)


def _wrong(year: int, fault: FaultRecord, words: Words) -> str:
    why = words(
        f"message.log_fault.{fault.code}",
        ref=fault.ref,
        so=fault.seq,
        bang=fault.table,
        dong=fault.row,
        cot=fault.column,
        gia_tri=fault.stored,
        dung=fault.said,
    )
    if fault.table is not None or fault.code == "digest_key":
        return words("message.log_disagrees", nam=year, ly_do=why)
    if fault.seq is not None:
        return f"{year}: {words('message.log_broken', so=fault.seq, ly_do=why)}"
    return words("message.log_broken_as_whole", nam=year, ly_do=why)
