"""Messages that are being sent: each in a thread of its own, so that a slow answer holds up no other message.

Knows neither office nor database; what came of each is recorded by `runtime.serve.dispatch`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass

from storage.outbox import LeasedMessage


@dataclass(frozen=True, slots=True)
class Conversation:
    """One message under way to a server, whose `answer` is awaited."""

    office: str
    channel: str
    leased: LeasedMessage
    answer: Future[str]


class Conversations:
    """All that are under way; lives as long as its dispatcher, from pass to pass."""

    def __init__(self) -> None:
        self._open: list[Conversation] = []

    @property
    def offices(self) -> frozenset[str]:
        return frozenset(each.office for each in self._open)

    def of(self, office: str) -> list[Conversation]:
        return [each for each in self._open if each.office == office]

    def begin(self, office: str, channel: str, leased: LeasedMessage, send: Callable[[], str]) -> None:
        answer: Future[str] = Future()

        def converse() -> None:
            try:
                answer.set_result(send())
            except BaseException as error:  # raised where the answer is read
                answer.set_exception(error)

        # A daemon: a server that does not answer must not hold up the end of the process.
        threading.Thread(target=converse, name=f"send-{leased.id[:8]}", daemon=True).start()
        self._open.append(Conversation(office, channel, leased, answer))

    def take_ended(self, office: str, *, patience: float | None) -> list[Conversation]:
        """The office's that have ended, each given once; waits for one, at most `patience` seconds."""
        own = self.of(office)
        if own:
            wait([each.answer for each in own], timeout=patience, return_when=FIRST_COMPLETED)
        ended = [each for each in own if each.answer.done()]
        self._open = [each for each in self._open if each not in ended]
        return ended
