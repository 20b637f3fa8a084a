"""What an account must act on, nearest due first; everybody's, with who must act, without one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.expected import Owed, owed_by, proposed_lists
from runtime.views.items import against, progress_short, proposal_text, taken_text
from runtime.views.proposals import ProposalShown, asked_of, proposals_of
from runtime.views.steps import Step, agree_line, dossier_line, next_step
from storage.values import OwnedItem
from workflow.model.dossiers import Dossier
from workflow.model.expecting import proposes_list
from workflow.model.facts import Item, Key
from workflow.model.references import in_ranges
from workflow.model.roles import is_superior, proposers


class InboxRecord(NamedTuple):
    """What is to be done, for scripts; `proposal` is the event by which something waits for another's
    agreement. Of a dossier that a body owes `ref` is the task's, and `subject` tells it apart from the task
    itself; of a proposed definition it is the definition's kind, name and version. `next` is the command that
    leads on, to be typed once what stands between angle brackets is filled in."""

    ref: str
    year: int
    subject: str
    content: str
    state: str
    due: date | None
    derived: bool
    late: bool
    waiting: bool
    todo: str | None
    version: int
    owners: tuple[str, ...]
    proposed_until: date | None
    body: str | None
    acting_for: str | None = None
    taken_by: str | None = None
    claimed_by: str | None = None
    delegated_by: str | None = None
    proposal: str | None = None
    target: date | None = None
    next: str | None = None


class InboxLine(NamedTuple):
    """One thing to be done: its record, and in words its reference, how it stands or who must act, its date,
    how late it is, how the work came to the account or went from it; `step` is what leads the `item` on."""

    record: InboxRecord
    ref: str
    said: str
    due: str
    progress: str
    remark: str = ""
    step: Step | None = None
    item: Item | None = None


class Waiting(NamedTuple):
    """A thing to be done before it is put into words: where it stands in the list, and what it is."""

    on: date
    year: int
    ref: str
    what: OwnedItem | Owed | Asked

    @property
    def came_back(self) -> bool:
        """Whether it was given back to whoever must act."""
        return isinstance(self.what, OwnedItem) and self.what.state == "returned"


class Asked(NamedTuple):
    """A proposed definition with the name by which the account is asked; None for everybody's list."""

    shown: ProposalShown
    name: str | None


def inbox_of(looking: Looking, account: str | None) -> tuple[InboxLine, ...]:
    """The account's work, its decisions on what others propose, and what it owes for a body."""
    return in_words(looking, account, waiting_for(looking, account))


def waiting_for(
    looking: Looking, account: str | None, among: Sequence[OwnedItem] | None = None
) -> tuple[Waiting, ...]:
    """The same in its order and without words; `among` are `Reading.owned` where they are known."""
    owned = looking.reading.owned(*looking.span) if among is None else among
    proposed = looking.reading.items(each.key for each in owned if each.proposed) if account else {}
    found = [
        *(
            Waiting(each.target_on or each.due_on or date.max, each.key.year, each.key.ref, each)
            for each in owned
            if account is None
            or looking.work(each, account) is not None
            or (each.key in proposed and _asks(looking, proposed[each.key], account))
        ),
        *(
            Waiting(owed.due or date.max, owed.key.year, owed.key.ref, owed)
            for owed in owed_by(looking, account)
        ),
        *_proposals(looking, account),
    ]
    return tuple(sorted(found, key=lambda each: each[:3]))


def in_words(looking: Looking, account: str | None, waiting: Sequence[Waiting]) -> tuple[InboxLine, ...]:
    """The lines of what waits: all, or those of one page."""
    found = looking.reading.items(each.what.key for each in waiting if isinstance(each.what, OwnedItem))
    asking = _asking(looking, tuple(found.values()))

    def line(what: OwnedItem | Owed | Asked) -> InboxLine:
        if isinstance(what, Owed):
            return _owed_line(looking, what, account)
        if isinstance(what, Asked):
            return _proposal_line(looking, what.shown, account, what.name)
        return _item_line(looking, found[what.key], account, asking.get(what.key, ""))

    with looking.still():
        return tuple(line(each.what) for each in waiting)


def approved_together(looking: Looking, account: str | None, lines: Sequence[InboxLine]) -> str:
    """The command that approves all the dossiers that wait for the account's approval, to be narrowed to
    those of one tờ trình; empty where there are no two of them."""
    office = looking.directory
    waiting = [
        line.ref
        for line in lines
        if line.record.subject == "dossier"
        and line.record.state == "reviewed"
        and account in line.record.owners
        and all(is_superior(office, owner) for owner in line.record.owners)
    ]
    if len(waiting) < 2:
        return ""
    inputs = "--set paper_number=… --set paper_date=…"
    command = f"tdkt advance {' '.join(in_ranges(sorted(waiting)))} approve {inputs}"
    return looking.words("message.approve_together", lenh=command)


