"""What hostile requests come to: the real application over ASGI, and a real process over raw sockets."""

from __future__ import annotations

import asyncio
import logging
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from tests.commands.at_work import typed
from tests.commands.conftest import SHIPPED
from tests.commands.serving import start
from tests.processes import next_line
from tests.web.conftest import BASE, PORT, Browser, Serving, awaited
from web.replies import Asked, Download
from web.requests import FILES, MEGABYTE
from web.routes import PAGES
from web.saying import SAID_LIMIT, packed, unpacked
from web.security import HEADERS, STRICT_TRANSPORT, from_own_page, inside

OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
FORM = {**OWN_PAGE, "Content-Type": "application/x-www-form-urlencoded"}
PLAN = SHIPPED / "offices" / "diem-he" / "ke-hoach-2026.txt"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "{{7*7}}{% raw %}",
    "</textarea><svg/onload=alert(1)>",
    "javascript:alert(1)//",
)
ODD = (
    *(
        "..",
        "%2e%2e",
        "..%2f..%2fetc%2fpasswd",
        "%00",
        "%0d%0aSet-Cookie:x=1",
        "%e2%80%ae",
        "%ed%a0%80",
        "%ff",
    ),
    *(
        "0",
        "-1",
        "²",
        "٢٠٢٦",
        "2147483648",
        "9" * 30,
        "9" * 5000,
        "1e9",
        "NaN",
        "T01",
        "Q02",
        "D0001",
        "2026",
    ),
    *("a" * 3000, "T01;drop table item", "' OR 1=1 --", "%25s%25n", "{{7*7}}", "<script>", "."),
)
"""Parts of an address, encoded."""


