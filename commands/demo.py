"""`tdkt demo`: the main job of a year on a throw-away sandbox, through the real command line.

Every line that begins with `$ tdkt` is run as it stands; nothing is prepared or faked. It ignores TDKT_DB
and leaves behind its papers and its database, whose address is the last line, ready to paste.
"""

from __future__ import annotations

import contextlib
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.failures import Exit, run
from commands.session import REFUSED, Command, Session, pick, with_option
from commands.web import with_no_browser, with_port

if TYPE_CHECKING:
    from runtime.office.kept import OfficeCache

Scene = tuple[tuple[str, str], tuple[str, ...]]
"""A heading in (English, Vietnamese) and the commands under it, as a person types them after `tdkt`."""

PAPERS = "papers"
"""The folder beside the database into which the papers of the year are made."""

REFUSALS = "! "
"""Marks a command whose refusal is what there is to see."""

SCENES: tuple[Scene, ...] = (
    (
        (
            "A sandbox of xã Điềm He on 5 January 2026: who signs its papers, and its plan of 18 tasks.",
            "Bản thử của xã Điềm He ngày 05/01/2026: người ký văn bản và kế hoạch 18 nhiệm vụ.",
        ),
        (
            "init --sandbox --now 2026-01-05T08:00",
            'office holder chu-tich "Lý Văn Chủ Mẫu" --from 01/01/2026 --as quan-tri',
            'office holder pho-chu-tich "Hoàng Thị Phó Mẫu" --from 01/01/2026 --as quan-tri',
            'office holder thuong-truc "Nông Văn Thường Mẫu" --from 01/01/2026 --as quan-tri',
            'office holder thu-ky "Lương Thị Thư Mẫu" --from 01/01/2026 --as quan-tri',
            'office holder ke-toan "Triệu Thị Toán Mẫu" --from 01/01/2026 --as quan-tri',
            "plan import {document} --dry-run",
            "plan show",
        ),
    ),
    (
        (
            "The year report goes its way; whoever is not the chair is refused, with every reason.",
            "Báo cáo năm đi đúng các bước; người không có thẩm quyền thì bị từ chối, có nêu lý do.",
        ),
        (
            "advance T01 submit --as chuyen-vien --now 2026-01-06T09:00",
            "! advance T01 approve --as chuyen-vien",
            'advance T01 review --as thuong-truc --set opinion="Nhất trí"',
            "advance T01 approve --as chu-tich",
            "advance T01 complete --as chuyen-vien --set paper_number=05/BC-UBND --set paper_date=06/01/2026",
            "advance T02 T03 submit --as chuyen-vien",
        ),
    ),
    (
        (
            "A village nominates under row 6: appraisal, session, decision, money and papers.",
            "Thôn đề nghị theo nhiệm vụ số 6: thẩm định, phiên họp, quyết định, tiền thưởng, văn bản.",
        ),
        (
            "dossier new --task T06 --from thon-1 --title gk --type phong_trao --as thon-1"
            " --now 2026-02-24T08:00",
            'dossier add D0001 --kind person --name "Trường hợp mẫu A" --as thon-1',
            'dossier add D0001 --kind household --name "Hộ mẫu B" --as thon-1',
            "advance D0001 submit --as thon-1 --yes",
            "! advance T06 cancel --as chu-tich --set reason=thử",
            "dossier accept D0001 --complete-on 25/02/2026 --original seen --all-seen --as chuyen-vien"
            " --now 2026-02-25T08:00",
            "dossier appraise D0001/1 D0001/2 --verdict met --as chuyen-vien",
            "advance D0001 confirm --as thuong-truc",
            "fund set --allocated 60.000.000 --paper 15/QĐ-UBND --as ke-toan",
            'council new --date 03/03/2026 --at 09:00 --place "UBND xã" --as thu-ky',
            "council agenda S01 --ready --as thu-ky",
            "council call S01 --paper 05/GM-HĐTĐKT --paper-date 25/02/2026 --as thu-ky",
            "council forecast S01",
            "council open S01 --absent uy-vien-5 --as thu-ky --now 2026-03-03T09:00",
            "council vote S01 gk --at 09:15 --all-for --line D0001/2:for=3,against=4,other=1 --as thu-ky",
            "council conclude S01 --all --as thu-ky --yes",
            "council close S01 --at 10:00 --as thu-ky",
            "council minutes S01 --paper 02/BB-HĐTĐKT --as thu-ky",
            "decision new --title gk --all --as chuyen-vien --yes",
            "decision funds Q01 --as ke-toan",
            "decision submit Q01 --paper 09/TTr-HĐTĐKT --paper-date 03/03/2026 --as chuyen-vien",
            "! decision issue Q01 --number 112/QĐ-UBND --date 03/03/2026 --as van-thu",
            "decision sign Q01 --on 03/03/2026 --way paper --as van-thu",
            "decision issue Q01 --number 112/QĐ-UBND --date 03/03/2026 --as van-thu",
            "payment record Q01 --all --way transfer --yes --as ke-toan",
            "certificate number Q01 --all --first 1 --as chuyen-vien",
            "certificate hand Q01 --all --as chuyen-vien",
            "payment list Q01",
            "paper make S01 giay_moi -o {papers} --as thu-ky",
            "paper make S01 bb_hop -o {papers} --as thu-ky",
            "paper make S01 to_trinh_hoi_dong -o {papers} --number 09/TTr-HĐTĐKT --on 03/03/2026 --as thu-ky",
            "paper make Q01 quyet_dinh -o {papers} --as van-thu",
            "paper make Q01 bang_ky_nhan -o {papers} --as ke-toan",
            "paper make D0001 thong_bao_ket_qua -o {papers} --number 11/TB-HĐTĐKT --on 03/03/2026"
            " --as thu-ky",
            "paper certificates Q01 -o {papers}/Q01-giay-khen.pdf",
            "show D0001",
            "advance T06 submit --as chuyen-vien",
            'advance T06 review --as thu-ky --set opinion="Hội đồng nhất trí"',
            "advance T06 approve --as chu-tich",
            "advance T06 award --as chuyen-vien",
        ),
    ),
    (
        (
            "The clock runs through the four quarters: reminders, due dates, escalations.",
            "Thời gian chạy qua bốn quý: nhắc việc, đến hạn, báo cáo lãnh đạo.",
        ),
        (
            "tick --now 2026-03-24T08:00",
            "tick --now 2026-03-31T08:00",
            "tick --now 2026-04-15T08:00",
            "notice list --to chu-tich",
            'advance T02 T03 review --as thuong-truc --set opinion="Đồng ý"',
            "advance T02 T03 approve --as pho-chu-tich",
            "advance T02 complete --as chuyen-vien --set held_on=14/04/2026",
            "advance T03 complete --as chuyen-vien --set paper_number=21/KH-UBND --set paper_date=15/04/2026",
            "deadline set T07 2026-05-20 --source 'Giấy mời 15/GM-SNV' --as chuyen-vien",
            "tick --now 2026-06-15T08:00",
            "advance T08 T10 submit --as chuyen-vien",
            'advance T08 T10 review --as thu-ky --set opinion="Đồng ý"',
            "advance T08 T10 approve --as chu-tich",
            "advance T08 complete --as chuyen-vien --set paper_number=64/BC-UBND --set paper_date=15/06/2026",
            "advance T10 extend --as chu-tich --set until=17/07/2026"
            ' --set reason="Lồng ghép hội nghị tháng 7"',
            "tick --now 2026-07-15T08:00",
            "advance T10 complete --as chuyen-vien --set held_on=15/07/2026",
            "tick --now 2026-10-15T08:00",
            "tick --now 2027-01-20T08:00",
            "notice list --ref T18",
        ),
    ),
    (
        (
            "What lies with whom, what happened, and that nothing of it was changed.",
            "Việc đang ở đâu, đã có những gì, và nhật ký còn nguyên vẹn.",
        ),
        (
            "plan show",
            "report year --docx {papers}/bao-cao-nam.docx --pdf {papers}/bao-cao-nam.pdf",
            "plan next 2027 -o {papers}/ke-hoach-2027.docx",
            "inbox --as thuong-truc",
            "audit log D0001",
            "audit log --refused",
            "audit verify",
        ),
    ),
)


