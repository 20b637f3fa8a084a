"""Wording: the functions that compose what people read, and the shipped words that they compose it from."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.files.parsing import parse
from workflow.model.definition import Catalogue, Machine, Text
from workflow.model.wording import (
    PLACEHOLDER,
    Remarks,
    Sender,
    UnknownPlaceholder,
    Value,
    date_vi,
    date_with_weekday_vi,
    fill,
    fold,
    mid_sentence,
    placeholders,
    render_notice,
    shorten,
    without_names,
)

ROOT = Path(__file__).parents[3]
DEFINITIONS = ROOT / "definitions"
LABELS = ROOT.parent / "shared" / "domain" / "labels.md"

VALUES: dict[str, Value] = {
    "n_ho_so": 3,
    "dia_diem": "Phòng họp Ủy ban nhân dân xã",
    "ngay_cu": "20/06/2026",
    "noi_dung_thay_doi": "họp muộn hơn một giờ",
    "ref": "T17",
    "so_tt": 17,
    "noi_dung": "Tổng hợp, thẩm định hồ sơ, khen thưởng thành tích năm 2026",
    "han": "31/12/2026 (thứ Năm)",
    "con_lai": 7,
    "con_lai_quy": "12.000.000 đồng",
    "tre": 5,
    "don_vi": "Thôn mẫu số 1",
    "chuc_vu_nhan": "Chuyên viên Phòng Văn hóa - Xã hội",
    "chu_tri": "Phòng Văn hóa - Xã hội",
    "trang_thai": "Đang tiếp nhận hồ sơ",
    "viec_can_lam": "thẩm định",
    "giay_to_thieu": "biên bản họp xét",
    "han_bo_sung": "15/12/2026 (thứ Ba)",
    "n_nguoi": 12,
    "n_dat": 10,
    "n_khong_dat": 2,
    "so_qd": "112/QĐ-UBND",
    "ngay_qd": "28/12/2026",
    "so_den": "345",
    "so": "45/TTr-UBND",
    "ngay_den": "20/11/2026",
    "da_nhac_lan": 4,
    "nguoi": "Quản trị phần mềm",
    "ten_dinh_nghia": "office/diem-he/2",
    "nguoi_dong_y": "Chủ tịch UBND xã",
    "tom_tat": "Văn thư có thêm vai trò: Chuyên viên",
    "nam": 2026,
    "ngay": "01/04/2026",
    "tuan": 14,
    "n": 2,
    "n_qua_han": 4,
    "n_den_han": 1,
    "n_sap_den": 3,
    "danh_sach": "Quá hạn (4):",
    "kenh": "email",
    "gio": "2026-04-01 08:00",
    "viec": "hồ sơ đề nghị khen thưởng D0001 của Thôn mẫu số 1 (12 trường hợp)",
    "ten_han": "thời hạn quyết định",
    "ten_huong_dan": "Hướng dẫn tổng kết công tác TĐKT năm 2026",
    "chuc_vu_thay": "Phó Chủ tịch UBND xã",
    "chuc_vu_vang": "Chủ tịch UBND xã",
    "tu": "02/03/2026",
    "den": "13/03/2026",
    "ly_do": "đi công tác",
    "van_ban": "12/QĐ-UBND",
    "truong": "số quyết định",
    "cu": "121/QĐ-UBND",
    "moi": "112/QĐ-UBND",
    "so_vb": "12/BC-UBND",
    "ngay_du": "21/11/2026",
    "n_du": 9,
    "n_chua": 2,
    "n_thieu_tt": 1,
    "n_de_lai": 1,
    "n_cho": 3,
    "co_quan": "Sở Nội vụ",
    "ngay_vb": "27/11/2026",
    "so_ttr": "05/TTr-HĐTĐKT",
    "ngay_ky": "28/12/2026",
}
"""A value for every placeholder of the notices but the office's own and those with an alternative."""

