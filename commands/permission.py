"""Refusals of what concerns the whole office: told like an item's, and logged."""

from __future__ import annotations

import json

import click

from commands.failures import Exit
from commands.reasons import print_reasons, refused_json
from commands.session import REFUSED, Session
from workflow.decision import Refused
from workflow.rights import refusal, role_for
from workflow.wording import mid_sentence


def permitted(session: Session, event: str, *, what: str) -> str:
    """The role by which the acting account may; without one it says who can, logs it and exits with 1.

    `what` names in words what the event would be done to.
    """
    acting = session.acting
    role = role_for(acting.directory, acting.actor.account, event)
    if role is not None:
        return role
    reason, words = refusal(acting.directory, event), acting.words
    acting.record_refusal(event, reason)
    if session.json:
        said = refused_json(Refused(event, (reason,)), words)
        click.echo(json.dumps(said, ensure_ascii=False, indent=2), err=True)
    else:
        label = words.inside(words(f"event.{event}.label"))
        click.echo(words("message.refused_head", su_kien=label, ref=mid_sentence(what)), err=True)
        print_reasons((reason,), words, acting=acting)
    raise Exit(REFUSED)
