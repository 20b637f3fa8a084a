"""Writes the shipped templates anew: `python -m tests.paper_templates`."""

from __future__ import annotations

from runtime.office.seeds import shipped_directory
from tests.paper_templates.shipped import TEMPLATES

for kind, template in TEMPLATES.items():
    file = shipped_directory() / "papers" / kind / "1.docx"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(template())
