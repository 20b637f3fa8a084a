"""Hồ sơ: the dossiers that the position sees, narrowed and searched; a new one; the blank list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from exchange.lists.list_sheet import list_workbook
from runtime.acts.open_dossier import open_dossier
from runtime.office.typed import whole
from runtime.views.answers import answer_of, reasons_told
from runtime.views.blank_list import blank_list, titles_asked
from runtime.views.dossiers_found import Wanted, dossiers_found
from runtime.views.fields import Field, Option
from runtime.views.items import DossierLine, dossier_line
from web.desk import Desk
from web.failures import told
from web.frame import new_key
from web.links import item_path
from web.replies import Download, Page, Redirect, Reply, Shown
from web.saying import said_of
from workflow.model.errors import TdktError, UnknownReference
from workflow.model.facts import Key
from workflow.model.roles import representatives
from workflow.model.sight import is_narrow, sees_dossiers_of
from workflow.model.tasks import OFF_PLAN

ON_A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Row(NamedTuple):
    """A dossier of the list, with where it is seen."""

    line: DossierLine
    to: str


def dossiers(desk: Desk) -> Reply:
    looking, asked = desk.looking, desk.asked
    wanted = Wanted(*(asked.one(name) for name in ("state", "body", "task", "title", "q")))
    office, today = looking.directory, looking.today
    found = dossiers_found(
        looking, wanted, seen=lambda body: sees_dossiers_of(office, desk.account, body, today)
    )
    first = min(whole(asked.one("from")) or 0, len(found.keys))
    keys = found.keys[first : first + ON_A_PAGE]
    here = looking.reading.items(keys)
    narrowed = {name: asked.one(name) for name in ("q", "state", "body", "task", "title") if asked.one(name)}
    return Shown(
        "dossiers",
        {
            "rows": [Row(dossier_line(looking, here[key]), item_path(key)) for key in keys],
            "n": len(found.keys),
            "first": first,
            "before": _page(narrowed, max(first - ON_A_PAGE, 0)) if first else "",
            "after": _page(narrowed, first + ON_A_PAGE) if first + ON_A_PAGE < len(found.keys) else "",
            "narrowed": narrowed,
            "filters": [
                ("state", found.states),
                ("body", found.bodies),
                ("task", found.tasks),
                ("title", found.titles),
            ],
            "q": asked.one("q"),
            "may": desk.account is not None,
        },
    )


def _page(narrowed: dict[str, str], first: int) -> str:
    return f"/dossiers?{urlencode({**narrowed, 'from': str(first)})}"


# -- what a form of dossiers lets choose ------------------------------------------------------------------


def bodies_to_choose(desk: Desk) -> Sequence[Option]:
    """The bodies that may send dossiers; to a representative only those that it speaks for."""
    office, today, account = desk.looking.directory, desk.looking.today, desk.account
    narrow = is_narrow(office, account)
    return [
        Option(body.id, body.short)
        for body in office.bodies
        if body.nominates and body.lives_on(today)
        if not narrow or account in representatives(office, body.id, today)
    ]


def tasks_to_choose(desk: Desk) -> Sequence[Option]:
    """The open tasks, and the place of what no plan names."""
    looking = desk.looking
    tasks = [task for task in looking.reading.tasks(*looking.span) if task.closed_on is None]
    off_plan = Option(f"{looking.year}/{OFF_PLAN}", desk.words("web.dossiers.off_plan"))
    named = [Option(task.key.in_year, f"{looking.ref(task.key)}. {looking.content(task)}") for task in tasks]
    return [*named, off_plan]


def fields_of_new(desk: Desk, *, needs: frozenset[str]) -> Sequence[Field]:
    """The fields by which a dossier is described; `needs` are those that must be filled in."""
    words, rules = desk.words, desk.looking.rules

    def field(name: str, key: str, options: Sequence[Option], hint: str = "") -> Field:
        return Field(name, words(key), "one" if options else "line", name in needs, tuple(options), hint)

    return [
        field("task", "column.task", tasks_to_choose(desk)),
        field("body", "column.body", bodies_to_choose(desk)),
        field("title", "column.title", [Option(each.id, words.of(each.label)) for each in rules.titles]),
        field(
            "type",
            "column.type",
            [Option(each.id, words.of(each.label)) for each in rules.types],
            words("web.dossiers.type_hint"),
        ),
        field(
            "ground",
            "web.dossiers.ground",
            [Option(each.id, words.of(each.label)) for each in rules.grounds],
            words("web.dossiers.ground_hint"),
        ),
        field("period", "column.about_period", (), words("web.dossiers.period_hint")),
    ]


def may_send_for(desk: Desk, body: str) -> bool:
    return any(option.value == body for option in bodies_to_choose(desk))


# -- a new one ---------------------------------------------------------------------------------------------


def ask_for_new(desk: Desk) -> Reply:
    return _form(desk)


def make_new(desk: Desk) -> Reply:
    asked = desk.asked
    said = {name: asked.one(name) for name in ("task", "body", "title", "type", "ground", "period", "note")}
    lacking = [name for name in ("task", "body", "title") if not said[name]]
    if lacking:
        return _form(desk, mistakes=dict.fromkeys(lacking, desk.words("web.dossiers.choose_one")))
    if not may_send_for(desk, said["body"]):
        return _form(desk, mistakes={"body": desk.words("web.dossiers.not_your_body")})
    try:
        result = open_dossier(
            desk.acting_by(asked.one("key")),
            said["task"],
            body=said["body"],
            title=said["title"],
            type=said["type"] or None,
            ground=said["ground"] or None,
            period=said["period"] or None,
            note=said["note"] or None,
        )
    except TdktError as error:
        if error.exit_code > 2:
            raise
        return _form(desk, wrong=told(error, desk.words))
    if not result.done:
        assert result.refused is not None
        return _form(desk, against=reasons_told(desk.looking, result.refused.reasons))
    key = Key(desk.looking.office, result.year or desk.looking.year, result.ref)
    return Redirect(item_path(key), said=said_of(answer_of(desk.looking, result, by=desk.account)))


def _form(desk: Desk, **wrong: object) -> Reply:
    asked = desk.asked
    fields = fields_of_new(desk, needs=frozenset({"task", "body", "title"}))
    typed = {field.name: asked.all(field.name) for field in fields}
    own = bodies_to_choose(desk)
    if not typed["body"] and len(own) == 1:
        typed["body"] = (own[0].value,)
    return Shown(
        "dossier_new",
        {
            "fields": fields,
            "typed": typed,
            "note": asked.one("note"),
            "form_key": asked.one("key") or new_key(),
            "mistakes": {},
            "against": (),
            "wrong": "",
            **wrong,
        },
        422 if wrong else 200,
    )


# -- the blank list ----------------------------------------------------------------------------------------


def blank(desk: Desk) -> Reply:
    """The list that a body fills in, with what it usually proposes."""
    looking, asked = desk.looking, desk.asked.one("body")
    if asked and not may_send_for(desk, asked):
        raise UnknownReference(ref=asked)
    body = looking.directory.body(asked) if asked else None
    titles = titles_asked(looking, desk.asked.all("title"), body) or titles_asked(looking, (), None)
    listed = blank_list(looking.speaking("vi"), titles, body)
    return Download(f"danh-sach-{asked or 'mau'}.xlsx", XLSX, list_workbook(listed))


PAGES = (
    Page("GET", "/dossiers", dossiers, part="dossiers"),
    Page("GET", "/dossiers/new", ask_for_new, part="dossiers"),
    Page("POST", "/dossiers/new", make_new, part="dossiers", acts=True),
    Page("GET", "/dossiers/template", blank, part="dossiers"),
)
