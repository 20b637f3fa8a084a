"""The shipped words stand in for what an office's own catalogue lacks, and are read only then."""

from __future__ import annotations

import pytest

from runtime.office import seeds
from runtime.office.looking import Looking
from runtime.office.opened import OpenedOffice
from runtime.office.seeds import completed, shipped_digest, shipped_messages
from runtime.office.settings import Options
from tests.conftest import Sandbox
from workflow.model.definition import Catalogue, Notice, Text


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes each time that the shipped catalogue is parsed."""
    seeds.later_words.cache_clear()  # a program keeps it for as long as it runs
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


@pytest.mark.parametrize("opened", [Looking, OpenedOffice])
def test_a_word_that_nobody_knows_is_not_looked_for_in_the_very_same_file(
    opened: type[Looking | OpenedOffice], sandbox: Sandbox, reads: list[str]
) -> None:
    """Nearly every command asks for some; reading the file took longer than all the rest of it."""
    with opened(Options(db=sandbox("sqlite", "2026-01-05T08:00")), {}) as office:
        assert not office.words.has("undo.no_such_event")

        assert reads == []


@pytest.mark.parametrize("opened", [Looking, OpenedOffice])
def test_a_word_that_came_later_is_read_from_the_package(
    opened: type[Looking | OpenedOffice],
    sandbox: Sandbox,
    reads: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(seeds, "shipped_digest", lambda: "of a newer file")
    with opened(Options(db=sandbox("sqlite", "2026-01-05T08:00")), {}) as office:
        assert not office.words.has("undo.no_such_event")

        assert reads == ["read"]
