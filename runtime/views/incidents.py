"""What could not be done while the program ran by itself, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from runtime.office.looking import Looking
from workflow.model.facts import Key

if TYPE_CHECKING:
    from storage.records import Incident


class IncidentPage(NamedTuple):
    """An incident in words: what could not be done, then labels with what they say."""

    id: str
    said: str
    facts: tuple[tuple[str, str], ...]


def incident_page(looking: Looking, incident: Incident) -> IncidentPage:
    """How often it was met, technical words for an operator, and how to mend it or who cleared it."""
    words, moment = looking.words, looking.moment
    spans = {"n": incident.seen, "tu": moment(incident.at), "den": moment(incident.last_at)}
    if incident.cleared_at is None:
        ending = (words("incident.cure"), words(f"{_key(looking, incident)}.cure"))
    else:
        ended = {"gio": moment(incident.cleared_at), "nguoi": looking.account(incident.cleared_by or "")}
        ending = (words("incident.cleared"), words("incident.cleared_by", **ended))
    facts = (
        (words("incident.seen"), words("incident.once" if incident.seen == 1 else "incident.times", **spans)),
        (words("incident.detail"), incident.detail or ""),
        ending,
    )
    return IncidentPage(incident.id, incident_text(looking, incident), facts)


def incident_text(looking: Looking, incident: Incident) -> str:
    """What could not be done, with the item that it was on."""
    said = looking.words(f"{_key(looking, incident)}.text")
    if incident.ref is None or incident.year is None:
        return said
    return f"{looking.ref(Key(looking.office, incident.year, incident.ref))}: {said}"


def _key(looking: Looking, incident: Incident) -> str:
    """Where the catalogue has the incident's words; one that is newer than they is some failure."""
    key = f"incident.code.{incident.code}"
    return key if looking.words.has(f"{key}.text") else "incident.code.other"
