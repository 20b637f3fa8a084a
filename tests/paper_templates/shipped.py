"""Every template that is shipped, by the kind of paper it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.paper_templates import decisions, dossiers, results, sessions, year

TEMPLATES: Mapping[str, Callable[[], bytes]] = {
    "giay_moi": sessions.giay_moi,
    "danh_sach_trich_ngang": sessions.danh_sach_trich_ngang,
    "phieu_bau": sessions.phieu_bau,
    "bb_kiem_phieu": sessions.bb_kiem_phieu,
    "bb_hop": sessions.bb_hop,
    "to_trinh_hoi_dong": sessions.to_trinh_hoi_dong,
    "quyet_dinh": decisions.quyet_dinh,
    "quyet_dinh_sua_doi": decisions.quyet_dinh_sua_doi,
    "quyet_dinh_huy_bo": decisions.quyet_dinh_huy_bo,
    "cong_van_dinh_chinh": decisions.cong_van_dinh_chinh,
    "thong_bao_thu_hoi": decisions.thong_bao_thu_hoi,
    "bang_ky_nhan": decisions.bang_ky_nhan,
    "danh_sach_cong_khai": decisions.danh_sach_cong_khai,
    "phieu_bo_sung": dossiers.phieu_bo_sung,
    "to_trinh_don_vi": results.to_trinh_don_vi,
    "bao_cao_tham_dinh": results.bao_cao_tham_dinh,
    "to_trinh_ubnd": results.to_trinh_ubnd,
    "thong_bao_ket_qua": results.thong_bao_ket_qua,
    "bao_cao_nam": year.bao_cao_nam,
    "bao_cao_6_thang": year.bao_cao_6_thang,
    "bao_cao_so_lieu": year.bao_cao_so_lieu,
    "ke_hoach_nam": year.ke_hoach_nam,
}
