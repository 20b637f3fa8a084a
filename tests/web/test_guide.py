"""The page for the other PCs: every step in both languages, with the fingerprints that are compared."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html

from runtime.office.sentences import shipped_words
from web.certificates import Certificates, certificates_of
from web.guide import PARTS, guide_values
from web.rendering import rendered

ADDRESS = "https://vp-ubnd:8010/"


@pytest.fixture
def certificates(tmp_path: Path) -> Certificates:
    return certificates_of(tmp_path, ["vp-ubnd"], office="UBND xã <b>Diềm He</b>", now=datetime.now(UTC))


def page(certificates: Certificates, language: str) -> html.HtmlElement:
    values = guide_values(certificates, address=ADDRESS, words=shipped_words(language))
    return html.document_fromstring(rendered("guide", values))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_step_is_said_in_the_readers_language(certificates: Certificates, language: str) -> None:
    shown = page(certificates, language)

    steps = [step.text_content() for step in shown.iter("li")]
    assert shown.get("lang") == language
    assert len(steps) == len(set(steps)) == 2 + sum(map(len, PARTS.values()))
    assert not [step for step in steps if step.startswith("guide.") or "{" in step]
    assert [heading.text_content() for heading in shown.iter("h1")] == [shown.findtext(".//title")]


def test_the_two_languages_share_no_sentence(certificates: Certificates) -> None:
    first, second = (
        {step.text_content() for step in page(certificates, each).iter("li")} for each in ("vi", "en")
    )

    assert first.isdisjoint(second)


def test_both_fingerprints_the_file_and_the_address_are_shown(certificates: Certificates) -> None:
    shown = page(certificates, "vi")

    assert [code.text_content() for code in shown.iter("code")] == [
        certificates.fingerprint("sha256"),
        certificates.fingerprint("sha1"),
    ]
    assert [link.get("href") for link in shown.iter("a")] == ["/tdkt.cer", ADDRESS]
    assert "UBND xã <b>Diềm He</b>" in shown.text_content()
