"""`tdkt login`, `logout`, `office invite`, `logins`, `revoke`: who acts on a terminal once people sign in."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest

from tests.commands.conftest import Answer, Tdkt
from tests.people import ADMINISTRATOR, CHAIR, OFFICER, SECRETARY

NAME, PASSWORD, OTHER = "Nông Thị Mẫu", "mèo ngủ trên mái nhà", "trâu gặm cỏ bên suối"


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch, tdkt: Tdkt) -> Tdkt:
    """Runs a command after the line that is typed into it."""

    def typed(line: str, *words: str) -> Answer:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\n"))
        return tdkt(*words)

    return typed


@pytest.fixture
def token(tmp_path: Path) -> Path:
    return tmp_path / "home" / "token-diem-he"


@pytest.fixture
def signed_in(types: Tdkt, tdkt: Tdkt) -> Tdkt:
    """The command line of somebody who holds two accounts."""
    made = tdkt("office", "invite", OFFICER, SECRETARY, "--name", NAME, "--as", ADMINISTRATOR, "--json").json
    answer = types(PASSWORD, "login", "--invitation", made["path"])
    assert answer.code == 0, answer.err
    return tdkt


def test_an_invitation_is_a_sheet_to_print(tdkt: Tdkt) -> None:
    console = "https://tdkt.example.vn/"
    answer = tdkt(
        "office", "invite", OFFICER, "--name", NAME, "--at", console, "--days", "3", "--as", ADMINISTRATOR
    )

    assert answer.code == 0
    told = " ".join(answer.out.split())
    assert [
        part
        for part in (NAME, "chuyen-vien (Officer", f"{console}i/", "2026-01-08 08:00")
        if part not in told
    ] == []
    assert "tdkt login --invitation" in told


def test_only_the_administrator_invites(tdkt: Tdkt) -> None:
    answer = tdkt("office", "invite", CHAIR, "--name", NAME, "--as", CHAIR)

    assert answer.code == 1
    assert "This is for" in answer.err
    assert tdkt("office", "logins").out == "Nobody signs in yet. Invite with tdkt office invite.\n"


def test_the_token_is_private_and_acts_for_its_login_alone(signed_in: Tdkt, token: Path) -> None:
    assert stat.S_IMODE(token.stat().st_mode) == 0o600 or os.name == "nt"

    done = signed_in("advance", "T01", "submit", "--json")
    other = signed_in("advance", "T02", "submit", "--as", CHAIR)
    last = signed_in("audit", "log", "--event", "submit", "--json").json[-1]
    shown = signed_in("audit", "show", str(last["seq"])).out

    assert done.code == 0, done.err
    assert (last["actor"], len(last["login"])) == (OFFICER, 32)
    assert "Signed in" in shown
    assert NAME in shown
    assert NAME in signed_in("audit", "log").out
    assert (other.code, other.err) == (
        1,
        "This login does not hold the account chu-tich. It holds: chuyen-vien, thu-ky.\n",
    )
    assert signed_in("inbox").code == 0
    assert signed_in("audit", "verify").code == 0


def test_without_a_token_nobody_acts_and_all_may_look(signed_in: Tdkt) -> None:
    assert signed_in("logout").out == "Signed out (1 session).\n"

    refused = signed_in("advance", "T01", "submit", "--as", OFFICER)
    assert (refused.code, refused.err) == (
        1,
        "People sign in here before they act. Do so with tdkt login, then repeat.\n",
    )
    assert signed_in("office", "use", OFFICER).code == 1
    for looking in (("inbox", "--as", OFFICER), ("show", "T01"), ("why", "T01", "--as", OFFICER)):
        assert signed_in(*looking).code == 0
    assert signed_in("tick", "--now", "2026-03-31T08:00").code == 0
    assert signed_in("logout").out == "Nobody was signed in here.\n"


def test_a_token_of_the_environment_signs_in_too(
    signed_in: Tdkt, token: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = token.read_text("utf-8").splitlines()[0]
    token.unlink()
    assert signed_in("advance", "T01", "submit", "--as", OFFICER).code == 1

    monkeypatch.setenv("TDKT_TOKEN", value)

    assert signed_in("advance", "T01", "submit").code == 0


def test_a_password_signs_in_again_and_a_wrong_one_does_not(
    signed_in: Tdkt, types: Tdkt, token: Path
) -> None:
    wrong = types(OTHER, "login", NAME)
    right = types(PASSWORD, "login", "nong thi mau", "--account", SECRETARY, "--json")

    assert (wrong.code, wrong.err) == (
        1,
        "The name or the password is not right. Check both, then try again.\n",
    )
    assert (right.code, right.json["account"]) == (0, SECRETARY)
    assert PASSWORD not in token.read_text("utf-8")
    assert signed_in("advance", "T01", "submit", "--json").code == 1  # the secretary's is not the officer's
    assert types("", "login").code == 2


def test_tries_that_fail_are_told_when_they_are_heard_again(signed_in: Tdkt, types: Tdkt) -> None:
    for _ in range(5):
        types(OTHER, "login", NAME, "--now", "2026-01-05T09:00")

    slowed = types(PASSWORD, "login", NAME, "--now", "2026-01-05T09:00")

    assert (slowed.code, slowed.err) == (1, "That failed too often. Try again at 2026-01-05 09:01.\n")
    assert types(PASSWORD, "login", NAME, "--now", "2026-01-05T09:01").code == 0


def test_logins_are_listed_disabled_and_erased(signed_in: Tdkt, types: Tdkt, token: Path) -> None:
    listed = signed_in("office", "logins").out
    made = signed_in("office", "invite", ADMINISTRATOR, "--name", "Quản trị mới", "--recover", "--json").json
    mine = token.read_text("utf-8")
    assert types(OTHER, "login", "--invitation", made["path"]).code == 0

    revoked = signed_in("office", "revoke", NAME)
    administrators = token.read_text("utf-8")
    token.write_text(mine, "utf-8")
    refused = signed_in("advance", "T01", "submit", "--as", OFFICER)
    token.write_text(administrators, "utf-8")
    erased = signed_in("office", "revoke", OFFICER, "--erase")

    assert [part for part in (NAME, "chuyen-vien, thu-ky", "May sign in") if part not in listed] == []
    told = " ".join(signed_in("audit", "log", "--full").out.split())
    assert "Accounts: Officer" in told
    assert "Login: " in told
    assert revoked.out == f"{NAME} is disabled; the sessions are ended.\n"
    assert refused.code == 1
    assert erased.code == 0, erased.err
    assert NAME not in signed_in("office", "logins").out + signed_in("audit", "log", "--full").out
    assert signed_in("office", "revoke", ADMINISTRATOR, "--sessions").code == 0
    assert signed_in("office", "revoke", OFFICER, "--enable").code == 1  # whose own session it ended as well
    assert signed_in("audit", "verify").code == 0


def test_an_invitation_is_withdrawn_by_its_name(tdkt: Tdkt, types: Tdkt) -> None:
    made = tdkt("office", "invite", OFFICER, "--name", NAME, "--as", ADMINISTRATOR, "--json").json

    assert tdkt("office", "revoke", "nông thị mẫu", "--as", ADMINISTRATOR).code == 0
    gone = types(PASSWORD, "login", "--invitation", made["path"])

    assert gone.code == 1
    assert gone.err.startswith("This invitation was used, withdrawn, or is past its date.")


def test_without_a_login_only_an_administrator_is_recovered(signed_in: Tdkt) -> None:
    signed_in("logout")

    assert signed_in("office", "invite", CHAIR, "--name", NAME, "--recover").code == 2
    assert signed_in("office", "invite", ADMINISTRATOR, "--name", NAME, "--recover").code == 0


def test_doctor_says_what_a_login_does_not_hold_against(signed_in: Tdkt) -> None:
    said = " ".join(signed_in("doctor").out.split())

    assert "1 person signs in. Still, whoever can open the database file can do anything" in said


def test_it_speaks_vietnamese(signed_in: Tdkt, types: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")

    assert types(OTHER, "login", NAME).err == "Tên hoặc mật khẩu không đúng. Kiểm tra cả hai rồi nhập lại.\n"
    assert signed_in("logout").out == "Đã đăng xuất (1 phiên).\n"
