"""An error as a page: what happened, what helps, the way back."""

from __future__ import annotations

from web.desk import Desk
from web.failures import failed, told
from web.replies import Reply, Shown
from workflow.model.errors import TdktError, UsageMistake


class NoSuchPage(UsageMistake):
    """There is no such page; begin with the menu."""

    code = "no_such_page"


def missing(desk: Desk) -> Reply:
    return problem(desk, NoSuchPage(), failed(NoSuchPage()))


def problem(desk: Desk, error: TdktError | None, status: int) -> Reply:
    """`error` is None of what nobody expected."""
    words = desk.words
    return Shown("problem", {"heading": words(f"web.status.{status}"), "text": told(error, words)}, status)
