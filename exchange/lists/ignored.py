"""Rows of a list's sheet that are no nominees, as they are shown: what stands above, totals, signatures."""

from __future__ import annotations

from collections.abc import Iterator

from exchange.lists.rows import runs
from exchange.lists.sheets import Table, whole_headings
from exchange.lists.values import Ignored
from workflow.model.definition import Text

ABOVE = Text("đầu đề", "what stands above the heading")
HEADING = Text("tiêu đề lặp lại", "the heading repeated")
TOTALS = Text("hàng tổng, câu ấn định", "totals and the closing statement")
SIGNATURES = Text("chữ ký", "signatures")
BLANKS = Text("ô trống có dấu cách", "blanks alone")
NAMELESS = Text("có số thứ tự nhưng không có tên", "a number without a name")


def ignored_rows(table: Table) -> Iterator[Ignored]:
    """In their order. Rows that count the columns, and whole headings repeated, belong to the heading."""
    rows, name = table.rows, table.sheet.name
    whole = set(whole_headings(table))
    above = [row for row in range(table.top, table.heading.rows[0]) if row not in table.between]
    if table.top > 1:
        above = [row for row in above if row in table.grid.own]
    found = [(first, last, ABOVE) for first, last in runs(above)]
    found += [(row, row, HEADING) for row in rows.repeated if row not in whole]
    found += [(first, last, TOTALS) for first, last in runs([total.row for total in rows.totals])]
    found += [(row, row, NAMELESS) for row in rows.nameless]
    if rows.trailing:
        found.append((rows.trailing[0], rows.trailing[-1], SIGNATURES))
    found += [
        (row, row, BLANKS)
        for row in table.grid.blank
        if row > table.heading.rows[-1] and not any(first <= row <= last for first, last, _why in found)
    ]
    return (Ignored(name, *each) for each in sorted(found, key=lambda each: each[:2]))
