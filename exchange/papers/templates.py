"""Checking a Word template before anything is made of it: the paragraph of a broken or an unknown field,
and what its paper has to say. Nothing is filled here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin, get_type_hints

from exchange.papers.blocks import Blocks
from exchange.papers.package import NotWord, unpacked
from exchange.papers.word import PARAGRAPH, tree
from exchange.plan.word.names import w
from workflow.files.telling import told
from workflow.model.wording import shorten

if TYPE_CHECKING:
    from jinja2.nodes import Node

OF_WORD = re.compile(r"(\{[%{])(?:p|tr|tc|r) ")
"""What takes its whole paragraph, row, cell or run away, as docxtpl reads it."""
QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
"""Word makes typographic quotes of those that somebody types into a field."""
MARK = "mark"
"""What every template may say: that the paper is no issued one."""
SHOWN = 40


class TemplateFault(NamedTuple):
    """What is wrong in one paragraph, counted from 1 through the text and then the headers."""

    paragraph: int
    said: str


class Field(NamedTuple):
    """What a template may ask for: `rows[].name` is of each of several rows. `kind`: text, number, yes,
    several, part, blocks."""

    path: str
    kind: str


def template_faults(content: bytes, record: type) -> list[TemplateFault]:
    """Everything that is wrong with a template of papers whose facts are such a record."""
    from jinja2 import Environment, TemplateSyntaxError

    try:
        paragraphs = _paragraphs(unpacked(content))
    except (NotWord, SyntaxError):  # lxml's errors are syntax errors
        return [TemplateFault(1, told("this is no Word file (.docx); save it as one in Word"))]
    environment = Environment(autoescape=True)
    try:
        parsed = environment.parse("\n".join(paragraphs))
    except TemplateSyntaxError as error:
        return [_fault(paragraphs, error.lineno, told("the field is broken: {why}", why=error.message or ""))]
    scope = {**get_type_hints(record), **_properties(record), MARK: str}
    walked = _Walk(environment.filters, environment.tests)
    walked.visit(parsed, scope)
    taken_in = _taken_in(_paragraphs(unpacked(content), typed=True), record)
    return [_fault(paragraphs, line, said) for line, said in (*walked.found, *taken_in)]


def _taken_in(paragraphs: list[str], record: type) -> Iterator[tuple[int, str]]:
    """Blocks are no words of a paragraph: they stand in its place."""
    names = [name for name, made in get_type_hints(record).items() if made is Blocks]
    for line, text in enumerate(paragraphs, 1):
        for name in names:
            if re.search(rf"\{{\{{[^{{}}]*\b{name}\b", text) and text.strip() != f"{{{{p {name} }}}}":
                said = "'{name}' is several paragraphs; write {field} alone in one"
                yield line, told(said, name=name, field=f"{{{{p {name} }}}}")


def template_text(content: bytes) -> list[str]:
    """The paragraphs of a template as they are typed in it. Raises NotWord."""
    return _paragraphs(unpacked(content), typed=True)


def fields_of(record: type) -> Iterator[Field]:
    """What a template of papers with such facts may ask for, in the record's order."""
    for name, made in {**get_type_hints(record), **_properties(record)}.items():
        yield from _field(name, made)


def _field(path: str, made: Any) -> Iterator[Field]:
    inner = _several(made)
    if made is Blocks:
        yield Field(path, "blocks")
    elif inner is not None:
        yield Field(path, "several")
        yield from _within(f"{path}[]", inner)
    elif _is_record(made):
        yield Field(path, "part")
        yield from _within(path, made)
    else:
        yield Field(path, {bool: "yes", int: "number"}.get(made, "text"))


def _within(path: str, made: Any) -> Iterator[Field]:
    for name, each in _attributes(made).items() if _is_record(made) else ():
        yield from _field(f"{path}.{name}", each)


def _paragraphs(parts: Mapping[str, bytes], *, typed: bool = False) -> list[str]:
    headers = sorted(name for name in parts if re.match(r"word/(header|footer)\d*\.xml", name))
    found = []
    for name in ("word/document.xml", *headers):
        for paragraph in tree(parts[name]).iter(PARAGRAPH):
            text = "".join(paragraph.itertext(w("t"))).replace("\n", " ")
            found.append(text if typed else OF_WORD.sub(r"\1 ", _straight(text)))
    return found


