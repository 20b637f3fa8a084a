"""The log: entries as records for scripts and in words, the last changes of an item, one entry in full."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from runtime.office.looking import Looking
from runtime.views.facts import NOMINEE, FactWords, Recorded, recorded
from runtime.views.veiled import COUNTS, entry_seen, is_veiled
from storage.values import ItemWord
from workflow.model.dossiers import LINE_WORDS
from workflow.model.errors import UsageMistake
from workflow.model.facts import WHY, Item, Key, Plain
from workflow.model.machine import Event, Machine
from workflow.model.naming import Candidate, NotNamed, UnknownActor, UnknownName, accounts, called, events
from workflow.model.text import Text
from workflow.model.wording import UnknownPlaceholder

if TYPE_CHECKING:
    from storage.records import Entry

UNKNOWN = "…"
"""What stands for an operand that the log does not keep."""
SYSTEM = "system"
DOERS = ("absent", "stand_in", "to")
"""The inputs that `EntryWording.who_does` tells."""


class UnknownEntry(UsageMistake):
    """The log has no entry {so}. See tdkt audit log."""

    code = "unknown_entry"


# -- which entries ---------------------------------------------------------------------------------------


def entries_of(
    looking: Looking, log: int, *, ref: str | None = None, limit: int | None = None, **narrowed: Any
) -> Iterator[Entry]:
    """Entries of a year's log in order, as `Reading.entries` narrows them; with `limit` the newest.

    Where there are none because an account or event is misspelt: raises UnknownActor, UnknownName.
    """
    reading, office, found = looking.reading, looking.office, False
    who, what = _named(looking, narrowed.get("actor"), narrowed.get("event"))
    for name, named in (("actor", who), ("event", what)):
        if isinstance(named, str):  # what is not known is looked for as typed: it may be of old times
            narrowed[name] = named
    for entry in (
        reading.entries(office, log, ref=ref, **narrowed)
        if limit is None
        else reading.newest_entries(office, log, limit=limit, ref=ref, **narrowed)
    ):
        found = True
        yield entry
    if not found and isinstance(who, NotNamed):
        raise UnknownActor("account", who)
    if not found and isinstance(what, NotNamed) and not looking.words.has(f"event.{what.typed}.past"):
        raise UnknownName("event", what)


def _named(
    looking: Looking, actor: str | None, event: str | None
) -> tuple[str | NotNamed | None, str | NotNamed | None]:
    """The account and the event that are meant; the program itself acts as one."""
    program = Candidate(SYSTEM, Text(SYSTEM, SYSTEM), ())
    who = None if actor is None else called(actor, (*accounts(looking.directory.accounts), program))
    return who, None if event is None else called(event, events(_events(looking)))


def _events(looking: Looking) -> Iterator[Event]:
    return (event for machine in looking.machines for event in machine.events)


def entry_at(looking: Looking, seq: int, *, log: int | None = None) -> Entry:
    """The entry of that number in the log of the year, else the one looked at. Raises UnknownEntry."""
    year = looking.log if log is None else log
    found = next(looking.reading.entries(looking.office, year, seq=seq), None)
    if found is None:
        raise UnknownEntry(so=seq)
    return found


def events_in(looking: Looking, log: int) -> tuple[tuple[str, str], ...]:
    """The events of which the log has entries, with what each is called, by that."""
    names = looking.reading.event_names(looking.office, log)
    known = {event.id: looking.words.of(event.label) for event in _events(looking)}
    said = ((id, known.get(id) or looking.event_text(id, None, past=True)) for id in names)
    return tuple(sorted(said, key=lambda each: each[1]))


class Inclusion(NamedTuple):
    """The proof that an entry is in its log (RFC 9162 section 2.1.3): its number, the log's size and
    root, and the hashes on the way up. `holds`: they make the root."""

    place: int
    size: int
    root: str
    path: tuple[str, ...]
    holds: bool


def inclusion_of(looking: Looking, entry: Entry) -> Inclusion | None:
    """None where the log's head does not reach the entry, or entries before it are gone."""
    from storage.log.merkle import inclusion_proof, verify_inclusion

    root, leaves = looking.reading.tree(looking.office, entry.log)
    if root is None or entry.seq >= len(leaves) or leaves[entry.seq] != entry.leaf:
        return None
    path = inclusion_proof(leaves, entry.seq)
    holds = verify_inclusion(entry.leaf, index=entry.seq, size=len(leaves), proof=path, root=root)
    return Inclusion(entry.seq, len(leaves), root.hex(), tuple(each.hex() for each in path), holds)