RULES: dict[str, set[str]] = {
    "unknown_dossier": {"nam", "ref"},
    "dossier_not_appraised": {"ref"},
    "in_other_session": {"phien", "ref"},
    "nothing_to_vote_on": {"ref"},
    "not_on_agenda": {"ref"},
    "agenda_empty": set(),
    "meeting_past": {"ngay"},
    "hour_and_place": set(),
    "short_notice": {"m", "n"},
    "nothing_changed": set(),
    "not_in_session": {"so"},
    "line_in_vote": {"so"},
    "line_counted": {"so"},
    "not_ones_own": {"chuc_vu"},
    "whose_answer": set(),
    "no_written_opinions": set(),
    "not_absent": {"chuc_vu"},
    "nothing_to_write": set(),
    "not_asked": {"chuc_vu"},
    "before_meeting": {"ngay"},
    "may_not_preside": {"chuc_vu"},
    "hour_in_order": {"gio", "truoc"},
    "vote_runs": {"so"},
    "in_the_room": {"chuc_vu"},
    "not_in_room": {"chuc_vu"},
    "presiding_leaves": {"chuc_vu"},
    "is_not_recused": {"chuc_vu", "so"},
    "not_recused": {"chuc_vu", "so"},
    "board_small": {"m", "n"},
    "presiding_counts": {"chuc_vu"},
    "stands_on_slip": {"chuc_vu", "so"},
    "no_slip": {"phieu"},
    "secrecy": {"so"},
    "slips_lacking": {"chuc_vu", "phieu"},
    "interest_open": {"chuc_vu", "so"},
    "few_slips": {"n", "so"},
    "counted_in_secret": {"n", "danh_hieu"},
    "nothing_to_open": {"danh_hieu"},
    "base_small": {"k", "n", "so"},
    "secret_in_writing": {"danh_hieu"},
    "nobody_presides": {"so"},
    "no_vote_open": {"so"},
    "by_slips": {"so"},
    "by_hands": {"so"},
    "slip_incomplete": {"so"},
    "already_checked": {"so"},
    "no_board": {"m", "phieu"},
    "nothing_counted": set(),
    "counted_by_oneself": set(),
    "count_differs": {"sau", "so", "truoc"},
    "no_such_vote": set(),
    "nothing_to_conclude": set(),
    "not_checked": {"so"},
    "against_count": {"so"},
    "not_concluded": {"so"},
    "minutes_before": {"ngay"},
    "signers_lacking": {"chuc_vu"},
    "on_the_table": {"phien"},
    "voted_in_session": {"phien", "so"},
    "reviewed_in_session": {"phien"},
    "no_such_line": {"so"},
    "listed_already": {"so"},
    "not_in_decision": {"so", "ref"},
    "another_title": {"so", "danh_hieu"},
    "another_period": {"ky", "so"},
    "in_decision": {"so", "ref"},
    "no_line_listed": set(),
    "restated_already": set(),
    "not_amending": set(),
    "one_line_at_a_time": set(),
    "nothing_restated": set(),
    "return_instead": set(),
    "not_in_force": {"ref"},
    "list_issued": {"ngay"},
    "ground": set(),
    "date_order": {"tu", "ngay"},
    "nothing_paid": set(),
    "drafted_by_oneself": set(),
    "funds": set(),
    "not_annulling": set(),
    "file_not_full": set(),
    "not_all_replaced": {"so"},
    "nothing_amended": set(),
    "salary_unknown": {"ngay"},
    "signer_had_part": {"chuc_vu", "ref"},
    "assignment": {"chuc_vu"},
    "before_to_trinh": {"tu", "ngay"},
    "number_taken": {"so", "ngay", "ref"},
    "number_order": {"so", "ngay", "ngay_khac", "so_khac"},
    "before_signing": {"tu", "ngay"},
    "issued_late": {"tu", "den", "ngay"},
    "base_salary": {"muc", "ngay", "muc_moi"},
    "sums_not_agreed": {"muc", "ngay", "muc_moi", "so_tien", "gia_tri", "ref"},
    "sums_stand": set(),
    "not_signed_yet": {"ref"},
    "amend_instead": {"so", "ref"},
    "corrected_on_decision": {"ref"},
    "annulled_on_decision": {"ref"},
    "several_titles": {"n"},
    "kept_by_decision": {"so", "ref"},
    "line_failed": {"so", "k", "m", "n"},
    "line_not_met": {"so"},
    "agrees_to_own": set(),
    "confirmed_by_oneself": set(),
    "link_proposed": {"chuc_vu", "so", "tai_khoan"},
    "link_several": {"danh_sach", "so"},
    "link_stays": {"chuc_vu", "so"},
    "link_twice": set(),
    "own_body": {"chuc_vu"},
    "signer_confirmed": {"chuc_vu"},
    "signer_drafted": {"chuc_vu"},
    "twice_elsewhere": {"ref", "so"},
    "awarded_before": {"danh_hieu", "nam", "so_qd", "so"},
    "twice_here": {"so"},
    "already_complete": {"ngay"},
    "appraised_before": {"so"},
    "backdated": {"ngay"},
    "both_answers": {"so"},
    "by_council": {"danh_hieu"},
    "by_itself": set(),
    "by_simplified": {"danh_hieu"},
    "complete_day": {"den", "tu"},
    "exception_explained": set(),
    "not_overridable": {"so", "dieu_kien"},
    "warning_unexplained": {"so", "dieu_kien"},
    "conditions_not_met": {"so", "dieu_kien"},
    "conditions_met": {"so"},
    "line_approved": {"so"},
    "line_awarded": {"so"},
    "line_final": {"so"},
    "not_split": {"ref"},
    "one_stage": {"so"},
    "line_held": {"so"},
    "line_not_approved": {"so"},
    "line_not_held": {"so"},
    "line_pending": {"so"},
    "line_unknown": {"so"},
    "nobody_answered": set(),
    "not_appraised_line": {"so"},
    "not_backdated": {"ngay"},
    "not_complete": set(),
    "member_twice": {"chuc_vu"},
    "not_members": {"chuc_vu"},
    "not_posted": set(),
    "not_published": set(),
    "nothing_to_approve": set(),
    "nothing_to_award": set(),
    "opinion_asked": {"ngay"},
    "opinion_awaited": {"ngay"},
    "opinion_not_asked": set(),
    "opinion_which": {"danh_sach"},
    "opinion_unknown": {"danh_sach", "so"},
    "answered_before_asked": {"ngay", "tu"},
    "remark_before": {"ngay", "tu"},
    "no_remarks": set(),
    "remark_unknown": {"danh_sach", "so"},
    "remark_not_held": {"so"},
    "remark_waits": {"danh_sach"},
    "remarks_counted": {"k", "n"},
    "own_line": {"chuc_vu", "so"},
    "paper_after_receipt": {"ngay", "tu"},
    "paper_named": set(),
    "no_file": set(),
    "seen_has_no_file": set(),
    "seen_by_office": set(),
    "one_line_of_paper": set(),
    "paper_there": {"so"},
    "papers_there": {"danh_sach", "ref"},
    "papers_missing": {"danh_sach", "ref"},
    "original_there": {"ref"},
    "original_of_village": {"ref"},
    "posted_too_late": {"den"},
    "posted_too_short": {"den", "n", "tu"},
    "publication_runs": {"den"},
    "publication_ended": {"ngay"},
    "published_here": {"danh_hieu"},
    "rating_unknown": {"so"},
    "registered": {"so"},
    "remarks_answered": set(),
    "some_line_stays": set(),
    "some_passed": {"so"},
    "split_decision": {"n", "nguoi_ky"},
    "superior_asked_nothing": set(),
    "supplement_runs": {"ngay"},
    "until_fits": {"ngay"},
    "acted": {"chuc_vu", "viec"},
    "already_so": {"truong"},
    "body_active": {"don_vi", "ngay", "ten"},
    "body_begins_later": {"don_vi", "ngay"},
    "correction_lapsed": set(),
    "date_not_set": set(),
    "earlier_date": {"ngay"},
    "name_the_line": set(),
    "not_recorded": {"truong"},
    "no_such_task": {"ref"},
    "no_such_movement": {"ref", "danh_sach"},
    "movement_closed": {"ref", "ngay"},
    "not_copied_from": {"ref"},
    "nothing_to_correct": set(),
    "same_task": {"ref"},
    "one_agreement": set(),
    "adopt_outcome": set(),
    "own_definition": set(),
    "nobody_agrees": set(),
    "own_proposal": set(),
    "own_substitution": {"chuc_vu"},
    "reviewed_by_oneself": set(),
    "same_person": {"chuc_vu_thay", "chuc_vu_vang"},
    "another_person": set(),
    "same_row": {"nam"},
    "part_fits_kind": set(),
    "kind_fits_dossiers": {"n"},
    "done_before_start": {"ngay"},
    "done_since_start": {"ngay"},
    "gives_no_awards": set(),
    "nothing_proposed": {"viec"},
    "proposed": {"viec"},
    "authority": {"cap"},
    "claimed": {"chuc_vu", "ref", "gio"},
    "delegate_to_itself": {"chuc_vu"},
    "delegated": {"chuc_vu_thay", "chuc_vu_vang", "ref", "gio"},
    "may_not_stand_in": {"chuc_vu"},
    "no_substitution": {"chuc_vu"},
    "nobody_must_act": {"trang_thai"},
    "not_claimed": {"ref"},
    "not_delegated": {"ref"},
    "substitution_overlap": {"chuc_vu_thay", "chuc_vu_vang", "tu", "den"},
    "substitution_round": {"danh_sach"},
    "awarded_not_sent": {"so"},
    "body_nominates": {"don_vi"},
    "complete_on": {"ngay"},
    "conflict": {"chuc_vu"},
    "council_decides": {"danh_hieu"},
    "counts": {"chi_tiet"},
    "date_not_in_future": {"ngay"},
    "before_period": {"truong", "ngay", "tu"},
    "before_done": {"truong", "ngay", "viec", "tu"},
    "before_receipt": {"truong", "ngay", "tu"},
    "day_off": {"truong", "ngay"},
    "due_in_reach": {"ngay", "tu", "den"},
    "other_machine": {"ten", "gia_tri"},
    "no_such_state": {"ten", "trang_thai"},
    "no_such_kind": {"ten", "gia_tri"},
    "state_opens": {"ten", "trang_thai"},
    "far_from_quarter": {"ngay", "quy", "n"},
    "number_spelled": {"so", "de_xuat"},
    "number_bare": {"so"},
    "number_used": {"so", "ref", "ngay"},
    "dossier_received": {"don_vi", "ref"},
    "due_is_derived": {"ngay"},
    "no_target": set(),
    "target_after_due": {"ngay"},
    "target_needs_date": set(),
    "target_past": {"ngay"},
    "target_stands": {"ngay"},
    "four_eyes": set(),
    "gives_awards": set(),
    "has_nominees": set(),
    "higher_level": set(),
    "key": set(),
    "later_date": {"ngay"},
    "lead_body": {"don_vi"},
    "missing_input": {"truong"},
    "missing_result": {"so"},
    "vote_missing": {"so", "ref"},
    "no_council": {"danh_hieu"},
    "no_vote": set(),
    "not_appraised": set(),
    "no_number": set(),
    "nobody_awarded": set(),
    "nobody_passed": set(),
    "one_level": {"cap"},
    "one_path": {"danh_hieu"},
    "one_review": {"danh_hieu"},
    "own_chain": {"danh_hieu", "ly_do"},
    "type_needed": {"danh_hieu", "danh_sach"},
    "type_not_given": {"danh_hieu", "loai", "danh_sach"},
    "same_path": set(),
    "path_voted_on": set(),
    "path_not_given": {"danh_hieu"},
    "title_fits_body": {"danh_hieu", "don_vi"},
    "title_has_no_type": {"danh_hieu"},
    "ground_refused": {"ly_do"},
    "ground_needed": {"danh_hieu", "danh_sach"},
    "ground_not_here": {"danh_hieu", "can_cu"},
    "open_dossier": {"n", "refs"},
    "own_review": set(),
    "own_submission": set(),
    "quorum": {"k", "m", "n"},
    "older_machine": {"ref"},
    "role": {"vai_tro"},
    "signer": {"chuc_vu"},
    "some_dossier_awarded": set(),
    "state": {"trang_thai", "su_kien"},
    "supplement_once": set(),
    "taken_up": {"chuc_vu"},
    "task_closed": {"ref", "trang_thai"},
    "threshold": {"k", "m", "n"},
    "title_fits_kind": {"danh_hieu"},
    "unknown_nominee": {"so"},
    "version": set(),
}
"""The operands that each refusal's words may use."""

