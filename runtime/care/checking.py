"""Checks definition files with the parser and the linter: each by itself, an office with all that it names.

What is wrong is a value with its file and line. Nothing is written; `runtime.acts.definitions` adopts files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from runtime.acts.acting import Acting
from runtime.acts.definitions import AT_ONCE, kind_of, powers
from runtime.care.templates import faults_of
from runtime.office.seeds import read_definition
from runtime.views.editions import Edition
from storage.offices import StoredDefinition
from workflow.files.parsing import Parsed, parse
from workflow.lint.comparing import Change, Powers, changes
from workflow.lint.findings import Finding
from workflow.lint.linting import lint
from workflow.lint.offices import lint_office
from workflow.lint.registries import roles_of_relations, vocabulary
from workflow.model.definition import Definition, Machine, Office, RulePack
from workflow.model.errors import TdktError
from workflow.model.plan import Severity
from workflow.model.printed import PaperTemplate
from workflow.model.roles import ROLES


class EditedRelease(TdktError):
    """{gia_tri} is in use and is never edited. Write version: {so} in the file, then adopt it."""

    code = "definition_edited"


class EditedTemplate(EditedRelease):
    """{gia_tri} is in use and is never edited. Save the file as {tep}-{so}.docx, then adopt it."""

    code = "template_edited"


class OtherOffice(TdktError):
    """This is the office '{gia_tri}', not {noi}; write name: {noi}, or found it with `tdkt init --office`."""

    code = "definition_other_office"


@dataclass(frozen=True, slots=True)
class FileRemark:
    """What is wrong or unwise on one line of a file; `rule` is the linter's, None for a parser's mistake."""

    path: str
    line: int
    severity: Severity
    rule: str | None
    message: str


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A definition file that was read; `path` names it in messages."""

    path: str
    parsed: Parsed


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that might be adopted, with the remarks on it and the version that it would follow.

    `stands`: the very same file was adopted already. `before` is the source of the newest version that the
    office has; `newer` its number, where it is newer than the file's, which then does not come into force.
    `named`: the office names this definition. `changes` are those of somebody's rights.
    """

    file: ReadFile
    remarks: tuple[FileRemark, ...]
    kind: str
    stands: bool
    before: str | None
    newer: int | None
    named: bool
    changes: tuple[Change, ...] = ()

    @property
    def definition(self) -> Definition:
        assert self.file.parsed.definition is not None
        return self.file.parsed.definition

    @property
    def title(self) -> str:
        return f"{self.kind}/{self.definition.name}/{self.definition.version}"

    @property
    def in_force(self) -> bool:
        return self.newer is None and self.named

    @property
    def needs_agreement(self) -> bool:
        """Whether somebody else must agree: to every machine and rule pack, for items may be moved to any of
        them, and to an office's file that changes a right, a vote or who holds one."""
        return not self.stands and self.kind not in AT_ONCE and (self.kind != "office" or bool(self.changes))


def read_file(path: Path) -> ReadFile:
    return ReadFile(str(path), read_definition(path))


def read_edition(edition: Edition) -> ReadFile:
    """An edition as a file: its own, or what the database stores, under the edition's title."""
    if edition.path is not None:
        return read_file(edition.path)
    return ReadFile(edition.title, parse(edition.source, path=edition.title, vocabulary=vocabulary()))


def remarks(files: Iterable[ReadFile]) -> tuple[FileRemark, ...]:
    """What the parser and the linter say of each file by itself, in the files' order and by line."""
    return tuple(remark for file in files for remark in _remarks(file))


def _remarks(file: ReadFile) -> list[FileRemark]:
    definition = file.parsed.definition
    if definition is None:
        mistakes = file.parsed.mistakes
        return [FileRemark(at.path, at.line, "error", None, at.message) for at in mistakes]
    if isinstance(definition, PaperTemplate):
        return [
            FileRemark(file.path, fault.paragraph, "error", "paper_template", fault.said)
            for fault in faults_of(definition)
        ]
    return _placed(file, lint(definition, roles=ROLES))


def _placed(file: ReadFile, findings: Iterable[Finding]) -> list[FileRemark]:
    placed = [
        FileRemark(file.path, file.parsed.line(found.where), found.severity, found.rule, found.message)
        for found in findings
    ]
    return sorted(placed, key=lambda remark: remark.line)


