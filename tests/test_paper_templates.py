"""The Word templates that are shipped: written by `tests.paper_templates`, and each without a fault."""

from __future__ import annotations

import pytest

from runtime.care.checking import read_file, remarks
from runtime.office.seeds import seeds, shipped_directory
from runtime.views.papers.kinds import RECORDS
from tests.paper_templates.shipped import TEMPLATES


def test_every_kind_of_paper_has_its_template() -> None:
    assert set(TEMPLATES) == set(RECORDS)
    assert {seed.name for seed in seeds(None) if seed.kind == "paper"} == set(RECORDS)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_what_is_shipped_is_what_is_written(kind: str) -> None:
    """After a change of `tests/paper_templates`: `python -m tests.paper_templates`."""
    assert (shipped_directory() / "papers" / kind / "1.docx").read_bytes() == TEMPLATES[kind]()


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_shipped_template_has_no_fault(kind: str) -> None:
    assert remarks([read_file(shipped_directory() / "papers" / kind / "1.docx")]) == ()
