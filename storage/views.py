"""Looking: plain SQL over sqlite3 or psycopg, one set of texts for both; no SQLAlchemy, no writing.

Opens `mode=rw` with `query_only` on SQLite, because `mode=ro` cannot recover the journal that a killed
writer leaves; creates nothing. Rows become the domain's values by `storage.rows`, as they do for acting, and
those of `storage.values`. `os.path`, not `pathlib`, keeps the start short.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from storage.address import existing, file_uri, read_address
from storage.columns import EXPECTATION_READ, INBOX_ID, ITEM_READ, TERM_READ
from storage.errors import translated
from storage.intact import intact
from storage.revision import TABLES, VERSION, current, found_version, standing
from storage.rows import item_of
from storage.subjects.details import Kept, KeptDetails, names_of
from storage.subjects.dossier import DOSSIER
from storage.subjects.kept import KEPT
from storage.subjects.task import TASK
from storage.values import (
    DefinitionRecord,
    DossierOutline,
    ItemWord,
    NomineeLine,
    OfficeRecord,
    OwnedItem,
    PlanRecord,
    ProposalRecord,
)
from workflow.model.days import utc_text
from workflow.model.dossiers import Nominee, period_named, titles_of
from workflow.model.facts import Item, Key
from workflow.model.holding import Holder
from workflow.model.printed import IssuedPaper
from workflow.model.subjects import Subject
from workflow.model.substitution import Substitution
from workflow.model.tasks import plan_kind_of

if TYPE_CHECKING:  # most looks ask for nothing of these
    from storage.records import (
        Change,
        Contact,
        Deadline,
        DeadlineNotice,
        DeadMessage,
        Delivery,
        Entry,
        EntryText,
        Incident,
        LedgerFigures,
        LogHead,
        Notice,
        OutboxFigures,
        SubstitutionOrder,
        WaitingFigures,
    )
    from workflow.model.expecting import Expectation
    from workflow.model.links import Submission, VillageLink
    from workflow.model.logins import Invitation, KeptLogin, Session
    from workflow.model.tasks import DoneRow

PAGE = 500
"""Rows fetched at once: an open read cursor on SQLite keeps a writer from committing."""
_NAMED = r"(?<!:):([a-z_]+)"
"""Compiled on PostgreSQL only: SQLite reads such names itself."""
_BOOLEANS = frozenset({"sandbox", "waiting", "overdue", "open", "derived", "refused", "expected", "proposed"})

_DAYS = frozenset(
    {
        "answered_on",
        "asked_on",
        "closed_on",
        "dated",
        "day",
        "due",
        "due_date",
        "due_first",
        "due_on",
        "ended_on",
        "from_day",
        "known_on",
        "paper_on",
        "paused_on",
        "proposed_until",
        "revoked_on",
        "since",
        "started_on",
        "target_on",
        "until_day",
    }
)
_INSTANTS = frozenset(
    {
        "at",
        "chased_at",
        "claimed_at",
        "cleared_at",
        "clock",
        "due_since",
        "expires_at",
        "fired_at",
        "imported_at",
        "last_at",
        "made_at",
        "proposed_at",
        "received_at",
        "revoked_at",
        "unsent_since",
    }
)
# SQLite takes tables in the order of a CROSS JOIN, and the plus keeps it from finding rows by a span of
# years: it would pass over all that was closed.
_OPEN_BEFORE = "o.office = :office AND o.open = TRUE AND +o.year < :year"
_COMPILED = "SELECT kind, name, version, compiled, checksum FROM definition"
_OWNED = "(i.owners <> '[]' OR i.proposal IS NOT NULL)"
_SAME = "{0}.office = i.office AND {0}.year = i.year AND {0}.ref = i.ref"


class Reading:
    """A connection for looking. Closes itself at the end of a `with`.

    `kept` are the subjects whose items the database keeps.
    """

    def __init__(self, url: str, *, lock_timeout: float = 10.0, kept: Kept = KEPT) -> None:
        self._kept = kept
        self._lock_timeout = lock_timeout
        self._address = read_address(url)
        self.path = self._address.path
        self.where = self._address.where
        with translated(self.where):
            self._connection: Any = self._open_sqlite() if self.path is not None else self._open_postgresql()
        try:
            self.check()
        except BaseException:
            self._connection.close()
            raise

    def _open_sqlite(self) -> Any:
        import sqlite3

        uri = file_uri(existing(self._address))
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=self._lock_timeout)
        connection.execute("PRAGMA query_only=1")
        return connection

    def _open_postgresql(self) -> Any:
        from storage.server import connect

        return connect(self._address, patience=self._lock_timeout)

    def check(self) -> None:
        """Whether the schema is still this program's: a kept connection may outlive an upgrade. Raises
        OlderSchema, NewerSchema and what else `storage.revision` says of a database."""
        with translated(self.where):
            version = found_version(lambda: self._connection.execute(VERSION).fetchone())
            found = standing(version, self._known_tables, where=self.where)
        current(found, where=self.where)

    def _known_tables(self) -> list[tuple[str, bool]]:
        tables: list[tuple[str, bool]] = self._connection.execute(TABLES[self._address.dialect]).fetchall()
        return tables

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    # -- the office ----------------------------------------------------------------------------------

    def offices(self) -> tuple[OfficeRecord, ...]:
        return tuple(
            OfficeRecord(*row)
            for row in self._values(f"SELECT {_names(OfficeRecord)} FROM office ORDER BY office")
        )

    def compiled(
        self, office: str, kind: str, name: str | None = None, *, version: int | None = None
    ) -> str | None:
        """The compiled JSON of a version of a definition of the office, of the newest without one."""
        sql = f"{_COMPILED} WHERE office = :office AND kind = :kind"
        sql += " AND name = :name" if name is not None else ""
        sql += " AND version = :version" if version is not None else ""
        return self._intact(
            sql + " ORDER BY version DESC LIMIT 1",
            {"office": office, "kind": kind, "name": name, "version": version},
        )

    def compiled_by_digest(self, office: str, digest: str) -> str | None:
        sql = f"{_COMPILED} WHERE office = :office AND digest = :digest"
        return self._intact(sql, {"office": office, "digest": digest})

    def _intact(self, sql: str, params: dict[str, Any]) -> str | None:
        """The compiled text that is found, as it was written. Raises DefinitionDamaged."""
        rows = self._values(sql, params)
        return intact(*rows[0]) if rows else None

    def definitions(self, office: str) -> tuple[DefinitionRecord, ...]:
        sql = f"SELECT {_names(DefinitionRecord)} FROM definition WHERE office = :office"
        rows = self._values(f"{sql} ORDER BY kind, name, version", {"office": office})
        return tuple(DefinitionRecord(*row) for row in rows)

    def definition_source(self, office: str, digest: str) -> str:
        """The text of a stored definition; empty where there is none."""
        sql = "SELECT source FROM definition WHERE office = :office AND digest = :digest"
        return self._one(sql, {"office": office, "digest": digest}) or ""

    def proposals(self, office: str) -> tuple[ProposalRecord, ...]:
        """The definitions that wait for somebody's agreement, by number."""
        sql = f"SELECT {_names(ProposalRecord)} FROM proposed_definition WHERE office = :office"
        rows = self._values(f"{sql} AND status = 'waiting' ORDER BY number", {"office": office})
        return tuple(ProposalRecord(*row) for row in rows)

    def plans(self, office: str) -> tuple[PlanRecord, ...]:
        """The office's plans, the newest year first."""
        sql = f"SELECT {_names(PlanRecord)} FROM plan WHERE office = :office ORDER BY year DESC"
        return tuple(PlanRecord(*row) for row in self._values(sql, {"office": office}))

    def ordered(self, office: str) -> tuple[Substitution, ...]:
        """Who stands in for whom, as the office ever ordered."""
        sql = f"SELECT {', '.join(Substitution._fields)} FROM substitution WHERE office = :office"
        rows = self._values(f"{sql} ORDER BY from_day, number", {"office": office})
        return tuple(Substitution(*row) for row in rows)

    def substitutions(self, office: str) -> tuple[SubstitutionOrder, ...]:
        """The same, each with its reason as far as it is not erased, and the paper that its entry names."""
        from storage.records import SubstitutionOrder

        rows = self._values(
            f"""SELECT e.at, e.actor, t.value AS reason, e.bytes,
 {", ".join(f"s.{name}" for name in Substitution._fields)}
 FROM substitution s JOIN entry e ON e.office = s.office AND e.id = s.entry
 LEFT JOIN office_text t ON t.office = s.office AND t.entry = s.entry AND t.input = 'reason'
 WHERE s.office = :office ORDER BY s.from_day, s.number""",
            {"office": office},
        )
        return tuple(
            SubstitutionOrder(Substitution(*order), at, actor, reason, json.loads(entry).get("input.basis"))
            for at, actor, reason, entry, *order in rows
        )

    def holders(self, office: str) -> tuple[Holder, ...]:
        """Who held which position when, by account and day, with the names that are not erased."""
        rows = self._values(
            """SELECT h.number, h.account, h.from_day, h.until_day, t.value AS name FROM holder h
 LEFT JOIN office_text t ON t.office = h.office AND t.entry = h.entry AND t.input = 'name'
 WHERE h.office = :office ORDER BY h.account, h.from_day""",
            {"office": office},
        )
        return tuple(Holder(*row) for row in rows)

    # -- items ---------------------------------------------------------------------------------------

    # Lists of a year's items, and of what belongs to them, take in with `open_before` what is still open of
    # the years before, those first.

    def tasks(self, office: str, year: int, open_before: bool = False) -> tuple[Item, ...]:
        """The tasks in the order of their numbers, without the standing places, which are no rows."""
        among, rows = _of("item", open_before), "d.quarter <> ''"
        return self._items(TASK, among, rows, order="d.number", office=office, year=year)

    def done_rows(self, office: str, year: int, kind: str) -> tuple[DoneRow, ...]:
        """The year's completed tasks of the machine's kind, each with its paper, in order of number."""
        from storage.rows import done_rows_of

        rows = self._values(
            """SELECT t.ref, t.part, t.period, e.bytes FROM task t JOIN item i ON i.office = t.office
 AND i.year = t.year AND i.ref = t.ref JOIN entry e ON e.office = i.office AND e.id = i.last_entry
 WHERE t.office = :office AND t.year = :year AND t.kind = :kind AND i.state = 'completed'
 ORDER BY t.number""",
            {"office": office, "year": year, "kind": plan_kind_of(kind)},
        )
        return done_rows_of(rows, kind)

    def dossiers(
        self,
        office: str,
        year: int,
        open_before: bool = False,
        *,
        task: str | None = None,
        nominees: bool = False,
        states: Sequence[str] = (),
    ) -> tuple[Item, ...]:
        """The year's dossiers or a task's, by reference, with their nominees where asked; in these states
        where some are named."""
        among, where, params = _in_states(open_before, states)
        where += " AND i.parent = :task" if task else ""
        asked: dict[str, Any] = {"office": office, "year": year, "task": task, **params}
        lines = self._lines(DOSSIER, among, where, **asked) if nominees else {}
        return self._items(DOSSIER, among, where, lines=lines, **asked)

    def dossier_outlines(
        self, office: str, year: int, open_before: bool = False, *, states: Sequence[str] = ()
    ) -> tuple[DossierOutline, ...]:
        """The year's dossiers by reference, in these states where some are named, as far as is asked of all
        of them."""
        among, where, params = _in_states(open_before, states)
        asked = {"office": office, "year": year, **params}
        lines = self._values(
            f"""SELECT i.year, i.ref, l.title FROM {among} i CROSS JOIN nominee l
 WHERE {_SAME.format("l")} AND {where} GROUP BY i.year, i.ref, l.title ORDER BY min(l.no)""",
            asked,
        )
        titles: dict[tuple[int, str], list[str]] = {}
        for own_year, ref, title in lines:
            titles.setdefault((own_year, ref), []).append(title)
        rows = self._values(
            f"""SELECT i.year AS plan_year, i.ref, i.state, i.parent, i.rules AS pack, d.body, d.type,
 d.period, d.review, d.session, d.title FROM {among} i CROSS JOIN dossier d
 WHERE {_SAME.format("d")} AND {where} ORDER BY i.year, i.ref""",
            asked,
        )
        return tuple(
            DossierOutline(
                key=Key(office, own_year, ref),
                state=state,
                parent=parent,
                rules=pack,
                body=body,
                type=type,
                period=period_named(period, own_year),
                path=path,
                session=session,
                titles=titles_of(titles.get((own_year, ref), ()), title),
            )
            for own_year, ref, state, parent, pack, body, type, period, path, session, title in rows
        )

    def nominees(
        self, office: str, year: int, open_before: bool = False, *, states: Sequence[str] = ()
    ) -> dict[Key, tuple[Nominee, ...]]:
        """The lines of the same dossiers, without their words."""
        among, where, params = _in_states(open_before, states)
        return self._lines(DOSSIER, among, where, office=office, year=year, **params)

    def subject_items(
        self,
        subject: Subject,
        office: str,
        year: int,
        open_before: bool = False,
        *,
        states: Sequence[str] = (),
    ) -> tuple[Item, ...]:
        """The year's items of a subject, by reference, with their lines; in these states where some are
        named."""
        kept = self._kept.of(subject.letter)
        if kept is None:
            return ()
        among, where, params = _in_states(open_before, states)
        asked: dict[str, Any] = {"office": office, "year": year, **params}
        return self._items(kept, among, where, lines=self._lines(kept, among, where, **asked), **asked)

    def subject_keys(
        self, subject: Subject, office: str, year: int, open_before: bool = False
    ) -> tuple[Key, ...]:
        """The places of the same items, by which those of one page are read."""
        kept = self._kept.of(subject.letter)
        if kept is None:
            return ()
        rows = self._values(
            f"""SELECT i.year, i.ref FROM {_of("item", open_before)} i CROSS JOIN {kept.table} d
 WHERE {_SAME.format("d")} ORDER BY i.year, i.ref""",
            {"office": office, "year": year},
        )
        return tuple(Key(office, *row) for row in rows)

    def closed_since(self, office: str, year: int, day: date) -> tuple[Item, ...]:
        """The year's items that were closed on that day or later."""
        where = "NOT i.open AND i.closed_on >= :day"
        asked: dict[str, Any] = {"office": office, "year": year, "day": day}
        found = (self._items(kept, _of("item"), where, **asked) for kept in self._kept)
        return tuple(item for items in found for item in items)

    def item(self, key: Key) -> Item | None:
        """An item of any subject with its details and their lines."""
        kept = self._kept.of(key.ref)
        if kept is None:
            return None
        among, where = _of("item"), "i.ref = :ref"
        lines = self._lines(kept, among, where, **key._asdict())
        found = self._items(kept, among, where, lines=lines, **key._asdict())
        return found[0] if found else None

    def items(self, keys: Iterable[Key]) -> dict[Key, Item]:
        """The items with their lines, a few statements for all of one year and subject."""
        found: dict[Key, Item] = {}
        for office, year, letter, refs in _together(keys):
            kept = self._kept.of(letter)
            if kept is not None:
                named, params = _among("ref", refs)
                among, where = _of("item"), f"i.ref IN ({named})"
                asked: dict[str, Any] = {"office": office, "year": year, **params}
                lines = self._lines(kept, among, where, **asked)
                items = self._items(kept, among, where, lines=lines, **asked)
                found |= {item.key: item for item in items}
        return found

    def years_of(self, office: str, ref: str) -> dict[int, bool | None]:
        """Every year that has a plan, the newest first: whether its item of that reference is open; None
        where it has no such item."""
        rows = self._values(
            """SELECT p.year, i.open FROM plan p LEFT JOIN item i ON i.office = p.office AND i.year = p.year
 AND i.ref = :ref WHERE p.office = :office ORDER BY p.year DESC""",
            {"office": office, "ref": ref},
        )
        return dict(rows)

    def owned_items(self, office: str, year: int, open_before: bool = False) -> tuple[Item, ...]:
        """Every item that somebody must act on or agree to, nearest due first, those without a date last;
        without their lines."""
        among = _of("item", open_before)
        found = (self._items(kept, among, _OWNED, office=office, year=year) for kept in self._kept)
        ordered = (item for items in found for item in items)
        return tuple(sorted(ordered, key=lambda item: (item.due_on or date.max, item.key)))

    def owned(self, office: str, year: int, open_before: bool = False) -> tuple[OwnedItem, ...]:
        """The same items in no order, as far as is asked of all of them."""
        rows = self._values(
            f"""SELECT i.year, i.ref, i.state, i.owners, i.claimed_by, i.delegated_by, i.due_on, i.target_on,
 (i.proposal IS NOT NULL OR i.proposed_until IS NOT NULL) AS proposed FROM {_of("item", open_before)} i
 WHERE {_OWNED}""",
            {"office": office, "year": year},
        )
        return tuple(
            OwnedItem(Key(office, year, ref), state, names_of(owners), *rest)
            for year, ref, state, owners, *rest in rows
        )

    def lines(self, key: Key) -> tuple[NomineeLine, ...]:
        """The lines of a dossier, in order, with their words as far as they are not erased."""
        return self.lines_of([key]).get(key, ())

    def lines_of(self, keys: Iterable[Key]) -> dict[Key, tuple[NomineeLine, ...]]:
        """The same of dossiers that have lines, a few statements for all of one year."""
        found: dict[Key, tuple[NomineeLine, ...]] = {}
        for office, year, _letter, refs in _together(keys):
            named, params = _among("ref", refs)
            asked: dict[str, Any] = {"office": office, "year": year, **params}
            rows = self._values(
                "SELECT ref, line, input, value FROM free_text"
                f" WHERE office = :office AND year = :year AND ref IN ({named}) AND line > 0",
                asked,
            )
            words = {(ref, no, name): value for ref, no, name, value in rows}
            lines = self._lines(DOSSIER, _of("item"), f"i.ref IN ({named})", **asked)
            found |= {
                key: tuple(
                    NomineeLine(
                        each, *(words.get((key.ref, each.no, name)) for name in NomineeLine._fields[1:])
                    )
                    for each in those
                )
                for key, those in lines.items()
            }
        return found

    def _items(
        self,
        kept: KeptDetails,
        among: str,
        where: str = "TRUE",
        *,
        order: str = "i.ref",
        lines: Mapping[Key, tuple[Any, ...]] = MappingProxyType({}),
        **params: Any,
    ) -> tuple[Item, ...]:
        """Items `i` of one subject among some of `_of`, with their details `d`, by year and in this order,
        which keeps the rows of one item, one for each of its terms, together; only those of `lines` have
        theirs."""
        columns = [
            *(f"i.{name}" for name in ITEM_READ),
            *(f"d.{name} AS d_{name}" for name in kept.read),  # a deadline row is `derived` too, or not
            *(f"m.{name}" for name in TERM_READ),
        ]
        rows = self._values(
            f"""SELECT i.year AS plan_year, i.ref AS item_ref, {", ".join(columns)}
 FROM {among} i CROSS JOIN {kept.table} d LEFT JOIN term m ON {_SAME.format("m")}
 WHERE {_SAME.format("d")} AND {where} ORDER BY i.year, {order}, m.term""",
            params,
            days=_DAYS.union(f"d_{name}" for name in kept.days),
        )
        keyed = groupby(rows, key=lambda row: Key(params["office"], row[0], row[1]))
        return tuple(
            item_of(key, [row[2:] for row in those], kept, lines.get(key, ())) for key, those in keyed
        )

    def _lines(
        self, kept: KeptDetails, among: str, where: str, *, office: str, **params: Any
    ) -> dict[Key, tuple[Any, ...]]:
        """The lines of the items that `_items` finds, by item."""
        lines = kept.lines
        if lines is None:
            return {}
        rows = self._values(
            f"""SELECT i.year, i.ref, {", ".join(f"l.{name}" for name in lines.read)}
 FROM {among} i CROSS JOIN {lines.table} l WHERE {_SAME.format("l")} AND {where}
 ORDER BY i.year, i.ref, l.no""",
            {"office": office, **params},
        )
        keyed = groupby(rows, key=lambda row: Key(office, row[0], row[1]))
        return {key: lines.values(row[2:] for row in those) for key, those in keyed}

    def expectations(
        self, office: str, year: int, open_before: bool = False, *, ref: str | None = None
    ) -> dict[Key, tuple[Expectation, ...]]:
        """What bodies owe to the year's tasks, or to one, by task and body."""
        from storage.expected_rows import expectation_of

        rows = self._values(
            f"""SELECT x.year, x.ref, {", ".join(f"x.{name}" for name in EXPECTATION_READ)}
 FROM {_of("expectation", open_before)} x WHERE {"x.ref = :ref" if ref else "TRUE"}
 ORDER BY x.year, x.ref, x.body""",
            {"office": office, "year": year, "ref": ref},
        )
        keyed = groupby(rows, key=lambda row: Key(office, row[0], row[1]))
        return {task: tuple(expectation_of(row[2:]) for row in those) for task, those in keyed}

    def village_links(
        self, office: str, *, task: Key | None = None, digest: str | None = None
    ) -> tuple[VillageLink, ...]:
        """Links by which bodies answer, the newest first: those to a task's list, or the one of a digest."""
        from workflow.model.links import VillageLink

        narrowed = {"digest": digest, **(task._asdict() if task else {})}
        where, params = _narrowed({"office": office, **narrowed})
        rows = self._values(
            "SELECT year, ref, entry, body, made_at, expires_at, revoked_at FROM village_link"
            f" WHERE {where} ORDER BY made_at DESC, entry",
            params,
        )
        return tuple(VillageLink(Key(office, year, ref), *rest) for year, ref, *rest in rows)

    def submissions(
        self,
        office: str,
        *,
        task: Key | None = None,
        link: str | None = None,
        entry: str | None = None,
        code: str | None = None,
        state: str | None = None,
    ) -> tuple[Submission, ...]:
        """What came by links, the newest first, before what it replaced in the same instant; `code` is the
        digest of a receipt's."""
        from workflow.model.links import Submission

        narrowed = {"link": link, "entry": entry, "code": code, "state": state}
        where, params = _narrowed({"office": office, **narrowed, **(task._asdict() if task else {})})
        rows = self._values(
            "SELECT year, ref, entry, link, body, received_at, file, state, dossiers, ended_entry"
            f" FROM submission WHERE {where}"
            " ORDER BY received_at DESC, CASE state WHEN 'replaced' THEN 1 ELSE 0 END, entry",
            params,
        )
        return tuple(
            Submission(
                Key(office, year, ref),
                id,
                by,
                body,
                at,
                file,
                now,
                tuple(json.loads(dossiers or "[]")),
                ended,
            )
            for year, ref, id, by, body, at, file, now, dossiers, ended in rows
        )

    def digest_key(self, office: str) -> bytes:
        """The office's own key, of which the codes of receipts are made."""
        rows = self._values("SELECT digest_key FROM office WHERE office = :office", {"office": office})
        return bytes(rows[0][0])

    # -- log, deadlines, notices ---------------------------------------------------------------------

    def logs(self, office: str) -> tuple[int, ...]:
        """The years of the office's logs, in order."""
        rows = self._values(
            "SELECT log FROM log_head WHERE office = :office ORDER BY log", {"office": office}
        )
        return tuple(log for (log,) in rows)

    def logged(self, office: str) -> int:
        """How many entries the office's logs have by their heads."""
        rows = self._values(
            "SELECT coalesce(sum(size), 0) FROM log_head WHERE office = :office", {"office": office}
        )
        return int(rows[0][0])

    def heads(self, office: str) -> tuple[LogHead, ...]:
        from storage.records import LogHead

        rows = self._values(
            "SELECT h.log, h.size, h.root,"
            " (SELECT count(*) FROM entry e WHERE e.office = h.office AND e.log = h.log)"
            " FROM log_head h WHERE h.office = :office ORDER BY h.log",
            {"office": office},
        )
        return tuple(LogHead(log, size, bytes(root), entries) for log, size, root, entries in rows)

    def tree(self, office: str, log: int) -> tuple[bytes | None, tuple[bytes, ...]]:
        """The root that the log's head says, None without one, and the leaf hashes under it in order."""
        heads = self._values(
            "SELECT size, root FROM log_head WHERE office = :office AND log = :log",
            {"office": office, "log": log},
        )
        if not heads:
            return None, ()
        ((size, root),) = heads
        leaves = self._values(
            "SELECT leaf FROM entry WHERE office = :office AND log = :log AND seq < :size ORDER BY seq",
            {"office": office, "log": log, "size": size},
        )
        return bytes(root), tuple(bytes(leaf) for (leaf,) in leaves)

    def entries(
        self, office: str, log: int, *, ref: str | None = None, limit: int | None = None, **narrowed: Any
    ) -> Iterator[Entry]:
        """Entries in order. `narrowed`: actor, event, since, until (instants), refused, seq, before (seq)."""
        from storage.records import Entry

        sql, params = _entries(office, log, ref=ref, **narrowed)
        after, left = -1, limit
        while True:
            rows = self._values(
                f"{sql} AND seq > :after ORDER BY seq LIMIT {PAGE}", {**params, "after": after}
            )
            page = [Entry(*row) for row in rows]
            yield from page if left is None else page[:left]
            left = None if left is None else left - len(page)
            if len(page) < PAGE or (left is not None and left <= 0):
                return
            after = page[-1].seq

    def newest_entries(
        self, office: str, log: int, *, limit: int, ref: str | None = None, **narrowed: Any
    ) -> tuple[Entry, ...]:
        """The last `limit` of `entries`, in order."""
        from storage.records import Entry

        sql, params = _entries(office, log, ref=ref, **narrowed)
        rows = self._values(f"{sql} ORDER BY seq DESC LIMIT :limit", {**params, "limit": limit})
        return tuple(Entry(*row) for row in rows[::-1])

    def texts_of_entry(self, office: str, id: str) -> tuple[EntryText, ...]:
        """The erasable words that an entry put down, as far as they still stand."""
        from storage.records import EntryText

        rows = self._values(
            """SELECT input, salt, value FROM free_text WHERE office = :office AND entry = :id
 UNION ALL SELECT input, salt, value FROM office_text WHERE office = :office AND entry = :id
 ORDER BY input""",
            {"office": office, "id": id},
        )
        return tuple(EntryText(*row) for row in rows)

    def item_words(self, key: Key) -> tuple[ItemWord, ...]:
        """The erasable words about an item that stand, with their entries."""
        rows = self._values(
            f"SELECT {_names(ItemWord)} FROM free_text"
            " WHERE office = :office AND year = :year AND ref = :ref ORDER BY line, entry, input",
            key._asdict(),
        )
        return tuple(ItemWord(*row) for row in rows)

    def year_words(self, office: str, year: int) -> tuple[tuple[str, ItemWord], ...]:
        """The same of all items of a year, each with its item's reference."""
        rows = self._values(
            f"SELECT ref, {_names(ItemWord)} FROM free_text WHERE office = :office AND year = :year"
            " ORDER BY ref, line, entry, input",
            {"office": office, "year": year},
        )
        return tuple((ref, ItemWord(*word)) for ref, *word in rows)

    def event_names(self, office: str, log: int) -> tuple[str, ...]:
        """The events of which the log has entries."""
        rows = self._values(
            "SELECT DISTINCT event FROM entry WHERE office = :office AND log = :log ORDER BY event",
            {"office": office, "log": log},
        )
        return tuple(event for (event,) in rows)

    def entries_of_events(self, office: str, log: int, events: Collection[str]) -> tuple[Entry, ...]:
        """The entries of a log that these events made, without refused ones, in order."""
        from storage.records import Entry

        if not events:
            return ()
        columns = ", ".join((*Entry._fields[:-2], "bytes", "leaf"))
        asked, named = _among("event", sorted(events))
        rows = self._values(
            f"SELECT {columns} FROM entry WHERE office = :office AND log = :log AND NOT refused"
            f" AND event IN ({asked}) ORDER BY seq",
            {"office": office, "log": log, **named},
        )
        return tuple(Entry(*row) for row in rows)

    def logins(self, office: str) -> tuple[KeptLogin, ...]:
        """All logins that were ever made, by when."""
        from storage.login_rows import ACCOUNTS, LOGINS, accounts_by_login, login_of

        held = accounts_by_login(self._values(ACCOUNTS, {"office": office}))
        return tuple(login_of(row, held) for row in self._values(LOGINS, {"office": office}))

    def login_session(self, office: str, digest: str) -> Session | None:
        """The session whose token has the digest."""
        from storage.login_rows import SESSION, session_of

        found = list(self._values(SESSION, {"office": office, "digest": digest}))
        return session_of(found[0]) if found else None

    def login_sessions(self, office: str) -> tuple[Session, ...]:
        """The sessions that were not revoked, by when they were last used."""
        from storage.login_rows import SESSIONS, session_of

        return tuple(map(session_of, self._values(SESSIONS, {"office": office})))

    def invitations(self, office: str) -> tuple[tuple[str, Invitation], ...]:
        """All invitations that were ever made, by when, each with the digest of its secret."""
        from storage.login_rows import INVITATIONS, invitation_of

        rows = self._values(INVITATIONS, {"office": office})
        return tuple((str(digest), invitation_of(rest)) for digest, *rest in rows)

    def deadlines(
        self,
        office: str,
        year: int,
        open_before: bool = False,
        *,
        ref: str | None = None,
        refs: Sequence[str] = (),
        until: datetime | None = None,
        pending: bool = False,
    ) -> tuple[Deadline, ...]:
        """Deadline rows in order of time, those of some items where they are named; `until` is inclusive."""
        from storage.records import Deadline

        named, params = _among("ref", refs)
        where = [f"ref IN ({named})" if refs else "TRUE"]
        where += ["ref = :ref"] if ref else []
        where += ["at <= :until"] if until else []
        where += ["status = 'pending'"] if pending else []
        rows = self._values(
            f"""SELECT {_names(Deadline)} FROM {_of("deadline", open_before)} dl
 WHERE {" AND ".join(where)} ORDER BY at, year, ref, name""",
            {"office": office, "year": year, "ref": ref, "until": until, **params},
        )
        return tuple(Deadline(*row) for row in rows)

    def notices(
        self,
        office: str,
        year: int,
        open_before: bool = False,
        *,
        to: str | None = None,
        ref: str | None = None,
    ) -> tuple[Notice, ...]:
        """Notices in the order in which they were made; of one sweep, in the order of their deadlines.

        A notice's id begins with that of the entry which caused it, and entries are numbered.
        """
        from storage.records import Notice

        where = ["n.channel = 'inbox'"]
        where += ["n.to_account = :to"] if to else []
        where += ["n.ref = :ref"] if ref else []
        rows = self._values(
            f"""SELECT n.id, n.instead_of, n.at, n.ref, n.year, n.kind, n.level, n.to_account, n.channel,
 n.status, n.text, n.subject FROM {_of("notice", open_before)} n LEFT JOIN deadline dl ON dl.office = n.office
 AND dl.year = n.year AND dl.ref = n.ref AND dl.name = n.deadline AND dl.occurrence = n.occurrence
 LEFT JOIN entry e ON e.office = n.office AND e.id = substr(n.id, 1, length(n.id) - 4)
 WHERE {" AND ".join(where)} ORDER BY n.at, dl.at, n.year, coalesce(n.ref, ''), e.seq, n.id""",
            {"office": office, "year": year, "to": to, "ref": ref},
        )
        delivered = self._deliveries(office, year, open_before)
        return tuple(Notice(*(*row, delivered.get(id, ()), absent)) for id, absent, *row in rows)

    def _deliveries(self, office: str, year: int, open_before: bool) -> dict[str, tuple[Delivery, ...]]:
        """What became of notices beyond their inboxes, by the id of the inbox's row."""
        from storage.records import Delivery

        rows = self._values(
            f"""SELECT substr(id, 1, {INBOX_ID}), channel, status, message
 FROM {_of("notice", open_before)} n WHERE channel <> 'inbox' ORDER BY id""",
            {"office": office, "year": year},
        )
        return {
            id: tuple(Delivery(*row) for _id, *row in those)
            for id, those in groupby(rows, key=lambda row: str(row[0]))
        }

    def dead_messages(self, office: str) -> tuple[DeadMessage, ...]:
        """Messages that are not tried any more, the oldest first."""
        from storage.records import DeadMessage

        rows = self._values(
            f"""SELECT {_names(DeadMessage)} FROM message
 WHERE office = :office AND status = 'dead' ORDER BY made_at, account, channel, part""",
            {"office": office},
        )
        return tuple(DeadMessage(*row) for row in rows)

    def outbox(self, office: str) -> OutboxFigures:
        from storage.records import OutboxFigures

        (row,) = self._values(
            """SELECT (SELECT count(*) FROM message
 WHERE office = :office AND status = 'pending') AS pending,
 (SELECT count(*) FROM message WHERE office = :office AND status = 'failed') AS failed,
 (SELECT count(*) FROM message WHERE office = :office AND status = 'dead') AS dead,
 (SELECT error FROM message WHERE office = :office AND status IN ('failed', 'dead')
 ORDER BY CASE status WHEN 'failed' THEN 0 ELSE 1 END, next_at DESC, id LIMIT 1) AS error""",
            {"office": office},
        )
        return OutboxFigures(*row)

    def contacts(self, office: str) -> tuple[Contact, ...]:
        """Where accounts are reached beside their inboxes."""
        from storage.records import Contact

        rows = self._values(
            f"SELECT {_names(Contact)} FROM contact WHERE office = :office ORDER BY account, channel",
            {"office": office},
        )
        return tuple(Contact(*row) for row in rows)

    def told(self, office: str, year: int, open_before: bool = False) -> tuple[DeadlineNotice, ...]:
        """The notices that deadlines made, in the order of `notices`."""
        from storage.records import DeadlineNotice

        rows = self._values(
            f"""SELECT n.at, n.year, n.ref, n.kind, n.level, n.to_account, n.status, n.deadline, dl.due_date,
 dl.derived, dl.late_s, dl.policy, dl.term, e.seq FROM {_of("notice", open_before)} n
 JOIN deadline dl ON dl.office = n.office
 AND dl.year = n.year AND dl.ref = n.ref AND dl.name = n.deadline AND dl.occurrence = n.occurrence
 JOIN entry e ON e.office = n.office AND e.id = substr(n.id, 1, length(n.id) - 4)
 WHERE n.channel = 'inbox' ORDER BY n.at, dl.at, n.year, n.ref, e.seq, n.id""",
            {"office": office, "year": year},
        )
        return tuple(DeadlineNotice(*row) for row in rows)

    def changes(self, office: str, year: int, open_before: bool = False) -> tuple[Change, ...]:
        """What people changed on the year's items, in order: without refusals, the program's own doing, and
        what changes no item: lists of expected dossiers, and who says that it does the work."""
        from storage.records import Change

        rows = self._values(
            f"""SELECT {_names(Change)} FROM {_of("entry", open_before, year="log")} e
 WHERE ref IS NOT NULL AND actor <> 'system' AND NOT refused
 AND substr(event, 1, 7) <> 'expect_' AND event NOT IN ('claim', 'release', 'delegate', 'take_back')
 ORDER BY log, seq""",
            {"office": office, "year": year},
        )
        return tuple(Change(*row) for row in rows)

    def ledger(self, office: str) -> LedgerFigures:
        from storage.records import LedgerFigures

        (row,) = self._values(
            """SELECT (SELECT count(*) FROM deadline WHERE office = :office) AS created,
 (SELECT count(*) FROM deadline WHERE office = :office AND status = 'fired') AS fired,
 (SELECT count(*) FROM deadline WHERE office = :office AND status = 'cancelled') AS cancelled,
 (SELECT count(*) FROM deadline WHERE office = :office AND status = 'pending') AS pending,
 (SELECT count(*) FROM entry WHERE office = :office AND actor = 'system' AND ref IS NOT NULL
 AND event IN ('remind', 'due_today', 'overdue', 'escalate', 'ask', 'wait')) AS logged""",
            {"office": office},
        )
        return LedgerFigures(*row)

    def offices_to_send(self) -> tuple[str, ...]:
        """The offices that have notices or messages on their way out."""
        rows = self._values(
            """SELECT office FROM notice WHERE status = 'pending' AND channel <> 'inbox'
 UNION SELECT office FROM message WHERE status IN ('pending', 'failed') ORDER BY office"""
        )
        return tuple(office for (office,) in rows)

    def waiting(self, office: str, *, now: datetime) -> WaitingFigures:
        from storage.records import WaitingFigures

        # As for the sweep: SQLite is told that few rows are due, or it passes over all of the office.
        due_now = "d.at <= :now" if self.path is None else "unlikely(d.at <= :now)"
        (row,) = self._values(
            f"""SELECT (SELECT min(d.at) FROM deadline d
 WHERE d.office = :office AND d.status = 'pending' AND d.paused_on IS NULL AND {due_now}
 AND NOT EXISTS (SELECT 1 FROM incident i WHERE i.office = d.office AND i.year = d.year AND i.ref = d.ref
 AND i.cleared_at IS NULL)) AS due_since,
 (SELECT min(made_at) FROM message
 WHERE office = :office AND status IN ('pending', 'failed')) AS unsent_since,
 (SELECT count(*) FROM message WHERE office = :office AND status = 'dead') AS dead,
 (SELECT count(*) FROM incident WHERE office = :office AND cleared_at IS NULL) AS incidents""",
            {"office": office, "now": now},
        )
        return WaitingFigures(*row)

    def incidents(
        self, office: str, *, cleared: bool = False, year: int | None = None, ref: str | None = None
    ) -> tuple[Incident, ...]:
        """Open incidents, the oldest first; with `cleared` those that were ended too, by `ref` an item's."""
        from storage.records import Incident

        where = ["office = :office"]
        where += [] if cleared else ["cleared_at IS NULL"]
        where += ["year = :year AND ref = :ref"] if ref else []
        rows = self._values(
            f"""SELECT {_names(Incident)} FROM incident
 WHERE {" AND ".join(where)} ORDER BY at, length(id), id""",
            {"office": office, "year": year, "ref": ref},
        )
        return tuple(Incident(*row) for row in rows)

    def faults(self) -> tuple[str, ...]:
        """What the database's own checks find, a few of each. Of SQLite: pages, constraints, references; of a
        server: blocks that failed their checksums, and indexes that it left invalid."""
        if self.path is None:
            _, blocks = self._fetched(
                "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()", {}
            )
            _, invalid = self._fetched(
                "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid", {}
            )
            failed = [f"{count} blocks failed their checksums" for (count,) in blocks if count]
            return (*failed, *(f"the index {name} is invalid" for (name,) in invalid))
        told = [row[0] for row in self._fetched("PRAGMA integrity_check(3)", {})[1]]
        _, loose = self._fetched("PRAGMA foreign_key_check", {})
        missing = (f"a row of {row[0]} points to a row of {row[2]} that is missing" for row in loose[:3])
        return (*([] if told == ["ok"] else told), *missing)

    def papers(self) -> list[tuple[int, str, str]]:
        """Of every dossier of all offices that has papers: its year, reference and papers as JSON."""
        rows = self._fetched(
            "SELECT year, ref, papers FROM dossier WHERE papers IS NOT NULL ORDER BY 1, 2", {}
        )[1]
        return [(int(year), str(ref), str(papers)) for year, ref, papers in rows]

    def award_decisions(self, near: Key) -> tuple[Item, ...]:
        """The award decisions of the item's year and of those around it, in order."""
        rows = self._values(
            """SELECT year, ref FROM award_decision
 WHERE office = :office AND year BETWEEN :first AND :last ORDER BY year, ref""",
            {"office": near.office, "first": near.year - 1, "last": near.year + 1},
        )
        keys = [Key(near.office, *row) for row in rows]
        found = self.items(keys)
        return tuple(found[key] for key in keys if key in found)

    def issued_papers(self, key: Key) -> tuple[IssuedPaper, ...]:
        """The papers of an item that were kept when they were issued."""
        rows = self._values(
            """SELECT kind, part, word, pdf, number, issued_on FROM issued_paper
 WHERE office = :office AND year = :year AND ref = :ref ORDER BY kind, part""",
            {"office": key.office, "year": key.year, "ref": key.ref},
        )
        return tuple(
            IssuedPaper(kind, part, word, pdf, number, _read_day(on))
            for kind, part, word, pdf, number, on in rows
        )

    def other_files(self) -> list[tuple[int, str, str]]:
        """Of every issued paper and every list that came by a link, of all offices, the year, the reference
        and each file's digest."""
        text = "SELECT year, ref, {} FROM issued_paper UNION ALL "
        lists = "SELECT year, ref, file FROM submission WHERE file IS NOT NULL"
        rows = self._fetched(f"{text.format('word')}{text.format('pdf')}{lists} ORDER BY 1, 2", {})[1]
        return [(int(year), str(ref), str(digest)) for year, ref, digest in rows]

    def settings(self) -> dict[str, str]:
        """What the database says of its own durability: SQLite's journal mode, PostgreSQL's waits."""
        if self.path is not None:
            return {"journal_mode": str(self._one("PRAGMA journal_mode", {})).upper()}
        names = ("server_version", "fsync", "synchronous_commit")
        return {name: str(self._one(f"SHOW {name}", {})) for name in names}

    def pooled(self) -> bool:
        """Whether something between here and the server (PgBouncer) lends out its connections: the process
        that answers is not the one that was connected to."""
        if self.path is not None:
            return False
        return bool(self._values("SELECT pg_backend_pid()")[0][0] != self._connection.info.backend_pid)

    def standby(self) -> bool:
        """Whether the server follows another one, and only reads."""
        return self.path is None and bool(self._values("SELECT pg_is_in_recovery()")[0][0])

    # -- the whole office ----------------------------------------------------------------------------

    def everything(
        self, office: str, tables: Sequence[str]
    ) -> Iterator[tuple[str, list[str], list[tuple[Any, ...]]]]:
        """Each table with its columns and all the office's rows, as SQLite keeps them, of one moment."""
        snapshot = "BEGIN" if self.path is not None else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        sign = ":office" if self.path is not None else "%(office)s"
        with translated(self.where):
            self._connection.execute(snapshot)
            try:
                for table in tables:
                    sql = f"SELECT * FROM {table} WHERE office = {sign}"
                    cursor = self._connection.execute(sql, {"office": office})
                    names = [column[0] for column in cursor.description]
                    yield table, names, [tuple(_kept(value) for value in row) for row in cursor.fetchall()]
            finally:
                self._connection.execute("ROLLBACK")

    def rows(self, sql: str, params: Mapping[str, Any]) -> list[list[Any]]:
        """What the modules beside this one ask for, with values as the domain has them."""
        return self._values(sql, params)

    # -- inside --------------------------------------------------------------------------------------

    def _one(self, sql: str, params: Mapping[str, Any]) -> str | None:
        """The text in the first column of the first row."""
        rows = self._values(sql, params)
        return str(rows[0][0]) if rows else None

    def _values(
        self, sql: str, params: Mapping[str, Any] | None = None, *, days: Collection[str] = _DAYS
    ) -> list[list[Any]]:
        """The rows with their values as the domain has them: days, instants and truth by their columns."""
        names, rows = self._fetched(sql, params or {})
        read = [(at, how) for at, name in enumerate(names) if (how := _read_by(name, days)) is not None]
        found = [list(row) for row in rows]
        for row in found:
            for at, how in read:
                if row[at] is not None:
                    row[at] = how(row[at])
        return found

    def _fetched(self, sql: str, params: Mapping[str, Any]) -> tuple[list[str], list[Sequence[Any]]]:
        named = {name: _kept(value) for name, value in params.items() if f":{name}" in sql}
        text = sql if self.path is not None else re.sub(_NAMED, r"%(\1)s", sql)
        with translated(self.where):
            cursor = self._connection.execute(text, named)
            return [column[0] for column in cursor.description], cursor.fetchall()


