"""A dossier's papers: handed in by a form, given back as they were attached; its list as a workbook."""

from __future__ import annotations

from runtime.acts.attaching import Attachment, GivenFile, attach
from runtime.office.sentences import input_mistakes
from runtime.office.typed import whole
from runtime.views.answers import answer_of, reasons_told
from runtime.views.dossier_list import list_file
from runtime.views.dossier_papers import papers_text
from runtime.views.paper_file import read_paper
from web.desk import Desk
from web.failures import told
from web.links import item_path
from web.pages.dossiers import XLSX
from web.pages.item import item_meant, item_shown
from web.replies import Download, Page, Redirect, Reply
from web.saying import said_of
from workflow.model.dossiers import Dossier
from workflow.model.errors import InputMistakes, TdktError, UnknownReference
from workflow.model.facts import Item

KINDS = (
    (b"%PDF", "pdf", "application/pdf"),
    (b"\x89PNG", "png", "image/png"),
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (b"II*\0", "tif", "image/tiff"),
    (b"MM\0*", "tif", "image/tiff"),
    (b"\xd0\xcf\x11\xe0", "doc", "application/msword"),
)
"""By what a kept file begins with; a packed one is a Word document or an OpenDocument text."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"


def dossier_meant(desk: Desk) -> Item:
    """Raises UnknownReference."""
    item = item_meant(desk)
    if not isinstance(item.details, Dossier):
        raise UnknownReference(ref=item.key.ref)
    return item


def attach_papers(desk: Desk) -> Reply:
    item, asked, words = dossier_meant(desk), desk.asked, desk.words
    files = tuple(GivenFile(*each) for each in asked.files.get("file", ()))
    seen, line = asked.one("how") == "seen", asked.one("line")
    if bool(files) == seen:
        return item_shown(desk, item, beside={"attach_wrong": words("web.dossier.file_or_seen")}, status=422)
    wanted = Attachment(
        asked.one("kind"),
        files,
        "seen" if seen else None,
        whole(line),
        asked.one("beside") == "yes",
    )
    try:
        results = attach(desk.acting_by(asked.one("key")), item.key.in_year, wanted)
    except TdktError as error:
        if error.exit_code > 2:
            raise
        return item_shown(desk, item, beside={"attach_wrong": told(error, words)}, status=422)
    for result in results:
        if isinstance(result.error, InputMistakes):
            wrong = " ".join(input_mistakes(result.error, words).values())
            return item_shown(desk, item, beside={"attach_wrong": wrong}, status=422)
        if result.refused is not None:
            against = reasons_told(desk.looking, result.refused.reasons)
            return item_shown(desk, item, beside={"attach_against": against}, status=422)
    there = desk.looking.reading.item(item.key)
    said = said_of(answer_of(desk.looking, results[0], by=desk.account))
    stands = papers_text(desk.looking, there) if there else ""
    return Redirect(f"{item_path(item.key)}#attached", said=(*said, *([f"{stands}."] if stands else [])))


def paper(desk: Desk) -> Reply:
    """Its file, never shown within the browser: it came from elsewhere."""
    item, no = dossier_meant(desk), whole(desk.asked.place["no"])
    if no is None:
        raise UnknownReference(ref=desk.asked.place["no"])
    found, content = read_paper(desk.looking, item, no)
    ending, kind = next(
        ((ending, kind) for begins, ending, kind in KINDS if content.startswith(begins)),
        ("odt", ODT) if content[30:38] == b"mimetype" else ("docx", DOCX),
    )
    return Download(f"{item.key.ref}-{found.no}-{found.kind}.{ending}", kind, content)


def its_list(desk: Desk) -> Reply:
    item = dossier_meant(desk)
    province = desk.asked.one("for") == "province"
    _goes, content = list_file(desk.looking, item, province=province)
    return Download(f"{item.key.ref}-{'tinh' if province else 'danh-sach'}.xlsx", XLSX, content)


PAGES = (
    Page("POST", "/items/{year}/{ref}/attached", attach_papers, acts=True),
    Page("GET", "/items/{year}/{ref}/attached/{no}", paper),
    Page("GET", "/items/{year}/{ref}/list", its_list),
)
