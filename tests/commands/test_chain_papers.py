"""The papers of a chain, made by typed commands, must say what its file says of them: every row of every
table in its order, and every number, day, name and sum of its sentences, in the Word file and in the PDF.

How a sentence is worded is the office's. The chain is the one of `tests/commands/test_chain.py`.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest

from exchange.papers.comparing import Held, bare, lacking, pages_of, text_of_pdf
from tests.commands.chain import Chain
from tests.commands.test_chain import SETS, Met, met, typed

__all__ = ["met"]
NOT_COMPARED = ("Căn cứ", "Điều 3.", "(")
"""How sentences begin that are the office's own."""
VALUES = re.compile(
    r"\d+/[A-ZĐ-]+|ngày \d\d tháng \d+ năm \d{4}|\d\d/\d\d/\d{4}|\d\d giờ \d\d|“[^”]+”|\d[\d.]*\d|\b0\b"
)
"""Numbers of papers, days, hours, titles, sums and counts in a sentence."""
MARK = "BẢN THỬ"
Row = Sequence[Any]


class Made(NamedTuple):
    """A paper as its two files say it: the tables of the Word file with all rows, the rest as one text
    without blanks and hyphens."""

    tables: tuple[tuple[tuple[str, ...], ...], ...]
    word: str
    printed: str

    def lacks(self, values: Iterable[str]) -> set[str]:
        wanted = set(filter(None, values))
        return {each for each in wanted if not all(bare(each) in said for said in (self.word, self.printed))}

    def rows(self, columns: Sequence[str]) -> Iterator[list[tuple[str, ...]]]:
        """The rows under each table that has these columns, without its total."""
        for head, *rows in self.tables:
            if set(columns) <= set(head):
                at = [head.index(column) for column in columns]
                numbered = [row for row in rows if row[0].isdecimal()]
                yield [tuple(row[place] for place in at) for row in numbered]


def read(word: Path) -> Made:
    document = docx.Document(str(word))
    tables = tuple(
        tuple(tuple(_plain(cell.text) for cell in row.cells) for row in table.rows)
        for table in document.tables
    )
    cells = (cell for table in tables for row in table for cell in row)
    pages = pages_of(word.with_suffix(".pdf").read_bytes())
    return Made(
        tables,
        bare("\n".join((*(each.text for each in document.paragraphs), *cells))),
        text_of_pdf(pages, mark=MARK),
    )


def _plain(text: str) -> str:
    """Without the hold of blanks at which no line ends."""
    return text.replace("\u00a0", " ")


class Papers:
    """The papers of one set: what is `wanted` of them, and what is made."""

    def __init__(self, of: Mapping[str, Any], database: Path) -> None:
        self.given, self.wanted = of["given"], of["papers"]
        self.chain = Chain(self.given, typed, database.parent)
        self.folder = database.parent / "papers"
        self.clerk = ("--as", self.given["session"]["secretary"])

    def decide(self, variant: str) -> None:
        self.chain.decide(self.given["variants"][variant]["dates"])

    def make(self, ref: str, kind: str, *words: str) -> dict[str, Made]:
        """By the part's name."""
        answer = self.chain.typed("paper", "make", ref, kind, "-o", str(self.folder), "--json", *words)
        assert answer.code == 0, answer.err
        return {each["part"]: read(Path(each["files"][0])) for each in answer.json}

    def one(self, ref: str, kind: str, *words: str) -> Made:
        (made,) = self.make(ref, kind, *words).values()
        return made


@pytest.fixture
def papers(met: tuple[str, Met], database: Path) -> Papers:
    """The papers of the office after the meeting."""
    name, played = met
    if "papers" not in SETS[name]:
        pytest.skip("the file says nothing of the papers of this set")
    shutil.copyfile(played.file, database)
    return Papers(SETS[name], database)


def lacked(made: Made, sentences: Iterable[str], given: Mapping[str, Any]) -> set[str]:
    """The values in sentences of the file that a paper does not say."""
    said = [each for each in sentences if not each.startswith(NOT_COMPARED)]
    lines = (line["name"] for dossier in given["dossiers"] for line in dossier["lines"])
    people = {*(member["name"] for member in given["council"]["members"]), *lines}
    found = {value for each in said for value in VALUES.findall(each)}
    return made.lacks(found | {name for name in people if any(name in each for each in said)})


def texts(rows: Iterable[Sequence[Any]]) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in rows]


