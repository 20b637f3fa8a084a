"""The tables, in SQLAlchemy Core. Every key begins with the office, so that tables can be partitioned by it.

Invariants live here as named constraints and, for the log, as triggers (`storage.triggers`). JSON is kept as
text, written and read by the unit of work. On SQLite the tables that acts write to lie in the order of their
key (`sqlite_with_rowid`), which spares each row a second copy of it. Not so `notice`, whose three indexes
would each repeat its long key, and `entry`, whose rows fill their pages better as they come.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.types import Day, Instant

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _office() -> Column[str]:
    return Column("office", String(64), nullable=False)


def _place() -> tuple[Column[str], Column[int], Column[str]]:
    """The columns of an item's key."""
    return (
        _office(),
        Column("year", Integer, nullable=False),
        Column("ref", String(16), nullable=False),
    )


office = Table(
    "office",
    metadata,
    _office(),
    Column("title", Text, nullable=False),
    Column("started_on", Day, nullable=False),
    Column("sandbox", Boolean, nullable=False),
    Column("clock", Instant),
    Column("language", String(2)),
    Column("actor", String(64)),
    Column("digest_key", LargeBinary, nullable=False),
    Column("last_record", Integer),
    Column("last_movement", Integer),
    PrimaryKeyConstraint("office"),
)
"""No number is given twice: `last_record`, `last_movement` are the greatest that removed ones had."""

