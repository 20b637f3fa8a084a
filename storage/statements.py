"""The hot statements: everything that runs within a transaction of the engine, built in SQLAlchemy Core.

`storage.database.Database.hot` compiles each once. Parameters bear the columns' names; in conditions
they have the prefix `b_`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    Select,
    String,
    Table,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.expression import ClauseElement, ColumnElement

from storage import tables
from storage.achievement_rows import CHANGES as ACHIEVEMENT_CHANGES
from storage.achievement_rows import READ as ACHIEVEMENT_READ
from storage.columns import (
    DEADLINE_FATE,
    DEADLINE_READ,
    DEFINITION_READ,
    EXPECTATION_CHANGES,
    EXPECTATION_READ,
    ITEM_CHANGES,
    ITEM_MARKS,
    ITEM_READ,
    OFFICE_READ,
    PLACE,
    TERM_CHANGES,
    TERM_READ,
)
from storage.hot import Statement
from storage.log.bound import bound_columns
from storage.log.recorded import READ as RECORDED_READ
from storage.subjects.details import Kept, KeptDetails
from storage.subjects.kept import KEPT
from workflow.model.dossiers import CAME_TO_NOTHING, ENDED_WITHOUT
from workflow.model.movements import READ as MOVEMENT_READ
from workflow.model.substitution import Substitution


def _is(table: Table, *columns: str) -> list[ColumnElement[bool]]:
    return [table.c[name] == bindparam(f"b_{name}", type_=table.c[name].type) for name in columns]


def _word(word: str) -> ColumnElement[str]:
    """A constant that stands in the text: the index over pending rows is not used for a bound one."""
    return literal_column(f"'{word}'")


def _new(table: Table) -> Statement:
    return lambda _dialect: insert(table)


def _change(table: Table, key: tuple[str, ...], columns: tuple[str, ...]) -> Statement:
    """Of a bound table whoever runs it says the whole row: see `_changed`, which asks for it."""
    values: dict[str, Any] = {name: bindparam(name, type_=table.c[name].type) for name in columns}
    return lambda _dialect: update(table).where(*_is(table, *key)).values(values)


def _changed(table: Table, key: tuple[str, ...], columns: tuple[str, ...]) -> Statement:
    """The same, and gives back what the log is bound to of the row."""
    values: dict[str, Any] = {name: bindparam(name, type_=table.c[name].type) for name in columns}
    where = _is(table, *key)
    return lambda _dialect: update(table).where(*where).values(values).returning(*bound_columns(table))


def _removed(table: Table, *key: str) -> Statement:
    """Gives back the keys of the rows that it removes."""
    return lambda _dialect: delete(table).where(*_is(table, *key)).returning(*table.primary_key)


def _upsert(table: Table, key: tuple[str, ...], columns: tuple[str, ...] = ()) -> Statement:
    """Insert; a row that stands at the key keeps standing, with `columns` replaced where any are named."""

    def statement(dialect: str) -> ClauseElement:
        made = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
        if not columns:
            return made.on_conflict_do_nothing(index_elements=list(key))
        return made.on_conflict_do_update(
            index_elements=list(key), set_={name: made.excluded[name] for name in columns}
        )

    return statement


def _same_place_as(one: Table, other: Table) -> ColumnElement[bool]:
    return and_(*(one.c[name] == other.c[name] for name in PLACE))


def _same_place(table: Table) -> ColumnElement[bool]:
    return _same_place_as(table, tables.item)


def _lock_item(*, skip_locked: bool) -> Statement:
    item = tables.item
    return lambda _dialect: (
        select(item.c.version).where(*_is(item, *PLACE)).with_for_update(skip_locked=skip_locked)
    )


def items(kept: KeptDetails, details: Table) -> Select[Any]:
    """Items of one subject with their details, a row for each of their terms: what `storage.rows.item_of`
    makes an item of. One statement: of an item without terms it is one row."""
    item, term = tables.item, tables.term
    columns = [
        *(item.c[name] for name in ITEM_READ),
        *(details.c[name] for name in kept.read),
        *(term.c[name] for name in TERM_READ),
    ]
    joined = item.join(details, _same_place(details)).outerjoin(term, _same_place(term))
    return select(*columns).select_from(joined).order_by(item.c.year, item.c.ref, term.c.term)


def of_subject(kept: KeptDetails, known: Mapping[str, Table]) -> Mapping[str, Statement]:
    """What reads and writes the details of one subject and their lines, by its tables' names."""
    table = known[kept.table]
    statements: dict[str, Statement] = {
        f"read_{table}": lambda _dialect: items(kept, table).where(*_is(tables.item, *PLACE)),
        f"new_{table}": _new(table),
        f"change_{table}": _change(table, PLACE, kept.changes),
    }
    if kept.counter is not None:
        counter, column = known[kept.counter[0]], kept.counter[1]
        statements[f"next_{kept.subject.id}"] = _next_number(counter, column)
    if kept.lines is not None:
        lines, key = known[kept.lines.table], (*PLACE, "no")
        statements |= {
            f"lines_of_{lines}": _lines(lines, kept.lines.read),
            f"new_{lines}": _new(lines),
            f"change_{lines}": _change(lines, key, kept.lines.columns),
            f"remove_{lines}": _removed(lines, *key),
        }
    return statements


