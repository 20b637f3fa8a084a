"""Cài đặt, Định nghĩa: every version that the office keeps; a changed file with what it changes, to be put in
force or proposed; a proposal with its difference, to be agreed to, declined or withdrawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from runtime.acts import agreeing, definitions
from runtime.acts.acting import Acting
from runtime.acts.recalendaring import Recalendaring
from runtime.care.checking import Examined, FileRemark, examine, read_file, read_stored, sound
from runtime.care.differing import difference, moved_lines, readable
from runtime.office.changing import change_text
from runtime.views.editions import UnknownDefinition, word_of
from runtime.views.office import in_force
from runtime.views.proposals import asked_of, proposals_of
from web.desk import Desk
from web.doing import NotPermitted, once, permitted, why_not
from web.pages.settings import shown
from web.replies import Download, Page, Reply, Sent
from workflow.lint.comparing import Change
from workflow.model.decision import Refused
from workflow.rules.inputs import read_note

LIST = "/settings/definitions"
MOVING = ("calendar", "office")
"""Kinds whose new version may change the office's working days."""
SHOWN = 60_000
"""Signs of a definition that are shown: its file has the rest."""
MOST_LINES = 1500


class Line(NamedTuple):
    """A line of a difference."""

    tone: str
    text: str


def show(desk: Desk, mistake: str = "") -> Reply:
    looking, words = desk.looking, desk.words
    runs = {(row.kind, row.name, row.version) for row in in_force(looking)}
    rows = [
        (
            f"{LIST}/{row.kind}/{row.name}/{row.version}",
            words(f"definition_kind.{row.kind}"),
            row.name,
            str(row.version),
            words("definition_place.running") if (row.kind, row.name, row.version) in runs else "",
        )
        for row in looking.reading.definitions(looking.office)
    ]
    waiting = [
        (
            f"/settings/proposals/{each.record.number}",
            each.record.title,
            looking.position(each.record.proposed_by),
            looking.moment(each.record.proposed_at),
            "; ".join(looking.position(id) for id in each.who_can),
        )
        for each in proposals_of(looking)
    ]
    may = desk.may("adopt_definition")
    return shown(desk, "definitions", {"rows": rows, "waiting": waiting, "may": may}, mistake)


def edition(desk: Desk) -> Reply:
    """One version as it is written; or its file."""
    looking, place = desk.looking, desk.asked.place
    title = f"{place['kind']}/{place['name']}/{place['version']}"
    rows = looking.reading.definitions(looking.office)
    row = next((each for each in rows if f"{each.kind}/{each.name}/{each.version}" == title), None)
    if row is None:
        raise UnknownDefinition(gia_tri=title)
    source = looking.reading.definition_source(looking.office, row.digest)
    if desk.asked.one("file"):
        word = word_of(source)
        ending, kind = ("yaml", "application/yaml; charset=utf-8") if word is None else ("docx", WORD)
        return Download(f"{row.name}-{row.version}.{ending}", kind, source.encode() if word is None else word)
    text = readable(source)
    beginning = text[: text.find("\n", SHOWN) + 1] if len(text) > SHOWN else text
    values = {"title": title, "source": beginning, "cut": beginning != text, "to": f"{LIST}/{title}"}
    return shown(desk, "edition", values)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


# -- a changed file ----------------------------------------------------------------------------------------


def preview(desk: Desk) -> Reply:
    """What the file says, what it changes, and what would come of it; nothing is written."""
    sent = desk.asked.files.get("file", ())
    if not sent or not sent[0].content:
        return show(desk, desk.words("message.no_definition_file"))
    return _looked_at(desk, desk.console.held.hold(desk.account, sent[0]), sent[0])


