"""The minutes of counting the slips of one group (biên bản kiểm phiếu)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.bb_hop import VoteRow, vote_row
from runtime.views.papers.facts import NOBODY, Facts, Signature, day_text, hour_text
from runtime.views.papers.heads import head, name_on, positions_of, written_out
from runtime.views.papers.lines import lines_of, title_text
from runtime.views.papers.parts import Given, Part, again
from runtime.views.veiled import session_seen
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession, Slips

KIND = "bb_kiem_phieu"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountPaper(Facts):
    """Counts are as they are printed; `written_asked` and `written_returned` of members asked in writing.
    All of the `board` sign, and `chair` who presided."""

    hour: str
    meeting_day: str
    place: str
    group: str
    title: str
    board: tuple[Signature, ...]
    members: str
    in_room: str
    absent: str
    issued: str
    collected: str
    written_asked: str
    written_returned: str
    rows: tuple[VoteRow, ...]
    chair: Signature

    @property
    def in_writing(self) -> bool:
        return self.written_asked != "0"

    def held(self) -> Held:
        rows = tuple(
            (row.name, row.valid, row.invalid, row.in_favour, row.share, row.against, row.result)
            for row in self.rows
        )
        said = (self.title, self.issued, self.collected, *(each.name for each in self.board))
        texts = (*Facts.held(self).texts, *filter(None, said))
        return Held(texts, rows, tuple(row.name for row in self.rows))

    def persons(self) -> tuple[str, ...]:
        return (*(each.name for each in (*self.board, self.chair)), *(row.name for row in self.rows))


def parts(looking: Looking, item: Item, _given: Given) -> Iterator[Part]:
    """One for each group of slips that was counted."""
    session = session_seen(looking, item)
    day = session.held_on or session.planned_on
    lines = lines_of(looking, item.key.year)
    voided = {ballot.no for ballot in session.ballots if ballot.voided}
    for slips in session.slips:
        if (
            day is None
            or slips.ballot in voided
            or not all(line.counted for line in session.on_slip(slips.id))
        ):
            continue
        facts = CountPaper(
            **head(looking, KIND, NOBODY, on=day),
            **_counted(looking, session, slips),
            board=tuple(
                Signature((role,), name_on(looking, id, day) or positions_of(looking, id))
                for role, id in zip(("TRƯỞNG TỔ", "ỦY VIÊN", "ỦY VIÊN"), slips.board, strict=False)
            ),
            title=title_text(
                looking, lines.dossier(session.on_slip(slips.id)[0].dossier), _title(session, slips)
            ),
            rows=tuple(
                vote_row(no, line, lines(line.dossier, line.line))
                for no, line in enumerate(session.on_slip(slips.id), 1)
            ),
            chair=Signature(("CHỦ TRÌ",), name_on(looking, session.presiding, day)),
        )
        yield Part(again(looking, item, "minute", slips.id), facts, item.state == "minuted", day)


def _title(session: CouncilSession, slips: Slips) -> str:
    return session.on_slip(slips.id)[0].title


def _counted(looking: Looking, session: CouncilSession, slips: Slips) -> Any:
    first = session.on_slip(slips.id)[0]
    ballot = next(each for each in session.ballots if each.no == slips.ballot)
    here, all_ = len(ballot.in_room), len(session.members)
    return {
        "hour": hour_text(ballot.at),
        "meeting_day": day_text(session.held_on or session.planned_on),
        "place": written_out(session.place or ""),
        "group": slips.id,
        "members": f"{all_:02}",
        "in_room": f"{here:02}",
        "absent": f"{all_ - here:02}",
        "issued": str(first.issued or 0),
        "collected": str(first.collected or 0),
        "written_asked": str(first.written_asked or 0),
        "written_returned": str(first.written_returned or 0),
    }
