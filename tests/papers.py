"""The house's papers as tests read them: fenced blocks with their marks, inline code, headings and links."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HELP = ("year", "dossier", "council", "decision", "movement", "money", "report", "deadlines", "mistakes")
"""The pages of `tdkt help`."""
PAPERS = (
    "README.md",
    "README.vi.md",
    "CHANGELOG.md",
    *(f"docs/help/{page}.{language}.md" for page in HELP for language in ("en", "vi")),
    "docs/architecture.md",
    "docs/concepts.md",
    "docs/operations.md",
    "docs/reference.md",
    "docs/security.md",
    "docs/simulation.md",
)

_FENCE = re.compile(r"^(?P<fence>```+)(?P<language>[\w-]*)\s*$")
_MARK = re.compile(r"^<!-- (?P<mark>.*) -->$")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_CODE = re.compile(r"`([^`]+)`")
_HEADING = re.compile(r"^#+ (?P<title>.+)$")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: `line` is that of its fence, `mark` the HTML comment on the line before it."""

    paper: str
    line: int
    language: str
    text: str
    mark: str

    def __str__(self) -> str:
        return f"{self.paper}:{self.line}"


def read(paper: str) -> str:
    return (ROOT / paper).read_text("utf-8")


def blocks(paper: str, *languages: str) -> tuple[Block, ...]:
    """The paper's fenced blocks in order, of these languages or of all."""
    return tuple(block for block in _blocks(paper) if not languages or block.language in languages)


def marked(paper: str, mark: str) -> Block:
    """The one block under the comment `<!-- mark -->`."""
    (block,) = (block for block in _blocks(paper) if block.mark == mark)
    return block


def _blocks(paper: str) -> Iterator[Block]:
    lines = read(paper).split("\n")
    at = 0
    while at < len(lines):
        opened = _FENCE.match(lines[at])
        if opened is None:
            at += 1
            continue
        end = next(i for i in range(at + 1, len(lines)) if lines[i].rstrip() == opened["fence"])
        mark = _MARK.match(lines[at - 1]) if at else None
        yield Block(
            paper, at + 1, opened["language"], "\n".join(lines[at + 1 : end]), mark["mark"] if mark else ""
        )
        at = end + 1


def prose(paper: str) -> tuple[tuple[int, str], ...]:
    """The paper's lines outside fenced blocks, each with its number."""
    inside = {
        line
        for block in _blocks(paper)
        for line in range(block.line, block.line + block.text.count("\n") + 3)
    }
    return tuple(
        (number, text) for number, text in enumerate(read(paper).split("\n"), 1) if number not in inside
    )


def inline_code(paper: str) -> Iterator[tuple[int, str]]:
    for number, text in prose(paper):
        yield from ((number, code) for code in _CODE.findall(text))


def links(paper: str) -> Iterator[tuple[int, str]]:
    for number, text in prose(paper):
        yield from ((number, match["target"]) for match in _LINK.finditer(text))


def anchors(paper: str) -> frozenset[str]:
    """The anchors that a reader of Markdown gives the paper's headings."""
    titles = (match["title"] for _, text in prose(paper) if (match := _HEADING.match(text)))
    return frozenset(_anchor(title) for title in titles)


def _anchor(title: str) -> str:
    words = unicodedata.normalize("NFC", title).lower().replace("`", "")
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