# -- for scripts -----------------------------------------------------------------------------------------


class EntryRecord(NamedTuple):
    """An entry for scripts; `reasons` are rule ids, `why` the same as sentences, `leaf` is in hex.

    `recorded` are the inputs by name, and free texts too where all is asked for, null where one is gone.
    `login` is the id of the login by which the account was signed in, null without one.
    """

    seq: int
    at: datetime
    actor: str
    role: str | None
    ref: str | None
    year: int
    event: str
    from_: str | None
    to: str | None
    refused: bool
    reasons: tuple[str, ...]
    leaf: str
    acting_for: str | None
    login: str | None
    recorded: Mapping[str, Plain]
    why: tuple[str, ...]


class TextRecord(NamedTuple):
    """A free text that an entry gives the digest of; where it was erased, value and `matches` are null."""

    name: str
    value: str | None
    digest: str
    matches: bool | None


class EntryShown(NamedTuple):
    """An entry in full: its exact bytes, whether they have its leaf hash, and its free texts. Of a count that
    is still to be typed by a second person the bytes are null and no text is there."""

    record: EntryRecord
    id: str
    log: int
    bytes: str | None
    leaf_matches: bool
    texts: tuple[TextRecord, ...]


def entry_records(looking: Looking, entries: Iterable[Entry], *, full: bool) -> Iterator[EntryRecord]:
    """Entries for scripts; with `full` their free texts too."""
    wording = EntryWording(looking)
    for entry in entries:
        each = wording.recorded(entry, texts=full)
        yield entry_record(entry, each.values if full else each.inputs, wording.reasons(entry))


def entry_record(entry: Entry, values: Mapping[str, Plain], why: tuple[str, ...]) -> EntryRecord:
    return EntryRecord(
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        role=entry.role,
        ref=entry.ref,
        year=entry.log,
        event=entry.event,
        from_=entry.from_state,
        to=entry.to_state,
        refused=entry.refused,
        reasons=entry.rules,
        leaf=entry.leaf.hex(),
        acting_for=entry.acting_for,
        login=entry.login,
        recorded=values,
        why=why,
    )


def entry_shown(looking: Looking, entry: Entry) -> EntryShown:
    from storage.log.merkle import leaf_hash

    wording = EntryWording(looking)
    values, veiled = wording.recorded(entry, texts=True).values, wording.veiled(entry)
    return EntryShown(
        record=entry_record(entry, values, wording.reasons(entry)),
        id=entry.id,
        log=entry.log,
        bytes=None if veiled else entry.data.decode(),
        leaf_matches=leaf_hash(entry.data) == entry.leaf,
        texts=() if veiled else tuple(_texts(looking, entry)),
    )


def _texts(looking: Looking, entry: Entry) -> Iterator[TextRecord]:
    """A nominee's words stand with the nominee, and with the entry that wrote them last."""
    from storage.log.canonical import text_digest

    kept = {text.input: text for text in looking.reading.texts_of_entry(looking.office, entry.id)}
    for member, digest in json.loads(entry.data).items():
        if member.startswith("text."):
            name = member.removeprefix("text.")
            text = kept.get(name)
            yield TextRecord(
                name,
                text.value if text else None,
                digest,
                text_digest(text.salt, text.value) == digest if text else None,
            )


# -- in words --------------------------------------------------------------------------------------------


