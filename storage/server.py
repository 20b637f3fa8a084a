"""The one way in which a PostgreSQL server is connected to, for looking and for acting.

Nothing outlives a transaction on the server's side: PgBouncer, pooling by transaction, gives each of them
another connection. So no statement is prepared and no setting is made for a session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.address import Address
from storage.errors import BadDatabaseUrl, NoDriver, not_connected

if TYPE_CHECKING:
    from psycopg import Connection


def connect(address: Address, *, patience: float) -> Connection:
    """A connection that commits each statement. A server that does not answer is waited for like a lock,
    unless the address says otherwise. Raises BadDatabaseUrl, NoDriver, and what
    `not_connected` finds."""
    try:
        import psycopg
    except ModuleNotFoundError as error:
        raise NoDriver(where=address.where) from error
    waits = None if "connect_timeout" in address.server else max(2, int(patience))
    try:
        return psycopg.connect(address.server, autocommit=True, prepare_threshold=None, connect_timeout=waits)
    except psycopg.OperationalError as error:
        raise not_connected(str(error), where=address.where) from error
    except (psycopg.ProgrammingError, UnicodeError):  # an unknown setting, a port that is no number
        # The driver repeats what it could not read, which may be a part of a password.
        raise BadDatabaseUrl(where=address.where) from None
