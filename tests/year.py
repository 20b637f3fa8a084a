"""The plan of 2026 lived through with sixty dossiers: every title, type and ground of both rule packs, by the
real services on an office in memory.

`python -m tests.year` prints docs/dossier-year.md. What is done on which day is decided here beforehand, with
a calendar of its own (the trigger day is day 0, a made-up Saturday works, a term of calendar days ends on a
working day), and so is on which day each term must end. The engine lives through it without being asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from textwrap import wrap
from typing import NamedTuple
from zlib import crc32

from tests.council import COUNCIL
from tests.people import (
    ACCOUNTANT,
    CHAIR,
    OFFICER,
    RECORDS_CLERK,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
)
from tests.workflow.memory_unit import memory_unit
from tests.workflow.plan_2026 import PLAN
from tests.workflow.shipped import ZONE, machine, office, pack_digest, policy, rules, setting
from tests.workflow.world import YEAR, World
from workflow.model.council import council_on
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item
from workflow.model.tasks import OFF_PLAN
from workflow.services.off_plan import keep_place

# -- the calendar of 2026, counted here by itself -----------------------------------------------------------

OFF = frozenset(
    date.fromisoformat(day)
    for day in (
        *("2026-01-01", "2026-01-02", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"),
        *("2026-04-27", "2026-04-30", "2026-05-01", "2026-08-31", "2026-09-01", "2026-09-02", "2026-11-24"),
        "2027-01-01",
    )
)
MADE_UP = frozenset({date(2026, 1, 10), date(2026, 8, 22)})
FIRST, LAST = date(2026, 1, 1), date(2027, 1, 29)
NEW_LAW = date(2026, 10, 1)


def works(day: date) -> bool:
    return day in MADE_UP or (day.weekday() < 5 and day not in OFF)


def working(day: date, count: int) -> date:
    """The working day so many after the day, or before it."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if works(day):
            count -= 1 if step.days > 0 else -1
    return day


def calendar_days(day: date, count: int) -> date:
    """So many days on; where that is a day off, the next working day."""
    end = day + timedelta(days=count)
    while not works(end):
        end += timedelta(days=1)
    return end


# -- the sixty dossiers -------------------------------------------------------------------------------------

