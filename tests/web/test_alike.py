"""Every event leaves the same behind, whether it was asked of the console, the command line or in JSON.

One story is played in three copies of an office in full work.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from runtime.acts.acting import Acting
from runtime.office.looking import Looking
from runtime.office.settings import Options
from tests.commands.conftest import Answer, Tdkt
from tests.people import ACCOUNTANT, CHAIR, OFFICER, SECRETARY, VILLAGE
from tests.web.conftest import Browser, Serving
from tests.web.usual import usual_words
from web.frame import new_key
from workflow.model.facts import Item
from workflow.model.subjects import SUBJECTS
from workflow.services.judging import known_events

HERE = {"TDKT_LANG": "vi"}
PREPARED = """
decision amend Q01 D0006/1 --name "Nông Văn Ém" --reason "In sai tên"
decision revoke Q01 --lines D0017/1 --ground a --conclusion 05/KL-UBND --conclusion-date 02/03/2026
  --received 02/03/2026 --reason "Kê khai sai"
task add --content "Báo cáo đột xuất" --paper 15/SNV --on 27/02/2026
task add --content "Báo cáo nhanh" --paper 16/SNV --on 27/02/2026
task add --content "Báo cáo bổ sung" --paper 17/SNV --on 27/02/2026
"""
"""What the office has beside: decisions that amend and annul, tasks that came up."""
STORY = """
T01 submit recall submit return submit review reopen review approve complete
T01 propose_correction paper_number=18/QĐ-UBND agree_correction
T01 propose_correction paper_number=19/QĐ-UBND drop_correction
T02 propose_extension extend set_target date=20/03/2026 drop_target lead body=mttq confirm kind=report
T02 adopt date=20/12/2025
T03 set_deadline date=30/10/2026 propose_record agree_record
T04 propose_record withdraw_record propose_record decline_record cancel
T19 agree_task
T20 decline_task
T21 withdraw_task

D0001 move task=T16 set_movement movement=M01
D0001 add title=gk position="Chi hội trưởng" unit="Thôn Nà Tủ" achievement="Làm đường" born=03/1974 sex=nam
  rating=htxsnv initiative="Sân phơi chung" initiative_no=21/QĐ-UBND initiative_on=20/01/2026 score=94,5
  opinion=40/41 people=4 ldtt=1 cstdcs=1 months=12 category=truc_tiep earlier="Không" amount="60 triệu"
  remark="Họp thôn, ngày 10; 'nhất trí'" linked=none
D0001 edit nominee=2 name="Nông Văn B" kind=person score=95 remove nominee=1
D0001 propose_receipt received_on=20/02/2026 paper_date=19/02/2026 drop_receipt
D0001 propose_receipt received_on=20/02/2026 paper_date=19/02/2026 agree_receipt
D0002 recall submit paper_number=12/TTr paper_date=02/03/2026 ask_opinion paper_number=30/CV-UBND opinion_in
D0002 ask_opinion drop_opinion accept seen=all unaccept
D0002 propose_correction paper_number=18/CV-UBND agree_correction
D0002 propose_correction paper_number=19/CV-UBND drop_correction
D0003 hold nominee=2 release nominee=2 appraise nominee=1 appraise nominee=2 confirm split nominee=1
D0003 move_path path=simplified ground=nhiem_vu_chinh_tri give_opinion reopen
D0007 submit return reason="Còn thiếu" withdraw
S01 plan place="Hội trường" agenda_add dossiers=D0004 agenda_remove dossiers=D0004 call
S01 change place="Phòng họp" postpone
D0004 send_back reject

S02 reply recuse lines=D0008/1 as=thuong-truc unrecuse lines=D0008/1 as=thuong-truc
S02 open at=08:30 present=chu-tich,pho-chu-tich,thuong-truc,thu-ky,uy-vien-1,uy-vien-2,uy-vien-3 unopen cancel
S04 roll at=08:30 present=chu-tich,pho-chu-tich,thuong-truc,thu-ky,uy-vien-1,uy-vien-2,uy-vien-3,uy-vien-4
S04 leave members=uy-vien-3 at=08:40 arrive members=uy-vien-3 at=08:45 preside member=pho-chu-tich at=08:50
S04 ask_written members=uy-vien-5 written_in members=uy-vien-5 drop_written members=uy-vien-5
S04 board members=uy-vien-1,uy-vien-2,uy-vien-3 vote_open title=bkt at=09:00 slips lines=D0011/1 void_vote
S03 vote_open title=gk at=09:20 show_hands counts=D0009/1:for=8,against=0 slips lines=D0014/1
S03 count counts=D0014/1:for=8,against=0 recount lines=D0014/1 count counts=D0014/1:for=8,against=0 as=thu-ky
S03 check_count lines=D0014/1 as=uy-vien-1 check_count lines=D0010/1 as=uy-vien-1 conclude close at=10:00
S03 minute signers=thu-ky,chu-tich,uy-vien-1,uy-vien-2,uy-vien-4 sheet=seen
S05 conclude close at=10:00 minute signers=thu-ky,chu-tich reopen minute signers=thu-ky,chu-tich
S06 resume close at=10:00 minute signers=thu-ky,chu-tich

