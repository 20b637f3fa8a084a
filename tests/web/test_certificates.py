"""Certificates of an office's LAN, by real handshakes: whom they convince, and when they are renewed."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from runtime.office.own_files import keep_whole, private_folder
from runtime.office.sentences import sentence
from runtime.office.settings import Options, certificates_directory
from storage.errors import DatabaseReadOnly, Locked
from tests.processes import ended, says, start
from tests.waiting import LIMIT
from web.certificates import (
    LIVES,
    RENEWED_BEFORE,
    Certificates,
    ClockNotSet,
    ClockWrong,
    certificates_of,
)
from web.desk import Console
from web.gates import OwnDesk
from web.opening import Ready
from web.server import serve

OFFICE = "UBND xã Diềm He"
NAMES = ("vp-ubnd", "tdkt.local", "127.0.0.1", "192.168.1.20", "fd00::20")
NOW = datetime.now(UTC).replace(microsecond=0)  # a handshake knows no other time
LATER = NOW + LIVES - RENEWED_BEFORE - timedelta(days=1)
"""The last instant, reckoned with the day of grace, at which nothing is renewed yet."""

Made = Callable[..., Certificates]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "certificates"


@pytest.fixture
def made(folder: Path) -> Made:
    def make(names: Sequence[str] = NAMES, *, now: datetime = NOW) -> Certificates:
        return certificates_of(folder, names, office=OFFICE, now=now)

    return make


def context_of(certificates: Certificates) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.certificate, certificates.key)
    return context


@contextmanager
def served(certificates: Certificates, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server with the certificate on loopback, at the port that is yielded; it greets whoever trusts it."""
    context = context or context_of(certificates)
    with socket.create_server(("127.0.0.1", 0)) as waiting:
        waiting.settimeout(LIMIT)

        def serve() -> None:
            while True:
                plain, _ = waiting.accept()
                try:
                    with plain, context.wrap_socket(plain, server_side=True) as secure:
                        secure.sendall(b"well")
                except OSError:  # who does not trust it hangs up, and the end of the test is one of these
                    continue

        def serve_until_closed() -> None:
            try:
                serve()
            except OSError:
                return

        thread = threading.Thread(target=serve_until_closed, daemon=True)
        thread.start()
        try:
            yield waiting.getsockname()[1]
        finally:
            waiting.shutdown(socket.SHUT_RDWR)
            thread.join(LIMIT)


def greeted(port: int, name: str, *, trusting: Path) -> bytes:
    """What a client is told that trusts this authority alone, strictly, and asks for `name`."""
    context = ssl.create_default_context(cafile=str(trusting))
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    with (
        socket.create_connection(("127.0.0.1", port), timeout=LIMIT) as plain,
        context.wrap_socket(plain, server_hostname=name) as secure,
    ):
        return secure.recv(10)


