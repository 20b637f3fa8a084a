"""What can be wrong or doubtful in a plan that was read, worded in the two languages of the command line.

Every sentence names what was met and, where something must be done, the cure.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflow.model.definition import Text

SENTENCES: Mapping[str, Text] = MappingProxyType(
    {
        # The plan as a whole
        "no_table": Text(
            "Không tìm thấy bảng nhiệm vụ: cần một dòng tiêu đề có cột Nội dung và ít nhất một cột khác"
            " (TT, Cơ quan thực hiện, Thời gian…), các cột cách nhau bằng phím Tab hoặc là bảng Word.",
            "No table of tasks: it needs a header row with a column Nội dung and one more (TT, Cơ quan thực"
            " hiện, Thời gian …), with tabs between the columns or as a Word table.",
        ),
        "no_tasks": Text(
            "Bảng không có nhiệm vụ nào dưới dòng tiêu đề; kiểm tra lại tệp.",
            "The table has no task below its header; check the file.",
        ),
        "no_year": Text(
            "Tên kế hoạch không có năm; ghi ở đầu tệp, ví dụ KẾ HOẠCH … năm 2026, hoặc nêu năm khi nạp.",
            "The plan's title names no year; write it as in KẾ HOẠCH … năm 2026, or give it when importing.",
        ),
        "year_elsewhere": Text(
            "Tên kế hoạch không có năm; lấy năm {year} ghi trong bảng.",
            "The plan's title names no year; {year} is taken from the table.",
        ),
        "year_of_issue": Text(
            "Tên kế hoạch không có năm; lấy năm {year} theo ngày ban hành {day}. Chọn năm khác khi nạp.",
            "The plan's title names no year; {year} is taken from its date, {day}. Choose it at the import.",
        ),
        "school_year": Text(
            "Kế hoạch của năm học {year}: tháng 8–12 thuộc năm {first}, tháng 1–7 thuộc năm {second};"
            " được lưu là kế hoạch năm {first}.",
            "A plan of the school year {year}: months 8–12 are of {first}, 1–7 of {second}; it is kept as the"
            " plan of {first}.",
        ),
        "years_in_title": Text(
            "Tên kế hoạch có nhiều năm; lấy năm {year}, không lấy {others}. Chọn năm khác khi nạp.",
            "The plan's title names several years; {year} is taken, not {others}. Choose it at the import.",
        ),
        "no_title": Text("Không thấy tên kế hoạch.", "The plan has no title."),
        "calendar_missing": Text(
            "Chưa có lịch làm việc năm {year}; ngày làm việc cuối kỳ chỉ trừ thứ Bảy, Chủ nhật.",
            "There is no calendar of {year}; last working days leave out weekends only.",
        ),
        # The table
        "column_unread": Text(
            "Cột “{title}” không được đọc.",
            "The column “{title}” is not read.",
        ),
        "no_bodies_column": Text(
            "Bảng không có cột cơ quan thực hiện; cơ quan chủ trì tạm lấy là {lead}.",
            "The table has no column of bodies; {lead} is taken as the lead.",
        ),
        "no_deadline_column": Text(
            "Bảng không ghi ngày; thời hạn suy ra là ngày làm việc cuối của quý.",
            "The table gives no dates; deadlines are derived as the last working day of the quarter.",
        ),
        "numbered_through": Text(
            "Số thứ tự trong bảng không dùng được làm số nhiệm vụ (đánh lại từ đầu hoặc nhiều cấp);"
            " các dòng được đánh số lần lượt từ 1.",
            "The numbers of the table cannot number the tasks (they begin anew, or have levels); the rows are"
            " numbered from 1.",
        ),
        "numbered": Text(
            "Bảng không có số thứ tự; các dòng được đánh số lần lượt từ 1.",
            "The table has no numbers; the rows are numbered from 1.",
        ),
        "number_twice": Text(
            "Số thứ tự {number} đã dùng ở dòng {first}; sửa để mỗi nhiệm vụ có một số.",
            "Number {number} stands in line {first} already; give every task a number of its own.",
        ),
        "number_gap": Text(
            "Số thứ tự nhảy từ {before} sang {number}; kiểm tra xem có thiếu dòng không.",
            "The numbers go from {before} to {number}; check whether a row is missing.",
        ),
        "cells_beyond": Text(
            "Dòng có nhiều ô hơn dòng tiêu đề; phần thừa không được đọc: “{text}”.",
            "The row has more cells than the header; not read: “{text}”.",
        ),
        "heading_unread": Text(
            "“{text}” được hiểu là đề mục, không phải nhiệm vụ.",
            "“{text}” is taken as a heading, not as a task.",
        ),
        "heading_shared": Text(
            "“{text}” được hiểu là đề mục, không phải nhiệm vụ; cơ quan và thời hạn ghi ở đó (“{duties}”) áp"
            " dụng cho các dòng bên dưới để trống.",
            "“{text}” is taken as a heading, not as a task; its bodies and time (“{duties}”) hold for the"
            " rows below that name none.",
        ),
        "bodies_inherited": Text(
            "Dòng không ghi cơ quan; lấy theo dòng “{heading}” ở trên.",
            "The row names no body; those of “{heading}” above it are taken.",
        ),
        "time_inherited": Text(
            "Dòng không ghi thời hạn; lấy theo dòng “{heading}” ở trên.",
            "The row names no time; that of “{heading}” above it is taken.",
        ),
        "ditto": Text(
            "“{sign}” được hiểu là như dòng trên: “{text}”.",
            "“{sign}” is taken to mean what the row above says: “{text}”.",
        ),
        "total_unread": Text(
            "Dòng cộng không phải nhiệm vụ, không được đọc: “{text}”.",
            "A row of totals is no task and is not read: “{text}”.",
        ),
        "empty_row": Text(
            "Dòng số {label} trống, không được đọc.",
            "Row {label} is empty and not read.",
        ),
        "line_unread": Text(
            "Không đọc dòng nằm giữa bảng: “{text}”.",
            "A line within the table is not read: “{text}”.",
        ),
        "row_outside": Text(
            "Dòng bảng nằm ngoài bảng nhiệm vụ, không được đọc: “{text}”.",
            "A row outside of the table of tasks is not read: “{text}”.",
        ),
        "continues_nothing": Text(
            "Dòng không có số thứ tự và không nối tiếp nhiệm vụ nào; đánh số hoặc xóa dòng: “{text}”.",
            "The row has no number and continues no task; number it or delete it: “{text}”.",
        ),
        # A row
        "no_content": Text(
            "Nhiệm vụ {number} không có nội dung; ghi nội dung hoặc xóa dòng.",
            "Task {number} has no content; write it or delete the row.",
        ),
        "no_quarter": Text(
            "Nhiệm vụ {number} không thuộc quý nào và không có thời hạn đọc được; thêm dòng QUÝ … phía trên"
            " hoặc ghi thời hạn.",
            "Task {number} stands under no quarter and has no date to be read; add a row QUÝ … above it or"
            " write its date.",
        ),
        "no_bodies": Text(
            "Nhiệm vụ {number} không ghi cơ quan nào; cơ quan chủ trì tạm lấy là {lead}.",
            "Task {number} names no body; {lead} is taken as the lead.",
        ),
        "no_lead": Text(
            "Nhiệm vụ {number} không ghi cơ quan chủ trì; suy ra là {lead}.",
            "Task {number} names no lead body; {lead} is derived.",
        ),
        "several_leads": Text(
            "Nhiệm vụ {number} ghi nhiều cơ quan chủ trì; lấy cơ quan đầu tiên, {lead}.",
            "Task {number} names several lead bodies; the first, {lead}, is taken.",
        ),
        "remark_unread": Text(
            "Phần trong ngoặc “({text})” của {name} không được đọc.",
            "What stands in brackets after {name} is not read: “({text})”.",
        ),
        "unknown_body": Text(
            "“{name}” không có trong danh bạ của đơn vị; thêm vào danh bạ hoặc thêm cách viết này.",
            "“{name}” is not in the office's directory; add it or this spelling.",
        ),
        "unknown_kind": Text(
            "Nhiệm vụ {number} không thuộc loại việc nào đã biết; ghi là Nhiệm vụ khác.",
            "Task {number} fits no known kind; it is taken as other.",
        ),
        "part_derived": Text(
            "Nhiệm vụ {number} không ghi rõ chủ trì tổ chức hay tham dự; suy ra là {part}. Cần xác nhận.",
            "Task {number} does not say whether the office hosts or attends; derived: {part}. Confirm it.",
        ),
        "committee_missing": Text(
            "Nhiệm vụ {number} là xét khen thưởng nhưng không ghi {missing}.",
            "Task {number} reviews awards but does not list {missing}.",
        ),
        "no_date": Text(
            "Nhiệm vụ {number} không ghi thời hạn; suy ra là {due}, {until}.",
            "Task {number} has no date; {due} is derived, {until}.",
        ),
        "date_unread": Text(
            "“{text}” không cho biết ngày nào của nhiệm vụ {number}; suy ra là {due}, {until}.",
            "“{text}” names no day for task {number}; derived: {due}, {until}.",
        ),
        "several_dates": Text(
            "Nhiệm vụ {number} ghi nhiều thời hạn (“{text}”); lấy thời hạn cuối, {due}.",
            "Task {number} names several dates (“{text}”); the last, {due}, is taken.",
        ),
        "before_month": Text(
            "“{text}” được hiểu là hết kỳ liền trước: {due}.",
            "“{text}” is taken as the end of the period before: {due}.",
        ),
        "date_part": Text(
            "“{text}” không ghi ngày của nhiệm vụ {number}; suy ra là {due}.",
            "“{text}” names no day for task {number}; derived: {due}.",
        ),
        "date_rest": Text(
            "“{text}” chỉ đọc được một phần; thời hạn của nhiệm vụ {number} lấy là {due}. Kiểm tra lại.",
            "“{text}” is read in part only; {due} is taken for task {number}. Check it.",
        ),
        "date_doubtful": Text(
            "“{text}” có thể hiểu nhiều cách; thời hạn của nhiệm vụ {number} lấy là {due}. Kiểm tra lại.",
            "“{text}” can be read in several ways; {due} is taken for task {number}. Check it.",
        ),
        "weekday_differs": Text(
            "“{text}”: thứ không khớp với ngày; thời hạn của nhiệm vụ {number} lấy là {due}. Kiểm tra lại.",
            "“{text}” names a weekday that its date is not; {due} is taken for task {number}. Check it.",
        ),
        "date_open": Text(
            "“{text}” chỉ cho biết việc bắt đầu từ khi nào; thời hạn của nhiệm vụ {number} suy ra là {due}."
            " Nạp xong, ấn định đúng ngày cho T{number:02}.",
            "“{text}” says only from when task {number} is done; {due} is derived. Once it is"
            " imported, set the day of T{number:02}.",
        ),
        "date_lunar": Text(
            "“{text}” là ngày âm lịch, không được đổi sang dương lịch; thời hạn của nhiệm vụ {number} lấy là"
            " {due}. Nạp xong, ấn định đúng ngày cho T{number:02}.",
            "“{text}” speaks of the lunar calendar and is not converted; {due} is taken for task {number}."
            " Once it is imported, set the day of T{number:02}.",
        ),
        "times_differ": Text(
            "Hai cột thời gian của nhiệm vụ {number} không khớp (“{text}” và “{other}”); lấy {due}.",
            "Two columns of time contradict each other for task {number} (“{text}” and “{other}”); {due} is"
            " taken.",
        ),
        "other_time_unread": Text(
            "Không đọc được “{text}” trong một cột thời gian của nhiệm vụ {number}.",
            "“{text}” in a column of time is not read for task {number}.",
        ),
        "starts_later": Text(
            "Nhiệm vụ {number} bắt đầu (“{text}”) sau thời hạn {due}; kiểm tra lại hai cột.",
            "Task {number} begins (“{text}”) after it is due, {due}; check both columns.",
        ),
        "time_carried": Text(
            "Nhiệm vụ {number} không ghi thời gian; lấy theo “{text}” ở dòng {above}: {due}.",
            "Task {number} has no time of its own; that of line {above}, “{text}”, is taken: {due}.",
        ),
        "outside_quarter": Text(
            "Thời hạn {due} của nhiệm vụ {number} nằm ngoài quý {quarter} của đề mục; giữ như văn bản.",
            "The date {due} of task {number} is not in quarter {quarter} of its heading; kept as written.",
        ),
        "other_year": Text(
            "Thời hạn {due} của nhiệm vụ {number} không thuộc năm {year}; giữ như văn bản.",
            "The date {due} of task {number} is not in {year}; kept as written.",
        ),
        "prose_task": Text(
            "Việc giao ngoài bảng cho {body}, không nhập thành nhiệm vụ: “{text}”",
            "Given to {body} outside of the table, not imported as a task: “{text}”",
        ),
        "prose_task_of_nobody": Text(
            "Việc giao ngoài bảng, không nhập thành nhiệm vụ: “{text}”",
            "Given outside of the table, not imported as a task: “{text}”",
        ),
    }
)

PARTS: Mapping[str, Text] = MappingProxyType(
    {"host": Text("chủ trì tổ chức", "host"), "attend": Text("tham dự", "attend")}
)
