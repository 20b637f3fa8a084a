"""The notice that asks a body for the dossier that it owes, to whoever speaks for the body.

Which bodies are asked and when is decided in `workflow.services.expect`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.model.decision import NoticeDraft
from workflow.model.expecting import days_late, due_of
from workflow.model.roles import speaking_for
from workflow.model.substitution import addressees
from workflow.model.tasks import Task
from workflow.model.wording import Remarks, Value, date_vi, date_with_weekday_vi, fill
from workflow.notices.rendering import passed_on, rendered

if TYPE_CHECKING:  # reading definitions needs the names below and no more
    from workflow.engine.case import Case
    from workflow.model.definition import Catalogue
    from workflow.model.expecting import Expectation
    from workflow.model.facts import Item

CHASE, CHASE_LATE = "chase", "chase_late"
"""The texts before and after the date; both make notices of the kind `chase`."""
CHASE_KINDS = (CHASE, CHASE_LATE)
CHASE_GIVES = (
    "ref",
    "so_tt",
    "noi_dung",
    "don_vi",
    "ten_huong_dan",
    "han",
    "tre",
    "lenh",
    "ten_xa",
    "lien_he",
)
"""The values that both texts have."""


def chase_notices(
    row: Expectation, task: Item, *, guidance: str | None, case: Case
) -> tuple[NoticeDraft, ...]:
    """A notice to each account that speaks for the body, or to its stand-in of today.

    `guidance` is the content of the task whose paper asks for dossiers; None where the plan's row asks.
    """
    setting, office, due = case.setting, case.office, due_of(row, task)
    today, catalogue = case.today, case.catalogue
    body = office.body(row.body)
    late = days_late(row, task, today)
    values: dict[str, Value] = {
        "ref": setting.ref(task.key),
        "so_tt": Task.of(task).number,
        "noi_dung": Task.of(task).content,
        "don_vi": body.name if body else row.body,
        "ten_huong_dan": _ground(row, task, guidance, catalogue),
        "han": date_with_weekday_vi(due) if due else "",
        "tre": late,
        # No text that ships asks for a command; an office's older one may.
        "lenh": f"tdkt expect answer {setting.ref(task.key)} {row.body} --nothing",
    }
    drafts = []
    for to in addressees(speaking_for(office, row.body, today), setting.substitutions, today):
        meant = to.instead_of or to.account
        derived = row.due_on is None and task.due_mark == "derived"
        text_key = CHASE_LATE if late > 0 else CHASE
        subject, text = rendered(text_key, values, case, reader=meant, remarks=Remarks(derived=derived))
        draft = NoticeDraft(CHASE, None, meant, subject, text)
        drafts.append(passed_on(draft, to, case))
    return tuple(drafts)


def _ground(row: Expectation, task: Item, guidance: str | None, catalogue: Catalogue) -> str:
    """What asks for the dossier: the guidance with its paper, else the plan's row."""
    words = catalogue.words
    if guidance is None:
        plan_row = Task.of(task)
        return fill(
            words["expect.plan_row"].vi,
            so_tt=plan_row.number,
            noi_dung=plan_row.content,
            nam=task.key.year,
        )
    if row.paper is None or row.paper_on is None:
        return guidance
    return fill(words["expect.paper"].vi, noi_dung=guidance, so=row.paper, ngay=date_vi(row.paper_on))
