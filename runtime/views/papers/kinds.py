"""The kinds of papers that the office makes: the facts that their templates may ask for, and the items
that have such papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.papers import (
    after_issue,
    bang_ky_nhan,
    bao_cao_tham_dinh,
    bb_hop,
    bb_kiem_phieu,
    danh_sach_cong_khai,
    danh_sach_trich_ngang,
    giay_moi,
    of_year,
    phieu_bau,
    phieu_bo_sung,
    quyet_dinh,
    quyet_dinh_huy_bo,
    quyet_dinh_sua_doi,
    thong_bao_ket_qua,
    to_trinh_don_vi,
    to_trinh_hoi_dong,
    to_trinh_ubnd,
)
from runtime.views.papers.facts import Facts
from runtime.views.papers.parts import Given, Part
from workflow.model.facts import Item


class PaperKind(NamedTuple):
    """Papers of items of these `subjects`. `parts` gives those that an item has by now, from its record;
    it is asked with the office seen in Vietnamese. Number and day of papers `by_hand` stand in no record:
    they are given when the paper is made."""

    record: type[Facts]
    subjects: tuple[str, ...]
    parts: Callable[[Looking, Item, Given], Iterable[Part]]
    by_hand: bool = False


SESSION, DECISION, DOSSIER = ("session",), ("award_decision",), ("dossier",)

PAPERS: Mapping[str, PaperKind] = MappingProxyType(
    {
        "giay_moi": PaperKind(giay_moi.InvitationPaper, SESSION, giay_moi.parts),
        "danh_sach_trich_ngang": PaperKind(
            danh_sach_trich_ngang.BriefPaper, SESSION, danh_sach_trich_ngang.parts
        ),
        "phieu_bau": PaperKind(phieu_bau.SlipPaper, SESSION, phieu_bau.parts),
        "bb_kiem_phieu": PaperKind(bb_kiem_phieu.CountPaper, SESSION, bb_kiem_phieu.parts),
        "bb_hop": PaperKind(bb_hop.MinutesPaper, SESSION, bb_hop.parts),
        "to_trinh_hoi_dong": PaperKind(
            to_trinh_hoi_dong.ProposalPaper, SESSION, to_trinh_hoi_dong.parts, by_hand=True
        ),
        "quyet_dinh": PaperKind(quyet_dinh.AwardPaper, DECISION, quyet_dinh.parts),
        "quyet_dinh_sua_doi": PaperKind(
            quyet_dinh_sua_doi.AmendmentPaper, DECISION, quyet_dinh_sua_doi.parts
        ),
        "quyet_dinh_huy_bo": PaperKind(quyet_dinh_huy_bo.AnnulmentPaper, DECISION, quyet_dinh_huy_bo.parts),
        "cong_van_dinh_chinh": PaperKind(after_issue.AfterPaper, DECISION, after_issue.rectifying),
        "thong_bao_thu_hoi": PaperKind(after_issue.AfterPaper, DECISION, after_issue.recalling),
        "bang_ky_nhan": PaperKind(bang_ky_nhan.PaymentPaper, DECISION, bang_ky_nhan.parts),
        "danh_sach_cong_khai": PaperKind(
            danh_sach_cong_khai.PublicPaper, DECISION, danh_sach_cong_khai.parts
        ),
        "phieu_bo_sung": PaperKind(phieu_bo_sung.SupplementPaper, DOSSIER, phieu_bo_sung.parts, by_hand=True),
        "to_trinh_don_vi": PaperKind(
            to_trinh_don_vi.BodyProposal, DOSSIER, to_trinh_don_vi.parts, by_hand=True
        ),
        "bao_cao_tham_dinh": PaperKind(
            bao_cao_tham_dinh.AppraisalPaper, DOSSIER, bao_cao_tham_dinh.parts, by_hand=True
        ),
        "to_trinh_ubnd": PaperKind(to_trinh_ubnd.ProvinceProposal, DOSSIER, to_trinh_ubnd.parts),
        "thong_bao_ket_qua": PaperKind(
            thong_bao_ket_qua.ResultPaper, DOSSIER, thong_bao_ket_qua.parts, by_hand=True
        ),
    }
)
"""By the kind's id, which its template, its words in the office's file and in the catalogue (`paper_kind`)
bear too."""

OF_YEAR: Mapping[str, type[Facts]] = MappingProxyType(
    {
        "bao_cao_nam": of_year.ReportPaper,
        "bao_cao_6_thang": of_year.ReportPaper,
        "bao_cao_so_lieu": of_year.FiguresPaper,
        "ke_hoach_nam": of_year.PlanPaper,
    }
)
"""Those of a whole year, which `tdkt report` and `tdkt plan next` make."""

RECORDS: Mapping[str, type[Facts]] = MappingProxyType(
    {**{id: kind.record for id, kind in PAPERS.items()}, **OF_YEAR}
)
"""What the templates of each kind may ask for."""


def kinds_of(item: Item) -> dict[str, PaperKind]:
    """The kinds of papers that such an item may have."""
    return {id: kind for id, kind in PAPERS.items() if item.subject in kind.subjects}