def compare(made: Made, tables: Sequence[Mapping[str, Any]]) -> None:
    """Tables of equal columns stand in the paper in the order of the file, with these rows alone."""
    columns: Sequence[str] = tables[0]["columns"]
    assert list(made.rows(columns)) == [texts(table["rows"]) for table in tables]
    printed = tuple(tuple(filter(None, row)) for table in tables for row in texts(table["rows"]))
    assert list(lacking(Held((), printed), made.printed)) == []


def test_the_minutes_say_who_was_there_what_was_voted_and_what_was_concluded(papers: Papers) -> None:
    wanted = papers.wanted["minutes"]

    made = papers.one(papers.chain.session, "bb_hop", *papers.clerk)

    assert lacked(made, wanted["lines"], papers.given) == set()
    assert made.lacks(table["head"] for table in wanted["vote_tables"]) == set()
    by_columns: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for table in wanted["vote_tables"]:
        by_columns.setdefault(tuple(table["columns"]), []).append(table)
    for tables in by_columns.values():
        compare(made, tables)
    compare(made, [wanted["conclusion"]])


def test_the_minutes_of_the_counting_are_those_of_their_group(papers: Papers) -> None:
    made = papers.make(papers.chain.session, "bb_kiem_phieu", *papers.clerk)

    assert list(made) == [wanted["group"] for wanted in papers.wanted["count_minutes"]]
    for wanted in papers.wanted["count_minutes"]:
        paper = made[wanted["group"]]
        compare(paper, [wanted])
        counts = f"phát ra {wanted['issued']}; thu về {wanted['collected']}"
        asked = f"đề nghị {wanted['written_asked']}, gửi lại {wanted['written_returned']}"
        said = (wanted["group"], wanted["title"], *wanted["board"], counts)
        assert paper.lacks((*said, asked) if wanted["written_asked"] else said) == set()


def test_the_proposal_says_what_passed_and_what_it_would_pay(papers: Papers) -> None:
    asked = papers.given["to_trinh"]
    signed = ("--number", asked["number"], "--on", asked["date"], *papers.clerk)

    made = papers.one(papers.chain.session, "to_trinh_hoi_dong", *signed)

    assert lacked(made, papers.wanted["to_trinh"], papers.given) == set()


@pytest.mark.parametrize("variant", ["A", "B"])
def test_the_decisions_and_the_payment_lists_say_the_same_sums(papers: Papers, variant: str) -> None:
    papers.decide(variant)

    for wanted in papers.wanted["decisions"][variant]:
        made, table = papers.one(wanted["id"], "quyet_dinh", "--as", "van-thu"), wanted["table"]
        assert lacked(made, wanted["text"], papers.given) == set()
        if wanted["annex_needed"]:
            compare(made, [table])
            assert made.lacks((table["caption"], *table["total"], table["close"])) == set()
        else:
            named = tuple(tuple(row[1:3]) for row in texts(table["rows"]))
            assert list(made.rows(table["columns"])) == []
            assert [*lacking(Held((), named), made.word), *lacking(Held((), named), made.printed)] == []
    for wanted in papers.wanted["payment_lists"][variant]:
        made = papers.one(wanted["id"], "bang_ky_nhan")
        compare(made, [wanted])
        assert made.lacks((wanted["head"], wanted["total"], wanted["words"], *wanted["signatures"])) == set()


def test_every_body_is_told_of_its_own_lines_and_everybody_of_who_was_awarded(papers: Papers) -> None:
    papers.decide("A")

    for wanted in papers.wanted["results_to_bodies"]:
        made = papers.one(wanted["dossier"], "thong_bao_ket_qua")
        titled = [*wanted["awarded_here"], *wanted["forwarded"]]
        rows = [*((*row, None) for row in titled), *wanted["not_reached"]]
        assert [row[1:3] for table in made.tables for row in table if row[0].isdecimal()] == [
            tuple(row[:2]) for row in rows
        ]
        assert list(lacking(Held((), tuple(tuple(filter(None, row)) for row in rows)), made.printed)) == []
        counts = (f"{n:02} trường hợp" for n in wanted["notice_counts"].values() if n)
        assert made.lacks((wanted["to"], *(row[2] for row in wanted["not_reached"]), *counts)) == set()
    published = {
        papers.chain.shown(each["id"])["number"]: papers.one(each["id"], "danh_sach_cong_khai")
        for each in papers.given["decisions"]
    }
    for wanted in papers.wanted["public_list"]:
        made = published[wanted["decision"]]
        compare(made, [wanted])
        assert made.lacks([wanted["decision"]]) == set()
