"""Errors as the console tells them: a sentence with its cure, and the status that fits."""

from __future__ import annotations

from http import HTTPStatus

from runtime.office.sentences import bounded, sentence, shipped_words
from runtime.office.words import Words
from workflow.model.errors import TdktError

STATUS = {
    1: HTTPStatus.UNPROCESSABLE_ENTITY,
    2: HTTPStatus.BAD_REQUEST,
    3: HTTPStatus.CONFLICT,
    4: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""By the exit code that the command line would end with."""
OWN = {
    "not_for_you": HTTPStatus.FORBIDDEN,
    "not_permitted": HTTPStatus.FORBIDDEN,
    "unknown_ref": HTTPStatus.NOT_FOUND,
    "no_such_page": HTTPStatus.NOT_FOUND,
    "no_receipt": HTTPStatus.NOT_FOUND,
    "no_room": HTTPStatus.INSUFFICIENT_STORAGE,
    "other_host": HTTPStatus.MISDIRECTED_REQUEST,
    "other_page": HTTPStatus.FORBIDDEN,
    "sent_too_slowly": HTTPStatus.REQUEST_TIMEOUT,
    "too_much_sent": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "locked": HTTPStatus.SERVICE_UNAVAILABLE,
    "console_busy": HTTPStatus.SERVICE_UNAVAILABLE,
}


def failed(error: TdktError) -> int:
    """The status of the page that tells the error."""
    return OWN.get(error.code) or STATUS.get(error.exit_code, HTTPStatus.INTERNAL_SERVER_ERROR)


def told(error: TdktError | None, words: Words | None) -> str:
    """The error in words; of what nobody expected only that the program failed."""
    if error is None:
        return words("web.failed") if words else FAILED
    return bounded(sentence(error, words or shipped_words(error.language or "vi").in_console()))


FAILED = (
    "Phần mềm gặp lỗi ngoài dự kiến; việc vừa yêu cầu chưa được ghi. Hãy thử lại, hoặc báo người quản trị."
)
"""Where no catalogue can be opened."""
