"""Nothing is found in definitions without flaws, nor in those that are shipped."""

from tests.workflow.documents import SHIPPED
from tests.workflow.lint.samples import DEFINITIONS, OFFICE, ROLES, around
from workflow.files.parsing import parse
from workflow.lint.linting import lint
from workflow.lint.offices import lint_office
from workflow.lint.registries import roles_of_relations
from workflow.model import roles
from workflow.model.definition import Office


def test_definitions_without_flaws_have_no_findings() -> None:
    findings = [finding for definition in DEFINITIONS for finding in lint(definition, roles=ROLES)]

    assert findings == []
    assert around(OFFICE) == ()


def test_the_shipped_definitions_have_no_findings() -> None:
    parsed = [parse(path.read_text(encoding="utf-8"), path=str(path)) for path in SHIPPED]
    definitions = [file.definition for file in parsed if file.definition is not None]
    offices = [definition for definition in definitions if isinstance(definition, Office)]

    alone = [finding for definition in definitions for finding in lint(definition, roles=roles.ROLES)]
    together = [
        finding
        for office in offices
        for finding in lint_office(office, definitions=definitions, relations=roles_of_relations())
    ]

    assert len(offices) == 1
    assert alone == []
    assert together == []
