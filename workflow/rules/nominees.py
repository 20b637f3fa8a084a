"""What events do to the lines of a dossier: who is nominated, how a vote ended, what became of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Literal

from workflow.model.context import Context
from workflow.model.council import passes
from workflow.model.dossiers import Dossier, Nominee, Votes
from workflow.model.facts import Item
from workflow.model.registry import Effect, Params
from workflow.model.wording import fold


def numbers(context: Context, name: str) -> tuple[int, ...]:
    """The lines that the input `name` names; none where it is left out."""
    value = context.inputs.get(name)
    return value if isinstance(value, tuple) else ()


def named_line(context: Context) -> Nominee | None:
    """The line that the event's `nominee` input names."""
    named = numbers(context, "nominee")
    return Dossier.of(context.item).nominee(named[0]) if len(named) == 1 else None


def votes_of(context: Context) -> Votes | None:
    """The counts among the inputs, or None where the event has none."""
    names = ("for", "against", "invalid", "present", "total")
    counts = [context.inputs.get(name) for name in names]
    if not all(isinstance(count, int) for count in counts):
        return None
    return Votes(*(count for count in counts if isinstance(count, int)))


def line_passes(context: Context, nominee: Nominee, votes: Votes) -> bool:
    """Whether the counts reach the threshold of the nominee's title."""
    title = context.title(nominee.title)
    return title is not None and title.vote is not None and passes(votes, title.vote)


def with_lines(item: Item, lines: tuple[Nominee, ...]) -> Item:
    return item._replace(details=replace(Dossier.of(item), nominees=lines))


def _change_line(context: Context, item: Item, change: Callable[[Nominee], Nominee | None]) -> Item:
    """The item with the one nominee that the inputs name changed, or dropped where `change` says None."""
    named = numbers(context, "nominee")
    lines = (change(line) if line.no in named else line for line in Dossier.of(item).nominees)
    return with_lines(item, tuple(line for line in lines if line is not None))


def account_of_position(context: Context, position: str) -> str | None:
    """The account whose holder a nominee's position names, so that the holder takes no part in deciding.

    Compared on folded words: an account's id, its whole label, or one of the label's parts. People hold
    several positions ("Phó Bí thư Đảng ủy, Chủ tịch UBND xã"), so each part of `position` counts.
    """
    office = context.setting.office
    wanted = {_plain(part, office.title) for part in (position, *re.split(r"[,;/\n]", position))}
    for account in office.accounts:
        names = (account.id, account.label.vi, account.label.en, *account.label.vi.split(","))
        if wanted & {_plain(name, office.title) for name in names}:
            return account.id
    return None


def _plain(position: str, title: str) -> str:
    """A position in the form in which its spellings are equal: folded, UBND short, without the commune."""
    words = fold(position).replace("uy ban nhan dan", "ubnd").replace("-", " ")
    return " ".join(words.split()).removesuffix(f" {fold(title)}")


def _account(context: Context) -> str | None:
    """The account that the position names, alone or with the unit that stands beside it."""
    position, unit = context.inputs.get("position"), context.inputs.get("unit")
    if not isinstance(position, str):
        return None
    found = account_of_position(context, position)
    return found or (account_of_position(context, f"{position} {unit}") if unit else None)


def _add(context: Context, item: Item, _: Params) -> Item:
    dossier = Dossier.of(item)
    no, title = dossier.last_no + 1, str(context.inputs.get("title", dossier.title))
    nominee = Nominee(no, str(context.inputs["kind"]), title, account=_account(context))
    return item._replace(details=replace(dossier, nominees=(*dossier.nominees, nominee), last_no=no))


def _added(_context: Context, after: Item) -> int:
    return Dossier.of(after).last_no


def _edit(context: Context, item: Item, _: Params) -> Item:
    def changed(line: Nominee) -> Nominee:
        return line._replace(
            kind=str(context.inputs.get("kind", line.kind)),
            title=str(context.inputs.get("title", line.title)),
            account=_account(context) if "position" in context.inputs else line.account,
            votes=None,
            result=None,
        )

    return _change_line(context, item, changed)


def _edited(context: Context, _after: Item) -> int | None:
    line = named_line(context)
    return line.no if line else None


def _remove(context: Context, item: Item, _: Params) -> Item:
    return _change_line(context, item, lambda _line: None)


def _record_counts(context: Context, item: Item, _: Params) -> Item:
    votes = votes_of(context)
    if votes is None:
        return item

    def counted(line: Nominee) -> Nominee:
        result: Literal["pass", "fail"] = "pass" if line_passes(context, line, votes) else "fail"
        return line._replace(votes=votes, result=result)

    return _change_line(context, item, counted)


def _outcomes(item: Item, outcome: Callable[[Nominee], str]) -> Item:
    lines = Dossier.of(item).nominees
    return with_lines(item, tuple(line._replace(outcome=outcome(line)) for line in lines))


def _award(context: Context, item: Item, _: Params) -> Item:
    denied = numbers(context, "not_awarded")
    return _outcomes(
        item,
        lambda line: "awarded_here" if line.result == "pass" and line.no not in denied else "not_awarded",
    )


def _forward(_context: Context, item: Item, _: Params) -> Item:
    return _outcomes(item, lambda line: "sent_higher" if line.result == "pass" else "not_awarded")


def _superior_outcomes(context: Context, item: Item, _: Params) -> Item:
    awarded = numbers(context, "awarded")
    return _outcomes(
        item,
        lambda line: (
            line.outcome
            if line.outcome != "sent_higher"
            else ("awarded_higher" if line.no in awarded else "not_awarded")
        ),
    )


def _reject(_context: Context, item: Item, _: Params) -> Item:
    return _outcomes(item, lambda _line: "not_awarded")


def _revoke(_context: Context, item: Item, _: Params) -> Item:
    return _outcomes(item, lambda line: "revoked" if line.outcome == "awarded_here" else line.outcome)


EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {
        "add_nominee": Effect(_add, line=_added),
        "edit_nominee": Effect(_edit, line=_edited),
        "remove_nominee": Effect(_remove),
        "record_counts": Effect(_record_counts),
        "award_nominees": Effect(_award),
        "forward_nominees": Effect(_forward),
        "superior_outcomes": Effect(_superior_outcomes),
        "reject_nominees": Effect(_reject),
        "revoke_nominees": Effect(_revoke),
    }
)
