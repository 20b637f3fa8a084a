"""Attaching papers to a dossier: files, which are looked at and kept, or that one was seen on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from exchange.attached import Media, NotAPaper, is_signed, media_of
from runtime.acts.acting import Acting
from runtime.acts.series import Series, answered, ask_series
from runtime.office.results import Result
from runtime.office.settings import NoPaperFolder, file_limit
from storage.paper_files import NewFile, PaperFiles
from workflow.model.causes import cause_of
from workflow.model.errors import UsageMistake
from workflow.model.signs import shown
from workflow.model.text import Phrase, Text

ATTACH = "attach"
MEGABYTE = 1 << 20


class NotAttached(UsageMistake):
    """Nothing was attached. {danh_sach}."""

    code = "not_attached"


class GivenFile(NamedTuple):
    """A file that came with its bytes, as by a form."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """What is to be attached as papers of one `kind`: `files`, by their paths or as given, or that it was
    seen on paper where there are none. `how` they stand is told by each file itself where it is None. Several
    are one paper; `beside` puts them to the one that is there, in whose place they come otherwise. `line` is
    the one that they are about.
    """

    kind: str
    files: tuple[str | GivenFile, ...] = ()
    how: str | None = None
    line: int | None = None
    beside: bool = False
    dry_run: bool = False
    confirmed: bool = False


class Looked(NamedTuple):
    """A file that was looked at."""

    name: str
    content: bytes
    media: Media


def attach(acting: Acting, ref: str, asked: Attachment) -> list[Result]:
    """A result for each file, all of them in one transaction or none; only what is recorded keeps its file.

    Raises NotAttached with what is wrong with each file, NoPaperFolder, BadFileLimit, DatabaseUnusable.
    """
    looked = _looked_at(asked.files, limit=file_limit(acting.environment))
    store = _folder(acting) if looked else None
    with ExitStack() as written:
        files = [written.enter_context(store.written(each.content)) for each in looked] if store else []
        words = list(_words(asked, looked, files))
        said = [sorted(each.items()) for each in words]
        series = Series(ATTACH, words, said, asked.dry_run, asked.confirmed, files)
        before = answered(acting, ref, series)
        return ask_series(acting, ref, series) if before is None else before


def _folder(acting: Acting) -> PaperFiles:
    """Raises NoPaperFolder."""
    files = acting.database.files
    if files is None:
        raise NoPaperFolder()
    return files


def _words(
    asked: Attachment, looked: Sequence[Looked], files: Sequence[NewFile]
) -> Iterator[Mapping[str, str]]:
    common = {"kind": asked.kind, **({} if asked.line is None else {"nominee": str(asked.line)})}
    if not files:
        yield {**common, "how": asked.how or "seen"}
    for number, (each, file) in enumerate(zip(looked, files, strict=True)):
        more = {"beside": "beside"} if asked.beside or number else {}
        how = asked.how or _how(each)
        yield {
            **common,
            "how": how,
            "digest": file.digest,
            "media": each.media,
            "file_name": each.name,
            **more,
        }


def _how(looked: Looked) -> str:
    """A Word file is as it was written; what has no digital signature is otherwise a scan."""
    if is_signed(looked.content):
        return "digital"
    return "file" if looked.media == "word" else "scan"


# -- looking at files ------------------------------------------------------------------------------------


def _looked_at(files: Sequence[str | GivenFile], *, limit: int) -> list[Looked]:
    """Every file, or what is wrong with those that are not kept. Raises NotAttached."""
    found: list[Looked] = []
    wrong: list[tuple[str, Text]] = []
    for file in files:
        path = Path(file if isinstance(file, str) else file.name)
        shown_name = shown(path.name.encode(errors="replace").decode())
        try:
            content = _content(path, limit=limit) if isinstance(file, str) else file.content
            if len(content) > limit * MEGABYTE:
                raise TooLarge(limit)
            found.append(Looked(shown_name, content, media_of(content)))
        except NotAPaper as error:
            wrong.append((shown_name, error.said))
        except (OSError, ValueError) as error:
            wrong.append((shown_name, _unreadable(error)))
    if wrong:
        raise NotAttached(danh_sach=_listed(wrong))
    return found


class TooLarge(NotAPaper):
    """A file of more bytes than the settings allow."""

    def __init__(self, limit: int) -> None:
        super().__init__("too_large")
        self.limit = limit

    @property
    def said(self) -> Text:
        return Text(super().said.vi.format(limit=self.limit), super().said.en.format(limit=self.limit))


def _content(path: Path, *, limit: int) -> bytes:
    """No more than shows that it is too large. Raises OSError, NotAPaper: a pipe would never end."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise NotAPaper("other")
    with path.open("rb") as opened:
        return opened.read(limit * MEGABYTE + 1)


def _unreadable(error: OSError | ValueError) -> Text:
    cause = cause_of(error)
    return Text(f"không đọc được: {cause.vi}", f"it cannot be read: {cause.en}")


def _listed(wrong: Sequence[tuple[str, Text]]) -> Phrase:
    vi, en = ("; ".join(f"{name}: {getattr(said, lang)}" for name, said in wrong) for lang in ("vi", "en"))
    return Phrase(vi, en)
