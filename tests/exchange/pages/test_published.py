"""The published pages: every word escaped, none able to turn a line round, no script, nothing fetched."""

from __future__ import annotations

from exchange.pages.published import PublicDecision, PublicLine, PublicLog, PublicSite, PublicYear, files
from runtime.views.published import FIXED
from tests.exchange.pages.test_board import Seen

TURNING = "\u202emẫu\u2066"
HOSTILE = "\"><img src=x onerror='alert(1)'>{{ 7*7 }}</bdi>"
ARABIC = "محمد"
DECISION = PublicDecision(
    number=HOSTILE,
    day="05/01/2026",
    title=HOSTILE,
    about=HOSTILE,
    counted="03 cá nhân",
    state=HOSTILE,
    file="quyet-dinh-2026-q01.html",
    until="04/02/2026",
    lines=tuple(
        PublicLine(str(no), name, HOSTILE, HOSTILE) for no, name in enumerate((HOSTILE, TURNING, ARABIC), 1)
    ),
    notes=(HOSTILE,),
)
SITE = PublicSite(
    id="diem-he",
    office=HOSTILE,
    title=HOSTILE,
    language="vi",
    mark=HOSTILE,
    recorded=HOSTILE,
    recorded_at=None,
    remarks=HOSTILE,
    years=(PublicYear(HOSTILE, (DECISION,)),),
    plans=(),
    logs=(PublicLog(2026, 3, "ab" * 32),),
    said=dict.fromkeys(FIXED, HOSTILE),
)


def test_no_word_becomes_an_element_or_an_attribute() -> None:
    made = {name: content.decode() for name, content in files(SITE).items() if name.endswith(".html")}

    assert sorted(made) == ["index.html", "nhat-ky.html", "quyet-dinh-2026-q01.html"]
    for page in made.values():
        seen = Seen(page)
        assert {"img", "script", "style", "iframe"} & {*seen.tags} == set()
        assert [name for name, _value in seen.attributes if name.startswith("on") or name == "src"] == []
        leads = {value for name, value in seen.attributes if name == "href" and value != "#main"}
        assert leads <= {*files(SITE)}
        assert "{{ 7*7 }}" in page


def test_a_name_that_turns_the_line_round_is_taken_apart_and_one_of_another_script_stands_alone() -> None:
    page = files(SITE)["quyet-dinh-2026-q01.html"].decode()

    assert "\u202e" not in page
    assert "<bdi>\ufffdmẫu\ufffd</bdi>" in page
    assert f"<bdi>{ARABIC}</bdi>" in page


def test_the_index_is_the_last_of_the_files() -> None:
    assert [*files(SITE)][-1] == "index.html"