def read(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


# -- whom they convince ----------------------------------------------------------------------------------


def test_who_trusts_the_authority_trusts_the_server_by_each_of_its_names(made: Made) -> None:
    certificates = made()

    with served(certificates) as port:
        for name in (*NAMES, "VP-UBND"):
            assert greeted(port, name, trusting=certificates.authority) == b"well"


@pytest.mark.parametrize("name", ["vp-ubnd2", "x.vp-ubnd", "tdkt.example.com", "127.0.0.2", "localhost"])
def test_another_name_is_refused(made: Made, name: str) -> None:
    certificates = made()

    with served(certificates) as port, pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
        greeted(port, name, trusting=certificates.authority)


def test_who_trusts_another_authority_does_not_trust_the_server(made: Made, tmp_path: Path) -> None:
    certificates = made()
    other = certificates_of(tmp_path / "other", NAMES, office=OFFICE, now=NOW)

    with served(certificates) as port, pytest.raises(ssl.SSLCertVerificationError):
        greeted(port, "vp-ubnd", trusting=other.authority)


def test_the_authority_cannot_vouch_for_a_name_outside_of_the_office(
    made: Made, folder: Path, tmp_path: Path
) -> None:
    """Whoever has its key and signs for a bank convinces nobody who trusts it."""
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    from web import certificates as module

    made()
    key = load_pem_private_key((folder / "authority.key").read_bytes(), None)
    authority = module._Pair(read(folder / "authority.pem"), key)  # type: ignore[arg-type]
    stolen = tmp_path / "stolen.key"
    forged = module._make_certificate(
        module._new_key(stolen), [x509.DNSName("bank.example.com"), x509.DNSName("vp-ubnd")], authority, NOW
    )
    (tmp_path / "forged.pem").write_bytes(module._pem(forged))
    forgery = Certificates(
        folder / "authority.pem", folder / "tdkt.cer", tmp_path / "forged.pem", stolen, NOW, "", False
    )

    with served(forgery) as port, pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree"):
        greeted(port, "bank.example.com", trusting=folder / "authority.pem")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl's own command checks them")
@pytest.mark.parametrize(("name", "option"), [("vp-ubnd", "hostname"), ("192.168.1.20", "ip")])
def test_openssl_finds_nothing_amiss(made: Made, name: str, option: str) -> None:
    certificates = made()

    said = ended(
        start(
            "openssl", "verify", "-x509_strict", "-purpose", "sslserver", f"-verify_{option}", name,
            "-no-CApath", "-CAfile", certificates.authority, certificates.certificate,
        )
    )  # fmt: skip

    assert (said.code, said.err) == (0, "")


def test_no_certificate_lives_longer_than_browsers_take_and_none_begins_today(made: Made) -> None:
    certificates = made()

    server, authority = read(certificates.certificate), read(certificates.authority)
    lives = server.not_valid_after_utc - server.not_valid_before_utc + timedelta(seconds=1)
    assert lives <= timedelta(days=398)
    assert {server.not_valid_before_utc, authority.not_valid_before_utc} == {NOW - timedelta(days=1)}
    assert authority.not_valid_after_utc > NOW + timedelta(days=3650)
    assert certificates.not_after == server.not_valid_after_utc


def test_the_authority_bears_the_offices_name_and_other_pcs_see_its_fingerprint(made: Made) -> None:
    certificates = made()

    assert certificates.name == "tdkt – UBND xã Diềm He"
    authority = x509.load_der_x509_certificate(certificates.cer.read_bytes())
    assert authority == read(certificates.authority)
    assert certificates.fingerprint() == sha256(certificates.cer.read_bytes()).digest().hex(":").upper()
    assert len(certificates.fingerprint("sha1").split(":")) == 20


def test_an_offices_long_name_is_cut_to_what_a_certificate_holds(folder: Path) -> None:
    long = "Ủy ban nhân dân xã có một cái tên rất dài, tỉnh Lạng Sơn, nước Cộng hòa xã hội chủ nghĩa Việt Nam"

    certificates = certificates_of(folder, NAMES, office=long, now=NOW)

    assert f"tdkt – {long}".startswith(certificates.name)
    assert 60 < len(certificates.name.encode()) <= 64


# -- when they are renewed -------------------------------------------------------------------------------


def contents(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def changed(folder: Path, before: dict[str, bytes]) -> set[str]:
    return {name for name, content in contents(folder).items() if before.get(name) != content}


def test_what_is_good_stays_as_it_is(made: Made, folder: Path) -> None:
    assert made().new_authority
    before = contents(folder)

    again = made(now=LATER)

    assert not again.new_authority
    assert changed(folder, before) == set()


def test_a_certificate_is_renewed_before_it_ends_with_its_key_and_its_authority(
    made: Made, folder: Path
) -> None:
    first = made()
    before = contents(folder)

    renewed = made(now=LATER + timedelta(seconds=1))

    assert changed(folder, before) == {"server.pem"}
    assert renewed.not_after > first.not_after
    assert not renewed.new_authority


def subject(port: int, *, trusting: Path, name: str) -> str:
    """Whom the certificate names that the console serves now."""
    context = ssl.create_default_context(cafile=str(trusting))
    context.check_hostname = False
    with (
        socket.create_connection(("127.0.0.1", port), timeout=LIMIT) as plain,
        context.wrap_socket(plain, server_hostname=name) as secure,
    ):
        return str(secure.getpeercert())


def test_a_console_that_runs_for_long_serves_the_renewed_certificate(made: Made, database: Path) -> None:
    first, failing = made(["vp-ubnd"]), iter([OSError("the disk is full")])
    waiting = socket.create_server(("127.0.0.1", 0))
    port = waiting.getsockname()[1]

    def renew() -> Certificates:
        for error in failing:
            raise error
        return made(["may-khac.local"])

    console = Console(Options(db=f"sqlite:///{database}"), {}, OwnDesk(None), port, certificates=first)
    servers: list[Any] = []
    ready = Ready(console, waiting, "", renew=renew)
    thread = threading.Thread(
        target=lambda: serve(ready, started=servers.append, renewed_every=0.05), daemon=True
    )
    thread.start()
    try:
        until = time.monotonic() + LIMIT
        while "may-khac.local" not in (after := subject(port, trusting=first.authority, name="vp-ubnd")):
            assert time.monotonic() < until, after
    finally:
        servers[0].should_exit = True
        thread.join(LIMIT)

    assert not thread.is_alive()


@pytest.mark.parametrize(
    "names", [("vp-ubnd",), (*NAMES, "192.168.1.21"), (*NAMES[:-1], "10.1.2.3"), (*NAMES, "may-khac.local")]
)
def test_other_names_within_the_office_need_a_new_certificate_only(
    made: Made, folder: Path, names: tuple[str, ...]
) -> None:
    made()
    before = contents(folder)

    renewed = made(names)

    assert changed(folder, before) == {"server.pem"}
    assert not renewed.new_authority
    with served(renewed) as port:
        assert greeted(port, names[-1], trusting=folder / "authority.pem") == b"well"


def test_the_order_of_the_names_and_their_case_change_nothing(made: Made, folder: Path) -> None:
    made()
    before = contents(folder)

    made([*reversed(NAMES), "VP-UBND."])

    assert changed(folder, before) == set()


@pytest.mark.parametrize("name", ["may-chu-moi", "tdkt.diemhe.gov.vn", "203.0.113.9"])
def test_a_name_that_the_authority_may_not_vouch_for_needs_a_new_one(
    made: Made, folder: Path, name: str
) -> None:
    made()

    renewed = made([*NAMES, name])

    assert renewed.new_authority
    with served(renewed) as port:
        assert greeted(port, name, trusting=renewed.authority) == b"well"
    assert not made([*NAMES, name]).new_authority


def test_an_authority_that_ends_is_made_anew_and_until_then_serves(made: Made) -> None:
    ends = read(made().authority).not_valid_after_utc

    near = made(now=ends - RENEWED_BEFORE)
    assert (near.new_authority, near.not_after) == (False, ends)

    after = made(now=ends - RENEWED_BEFORE + timedelta(seconds=1))
    assert after.new_authority
    assert after.not_after > ends


@pytest.mark.parametrize("file", ["server.pem", "server.key", "authority.pem", "authority.key", "tdkt.cer"])
@pytest.mark.parametrize("damage", ["gone", "cut", "of another"])
def test_what_is_damaged_is_made_anew_and_fits_together(
    made: Made, folder: Path, tmp_path: Path, file: str, damage: str
) -> None:
    made()
    if damage == "gone":
        (folder / file).unlink()
    elif damage == "cut":
        (folder / file).write_bytes((folder / file).read_bytes()[:100])
    else:
        certificates_of(tmp_path / "other", NAMES, office=OFFICE, now=NOW)
        shutil.copyfile(tmp_path / "other" / file, folder / file)

    again = made()

    assert again.new_authority == file.startswith("authority")
    assert read(again.authority) == x509.load_der_x509_certificate(again.cer.read_bytes())
    with served(again) as port:
        assert greeted(port, "vp-ubnd", trusting=again.authority) == b"well"


# -- clocks ----------------------------------------------------------------------------------------------


def test_a_clock_that_fell_behind_is_told_with_the_file_to_delete(made: Made, folder: Path) -> None:
    made(now=NOW)
    before = contents(folder)

    with pytest.raises(ClockWrong) as caught:
        made(now=NOW - timedelta(days=3))

    assert caught.value.operands == {
        "gio": NOW - timedelta(days=3),
        "tu": NOW - timedelta(days=1),
        "tep": str(folder / "authority.pem"),
    }
    assert changed(folder, before) == set()
    for language, said in (("vi", "Đồng hồ máy chỉ "), ("en", "The clock says ")):
        assert sentence(caught.value, language).startswith(said)
        assert str(folder) in sentence(caught.value, language)
    (folder / "authority.pem").unlink()
    assert made(now=NOW - timedelta(days=3)).new_authority


def test_a_certificate_made_by_a_clock_ahead_is_made_anew(made: Made, folder: Path) -> None:
    made(now=NOW)
    made(["vp-ubnd"], now=NOW + timedelta(days=90))

    again = made(["vp-ubnd"], now=NOW)

    assert not again.new_authority
    assert read(again.certificate).not_valid_before_utc == NOW - timedelta(days=1)


def test_a_clock_that_was_never_set_makes_nothing(made: Made, folder: Path) -> None:
    with pytest.raises(ClockNotSet) as caught:
        made(now=datetime(2000, 1, 1, 0, 5, tzinfo=UTC))

    assert "Chỉnh lại ngày giờ" in sentence(caught.value, "vi")
    assert not folder.exists()


# -- who reads and writes them, and where they lie --------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_keys_are_their_owners_alone_whatever_the_mask_and_whatever_was(made: Made, folder: Path) -> None:
    def modes() -> dict[str, int]:
        return {each.name: stat.S_IMODE(each.stat().st_mode) for each in (folder, *folder.glob("*.key"))}

    wanted = {"certificates": 0o700, "authority.key": 0o600, "server.key": 0o600}
    mask = os.umask(0)
    try:
        made()
    finally:
        os.umask(mask)
    assert modes() == wanted

    folder.chmod(0o755)
    for key in folder.glob("*.key"):
        key.chmod(0o644)
    made()
    assert modes() == wanted


def test_they_lie_beside_the_offices_file_and_of_a_server_in_the_data_directory(tmp_path: Path) -> None:
    environment = {"TDKT_HOME": str(tmp_path / "home")}

    beside = certificates_directory(Options(db=str(tmp_path / "office.db")), environment)
    apart = certificates_directory(Options(db="postgresql://server/office"), environment)

    assert beside == str(tmp_path / "certificates")
    assert apart == str(tmp_path / "home" / "certificates")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "certificates").write_text("no folder")

    with pytest.raises(DatabaseReadOnly):
        certificates_of(tmp_path / "certificates", NAMES, office=OFFICE, now=NOW)


def test_who_waits_for_too_long_for_the_folder_says_so(folder: Path) -> None:
    with private_folder(folder), pytest.raises(Locked), private_folder(folder, patience=0.05):
        pass


def test_a_file_that_is_not_written_to_its_end_leaves_the_old_one(folder: Path) -> None:
    with private_folder(folder):
        keep_whole(folder / "a", b"old")
        with pytest.raises(TypeError):
            keep_whole(folder / "a", None)  # type: ignore[arg-type]

    assert contents(folder) == {"a": b"old", "folder.lock": b""}


MAKER = """
import sys
from datetime import datetime
from pathlib import Path
from web.certificates import certificates_of
print("ready", flush=True)
sys.stdin.readline()
now = datetime.fromisoformat(sys.argv[2])
made = certificates_of(Path(sys.argv[1]), sys.argv[3:], office="UBND", now=now)
print(made.fingerprint(), made.new_authority)
"""


def test_of_programs_that_make_them_at_once_one_does_and_all_have_the_same(folder: Path) -> None:
    makers = [
        start(sys.executable, "-c", MAKER, folder, NOW.isoformat(), *NAMES, stdin=subprocess.PIPE)
        for _ in range(3)
    ]
    for maker in makers:
        says(maker, "ready\n", on="stdout")
    for maker in makers:
        assert maker.stdin is not None
        maker.stdin.write("\n")
        maker.stdin.flush()

    told = [ended(maker) for maker in makers]

    assert [each.err for each in told] == [""] * 3
    fingerprints, new = zip(*(each.out.split() for each in told), strict=True)
    assert len(set(fingerprints)) == 1
    assert sorted(new) == ["False", "False", "True"]
    before = contents(folder)
    certificates = certificates_of(folder, NAMES, office="UBND", now=NOW)
    assert changed(folder, before) == set()
    with served(certificates) as port:
        assert greeted(port, "vp-ubnd", trusting=certificates.authority) == b"well"
