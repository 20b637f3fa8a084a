"""Many lines of a dossier at once, as a list brings them: each is an event of its own in the log, and what is
alike about them is decided once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workflow.engine.case import Case
from workflow.engine.machine import RunnableMachine, decide, doubts_about, in_capacity, repeated, with_owners
from workflow.engine.ports import Unit
from workflow.model.achievements import Achievement, name_key
from workflow.model.context import Context, InputValue
from workflow.model.decision import Decision, EntryDraft, FreeText, Reason, Refused, refused_entry
from workflow.model.dossiers import DescribedLine, Dossier, period_of
from workflow.model.errors import InputMistakes, TdktError, UnknownReference
from workflow.model.facts import Facts, Item, Key
from workflow.model.undoing import undone_by
from workflow.model.wording import as_name
from workflow.rules.inputs import read_inputs, split_inputs
from workflow.rules.nominees import NOBODY, possible_accounts
from workflow.services.judging import Tried, read_facts

ADD = "add"

Typed = Mapping[str, str]
"""The inputs of `add` for one line, as somebody would type them."""


class LineMistakes(TdktError):
    """{ten}: {loi}"""

    code = "line_mistakes"

    def __init__(self, line: Typed, error: InputMistakes) -> None:
        super().__init__(ten=line.get("name", ""), loi=str(error))
        self.line, self.error = line, error


def add_lines(
    unit: Unit, key: Key, lines: Sequence[Typed], case: Case, *, confirmed: bool = False
) -> Decision | Tried:
    """Adds the lines, which are some, in their order, or tells why not all of them can be.

    One that says neither whose it is nor that it is nobody's, and may be several accounts', is nobody's; a
    warning names it. Raises UnknownReference, LineMistakes.
    """
    item = unit.lock(key)
    if item is None:
        raise UnknownReference(ref=case.setting.ref(key))
    machine = case.machine(item)
    facts = read_facts(unit, item, machine, ADD, words=lines[0])
    adding = _Adding(unit, machine, case, item, facts)
    adding.expect(lines)
    for line in lines:
        try:
            refused = adding.add(line)
        except InputMistakes as error:
            raise LineMistakes(line, error) from error
        if refused is not None:
            return refused
    if adding.doubts and not confirmed:
        return adding.refused(Refused(ADD, tuple(adding.doubts), asked=True), {})
    decision = adding.decision()
    unit.write(decision, open=machine.states[decision.item.state].open)
    return decision


@dataclass
class _Adding:
    """A dossier while lines are added to it."""

    unit: Unit
    machine: RunnableMachine
    case: Case
    before: Item
    facts: Facts
    entries: list[EntryDraft] = field(default_factory=list)
    doubts: list[Reason] = field(default_factory=list)
    unlinked: list[str] = field(default_factory=list)
    role: str | None = None

    def __post_init__(self) -> None:
        self._awards: Mapping[str, tuple[Achievement, ...]] = {}
        self.item = self.before
        self._asked = in_capacity(self.machine, self.case.context(self.machine, ADD, self.facts))
        self._alike: set[tuple[InputValue, InputValue]] = set()
        self._same: dict[str, dict[str, list[DescribedLine]]] = {}

    def expect(self, lines: Sequence[Typed]) -> None:
        """Looks up at once what everybody of these names received."""
        self._awards = self.unit.records_of({line["name"] for line in lines if "name" in line})

    def add(self, line: Typed) -> Tried | None:
        inputs = read_inputs(
            self.machine.events[ADD], line, context=self._asked, catalogue=lambda: self.case.catalogue.words
        )
        title = str(inputs.get("title", Dossier.of(self.item).title))
        named = self._named(title).setdefault(as_name(str(inputs["name"])), [])
        context = self._about(inputs, named)
        if "linked" not in inputs and len(possible_accounts(context)) > 1 and "account" not in inputs:
            self.unlinked.append(str(Dossier.of(self.item).last_no + 1))
            context = self._about({**inputs, "linked": NOBODY}, named)
        kind = (inputs["kind"], title)
        if kind in self._alike:
            after, entry = repeated(self.machine, context, role=self.role)
        else:
            answer = decide(self.machine, context, confirmed=True)
            if isinstance(answer, Refused):
                return self.refused(answer, context.inputs)
            after, entry, self.role = answer.item, answer.entry, answer.entry.role
            self._alike.add(kind)
        self._keep(after, entry, doubts_about(self.machine, context))
        unit = inputs.get("unit")
        here, no = self.before.key, Dossier.of(self.item).last_no
        named.append(
            DescribedLine(
                here.year, here.ref, no, str(kind[0]), str(inputs["name"]), str(unit) if unit else None
            )
        )
        return None

    def _named(self, title: str) -> dict[str, list[DescribedLine]]:
        """The lines that propose the title already, by the name as it is compared."""
        if title not in self._same:
            found: dict[str, list[DescribedLine]] = defaultdict(list)
            for other in self.unit.described_lines(period_of(self.before), title):
                found[as_name(other.name)].append(other)
            self._same[title] = found
        return self._same[title]

    def _about(self, inputs: Mapping[str, InputValue], same: Sequence[DescribedLine]) -> Context:
        awards = self._awards.get(name_key(str(inputs["name"])), ())
        beside = {**self.facts.beside, "same_title": tuple(same), "awards": awards}
        return self._asked.about(self.facts._replace(item=self.item, beside=beside)).given(inputs)

    def _keep(self, after: Item, entry: EntryDraft, doubts: Sequence[Reason]) -> None:
        no = Dossier.of(after).last_no
        self.item = self.item._replace(details=after.details)
        # Of a new line nothing stands that its words would displace.
        texts = tuple(FreeText(text.field, text.value, text.nominee, True) for text in entry.texts)
        rules = tuple(dict.fromkeys(doubt.rule for doubt in doubts))
        self.entries.append(replace(entry, texts=texts, rules=rules))
        self.doubts += (replace(doubt, operands={"so": no, **doubt.operands}) for doubt in doubts)

    def decision(self) -> Decision:
        """All of it as one change of the dossier."""
        *earlier, last = self.entries
        after = self.item._replace(version=self.before.version + 1)
        left = (Reason("lines_unlinked", {"so": ", ".join(self.unlinked)}),) if self.unlinked else ()
        return Decision(
            item=with_owners(self.machine, after, setting=self.case.setting),
            entry=last,
            earlier=tuple(earlier),
            warnings=left,
            confirmed=tuple(self.doubts),
            undone_by=undone_by(self.machine.definition, ADD, after.state),
        )

    def refused(self, refused: Refused, inputs: Mapping[str, InputValue]) -> Tried:
        plain, _texts = split_inputs(self.machine.events[ADD], inputs)
        actor, item = self._asked.actor, self.before
        entry = refused_entry(refused, actor, state=item.state, machine=self.machine.name, inputs=plain)
        return Tried(item, refused, entry)
