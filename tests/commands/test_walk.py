"""From `tdkt` alone to an award, each command from the answer before it, at 80 columns in Vietnamese."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from tests.commands.conftest import Answer, Tdkt

FILLED = {
    "Tệp danh sách": "danh-sach.csv",
    "seen|scan|digital": "seen",
    "Giấy tờ đã xem bản giấy (all: tất cả)": "all",
    "clean|not_clean": "clean",
    "met|not_met|no_info|exception": "met",
    "Niêm yết tại thôn từ ngày": "10/12/2025",
    "Niêm yết tại thôn đến hết ngày": "25/12/2025",
    "Số tờ trình": "07/TTr-HĐTĐKT",
    "Số quyết định": "112/QĐ-UBND",
    "Người ký": "chu-tich",
    "Người xác nhận nguồn kinh phí": "ke-toan",
}
"""What a person knows, by the words in angle brackets; every day is today's."""


class Walk:
    """Types commands and takes the next one from what was answered."""

    def __init__(self, tdkt: Tdkt) -> None:
        self.tdkt = tdkt
        self.said = ""
        self.typed: list[str] = []

    def offered(self, wanted: str) -> str:
        """The command that the last answer offers, its lines joined as a shell joins them, filled in."""
        whole = re.sub(r" \\\n *", " ", self.said)
        line = next(line.strip() for line in whole.splitlines() if line.strip().startswith(f"tdkt {wanted}"))
        today = date(2026, 1, 5).strftime("%d/%m/%Y")
        return re.sub("<([^<>]*)>", lambda hole: FILLED.get(hole[1], today), line)

    def go(self, line: str) -> None:
        self.typed.append(line)
        answer: Answer = self.tdkt(*shlex.split(line)[1:])
        assert answer.code == 0, (line, answer.err)
        assert [each for each in answer.out.splitlines() if len(each) > 80] == []
        self.said = answer.out

    def on(self, wanted: str, more: str = "") -> None:
        self.go(f"{self.offered(wanted)} {more}".rstrip())


def test_a_dossier_goes_to_its_award_by_what_each_answer_offers(
    bare: Tdkt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TDKT_DB", "xa.db")
    monkeypatch.setenv("TDKT_LANG", "vi")
    monkeypatch.setenv("COLUMNS", "80")
    walk = Walk(bare)

    families = [f"Hộ mẫu số {number};95;40/41" for number in range(1, 13)]
    head = "Tên;Điểm;Số ý kiến đồng ý / số người được hỏi"
    (tmp_path / "danh-sach.csv").write_text("\n".join([head, *families]), "utf-8")
    walk.go("tdkt")
    begin = re.sub(r"--now \S+", "--now 2026-01-05", walk.offered("init --sandbox"))
    walk.go(begin)
    offered = walk.offered("dossier new")  # of another form: cultured families are not voted on
    walk.go(re.sub(r"--title gk --type \S+", "--title gdvh", offered))
    walk.go(f"{walk.offered('dossier add D0001')} --yes")  # what a person at a terminal is asked
    walk.on("advance D0001 submit", "--yes")
    walk.on("advance D0001 accept")
    walk.on("dossier appraise D0001", "--yes")
    for event in ("confirm", "approve", "award"):
        walk.on(f"advance D0001 {event}")

    assert len(walk.typed) <= 12
    shown = bare("show", "D0001", "--json").json
    assert (shown["state"], [line["outcome"] for line in shown["nominees"]]) == (
        "awarded",
        ["awarded_here"] * 12,
    )


def test_what_is_not_filled_in_is_refused_before_anything_is_done(tdkt: Tdkt) -> None:
    answer = tdkt("advance", "T07", "set_deadline", "--set", "date=<Date>", "--as", "chuyen-vien")

    assert (answer.code, answer.err) == (
        2,
        "Fill in what stands between angle brackets first: date=<Date>.\n",
    )


def offered(tdkt: Tdkt, ref: str) -> list[str]:
    """The commands on the item's page."""
    return [line.strip() for line in tdkt("show", ref).out.splitlines() if line.startswith("  tdkt ")]


def test_a_dossier_that_waits_for_the_council_is_offered_what_its_session_needs(
    at_work: Path, bare: Tdkt
) -> None:
    assert at_work.exists()
    waiting = offered(bare, "D0004")
    put = bare(*shlex.split(waiting[0])[1:])
    then = [line.partition(" --paper ")[0] for line in offered(bare, "D0004")]

    assert waiting == ["tdkt council agenda S01 D0004 --as thu-ky"]
    assert (put.code, put.err) == (0, "")
    assert then == ["tdkt council call S01"]


@pytest.mark.parametrize("ref", ["T01", "T06", "T16", "D0001", "D0002", "D0003"])
def test_what_a_page_offers_next_is_what_may_be_done_by_whom_it_names(
    ref: str, at_work: Path, bare: Tdkt
) -> None:
    assert at_work.exists()
    (line,) = offered(bare, ref)
    first, second = shlex.split(line)[2:4]
    event, item = (first, second) if " dossier " in line else (second, first)
    rest = shlex.split(line)
    actor = rest[rest.index("--as") + 1]

    asked = bare("why", item, event, "--as", actor, "--json").json
    listed = bare("why", item, "--as", actor).out
    by_anybody = bare("why", item).out

    assert (asked["allowed"], asked["reasons"]) == (True, [])
    assert line in listed
    assert listed.splitlines()[1].strip() == line
    lines = [each.strip() for each in by_anybody.splitlines() if each.startswith("  tdkt ")]
    assert lines[0] == line
    assert [each for each in lines if " --as " not in each] == []
