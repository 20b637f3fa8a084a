"""The triggers that keep state and log together, for both databases, as plain statements.

They refuse: a state or version changed without a new entry, an entry that says another state than the
item has, and any change or removal of an entry.
"""

from __future__ import annotations

from sqlalchemy import DDL, event

from storage.tables import metadata

SQLITE = (
    """CREATE TRIGGER item_needs_entry BEFORE UPDATE OF state, version ON item
WHEN (NEW.state <> OLD.state OR NEW.version <> OLD.version)
  AND (NEW.last_entry = OLD.last_entry OR NEW.version <> OLD.version + 1
    OR EXISTS (SELECT 1 FROM entry WHERE office = NEW.office AND id = NEW.last_entry))
BEGIN SELECT RAISE(ABORT, 'item_needs_entry'); END""",
    """CREATE TRIGGER entry_states_item AFTER INSERT ON entry
WHEN NEW.ref IS NOT NULL AND EXISTS (SELECT 1 FROM item WHERE office = NEW.office AND last_entry = NEW.id
    AND (year <> NEW.log OR ref <> NEW.ref OR state <> NEW.to_state))
BEGIN SELECT RAISE(ABORT, 'entry_states_item'); END""",
    """CREATE TRIGGER entry_never_updated BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'entry_never_changed'); END""",
    """CREATE TRIGGER entry_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'entry_never_changed'); END""",
)

POSTGRESQL = (
    """CREATE FUNCTION tdkt_item_needs_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.state <> OLD.state OR NEW.version <> OLD.version)
    AND (NEW.last_entry = OLD.last_entry OR NEW.version <> OLD.version + 1
      OR EXISTS (SELECT 1 FROM entry WHERE office = NEW.office AND id = NEW.last_entry)) THEN
    RAISE EXCEPTION 'item_needs_entry' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$""",
    """CREATE TRIGGER item_needs_entry BEFORE UPDATE OF state, version ON item
FOR EACH ROW EXECUTE FUNCTION tdkt_item_needs_entry()""",
    """CREATE FUNCTION tdkt_entry_states_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.ref IS NOT NULL AND EXISTS (SELECT 1 FROM item WHERE office = NEW.office AND last_entry = NEW.id
      AND (year <> NEW.log OR ref <> NEW.ref OR state <> NEW.to_state)) THEN
    RAISE EXCEPTION 'entry_states_item' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$""",
    """CREATE TRIGGER entry_states_item AFTER INSERT ON entry
FOR EACH ROW EXECUTE FUNCTION tdkt_entry_states_item()""",
    """CREATE FUNCTION tdkt_entry_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'entry_never_changed' USING ERRCODE = 'integrity_constraint_violation';
END $$""",
    """CREATE TRIGGER entry_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
FOR EACH STATEMENT EXECUTE FUNCTION tdkt_entry_never_changed()""",
)

_STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def statements(dialect: str) -> tuple[str, ...]:
    """The statements that make the triggers, in order."""
    return _STATEMENTS[dialect]


for _dialect, _ddl in _STATEMENTS.items():
    for _statement in _ddl:
        _made = DDL(_statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
        event.listen(metadata, "after_create", _made.execute_if(dialect=_dialect))
