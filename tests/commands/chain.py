"""A meeting's chain from the given lists to the money, played by typed commands from a file that says what
must come of it (`tests/commands/test_chain.py`).

The office of the file's council is the shipped one with its members, names and bodies in place of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from tests.commands.conftest import Answer

Given = Mapping[str, Any]
SHIPPED = Path(__file__).resolve().parents[2] / "definitions/offices/diem-he/1.yaml"
FOUNDED = "2026-01-05T08:00"
CLASSES = {"trực tiếp": "truc_tiep", "lãnh đạo từ phó phòng trở lên": "lanh_dao"}
"""The file's words for whether somebody leads or works directly."""


class Chain:
    """One set of a chain file, in an office of its own; each step is a command that must be done."""

    def __init__(self, given: Given, typed: Callable[..., Answer], folder: Path) -> None:
        self.given, self.typed, self.folder = given, typed, folder

    @property
    def session(self) -> str:
        ref: str = self.given["session"]["ref"]
        return ref

    # -- asking --------------------------------------------------------------------------------------

    def asked(self, on: str, by: str, *words: str) -> Answer:
        """A command at nine in the morning of a day, or at its own hour where the day has one."""
        at = on if "T" in on else f"{on}T09:00"
        return self.typed(*words, "--now", at, "--as", by, "--yes")

    def do(self, on: str, by: str, *words: str) -> Answer:
        answer = self.asked(on, by, *words)
        assert answer.code == 0, (words, answer.err or answer.out)
        return answer

    def refused(self, on: str, by: str, *words: str) -> set[str]:
        """The rules that speak against it; what is only asked is among them."""
        at = on if "T" in on else f"{on}T09:00"
        answer = self.typed(*words, "--now", at, "--as", by, "--json")
        assert answer.code != 0, (words, answer.out)
        told = answer.refusal
        return {reason["rule"] for reason in told.get("reasons", ())} or {told["error"]}

    def shown(self, ref: str) -> Any:
        return self.typed("show", ref, "--json").json

    # -- the office ----------------------------------------------------------------------------------

    def found(self) -> None:
        """The office with its council, whose definition is proposed and agreed to, and who holds what."""
        path = self.folder / "co-quan.yaml"
        path.write_text(yaml.safe_dump(self._office(), allow_unicode=True, sort_keys=False), encoding="utf-8")
        adopted = self.do(FOUNDED, "quan-tri", "definition", "adopt", str(path))
        assert adopted.code == 0
        self.do(FOUNDED, "chu-tich", "definition", "agree", f"office/{self._office()['name']}")
        for member in self.given["council"]["members"]:
            self.do(
                FOUNDED,
                "quan-tri",
                "office",
                "holder",
                member["member"],
                member["name"],
                "--from",
                "2026-01-01",
            )

    def _office(self) -> dict[str, Any]:
        office: dict[str, Any] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
        council = self.given["council"]
        office["version"] += 1
        _without_schools(office)
        accounts, bodies = office["accounts"], office["bodies"]
        for id, account in accounts.items():
            if id.startswith("uy-vien"):
                account["roles"] = [role for role in account["roles"] if role != "council_member"]
        for member in council["members"]:
            account = accounts.setdefault(member["member"], {"label": {}, "roles": []})
            account["label"] = {"vi": member["position"], "en": member["position"]}
            account["roles"] = [*dict.fromkeys([*account["roles"], "council_member"])]
        for dossier in self.given["dossiers"]:
            body = bodies.setdefault(dossier["body"], {"nominates": True, "kind": "truong"})
            body["name"] = body["short"] = dossier["body_name"]
            body["nominates"] = True
            if not any(each.get("body") == dossier["body"] for each in accounts.values()):
                accounts[dossier["body"]] = {
                    "label": {"vi": f"Người đứng đầu {dossier['body_name']}", "en": dossier["body"]},
                    "roles": ["representative"],
                    "body": dossier["body"],
                }
        office["membership"] = {
            "founded_by": {
                "number": council["founded_by"]["number"],
                "dated": _day(council["founded_by"]["date"]),
            },
            "statute": {
                "number": council["statute"]["number"],
                "dated": _day(council["statute"]["date"]),
                "quorum": council["statute"]["quorum"],
                "votes": council["statute"]["vote"],
            },
            "members": {member["member"]: {} for member in council["members"]},
        }
        if council.get("written_opinions"):
            office["membership"]["written_opinions"] = True
        return office

    # -- from the lists to the confirmed appraisal ---------------------------------------------------

    def take_in(self) -> None:
        """Every dossier as it was handed in, returned and completed, in the order of the days; all are begun
        on the first, so that they get the file's numbers."""
        dossiers = self.given["dossiers"]
        first = min(dossier["received_on"] for dossier in dossiers)
        for dossier in dossiers:
            self._enter(dossier, on=first)
        steps = [step for dossier in dossiers for step in self._handed_in(dossier)]
        for on, words in sorted(steps, key=lambda step: step[0]):
            self.do(on, "chuyen-vien", *words)

    def _enter(self, dossier: Given, *, on: str) -> None:
        by = "chuyen-vien"
        asked = ["--task", dossier["task"].partition("/")[2], "--from", dossier["body"]]
        asked += ["--title", dossier["titles"][0], "--period", _period(dossier["period"])]
        if dossier.get("type"):
            asked += ["--type", dossier["type"]]
        made = json.loads(self.do(on, by, "dossier", "new", *asked, "--json").out)
        assert made["ref"] == dossier["ref"]
        for line in dossier["lines"]:
            self.do(on, by, "dossier", "add", made["ref"], *_typed(line))

    def _handed_in(self, dossier: Given) -> Iterator[tuple[str, Sequence[str]]]:
        """The days with what is typed on them."""
        ref, paper = dossier["ref"], dossier["paper"]
        numbered = {"paper_number": paper["number"], "paper_date": paper["date"]}
        first = {"intake_no": dossier["intake_no"], "via": dossier["via"], "declared": "clean"}
        yield dossier["received_on"], ("advance", ref, "submit", *_set(first | numbered))
        if returned := dossier.get("returned"):
            until = (date.fromisoformat(returned["on"]) + timedelta(days=7)).isoformat()
            asked = {"missing": returned["missing"], "until": until}
            yield returned["on"], ("advance", ref, "return", *_set(asked))
            yield returned["back_on"], ("advance", ref, "submit", *_set(numbered))
        on = dossier["complete_on"]
        yield on, ("dossier", "accept", ref, "--complete-on", on, "--original", "seen", "--all-seen")

    def appraise(self) -> None:
        appraisal = self.given["appraisal"]
        for dossier in self.given["dossiers"]:
            lines = [line["ref"] for line in dossier["lines"]]
            why = ("--reason", "Tỷ lệ do địa phương quy định")
            self.do(appraisal["on"], appraisal["by"], "dossier", "appraise", *lines, "--verdict", "met", *why)
        for dossier in self.given["dossiers"]:
            on, by = appraisal["confirmed_on"], appraisal["confirmed_by"]
            self.do(on, by, "advance", dossier["ref"], "confirm")

    # -- the meeting ----------------------------------------------------------------------------------

    def call(self) -> None:
        """The session with its agenda, called and answered."""
        session, on = self.given["session"], self.given["session"]["invitation"]["date"]
        ref, clerk = session["ref"], session["secretary"]
        place = ("--date", session["date"], "--at", session["from"], "--place", session["place"])
        self.do(on, clerk, "council", "new", *place, "--presiding", session["presiding"])
        self.do(on, clerk, "council", "agenda", ref, *(each["ref"] for each in self.given["dossiers"]))
        number = session["invitation"]["number"]
        self.do(on, clerk, "council", "call", ref, "--paper", number, "--paper-date", on)
        replies = session["replies"]
        for answer in ("attend", "absent"):
            for member in replies.get(answer, ()):
                lines = replies.get("interest", {}).get(member, ())
                interest = ("--interest", ",".join(lines)) if lines else ()
                self.do(on, clerk, "council", "reply", ref, answer, "--member", member, *interest)

    def meet(self) -> None:
        """Everything from the opening to the signed minutes."""
        self.open()
        for vote in self.given["session"]["votes"]:
            self.vote(vote)
        self.end()

    def end(self) -> None:
        """The conclusions, the end of the meeting and its signed minutes."""
        session = self.given["session"]
        ref, clerk = session["ref"], session["secretary"]
        self.do(
            f"{session['date']}T{session['to']}", session["presiding"], "council", "conclude", ref, "--all"
        )
        self.do(f"{session['date']}T{session['to']}", clerk, "council", "close", ref, "--at", session["to"])
        minutes = session["minutes"]
        paper = ("--paper", minutes["number"], "--paper-date", minutes["date"])
        self.do(f"{session['date']}T17:00", clerk, "council", "minutes", ref, *paper)

    def open(self) -> None:
        session = self.given["session"]
        ref, at = session["ref"], f"{session['date']}T{session['from']}"
        there = [word for member in session["roll"]["present"] for word in ("--present", member)]
        opened = ("--at", session["from"], "--presiding", session["presiding"], *there)
        self.do(at, session["secretary"], "council", "open", ref, *opened)
        for recusal in session["recusals"]:
            why = ("--why", "named") if recusal["reason"] == NAMED else ("--why", "other")
            lines = recusal["lines"]
            self.do(
                at, session["secretary"], "council", "recuse", ref, recusal["member"], ",".join(lines), *why
            )
        self.do(at, session["secretary"], "council", "board", ref, *session["board"])

    def vote(self, vote: Given) -> None:
        if "slips" in vote:
            self.open_vote(vote)
            self.enter_count(vote)
        else:
            self.open_vote(vote, *_sheet(vote))

    def open_vote(self, vote: Given, *counts: str) -> None:
        """A show of hands is recorded at once."""
        self._at_vote(vote, "vote", "--at", vote["at"], *counts)

    def enter_count(self, vote: Given) -> None:
        self._at_vote(vote, "count", *_sheet(vote))
        self._at_vote(vote, "check", by="chuyen-vien")

    def _at_vote(self, vote: Given, verb: str, *said: str, by: str | None = None) -> None:
        session = self.given["session"]
        at = f"{session['date']}T{vote['at']}"
        self.do(at, by or session["secretary"], "council", verb, session["ref"], vote["title"], *said)

    # -- decisions ------------------------------------------------------------------------------------

    def fund(self) -> None:
        fund, on = self.given["fund"], self.given["to_trinh"]["date"]
        names = {"allocated": "allocated", "carried_over": "carried-over", "spent_before": "spent-before"}
        sums = [
            word for name, option in names.items() if fund[name] for word in (f"--{option}", str(fund[name]))
        ]
        given = ("--contributed", str(fund["contributed"])) if fund["contributed"] else ()
        self.do(f"{on}T08:00", "ke-toan", "fund", "set", *sums, *given)

    def draft(self, dates: Mapping[str, str]) -> None:
        """The decisions as they are drafted and put before the signer, printed for the day of their issue."""
        self.begin()
        self.confirm()
        for id in (decision["id"] for decision in self.given["decisions"]):
            self.submit(id, for_date=dates[id])

    def begin(self) -> None:
        for decision in self.given["decisions"]:
            lines = ("--lines", ",".join(decision["lines"]), "--signer", decision["signer"])
            on = self.given["to_trinh"]["date"]
            self.do(on, "chuyen-vien", "decision", "new", "--title", decision["title"], *lines)

    def confirm(self) -> None:
        for decision in self.given["decisions"]:
            on = self.given["to_trinh"]["date"]
            self.do(f"{on}T10:00", "ke-toan", "decision", "funds", decision["id"])

    def submit(self, id: str, *, for_date: str) -> None:
        paper = self.given["to_trinh"]
        said = ("--paper", paper["number"], "--paper-date", paper["date"], "--for-date", for_date)
        self.do(f"{paper['date']}T11:00", "chuyen-vien", "decision", "submit", id, *said)

    def forward(self) -> None:
        """What goes to the province, approved by the tờ trình of the council."""
        sent, paper = self.given.get("to_province"), self.given["to_trinh"]
        if sent is None:
            return
        approved = {"paper_number": paper["number"], "paper_date": paper["date"]}
        said = {"paper_number": sent["number"], "paper_date": sent["date"]}
        for ref in dict.fromkeys(line.partition("/")[0] for line in sent["lines"]):
            self.do(f"{paper['date']}T12:00", "chu-tich", "advance", ref, "approve", *_set(approved))
            self.do(sent["date"], "chuyen-vien", "advance", ref, "forward", *_set(said))

    def sign(self, id: str, on: str) -> None:
        self.do(f"{on}T15:00", "van-thu", "decision", "sign", id, "--on", on, "--way", "paper")

    def issue(self, id: str, on: str, *, number: str | None = None) -> None:
        number = number or next(each["number"] for each in self.given["decisions"] if each["id"] == id)
        self.do(f"{on}T15:00", "van-thu", "decision", "issue", id, "--number", number, "--date", on)

    def decide(self, dates: Mapping[str, str]) -> None:
        """Everything from the fund to the last decision."""
        self.fund()
        self.draft(dates)
        self.forward()
        for id, on in sorted(dates.items(), key=lambda each: (each[1], each[0])):
            self.sign(id, on)
            self.issue(id, on)

    # -- what comes after -----------------------------------------------------------------------------

    def put_right(self, decision: str, step: Given, typed: str) -> None:
        """What was typed wrong is corrected on the word of the records clerk."""
        asked = ("--number", step["result"]["number"], "--reason", "Nhập nhầm")
        assert self.shown(decision)["number"] == typed
        self.do(step["on"], step["proposed_by"], "decision", "correct", decision, *asked)
        self.do(f"{step['on']}T10:00", step["agreed_by"], "advance", decision, "agree_correction")

    def rectify(self, decision: str, step: Given) -> None:
        paper = step["paper"]
        said = ("--paper", paper["number"], "--paper-date", paper["date"], "--signer", paper["signer"])
        self.do(step["on"], "chuyen-vien", "decision", "rectify", decision, *said, "--what", step["fault"])

    def amend(self, decision: str, step: Given) -> str:
        """The reference of the amending decision."""
        new = ("--name", step["result"]["new_name"], "--reason", step["fault"])
        return self._other(step, "amend", decision, step["result"]["line"], *new)

    def revoke(self, decision: str, step: Given) -> list[str]:
        """Annuls a line by a decision, whose file is told and full on the days given; the days on which its
        terms end, the first until the file is full."""
        terms = step["terms"]
        number, on = _conclusion(step["fault"])
        said = (
            *("--lines", step["result"]["line"], "--ground", step["act"].rsplit(maxsplit=1)[-1]),
            *("--conclusion", number, "--conclusion-date", on, "--received", terms["conclusion_received"]),
        )
        drafted = {**step, "on": terms["conclusion_received"]}
        made = self._drafted(drafted, "revoke", decision, *said, "--reason", step["fault"])
        first = self._due(made)
        days = {"told_on": terms["council_told_on"], "full_on": terms["full_file_on"]}
        self.do(terms["full_file_on"], "chuyen-vien", "advance", made, "complete_file", *_set(days))
        then = self._due(made)
        self._issued(step, made)
        return [*first, *then]

    def _due(self, ref: str) -> list[str]:
        return [term["due"] for term in self.shown(ref)["terms"] if term["due"]]

    def pay(self, *decisions: str, on: str) -> None:
        """Everything that the decisions pay so far."""
        for ref in decisions:
            if self.shown(ref)["total"]:
                self.do(f"{on}T16:00", "ke-toan", "payment", "record", ref, "--all")

    def settle(self, annulled: str, other: str, *, on: str) -> None:
        """What an annulled line paid comes back, and what is due instead of it is paid."""
        self.do(f"{on}T16:00", "ke-toan", "payment", "recover", annulled, "--all")
        self.do(f"{on}T16:00", "ke-toan", "payment", "record", other, "--all")

    def _other(self, step: Given, *words: str) -> str:
        made = self._drafted(step, *words)
        self._issued(step, made)
        return made

    def _drafted(self, step: Given, verb: str, *words: str) -> str:
        answer = self.do(step["on"], "chuyen-vien", "decision", verb, *words, "--json")
        ref: str = json.loads(answer.out)["ref"]
        return ref

    def _issued(self, step: Given, ref: str) -> None:
        """A decision that changes another one, from its draft to its number."""
        on, paper = step["on"], step["paper"]
        letter = ("--paper", "11/TTr-VHXH", "--paper-date", on)
        self.do(f"{on}T10:00", "chuyen-vien", "decision", "submit", ref, *letter)
        self.sign(ref, on)
        self.issue(ref, on, number=paper["number"])