def _looked_at(desk: Desk, held: str, sent: Sent, mistake: str = "") -> Reply:
    acting = desk.acting
    examined = _examined(acting, sent)
    words = desk.words
    if isinstance(examined, tuple):
        return shown(
            desk, "adopting", {**_told(desk, examined), "name": sent.name, "held": ""}, _wrong(desk, examined)
        )
    whole = sound(examined.remarks)
    moved = Recalendaring()
    if whole and examined.in_force and examined.kind in MOVING and not examined.needs_agreement:
        new = definitions.to_store(examined.file.parsed)
        moved = definitions.adopt(acting, new, role=None, dry_run=True)
    ends = "needs_agreement" if examined.needs_agreement else "adopts" if examined.in_force else "stores"
    values = {
        **_told(desk, examined.remarks),
        **_changed(desk, acting, examined, examined.changes, moved),
        "name": sent.name,
        "title": examined.title,
        "stands": examined.stands,
        "held": held if whole and not examined.stands else "",
        "ends": words(f"web.definitions.{ends}", gia_tri=examined.title),
    }
    return shown(desk, "adopting", values, mistake or ("" if whole else _wrong(desk, examined.remarks)))


def _examined(acting: Acting, sent: Sent) -> Examined | tuple[FileRemark, ...]:
    """The file as `tdkt definition adopt` reads it; remarks name it as it was sent."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / sent.name
        path.write_bytes(sent.content)
        file = read_file(path)
    return examine(acting, file)


def _told(desk: Desk, remarks: Sequence[FileRemark]) -> dict[str, Any]:
    """The remarks on a file, and of all else nothing."""
    told = [(each.severity, str(each.line), desk.words.of(each.message)) for each in remarks]
    empty: dict[str, Any] = {
        "title": "",
        "stands": False,
        "ends": "",
        "lines": [],
        "gained": [],
        "lost": [],
        "moves": [],
    }
    return {**empty, "remarks": told}


def _wrong(desk: Desk, remarks: Sequence[FileRemark]) -> str:
    errors = sum(remark.severity == "error" for remark in remarks)
    return desk.words("message.definition_mistakes", n=errors)


def _changed(
    desk: Desk, acting: Acting, examined: Examined, changed: Sequence[Change], moved: Recalendaring
) -> dict[str, Any]:
    """Its difference to the version before, whose rights it changes, and the deadlines that it moves."""
    words = desk.words
    lines = difference(examined.before, examined.file.parsed.source) if examined.before else []
    tones = {"-": "minus", "+": "plus", "@": "soft"}
    return {
        "lines": [Line(tones.get(line[:1], ""), line) for line in lines[:MOST_LINES]],
        "gained": [change_text(change, words) for change in changed if change.gains],
        "lost": [change_text(change, words) for change in changed if not change.gains],
        "moves": moved_lines(acting, words, moved.items),
    }


def adopt(desk: Desk) -> Reply:
    """Puts the file that was looked at in force, or proposes it."""
    words, held = desk.words, desk.asked.one("held")
    sent = desk.console.held.given(desk.account, held)

    def act(acting: Acting) -> tuple[str, ...]:
        role = permitted(acting, "adopt_definition", what=sent.name)
        examined = _examined(acting, sent)
        if isinstance(examined, tuple) or not sound(examined.remarks):
            found = examined if isinstance(examined, tuple) else examined.remarks
            raise NotPermitted(ly_do=_wrong(desk, found))
        new, title = definitions.to_store(examined.file.parsed), examined.title
        if examined.needs_agreement:
            proposed = agreeing.propose(acting, new, role=role, changed=examined.changes)
            _insist(acting, proposed, title)
            able = agreeing.may_agree(acting, acting.actor.account)
            who = "; ".join(desk.looking.position(id) for id in able)
            return (words("message.definition_proposed", gia_tri=title, danh_sach=who),)
        if examined.stands:
            return (words("message.definition_stands", gia_tri=title),)
        definitions.adopt(acting, new, role=role)
        if examined.in_force:
            return (words("message.definition_adopted", gia_tri=title),)
        newer = words("message.definition_newer", so=examined.newer) if examined.newer is not None else ""
        why = newer or words("message.definition_unnamed")
        return (words("message.definition_stored", gia_tri=title, ly_do=why),)

    return once(desk, act, LIST, again=lambda said: _looked_at(desk, held, sent, said))


def _insist(acting: Acting, answer: object, what: str) -> None:
    """Raises NotPermitted of a refusal."""
    if isinstance(answer, Refused):
        raise NotPermitted(ly_do=why_not(acting, answer, what=what, stand_ins=False))


# -- a proposal --------------------------------------------------------------------------------------------


def proposal(desk: Desk, mistake: str = "") -> Reply:
    """What is proposed, what it changes, and who may agree."""
    looking, number = desk.looking, desk.asked.place["number"]
    found = next((each for each in proposals_of(looking) if str(each.record.number) == number), None)
    if found is None:
        raise UnknownDefinition(gia_tri=number)
    acting = desk.acting
    proposed = agreeing.named(agreeing.waiting(acting), found.record.title)
    examined = examine(acting, read_stored(proposed.definition))
    if isinstance(examined, tuple) or not sound(examined.remarks):
        remarks = examined if isinstance(examined, tuple) else examined.remarks
        values, whole = _told(desk, remarks), False
    else:
        foreseen = agreeing.agree(acting, proposed, dry_run=True)
        values = {
            **_told(desk, examined.remarks),
            **_changed(desk, acting, examined, foreseen.changes, foreseen.moved),
        }
        whole = True
    own = desk.account is not None and looking.directory.person(desk.account) == looking.directory.person(
        found.record.proposed_by
    )
    values |= {
        "title": found.record.title,
        "number": number,
        "by": looking.position(found.record.proposed_by),
        "at": looking.moment(found.record.proposed_at),
        "who": "; ".join(looking.position(id) for id in found.who_can),
        "agrees": whole and desk.account is not None and asked_of(looking, found, desk.account) is not None,
        "declines": desk.account is not None and asked_of(looking, found, desk.account) is not None,
        "withdraws": own,
    }
    return shown(desk, "proposal", values, mistake)


def answer(desk: Desk) -> Reply:
    """Agrees to a proposal, declines it or withdraws it."""
    asked, words, number = desk.asked, desk.words, desk.asked.place["number"]
    event = {"agree": agreeing.AGREE, "decline": agreeing.DECLINE}.get(asked.one("answer"), agreeing.WITHDRAW)
    title = next(
        (each.record.title for each in proposals_of(desk.looking) if str(each.record.number) == number), ""
    )

    def act(acting: Acting) -> tuple[str, ...]:
        proposed = agreeing.named(agreeing.waiting(acting), title)
        if event == agreeing.AGREE:
            examined = examine(acting, read_stored(proposed.definition))
            if isinstance(examined, tuple) or not sound(examined.remarks):
                raise NotPermitted(
                    ly_do=_wrong(desk, examined if isinstance(examined, tuple) else examined.remarks)
                )
            _insist(acting, agreeing.refusal(acting, proposed), title)
            agreeing.agree(acting, proposed)
            return (words("message.definition_agreed", gia_tri=title),)
        reason = read_note(asked.one("reason"), event=event)
        if event == agreeing.DECLINE and reason is None:
            raise NotPermitted(ly_do=words("web.definitions.why_not"))
        _insist(acting, agreeing.end(acting, proposed, event, reason=reason), title)
        return (words(f"message.{event}", gia_tri=title),)

    return once(desk, act, LIST, again=lambda said: proposal(desk, said))


PAGES = (
    Page("GET", LIST, show, part="settings"),
    Page("POST", f"{LIST}/preview", preview, part="settings", acts=True),
    Page("POST", f"{LIST}/adopt", adopt, part="settings", acts=True),
    Page("GET", LIST + "/{kind}/{name}/{version}", edition, part="settings"),
    Page("GET", "/settings/proposals/{number}", proposal, part="settings", acts=True),
    Page("POST", "/settings/proposals/{number}", answer, part="settings", acts=True),
)