def _asking(looking: Looking, items: Sequence[Item]) -> Mapping[Key, str]:
    """Of movements for which nobody was asked yet: that somebody is to confirm whom they ask."""
    if not any(proposes_list(item, looking.kind(item)) for item in items):
        return {}
    return {
        proposed.task.key: looking.words("expect.to_confirm", n=len(proposed.bodies))
        for proposed in proposed_lists(looking)
    }


def _asks(looking: Looking, item: Item, account: str) -> bool:
    """Whether the account may agree to what is proposed for the item."""
    if looking.decides(item, account):
        return True
    office = looking.directory
    asked = office.people(proposers(item))
    return (
        item.proposed_until is not None
        and is_superior(office, account)
        and office.person(account) not in asked
    )


def _item_line(looking: Looking, item: Item, account: str | None, asking: str) -> InboxLine:
    work = looking.work(item, account) if account is not None else None
    record = InboxRecord(
        ref=item.key.ref,
        year=item.key.year,
        subject=item.subject,
        content=looking.content(item),
        state=item.state,
        due=item.due_on,
        derived=item.due_mark == "derived",
        late=looking.days_late(item) > 0,
        waiting=looking.waits(item),
        todo=looking.machine(item.digest).state(item.state).todo,
        version=item.version,
        owners=item.owners,
        proposed_until=item.proposed_until,
        body=item.details.body if isinstance(item.details, Dossier) else None,
        acting_for=work.acting_for if work else None,
        taken_by=work.taken_by if work else None,
        claimed_by=item.claimed_by,
        delegated_by=item.delegated_by,
        proposal=item.proposal.event if item.proposal else None,
        target=item.target_on,
        next=step.line if (step := next_step(looking, item, reader=account)) else None,
    )
    if account is None:
        said = "; ".join(looking.account(id) for id in item.owners)
    elif looking.decides(item, account):
        said = proposal_text(looking, item)
    elif work is not None:
        said = looking.state(item)
    else:
        said = looking.words("marker.extension_proposed", ngay=looking.day(item.proposed_until))
    remark = "; ".join(filter(None, (_remark(looking, item, account), asking)))
    due, stands = looking.day(item.due_on), progress_short(looking, item)
    return InboxLine(record, looking.ref(item.key), said, due, stands, remark, step, item)


def _remark(looking: Looking, item: Item, account: str | None) -> str:
    """How the work came to the account or went from it; without one, who does it in an owner's place."""
    if account is None:
        said = [taken_text(looking, doer.by, doer.how) for doer in looking.doers(item)]
        return "; ".join(filter(None, said))
    work = looking.work(item, account)
    if work is None:
        return ""
    said = [taken_text(looking, work.taken_by, work.how)]
    if work.acting_for is not None:
        said.insert(0, looking.words("marker.as_stand_in", chuc_vu_vang=looking.position(work.acting_for)))
    return "; ".join(filter(None, said))


def _owed_line(looking: Looking, owed: Owed, account: str | None) -> InboxLine:
    record = InboxRecord(
        ref=owed.key.ref,
        year=owed.key.year,
        subject="expectation",
        content=f"{looking.body(owed.body)}: {looking.content(owed.task)}",
        state=owed.status,
        due=owed.due,
        derived=owed.derived,
        late=owed.late > 0,
        waiting=False,
        todo=looking.words.speaking("vi")("expect.todo"),
        version=owed.task.version,
        owners=owed.speakers,
        proposed_until=None,
        body=owed.body,
        next=dossier_line(looking, owed.key, owed.body, owed.speakers, reader=account),
    )
    speakers = "; ".join(looking.account(id) for id in owed.speakers)
    return InboxLine(
        record,
        looking.ref(owed.key),
        said=looking.words("expect.todo") if account else speakers,
        due=looking.day(owed.due),
        progress=against(looking, owed.due, begun=True) if owed.due else "",
    )


def _proposals(looking: Looking, account: str | None) -> Iterator[Waiting]:
    """The definitions to which the account may agree."""
    for shown in proposals_of(looking):
        name = asked_of(looking, shown, account) if account else None
        if account is None or name is not None:
            year = looking.local(shown.record.proposed_at)[0].year
            yield Waiting(date.max, year, shown.record.title, Asked(shown, name))


def _proposal_line(
    looking: Looking, shown: ProposalShown, account: str | None, name: str | None
) -> InboxLine:
    words, proposal = looking.words, shown.record
    record = InboxRecord(
        ref=proposal.title,
        year=looking.local(proposal.proposed_at)[0].year,
        subject="definition",
        content=words("proposal.content", chuc_vu=looking.position(proposal.proposed_by)),
        state="proposed",
        due=None,
        derived=False,
        late=False,
        waiting=False,
        todo=words.speaking("vi")("proposal.todo"),
        version=proposal.version,
        owners=shown.who_can,
        proposed_until=None,
        body=None,
        acting_for=name if name != account else None,
        next=agree_line(looking, proposal.title, shown.who_can, reader=account),
    )
    said = words("proposal.waits") if account else "; ".join(looking.account(id) for id in shown.who_can)
    return InboxLine(record, proposal.title, said=said, due="", progress="")
