"""What a channel is to the dispatcher: something that takes a frozen mail, or says why it does not.

The adapters are `runtime.mail.smtp` and `runtime.mail.apprise`; they are loaded only where a mail is to be
sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from workflow.notices.delivery import Trouble


@dataclass(frozen=True, slots=True)
class Mail:
    """A message as every try sends it. `made_at` is its date, whenever it goes."""

    id: str
    office: str
    address: str
    subject: str
    body: str
    made_at: datetime


class Undelivered(Exception):
    """A mail did not go: `trouble` says of what kind, `said` what the server answered, without secrets."""

    def __init__(self, trouble: Trouble, said: str) -> None:
        super().__init__(said)
        self.trouble: Trouble = trouble
        self.said = said


class Channel(Protocol):
    """One way out of the office. Waits no longer than its settings allow."""

    def send(self, mail: Mail) -> str:
        """Hands the mail over; answers with what the server said. Raises Undelivered."""
        ...
