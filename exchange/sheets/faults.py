"""Why a workbook is not read, worded in the two languages of the command line, each with its cure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflow.model.definition import Text


class Unreadable(ValueError):
    """A file that is not read as a workbook; `cause` names its sentence in `SENTENCES`."""

    def __init__(self, cause: str, **operands: object) -> None:
        super().__init__(SENTENCES[cause].en.format(**operands))
        self.cause = cause
        self.operands = operands

    def said(self, language: str) -> str:
        sentence: str = getattr(SENTENCES[self.cause], language)
        return sentence.format(**self.operands)


SENTENCES: Mapping[str, Text] = MappingProxyType(
    {
        # What it is instead
        "empty": Text(
            "Tệp trống; chọn tệp có bảng.", "The file is empty; choose the one that holds the table."
        ),
        "password": Text(
            "Bảng tính đặt mật khẩu; mở bằng Excel, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ) rồi lưu lại.",
            "The workbook has a password; open it in Excel, remove it (File > Info > Protect) and save.",
        ),
        "html": Text(
            "Đây là trang web đặt tên như bảng tính; mở bằng Excel rồi lưu thành .xlsx.",
            "This is a web page under a workbook's name; open it in Excel and save it as .xlsx.",
        ),
        "xml": Text(
            "Đây là bảng tính XML kiểu cũ; mở bằng Excel rồi lưu thành .xlsx.",
            "This is an old XML spreadsheet; open it in Excel and save it as .xlsx.",
        ),
        "xlsb": Text(
            "Đây là bảng tính nhị phân (.xlsb); mở bằng Excel rồi lưu thành .xlsx.",
            "This is a binary workbook (.xlsb); open it in Excel and save it as .xlsx.",
        ),
        "word": Text(
            "Đây là tệp Word, không phải bảng tính; chép bảng sang Excel rồi lưu thành .xlsx.",
            "This is a Word document and no workbook; copy its table into Excel and save it as .xlsx.",
        ),
        "pdf": Text(
            "Đây là tệp PDF; dùng bảng tính (.xlsx) gốc của tệp này.",
            "This is a PDF; use the workbook (.xlsx) that it was made from.",
        ),
        "picture": Text(
            "Đây là ảnh; dùng bảng tính (.xlsx) gốc, hoặc gõ lại bảng vào Excel.",
            "This is a picture; use the workbook (.xlsx) itself, or type the table into Excel.",
        ),
        "no_workbook": Text(
            "Đây không phải bảng tính; chọn tệp .xlsx, .xlsm, .xls, .ods hoặc .csv.",
            "This is no workbook; choose an .xlsx, .xlsm, .xls, .ods or .csv.",
        ),
        "broken": Text(
            "Bảng tính bị hỏng; mở bằng Excel, lưu thành một tệp .xlsx mới rồi thực hiện lại.",
            "The workbook is damaged; open it in Excel, save it as a new .xlsx, then repeat.",
        ),
        "broken_text": Text(
            "Tệp Word bị hỏng; mở bằng Word, lưu thành một tệp .docx mới rồi thực hiện lại.",
            "The Word file is damaged; open it in Word, save it as a new .docx, then repeat.",
        ),
        "encoding": Text(
            "Dòng {line} của tệp không phải chữ UTF-8; lưu lại thành “CSV UTF-8” hoặc .xlsx.",
            "Line {line} of the file is no UTF-8; save it as “CSV UTF-8” or as .xlsx.",
        ),
        # More than is read
        "too_large": Text(
            "Tệp lớn hơn {limit} MB; chỉ lưu riêng bảng cần dùng vào một tệp mới.",
            "The file is larger than {limit} MB; save the table that is needed alone in a new file.",
        ),
        "bomb": Text(
            "Bảng tính mở ra lớn hơn {limit} MB; chép riêng bảng cần dùng sang một tệp .xlsx mới.",
            "The workbook unpacks to more than {limit} MB; copy the table that is needed to a new .xlsx.",
        ),
        "bomb_text": Text(
            "Tệp Word mở ra lớn hơn {limit} MB; bỏ hình ảnh, chỉ lưu riêng bảng cần dùng thành .docx mới.",
            "The Word file unpacks to more than {limit} MB; save the table that is needed alone, without"
            " pictures.",
        ),
        "beyond_text": Text(
            "Tệp Word dài hơn mức được đọc ({limit}); chỉ lưu riêng bảng cần dùng thành một tệp .docx mới.",
            "The Word file is longer than is read ({limit}); save the table that is needed alone as a new"
            " .docx.",
        ),
        "beyond": Text(
            "Trang “{sheet}” có dữ liệu ở ô {cell}; chỉ đọc {rows} hàng và {columns} cột đầu: xóa ô đó,"
            " hoặc tách bảng thành nhiều tệp.",
            "Sheet “{sheet}” has content in {cell}; only the first {rows} rows and {columns} columns are"
            " read: clear that cell, or split the table into several files.",
        ),
        "too_many_cells": Text(
            "Trang “{sheet}” có hơn {limit} ô có dữ liệu; tách bảng thành nhiều tệp.",
            "Sheet “{sheet}” has more than {limit} cells with content; split the table into several files.",
        ),
    }
)
