"""Signing in through an issuer that vouches for people (OpenID Connect, code flow with PKCE).

The libraries of the extra `sso` are loaded where an issuer is asked: a console without one needs none.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from workflow.model.errors import TdktError, UsageMistake

ISSUER, CLIENT, SECRET = "TDKT_OIDC_ISSUER", "TDKT_OIDC_CLIENT", "TDKT_OIDC_SECRET"
PATIENCE = 5.0
"""Seconds within which the issuer must answer."""
LASTING = 600.0
"""Seconds that somebody may take at the issuer."""
MOST = 500
"""People who are at the issuer at once; of more, the first are forgotten."""
ALGORITHMS = ("RS256", "PS256", "ES256")
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class IssuerNotUsable(TdktError):
    """{noi} does not vouch for anybody now: {ly_do}. Try again, or sign in with a password."""

    code = "issuer_not_usable"
    exit_code = 4


class IssuerNotSet(UsageMistake):
    """Set TDKT_OIDC_ISSUER to an https address and TDKT_OIDC_CLIENT to this console's name there."""

    code = "issuer_not_set"


class NotVouched(TdktError):
    """The issuer's answer does not belong to this window, or is too old; begin again at the sign-in page."""

    code = "not_vouched"


class Vouched(NamedTuple):
    """Whom the issuer vouches for; `invitation` is the secret of the one that is accepted by it, if any."""

    issuer: str
    subject: str
    invitation: str


class Asking(NamedTuple):
    """Somebody who is at the issuer: what the answer must fit."""

    verifier: str
    nonce: str
    back: str
    invitation: str
    until: float


class Issuer:
    """One issuer, asked from any thread. `address` is as its metadata call it."""

    def __init__(self, address: str, client: str, secret: str | None) -> None:
        parts = urlsplit(address)
        if not client or not (parts.scheme == "https" or parts.hostname in LOOPBACK):
            raise IssuerNotSet()
        self.address = address
        self.host = parts.hostname or address
        self._client = client
        self._secret = secret
        self._asking: dict[str, Asking] = {}
        self._lock = Lock()

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Issuer | None:
        """The one that the environment names; None where it names none. Raises IssuerNotSet."""
        address = environment.get(ISSUER)
        return cls(address, environment.get(CLIENT, ""), environment.get(SECRET)) if address else None

    def begin(self, back: str, invitation: str) -> tuple[str, str]:
        """Where the browser goes, and the state that its cookie keeps. `back` is where it comes back to."""
        asking = Asking(
            secrets.token_urlsafe(48), secrets.token_urlsafe(24), back, invitation, time.monotonic() + LASTING
        )
        with self._session(back) as session:
            place = self._metadata(session)["authorization_endpoint"]
            made = session.create_authorization_url(place, code_verifier=asking.verifier, nonce=asking.nonce)
        address, state = str(made[0]), str(made[1])
        with self._lock:
            self._asking[state] = asking
            while len(self._asking) > MOST:
                del self._asking[next(iter(self._asking))]
        return address, state

    def end(self, state: str, kept: str, code: str) -> Vouched:
        """Whom the answer is about: `state` is the answer's, `kept` the cookie's. Each counts once. Raises
        NotVouched, IssuerNotUsable."""
        with self._lock:
            asking = self._asking.pop(state, None)
        if asking is None or not secrets.compare_digest(state, kept) or time.monotonic() > asking.until:
            raise NotVouched()
        with self._session(asking.back) as session:
            metadata = self._metadata(session)
            token = session.fetch_token(
                metadata["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=asking.verifier,
            )
            keys = session.request("GET", metadata["jwks_uri"], withhold_token=True).json()
            subject = self._checked(token, keys, asking.nonce)
        return Vouched(self.address, subject, asking.invitation)

    def _checked(self, token: Mapping[str, Any], keys: Any, nonce: str) -> str:
        """The subject of the signed identity: of this issuer, for this client and asking, not too old."""
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.jwk import KeySet

        known = KeySet.import_key_set(keys)
        read = jwt.decode(str(token.get("id_token", "")), known, algorithms=[*ALGORITHMS])
        wanted = {
            "iss": {"essential": True, "value": self.address},
            "aud": {"essential": True, "value": self._client},
        }
        told = {"nonce": nonce, "client_id": self._client, "access_token": token.get("access_token")}
        claims = CodeIDToken(read.claims, read.header, wanted, told)
        claims.validate(leeway=60)
        return str(claims["sub"])

    def _metadata(self, session: Any) -> Mapping[str, Any]:
        place = f"{self.address.rstrip('/')}/.well-known/openid-configuration"
        found = session.request("GET", place, withhold_token=True).json()
        if found.get("issuer") != self.address:
            raise IssuerNotUsable(noi=self.host, ly_do="issuer")
        return dict(found)

    def _session(self, back: str) -> _Session:
        return _Session(self, self._client, self._secret, back)


class _Session:
    """A conversation with the issuer; what fails in it is told as that."""

    def __init__(self, issuer: Issuer, client: str, secret: str | None, back: str) -> None:
        from authlib.integrations.httpx_client import OAuth2Client

        self._issuer = issuer
        self._made = OAuth2Client(
            client,
            secret,
            scope="openid",
            redirect_uri=back,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_post" if secret else "none",
            timeout=PATIENCE,
            follow_redirects=False,
        )

    def __enter__(self) -> Any:
        return self._made

    def __exit__(self, kind: Any, error: BaseException | None, _trace: object) -> None:
        self._made.close()
        if error is None or isinstance(error, TdktError):
            return
        foreign = type(error).__module__.partition(".")[0] in FOREIGN
        if foreign or isinstance(error, (OSError, ValueError, KeyError)):
            raise IssuerNotUsable(noi=self._issuer.host, ly_do=type(error).__name__) from error


FOREIGN = frozenset({"authlib", "httpcore", "httpx", "httpx2", "joserfc"})
"""Whose errors speak of the issuer's answer."""
