"""How every reader of a word processor's file goes over its pages: blocks into rows and paragraphs, in order.

What a block, a row and a cell are in the file's own terms say the readers for Word and OpenDocument.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from exchange.plan.document import Paragraph, Remark, TableRow, one_line


class PageReader(ABC):
    """One document under reading: the count of its rows, and what it met that stands in no row or paragraph.

    `boxes` are the text boxes met since the last block, `hidden` the hidden texts; `floating` are the texts
    of boxes without a table.
    """

    def __init__(self) -> None:
        self.rows = 0
        self.boxes: list[Any] = []
        self.hidden: list[str] = []
        self.floating: list[str] = []
        self.remarks: list[Remark] = []

    @abstractmethod
    def blocks(self, holder: Any) -> Iterator[Any]:
        """What a text, a frame or a box holds: the text of each paragraph, and the elements of tables."""

    @abstractmethod
    def table(self, table: Any) -> Iterator[TableRow | Paragraph]:
        """The rows of a table that are shown; of one that frames another the parts of that."""

    @abstractmethod
    def lines(self, holder: Any) -> Iterator[str]:
        """The paragraphs that are not empty, those of tables within included."""

    @abstractmethod
    def holds_table(self, box: Any) -> bool: ...

    def parts(self, holder: Any) -> Iterator[TableRow | Paragraph]:
        gap = False
        for block in self.blocks(holder):
            if isinstance(block, str):
                lines = [line for line in block.split("\n") if line.strip()]
                for line in lines:
                    yield Paragraph(None, one_line(line), gap=gap)
                    gap = False
                gap = gap or not lines
                self.tell_hidden(None)
            else:
                yield from self.table(block)
                gap = True
            yield from self._boxed()

    def _boxed(self) -> Iterator[TableRow | Paragraph]:
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            if self.holds_table(box):
                yield from self.parts(box)
            else:
                self.floating += map(one_line, self.lines(box))

    def tell_hidden(self, line: int | None) -> None:
        text = one_line("".join(self.hidden))
        if text:
            self.remarks.append(Remark(line, "hidden_text", text))
        self.hidden.clear()

    def tell_hidden_row(self, texts: Iterator[str]) -> None:
        self.remarks.append(Remark(self.rows, "hidden_row", one_line(" ".join(texts))))