@pytest.fixture(scope="module")
def planned(prepared_sandbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sandbox with its plan, and a dossier whose every name is hostile."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    shutil.copyfile(prepared_sandbox, path)
    new = ("dossier", "new", "--task", "T06", "--from", "thon-1", "--title", "gk", "--type", "phong_trao")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TDKT_DB", f"sqlite:///{path}")
        typed(("plan", "import", str(PLAN), "--as", "chuyen-vien", "--yes"))
        typed(("expect", "open", "T06", "--as", "chuyen-vien", "--yes"))
        typed((*new, "--as", "thon-1"))
        for name in HOSTILE:
            typed(("dossier", "add", "D0001", "--kind", "person", "--name", name, "--as", "thon-1"))
        typed(("movement", "new", HOSTILE[0], "--date", "02/01/2026", "--as", "chuyen-vien"))
        typed(("advance", "T01", "submit", "--note", HOSTILE[1], "--as", "chuyen-vien"))
        source = ("--set", f"source={HOSTILE[0]}{HOSTILE[4]}")
        typed(("advance", "T02", "set_target", "--set", "date=20/03/2026", *source, "--as", "thuong-truc"))
    return path


@pytest.fixture
def box(planned: Path, tmp_path: Path) -> Path:
    path = tmp_path / "hostile.db"
    shutil.copyfile(planned, path)
    return path


@pytest.fixture
def small(box: Path, serving: Serving) -> Browser:
    """The console of that sandbox, as the officer."""
    return serving(f"sqlite:///{box}").sign_in("chuyen-vien")


def safe(answer: Any, *, secure: bool = False) -> bool:
    """Whether the answer has each of the safe headers, once."""
    wanted = {**HEADERS, **({"Strict-Transport-Security": STRICT_TRANSPORT} if secure else {})}
    return all(answer.headers.get_list(name) == [value] for name, value in wanted.items())


# -- headers, methods, names -----------------------------------------------------------------------------


def test_every_answer_has_the_safe_headers(small: Browser, serving: Serving, box: Path) -> None:
    client, key = small.client, small.hidden("/items/2026/T03/do/submit")
    css = re.search(r'href="(/static/[^"]+)"', small.get("/inbox").text)
    assert css
    stranger = serving(f"sqlite:///{box}").client
    post = {"headers": FORM, "follow_redirects": False}
    answers = {
        200: client.get("/inbox"),
        303: client.post("/language", data={"language": "vi"}, **post),
        400: client.get("/items/2026/%00"),
        401: stranger.get("/inbox"),
        403: client.post("/language", data={"language": "vi"}),
        404: client.get("/nothing-here"),
        405: client.put("/inbox"),
        409: client.post("/items/2026/T03/do/submit", data={**key, "version": "99"}, headers=OWN_PAGE),
        413: client.post("/language", content=b"", headers={**FORM, "Content-Length": str(10**12)}),
        421: client.get("/inbox", headers={"Host": "evil.example"}),
        422: client.post("/items/2026/T02/do/set_target", data={"date": "x"}, headers=OWN_PAGE),
    }

    assert {status: answer.status_code for status, answer in answers.items()} == {
        each: each for each in answers
    }
    assert all(safe(answer) for answer in answers.values())
    assert safe(client.get(css[1]))
    assert safe(client.get("/static/0/console.css"))
    assert safe(client.post("/inbox", headers=FORM))
    assert all("server" not in answer.headers for answer in answers.values())
    assert all(
        answers[each].headers["cache-control"] == "no-store" for each in (200, 303, 401, 404, 409, 422)
    )


def test_under_https_headers_and_cookies_are_for_https_alone(serving: Serving, box: Path) -> None:
    web = serving(f"sqlite:///{box}", secure=True)

    entered = web.client.get(f"/enter/{web.gate.link()}", follow_redirects=False)

    assert safe(entered, secure=True)
    cookie = entered.headers["set-cookie"]
    assert cookie.startswith(f"__Host-tdkt-{PORT}=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} == {
        part.strip() for part in cookie.split(";")[1:]
    }
    assert web.client.post("/language", headers={"Origin": BASE}).status_code == 403
    own = {"Origin": BASE.replace("http:", "https:")}
    assert web.client.post("/language", headers=own).status_code == 200
    assert web.client.post("/leave", headers=own).status_code == 401


def test_cookies_are_named_by_the_port_and_kept_from_scripts(
    small: Browser, serving: Serving, box: Path
) -> None:
    web = serving(f"sqlite:///{box}")

    entered = web.client.get(f"/enter/{web.gate.link()}", follow_redirects=False).headers["set-cookie"]
    said = small.client.post(
        "/items/2026/T03/do/submit",
        data=small.hidden("/items/2026/T03/do/submit"),
        headers=OWN_PAGE,
        follow_redirects=False,
    ).headers["set-cookie"]

    assert entered.startswith(f"tdkt-{PORT}=")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} == {part.strip() for part in entered.split(";")[1:]}
    assert said.startswith(f"tdkt-{PORT}-said=")
    assert "HttpOnly" in said
    assert len(said) < 4096


def test_what_is_said_fits_into_a_cookie_and_is_never_lost_whole() -> None:
    many = [f"Dòng {number} của việc đã làm, đủ dấu" for number in range(500)]

    kept = unpacked(packed(many))

    assert list(kept) == many[: len(kept)]
    assert len(kept) > 20
    assert all(len(packed(each)) <= SAID_LIMIT for each in (many, ["ữ" * 9000], ["<script>"], []))
    assert unpacked(packed(["ữ" * 9000]))[0].startswith("ữữ")


def test_other_methods_lead_nowhere(small: Browser) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"):
        for path in ("/inbox", "/leave", "/items/2026/T03/do/submit", "/static/x/console.css", "/nothing"):
            assert small.client.request(method, path, headers=OWN_PAGE).status_code == 405


def test_a_method_cannot_be_overridden(small: Browser) -> None:
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        small.client.get("/leave", headers={name: "POST"})
        small.client.get("/leave?_method=POST", headers={name: "POST"})

    assert small.client.get("/leave").status_code == 405
    assert small.client.head("/inbox").status_code == 200