def _conclusion(fault: str) -> tuple[str, str]:
    """Number and day of a conclusion, as a fault names it."""
    match = re.search(r"số (\S+) ngày (\d\d)/(\d\d)/(\d{4})", fault)
    assert match is not None
    return match[1], f"{match[4]}-{match[3]}-{match[2]}"


NAMED = "có tên trong danh sách"


def _sheet(vote: Given) -> Iterator[str]:
    for line in vote["lines"]:
        yield from ("--line", _counts(line))


def _counts(line: Given) -> str:
    said = (f"{name}={line[name]}" for name in ("valid", "invalid", "for", "against") if name in line)
    return f"{line['line']}:{','.join(said)}"


def _without_schools(office: dict[str, Any]) -> None:
    """Takes the sample's schools out, which are called like those of a file."""
    gone = {id for id, body in office["bodies"].items() if body.get("kind") == "truong"}
    for kind in ("bodies", "accounts"):
        office[kind] = {
            id: each for id, each in office[kind].items() if id not in gone and each.get("body") not in gone
        }
    for body in office["bodies"].values():
        if "members" in body:
            body["members"] = [id for id in body["members"] if id not in gone]
    office["sample"] = [id for id in office["sample"] if id not in gone]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _set(said: Mapping[str, str]) -> Iterator[str]:
    for name, value in said.items():
        yield from ("--set", f"{name}={value}")


def _period(words: str) -> str:
    """`năm học 2025 - 2026` as it is typed; of several school years the last."""
    years = [part for part in words.replace("–", "-").replace(",", " ").split() if part.isdecimal()]
    return f"{years[-2]}-{years[-1]}" if "năm học" in words else years[-1]


RATINGS = {"HTXSNV": "htxsnv", "HTTNV": "httnv", "HTNV": "htnv", "KHTNV": "khtnv"}


def _typed(line: Given) -> Sequence[str]:
    words = ["--kind", line["kind"], "--name", line["name"], "--title", line["title"]]
    for option in ("position", "unit"):
        if line.get(option):
            words += [f"--{option}", line[option]]
    if line.get("rating"):
        words += ["--rating", RATINGS[line["rating"]]]
    if line.get("object_class") in CLASSES:
        words += ["--category", CLASSES[line["object_class"]]]
    if initiative := line.get("initiative"):
        words += ["--initiative", initiative["name"], "--initiative-no", initiative["number"]]
        words += ["--initiative-on", initiative["date"]]
    words += ["--account", line["account"]] if line.get("account") else ["--no-account"]
    return words
