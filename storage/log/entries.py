"""Entries as bytes, and the growing log: RFC 8785 bytes, RFC 6962 leaf hashes, no personal data.

An entry says ids, references, numbers, dates and rule ids; free texts appear as salted SHA-256 digests
only. `storage.unit` appends within the state's transaction, once all rows are known that it wrote;
`storage.log.audit` reads and verifies.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.log.canonical import encode, text_digest
from storage.log.merkle import leaf_hash
from storage.subjects.details import names_json
from workflow.model.days import utc_text
from workflow.model.decision import EntryDraft, FreeText
from workflow.model.facts import Key

SALT_SIZE = 16


@dataclass(frozen=True, slots=True)
class SaltedText:
    """A free text on its way into the erasable table, with the salt that its digest needs."""

    text: FreeText
    salt: bytes

    @property
    def digest(self) -> str:
        return text_digest(self.salt, self.text.value)

    def columns(self, entry_id: str) -> dict[str, Any]:
        """As both tables of erasable words keep it."""
        return {
            "entry": entry_id,
            "input": self.text.field,
            "salt": self.salt,
            "value": self.text.value,
        }


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be appended: everything but its place in the log and the rows that it speaks for."""

    log: int
    id: str
    ref: str | None
    texts: tuple[SaltedText, ...]
    record: dict[str, Any]
    columns: dict[str, Any]

    def sealed(self, rows: list[str], seq: int) -> dict[str, Any]:
        """All columns, with the canonical bytes that say also what `storage.log.bound` says of the rows."""
        data = encode({**self.record, "mac": rows} if rows else self.record)
        return {**self.columns, "seq": seq, "bytes": data, "leaf": leaf_hash(data)}


def new_entry_id() -> str:
    """16 random bytes in hex: the entry's nonce and its id, made before the item that points to it."""
    return os.urandom(16).hex()


def inputs_of(data: bytes) -> dict[str, Any]:
    """The inputs that an entry's bytes hold, by name."""
    said = json.loads(bytes(data))
    return {name.removeprefix("input."): said[name] for name in said if name.startswith("input.")}


def new_entry(
    draft: EntryDraft,
    *,
    office: str,
    log: int,
    key: Key | None,
    command: str,
    id: str,
    now: datetime,
    login: str | None = None,
) -> NewEntry:
    """`key` is None for what concerns the whole office; `login` the one by which somebody is signed in."""
    texts = tuple(SaltedText(text, os.urandom(SALT_SIZE)) for text in draft.texts)
    record: dict[str, Any] = {
        "nonce": id,
        "office": office,
        "log": log,
        "actor": draft.actor,
        "event": draft.event,
        "key": command,
        "at": utc_text(now),
    }
    may_be_empty: dict[str, Any] = {
        "item": key.ref if key else None,
        "acting_for": draft.acting_for,
        "login": login,
        "role": draft.role,
        "from": draft.from_state,
        "to": draft.to_state,
        "machine": draft.machine,
        "refused": draft.refused,
        "rules": list(draft.rules),
    }
    record.update((name, value) for name, value in may_be_empty.items() if value)
    for name, value in draft.inputs.items():
        record[f"input.{name}"] = value
    for salted in texts:
        record[f"text.{salted.text.field}"] = salted.digest
    columns: dict[str, Any] = {
        "office": office,
        "log": log,
        "id": id,
        "at": now,
        "ref": key.ref if key else None,
        "actor": draft.actor,
        "acting_for": draft.acting_for,
        "role": draft.role,
        "event": draft.event,
        "from_state": draft.from_state,
        "to_state": draft.to_state,
        "refused": draft.refused,
        "rules": names_json(draft.rules),
        "login": login,
    }
    return NewEntry(log, id, columns["ref"], texts, record, columns)
