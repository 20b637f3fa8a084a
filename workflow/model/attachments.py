"""The papers that a dossier has: files by their digests, and what was seen on paper only.

Nothing of it is taken away or changed: a later paper of a kind is a revision beside the one before.
"""

# No postponed annotations: as texts each field's would be compiled at every start.

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

DIGEST = re.compile("[0-9a-f]{64}")
"""A file's SHA-256, by which it is called."""
Media = Literal["pdf", "picture", "word"]
How = Literal["scan", "digital", "file", "seen"]


class Paper(NamedTuple):
    """A paper of a dossier, `no` counts them. `kind` is the rule pack's, `line` the line that it is about, if
    any, `how` what stands of it: a `scan` of the signed original, one that is signed `digital`ly, a `file`
    without a signature, or that the original was `seen` on paper. `digest` is the SHA-256 of its file in hex
    and `size` its bytes, None of one that was only seen; `media` what the file is by its content.

    `revision` counts what was attached of the kind: several files may be one. On `erased_on` its file was
    deleted for good; that it was there stays known.
    """

    no: int
    kind: str
    how: How
    on: date
    revision: int = 1
    digest: str | None = None
    size: int | None = None
    media: Media | None = None
    line: int | None = None
    erased_on: date | None = None

    @property
    def has_file(self) -> bool:
        return self.digest is not None and self.erased_on is None


def standing(papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """The papers that no later revision of their kind and line replaced."""
    last = {(paper.kind, paper.line): paper.revision for paper in papers}
    return tuple(paper for paper in papers if paper.revision == last[paper.kind, paper.line])


def with_paper(papers: Sequence[Paper], paper: Paper, *, beside: bool = False) -> tuple[Paper, ...]:
    """The papers with one more, which gets its number: the next revision of its kind and line, or one more
    file `beside` those of the last."""
    before = [each.revision for each in papers if (each.kind, each.line) == (paper.kind, paper.line)]
    last = max(before, default=0)
    revision = last if beside and last else last + 1
    no = max((each.no for each in papers), default=0) + 1
    return (*papers, paper._replace(no=no, revision=revision))
