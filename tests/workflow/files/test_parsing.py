"""Definition files become whole values, or every mistake in them is told at once, with its line."""

import unicodedata
from datetime import date, time
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.documents import BAD, GOOD, SHIPPED, VOCABULARY, title
from workflow.files.parsing import SHAPES, Mistake, Parsed, parse
from workflow.files.yaml import DEEPEST, Flaw, compose
from workflow.lint.registries import vocabulary
from workflow.model.definition import (
    KINDS,
    Account,
    AwardTitle,
    AwardType,
    BaseSalary,
    Body,
    CalendarYear,
    Call,
    Catalogue,
    Condition,
    DeadlinePolicy,
    Definition,
    Digest,
    Event,
    Favourable,
    Ground,
    Input,
    Machine,
    Notice,
    Office,
    OneTitle,
    OtherTitle,
    Pay,
    Quiet,
    RulePack,
    Rung,
    Span,
    State,
    TaskKind,
    Text,
    Transition,
    Vote,
    Way,
)
from workflow.model.office import Founding, Membership, Publication, Seat, Statute

REGISTRIES = vocabulary()

MACHINE = Machine(
    name="leave",
    version=2,
    subject="task",
    label=Text(vi="Nghỉ phép", en="Leave"),
    initial="asked",
    kinds=(
        TaskKind("short", Text("Ngắn ngày", "Short"), "none", gives_awards=True, waits="until_set"),
        TaskKind("long", Text("Dài ngày", "Long"), "any", after=("short",)),
    ),
    states=(
        State(
            id="asked",
            label=Text("Đã xin", "Asked"),
            label_by_kind={"short": Text("Đã báo", "Announced")},
            owner="head",
            todo="trả lời",
        ),
        State(id="on", label=Text("Đang nghỉ", "On leave"), open=False),
    ),
    events=(
        Event(
            id="ask",
            label=Text("Xin", "Ask"),
            past=Text("Đã xin", "Asked"),
            by=("officer",),
            transitions=(Transition(("none",), "asked"),),
        ),
        Event(
            id="remark",
            label=Text("Ghi chú", "Remark"),
            past=Text("Đã ghi chú", "Remarked"),
            by=("officer", "head"),
            transitions=(Transition(("asked",), None, (Call("is_short"),)),),
        ),
        Event(
            id="grant",
            label=Text("Cho phép", "Grant"),
            past=Text("Đã cho phép", "Granted"),
            by=("head",),
            transitions=(
                Transition(
                    ("asked",),
                    "on",
                    (
                        Call(
                            "input_is",
                            {"name": "size", "value": "3", "days": 3, "half": False, "of": ("no", "yes")},
                        ),
                    ),
                ),
                Transition(("asked",), "on"),
            ),
            inputs=(
                Input("size", "choice", Text("Độ dài", "Size"), required=False, choices=("short", "long")),
                Input("begins", "date", Text("Từ ngày", "From"), when=(Call("is_short"),)),
            ),
            guards=(Call("four_eyes"),),
            effects=(Call("remember"), Call("tell")),
            warnings=(Call("predecessor"),),
            notices=("granted",),
            doubts=(Call("odd"),),
        ),
    ),
)

OFFICE = Office(
    name="mau",
    version=1,
    title="Mẫu",
    province="Lạng Sơn",
    zone="Asia/Ho_Chi_Minh",
    contact="Phòng",
    committee="ubnd",
    council="hoi-dong",
    division="ubnd",
    bodies=(
        Body("ubnd", "Ủy ban", "UBND", spellings=("UB", "Uỷ ban"), nominates=True),
        Body("hoi-dong", "Hội đồng", "HĐ", group=True, members=("ubnd",)),
        Body(
            "thon-1",
            "Thôn một",
            "Thôn 1",
            nominates=True,
            kind="thon",
            payroll="commune",
            has_seal=False,
            valid_to=date(2026, 6, 30),
            succeeded_by="thon-2",
        ),
        Body(
            "thon-2",
            "Thôn hai",
            "Thôn 2",
            nominates=True,
            kind="thon",
            valid_from=date(2026, 7, 1),
            asked_for=("gdvh", "gk"),
        ),
        Body("cong-an", "Công an", "CA", nominates=True, kind="cong_an", payroll="other", asked_for=()),
    ),
    accounts=(
        Account("chu-tich", Text("Chủ tịch", "Chair"), ("chair",), body="ubnd"),
        Account("uy-vien", Text("Ủy viên", "Member"), ("officer", "chair")),
    ),
    calendars=("vn-2026",),
    policy="deadlines",
    rules="commune",
    messages="tdkt",
    machines=("leave",),
    sample=("ubnd", "chu-tich"),
    later_rules=("commune-2026-10",),
    membership=Membership(
        founded_by=Founding("12/QĐ-UBND", date(2026, 4, 1)),
        statute=Statute("13/QĐ-UBND", date(2026, 4, 2), quorum="Điều 7", votes="Điều 8"),
        members=(
            Seat("chu-tich", since=date(2026, 4, 1), until=date(2026, 12, 31)),
            Seat("uy-vien"),
        ),
    ),
    publish=Publication(days=365, unnamed=("gdvh",)),
)