MESSAGE_OPERANDS = {
    "chuc_vu",
    "cach_xu_ly", "can_cu", "chi_tiet", "danh_sach", "gia_tri", "gio", "goc", "k", "lenh", "ly_do", "m", "n",
    "nam", "ngay", "nguoi", "noi", "ref", "so", "su_kien", "tai_khoan", "ten", "tep", "truong",
    "chuc_vu_thay", "chuc_vu_vang", "den", "tu", "bang", "cot", "dong", "dung", "ket_qua", "ngay_sau",
    "ngay_khac", "so_tien",
}  # fmt: skip

CONDITION_OPERANDS = {
    "cac_nam", "danh_hieu", "danh_sach", "diem", "ky", "m", "muc", "n", "pham_vi", "so", "tren", "ty_le",
}  # fmt: skip

OTHER_OPERANDS = {
    "council.lines": {"k", "n"},
    "council.results": {"k", "m", "n"},
    "council.members": {"k", "n"},
    "council.replies": {"k", "m", "n"},
    "council.present": {"k", "m"},
    "council.voted_at": {"gio", "k", "m"},
    "council.recused": {"danh_sach"},
    "council.presided": {"chuc_vu"},
    "council.to_count": {"n"},
    "council.sheet_written": {"n", "tep"},
    "forecast.heading": {"ref"},
    "forecast.all_of_them": {"n"},
    "forecast.may_lack": {"n"},
    "forecast.lacking": {"danh_sach", "n"},
    "forecast.by_writing": {"n"},
    "forecast.leave": {"danh_sach"},
    "forecast.few_slips": {"n"},
    "forecast.too_small": {"n"},
    "count_sheet.remark": {"ngay", "ref"},
    "decision.paid_instead": {"danh_hieu"},
    "decision.paid_before": {"danh_hieu"},
    "decision.proposed": {"danh_hieu", "nguoi_ky", "n", "so_tien"},
    "decision.proposed_later": {"ngay", "so_tien"},
    "decision.question": {"n"},
    "guide.address": {"noi"},
    "guide.android_install": {"tep"},
    "guide.android_look": {"ten"},
    "guide.android_open": {"tep"},
    "guide.firefox_import": {"tep"},
    "guide.get": {"tep"},
    "guide.why": {"ten"},
    "guide.windows_look": {"tep"},
    "guide.windows_remove": {"ten"},
    "report.about.year": {"nam", "sau"},
    "report.about.half": {"nam"},
    "report.about.statistics": {"nam"},
    "report.about.coverage": {"nam"},
    "report.about.fund": {"nam"},
    "report.days": {"tu", "den", "ngay"},
    "report.provisional": {"danh_sach"},
    "report.not_over": {"ngay"},
    "report.given": {"n", "luot", "nguoi", "tap_the", "ho", "ca_nhan", "tam_tinh"},
    "report.direct": {"n", "m", "ty_le"},
    "report.direct_unknown": {"n"},
    "report.higher": {"luot", "nguoi"},
    "report.culture": {"danh_hieu", "n"},
    "report.culture_of": {"danh_hieu", "n", "m", "ty_le"},
    "report.revoked": {"danh_hieu", "so_qd", "ngay_qd", "ref", "so", "ngay"},
    "report.revoked_since": {"danh_hieu", "so_qd", "ngay_qd", "ref", "so", "ngay", "bao_cao"},
    "report.tasks": {"n", "m", "k", "con", "dung"},
    "report.silent": {"n", "danh_sach"},
    "report.council": {"n"},
    "report.fund": {"thu", "chi", "thuong", "con"},
    "report.prize": {"danh_hieu", "n"},
    "report.coverage": {"n", "m"},
    "paper.corrected": {"van_ban", "cu", "so", "ngay"},
    "paper.again": {"van_ban", "ngay", "phan"},
    "paper.certificates": {"ref"},
    "next_plan.about": {"nam"},
    "next_plan.heading": {"nam", "tu", "n"},
    "next_plan.written": {"tep", "n", "lenh"},
    "next_plan.what.late": {"ngay", "xong", "n"},
    "next_plan.what.not_done": {"ngay", "n"},
    "next_plan.what.stopped": {"xong"},
    "next_plan.what.date_set": {"ngay"},
    **{
        f"next_plan.what.{what}": {"tu"}
        for what in ("arisen", "body_ended", "paper", "term", "year", "once", "anniversary")
    },
    "next_plan.do.drop": {"ref"},
    "next_plan.do.move": {"ref", "quy"},
    "next_plan.do.keep_date": {"ref", "ngay"},
    "next_plan.do.add": {"ref"},
    "marker.rectified": {"van_ban"},
    "marker.amended": {"van_ban"},
    "marker.replaced": {"van_ban"},
    "marker.partly_revoked": {"van_ban"},
    "marker.revoked": {"van_ban"},
    "marker.recalled": {"van_ban"},
    "warning.salary_changes": {"muc", "muc_moi", "ngay"},
    "line.resting": {"so", "danh_hieu", "khac", "so_qd", "so_qd_moi", "ngay"},
    "warning.resting": {"so", "danh_hieu"},
    "warning.sums_anew": {"muc", "muc_moi", "ngay", "so_tien", "gia_tri", "ref"},
    "text.k": {"k"},
    "fund.heading": {"nam"},
    "warning.another_presides": {"chuc_vu", "so"},
    "fund.either": {"gia_tri", "ngay", "so_tien"},
    "fund.short": {"nam", "so_tien"},
    "fund.unset": {"nam", "so_tien"},
    "fund.near": {"so_tien"},
    "payment.heading": {"ngay", "ref", "so"},
    "payment.instead": {"danh_hieu"},
    "payment.less": {"danh_hieu"},
    "payment.by_proxy": {"giay", "ten"},
    "payment.taken_by": {"ten"},
    "payment.recovered": {"ngay", "so_tien"},
    "payment.carried": {"nam"},
    "warning.decided_apart": {"so"},
    "history.expected": {"ten"},
    "history.revoked": {"so", "ngay"},
    "history.several": {"n", "ten"},
    "history.asked": {"n"},
    "history.search_more": {"n"},
    "history.question": {"n"},
    "history.more": {"n"},
    "history.kept": {"n", "m", "k"},
    "history.nothing_new": {"tep"},
    "history.added": {"so", "ten", "gia_tri"},
    "history.corrected": {"so", "ten"},
    "history.unchanged": {"so", "ten"},
    "history.remove_question": {"n"},
    "history.removed": {"n"},
    "history.erased": {"n"},
    "history.reassessed": {"n"},
    "history.reassessed_line": {"ref", "cu", "moi", "n"},
    "history.reassessed_next": {"ref"},
    "history.suggest_none": {"ref"},
    "history.rated_otherwise": {"so", "ten", "gia_tri"},
    "history.initiative_known": {"so", "ten", "gia_tri"},
    "papers.have": {"n", "m"},
    "papers.lack": {"danh_sach"},
    "papers.revision": {"n"},
    "papers.given_back": {"so", "ref", "tep"},
    "today.plan": {"nam"},
    "marker.publishing": {"den"},
    "marker.in_session": {"ref"},
    "marker.part": {"k", "n"},
    "line.outcome_why": {"ly_do", "ket_luan"},
    "line.moved": {"ref"},
    "opinion.against": {"so"},
    "opinion.lines": {"so"},
    "line.conditions_open": {"ket_luan", "danh_sach"},
    "line.condition_warned": {"noi_dung"},
    "line.by_pack": {"ten"},
    "line.by_text": {"can_cu"},
    "line.settled_by": {"noi_dung"},
    "movement.days": {"tu", "den"},
    "posted.about_title": {"danh_hieu"},
    "posted.about_form": {"danh_hieu"},
    "posted.year": {"nam"},
    "posted.school_year": {"nam"},
    "posted.annex": {"nam", "ten"},
    "posted.count": {"danh_sach"},
    "posted.days": {"n", "tu", "den"},
    "posted.remarks": {"noi"},
    "published.recorded": {"gio"},
    "published.remarks": {"noi"},
    "published.of_year": {"nam"},
    "published.amend": {"so"},
    "published.replace": {"so"},
    "published.revoke": {"so"},
    "published.unnamed": {"n"},
    "published.restated": {"n"},
    "published.annulled": {"n"},
    "published.plan": {"nam"},
    "published.done": {"n", "m"},
    "movement.since": {"ngay"},
    "movement.closed": {"ngay"},
    "movement.totals": {"n", "m", "k"},
    "warning.movement_gives": {"danh_hieu", "ref"},
    "marker.split_from": {"ref"},
    "marker.split_into": {"ref"},
    "warning.lines_left": {"so", "nguoi"},
    "warning.lines_held": {"so"},
    "warning.lines_undecided": {"so"},
    "marker.same_work": {"goc", "so", "ngay"},
    "marker.proposed": {"viec", "noi_dung", "chuc_vu", "nguoi"},
    "board.left": {"n", "nam"},
    "board.rest": {"nam"},
    "register.of_day": {"ngay", "so"},
    "register.remark": {"n", "ngay"},
    "register.revoked": {"so", "ngay"},
    "vote.counts": {"k", "m", "n"},
    "vote.rest": {"m", "n"},
    "proposal.content": {"chuc_vu"},
    "rights.account_new": {"chuc_vu", "vai_tro"},
    "rights.account_gone": {"chuc_vu", "vai_tro"},
    "rights.account_moved": {"chuc_vu", "don_vi"},
    "rights.account_person": {"chuc_vu"},
    "rights.roles_gained": {"chuc_vu", "vai_tro"},
    "rights.roles_lost": {"chuc_vu", "vai_tro"},
    "rights.body": {"don_vi"},
    "rights.seat": {"chuc_vu", "cu", "moi"},
    "rights.office_field": {"truong", "cu", "moi"},
    "rights.machine_new": {"quy_trinh"},
    "rights.way": {"danh_hieu", "cu", "moi"},
    "rights.may": {"quy_trinh", "vai_tro", "su_kien", "trang_thai"},
    "rights.may_not": {"quy_trinh", "vai_tro", "su_kien", "trang_thai"},
    "rights.guard_gone": {"su_kien", "quy_tac"},
    "rights.guard_new": {"su_kien", "quy_tac"},
    "rights.effects": {"su_kien"},
    "rights.ways": {"su_kien"},
    "rights.inputs": {"su_kien"},
    "rights.state": {"trang_thai"},
    "rights.kind": {"loai"},
    "rights.quorum": {"cu", "moi"},
    "rights.vote": {"danh_hieu", "cu", "moi"},
    "rights.title": {"danh_hieu"},
    "rights.title_new": {"danh_hieu"},
    "rights.title_gone": {"danh_hieu"},
    "board.off_plan": {"n", "m"},
    "week.title": {"tuan", "tu", "den"},
    "week.to_superior": {"tuan"},
    "week.of_account": {"tai_khoan"},
    "week.this_week": {"ngay"},
    "week.next_weeks": {"ngay"},
    "week.closed": {"tu", "den"},
    "week.more": {"n"},
    "week.presented": {"tai_khoan"},
    "ics.name": {"ten_xa", "nam"},
    "ics.written": {"n", "tep"},
    "list.issuer": {"ten_xa"},
    "list.dated": {"ten_xa"},
    "list.subject": {"ky"},
    "list.subject_title": {"danh_hieu", "ky"},
    "list.subject_form": {"danh_hieu", "ky"},
    "list.enclosed_in": {"so", "ngay"},
    "list.enclosed_province": {"ten_xa"},
    "list.of_type": {"loai_hinh", "ky"},
    "list.year": {"nam"},
    "list.school_year": {"nam"},
    "list.statement": {"danh_sach"},
    "list.expected": {"muc"},
    "list.counted.collective": {"n"},
    "list.counted.household": {"n"},
    "list.counted.person": {"n"},
    "annotation.counts": {"n_error", "n_warning", "n_info"},
    "sheet.plan": {"nam", "ten_xa"},
    "sheet.remark": {"ngay"},
    "sheet.standing.firm": {"tinh_trang"},
    "sheet.hint": {"tu", "den"},
    "sheet.stop": {"tu", "den"},
    "sheet.usual": {"tu", "den", "nguon"},
    "sheet.fault.nothing_offered": {"gia_tri"},
    "sheet.fault.target_after_due": {"ngay", "den"},
    "sheet.written": {"n", "tep"},
    "sheet.to_set": {"n"},
    "sheet.approved_by": {"so"},
    "sheet.answered_by": {"tai_khoan"},
    "sheet.question": {"n"},
    "sheet.done": {"n"},
    "sheet.repeated": {"n"},
    "sheet.unchanged": {"n", "danh_sach"},
    "sheet.mistakes": {"n", "tep"},
    "sheet.overtaken": {"n", "tep"},
    "sheet.refused": {"n"},
    "sheet.fault.no_headings": {"danh_sach"},
    "sheet.fault.several_sheets": {"danh_sach"},
    "sheet.fault.too_many_rows": {"n"},
    "sheet.fault.other_office": {"ten"},
    "sheet.fault.other_year": {"nam", "n"},
    "sheet.fault.mixed_row": {"ref"},
    "sheet.fault.row_twice": {"ref", "noi"},
    "sheet.fault.row_changed": {"ref"},
    "sheet.fault.not_a_date": {"gia_tri"},
    "sheet.fault.past": {"ngay", "hom_nay"},
    "sheet.fault.outside": {"ngay", "tu", "den"},
    "sheet.fault.unfit_text": {"n"},
    "sheet.doubt.day_off": {"ngay", "ngay_sau"},
    "chase.title": {"nam"},
    "chase.remark": {"ngay"},
    "chase.remark_quarters": {"danh_sach", "ngay"},
    "chase.as_of": {"ngay"},
    "chase.days": {"n"},
    "chase.after": {"su_kien", "n"},
    "chase.same_day": {"su_kien"},
    "marker.overdue": {"n"},
    "marker.past_target": {"n"},
    "marker.target": {"ngay"},
    "marker.target_soon": {"ngay"},
    "marker.paused_since": {"ngay"},
    "deadline_row.days_before": {"n"},
    "deadline_row.working_days_before": {"n"},
    **{f"input.{name}": {"truong"} for name in ("missing", "unknown", "empty", "repeated")},
    **{
        f"input.{name}": {"truong", "gia_tri"}
        for name in (
            "no_date",
            "no_integer",
            "no_nominees",
            "no_paper_number",
            "no_decimal",
            "no_digest",
            "no_portion",
            "no_birth",
            "no_hour",
            "no_refs",
            "no_lines",
            "no_counts",
            "no_money",
            "counted_twice",
        )
    },
    "money.dong": {"so"},
    "input.too_long": {"truong", "n"},
    "input.invisible": {"truong", "ma"},
    "input.no_year": {"truong", "gia_tri", "tu", "den"},
    "input.name_unknown": {"truong", "gia_tri", "danh_sach"},
    "input.name_near": {"truong", "gia_tri", "danh_sach"},
    "input.name_several": {"truong", "gia_tri", "danh_sach"},
    "input.other_year": {"truong", "gia_tri", "nam"},
    "input.named_twice": {"truong", "gia_tri"},
    "input.other_chain": {"truong", "gia_tri", "ly_do"},
    "title.several": {"danh_hieu", "n"},
    "intake.counted": {"n", "m"},
    "intake.declared": {"n"},
    "intake.lines": {"n"},
    "intake.more": {"n"},
    "intake.new": {"danh_sach"},
    "intake.same": {"ref", "danh_sach"},
    "intake.changed": {"ref", "n", "m", "k"},
    "intake.removed": {"so"},
    "intake.refused": {"danh_sach"},
    "intake.question": {"n"},
    "intake.annotated": {"tep", "n"},
    "intake.lost": {"danh_sach"},
    "intake.done": {"ref", "n"},
    "incident.once": {"tu"},
    "incident.times": {"n", "tu", "den"},
    "incident.cleared_by": {"gio", "nguoi"},
    "incident.on_item": {"so", "ly_do"},
    "marker.acts_for": {"chuc_vu_thay", "chuc_vu_vang"},
    "marker.as_stand_in": {"chuc_vu_vang"},
    "marker.stood_in": {"chuc_vu_thay"},
    "marker.claimed": {"chuc_vu"},
    "marker.delegated": {"chuc_vu_thay"},
    "marker.extended": {"ngay", "ngay_cu"},
    "marker.extension_proposed": {"ngay"},
    "step.recover": {"so_tien"},
    "undo.by": {"cach"},
    "warning.body_not_listed": {"don_vi", "ref"},
    "warning.kind_is_now": {"loai"},
    "warning.lines_left_out": {"so"},
    "warning.lines_unlinked": {"so"},
    "warning.list_opened": {"n", "ref"},
    "warning.list_proposed": {"n", "ref"},
    "warning.predecessor": {"ref", "noi_dung"},
    "warning.provisional_calendar": {"nam"},
    "warning.target_lapsed": {"ngay"},
    "warning.silent_bodies": {"n", "don_vi"},
    "expect.counts": {"n", "m", "khong_co", "chua_co"},
    "expect.answered": {"n", "m"},
    "expect.silent_are": {"don_vi"},
    "expect.ground": {"noi_dung"},
    "expect.paper": {"noi_dung", "so", "ngay"},
    "expect.plan_row": {"so_tt", "noi_dung", "nam"},
    "expect.times": {"n", "ngay"},
    "expect.would_open": {"ref", "n"},
    "expect.unconfirmed": {"ref", "n"},
    "expect.to_confirm": {"n"},
    "expect.opened": {"ref", "dem"},
    "expect.unchanged": {"ref", "dem"},
    "expect.recorded": {"ref", "don_vi", "tinh_trang"},
    "expect.would_chase": {"n"},
    "expect.chased": {"n", "m"},
    "expect.chased_today": {"don_vi"},
    "notice.closing": {"ten_xa", "lien_he"},
    "notice.late_remark": {"tre_gui"},
    "notice.nominee": {"so"},
    "notice.nominee_of": {"ref"},
    **{f"digest.{name}": {"n"} for name in ("late", "today", "soon", "mine", "other", "settled", "more")},
    **{f"digest.superior.{name}": {"n"} for name in ("late", "mine")},
    "digest.line": {"ref", "noi_dung", "ten_han", "han"},
    "digest.line_late": {"ref", "noi_dung", "ten_han", "han", "tre"},
    "digest.superior.line_late": {"ref", "noi_dung", "ten_han", "han", "tre"},
    "digest.derived": {"han"},
    "digest.act": {"viec_can_lam"},
    "digest.superior.act": {"viec_can_lam"},
    "digest.follow": {"chu_tri", "trang_thai"},
    "digest.superior.follow": {"chu_tri", "trang_thai"},
    "digest.inform": {"chu_tri", "trang_thai"},
    "digest.done": {"trang_thai"},
    "digest.notice": {"noi_dung"},
    "digest.notice_of": {"ref", "noi_dung"},
    "digest.mark": {"so"},
    "digest.task": {"noi_dung"},
    "digest.dossier": {"don_vi"},
    "notice.missed_remark": {"moc_da_qua"},
    "notice.target_remark": {"han_ke_hoach"},
    "notice.vacant_remark": {"chuc_danh_trong"},
    "notice.about_task": {"so_tt", "ref", "noi_dung"},
    "notice.about_session": {"ref", "n_ho_so", "n_nguoi"},
    "notice.about_award_decision": {"ref", "danh_hieu", "n_nguoi", "so_tien"},
    "notice.about_dossier": {"ref", "don_vi", "n_nguoi"},
    "notice.passed_on": {"chuc_vu_thay", "chuc_vu_vang"},
    "digest.acting_for": {"chuc_vu_vang"},
    "digest.section": {"chuc_vu_nhan"},
    "notice.task_content": {"noi_dung"},
    "notice.dossier_content": {"don_vi", "danh_hieu"},
}


