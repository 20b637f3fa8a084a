"""What each title pays on the last day of one base salary and on the first of the next, by the shipped pack.

`python -m tests.money_table` prints docs/money.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tests.workflow.shipped import rules
from workflow.model.definition import AwardTitle, Pay
from workflow.model.money import amount, dotted, in_words, k_text, salary_on
from workflow.model.wording import date_vi

FIRST = date(2026, 7, 1)
DAYS = (FIRST - timedelta(days=1), FIRST)
"""A school year's decisions (row 11) are issued around the change."""

HEAD = """\
# What an award pays

Made by `python -m tests.money_table` from the rule pack `commune`; a test holds this page equal to it. An
award pays its coefficient (*hệ số*) of the base salary (*mức lương cơ sở*) of the decision's day of issue:
multiplied first, then rounded **up** once to 10.000 đồng. A collective's coefficient is doubled, not its
rounded amount. Who signs the decision pays. **H** from primary text · **M** one source or strong practice
· **L** practice alone; what is below H is data that an office overrides in its own rule pack.
"""
KINDS = {"person": "cá nhân", "collective": "tập thể", "household": "hộ gia đình"}
PAYS = {"commune": "commune", "province": "province", "government": "government"}


def markdown() -> str:
    return "\n".join((HEAD, *_table(), "", *_words(), ""))


def _table() -> Iterator[str]:
    salaries = [salary_on(rules().base_salary, day) for day in DAYS]
    named = [
        f"{date_vi(day)} ({dotted(each.amount)})" for day, each in zip(DAYS, salaries, strict=True) if each
    ]
    yield f"| title or form | for | hệ số | {' | '.join(named)} | paid by | conf. |"
    yield "|---|---|---|---:|---:|---|---|"
    for title, pay in _pays():
        kinds = ", ".join(KINDS[kind] for kind in pay.nominees or title.nominees)
        sums = " | ".join(dotted(amount(pay.k, each.amount)) for each in salaries if each)
        yield f"| {title.label.vi} | {kinds} | {k_text(pay.k)} | {sums} | {PAYS[title.level]} | {pay.conf} |"


def _pays() -> Iterator[tuple[AwardTitle, Pay]]:
    return ((title, pay) for title in rules().titles for pay in title.pays)


def _words() -> Iterator[str]:
    yield "Sums in words, as payment lists and decisions write them:"
    yield ""
    yield "| | |"
    yield "|---:|---|"
    for total in (710_000, 1_410_000, 2_005_000, 5_060_000, 21_315_000):
        yield f"| {dotted(total)} | {in_words(total)} |"


if __name__ == "__main__":
    print(markdown(), end="")
