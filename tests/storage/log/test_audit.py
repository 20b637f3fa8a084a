"""The log's examiner finds every raw change and nothing else; an outsider can check an export alone."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.log import audit
from storage.log.audit import Fault, Log, Verification, export, verify
from storage.log.merkle import CompactRange, leaf_hash, root_of
from storage.unit import unit_of_work
from tests.people import ADMINISTRATOR, OFFICER, SECOND_VILLAGE, SECRETARY, STANDING_MEMBER, VILLAGE
from tests.storage.office import NOW, OFFICE, YEAR, ZONE, House, act, begin, key, new_dossier, rows_of
from workflow.model.decision import EntryDraft, FreeText


@pytest.fixture
def logged(database: Database, house: House) -> Database:
    """Ten entries: of tasks, a dossier, a refusal, the sweep's own kind, and one with quotes and no item."""
    new_dossier(database, house, note="Nộp thay")
    act(database, house, "T01", "submit", actor=OFFICER)
    act(database, house, "T01", "review", actor=STANDING_MEMBER, words={"opinion": 'Đạt "tốt"'})
    drafts = (
        (
            EntryDraft('say "no"', VILLAGE, None, "drafted", None, SECOND_VILLAGE, ("role", "a\\b"), True),
            key("T02"),
        ),
        (EntryDraft("remind", "system", "system", "drafted", "drafted", inputs={"to": ["x"]}), key("T03")),
        (EntryDraft("backup", ADMINISTRATOR, "administrator", None, None), None),
    )
    with begin(database) as unit:
        for draft, about in drafts:
            unit.record(draft, log=YEAR, key=about)
        unit.commit()
    return database


@pytest.fixture
def opened(logged: Database) -> Database:
    """The same with its guards taken away, as whoever owns the file can."""
    if logged.dialect == "postgresql":
        logged.driver.execute("SET session_replication_role = replica")
    else:
        logged.driver.execute("PRAGMA foreign_keys=OFF")
        names = logged.driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            logged.driver.execute(f"DROP TRIGGER {name}")
    return logged


def tamper(database: Database, *statements: str) -> tuple[str, ...]:
    """What the examiner says after raw statements."""
    for statement in statements:
        assert database.connection.execute(text(statement)).rowcount
    return tuple(str(fault) for fault in verify(database, OFFICE).faults)


def head_of(database: Database) -> Log:
    row = database.connection.execute(text("SELECT size, root FROM log_head")).one()
    return Log(YEAR, row.size, bytes(row.root).hex())


def test_an_untouched_log_verifies(logged: Database) -> None:
    assert verify(logged, OFFICE) == Verification((head_of(logged),), ())
    assert verify(logged, OFFICE, YEAR) == verify(logged, OFFICE)
    assert head_of(logged).size == 10


def test_a_log_that_is_not_there_has_nothing_to_verify(logged: Database) -> None:
    assert verify(logged, OFFICE, 2030) == Verification((), ())
    assert verify(logged, "elsewhere") == Verification((), ())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "'chu-tich'"),
        ("actor", "'chuyen'"),
        ("acting_for", "'chu-tich'"),
        ("login", "'0123456789abcdef0123456789abcdef'"),
        ("role", "NULL"),
        ("event", "'approve'"),
        ("from_state", "NULL"),
        ("to_state", "'approved'"),
        ("refused", "TRUE"),
        ("rules", "'[\"role\"]'"),
        ("ref", "'T02'"),
        ("ref", "NULL"),
        ("at", "'2026-03-02T01:00:00.000001Z'"),
        ("id", "'00000000000000000000000000000000'"),
    ],
)
def test_a_changed_column_is_found_with_its_entry(opened: Database, column: str, value: str) -> None:
    said = tamper(opened, f"UPDATE entry SET {column} = {value} WHERE seq = 5")

    assert said[0] == "Entry 5 of the log 2026: its columns do not say what its bytes say."


LOGIN = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def signed_in(opened: Database) -> Database:
    """Beside these, an entry by a login, and one without a state that is by it too."""
    with unit_of_work(opened, office=OFFICE, zone=ZONE, command="k", now=NOW, login=LOGIN) as unit:
        for to_state in ("drafted", None):
            unit.record(EntryDraft("note", OFFICER, "officer", None, to_state), log=YEAR)
        unit.commit()
    return opened


def test_a_login_stands_in_the_entry_and_verifies(signed_in: Database) -> None:
    last = [json.loads(bytes(row[14])) for row in rows_of(signed_in, "entry")]

    assert ["login" in said for said in last] == [False] * 10 + [True] * 2
    assert (last[10]["login"], verify(signed_in, OFFICE).faults) == (LOGIN, ())


@pytest.mark.parametrize("value", ["NULL", "'1123456789abcdef0123456789abcdef'", "''"])
@pytest.mark.parametrize("seq", [10, 11])
def test_a_changed_login_is_found_with_its_entry(signed_in: Database, seq: int, value: str) -> None:
    said = tamper(signed_in, f"UPDATE entry SET login = {value} WHERE seq = {seq}")

    assert said[0] == f"Entry {seq} of the log 2026: its columns do not say what its bytes say."


