"""Writes docs/samples/papers: pictures of what `tdkt demo` leaves, so that names, counts and sums of all its
pages agree. `python -m tests.sample_pictures`, after a change of the demo or of a template.

Each picture bears the digest of what its page says; `tests/commands/test_demo.py` holds it against the demo.

`python -m tests.sample_pictures console` writes docs/samples/console-….png in their place: screens of the
office in full work of the tests, whose people all have sample names. ImageMagick makes the files small.
"""

from __future__ import annotations

import hashlib
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from exchange.papers.comparing import bare, pages_of
from tests.papers import ROOT

PICTURES = ROOT / "docs" / "samples" / "papers"
SHOWN = (
    "S01-giay_moi",
    "S01-bb_hop",
    "S01-to_trinh_hoi_dong",
    "Q01-quyet_dinh",
    "Q01-bang_ky_nhan",
    "Q01-giay-khen",
    "D0001-thong_bao_ket_qua",
    "bao-cao-nam",
)
"""The PDFs of the demo whose pages are shown, in this order."""
SCREENS = {
    "inbox": ("chuyen-vien", "/inbox"),
    "dossier": ("chuyen-vien", "/items/2026/D0003"),
    "vote": ("thu-ky", "/items/2026/S03/vote/bkt"),
    "decision": ("chu-tich", "/items/2026/Q04"),
}
"""The screens of the console that are shown, each from the position that works on it."""
SCREEN = (1280, 800)
SCALE = 72.3 / 72
HEAD = b"\x89PNG\r\n\x1a\n"
SAYS = b"Says\0"


def pages(papers: Path) -> Iterator[tuple[str, str]]:
    """The name of each picture, and the digest of what its page says."""
    for name in SHOWN:
        for number, said in enumerate(pages_of((papers / f"{name}.pdf").read_bytes()), 1):
            yield f"{name}-{number}.png", hashlib.sha256(bare(said).encode()).hexdigest()


def digest_of(picture: bytes) -> str:
    """What the picture was made of."""
    at = picture.index(SAYS) + len(SAYS)
    return picture[at : at + 64].decode()


def picture(page: pypdfium2.PdfPage, says: str) -> bytes:
    """The page in grey as PNG; the computer's clock stands nowhere in it."""
    shown = page.render(scale=SCALE, grayscale=True)
    lines = (bytes(shown.buffer)[at * shown.stride :][: shown.width] for at in range(shown.height))
    points = zlib.compress(b"".join(b"\0" + line for line in lines), 9)
    head = struct.pack(">IIBBBBB", shown.width, shown.height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"tEXt", SAYS + says.encode()), (b"IDAT", points), (b"IEND", b""))
    return HEAD + b"".join(map(_chunk, *zip(*chunks, strict=True)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def write(papers: Path) -> None:
    for old in PICTURES.glob("*.png"):
        old.unlink()
    says = dict(pages(papers))
    for name in SHOWN:
        with pypdfium2.PdfDocument(papers / f"{name}.pdf") as opened:
            for number, page in enumerate(opened, 1):
                file = f"{name}-{number}.png"
                (PICTURES / file).write_bytes(picture(page, says[file]))


def write_screens(folder: Path) -> None:
    """Of the console, as it is drawn on a screen of a usual width."""
    from playwright.sync_api import sync_playwright

    from runtime.acts.founding import found
    from runtime.office.settings import Options
    from tests.commands.at_work import NOW, prepare
    from tests.web.browser.conftest import served

    sandbox = folder / "sandbox.db"
    found(Options(db=f"sqlite:///{sandbox}", now=NOW), {}, sandbox=True)
    prepare(folder, sandbox)
    with served(folder / "co-quan.db") as console, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(
            base_url=console.base, locale="vi-VN", viewport={"width": SCREEN[0], "height": SCREEN[1]}
        )
        page.goto(console.link)
        for name, (account, path) in SCREENS.items():
            page.locator(".who summary").click()
            page.locator("#switch").select_option(account)
            page.locator("form[action='/position'] button").click()
            page.goto(path)
            shown = page.screenshot()
            small = ("convert", "png:-", "-strip", "+dither", "-colors", "64")
            to = ROOT / "docs" / "samples" / f"console-{name}.png"
            subprocess.run([*small, f"PNG8:{to}"], input=shown, check=True)
        browser.close()


if __name__ == "__main__" and sys.argv[1:] == ["console"]:
    import os

    with tempfile.TemporaryDirectory() as folder:
        os.environ["TDKT_DB"] = f"sqlite:///{folder}/sandbox.db"
        write_screens(Path(folder))
elif __name__ == "__main__":
    from tests.commands.test_demo import demo

    with tempfile.TemporaryDirectory() as folder:
        _printed, made = demo(Path(folder) / "demo")
        papers = Path(folder) / "papers"
        papers.mkdir()
        for name, content in made.items():
            (papers / name).write_bytes(content)
        write(papers)