def definition(path: str) -> object:
    file = DEFINITIONS / path
    parsed = parse(file.read_text(encoding="utf-8"), path=path)
    assert parsed.mistakes == ()
    return parsed.definition


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    shipped = definition("messages/tdkt/1.yaml")
    assert isinstance(shipped, Catalogue)
    return shipped


def rendered(catalogue: Catalogue, kind: str, **changes: Value) -> tuple[str, str]:
    return render_notice(
        catalogue,
        kind,
        {**VALUES, **changes},
        Sender("Điềm He", "Phòng Văn hóa - Xã hội xã Điềm He", sandbox=False),
    )


# What is composed


def test_placeholders_are_replaced_by_their_values() -> None:
    assert fill("Quá hạn {n} ngày: {ref}", n=3, ref="T07") == "Quá hạn 3 ngày: T07"


def test_an_alternative_stands_where_there_is_no_value() -> None:
    text = "Nguyên nhân: {nguyen_nhan|đơn vị chưa báo cáo}."

    assert fill(text) == "Nguyên nhân: đơn vị chưa báo cáo."
    assert fill(text, nguyen_nhan=None) == "Nguyên nhân: đơn vị chưa báo cáo."
    assert fill(text, nguyen_nhan="") == "Nguyên nhân: đơn vị chưa báo cáo."
    assert fill(text, nguyen_nhan="chờ số liệu") == "Nguyên nhân: chờ số liệu."
    assert fill("{n|không}", n=0) == "0"


