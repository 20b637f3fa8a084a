"""Word templates as they are shipped, written from what stands in them: equal words give equal bytes.

The layout is that of NĐ 30/2020/NĐ-CP, appendix I: A4, margins of 20, 30 and 15 to 20 mm, Times New
Roman, the page's number at the top of every page but the first. An office edits what comes of it in Word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from xml.sax.saxutils import escape

from exchange.papers.package import packed
from tests.paper_templates.package import (
    CORE,
    DOCUMENT_RELATIONS,
    HEAD,
    NAMES,
    RELATIONS,
    SETTINGS,
    TYPES,
    header,
)

MM = 56.7
"""Twentieths of a point in a millimetre."""
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class Style:
    """A paragraph style: what Word lists it as, and its properties."""

    name: str
    align: str = "left"
    size: float = 13
    bold: bool = False
    italic: bool = False
    first: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    line: float = 1
    keep: bool = False
    level: int = 0


STYLES = {
    "ThanBai": Style("Thân bài", "both", 14, first=10, after=6, line=1.08),
    "CanCu": Style("Căn cứ", "both", 14, italic=True, first=10, after=6, line=1.08),
    "TenLoai": Style("Tên loại văn bản", "center", 14, bold=True, before=14, keep=True, level=1),
    "TrichYeu": Style("Trích yếu", "center", 14, bold=True, keep=True),
    "ThamQuyen": Style("Thẩm quyền ban hành", "center", 14, bold=True, before=8, after=8, keep=True),
    "Muc": Style("Mục", "left", 14, bold=True, first=10, before=6, after=6, keep=True, level=2),
    "Giua": Style("Giữa", "center", 14),
    "SauBang": Style("Sau bảng", "both", 14, first=10, before=6, after=6),
    "KinhGui": Style("Kính gửi", "center", 14, before=4, after=8),
    "KemTheo": Style("Kèm theo", "center", 14, italic=True, after=8),
    "CoQuan": Style("Cơ quan ban hành", "center", 12.5),
    "QuocHieu": Style("Quốc hiệu", "center", 12, bold=True),
    "TieuNgu": Style("Tiêu ngữ", "center", 13, bold=True),
    "SoKyHieu": Style("Số, ký hiệu", "center", 13, before=4),
    "VeViec": Style("Về việc", "center", 12),
    "DiaDanh": Style("Địa danh, ngày tháng", "center", 13, italic=True, before=4),
    "DauBang": Style("Đầu bảng", "center", 12, bold=True, before=2, after=2),
    "OTrai": Style("Ô trái", "left", 12, before=2, after=2),
    "OGiua": Style("Ô giữa", "center", 12, before=2, after=2),
    "OPhai": Style("Ô phải", "right", 12, before=2, after=2),
    "DauBangNho": Style("Đầu bảng nhỏ", "center", 9, bold=True, before=2, after=2),
    "OTraiNho": Style("Ô trái nhỏ", "left", 10, before=2, after=2),
    "OGiuaNho": Style("Ô giữa nhỏ", "center", 10, before=2, after=2),
    "TenBang": Style("Tên bảng", "both", 13, bold=True, before=8, after=4, keep=True),
    "NoiNhanDau": Style("Nơi nhận", "left", 12, bold=True, italic=True),
    "NoiNhan": Style("Nơi nhận, từng nơi", "left", 11),
    "Ky": Style("Người ký", "center", 13, bold=True),
    "KyGhiChu": Style("Người ký, ghi chú", "center", 12, italic=True),
}


def paragraph(text: str, style: str, *, keep: bool = False, rule: float = 0, width: float = 0) -> str:
    """One paragraph; `**bold**` and `*italic*` are looks, a new line ends a line. With `rule` it is an empty
    one with a line of that share of `width` (mm) below it."""
    said = f'<w:pStyle w:val="{style}"/>' + ("<w:keepNext/>" if keep else "")
    if rule:
        side = round(width * (1 - rule) / 2 * MM)
        said += '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
        said += '<w:spacing w:before="0" w:after="0" w:line="40" w:lineRule="exact"/>'
        said += f'<w:ind w:left="{side}" w:right="{side}" w:firstLine="0"/>'
    return f"<w:p><w:pPr>{said}</w:pPr>{''.join(_runs(text))}</w:p>"


def _runs(text: str) -> Iterable[str]:
    for piece in re.split(r"(\*\*.+?\*\*|\*.+?\*)", text, flags=re.DOTALL):
        if piece:
            marks = "**" if piece.startswith("**") else "*" if piece.startswith("*") else ""
            look = {"**": "<w:rPr><w:b/></w:rPr>", "*": "<w:rPr><w:i/></w:rPr>", "": ""}[marks]
            said = piece.removeprefix(marks).removesuffix(marks)
            lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in said.split("\n"))
            yield f"<w:r>{look}{'<w:br/>'.join(lines)}</w:r>"


@dataclass(frozen=True)
class Column:
    """A column of a list: its head, its width in mm, what stands in each row, in one paragraph or several,
    and the styles of both."""

    head: str
    width: float
    text: str | tuple[str, ...]
    style: str = "OTrai"
    over: str = "DauBang"

    @property
    def paragraphs(self) -> list[str]:
        said = (self.text,) if isinstance(self.text, str) else self.text
        return [paragraph(text, self.style) for text in said]


@dataclass
class Sheet:
    """A template under writing. `wide` pages lie across."""

    wide: bool = False
    margins: tuple[float, float, float, float] = (20, 20, 30, 17)
    blocks: list[str] = field(default_factory=list)

    @property
    def width(self) -> float:
        """Millimetres between the margins."""
        return (297 if self.wide else 210) - self.margins[2] - self.margins[3]

    def add(self, *blocks: str) -> Sheet:
        self.blocks += blocks
        return self

    def say(self, *texts: str, style: str = "ThanBai", keep: bool = False) -> Sheet:
        return self.add(*(paragraph(text, style, keep=keep) for text in texts))

    def when(
        self, condition: str, *texts: str, otherwise: Sequence[str] = (), style: str = "ThanBai"
    ) -> Sheet:
        """Paragraphs that stand only where the condition holds."""
        self.say(f"{{%p if {condition} %}}", *texts, style=style)
        if otherwise:
            self.say("{%p else %}", *otherwise, style=style)
        return self.say("{%p endif %}", style=style)

    def each(self, loop: str, *texts: str, style: str = "ThanBai") -> Sheet:
        """Paragraphs for each of a list."""
        return self.say(f"{{%p for {loop} %}}", *texts, "{%p endfor %}", style=style)

    def head(self, *issuer: str, number: str = "Số: {{ number }}", own: int = 1, about: str = "") -> Sheet:
        """What a letter is `about` stands under its number. Who issues it at the left, of whose lines the
        last `own` are bold; the nation at the right."""
        left_width, right_width = self.width * 0.42, self.width * 0.58
        bold = [f"**{each}**" if at >= len(issuer) - own else each for at, each in enumerate(issuer)]
        left = [paragraph(each, "CoQuan") for each in bold]
        left.append(paragraph("", "CoQuan", rule=0.4, width=left_width))
        left += [paragraph(number, "SoKyHieu")] if number else []
        left += [paragraph(about, "VeViec")] if about else []
        right = [
            paragraph(NATION, "QuocHieu"),
            paragraph(MOTTO, "TieuNgu"),
            paragraph("", "TieuNgu", rule=0.58, width=right_width),
            paragraph("{{ place_date }}", "DiaDanh"),
        ]
        return self.add(_unlined([(left_width, left), (right_width, right)]))

    def title(self, kind: str, *subject: str) -> Sheet:
        """The kind of paper and what it is about, with the line below."""
        self.say(kind, style="TenLoai").say(*subject, style="TrichYeu")
        return self.add(paragraph("", "TrichYeu", rule=0.32, width=self.width), paragraph("", "OTrai"))

    def list(
        self, columns: Sequence[Column], loop: str, *, total: Sequence[tuple[int, str, str]] = ()
    ) -> Sheet:
        """A table with its head on every page and a row for each of `loop`; the cells of `total`
        (columns, style, text) stand below it."""
        heads = [(column.width, [paragraph(column.head, column.over)]) for column in columns]
        cells = [(column.width, column.paragraphs) for column in columns]
        rows = [
            _row(heads, repeated=True),
            _row([(0, [paragraph(f"{{%tr for {loop} %}}", "OTrai")])], span=len(columns)),
            _row(cells),
            _row([(0, [paragraph("{%tr endfor %}", "OTrai")])], span=len(columns)),
        ]
        if total:
            rows.append(_total(columns, total))
        return self.add(_table([column.width for column in columns], rows, lined=True))

    def grouped(
        self, columns: Sequence[Column], group: str, heading: str, loop: str, *, style: str = "OTrai"
    ) -> Sheet:
        """The same by groups, each with a row of its own above its lines."""
        heads = [(column.width, [paragraph(column.head, column.over)]) for column in columns]
        cells = [(column.width, column.paragraphs) for column in columns]

        def over(text: str) -> str:
            return _row([(0, [paragraph(text, style, keep=True)])], span=len(columns))

        rows = [
            _row(heads, repeated=True),
            over(f"{{%tr for {group} %}}"),
            over(f"**{heading}**"),
            over(f"{{%tr for {loop} %}}"),
            _row(cells),
            over("{%tr endfor %}"),
            over("{%tr endfor %}"),
        ]
        return self.add(_table([column.width for column in columns], rows, lined=True))

    def signed(self, *, receivers: bool = True, who: str = "signature") -> Sheet:
        """Whom it goes to at the left, who signs at the right, on one page with the words above."""
        left = [
            paragraph("Nơi nhận:", "NoiNhanDau"),
            paragraph("{%p for receiver in receivers %}", "NoiNhan"),
            paragraph("- {{ receiver }}", "NoiNhan"),
            paragraph("{%p endfor %}", "NoiNhan"),
        ]
        return self.add(
            paragraph("", "OTrai", keep=True),
            _unlined(
                [
                    (self.width * 0.47, left if receivers else [paragraph("", "NoiNhan")]),
                    (self.width * 0.53, signature(who)),
                ]
            ),
        )

    def both_sign(self, *who: str) -> Sheet:
        """Several who sign, beside each other."""
        share = self.width / len(who)
        cells = [(share, signature(each)) for each in who]
        return self.add(paragraph("", "OTrai", keep=True), _unlined(cells))

    def all_sign(self, each: str, other: str, *, first: bool = False, room: int = 5) -> Sheet:
        """Each of several who sign below each other, and one beside them, at the left where it is the
        `first`."""
        several = [
            paragraph(f"{{%p for one in {each} %}}", "Ky"),
            paragraph("{{ one.capacity[0] }}", "Ky"),
            *(paragraph("", "Ky") for _ in range(room)),
            paragraph("{{ one.name }}", "Ky"),
            paragraph("", "Ky"),
            paragraph("{%p endfor %}", "Ky"),
        ]
        sides = [several, signature(other)]
        cells = [(self.width / 2, side) for side in (reversed(sides) if first else sides)]
        return self.add(paragraph("", "OTrai", keep=True), _unlined(cells))

    def break_to(self, following: Sheet) -> Sheet:
        """Goes on with pages of the other sheet, which count from 1."""
        self.add(f"<w:p><w:pPr>{self.section()}</w:pPr></w:p>")
        self.blocks += following.blocks
        self.wide, self.margins = following.wide, following.margins
        return self

    def section(self) -> str:
        width, height = (297, 210) if self.wide else (210, 297)
        top, bottom, left, right = (round(each * MM) for each in self.margins)
        lying = ' w:orient="landscape"' if self.wide else ""
        return (
            '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
            '<w:headerReference w:type="first" r:id="rId4"/>'
            f'<w:pgSz w:w="{round(width * MM)}" w:h="{round(height * MM)}"{lying}/>'
            f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
            ' w:header="567" w:footer="567" w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
        )

    def template(self) -> bytes:
        """The Word file."""
        body = "".join(self.blocks)
        document = f"{HEAD}<w:document {NAMES}><w:body>{body}{self.section()}</w:body></w:document>"
        parts = {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS,
            "docProps/core.xml": CORE,
            "word/_rels/document.xml.rels": DOCUMENT_RELATIONS,
            "word/document.xml": document,
            "word/header1.xml": header(numbered=True),
            "word/header2.xml": header(numbered=False),
            "word/settings.xml": SETTINGS,
            "word/styles.xml": _styles(),
        }
        return packed({name: text.encode() for name, text in parts.items()})


def signature(who: str) -> list[str]:
    """The capacity in which somebody signs, room for the hand and the seal, the name."""
    return [
        paragraph(f"{{%p for line in {who}.capacity %}}", "Ky"),
        paragraph("{{ line }}", "Ky"),
        paragraph("{%p endfor %}", "Ky"),
        *(paragraph("", "Ky") for _ in range(5)),
        paragraph(f"{{{{ {who}.name }}}}", "Ky"),
    ]


def _unlined(cells: Sequence[tuple[float, list[str]]]) -> str:
    return _table([width for width, _ in cells], [_row(cells, whole=True)], lined=False)


def _total(columns: Sequence[Column], cells: Sequence[tuple[int, str, str]]) -> str:
    made, at = [], 0
    for span, style, text in cells:
        width = sum(column.width for column in columns[at : at + span])
        made.append(_cell(width, [paragraph(f"**{text}**" if text else "", style)], span=span))
        at += span
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(made)}</w:tr>"


def _row(
    cells: Sequence[tuple[float, list[str]]], *, repeated: bool = False, whole: bool = True, span: int = 1
) -> str:
    said = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if repeated else "")
    made = "".join(_cell(width, blocks, span=span, middle=repeated) for width, blocks in cells)
    return f"<w:tr><w:trPr>{said}</w:trPr>{made}</w:tr>"


def _cell(width: float, blocks: list[str], *, span: int = 1, middle: bool = False) -> str:
    said = f'<w:tcW w:w="{round(width * MM)}" w:type="dxa"/>'
    said += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    said += '<w:vAlign w:val="center"/>' if middle else ""
    return f"<w:tc><w:tcPr>{said}</w:tcPr>{''.join(blocks)}</w:tc>"


def _table(widths: Sequence[float], rows: Sequence[str], *, lined: bool) -> str:
    line = 'w:val="single" w:sz="4" w:space="0" w:color="auto"' if lined else 'w:val="nil"'
    sides = "".join(
        f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{round(width * MM)}"/>' for width in widths)
    total = round(sum(widths) * MM)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _styles() -> str:
    kinds = " ".join(f'w:{each}="Times New Roman"' for each in ("ascii", "hAnsi", "cs", "eastAsia"))
    fonts = f"<w:rFonts {kinds}/>"
    usual = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="26"/><w:szCs w:val="26"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        "</w:style>"
    )
    return f"{HEAD}<w:styles {NAMES}>{usual}{''.join(chain.from_iterable(map(_style, STYLES)))}</w:styles>"


def _style(id: str) -> Iterable[str]:
    it = STYLES[id]
    yield f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{id}"><w:name w:val="{it.name}"/>'
    yield '<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>' + ("<w:keepNext/>" if it.keep else "")
    yield f'<w:spacing w:before="{round(it.before * 20)}" w:after="{round(it.after * 20)}"'
    yield f' w:line="{round(it.line * 240)}" w:lineRule="auto"/>'
    yield f'<w:ind w:left="{round(it.left * MM)}" w:firstLine="{round(it.first * MM)}"/>'
    yield f'<w:jc w:val="{it.align}"/>'
    yield f'<w:outlineLvl w:val="{it.level - 1}"/>' if it.level else ""
    yield "</w:pPr><w:rPr>" + ("<w:b/>" if it.bold else "") + ("<w:i/>" if it.italic else "")
    yield f'<w:sz w:val="{round(it.size * 2)}"/><w:szCs w:val="{round(it.size * 2)}"/></w:rPr></w:style>'
