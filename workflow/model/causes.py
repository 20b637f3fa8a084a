"""Why the system does not read or write a file, as part of a sentence: what it says itself is English."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from types import MappingProxyType

from workflow.model.text import Phrase

NO_TEXT = Phrase("không phải văn bản UTF-8", "it is no UTF-8 text")

IN_VIETNAMESE: Mapping[int | None, str] = MappingProxyType(
    {
        errno.ENOENT: "không có tệp hoặc thư mục này",
        errno.EACCES: "không có quyền truy cập",
        errno.EPERM: "không được phép thực hiện",
        errno.EISDIR: "đây là thư mục, không phải tệp",
        errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
        errno.EEXIST: "đã có tệp này",
        errno.ENAMETOOLONG: "tên tệp quá dài",
        errno.ELOOP: "liên kết trỏ vòng",
        errno.EINVAL: "tên tệp không hợp lệ",
        errno.ENOSPC: "ổ đĩa đã đầy",
        errno.EDQUOT: "đã hết dung lượng được cấp",
        errno.EFBIG: "tệp quá lớn",
        errno.EROFS: "ổ đĩa chỉ cho đọc",
        errno.EIO: "ổ đĩa bị lỗi đọc, ghi",
        errno.EBUSY: "tệp đang được dùng",
        errno.EMFILE: "đang mở quá nhiều tệp",
        errno.EADDRINUSE: "cổng đang được dùng",
        errno.EADDRNOTAVAIL: "địa chỉ không phải của máy này",
    }
)
"""By the number that the system gives."""


def cause_of(error: OSError | ValueError) -> Phrase:
    """What the system says; of a name with a null byte, which is a ValueError, that it is no name."""
    if not isinstance(error, OSError):
        return Phrase(IN_VIETNAMESE[errno.EINVAL], str(error))
    said = error.strerror or str(error) or type(error).__name__
    return Phrase(IN_VIETNAMESE.get(error.errno, said), said)