def _narrowed(equal: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The condition that the columns have these values, but for those that are None."""
    given = {name: value for name, value in equal.items() if value is not None}
    return " AND ".join(f"{name} = :{name}" for name in given), given


def _among(name: str, values: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """The parameters of an IN, and their values; names of parameters have letters alone."""
    letters = str.maketrans("0123456789", "abcdefghij")
    named = {f"{name}_{str(at).translate(letters)}": value for at, value in enumerate(values)}
    return ", ".join(f":{each}" for each in named), named


def _together(keys: Iterable[Key]) -> Iterator[tuple[str, int, str, list[str]]]:
    """Office, year, letter and references of items that one statement asks for."""
    ordered = sorted(keys, key=lambda key: (key.office, key.year, key.ref[:1]))
    for place, those in groupby(ordered, key=lambda key: (*key[:2], key.ref[:1])):
        refs = [key.ref for key in those]
        yield from ((*place, refs[at : at + PAGE]) for at in range(0, len(refs), PAGE))


def _in_states(open_before: bool, states: Sequence[str]) -> tuple[str, str, dict[str, Any]]:
    """The year's items for a FROM, the condition that they are in one of the states, where some are named,
    and its parameters."""
    named, params = _among("state", states)
    return _of("item", open_before), f"i.state IN ({named})" if states else "TRUE", params


def _entries(office: str, log: int, *, ref: str | None = None, **narrowed: Any) -> tuple[str, dict[str, Any]]:
    """The statement for entries without its order, and its parameters."""
    from storage.records import Entry

    conditions = {
        "actor": "actor = :actor",
        "event": "event = :event",
        "since": "at >= :since",
        "until": "at < :until",
        "before": "seq < :before",
        "refused": "refused",
        "seq": "seq = :seq",
        "ref": "ref = :ref",
    }
    asked = {"ref": ref, **narrowed}
    # The first entry has the number 0, which equals False.
    given = {name: value for name, value in asked.items() if value is not None and value is not False}
    where = ["office = :office", "log = :log", *(conditions[name] for name in given)]
    columns = ", ".join((*Entry._fields[:-2], "bytes", "leaf"))
    sql = f"SELECT {columns} FROM entry WHERE {' AND '.join(where)}"
    return sql, {"office": office, "log": log, **given}


def _of(table: str, open_before: bool = False, *, year: str = "year") -> str:
    """The rows of a table that belong to the year's items, for a FROM; with `open_before` also those of items
    of earlier years that are open, found without passing over what is closed there."""
    own = f"SELECT r.* FROM {table} r WHERE r.office = :office AND r.{year} = :year"
    if not open_before:
        return f"({own})"
    return f"""({own} UNION ALL SELECT r.* FROM item o CROSS JOIN {table} r WHERE {_OPEN_BEFORE}
 AND r.office = o.office AND r.{year} = o.year AND r.ref = o.ref)"""


def _names(record: type[Any]) -> str:
    """The record's columns as a statement lists them."""
    return ", ".join(record._fields)


def _read_by(name: str, days: Collection[str]) -> Callable[[Any], Any] | None:
    """How a driver's values of a column become the domain's: SQLite keeps days and instants as text, truth as
    0 and 1. None where they are that already."""
    if name in _BOOLEANS:
        return bool
    if name in days:
        return _read_day
    if name in _INSTANTS:
        return _read_instant
    return _read_rules if name == "rules" else None


def _read_instant(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _read_rules(value: str) -> str | tuple[str, ...]:
    """An entry's are a list; an item's is the digest of a rule pack."""
    return tuple(json.loads(value)) if value.startswith("[") else value


def _kept(value: Any) -> Any:
    """A driver's value as SQLite keeps it: instants and days as text, JSON as the text that it is."""
    if hasattr(value, "astimezone"):
        return utc_text(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _read_day(value: date | str) -> date:
    """A day as the driver gives it: SQLite's as a text."""
    return value if isinstance(value, date) else date.fromisoformat(value)
