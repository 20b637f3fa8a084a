"""A console made ready: at which address it is served, over which wire, and who may come in."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.office.settings import Options, certificates_directory
from runtime.serve.ports import listening
from runtime.views.logins import login_needed, logins_shown
from web.certificates import Certificates, certificates_of
from web.desk import Console
from web.gates import Gate, LoginGate, OwnDesk
from web.hosts import served_names
from web.issuer import Issuer
from workflow.model.errors import UsageMistake

PORT = 8010
LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"  # the LAN is what is served, by its name


class NoPasswordsYet(UsageMistake):
    """Nobody can sign in yet; invite somebody first: {lenh}."""

    code = "no_passwords_yet"


class Ready(NamedTuple):
    """A console before it serves: `address` is its first page, with a link that is good once on a PC of one's
    own; `renew` makes its certificate anew where it ends soon."""

    console: Console
    listener: socket.socket
    address: str
    proxy: str | None = None
    renew: Callable[[], Certificates] | None = None

    @property
    def certificates(self) -> Certificates | None:
        return self.console.certificates


def own_desk(
    looking: Looking, options: Options, environment: Mapping[str, str], *, port: int | None
) -> Ready:
    """On this PC alone: by a link that is good once, or by password where people have one. Raises
    PortUnusable."""
    listener, at = _listener(LOOPBACK, port)
    hosts = frozenset({f"{LOOPBACK}:{at}", f"localhost:{at}"})
    base = f"http://{LOOPBACK}:{at}"
    if login_needed(looking):
        console = Console(options, environment, LoginGate(), at, hosts=hosts, issuer=Issuer.of(environment))
        return Ready(console, listener, f"{base}/")
    gate = OwnDesk(options.actor or looking.row.actor)
    console = Console(options, environment, gate, at, hosts=hosts)
    return Ready(console, listener, f"{base}/enter/{gate.link()}")


def lan(
    looking: Looking,
    options: Options,
    environment: Mapping[str, str],
    name: str,
    *,
    port: int | None,
    insecure: bool,
) -> Ready:
    """For the office's other PCs under this name: over https by the office's own authority; `insecure` over
    plain http. Raises NoPasswordsYet, PortUnusable, and what names and certificates do."""
    _require_passwords(looking)
    names = served_names(name)
    folder = Path(certificates_directory(options, environment))
    renew = None if insecure else partial(_certificates, folder, names, looking.row.title)
    made = renew() if renew else None
    listener, at = _listener(EVERYWHERE, port)
    gate: Gate = LoginGate()
    hosts = frozenset(f"{_in_address(each)}:{at}".lower() for each in (*names, LOOPBACK, "localhost"))
    console = Console(
        options,
        environment,
        gate,
        at,
        secure=not insecure,
        hosts=hosts,
        certificates=made,
        issuer=Issuer.of(environment),
    )
    return Ready(console, listener, f"{'http' if insecure else 'https'}://{name}:{at}/", renew=renew)


def _certificates(folder: Path, names: Sequence[str], office: str) -> Certificates:
    """By the real clock: certificates are for browsers, whatever time a sandbox has."""
    return certificates_of(folder, names, office=office, now=datetime.now(UTC))


def behind_proxy(
    looking: Looking, options: Options, environment: Mapping[str, str], *, port: int | None
) -> Ready:
    """On loopback for a server before it, which speaks https, passes the Host on and says whence requests
    come. Raises NoPasswordsYet, PortUnusable."""
    _require_passwords(looking)
    listener, at = _listener(LOOPBACK, port)
    console = Console(options, environment, LoginGate(), at, secure=True, issuer=Issuer.of(environment))
    return Ready(console, listener, f"http://{LOOPBACK}:{at}/", proxy=LOOPBACK)


def _listener(host: str, port: int | None) -> tuple[socket.socket, int]:
    made = listening(host, PORT if port is None else port, option="--port")
    return made, int(made.getsockname()[1])


def _in_address(name: str) -> str:
    return f"[{name}]" if ":" in name else name


def _require_passwords(looking: Looking) -> None:
    if login_needed(looking) or logins_shown(looking).invitations:
        return
    able = next((each.id for each in looking.directory.accounts if "administrator" in each.roles), "ACCOUNT")
    raise NoPasswordsYet(lenh=f'tdkt office invite {able} --name "<{looking.words("web.entering.name")}>"')