def _lines(table: Table, columns: tuple[str, ...]) -> Statement:
    found = select(*(table.c[name] for name in columns)).where(*_is(table, *PLACE)).order_by(table.c.no)
    return lambda _dialect: found


def _dossiers_of(_dialect: str) -> ClauseElement:
    item = tables.item
    columns = (item.c.ref, item.c.state, item.c.closed_on)
    return select(*columns).where(*_is(item, "office", "year", "parent")).order_by(item.c.ref)


def _decisions(_dialect: str) -> ClauseElement:
    """Where the decisions of some years stand."""
    item = tables.item
    first, last = (bindparam(name, type_=item.c.year.type) for name in ("b_first", "b_last"))
    return (
        select(item.c.year, item.c.ref)
        .where(*_is(item, "office"), item.c.year.between(first, last))
        .where(item.c.subject == _word("award_decision"))
        .order_by(item.c.year, item.c.ref)
    )


def _open_tasks(_dialect: str) -> ClauseElement:
    item, task = tables.item, tables.task
    return (
        select(task.c.ref, task.c.kind, task.c.part, task.c.content)
        .select_from(task.join(item, _same_place(task)))
        .where(*_is(task, "office", "year", "quarter"), item.c.open)
        .order_by(task.c.number)
    )


def _planned_tasks(_dialect: str) -> ClauseElement:
    """Tasks of one kind: whoever asks needs few of a year that may have hundreds."""
    item, task = tables.item, tables.task
    columns = [task.c[name] for name in ("ref", "kind", "part", "quarter", "period", "content")]
    return (
        select(*columns, item.c.open)
        .select_from(task.join(item, _same_place(task)))
        .where(*_is(task, "office", "year", "kind"))
        .order_by(task.c.number)
    )


def _done_rows(_dialect: str) -> ClauseElement:
    """Completed tasks of one kind, with the entry that says by which paper."""
    item, task, entry = tables.item, tables.task, tables.entry
    completing = (entry.c.office == item.c.office) & (entry.c.id == item.c.last_entry)
    return (
        select(task.c.ref, task.c.part, task.c.period, entry.c.bytes)
        .select_from(task.join(item, _same_place(task)).join(entry, completing))
        .where(*_is(task, "office", "year", "kind"), item.c.state == _word("completed"))
        .order_by(task.c.number)
    )


def _received_dossiers(_dialect: str) -> ClauseElement:
    """A dossier keeps the day of its receipt when it is withdrawn."""
    item, dossier = tables.item, tables.dossier
    return (
        select(item.c.ref, dossier.c.body, dossier.c.received_on)
        .select_from(item.join(dossier, _same_place(dossier)))
        .where(*_is(item, "office", "year", "parent"))
        .where(item.c.state != _word("withdrawn"), dossier.c.received_on.is_not(None))
        .order_by(item.c.ref)
    )


def _expectations(_dialect: str) -> ClauseElement:
    table = tables.expectation
    columns = [table.c[name] for name in EXPECTATION_READ]
    return select(*columns).where(*_is(table, *PLACE)).order_by(table.c.body)


