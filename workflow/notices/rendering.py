"""What all kinds of notice share: their words for one reader, without nominees' names, also in an absence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from workflow.model.decision import NoticeDraft
from workflow.model.definition import Catalogue, Office
from workflow.model.roles import is_superior
from workflow.model.substitution import Addressee, addressees
from workflow.model.wording import (
    NO_REMARKS,
    Remarks,
    Sender,
    Value,
    fill,
    position,
    render_notice,
    without_names,
)

if TYPE_CHECKING:  # reading definitions needs the kinds of notices and no `transitions`
    from workflow.engine.case import Case


def position_of(office: Office, account: str) -> str:
    """The position by which people call the account: `Chủ tịch`; its id where the office has none of it."""
    found = office.account(account)
    return position(found.label.vi) if found else account


def rendered(
    kind: str,
    values: Mapping[str, Value],
    case: Case,
    *,
    reader: str | None = None,
    remarks: Remarks = NO_REMARKS,
) -> tuple[str, str]:
    """Subject and text of the office's notice `kind`, in the words for a superior where the reader is one."""
    office = case.office
    return render_notice(
        case.catalogue,
        kind,
        values,
        Sender(office.title, office.contact, case.setting.sandbox),
        superior=reader is not None and is_superior(office, reader),
        remarks=remarks,
    )


def passed_on(draft: NoticeDraft, to: Addressee, case: Case) -> NoticeDraft:
    """The notice as its reader gets it: in an absent account's place, its first line says for whom it is."""
    if to.instead_of is None:
        return draft
    labels = {
        "chuc_vu_thay": position_of(case.office, to.account),
        "chuc_vu_vang": position_of(case.office, to.instead_of),
    }
    line = fill(case.catalogue.words["notice.passed_on"].vi, **labels)
    return replace(draft, to=to.account, text=f"{line}\n{draft.text}", instead_of=to.instead_of)


def with_numbers(text: str, names: Mapping[str, str], catalogue: Catalogue) -> str:
    """Somebody's own words with `trường hợp số 3` wherever they name the nominee of that number, or
    `trường hợp D0042/3` where it is of another item."""
    words = catalogue.words

    def instead(nominee: str) -> str:
        if nominee.isdecimal():
            return fill(words["notice.nominee"].vi, so=nominee)
        return fill(words["notice.nominee_of"].vi, ref=nominee)

    return without_names(text, {name: instead(nominee) for nominee, name in names.items()})


def told_to(
    kind: str, accounts: Collection[str], values: Mapping[str, Value], case: Case
) -> tuple[NoticeDraft, ...]:
    """An office-wide notice to each of the accounts, or to whoever stands in for one today."""
    drafts = []
    for to in addressees(accounts, case.setting.substitutions, case.today):
        meant = to.instead_of or to.account
        named = {**values, "chuc_vu_nhan": position_of(case.office, meant)}
        subject, text = rendered(kind, named, case, reader=meant)
        drafts.append(passed_on(NoticeDraft(kind, None, meant, subject, text), to, case))
    return tuple(drafts)
