"""https for an office's LAN: an authority of the office's own, and the certificate of the PC that serves.

Other PCs install the authority once, by its .cer file. It lives ten years and vouches for names within the
office only (name constraints): whoever stole its key could not pass for a bank.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from runtime.office.own_files import keep_whole, private_folder
from workflow.model.errors import TdktError

AUTHORITY_LIVES = timedelta(days=3652)
LIVES = timedelta(days=397)
"""Browsers take no certificate of more than 398 days, and count its last second too."""
RENEWED_BEFORE = timedelta(days=30)
BACKDATED = timedelta(days=1)
"""Clocks of other PCs may be slow."""
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""A clock that says less was never set: this program is younger."""
CER = "tdkt.cer"
LONGEST_NAME = 64
"""Bytes of a common name (RFC 5280, ub-common-name)."""
INTERNAL_DOMAINS = ("local", "lan", "internal", "home.arpa")
PRIVATE_NETWORKS = (
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
)


class ClockWrong(TdktError):
    """The clock says {gio}, but {tep} begins at {tu}. Set the clock; if it is right, delete the file."""

    code = "clock_wrong"


class ClockNotSet(TdktError):
    """The clock of this PC says {gio}, long ago. Set it, then repeat."""

    code = "clock_not_set"


@dataclass(frozen=True, slots=True)
class Certificates:
    """The files of a server's certificate and key, and of the authority that other PCs install (PEM, DER);
    `name` is the authority's.

    `new_authority` says that it was made just now, so that every other PC must install it. The server's key
    stays when its certificate is renewed: whoever reads both files meanwhile has a pair.
    """

    authority: Path
    cer: Path
    certificate: Path
    key: Path
    not_after: datetime
    name: str
    new_authority: bool

    def fingerprint(self, algorithm: str = "sha256") -> str:
        """The authority's, as browsers show it: `3F:0A:…`. Windows shows that of sha1."""
        digest = hashlib.new(algorithm, self.cer.read_bytes(), usedforsecurity=False).digest()
        return digest.hex(":").upper()


