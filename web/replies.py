"""What a page's function asks and answers with, as values: no framework here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from web.desk import Desk


class Sent(NamedTuple):
    """A file that came with a form."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: `place` are the parts of its path, `query` and `typed` its words, composed (NFC), with every
    value of a name in their order. `token` is what the cookie holds, `address` whence it comes, from
    which `browser`, `host` the name and port that it was sent to; `issuer_state` binds an issuer's answer."""

    method: Literal["GET", "POST"]
    path: str
    place: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Sequence[Sent]] = field(default_factory=dict)
    token: str | None = None
    said: Sequence[str] = ()
    address: str = ""
    browser: str = ""
    host: str = ""
    issuer_state: str = ""

    def words(self, name: str) -> str:
        """What was typed by that name, with its blanks: of passwords."""
        found = self.typed.get(name) or ("",)
        return found[-1]

    def one(self, name: str, otherwise: str = "") -> str:
        """The last word that was typed or asked by that name, without blanks around it."""
        found = self.typed.get(name) or self.query.get(name) or (otherwise,)
        return found[-1].strip()

    def all(self, name: str) -> tuple[str, ...]:
        found = self.typed.get(name) or self.query.get(name) or ()
        return tuple(word for word in found if word.strip())


class Shown(NamedTuple):
    """A page of the template of that name, beside the module of the same name; `token` as of a Redirect."""

    template: str
    values: Mapping[str, Any]
    status: int = 200
    token: str | None = None


class Redirect(NamedTuple):
    """Another page, after something was done; `said` stands on it once. `token` becomes the cookie, an empty
    one takes it away."""

    to: str
    said: Sequence[str] = ()
    token: str | None = None


class ToIssuer(NamedTuple):
    """The issuer's page, outside of the console; the browser keeps the `state` that the answer must bear."""

    to: str
    state: str


class Download(NamedTuple):
    """A file with its name; shown within the browser only where it is `inline`: a PDF that was made here."""

    name: str
    kind: str
    content: bytes
    inline: bool = False


class Data(NamedTuple):
    """What the console's own script asks for."""

    value: Any


Reply = Shown | Redirect | ToIssuer | Download | Data


class Page(NamedTuple):
    """A way into the console: what answers, and which part of the menu it belongs to (`web.menu`), None for
    what is open to everybody who is signed in. `free` ones are open without that. `acts`: it may write."""

    method: Literal["GET", "POST"]
    path: str
    do: Callable[[Desk], Reply]
    part: str | None = None
    free: bool = False
    acts: bool = False