def _papers(dialect: str) -> ClauseElement:
    """Entries that give a paper one of some numbers. Those that number a paper are few of many and have an
    index; of one paper that ended many items a few say enough."""
    entry = tables.entry
    if dialect == "postgresql":
        given = "unnest(CAST(:b_numbers AS text[])) n WHERE position(convert_to(n, 'UTF8') IN bytes) > 0"
    else:
        given = "json_each(:b_numbers) n WHERE instr(bytes, CAST(n.value AS BLOB)) > 0"
    return (
        select(entry.c.log, entry.c.ref, entry.c.event, entry.c.bytes)
        .where(*_is(entry, "office"), entry.c.log.between(bindparam("b_first"), bindparam("b_last")))
        .where(text(tables.NUMBERS_A_PAPER), entry.c.refused.is_(False))
        .where(text(f"EXISTS (SELECT 1 FROM {given})"))
        .limit(literal_column("20"))
        .offset(literal_column("0"))
    )


def _recorded(_dialect: str) -> ClauseElement:
    entry = tables.entry
    return (
        select(*(entry.c[name] for name in RECORDED_READ))
        .where(*_is(entry, "office", "log", "ref"), entry.c.refused.is_(False))
        .order_by(entry.c.seq)
    )


def _move_item(_dialect: str) -> ClauseElement:
    """Apart from what every act writes: a foreign key that is written is looked up."""
    item = tables.item
    parent = bindparam("parent", type_=item.c.parent.type)
    made = update(item).where(*_is(item, *PLACE)).values(parent=parent)
    return made.returning(*bound_columns(item))


def _words(_dialect: str) -> ClauseElement:
    table = tables.free_text
    columns = [table.c[name] for name in ("line", "entry", "input", "value")]
    return select(*columns).where(*_is(table, *PLACE)).order_by(table.c.line, table.c.entry, table.c.input)


def _movements(_dialect: str) -> ClauseElement:
    """Without their words, on which nothing rests."""
    table = tables.movement
    columns = [table.c[name] for name in MOVEMENT_READ]
    return select(*columns).where(*_is(table, "office")).order_by(table.c.number)


def _holders(_dialect: str) -> ClauseElement:
    holder, words = tables.holder, tables.office_text
    of_entry = and_(
        words.c.office == holder.c.office, words.c.entry == holder.c.entry, words.c.input == _word("name")
    )
    columns = [holder.c[name] for name in ("number", "account", "from_day", "until_day")]
    return (
        select(*columns, words.c.value)
        .select_from(holder.outerjoin(words, of_entry))
        .where(*_is(holder, "office"))
        .order_by(holder.c.account, holder.c.from_day)
    )


def _described_lines(_dialect: str) -> ClauseElement:
    """Names and units of the lines of one title and period. By way of the dossiers, which are few: of a year
    with many recipients only those of the title are read."""
    item, dossier, line, words = tables.item, tables.dossier, tables.nominee, tables.free_text
    about = func.coalesce(dossier.c.period, cast(dossier.c.year, String))
    of_line = _same_place_as(line, words) & (words.c.line == line.c.no)
    joined = dossier.join(item, _same_place(dossier)).join(line, _same_place_as(dossier, line))
    return (
        select(line.c.year, line.c.ref, line.c.no, line.c.kind, words.c.input, words.c.value)
        .select_from(joined.join(words, of_line))
        .where(*_is(dossier, "office"), about == bindparam("b_period", type_=dossier.c.period.type))
        .where(*_is(line, "title"), line.c.outcome.not_in(list(map(_word, CAME_TO_NOTHING))))
        .where(item.c.state.not_in(list(map(_word, ENDED_WITHOUT))))
        .where(words.c.input.in_([_word("name"), _word("unit")]))
        .order_by(line.c.year, line.c.ref, line.c.no)
    )


def _achievements(*where: ColumnElement[bool]) -> Select[Any]:
    """Those that meet the conditions, by number. Their numbers come from a narrow index: SQLite, which knows
    nothing of how many rows there are, would pass over all of the office's."""
    table = tables.achievement
    numbers = select(table.c.number).where(*_is(table, "office"), *where)
    columns = [table.c[name] for name in ACHIEVEMENT_READ]
    found = select(*columns).where(*_is(table, "office"), table.c.number.in_(numbers))
    return found.order_by(table.c.number)


