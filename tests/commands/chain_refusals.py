"""What the file of a chain says must be refused, as somebody types it (`test_chain_refusals.py`).

Each attempt is a phrase of the file, with the lines, people, numbers and days that it names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tests.commands.chain import Chain, Given


class Attempt(NamedTuple):
    """A command that must be refused: when, by whom, in which words."""

    at: str
    by: str
    words: tuple[str, ...]


def attempt(chain: Chain, phrase: str, come_to: Callable[[str], None]) -> Attempt:
    """The phrase's command, in an office that has come to the stage at which it would be typed. Raises
    LookupError for a phrase of which nobody knows how it is typed."""
    for pattern, (stage, typed) in PHRASES.items():
        if found := re.fullmatch(pattern, phrase):
            come_to(stage)
            return typed(chain, *found.groups())
    raise LookupError(f"no command is known for “{phrase}”")


def _count(chain: Chain, line: str, **said: str) -> Attempt:
    """The sheet as it was, but for what is said of one line."""
    vote = next(vote for vote in _by_slips(chain) if line in _lines(vote))
    sheet = {
        each["line"]: {"for": str(each["for"]), "against": str(each["against"])} for each in vote["lines"]
    }
    sheet[line] = said
    counts = (
        f"{ref}:{','.join(f'{name}={count}' for name, count in each.items())}" for ref, each in sheet.items()
    )
    words = ("council", "count", chain.session, vote["title"])
    return _in_session(chain, vote["at"], *words, *(word for each in counts for word in ("--line", each)))


def _total_typed(chain: Chain, total: str, line: str) -> Attempt:
    return _count(chain, line, total=total)


def _not_adding_up(chain: Chain, line: str, valid: str, for_: str, against: str) -> Attempt:
    return _count(chain, line, valid=valid, **{"for": for_}, against=against)


def _too_many_slips(chain: Chain, slip: str, issued: str, collected: str) -> Attempt:
    line = next(each["lines"][0] for vote in _by_slips(chain) for each in vote["slips"] if each["id"] == slip)
    return _count(chain, line, issued=issued, collected=collected, **{"for": collected})


def _opened_with(chain: Chain, there: str) -> Attempt:
    session = chain.given["session"]
    present = session["roll"]["present"][: int(there)]
    words = ("council", "open", chain.session, "--at", session["from"], "--presiding", session["presiding"])
    return _in_session(
        chain, session["from"], *words, *(word for member in present for word in ("--present", member))
    )


def _slip_given(chain: Chain, slip: str, member: str) -> Attempt:
    words = ("advance", chain.session, "slips", "--set", f"slip={slip}", "--set", f"to={member}")
    return _in_session(chain, _by_slips(chain)[0]["at"], *words)


def _on_board(chain: Chain, member: str, slip: str) -> Attempt:
    board = (member, *chain.given["session"]["board"])[:3]
    return _in_session(
        chain, _by_slips(chain)[0]["at"], "council", "board", chain.session, *board, "--slip", slip
    )


def _common_slip(chain: Chain, one: str, other: str) -> Attempt:
    words = ("advance", chain.session, "slips", "--set", f"lines={one},{other}")
    return _in_session(chain, _by_slips(chain)[0]["at"], *words)


def _line_added(chain: Chain, decision: str, line: str) -> Attempt:
    return Attempt(_asked_on(chain), "chuyen-vien", ("decision", "add", decision, line))


def _dated(chain: Chain, decision: str, day: str) -> Attempt:
    """A decision has its tờ trình on its own day or before, so that one of a day before the meeting is told
    of the meeting already when it is put before the signer."""
    paper = chain.given["to_trinh"]
    if day < chain.given["session"]["date"]:
        said = ("--paper", paper["number"], "--paper-date", day, "--for-date", day)
        return Attempt(_asked_on(chain), "chuyen-vien", ("decision", "submit", decision, *said))
    chain.submit(decision, for_date=day)
    return Attempt(_asked_on(chain), "van-thu", _signature(decision, day))


def _number_taken(chain: Chain, decision: str, number: str) -> Attempt:
    other = next(each["id"] for each in chain.given["decisions"] if each["number"] == number)
    day = _dates(chain)[other]
    chain.sign(other, day)
    chain.issue(other, day)
    chain.sign(decision, day)
    return _issue(decision, number, day, at=day)


def _out_of_order(chain: Chain, decision: str, day: str, other: str, other_day: str) -> Attempt:
    chain.sign(decision, day)
    chain.sign(other, other_day)
    chain.issue(other, other_day)
    return _issue(decision, _number(chain, decision), day, at=other_day)


def _another_salary(chain: Chain, decision: str, day: str, month: str, issued: str) -> Attempt:
    chain.sign(decision, f"{issued[:4]}-{month}-{day}")
    return _issue(decision, _number(chain, decision), issued, at=issued)


def _drafter_signs(chain: Chain, account: str, decision: str) -> Attempt:
    return Attempt(_asked_on(chain), account, _signature(decision, _asked_on(chain)[:10]))


def _unfunded(chain: Chain) -> Attempt:
    """Nothing comes before the signer whose money nobody confirmed."""
    paper = chain.given["to_trinh"]
    words = ("decision", "submit", chain.given["decisions"][0]["id"])
    said = ("--paper", paper["number"], "--paper-date", paper["date"])
    return Attempt(_asked_on(chain), "chuyen-vien", (*words, *said))


def _edited_later(chain: Chain, decision: str) -> Attempt:
    day = _dates(chain)[decision]
    chain.sign(decision, day)
    chain.issue(decision, day)
    line = next(each["lines"][0] for each in chain.given["decisions"] if each["id"] == decision)
    return Attempt(f"{day}T16:00", "chuyen-vien", ("decision", "remove", decision, line))


def _annulled_for(chain: Chain, decision: str, why: str) -> Attempt:
    day = _dates(chain)[decision]
    chain.sign(decision, day)
    chain.issue(decision, day)
    conclusion = ("--conclusion", "05/KL-UBND", "--conclusion-date", day, "--received", day, "--reason", why)
    words = ("decision", "revoke", decision, "--ground", "other_fault", *conclusion)
    return Attempt(f"{day}T16:00", "chuyen-vien", words)


LINE, DECISION, DAY, COUNT = r"(D\d+/\d+)", r"(Q\d+)", r"(\d{4}-\d\d-\d\d)", r"(\d+)"
SLIP, ACCOUNT = r"(P\d+)", r"([a-z][a-z0-9-]+)"
PHRASES: Mapping[str, tuple[str, Callable[..., Attempt]]] = {
    rf"total {COUNT} gõ tay cho {LINE}": ("voting", _total_typed),
    rf"khai mạc khi có mặt {COUNT}": ("called", _opened_with),
    rf"{LINE}: hợp lệ {COUNT}, đồng ý {COUNT}, không đồng ý {COUNT}": ("voting", _not_adding_up),
    rf"{SLIP}: phát ra {COUNT}, thu về {COUNT}": ("voting", _too_many_slips),
    rf"giao phiếu {SLIP} cho {ACCOUNT}": ("voting", _slip_given),
    rf"{ACCOUNT} vào tổ kiểm phiếu của {SLIP}": ("voting", _on_board),
    rf"một phiếu chung có cả {LINE} và {LINE}": ("voting", _common_slip),
    rf"quyết định {DECISION} thêm {LINE}": ("drafted", _line_added),
    rf"{DECISION} ngày {DAY}": ("confirmed", _dated),
    rf"{DECISION} mang số (\S+)": ("submitted", _number_taken),
    rf"{DECISION} số \d+ ngày {DAY} khi {DECISION} số \d+ ngày {DAY}": ("submitted", _out_of_order),
    rf"{DECISION} in theo [\d.]+, ký (\d\d)/(\d\d), cấp số ngày {DAY}": ("submitted", _another_salary),
    rf"{ACCOUNT} soạn {DECISION} rồi ghi nhận đã ký": ("submitted", _drafter_signs),
    r"ký quyết định khi kế toán chưa xác nhận nguồn": ("drafted", _unfunded),
    rf"sửa danh sách của {DECISION} sau khi ban hành": ("submitted", _edited_later),
    rf"hủy bỏ {DECISION} với căn cứ “(.+)”": ("submitted", _annulled_for),
}
"""Each phrase with the stage at which it is typed (`Stages` of `test_chain_refusals.py`) and its command."""


def _by_slips(chain: Chain) -> list[Given]:
    return [vote for vote in chain.given["session"]["votes"] if "slips" in vote]


def _lines(vote: Given) -> list[str]:
    return [line["line"] for line in vote["lines"]]


def _in_session(chain: Chain, at: str, *words: str) -> Attempt:
    """What the secretary types at an hour of the meeting."""
    session = chain.given["session"]
    return Attempt(f"{session['date']}T{at}", session["secretary"], words)


def _asked_on(chain: Chain) -> str:
    """An hour after which the decisions were put before the signer."""
    return f"{chain.given['to_trinh']['date']}T14:00"


def _dates(chain: Chain) -> Mapping[str, str]:
    dates: Mapping[str, str] = next(iter(chain.given["variants"].values()))["dates"]
    return dates


def _number(chain: Chain, decision: str) -> str:
    return next(str(each["number"]) for each in chain.given["decisions"] if each["id"] == decision)


def _signature(decision: str, day: str) -> tuple[str, ...]:
    return ("decision", "sign", decision, "--on", day, "--way", "paper")


def _issue(decision: str, number: str, day: str, *, at: str) -> Attempt:
    words = ("decision", "issue", decision, "--number", number, "--date", day)
    return Attempt(f"{at}T16:00", "van-thu", words)