def test_an_unknown_placeholder_is_a_named_error() -> None:
    with pytest.raises(UnknownPlaceholder) as caught:
        fill("Hạn {hạn}", han="31/12/2026")

    assert (caught.value.name, caught.value.text) == ("hạn", "Hạn {hạn}")
    assert str(caught.value) == (
        "no value for {hạn} in “Hạn {hạn}”; correct the placeholder in the message catalogue"
    )


def test_a_missing_value_without_alternative_is_an_error_and_an_empty_one_is_not() -> None:
    with pytest.raises(UnknownPlaceholder):
        fill("{ref}", ref=None)

    assert fill("[{ref}]", ref="") == "[]"


def test_a_value_may_be_called_text() -> None:
    assert fill("{text}", text="x") == "x"


@given(st.text(), st.text(alphabet="{}|ab"))
def test_values_stand_literally_whatever_braces_they_hold(value: str, braces: str) -> None:
    assert fill("<{a}{b}>", a=value, b=braces) == f"<{value}{braces}>"


@given(st.text(alphabet=st.characters(exclude_characters="{}")))
def test_a_text_without_placeholders_stays_as_it_is(text: str) -> None:
    assert placeholders(text) == ()
    assert fill(text) == text


def test_placeholders_are_named_in_order_and_once() -> None:
    assert placeholders("{b} {a|khác} {b} } {") == ("b", "a")


