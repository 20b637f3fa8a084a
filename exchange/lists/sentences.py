"""What is found in a nominee list, worded in two languages, each with its severity and its cure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from exchange.lists.values import Finding, Severity
from workflow.model.definition import Text


class Sentence(NamedTuple):
    """How grave a finding is, and how it is said."""

    severity: Severity
    say: Text


def found(code: str, sheet: str, cell: str, **operands: object) -> Finding:
    """The finding `code` of a cell, its sentence filled with the operands; a Text among them is said in each
    language."""
    severity, say = SENTENCES[code]
    return Finding(sheet, cell, code, severity, filled(say, **operands))


def filled(say: Text, **operands: object) -> Text:
    """The sentence with its operands, of which a Text is said in each language."""
    words = [
        {
            name: getattr(value, language) if isinstance(value, Text) else value
            for name, value in operands.items()
        }
        for language in ("vi", "en")
    ]
    return Text(say.vi.format(**words[0]), say.en.format(**words[1]))


def _info(vi: str, en: str) -> Sentence:
    return Sentence("info", Text(vi, en))


def _warning(vi: str, en: str) -> Sentence:
    return Sentence("warning", Text(vi, en))


def _error(vi: str, en: str) -> Sentence:
    return Sentence("error", Text(vi, en))


SENTENCES: Mapping[str, Sentence] = MappingProxyType(
    {
        # The file
        "no_table": _error(
            "Không thấy bảng danh sách: cần một hàng tiêu đề có cột họ tên (hoặc tên tập thể) và ít nhất"
            " một cột"
            " khác; ghi hàng tiêu đề rồi nhập lại.",
            "There is no table of nominees: a heading with a column of names and at least one other is"
            " needed;"
            " write the heading, then import again.",
        ),
        "no_lines": _error(
            "Dưới hàng tiêu đề không có hàng đề nghị nào; ghi danh sách rồi nhập lại.",
            "Below the heading there is no nominee; fill in the list, then import again.",
        ),
        "initiatives_list": _error(
            "Đây là danh sách sáng kiến, không phải danh sách đề nghị khen thưởng; nhập vào sổ sáng kiến.",
            "This is a list of initiatives and proposes nobody; import it into the register of initiatives.",
        ),
        "nothing_proposed": _error(
            "Bảng không đề nghị danh hiệu nào (là {what}); nhập tệp có danh sách đề nghị.",
            "The table proposes no title (it is {what}); import the file with the list that does.",
        ),
        "hidden_column": _info(
            "Cột {column} (“{heading}”) đang ẩn; vẫn đọc, cần xem lại.",
            "Column {column} (“{heading}”) is hidden; it was read all the same, look at it again.",
        ),
        "hidden_rows": _warning(
            "Có {n} hàng đề nghị đang ẩn ({rows}); vẫn đọc: bỏ ẩn để xem lại, hoặc xóa khỏi danh sách.",
            "{n} rows with nominees are hidden ({rows}); they were read: show them, or delete them.",
        ),
        "sheet_left": _warning(
            "Không đọc trang “{name}” ({why}); nếu cũng là đề nghị thì chép nối vào bảng chính.",
            "Sheet “{name}” is not read ({why}); if it proposes nominees too, copy them below the main"
            " table.",
        ),
        "further_sheet": _info(
            "Trang “{name}” cùng tiêu đề và đánh số tiếp: đọc nối vào danh sách.",
            "Sheet “{name}” has the same heading and goes on counting: it is read as part of the list.",
        ),
        # Names
        "nfd": _info(
            "Tên gõ bằng dấu tổ hợp (NFD), đã chuẩn hóa về NFC.",
            "The name was typed with combining marks (NFD); it is kept as NFC.",
        ),
        "nbsp": _info(
            "Có dấu cách cứng trong tên, đã bỏ.", "There is a non-breaking blank in the name; it is left out."
        ),
        "spaces": _info(
            "Thừa dấu cách trong tên, đã gọn lại.",
            "There are blanks too many in the name; they are left out.",
        ),
        "zero_width": _info(
            "Tên có ký tự ẩn không nhìn thấy, đã bỏ.",
            "There are signs in the name that nobody sees; they are left out.",
        ),
        "line_break": _info(
            "Tên ngắt dòng trong ô, đã nối.", "The name is broken into lines; they are joined."
        ),
        "u01a3": _warning(
            "Chữ “ƣ” (U+01A3) thay cho “ư”, đã sửa; cần xem lại tên.",
            "“ƣ” (U+01A3) stands for “ư” and was mended; look at the name again.",
        ),
        "u01a3_text": _info(
            "Chữ “ƣ” (U+01A3) thay cho “ư”, đã sửa.", "“ƣ” (U+01A3) stands for “ư” and was mended."
        ),
        "old_font": _error(
            "Tên gõ theo bảng mã cũ (.VnTime, TCVN3); chuyển tệp sang Unicode (Unikey) rồi nhập lại.",
            "The name is in an old code (.VnTime, TCVN3); convert the file to Unicode, then import again.",
        ),
        "old_font_file": _error(
            "Tệp gõ theo bảng mã cũ (.VnTime, TCVN3) nên không đọc được tiêu đề; chuyển sang Unicode"
            " (Unikey) rồi nhập"
            " lại.",
            "The file is in an old code (.VnTime, TCVN3), its heading cannot be read; convert it to"
            " Unicode, then import"
            " again.",
        ),
        "tone_place": _info(
            "“{word}” và “{other}” là một tên (chỉ khác vị trí dấu); giữ cách viết của người kê khai khi in.",
            "“{word}” and “{other}” are one name (the mark's place alone differs); the spelling sent is"
            " printed.",
        ),
        "unclear_name": _error(
            "Ô họ tên ghi “{text}”, không phải tên; ghi lại họ tên.",
            "The cell of the name says “{text}”, which is no name; write the name.",
        ),
        # Numbers and rows
        "same_name": _info(
            "Cùng tên với hàng {row} nhưng khác {unlike}: hai trường hợp.",
            "The same name as row {row}, but for {unlike}: they are two.",
        ),
        "no_name": _error(
            "Hàng có số thứ tự và nội dung nhưng không có tên; ghi tên hoặc xóa hàng.",
            "The row has a number and more, but no name; write the name or delete the row.",
        ),
        "number_twice": _info(
            "Số thứ tự {n} ghi hai lần; đánh số lại.", "Number {n} stands twice; lines are counted anew."
        ),
        "no_number": _info(
            "Thiếu số thứ tự; vẫn là một hàng đề nghị.", "There is no number; it is a nominee all the same."
        ),
        "formula": _info(
            "Số thứ tự là công thức; không dùng để định danh.",
            "The number is a formula; nothing is told apart by it.",
        ),
        "repeated_header": _info(
            "Hàng tiêu đề lặp lại, bỏ qua.", "The heading is repeated; the row is left out."
        ),
        "merged": _info("Ô gộp: “{text}” dùng cho {n} hàng.", "A merged cell: “{text}” holds for {n} rows."),
        "too_long": _warning(
            "Ô dài hơn {n} chữ; chỉ đọc phần đầu: rút gọn rồi nhập lại.",
            "The cell has more than {n} signs, of which the first are read; shorten it, then import again.",
        ),
        "broken_cell": _error(
            "Ô báo lỗi “{text}”; sửa công thức hoặc ghi giá trị rồi nhập lại.",
            "The cell shows the error “{text}”; mend the formula or type the value, then import again.",
        ),
        "uncalculated": _error(
            "Ô là công thức chưa có kết quả; mở bằng Excel, lưu lại (hoặc ghi giá trị) rồi nhập lại.",
            "The cell is a formula without a result; open the file in Excel and save it, then import again.",
        ),
        "unclear_number": _warning(
            "“{text}” không phải là số; ghi lại.", "“{text}” is no number; write it again."
        ),
        "date_for_share": _warning(
            "Excel đã đổi “{text}” thành ngày; đọc là {share}, cần xem lại.",
            "Excel made a date of it (“{text}”); it is read as {share}, look at it again.",
        ),
        # Dates
        "no_such_day": _error(
            "“{text}” không phải là ngày; đề nghị ghi lại.", "“{text}” is no day; write it again."
        ),
        "date_text": _info("“{text}” đọc là {day}.", "“{text}” is read as {day}."),
        "serial_date": _info(
            "Ô là số ngày của Excel ({text}), đọc là {day}.",
            "The cell holds a day as Excel counts them ({text}); it is read as {day}.",
        ),
        "month_only": _info("Chỉ có tháng, năm sinh.", "There is only the month of birth."),
        "year_only": _info("Chỉ có năm sinh.", "There is only the year of birth."),
        "date_for_year": _info(
            "Ghi ngày sinh đầy đủ ở cột năm sinh; lấy năm {year}.",
            "A full day stands in the column of birth years; the year {year} is taken.",
        ),
        "odd_birth": _warning(
            "Năm sinh {year} không hợp với người được đề nghị; xem lại.",
            "The birth year {year} fits no nominee; look at it again.",
        ),
        "date_missing": _warning(
            "Quyết định công nhận sáng kiến {number} chưa ghi ngày; bổ sung ngày.",
            "The decision {number} that recognises the initiative has no date; add it.",
        ),
        # Titles
        "two_titles": _info(
            "Một hàng nhiều danh hiệu, hình thức ({titles}): tách thành nhiều trường hợp.",
            "A row with several titles ({titles}): it becomes several lines.",
        ),
        "other_level": _warning(
            "“{title}” thuộc thẩm quyền {level}: tách hồ sơ trình cấp trên.",
            "“{title}” is given by the {level}: it goes into a dossier of its own.",
        ),
        "title_in_other_column": _info(
            "“{title}” ghi ở cột “{column}” bằng chữ “{text}”.",
            "“{title}” stands in the column “{column}” as “{text}”.",
        ),
        "title_spelling": _info("“{text}” đọc là “{title}”.", "“{text}” is read as “{title}”."),
        "title_unknown": _warning(
            "Không rõ “{text}” là danh hiệu, hình thức nào; hỏi lại nơi gửi, không tự đoán.",
            "“{text}” means no title that is known; ask who sent it, nothing is guessed.",
        ),
        "no_title": _warning(
            "Không thấy danh hiệu đề nghị của hàng này; hỏi lại nơi gửi hoặc ghi vào cột danh hiệu.",
            "No title is proposed for this row; ask who sent it, or write it into the column of titles.",
        ),
        "title_other_chain": _warning(
            "“{text}”: {reason}; không lập hồ sơ ở xã.",
            "“{text}”: {reason}; the commune makes no dossier for it.",
        ),
        "title_not_for": _warning(
            "“{title}” không dành cho {kind}; hỏi lại nơi gửi.",
            "“{title}” is not for a {kind}; ask who sent it.",
        ),
        "unclear_mark": _warning(
            "“{text}” ở cột “{column}” không rõ là có hay không; ghi x hoặc để trống.",
            "“{text}” in the column “{column}” is neither yes nor no; write x or leave it empty.",
        ),
        # Conditions
        "rating_unknown": _warning(
            "Không rõ mức xếp loại “{text}”; ghi theo bốn mức (HTXSNV, HTTNV, HTNV, KHTNV).",
            "“{text}” is no rating; write one of the four (HTXSNV, HTTNV, HTNV, KHTNV).",
        ),
        "rating_too_low": _warning(
            "“{rating}” không đủ điều kiện {title}; hỏi lại nơi gửi, không tự loại.",
            "“{rating}” is too low for {title}; ask who sent it, nobody is struck off.",
        ),
        "no_initiative": _warning(
            "Đề nghị {title} nhưng chưa có sáng kiến được công nhận; hỏi lại, không tự loại.",
            "{title} is proposed without a recognised initiative; ask who sent it, nobody is struck off.",
        ),
        "not_reached": _warning(
            "Danh sách ghi là không đạt; hỏi lại nơi gửi có đề nghị không.",
            "The list says that the title was not reached; ask who sent it whether it is proposed.",
        ),
        "opinion_over": _warning(
            "“{text}”: số đồng ý nhiều hơn số được hỏi; ghi lại.",
            "“{text}”: more agreed than were asked; write it again.",
        ),
        "opinion_too_low": _warning(
            "Ý kiến đồng ý {opinion}, dưới {percent}%; hỏi lại nơi gửi, không tự loại.",
            "{opinion} agreed, less than {percent} %; ask who sent it, nobody is struck off.",
        ),
        "below_threshold": _warning(
            "{score} điểm, dưới {least} điểm theo tiêu chuẩn; hỏi lại nơi gửi, không tự loại.",
            "{score} points, less than the {least} asked for; ask who sent it, nobody is struck off.",
        ),
        # Pairs
        "duplicate": _error(
            "Trùng với hàng {row} (“{name}”): cùng tên, cùng danh hiệu và {alike}; bỏ một hàng, hoặc ghi"
            " rõ hai"
            " trường hợp khác nhau.",
            "The same as row {row} (“{name}”): same name, title and {alike}; delete one, or tell the two"
            " apart.",
        ),
        "suspect_duplicate": _error(
            "Nghi trùng hàng {row} (“{name}”): {alike}. Phải hỏi lại, không tự gộp.",
            "Perhaps the same as row {row} (“{name}”): {alike}. It must be asked, nothing is merged.",
        ),
        "near_name": _info(
            "“{name}” gần giống “{other}” ở hàng {row} nhưng khác {unlike}: hai trường hợp.",
            "“{name}” is near to “{other}” of row {row}, but for {unlike}: they are two.",
        ),
        "not_duplicate": _info(
            "“{name}” khác “{other}” ở hàng {row}: hai trường hợp, khác {unlike}.",
            "“{name}” is not “{other}” of row {row}: they are two, unlike in {unlike}.",
        ),
        # Totals
        "total_differs": _warning(
            "Tổng không khớp: {differences}; đối chiếu lại với nơi gửi.",
            "The totals differ: {differences}; compare with who sent it.",
        ),
        "statement": _info(
            "Câu ấn định ({declared}) khớp số hàng đọc được.",
            "The closing statement ({declared}) fits what was read.",
        ),
    }
)
