"""Which path a dossier goes by its title, type and ground: each row of the office's table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.workflow.shipped import rules
from workflow.files.compiled import from_json, to_json
from workflow.model.definition import RulePack
from workflow.model.dossiers import Dossier
from workflow.model.ways import Way, way_of

ALL_TYPES = tuple(type.id for type in rules().types)

COUNCIL = [
    *(("gk", type) for type in ("cong_trang", "phong_trao")),
    *((title, "") for title in ("ldtt", "ttldtt", "cstdcs", "tvh")),
    *((title, "") for title in ("cstdt", "ttldxs", "cott", "xptb", "cstdtq", "cotcp")),
    *(("bkt", type) for type in ("cong_trang", "phong_trao")),
    *(("bkttg", type) for type in ALL_TYPES),
]
SIMPLIFIED = [
    ("gk", "dot_xuat", "dot_xuat"),
    ("gk", "doi_ngoai", "cong_hien"),
    ("gk", "phong_trao", "nhiem_vu_chinh_tri"),
    ("gk", "phong_trao", "phat_hien"),
    ("bkt", "dot_xuat", "dot_xuat"),
    *(("bkt", type, "cong_hien") for type in ("cong_hien", "nien_han", "doi_ngoai")),
]
NOT_GIVEN = [("gk", "cong_hien"), ("gk", "nien_han")]


def way(title: str, type: str, ground: str | None = None) -> Way | None:
    return rules().way(title, type, ground)


@pytest.mark.parametrize(("title", "type"), COUNCIL)
def test_the_council_votes_on_it(title: str, type: str) -> None:
    found, named = way(title, type), rules().title(title)

    assert found is not None
    assert found.path == "council"
    assert named is not None
    assert named.vote is not None


@pytest.mark.parametrize(("title", "type", "ground"), SIMPLIFIED)
def test_on_a_ground_of_article_85_it_goes_by_the_simplified_path(title: str, type: str, ground: str) -> None:
    found = way(title, type, ground)

    assert found is not None
    assert found.path == "simplified"


def test_a_cultured_family_is_appraised_after_the_villages_publication() -> None:
    found = way("gdvh", "")

    assert found is not None
    assert (found.path, found.published, found.conf) == ("appraisal", "village", "H")


def test_a_cultured_village_is_published_by_the_commune_after_the_council() -> None:
    found = way("tvh", "")

    assert found is not None
    assert (found.path, found.published, found.conf) == ("council", "commune", "H")


@pytest.mark.parametrize(("title", "type"), NOT_GIVEN)
def test_a_form_is_not_given_for_a_type_that_the_pack_does_not_name(title: str, type: str) -> None:
    assert way(title, type) is None


def test_every_title_type_and_ground_has_one_way_or_none_and_the_table_is_whole() -> None:
    known = {**dict.fromkeys(COUNCIL, "council"), ("gdvh", ""): "appraisal"}
    on_ground = {(title, type, ground) for title, type, ground in SIMPLIFIED}
    alone = {
        (title, type)
        for title, type, _ in SIMPLIFIED
        if (found := way(title, type)) and found.path == "simplified"
    }

    for title in rules().titles:
        for type in ALL_TYPES if title.form else ("",):
            found = title.way(type)
            expected = "simplified" if (title.id, type) in alone else known.get((title.id, type))
            assert (found.path if found else None) == expected, (title.id, type)
            for ground in rules().grounds:
                on = title.way(type, ground.id)
                expected = "simplified" if (title.id, type, ground.id) in on_ground else None
                assert (on.path if on else None) == expected, (title.id, type, ground.id)


def test_no_way_rests_on_a_state_secret() -> None:
    secret = rules().ground("bi_mat")

    assert secret is not None
    assert secret.refused is not None
    assert [
        title.id for title in rules().titles for way in title.ways.values() if "bi_mat" in way.grounds
    ] == []


def test_titles_of_the_army_and_the_police_are_known_and_refused() -> None:
    assert [(other.id, other.refused.vi) for other in rules().other_chains] == [
        (id, "Thuộc hệ thống khen thưởng của Quân đội, Công an") for id in ("cstt", "dvtt", "dvqt")
    ]


def test_the_titles_of_a_year_come_from_who_keeps_the_payroll_and_forms_do_not() -> None:
    assert [title.id for title in rules().titles if not title.annual] == ["gk", "gdvh", "tvh", "bkt", "bkttg"]
    assert [title.id for title in rules().titles if title.form] == ["gk", "bkt", "bkttg"]


def older() -> RulePack:
    """A pack as it was kept before there were ways."""
    text = to_json(replace(rules(), titles=tuple(replace(title, ways={}) for title in rules().titles)))
    pack = from_json(text.replace('"ways":{},', ""))
    assert isinstance(pack, RulePack)
    return pack


@pytest.mark.parametrize(("title", "path"), [("ldtt", "council"), ("gk", "council"), ("gdvh", "appraisal")])
@pytest.mark.parametrize("type", ["", *ALL_TYPES])
def test_a_pack_without_ways_goes_by_the_vote_whatever_the_type(title: str, path: str, type: str) -> None:
    found = older().way(title, type)

    assert found is not None
    assert found.path == path


@pytest.mark.parametrize(
    ("dossier", "path", "published"),
    [
        (Dossier("thon-1", "", "tvh"), "council", "commune"),
        (Dossier("thon-1", "", "gdvh"), "appraisal", "village"),
        (Dossier("thon-1", "phong_trao", "gk"), "council", "none"),
        (Dossier("thon-1", "phong_trao", "gk", ground="phat_hien"), "simplified", "none"),
        (Dossier("thon-1", "dot_xuat", "gk", path="council"), "council", "none"),
        (Dossier("thon-1", "nien_han", "gk"), "council", "none"),
    ],
)
def test_a_dossier_goes_its_titles_way_and_its_own_path_once_that_is_fixed(
    dossier: Dossier, path: str, published: str
) -> None:
    found = way_of(dossier, rules())

    assert (found.path, found.published) == (path, published)
