"""How accounts stand to a session of the council: who keeps its minutes, presides, counts, sits in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from workflow.model.office import COUNCIL_MEMBER
from workflow.model.roles import COMMON, Holding, Relation, Standing
from workflow.model.sessions import CouncilSession


def _seated(standing: Standing) -> tuple[str, ...]:
    """The council's members of its day."""
    session, office = CouncilSession.of(standing.item), standing.office
    return session.members or office.seated(session.day or standing.today)


def _secretary(standing: Standing) -> tuple[Holding, ...]:
    """The council's secretary, or whoever keeps this session's minutes."""
    own = CouncilSession.of(standing.item).secretary
    held = standing.office.holding("secretary")
    return (Holding("secretary", held if own is None or own in held else (own, *held)),)


def _in_own_role(standing: Standing, accounts: Iterable[str]) -> tuple[Holding, ...]:
    found = (account for id in accounts if (account := standing.office.account(id)))
    return tuple(Holding(account.roles[0], (account.id,)) for account in found if account.roles)


def _recorder(standing: Standing) -> tuple[Holding, ...]:
    """Whoever writes down counts: the secretary, for a line of theirs a teller or the standing member."""
    tellers = _in_own_role(standing, CouncilSession.of(standing.item).tellers)
    member = Holding("standing_member", standing.office.holding("standing_member"))
    return (*_secretary(standing), *tellers, member)


def _presiding(standing: Standing) -> tuple[Holding, ...]:
    """Whoever presides, or presided over a part; before that the chair and the vice chairs."""
    session, office = CouncilSession.of(standing.item), standing.office
    own = session.who_presided or ((session.presiding,) if session.presiding else ())
    chairs = (Holding("chair", office.holding("chair")), Holding("vice_chair", office.holding("vice_chair")))
    return _in_own_role(standing, own) or chairs


def _checker(standing: Standing) -> tuple[Holding, ...]:
    """Whoever may hold the board's sheet against what was entered; not the person who entered it."""
    officers = Holding("officer", standing.office.holding("officer"))
    return (*_recorder(standing), *_presiding(standing), officers)


def _concluder(standing: Standing) -> tuple[Holding, ...]:
    """Whoever presides concludes, and the secretary writes it down."""
    return (*_presiding(standing), *_secretary(standing))


def _chairs(standing: Standing) -> tuple[Holding, ...]:
    office = standing.office
    return (Holding("chair", office.holding("chair")), Holding("vice_chair", office.holding("vice_chair")))


def _members(standing: Standing) -> tuple[Holding, ...]:
    return (Holding(COUNCIL_MEMBER, _seated(standing)),)


def _member_or_secretary(standing: Standing) -> tuple[Holding, ...]:
    return (*_members(standing), *_secretary(standing))


def _asked_in_writing(standing: Standing) -> tuple[Holding, ...]:
    """The absent members whose answer has not come back."""
    written = CouncilSession.of(standing.item).written
    return (Holding(COUNCIL_MEMBER, tuple(each.member for each in written if not each.returned)),)


def _to_answer(standing: Standing) -> tuple[Holding, ...]:
    """Of the members who are invited those who have not answered; then whoever opens the meeting."""
    session = CouncilSession.of(standing.item)
    answered = {reply.member for reply in session.replies}
    silent = tuple(id for id in _seated(standing) if id not in answered)
    return (Holding(COUNCIL_MEMBER, silent), *_secretary(standing))


def _minutes_signers(standing: Standing) -> tuple[Holding, ...]:
    return (*_presiding(standing), *_secretary(standing))


RELATIONS: Mapping[str, Relation] = MappingProxyType(
    {
        **COMMON,
        "session_secretary": Relation(_secretary, ("secretary",)),
        "vote_counter": Relation(_recorder, ("secretary", "council_member", "standing_member")),
        "count_checker": Relation(_checker, ("secretary", "council_member", "standing_member", "officer")),
        "presiding": Relation(_presiding, ("chair", "vice_chair")),
        "concluder": Relation(_concluder, ("chair", "vice_chair", "secretary")),
        "chairs": Relation(_chairs, ("chair", "vice_chair")),
        "members": Relation(_members, (COUNCIL_MEMBER,)),
        "member_or_secretary": Relation(_member_or_secretary, (COUNCIL_MEMBER, "secretary")),
        "asked_in_writing": Relation(_asked_in_writing, (COUNCIL_MEMBER,)),
        "to_answer": Relation(_to_answer, (COUNCIL_MEMBER, "secretary")),
        "minutes_signers": Relation(_minutes_signers, ("chair", "vice_chair", "secretary")),
    }
)
