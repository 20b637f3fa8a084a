"""The request to supplement a dossier (phiếu yêu cầu bổ sung), to the body that nominates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.facts import Facts, day_text
from runtime.views.papers.heads import by_role, head
from runtime.views.papers.parts import Given, Part
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item

KIND = "phieu_bo_sung"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementPaper(Facts):
    """`body` is who nominates, `dossier` the reference under which it was received on `received`; each of
    `missing` is to be supplemented by `until`."""

    body: str
    dossier: str
    received: str
    missing: tuple[str, ...]
    until: str

    def held(self) -> Held:
        return Held((*Facts.held(self).texts, self.body, self.dossier, *self.missing, self.until))


def parts(looking: Looking, item: Item, given: Given) -> Iterator[Part]:
    """One, while the dossier waits for what it lacks."""
    dossier = Dossier.of(item)
    missing = _missing(looking, item)
    if dossier.supplement_until is None or dossier.received_on is None or not missing:
        return
    on = given.on or looking.today
    body = looking.directory.body(dossier.body)
    facts = SupplementPaper(
        **head(
            looking,
            KIND,
            by_role(looking, "head", ("TRƯỞNG PHÒNG",), on),
            number=given.number,
            on=given.on,
        ),
        body=body.name if body else dossier.body,
        dossier=looking.ref(item.key),
        received=day_text(dossier.received_on),
        missing=missing,
        until=day_text(dossier.supplement_until),
    )
    yield Part("", facts, given.final, on, given.number)


def _missing(looking: Looking, item: Item) -> tuple[str, ...]:
    """What was asked for the last time, a line or a semicolon parts one from the other."""
    entries = list(looking.reading.entries(looking.office, item.key.year, ref=item.key.ref, event="return"))
    if not entries:
        return ()
    said = looking.reading.texts_of_entry(looking.office, entries[-1].id)
    text = next((each.value for each in said if each.input == "missing"), "")
    return tuple(each.strip(" .") for each in text.replace("\n", ";").split(";") if each.strip(" ."))
