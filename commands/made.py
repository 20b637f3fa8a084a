"""What an act made of an item, told after it: what was opened, and how a nominee stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from commands.printing import say
from commands.session import Session
from workflow.model.subjects import DOSSIER

if TYPE_CHECKING:
    from runtime.office.results import Result
    from workflow.model.dossiers import Nominee
    from workflow.model.facts import Key


def print_made(session: Session, key: Key, result: Result, *, nominee: str | None) -> None:
    """An item that was opened by what it is about; a nominee that an event is about, or that it added, by
    number and name."""
    looking = session.looking
    item = looking.reading.item(key)
    if item is None or item.version != result.version:
        return  # an answer that is told again: what it made may stand otherwise now
    if result.from_state is None:
        say(looking.content(item), indent=5)
    what = TOLD.get(result.event) if item.subject == DOSSIER.id else None
    if what is None:
        return
    lines = {line.nominee.no: line for line in looking.reading.lines(key)}
    line = lines.get(int(nominee) if nominee else max(lines))
    if line is not None:
        say(line_made(session, looking.ref(key), line.nominee, line.name, what), indent=5)


def line_made(
    session: Session,
    ref: str,
    nominee: Nominee,
    name: str | None,
    what: Callable[[Session, Nominee], str],
) -> str:
    """`D0002/3  Trần Văn Ê: Đạt 7/8`."""
    return f"{ref}/{nominee.no}  {name}: {what(session, nominee)}"


def kind_of(session: Session, nominee: Nominee) -> str:
    title = session.acting.setting.rules.title(nominee.title)
    kind = session.words(f"nominee_kind.{nominee.kind}")
    return f"{kind}; {session.words.of(title.label)}" if title else kind


def vote_of(session: Session, nominee: Nominee) -> str:
    votes, words = nominee.votes, session.words
    assert votes is not None
    return words("lines.vote", ket_qua=words(f"result.{nominee.result}"), n=votes.for_, m=votes.total)


TOLD: Mapping[str, Callable[[Session, Nominee], str]] = MappingProxyType(
    {"add": kind_of, "edit": kind_of, "result": vote_of}
)
"""Events about one nominee after which it is told how that one stands."""
