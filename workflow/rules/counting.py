"""What was counted: by show of hands, or from the board's signed sheet, which another person checks.

A count says how many, never who. Of a vote by slips nothing has a result before it was checked (flows.md §3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from workflow.model.ballots import HANDS, SLIPS, count_mistake, hands_mistake, passed, slips_mistake
from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.facts import Item
from workflow.model.registry import Effect, Guard, Params, Registry
from workflow.model.sessions import COUNTED, CouncilSession, SessionLine, Slips
from workflow.model.text import Text
from workflow.rules.common import account_label, acts_among, others
from workflow.rules.line_inputs import counted
from workflow.rules.meeting import BOARD
from workflow.rules.sessions import (
    acts_on_own,
    changed,
    conflicted,
    refs_of,
    session_of,
    unknown_lines,
    vote_of,
    with_lines,
    words_of,
)
from workflow.rules.voting import Lines, slip_lines, without

# -- counts ------------------------------------------------------------------------------------------------


def counts_of(context: Context) -> Mapping[str, Mapping[str, int]]:
    """What was typed as counted, by line and name."""
    return counted(words_of(context, "counts"))


def _counted_lines(context: Context) -> Lines:
    refs = counts_of(context)
    return tuple(line for line in session_of(context).lines if line.ref in refs)


def _counts_in_vote(context: Context, params: Params) -> Reason | None:
    """Counts are of lines on which a vote was opened, by hands or by slips as that goes."""
    refs, slips = counts_of(context), params["slips"]
    unknown = unknown_lines(context, refs)
    if unknown:
        return unknown
    lines = _counted_lines(context)
    closed = [line for line in lines if line.ballot is None]
    if closed:
        return Reason("no_vote_open", {"so": refs_of(closed)})
    other = [line for line in lines if (line.group is not None) != slips]
    return Reason("by_hands" if slips else "by_slips", {"so": refs_of(other)}) if other else None


def _computed(line: SessionLine, counts: Mapping[str, int], known: Iterable[str]) -> Text | None:
    """That a base was typed, which is computed, or what is no count."""
    surplus = next((name for name in counts if name not in known), None)
    if surplus is None:
        return None
    if surplus == "total":
        return Text(
            f"tổng số thành viên của trường hợp này là {line.total}, phần mềm tự tính",
            f"the total of this line is {line.total}, which is computed",
        )
    names = ", ".join(known)
    return Text(f"chỉ nhập {names}, không nhập {surplus}", f"give {names}, not {surplus}")


def _told_of(line: SessionLine, mistake: Text) -> Text:
    return Text(f"{line.ref}: {mistake.vi}", f"{line.ref}: {mistake.en}")


def _first_mistake(lines: Lines, mistake: Callable[[SessionLine], Text | None]) -> Reason | None:
    found = ((line, text) for line in lines if (text := mistake(line)))
    line, text = next(found, (None, None))
    return Reason("counts", {"chi_tiet": _told_of(line, text)}) if line and text else None


def _hands_add_up(context: Context, _: Params) -> Reason | None:
    """Everybody who votes in the room is counted once."""
    typed = counts_of(context)
    return _first_mistake(_counted_lines(context), lambda line: hands_wrong(line, typed[line.ref]))


def hands_wrong(line: SessionLine, counts: Mapping[str, int]) -> Text | None:
    """Why these cannot be the hands of the line, or None."""
    for_, against, other = (counts.get(name, 0) for name in HANDS)
    return _computed(line, counts, HANDS) or hands_mistake(for_, against, other, voting=line.voting or 0)


def sheet(line: SessionLine, counts: Mapping[str, int]) -> dict[str, int]:
    """The counts of a line as its slip's sheet has them all: what was not typed follows from the others."""
    for_, against = counts.get("for", 0), counts.get("against", 0)
    valid = counts.get("valid", for_ + against)
    collected = counts.get("collected", valid + counts.get("invalid", 0))
    return {
        "issued": counts.get("issued", line.issued or 0),
        "collected": collected,
        "valid": valid,
        "invalid": counts.get("invalid", collected - valid),
        "for": for_,
        "against": against,
    }


def _slips_add_up(context: Context, _: Params) -> Reason | None:
    """Of each slip what came back, of each line on it what was counted (flows.md §3, secrecy)."""
    typed = counts_of(context)
    lines = _counted_lines(context)
    wrong = _first_mistake(lines, lambda line: slips_wrong(line, typed[line.ref]))
    return wrong or _one_collection(lines, typed)


