"""What can be wrong or doubtful in a plan document, worded in the two languages of the command line.

Every sentence names what was met and, where something must be done, the cure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from workflow.model.definition import Language, Text
from workflow.model.plan import Problem, Severity


class Problems:
    """The problems of one document, gathered while it is read, in the reader's language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._problems: list[Problem] = []

    def error(self, line: int | None, key: str, **operands: object) -> None:
        self._add(line, "error", key, operands)

    def warn(self, line: int | None, key: str, **operands: object) -> None:
        self._add(line, "warning", key, operands)

    def _add(self, line: int | None, severity: Severity, key: str, operands: Mapping[str, object]) -> None:
        text: str = getattr(SENTENCES[key], self.language)
        said = {name: _said(value, self.language) for name, value in operands.items()}
        self._problems.append(Problem(line, severity, text.format(**said)))

    def by_line(self) -> tuple[Problem, ...]:
        """The problems of the whole file first, then by line; within a line in the order of finding."""
        return tuple(sorted(self._problems, key=lambda problem: problem.line or 0))


def _said(value: object, language: Language) -> object:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) and language == "vi" else value


SENTENCES: Mapping[str, Text] = MappingProxyType(
    {
        # The file as a whole
        "unreadable": Text(
            "Không mở được tệp: {reason}. Kiểm tra lại đường dẫn và quyền đọc.",
            "The file cannot be read: {reason}. Check its path and its permissions.",
        ),
        "too_large": Text(
            "Tệp lớn hơn {limit} MB; chỉ lưu riêng kế hoạch vào một tệp rồi nhập lại.",
            "The file is larger than {limit} MB; save the plan alone in a file of its own.",
        ),
        "empty": Text(
            "Tệp trống; chọn tệp có nội dung kế hoạch.",
            "The file is empty; choose the file that holds the plan.",
        ),
        "old_word": Text(
            "Đây là tệp Word kiểu cũ (.doc); mở bằng Word và lưu thành .docx.",
            "This is an old Word file (.doc); save it in Word as a .docx.",
        ),
        "old_office": Text(
            "Đây là tệp Office kiểu cũ, không phải tệp Word; mở bằng chương trình đã tạo ra nó và lưu bảng"
            " kế hoạch thành .docx.",
            "This is an old Office file and not one of Word; open it in its own program and save the plan"
            " as a .docx.",
        ),
        "password": Text(
            "Tệp đặt mật khẩu; mở tệp, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ tài liệu), lưu lại rồi nhập.",
            "The file asks for a password; open it, take the password away (File > Info > Protect"
            " Document), save it and import it again.",
        ),
        "workbook": Text("{reason}", "{reason}"),
        "slides": Text(
            "Đây là tệp trình chiếu PowerPoint; nhập tệp Word (.docx) có bảng kế hoạch.",
            "This is a PowerPoint file; import the Word file (.docx) that has the plan's table.",
        ),
        "pdf": Text(
            "Đây là tệp PDF; nhập tệp Word (.docx) gốc. Nếu không có: mở PDF bằng Word, kiểm tra lại bảng"
            " rồi lưu thành .docx.",
            "This is a PDF; import the Word file (.docx) it was made from. Without one, open the PDF in"
            " Word, check the table and save it as a .docx.",
        ),
        "pdf_scan": Text(
            "Đây là bản quét (PDF chỉ có hình ảnh, không có chữ); xin tệp Word (.docx) gốc ở nơi ban hành,"
            " hoặc gõ lại bảng kế hoạch vào Word.",
            "This is a scan (a PDF of pictures without text); ask the issuing office for its Word file"
            " (.docx), or type the table into Word.",
        ),
        "picture": Text(
            "Đây là ảnh chụp hoặc bản quét, không có chữ để đọc; xin tệp Word (.docx) gốc ở nơi ban hành,"
            " hoặc gõ lại bảng kế hoạch vào Word.",
            "This is a picture or a scan without text to read; ask the issuing office for its Word file"
            " (.docx), or type the table into Word.",
        ),
        "scan": Text(
            "Tệp Word này chỉ chứa hình ảnh (bản quét), không có chữ; xin tệp Word có chữ ở nơi ban hành,"
            " hoặc gõ lại bảng kế hoạch.",
            "This Word file holds nothing but pictures (a scan); ask the issuing office for one with text,"
            " or type the table anew.",
        ),
        "rtf": Text(
            "Đây là tệp RTF; mở bằng Word và lưu thành .docx.",
            "This is an RTF file; open it in Word and save it as .docx.",
        ),
        "html": Text(
            "Đây là trang web (HTML) dù có thể mang tên .doc; mở bằng Word và lưu thành .docx.",
            "This is a web page (HTML), perhaps with the name of a .doc; open it in Word and save it as"
            " .docx.",
        ),
        "word_xml": Text(
            "Đây là tệp Word lưu dạng XML; mở bằng Word và lưu thành .docx.",
            "This is a Word file in the form of XML; open it in Word and save it as .docx.",
        ),
        "packed": Text(
            "Đây là tệp nén; giải nén rồi nhập tệp kế hoạch ở bên trong.",
            "This is a packed archive; unpack it and import the plan that is in it.",
        ),
        "other_zip": Text(
            "Đây là tệp nén không phải của Word; giải nén, hoặc mở bằng chương trình đã tạo ra nó và lưu kế"
            " hoạch thành .docx.",
            "This is an archive and no Word file; unpack it, or open it in its own program and save the"
            " plan as a .docx.",
        ),
        "broken_docx": Text(
            "Tệp bị hỏng; mở bằng Word, lưu thành một tệp .docx mới rồi nhập lại.",
            "The file is damaged; open it in Word and save it as a new .docx.",
        ),
        "bomb": Text(
            "Tệp giải nén vượt quá {limit} MB; bỏ hình ảnh, chỉ lưu riêng kế hoạch thành .docx mới.",
            "The file unpacks to more than {limit} MB; save the plan alone, without pictures, as .docx.",
        ),
        "too_long": Text(
            "Có ô hoặc đoạn dài hơn {limit} chữ cái; chia thành nhiều dòng hoặc chỉ lưu riêng bảng kế hoạch.",
            "A cell or paragraph has more than {limit} letters; part it, or save the plan's table alone.",
        ),
        "too_many_lines": Text(
            "Tệp có hơn {limit} dòng; chỉ lưu riêng bảng kế hoạch vào một tệp rồi nhập lại.",
            "The file has more than {limit} rows and paragraphs; save the plan's table alone.",
        ),
        "too_many_letters": Text(
            "Tệp có hơn {limit} chữ cái; chỉ lưu riêng bảng kế hoạch vào một tệp rồi nhập lại.",
            "The file has more than {limit} letters; save the plan's table alone.",
        ),
        "binary": Text(
            "Đây không phải tệp văn bản hay tệp .docx; chọn tệp kế hoạch dạng .docx hoặc văn bản UTF-8.",
            "This is neither text nor a .docx; choose the plan as a .docx or as UTF-8 text.",
        ),
        "encoding": Text(
            "Văn bản không theo bảng mã Unicode (byte thứ {at}; có thể là TCVN3 hoặc VNI);"
            " chuyển mã và lưu thành UTF-8.",
            "The text is not Unicode (byte {at}; perhaps TCVN3 or VNI); convert it and save it as UTF-8.",
        ),
        # What a document holds beside its text
        "changes_accepted": Text(
            "Tệp còn sửa đổi theo dõi (Track Changes) chưa duyệt; được đọc như đã chấp nhận tất cả.",
            "The file has tracked changes that nobody accepted; it is read as with all of them accepted.",
        ),
        "old_font": Text(
            "Tệp có chữ gõ theo bảng mã cũ (phông .VnTime, VNI); chuyển sang Unicode (Unikey) rồi lưu.",
            "The file has text in an old code (fonts .VnTime, VNI); convert it to Unicode and save it again.",
        ),
        "hidden_row": Text(
            "Không đọc dòng ẩn của bảng: “{text}”.",
            "A hidden row of the table is not read: “{text}”.",
        ),
        "hidden_text": Text(
            "Không đọc chữ ẩn: “{text}”.",
            "Hidden text is not read: “{text}”.",
        ),
        "hidden_column": Text(
            "Không đọc cột ẩn của bảng tính ({text}).",
            "A hidden column of the sheet is not read ({text}).",
        ),
        "other_sheet": Text(
            "Không đọc trang “{text}”: không có dòng tiêu đề của bảng nhiệm vụ.",
            "The sheet “{text}” is not read: it has no header of a table of tasks.",
        ),
        "hidden_sheet": Text(
            "Không đọc trang ẩn “{text}” của bảng tính.",
            "The hidden sheet “{text}” is not read.",
        ),
        "formula_unread": Text(
            "Ô {text} có công thức lỗi hoặc chưa tính; mở bằng Excel, sửa rồi lưu lại.",
            "Cell {text} has a formula that fails or was not calculated; open it in Excel, mend and save it.",
        ),
        "floating_unread": Text(
            "Không đọc hộp văn bản: “{text}”.",
            "A text box is not read: “{text}”.",
        ),
        "part_elsewhere": Text(
            "Không đọc phần nội dung chèn từ tệp khác; mở bằng Word và lưu lại thành .docx để nội dung nằm"
            " trong tệp.",
            "What is inserted from another file is not read; open the plan in Word and save it, so that it"
            " is inside.",
        ),
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
            "Tên kế hoạch không có năm; ghi ở đầu tệp, ví dụ KẾ HOẠCH … năm 2026, hoặc chỉ năm bằng --year.",
            "The plan's title names no year; write it as in KẾ HOẠCH … năm 2026, or give it with --year.",
        ),
        "year_elsewhere": Text(
            "Tên kế hoạch không có năm; lấy năm {year} ghi trong bảng.",
            "The plan's title names no year; {year} is taken from the table.",
        ),
        "year_of_issue": Text(
            "Tên kế hoạch không có năm; lấy năm {year} theo ngày ban hành {day}. Chọn năm khác bằng --year.",
            "The plan's title names no year; {year} is taken from its date, {day}. Choose with --year.",
        ),
        "school_year": Text(
            "Kế hoạch của năm học {year}: tháng 8–12 thuộc năm {first}, tháng 1–7 thuộc năm {second};"
            " được lưu là kế hoạch năm {first}.",
            "A plan of the school year {year}: months 8–12 are of {first}, 1–7 of {second}; it is kept as the"
            " plan of {first}.",
        ),
        "years_in_title": Text(
            "Tên kế hoạch có nhiều năm; lấy năm {year}, không lấy {others}. Chọn năm khác bằng --year.",
            "The plan's title names several years; {year} is taken, not {others}. Choose with --year.",
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
            " Đặt đúng ngày bằng tdkt deadline set T{number:02} NGÀY.",
            "“{text}” says only from when task {number} is done; {due} is derived. Set its day with"
            " tdkt deadline set T{number:02} DATE.",
        ),
        "date_lunar": Text(
            "“{text}” là ngày âm lịch, không được đổi sang dương lịch; thời hạn của nhiệm vụ {number} lấy là"
            " {due}. Đặt đúng ngày bằng tdkt deadline set T{number:02} NGÀY.",
            "“{text}” speaks of the lunar calendar and is not converted; {due} is taken for task {number}."
            " Set its day with tdkt deadline set T{number:02} DATE.",
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
