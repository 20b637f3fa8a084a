"""What a dossier's page has beside every item's: its papers with where they are handed in, and its list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from runtime.views.dossier_papers import asked_words, paper_rows, papers_text, signed_by
from runtime.views.fields import Option
from web.desk import Desk
from web.frame import new_key
from web.links import event_path, item_path
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item

COLUMNS = ("no", "kind", "how", "on", "file")


class PaperRow(NamedTuple):
    """A paper that is there, with where its file is got; empty where it has none."""

    cells: Sequence[str]
    to: str


def values(desk: Desk, item: Item) -> Mapping[str, Any]:
    looking, asked, words, path = desk.looking, desk.asked, desk.words, item_path(item.key)
    dossier, wanted = Dossier.of(item), asked_words(looking, item)
    named = {each.kind for each in wanted}
    others = (each for each in looking.pack(item.rules).papers if each.id not in named)
    standing = {line.no for line in dossier.standing}
    return {
        "papers_text": papers_text(looking, item),
        "signed_by": signed_by(looking, item),
        "asked_papers": wanted,
        "asked_columns": [words(f"papers.column.{name}") for name in ("kind", "made_by", "there")],
        "attached": [
            PaperRow(row[: len(COLUMNS)], f"{path}/attached/{paper.no}" if paper.has_file else "")
            for row, paper in zip(paper_rows(looking, item), dossier.papers, strict=True)
        ],
        "paper_columns": [words(f"papers.column.{name}") for name in COLUMNS],
        "kinds": [
            *(Option(each.kind, each.label) for each in wanted),
            *(Option(each.id, words.of(each.label)) for each in others),
        ],
        "kind": asked.one("kind"),
        "line_options": [
            Option(str(line.nominee.no), f"{line.nominee.no}. {line.name or '—'}")
            for line in looking.lines(item.key)
            if line.nominee.no in standing
        ],
        "paper_line": asked.one("line"),
        "add_path": event_path(item.key, "add"),
        "accept_path": event_path(item.key, "accept"),
        "appraise_path": f"{path}/appraise",
        "attach_key": asked.one("key") or new_key(),
        "attach_wrong": "",
        "attach_against": (),
    }