def office_remarks(office: ReadFile, definitions: Sequence[Definition]) -> tuple[FileRemark, ...]:
    """What the linter says of an office together with what it names; nothing where the file has mistakes."""
    definition = office.parsed.definition
    if not isinstance(definition, Office):
        return ()
    found = lint_office(definition, definitions=definitions, relations=roles_of_relations())
    return tuple(_placed(office, found))


def sound(remarks: Iterable[FileRemark]) -> bool:
    """Whether no remark is an error."""
    return all(remark.severity != "error" for remark in remarks)


def read_stored(stored: StoredDefinition) -> ReadFile:
    """A definition that the database keeps, or that waits there, as a file."""
    title = f"{stored.kind}/{stored.name}/{stored.version}"
    return ReadFile(title, parse(stored.source, path=title, vocabulary=vocabulary()))


def examine(acting: Acting, file: ReadFile) -> Examined | tuple[FileRemark, ...]:
    """The file with all that adopting it would come to, or the mistakes for which it cannot be read.

    Raises EditedRelease, OtherOffice.
    """
    definition = file.parsed.definition
    if definition is None:
        return remarks([file])
    kind = kind_of(definition)
    if kind == "office" and definition.name != acting.directory.name:
        raise OtherOffice(gia_tri=definition.name, noi=acting.directory.name)
    stands = _stands(acting, kind, definition, file.parsed.digest)
    before = acting.definitions.get((kind, definition.name))
    newer = before.version if before and before.version > definition.version else None
    office, others = _with(acting, kind, file, replacing=newer is None)
    assert isinstance(office.parsed.definition, Office)
    # An office names no templates: every kind of paper has one.
    named = kind == "paper" or (kind, definition.name) in named_by(office.parsed.definition)
    return Examined(
        file=file,
        remarks=(*remarks([file]), *office_remarks(office, others)),
        kind=kind,
        stands=stands,
        before=before.source if before else None,
        newer=newer,
        named=named,
        changes=_changes(acting, office.parsed.definition, others) if named and newer is None else (),
    )


def _changes(acting: Acting, office: Office, definitions: Sequence[Definition]) -> tuple[Change, ...]:
    """What the office's rights would be otherwise, run by these definitions; none where they lack a name."""
    machines = [each for each in definitions if isinstance(each, Machine) and each.name in office.runs]
    named = {each.name: each for each in definitions if isinstance(each, RulePack)}
    packs = tuple(named[name] for name in office.packs if name in named)
    before = powers(acting)
    after = Powers(office, tuple(machines), packs or before.packs)
    return changes(before, after, relations=roles_of_relations())


def _stands(acting: Acting, kind: str, definition: Definition, digest: str) -> bool:
    """Whether this version is adopted already, with the same text. Raises EditedRelease for another text."""
    versions = {
        stored.version: stored.digest
        for stored in acting.stored_definitions
        if (stored.kind, stored.name) == (kind, definition.name)
    }
    standing = versions.get(definition.version)
    if standing is not None and standing != digest:
        title = f"{kind}/{definition.name}/{definition.version}"
        if kind == "paper":
            raise EditedTemplate(gia_tri=title, so=max(versions) + 1, tep=definition.name)
        raise EditedRelease(gia_tri=title, so=max(versions) + 1)
    return standing is not None


def _with(acting: Acting, kind: str, file: ReadFile, *, replacing: bool) -> tuple[ReadFile, list[Definition]]:
    """The office's file and its newest definitions as they would be after the adoption.

    Not `replacing`: a newer version is in force, and this one changes nothing.
    """
    adopted = file.parsed.definition
    assert adopted is not None
    others = [
        acting.definition(*key) for key in acting.definitions if not replacing or key != (kind, adopted.name)
    ]
    others += [adopted] if replacing else []
    if kind == "office" and replacing:
        return file, others
    stored = acting.definitions["office", acting.directory.name]
    title = f"office/{stored.name}/{stored.version}"
    return ReadFile(title, parse(stored.source, path=title)), others


def named_by(office: Office) -> frozenset[tuple[str, str]]:
    """Kind and name of everything that the office runs, itself included."""
    return frozenset(
        {
            ("office", office.name),
            *(("machine", name) for name in office.runs),
            *(("calendar", name) for name in office.calendars),
            ("policy", office.policy),
            *(("rules", name) for name in office.packs),
            ("messages", office.messages),
        }
    )