def _achievements_of(_dialect: str) -> ClauseElement:
    """Those that came of a dossier by itself."""
    table = tables.achievement
    return _achievements(
        table.c.source_year == bindparam("b_year", type_=table.c.source_year.type),
        table.c.source_ref == bindparam("b_ref", type_=table.c.source_ref.type),
        table.c.source_ref.is_not(None),
    )


def _achievements_by(column: str) -> Statement:
    """Those with one of many values in a column, in one round trip."""

    def statement(dialect: str) -> ClauseElement:
        asked = "= ANY(:b_keys)" if dialect == "postgresql" else "IN (SELECT value FROM json_each(:b_keys))"
        return _achievements(text(f"achievement.{column} {asked}"))  # type: ignore[arg-type]

    return statement


def _last_achievement(_dialect: str) -> ClauseElement:
    """The greatest number of a record that stands, and that of the removed ones."""
    table, counted = tables.achievement, tables.office
    standing = select(func.max(table.c.number)).where(table.c.office == counted.c.office).scalar_subquery()
    return select(standing, counted.c.last_record).where(*_is(counted, "office"))


def _lock_office(_dialect: str) -> ClauseElement:
    """Whoever else counts waits; whoever only writes rows of the office does not."""
    table = tables.office
    return select(table.c.office).where(*_is(table, "office")).with_for_update(key_share=True)


def _told(_dialect: str) -> ClauseElement:
    """The rows of the notices that an entry caused, whose ids begin with its own."""
    notice = tables.notice
    columns = [notice.c[name] for name in ("id", "kind", "to_account", "instead_of", "status", "message")]
    of_entry = func.substr(notice.c.id, literal_column("1"), literal_column("32")) == bindparam(
        "b_entry", type_=notice.c.id.type
    )
    return select(*columns).where(*_is(notice, *PLACE), of_entry).order_by(notice.c.id)


def _retract_notice(_dialect: str) -> ClauseElement:
    """Keeps a notice from being sent; one that a message has taken up meanwhile goes out with it."""
    notice = tables.notice
    where = [*_is(notice, "office", "id"), notice.c.message.is_(None)]
    made = update(notice).where(*where).values(status=_word("cancelled"))
    return made.returning(*bound_columns(notice))


def _nominee_names(_dialect: str) -> ClauseElement:
    table = tables.free_text
    of_lines = [table.c.line > literal_column("0"), table.c.input == _word("name")]
    return select(table.c.line, table.c.value).where(*_is(table, *PLACE), *of_lines)


def _offices(dialect: str) -> ClauseElement:
    """Every office; in one statement, for every command begins with it, with the channels of its accounts as
    `chu-tich email,thu-ky zalo`, and whether somebody can sign in."""
    office, contact = tables.office, tables.contact
    joined = func.group_concat if dialect == "sqlite" else func.string_agg
    reached = joined(contact.c.account + _word(" ") + contact.c.channel, _word(","))
    channels = select(reached).where(contact.c.office == office.c.office).scalar_subquery()
    login = tables.login
    able = exists().where(login.c.office == office.c.office, login.c.disabled_at.is_(None))
    return select(*(office.c[name] for name in OFFICE_READ), channels, able).order_by(office.c.office)


def _definitions(_dialect: str) -> ClauseElement:
    table = tables.definition
    columns = [table.c[name] for name in DEFINITION_READ]
    return select(*columns).where(*_is(table, "office")).order_by(*columns[:3])


def _plan_years(_dialect: str) -> ClauseElement:
    plan = tables.plan
    return select(plan.c.year).where(*_is(plan, "office")).order_by(plan.c.year)


def _substitutions(_dialect: str) -> ClauseElement:
    table = tables.substitution
    columns = [table.c[name] for name in Substitution._fields]
    return select(*columns).where(*_is(table, "office")).order_by(table.c.number)


def _versions(dialect: str) -> ClauseElement:
    """The years that have a plan, each with those items of some references that stand in it."""
    plan, item = tables.plan, tables.item
    asked = "= ANY(:b_refs)" if dialect == "postgresql" else "IN (SELECT value FROM json_each(:b_refs))"
    same = (item.c.office == plan.c.office) & (item.c.year == plan.c.year) & text(f"item.ref {asked}")
    return (
        select(plan.c.year, item.c.ref, item.c.version, item.c.open)
        .select_from(plan.outerjoin(item, same))
        .where(*_is(plan, "office"))
        .order_by(plan.c.year)
    )