SIXTY = """
01-05 kinh_te         gk      dot_xuat   -                     plain
01-07 thon-1          gk      cong_trang -                     plain
01-12 van_phong       ldtt    -          -                     leaders
01-14 mttq            gk      phong_trao -                     supplement
01-19 cong_an         gk      phong_trao nhiem_vu_chinh_tri    plain
01-21 hoi_phu_nu      gk      phong_trao phat_hien             plain
01-26 thon-2          gk      doi_ngoai  -                     plain
02-02 dang_uy         bkt     cong_trang -                     partly
02-04 thon-3          gdvh    -          -                     plain
02-09 truong-hoc      cstdcs  -          -                     late
02-23 van_hoa_xa_hoi  xptb    -          -                     plain
03-02 thon-1          tvh     -          -                     plain
03-04 quan_su         bkt     dot_xuat   -                     plain
03-09 hoi_nong_dan    bkt     phong_trao -                     plain
03-11 tram_y_te       ttldtt  -          -                     as_is
03-16 thon-2          bkt     cong_hien  -                     plain
03-18 hoi_cuu_chien_binh bkt  nien_han   -                     plain
03-23 kinh_te         bkt     doi_ngoai  -                     rejected
04-01 van_phong       cstdt   -          -                     plain
04-06 truong-tieu-hoc ttldxs  -          -                     plain
04-13 van_hoa_xa_hoi  cott    -          -                     unanswered
04-20 mttq            bkttg   cong_trang -                     plain
05-04 doan_thanh_nien bkttg   phong_trao -                     plain
05-11 cong_an         bkttg   dot_xuat   -                     plain
05-18 dang_uy         bkttg   cong_hien  -                     unanswered
05-25 hoi_phu_nu      bkttg   nien_han   -                     withdrawn
06-01 hanh_chinh_cong bkttg   doi_ngoai  -                     plain
06-08 truong-hoc      cstdtq  -          -                     rejected
06-15 van_hoa_xa_hoi  cotcp   -          -                     unanswered
06-17 truong-mam-non  ldtt    -          -                     held
09-29 tram_y_te       ldtt    -          -                     typed_late
10-01 hoi_nong_dan    gk      phong_trao -                     plain
10-05 thon-1          gk      dot_xuat   -                     withdrawn
10-07 quan_su         gk      doi_ngoai  -                     plain
10-12 van_hoa_xa_hoi  gk      phong_trao phat_hien             plain
10-14 doan_thanh_nien gk      phong_trao nhiem_vu_chinh_tri    late
10-19 thon-2          bkt     phong_trao -                     supplement
10-21 cong_an         bkt     dot_xuat   -                     plain
10-26 mttq            bkt     cong_hien  -                     plain
10-28 dang_uy         bkt     nien_han   -                     unanswered
11-02 hoi_phu_nu      bkt     doi_ngoai  -                     plain
11-04 thon-1          gdvh    -          -                     plain
11-09 thon-2          tvh     -          -                     plain
11-11 kinh_te         bkt     cong_trang -                     late
11-13 van_phong       bkttg   cong_trang -                     unanswered
11-16 truong-hoc      bkttg   phong_trao -                     plain
11-17 hoi_nong_dan    bkttg   dot_xuat   -                     unanswered
11-18 thon-3          bkttg   cong_hien  -                     supplement
11-19 mttq            bkttg   nien_han   -                     unanswered
11-20 hanh_chinh_cong bkttg   doi_ngoai  -                     as_is
11-23 truong-mam-non  cstdt   -          -                     unanswered
11-25 truong-hoc      ttldxs  -          -                     unanswered
11-26 van_hoa_xa_hoi  cott    -          -                     unanswered
11-27 van_hoa_xa_hoi  xptb    -          -                     unanswered
11-30 kinh_te         cstdcs  -          -                     plain
12-01 truong-tieu-hoc ttldtt  -          -                     plain
12-02 van_phong       ldtt    -          -                     supplement
12-18 tram_y_te       gk      cong_trang -                     plain
12-21 dang_uy         cstdtq  -          -                     unanswered
12-22 van_hoa_xa_hoi  cotcp   -          -                     unanswered
"""
"""When it came, from whom, for what, on which ground of law art. 85, and what befell it."""

COLLECTIVES = frozenset({"ttldtt", "tvh", "ttldxs", "cott", "xptb", "cotcp"})
HIGHER = frozenset({"cstdt", "bkt", "ttldxs", "cott", "xptb", "bkttg", "cstdtq", "cotcp"})
SIMPLIFIED = frozenset({"dot_xuat", "doi_ngoai", "cong_hien", "nien_han"})
"""The types that go by the simplified procedure at the commune and the province."""
LEADERS = ("Chủ tịch UBND xã", "Phó Chủ tịch UBND xã", "Công chức")
CHECKED = 3
"""Working days from each submit until it is found complete, or returned."""
ANSWERED = 25
"""Working days after which a superior answers."""


