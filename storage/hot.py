"""A statement compiled once and run as driver SQL on the held connection.

Measured against bare sqlite3 on a durable write: SQLAlchemy Core built at each call reaches 0.22, a
prebuilt Core statement 0.44, driver SQL 0.86.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Boolean, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.expression import ClauseElement, Delete, Select, UpdateBase
from sqlalchemy.types import TypeEngine

from storage.log.bound import BoundTable, bound_table

Statement = Callable[[str], ClauseElement]
"""Builds the statement for a dialect (`sqlite` or `postgresql`)."""
Bound = Mapping[str, Any] | tuple[Any, ...]
"""Parameters as a driver takes them."""


class Hot:
    """SQL text with the conversions of its parameters and of its result's columns.

    SQLite takes its parameters in order (by name it looks each one up: a third more for a wide row),
    psycopg by name. `writes` is the bound table whose rows it makes, changes or `removes`; `returns` names
    the columns that it gives back of those that it met.
    """

    __slots__ = ("_binds", "_order", "_results", "removes", "returns", "sql", "writes")

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self.sql = str(compiled)
        binds = getattr(compiled, "binds", {})
        self._order: tuple[str, ...] | None = None
        if dialect.positional:
            self._order = tuple(getattr(compiled, "positiontup", None) or ())
        if constants := [name for name, bind in binds.items() if not bind.required]:
            raise ValueError(f"constants of a hot statement belong in its text: {constants} in {self.sql}")
        self._binds = tuple(
            (name, process)
            for name, bind in binds.items()
            if (process := _on_the_way_in(bind.type, dialect)) is not None
        )
        columns: Any = statement.selected_columns if isinstance(statement, Select) else ()
        self.writes: BoundTable | None = None
        if isinstance(statement, UpdateBase):
            columns = statement._returning
            self.writes = bound_table(statement.table)
        self.removes = isinstance(statement, Delete)
        self.returns = tuple(column.name for column in columns) if self.writes else ()
        self._results = tuple(
            (index, process)
            for index, column in enumerate(columns)
            if (process := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
        )

    def bound(self, params: Mapping[str, Any]) -> Bound:
        """The parameters as the driver takes them."""
        values = params
        if self._binds:
            values = dict(params)
            for name, process in self._binds:
                if values[name] is not None:
                    values[name] = process(values[name])
        return values if self._order is None else tuple(map(values.__getitem__, self._order))

    def row(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """A driver's row as our values."""
        if not self._results:
            return row
        values = list(row)
        for index, process in self._results:
            if values[index] is not None:
                values[index] = process(values[index])
        return tuple(values)


def _on_the_way_in(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes a value fit the driver; both drivers take booleans, bytes and None as they are."""
    if isinstance(kind, (Boolean, LargeBinary)):
        return None
    return kind.dialect_impl(dialect).bind_processor(dialect)