def test_under_another_name_it_does_not_answer(small: Browser) -> None:
    own = f"127.0.0.1:{PORT}"
    for host in (
        "evil.example",
        "evil.example:8010",
        "127.0.0.1",
        "127.0.0.1:80",
        f"{own}.evil",
        "",
        "[::1]:8010",
    ):
        for headers in ({"Host": host}, {"Host": host, "X-Forwarded-Host": own}):
            answer = small.client.get("/inbox", headers=headers)

            assert answer.status_code == 421
            assert not host or host not in answer.text
        forwarded = {"X-Forwarded-Host": host, "X-Forwarded-For": "evil", "Forwarded": f"host={host}"}
        assert small.client.get("/inbox", headers=forwarded).status_code == 200


# -- whose form it is ------------------------------------------------------------------------------------


ELSEWHERE: tuple[dict[str, str], ...] = (
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "same-origin, cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": BASE},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://127.0.0.1:9999"},
    {"Origin": f"https://127.0.0.1:{PORT}"},
    {"Origin": f"http://127.0.0.1:{PORT}.evil.example"},
    {"Origin": f"http://evil@127.0.0.1:{PORT}"},
    {"Origin": f"{BASE}/"},
    {"Referer": f"{BASE}/inbox"},
)
"""What browsers say of a form of another site, of another port on this host, of a file, and of nowhere."""


def test_a_form_of_elsewhere_does_nothing(small: Browser) -> None:
    form = small.hidden("/items/2026/T03/do/submit")
    before = small.get("/log-size").json()

    for headers in ELSEWHERE:
        for path in ("/items/2026/T03/do/submit", "/leave", "/position", "/plan/import"):
            answer = small.client.post(path, data={**form, "account": "quan-tri"}, headers=headers)
            assert answer.status_code == 403, headers
        assert not from_own_page({name.lower(): value for name, value in headers.items()}, secure=False)

    assert small.get("/log-size").json() == before


def test_the_exact_origin_is_enough_where_a_browser_does_not_say_the_site(small: Browser) -> None:
    assert (
        small.client.post("/language", data={"language": "en"}, headers={"Origin": BASE}).status_code == 200
    )


def test_looking_never_writes(small: Browser) -> None:
    size = small.get("/log-size").json()
    for path in (
        "/items/2026/T03/do/submit?preview=&version=1&key=k",
        "/position?account=quan-tri",
        "/leave",
    ):
        small.get(path)

    assert small.get("/log-size").json() == size
    assert small.get("/inbox").status_code == 200


# -- addresses -------------------------------------------------------------------------------------------


ASKED = (
    "from",
    "year",
    "quarter",
    "log",
    "before",
    "ref",
    "of",
    "q",
    "find",
    "since",
    "line",
    "part",
    "grid",
)


def addresses() -> Iterator[Sequence[str]]:
    """Of each page its address with every other odd part, at its places in turn, or with it asked."""
    usual = {"year": "2026", "log": "2026", "ref": "T01", "event": "submit", "seq": "0"}
    for number, page in enumerate(page for page in PAGES if page.method == "GET"):
        parts, odd_parts = re.findall(r"\{(\w+)\}", page.path), ODD[number % 2 :: 2]
        if parts:
            words = {name: usual.get(name, "1") for name in parts}
            yield [
                page.path.format(**{**words, parts[at % len(parts)]: odd}) for at, odd in enumerate(odd_parts)
            ]
        else:
            asked = ("&".join(f"{name}={odd[:400]}" for name in ASKED) for odd in odd_parts)
            yield [f"{page.path}?{words}" for words in asked]


