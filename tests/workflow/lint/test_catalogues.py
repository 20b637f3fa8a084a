"""Each rule on catalogues finds its flaw, at its place."""

import pytest

from tests.workflow.lint.samples import MESSAGES, ROLES
from workflow.lint.catalogues import lint_messages
from workflow.lint.findings import Finding
from workflow.lint.linting import lint
from workflow.model.definition import Notice


def test_a_notice_with_a_value_that_nobody_gives_is_found() -> None:
    notice = Notice("Hồ sơ {ref} {so_den}", "Ngày {ngay_den}, số {so_den|chưa có}, hạn {han}, hạn {han}")
    asked = MESSAGES._replace(notices={"received": notice, "reminder": notice})

    assert lint_messages(asked) == (
        Finding(
            "error",
            "value_nobody_gives",
            ("notices", "received", "subject"),
            "nobody gives {so_den}: write {so_den|what is said without it}",
        ),
        Finding(
            "error",
            "value_nobody_gives",
            ("notices", "received", "text"),
            "nobody gives {han}: write {han|what is said without it}",
        ),
    )
    assert lint(asked, roles=ROLES) == lint_messages(asked)


@pytest.mark.parametrize("kind", ["chase", "chase_late"])
def test_a_chase_with_a_value_that_nobody_gives_is_found(kind: str) -> None:
    notice = Notice("Hạn {han}, quá {tre} ngày", "Thực hiện {ten_huong_dan}: {don_vi}, {giay_to}")

    assert lint_messages(MESSAGES._replace(notices={kind: notice})) == (
        Finding(
            "error",
            "value_nobody_gives",
            ("notices", kind, "text"),
            "nobody gives {giay_to}: write {giay_to|what is said without it}",
        ),
    )
