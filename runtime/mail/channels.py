"""The interface of a channel: it sends one frozen mail, or raises why it could not.

The channels are `runtime.mail.smtp` and `runtime.mail.apprise`, loaded only where a mail is to be sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from workflow.notices.delivery import Trouble


@dataclass(frozen=True, slots=True)
class Mail:
    """A message as every try sends it. `made_at` is the date that it bears, at whichever try it goes."""

    id: str
    office: str
    address: str
    subject: str
    body: str
    made_at: datetime


class Undelivered(Exception):
    """A mail could not be sent, for the kind of `trouble`; `said` is the server's answer, without secrets."""

    def __init__(self, trouble: Trouble, said: str) -> None:
        super().__init__(said)
        self.trouble: Trouble = trouble
        self.said = said


class Channel(Protocol):
    """One way to send a mail; it waits for no answer longer than its settings allow."""

    def send(self, mail: Mail) -> str:
        """Hands the mail over; answers with what the server said. Raises Undelivered."""
        ...