def slips_wrong(line: SessionLine, counts: Mapping[str, int]) -> Text | None:
    """Why these cannot be the counts of the line on its slip, or None."""
    full = sheet(line, counts)
    return (
        _computed(line, counts, SLIPS)
        or slips_mistake(
            full["issued"],
            full["collected"],
            voting=line.voting or 0,
            asked=line.written_asked or 0,
            returned=line.written_returned or 0,
        )
        or count_mistake(
            full["valid"], full["invalid"], full["for"], full["against"], collected=full["collected"]
        )
    )


def _one_collection(lines: Lines, typed: Mapping[str, Mapping[str, int]]) -> Reason | None:
    """All lines of a slip come back with the same slips."""
    collected: dict[str | None, int] = {}
    for line in lines:
        count = sheet(line, typed[line.ref])["collected"]
        if collected.setdefault(line.group, count) != count:
            mistake = Text(
                f"phiếu {line.group} thu về {collected[line.group]} hay {count}: các trường hợp trên cùng"
                " một phiếu có cùng số phiếu thu về",
                f"slip {line.group} came back {collected[line.group]} or {count} times: lines of one slip"
                " have the same number",
            )
            return Reason("counts", {"chi_tiet": _told_of(line, mistake)})
    return None


def _whole_slips(context: Context, _: Params) -> Reason | None:
    """A sheet is entered whole."""
    refs, session = counts_of(context), session_of(context)
    groups = {line.group for line in _counted_lines(context)}
    left = [line for line in session.lines if line.group in groups and line.group and line.ref not in refs]
    return Reason("slip_incomplete", {"so": refs_of(left)}) if left else None


def _slips_of(context: Context, lines: Lines) -> tuple[Slips, ...]:
    groups = {line.group for line in lines}
    return tuple(slip for slip in session_of(context).slips if slip.id in groups)


def _not_checked_yet(context: Context, _: Params) -> Reason | None:
    """What was checked is counted again by order of whoever presides."""
    checked = {slip.id for slip in _slips_of(context, _counted_lines(context)) if slip.checked_by}
    lines = [line for line in _counted_lines(context) if line.group in checked]
    return Reason("already_checked", {"so": refs_of(lines)}) if lines else None


def _board_there(context: Context, _: Params) -> Reason | None:
    """Secret slips are counted by a board of which nobody stands on them."""
    session = session_of(context)
    for slip in _slips_of(context, _counted_lines(context)):
        lines = session.on_slip(slip.id)
        board = session.counters_of(line.ref for line in lines)
        if not lines[0].secret:
            continue
        if not board:
            return Reason("no_board", {"phieu": slip.id, "m": BOARD})
        for id in board:
            if own := conflicted(context, id, lines):
                return Reason("stands_on_slip", {"chuc_vu": account_label(context, id), "so": refs_of(own)})
    return None


def _own_counts(context: Context, _: Params) -> Reason | None:
    return acts_on_own(context, _counted_lines(context) or _to_check(context))


def _record_hands(context: Context, item: Item, _: Params) -> Item:
    typed = counts_of(context)
    return with_lines(
        item,
        (
            _judged(line.with_counts({name: typed[line.ref].get(name, 0) for name in HANDS}))
            for line in _counted_lines(context)
        ),
    )


def _judged(line: SessionLine) -> SessionLine:
    """The line with what its votes in favour come to, of the base that was frozen."""
    reached = passed(line.for_ or 0, line.base_n or 0, vote_of(line))
    return line._replace(result="pass" if reached else "fail")


def _record_count(context: Context, item: Item, _: Params) -> Item:
    """The sheet as it was entered; it has no result before somebody else has checked it."""
    typed, lines, session = counts_of(context), _counted_lines(context), CouncilSession.of(item)

    def entered(slip: Slips) -> Slips:
        board = session.counters_of(line.ref for line in session.on_slip(slip.id))
        return slip._replace(counted_by=_acting(context), checked_by=(), board=board, emptied=True)

    item = with_lines(item, (line.with_counts(sheet(line, typed[line.ref])) for line in lines))
    return _slips_changed(item, {line.group for line in lines}, entered)


