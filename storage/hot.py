"""A statement compiled once and run as driver SQL on the held connection.

Measured against bare sqlite3 on a durable write: SQLAlchemy Core built at each call reaches 0.22, a
prebuilt Core statement 0.44, driver SQL 0.86.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Boolean, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.expression import ClauseElement, Select, UpdateBase
from sqlalchemy.types import TypeEngine

Statement = Callable[[str], ClauseElement]
"""Builds the statement for a dialect (`sqlite` or `postgresql`)."""


class Hot:
    """SQL text with the conversions of its parameters and of its result's columns."""

    __slots__ = ("_binds", "_results", "sql")

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self.sql = str(compiled)
        binds = getattr(compiled, "binds", {})
        if constants := [name for name, bind in binds.items() if not bind.required]:
            raise ValueError(f"constants of a hot statement belong in its text: {constants} in {self.sql}")
        self._binds = tuple(
            (name, process)
            for name, bind in binds.items()
            if (process := _on_the_way_in(bind.type, dialect)) is not None
        )
        columns: Any = statement.selected_columns if isinstance(statement, Select) else ()
        if isinstance(statement, UpdateBase):
            columns = statement._returning
        self._results = tuple(
            (index, process)
            for index, column in enumerate(columns)
            if (process := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
        )

    def bound(self, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """The parameters as the driver takes them."""
        if not self._binds:
            return params
        values = dict(params)
        for name, process in self._binds:
            values[name] = process(values[name])
        return values

    def row(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """A driver's row as our values."""
        if not self._results:
            return row
        values = list(row)
        for index, process in self._results:
            values[index] = process(values[index])
        return tuple(values)


def _on_the_way_in(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes a value fit the driver; both drivers take booleans, bytes and None as they are."""
    if isinstance(kind, (Boolean, LargeBinary)):
        return None
    return kind.dialect_impl(dialect).bind_processor(dialect)
