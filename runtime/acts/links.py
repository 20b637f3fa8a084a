"""Links by which bodies without an account answer what a task expects of them, and what comes by these.

A link's secret is told once and kept as its digest; no entry says it. What comes by a link is the program's
own entry: a file that stands as received. The office takes it in by the intake of every other list, entered
for the body; until then it is no fact of the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import NamedTuple

from runtime.acts.acting import Acting, Attempt, Done
from runtime.acts.import_list import put_all
from runtime.office.receipts import bare, sent_code
from runtime.office.settings import NoPaperFolder
from runtime.office.taken import Taken, any_refused
from storage import submissions
from storage.login_rows import digest_of
from storage.paper_files import NewFile
from storage.unit import UnitOfWork
from workflow.model.decision import EntryDraft, FreeText
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.facts import Item, Key, Plain
from workflow.model.links import (
    DAYS,
    FILE_LIMIT,
    MOST_A_DAY,
    MOST_DAYS,
    Submission,
    VillageLink,
    sent_lately,
    takes_more,
)
from workflow.model.roles import SYSTEM
from workflow.services.advance import Tried
from workflow.services.expect import LINK, UNLINK, Answer, answer, may_collect
from workflow.services.intake import ListedDossier

RECEIVE, TAKE_IN, DECLINE = "receive_list", "take_in_list", "decline_list"
SECRET = 32
"""Random bytes of a link."""
MEGABYTE = 1 << 20
LONGEST_NAME = 200


class LinkDays(UsageMistake):
    """A link is good for 1 to {n} days."""

    code = "link_days"


class LinkGone(TdktError):
    """This link was withdrawn, is past its date, or was answered already; ask the office for another one."""

    code = "link_gone"


class TooManySent(TdktError):
    """By one link {n} lists may be sent within 24 hours; send the next one tomorrow."""

    code = "too_many_sent"


class ListTooLarge(UsageMistake):
    """A list may have {n} MB at most; take pictures out of it and save it again as .xlsx."""

    code = "list_too_large"


class AnsweredMeanwhile(TdktError):
    """Something became of this list already, or a newer one came; load the page again."""

    code = "answered_meanwhile"
    exit_code = 3


class NewLink(NamedTuple):
    """A link that was just made; its `secret` is told once."""

    secret: str
    body: str
    expires_at: datetime

    @property
    def path(self) -> str:
        """Where the console takes it."""
        return f"/v/{self.secret}"


def make_links(
    acting: Acting, ref: str, bodies: Sequence[str], *, days: int = DAYS, dry_run: bool = False
) -> Sequence[NewLink] | Tried:
    """A link for each of the bodies to answer the task's list; an older one of the body ends.

    Raises UnknownName, LinkDays, NoList, NotExpected.
    """
    if not 1 <= days <= MOST_DAYS:
        raise LinkDays(n=MOST_DAYS)
    task, asked = acting.key(ref), tuple(dict.fromkeys(acting.known_body(body) for body in bodies))
    until = acting.now + timedelta(days=days)

    def work(unit: UnitOfWork) -> Done[Sequence[NewLink] | Tried]:
        able = may_collect(unit, task, LINK, acting.case, asked=asked)
        if isinstance(able, Tried):
            return Done(able, written=False, refused=[Attempt.of(able)])
        made = []
        _revoke(unit, task, asked)
        for body in asked:
            new = NewLink(token_urlsafe(SECRET), body, until)
            draft = able.entry({"body": body, "days": days})
            entry = unit.record_act(draft, log=task.year, key=task)
            submissions.make_link(
                unit, task, entry=entry, digest=digest_of(new.secret), body=body, until=until
            )
            made.append(new)
        return Done(made)

    return acting.act(work, dry_run=dry_run)


def revoke_links(acting: Acting, ref: str, bodies: Sequence[str]) -> int | Tried:
    """Ends the links of these bodies to the task's list; answers with how many stood."""
    task, named = acting.key(ref), tuple(dict.fromkeys(acting.known_body(body) for body in bodies))

    def work(unit: UnitOfWork) -> Done[int | Tried]:
        able = may_collect(unit, task, UNLINK, acting.case)
        if isinstance(able, Tried):
            return Done(able, written=False, refused=[Attempt.of(able)])
        ended = _revoke(unit, task, named)
        if ended:
            unit.record(able.entry({"bodies": list(named)}), log=task.year, key=task)
        return Done(ended, written=bool(ended))

    return acting.act(work)


def _revoke(unit: UnitOfWork, task: Key, bodies: Sequence[str]) -> int:
    """Of links that are past their date too: they are not to come back with a clock that is set back."""
    standing = [each for each in submissions.links_of(unit, task) if each.body in bodies]
    return sum(submissions.revoke_link(unit, each) for each in standing)


# -- what comes by a link --------------------------------------------------------------------------------