def listed(dialect: str, values: Sequence[str] | Sequence[int]) -> object:
    """Several values as the one parameter that a statement takes in their place."""
    return list(values) if dialect == "postgresql" else json.dumps(values)


def _due_items(dialect: str) -> ClauseElement:
    deadline = tables.deadline
    due_now = deadline.c.at <= bindparam("b_at", type_=deadline.c.at.type)
    if dialect == "sqlite":
        # Rows lie there in the order of the key: not told that few are due, it passes over all of the office.
        due_now = func.unlikely(due_now)
    # In order of time, so that a server that knows nothing yet of how many rows there are takes the index
    # over pending rows: grouped at once, the key's order looks as good to it, with all rows of the office.
    due = (
        select(deadline.c.year, deadline.c.ref, deadline.c.at)
        .where(
            *_is(deadline, "office"), deadline.c.status == _word("pending"), deadline.c.paused_on.is_(None)
        )
        .where(due_now)
        .order_by(deadline.c.at)
        .subquery("due")
    )
    return (
        select(due.c.year, due.c.ref, func.min(due.c.at).label("at"))
        .group_by(due.c.year, due.c.ref)
        .order_by(func.min(due.c.at), due.c.year, due.c.ref)
        .limit(bindparam("b_limit"))
        .offset(literal_column("0"))
    )


def _not_ended() -> ColumnElement[bool]:
    """Pending, at an item's key. Said with the word itself, a server that knows nothing yet of how many rows
    there are may take the index over pending rows, and pass over every one of the office's for each item."""
    return tables.deadline.c.status.not_in([_word("fired"), _word("cancelled")])


def _due_rows(_dialect: str) -> ClauseElement:
    deadline = tables.deadline
    return (
        select(*(deadline.c[name] for name in DEADLINE_READ))
        .where(*_is(deadline, *PLACE), _not_ended(), deadline.c.paused_on.is_(None))
        .where(deadline.c.at <= bindparam("b_at", type_=deadline.c.at.type))
        .order_by(deadline.c.at, deadline.c.name)
    )


def _rows_of(_dialect: str) -> ClauseElement:
    deadline = tables.deadline
    return (
        select(*(deadline.c[name] for name in (*DEADLINE_READ, *DEADLINE_FATE)))
        .where(*_is(deadline, *PLACE))
        .order_by(deadline.c.at, deadline.c.name, deadline.c.occurrence)
    )


def _cancel_deadlines(*, own: bool = False, of_term: bool = False) -> Statement:
    """Ends pending rows: all of an item, those of its own date, or those of one term."""
    deadline = tables.deadline
    where = [_not_ended()]
    if own:
        where.append(deadline.c.term.is_(None))
    if of_term:
        where += _is(deadline, "term")
    return lambda _dialect: (
        update(deadline)
        .where(*_is(deadline, *PLACE), *where)
        .values(status=_word("cancelled"), reason=bindparam("reason", type_=deadline.c.reason.type))
        .returning(*bound_columns(deadline))
    )


def _pause_deadlines(_dialect: str) -> ClauseElement:
    deadline = tables.deadline
    return (
        update(deadline)
        .where(*_is(deadline, *PLACE, "term"), _not_ended())
        .values(paused_on=bindparam("paused_on", type_=deadline.c.paused_on.type))
        .returning(*bound_columns(deadline))
    )


def _fire_deadline(_dialect: str) -> ClauseElement:
    deadline = tables.deadline
    return (
        update(deadline)
        .where(*_is(deadline, *PLACE, "name", "occurrence"), _not_ended())
        .values(
            status=_word("fired"),
            fired_at=bindparam("fired_at", type_=deadline.c.fired_at.type),
            late_s=bindparam("late_s", type_=deadline.c.late_s.type),
        )
        .returning(*bound_columns(deadline))
    )


def _channels(_dialect: str) -> ClauseElement:
    contact = tables.contact
    found = select(contact.c.account, contact.c.channel).where(*_is(contact, "office"))
    return found.order_by(contact.c.account, contact.c.channel)


def _lock_head(_dialect: str) -> ClauseElement:
    head = tables.log_head
    return select(head.c.size, head.c.range).where(*_is(head, "office", "log")).with_for_update()