CALENDAR = CalendarYear(
    name="vn-2026",
    version=1,
    year=2026,
    days_off={date(2026, 1, 1): "Tết Dương lịch", date(2026, 2, 16): "2026-02-17"},
    work_days={date(2026, 1, 10): "Làm bù"},
    source="Thông báo",
    provisional=True,
)

POLICY = DeadlinePolicy(
    name="deadlines",
    version=1,
    fire_at=time(8, 30),
    reminders=(Span(30, "cd"), Span(7, "cd")),
    ladder=(Rung(1, "head", ("officer",)), Rung(5, "chair", ("chair", "officer"))),
    chair_must_act=("officer",),
)

RULES = RulePack(
    name="commune",
    version=1,
    effective_from=date(2025, 7, 1),
    checked_on=date(2026, 9, 30),
    review_by=date(2026, 12, 31),
    quorum=(2, 3),
    quorum_cite="Quy chế",
    titles=(
        AwardTitle(
            id="ldtt",
            label=Text("Lao động tiên tiến", "Advanced worker"),
            level="commune",
            nominees=("person",),
            vote=Vote("present", 50, strict=True, secret=False),
            cite="Luật",
            conf="H",
            ways={"": Way("council", conf="M", cite="Quy chế", published="commune")},
            annual=True,
            asks=Text("Hoàn thành", "Done"),
            conditions=(
                Condition(
                    "rating_at_least",
                    {"rating": "httnv"},
                    "Luật",
                    "H",
                    checked_on=date(2026, 1, 1),
                    review_by=date(2026, 12, 31),
                ),
                Condition(
                    "initiative", {"scope": "commune", "number": 1, "years": 1}, "Luật", "L", override=True
                ),
                Condition("none_disciplined", {}, "Luật", "M", nominees=("person",)),
            ),
            short="LĐTT",
        ),
        AwardTitle(
            id="gk",
            label=Text("Giấy khen", "Certificate"),
            level="province",
            nominees=("person", "collective", "household"),
            vote=None,
            cite="Luật",
            conf="L",
            ways={"cong_trang": Way("simplified", conf="L", grounds=("dot_xuat",))},
            conditions=(
                Condition(
                    "rated_in_a_row",
                    {"rating": "htxsnv", "years": 2, "titles": ("ldtt",), "initiatives": True},
                    "Luật",
                    "H",
                    types=("cong_trang",),
                ),
                Condition("titles_held", {"title": "ldtt"}, "Luật", "H"),
                Condition("asked", {}, "Luật", "H", label=Text("Xem", "Look")),
            ),
            pays=(
                Pay(450, "Luật", "L", nominees=("household",), types=("cong_trang",)),
                Pay(12000, "Luật", "H"),
            ),
        ),
    ),
    types=(AwardType("cong_trang", Text("Công trạng", "Merit")),),
    grounds=(
        Ground("dot_xuat", Text("Đột xuất", "Deed")),
        Ground("bi_mat", Text("Bí mật", "Secret"), refused=Text("Không nhập", "Never entered")),
    ),
    other_chains=(OtherTitle("cstt", Text("Chiến sĩ", "Soldier"), Text("Quân đội", "Army")),),
    annual_cite="Luật",
    vote_cite="Quy chế",
    quorum_conf="L",
    more_favourable=Favourable("Luật", "M"),
    base_salary=(BaseSalary(date(2024, 7, 1), 2_340_000, "Nghị định", "H"),),
    one_title_paid=OneTitle("Thông lệ", "M"),
)

MESSAGES = Catalogue(
    name="tdkt",
    version=1,
    words={
        "marker.overdue": Text("Quá hạn {n} ngày", "{n} days overdue"),
        "marker.quarter.II": Text("Quý II", "Quarter II"),
        "deep.er": Text("Sâu", "Deep"),
        "on": Text("Bật", "on"),
    },
    notices={
        "reminder": Notice("Nhắc việc: {noi_dung}", "Kính gửi: {chuc_vu_nhan}.\nThời hạn: {han}.\n"),
        "reminder.superior": Notice("Kính báo cáo", "Kính trình"),
        "escalation.head": Notice("Báo cáo", "Kính gửi"),
    },
)