def receive(acting: Acting, link: VillageLink, *, file: tuple[str, bytes] | None) -> None:
    """Keeps what was sent: a file by its name and bytes, or that there is nothing to propose. It takes the
    place of what came before and was not taken in.

    Raises LinkGone, TooManySent, ListTooLarge, NoPaperFolder, DatabaseUnusable.
    """
    with _written(acting, file) as new:

        def work(unit: UnitOfWork) -> Done[None]:
            item = unit.lock(link.task)
            sent = submissions.sent_by(unit, link)
            if item is None or not _takes(unit, item, link, sent):
                raise LinkGone()
            standing = [each for each in sent if each.state == "received"]
            if any(each.file == (new.digest if new else None) for each in standing):
                return Done(None, written=False)  # the very same once more
            if sent_lately(sent, unit.now) >= MOST_A_DAY:
                raise TooManySent(n=MOST_A_DAY)
            if new is not None:
                new.take_name()  # under its name before anything points to it
            said: dict[str, Plain] = {"body": link.body, "link": link.entry}
            if new is not None:
                said |= {"file": new.digest, "size": new.size}
            draft = EntryDraft(
                RECEIVE,
                SYSTEM,
                SYSTEM,
                item.state,
                item.state,
                inputs=said,
                texts=(FreeText("file_name", file[0][:LONGEST_NAME]),) if file else (),
            )
            entry = unit.record_act(draft, log=link.task.year, key=link.task)
            for each in standing:
                submissions.end(unit, each, "replaced", entry=entry)
            code = digest_of(bare(sent_code(acting.row.digest_key, entry)))
            submissions.receive(unit, link, entry=entry, code=code, file=new.digest if new else None)
            return Done(None)

        acting.act(work)


@contextmanager
def _written(acting: Acting, file: tuple[str, bytes] | None) -> Iterator[NewFile | None]:
    if file is None:
        yield None
        return
    if len(file[1]) > FILE_LIMIT * MEGABYTE:
        raise ListTooLarge(n=FILE_LIMIT)
    if acting.database.files is None:
        raise NoPaperFolder()
    with acting.database.files.written(file[1]) as new:
        yield new


def _takes(unit: UnitOfWork, item: Item, link: VillageLink, sent: tuple[Submission, ...]) -> bool:
    """Whether the link, as it stands under the task's lock, takes what comes by it."""
    stands = next((each for each in submissions.links_of(unit, item.key) if each.entry == link.entry), None)
    owed = next((row for row in unit.expectations(item.key) if row.body == link.body), None)
    return (
        stands is not None
        and stands.open(unit.now)
        and item.closed_on is None
        and takes_more(sent)
        and owed is not None
        and owed.status == "silent"
    )


# -- what the office does with it ------------------------------------------------------------------------


def take_in(
    acting: Acting,
    sent: Submission,
    asked: Sequence[ListedDossier],
    *,
    confirmed: bool = False,
    dry_run: bool = False,
) -> list[Taken] | Tried:
    """Takes a list that came by a link in, as any list that came on paper: all of its dossiers or none.

    Raises AnsweredMeanwhile, and what `import_list` raises.
    """

    def work(unit: UnitOfWork) -> Done[list[Taken] | Tried]:
        # Dossiers are locked before their task, so the task's own lock comes second.
        done = put_all(acting, unit, asked, anew=False, confirmed=confirmed)
        if any_refused(done.answer):
            return Done(done.answer, written=False, refused=done.refused)
        able = may_collect(unit, sent.task, TAKE_IN, acting.case)
        if isinstance(able, Tried):
            return Done(able, written=False, refused=[Attempt.of(able)])
        refs = tuple(dict.fromkeys(each.listed.item.key.ref for each in done.answer if each.listed))
        said: dict[str, Plain] = {"body": sent.body, "submission": sent.entry, "dossiers": list(refs)}
        entry = unit.record_act(able.entry(said), log=sent.task.year, key=sent.task)
        if not submissions.end(unit, sent, "taken_in", entry=entry, dossiers=refs):
            raise AnsweredMeanwhile()
        return Done(done.answer)

    return acting.act(work, dry_run=dry_run)


def record_nothing(acting: Acting, sent: Submission) -> Tried | None:
    """Records the body's word that it proposes nothing, as it came by a link. Raises AnsweredMeanwhile."""

    def work(unit: UnitOfWork) -> Done[Tried | None]:
        outcome = answer(unit, Answer(sent.task, sent.body, "nothing"), acting.case)
        if isinstance(outcome, Tried):
            return Done(outcome, written=False, refused=[Attempt.of(outcome)])
        able = may_collect(unit, sent.task, TAKE_IN, acting.case)
        if isinstance(able, Tried):
            return Done(able, written=False, refused=[Attempt.of(able)])
        said = {"body": sent.body, "submission": sent.entry}
        entry = unit.record_act(able.entry(said), log=sent.task.year, key=sent.task)
        if not submissions.end(unit, sent, "nothing", entry=entry):
            raise AnsweredMeanwhile()
        return Done(None)

    return acting.act(work)


def decline(acting: Acting, sent: Submission, reason: str) -> Tried | None:
    """Does not take it in, with a reason that the body reads; it may send another. Raises
    AnsweredMeanwhile."""

    def work(unit: UnitOfWork) -> Done[Tried | None]:
        able = may_collect(unit, sent.task, DECLINE, acting.case)
        if isinstance(able, Tried):
            return Done(able, written=False, refused=[Attempt.of(able)])
        said = {"body": sent.body, "submission": sent.entry}
        draft = able.entry(said, (FreeText("reason", reason),))
        entry = unit.record_act(draft, log=sent.task.year, key=sent.task)
        if not submissions.end(unit, sent, "declined", entry=entry):
            raise AnsweredMeanwhile()
        return Done(None)

    return acting.act(work)
