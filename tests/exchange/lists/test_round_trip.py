"""Lists that go out, read again by what reads the lists that come in: the same nominees, titles and facts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from exchange.lists.list_sheet import list_workbook
from exchange.lists.outgoing import asked_columns
from exchange.lists.reading import read_list
from exchange.lists.values import Line
from runtime.office.looking import Looking
from runtime.office.settings import Options
from runtime.views.blank_list import blank_list, titles_asked
from runtime.views.dossier_list import dossier_list
from runtime.views.list_paper import KINDS
from runtime.views.list_rows import Goes, ListRow, Written
from storage.values import NomineeLine
from workflow.model.dossiers import Dossier, LineFacts, Nominee
from workflow.model.facts import Item, Key

TODAY = date(2026, 11, 5)
TITLES = {
    "person": (("ldtt",), ("cstdcs",), ("ldtt", "cstdcs"), ("gk",)),
    "household": (("gdvh",), ("gk",)),
    "collective": (("ttldtt",), ("gk",)),
}
"""What each kind of nominee may be proposed for in one row."""
FEW = settings(
    max_examples=12,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def looking(
    founded_file: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Looking]:
    """The shipped office, seen in Vietnamese."""
    file = tmp_path_factory.mktemp("lists") / "tdkt.db"
    shutil.copyfile(founded_file("2026-01-05T08:00"), file)
    with Looking(Options(db=f"sqlite:///{file}"), {}) as opened:
        yield opened.speaking("vi")


# Nominees as an office may have them

surnames = st.sampled_from(("Nông", "Vi", "Lường", "Lương", "Hứa", "Trần", "Hoàng"))
given_names = st.sampled_from(("Páo", "Thị Sẹc", "Văn Hòa", "Văn Hoá", "Mỷ", "Thuỷ", "Khìn Độ"))
persons = st.builds("{} {}".format, surnames, given_names)
collectives = st.builds("Tổ chuyên môn {}".format, st.integers(1, 40))
words = st.sampled_from(
    ("Đạt", "giải", "nhất", "huyện", "5/8", "=1+1", "-2", "+3", "@x", "“tốt”", "nt", "2026")
)
texts = st.lists(words, min_size=2, max_size=6).map(" ".join)
"""Some begin like formulas."""
units = st.sampled_from(("Xóm Nà Mẫu", "Tổ Văn phòng", "Phòng Kinh tế"))
births = st.sampled_from(("1974", "1974-03", "1974-03-02", "1999-12-31"))
counts = st.integers(1, 60)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def facts(kind: str) -> st.SearchStrategy[LineFacts]:
    rated = {
        "rating": st.sampled_from(("htxsnv", "httnv", "htnv", "khtnv")),
        "expected": maybe(st.just(True)),
    }
    opinion = maybe(st.integers(1, 40).map(lambda n: f"{n}/41"))
    of_kind: Mapping[str, Mapping[str, st.SearchStrategy[Any]]] = {
        "person": {
            **rated,
            "months": maybe(st.integers(6, 12)),
            "initiative_no": maybe(st.just("21/QĐ-UBND")),
            "initiative_on": maybe(st.just(date(2026, 5, 20))),
            "category": maybe(st.sampled_from(("lanh_dao", "truc_tiep"))),
        },
        "household": {"score": maybe(st.sampled_from(("88", "92.5", "97"))), "people": maybe(counts)},
        "collective": {
            **rated,
            **{name: maybe(counts) for name in ("people", "ldtt", "cstdcs", "disciplined", "not_completed")},
        },
    }
    return st.fixed_dictionaries({"opinion": opinion, **of_kind[kind]}).map(lambda known: LineFacts(**known))


def nominees(kind: str) -> st.SearchStrategy[tuple[NomineeLine, tuple[str, ...]]]:
    def only_person(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return maybe(values) if kind == "person" else st.none()

    known = {
        "nominee": facts(kind).map(lambda known: Nominee(1, kind, "gk", facts=known)),
        "name": collectives if kind == "collective" else persons,
        "position": only_person(st.sampled_from(("Hiệu trưởng", "Giáo viên", "- Kế toán"))),
        "unit": maybe(units),
        "achievement": maybe(texts),
        "born": only_person(births),
        "sex": only_person(st.sampled_from(("Nam", "Nữ"))),
        "initiative": only_person(st.just("Thư viện xanh")),
        "earlier": maybe(st.just("CSTĐCS các năm 2024, 2025")),
        "amount": maybe(st.sampled_from(("5000000", "300000"))),
        "remark": maybe(texts),
    }
    lines = st.fixed_dictionaries(known).map(lambda known: NomineeLine(**known))
    return st.tuples(lines, st.sampled_from(TITLES[kind]))


lists = st.lists(st.sampled_from(KINDS).flatmap(nominees), min_size=1, max_size=6)


def rows_of(listed: Sequence[tuple[NomineeLine, tuple[str, ...]]]) -> Goes:
    return Goes(tuple(ListRow(line, titles, (at,)) for at, (line, titles) in enumerate(listed, 1)), ())


def dossier() -> Item:
    """One of a village, for what all kinds of nominees are given."""
    key = Key("diem-he", 2026, "D0001")
    return Item(key, "nomination_dossier", "", "drafted", 1, Dossier("thon-2", "phong_trao", "gk"))


# What is in them, in the order of the list

SEX = {"Nam": False, "Nữ": True}
KNOWN: tuple[str, ...] = (
    *("name", "position", "unit", "achievement", "born", "earlier", "rating", "people", "ldtt", "cstdcs"),
    *("not_completed", "months", "opinion", "category"),
)
Known = dict[str, Any]


def sent(goes: Goes, *hidden: str) -> list[Known]:
    """The lines of the rows as far as they go out: remarks and discipline never do."""
    found = []
    for row in (row for kind in KINDS for row in goes.of(kind)):
        line, fact = row.line, row.line.nominee.facts
        known = {
            **{name: getattr(fact if hasattr(fact, name) else line, name) for name in KNOWN},
            "expected": bool(fact.expected),
            "female": SEX.get(line.sex or ""),
            "initiative": (line.initiative, fact.initiative_no, fact.initiative_on),
            "amount": int(line.amount) if line.amount else None,
            "score": float(fact.score) if fact.score else None,
        }
        shown = {name: value for name, value in known.items() if name not in hidden}
        found += [{"kind": row.kind, "title": title, **shown} for title in row.titles]
    return found


def received(lines: Iterable[Line], *hidden: str) -> list[Known]:
    names = {*KNOWN, "kind", "title", "expected", "female", "amount", "score"} - {*hidden}
    return [
        {
            **{name: getattr(line, name) for name in names},
            "initiative": tuple(line.initiative) if line.initiative else (None, None, None),
        }
        for line in lines
    ]


def read(content: bytes, looking: Looking) -> list[Line]:
    found = read_list(content, office=looking.directory, rules=looking.rules, today=TODAY, file="x.xlsx")
    return list(found.lines)


@FEW
@given(listed=lists)
def test_what_export_wrote_gives_the_same_lines(
    looking: Looking, listed: list[tuple[NomineeLine, tuple[str, ...]]]
) -> None:
    goes = rows_of(listed)

    lines = read(list_workbook(dossier_list(looking, dossier(), goes)), looking)

    assert received(lines, "months") == sent(goes, "months")
    assert {(line.note, line.months, line.disciplined) for line in lines} == {(None, None, None)}


# The blank list, filled in with another program

ASKED = ("ldtt", "cstdcs", "ttldtt", "gk", "gdvh")
GROUPS = {"collective": "TẬP THỂ", "household": "HỘ GIA ĐÌNH", "person": "CÁ NHÂN"}


def filled(content: bytes, looking: Looking, goes: Goes) -> bytes:
    """The blank list with the rows written below the headings of their kinds, as a person would."""
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    headed = {str(cell.value).partition(". ")[2]: cell.row for cell in sheet["A"] if cell.value}
    columns = asked_columns(titles_asked(looking, ASKED, None))
    for kind in KINDS:
        for number, row in enumerate(goes.of(kind), 1):
            written = Written(looking, dossier(), number, row)
            for at, name in enumerate(columns, 1):
                cell = sheet.cell(headed[GROUPS[kind]] + number, at)
                cell.value = written.cell(name)
                if isinstance(cell.value, str):
                    cell.data_type = "s"
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


@FEW
@given(listed=lists)
def test_a_blank_list_that_is_filled_in_gives_the_lines_that_were_written(
    looking: Looking, listed: list[tuple[NomineeLine, tuple[str, ...]]]
) -> None:
    goes, asked = rows_of(listed), titles_asked(looking, ASKED, None)
    blank = list_workbook(blank_list(looking, asked, None))

    lines = read(filled(blank, looking, goes), looking)

    hidden = ("earlier", "cstdcs", "not_completed")  # none of these titles asks for them
    assert received(lines, *hidden) == sent(goes, *hidden)
    assert [line.note for line in lines] == [
        row.line.remark for kind in KINDS for row in goes.of(kind) for _title in row.titles
    ]


def test_a_blank_list_of_one_title_needs_no_column_for_it(looking: Looking) -> None:
    names = {
        "ldtt": "Vi Văn Páo",
        "gdvh": "Vi Văn Páo",
        "tvh": "Thôn Nà Mẫu",
        "ttldtt": "Tổ 1",
        "bkt": "Vi Páo",
    }
    for title, name in names.items():
        (asked,) = titles_asked(looking, (title,), None)
        book = load_workbook(BytesIO(list_workbook(blank_list(looking, (asked,), None))))
        sheet = book.worksheets[0]
        top = next(cell.row for cell in sheet["A"] if cell.value == "STT")
        named = next(cell.column for cell in sheet[top] if "Tên" in cell.value or "tên" in cell.value)
        first = next(row for row in range(top + 1, top + 9) if sheet.cell(row, 1).value is None)
        sheet.cell(first, 1).value, sheet.cell(first, named).value = 1, name
        saved = BytesIO()
        book.save(saved)

        assert [line.title for line in read(saved.getvalue(), looking)] == [title]


def test_a_list_of_a_form_says_for_what_it_is_given(looking: Looking) -> None:
    goes = rows_of([(NomineeLine(Nominee(1, "person", "gk"), "Vi Văn Páo", *[None] * 9), ("gk",))])

    content = list_workbook(dossier_list(looking, dossier(), goes))

    found = read_list(content, office=looking.directory, rules=looking.rules, today=TODAY, file="x.xlsx")
    assert (found.body, found.period, found.type) == ("thon-2", "2026", "phong_trao")
