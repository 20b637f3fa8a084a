"""A receipt by its code, for everybody who has that: how what was handed in stands, and nothing personal."""

from __future__ import annotations

from exchange.qr import qr_image
from runtime.views.links import receipt_code, receipt_of
from web.desk import Desk
from web.links import receipt_path
from web.pages.item import item_meant
from web.replies import Page, Redirect, Reply, Shown
from workflow.model.dossiers import Dossier
from workflow.model.errors import UnknownReference, UsageMistake


class NoReceipt(UsageMistake):
    """There is no receipt of this code; compare it with the slip."""

    code = "no_receipt"


def show(desk: Desk) -> Reply:
    receipt = receipt_of(desk.looking, desk.asked.place["code"])
    if receipt is None:
        raise NoReceipt()
    path = receipt_path(receipt.code)
    values = {
        "menu": (),
        "receipt": receipt,
        "qr": qr_image(f"{desk.base}{path}"),
        "address": f"{desk.base}{path}",
        "contact": desk.looking.directory.contact,
    }
    return Shown("receipt", values)


def of_dossier(desk: Desk) -> Reply:
    """From a dossier to its receipt."""
    item = item_meant(desk)
    if not isinstance(item.details, Dossier):
        raise UnknownReference(ref=item.key.ref)
    return Redirect(receipt_path(receipt_code(desk.looking, item.key)))


PAGES = (
    Page("GET", "/r/{code}", show, free=True),
    Page("GET", "/items/{year}/{ref}/receipt", of_dossier),
)
