"""One request at its place of work: the office opened anew on the thread's connections, who is signed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from runtime.acts.acting import Acting
from runtime.office.connections import Connections
from runtime.office.kept import OfficeCache
from runtime.office.looking import Looking
from runtime.office.settings import Options
from runtime.office.words import Words
from runtime.views.command_places import CommandKnown
from web.gates import Gate, Signed
from web.held import HeldFiles
from web.jobs import Jobs
from web.replies import Asked, Sent
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.rights import role_for
from workflow.model.sight import Part, is_narrow, parts_of

if TYPE_CHECKING:
    from web.certificates import Certificates
    from web.issuer import Issuer


class NotForYou(UsageMistake):
    """This page is not for {chuc_vu}; choose another position, or ask the office's administrator."""

    code = "not_for_you"


class NoFile(UsageMistake):
    """No file was chosen; choose one, then send it."""

    code = "no_file_chosen"


@dataclass(frozen=True, slots=True)
class Console:
    """What all requests share. `secure`: the browser reaches it by https, so cookies go by that alone;
    `hosts` are the names, with their ports, by which it may be reached: a foreign name that leads here is the
    attack called DNS rebinding. None behind a proxy, which answers for that. `certificates` are those of an
    office's LAN, `issuer` vouches for people. `commands` are those of the command line."""

    options: Options
    environment: Mapping[str, str]
    gate: Gate
    port: int
    secure: bool = False
    hosts: frozenset[str] | None = None
    certificates: Certificates | None = None
    issuer: Issuer | None = None
    kept: OfficeCache = field(default_factory=OfficeCache)
    jobs: Jobs = field(default_factory=Jobs)
    commands: Callable[[], Sequence[CommandKnown]] = tuple
    held: HeldFiles = field(default_factory=HeldFiles)

    def connect(self) -> Connections:
        return Connections(self.options, self.environment, self.kept)

    @property
    def cookie(self) -> str:
        """Cookies ignore ports: two consoles on one machine have a name each."""
        return f"__Host-tdkt-{self.port}" if self.secure else f"tdkt-{self.port}"

    @property
    def issuer_cookie(self) -> str:
        """The cookie that binds the issuer's answer to the window that asked."""
        return f"{self.cookie}-sso"

    @property
    def said(self) -> str:
        """The cookie in which what an act came to is told to the page after it."""
        return f"{self.cookie}-said"


class Desk:
    """`signed` is None where nobody is. `looking` and `acting` are opened where they are asked for."""

    def __init__(
        self, console: Console, connections: Connections, asked: Asked, signed: Signed | None
    ) -> None:
        self.console = console
        self.connections = connections
        self.asked = asked
        self.signed = signed

    @property
    def options(self) -> Options:
        """The console's, with who acts; the form's key makes a repeated form harmless."""
        account = self.signed.account if self.signed else None
        login = self.signed.login if self.signed else None
        return self.console.options._replace(actor=account, login=login, kept=self.console.kept, console=True)

    @cached_property
    def environment(self) -> Mapping[str, str]:
        """The console's, with the reader's language; nobody acts who did not sign in."""
        chosen = self.signed.language if self.signed else None
        here = {name: value for name, value in self.console.environment.items() if name != "TDKT_ACTOR"}
        return {**here, "TDKT_LANG": chosen} if chosen else here

    @cached_property
    def looking(self) -> Looking:
        return self._looking(self.options)

    def _looking(self, options: Options) -> Looking:
        reading, still = self.connections.reading, self.asked.method == "GET"
        return Looking(options, self.environment, reading=reading, still=still)

    def looking_at(self, year: int | None) -> Looking:
        """The same office in another year; without one as `looking`."""
        if year is None:
            return self.looking
        return self._looking(self.options._replace(year=year))

    @cached_property
    def acting(self) -> Acting:
        database, kept = self.connections.database, self.console.kept
        return Acting(self.options, self.environment, database=database, kept=kept)

    def acting_by(self, key: str) -> Acting:
        """The same under the form's key: what is sent twice is done once."""
        options = self.options._replace(key=key or None, said=self.asked.path)
        database, kept = self.connections.database, self.console.kept
        return Acting(options, self.environment, database=database, kept=kept)

    def done_before(self, acting: Acting) -> bool:
        """Whether the form of the key was carried out already; asked first, for what it did has changed what
        it would look at."""
        try:
            acting.check_key()
        except TdktError as error:
            if error.code != "done_before":
                raise
            return True
        return False

    def sent_file(self) -> Sent:
        """The file of the form. Raises NoFile."""
        found = self.asked.files.get("file")
        if not found:
            raise NoFile()
        return found[0]

    @property
    def base(self) -> str:
        """What an address of the console begins with, as the browser reached it."""
        return f"{'https' if self.console.secure else 'http'}://{self.asked.host}"

    @property
    def words(self) -> Words:
        return self.looking.words

    @property
    def language(self) -> Literal["vi", "en"]:
        return "vi" if self.words.language == "vi" else "en"

    @cached_property
    def account(self) -> str | None:
        """The position that is acted from; None before one is chosen."""
        return self.signed.account if self.signed else None

    @cached_property
    def accounts(self) -> tuple[str, ...]:
        """The positions that may be chosen: all of the office's on a PC of one's own."""
        if self.signed is None:
            return ()
        known = tuple(account.id for account in self.looking.directory.accounts)
        return self.signed.accounts or known

    @cached_property
    def parts(self) -> frozenset[Part]:
        """The parts of the console that the position sees."""
        return parts_of(self.looking.directory, self.account)

    @property
    def narrow(self) -> bool:
        """Whether the position sees some of the office's items only."""
        return is_narrow(self.looking.directory, self.account)

    def may(self, event: str) -> bool:
        """Whether the position has the right to what concerns the whole office."""
        return self.account is not None and role_for(self.looking.directory, self.account, event) is not None

    def require(self, part: str) -> None:
        """Raises NotForYou where the position does not see the part."""
        if part not in self.parts:
            raise NotForYou(chuc_vu=self.looking.position(self.account) if self.account else "—")