@click.command(
    cls=Command,
    name="demo",
    words=(
        "See a whole year run on a throw-away sandbox.",
        "Chạy thử cả năm trên một bản thử tạm.",
    ),
    example="demo",
)
@with_option(
    "--web",
    "console",
    is_flag=True,
    words=("Then open its office in the browser.", "Sau đó mở cơ quan của bản thử trên trình duyệt."),
)
@with_port
@with_no_browser
@click.pass_context
def command(
    context: click.Context, _session: Session, console: bool, port: int | None, no_browser: bool
) -> None:
    from runtime.office.kept import OfficeCache

    folder = Path(tempfile.mkdtemp(prefix="tdkt-demo-"))
    url = f"sqlite:///{folder / 'demo.db'}"
    door, kept = context.find_root().command, OfficeCache()
    with _alone():
        for heading, lines in SCENES:
            click.echo(f"\n── {pick(heading)}\n")
            for line in lines:
                _play(door, line, url=url, folder=folder, kept=kept)
    said = pick(("The papers to look at", "Các văn bản đã lập"))
    click.echo(f"\n{said}: {folder / PAPERS}\nTDKT_DB={url}")
    if console:
        words = ["web", *(() if port is None else ("--port", str(port)))]
        raise Exit(run(door, ["--db", url, *words, *(["--no-browser"] if no_browser else [])]))


def _play(door: click.Command, line: str, *, url: str, folder: Path, kept: OfficeCache) -> None:
    """Shows a command and runs it; an unexpected end of one ends the demo."""
    refused = line.startswith(REFUSALS)
    typed = line.removeprefix(REFUSALS).format(
        document=_document(folder), papers=shlex.quote(str(folder / PAPERS))
    )
    click.echo(f"$ tdkt {typed}")
    sys.stdout.flush()
    with contextlib.redirect_stderr(sys.stdout):
        code = run(door, ["--db", url, *shlex.split(typed)], kept=kept)
    click.echo()
    if code != (REFUSED if refused else 0):
        raise Exit(code or REFUSED)


def _document(folder: Path) -> str:
    """The shipped plan document, laid beside the demo's database under its own short name."""
    from runtime.office.seeds import shipped_directory

    shipped = shipped_directory() / "offices" / "diem-he" / "ke-hoach-2026.txt"
    copy = folder / shipped.name
    if not copy.exists():
        copy.write_bytes(shipped.read_bytes())
    return shlex.quote(str(copy))


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Hides what the environment says of databases, offices and actors while the demo runs."""
    import os

    hidden = {
        name: os.environ.pop(name) for name in ("TDKT_DB", "TDKT_OFFICE", "TDKT_ACTOR") if name in os.environ
    }
    try:
        yield
    finally:
        os.environ.update(hidden)
