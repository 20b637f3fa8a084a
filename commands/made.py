"""What an act made of an item, told after it: what was opened, and who stands on a line."""

from __future__ import annotations

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
    if item.subject != DOSSIER.id or result.event not in TOLD:
        return
    lines = {line.nominee.no: line for line in looking.reading.lines(key)}
    line = lines.get(int(nominee) if nominee else max(lines))
    if line is not None:
        say(line_made(session, looking.ref(key), line.nominee, line.name), indent=5)


def line_made(session: Session, ref: str, nominee: Nominee, name: str | None) -> str:
    """`D0002/3  Trần Văn Ê: Cá nhân; Giấy khen của Chủ tịch UBND xã`."""
    title = session.acting.setting.rules.title(nominee.title)
    kind = session.words(f"nominee_kind.{nominee.kind}")
    said = f"{kind}; {session.words.of(title.label)}" if title else kind
    return f"{ref}/{nominee.no}  {name}: {said}"


TOLD = ("add", "edit")
"""Events about one nominee after which it is told how that one stands."""
