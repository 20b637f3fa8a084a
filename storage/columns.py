"""The columns that items, terms, deadlines and expectations are kept in, by name; those of the details stand
in `storage.subjects`.

Read by the statements of both sides and by `storage.rows`, which makes values of them; loads nothing.
"""

from __future__ import annotations

PLACE = ("office", "year", "ref")
OFFICE_READ = ("office", "title", "started_on", "sandbox", "clock", "language", "actor", "digest_key")
DEFINITION_READ = ("kind", "name", "version", "digest", "compiled", "source", "checksum")
ITEM_CHANGES = (
    "state",
    "version",
    "open",
    "owners",
    "due_on",
    "due_mark",
    "due_first",
    "waiting",
    "overdue",
    "closed_on",
    "last_entry",
    "claimed_by",
    "delegated_by",
    "claimed_at",
    "submitted_by",
    "submitted_for",
    "returns",
    "proposed_until",
    "round",
    "asks",
    "reminded",
    "addressed",
    "reviewed_by",
    "reviewed_for",
    "proposed_by",
    "proposed_for",
    "proposal",
    "rules",
    "target_on",
)
ITEM_MARKS = (
    "waiting",
    "overdue",
    "owners",
    "claimed_by",
    "delegated_by",
    "claimed_at",
    "asks",
    "reminded",
    "addressed",
)
TERM_CHANGES = ("due", "since", "occurrence", "policy", "used", "paused_on", "reminded", "addressed")
ITEM_READ = (
    "state",
    "version",
    "machine",
    "digest",
    "parent",
    "owners",
    "due_on",
    "due_mark",
    "due_first",
    "waiting",
    "overdue",
    "closed_on",
    "claimed_by",
    "delegated_by",
    "claimed_at",
    "submitted_by",
    "submitted_for",
    "returns",
    "proposed_until",
    "round",
    "asks",
    "reminded",
    "addressed",
    "reviewed_by",
    "reviewed_for",
    "proposed_by",
    "proposed_for",
    "proposal",
    "rules",
    "target_on",
)
TERM_READ = ("term", *TERM_CHANGES)
DEADLINE_READ = (
    "name",
    "occurrence",
    "kind",
    "at",
    "due_date",
    "calendar",
    "derived",
    "level",
    "policy",
    "term",
    "rung",
    "unit",
)
EXPECTATION_CHANGES = (
    "due_on",
    "guidance",
    "paper",
    "paper_on",
    "status",
    "dossier",
    "answered_on",
    "chased",
    "chased_at",
)
EXPECTATION_READ = ("body", "asked_on", *EXPECTATION_CHANGES)
DEADLINE_FATE = ("status", "reason", "paused_on")
INBOX_ID = 36
"""Characters of a notice's id that its rows of all channels share: the entry's id and its number."""