class LogLine(NamedTuple):
    """An entry in words: its local day and hour, what was done or tried, by which position and by which login
    (nothing where nobody was signed in); of a refused one why."""

    day: date
    clock: str
    seq: int
    ref: str
    said: str
    who: str
    login: str
    acting_for: bool
    refused: bool
    reasons: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


class HistoryLine(NamedTuple):
    """One change of an item in words: its local time, what was done to which of its lines, by whom, and what
    was recorded, as labels with what they say."""

    at: str
    said: str
    who: str
    facts: tuple[tuple[str, str], ...]


class EntryPage(NamedTuple):
    """An entry in full, in words: labels with what they say, reasons, its exact bytes, texts with how they
    stand."""

    facts: tuple[tuple[str, str | None], ...]
    reasons: tuple[str, ...]
    bytes: str
    texts: tuple[tuple[str, str | None], ...]


class EntryWording:
    """What entries say, in words: by the machine of the item that each is about, and by the catalogue for
    what concerns no item. Lives as long as one list: it keeps the items that it has read. Without `names` no
    free word is said, and no login's name: nothing that could be a person's."""

    def __init__(self, looking: Looking, *, names: bool = True) -> None:
        self.looking = looking
        self.names = names
        self.words = looking.words
        self._items: dict[tuple[int, str], Item | None] = {}
        self._words: dict[tuple[int, str], tuple[ItemWord, ...]] = {}

    def _item(self, log: int, ref: str) -> Item | None:
        place = (log, ref)
        if place not in self._items:
            self._items[place] = self.looking.reading.item(Key(self.looking.office, log, ref))
        return self._items[place]

    def _machine(self, entry: Entry) -> Machine | None:
        """The machine by which it was done or tried: a dossier refused at birth is its task's entry."""
        item = self._item(entry.log, entry.ref) if entry.ref else None
        if item is None:
            return None
        tried = json.loads(entry.data).get("machine") if entry.refused else None
        others = self.looking.machines if tried not in (None, item.machine) else ()
        found = (each for each in others if f"{each.name}/{each.version}" == tried)
        return next(found, None) or self.looking.machine(item.digest)

    def recorded(self, entry: Entry, *, texts: bool) -> Recorded:
        """The entry with what it recorded; without `texts` its free texts are not read."""
        words = self._words_of(entry) if texts else ()
        (each,) = recorded((entry,), words)
        if COUNTS not in each.inputs or entry.ref is None:
            return each
        return entry_seen(self.looking, self._item(entry.log, entry.ref), each)

    def veiled(self, entry: Entry) -> bool:
        """Whether it has a count that the second person is still to type."""
        (each,) = recorded((entry,), ())
        item = self._item(entry.log, entry.ref) if COUNTS in each.inputs and entry.ref else None
        return is_veiled(self.looking, item, each)

    def _words_of(self, entry: Entry) -> tuple[ItemWord, ...]:
        reading, office = self.looking.reading, self.looking.office
        if entry.ref is None:
            texts = reading.texts_of_entry(office, entry.id)
            return tuple(ItemWord(entry.id, 0, text.input, text.value) for text in texts)
        place = (entry.log, entry.ref)
        if place not in self._words:
            self._words[place] = reading.item_words(Key(office, *place))
        return self._words[place]

    def facts(self, each: Recorded, *, texts: bool) -> tuple[tuple[str, str], ...]:
        """What an entry recorded, as labels with what they say; without `texts` nothing of its free texts."""
        entry = each.entry
        item = self._item(entry.log, entry.ref) if entry.ref else None
        without = DOERS if self.who_does(entry) else ()
        return FactWords(self.looking, item).pairs(each, texts=texts, without=without)

    def lines(self, each: Recorded) -> str:
        """The reference of the entry's item, or of the line of it that it is about."""
        entry = each.entry
        item = self._item(entry.log, entry.ref) if entry.ref else None
        named = FactWords(self.looking, item).lines(each) if item else ""
        return named or (
            self.looking.ref(Key(self.looking.office, entry.log, entry.ref)) if entry.ref else ""
        )

    def event(self, entry: Entry, *, past: bool = True) -> str:
        """What was done; the verb for what was only tried."""
        return self.looking.event_text(entry.event, self._machine(entry), past=past)

    def said(self, entry: Entry, *, refused: str) -> str:
        """What was done, with who does the work where the entry says it; what was only tried is `refused`."""
        said, detail = self.event(entry, past=not entry.refused), self.who_does(entry)
        return ": ".join(filter(None, (said, detail, refused if entry.refused else "")))

    def who_does(self, entry: Entry) -> str:
        """Of an entry that says who does the work, who it is; nothing of others."""
        if entry.event not in ("substitute", "end_substitution", "delegate"):
            return ""
        looking, said = self.looking, json.loads(entry.data)
        if entry.event == "delegate":
            return looking.position(said["input.to"]) if "input.to" in said else ""
        if "input.stand_in" not in said:
            return looking.position(said["input.absent"])
        return looking.acts_for(said["input.stand_in"], said["input.absent"])

    def doer(self, entry: Entry) -> str:
        """Who did it, and in whose name where that was another's."""
        if entry.acting_for is None:
            return self.looking.account(entry.actor)
        return self.looking.acts_for(entry.actor, entry.acting_for)

    def login(self, entry: Entry) -> str:
        """By which login it was done; nothing where nobody was signed in."""
        return self.looking.login_name(entry.login) if entry.login else ""

    def state(self, entry: Entry, state: str | None) -> str:
        item, machine = self._item(entry.log, entry.ref) if entry.ref else None, self._machine(entry)
        if state is None or item is None or machine is None:
            return state or ""
        # An item that was moved to a later version may have stood at a state that this one lacks.
        found = next((one for one in machine.states if one.id == state), None)
        if found is None:
            return state
        # What only forwarded dossiers is told so where it was closed, not at what it went through before; how
        # far it had come within a state when this happened is not known any more.
        forwarded = item.details.forwarded if state == item.state else 0
        return self.words.of(found.label_for(item.kind, forwarded=forwarded))

    def reasons(self, entry: Entry) -> tuple[str, ...]:
        """The rules' words with what they spoke of; what is not kept, or was erased, is `…`."""
        if not entry.rules:
            return ()
        spoken = self.recorded(entry, texts=True).why if self.names else {}
        event = self.words.inside(self.event(entry, past=False))
        operands = {
            "vai_tro": self._roles(entry) or UNKNOWN,
            "trang_thai": self.state(entry, entry.from_state) or UNKNOWN,
        }
        return tuple(
            self._reason(rule, {**operands, **spoken.get(rule, {}), "su_kien": event}) for rule in entry.rules
        )

    def _roles(self, entry: Entry) -> str:
        """The roles that an event is for."""
        from workflow.model.subjects import SUBJECTS

        machine = self._machine(entry)
        event = machine.event(entry.event) if machine else None
        if machine is None or event is None:
            return ""
        relations = SUBJECTS[machine.subject].relations
        roles = dict.fromkeys(role for name in event.by for role in relations[name].roles)
        return "; ".join(self.words(f"role.{role}") for role in roles)

    def _reason(self, rule: str, operands: Mapping[str, Any]) -> str:
        known = dict(operands)
        while True:
            try:
                return self.words(f"rule.{rule}.text", **known)
            except UnknownPlaceholder as missing:
                known[missing.name] = UNKNOWN


