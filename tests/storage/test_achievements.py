"""Records of achievements on both databases: found by name and paper, bound to the log, and erasable."""

from __future__ import annotations

from datetime import date

from storage import achievement_views, items
from storage.database import Database
from storage.log.replay import replay
from storage.views import Reading
from tests.people import OFFICER
from tests.storage.office import OFFICE, YEAR, House, begin
from workflow.model.achievements import AWARD, INITIATIVE, PERSON, RATING, Achievement, Source
from workflow.model.decision import EntryDraft

ENTRY = EntryDraft("history_add", OFFICER, "officer", None, None)
TONG = Achievement(
    0,
    AWARD,
    PERSON,
    "Vi Văn Tòng",
    born="1974-03-02",
    unit="Trường THCS Điềm He",
    body="truong-thcs",
    period="2024-2025",
    value="ldtt",
    words="Lao động tiên tiến",
    decision="05/QĐ-UBND",
    dated=date(2025, 6, 20),
    authority="Chủ tịch UBND huyện Văn Quan",
    known_on=date(2026, 1, 5),
    revoked_on=date(2026, 2, 1),
    revoked_by="112/QĐ-UBND",
    source=Source(2026, "D0001", 3),
)
RATED = Achievement(0, RATING, PERSON, "Vi Văn Tông", period="2025", value="httnv", expected=True)
AUTHOR = Achievement(0, INITIATIVE, PERSON, "Đinh Thị Ngát", words="Thư viện 100%_xanh", share=60)
KNOWN = (TONG, RATED, AUTHOR)


def kept(database: Database, *records: Achievement) -> tuple[Achievement, ...]:
    with begin(database) as unit:
        unit.record_act(ENTRY, log=YEAR)
        found = unit.achieve(records)
        unit.commit()
    return found


def faults(database: Database) -> list[str]:
    return [fault.code for fault in replay(database, OFFICE).faults]


def test_both_sides_find_the_records_of_a_name_whatever_its_marks(
    database: Database, database_url: str, house: House
) -> None:
    tong, rated, author = kept(database, *KNOWN)

    with Reading(database_url) as reading:
        seen = achievement_views.records_of(reading, OFFICE, ["VI VAN TONG", "Ai đó"])
    with begin(database) as unit:
        locked = unit.records_of(["Vi Văn Tòng"])

    assert [each.number for each in (tong, rated, author)] == [1, 2, 3]
    assert seen == {"vi van tong": (tong, rated)}
    assert locked == items.Surroundings(database, OFFICE).records_of(["vi văn tống"]) == seen


def test_names_are_found_by_parts_and_papers_by_numbers(
    database: Database, database_url: str, house: House
) -> None:
    tong, _rated, author = kept(database, *KNOWN)

    with Reading(database_url) as reading:
        found = [
            achievement_views.names_like(reading, OFFICE, words, limit=5)
            for words in (["ton", "vi"], ["ĐINH"], ["%"], ["ng"], ["vi", "ngat"])
        ]
        papers = [
            achievement_views.of_paper(reading, OFFICE, number, limit=5)
            for number in ("5", "05/qđ-ubnd", "5/QĐ", "50", "%")
        ]
        register = achievement_views.of_kind(reading, OFFICE, INITIATIVE)
        own = achievement_views.of_dossier(reading, OFFICE, 2026, "D0001")
        alone = achievement_views.record(reading, OFFICE, 3), achievement_views.record(reading, OFFICE, 4)

    assert found == [
        ("vi van tong",),
        ("dinh thi ngat",),
        (),
        ("dinh thi ngat", "vi van tong"),
        (),
    ]
    assert papers == [(tong,), (tong,), (), (), ()]
    assert (register, own, alone) == ((author,), (tong,), (author, None))


def test_a_name_is_found_without_passing_over_the_rows(database: Database, house: House) -> None:
    if database.dialect != "sqlite":  # a server of a small table takes the table itself
        return
    sql = "SELECT DISTINCT name_key FROM achievement WHERE office = 'o' AND name_key LIKE '%a%' ORDER BY 1"

    steps = database.driver.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()

    assert [step[3] for step in steps] == [
        "SEARCH achievement USING COVERING INDEX ix_achievement_office_name_key (office=?)"
    ]


def test_the_log_is_bound_to_every_record_and_says_which_were_removed(
    database: Database, house: House
) -> None:
    tong, rated, author = kept(database, *KNOWN)
    kept(database, rated._replace(value="htxsnv", expected=False))
    with begin(database) as unit:
        unit.record_act(ENTRY, log=YEAR)
        unit.forget([author])
        unit.commit()
    sound = faults(database)
    with begin(database) as unit:
        standing = unit.achievements([1, 2, 3])

    database.connection.exec_driver_sql("UPDATE achievement SET value = 'cstdcs' WHERE number = 1")

    assert standing == (tong, rated._replace(value="htxsnv", expected=False))
    assert sound == []
    assert faults(database) == ["row"]


def test_nothing_of_whom_a_record_is_about_stands_in_the_log(database: Database, house: House) -> None:
    kept(database, *KNOWN)

    log = b"".join(
        bytes(data) for (data,) in database.driver.execute("SELECT bytes FROM entry").fetchall()
    ).decode()

    assert [word for word in ("Tòng", "1974", "Ngát", "THCS Điềm", "xanh") if word in log] == []
    assert log.count("achievement ") == 3


def test_the_number_of_a_removed_record_is_given_to_no_other(database: Database, house: House) -> None:
    tong, rated, author = kept(database, *KNOWN)
    with begin(database) as unit:
        unit.record_act(ENTRY, log=YEAR)
        unit.forget([rated, author])
        unit.commit()

    (anew,) = kept(database, RATED)

    with begin(database) as unit:
        standing = [each.number for each in unit.achievements(range(1, 9))]
    assert (anew.number, standing) == (4, [tong.number, 4])
    assert faults(database) == []
