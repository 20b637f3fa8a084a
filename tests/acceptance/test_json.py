"""JSON that scripts rely on: names, order and types of the fields; and help for every command, twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import click
import pytest

from cli import NOUNS, door
from tests import reference
from tests.acceptance.office import Office
from tests.people import OFFICER, STANDING_MEMBER
from tests.postgres import Cluster
from tests.processes import ROOT

Fits = Callable[[Any], bool]
QUARTERS = ("I", "II", "III", "IV")


def text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def integer(value: Any) -> bool:
    return type(value) is int


def boolean(value: Any) -> bool:
    return type(value) is bool


def day(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None


def instant(value: Any) -> bool:
    form = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z"
    return isinstance(value, str) and re.fullmatch(form, value) is not None


def digest(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{64}", value) is not None


def quarter(value: Any) -> bool:
    return value in QUARTERS


def or_null(fits: Fits) -> Fits:
    return lambda value: value is None or fits(value)


def each(fits: Fits) -> Fits:
    return lambda value: isinstance(value, list) and all(fits(one) for one in value)


def one_of(*known: str) -> Fits:
    return lambda value: value in known


def record(fields: Mapping[str, Fits]) -> Fits:
    """Every field there, in this order, before what else there may be, and each of its type."""
    return lambda value: (
        list(value)[: len(fields)] == list(fields) and all(fits(value[name]) for name, fits in fields.items())
    )


REASON = record({"rule": text, "message": text, "cite": or_null(text), "who_can": each(text)})
PLAN_TASK = record(
    {
        "number": integer,
        "quarter": quarter,
        "content": text,
        "bodies": each(text),
        "lead": text,
        "cooperating": each(text),
        "kind": text,
        "part": or_null(one_of("host", "attend")),
        "period": or_null(text),
        "due": day,
        "derived": each(text),
    }
)
READING = record(
    {
        "year": integer,
        "title": text,
        "tasks": each(PLAN_TASK),
        "unknown_bodies": each(text),
        "problems": each(record({"line": integer, "severity": one_of("warning", "error"), "message": text})),
        "diff": lambda value: isinstance(value, list),
    }
)
TASK = record(
    {
        "ref": text,
        "year": integer,
        "number": integer,
        "quarter": quarter,
        "content": text,
        "kind": text,
        "bodies": each(text),
        "lead": text,
        "state": text,
        "due": day,
        "derived": boolean,
        "late": boolean,
        "version": integer,
    }
)
NOMINEE = record(
    {
        "no": integer,
        "kind": one_of("person", "collective", "household"),
        "name": or_null(text),
        "title": text,
        "result": or_null(one_of("pass", "fail")),
        "outcome": text,
    }
)
DOSSIER = record(
    {
        "ref": text,
        "year": integer,
        "task": text,
        "body": text,
        "type": or_null(text),
        "state": text,
        "received_on": or_null(day),
        "version": integer,
        "nominees": each(NOMINEE),
    }
)
ENTRY = record(
    {
        "seq": integer,
        "at": instant,
        "actor": text,
        "role": or_null(text),
        "ref": or_null(text),
        "year": integer,
        "event": text,
        "from": or_null(text),
        "to": or_null(text),
        "refused": boolean,
        "reasons": each(text),
        "leaf": digest,
    }
)
NOTICE = record(
    {
        "at": instant,
        "ref": text,
        "year": integer,
        "kind": text,
        "level": or_null(text),
        "to": text,
        "channel": text,
        "status": text,
        "text": text,
    }
)
DEADLINE = record(
    {
        "ref": text,
        "year": integer,
        "name": text,
        "kind": text,
        "at": instant,
        "due_date": or_null(day),
        "derived": boolean,
        "status": one_of("pending", "fired", "cancelled"),
        "fired_at": or_null(instant),
        "late_s": or_null(integer),
    }
)
WHY = record({"ref": text, "year": integer, "event": text, "allowed": boolean, "reasons": each(REASON)})
REFUSAL = record({"error": text, "message": text, "reasons": each(REASON)})

PLAN = str(ROOT / "definitions" / "offices" / "diem-he" / "ke-hoach-2026.txt")
LISTS: dict[tuple[str, ...], Fits] = {
    ("task", "list"): TASK,
    ("dossier", "list"): record(
        {"ref": text, "year": integer, "task": text, "body": text, "type": or_null(text), "state": text}
    ),
    ("audit", "log"): ENTRY,
    ("audit", "log", "--refused"): ENTRY,
    ("audit", "log", "T01"): ENTRY,
    ("notice", "list"): NOTICE,
    ("notice", "list", "--to", OFFICER): NOTICE,
    ("deadline", "list"): DEADLINE,
    ("deadline", "list", "--overdue"): DEADLINE,
    ("deadline", "list", "--until", "2026-12-31"): DEADLINE,
    ("why", "T01"): WHY,
    ("why", "D0001"): WHY,
}


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office in April: tasks moved, refused and late, a dossier with nominees and a vote, notices."""
    home = tmp_path_factory.mktemp("lived")
    url = f"sqlite:///{home / 'office.db'}"
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("postgres_cluster")
        url = cluster.url(cluster.create_database())
    office = Office(url, home)
    for line in LIFE:
        said = office.tdkt(*line.split())
        assert said.code in (0, 1), said
    return office


