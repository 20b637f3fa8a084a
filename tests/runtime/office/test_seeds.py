"""The shipped words stand in for what an office's own catalogue lacks, and are read only then."""

from __future__ import annotations

import pytest

from runtime.office import seeds
from runtime.office.seeds import completed, shipped_digest, shipped_messages
from workflow.model.definition import Catalogue, Notice, Text


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes each time that the shipped catalogue is parsed."""
    noted: list[str] = []
    real = seeds.shipped_messages

    def parsed() -> Catalogue:
        noted.append("read")
        return real()

    monkeypatch.setattr(seeds, "shipped_messages", parsed)
    return noted


def older() -> Catalogue:
    """A catalogue from before terms, with a wording of the office's own."""
    shipped = shipped_messages()
    words = {key: text for key, text in shipped.words.items() if not key.startswith("notice.about_")}
    notices = {key: text for key, text in shipped.notices.items() if not key.startswith("term.")}
    own = Text("Đôn đốc", "Urge")
    return shipped._replace(words={**words, "notice_kind.reminder": own}, notices=notices)


def test_what_came_later_is_the_packages_and_what_the_office_says_stays(reads: list[str]) -> None:
    catalogue = completed(older(), digest="of an older file")

    assert catalogue.words["notice_kind.reminder"] == Text("Đôn đốc", "Urge")
    assert reads == []
    assert isinstance(catalogue.notices["term.reminder"], Notice)
    assert "notice.about_dossier" in catalogue.words
    assert reads == ["read", "read"]


def test_the_very_same_file_is_never_read_again(reads: list[str]) -> None:
    catalogue = completed(shipped_messages(), digest=shipped_digest())

    assert catalogue.notices.get("superior.escalation.head") is None
    with pytest.raises(KeyError):
        catalogue.words["no.such.key"]
    assert reads == []
