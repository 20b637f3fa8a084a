"""The bodies of a plan's rows: who leads and who helps, as the columns say or the cell itself does.

In any column `Chủ trì:` and `Phối hợp:` divide the text, and a duty beside a name (`(chủ trì)`, `X chủ trì,
phối hợp với Y`) counts before the column's title. What is not said is derived and named as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exchange.plan.document import plain
from exchange.plan.problems import Problems
from exchange.plan.task_row import BODIES, TaskRow
from workflow.model.bodies import Mention, mentions
from workflow.model.body_names import Directory
from workflow.model.office import Office

BODY = r"(?:(?:cơ quan|đơn vị|bộ phận)\s+)?"
LED = re.compile(rf"{BODY}chủ trì(?: thực hiện| tham mưu)?\s*:", re.IGNORECASE)
HELPED = re.compile(
    rf"{BODY}phối hợp(?: thực hiện)?(?: với)?\s*:|^\W*phối hợp(?: thực hiện)?\s+(?:với|cùng)\s",
    re.IGNORECASE | re.MULTILINE,
)
LED_WITH = re.compile(
    r"(?<=[\w)])[ ,:–-]+(?:chủ trì(?: thực hiện| tham mưu)?[,;]?\s+)?(?:và\s+)?phối hợp(?: thực hiện)?\s+"
    r"(?:(?:với|cùng)(?: với)?(?:\s*:)?(?=\s)|(?=các\b|(?-i:[A-ZĐ])))",
    re.IGNORECASE,
)
GIVEN = re.compile(r"^\W*giao(?: cho)?\s+", re.IGNORECASE | re.MULTILINE)
NAMED_DUTY = re.compile(
    r"\s*[:–-]?\s+(?:là\s+)?(?:(?<!các )(?:cơ quan |đơn vị ))?"
    r"(chủ trì|phối hợp|(?<!ban )(?<!tổ )(?<!phận )"
    r"(?:chỉ đạo|tham mưu|(?:phối hợp |chủ trì )?(?:tổ chức )?thực hiện))"
    r"\s*(?=[;,.\n]|$)"
    r"|\s*:\s*(chủ trì|phối hợp)\b(?!\s*:)",
    re.IGNORECASE,
)
DUTY_REMARK = re.compile(
    r"(?:la |co quan |don vi )*"
    r"(chu tri|phoi hop|thuong truc|dau moi|(?:to chuc )?thuc hien|tham muu|chi dao)\b.*"
)
LEADING, HELPING = "lead", "cooperating"


@dataclass(frozen=True, slots=True)
class RowBodies:
    """The bodies of a row: all of them, the lead, the co-operating ones, and which of these are derived."""

    bodies: tuple[str, ...]
    lead: str
    cooperating: tuple[str, ...]
    derived: tuple[str, ...]


class BodyReader:
    """Reads the bodies of the rows of one plan.

    `unknown` are those that the directory does not know, with their line; `found` the bodies of each text met
    so far, since most rows repeat one.
    """

    def __init__(self, office: Office, directory: Directory, problems: Problems) -> None:
        self.office = office
        self.directory = directory
        self.problems = problems
        self.unknown: dict[str, int] = {}
        self.found: dict[str, tuple[Mention, ...]] = {}

    def read(self, row: TaskRow, number: int) -> RowBodies:
        """Who leads is written; else it is the division, the council or the first body that the row lists."""
        named = self._by_role(row)
        leading, helping, listed = named[LEADING], named[HELPING], named["bodies"]
        # Beside a column of those who help, `Đơn vị thực hiện` is the one that leads.
        if not leading and row.columns.has("cooperating") and not row.columns.has("lead"):
            leading, listed = listed, []
        if leading:
            if len(leading) > 1:
                self.problems.warn(row.line, "several_leads", number=number, lead=self.named(leading[0]))
            bodies = _once([*leading, *helping, *listed])
            return RowBodies(bodies, bodies[0], bodies[1:], ())
        bodies = _once([*listed, *helping])
        lead = derived_lead(bodies, self.office)
        if not bodies and row.columns.has(*BODIES):
            self.problems.warn(row.line, "no_bodies", number=number, lead=self.named(lead))
        elif row.columns.has("lead") and bodies:
            self.problems.warn(row.line, "no_lead", number=number, lead=self.named(lead))
        others = tuple(body for body in bodies if body != lead)
        return RowBodies(bodies, lead, others, ("lead", "cooperating") if others else ("lead",))

    def named(self, id: str) -> str:
        body = self.office.body(id)
        return body.name if body else id

    def _by_role(self, row: TaskRow) -> dict[str, list[str]]:
        bodies: dict[str, list[str]] = {role: [] for role in BODIES}
        for column in BODIES:
            for role, text in _divided(row.cell(column), column):
                for mention in self._mentions(row, text):
                    bodies[_role(mention, role)].append(mention.body)
        return bodies

    def _mentions(self, row: TaskRow, text: str) -> tuple[Mention, ...]:
        found = self.found.get(text)
        if found is None:
            found = self.found[text] = mentions(text, self.directory)
        for mention in found:
            if mention.id is None and mention.written not in self.unknown:
                self.unknown[mention.written] = row.line
                self.problems.warn(row.line, "unknown_body", name=mention.written)
            if mention.remark and not DUTY_REMARK.fullmatch(plain(mention.remark)):
                self.problems.warn(row.line, "remark_unread", text=mention.remark, name=mention.written)
        return found


def derived_lead(bodies: Sequence[str], office: Office) -> str:
    """Who leads where the plan does not say it: the division, the council, else the first body listed."""
    for body in (office.division, office.council):
        if body in bodies:
            return body
    return bodies[0] if bodies else office.division


def _divided(text: str, column: str) -> Iterator[tuple[str, str]]:
    """The parts of a cell, each with the role that it gives its bodies."""
    lines = (" ".join(line.split()) for line in re.split(r"[\n\v]", text))
    text = GIVEN.sub("", "\n".join(filter(None, lines)))
    text = LED_WITH.sub(" (chủ trì)\nPhối hợp:", text)
    text = NAMED_DUTY.sub(lambda duty: f" ({duty[1] or duty[2]})", text)
    labels = [(found, LEADING) for found in LED.finditer(text)]
    labels += [(found, HELPING) for found in HELPED.finditer(text)]
    role, start = column, 0
    for found, next_role in sorted(labels, key=lambda labelled: labelled[0].start()):
        yield role, text[start : found.start()]
        role, start = next_role, found.end()
    yield role, text[start:]


def _role(mention: Mention, role: str) -> str:
    duty = DUTY_REMARK.fullmatch(plain(mention.remark or ""))
    if duty and duty[1] == "chu tri":
        return LEADING
    if duty and duty[1] == "phoi hop":
        return HELPING
    return role


def _once(bodies: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(bodies))
