"""Văn bản: the papers of each item, to look at and to keep; certificates; the registers as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from exchange.sheets.chase import tables_workbook
from runtime.acts.acting import Acting
from runtime.acts.keep_paper import NewPaper, keep_paper
from runtime.office.typed import whole
from runtime.views.papers import certificates
from runtime.views.papers.kinds import PAPERS
from runtime.views.papers.listing import PaperRecord, papers_of
from runtime.views.papers.making import Paper, papers
from runtime.views.papers.parts import NOT_GIVEN, Given
from runtime.views.papers.telling import newer_text
from runtime.views.register import ROWS, Asked, register_book, register_of, row_cells
from web.desk import Desk
from web.doing import once, permitted
from web.frame import new_key
from web.links import item_path
from web.pages.item import item_meant
from web.pages.problem import NoSuchPage
from web.replies import Download, Page, Redirect, Reply, Shown
from workflow.model.facts import Item
from workflow.model.sight import sees
from workflow.model.subjects import AWARD_DECISION, DOSSIER, SESSION
from workflow.rules.inputs import option_read, parse_code, parse_date

ON_A_PAGE = 20
ROWS_ON_A_PAGE = 100
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
OF = {"decisions": AWARD_DECISION, "sessions": SESSION, "dossiers": DOSSIER}


class Row(NamedTuple):
    """A paper of an item, in words. `pdf` and `word` are where it is had; both are empty of one that is
    issued and not kept yet. `by_hand`: the records clerk's number makes it an issued one."""

    kind: str
    part: str
    label: str
    number: str
    state: str
    tone: str
    digests: tuple[tuple[str, str], ...]
    pdf: str
    word: str
    by_hand: bool
    newer: str


class Of(NamedTuple):
    """An item with its papers."""

    ref: str
    content: str
    to: str
    rows: tuple[Row, ...]


def front(desk: Desk) -> Reply:
    """The items that may have papers, the newest first, each with those that it has."""
    looking = desk.looking
    of = desk.asked.one("of", "decisions")
    subject = OF.get(of, AWARD_DECISION)
    keys = looking.reading.subject_keys(subject, *looking.span)[::-1]
    begin = whole(desk.asked.one("from")) or 0
    shown = keys[begin : begin + ON_A_PAGE]
    found = looking.reading.items(shown)
    items = [
        Of(looking.ref(key), looking.content(item), f"{item_path(key)}/papers", _rows(desk, item))
        for key in shown
        if sees(looking.directory, desk.account, item := found[key], looking.today)
    ]
    return Shown(
        "papers",
        {
            "of": of,
            "kinds": [(name, looking.words(f"web.menu.{name}")) for name in OF],
            "items": items,
            "registers": [(f"/registers/{name}", looking.words(f"register.{name}")) for name in ROWS],
            **_turning(f"/papers?of={of}", begin, ON_A_PAGE, len(keys)),
        },
    )


def of_item(desk: Desk) -> Reply:
    return _of_item(desk, item_meant(desk), "")


def _of_item(desk: Desk, item: Item, mistake: str) -> Reply:
    looking, asked = desk.looking, desk.asked
    return Shown(
        "papers_of",
        {
            "ref": looking.ref(item.key),
            "content": looking.content(item),
            "path": item_path(item.key),
            "rows": _rows(desk, item),
            "mistake": mistake,
            "typed": {name: asked.one(name) for name in ("kind", "part", "number", "on")},
            "form_key": new_key(),
        },
        422 if mistake else 200,
    )


def _rows(desk: Desk, item: Item) -> tuple[Row, ...]:
    return tuple(_row(desk, item, each) for each in papers_of(desk.looking, item))


def _row(desk: Desk, item: Item, each: PaperRecord) -> Row:
    looking, words = desk.looking, desk.words
    path = f"{item_path(item.key)}/papers"
    query = f"?{urlencode({'part': each.part})}" if each.part else ""
    on_sheets, had = each.kind == certificates.KIND, each.state != "final"
    grid = "?grid=yes" if on_sheets and each.state == "draft" else query
    digests = (("Word", each.word), ("PDF", each.pdf))
    by_hand = not on_sheets and PAPERS[each.kind].by_hand and each.state == "draft"
    return Row(
        each.kind,
        each.part,
        words(f"paper_kind.{each.kind}"),
        " ".join(filter(None, (each.number, looking.day(each.on) if each.on else ""))),
        words(f"paper.state.{each.state}"),
        {"kept": "done", "superseded": "late", "final": "soon"}.get(each.state, "open"),
        tuple((name, digest[:12]) for name, digest in digests if digest),
        f"{path}/{each.kind}.pdf{grid}" if had else "",
        f"{path}/{each.kind}.docx{query}" if had and not on_sheets else "",
        by_hand,
        newer_text(looking, each.kind, each.number, each.newer) if each.newer else "",
    )


