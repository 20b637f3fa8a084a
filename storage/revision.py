"""The schema's revisions, oldest first: what a looking command checks without loading alembic.

`storage.migrations.versions` holds one file for each; `storage.schema` brings a database to HEAD.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from storage.errors import DatabaseMissing, DatabaseNotOurs, NewerSchema, NoRights, OlderSchema, VersionLost

KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
HEAD = KNOWN[-1]
VERSION = "SELECT version_num FROM alembic_version"
TABLES = {
    "sqlite": "SELECT name, 1 FROM sqlite_master WHERE type = 'table'",
    "postgresql": """SELECT c.relname, pg_table_is_visible(c.oid) FROM pg_class c JOIN pg_namespace n
 ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND c.relname IN ('alembic_version', 'office', 'entry')""",
}
"""The tables by which a database is known, each with whether it is found by its mere name: all of a file, for
that has one owner, and of a server those of OURS."""
_NONE = ("42P01", "42703")
"""PostgreSQL's codes of a table and of a column that is not there."""
_NO_SUCH = ("no such table: alembic_version", "no such column: version_num")
OURS = frozenset({"alembic_version", "office", "entry"})
"""What a database of any revision has, and hardly another program's."""


def found_version(ask: Callable[[], Sequence[str] | None]) -> str | None:
    """What the version table says; None where it says nothing, or where there is none."""
    try:
        row = ask()
    except Exception as error:
        if getattr(error, "sqlstate", None) in _NONE or any(said in str(error) for said in _NO_SUCH):
            return None
        raise
    return None if row is None else row[0]


def standing(version: str | None, tables: Callable[[], Collection[tuple[str, bool]]], *, where: str) -> str:
    """The revision that the version table says, which is None where it says nothing; `tables` are asked for
    only then. Raises DatabaseMissing, DatabaseNotOurs, VersionLost, NoRights, NewerSchema."""
    if version in KNOWN:
        return version
    seen = tables()
    if {name for name, _ in seen} >= OURS:
        if not {name for name, visible in seen if visible} >= OURS:
            raise NoRights(where=where)
        raise VersionLost(where=where) if version is None else NewerSchema(where=where, found=version)
    if version is not None or any(name for name, visible in seen if visible):
        raise DatabaseNotOurs(where=where)
    raise DatabaseMissing(where=where)


def current(found: str, *, where: str) -> None:
    """Raises OlderSchema unless the revision is this version's own."""
    if found != HEAD:
        raise OlderSchema(where=where, found=found, head=HEAD)