def test_a_date_is_written_with_two_digits_and_its_weekday() -> None:
    week = [date(2026, 12, 28 + day) for day in range(4)] + [date(2027, 1, 1 + day) for day in range(3)]

    assert [date_with_weekday_vi(day) for day in week] == [
        "28/12/2026 (thứ Hai)",
        "29/12/2026 (thứ Ba)",
        "30/12/2026 (thứ Tư)",
        "31/12/2026 (thứ Năm)",
        "01/01/2027 (thứ Sáu)",
        "02/01/2027 (thứ Bảy)",
        "03/01/2027 (Chủ nhật)",
    ]
    assert date_vi(date(2026, 4, 3)) == "03/04/2026"


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Báo cáo tổng kết năm", 20, "Báo cáo tổng kết năm"),
        ("Báo cáo tổng kết năm", 19, "Báo cáo tổng kết…"),
        ("Báo cáo tổng kết năm", 17, "Báo cáo tổng kết…"),
        ("Báo cáo tổng kết năm", 16, "Báo cáo tổng…"),
        ("Báo cáo, tổng kết", 10, "Báo cáo…"),
        ("Phát động – sơ kết", 13, "Phát động…"),
        ("  Báo\u00a0cáo\n tổng kết ", 40, "Báo cáo tổng kết"),
        ("Nghiêng", 4, "Ngh…"),
        ("Nghiêng", 1, "…"),
        ("Nghiêng", 0, ""),
        ("", 0, ""),
    ],
)
def test_a_text_is_cut_after_a_whole_word(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@given(st.text(), st.integers(0, 80))
def test_a_shortened_text_is_within_its_limit_and_begins_like_the_text(text: str, limit: int) -> None:
    short = shorten(text, limit)

    assert len(short) <= limit
    assert " ".join(text.split()).startswith(short.removesuffix("…"))


@pytest.mark.parametrize(
    ("label", "within"),
    [
        ("Đang dự thảo", "đang dự thảo"),
        ("Trả lại", "trả lại"),
        ("Hội đồng đã xét", "Hội đồng đã xét"),
        ("Chủ tịch UBND xã đã phê duyệt", "Chủ tịch UBND xã đã phê duyệt"),
        ("UBND xã", "UBND xã"),
        ("Review", "review"),
        ("", ""),
    ],
)
def test_within_a_sentence_a_label_begins_small_unless_it_names_a_body(label: str, within: str) -> None:
    assert mid_sentence(label) == within


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Phòng Văn hóa – Xã hội", "phong van hoa – xa hoi"),
        ("PHÒNG VĂN HOÁ", "phong van hoa"),
        (unicodedata.normalize("NFD", "Điềm He"), "diem he"),
        ("ĐỀ NGHỊ", "de nghi"),
        ("ƣu tiên", "uu tien"),
        ("Ƣu tiên", "uu tien"),
        (" Hội\u00a0đồng \t TĐKT\n", "hoi dong tdkt"),
        ("Hội\u200bđồng\ufeff", "hoidong"),
        ("Nguyễn Thị Ư", "nguyen thi u"),
        ("", ""),
    ],
)
def test_folding_leaves_what_people_search_by(text: str, folded: str) -> None:
    assert fold(text) == folded


VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệ"
    "óòỏõọốồổỗộớờởỡợúùủũụứừửữự ƣ\u00a0\u200b"
)


@given(st.text() | VIETNAMESE)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_folding_does_not_see_case_or_the_form_of_unicode(text: str) -> None:
    forms = {fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}

    assert forms == {fold(text)} == {fold(text.upper())}


@given(VIETNAMESE)
def test_folded_vietnamese_is_plain_ascii(text: str) -> None:
    assert fold(text).isascii()


# Notices


def test_a_reminder_reads_as_the_office_wants_it(catalogue: Catalogue) -> None:
    assert rendered(catalogue, "reminder") == (
        "[TĐKT Điềm He] Nhắc việc: Tổng hợp, thẩm định hồ sơ, khen thưởng thành tích năm 2026,"
        " hạn 31/12/2026 (thứ Năm)",
        "Kính gửi: Chuyên viên Phòng Văn hóa - Xã hội.\n"
        "Nhiệm vụ số 17 (T17): Tổng hợp, thẩm định hồ sơ, khen thưởng thành tích năm 2026.\n"
        "Thời hạn: 31/12/2026 (thứ Năm), còn 7 ngày làm việc. Hiện nay: đang tiếp nhận hồ sơ.\n"
        "Đề nghị thẩm định và cập nhật kết quả trước thời hạn nêu trên.\n"
        "Phần mềm quản lý thi đua, khen thưởng xã Điềm He. Liên hệ: Phòng Văn hóa - Xã hội xã Điềm He.",
    )


def test_a_sandbox_marks_its_notices_first_and_last(catalogue: Catalogue) -> None:
    subject, text = render_notice(
        catalogue,
        "overdue",
        VALUES,
        Sender("Điềm He", "Phòng Văn hóa - Xã hội", sandbox=True),
        remarks=Remarks(derived=True, late_days=2),
    )

    assert subject.startswith("[BẢN THỬ] [TĐKT Điềm He] Quá hạn 5 ngày: ")
    assert text.split("\n")[-4:] == [
        "(thời hạn suy theo kế hoạch, chưa được ấn định ngày cụ thể)",
        "(thông báo này gửi chậm 2 ngày do phần mềm tạm ngừng hoạt động)",
        "Phần mềm quản lý thi đua, khen thưởng xã Điềm He. Liên hệ: Phòng Văn hóa - Xã hội.",
        "Thông báo thử, không có giá trị thực hiện.",
    ]


def test_a_long_content_is_short_in_the_subject_and_whole_in_the_text(catalogue: Catalogue) -> None:
    content = "Báo cáo sơ kết công tác TĐKT 6 tháng đầu năm và phương hướng, nhiệm vụ 6 tháng cuối năm 2026"
    subject, text = rendered(catalogue, "due_today", noi_dung=content)

    assert subject == (
        "[TĐKT Điềm He] Đến hạn hôm nay: Báo cáo sơ kết công tác TĐKT 6 tháng đầu năm và phương…"
    )
    assert content in text


def test_a_subject_is_one_line_whatever_the_content(catalogue: Catalogue) -> None:
    subject, _ = rendered(catalogue, "due_today", noi_dung_ngan="Báo cáo\r\nBcc: x")

    assert subject == "[TĐKT Điềm He] Đến hạn hôm nay: Báo cáo Bcc: x"


def test_a_superior_is_asked_in_words_of_its_own(catalogue: Catalogue) -> None:
    subject, text = render_notice(
        catalogue,
        "reminder",
        {**VALUES, "chuc_vu_nhan": "Chủ tịch UBND xã", "viec_can_lam": "xem xét, phê duyệt"},
        Sender("Điềm He", "Phòng Văn hóa - Xã hội", sandbox=False),
        superior=True,
    )

    assert subject.startswith("[TĐKT Điềm He] Kính trình: ")
    assert text.split("\n")[0] == "Kính trình: Chủ tịch UBND xã."
    assert text.split("\n")[3] == "Kính trình đồng chí xem xét, phê duyệt."


