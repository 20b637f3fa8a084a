"""What events do to the lines of a dossier: who is nominated, how a vote ended, what became of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from workflow.model.context import Context
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.facts import Item
from workflow.model.registry import Effect, Params
from workflow.model.roles import council_step
from workflow.model.ways import Way
from workflow.model.wording import fold


def numbers(context: Context, name: str) -> tuple[int, ...]:
    """The lines that the input `name` names; none where it is left out."""
    value = context.inputs.get(name)
    return tuple(int(no) for no in value) if isinstance(value, tuple) else ()


def named_line(context: Context) -> Nominee | None:
    """The line that the event's `nominee` input names."""
    named = numbers(context, "nominee")
    return Dossier.of(context.item).nominee(named[0]) if len(named) == 1 else None


def named_lines(context: Context) -> tuple[Nominee, ...]:
    """The lines that the event's `nominee` input names, as far as there are such."""
    named = numbers(context, "nominee")
    return tuple(line for line in Dossier.of(context.item).nominees if line.no in named)


def way_of(context: Context) -> Way:
    """How the dossier goes by its title, type and ground; by the vote alone where the pack has no way for
    these, as one kept from before."""
    dossier, rules = Dossier.of(context.item), context.setting.rules
    found = rules.way(dossier.titles[0], dossier.type, dossier.ground)
    return found or Way("council" if council_step(context.item, rules) else "appraisal")


def with_lines(item: Item, lines: tuple[Nominee, ...]) -> Item:
    return item._replace(details=replace(Dossier.of(item), nominees=lines))


def change_lines(context: Context, item: Item, change: Callable[[Nominee], Nominee | None]) -> Item:
    """The item with the lines that the inputs name changed, or dropped where `change` says None."""
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
            verdict=None,
            proposal=None,
        )

    return change_lines(context, item, changed)


def _edited(context: Context, _after: Item) -> int | None:
    line = named_line(context)
    return line.no if line else None


def _remove(context: Context, item: Item, _: Params) -> Item:
    return change_lines(context, item, lambda _line: None)


EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {
        "add_nominee": Effect(_add, line=_added),
        "edit_nominee": Effect(_edit, line=_edited),
        "remove_nominee": Effect(_remove),
    }
)
