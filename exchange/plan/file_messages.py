"""Why a plan's file is not read, and what of it is left out, in the two languages of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflow.model.definition import Text

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
    }
)