def test_a_kind_without_words_for_a_superior_keeps_its_own(catalogue: Catalogue) -> None:
    plain = rendered(catalogue, "escalation.chair")
    superior = render_notice(
        catalogue,
        "escalation.chair",
        VALUES,
        Sender("Điềm He", "Phòng Văn hóa - Xã hội xã Điềm He", sandbox=False),
        superior=True,
    )

    assert superior == plain


def test_an_unknown_notice_kind_is_an_error(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        rendered(catalogue, "applause")


def test_every_notice_renders_for_a_full_set_of_values(catalogue: Catalogue) -> None:
    for kind in catalogue.notices:
        subject, text = rendered(catalogue, kind)

        assert subject.startswith("[TĐKT Điềm He] "), kind
        assert "\n" not in subject
        assert not set("{}|") & set(subject + text), kind
        assert text.startswith(("Kính gửi: ", "Kính trình: ")), kind


def test_the_notices_use_no_placeholder_beyond_the_known_ones(catalogue: Catalogue) -> None:
    used = {
        name
        for notice in catalogue.notices.values()
        for name in placeholders(notice.subject) + placeholders(notice.text)
    }

    assert used == set(VALUES) | {"ten_xa", "noi_dung_ngan"}


@pytest.mark.parametrize(
    "kind",
    ["escalation.vice", "escalation.chair", "superior.reminder", "superior.due_today", "superior.overdue"],
)
def test_a_superior_is_never_reminded_or_urged(catalogue: Catalogue, kind: str) -> None:
    notice = catalogue.notices[kind]
    own_words = f"{notice.subject}\n{notice.text}".replace("Đã nhắc {da_nhac_lan} lần", "")

    assert not re.search("nhắc|đôn đốc|đề nghị|khẩn trương", own_words, re.IGNORECASE)
    assert notice.text.startswith("Kính trình: ")


def test_no_notice_and_no_digest_asks_for_a_command(catalogue: Catalogue) -> None:
    """Readers are officials; a reference says what to look for."""
    notices = {kind: f"{notice.subject}\n{notice.text}" for kind, notice in catalogue.notices.items()}
    around = {
        key: text.vi
        for key, text in catalogue.words.items()
        if key.startswith(("digest.", "notice.", "expect.p", "marker."))
    }

    asking = {key for key, text in {**notices, **around}.items() if re.search(r"tdkt|\{lenh|--\w", text)}
    assert asking == set()


def test_no_notice_shouts_or_pleads(catalogue: Catalogue) -> None:
    for kind, notice in catalogue.notices.items():
        assert not re.search(r"!|\bbạn\b|vui lòng", f"{notice.subject} {notice.text}", re.IGNORECASE), kind


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("báo cáo của Nguyễn Thị A.", "báo cáo của [1]."),
        ("NGUYỄN THỊ A, nguyen thi a", "[1], [1]"),
        ("Nguyễn Thị Anh", "Nguyễn Thị Anh"),
        ("Nguyễn Thị A Lan", "[2]"),
        ("lần này của Lan và LAN", "lần này của [3] và [3]"),
        ("Thị A", "Thị A"),
        ("", ""),
    ],
)
def test_names_are_known_by_their_words(text: str, said: str) -> None:
    instead = {"Nguyễn Thị A": "[1]", "Nguyễn Thị A Lan": "[2]", "Lan": "[3]", " ": "[4]"}

    assert without_names(text, instead) == said


@given(text=st.text("abc ,.\n"), names=st.lists(st.text("xyz "), max_size=3))
def test_a_text_that_names_nobody_stays_as_it_is(text: str, names: list[str]) -> None:
    assert without_names(text, dict.fromkeys(names, "1")) == text


# The shipped words


def texts(catalogue: Catalogue) -> dict[str, str]:
    """Every single text of the catalogue by a name for it."""
    words = {f"{key}.{lang}": text for key, both in catalogue.words.items() for lang, text in _both(both)}
    notices = {
        f"{kind}.{part}": text
        for kind, notice in catalogue.notices.items()
        for part, text in (("subject", notice.subject), ("text", notice.text))
    }
    return words | notices


def _both(text: Text) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("vi", text.vi), ("en", text.en)


def test_the_words_use_no_placeholder_beyond_the_known_ones(catalogue: Catalogue) -> None:
    known = {f"rule.{rule}.{part}": names for rule, names in RULES.items() for part in ("text", "cure")}
    known |= OTHER_OPERANDS
    surplus = {
        key: extra
        for key, text in catalogue.words.items()
        # The console's own are held against its pages: tests/web/test_words.py.
        if not key.startswith("web.")
        if (extra := {*placeholders(text.vi), *placeholders(text.en)} - _operands(key, known))
    }

    assert surplus == {}


def _operands(key: str, known: dict[str, set[str]]) -> set[str]:
    if key.startswith(("looked.", "settles.")):
        return CONDITION_OPERANDS
    sentences = ("message.", "lines.", "sheet.doubt.")
    return MESSAGE_OPERANDS if key.startswith(sentences) else known.get(key, set())


def test_both_languages_of_a_message_say_the_same_values(catalogue: Catalogue) -> None:
    unequal = [
        key
        for key, text in catalogue.words.items()
        if key.startswith(("message.", "marker.", "warning."))
        and set(placeholders(text.vi)) != set(placeholders(text.en))
    ]

    assert unequal == []


def test_every_refusal_has_its_sentence_and_its_cure(catalogue: Catalogue) -> None:
    rules = [key for key in catalogue.words if key.startswith("rule.")]

    assert sorted(rules) == sorted(f"rule.{rule}.{part}" for rule in RULES for part in ("text", "cure"))


def test_a_cure_names_no_command_at_the_console(catalogue: Catalogue) -> None:
    words = catalogue.words
    told = [words.get(f"web.instead.rule.{rule}.cure", words[f"rule.{rule}.cure"]) for rule in RULES]
    command = re.compile(r"tdkt |(?<!\w)--|(?<!\{)\b[a-z]+_[a-z]+\b|\b[a-z]+=")

    assert [said for text in told for said in (text.vi, text.en) if command.search(said)] == []


def test_every_reason_that_the_engine_gives_has_words(catalogue: Catalogue) -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "workflow").rglob("*.py")]
    given_reasons = {rule for source in sources for rule in re.findall(r'Reason\(\s*"([a-z_]+)"', source)}

    wordless = {rule for rule in given_reasons - set(RULES) if f"warning.{rule}" not in catalogue.words}
    assert wordless == set()
    assert "four_eyes" in given_reasons


def test_a_refusals_parts_have_no_full_stop_because_the_message_sets_it(catalogue: Catalogue) -> None:
    for key, text in catalogue.words.items():
        if key.startswith("rule."):
            assert not text.vi.endswith("."), key
            assert not text.en.endswith("."), key
    sentence = catalogue.words["message.refused"].vi
    why, cure = catalogue.words["rule.four_eyes.text"].vi, catalogue.words["rule.four_eyes.cure"].vi

    assert fill(sentence, ly_do=why, cach_xu_ly=cure) == (
        "Không thực hiện được, vì: Người soạn không được tự phê duyệt. Cách xử lý: Trình Chủ tịch hoặc Phó"
        " Chủ tịch không phải là người đã trình phê duyệt."
    )


def test_every_text_is_nfc_and_clean_at_its_edges(catalogue: Catalogue) -> None:
    unclean = [
        name
        for name, text in texts(catalogue).items()
        if text != unicodedata.normalize("NFC", text) or text != text.strip() or "  " in text or not text
    ]

    assert unclean == []


