"""How many statements one `tdkt advance` sends to PostgreSQL, counted from the server's own log.

The command runs as a child, from nothing: the statements of its driver's and the library's opening count too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from benchmarks.house import NOW
from benchmarks.measuring import Figure
from benchmarks.starting import child
from runtime.acts.founding import found
from runtime.office.settings import Options

WITHIN, WHOLE = 10, 27
"""What is meant to be enough between BEGIN and COMMIT, both counted, and for the whole command; eight of
these look for what comes next."""
ADVANCE = ("--as", "chuyen-vien", "advance", "T01", "submit")
_STATEMENT = re.compile(r"LOG:  (?:statement|execute [^:]*): (.*)")


def logged(log: Path, begin: int = 0) -> list[str]:
    """The first lines of the statements that the server logged from this byte on."""
    with log.open(encoding="utf-8") as lines:
        lines.seek(begin)
        return [found[1] for line in lines if (found := _STATEMENT.search(line))]


def within(statements: Sequence[str]) -> list[str]:
    """Those of the last transaction that was committed, with BEGIN and COMMIT."""
    end = len(statements) - statements[::-1].index("COMMIT")
    begin = max(at for at, text in enumerate(statements[:end]) if text.startswith("BEGIN"))
    return list(statements[begin:end])


def advance_statements(runs: int = 1) -> Sequence[Figure]:
    """The same number in every run: one is enough."""
    from tests.postgres import newest_server, running_cluster

    server = newest_server()
    if server is None:
        raise RuntimeError("no PostgreSQL server is installed")
    with running_cluster(server, durable=False) as cluster:
        name = cluster.create_database()
        url = cluster.url(name)
        found(Options(db=url, now=NOW), {}, sandbox=True)
        with cluster.connect() as connection:
            connection.execute(f"ALTER DATABASE {name} SET log_statement = 'all'")
        begin = cluster.log.stat().st_size
        child(ADVANCE, url)
        statements = logged(cluster.log, begin)
    return (
        _figure("advance-statements-within", within(statements), WITHIN, runs),
        _figure("advance-statements", statements, WHOLE, runs),
    )


def _figure(name: str, statements: Sequence[str], enough: int, runs: int) -> Figure:
    return Figure(name, len(statements) / enough, len(statements), "statements", runs, f"{enough}")


BENCHMARKS: Mapping[str, Callable[..., Sequence[Figure]]] = MappingProxyType(
    {"advance-statements": advance_statements}
)
