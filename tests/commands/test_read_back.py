"""What somebody typed can be read back: every input of every event, every option of every acting command."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import click
import pytest

from cli import door
from runtime.acts.acting import Acting
from runtime.office.settings import Options
from storage.unit import UnitOfWork
from tests.commands.conftest import Tdkt
from tests.dossiers import NO_VOTE, way
from tests.people import (
    ACCOUNTANT,
    CHAIR,
    MEMBER,
    OFFICER,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)
from tests.workflow.shipped import machine
from workflow.model.context import InputValue
from workflow.model.decision import EntryDraft, FreeText
from workflow.model.facts import Key, Plain
from workflow.model.machine import Event, Input
from workflow.rules.inputs import split_inputs

NEW = ("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "gk", "--type", "doi_ngoai")
MACHINES = {
    "plan_task": "T01",
    "nomination_dossier": "D0001",
    "council_session": "S01",
    "award_decision": "Q01",
}
"""The shipped machines, each with the item of it on which something is recorded."""
BEFORE: dict[str, list[tuple[str, ...]]] = {
    "council_session": [("council", "new", "--date", "16/03/2026", "--as", SECRETARY)],
    "award_decision": [
        *way("reviewed", lines=(1, 2), votes=NO_VOTE),
        ("decision", "new", "--title", "gk", "--lines", "D0001/1", "--as", OFFICER),
    ],
}
"""How the item is made, where the office does not begin with it."""
EVENTS = [(name, event.id) for name in MACHINES for event in machine(name).definition.events if event.inputs]

SAMPLES: dict[str, tuple[InputValue, str]] = {
    "code": ("17/QĐ-UBND", "17/QĐ-UBND"),
    "date": (date(2026, 2, 3), "03/02/2026"),
    "body": ("thon-2", "Thôn 2"),
    "title": ("ldtt", "Lao động tiên tiến"),
    "account": (VICE_CHAIR, "Phó Chủ tịch UBND xã"),
    "accounts": ((VICE_CHAIR, SECRETARY), "Phó Chủ tịch UBND xã; Thư ký Hội đồng"),
    "nominees": ((1, 2), "D0001/1, D0001/2"),
    "type": ("dot_xuat", "Khen thưởng đột xuất"),
    "ground": ("dot_xuat", "Lập thành tích đột xuất"),
    "decimal": ("94.5", "94.5"),
    "portion": ("40/41", "40/41"),
    "birth": ("1974-03-02", "02/03/1974"),
    "paper": ("to_trinh", "Tờ trình đề nghị khen thưởng"),
    "papers": (("danh_sach", "khac"), "Danh sách đề nghị; Giấy tờ khác"),
    "digest": ("0f" * 32, "0f" * 32),
    "hour": ("08:40", "08:40"),
    "refs": (("D0001", "D0002"), "D0001; D0002"),
    "lines": (("D0001/1", "D0002/2"), "D0001/1, D0002/2"),
    "counts": (("D0001/1:against=1,for=8",), "D0001/1: không đồng ý 1, đồng ý 8"),
    "money": (60_000_000, "60.000.000 đồng"),
}
"""A value of each type as it is typed, and as it is read."""
CHOICES = {
    "council": "Hội đồng xét",
    "person": "Cá nhân",
    "collective": "Tập thể",
    "household": "Hộ gia đình",
    "completed": "Đã ban hành",
    "report": "Báo cáo",
    "host": "Chủ trì",
    "awarded": "Đã khen thưởng",
    "award": "Ghi nhận quyết định khen thưởng",
    "submit": "Nộp hồ sơ",
    "so_den": "Số đến",
    "account": "Qua tài khoản",
    "link": "Qua đường dẫn",
    "seen": "Đã xem bản ký",
    "met": "Đủ điều kiện",
    "yes": "Đề nghị",
    "paper": "Bản giấy",
    "cleared": "Tiếp tục",
    "none": "Không phải người giữ tài khoản nào",
    "kept": "Giữ nguyên",
    "htxsnv": "Hoàn thành xuất sắc nhiệm vụ",
    "expected": "Mới là dự kiến",
    "lanh_dao_tinh": "Lãnh đạo cấp bộ, tỉnh trở lên",
    "clean": "Đã cam kết",
    "scan": "Bản quét có chữ ký",
    "pdf": "Tệp PDF",
    "beside": "Thêm vào giấy tờ đã có",
    "attend": "Tham dự",
    "returned": "Đã gửi lại",
    "named": "Tên trong danh sách",
    "a": "Điểm a: gian dối trong kê khai thành tích",
    "lost": "Bị mất",
}
OF_A_MACHINE = {
    ("council_session", "award"): "Khen thưởng tại xã",
    ("award_decision", "submit"): "Trình ký",
}
"""Choices that another machine has under the same name, in other words."""
ABOUT_A_NEW_LINE: dict[str, Plain] = {"nominee": [1]}
"""What the entry of an added line says of it beside the inputs."""


def samples(name: str, event: Event) -> Iterator[tuple[Input, InputValue, str]]:
    """Each input with a value for it and with what has to be read of it."""
    for number, input in enumerate(event.inputs, 1):
        if input.name == "nominee":
            yield input, (1,), "D0001/1"
        elif input.type == "text":
            yield input, f"Lời mẫu số {number}", f"Lời mẫu số {number}"
        elif input.type == "integer":
            yield input, 700 + number, str(700 + number)
        elif input.type == "choice":
            choice = input.choices[0]
            yield input, choice, OF_A_MACHINE.get((name, choice)) or CHOICES[choice]
        else:
            yield input, *SAMPLES[input.type]


def record(key: Key, event: Event, values: dict[str, InputValue]) -> None:
    """Records the event with the values as a decision would, whatever its guards say."""
    inputs, texts = split_inputs(event, values)
    inputs |= ABOUT_A_NEW_LINE if event.id == "add" else {}
    line = 1 if "nominee" in inputs else None
    entry = EntryDraft(
        event=event.id,
        actor=OFFICER,
        role="officer",
        from_state="drafted",
        to_state="drafted",
        inputs=inputs,
        texts=(*(FreeText(text.field, text.value, line) for text in texts), FreeText("note", "Lời ghi thêm")),
    )

    def work(unit: UnitOfWork) -> None:
        unit.record(entry, log=key.year, key=key)
        acting.commit(unit)

    with Acting(Options(), os.environ) as acting:
        acting.in_transaction("recorded", work)


@pytest.fixture
def drafted(tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch) -> Tdkt:
    monkeypatch.setenv("TDKT_LANG", "vi")
    assert tdkt(*NEW, "--as", VILLAGE).code == 0
    for name in ("Một", "Hai"):
        added = ("dossier", "add", "D0001", "--kind", "person", "--name", name)
        assert tdkt(*added, "--as", VILLAGE).code == 0
    return tdkt


@pytest.mark.parametrize(("name", "event_id"), EVENTS)
def test_every_input_of_every_event_is_read_back(drafted: Tdkt, name: str, event_id: str) -> None:
    event, ref = machine(name).events[event_id], MACHINES[name]
    for words in BEFORE.get(name, ()):
        assert drafted(*words).code == 0
    typed = list(samples(name, event))
    record(Key("diem-he", 2026, ref), event, {input.name: value for input, value, _read in typed})

    shown = " ".join(drafted("show", ref).out.split())
    change = drafted("show", ref, "--json").json["history"][-1]

    assert [input.name for input, _value, read in typed if read not in shown] == []
    assert "Ghi chú: Lời ghi thêm" in shown
    assert change["event"] == event_id
    assert change["recorded"] == {
        **(ABOUT_A_NEW_LINE if event_id == "add" else {}),
        **json.loads(json.dumps({input.name: value for input, value, _read in typed}, default=str)),
        "note": "Lời ghi thêm",
    }


@pytest.mark.parametrize("event_id", ["add", "edit", "appraise", "hold"])
def test_what_was_recorded_of_a_line_is_read_back_by_its_reference(drafted: Tdkt, event_id: str) -> None:
    event = machine("nomination_dossier").events[event_id]
    typed = list(samples("nomination_dossier", event))
    record(Key("diem-he", 2026, "D0001"), event, {input.name: value for input, value, _read in typed})

    shown = " ".join(drafted("show", "D0001/1").out.split())

    assert [input.name for input, _value, read in typed if read not in shown] == []
    others = drafted("show", "D0001/2", "--json").json["history"]
    assert [change["recorded"].get("nominee") for change in others] == [None, [2]]


def test_the_page_says_first_what_stands(drafted: Tdkt) -> None:
    """The paper of the decision stands; what was missing before the dossier came again does not."""
    for event, actor, *pairs in (
        ("submit", VILLAGE),
        ("return", OFFICER, "missing=Thiếu biên bản", "until=12/01/2026"),
        ("submit", VILLAGE),
    ):
        given = [word for pair in pairs for word in ("--set", pair)]
        assert drafted("advance", "D0001", event, *given, "--as", actor, "--yes").code == 0
        facts = drafted("show", "D0001", "--json").json["facts"]
        assert ("return" in facts) == (event == "return")

    assert "Giấy tờ còn thiếu: Thiếu biên bản" in drafted("show", "D0001").out


def test_what_is_not_shown_is_counted(drafted: Tdkt) -> None:
    assert drafted("advance", "T01", "approve", "--as", CHAIR).code == 1
    assert drafted("tick", "--now", "2026-04-02T09:00").code == 0

    shown, record = drafted("show", "T01").out, drafted("show", "T01", "--json").json

    left_out = record["not_shown"]
    assert left_out["refused"] == 1 < left_out["by_program"]
    assert " ".join(shown.split()).endswith(
        f"Chưa hiển thị: 1 việc không được chấp nhận, {left_out['by_program']} việc phần mềm tự làm."
        " Xem bằng lệnh tdkt audit log T01."
    )
    assert [change["event"] for change in record["history"]] == ["import"]


def test_a_line_that_is_not_there_is_a_usage_mistake(drafted: Tdkt) -> None:
    answer = drafted("show", "D0001/9")

    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "Hồ sơ D0001 không có trường hợp số 9. Xem bằng lệnh tdkt show D0001.\n"


def test_what_is_alike_of_several_lines_is_said_once(drafted: Tdkt) -> None:
    for name, unit in (("Hộ Ba", "Tổ 1"), ("Hộ Bốn", "Tổ 2")):
        said = ("--name", name, "--unit", unit, "--achievement", "Hiến đất")
        added = ("dossier", "add", "D0001", "--kind", "household", *said, "--as", VILLAGE)
        assert drafted(*added).code == 0

    grouped = drafted("show", "D0001").out
    assert drafted("dossier", "remove", "D0001/1", "--as", VILLAGE).code == 0
    assert drafted("dossier", "remove", "D0001/2", "--as", VILLAGE).code == 0
    after = drafted("show", "D0001").out

    assert [line[18:] for line in grouped.splitlines() if "đề nghị D0001/" in line] == [
        f"Đã thêm trường hợp đề nghị D0001/{lines}  (Trưởng thôn mẫu số 1)"
        for lines in ("1, D0001/2", "3, D0001/4")
    ]
    alike = [
        " ".join(shown.split()).partition("Mọi trường hợp – Theo điều kiện: ")[2]
        for shown in (grouped, after)
    ]
    assert ["Đối tượng: Hộ gia đình; Thành tích: Hiến đất Mã" in said for said in alike] == [False, True]
    assert [f"\n    Đơn vị: Tổ {no}\n" in after for no in (1, 2)] == [True, True]


def test_a_changed_and_a_removed_line_keep_their_entries(drafted: Tdkt) -> None:
    """Words of a line that was changed or removed are not kept; that they were given is."""
    drafted("dossier", "edit", "D0001/1", "--name", "Ba", "--as", VILLAGE)
    drafted("dossier", "remove", "D0001/2", "--as", VILLAGE)

    shown = drafted("show", "D0001").out

    assert "Đã thêm trường hợp đề nghị D0001/1" in shown
    assert "Tên: đã thay bằng nội dung sau" in shown
    assert "Đã thêm trường hợp đề nghị D0001/2" in shown
    assert "Tên: đã xóa" in shown
    assert "Hai" not in shown


# -- options ---------------------------------------------------------------------------------------------

SAID, MORE = "Lời của tùy chọn", "Lời ghi thêm"


class Typed(NamedTuple):
    """The words after a command, what has to be read of each of its parameters, and where."""

    words: tuple[str, ...]
    read: Mapping[str, str]
    where: tuple[str, ...]


A_NOMINEE = (
    *("--kind", "household", "--name", "Hộ mẫu", "--title", "gk", "--position", "Chủ hộ"),
    *("--unit", "Thôn A", "--achievement", SAID, "--account", MEMBER),
    *("--born", "03/1974", "--sex", "Nữ", "--rating", "httnv", "--expected", "--months", "11"),
    *("--initiative", "Thư viện xanh", "--initiative-no", "21/QĐ-UBND", "--initiative-on", "20/05/2026"),
    *("--score", "94,5", "--opinion", "40/41", "--people", "17", "--ldtt", "15", "--cstdcs", "13"),
    *("--disciplined", "12", "--not-completed", "14", "--category", "doanh_nhan"),
    *("--earlier", "CSTĐCS 2024", "--amount", "Hai ngày công", "--remark", "Chuyển đến"),
)
ITS_WORDS = {
    "--kind": "Hộ gia đình",
    "--name": "Hộ mẫu",
    "--title": "Giấy khen của Chủ tịch UBND xã",
    "--position": "Chủ hộ",
    "--unit": "Thôn A",
    "--achievement": SAID,
    "--account": "Trưởng phòng Kinh tế",
    "--born": "Ngày sinh: 03/1974",
    "--sex": "Giới tính: Nữ",
    "--rating": "Mức xếp loại: Hoàn thành tốt nhiệm vụ",
    "--expected": "Xếp loại dự kiến: ",
    "--months": "trong kỳ: 11",
    "--initiative": "Thư viện xanh",
    "--initiative-no": "21/QĐ-UBND",
    "--initiative-on": "20/05/2026",
    "--score": "Điểm: 94.5",
    "--opinion": "40/41",
    "--people": ": 17",
    "--ldtt": ": 15",
    "--cstdcs": ": 13",
    "--disciplined": ": 12",
    "--not-completed": ": 14",
    "--category": "Doanh nhân",
    "--earlier": "CSTĐCS 2024",
    "--amount": "Hai ngày công",
    "--remark": "Chuyển đến",
}
A_MOVEMENT = (
    *("--by", "UBND xã mẫu", "--paper", "12/KH-UBND", "--date", "02/01/2026", "--scope", "locality"),
    *("--way", "thematic", "--from", "03/01/2026", "--until", "30/11/2027", "--criteria", MORE),
    *("--title", "gk", "--task", "T03"),
)
ITS_FACTS = {
    "--by": "UBND xã mẫu",
    "--paper": "12/KH-UBND",
    "--date": "02/01/2026",
    "--scope": "Địa phương",
    "--way": "Chuyên đề",
    "--from": "03/01/2026",
    "--until": "30/11/2027",
    "--criteria": MORE,
    "--title": "Giấy khen của Chủ tịch UBND xã",
    "--task": "2026/T03",
}
DATED = {"ref": "T01", "date": "10/04/2026", "--reason": SAID, "--note": MORE}
READ_BACK = {
    "task adopt": Typed(
        (
            "T01",
            "--on",
            "30/12/2025",
            "--paper",
            "12/BC-UBND",
            "--note",
            SAID,
            "--as",
            STANDING_MEMBER,
            "--yes",
        ),
        {"refs": "T01", "--on": "30/12/2025", "--paper": "12/BC-UBND", "--note": SAID},
        ("show", "T01"),
    ),
    "task lead": Typed(
        ("T01", "hoi_dong_tdkt", "--as", OFFICER),
        {"ref": "T01", "body": "Hội đồng TĐKT xã"},
        ("show", "T01"),
    ),
    "deadline set": Typed(
        ("T01", "20/03/2026", "--target", "--source", SAID, "--note", MORE, "--as", OFFICER),
        {
            "ref": "T01",
            "date": "20/03/2026",
            "--target": "Mốc nội bộ 20/03/2026",
            "--source": SAID,
            "--note": MORE,
        },
        ("show", "T01"),
    ),
    "deadline propose": Typed(
        ("T01", "10/04/2026", "--reason", SAID, "--note", MORE, "--as", OFFICER), DATED, ("show", "T01")
    ),
    "deadline extend": Typed(
        ("T01", "10/04/2026", "--reason", SAID, "--note", MORE, "--as", CHAIR), DATED, ("show", "T01")
    ),
    "dossier new": Typed(
        (
            *("--task", "T11", "--from", "thon-2", "--title", "gk", "--type", "phong_trao"),
            *("--ground", "phat_hien", "--period", "2025-2026", "--note", SAID, "--as", OFFICER),
        ),
        {
            "--task": "T11",
            "--from": "Thôn 2",
            "--title": "Giấy khen của Chủ tịch UBND xã",
            "--type": "Khen thưởng phong trào thi đua",
            "--ground": "Người đứng đầu phát hiện thành tích",
            "--period": "2025-2026",
            "--note": SAID,
        },
        ("show", "D0002"),
    ),
    "dossier add": Typed(
        ("D0001", *A_NOMINEE, "--as", VILLAGE), {"ref": "D0001/3", **ITS_WORDS}, ("show", "D0001/3")
    ),
    "dossier edit": Typed(
        ("D0001/1", *A_NOMINEE, "--as", VILLAGE),
        {"ref": "Đã sửa trường hợp đề nghị D0001/1", **ITS_WORDS},
        ("show", "D0001/1"),
    ),
    "dossier remove": Typed(
        ("D0001/2", "--as", VILLAGE), {"ref": "Đã bỏ trường hợp đề nghị D0001/2"}, ("show", "D0001")
    ),
    "advance": Typed(
        ("T01", "submit", "--note", SAID, "--as", OFFICER),
        {"refs": "T01", "event": "Đã trình", "--note": SAID},
        ("show", "T01"),
    ),
    "delegate": Typed(
        ("T01", "--to", MEMBER, "--reason", SAID, "--as", OFFICER),
        {"ref": "T01", "--to": "Trưởng phòng Kinh tế", "--reason": SAID},
        ("show", "T01"),
    ),
    "expect open": Typed(
        ("T17", "--due", "20/11/2026", "--bodies", "thon-2", "--as", OFFICER, "--yes"),
        {"ref": "T17", "--due": "20/11/2026", "--bodies": "Thôn 2"},
        ("show", "T17"),
    ),
    "office substitute": Typed(
        (
            *(STANDING_MEMBER, "--by", SECRETARY, "--from", "06/01/2026", "--until", "09/01/2026"),
            *("--reason", SAID, "--basis", "8/QĐ-UBND", "--as", CHAIR),
        ),
        {
            "account": "Trưởng phòng Văn hóa",
            "--by": "Thư ký Hội đồng",
            "--from": "06/01/2026",
            "--until": "08/01/2026",  # the last day; `--until` is the day of the return
            "--reason": SAID,
            "--basis": "8/QĐ-UBND",
        },
        ("office", "substitutions", "--all"),
    ),
    "office holder": Typed(
        (CHAIR, SAID, "--from", "06/01/2026", "--to", "08/01/2026", "--as", "quan-tri"),
        {"account": "Chủ tịch", "name": SAID, "--from": "06/01/2026", "--to": "08/01/2026"},
        ("office", "people", "--full"),
    ),
    "movement new": Typed(
        (SAID, *A_MOVEMENT, "--as", OFFICER), {"name": SAID, **ITS_FACTS}, ("movement", "show", "M01")
    ),
    "fund set": Typed(
        (
            *("--allocated", "60.000.000", "--contributed", "1.000.000", "--carried-over", "2.000.000"),
            *("--spent-before", "3.000.000", "--printing", "4.000.000", "--other", "5.000.000"),
            *("--paper", "15/QĐ-UBND", "--on", "04/01/2026", "--note", SAID, "--as", ACCOUNTANT),
        ),
        {
            "--allocated": "+60.000.000",
            "--contributed": "+1.000.000",
            "--carried-over": "+2.000.000",
            "--spent-before": "+3.000.000",
            "--printing": "+4.000.000",
            "--other": "+5.000.000",
            "--paper": "15/QĐ-UBND",
            "--on": "04/01/2026",
            "--note": SAID,
        },
        ("fund", "show"),
    ),
    "office contact": Typed(
        (CHAIR, "--email", "a@example.vn", "--as", "quan-tri"),
        {"account": "chu-tich", "--email": "a@example.vn"},
        ("office", "contacts"),
    ),
}
SAYS_NOTHING = {
    *(
        "--dry-run",
        "--key",
        "--if-version",
        "--again",
        "--existing",
        "--release",
        "--back",
        "--remove",
        "--end",
    ),
    "--without",
}
"""Options about how a command is carried out, or that choose what is done: what was done is read."""
SAID_BY_INPUTS = {
    *("--set", "--data", "--from-lines", "--awarded", "--via", "--same-as", "--no-account", "--movement"),
}
"""Options that give the inputs which the tests above go through; a channel's name, which is no e-mail; what
is said instead of `--account`, read back in `tests.commands.test_dossier`; a movement, which is launched in
`tests.commands.test_movement`."""


@pytest.mark.parametrize("command", READ_BACK)
def test_every_option_of_an_acting_command_is_read_back(drafted: Tdkt, command: str) -> None:
    typed = READ_BACK[command]

    assert drafted(*command.split(), *typed.words).code == 0

    shown = " ".join(drafted(*typed.where).out.split())
    assert [option for option, read in typed.read.items() if read not in shown] == []
    assert set(typed.read) == parameters(command) - SAYS_NOTHING - SAID_BY_INPUTS


def parameters(name: str) -> set[str]:
    """What a command takes besides what every command takes."""
    found: click.Command = door()
    for word in name.split():
        assert isinstance(found, click.Group)
        verb = found.get_command(click.Context(found), word)
        assert verb is not None
        found = verb
    return {param.opts[0] for param in found.params if not str(param.name).startswith("shared_")}
