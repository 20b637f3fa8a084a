"""The schema's revisions, oldest first: what a looking command checks without loading alembic.

`storage.migrations.versions` holds one file for each; `storage.schema` brings a database to HEAD.
"""

from __future__ import annotations

KNOWN = ("0001", "0002", "0003", "0004", "0005")
HEAD = KNOWN[-1]
