"""Numbers of papers: what one is made of, how it is spelled, and where the log has those that were given.

Number and symbol are unique in a year; below ten a zero leads (NĐ 30/2020/NĐ-CP, art. 8 and 15).
"""

# No postponed annotations: as texts each field's would be compiled at every start.

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from workflow.model.facts import Plain
from workflow.model.wording import fold

SUPERIOR = "record_result"
"""The event whose number is a superior's: that series is another one, with the same symbols."""
NUMBERING = (
    *("adopt", "agree_record", "award", "call", "change", "complete", "forward", "minute", SUPERIOR),
    "revoke",
)
"""The events by which papers get into the log with their numbers."""
DATED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "decision_number": ("decision_date",),
        "invitation_no": ("invitation_on",),
        "paper": ("date", "done_on"),
        "paper_number": ("paper_date",),
    }
)
"""The inputs that hold a paper's number, each with those that may hold its date."""
CODES = ("BB", "BC", "CV", "GM", "HD", "HĐND", "HĐTĐKT", "KH", "NQ", "QĐ", "TB", "TTr", "UBND", "VHXH")
"""The parts of a symbol as they are written; what is none of them is an office's own."""
_WRITTEN = {fold(code): code for code in CODES}
_NUMBER = re.compile(r"0*(?P<number>[0-9]+)(?P<symbol>/.*)?")


class NumberedPaper(NamedTuple):
    """A paper as the log has it: of which item it is, its number as given, its date and its signer's
    account, as far as they are known."""

    year: int
    ref: str
    number: str
    on: date | None
    signer: str | None
    superior: bool = False


def identity(number: str) -> tuple[int, str] | None:
    """What two spellings of one number have in common; None where it does not begin with a number."""
    match = _NUMBER.fullmatch(number)
    return None if match is None else (int(match["number"]), fold(match["symbol"] or ""))


def number_key(number: str) -> str:
    """By which a paper is looked up, whatever its case, marks and leading zero: `5/qd-ubnd`."""
    return fold(re.sub(r"^0+(?=\d)", "", number.strip()))


def same_number(asked: str, number: str) -> bool:
    """Whether a paper has the number asked for: all of it, or the part before the stroke; `5/` is `05/`."""
    wanted, found = number_key(asked), number_key(number)
    return wanted == found or ("/" not in wanted and wanted == found.partition("/")[0])


def spelled(number: str) -> str:
    """The number as it is written: `05/QĐ-UBND` for `5/qd-ubnd`."""
    match = _NUMBER.fullmatch(number)
    if match is None or match["symbol"] is None:
        return number
    parts = re.split(r"([/&-])", match["symbol"])
    symbol = "".join(_WRITTEN.get(fold(part), part) for part in parts)
    return f"{int(match['number']):02}{symbol}"


def spellings(number: str) -> tuple[str, ...]:
    """The number as it may have been given before: with its zero and without, `QĐ` as `QD`."""
    match = _NUMBER.fullmatch(number)
    if match is None:
        return (number,)
    digits = {match["number"], f"{int(match['number']):02}"}
    written = "".join(spelled(number).partition("/")[1:])
    symbols = {match["symbol"] or "", written, written.replace("Đ", "D")}
    return tuple(sorted(f"{first}{rest}" for first in digits for rest in symbols))


def paper_in(year: int, ref: str, event: str, inputs: Mapping[str, Plain]) -> NumberedPaper | None:
    """The paper that an entry's inputs number; None where they number none."""
    for name, dates in DATED_BY.items():
        number = inputs.get(name)
        if isinstance(number, str):
            days = (inputs.get(each) for each in dates)
            day = next((date.fromisoformat(value) for value in days if isinstance(value, str)), None)
            signer = inputs.get("signer")
            known = signer if isinstance(signer, str) else None
            return NumberedPaper(year, ref, number, day, known, event == SUPERIOR)
    return None
