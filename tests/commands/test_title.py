"""`tdkt title list`: what a dossier may propose, with the ids that are typed."""

from __future__ import annotations

from tests.commands.conftest import Tdkt
from tests.workflow import shipped


def test_the_titles_are_listed_with_their_ids_and_whose_decision_they_are(tdkt: Tdkt) -> None:
    lines = tdkt("title", "list").out.splitlines()

    titles = [title.id for title in shipped.rules().titles]
    assert [line.split()[0] for line in lines[1 : len(titles) + 1]] == titles
    assert " ".join(lines[1].split()) == "ldtt Advanced worker person the commune's chair"
    assert "dot_xuat (For an outstanding deed)" in " ".join(lines[-3:])


def test_a_type_narrows_to_the_forms_that_are_given_for_it(tdkt: Tdkt) -> None:
    given = tdkt("title", "list", "--type", "Khen thưởng đột xuất", "--json").json

    assert [
        (title["title"], [way["path"] for way in title["ways"] if way["type"] == "dot_xuat"])
        for title in given
    ] == [
        ("gk", ["simplified"]),
        ("bkt", ["simplified"]),
        ("bkttg", ["council"]),
    ]
    assert tdkt("title", "list", "--type", "nothing").code == 2


def test_in_full_a_title_says_how_it_goes_its_vote_and_its_text(tdkt: Tdkt) -> None:
    full = tdkt("title", "list", "--full").out.partition("\ngdvh")[2]

    first = " ".join(full.split("\ntvh")[0].split())
    assert first.endswith(
        "by appraisal alone, published by the village before; no vote; Criteria of NĐ 86/2023; village "
        "meeting, list posted there for 10 days before; Luật 06/2022/QH15; NĐ 86/2023/NĐ-CP"
    )