definition = Table(
    "definition",
    metadata,
    _office(),
    Column("kind", String(16), nullable=False),
    Column("name", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("source", Text, nullable=False),
    Column("compiled", Text, nullable=False),
    Column("adopted_at", Instant, nullable=False),
    Column("checksum", String(8)),
    PrimaryKeyConstraint("office", "kind", "name", "version"),
    UniqueConstraint("office", "digest"),
    ForeignKeyConstraint(["office"], ["office.office"]),
)

proposed_definition = Table(
    "proposed_definition",
    metadata,
    _office(),
    Column("number", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("source", Text, nullable=False),
    Column("compiled", Text, nullable=False),
    Column("proposed_by", String(64), nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("entry", String(32), nullable=False),
    Column("status", String(16), nullable=False),
    Column("ended_by", String(64)),
    Column("ended_at", Instant),
    Column("ended_entry", String(32)),
    PrimaryKeyConstraint("office", "number"),
    ForeignKeyConstraint(["office"], ["office.office"]),
    CheckConstraint("status IN ('waiting', 'agreed', 'declined', 'withdrawn')", name="status"),
    CheckConstraint("(status = 'waiting') = (ended_at IS NULL)", name="ended"),
)
"""What one account proposed and another one agrees to, declines, or the first takes back."""

plan = Table(
    "plan",
    metadata,
    _office(),
    Column("year", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("document", String(64), nullable=False),
    Column("imported_at", Instant, nullable=False),
    Column("last_dossier", Integer, nullable=False),
    Column("last_task", Integer),
    Column("last_session", Integer),
    Column("last_decision", Integer),
    PrimaryKeyConstraint("office", "year"),
    ForeignKeyConstraint(["office"], ["office.office"]),
)

item = Table(
    "item",
    metadata,
    *_place(),
    Column("subject", String(16), nullable=False),
    Column("machine", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("state", String(32), nullable=False),
    Column("version", Integer, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("parent", String(16)),
    Column("owners", Text, nullable=False),
    Column("due_on", Day),
    Column("due_mark", String(16)),
    Column("due_first", Day),
    Column("waiting", Boolean, nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("closed_on", Day),
    Column("last_entry", String(32), nullable=False),
    Column("claimed_by", String(64)),
    Column("delegated_by", String(64)),
    Column("claimed_at", Instant),
    Column("submitted_by", String(64)),
    Column("submitted_for", String(64)),
    Column("returns", Integer, nullable=False),
    Column("proposed_until", Day),
    Column("round", Integer, nullable=False),
    Column("asks", Integer, nullable=False),
    Column("reminded", Integer, nullable=False),
    Column("addressed", Text, nullable=False),
    Column("reviewed_by", String(64)),
    Column("reviewed_for", String(64)),
    Column("proposed_by", String(64)),
    Column("proposed_for", String(64)),
    Column("proposal", Text),
    Column("rules", String(64)),
    Column("target_on", Day),
    PrimaryKeyConstraint("office", "year", "ref"),
    UniqueConstraint("office", "last_entry"),
    ForeignKeyConstraint(["office", "year"], ["plan.office", "plan.year"]),
    ForeignKeyConstraint(["office", "digest"], ["definition.office", "definition.digest"]),
    ForeignKeyConstraint(["office", "year", "parent"], ["item.office", "item.year", "item.ref"]),
    ForeignKeyConstraint(
        ["office", "last_entry"], ["entry.office", "entry.id"], deferrable=True, initially="DEFERRED"
    ),
    CheckConstraint("version >= 1", name="version"),
    Index("ix_item_office_year_parent", "office", "year", "parent"),
    Index("ix_item_office_open_year", "office", "open", "year"),
    sqlite_with_rowid=False,
)

_ITEM = ["item.office", "item.year", "item.ref"]

task = Table(
    "task",
    metadata,
    *_place(),
    Column("number", Integer, nullable=False),
    Column("quarter", String(3), nullable=False),
    Column("content", Text, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("part", String(8)),
    Column("period", Text),
    Column("lead", Text, nullable=False),
    Column("bodies", Text, nullable=False),
    Column("derived", Text, nullable=False),
    Column("planned_due", Day),
    Column("planned_lead", Text),
    Column("planned_bodies", Text),
    Column("planned_derived", Text),
    Column("planned_kind", String(64)),
    Column("planned_part", String(8)),
    Column("planned_number", Integer),
    Column("arisen_paper", Text),
    Column("arisen_on", Day),
    Column("name", Text),
    Column("forwarded", Integer, nullable=False),
    PrimaryKeyConstraint("office", "year", "ref"),
    UniqueConstraint("office", "year", "number"),
    ForeignKeyConstraint(["office", "year", "ref"], _ITEM),
    CheckConstraint("quarter IN ('I', 'II', 'III', 'IV', '')", name="quarter"),
)
"""`planned_…` is what the plan's document says where people may have said otherwise since; `arisen_…` the
paper that asks for a task beside the plan. What belongs to no quarter has none."""

dossier = Table(
    "dossier",
    metadata,
    *_place(),
    Column("body", Text, nullable=False),
    Column("type", String(32), nullable=False),
    Column("title", String(32), nullable=False),
    Column("received_on", Day),
    Column("complete_on", Day),
    Column("last_no", Integer, nullable=False),
    Column("review", String(16)),
    Column("ground", String(32)),
    Column("period", String(16)),
    Column("intake_no", String(64)),
    Column("full_on", Day),
    Column("published_from", Day),
    Column("published_until", Day),
    Column("supplement_until", Day),
    Column("opinion_asked_on", Day),
    Column("superior_until", Day),
    Column("split_from", String(16)),
    Column("declared", String(16)),
    Column("papers", Text),
    Column("movement", String(16)),
    Column("opinions", Text),
    Column("remarks", Text),
    Column("session", String(16)),
    PrimaryKeyConstraint("office", "year", "ref"),
    ForeignKeyConstraint(["office", "year", "ref"], _ITEM),
)

term = Table(
    "term",
    metadata,
    *_place(),
    Column("term", String(32), nullable=False),
    Column("due", Day),
    Column("since", Day, nullable=False),
    Column("occurrence", Integer, nullable=False),
    Column("policy", String(80), nullable=False),
    Column("used", Integer, nullable=False),
    Column("paused_on", Day),
    Column("reminded", Integer, nullable=False),
    Column("addressed", Text, nullable=False),
    PrimaryKeyConstraint("office", "year", "ref", "term"),
    ForeignKeyConstraint(["office", "year", "ref"], _ITEM),
    sqlite_with_rowid=False,
)
"""A term that an item has begun, as `workflow.model.facts.ItemTerm` has it; one that is over stays."""

award_decision = Table(
    "award_decision",
    metadata,
    *_place(),
    Column("kind", String(16), nullable=False),
    Column("title", String(32), nullable=False),
    Column("type", String(32), nullable=False),
    Column("period", String(16), nullable=False),
    Column("changes", String(16)),
    Column("signer", String(64), nullable=False),
    Column("signature", String(32), nullable=False),
    Column("drafted_by", String(64)),
    Column("drafted_for", String(64)),
    Column("to_trinh_no", String(64)),
    Column("to_trinh_on", Day),
    Column("funds_by", String(64)),
    Column("funds_on", Day),
    Column("submitted_on", Day),
    Column("salary", BigInteger),
    Column("signed_on", Day),
    Column("signed_way", String(16)),
    Column("number", String(64)),
    Column("issued_on", Day),
    Column("ground", String(1)),
    Column("conclusion", String(64)),
    Column("conclusion_on", Day),
    Column("received_on", Day),
    Column("told_on", Day),
    Column("full_on", Day),
    Column("paper_digest", String(64)),
    Column("marks", Text),
    PrimaryKeyConstraint("office", "year", "ref"),
    ForeignKeyConstraint(["office", "year", "ref"], _ITEM),
    CheckConstraint("kind IN ('award', 'amend', 'replace', 'revoke', 'implicit')", name="kind"),
    CheckConstraint("ground IS NULL OR ground IN ('a', 'b', 'c', 'd')", name="ground"),
    CheckConstraint("(number IS NULL) = (issued_on IS NULL)", name="numbered"),
)
decision_line = Table(
    "decision_line",
    metadata,
    *_place(),
    Column("no", Integer, nullable=False),
    Column("dossier", String(16), nullable=False),
    Column("line", Integer, nullable=False),
    Column("title", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("body", String(64), nullable=False),
    Column("account", String(64)),
    Column("state", String(16), nullable=False),
    Column("amount", BigInteger),
    Column("full_amount", BigInteger),
    Column("note_title", String(32)),
    Column("higher", String(16)),
    Column("reprints", Integer, nullable=False),
    PrimaryKeyConstraint("office", "year", "ref", "no"),
    ForeignKeyConstraint(
        ["office", "year", "ref"], ["award_decision.office", "award_decision.year", "award_decision.ref"]
    ),
    CheckConstraint("state IN ('in', 'dropped', 'replaced', 'revoked')", name="state"),
    CheckConstraint("amount IS NULL OR (amount >= 0 AND amount <= full_amount)", name="amount"),
)
"""A line of a decision; `line` is its number in the dossier. A dossier's line stands in several decisions
where one amends another."""
nominee = Table(
    "nominee",
    metadata,
    *_place(),
    Column("no", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("title", String(32), nullable=False),
    Column("account", String(64)),
    Column("votes_for", Integer),
    Column("votes_against", Integer),
    Column("votes_invalid", Integer),
    Column("votes_present", Integer),
    Column("votes_total", Integer),
    Column("result", String(8)),
    Column("outcome", String(24), nullable=False),
    Column("verdict", String(16)),
    Column("proposal", String(16)),
    Column("held", Boolean),
    Column("approved", String(64)),
    Column("why", String(16)),
    Column("granted", String(32)),
    Column("moved_to", String(16)),
    Column("facts", Text),
    PrimaryKeyConstraint("office", "year", "ref", "no"),
    ForeignKeyConstraint(["office", "year", "ref"], ["dossier.office", "dossier.year", "dossier.ref"]),
    CheckConstraint("kind IN ('person', 'collective', 'household')", name="kind"),
    CheckConstraint(
        "votes_for IS NULL OR votes_for + votes_against + votes_invalid <= votes_present", name="votes"
    ),
)

council_session = Table(
    "council_session",
    metadata,
    *_place(),
    Column("mode", String(16), nullable=False),
    Column("planned_on", Day),
    Column("planned_at", String(5)),
    Column("place", Text),
    Column("invitation_no", String(64)),
    Column("invitation_on", Day),
    Column("presiding", String(64)),
    Column("secretary", String(64)),
    Column("opened_at", String(5)),
    Column("closed_at", String(5)),
    Column("held_on", Day),
    Column("minutes_no", String(64)),
    Column("minutes_on", Day),
    Column("last_no", Integer, nullable=False),
    Column("agenda", Text, nullable=False),
    Column("members", Text, nullable=False),
    Column("board", Text, nullable=False),
    Column("replies", Text),
    Column("roll", Text),
    Column("presided", Text),
    Column("recusals", Text),
    Column("boards", Text),
    Column("written", Text),
    Column("ballots", Text),
    Column("slips", Text),
    PrimaryKeyConstraint("office", "year", "ref"),
    ForeignKeyConstraint(["office", "year", "ref"], _ITEM),
    CheckConstraint("mode IN ('meeting', 'writing')", name="mode"),
)
"""What is a list is JSON: who came, who got a slip, who is recused. Nowhere does it say who voted how."""

session_line = Table(
    "session_line",
    metadata,
    *_place(),
    Column("no", Integer, nullable=False),
    Column("dossier", String(16), nullable=False),
    Column("line", Integer, nullable=False),
    Column("title", String(32), nullable=False),
    Column("base", String(8), nullable=False),
    Column("percent", Integer, nullable=False),
    Column("strict", Boolean, nullable=False),
    Column("secret", Boolean, nullable=False),
    Column("higher", Boolean, nullable=False),
    Column("account", String(64)),
    Column("ballot", Integer),
    Column("slip", String(8)),
    Column("recused", Text),
    Column("presiding", String(64)),
    Column("base_n", Integer),
    Column("total", Integer),
    Column("in_room", Integer),
    Column("voting", Integer),
    Column("least", Integer),
    Column("issued", Integer),
    Column("collected", Integer),
    Column("written_asked", Integer),
    Column("written_returned", Integer),
    Column("valid", Integer),
    Column("invalid", Integer),
    Column("votes_for", Integer),
    Column("votes_against", Integer),
    Column("votes_other", Integer),
    Column("result", String(8)),
    Column("conclusion", String(16)),
    PrimaryKeyConstraint("office", "year", "ref", "no"),
    UniqueConstraint("office", "year", "ref", "dossier", "line"),
    ForeignKeyConstraint(
        ["office", "year", "ref"], ["council_session.office", "council_session.year", "council_session.ref"]
    ),
    CheckConstraint("collected IS NULL OR collected <= issued", name="collected"),
    CheckConstraint("valid IS NULL OR valid + invalid = collected", name="valid"),
    CheckConstraint("valid IS NULL OR votes_for + votes_against = valid", name="counted"),
    CheckConstraint("votes_other IS NULL OR votes_for + votes_against + votes_other = voting", name="hands"),
    CheckConstraint("result IS NULL OR votes_for IS NOT NULL", name="result"),
)
"""One line of a dossier in a session: the bases of its vote as they were computed, and its counts."""

free_text = Table(
    "free_text",
    metadata,
    *_place(),
    Column("line", Integer, nullable=False),
    Column("entry", String(32), nullable=False),
    Column("input", String(64), nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("office", "year", "ref", "line", "entry", "input"),
    ForeignKeyConstraint(["office", "year", "ref"], _ITEM),
    sqlite_with_rowid=False,
)
"""The erasable words that an `entry` gave for its `input`: with a `line`, as a nominee is, those of it that
stand now; with 0 those of the event itself."""

NUMBERS_A_PAPER = (
    "event IN ('adopt', 'agree_record', 'award', 'call', 'change', 'complete', 'forward', 'minute',"
    " 'record_result', 'revoke')"
)
"""What an entry that numbers a paper is known by, said with the very words in the index and where it is used:
`workflow.model.papers.NUMBERING`."""

entry = Table(
    "entry",
    metadata,
    _office(),
    Column("log", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("id", String(32), nullable=False),
    Column("at", Instant, nullable=False),
    Column("ref", String(16)),
    Column("actor", String(64), nullable=False),
    Column("acting_for", String(64)),
    Column("role", String(32)),
    Column("event", String(32), nullable=False),
    Column("from_state", String(32)),
    Column("to_state", String(32)),
    Column("refused", Boolean, nullable=False),
    Column("rules", Text, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    Column("login", String(32)),
    PrimaryKeyConstraint("office", "log", "seq"),
    UniqueConstraint("office", "id"),
    ForeignKeyConstraint(["office", "log"], ["log_head.office", "log_head.log"]),
    Index("ix_entry_office_log_ref_seq", "office", "log", "ref", "seq"),
    Index(
        "ix_entry_office_log_numbers",
        "office",
        "log",
        sqlite_where=text(NUMBERS_A_PAPER),
        postgresql_where=text(NUMBERS_A_PAPER),
    ),
)

log_head = Table(
    "log_head",
    metadata,
    _office(),
    Column("log", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("range", LargeBinary, nullable=False),
    PrimaryKeyConstraint("office", "log"),
    ForeignKeyConstraint(["office"], ["office.office"]),
)

command = Table(
    "command",
    metadata,
    _office(),
    Column("key", String(128), nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("answer", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("office", "key"),
    ForeignKeyConstraint(["office"], ["office.office"]),
)

deadline = Table(
    "deadline",
    metadata,
    *_place(),
    Column("name", String(32), nullable=False),
    Column("occurrence", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("level", String(16)),
    Column("at", Instant, nullable=False),
    Column("due_date", Day, nullable=False),
    Column("calendar", Text, nullable=False),
    Column("derived", Boolean, nullable=False),
    Column("status", String(16), nullable=False),
    Column("reason", String(16)),
    Column("fired_at", Instant),
    Column("late_s", Integer),
    Column("paused_on", Day),
    Column("policy", String(80)),
    Column("term", String(32)),
    Column("rung", Integer),
    Column("unit", String(2)),
    PrimaryKeyConstraint("office", "year", "ref", "name", "occurrence"),
    ForeignKeyConstraint(["office", "year", "ref"], _ITEM),
    CheckConstraint("status IN ('pending', 'fired', 'cancelled')", name="status"),
    CheckConstraint("(status = 'fired') = (fired_at IS NOT NULL)", name="fired"),
    Index(
        "ix_deadline_office_at_pending",
        "office",
        "at",
        sqlite_where=text("status = 'pending'"),
        postgresql_where=text("status = 'pending'"),
    ),
    sqlite_with_rowid=False,
)
"""`name` is a label made of `kind`, `term`, `rung` and `unit`, for people and the log."""

notice = Table(
    "notice",
    metadata,
    _office(),
    Column("id", String(40), nullable=False),
    Column("year", Integer, nullable=False),
    Column("ref", String(16)),
    Column("at", Instant, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("level", String(16)),
    Column("to_account", String(64), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("subject", Text),
    Column("text", Text),
    Column("deadline", String(32)),
    Column("occurrence", Integer),
    Column("message", String(40)),
    Column("instead_of", String(64)),
    PrimaryKeyConstraint("office", "id"),
    ForeignKeyConstraint(["office", "year", "ref"], _ITEM),
    CheckConstraint("status IN ('pending', 'sent', 'failed', 'dead', 'cancelled')", name="status"),
    Index("ix_notice_office_at", "office", "at"),
    Index("ix_notice_office_to_account_at", "office", "to_account", "at"),
    Index(
        "ix_notice_office_pending",
        "office",
        "to_account",
        "channel",
        sqlite_where=text("status = 'pending'"),
        postgresql_where=text("status = 'pending'"),
    ),
)
"""`subject` and `text` are rendered words and may be erased; the rest stays as the record of who was told.

A notice has one row for the inbox, which has the words, and one for each other channel of its reader, which
names the `message` that it went out with. Of an act on the whole office it has no `ref`, and `year` is the
local year of the log. `instead_of` is the account that it was meant for, where another got it in its place.
"""

contact = Table(
    "contact",
    metadata,
    _office(),
    Column("account", String(64), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("address", Text, nullable=False),
    Column("salt", LargeBinary),
    PrimaryKeyConstraint("office", "account", "channel"),
    ForeignKeyConstraint(["office"], ["office.office"]),
)
"""Where an account is reached beside its inbox. Erasable, and never in the log, which has a digest of it: the
`salt`, which goes with the address, keeps that from being guessed by whoever knows the office's key."""

message = Table(
    "message",
    metadata,
    _office(),
    Column("id", String(40), nullable=False),
    Column("account", String(64), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("day", Day, nullable=False),
    Column("part", String(16), nullable=False),
    Column("address", Text),
    Column("subject", Text),
    Column("body", Text),
    Column("status", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("leased_until", Instant),
    Column("leased_by", String(64)),
    Column("error", Text),
    Column("made_at", Instant, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("sent_at", Instant),
    PrimaryKeyConstraint("office", "id"),
    UniqueConstraint("office", "account", "channel", "day", "part"),
    ForeignKeyConstraint(["office"], ["office.office"]),
    CheckConstraint("status IN ('pending', 'sent', 'failed', 'dead', 'cancelled')", name="status"),
    CheckConstraint("(status = 'sent') = (sent_at IS NOT NULL)", name="sent"),
    Index(
        "ix_message_office_next_at_open",
        "office",
        "next_at",
        sqlite_where=text("status IN ('pending', 'failed')"),
        postgresql_where=text("status IN ('pending', 'failed')"),
    ),
)
"""The outbox: what one person gets over one channel on one local day, frozen before it is first sent.

`address`, `subject` and `body` may be erased; `error` never holds a secret. Sending began at `begun_at`, and
again where an operator asks for another try; `made_at` stays.
"""

incident = Table(
    "incident",
    metadata,
    _office(),
    Column("id", String(32), nullable=False),
    Column("at", Instant, nullable=False),
    Column("year", Integer),
    Column("ref", String(16)),
    Column("code", String(32), nullable=False),
    Column("detail", Text),
    Column("seen", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("cleared_at", Instant),
    Column("cleared_by", String(64)),
    PrimaryKeyConstraint("office", "id"),
    ForeignKeyConstraint(["office"], ["office.office"]),
)
"""What went wrong while running, for an operator to see and clear; `seen` counts its repetitions."""

substitution = Table(
    "substitution",
    metadata,
    _office(),
    Column("number", Integer, nullable=False),
    Column("absent", String(64), nullable=False),
    Column("stand_in", String(64), nullable=False),
    Column("from_day", Day, nullable=False),
    Column("until_day", Day, nullable=False),
    Column("ended_on", Day),
    Column("entry", String(32), nullable=False),
    PrimaryKeyConstraint("office", "number"),
    ForeignKeyConstraint(["office"], ["office.office"]),
    CheckConstraint("from_day < until_day", name="days"),
    CheckConstraint("absent <> stand_in", name="two"),
)
"""Who acts for whom on the local days from `from_day` up to `until_day`, which is not one of them."""

holder = Table(
    "holder",
    metadata,
    _office(),
    Column("number", Integer, nullable=False),
    Column("account", String(64), nullable=False),
    Column("from_day", Day, nullable=False),
    Column("until_day", Day),
    Column("entry", String(32), nullable=False),
    PrimaryKeyConstraint("office", "number"),
    ForeignKeyConstraint(["office"], ["office.office"]),
    CheckConstraint("from_day <= until_day", name="days"),
)
"""When a person held a position; `until_day` is the last day, None while it lasts. The name is among the
erasable words of the entry that gave it."""

office_text = Table(
    "office_text",
    metadata,
    _office(),
    Column("entry", String(32), nullable=False),
    Column("input", String(64), nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("office", "entry", "input"),
    ForeignKeyConstraint(["office"], ["office.office"]),
    sqlite_with_rowid=False,
)
"""The erasable words of acts on the whole office; those of an item are in `free_text`."""

expectation = Table(
    "expectation",
    metadata,
    *_place(),
    Column("body", String(64), nullable=False),
    Column("asked_on", Day, nullable=False),
    Column("due_on", Day),
    Column("guidance", String(16)),
    Column("paper", Text),
    Column("paper_on", Day),
    Column("status", String(16), nullable=False),
    Column("dossier", String(16)),
    Column("answered_on", Day),
    Column("chased", Integer, nullable=False),
    Column("chased_at", Instant),
    PrimaryKeyConstraint("office", "year", "ref", "body"),
    ForeignKeyConstraint(["office", "year", "ref"], _ITEM),
    CheckConstraint("status IN ('silent', 'received', 'nothing')", name="status"),
)
"""A body that owes a dossier to the task `ref`, and its answer. `guidance` is the task whose `paper` asks."""

issued_paper = Table(
    "issued_paper",
    metadata,
    *_place(),
    Column("kind", String(32), nullable=False),
    Column("part", String(32), nullable=False),
    Column("word", String(64), nullable=False),
    Column("pdf", String(64), nullable=False),
    Column("number", String(64)),
    Column("issued_on", Day, nullable=False),
    PrimaryKeyConstraint("office", "year", "ref", "kind", "part"),
    ForeignKeyConstraint(["office", "year", "ref"], _ITEM),
)
"""A paper of an item that was issued, by the SHA-256 of its Word file and of its PDF. `part` is empty where
an item has one paper of the kind."""

achievement = Table(
    "achievement",
    metadata,
    _office(),
    Column("number", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("subject", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("born", String(10)),
    Column("unit", Text),
    Column("body", String(64)),
    Column("period", String(16)),
    Column("value", String(32)),
    Column("words", Text),
    Column("decision", Text),
    Column("decision_key", Text),
    Column("dated", Day),
    Column("authority", Text),
    Column("share", Integer),
    Column("nature", String(16), nullable=False),
    Column("expected", Boolean, nullable=False),
    Column("known_on", Day),
    Column("source_year", Integer),
    Column("source_ref", String(16)),
    Column("source_line", Integer),
    Column("revoked_on", Day),
    Column("revoked_by", Text),
    Column("salt", LargeBinary, nullable=False),
    Column("entry", String(32), nullable=False),
    PrimaryKeyConstraint("office", "number"),
    ForeignKeyConstraint(["office"], ["office.office"]),
    CheckConstraint("kind IN ('award', 'rating', 'initiative')", name="kind"),
    CheckConstraint("subject IN ('person', 'collective', 'household')", name="subject"),
    Index("ix_achievement_office_name_key", "office", "name_key"),
    Index("ix_achievement_office_decision_key", "office", "decision_key"),
    Index(
        "ix_achievement_office_source",
        "office",
        "source_year",
        "source_ref",
        sqlite_where=text("source_ref IS NOT NULL"),
        postgresql_where=text("source_ref IS NOT NULL"),
    ),
    sqlite_with_rowid=False,
)
"""What somebody was awarded, how they were rated, which initiative of theirs was recognised, as
`workflow.model.achievements` has it. Found by the name and by the paper's number through narrow indexes, over
which SQLite passes instead of the rows. Rows may be erased: their `salt` goes with them, which keeps what the
log says of them from being guessed by whoever knows the office's key."""

movement = Table(
    "movement",
    metadata,
    _office(),
    Column("number", Integer, nullable=False),
    Column("scope", String(16)),
    Column("way", String(16)),
    Column("titles", Text),
    Column("tasks", Text),
    Column("paper", String(64)),
    Column("paper_on", Day),
    Column("from_day", Day, nullable=False),
    Column("until_day", Day),
    Column("closed_on", Day),
    Column("closing_paper", String(64)),
    Column("entry", String(32), nullable=False),
    Column("closing", String(32)),
    PrimaryKeyConstraint("office", "number"),
    ForeignKeyConstraint(["office"], ["office.office"]),
)
"""A movement of emulation, which may last over years; `tasks` are the rows of plans that it belongs to. Its
name and its criteria are among the erasable words of `entry`, its result among those of `closing`."""

movement_body = Table(
    "movement_body",
    metadata,
    _office(),
    Column("number", Integer, nullable=False),
    Column("body", String(64), nullable=False),
    Column("registered_on", Day, nullable=False),
    Column("entry", String(32), nullable=False),
    PrimaryKeyConstraint("office", "number", "body"),
    ForeignKeyConstraint(["office", "number"], ["movement.office", "movement.number"]),
)
"""A body that registered for a movement."""

movement_review = Table(
    "movement_review",
    metadata,
    _office(),
    Column("number", Integer, nullable=False),
    Column("no", Integer, nullable=False),
    Column("held_on", Day, nullable=False),
    Column("paper", String(64)),
    Column("entry", String(32), nullable=False),
    PrimaryKeyConstraint("office", "number", "no"),
    ForeignKeyConstraint(["office", "number"], ["movement.office", "movement.number"]),
)
"""A preliminary review of a movement; what it found is among the erasable words of its entry."""

fund_entry = Table(
    "fund_entry",
    metadata,
    _office(),
    Column("number", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("dated", Day, nullable=False),
    Column("paper", String(64)),
    Column("entry", String(32), nullable=False),
    PrimaryKeyConstraint("office", "number"),
    ForeignKeyConstraint(["office"], ["office.office"]),
    CheckConstraint(
        "kind IN ('allocated', 'contributed', 'carried_over', 'spent_before', 'printing', 'other')",
        name="kind",
    ),
    CheckConstraint("amount <> 0", name="amount"),
)
"""A movement of the fund of a `year`, as `workflow.model.funds` has it; never changed nor removed. Why it was
made is among the erasable words of its entry."""

payment = Table(
    "payment",
    metadata,
    _office(),
    Column("number", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("ref", String(16), nullable=False),
    Column("dossier", String(16), nullable=False),
    Column("line", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("on_day", Day, nullable=False),
    Column("fund", Integer, nullable=False),
    Column("way", String(16)),
    Column("undoes", Integer),
    Column("entry", String(32), nullable=False),
    PrimaryKeyConstraint("office", "number"),
    UniqueConstraint("office", "undoes"),
    ForeignKeyConstraint(["office", "year", "ref"], _ITEM),
    ForeignKeyConstraint(["office", "undoes"], ["payment.office", "payment.number"]),
    CheckConstraint("kind IN ('paid', 'recovered', 'carried')", name="kind"),
    CheckConstraint("(amount = 0) = (kind = 'carried')", name="amount"),
    CheckConstraint("amount >= 0 OR undoes IS NOT NULL", name="undoes"),
    Index("ix_payment_office_year", "office", "year"),
)
"""Money that moved for a line of an issued decision, as `workflow.model.payments` has it; never changed nor
removed. Who took it, and by which paper in another's place, is among the erasable words of its entry."""

certificate = Table(
    "certificate",
    metadata,
    *_place(),
    Column("dossier", String(16), nullable=False),
    Column("line", Integer, nullable=False),
    Column("register_no", String(32)),
    Column("handed_on", Day),
    Column("returned_on", Day),
    Column("entry", String(32), nullable=False),
    PrimaryKeyConstraint("office", "year", "ref", "dossier", "line"),
    ForeignKeyConstraint(["office", "year", "ref"], _ITEM),
    Index(
        "ix_certificate_office_register_no",
        "office",
        "year",
        "register_no",
        unique=True,
        sqlite_where=text("register_no IS NOT NULL"),
        postgresql_where=text("register_no IS NOT NULL"),
    ),
)
"""What is handed to whom a line of a decision is about: its number in the register of awards (số sổ), the day
on which it was handed over, and that on which it came back. `entry` said it last."""

login = Table(
    "login",
    metadata,
    _office(),
    Column("id", String(32), nullable=False),
    Column("entry", String(32), nullable=False),
    Column("password", Text),
    Column("issuer", Text),
    Column("subject", Text),
    Column("salt", LargeBinary),
    Column("language", String(2)),
    Column("made_at", Instant, nullable=False),
    Column("disabled_at", Instant),
    PrimaryKeyConstraint("office", "id"),
    ForeignKeyConstraint(["office"], ["office.office"]),
    UniqueConstraint("office", "issuer", "subject"),
    CheckConstraint("(issuer IS NULL) = (subject IS NULL)", name="subject"),
)
"""A person who signs in: by `password`, which is an argon2 hash, or as the `subject` of an OIDC `issuer`. The
name is among the erasable words of `entry`; with it go the password, the subject and the `salt`, which keeps
what the log says of them from being guessed by whoever knows the office's key."""

login_account = Table(
    "login_account",
    metadata,
    _office(),
    Column("login", String(32), nullable=False),
    Column("account", String(64), nullable=False),
    PrimaryKeyConstraint("office", "login", "account"),
    ForeignKeyConstraint(["office", "login"], ["login.office", "login.id"]),
)
"""A position account that a login holds."""

login_session = Table(
    "login_session",
    metadata,
    _office(),
    Column("digest", String(64), nullable=False),
    Column("login", String(32), nullable=False),
    Column("account", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("label", Text),
    Column("made_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    PrimaryKeyConstraint("office", "digest"),
    ForeignKeyConstraint(["office", "login"], ["login.office", "login.id"]),
    CheckConstraint("kind IN ('web', 'terminal')", name="kind"),
    Index("ix_login_session_office_login", "office", "login"),
)
"""Where a login is signed in, by the SHA-256 of its random token, which is kept nowhere; `account` is the one
chosen, `label` the browser or the computer."""

login_attempt = Table(
    "login_attempt",
    metadata,
    _office(),
    Column("subject", String(64), nullable=False),
    Column("failures", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
    PrimaryKeyConstraint("office", "subject"),
    ForeignKeyConstraint(["office"], ["office.office"]),
)
"""How often in a row somebody failed to sign in; `subject` is a keyed digest of the login or of the network
address."""

invitation = Table(
    "invitation",
    metadata,
    _office(),
    Column("entry", String(32), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("accounts", Text, nullable=False),
    Column("login", String(32)),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
    PrimaryKeyConstraint("office", "entry"),
    UniqueConstraint("office", "digest"),
    ForeignKeyConstraint(["office"], ["office.office"]),
    CheckConstraint("used_at IS NULL OR login IS NOT NULL", name="used"),
)
"""A link that makes a login with these `accounts`, or gives `login` another password; by the SHA-256 of its
secret. The name is among the erasable words of `entry`."""

village_link = Table(
    "village_link",
    metadata,
    *_place(),
    Column("entry", String(32), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("body", String(64), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    PrimaryKeyConstraint("office", "year", "ref", "entry"),
    UniqueConstraint("office", "digest"),
    ForeignKeyConstraint(["office", "year", "ref"], _ITEM),
)
"""A link by which a body answers what the task `ref` expects of it, without an account; by the SHA-256 of its
secret. `entry` made it."""

submission = Table(
    "submission",
    metadata,
    *_place(),
    Column("entry", String(32), nullable=False),
    Column("code", String(64), nullable=False),
    Column("link", String(32)),
    Column("body", String(64), nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("file", String(64)),
    Column("state", String(16), nullable=False),
    Column("dossiers", Text),
    Column("ended_entry", String(32)),
    PrimaryKeyConstraint("office", "year", "ref", "entry"),
    UniqueConstraint("office", "code"),
    ForeignKeyConstraint(["office", "year", "ref"], _ITEM),
    CheckConstraint("state IN ('received', 'taken_in', 'nothing', 'replaced', 'declined')", name="state"),
    CheckConstraint("state <> 'taken_in' OR dossiers IS NOT NULL", name="taken_in"),
)
"""What a body sent to the task `ref`, by the entry of the `link` that it came by: a `file` by its SHA-256, or
that there is `nothing` to propose. `code` is the SHA-256 of the receipt's code; what the file was called is
among the erasable words of `entry`. `dossiers` (a JSON list of references) are what came of it, `ended_entry`
said so, and has the reason of one that was declined among its erasable words."""