class Came(NamedTuple):
    """A dossier as it came in, with what befell it; `lines` are the positions of its nominees."""

    on: date
    body: str
    title: str
    type: str | None
    ground: str | None
    course: str

    @property
    def path(self) -> str:
        if self.title == "gdvh":
            return "appraisal"
        if self.title == "bkttg":  # of the Prime Minister's all are voted on
            return "council"
        return "simplified" if self.ground or self.type in SIMPLIFIED else "council"

    @property
    def higher(self) -> bool:
        return self.title in HIGHER

    @property
    def lines(self) -> tuple[str, ...]:
        if self.course == "leaders":
            return LEADERS
        return ("",) * (2 if self.course in ("held", "partly") else 1)

    @property
    def task(self) -> str:
        """The row of the plan under which it stands: movements by quarter, the two reviews, or none."""
        if self.type == "phong_trao":
            return ("T06", "T09", "T13", "T14")[(self.on.month - 1) // 3]
        if self.type in SIMPLIFIED:
            return OFF_PLAN
        return "T11" if self.on.month < 7 else "T17"


def came() -> tuple[Came, ...]:
    rows = (line.split() for line in SIXTY.strip().splitlines())
    return tuple(
        Came(
            date.fromisoformat(f"{YEAR}-{day}"),
            body,
            title,
            None if type == "-" else type,
            None if ground == "-" else ground,
            course,
        )
        for day, body, title, type, ground, course in rows
    )


# -- what is done when, and what follows for its terms -------------------------------------------------------


class Step(NamedTuple):
    """One event on the day, at ten in the morning."""

    on: date
    event: str
    by: str
    words: dict[str, str]


class Ran(NamedTuple):
    """A term: from when it ran, until when it was due, and when it ended."""

    name: str
    since: date
    due: date
    ended: date


@dataclass(slots=True)
class Course:
    """A dossier's way, laid out beforehand. `ended` is the day on which it was closed for the commune."""

    came: Came
    typed: date
    steps: list[Step] = field(default_factory=list)
    complete: date | None = None
    full: date | None = None
    reviewed: date | None = None
    published: tuple[date, date] | None = None
    ended: date = LAST
    end: str = ""
    terms: list[Ran] = field(default_factory=list)

    def does(self, on: date, event: str, by: str, **words: str) -> date:
        self.steps.append(Step(on, event, by, words))
        return on


def course_of(dossier: Came) -> Course:
    typed = dossier.on
    if dossier.course == "typed_late":
        typed = date(2026, 10, 5)
    elif speaker(dossier.body) is None:
        typed = working(dossier.on, 1)  # what comes on paper is typed on the next morning
    course = Course(dossier, typed)
    _handed_in(course)
    if course.came.course == "withdrawn":
        _withdrawn(course)
        return course
    _reviewed(course)
    if course.came.course == "rejected":
        assert course.reviewed is not None
        course.ended = course.does(working(course.reviewed, 1), "reject", CHAIR, reason="Không đạt")
        course.end = "rejected"
    else:
        _approved(course)
    _laid_out_terms(course)
    return course


def speaker(body: str) -> str | None:
    """The body's own representative, where it has one."""
    return next(iter(office().holding("representative", body=body)), None)


def _handed_in(course: Course) -> None:
    """From the drafted list to the day on which it is complete, and appraised."""
    dossier, day, own = course.came, course.typed, speaker(course.came.body)
    kind = (
        "collective" if dossier.title in COLLECTIVES else "household" if dossier.title == "gdvh" else "person"
    )
    for no, position in enumerate(dossier.lines, 1):
        named = {"position": position} if position else {}
        course.does(day, "add", own or OFFICER, kind=kind, name=f"Trường hợp {no}", **named)
    paper = {"paper_number": "01/TTr", "paper_date": working(dossier.on, -1).isoformat()}
    if dossier.course == "typed_late":
        told = {"received_on": dossier.on.isoformat(), "intake_no": "215", "via": "paper", "reason": "Bão lũ"}
        course.does(day, "propose_receipt", OFFICER, **told, **paper)
        course.does(day, "agree_receipt", RECORDS_CLERK)
    elif own is None:
        course.does(day, "submit", OFFICER, received_on=dossier.on.isoformat(), **paper)
    else:
        course.does(day, "submit", own, **paper)
    checked = working(day, CHECKED + 1 if dossier.course == "late" else 1)
    course.terms.append(Ran("check", day, working(day, CHECKED), checked))
    day = _supplemented(course, checked)
    if course.complete is None:
        # Found complete on the day before it is typed, where that is not before it came.
        course.complete = max(working(day, -1), dossier.on)
        posted = {
            "posted_from": dossier.on - timedelta(days=16),
            "posted_until": dossier.on - timedelta(days=4),
        }
        said = {name: at.isoformat() for name, at in posted.items()} if dossier.title == "gdvh" else {}
        course.does(
            day,
            "accept",
            OFFICER,
            complete_on=course.complete.isoformat(),
            original="seen",
            seen="all",
            **said,
        )
    course.full = None if dossier.title == "tvh" else course.complete
    verdict = "not_met" if dossier.course == "rejected" and dossier.path == "simplified" else "met"
    for no, _ in enumerate(dossier.lines, 1):
        course.does(working(day, 1), "appraise", OFFICER, nominee=str(no), verdict=verdict)


def _supplemented(course: Course, day: date) -> date:
    """The day on which it can be accepted: returned once, some of it comes back, or nothing does."""
    if course.came.course not in ("supplement", "as_is"):
        return day
    until = working(day, 5)
    course.does(day, "return", OFFICER, missing="Biên bản họp xét", until=until.isoformat())
    if course.came.course == "supplement":
        own = speaker(course.came.body)
        back = working(day, 3)
        course.does(back, "submit", own or OFFICER)
        course.terms.append(Ran("supplement", day, until, back))
        course.terms.append(Ran("check", back, working(back, CHECKED), working(back, 1)))
        return working(back, 1)
    back = working(until, 2)
    course.complete = course.does(back, "consider_as_is", OFFICER, reason="Quá hạn bổ sung")
    course.terms.append(Ran("supplement", day, until, back))
    return back


def _withdrawn(course: Course) -> None:
    day = working(course.steps[-1].on, 1)
    own = speaker(course.came.body) or OFFICER
    paper = {"paper_number": "02/TTr", "paper_date": day.isoformat(), "reason": "Chuyển công tác"}
    course.ended = course.does(day, "withdraw", own, **paper)
    course.end = "withdrawn"
    _laid_out_terms(course)


def _reviewed(course: Course) -> None:
    dossier, day = course.came, working(course.steps[-1].on, 1)
    own_house = dossier.body == office().division
    confirms = VICE_CHAIR if own_house else STANDING_MEMBER
    if dossier.course == "held":
        course.does(day, "hold", OFFICER, nominee="2", source="Đơn kiến nghị")
    if dossier.path != "council":
        folded = {"opinion": "Đồng ý"} if dossier.path == "simplified" and not own_house else {}
        course.reviewed = course.does(day, "confirm", confirms, **folded)
        if dossier.path == "simplified" and own_house:
            day = working(day, 1)
            said = {"opinion": "Đồng ý", "date": day.isoformat()}
            course.reviewed = course.does(day, "give_opinion", STANDING_MEMBER, **said)
        return
    course.does(day, "confirm", confirms)
    assert course.complete is not None
    meets = working(course.complete, 8 if dossier.course == "late" else 6)
    members = len(council_on(office(), dossier.on))
    against = {"for": "2", "against": str(members - 2)} if dossier.course == "rejected" else {}
    course.reviewed = course.does(meets, COUNCIL, SECRETARY, **against)


def _number(dossier: Came, signer: str) -> str:
    """A number of its own for each decision, the same in every run."""
    return f"{crc32(repr((dossier, signer)).encode()) % 90_000 + 1}/QĐ-UBND"


def _approved(course: Course) -> None:
    """From the review to the decision, or to the superior and back."""
    dossier = course.came
    assert course.reviewed is not None
    day = working(course.reviewed, 1)
    if dossier.title == "tvh":
        course.published = (day, day + timedelta(days=10))
        course.does(day, "publish", OFFICER, **{"from": day.isoformat(), "place": "Nhà văn hóa thôn"})
        course.full = working(course.published[1], 1)
        day = course.does(course.full, "publish_end", OFFICER, remarks="0")
        day = working(day, 2)
    paper = {"paper_number": "05/TTr-HĐTĐKT", "paper_date": day.isoformat()}
    course.does(day, "approve", CHAIR, **paper)
    if dossier.course == "leaders":
        course.does(day, "approve", VICE_CHAIR, **paper)
    assert course.full is not None
    day = working(course.full, 12) if dossier.course == "late" else working(day, 1)
    if dossier.higher:
        sent = {"paper_number": "07/TTr-UBND", "paper_date": day.isoformat()}
        course.ended = course.does(day, "forward", OFFICER, **sent)
        course.end = "forwarded"
        _answered(course, working(day, ANSWERED))
        return
    decision = {"decision_date": day.isoformat(), "funds_by": ACCOUNTANT}
    course.does(day, "award", OFFICER, decision_number=_number(dossier, CHAIR), **decision, signer=CHAIR)
    if dossier.course == "leaders":
        number = _number(dossier, VICE_CHAIR)
        course.does(day, "award", OFFICER, decision_number=number, **decision, signer=VICE_CHAIR)
    if dossier.course == "held":
        day = working(day, 1)
        course.does(day, "release", OFFICER, nominee="2", finding="confirmed", reason="Đúng như đơn")
    course.ended, course.end = day, "awarded"


def _answered(course: Course, day: date) -> None:
    """The superior's answers; some come after the year, and of a list part by part."""
    if course.came.course == "unanswered":
        return
    paper = {"authority": "Chủ tịch UBND tỉnh", "paper_number": "300/QĐ-UBND", "paper_date": day.isoformat()}
    course.does(day, "record_result", OFFICER, **paper, awarded="1")
    course.end = "decided"
    if course.came.course == "partly":
        day = working(day, 10)
        paper["paper_date"] = day.isoformat()
        course.does(day, "record_result", OFFICER, **paper, not_awarded="2", reason="Chưa đủ điều kiện")


def _laid_out_terms(course: Course) -> None:
    """The terms as the law's days make them: ten working days to decide or to send it up, of cultured
    families and villages calendar days, and the council's three working days before that."""
    dossier = course.came
    if course.full is None:
        return
    starts = ("publish_end",) if dossier.title == "tvh" else ("accept", "consider_as_is")
    began = next(step.on for step in course.steps if step.event in starts)
    due = calendar_days(course.full, 10) if dossier.title in ("gdvh", "tvh") else working(course.full, 10)
    name = "forwarding" if dossier.higher else "decision"
    if dossier.path == "council" and dossier.title != "tvh":
        course.terms.append(Ran("review", began, working(due, -3), course.reviewed or course.ended))
    course.terms.append(Ran(name, began, due, course.ended))


# -- what follows for its reminders -------------------------------------------------------------------------

MORNING = time(8)
REPEATED = 15
"""Working days after which a term that is late is told of again."""


class Row(NamedTuple):
    """A row of a term, at an instant of the office's."""

    name: str
    at: datetime
    status: str


def rows_of(term: Ran) -> Iterator[Row]:
    """What a term must have made, and what of it must have come true before it ended."""
    last = (-3, -1) if term.name in ("decision", "forwarding") else (-1,)
    ladder = () if term.name in ("check", "review") else (1, 5, 10)
    mornings = [(f"reminder-{-days}wd", working(term.due, days)) for days in last]
    mornings += [("due_today", term.due), ("overdue", working(term.due, 1))]
    mornings += [(f"escalation-{days}", working(term.due, days)) for days in ladder]
    instants = [(name, datetime.combine(day, MORNING)) for name, day in mornings]
    instants.append(("due", datetime.combine(term.due + timedelta(days=1), time(0))))
    acted = datetime.combine(term.ended, ACTING)
    late = working(term.due, 1)
    if datetime.combine(late, MORNING) < acted:  # told once that it is late, it is told again
        instants.append(("repeat-1", datetime.combine(working(late, REPEATED), MORNING)))
    for name, instant in instants:
        yield Row(f"{term.name}.{name}", instant, "fired" if instant < acted else "cancelled")


# -- the year, lived through --------------------------------------------------------------------------------

ACTING = time(10)
"""When people act on a day; what is due in the morning has been told by then."""


@dataclass(frozen=True, slots=True)
class Lived:
    """A dossier after the year, with the terms that the engine ran for it."""

    ref: str
    course: Course
    item: Item
    terms: tuple[Ran, ...]
    rows: tuple[Row, ...]


def lived() -> tuple[Lived, ...]:
    """The year from its first day to the end of the last dossier's answer, in the order of what came in."""
    world = _founded()
    courses = sorted((course_of(dossier) for dossier in came()), key=lambda course: course.typed)
    refs: dict[int, str] = {}
    running: dict[str, dict[str, Ran]] = {}
    ended: dict[str, list[Ran]] = {}
    day = FIRST
    while day <= LAST:
        for hour in (time(0), MORNING):
            _sweep(world, datetime.combine(day, hour))
        world.now = datetime.combine(day, ACTING, ZONE)
        for number, course in enumerate(courses):
            if course.typed == day:
                refs[number] = _opened(world, course.came)
            for step in course.steps:
                if step.on == day:
                    item = _done(world, refs[number], step)
                    _watch(
                        item, day, running.setdefault(refs[number], {}), ended.setdefault(refs[number], [])
                    )
        day += timedelta(days=1)
    return tuple(
        Lived(
            ref := refs[number],
            course,
            world.item(ref),
            tuple(ended[ref]),
            tuple(
                Row(kept.row.name, kept.row.at.astimezone(ZONE).replace(tzinfo=None), kept.status)
                for kept in world.rows(ref)
            ),
        )
        for number, course in enumerate(courses)
    )


def _done(world: World, ref: str, step: Step) -> Item:
    """The dossier after the step; the words of the council's are its counts on the only line."""
    if step.event == COUNCIL:
        return world.council(ref, {1: step.words})
    return world.do(ref, step.event, step.by, step.words)


def _founded() -> World:
    """The office with its plan, its place for what no plan names, and its policy with terms."""
    start = datetime.combine(FIRST, MORNING, ZONE)
    world = World(now=start, setting=replace(setting(), policy=policy(), policies=(policy(),)))
    world.import_plan(PLAN)
    with memory_unit(world.store, now=world.now) as unit:
        keep_place(unit, world.case(OFFICER), year=YEAR, role="officer", machine=machine("off_plan"))
        unit.commit()
    return world


def _opened(world: World, dossier: Came) -> str:
    return world.opened(
        dossier.task, title=dossier.title, body=dossier.body, type=dossier.type, ground=dossier.ground
    )


def _sweep(world: World, moment: datetime) -> None:
    instant = moment.replace(tzinfo=ZONE)
    if any(kept.status == "pending" and kept.row.at <= instant for kept in world.store.rows.values()):
        world.tick(moment.isoformat())


def _watch(item: Item, day: date, running: dict[str, Ran], ended: list[Ran]) -> None:
    """Keeps which terms of the item run after an act, and which this ended."""
    is_open = machine("nomination_dossier").states[item.state].open
    now = {
        term.id: Ran(term.id, day, term.due, LAST)
        for term in item.terms
        if is_open and term.runs and term.due is not None
    }
    for name, was in list(running.items()):
        if name not in now or now[name].due != was.due:
            ended.append(running.pop(name)._replace(ended=day))
    for name, term in now.items():
        running.setdefault(name, term)


# -- the page -----------------------------------------------------------------------------------------------

HEAD = """Made by `python -m tests.year`, which lives through the plan of 2026 with sixty dossiers; a test
holds every term and every reminder of each against days that it counts by itself, and this page equal to what
came of it. Between them they have every title, type and ground of both rule packs."""

READ = """A term reads *due* → *ended*; **bold** is what ended later than it was due. The term to decide
counts from the day on which the file was full: from its completeness, of a cultured village from the end of
its publication. It has ten working days, of cultured families and villages ten calendar days that end on a
working day; the council has three working days fewer. Nothing counts while a dossier is with its body, which
has until the day that it was given; whoever checks what is handed in has three working days, each time."""

HEADINGS = (
    *(
        "no",
        "title, type, ground",
        "body",
        "path",
        "law",
        "received",
        "check",
        "supplement",
        "complete",
        "published",
    ),
    *("full", "council", "to decide, or to send up", "how it ended"),
)


def page(year: tuple[Lived, ...]) -> str:
    return "\n".join(_page(year)) + "\n"


def _page(year: tuple[Lived, ...]) -> Iterator[str]:
    yield "# Sixty dossiers of 2026"
    yield ""
    yield from wrap(HEAD, 118)
    yield ""
    yield from wrap(READ, 118)
    yield ""
    yield f"| {' | '.join(HEADINGS)} |"
    yield "|" + "---|" * len(HEADINGS)
    for dossier in year:
        yield f"| {' | '.join(_cells(dossier))} |"


def _cells(dossier: Lived) -> Iterator[str]:
    details, came, pack = Dossier.of(dossier.item), dossier.course.came, rules()
    title = pack.title(came.title)
    assert title is not None
    beside = [
        found.label.en for found in (pack.type(came.type or ""), pack.ground(came.ground or "")) if found
    ]
    body = office().body(came.body)
    yield dossier.ref
    yield "; ".join((title.label.en, *beside))
    yield body.short if body else came.body
    yield str(details.path)
    yield _law(dossier.item)
    yield _day(details.received_on)
    yield _term(dossier, "check")
    yield _term(dossier, "supplement")
    yield _day(details.complete_on)
    yield _published(dossier)
    yield _day(details.full_on)
    yield _term(dossier, "review")
    yield _term(dossier, "decision") if not came.higher else _term(dossier, "forwarding")
    yield _end(dossier)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "–"


def _law(item: Item) -> str:
    """Which of the two packs it keeps."""
    return "before 01/10/2026" if item.rules == pack_digest() else "since 01/10/2026"


def _term(dossier: Lived, name: str) -> str:
    said = []
    for found in dossier.terms:
        if found.name == name:
            ended = f"{found.ended:%d/%m}"
            said.append(f"{found.due:%d/%m} → {f'**{ended}**' if found.ended > found.due else ended}")
    return "; ".join(said) or "–"


def _published(dossier: Lived) -> str:
    """By the commune as the dossier has it, by the village as the acceptance told it."""
    details = Dossier.of(dossier.item)
    days = (details.published_from, details.published_until)
    told = next((step.words for step in dossier.course.steps if "posted_from" in step.words), {})
    if told:
        days = (date.fromisoformat(told["posted_from"]), date.fromisoformat(told["posted_until"]))
    return "–" if days[0] is None else f"{days[0]:%d/%m}–{days[1]:%d/%m}"


def _end(dossier: Lived) -> str:
    """The state in which the year leaves it, and since when; of several lines how many were awarded."""
    lines = Dossier.of(dossier.item).nominees
    won = sum(line.outcome in ("awarded_here", "awarded_higher") for line in lines)
    label = machine("nomination_dossier").label_of(dossier.item).en
    awarded = f", {won} of {len(lines)}" if won and len(lines) > 1 else ""
    return f"{label} {_day(dossier.course.steps[-1].on)}{awarded}"


if __name__ == "__main__":
    print(page(lived()), end="")