OLD_TONE_PLACES = re.compile(r"(?<![qQ])(?:u[ýỳỷỹỵ]|o[áàảãạéèẻẽẹ])(?!\w)", re.IGNORECASE)
"""`uỷ`, `hoá`, `khoẻ`: open syllables with the mark on the second vowel. `quý` is no such syllable."""


@pytest.mark.parametrize("path", sorted(DEFINITIONS.rglob("*.yaml")), ids=lambda path: path.parent.name)
def test_definitions_are_nfc_and_set_tone_marks_in_the_style_of_official_papers(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    outside_spellings = "\n".join(line for line in text.split("\n") if "spellings:" not in line)

    assert text == unicodedata.normalize("NFC", text)
    assert OLD_TONE_PLACES.findall(outside_spellings) == []
    assert "chiến sỹ" not in text.lower()


@pytest.mark.parametrize("word", ["Uỷ ban", "huỷ", "hoá", "khoẻ", "toà"])
def test_the_check_of_tone_marks_knows_the_old_places(word: str) -> None:
    assert OLD_TONE_PLACES.search(word)


@pytest.mark.parametrize("word", ["Ủy ban", "hủy", "hóa", "quý", "Quý I", "toán", "khoản", "chuyển", "thủy"])
def test_the_check_of_tone_marks_passes_the_right_places(word: str) -> None:
    assert not OLD_TONE_PLACES.search(word)


def test_what_a_task_is_waiting_for_reads_well_in_a_reminder(catalogue: Catalogue) -> None:
    machine = definition("machines/plan_task/1.yaml")
    assert isinstance(machine, Machine)
    asked = {
        state.id: rendered(catalogue, "reminder", viec_can_lam=state.todo)[1].split("\n")[3]
        for state in machine.states
        if state.todo
    }

    assert asked == {
        "proposed": "Đề nghị xem xét, đồng ý bổ sung nhiệm vụ và cập nhật kết quả trước thời hạn nêu trên.",
        "drafted": "Đề nghị hoàn thiện, trình theo quy định và cập nhật kết quả trước thời hạn nêu trên.",
        "submitted": "Đề nghị thẩm định và cập nhật kết quả trước thời hạn nêu trên.",
        "reviewed": "Đề nghị xem xét, phê duyệt và cập nhật kết quả trước thời hạn nêu trên.",
        "approved": "Đề nghị hoàn thành nhiệm vụ và cập nhật kết quả trước thời hạn nêu trên.",
    }


# Against the office's own list


@pytest.fixture(scope="module")
def labels() -> str:
    if not LABELS.exists():
        pytest.skip("../shared/domain/labels.md is not here")
    return LABELS.read_text(encoding="utf-8")


def table(labels: str, heading: str) -> dict[str, str]:
    """The Vietnamese column of the table under `heading`, by id."""
    section = labels.split(f"{heading}\n", 1)[1].split("\n#", 1)[0]
    rows = re.findall(r"^\| ([a-z_]+) \| ([^|]+) \|", section, re.MULTILINE)
    return {id: text.strip() for id, text in rows if id != "id"}


@pytest.mark.parametrize(
    ("heading", "section"),
    [("### Markers (not states)", "marker"), ("### Outcome of one nominee", "outcome")],
)
def test_markers_and_outcomes_are_those_of_the_list(
    catalogue: Catalogue, labels: str, heading: str, section: str
) -> None:
    listed = table(labels, heading)

    assert len(listed) > 5
    assert {id: catalogue.words[f"{section}.{id}"].vi for id in listed} == listed


def test_the_refusals_are_worded_as_the_list_words_them(catalogue: Catalogue, labels: str) -> None:
    paragraph = labels.split("Refusal reasons (rule id -> text): ", 1)[1].split("\n", 1)[0]
    listed = dict(re.findall(r"([a-z_]+) \*([^*]+)\*", paragraph))
    common = sorted(set(listed) & set(RULES))

    assert common == [
        "authority", "conflict", "four_eyes", "no_number", "open_dossier", "quorum", "role", "state",
        "supplement_once", "threshold",
    ]  # fmt: skip
    assert {rule: catalogue.words[f"rule.{rule}.text"].vi for rule in common} == {
        rule: listed[rule] for rule in common
    }


HEADINGS = {
    "reminder": "**reminder**",
    "due_today": "**due_today**",
    "overdue": "**overdue**",
    "escalation.head": "**escalation: head**",
    "escalation.standing": "**escalation: standing member**",
    "escalation.vice": "**escalation: vice chair / chair**",
    "escalation.chair": "**escalation: vice chair / chair**",
    "returned": "**returned**",
    "decision_issued": "**decision_issued**",
    "not_awarded": "**not_awarded**",
    "substitution": "**substitution**",
}


SAID_ANEW = {
    "escalation": {" Nguyên nhân: {nguyen_nhan|đơn vị chưa báo cáo}.": ""},
    "returned": {
        "trước {han_bo_sung}": "chậm nhất ngày {han_bo_sung}",
        # What follows from a date that passed is told when it passed; no term runs before all is there.
        "\nQuá thời hạn trên mà chưa nhận được hồ sơ bổ sung, Hội đồng xem xét theo hồ sơ hiện có.": "",
        "; thời hạn giải quyết tạm dừng tính đến khi nhận đủ hồ sơ.": (
            ". Thời hạn giải quyết tính từ ngày nhận đủ hồ sơ."
        ),
    },
    "substitution": {"làm thay": "xử lý công việc thay"},
}
"""Where the list's words were replaced by better ones, by kind of notice."""


@pytest.mark.parametrize("kind", HEADINGS)
def test_a_notice_is_worded_as_the_list_words_it(catalogue: Catalogue, labels: str, kind: str) -> None:
    section = labels.split(f"\n{HEADINGS[kind]}", 1)[1].split("\n**", 1)[0]
    subject = re.search(r"^Chủ đề: `(.+)`$", section, re.MULTILINE)
    lines = re.findall(r"^> (.+)$", section, re.MULTILINE)

    assert subject is not None
    listed = [subject[1], "\n".join(lines)]
    for old, new in SAID_ANEW.get(kind.partition(".")[0], {}).items():
        listed = [text.replace(old, new) for text in listed]
    notice = catalogue.notices[kind]
    bare = _bare if kind in ("received", "returned", "substitution") else str
    assert [bare(notice.subject), bare(notice.text)] == listed


def _bare(text: str) -> str:
    """The text without what it says where a value is not known: the list does not say it."""
    return PLACEHOLDER.sub(r"{\1}", text)


def test_the_closing_lines_are_worded_as_the_list_words_them(catalogue: Catalogue, labels: str) -> None:
    for key in ("closing", "sandbox_prefix", "sandbox_closing", "derived_remark"):
        assert catalogue.words[f"notice.{key}"].vi in labels


def test_what_is_counted_is_one_or_many() -> None:
    sentence = "{n|task was|tasks were} read"

    assert [fill(sentence, n=n) for n in (0, 1, 2, 11)] == [
        "0 tasks were read",
        "1 task was read",
        "2 tasks were read",
        "11 tasks were read",
    ]
    with pytest.raises(UnknownPlaceholder):
        fill(sentence)


COUNTED = re.compile(
    r"\{(?:n|m|tre|tre_gui|n_nguoi)\} (?:[a-z]+ )?(?!is\b|as\b|was\b|has\b|its\b|this\b)[a-z]+s\b"
)


def test_no_english_sentence_counts_one_of_many(catalogue: Catalogue) -> None:
    counting = {key: found for key, text in catalogue.words.items() if (found := COUNTED.findall(text.en))}

    assert counting == {}