def test_no_address_makes_the_program_fail(
    small: Browser, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, read = {}, set[str]()

    def remembering(own: Callable[..., Any]) -> Callable[..., Any]:
        def named(asked: Asked, name: str, *more: str) -> Any:
            read.add(name)
            return own(asked, name, *more)

        return named

    for way in ("one", "all"):
        monkeypatch.setattr(Asked, way, remembering(getattr(Asked, way)))
    for of_page in addresses():
        read.clear()
        for path in dict.fromkeys(of_page):
            if path.startswith(("/log/verify", "/leave")):
                continue
            answer = small.client.get(path, follow_redirects=False)
            found[path[:120]] = answer.status_code
            assert "Set-Cookie:x" not in answer.headers
            assert "root:" not in answer.text
            if "?" in path and not read:
                break  # nothing that is asked reaches this page

    assert {path: status for path, status in found.items() if status >= 500} == {}
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


class Forms(HTMLParser):
    """Where the forms of a page go, and the names of their fields."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form" and values.get("method") == "post":
            self.found.append((values.get("action") or "", []))
        name = values.get("name")
        if tag in ("input", "select", "textarea", "button") and name and self.found:
            self.found[-1][1].append(name)


def test_no_form_makes_the_program_fail(small: Browser, caplog: pytest.LogCaptureFixture) -> None:
    """Every form that the officer is shown here, its fields filled with odd words, some left out."""
    pages = [page.path for page in PAGES if page.method == "GET" and "{" not in page.path]
    pages += ["/items/2026/T02", "/items/2026/D0001", "/items/2026/D0001/1", "/items/2026/T02/do/set_target"]
    pages += ["/items/2026/D0001/do/submit", "/items/2026/D0001/do/withdraw", "/money/2026/Q01"]
    forms: dict[str, list[str]] = {}
    for path in pages:
        parser = Forms()
        parser.feed(small.client.get(path).text)
        forms.update({to or path: names for to, names in parser.found})
    found = {}
    for to, names in forms.items():
        for at, odd in enumerate(("9" * 5000, "²", "\x00", HOSTILE[1], "-1", "2147483648", "")):
            if to not in ("/leave", "/position", "/status/backup", "/status/check", "/log/verify"):
                typed_in = {
                    name: odd for number, name in enumerate(dict.fromkeys(names)) if (number + at) % 5
                }
                answer = small.client.post(to, data=typed_in, headers=OWN_PAGE, follow_redirects=False)
                found[to, odd[:9]] = answer.status_code

    assert len(forms) > 10
    assert {each: status for each, status in found.items() if status >= 500} == {}
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_numbers_are_digits_of_ascii_alone(small: Browser) -> None:
    """An item has one address: what may be seen of it is asked of that one."""
    assert small.get("/items/2026/T01").status_code == 200
    for year in ("٢٠٢٦", "２０２６", "²", "+2026", "2026.0", "2147483648", "9" * 5000):
        assert small.get(f"/items/{quote(year)}/T01").status_code == 404


OUT = (
    *("//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example"),
    *(
        "https://evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        " //evil.example",
        "/\t/evil.example",
    ),
    *("/\n/evil.example", "/inbox\r\nSet-Cookie: a=b", "evil.example", "@evil.example", "?x", ""),
)


def test_no_redirect_leads_elsewhere(small: Browser) -> None:
    for to in OUT:
        sent = {"data": {"language": "vi", "to": to}, "headers": OWN_PAGE, "follow_redirects": False}
        answer = small.client.post("/language", **sent)

        assert answer.status_code == 303
        assert answer.headers["location"] == "/", ascii(to)
        assert "set-cookie" not in answer.headers
        assert inside(to) == "/"
    assert inside("/\u202e/evil") == "/"


def test_a_redirect_may_lead_back(small: Browser) -> None:
    for to in ("/inbox", "/log?ref=T01", "/items/2026/T01", "/search?q=Trần"):
        answer = small.client.post("/language", data={"to": to}, headers=OWN_PAGE, follow_redirects=False)
        assert answer.headers["location"] == quote(to, safe="/?=")


def test_the_name_of_a_download_stays_within_its_header() -> None:
    from web.responses import response_of

    name = 'a"\r\nSet-Cookie: x=1\r\n\r\n<script>; filename="b.html\u202efdp.exe/../c'

    class Somewhere:
        console = None

    sent = response_of(Somewhere(), PAGES[0], Download(name, "text/plain; charset=utf-8", b"x"))  # type: ignore[arg-type]

    said = sent.headers["content-disposition"]
    assert said.startswith("attachment; filename*=UTF-8''")
    assert re.fullmatch(r"[\w%.*~'-]+", said.removeprefix("attachment; filename*=UTF-8''"))
    assert "set-cookie" not in sent.headers


# -- bodies ----------------------------------------------------------------------------------------------


def multipart(*parts: str, boundary: str = "b") -> bytes:
    return b"".join(f"--{boundary}\r\n{part}\r\n".encode() for part in parts) + f"--{boundary}--\r\n".encode()


def test_what_is_too_large_is_refused(small: Browser) -> None:
    limit = 20 * MEGABYTE + 2 * MEGABYTE

    def endless() -> Iterator[bytes]:
        for _ in range(limit // MEGABYTE + 2):
            yield b"a=" + b"x" * (MEGABYTE // 2) + b"&b=" + b"x" * (MEGABYTE // 2)

    told = small.client.post("/language", content=b"a=b", headers={**FORM, "Content-Length": str(limit + 1)})
    chunked = small.client.post("/language", content=endless(), headers=FORM)

    assert told.status_code == 413
    assert chunked.status_code == 413


def test_a_body_is_counted_before_it_is_kept() -> None:
    """Of an endless body no more is taken than a form may hold, whatever the address."""
    from web.requests import TooLarge, bounded

    taken = 0

    async def receive() -> Any:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": b"x" * 1000, "more_body": True}

    async def read() -> None:
        receiving = bounded(receive, 10_000)
        while True:
            await receiving()

    with pytest.raises(TooLarge):
        awaited(read())
    assert taken == 11


def test_a_form_of_too_many_parts_is_refused(small: Browser) -> None:
    field = 'Content-Disposition: form-data; name="a"\r\n\r\nx'
    file = 'Content-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nx'
    kind = {**OWN_PAGE, "Content-Type": "multipart/form-data; boundary=b"}

    for content, headers in (
        (b"&".join([b"a=1"] * 4001), FORM),
        (multipart(*[field] * 4001), kind),
        (multipart(*[file] * (FILES + 1)), kind),
        (b"a=" + b"x" * (2 * MEGABYTE + 1), FORM),
        (multipart(field + "x" * (2 * MEGABYTE)), kind),
    ):
        answer = small.client.post("/language", content=content, headers=headers)
        assert answer.status_code in (400, 413)
        assert safe(answer)


def test_a_form_that_cannot_be_read_is_refused(small: Browser, caplog: pytest.LogCaptureFixture) -> None:
    bodies = (
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=", b"x"),
        ("multipart/form-data; boundary=b", b"no boundary at all"),
        ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="a'),
        ("multipart/form-data; boundary=b", multipart("Content-Disposition: form-data\r\n\r\nx")),
        (
            "multipart/form-data; boundary=b; charset=rot13",
            multipart("Content-Disposition: form-data; name=a\r\n\r\nx"),
        ),
        ("multipart/form-data; boundary=b", multipart("X" * 200_000 + ": 1\r\n\r\nx")),
        ("multipart/form-data; boundary=" + "b" * 5000, b"x"),
        ("application/x-www-form-urlencoded", b"%ff%00=%ed%a0%80&&&=&%"),
        ("application/x-www-form-urlencoded; charset=utf-16", b"\xff\xfe"),
        ("application/json", b'{"language": "en"}'),
        ("text/plain", b"language=en"),
        ("", b"language=en"),
        ("\xff", b"x"),
    )
    for kind, content in bodies:
        for path in ("/language", "/items/2026/T03/do/submit"):
            headers = {**OWN_PAGE, "Content-Type": kind.encode("latin-1")}
            answer = small.client.post(path, content=content, headers=headers, follow_redirects=False)
            assert answer.status_code < 500, (kind, content[:50])
            assert safe(answer)

    assert "Tiếng Việt" not in small.get("/inbox").text  # nothing of it changed the language
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_a_name_of_a_file_is_a_name_and_no_way(small: Browser) -> None:
    file = ("../../../etc/passwd\0<script>.txt", b"x", "text/html")

    answer = small.post("/plan/import", files={"file": file})

    assert answer.status_code == 422
    assert elements(answer.text) == set()
    assert "<script>.txt" not in answer.text


def test_a_form_that_does_not_end_is_ended(serving: Serving, box: Path) -> None:
    """Of a body that never comes whole the server waits its time out: here that is over at once."""
    app = serving(f"sqlite:///{box}", slowest=0.0).client.app
    answers: list[Any] = []

    async def receive() -> Any:
        await asyncio.Event().wait()

    async def send(message: Any) -> None:
        answers.append(message)

    pairs = {**FORM, "Host": f"127.0.0.1:{PORT}", "Transfer-Encoding": "chunked"}
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/login",
        "raw_path": b"/login",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in pairs.items()],
        "http_version": "1.1",
        "scheme": "http",
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", PORT),
        "root_path": "",
    }
    awaited(app(scope, receive, send))  # type: ignore[arg-type]

    assert answers[0]["status"] == 408


# -- who it is -------------------------------------------------------------------------------------------


def test_tokens_that_are_no_ones_let_nobody_in(small: Browser, serving: Serving, box: Path) -> None:
    web = serving(f"sqlite:///{box}")
    mine = small.client.cookies[f"tdkt-{PORT}"]
    name = f"tdkt-{PORT}"

    for cookie in (
        *(
            "x",
            "",
            "null",
            "undefined",
            "0",
            mine[:-1],
            mine.swapcase(),
            mine + "A",
            "a" * 20_000,
            "%00",
            "\xff",
        ),
        *('"; DROP TABLE login; --', "..%2f", "{{7*7}}", mine[::-1]),
    ):
        answer = web.client.get("/inbox", headers={"Cookie": f"{name}={cookie}".encode("latin-1")})
        assert answer.status_code == 401, cookie[:40]
        assert "T01" not in answer.text
    other = serving(f"sqlite:///{box}").client.get("/inbox", headers={"Cookie": f"{name}={mine}"})
    assert other.status_code == 401  # another console, another process: nobody there knows it
    assert small.client.get("/inbox", headers={"Cookie": f"tdkt-9999={mine}"}).status_code in (200, 401)


def test_a_link_is_used_once_and_what_was_left_stays_shut(serving: Serving, box: Path) -> None:
    web = serving(f"sqlite:///{box}")
    link = web.gate.link()

    first = web.client.get(f"/enter/{link}", follow_redirects=False)
    again = web.client.get(f"/enter/{link}", follow_redirects=False)
    token = web.client.cookies[f"tdkt-{PORT}"]
    web.client.post("/leave", headers=OWN_PAGE)
    stolen = web.client.get("/inbox", headers={"Cookie": f"tdkt-{PORT}={token}"})

    assert (first.status_code, again.status_code, stolen.status_code) == (303, 401, 401)
    assert "set-cookie" not in again.headers


# -- what is shown ---------------------------------------------------------------------------------------


def test_an_error_shows_no_insides(
    small: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_any: object, **_more: object) -> None:
        raise RuntimeError("SELECT secret FROM login -- /srv/tdkt/co-quan.db")

    monkeypatch.setattr("web.pages.item.item_page", fails)
    answer = small.get("/items/2026/T01?q=told")

    assert answer.status_code == 500
    assert safe(answer)
    for inside_word in ("Traceback", "RuntimeError", "SELECT", "/srv", ".py", "co-quan.db", "line "):
        assert inside_word not in answer.text
    (record,) = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert record.getMessage() == "GET /items/2026/T01"
    assert record.exc_text is not None or record.exc_info is not None
    assert small.get("/inbox").status_code == 200


class Elements(HTMLParser):
    """What a page has that it should not: foreign scripts, handlers, styles, frames, ways out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in ("iframe", "object", "embed", "base", "style", "applet"):
            self.found.add(tag)
        if tag == "img" and not (values.get("src") or "").startswith("data:image/"):
            self.found.add("img")
        if tag == "script" and not (values.get("src") or "").startswith("/static/"):
            self.found.add("script")
        self.found.update(name for name in values if name.startswith("on") or name == "style")
        for name in ("href", "src", "action", "formaction"):
            to = values.get(name)
            if to is not None and not to.startswith(("/", "#", "?", "data:image/")):
                self.found.add(f"{name}={to}")
            if to is not None and to.startswith(("//", "/\\")):
                self.found.add(f"{name}={to}")


def elements(html: str) -> set[str]:
    parser = Elements()
    parser.feed(html)
    parser.close()
    return parser.found


def test_hostile_words_are_words_on_every_page(small: Browser) -> None:
    """Every page that links lead to, as far as they are about what is hostile here."""
    seen: set[str] = set()
    next_ones = [
        "/",
        "/inbox",
        "/plan",
        "/dossiers",
        "/log",
        "/items/2026/D0001",
        "/items/2026/T01",
        "/items/2026/T02",
    ]
    next_ones += [f"/items/2026/D0001/{line}" for line in range(1, len(HOSTILE) + 1)]
    next_ones += [f"/search?q={quote(word, safe='')}" for word in HOSTILE]
    next_ones += [f"/log?ref={quote(word, safe='')}&since={quote(word, safe='')}" for word in HOSTILE]
    next_ones += [f"/items/2026/{quote(HOSTILE[0], safe='')}", f"/{quote(HOSTILE[1], safe='')}"]
    shown = ""
    while next_ones and len(seen) < 120:
        path = next_ones.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = small.client.get(path)
        if answer.headers["content-type"].startswith("text/html"):
            assert answer.status_code < 500, path
            assert elements(answer.text) == set(), path
            assert "{{" in answer.text or "49{% raw %}" not in answer.text
            shown += answer.text
            found = re.findall(r'href="(/(?:items/2026/(?:D0001|T01|T02)|log/2026)[^"#?]*)"', answer.text)
            next_ones += [each for each in dict.fromkeys(found) if each not in seen]

    assert len(seen) > 40
    for word in HOSTILE:
        assert escaped(word) in shown, word
        assert word not in shown or word == escaped(word)


def escaped(word: str) -> str:
    from markupsafe import escape

    return str(escape(word))


def test_what_was_typed_comes_back_as_words(small: Browser) -> None:
    form = small.hidden("/items/2026/T02/do/set_target")
    for word in HOSTILE:
        back = small.post(
            "/items/2026/T02/do/set_target",
            **{**form, "date": word, "source": word, "note": word, "back": word, "key": word},
        )
        assert back.status_code == 422
        assert elements(back.text) == set()
        assert escaped(word) in back.text


def test_signs_that_turn_a_line_round_are_taken_out(small: Browser) -> None:
    form = small.hidden("/items/2026/T02/do/set_target")

    back = small.post(
        "/items/2026/T02/do/set_target", **{**form, "date": "x", "source": "hồ\u202esơ\x1b[31m"}
    )

    assert "\u202e" not in back.text
    assert "\x1b" not in back.text


# -- the wire --------------------------------------------------------------------------------------------


class Served(NamedTuple):
    """A console in a process of its own."""

    port: int
    process: subprocess.Popen[str]

    def say(self, request: str | bytes) -> bytes:
        """What it answers to these very bytes, until it ends the connection or has answered once."""
        with socket.create_connection(("127.0.0.1", self.port), 30) as wire:
            wire.sendall(request.encode("latin-1") if isinstance(request, str) else request)
            return wire.recv(65536)


@pytest.fixture(scope="module")
def served(planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    shutil.copyfile(planned, folder / "co-quan.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TDKT_HOME", str(folder))
        process = start("web", "--port", "0", "--no-browser", url=f"sqlite:///{folder / 'co-quan.db'}")
    found = re.search(r":(\d+)/", next_line(process, on="stdout"))
    assert found
    yield Served(int(found[1]), process)
    process.kill()
    process.communicate()


def test_what_is_no_request_is_refused_and_the_console_goes_on(served: Served) -> None:
    """A stranger is asked to sign in whatever the address: what is there is not told."""
    host = f"Host: 127.0.0.1:{served.port}\r\n"
    own = f"{host}Sec-Fetch-Site: same-origin\r\n"
    form = f"{own}Content-Type: application/x-www-form-urlencoded\r\n"
    asked = {
        f"GET /inbox HTTP/1.1\r\n{host}\r\n": 401,
        f"GET /static/../../app.py HTTP/1.1\r\n{host}\r\n": 401,
        f"GET /static/%2e%2e/%2e%2e/app.py HTTP/1.1\r\n{host}\r\n": 401,
        f"GET /static/x/..%2f..%2fapp.py HTTP/1.1\r\n{host}\r\n": 401,
        f"GET /static/..\\..\\app.py HTTP/1.1\r\n{host}\r\n": 401,
        f"GET http://evil.example/inbox HTTP/1.1\r\n{host}\r\n": 401,
        f"GET //evil.example HTTP/1.1\r\n{host}\r\n": 401,
        f"GET /%00 HTTP/1.1\r\n{host}\r\n": 401,
        "GET /inbox HTTP/1.1\r\n\r\n": 400,
        f"GET /inbox HTTP/1.1\r\n{host}Host: evil.example\r\n\r\n": 400,
        "GET /inbox HTTP/1.0\r\n\r\n": 421,
        f"GET /inbox HTTP/1.1\r\n{host}X: a\x00b\r\n\r\n": 400,
        f"GET /in box HTTP/1.1\r\n{host}\r\n": 400,
        f"GET /{'a' * 40_000} HTTP/1.1\r\n{host}\r\n": 401,
        f"GET /inbox HTTP/1.1\r\n{host}Cookie: {'a' * 40_000}\r\n\r\n": 401,
        f"GET /inbox HTTP/1.1\r\n{host}Cookie: {'a' * 70_000}": 400,
        f"get /inbox HTTP/1.1\r\n{host}\r\n": 405,
        f"OPTIONS * HTTP/1.1\r\n{host}\r\n": 405,
        f"POST /language HTTP/1.1\r\n{form}Content-Length: 99999999999\r\n\r\na=b": 413,
        f"POST /language HTTP/1.1\r\n{form}Content-Length: -1\r\n\r\n": 400,
        f"POST /language HTTP/1.1\r\n{form}Content-Length: 3\r\nContent-Length: 4\r\n\r\na=b": 400,
        f"POST /language HTTP/1.1\r\n{form}Transfer-Encoding: gzip\r\n\r\n": 501,
        f"POST /language HTTP/1.1\r\n{form}Transfer-Encoding: chunked\r\n\r\nzz\r\n": 400,
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03": 400,
    }

    found = {request: int(served.say(request).split(b" ", 2)[1]) for request in asked}

    assert {request[:70]: found[request] for request in asked} == {
        request[:70]: status for request, status in asked.items()
    }
    assert served.process.poll() is None


def test_a_look_at_the_head_alone_has_no_body(served: Served) -> None:
    answer = served.say(f"HEAD /inbox HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nConnection: close\r\n\r\n")

    head, _blank, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 401")
    assert b"content-security-policy" in head.lower()
    assert b"server:" not in head.lower()
    assert body == b""
