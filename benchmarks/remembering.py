"""Finding people among 100.000 records of achievements, on both databases, and keeping so many.

A search is what `tdkt history search` asks the database and makes of the answer: names by parts of them, then
all records of these, told apart by whom they are about; on PostgreSQL the server's time is waited for, so it
counts there. It is compared with the time that somebody who types should wait at most.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from benchmarks.house import OFFICE, open_house, work_folder
from benchmarks.importing import spent
from benchmarks.measuring import Figure, in_turns, timed
from runtime.acts.acting import Acting
from runtime.acts.remembering import keep_list
from storage import achievement_views
from storage.views import Reading
from workflow.model.achievements import AWARD, INITIATIVE, PERSON, RATING, Achievement, everybody
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.office import Office
from workflow.rules.eligibility import assess
from workflow.rules.gathering import Described, Gathering, names_of
from workflow.rules.known import listed_of

RECORDS = 100_000
SEARCHES = (("tong",), ("vi", "van", "tong"), ("nguyen",), ("khong", "co"))
ENOUGH = 0.05
"""Seconds that a search may take."""
KEPT = 30.0
"""Seconds in which 100.000 records are taken in."""
LINES, TITLES = 2000, ("ldtt", "cstdcs", "cstdt", "bkt")
JUDGED = 2.0
"""Seconds in which so many lines are held to their conditions."""
FOUND = 51
FAMILY = ("Nguyễn", "Trần", "Lê", "Hoàng", "Vi", "Lương", "Nông", "Triệu", "Đinh", "Hứa", "Lộc", "Bế", "Hà")
MIDDLE = ("Văn", "Thị", "Đức", "Hữu", "Ngọc", "Minh", "Thanh", "Quang", "Thu", "Kim", "Xuân")
GIVEN = ("An", "Bình", "Chài", "Dũng", "Én", "Giang", "Hạnh", "Hoa", "Mỷ", "Ngát", "Páo", "Tòng", "Tư", "Năm")


def records(count: int) -> list[Achievement]:
    """Ratings, awards and initiatives of about a fifth as many people, always the same."""
    chance = random.Random(1)
    people = [
        (
            " ".join(map(chance.choice, (FAMILY, MIDDLE, MIDDLE, GIVEN))),
            f"{chance.randint(1960, 2000)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        )
        for _person in range(max(count // 5, 1))
    ]
    return [_record(number, *people[number % len(people)]) for number in range(count)]


def _record(number: int, name: str, born: str) -> Achievement:
    year = 2010 + number % 16
    kind, value = ((RATING, "httnv"), (AWARD, "ldtt"), (INITIATIVE, "commune"))[number % 3]
    return Achievement(
        0,
        kind,
        PERSON,
        name,
        born=born,
        unit="Trường học",
        body="truong-hoc",
        period=str(year),
        value=value,
        words=f"Sáng kiến {number}",
        decision=f"{number % 400}/QĐ-UBND",
        dated=date(year, 12, 20),
    )


@contextmanager
def remembered(url: str, count: int) -> Iterator[Acting]:
    """An office that has so many records."""
    with open_house(url) as acting:
        keep_list(acting, records(count), digest="0" * 64, role="officer")
        yield acting


def search(url: str, office: Office, words: Sequence[str]) -> int:
    """How many people are found, from the question to the answer; the database is open already."""
    with Reading(url) as reading:
        keys = achievement_views.names_like(reading, OFFICE, words, limit=FOUND)
        named = achievement_views.records_of(reading, OFFICE, keys)
        return len(everybody((record for those in named.values() for record in those), office))


def _searching(
    url: str, office: Office, name: str, runs: int, count: int, clock: Callable[..., float] = spent
) -> Figure:
    def turn(_turn: int) -> float:
        return max(clock(partial(search, url, office, words)) for words in SEARCHES)

    turns = in_turns(turn, lambda _turn: ENOUGH, runs=runs, warm_up=2)
    against = f"{ENOUGH * 1000:g} ms; the slowest of {len(SEARCHES)} searches among {count} records"
    return Figure(name, turns.cost, turns.median * 1000, "ms", runs, against)


def searching_sqlite(runs: int = 10, count: int = RECORDS) -> Figure:
    with TemporaryDirectory(prefix="tdkt-benchmark-", dir=work_folder()) as folder:
        url = f"sqlite:///{Path(folder) / 'office.db'}"
        with remembered(url, count) as acting:
            return _searching(url, acting.directory, "history-search-sqlite", runs, count)


def searching_postgresql(runs: int = 10, count: int = RECORDS) -> Figure:
    from tests.postgres import newest_server, running_cluster

    server = newest_server()
    if server is None:
        raise RuntimeError("no PostgreSQL server is installed")
    with (
        running_cluster(server, folder=Path(work_folder())) as cluster,
        remembered(cluster.url(), count) as acting,
    ):
        return _searching(cluster.url(), acting.directory, "history-search-postgresql", runs, count, timed)


def judging(runs: int = 5, count: int = RECORDS, lines: int = LINES) -> Figure:
    """The records of all names of a list in one query, and every line held to its title's conditions."""
    people = [(record.name, record.born) for record in records(count)[:lines]]
    nominees = tuple(Nominee(no, PERSON, TITLES[no % len(TITLES)]) for no in range(1, len(people) + 1))
    dossier = Dossier("truong-hoc", "cong_trang", "ldtt", nominees=nominees, period="2025")
    described = {no: Described(*about, "Trường học") for no, about in enumerate(people, 1)}
    with TemporaryDirectory(prefix="tdkt-benchmark-", dir=work_folder()) as folder:
        url = f"sqlite:///{Path(folder) / 'office.db'}"
        with remembered(url, count) as acting, Reading(url) as reading:
            office, packs = acting.directory, (acting.setting.rules,)

            def judge() -> None:
                known = achievement_views.records_of(reading, OFFICE, names_of(described))
                gathering = Gathering(dossier, described, known, office)
                listed = listed_of(dossier, year=2025, ref="D0001")
                for line in nominees:
                    assess(gathering.known(line), listed, packs)

            turns = in_turns(lambda _turn: spent(judge), lambda _turn: JUDGED, runs=runs, warm_up=1)
    against = f"{JUDGED:g} s; {lines} lines beside {count} records"
    return Figure("history-lines", turns.cost, turns.median * 1000, "ms of the processor", runs, against)


def keeping(runs: int = 1, count: int = RECORDS) -> Figure:
    """Taking in a list of records, each compared with those that stand, in one transaction."""
    new = records(count)

    def turn(number: int) -> float:
        with (
            TemporaryDirectory(prefix="tdkt-benchmark-", dir=work_folder()) as folder,
            open_house(f"sqlite:///{Path(folder) / 'office.db'}") as acting,
        ):
            return spent(lambda: keep_list(acting, new, digest=f"{number:064}", role="officer"))

    turns = in_turns(turn, lambda _turn: KEPT, runs=runs, warm_up=0)
    against = f"{KEPT:g} s for {count} records"
    return Figure("history-keep", turns.cost, turns.median * 1000, "ms", runs, against)


BENCHMARKS: Mapping[str, Callable[..., Figure]] = MappingProxyType(
    {
        "history-search-sqlite": searching_sqlite,
        "history-search-postgresql": searching_postgresql,
        "history-lines": judging,
        "history-keep": keeping,
    }
)