@dataclass(frozen=True, slots=True)
class _Pair:
    """A certificate with the key that it is for."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def certificates_of(folder: Path, names: Sequence[str], *, office: str, now: datetime) -> Certificates:
    """The certificates in the folder, for these host names and IP addresses; made or renewed where need be.

    The server's is renewed when less than 30 days are left or the names are others. The authority is made
    anew when it ends, is damaged, or may not vouch for a name; `office` is the name that it bears. Any number
    of programs may ask at once. Raises ClockWrong, ClockNotSet, Locked, and what `private_folder` does.
    """
    if now < EARLIEST:
        raise ClockNotSet(gio=now.astimezone())
    kept = folder / "authority.pem", folder / "authority.key"
    served = folder / "server.pem", folder / "server.key"
    wanted = _general_names(names)
    with private_folder(folder):
        authority = _read_pair(*kept)
        if authority is not None and authority.certificate.not_valid_before_utc > now:
            begins = authority.certificate.not_valid_before_utc.astimezone()
            raise ClockWrong(gio=now.astimezone(), tu=begins, tep=str(kept[0]))
        new_authority = authority is None or not _vouches(authority.certificate, wanted, now)
        if authority is None or new_authority:
            authority = _make_authority(office, wanted, now)
            _keep_key(kept[1], authority.key)
            keep_whole(kept[0], _pem(authority.certificate), mode=0o644)
        _keep_cer(folder / CER, authority.certificate)
        server = _read_pair(*served)
        if server is None or not _serves(server.certificate, authority.certificate, wanted, now):
            key = _read_key(served[1]) or _new_key(served[1])
            server = _Pair(_make_certificate(key, wanted, authority, now), key)
            keep_whole(served[0], _pem(server.certificate), mode=0o644)
    name = str(authority.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
    ends = server.certificate.not_valid_after_utc
    return Certificates(
        kept[0], folder / CER, *served, not_after=ends, name=name, new_authority=new_authority
    )


# -- what there is ---------------------------------------------------------------------------------------


def _read_pair(certificate: Path, key: Path) -> _Pair | None:
    """None where one is missing or damaged, or the key is another's."""
    read = _read_key(key)
    try:
        found = x509.load_pem_x509_certificate(certificate.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return _Pair(found, read) if read is not None and found.public_key() == read.public_key() else None


def _read_key(file: Path) -> ec.EllipticCurvePrivateKey | None:
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except (FileNotFoundError, ValueError):
        return None
    file.chmod(0o600)  # it may have been copied here from elsewhere
    return key if isinstance(key, ec.EllipticCurvePrivateKey) else None


def _vouches(authority: x509.Certificate, wanted: Sequence[x509.GeneralName], now: datetime) -> bool:
    """Whether it lives for long enough, and may vouch for all of these names."""
    lives = authority.not_valid_after_utc - now >= RENEWED_BEFORE
    try:
        constraints = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    except x509.ExtensionNotFound:  # none that was made here, which may then vouch for everything
        return lives
    allowed = constraints.permitted_subtrees or ()
    domains = [each.value for each in allowed if isinstance(each, x509.DNSName)]
    networks = [ip_network(each.value) for each in allowed if isinstance(each, x509.IPAddress)]
    return lives and all(
        any(f".{name.value}".endswith(f".{domain}") for domain in domains)
        if isinstance(name, x509.DNSName)
        else any(ip_address(name.value) in network for network in networks)
        for name in wanted
    )


def _serves(
    certificate: x509.Certificate,
    authority: x509.Certificate,
    wanted: Sequence[x509.GeneralName],
    now: datetime,
) -> bool:
    """Whether it is the authority's, for exactly these names, and valid now and for a while.

    One that begins later was made while the clock was wrong.
    """
    try:
        certificate.verify_directly_issued_by(authority)
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    return (
        set(names) == set(wanted)
        and certificate.not_valid_before_utc <= now
        and certificate.not_valid_after_utc - now >= RENEWED_BEFORE
    )


# -- what is made ----------------------------------------------------------------------------------------


def _general_names(names: Sequence[str]) -> list[x509.GeneralName]:
    """Each name once, in their order: addresses as such, host names in lower case as DNS has them."""
    found: dict[x509.GeneralName, None] = {}
    for name in names:
        try:
            found[x509.IPAddress(ip_address(name))] = None
        except ValueError:
            found[x509.DNSName(name.rstrip(".").lower().encode("idna").decode("ascii"))] = None
    return list(found)


def _make_authority(office: str, wanted: Sequence[x509.GeneralName], now: datetime) -> _Pair:
    """An authority for names within the office, and for these if they are others."""
    key = ec.generate_private_key(ec.SECP256R1())
    inside: list[x509.GeneralName] = [x509.DNSName(domain) for domain in INTERNAL_DOMAINS]
    inside += [x509.IPAddress(ip_network(network)) for network in PRIVATE_NETWORKS]
    # An address is constrained as the network that holds it alone.
    own = [
        x509.IPAddress(ip_network(each.value)) if isinstance(each, x509.IPAddress) else each
        for each in wanted
    ]
    name = _common_name(f"tdkt – {office}")
    usage = dict.fromkeys(_USAGES, False) | {"key_cert_sign": True, "crl_sign": True}
    builder = (
        _begun(name, name, key, now, now + AUTHORITY_LIVES)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.NameConstraints(list(dict.fromkeys([*inside, *own])), None), critical=True)
    )
    return _Pair(builder.sign(key, hashes.SHA256()), key)


def _make_certificate(
    key: ec.EllipticCurvePrivateKey, wanted: Sequence[x509.GeneralName], authority: _Pair, now: datetime
) -> x509.Certificate:
    ends = min(now - BACKDATED + LIVES, authority.certificate.not_valid_after_utc)
    usage = dict.fromkeys(_USAGES, False) | {"digital_signature": True}
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    # A subject that could be a host name would be held against the constraints as one, even an IP address.
    subject = _common_name(f"tdkt – {wanted[0].value}")
    builder = (
        _begun(subject, authority.certificate.subject, key, now, ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(wanted), critical=False)
        .add_extension(issuer, critical=False)
    )
    return builder.sign(authority.key, hashes.SHA256())


_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, ends: datetime
) -> x509.CertificateBuilder:
    """What every certificate has; its first day lies before now."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _common_name(text: str) -> x509.Name:
    """The text as a subject's name, cut where it has too many bytes."""
    fitting = text.encode()[:LONGEST_NAME].decode(errors="ignore").rstrip()
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, fitting)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)


def _keep_cer(file: Path, authority: x509.Certificate) -> None:
    """Keeps the authority for other PCs, unless it lies there already."""
    content = authority.public_bytes(Encoding.DER)
    if not file.is_file() or file.read_bytes() != content:
        keep_whole(file, content, mode=0o644)


def _new_key(file: Path) -> ec.EllipticCurvePrivateKey:
    key = ec.generate_private_key(ec.SECP256R1())
    _keep_key(file, key)
    return key


def _keep_key(file: Path, key: ec.EllipticCurvePrivateKey) -> None:
    keep_whole(file, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