D0012 approve award funds_by=ke-toan decision_number=20/QĐ-UBND
D0016 approve withdraw_line nominee=5
D0010 approve forward superior_returned supplied record_result awarded=1
Q02 remove lines=D0016/1 add lines=D0016/1 confirm_funds submit return
Q03 submit drop_line
Q05 issue rectify recall_copies copies_returned reissue
Q05 propose_correction decision_number=18/QĐ-UBND agree_correction
Q05 propose_correction decision_number=19/QĐ-UBND drop_correction
Q04 sign unsign drop
Q06 restate name="Nông Thị Đúng"
Q07 complete_file
"""
"""An item, then what is done to it one after the other, each event with the inputs that are said of it; `as`
is who does it where that is not the first who may. What else must be given has its usual word."""
NOT_REACHED = {
    *(("task", event) for event in ("adopt_same", "award")),
    *(("dossier", event) for event in ("consider_as_is", "revoke")),
    *(("dossier", event) for event in ("publish", "remark", "settle_remark", "publish_end")),
}
"""What needs another year's plan, days that pass, or a title of which there is no dossier: refused only."""
WITH_FILES = {("dossier", "attach")}
"""What a form of inputs does not ask: the file comes with it, and is asked on the dossier's page."""
SEVERAL = frozenset({"accounts", "lines", "nominees", "papers", "refs"})
ID = re.compile("[0-9a-f]{32}")
OWN = frozenset({"at", "key", "mac", "nonce"})
"""What two entries of the same act never share."""


class Asking(NamedTuple):
    """An event of an item as somebody asks it: its words, and the same as JSON has them."""

    ref: str
    subject: str
    event: str
    account: str
    words: Mapping[str, str]
    data: Mapping[str, Any]


def lines_of(text: str) -> Iterator[Sequence[str]]:
    """The words of each line; an indented one goes on with the line before."""
    yield from (shlex.split(line) for line in text.replace("\n  ", " ").splitlines() if line)


class Office(NamedTuple):
    looking: Looking
    acting: Acting


@contextmanager
def opened(url: str) -> Iterator[Office]:
    options = Options(db=url)
    with Looking(options, HERE) as looking, Acting(options, HERE) as acting:
        yield Office(looking, acting)


def steps() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Reference, event, and what is said of it."""
    for ref, *words in lines_of(STORY):
        found: list[tuple[str, dict[str, str]]] = []
        for word in words:
            name, equals, value = word.partition("=")
            if equals:
                found[-1][1][name] = value
            else:
                found.append((word, {}))
        yield from ((ref, event, said) for event, said in found)


def asking(office: Office, ref: str, event: str, said: Mapping[str, str]) -> Asking:
    """The step with who may do it now and all that must be given."""
    looking, acting = office
    item, answer = looking.item(ref), acting.why(ref, event, actor=None)[0]
    usual, words, data = usual_words(looking, item, event, answer.inputs), dict[str, str](), dict[str, Any]()
    for input in answer.inputs:
        if word := said.get(input.name, usual.get(input.name, "") if input.required else ""):
            words[input.name] = word
            data[input.name] = word.split(",") if input.type in SEVERAL else word
            if input.type == "integer":
                data[input.name] = int(word)
    account = said.get("as") or next(iter(answer.who_can), OFFICER)
    return Asking(ref, item.subject, event, account, words, data)


def events_asked(office: Office) -> Iterator[tuple[Item, str]]:
    """Every event that people ask of an item by its inputs alone, with the first item of its kind."""
    looking, acting = office
    for subject in SUBJECTS:
        for item in looking.reading.subject_items(subject, *looking.span):
            if events := known_events(acting.machine(item.digest)):
                yield from ((item, event) for event in events if (subject.id, event) not in WITH_FILES)
                break


def commanded(bare: Tdkt, url: str, asked: Asking, data: Path | None = None) -> Answer:
    """The act by the command line, its inputs as options, or in a file."""
    if data is None:
        inputs = [word for name, value in asked.words.items() for word in ("--set", f"{name}={value}")]
    else:
        data.write_text(json.dumps(asked.data), "utf-8")
        inputs = ["--data", str(data)]
    line = ("--db", url, "advance", asked.ref, asked.event, *inputs)
    return bare(*line, "--as", asked.account, "--yes", "--json")


def clicked(web: Browser, asked: Asking) -> Any:
    """The act by the form of the console; not followed to the page after it."""
    web.take(asked.account)
    form = {**asked.words, "confirmed": "yes", "key": new_key()}
    path = f"/items/2026/{asked.ref}/do/{asked.event}"
    sent = {"Sec-Fetch-Site": "same-origin"}
    return web.client.post(path, data=form, headers=sent, follow_redirects=False)


def left(database: Path) -> dict[str, list[Any]]:
    """What acts left behind, without what is of each act alone: all that the office has but the names of its
    commands and the digests over its entries."""
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        entries = connection.execute("SELECT bytes FROM entry ORDER BY log, seq").fetchall()
        words = connection.execute("SELECT ref, line, input, value FROM free_text ORDER BY 1, 2, 3, 4")
        return {
            **{
                name: [
                    [_alike(cell) for cell in row] for row in connection.execute(f'SELECT * FROM "{name}"')
                ]
                for (name,) in found
                if name not in ("command", "entry", "free_text", "log_head")
            },
            "entry": [_of_the_act(json.loads(bytes(row[0]))) for row in entries],
            "free_text": words.fetchall(),
        }


def _of_the_act(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Free words stand in it as salted digests."""
    return {
        name: name if name.startswith("text.") else value for name, value in entry.items() if name not in OWN
    }


