"""The certificates of a decision, as they are set on the office's pre-printed sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import NamedTuple

from exchange.papers import fonts, sheets
from exchange.papers.making import NotMade
from exchange.papers.setting import Sheet
from exchange.papers.sheets import Placed
from runtime.office.looking import Looking
from runtime.views.papers.facts import BLANK, day_text
from runtime.views.papers.heads import CHAIR, FOR_CHAIR, VICE, name_on
from runtime.views.papers.lines import Lines, award_text, lines_of, period_text
from storage import payment_views
from workflow.model.award_decisions import AWARDING, AwardDecision, DecisionLine
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.facts import Item
from workflow.model.printed import CertificateSheet, SheetField
from workflow.model.wording import fill

KIND = "giay_khen"
WHOLE = 1000


class NoCertificate(TdktError):
    """No certificate goes with {gia_tri}. One that does is set by a sheet of the office's file, under
    papers, certificates."""

    code = "no_certificate"


class NotIssuedYet(TdktError):
    """{ref} has no number and no day yet, which stand on its certificates. See how they fall with --grid."""

    code = "certificate_not_issued"


class NotInDecision(UsageMistake):
    """{so} does not stand in {ref}; see its lines with `tdkt show {ref}`."""

    code = "certificate_line"


class CertificatesNotMade(TdktError):
    """The certificates were not made, for they would not come out right: {ly_do}. Correct the sheet in the
    office's file."""

    code = "certificates_not_made"


class Certificates(NamedTuple):
    """All of one decision, a page for each."""

    pdf: bytes
    lines: tuple[str, ...]


def certificates(
    looking: Looking, item: Item, refs: Sequence[str] = (), *, grid: bool = False
) -> Certificates:
    """Those of a decision that stands, or of some lines (`D0001/2`); `grid` lays the places of the fields
    over them. Raises NotIssuedYet, NotInDecision, NoCertificate, CertificatesNotMade."""
    looking, details = looking.speaking("vi"), AwardDecision.of(item)
    ref = looking.ref(item.key)
    if not grid and (details.number is None or details.issued_on is None):
        raise NotIssuedYet(ref=ref)
    chosen = tuple(_chosen(details, refs, ref))
    sheet = looking.directory.papers.sheet_of(details.title)
    if sheet is None or details.kind not in AWARDING:
        raise NoCertificate(gia_tri=looking.title(details.title, pack=item.rules))
    lines, numbers = lines_of(looking, item.key.year), _numbers(looking, item)
    said = (
        _said(looking, details, lines, line) | {"register_no": numbers.get(line.ref, "")} for line in chosen
    )
    pages = [tuple(_placed(sheet, words)) for words in said]
    return Certificates(_set(looking, details, sheet, pages, grid=grid), tuple(line.ref for line in chosen))


def _chosen(details: AwardDecision, refs: Sequence[str], ref: str) -> Iterator[DecisionLine]:
    """The lines that stand, in the order of its papers."""
    standing = {line.ref: line for line in details.standing}
    for named in refs:
        if named not in standing:
            raise NotInDecision(so=named, ref=ref)
    yield from (line for line in standing.values() if not refs or line.ref in refs)


def _set(
    looking: Looking,
    details: AwardDecision,
    sheet: CertificateSheet,
    pages: Sequence[Sequence[Placed]],
    *,
    grid: bool,
) -> bytes:
    words = looking.words
    about = Sheet(
        title=words(f"paper_kind.{KIND}"),
        author=looking.directory.contact,
        day=details.issued_on or looking.today,
        mark=words("paper.sandbox") if looking.row.sandbox else "",
    )
    size = (sheet.width / WHOLE, sheet.height / WHOLE)
    try:
        return sheets.certificates(pages, about, fonts.font(looking.environment), size=size, grid=grid)
    except NotMade as error:
        raise CertificatesNotMade(ly_do=str(error)) from error


def offered(looking: Looking, item: Item) -> bool:
    """Whether certificates go with the lines of a decision."""
    details = AwardDecision.of(item)
    sheet = looking.directory.papers.sheet_of(details.title)
    return sheet is not None and details.kind in AWARDING and bool(details.standing)


def _numbers(looking: Looking, item: Item) -> Mapping[str, str]:
    """The numbers that its lines have in the register."""
    known = payment_views.certificates(looking.reading, looking.office, item.key.year)
    return {
        f"{each.dossier}/{each.line}": each.register_no
        for each in known
        if each.ref == item.key.ref and each.register_no
    }


def _said(looking: Looking, details: AwardDecision, lines: Lines, line: DecisionLine) -> dict[str, str]:
    """What the fields of SHEET_WORDS say on one sheet, but its number in the register."""
    shown, dossier = lines(line.dossier, line.line), lines.dossier(line.dossier)
    signed = details.issued_on or looking.today
    return {
        "name": shown.name,
        "called": shown.called,
        "position": shown.position,
        "achievement": shown.achievement,
        "award": award_text(looking, dossier, line.title),
        "period": period_text(dossier),
        "number": details.number or BLANK,
        "day": day_text(details.issued_on),
        "place_date": f"{looking.directory.title}, {day_text(details.issued_on)}",
        "capacity": f"{FOR_CHAIR}\n{VICE}" if details.signature == FOR_CHAIR else CHAIR,
        "signer": name_on(looking, details.signer, signed),
    }


def _placed(sheet: CertificateSheet, said: Mapping[str, str]) -> Iterator[Placed]:
    """The fields of one sheet; one that has nothing to say, as a number that was not given, is left out."""
    for field in sheet.fields:
        asked = [name for _text, name, *_rest in Formatter().parse(field.text) if name]
        if not asked or any(said[name] for name in asked):
            yield _at(field, fill(field.text, **said).strip())


def _at(field: SheetField, text: str) -> Placed:
    return Placed(
        text=text,
        x=field.x / WHOLE,
        y=field.y / WHOLE,
        width=field.width / WHOLE,
        size=field.size / WHOLE,
        least=min(field.least, field.size) / WHOLE,
        lines=field.lines,
        align=field.align,
        bold=field.bold,
        italic=field.italic,
    )
