"""Whom a dossier asked for an opinion and what people said of the published list, as its page has them."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Tdkt
from tests.conftest import Sandbox
from tests.dossiers import given, way
from tests.people import OFFICER, STANDING_MEMBER, VILLAGE

NEW = ("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "gk", "--type", "cong_trang")


def done(tdkt: Tdkt, *words: str, by: str = OFFICER) -> None:
    answer = tdkt(*words, "--as", by)
    assert answer.code == 0, answer.err


def handed_in(tdkt: Tdkt) -> None:
    done(tdkt, *NEW, by=VILLAGE)
    for name in ("Một", "Hai"):
        done(tdkt, "dossier", "add", "D0001", "--kind", "person", "--name", name, by=VILLAGE)
    for words in way("complete", lines=(1, 2)):
        assert tdkt(*words).code == 0


def ask(tdkt: Tdkt, whom: str, *more: str) -> None:
    done(tdkt, "advance", "D0001", "ask_opinion", *given(f"whom={whom}", "date=05/01/2026", *more))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_page_lists_whom_was_asked_by_which_paper_and_what_came_back(
    kind: str, tdkt: Tdkt, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TDKT_DB", sandbox(kind, "2026-01-05T08:00"))
    monkeypatch.setenv("COLUMNS", "140")
    handed_in(tdkt)
    ask(tdkt, "Công an xã", "paper_number=05/CV-VHXH")
    ask(tdkt, "Thuế cơ sở 2", "nominee=2")
    ask(tdkt, "Nhầm")
    answered = given("of=1", "answer=Không thống nhất", "date=05/01/2026", "nominee=2")
    done(tdkt, "advance", "D0001", "opinion_in", *answered)
    done(tdkt, "advance", "D0001", "drop_opinion", *given("of=3", "reason=Ghi nhầm"))

    page, record = tdkt("show", "D0001").out, tdkt("show", "D0001", "--json").json

    listed = page[page.index("Asked for an opinion") - 5 :].split("\n\n")[0].splitlines()
    assert [" ".join(line.split()) for line in listed] == [
        "No. Asked for an opinion Asked by and on Answer",
        "1 Công an xã 05/CV-VHXH, 2026-01-05 2026-01-05: Không thống nhất (does not agree to 2)",
        "2 Thuế cơ sở 2 (nominee 2) 2026-01-05 No answer yet",
        "3 Nhầm 2026-01-05 Dropped",
    ]
    assert [(each["whom"], each["lines"], each["answered_on"]) for each in record["opinions"]] == [
        ("Công an xã", [], "2026-01-05"),
        ("Thuế cơ sở 2", [2], None),
        ("Nhầm", [], None),
    ]
    assert (record["opinion_asked_on"], record["markers"]) == ("2026-01-05", ["hiep_y"])
    assert tdkt("audit", "verify").code == 0


def test_a_dossier_that_was_split_off_lists_what_was_asked_before(tdkt: Tdkt) -> None:
    handed_in(tdkt)
    ask(tdkt, "Công an xã", "nominee=1")
    ask(tdkt, "Thuế cơ sở 2", "nominee=2")
    done(tdkt, "dossier", "split", "D0001/2", "--reason", "Chờ ý kiến")
    done(tdkt, "advance", "D0001", "ask_opinion", *given("whom=Tòa án", "date=05/01/2026"))

    found = tdkt("show", "D0002", "--json").json["opinions"]

    assert [(each["no"], each["whom"]) for each in found] == [(2, "Thuế cơ sở 2")]


def test_remarks_stand_with_who_made_them_and_can_be_erased(tdkt: Tdkt) -> None:
    done(tdkt, *NEW[:-4], "--title", "tvh", by=VILLAGE)
    done(tdkt, "dossier", "add", "D0001", "--kind", "collective", "--name", "Thôn", by=VILLAGE)
    for words in way("reviewed", votes={"tvh": ()}):
        assert tdkt(*words).code == 0
    done(tdkt, "advance", "D0001", "publish", *given("from=05/01/2026", "place=Nhà văn hóa"))
    told = given("date=05/01/2026", "source=Ông Mẫu", "remark=Chưa đủ tiêu chí", "nominee=1")
    done(tdkt, "advance", "D0001", "remark", *told)
    settled = given("of=1", "finding=kept", "reason=Đã kiểm tra")
    done(tdkt, "advance", "D0001", "settle_remark", *settled)

    (found,) = tdkt("show", "D0001", "--json").json["remarks"]
    erased = tdkt("audit", "erase", "D0001", "--as", STANDING_MEMBER, "--yes")
    (left,) = tdkt("show", "D0001", "--json").json["remarks"]

    assert found == {
        "no": 1,
        "on": "2026-01-05",
        "source": "Ông Mẫu",
        "remark": "Chưa đủ tiêu chí",
        "lines": [1],
        "finding": "kept",
        "reason": "Đã kiểm tra",
    }
    assert (erased.code, left["source"], left["remark"], left["finding"]) == (0, None, None, "kept")
    assert tdkt("audit", "verify").code == 0