def log_lines(
    looking: Looking, entries: Iterable[Entry], *, full: bool, names: bool = True
) -> Iterator[LogLine]:
    """Entries in words; with `full` their free texts too, and the figures of what the program did. `names` as
    EntryWording has it."""
    words, wording = looking.words, EntryWording(looking, names=names)
    refused = words.inside(words("event.refused.past"))
    for entry in entries:
        day, clock = looking.local(entry.at)
        before, after = wording.state(entry, entry.from_state), wording.state(entry, entry.to_state)
        moved = not entry.refused and before and after and before != after
        each = wording.recorded(entry, texts=full)
        yield LogLine(
            day=day,
            clock=clock,
            seq=entry.seq,
            ref=wording.lines(each),
            said=wording.said(entry, refused=refused) + (f": {before} → {after}" if moved else ""),
            who=wording.doer(entry),
            login=wording.login(entry),
            acting_for=entry.acting_for is not None,
            refused=entry.refused,
            reasons=wording.reasons(entry),
            facts=wording.facts(each, texts=full) if full or not each.by_program else (),
        )


def history_lines(looking: Looking, item: Item, changes: Iterable[Recorded]) -> Iterator[HistoryLine]:
    """An item's changes in words, what was done alike to several of its lines as one."""
    wording, facts = EntryWording(looking), FactWords(looking, item)
    for change in _together(looking, changes):
        entry = change.entry
        said = " ".join(filter(None, (wording.event(entry), facts.lines(change))))
        doing = wording.who_does(entry)
        yield HistoryLine(
            at=looking.moment(entry.at),
            said=f"{said}: {doing}" if doing else said,
            who=wording.doer(entry),
            facts=facts.pairs(change, without=DOERS if doing else ()),
        )


