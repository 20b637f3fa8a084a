"""What click says by itself, in Vietnamese: mistakes, prompts, the fixed words of a help page.

click looks its sentences up by the name `_` in each of its modules; `speak` puts the house's own look-up
there. A test holds the sentences here against those of the click that is installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import click

HELP_OPTION = ("Show this message and exit.", "Xem hướng dẫn này.")
"""Looked up once for each command and kept, so a help page words it anew."""

MODULES = (
    click.core,
    click.exceptions,
    click.formatting,
    click.parser,
    click.termui,
    click.types,
)

VIETNAMESE = {
    "Aborted!": "Đã dừng.",
    "Commands": "Các lệnh",
    "Options": "Tùy chọn",
    "Positional arguments": "Tham số",
    "Usage:": "Cách dùng:",
    "default: {default}": "mặc định: {default}",
    "deprecated": "không nên dùng nữa",
    "env var: {var}": "biến môi trường: {var}",
    "required": "bắt buộc",
    "(dynamic)": "(tùy lúc)",
    "Error: {message}": "Lỗi: {message}",
    "Error: invalid input": "Chưa rõ trả lời; gõ y (có) hoặc n (không)",
    "Try '{command} {option}' for help.": "Xem hướng dẫn: {command} {option}",
    "Missing command.": "Thiếu lệnh.",
    "Missing argument": "Thiếu",
    "Missing option": "Thiếu tùy chọn",
    "Missing parameter": "Thiếu",
    "Missing parameter: {param_name}": "Thiếu {param_name}",
    "Missing {param_type}": "Thiếu {param_type}",
    "No such option {name!r}.": "Không có tùy chọn {name!r}.",
    "No such command {name!r}.": "Không có lệnh {name!r}.",
    "Did you mean {possibility}?": "Có phải là {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Có phải là một trong: {possibilities}?)",
    "Invalid value: {message}": "Giá trị chưa đúng: {message}",
    "Invalid value for {param_hint}: {message}": "Giá trị của {param_hint} chưa đúng: {message}",
    "Choose from:\n\t{choices}": "Chọn một trong:\n\t{choices}",
    "{value!r} is not {choice}.": "{value!r} không phải là {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} không thuộc các giá trị {choices}.",
    "{value!r} is not a valid {number_type}.": "{value!r} không phải là số hợp lệ.",
    "{value!r} is not a valid boolean. Recognized values: {states}": (
        "{value!r} không phải là có hoặc không. Các giá trị: {states}"
    ),
    "{value} is not in the range {range}.": "{value} nằm ngoài khoảng {range}.",
    "Got unexpected extra argument ({args})": "Thừa ({args})",
    "Got unexpected extra arguments ({args})": "Thừa ({args})",
    "Option {name!r} does not take a value.": "Tùy chọn {name!r} không kèm giá trị.",
    "Option {name!r} requires an argument.": "Tùy chọn {name!r} phải kèm giá trị.",
    "Option {name!r} requires {nargs} arguments.": "Tùy chọn {name!r} phải kèm {nargs} giá trị.",
    "Argument {name!r} takes {nargs} values.": "{name!r} phải có {nargs} giá trị.",
    "Takes {nargs} values but 1 was given.": "Cần {nargs} giá trị nhưng chỉ có 1.",
    "Takes {nargs} values but {len} were given.": "Cần {nargs} giá trị nhưng có {len}.",
    "{len_type} values are required, but {len_value} was given.": "Cần {len_type} giá trị, có {len_value}.",
    "{len_type} values are required, but {len_value} were given.": "Cần {len_type} giá trị, có {len_value}.",
    "Repeat for confirmation": "Nhập lại để xác nhận",
    "Error: The two entered values do not match.": "Hai lần nhập không khớp nhau.",
}

METAVARS = {
    "ACCOUNT": "TÀI_KHOẢN",
    "ACTOR": "TÀI_KHOẢN",
    "ADDRESS": "ĐỊA_CHỈ",
    "ARGS": "THAM_SỐ",
    "BODY": "ĐƠN_VỊ",
    "CHANNEL": "KÊNH",
    "CODE": "MÃ",
    "COMMAND": "LỆNH",
    "DATE": "NGÀY",
    "DAY": "NGÀY",
    "DIR": "THƯ_MỤC",
    "EVENT": "VIỆC",
    "FILE": "TỆP",
    "GROUND": "CĂN_CỨ",
    "ID": "MÃ",
    "INTEGER": "SỐ",
    "KIND": "LOẠI",
    "LINE": "TRƯỜNG_HỢP",
    "LINES": "TRƯỜNG_HỢP",
    "MONTH": "THÁNG",
    "NAME": "TÊN",
    "NEW": "MỚI",
    "NO": "STT",
    "NUMBER": "SỐ",
    "OLD": "CŨ",
    "OPTIONS": "TÙY_CHỌN",
    "OUT": "TỆP_GHI",
    "PAGE": "TRANG",
    "PAPER": "VĂN_BẢN",
    "PART": "PHẦN",
    "PATH": "ĐƯỜNG_DẪN",
    "PERCENT": "PHẦN_TRĂM",
    "PERIOD": "KỲ",
    "PORT": "CỔNG",
    "QUARTER": "QUÝ",
    "RANGE": "KHOẢNG",
    "RATING": "XẾP_LOẠI",
    "REASON": "LÝ_DO",
    "REF": "MÃ",
    "ROW": "HÀNG",
    "SEQ": "SỐ_MỤC",
    "SECONDS": "GIÂY",
    "SUM": "SỐ_TIỀN",
    "TASK": "NHIỆM_VỤ",
    "TEXT": "NỘI_DUNG",
    "TIME": "GIỜ",
    "TYPE": "LOẠI_HÌNH",
    "VALUE": "GIÁ_TRỊ",
    "VERSION": "PHIÊN_BẢN",
    "WHO": "AI",
    "WORDS": "TỪ_CẦN_TÌM",
    "YEAR": "NĂM",
}
"""What stands for a value in usage lines and beside options."""


def metavars(text: str) -> str:
    """The text with its words for values in Vietnamese; what is no such word stays."""
    return re.sub(r"[A-Z]{2,}", lambda word: METAVARS.get(word[0], word[0]), text)


def speak(vietnamese: Callable[[], bool]) -> None:
    """From now on click says what it says in the reader's language, asked anew for each sentence."""

    def said(sentence: str) -> str:
        return VIETNAMESE.get(sentence, sentence) if vietnamese() else sentence

    def counted(one: str, many: str, n: int) -> str:
        return said(one if n == 1 else many)

    for module in MODULES:
        for name, words in (("_", said), ("ngettext", counted)):
            if hasattr(module, name):
                setattr(module, name, words)
