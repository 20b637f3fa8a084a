"""Every page of the console, in the order in which their addresses are tried."""

from __future__ import annotations

from web.pages import (
    appraise,
    commands,
    decisions,
    dossier_papers,
    dossiers,
    entering,
    event,
    inbox,
    item,
    list_import,
    log,
    money,
    papers,
    plan,
    receipt,
    search,
    sent,
    sessions,
    status,
    village,
    vote,
)
from web.replies import Page

PAGES: tuple[Page, ...] = (
    *entering.PAGES,
    *inbox.PAGES,
    *log.PAGES,
    *plan.PAGES,
    *decisions.PAGES,
    *money.PAGES,
    *papers.PAGES,
    *search.PAGES,
    *status.PAGES,
    *commands.PAGES,
    *dossiers.PAGES,
    *list_import.PAGES,
    *sessions.PAGES,
    *vote.PAGES,
    *village.PAGES,
    *receipt.PAGES,
    *sent.PAGES,
    *dossier_papers.PAGES,
    *appraise.PAGES,
    *event.PAGES,
    *item.PAGES,
)
