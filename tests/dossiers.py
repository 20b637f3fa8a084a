"""A dossier's way as people type it after `tdkt`: from a body's draft to its end, by its path.

Every day named is the one given, so that a test says on which day its dossier moves.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VILLAGE

Typed = tuple[str, ...]
"""One command."""
COUNTS = ("--for", "9", "--against", "0", "--invalid", "0")
"""An open vote in which all nine members of the council are in favour."""
STAGES = ("drafted", "submitted", "complete", "appraised", "reviewed", "approved", "awarded")
"""How far a dossier comes; `complete` lies within the state `submitted`."""

FUNDS = "funds_by=ke-toan"
"""Who confirmed the money, as the papers of a decision say."""


def given(*pairs: str) -> Typed:
    """Inputs as options."""
    return tuple(word for pair in pairs for word in ("--set", pair))


def way(
    to: str,
    *,
    ref: str = "D0001",
    since: str = "drafted",
    on: str = "05/01/2026",
    lines: tuple[int, ...] = (1,),
    failed: tuple[int, ...] = (),
    vote: bool = True,
    posted: tuple[str, str] | None = None,
    body: str = VILLAGE,
    decision: str = "112/QĐ-UBND",
) -> Iterator[Typed]:
    """The commands that bring it from one stage to another; without a `vote` the appraisal reviews it. Of the
    lines those that `failed` are voted down; `posted` are the days of a village's list, `decision` is the
    number of what awards them."""
    steps: dict[str, list[Typed]] = {
        "submitted": [("advance", ref, "submit", "--as", body, "--yes")],
        "complete": [_accept(ref, on, posted)],
        "appraised": [
            ("dossier", "appraise", *(f"{ref}/{no}" for no in lines), "--verdict", "met", "--as", OFFICER),
            ("advance", ref, "confirm", "--as", STANDING_MEMBER),
        ],
        "reviewed": [
            *(_result(ref, no, passed=no not in failed) for no in lines),
            ("advance", ref, "review", "--as", SECRETARY),
        ],
        "approved": [
            (
                *("advance", ref, "approve"),
                *given("paper_number=07/TTr-HĐTĐKT", f"paper_date={on}"),
                *("--as", CHAIR),
            )
        ],
        "awarded": [
            (
                *(
                    "advance",
                    ref,
                    "award",
                    *given(f"decision_number={decision}", f"decision_date={on}", FUNDS),
                ),
                *(*given(f"signer={CHAIR}"), "--as", OFFICER),
            )
        ],
    }
    for stage in STAGES[STAGES.index(since) + 1 : STAGES.index(to) + 1]:
        if vote or stage != "reviewed":
            yield from steps[stage]


def _accept(ref: str, on: str, posted: tuple[str, str] | None) -> Typed:
    days = ("--posted-from", posted[0], "--posted-until", posted[1]) if posted else ()
    return (
        "dossier",
        "accept",
        ref,
        "--complete-on",
        on,
        "--original",
        "seen",
        "--all-seen",
        *days,
        "--as",
        OFFICER,
    )


def _result(ref: str, no: int, *, passed: bool) -> Typed:
    counts = COUNTS if passed else ("--for", "3", "--against", "6", "--invalid", "0")
    return ("dossier", "result", f"{ref}/{no}", *counts, "--as", SECRETARY)


def for_the_province(ref: str, *, on: str = "05/01/2026", body: str = "truong-hoc") -> Iterator[Typed]:
    """An appraised dossier of one line, of a title on which the council votes by slips."""
    what = ("--task", "T11", "--from", body, "--title", "bkt", "--type", "cong_trang")
    yield ("dossier", "new", *what, "--period", "2025-2026", "--as", body)
    yield ("dossier", "add", ref, "--kind", "person", "--name", f"Người {ref}", "--as", body)
    yield ("advance", ref, "submit", "--as", body, "--yes")
    seen = ("--complete-on", on, "--original", "seen", "--all-seen", "--declared", "clean")
    yield ("dossier", "accept", ref, *seen, "--as", OFFICER, "--yes")
    why = ("--verdict", "exception", "--reason", "Đã kiểm tra")
    yield ("dossier", "appraise", f"{ref}/1", *why, "--as", OFFICER, "--yes")
    yield ("advance", ref, "confirm", "--as", STANDING_MEMBER, "--yes")