def _straight(text: str) -> str:
    return re.sub(r"\{[{%].*?[}%]\}", lambda field: field[0].translate(QUOTES), text)


def _fault(paragraphs: list[str], line: int, said: str) -> TemplateFault:
    at = min(max(line, 1), len(paragraphs))
    beginning = shorten(paragraphs[at - 1], SHOWN)
    return TemplateFault(at, told("paragraph {n} “{begins}”: {said}", n=at, begins=beginning, said=said))


# -- what fields are known -------------------------------------------------------------------------------


class _Walk:
    """Goes through a template with the names that are known at each place; `None` stands for a value of which
    nothing is known."""

    def __init__(self, filters: Mapping[str, Any], tests: Mapping[str, Any]) -> None:
        self._filters = filters
        self._tests = tests
        self.found: list[tuple[int, str]] = []

    def visit(self, node: Node, scope: dict[str, Any]) -> Any:
        """The type of an expression; of a statement nothing."""
        from jinja2 import nodes

        match node:
            case nodes.Name():
                return self._name(node, scope)
            case nodes.Getattr():
                return self._attribute(node, self.visit(node.node, scope), scope)
            case nodes.For():
                self._loop(node, scope)
            case nodes.Assign():
                made = self.visit(node.node, scope)
                self._bind(node.target, made, scope)
            case nodes.Filter() | nodes.Test():
                self._called(node)
                self._children(node, scope)
                return str if isinstance(node, nodes.Filter) else bool
            case nodes.Const():
                return type(node.value)
            case _:
                self._children(node, scope)
        return None

    def _children(self, node: Node, scope: dict[str, Any]) -> None:
        for child in node.iter_child_nodes():
            self.visit(child, scope)

    def _name(self, node: Any, scope: dict[str, Any]) -> Any:
        if node.name not in scope and node.name != "range":
            self._unknown(node, node.name, scope)
        return scope.get(node.name)

    def _attribute(self, node: Any, of: Any, scope: dict[str, Any]) -> Any:
        if of is None:
            return None
        known = _attributes(of) if _is_record(of) else {}
        if node.attr not in known:
            self._unknown(node, node.attr, known)
        return known.get(node.attr)

    def _unknown(self, node: Any, name: str, known: Mapping[str, Any]) -> None:
        there_are = ", ".join(sorted(known)) or told("none")
        said = told("there is no field '{name}' here; known: {there_are}", name=name, there_are=there_are)
        self.found.append((node.lineno, said))

    def _called(self, node: Any) -> None:
        known = self._filters if type(node).__name__ == "Filter" else self._tests
        if node.name not in known:
            said = told("there is no way '{name}' to write a field; take it out", name=node.name)
            self.found.append((node.lineno, said))

    def _loop(self, node: Any, scope: dict[str, Any]) -> None:
        of = self.visit(node.iter, scope)
        inner = dict(scope)
        each = _several(of)
        if of is not None and each is None:
            self.found.append((node.lineno, told("a list is wanted after 'in', this is one value")))
        self._bind(node.target, each, inner)
        inner["loop"] = None
        for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
            self.visit(child, inner)

    def _bind(self, target: Any, made: Any, scope: dict[str, Any]) -> None:
        names = [target] if hasattr(target, "name") else list(target.items)
        for each in names:
            scope[each.name] = made if len(names) == 1 else None


def _several(made: Any) -> Any:
    """What each of several is of; None for one value."""
    return get_args(made)[0] if get_origin(made) is tuple else None


def _is_record(made: Any) -> bool:
    return isinstance(made, type) and made is not Blocks and (is_dataclass(made) or hasattr(made, "_fields"))


def _attributes(made: Any) -> dict[str, Any]:
    hints = get_type_hints(made)
    names = [each.name for each in fields(made)] if is_dataclass(made) else list(made._fields)
    return {**{name: hints[name] for name in names}, **_properties(made)}


def _properties(made: Any) -> dict[str, Any]:
    """What a record works out of its fields."""
    found = {}
    for name in dir(made):
        each = getattr(made, name, None)
        if isinstance(each, property) and not name.startswith("_"):
            found[name] = get_type_hints(each.fget)["return"]
    return found