VALUES: dict[str, Definition] = {
    "machine": MACHINE,
    "office": OFFICE,
    "calendar": CALENDAR,
    "policy": POLICY,
    "rules": RULES,
    "messages": MESSAGES,
}

EMPTY_POLICY = """\
definition: policy
name: deadlines
version: 1
fire_at: "08:00"
reminders: []
ladder: []
chair_must_act: []
"""


def messages(source: str) -> list[str]:
    return [str(mistake) for mistake in parse(source, path="f.yaml", vocabulary=VOCABULARY).mistakes]


def test_every_kind_of_definition_has_a_shape() -> None:
    assert list(SHAPES) == list(KINDS)


@pytest.mark.parametrize("path", GOOD, ids=title)
def test_a_file_without_mistakes_becomes_its_value(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    parsed = parse(source, path=str(path), vocabulary=VOCABULARY)

    assert parsed == Parsed(
        definition=VALUES[path.stem],
        mistakes=(),
        source=source,
        digest=sha256(source.encode()).hexdigest(),
        lines={},
    )


@pytest.mark.parametrize("path", BAD, ids=title)
def test_every_mistake_of_a_file_is_told_in_line_order(path: Path) -> None:
    told = path.with_suffix(".mistakes").read_text(encoding="utf-8").splitlines()

    parsed = parse(path.read_text(encoding="utf-8"), path=path.name, vocabulary=VOCABULARY)

    assert [f"{mistake.line}: {mistake.message}" for mistake in parsed.mistakes] == told
    assert parsed.definition is None


@pytest.mark.parametrize("path", SHIPPED, ids=title)
def test_a_shipped_file_has_no_mistake_and_stands_under_its_own_name(path: Path) -> None:
    parsed = parse(path.read_text(encoding="utf-8"), path=title(path), vocabulary=REGISTRIES)

    assert parsed.mistakes == ()
    assert parsed.definition is not None
    assert (path.parent.name, path.stem) == (parsed.definition.name, str(parsed.definition.version))


@pytest.mark.parametrize("path", [*GOOD, *BAD, *SHIPPED], ids=title)
def test_the_loader_in_python_reads_the_same_and_tells_the_same(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert compose(source, loader=yaml.SafeLoader) == compose(source)


def test_a_mistake_prints_as_file_line_message() -> None:
    assert str(Mistake("offices/a.yaml", 12, "unknown key 'x'")) == "offices/a.yaml:12: unknown key 'x'"


def test_line_ends_byte_order_mark_and_decomposed_letters_change_nothing() -> None:
    source = GOOD[0].read_text(encoding="utf-8")
    from_elsewhere = "\ufeff" + unicodedata.normalize("NFD", source).replace("\n", "\r\n")

    assert parse(from_elsewhere, path="a") == parse(source, path="a")


def test_only_true_and_false_are_booleans_and_words_like_no_are_texts() -> None:
    calendar = (
        "definition: calendar\nname: on\nversion: 1\nyear: 2026\n"
        "days_off: {2026-01-01: off, 2026-01-02: True}\nwork_days: {}\nsource: no\nprovisional: false\n"
    )

    assert parse(calendar, path="f.yaml").definition == CalendarYear(
        name="on",
        version=1,
        year=2026,
        days_off={date(2026, 1, 1): "off", date(2026, 1, 2): "True"},
        work_days={},
        source="no",
    )


def test_without_a_vocabulary_the_registries_names_are_not_checked() -> None:
    source = EMPTY_POLICY.replace("chair_must_act: []", "chair_must_act: [king]")

    assert messages(source) == ["f.yaml:7: chair_must_act.0: unknown role 'king'; known: chair, officer"]
    assert parse(source, path="f.yaml").mistakes == ()


@pytest.mark.parametrize(
    ("character", "code"), [("\x00", "0000"), ("\x1b", "001B"), ("\ud800", "D800"), ("\ufffe", "FFFE")]
)
def test_an_unreadable_character_is_one_mistake_with_its_line(character: str, code: str) -> None:
    assert messages(f"definition: policy\nname: a{character}b\n") == [
        f"f.yaml:2: unreadable character U+{code}"
    ]


@pytest.mark.parametrize("written", [r"\x1b", r"\u202e", r"\x9b", "\u2066"])
def test_a_sign_that_a_terminal_obeys_is_a_mistake_however_it_is_written(written: str) -> None:
    code = written.removeprefix("\\u").removeprefix("\\x").zfill(4).upper()
    code = f"{ord(written):04X}" if len(written) == 1 else code

    assert messages(EMPTY_POLICY.replace("version: 1", f'version: 1\nname: "a{written}b"'))[0] == (
        f"f.yaml:4: it holds the invisible character U+{code}: take it out"
    )


def test_nesting_without_end_is_one_mistake() -> None:
    assert messages("definition: policy\nname: " + "[" * 100_000) == [
        f"f.yaml:2: nested more than {DEEPEST} levels deep"
    ]


def test_a_number_too_long_to_be_meant_is_a_text() -> None:
    assert messages(EMPTY_POLICY.replace("version: 1", f"version: {'9' * 5000}")) == [
        f"f.yaml:3: version: a whole number is wanted, found the text '{'9' * 39}…'"
    ]


def test_a_policy_may_say_its_quiet_hours_and_its_digests() -> None:
    source = EMPTY_POLICY + (
        'quiet: {start: "19:30", days_off: false}\n'
        'digest: {daily: "07:45", weekday: friday, weekly: "16:00", weekly_for: [chair]}\n'
    )

    policy = parse(source, path="f.yaml", vocabulary=VOCABULARY).definition

    assert isinstance(policy, DeadlinePolicy)
    assert policy.quiet == Quiet(time(19, 30), time(7), days_off=False)
    assert policy.digest == Digest(time(7, 45), "friday", time(16), ("chair",))


def test_a_bad_quiet_hour_or_digest_is_told_with_its_line() -> None:
    source = EMPTY_POLICY + 'quiet: {start: "25:00"}\ndigest: {weekday: mon, hourly: true}\n'

    assert messages(source) == [
        "f.yaml:8: quiet.start: '25:00' is no time of day, HH:MM",
        "f.yaml:9: digest.weekday: 'mon' is none of: "
        "monday, tuesday, wednesday, thursday, friday, saturday, sunday",
        "f.yaml:9: digest: unknown key 'hourly'; allowed: daily, weekday, weekly, weekly_for",
    ]


def test_an_alias_is_refused_once_and_hides_no_other_mistake() -> None:
    source = "a: &x [1]\nb: [*x, *x]\n"

    assert compose(source).flaws == (
        Flaw(1, "anchor '&x' is not allowed: write each value where it belongs"),
        Flaw(2, "alias '*x' is not allowed: write the value out"),
        Flaw(2, "alias '*x' is not allowed: write the value out"),
    )


def test_a_finding_is_shown_at_the_nearest_line_above_its_place() -> None:
    parsed = parse(EMPTY_POLICY, path="f.yaml")

    places = (("fire_at",), ("ladder", "3", "to"), ("nowhere",), ())
    assert [parsed.line(where) for where in places] == [4, 6, 1, 1]


WORDS = ("definition: ", "policy", "machine", "name", "version: 1", "states", "ế", "\u0301", "\n", "  ", "\t")
SIGNS = ("- ", ": ", "? ", "[", "]", "{", "}", "&a", "*a", "!!x", "|", "#", "'", '"', "---", "...", "%YAML 9")
fragments = st.sampled_from((*WORDS, *SIGNS))


@given(st.lists(fragments | st.text(max_size=3), max_size=30).map("".join))
def test_any_text_is_a_definition_or_has_mistakes_on_its_lines(source: str) -> None:
    parsed = parse(source, path="f.yaml", vocabulary=VOCABULARY)

    lines = [mistake.line for mistake in parsed.mistakes]
    assert (parsed.definition is None) == bool(lines)
    assert lines == sorted(lines)
    assert all(1 <= line <= parsed.source.count("\n") + 2 for line in lines)


@pytest.mark.parametrize("path", GOOD, ids=title)
@given(data=st.data())
def test_a_file_that_lost_a_line_never_crashes_the_parser(path: Path, data: st.DataObject) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lost = data.draw(st.integers(0, len(lines) - 1))

    parsed = parse("".join(lines[:lost] + lines[lost + 1 :]), path="f.yaml", vocabulary=VOCABULARY)

    assert (parsed.definition is None) == bool(parsed.mistakes)


def test_a_time_zone_that_does_not_exist_is_told_with_its_line() -> None:
    (office,) = [path for path in SHIPPED if "diem-he" in str(path)]
    text = office.read_text(encoding="utf-8")

    parsed = parse(text.replace("Asia/Ho_Chi_Minh", "Asia/Hanoi"), path="office.yaml")

    assert [str(mistake) for mistake in parsed.mistakes] == [
        "office.yaml:7: zone: there is no time zone 'Asia/Hanoi'; write one like Asia/Ho_Chi_Minh"
    ]