def _has_entry(_dialect: str) -> ClauseElement:
    return select(tables.entry.c.seq).where(*_is(tables.entry, "office", "id"))


def _next_number(counter: Table, column: str) -> Statement:
    """Counts one more, under the lock of the counter's row; one that was added later begins at nothing."""
    last = counter.c[column]
    return lambda _dialect: (
        update(counter)
        .where(*_is(counter, "office", "year"))
        .values({column: func.coalesce(last, literal_column("0")) + literal_column("1")})
        .returning(last, *bound_columns(counter))
    )


def _stored_answer(_dialect: str) -> ClauseElement:
    command = tables.command
    return select(command.c.digest, command.c.answer).where(*_is(command, "office", "key"))


COMMON: Mapping[str, Statement] = MappingProxyType(
    {
        "lock_item": _lock_item(skip_locked=False),
        "lock_item_or_skip": _lock_item(skip_locked=True),
        "offices": _offices,
        "definitions": _definitions,
        "plan_years": _plan_years,
        "substitutions": _substitutions,
        "versions": _versions,
        "dossiers_of": _dossiers_of,
        "decisions": _decisions,
        "open_tasks": _open_tasks,
        "planned_tasks": _planned_tasks,
        "done_rows": _done_rows,
        "received_dossiers": _received_dossiers,
        "expectations": _expectations,
        "papers": _papers,
        "recorded": _recorded,
        "words": _words,
        "holders": _holders,
        "movements": _movements,
        "described_lines": _described_lines,
        "achievements_of": _achievements_of,
        "achievements_named": _achievements_by("name_key"),
        "achievements_numbered": _achievements_by("number"),
        "last_achievement": _last_achievement,
        "lock_office": _lock_office,
        "new_achievement": _new(tables.achievement),
        "change_achievement": _change(tables.achievement, ("office", "number"), ACHIEVEMENT_CHANGES),
        "remove_achievement": _removed(tables.achievement, "office", "number"),
        "told": _told,
        "retract_notice": _retract_notice,
        "nominee_names": _nominee_names,
        "due_items": _due_items,
        "due_rows": _due_rows,
        "rows_of": _rows_of,
        "lock_head": _lock_head,
        "has_entry": _has_entry,
        "stored_answer": _stored_answer,
        "claim_key": _upsert(tables.command, ("office", "key")),
        "keep_answer": _change(tables.command, ("office", "key"), ("answer",)),
        "new_head": _upsert(tables.log_head, ("office", "log")),
        "change_head": _change(tables.log_head, ("office", "log"), ("size", "root", "range")),
        "new_entry": _new(tables.entry),
        "new_item": _new(tables.item),
        "change_item": _change(tables.item, PLACE, ITEM_CHANGES),
        "move_item": _move_item,
        "migrate_item": _change(tables.item, PLACE, ("machine", "digest")),
        "mark_item": _changed(tables.item, PLACE, ITEM_MARKS),
        "keep_term": _upsert(tables.term, (*PLACE, "term"), TERM_CHANGES),
        "erase_line": _removed(tables.free_text, *PLACE, "line"),
        "erase_word": _removed(tables.free_text, *PLACE, "line", "input"),
        "keep_expectation": _upsert(tables.expectation, (*PLACE, "body"), EXPECTATION_CHANGES),
        "keep_text": _new(tables.free_text),
        "keep_office_text": _new(tables.office_text),
        "new_deadline": _new(tables.deadline),
        "cancel_deadlines": _cancel_deadlines(),
        "cancel_own_deadlines": _cancel_deadlines(own=True),
        "cancel_term": _cancel_deadlines(of_term=True),
        "pause_term": _pause_deadlines,
        "fire_deadline": _fire_deadline,
        "new_notice": _new(tables.notice),
        "channels": _channels,
    }
)


def statements_of(kept: Kept, known: Mapping[str, Table] = tables.metadata.tables) -> Mapping[str, Statement]:
    """Every hot statement, with those of the subjects; `known` are all tables by name."""
    named = (of_subject(details, known) for details in kept)
    return MappingProxyType({**COMMON, **{name: made for part in named for name, made in part.items()}})


STATEMENTS = statements_of(KEPT)