def _alike(cell: Any) -> Any:
    """A cell without salts, and without an entry's id, which is by chance."""
    return type(cell) if isinstance(cell, bytes) else ID.sub("", cell) if isinstance(cell, str) else cell


def test_every_event_leaves_the_same_by_console_command_line_and_json(
    office_at_work: Path,
    tmp_path: Path,
    serving: Serving,
    bare: Tdkt,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")
    base, *copies = (tmp_path / name / "co-quan.db" for name in ("base", "options", "json", "console"))
    shutil.copytree(office_at_work, base.parent)
    for words in lines_of(PREPARED):
        assert bare("--db", f"sqlite:///{base}", *words, "--as", OFFICER).code == 0, words
    for copy in copies:
        shutil.copytree(base.parent, copy.parent)
    typed, written, served = copies
    options, file, console = (f"sqlite:///{copy}" for copy in copies)
    web = serving(console).sign_in()
    done, refused = set[tuple[str, str]](), set[tuple[str, str]]()

    def ask(asked: Asking, *, by_file: bool) -> None:
        answer = commanded(bare, options, asked)
        if by_file:
            assert commanded(bare, file, asked, tmp_path / "inputs.json") == answer, asked
        page = clicked(web, asked)
        assert page.status_code == (303 if answer.code == 0 else 422), (asked, answer, page.text)
        if answer.code == 1:
            told = unescape(page.text)
            assert [each for each in answer.refusal["reasons"] if each["message"] not in told] == [], asked
        if answer.code in (0, 1):
            (done if answer.code == 0 else refused).add((asked.subject, asked.event))

    for step in steps():
        with opened(options) as office:
            asked = asking(office, *step)
        ask(asked, by_file=True)
    assert left(written) == left(typed)

    # What is refused is read as a file's inputs are, so that two of the three ask it.
    with opened(options) as office:
        events = {
            (item.subject, event): asking(office, item.key.ref, event, {"as": ACCOUNTANT})
            for item, event in events_asked(office)
        }
    for asked in events.values():
        ask(asked, by_file=False)
    assert left(served) == left(typed)
    assert done == events.keys() - NOT_REACHED
    assert refused == events.keys()


def test_pages_of_their_own_leave_the_same_as_their_commands(
    office_at_work: Path, tmp_path: Path, serving: Serving, bare: Tdkt
) -> None:
    """What makes a dossier, a session or a decision, and a paper that comes with its file."""
    typed, served = (tmp_path / name / "co-quan.db" for name in ("options", "console"))
    for copy in (typed, served):
        shutil.copytree(office_at_work, copy.parent)
    web, paper = serving(f"sqlite:///{served}").sign_in(), served.parent / "to-trinh.pdf"
    file = {"file": (paper.name, paper.read_bytes(), "application/pdf")}
    of_body = {"task": "2026/T06", "body": VILLAGE, "title": "gk", "type": "phong_trao"}
    of_draft = {"title": "gk", "signer_0": CHAIR, "period_0": "2026", "type_0": "phong_trao"}
    asked: Sequence[tuple[str, str, str, dict[str, str], Any]] = (
        (
            "dossier new --task T06 --from thon-1 --title gk --type phong_trao",
            VILLAGE,
            "/dossiers/new",
            of_body,
            None,
        ),
        (
            f"dossier attach D0001 to_trinh {paper}",
            VILLAGE,
            "/items/2026/D0001/attached",
            {"kind": "to_trinh"},
            file,
        ),
        (
            "council new --date 20/03/2026 --at 14:00",
            SECRETARY,
            "/sessions/new",
            {"date": "20/03/2026", "at": "14:00"},
            None,
        ),
        (
            "decision new --title gk --lines D0016/5",
            OFFICER,
            "/decisions/new",
            {**of_draft, "lines_0": "D0016/5"},
            None,
        ),
    )

    for command, account, page, form, sent in asked:
        made = bare("--db", f"sqlite:///{typed}", *shlex.split(command), "--as", account, "--yes")
        web.take(account)
        seen = web.post(page, sent, **form, key=new_key())
        assert (made.code, seen.status_code) == (0, 200), (made, seen.text)
        assert left(served) == left(typed), command
