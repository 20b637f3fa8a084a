"""Báo cáo: the reports that the office owes, on the page and as files; the week's page, the next plan."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from exchange.pages import week as week_pages
from exchange.pages.report import BREADTH, HEIGHT, KINDS, LABEL, drawn
from exchange.sheets.chase import tables_workbook
from runtime.office.looking import Looking
from runtime.views.chase_book import chase_book
from runtime.views.chasing import chase_of
from runtime.views.next_plan import Edits, next_plan
from runtime.views.next_plan_paper import plan_file
from runtime.views.reports.blocks import about, report_blocks
from runtime.views.reports.figures import report_of
from runtime.views.reports.files import report_page, report_pdf, report_word, report_workbook
from runtime.views.week import sees_whole_office, week_page
from web.desk import Desk
from web.pages.problem import missing
from web.replies import Download, Page, Reply, Shown
from workflow.rules.inputs import parse_date
from workflow.rules.not_an_input import NotAnInput

FILES = {
    "year": "tong-ket-nam",
    "half": "so-ket-6-thang",
    "statistics": "thong-ke",
    "fund": "quy",
    "coverage": "don-vi-de-nghi",
}
"""The reports in their order, and what their files are called."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML, PDF = "text/html; charset=utf-8", "application/pdf"


class Choice(NamedTuple):
    kind: str
    title: str


def overview(desk: Desk) -> Reply:
    looking = desk.looking
    plan = bool(looking.plan_years)
    after = {"nam": looking.year, "sau": looking.year + 1} if plan else {}
    reports = [Choice(kind, desk.words(f"report.about.{kind}", **_operands(kind, after))) for kind in FILES]
    return Shown("reports", {"reports": reports if plan else (), "next": looking.year + 1 if plan else None})


def _operands(kind: str, after: dict[str, int]) -> dict[str, int]:
    return after if kind == "year" else {"nam": after["nam"]} if after else {}


def show(desk: Desk) -> Reply:
    kind = desk.asked.place["kind"]
    if kind not in FILES:
        return missing(desk)
    try:
        day = _day(desk)
    except NotAnInput:
        return _shown(desk, kind, None, wrong=True)
    return _shown(desk, kind, day)


def _day(desk: Desk) -> date | None:
    """The day whose knowledge is asked for. Raises NotAnInput."""
    typed = desk.asked.one("as_of")
    return parse_date(typed) if typed else None


def _shown(desk: Desk, kind: str, day: date | None, *, wrong: bool = False) -> Reply:
    looking = desk.looking
    report = report_of(looking, kind, day)
    return Shown(
        "report",
        {
            "kind": kind,
            "title": about(looking, report),
            "day": looking.day(report.as_of),
            "typed": desk.asked.one("as_of"),
            "as_of": day.isoformat() if day else "",
            "wrong": wrong,
            "blocks": [(KINDS[type(block)], block) for block in report_blocks(looking, report)],
            "drawn": drawn,
            "room": {"breadth": BREADTH, "height": HEIGHT, "label": LABEL},
        },
        422 if wrong else 200,
    )


def download(desk: Desk) -> Reply:
    kind, ending = desk.asked.place["kind"], desk.asked.place["ending"]
    if kind not in FILES or ending not in ("docx", "pdf", "xlsx", "html"):
        return missing(desk)
    looking = desk.looking
    try:
        report = report_of(looking, kind, _day(desk))
    except NotAnInput:
        return _shown(desk, kind, None, wrong=True)
    name = f"{FILES[kind]}-{report.year}.{ending}"
    match ending:
        case "docx":
            return Download(name, DOCX, report_word(looking, report))
        case "pdf":
            return Download(name, PDF, report_pdf(looking, report), inline=True)
        case "xlsx":
            return Download(name, XLSX, report_workbook(looking, report))
    return Download(name, HTML, report_page(looking, report).encode())


def week(desk: Desk) -> Reply:
    """The Monday briefing: the whole office's for those who lead it, else the position's own."""
    desk.require("dossiers")  # it tells what is still a draft
    looking: Looking = desk.looking
    reader = desk.account
    account = None if reader is None or sees_whole_office(looking, reader) else reader
    page = week_pages.page(week_page(looking, account, reader=reader))
    return Download(f"giao-ban-{looking.today.isoformat()}.html", HTML, page.encode())


def chase_record(desk: Desk) -> Reply:
    looking = desk.looking.speaking("vi")
    book = tables_workbook(chase_book(chase_of(looking), looking))
    return Download(f"don-doc-{looking.year}.xlsx", XLSX, book)


def next_year(desk: Desk) -> Reply:
    desk.require("dossiers")  # a draft
    looking = desk.looking
    year = looking.year + 1
    return Download(f"ke-hoach-{year}.docx", DOCX, plan_file(looking, next_plan(looking, year, Edits())))


PAGES = (
    Page("GET", "/reports", overview, part="reports"),
    Page("GET", "/reports/week.html", week, part="reports"),
    Page("GET", "/reports/chase.xlsx", chase_record, part="reports"),
    Page("GET", "/reports/next-plan.docx", next_year, part="reports"),
    Page("GET", "/reports/{kind}", show, part="reports"),
    Page("GET", "/reports/{kind}/file.{ending}", download, part="reports"),
)
