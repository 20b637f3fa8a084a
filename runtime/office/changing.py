"""What a new definition changes in somebody's rights, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runtime.office.words import Words

if TYPE_CHECKING:
    from workflow.lint.comparing import Change


def change_text(change: Change, words: Words) -> str:
    """One change as a sentence without its full stop."""
    roles = ", ".join(words(f"role.{role}") for role in change.roles)
    operands = {**change.operands, "vai_tro": roles}
    if "truong" in change.operands:
        operands["truong"] = words(f"office_field.{change.operands['truong']}")
    return words(f"rights.{change.what}", **operands)
