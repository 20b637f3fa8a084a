"""A dossier's way as people type it after `tdkt`: from a body's draft to its end, by its path.

Every day named is the one given, so that a test says on which day its dossier moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from tests.people import (
    CHAIR,
    FOURTH_MEMBER,
    MEMBER,
    OFFICER,
    RECORDS_CLERK,
    SECOND_MEMBER,
    SECRETARY,
    STANDING_MEMBER,
    VILLAGE,
)
from tests.workflow.shipped import rules

Typed = tuple[str, ...]
"""One command."""
STAGES = ("drafted", "submitted", "complete", "appraised", "reviewed", "approved", "awarded")
"""How far a dossier comes; `complete` lies within the state `submitted`."""

VOTES: Mapping[str, tuple[int, ...]] = MappingProxyType({"gk": ()})
"""A vote on commendations of the chair of which none is voted down."""
NO_VOTE: Mapping[str, tuple[int, ...]] = MappingProxyType({})
FUNDS = "funds_by=ke-toan"
"""Who confirmed the money, as the papers of a decision say."""


def given(*pairs: str) -> Typed:
    """Inputs as options."""
    return tuple(word for pair in pairs for word in ("--set", pair))


def annulment(ref: str, new: str, *, number: str, on: str, lines: str | None = None) -> Iterator[Typed]:
    """The commands by which the decision `new` annuls the decision `ref`, or lines of it, all on one day."""
    found = ("--conclusion", "05/KL-UBND", "--conclusion-date", on, "--received", on)
    some = ("--lines", lines) if lines else ()
    said = ("decision", "revoke", ref, *some, "--ground", "a", *found, "--reason", "Kê khai sai")
    yield (*said, "--as", OFFICER)
    full = ("advance", new, "complete_file", *given(f"told_on={on}", f"full_on={on}"))
    yield (*full, "--as", OFFICER)
    to_trinh = ("decision", "submit", new, "--paper", "19/TTr-VHXH", "--paper-date", on)
    yield (*to_trinh, "--as", OFFICER)
    yield ("decision", "sign", new, "--on", on, "--way", "paper", "--as", RECORDS_CLERK)
    yield ("decision", "issue", new, "--number", number, "--date", on, "--as", RECORDS_CLERK, "--yes")


def way(
    to: str,
    *,
    ref: str = "D0001",
    since: str = "drafted",
    on: str = "05/01/2026",
    lines: tuple[int, ...] = (1,),
    votes: Mapping[str, tuple[int, ...]] = VOTES,
    session: str = "S01",
    posted: tuple[str, str] | None = None,
    body: str = VILLAGE,
    decision: str = "112/QĐ-UBND",
) -> Iterator[Typed]:
    """The commands that bring it from one stage to another. `votes` are those of the council's `session`,
    each title with the lines that are voted down; without any it goes by the simplified procedure, in fewer
    steps. `posted` are the days of a village's list, `decision` is the number of what awards them."""
    opinion = () if votes else given("opinion=Đồng ý")
    down = {title: tuple(f"{ref}/{no}" for no in lines) for title, lines in votes.items()}
    steps: dict[str, list[Typed]] = {
        "submitted": [("advance", ref, "submit", "--as", body, "--yes")],
        "complete": [_accept(ref, on, posted)],
        "appraised": [
            ("dossier", "appraise", *(f"{ref}/{no}" for no in lines), "--verdict", "met", "--as", OFFICER),
            ("advance", ref, "confirm", *opinion, "--as", STANDING_MEMBER),
        ],
        "reviewed": [*reviewed(session, on, [ref], down)],
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
        if votes or stage != "reviewed":
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


def reviewed(
    session: str,
    on: str,
    dossiers: Sequence[str],
    down: Mapping[str, tuple[str, ...]],
    *,
    recused: bool = False,
) -> Iterator[Typed]:
    """A session of the council on the day, from its agenda to its minutes. It votes on the titles, each with
    the lines that are voted down; all nine members are in favour of the others, where `recused` all but those
    who stand in them."""
    yield from in_session(session, on, *dossiers)
    if recused:
        yield ("council", "recuse", session, "--proposed", "--yes", "--as", SECRETARY)
    secret = {title.id for title in rules().titles if title.vote and title.vote.secret}
    if secret & down.keys():
        yield ("council", "board", session, MEMBER, SECOND_MEMBER, FOURTH_MEMBER, "--as", SECRETARY)
    for title, lines in down.items():
        counts = [word for line in lines for word in ("--line", f"{line}:for=3,against=6")]
        vote = ("council", "vote", session, title, "--at", "08:30")
        if title not in secret:
            yield (*vote, "--all-for", *counts, "--as", SECRETARY)
            continue
        yield (*vote, "--as", SECRETARY)
        yield ("council", "count", session, title, "--all-for", *counts, "--as", SECRETARY)
        yield ("council", "check", session, title, "--as", OFFICER)
    yield ("council", "conclude", session, "--all", "--yes", "--as", SECRETARY)
    yield ("council", "close", session, "--at", "10:00", "--as", SECRETARY)
    yield ("council", "minutes", session, "--paper", f"{session[1:]}/BB-HĐTĐKT", "--yes", "--as", SECRETARY)


def in_session(session: str, on: str, *dossiers: str) -> Iterator[Typed]:
    """The session with its agenda until it is opened, all members there."""
    when = ("--date", on, "--at", "08:00", "--place", "Phòng họp")
    yield ("council", "new", *when, "--as", SECRETARY)
    yield ("council", "agenda", session, *dossiers, "--as", SECRETARY)
    paper = ("--paper", f"{session[1:]}/GM-HĐTĐKT", "--paper-date", on)
    yield ("council", "call", session, *paper, "--yes", "--as", SECRETARY)
    yield ("council", "open", session, "--as", SECRETARY)


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
