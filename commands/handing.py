"""What came of claiming an item or passing it on, in words and as data: for `claim` and `delegate`."""

from __future__ import annotations

import click

from commands.reasons import acting_for_text, refuse
from commands.session import Session, print_json
from workflow.engine import claiming
from workflow.engine.claiming import Handover
from workflow.model.decision import Refused
from workflow.model.wording import position


def report_handed(session: Session, ref: str, answer: Handover | Refused) -> None:
    """Prints it; a refusal ends with its exit code."""
    shown = session.acting.key(ref).ref
    if isinstance(answer, Refused):
        refuse(session, answer, what=shown)
    if session.json:
        print_json(_json(answer))
        return
    given_back = answer.entry.event == claiming.TAKE_BACK
    click.echo(_said(session, answer) + ("" if given_back else _acts_for(session, answer)))


def _acts_for(session: Session, handed: Handover) -> str:
    return acting_for_text(session, handed.entry.acting_for)


def _json(handed: Handover) -> dict[str, object]:
    """`done` is false where all stood so already."""
    item = handed.item
    return {
        "ref": item.key.ref,
        "event": handed.entry.event,
        "done": not handed.unchanged,
        "claimed_by": item.claimed_by,
        "delegated_by": item.delegated_by,
        "acting_for": handed.entry.acting_for,
        "told": [reader.account for reader in handed.to],
    }


def _said(session: Session, handed: Handover) -> str:
    words, item, entry = session.words, handed.item, handed.entry

    def label(account: str | None) -> str:
        found = session.acting.directory.account(account or "")
        return position(words.of(found.label)) if found else str(account)

    ref = item.key.ref
    if entry.event == claiming.DELEGATE:
        name, giver = label(item.claimed_by), label(item.delegated_by)
        return words("message.delegation_stored", ref=ref, nguoi=name, ten=giver)
    if entry.event == claiming.TAKE_BACK:
        return words("message.delegation_ended", ref=ref, nguoi=label(handed.taker), ten=label(handed.giver))
    if entry.event == claiming.RELEASE:
        return words("message.claim_released", ref=ref, nguoi=label(handed.taker))
    key = "message.claim_kept" if handed.unchanged else "message.claim_stored"
    return words(key, ref=ref, nguoi=label(item.claimed_by))