def file(desk: Desk) -> Reply:
    """A paper as it was kept, or a draft made now; one that is issued is kept before it is handed over."""
    item, looking = item_meant(desk), desk.looking
    kind, _dot, ending = desk.asked.place["file"].rpartition(".")
    if ending not in ("pdf", "docx"):
        raise NoSuchPage()
    if kind == certificates.KIND and ending == "pdf" and item.subject == AWARD_DECISION.id:
        made = certificates.certificates(
            looking, item, desk.asked.all("line"), grid=desk.asked.one("grid") == "yes"
        )
        return Download(f"{item.key.ref}-{kind}.pdf", PDF, made.pdf, inline=True)
    paper = _made(desk, item, kind, desk.asked.one("part"), NOT_GIVEN)
    if paper.final and not paper.kept:
        said = looking.words("web.papers.keep_first", van_ban=looking.words(f"paper_kind.{kind}"))
        return Redirect(f"{item_path(item.key)}/papers", said=(said,))
    name = f"{item.key.ref}-{paper.stem}.{ending}"
    if ending == "pdf":
        return Download(name, PDF, paper.made.pdf, inline=True)
    return Download(name, WORD, paper.made.word)


def _made(desk: Desk, item: Item, kind: str, part: str, given: Given) -> Paper:
    return next(iter(papers(desk.looking, item, kind, only=part, given=given)))


def keep(desk: Desk) -> Reply:
    """Keeps a paper that is issued, under the number of its record or the one that is typed."""
    item, words, asked = item_meant(desk), desk.words, desk.asked
    kind, part = asked.one("kind"), asked.one("part")

    def act(acting: Acting) -> Sequence[str]:
        role = permitted(acting, "keep_paper", what=desk.looking.ref(item.key))
        paper = _made(desk, item, kind, part, _given(desk))
        if paper.final and not paper.kept:
            new = NewPaper(paper.kind, paper.part, paper.number, paper.on)
            keep_paper(acting, item.key, new, paper.made, role=role)
        return (words("web.papers.kept_now", van_ban=words(f"paper_kind.{kind}")),)

    path = f"{item_path(item.key)}/papers"
    return once(desk, act, path, again=lambda mistake: _of_item(desk, item, mistake))


def _given(desk: Desk) -> Given:
    """The number and the day that are typed, both or none. Raises InputMistakes."""
    number, on = desk.asked.one("number"), desk.asked.one("on")
    if not number and not on:
        return NOT_GIVEN
    return Given(
        option_read(parse_code, "keep_paper", "number", number, like="05/TTr-HĐTĐKT"),
        option_read(parse_date, "keep_paper", "on", on, like="02/03/2026"),
    )


def register(desk: Desk) -> Reply:
    """A register as a table, narrowed by what is asked."""
    looking, name, asked = desk.looking, desk.asked.place["register"], desk.asked
    found = register_of(looking, _register(name), _narrowed(desk))
    begin = whole(asked.one("from")) or 0
    shown = found.records[begin : begin + ROWS_ON_A_PAGE]
    rows = [row_cells(looking, found, row, ("row",)) for row in shown]
    below = [row_cells(looking, found, row, ("below",)) for row in shown]
    typed = {field: asked.one(field) for field in FIELDS}
    query = urlencode({field: word for field, word in typed.items() if word})
    return Shown(
        "register",
        {
            "name": name,
            "heading": looking.words(f"register.{name}"),
            "columns": [heading for heading, _cell in rows[0]] if rows else [],
            "rows": [[cell for _heading, cell in row] for row in rows],
            "below": ["; ".join(f"{label}: {said}" for label, said in pairs if said) for pairs in below],
            "typed": typed,
            "bodies": [(body.id, body.short) for body in looking.directory.bodies],
            "book": f"/registers/{name}.xlsx?{query}",
            **_turning(f"/registers/{name}?{query}", begin, ROWS_ON_A_PAGE, len(found.records)),
        },
    )


def book(desk: Desk) -> Reply:
    """The same as a workbook: papers of the office are Vietnamese."""
    name, looking = desk.asked.place["register"], desk.looking.speaking("vi")
    made = register_book(looking, register_of(looking, _register(name), _narrowed(desk)))
    return Download(f"so-{name}.xlsx", EXCEL, tables_workbook(made))


FIELDS = ("number", "since", "until", "body", "find")


def _narrowed(desk: Desk) -> Asked:
    """What is asked of a register. Raises InputMistakes."""
    typed = {field: desk.asked.one(field) or None for field in FIELDS}
    days = {
        field: option_read(parse_date, "register", field, word, like="02/03/2026") if word else None
        for field in ("since", "until")
        for word in (typed[field],)
    }
    return Asked(typed["number"], days["since"], days["until"], typed["body"], typed["find"])


def _register(name: str) -> str:
    if name not in ROWS:
        raise NoSuchPage()
    return name


def _turning(address: str, begin: int, size: int, total: int) -> Mapping[str, Any]:
    """The pages before and after of a long table."""
    return {
        "before": f"{address}&from={max(0, begin - size)}" if begin else "",
        "after": f"{address}&from={begin + size}" if total > begin + size else "",
    }


PAGES = (
    Page("GET", "/papers", front, part="papers"),
    Page("GET", "/items/{year}/{ref}/papers", of_item, part="papers"),
    Page("POST", "/items/{year}/{ref}/papers", keep, part="papers", acts=True),
    Page("GET", "/items/{year}/{ref}/papers/{file}", file, part="papers"),
    Page("GET", "/registers/{register}.xlsx", book, part="papers"),
    Page("GET", "/registers/{register}", register, part="papers"),
)
