"""The triggers that keep state and log together, for both databases, as plain statements.

They refuse: an item made, or its state, version or entry changed, without a new entry; an entry that says
another state than the item has; and any change, removal or replacing of an entry. Like `storage.tables` this
is how they stand now: a database gets them from the migrations, which a test holds equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# SQLite runs no delete trigger for INSERT OR REPLACE, so replacing is refused before the insert.
SQLITE = (
    """CREATE TRIGGER item_made_by_entry BEFORE INSERT ON item
WHEN EXISTS (SELECT 1 FROM entry WHERE office = NEW.office AND id = NEW.last_entry)
  OR EXISTS (SELECT 1 FROM item WHERE office = NEW.office AND year = NEW.year AND ref = NEW.ref)
BEGIN SELECT RAISE(ABORT, 'item_needs_entry'); END""",
    """CREATE TRIGGER item_needs_entry BEFORE UPDATE OF state, version, last_entry ON item
WHEN (NEW.state <> OLD.state OR NEW.version <> OLD.version OR NEW.last_entry <> OLD.last_entry)
  AND (NEW.last_entry = OLD.last_entry OR NEW.version <> OLD.version + 1
    OR EXISTS (SELECT 1 FROM entry WHERE office = NEW.office AND id = NEW.last_entry))
BEGIN SELECT RAISE(ABORT, 'item_needs_entry'); END""",
    """CREATE TRIGGER entry_states_item AFTER INSERT ON entry
WHEN EXISTS (SELECT 1 FROM item WHERE office = NEW.office AND last_entry = NEW.id
    AND (year <> NEW.log OR NEW.ref IS NULL OR ref <> NEW.ref
      OR NEW.to_state IS NULL OR state <> NEW.to_state))
BEGIN SELECT RAISE(ABORT, 'entry_states_item'); END""",
    """CREATE TRIGGER entry_never_replaced BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM entry WHERE office = NEW.office AND log = NEW.log AND seq = NEW.seq)
  OR EXISTS (SELECT 1 FROM entry WHERE office = NEW.office AND id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'entry_never_changed'); END""",
    """CREATE TRIGGER entry_never_updated BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'entry_never_changed'); END""",
    """CREATE TRIGGER entry_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'entry_never_changed'); END""",
)

POSTGRESQL = (
    """CREATE FUNCTION tdkt_item_made_by_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM entry WHERE office = NEW.office AND id = NEW.last_entry) THEN
    RAISE EXCEPTION 'item_needs_entry' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$""",
    """CREATE TRIGGER item_made_by_entry BEFORE INSERT ON item
FOR EACH ROW EXECUTE FUNCTION tdkt_item_made_by_entry()""",
    """CREATE FUNCTION tdkt_item_needs_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.state <> OLD.state OR NEW.version <> OLD.version OR NEW.last_entry <> OLD.last_entry)
    AND (NEW.last_entry = OLD.last_entry OR NEW.version <> OLD.version + 1
      OR EXISTS (SELECT 1 FROM entry WHERE office = NEW.office AND id = NEW.last_entry)) THEN
    RAISE EXCEPTION 'item_needs_entry' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$""",
    """CREATE TRIGGER item_needs_entry BEFORE UPDATE OF state, version, last_entry ON item
FOR EACH ROW EXECUTE FUNCTION tdkt_item_needs_entry()""",
    """CREATE FUNCTION tdkt_entry_states_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM item WHERE office = NEW.office AND last_entry = NEW.id
      AND (year <> NEW.log OR NEW.ref IS NULL OR ref <> NEW.ref
        OR NEW.to_state IS NULL OR state <> NEW.to_state)) THEN
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

TRIGGERS: Mapping[str, tuple[str, ...]] = MappingProxyType({"sqlite": SQLITE, "postgresql": POSTGRESQL})
"""By the dialect's name, in the order in which they are made."""