def _acting(context: Context) -> tuple[str, ...]:
    """Who acts, and in whose name."""
    return tuple(id for id in (context.actor.account, context.actor.acting_for) if id)


def _slips_changed(item: Item, ids: Iterable[str | None], change: Callable[[Slips], Slips]) -> Item:
    wanted, session = set(ids), CouncilSession.of(item)
    return changed(item, slips=tuple(change(slip) if slip.id in wanted else slip for slip in session.slips))


# -- checking, counting again ------------------------------------------------------------------------------


def _to_check(context: Context) -> Lines:
    """The lines whose count is checked: those on the named slips, else all that wait for it."""
    session = session_of(context)
    lines = _counted_lines(context) or slip_lines(context)
    named = {line.group for line in lines} if lines else session.waiting
    return tuple(line for line in session.lines if line.group in session.waiting & named)


def _something_to_check(context: Context, _: Params) -> Reason | None:
    return None if _to_check(context) else Reason("nothing_counted")


def _another_pair_of_eyes(context: Context, _: Params) -> Reason | None:
    """Nobody checks what it entered, neither in person nor through a stand-in, nor for somebody else."""
    entered = frozenset(id for slip in _slips_of(context, _to_check(context)) for id in slip.counted_by)
    if not acts_among(context, entered):
        return None
    return Reason("counted_by_oneself", who_can=others(context, barred=entered))


def _counts_agree(context: Context, _: Params) -> Reason | None:
    """Typed anew without sight of the first count, the second must be the same; both are told."""
    typed = counts_of(context)
    if not typed:
        return None
    for line in _to_check(context):
        first = {name: getattr(line, "for_" if name == "for" else name) for name in SLIPS}
        again = sheet(line, typed[line.ref]) if line.ref in typed else {}
        if again and again != first:
            return Reason("count_differs", {"so": line.ref, "truoc": _said(first), "sau": _said(again)})
    return None


def _said(counts: Mapping[str, Any]) -> Text:
    return Text(
        "thu về {collected}, hợp lệ {valid}, không hợp lệ {invalid}, đồng ý {for},"
        " không đồng ý {against}".format(**counts),
        "collected {collected}, valid {valid}, invalid {invalid}, for {for}, against {against}".format(
            **counts
        ),
    )


def _typed_twice(context: Context, _: Params) -> bool:
    return context.setting.office.membership.double_entry


def _check_count(context: Context, item: Item, _: Params) -> Item:
    lines, who = _to_check(context), _acting(context)
    item = with_lines(item, map(_judged, lines))
    return _slips_changed(item, {line.group for line in lines}, lambda slip: slip._replace(checked_by=who))


def _recounted(context: Context) -> Lines:
    """The lines whose slips are counted again: whole slips of those that are named."""
    groups = {line.group for line in slip_lines(context) if line.group}
    return tuple(line for line in session_of(context).lines if line.group in groups)


def _something_counted(context: Context, _: Params) -> Reason | None:
    return None if any(line.counted for line in _recounted(context)) else Reason("nothing_counted")


def _recount(context: Context, item: Item, _: Params) -> Item:
    """The old count stays in the log; the line has none until it is counted and checked again."""
    lines = _recounted(context)
    item = with_lines(item, (without(line, COUNTED) for line in lines))
    return _slips_changed(
        item,
        {line.group for line in lines},
        lambda slip: slip._replace(counted_by=(), checked_by=()),
    )


COUNTING = Registry(
    guards=MappingProxyType(
        {
            "counts_in_vote": Guard(_counts_in_vote),
            "hands_add_up": Guard(_hands_add_up),
            "slips_add_up": Guard(_slips_add_up),
            "whole_slips": Guard(_whole_slips),
            "not_checked_yet": Guard(_not_checked_yet),
            "board_there": Guard(_board_there),
            "own_counts": Guard(_own_counts),
            "something_to_check": Guard(_something_to_check),
            "another_pair_of_eyes": Guard(_another_pair_of_eyes),
            "counts_agree": Guard(_counts_agree),
            "something_counted": Guard(_something_counted),
        }
    ),
    predicates=MappingProxyType({"typed_twice": _typed_twice}),
    effects=MappingProxyType(
        {
            "record_hands": Effect(_record_hands),
            "record_count": Effect(_record_count),
            "check_count": Effect(_check_count),
            "recount": Effect(_recount),
        }
    ),
)
