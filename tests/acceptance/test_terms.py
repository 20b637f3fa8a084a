"""The terms of a dossier in a real database: they begin, run and end, and the books balance."""

from __future__ import annotations

from collections import Counter

from tests.acceptance.office import Office
from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR, VILLAGE
from tests.processes import Said

DONE = 0


def done(said: Said) -> Said:
    assert said.code == DONE, said.err
    return said


def handed_in(office: Office, *, now: str) -> str:
    done(office.tdkt("tick", "--now", now))
    words = ("--task", "T17", "--from", VILLAGE, "--title", "gk", "--type", "cong_trang")
    made = done(office.tdkt("dossier", "new", *words, "--as", VILLAGE, "--json")).json
    ref = str(made["ref"])
    done(
        office.tdkt(
            "advance",
            ref,
            "add",
            "--set",
            "kind=person",
            "--set",
            "name=Nguyễn Thị A",
            "--yes",
            "--as",
            VILLAGE,
        )
    )
    done(office.tdkt("advance", ref, "submit", "--as", VILLAGE, "--yes"))
    return ref


def rows(office: Office, ref: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = done(office.tdkt("deadline", "list", ref, "--json")).json
    return found


def statuses(office: Office, ref: str, term: str) -> Counter[str]:
    return Counter(str(row["status"]) for row in rows(office, ref) if str(row["name"]).startswith(f"{term}."))


def due(office: Office, ref: str) -> str:
    return str(done(office.tdkt("show", ref, "--json")).json["due"])


def accept(office: Office, ref: str, *, on: str) -> None:
    done(office.tdkt("advance", ref, "accept", "--set", f"complete_on={on}", *SEEN, "--as", OFFICER))


SEEN = ("--set", "original=seen", "--set", "seen=all")


def test_no_term_to_decide_runs_before_the_dossier_is_complete_and_none_stands_still_after(
    office: Office,
) -> None:
    ref = handed_in(office, now="2026-11-20T10:00")
    received = statuses(office, ref, "decision")
    done(office.tdkt("tick", "--now", "2026-11-26T10:00"))
    lacking = ("--set", "missing=Biên bản họp xét", "--set", "until=2026-12-03")
    done(office.tdkt("advance", ref, "return", *lacking, "--as", SECRETARY))
    returned = statuses(office, ref, "decision")
    supplement = due(office, ref)

    done(office.tdkt("tick", "--now", "2027-01-20T10:00"))
    done(office.tdkt("advance", ref, "submit", "--as", VILLAGE, "--yes"))
    again = statuses(office, ref, "decision")
    accept(office, ref, on="2027-01-20")

    assert received == returned == again == Counter()
    assert supplement == "2026-12-03"
    # Ten working days from Wednesday 20 January on, and three fewer for the council.
    assert {row["due_date"] for row in rows(office, ref) if row["status"] == "pending"} == {
        "2027-01-29",
        "2027-02-03",
    }
    late = office.tdkt("advance", ref, "return", *lacking[:2], "--set", "until=2027-01-29", "--as", OFFICER)
    assert late.code == 1
    assert due(office, ref) == "2027-01-29"
    assert office.faults() == ()


def test_what_a_closed_dossier_left_is_cancelled_and_fires_no_more(office: Office) -> None:
    ref = handed_in(office, now="2026-11-20T10:00")
    accept(office, ref, on="2026-11-20")
    paper = ("--set", "paper_number=03/CV", "--set", "paper_date=2026-11-20", "--set", "reason=Nộp nhầm")
    done(office.tdkt("advance", ref, "withdraw", *paper, "--as", VILLAGE))

    done(office.tdkt("tick", "--now", "2027-03-01T10:00"))

    assert {row["status"] for row in rows(office, ref)} == {"cancelled"}
    told = done(office.tdkt("notice", "list", "--json")).json
    assert [row["kind"] for row in told if row["ref"] == ref] == [
        "received",
        "to_check",
        "accepted",
        "line_withdrawn",
        "line_withdrawn",
    ]


def test_a_late_decision_is_escalated_and_told_in_the_dossiers_words(office: Office) -> None:
    ref = handed_in(office, now="2026-11-20T10:00")
    accept(office, ref, on="2026-11-20")
    for day in ("2026-12-02", "2026-12-03", "2026-12-08", "2026-12-14", "2026-12-21"):
        done(office.tdkt("tick", "--now", f"{day}T09:00"))

    told = [row for row in done(office.tdkt("notice", "list", "--json")).json if row["ref"] == ref]

    escalated = {row["level"]: row for row in told if row["kind"] == "escalation"}
    assert {level: row["to"] for level, row in escalated.items()} == {
        "head": STANDING_MEMBER,
        "vice": VICE_CHAIR,
        "chair": CHAIR,
    }
    assert escalated["chair"]["subject"] == (
        f"[BẢN THỬ] [TĐKT Điềm He] Kính báo cáo: {ref} chậm 14 ngày so với thời hạn "
        "thẩm định, xét và quyết định"
    )
    assert done(office.tdkt("show", ref, "--json")).json["overdue"]
    assert office.faults() == ()