def test_a_changed_byte_is_found_with_its_entry(opened: Database) -> None:
    data = bytes(rows_of(opened, "entry")[5][14])
    changed = data.replace(b"chuyen-vien", b"chuyen-vieo")
    opened.connection.execute(text("UPDATE entry SET bytes = :bytes WHERE seq = 5"), {"bytes": changed})

    assert verify(opened, OFFICE).faults == (Fault("leaf", YEAR, 5),)
    assert str(Fault("leaf", YEAR, 5)) == (
        "Entry 5 of the log 2026: the stored bytes do not have the stored leaf hash."
    )


def test_bytes_changed_together_with_columns_and_leaf_still_miss_the_root(opened: Database) -> None:
    data = bytes(rows_of(opened, "entry")[5][14]).replace(b"chuyen-vien", b"chu-tich")
    opened.connection.execute(
        text("UPDATE entry SET bytes = :bytes, leaf = :leaf, actor = 'chu-tich' WHERE seq = 5"),
        {"bytes": data, "leaf": leaf_hash(data)},
    )

    assert verify(opened, OFFICE).faults == (Fault("root", YEAR),)


def test_a_removed_entry_is_found(opened: Database) -> None:
    assert tamper(opened, "DELETE FROM entry WHERE seq = 3")[0] == "Entry 3 of the log 2026 is missing."


def test_a_removed_last_entry_is_found(opened: Database) -> None:
    assert tamper(opened, "DELETE FROM entry WHERE seq = 9") == ("Entry 9 of the log 2026 is missing.",)


def test_an_entry_beyond_the_head_is_found(opened: Database) -> None:
    assert tamper(opened, "UPDATE log_head SET size = 9") == (
        "Entry 9 of the log 2026 lies beyond the log's head.",
    )


def test_two_entries_that_changed_places_are_found(opened: Database) -> None:
    said = tamper(
        opened,
        "UPDATE entry SET seq = 99 WHERE seq = 2",
        "UPDATE entry SET seq = 2 WHERE seq = 3",
        "UPDATE entry SET seq = 3 WHERE seq = 99",
    )

    assert said == ("The entries of the log 2026 do not make the root of its head.",)


def test_a_head_whose_subtrees_were_changed_is_found(opened: Database) -> None:
    opened.connection.execute(text("UPDATE log_head SET range = :range"), {"range": CompactRange().encode()})

    assert tamper(opened) == ("The head of the log 2026 does not hold the subtrees that its entries make.",)


def test_entries_without_their_head_are_found(opened: Database) -> None:
    assert tamper(opened, "DELETE FROM log_head") == ("The log 2026 has entries but no head.",)


def test_an_item_that_was_moved_past_the_log_is_found(opened: Database) -> None:
    assert tamper(opened, "UPDATE item SET state = 'awarded' WHERE ref = 'T02'") == (
        "T02 of 2026 is not in the state that its last entry says.",
    )


def test_erased_words_are_no_fault(logged: Database) -> None:
    with begin(logged) as unit:
        unit.record(
            EntryDraft("return", SECRETARY, None, None, None, texts=(FreeText("reason", "Thiếu"),)),
            log=YEAR,
            key=key("T01"),
        )
        unit.commit()
    with begin(logged) as unit:
        assert unit.execute(text("DELETE FROM free_text")).rowcount > 1
        unit.commit()

    assert verify(logged, OFFICE).ok


@pytest.mark.parametrize("page", [1, 2, 4, 8, 16])
def test_pages_of_any_size_make_the_same_tree(
    logged: Database, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PAGE", page)

    assert verify(logged, OFFICE) == Verification((head_of(logged),), ())


def test_entries_that_come_while_it_reads_are_left_for_the_next_time(
    logged: Database, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PAGE", 4)
    before, pages = head_of(logged), audit._pages

    def slow_pages(*args: object) -> Iterator[object]:
        following = pages(*args)  # type: ignore[arg-type]
        yield next(following)
        with house.open() as other:
            act(other, house, "T03", "submit", actor=OFFICER)
        yield from following

    monkeypatch.setattr(audit, "_pages", slow_pages)
    seen = verify(logged, OFFICE)

    assert seen == Verification((before,), ())
    assert head_of(logged).size == 11


def outsiders_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, with nothing but hashlib."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    left, right = outsiders_root(leaves[:half]), outsiders_root(leaves[half:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_an_outsider_finds_the_root_again_from_an_export_alone(logged: Database) -> None:
    stream = io.StringIO()

    count = export(logged, OFFICE, YEAR, stream)

    *entries, last = [json.loads(line) for line in stream.getvalue().splitlines()]
    leaves = [hashlib.sha256(b"\x00" + entry["bytes"].encode()).digest() for entry in entries]
    assert count == len(entries) == 10
    assert [entry["seq"] for entry in entries] == list(range(10))
    assert [entry["leaf"] for entry in entries] == [leaf.hex() for leaf in leaves]
    assert last == {"head": {"office": OFFICE, "log": YEAR, "size": 10, "root": outsiders_root(leaves).hex()}}
    assert [entry["bytes"].encode() for entry in entries] == [
        bytes(row[14]) for row in rows_of(logged, "entry")
    ]
    assert root_of(leaves).hex() == head_of(logged).root
