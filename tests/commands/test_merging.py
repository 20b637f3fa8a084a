"""Two villages become one: what is open goes on with the new one, and nobody writes to the old one."""

from __future__ import annotations

import pytest

from tests.commands.conftest import SHIPPED, Edited, Tdkt
from tests.commands.test_definition import OFFICE
from tests.dossiers import given
from tests.people import ADMINISTRATOR, CHAIR, OFFICER, SECOND_VILLAGE, SECRETARY, VILLAGE

NEW = ("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "gk", "--type", "cong_trang")
BEFORE, AFTER = ("--now", "2026-06-30T08:00"), ("--now", "2026-07-01T08:00")


@pytest.fixture
def merging(tdkt: Tdkt, edited: Edited) -> Tdkt:
    """The office in which the first village goes into the second after 30 June, with a dossier of it that was
    returned and bodies that were asked."""
    (village,) = [
        line
        for line in (SHIPPED / OFFICE).read_text("utf-8").splitlines()
        if line.startswith("  thon-1: {name")
    ]
    merged = village.replace("}", ", valid_to: 2026-06-30, succeeded_by: thon-2}")
    file = edited(OFFICE, ("version: 1", "version: 2"), (village, merged))
    lines = (
        (*NEW, "--as", VILLAGE),
        ("dossier", "add", "D0001", "--kind", "person", "--name", "Nguyễn Thị Mẫu", "--as", VILLAGE),
        ("advance", "D0001", "submit", "--as", VILLAGE, "--yes"),
        ("advance", "D0001", "return", *given("missing=Biên bản", "until=2026-08-31"), "--as", SECRETARY),
        ("expect", "open", "T14", "--bodies", f"{VILLAGE},{SECOND_VILLAGE}", "--as", OFFICER, "--yes"),
        ("definition", "adopt", str(file), "--as", ADMINISTRATOR),
        ("definition", "agree", "diem-he", "--as", CHAIR, "--yes"),
    )
    for line in lines:
        done = tdkt(*line)
        assert done.code == 0, done.err
    return tdkt


def refs(tdkt: Tdkt, account: str) -> list[str]:
    return [row["ref"] for row in tdkt("inbox", "--as", account, "--json").json]


def test_an_open_dossier_passes_to_the_successor_on_the_day_after(merging: Tdkt) -> None:
    merging("tick", *BEFORE)
    before = [refs(merging, account) for account in (VILLAGE, SECOND_VILLAGE)]
    merging("tick", *AFTER)
    after = [refs(merging, account) for account in (VILLAGE, SECOND_VILLAGE)]
    again = merging("audit", "log", "D0001", "--json").json
    merging("tick", "--now", "2026-07-02T08:00")

    by_the_old = merging("advance", "D0001", "submit", "--as", VILLAGE, "--yes")
    done = merging("advance", "D0001", "submit", "--as", SECOND_VILLAGE, "--yes")

    assert ["D0001" in found for found in before] == [True, False]
    assert ["D0001" in found for found in after] == [False, True]
    assert [entry["event"] for entry in again].count("succeed") == 1
    assert (by_the_old.code, done.code) == (1, 0), done.err
    assert merging("show", "D0001", "--json").json["body"] == VILLAGE
    assert merging("audit", "verify").code == 0


def test_a_new_dossier_is_made_under_the_new_name_alone(
    merging: Tdkt, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = merging(*NEW, "--as", OFFICER, *BEFORE)
    refused = merging(*NEW, "--as", OFFICER, *AFTER)
    withdrawn = merging(
        "advance",
        "D0001",
        "withdraw",
        *given("paper_number=2/TTr", "paper_date=2026-07-01", "reason=Lập lại"),
        "--as",
        SECOND_VILLAGE,
    )
    copied = merging(
        "dossier", "copy", "D0001", "--task", "T17", "--reason", "Lập lại", "--as", OFFICER, "--json"
    )
    under_the_new = merging(*(SECOND_VILLAGE if word == VILLAGE else word for word in NEW), "--as", OFFICER)
    monkeypatch.setenv("TDKT_LANG", "vi")
    in_vietnamese = merging(*NEW, "--as", OFFICER)

    assert [before.code, refused.code, withdrawn.code, copied.code, under_the_new.code] == [0, 1, 0, 1, 0]
    assert "Thôn mẫu số 1 existed until 2026-06-30. Name Thôn mẫu số 2." in refused.err
    assert [reason["rule"] for reason in copied.refusal["reasons"]] == ["body_active"]
    assert "đã kết thúc hoạt động từ sau ngày 30/06/2026. Ghi đơn vị: Thôn mẫu số 2." in in_vietnamese.err


def test_the_old_village_is_chased_no_more(merging: Tdkt) -> None:
    before = merging("expect", "chase", "T14", "--dry-run", "--as", OFFICER, "--json", *BEFORE).json
    after = merging("expect", "chase", "T14", "--dry-run", "--as", OFFICER, "--json", *AFTER).json
    listed = {row["body"]: row["status"] for row in merging("expect", "list", "T14", "--json", *AFTER).json}
    refused = merging("expect", "open", "T14", "--bodies", VILLAGE, "--as", OFFICER, "--json", *AFTER)

    written_to = [[body for each in found for body in each["bodies"]] for found in (before, after)]
    assert written_to == [[VILLAGE, SECOND_VILLAGE], [SECOND_VILLAGE]]
    assert listed == {VILLAGE: "ended", SECOND_VILLAGE: "silent"}
    assert [reason["rule"] for reason in refused.refusal["reasons"]] == ["body_active"]
    assert "0/1 answered; silent: Thôn 2" in merging("show", "T14", *AFTER).out
