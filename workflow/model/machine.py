"""State machines as frozen values: what can be done to the items of a subject, by whom, to what effect."""

# No postponed annotations: as texts each field's would be compiled at every start.

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from workflow.model.text import Param, Text

if TYPE_CHECKING:  # looking loads these values before any item
    from workflow.model.facts import Item

INPUT_TYPES = (
    "text",
    "code",
    "date",
    "integer",
    "decimal",
    "portion",
    "birth",
    "choice",
    "body",
    "title",
    "ground",
    "account",
    "nominees",
    "accounts",
    "type",
    "paper",
    "papers",
    "digest",
    "hour",
    "refs",
    "lines",
    "counts",
    "money",
)
"""`text` is free and kept erasable, `birth` too: a day, a month or a year; `code` is an official identifier
such as `05/BC-UBND`; `portion` says how many of how many, `41/41`; `nominees` is a list of nominee numbers
of the dossier, `accounts` one of accounts; `paper` is a kind of paper, `papers` are several, or `all` that
are still asked for; `digest` is a file's SHA-256; `hour` is one of the day, `08:40`; `refs` are references
of items, `lines` those of lines of dossiers, `D0001/2`, `counts` what was counted on such lines; `money` is
whole đồng; the others are what they say."""
ERASABLE_TYPES = ("text", "birth")


class Call(NamedTuple):
    """A named function of a closed registry with its parameters."""

    name: str
    params: Mapping[str, Param] = MappingProxyType({})


class Input(NamedTuple):
    """One typed input of an event. `when` lists predicates that must all hold for the input to exist."""

    name: str
    type: str
    label: Text
    required: bool = True
    choices: tuple[str, ...] = ()
    when: tuple[Call, ...] = ()


class Transition(NamedTuple):
    """`target` None keeps the state. Of several that fit a state, the first whose `when` holds is taken."""

    sources: tuple[str, ...]
    target: str | None
    when: tuple[Call, ...] = ()


class Event(NamedTuple):
    """What can be done to an item: by whom, with which inputs, under which guards, to what effect.

    `doubts` stop it until somebody confirms that it is meant; `warnings` speak without stopping it; `notices`
    are the kinds of notice that it causes. `undoes` are events that it takes back or puts right.
    """

    id: str
    label: Text
    past: Text
    by: tuple[str, ...]
    transitions: tuple[Transition, ...]
    inputs: tuple[Input, ...] = ()
    guards: tuple[Call, ...] = ()
    effects: tuple[Call, ...] = ()
    warnings: tuple[Call, ...] = ()
    notices: tuple[str, ...] = ()
    doubts: tuple[Call, ...] = ()
    undoes: tuple[str, ...] = ()


class State(NamedTuple):
    """`owner` is the relation that must act next; `open` states lock the parent and run deadlines.

    `todo` says in Vietnamese what the owner is asked to do, in the words of a notice. `label_forwarded` is
    its name where dossiers went to a superior; {n} stands for their number. `label_by_stage` are names by
    how far the item has come within the state (`Details.stage`).
    """

    id: str
    label: Text
    label_by_kind: Mapping[str, Text] = MappingProxyType({})
    owner: str | None = None
    todo: str | None = None
    open: bool = True
    label_forwarded: Text | None = None
    label_by_stage: Mapping[str, Text] = MappingProxyType({})

    def label_for(self, kind: str, *, forwarded: int = 0, stage: str = "") -> Text:
        """The state's name in the words that fit an item of the kind, with so many forwarded dossiers."""
        if stage in self.label_by_stage:
            return self.label_by_stage[stage]
        if forwarded and self.label_forwarded is not None:
            return Text(*(words.replace("{n}", str(forwarded)) for words in self.label_forwarded))
        return self.label_by_kind.get(kind, self.label)

    def label_of(self, item: "Item") -> Text:
        """The state's name as it is said of the item."""
        details = item.details
        return self.label_for(item.kind, forwarded=details.forwarded, stage=details.stage)


class TaskKind(NamedTuple):
    """How tasks of one kind are proved done, whether they give awards, and whether they wait for others.

    `waits`: `never`; `until_set` (no deadline of its own until an outside organiser names the date);
    `after_due` (past its derived date it waits for an outside basis instead of being overdue). `after`
    names the kinds that had better be finished first in the same quarter. What `carries_over` is the same
    work as the next plan's row of that kind and period: the report on a year closes it and opens the next. A
    dossier's kind is the way in which it is reviewed and only chooses labels.
    """

    id: str
    label: Text
    proof: Literal["paper", "held", "attended", "any", "none"]
    gives_awards: bool = False
    waits: Literal["never", "until_set", "after_due"] = "never"
    after: tuple[str, ...] = ()
    carries_over: bool = False


class Machine(NamedTuple):
    """One released version of a state machine; `subject` says what kind of item it moves."""

    name: str
    version: int
    subject: str
    label: Text
    initial: str
    states: tuple[State, ...]
    events: tuple[Event, ...]
    kinds: tuple[TaskKind, ...] = ()

    def state(self, id: str) -> State:
        return next(state for state in self.states if state.id == id)

    def event(self, id: str) -> Event | None:
        return next((event for event in self.events if event.id == id), None)

    def kind(self, id: str) -> TaskKind | None:
        """A machine that knows no hosted training of its own has every training."""
        plain = id.removesuffix("_host")
        return next((kind for each in (id, plain) for kind in self.kinds if kind.id == each), None)
