"""`--key`: a command sent again acts once and answers the same; another one under the key is refused."""

from __future__ import annotations

from tests.acceptance.office import Office
from tests.people import ADMINISTRATOR, AUDITOR, OFFICER, STANDING_MEMBER, VILLAGE
from tests.processes import ended

SUBMIT = ("--as", OFFICER, "advance", "T01", "submit", "--key", "mot", "--json")


def test_a_command_sent_again_answers_the_same_and_writes_nothing(office: Office) -> None:
    first = office.tdkt(*SUBMIT)
    after = office.dump()
    again = office.tdkt(*SUBMIT)

    assert (first.code, first.json["to"], first.json["version"]) == (0, "submitted", 2)
    assert again == first
    assert office.dump() == after


def test_an_answer_is_kept_for_whoever_can_ask_again_and_for_nobody_else(office: Office) -> None:
    office.tdkt("--as", OFFICER, "advance", "T01", "submit")
    office.tdkt("--as", OFFICER, "advance", "T02", "submit", "--key", "mot")

    assert [row[:2] for row in office.dump()["command"]] == [("diem-he", "mot")]


def test_a_key_of_old_answers_as_then_though_the_item_has_moved_on(office: Office) -> None:
    first = office.tdkt(*SUBMIT)
    office.tdkt("--as", STANDING_MEMBER, "advance", "T01", "return", "--set", "reason=Thiếu số liệu")
    after = office.dump()

    assert office.tdkt(*SUBMIT) == first
    assert office.dump() == after


def test_the_same_command_at_once_acts_once_and_answers_everybody_the_same(office: Office) -> None:
    processes = [office.start(*SUBMIT) for _ in range(3)]
    said = [ended(process) for process in processes]

    assert [each.code for each in said] == [0, 0, 0]
    assert len({each.out for each in said}) == 1
    assert office.stored()["T01"] == ("submitted", 2)
    assert [entry["event"] for entry in office.entries()].count("submit") == 1


def test_another_command_under_the_key_is_refused(office: Office) -> None:
    office.tdkt(*SUBMIT)
    before = office.stored()
    others = (
        ("--as", OFFICER, "advance", "T02", "submit", "--key", "mot"),
        ("--as", STANDING_MEMBER, "advance", "T01", "return", "--set", "reason=x", "--key", "mot"),
        ("--as", OFFICER, "advance", "T01", "submit", "--note", "Khác", "--key", "mot"),
        ("--as", AUDITOR, "advance", "T01", "submit", "--key", "mot"),
    )

    said = [office.tdkt(*line, "--json") for line in others]

    assert [each.code for each in said] == [1] * len(others)
    assert [[reason["rule"] for reason in each.refusal["reasons"]] for each in said] == [["key"]] * len(
        others
    )
    assert office.stored() == before


def test_a_batch_sent_again_tells_the_same_of_what_it_refused(office: Office) -> None:
    office.tdkt("--as", OFFICER, "advance", "T02", "submit")
    batch = ("--as", OFFICER, "advance", "T01..T03", "submit", "--key", "nhieu", "--json")

    first = office.tdkt(*batch)
    after = office.dump()
    again = office.tdkt(*batch)

    assert first.code == 1
    assert [row["done"] for row in first.json] == [True, False, True]
    assert [reason["rule"] for reason in first.json[1]["reasons"]] == ["state"]
    assert (again.code, again.json) == (first.code, first.json)
    assert office.dump() == after


def test_a_refused_command_leaves_its_key_free(office: Office) -> None:
    review = (
        "--as",
        STANDING_MEMBER,
        "advance",
        "T01",
        "review",
        "--set",
        "opinion=Đạt",
        "--key",
        "hai",
        "--json",
    )
    refused = office.tdkt(*review)
    office.tdkt("--as", OFFICER, "advance", "T01", "submit")

    done = office.tdkt(*review)

    assert (refused.code, done.code, done.json["to"]) == (1, 0, "reviewed")


def test_a_dry_run_leaves_its_key_free(office: Office) -> None:
    dry = office.tdkt(*SUBMIT, "--dry-run")

    assert (dry.code, dry.json["to"]) == (0, "submitted")
    assert office.tdkt(*SUBMIT).json["version"] == 2


def test_a_dossier_asked_for_twice_under_one_key_is_made_once(office: Office) -> None:
    line = "--as thon-1 dossier new --task T17 --from thon-1 --title ldtt --key ba --json"

    said = [ended(process) for process in [office.start(*line.split()) for _ in range(3)]]

    assert [(each.code, each.json["ref"]) for each in said] == [(0, "D0001")] * 3
    assert [ref for ref in office.stored() if ref.startswith("D")] == ["D0001"]


def test_many_under_one_key_act_once_in_every_hundred(many_dossiers: Office) -> None:
    line = ("--as", VILLAGE, "advance", "D0001..D0120", "submit", "--key", "bon", "--json", "--yes")
    first = many_dossiers.tdkt(*line)
    after = many_dossiers.stored()
    again = many_dossiers.tdkt(*line)

    assert [each["done"] for each in first.json].count(True) == 118
    assert (again.code, many_dossiers.stored()) == (first.code, after)
    assert [each for each in again.json if each["done"]] == [each for each in first.json if each["done"]]
    assert [each["ref"] for each in again.json if not each["done"]] == ["D0007", "D0113"]


def test_every_act_takes_a_key_and_says_that_it_was_done_before(sqlite_office: Office) -> None:
    acts = (
        ("--as", OFFICER, "claim", "T01", "--key", "nhan"),
        ("--as", OFFICER, "office", "use", OFFICER, "--key", "dung"),
        ("--as", ADMINISTRATOR, "office", "contact", OFFICER, "--email", "a@example.vn", "--key", "thu"),
    )
    first = [sqlite_office.tdkt(*line) for line in acts]
    after = sqlite_office.dump()
    again = [sqlite_office.tdkt(*line) for line in acts]
    other = sqlite_office.tdkt("--as", OFFICER, "claim", "T02", "--key", "nhan", "--json")

    assert [each.code for each in first] == [0] * len(acts), first
    assert [(each.code, each.out, "before" in each.err) for each in again] == [(0, "", True)] * len(acts)
    assert (other.code, other.refusal["error"]) == (1, "key_taken")
    assert sqlite_office.dump() == after
