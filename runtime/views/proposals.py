"""The definitions that wait for agreement, with who proposed them and who may agree."""

from __future__ import annotations

from typing import NamedTuple

from runtime.office.looking import Looking
from storage.values import ProposalRecord
from workflow.model.rights import agreeing, agrees_for


class ProposalShown(NamedTuple):
    """A proposal, and the accounts of other people that may agree to it."""

    record: ProposalRecord
    who_can: tuple[str, ...]


def proposals_of(looking: Looking) -> tuple[ProposalShown, ...]:
    return tuple(
        ProposalShown(record, agreeing(looking.directory, record.proposed_by))
        for record in looking.reading.proposals(looking.office)
    )


def asked_of(looking: Looking, shown: ProposalShown, account: str) -> str | None:
    """In whose name the account may agree today; None where it may not."""
    return agrees_for(
        looking.directory,
        account,
        proposer=shown.record.proposed_by,
        substitutions=looking.substitutions,
        day=looking.today,
    )