LIFE = (
    "init --sandbox --now 2026-01-05",
    f"--as {OFFICER} advance T01..T03 submit",
    f"--as {OFFICER} advance T01 approve",
    f"--as {STANDING_MEMBER} deadline set T04 2026-03-20 --source CV-12",
    "--as thon-1 dossier new --task T17 --from thon-1 --title ldtt",
    "--as thon-1 dossier add D0001 --kind person --name An",
    "--as thon-1 dossier add D0001 --kind person --name Bình",
    "--as thon-1 advance D0001 submit --yes",
    f"--as {OFFICER} advance D0001 accept --set complete_on=2026-01-05 --set original=seen --set seen=all",
    f"--as {OFFICER} advance D0001 appraise --set nominee=1 --set verdict=met",
    f"--as {OFFICER} advance D0001 appraise --set nominee=2 --set verdict=not_met",
    f"--as {STANDING_MEMBER} advance D0001 confirm",
    "--as thu-ky council new --date 2026-01-05 --at 08:00 --place UBND",
    "--as thu-ky council agenda S01 D0001",
    "--as thu-ky council call S01 --paper 01/GM --paper-date 2026-01-05 --yes",
    "--as thu-ky council open S01",
    "--as thu-ky council vote S01 ldtt --at 08:30 --all-for",
    "--as thu-ky council conclude S01 --all --yes",
    "--as thu-ky council close S01 --at 10:00",
    "--as thu-ky council minutes S01 --paper 01/BB",
    "--as thon-2 dossier new --task T17 --from thon-2 --title gdvh",
    "tick --now 2026-04-20T09:00",
)


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_a_list_is_one_array_of_records_with_the_promised_fields(
    words: tuple[str, ...], lived: Office
) -> None:
    said = lived.tdkt(*words, "--json")

    assert (said.code, said.err) == (0, "")
    assert isinstance(said.json, list)
    assert len(said.json) > 0
    assert [one for one in said.json if not LISTS[words](one)] == []


def test_the_reading_of_a_plan_has_the_promised_fields(lived: Office) -> None:
    said = lived.tdkt("plan", "import", PLAN, "--dry-run", "--json")

    assert said.code == 0
    assert list(said.json)[:6] == ["year", "title", "tasks", "unknown_bodies", "problems", "diff"]
    assert len(said.json["tasks"]) == 18
    assert READING(said.json)


def test_one_dossier_one_answer_and_a_new_dossier_have_the_promised_fields(lived: Office) -> None:
    shown = lived.tdkt("dossier", "show", "D0001", "--json").json
    why = lived.tdkt("why", "T01", "approve", "--json").json
    line = "dossier new --task T17 --from thon-3 --title ldtt --as thon-3 --json"
    new = lived.tdkt(*line.split())

    assert DOSSIER(shown)
    assert [nominee["result"] for nominee in shown["nominees"]] == ["pass", None]
    assert (WHY(why), why["allowed"]) == (True, False)
    assert new.code == 0
    assert re.fullmatch(r"D\d{4}", new.json["ref"])


def test_a_refusal_is_data_on_stderr(lived: Office) -> None:
    said = lived.tdkt("--as", OFFICER, "advance", "T02", "complete", "--set", "held_on=2026-03-01", "--json")

    assert (said.code, said.out) == (1, "")
    assert REFUSAL(said.refusal)
    assert said.refusal["reasons"] != []


Answers = dict[tuple[str, ...], Any]


@pytest.fixture(scope="module")
def first_answers() -> Answers:
    """What the first database of the run answered."""
    return {}


def test_the_same_life_is_the_same_data_on_both_databases(lived: Office, first_answers: Answers) -> None:
    shown = {words: without_chance(lived.tdkt(*words, "--json").json) for words in LISTS}

    first_answers.update({words: value for words, value in shown.items() if words not in first_answers})

    assert [words for words, value in shown.items() if value != first_answers[words]] == []


def without_chance(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Records without what holds a nonce."""
    return [{name: value for name, value in one.items() if name != "leaf"} for one in records]


# -- help ------------------------------------------------------------------------------------------------


def every_command() -> list[tuple[str, ...]]:
    """The words of every noun and verb."""
    top = door()
    context = reference.context(top)
    found: list[tuple[str, ...]] = [()]
    for noun in NOUNS:
        command = top.get_command(context, noun)
        found.append((noun,))
        if isinstance(command, click.Group):
            found += [(noun, verb) for verb in command.list_commands(context)]
    return found


@pytest.mark.parametrize("words", every_command(), ids=lambda words: " ".join(words) or "tdkt")
def test_every_command_explains_itself_in_both_languages(
    words: tuple[str, ...], sqlite_office: Office
) -> None:
    english = sqlite_office.tdkt(*words, "-h")
    vietnamese = sqlite_office.tdkt(*words, "--help", TDKT_LANG="vi")

    assert [(said.code, said.err) for said in (english, vietnamese)] == [(0, ""), (0, "")]
    assert english.out.startswith(f"Usage: {' '.join(('tdkt', *words))}")
    assert vietnamese.out.startswith(f"Cách dùng: {' '.join(('tdkt', *words))}")
    assert max(len(line) for line in (english.out + vietnamese.out).splitlines()) <= 100
    assert english_left_over(english.out, vietnamese.out) == []


def english_left_over(english: str, vietnamese: str) -> list[str]:
    """Explanations that are the same on both pages; a name or an example may be."""
    explained = [
        {line.strip().partition("  ")[2].strip() for line in page.splitlines()} - {""}
        for page in (english, vietnamese)
    ]
    return sorted(line for line in explained[0] & explained[1] if len(line.split()) > 1)