def _together(looking: Looking, changes: Iterable[Recorded]) -> Iterator[Recorded]:
    """Entries about lines that follow one another and say the same, but for the words that stand with their
    lines, as one about all of those lines."""

    def own(change: Recorded) -> dict[str, str | None]:
        # What was changed or erased since stands nowhere else: the entry alone says that it was given.
        return {name: text for name, text in change.texts.items() if text is None or name not in LINE_WORDS}

    def alike(change: Recorded) -> tuple[object, ...]:
        entry = change.entry
        inputs = {name: value for name, value in change.inputs.items() if name != NOMINEE}
        by = (entry.event, entry.actor, entry.acting_for, looking.moment(entry.at))
        return (*by, inputs, own(change), change.changed, None if change.lines else entry.seq)

    for _same, run in groupby(changes, alike):
        first, *others = run
        lines = sorted({no for each in (first, *others) for no in each.lines})
        said: dict[str, Plain] = {**first.inputs, NOMINEE: [*lines]}
        yield first._replace(inputs=said, texts=own(first)) if others else first


def entry_page(looking: Looking, entry: Entry, *, names: bool = True) -> EntryPage:
    """`names` as EntryWording has it."""
    words, wording, shown = looking.words, EntryWording(looking, names=names), entry_shown(looking, entry)
    sound = words("message.leaf_matches" if shown.leaf_matches else "message.leaf_differs")
    stands = {True: "text_matches", False: "text_differs", None: "text_erased"}
    return EntryPage(
        facts=(
            (words("column.seq"), f"{entry.seq} ({entry.log})"),
            (words("column.at"), looking.moment(entry.at)),
            (
                words("column.ref"),
                looking.ref(Key(looking.office, entry.log, entry.ref)) if entry.ref else None,
            ),
            (words("column.event"), wording.event(entry, past=not entry.refused)),
            (words("column.who_does"), wording.who_does(entry)),
            (words("column.refused"), words("event.refused.past") if entry.refused else None),
            (words("column.actor"), wording.doer(entry)),
            (words("column.login"), wording.login(entry)),
            (words("column.role"), words(f"role.{entry.role}") if entry.role else None),
            (words("column.from"), wording.state(entry, entry.from_state)),
            (words("column.to"), wording.state(entry, entry.to_state)),
            (words("column.leaf"), f"{shown.record.leaf} ({sound})"),
        ),
        reasons=wording.reasons(entry),
        bytes=words("message.bytes_veiled")
        if shown.bytes is None
        else json.dumps(json.loads(shown.bytes), ensure_ascii=False, indent=2),
        texts=tuple(
            (
                f"{text.name} ({words(f'message.{stands[text.matches]}')})",
                None if text.name == WHY or not names else text.value,
            )
            for text in shown.texts
        ),
    )
