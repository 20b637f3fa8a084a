"""What events do to the lines of a dossier: who is nominated, how a vote ended, what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from workflow.model.context import Context
from workflow.model.dossiers import NO_FACTS, Dossier, LineFacts, Nominee
from workflow.model.facts import Item, Plain
from workflow.model.holding import Holder
from workflow.model.positions import could_be
from workflow.model.registry import Effect, Params
from workflow.model.roles import council_step
from workflow.model.ways import Way
from workflow.model.wording import as_name


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


def numbered(lines: Iterable[Nominee]) -> str:
    """The lines as a sentence names them: `1, 3`."""
    return ", ".join(str(line.no) for line in lines)


def day_given(context: Context, name: str) -> date | None:
    """The date that the input `name` gives; None where it is left out."""
    value = context.inputs.get(name)
    return value if isinstance(value, date) else None


def with_lines(item: Item, lines: tuple[Nominee, ...]) -> Item:
    return item._replace(details=replace(Dossier.of(item), nominees=lines))


def every_line(item: Item, change: Callable[[Nominee], Nominee]) -> Item:
    """The item with each of its lines changed."""
    return with_lines(item, tuple(map(change, Dossier.of(item).nominees)))


def change_lines(context: Context, item: Item, change: Callable[[Nominee], Nominee | None]) -> Item:
    """The item with the lines that the inputs name changed, or dropped where `change` says None."""
    named = numbers(context, "nominee")
    lines = (change(line) if line.no in named else line for line in Dossier.of(item).nominees)
    return with_lines(item, tuple(line for line in lines if line is not None))


NOBODY = "none"
"""What `linked` says of a line that is about nobody who holds an account."""
DESCRIBING = ("name", "position", "unit")
"""The words of a line by which it may be known whom it is about."""


def described(context: Context) -> Mapping[str, str]:
    """These words of the line that the event adds or edits, and its day of birth, as it leaves them."""
    line, words = named_line(context), context.facts.beside.get("words", ())
    standing = {word.field: word.value for word in words if line is not None and word.line == line.no}
    said = {**standing, **context.inputs}
    return {name: str(said[name]) for name in (*DESCRIBING, "born") if name in said}


def possible_accounts(context: Context) -> tuple[str, ...]:
    """The accounts that the line may be about, where the event describes it anew."""
    if not context.inputs.keys() & {*DESCRIBING}:
        return ()
    words, office = described(context), context.setting.office
    found = could_be(office, Dossier.of(context.item).body, **{n: words[n] for n in DESCRIBING if n in words})
    return tuple(dict.fromkeys((*found, *_held_by(context, words.get("name")))))


def _held_by(context: Context, name: str | None) -> tuple[str, ...]:
    """The accounts of whoever bears the name, as the office has named its holders of today."""
    holders: tuple[Holder, ...] = context.facts.beside.get("holders", ())
    line = named_line(context)
    kind = context.inputs.get("kind", line.kind if line else "")
    if name is None or kind != "person":
        return ()
    return tuple(
        held.account
        for held in holders
        if held.name and held.holds_on(context.today) and as_name(held.name) == as_name(name)
    )


def link_said(context: Context) -> bool:
    """Whether it is said outright whose line it is, or that it is nobody's of the accounts."""
    return not context.inputs.keys().isdisjoint(("account", "linked"))


def _link(context: Context, line: Nominee | None = None) -> str | None:
    """The account to which the line is linked: the one that is said, else the only one that was asked about
    and confirmed (`workflow.rules.persons`), else the one that it had."""
    if link_said(context):
        account = context.inputs.get("account")
        return account if isinstance(account, str) else None
    standing, possible = line.account if line else None, possible_accounts(context)
    return standing if standing in possible else next(iter(possible), standing)


def _linked(context: Context) -> Mapping[str, Plain]:
    """What the log says of a link that was confirmed, and so not typed."""
    if link_said(context) or not context.inputs.keys() & {*DESCRIBING}:
        return {}
    account = _link(context, named_line(context))
    return {"account": account} if account else {}


def _facts(context: Context, before: LineFacts) -> LineFacts:
    """What the event says of the line beside its words, over what was known."""
    said: dict[str, Any] = {
        name: context.inputs[name] for name in LineFacts._fields if name in context.inputs
    }
    if "rating" in said or "expected" in said:
        said["expected"] = "expected" in said or None
    return before._replace(**said) if said else before


def _add(context: Context, item: Item, _: Params) -> Item:
    dossier = Dossier.of(item)
    no, title = dossier.last_no + 1, str(context.inputs.get("title", dossier.title))
    nominee = Nominee(
        no,
        str(context.inputs["kind"]),
        title,
        account=_link(context),
        facts=_facts(context, NO_FACTS),
    )
    return item._replace(details=replace(dossier, nominees=(*dossier.nominees, nominee), last_no=no))


def added(_context: Context, after: Item) -> int:
    return Dossier.of(after).last_no


def _edit(context: Context, item: Item, _: Params) -> Item:
    def changed(line: Nominee) -> Nominee:
        return line._replace(
            kind=str(context.inputs.get("kind", line.kind)),
            title=str(context.inputs.get("title", line.title)),
            account=_link(context, line),
            facts=_facts(context, line.facts),
            votes=None,
            result=None,
            verdict=None,
            proposal=None,
        )

    return change_lines(context, item, changed)


def edited(context: Context, _after: Item) -> int | None:
    line = named_line(context)
    return line.no if line else None


def _remove(context: Context, item: Item, _: Params) -> Item:
    return change_lines(context, item, lambda _line: None)


EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {
        "add_line": Effect(_add, line=added, says=_linked),
        "edit_line": Effect(_edit, line=edited, says=_linked),
        "remove_nominee": Effect(_remove),
    }
)
