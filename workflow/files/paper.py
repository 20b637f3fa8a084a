"""The shape of a `paper` file, the text that a Word template is kept as, and the value it becomes."""

from __future__ import annotations

from base64 import encodebytes

from workflow.files import shapes
from workflow.model.printed import PaperTemplate

PAPER = shapes.document("paper", {"content": shapes.AnyText()}, PaperTemplate)


def paper_text(name: str, version: int, content: bytes) -> str:
    """A Word template as the text of a definition, so that it is kept, digested and read as every other
    one is."""
    lines = encodebytes(content).decode().splitlines()
    head = f"definition: paper\nname: {name}\nversion: {version}\ncontent: |\n"
    return head + "".join(f"  {line}\n" for line in lines)
