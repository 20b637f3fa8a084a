"""A dossier's nominees written back as a list, and in the columns that the province asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from exchange.lists.list_sheet import Cell, ListSheet, list_workbook
from exchange.lists.outgoing import CODES, LIST, PROVINCE, Name, asked_columns
from exchange.sheets.chase import Book, SheetColumn, TableSheet, tables_workbook
from runtime.office.looking import Looking, local_time
from runtime.views.facts import facts_by_event, recorded_of, standing
from runtime.views.list_paper import KINDS, list_column, list_paper
from runtime.views.list_rows import Goes, ListRow, Written, goes_out
from workflow.model.definition import AwardTitle
from workflow.model.dossiers import Dossier, period_of
from workflow.model.errors import TdktError
from workflow.model.facts import Item


class NobodyOnList(TdktError):
    """{ref} has nobody whom this list may name; see its lines with `tdkt show {ref}`."""

    code = "nobody_on_list"


def list_file(looking: Looking, item: Item, *, province: bool) -> tuple[Goes, bytes]:
    """The list as a workbook, and which lines go out in it. Raises NobodyOnList."""
    goes = goes_out(looking, item, higher=province)
    if not goes.rows:
        raise NobodyOnList(ref=item.key.ref)
    spoken = looking.speaking("vi")
    if province:
        return goes, tables_workbook(province_book(spoken, item, goes))
    return goes, list_workbook(dossier_list(spoken, item, goes))


def dossier_list(looking: Looking, item: Item, goes: Goes) -> ListSheet:
    """The list of the dossier's body; `looking` speaks Vietnamese. It has every column that its titles ask
    for and that something is known of, but those that never go out."""
    asked = _titles(looking, item, goes)
    written = {kind: _written(looking, item, goes.of(kind)) for kind in KINDS if goes.of(kind)}
    everybody = [each for rows in written.values() for each in rows]
    usual = {"title", *asked_columns(asked)}
    columns = [
        name for name in LIST if any(each.cell(name) is not None for each in everybody) or name in usual
    ]
    kinds, words = list(written), looking.words
    return list_paper(
        looking,
        looking.directory.body(Dossier.of(item).body),
        asked,
        period=_period(looking, item),
        columns=(list_column(looking, name, asked, kinds, years=_only_years(everybody)) for name in columns),
        grouped={kind: [each.cells(columns) for each in rows] for kind, rows in written.items()},
        counted={kind: words(f"list.counted.{kind}", n=f"{len(rows):02}") for kind, rows in written.items()},
        headed=True,
        enclosed=_enclosed(looking, item),
    )


def _only_years(everybody: Sequence[Written]) -> bool:
    born = [each.row.line.born for each in everybody if each.row.line.born]
    return bool(born) and not any("-" in day for day in born)


def _enclosed(looking: Looking, item: Item) -> str:
    """With which paper of the body it was handed in; empty where that was not recorded."""
    if item.submitted_by is None:
        return ""
    told = standing(looking, item, recorded_of(looking, item.key))
    said = facts_by_event(told).get("submit", {})
    number, day = said.get("paper_number"), said.get("paper_date")
    if number is None or day is None:
        return ""
    return looking.words("list.enclosed_in", so=number, ngay=looking.day(date.fromisoformat(str(day))))


def _titles(looking: Looking, item: Item, goes: Goes) -> list[AwardTitle]:
    pack = looking.pack(item.rules)
    ids = dict.fromkeys(id for row in goes.rows for id in row.titles)
    return [title for id in ids if (title := pack.title(id)) is not None]


def _written(looking: Looking, item: Item, rows: Sequence[ListRow]) -> list[Written]:
    return [Written(looking, item, number, row) for number, row in enumerate(rows, 1)]


def _period(looking: Looking, item: Item) -> str:
    """`năm 2026`, of a school year `năm học 2025-2026`; of a form before it for what it is given."""
    words, period = looking.words, period_of(item)
    said = words("list.school_year" if "-" in period else "list.year", nam=period)
    type = looking.pack(item.rules).type(Dossier.of(item).type)
    return words("list.of_type", loai_hinh=type.label, ky=said) if type else said


# -- for the province --------------------------------------------------------------------------------------


def province_book(looking: Looking, item: Item, goes: Goes) -> Book:
    """Sheets of everybody, of persons, of collectives and households, and what their codes stand for."""
    words = looking.words
    persons = goes.of("person")
    others = [row for kind in KINDS if kind != "person" for row in goes.of(kind)]
    sheets = [_table(looking, item, "all", (*others, *persons))]
    if persons:
        sheets.append(_table(looking, item, "persons", persons))
    if others:
        sheets.append(_table(looking, item, "collectives", others))
    return Book(
        titles=(words("list.title"), words("list.subject", ky=_period(looking, item))),
        remark=words("list.enclosed_province", ten_xa=looking.row.title),
        mark=words("marker.sandbox") if looking.row.sandbox else None,
        sheets=(*sheets, _codes(looking, _titles(looking, item, goes), persons)),
        page=words("chase.page"),
        made=local_time(looking.now, looking.zone).replace(tzinfo=None),
    )


def _table(looking: Looking, item: Item, sheet: str, rows: Sequence[ListRow]) -> TableSheet:
    columns, words = PROVINCE[sheet], looking.words
    return TableSheet(
        words(f"list.province.{sheet}"),
        _columns(looking, columns),
        tuple(tuple(map(_shown, each.cells(columns))) for each in _written(looking, item, rows)),
    )


def _columns(looking: Looking, columns: Mapping[Name, int]) -> tuple[SheetColumn, ...]:
    words = looking.words
    return tuple(
        SheetColumn(words(f"list.province.column.{name}"), width, "number" if name == "number" else "text")
        for name, width in columns.items()
    )


def _shown(cell: Cell) -> int | str | None:
    return cell if cell is None or isinstance(cell, int | str) else str(cell)


def _codes(looking: Looking, titles: Sequence[AwardTitle], persons: Sequence[ListRow]) -> TableSheet:
    words = looking.words
    uses = [(title.id, title.label.vi, "form_code" if title.form else "title_code") for title in titles]
    known = (row.line.nominee.facts.category for row in persons)
    uses += [(id, words(f"choice.{id}"), "category_code") for id in dict.fromkeys(filter(None, known))]
    rows = tuple((id, said, words(f"list.province.column.{use}")) for id, said, use in uses)
    return TableSheet(words("list.province.codes"), _columns(looking, CODES), rows)
