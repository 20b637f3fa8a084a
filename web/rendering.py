"""HTML from the templates beside the pages: every word escaped, every name that a template uses given."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

PAGES = Path(__file__).parent / "pages"
STATIC = Path(__file__).parent / "static"
KINDS: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class Asset(NamedTuple):
    """A file that never changes under its address."""

    address: str
    kind: str
    content: bytes


@cache
def assets() -> Mapping[str, Asset]:
    """The console's own files by name; their addresses bear their digest."""
    found = {}
    for path in sorted(STATIC.iterdir()):
        if path.suffix in KINDS:
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()[:16]
            found[path.name] = Asset(f"/static/{digest}/{path.name}", KINDS[path.suffix], content)
    return found


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # the pages' functions are not read anew either
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = lambda name: assets()[name].address
    return made


def rendered(template: str, values: Mapping[str, Any]) -> str:
    """The page of the template `template`.html."""
    return _environment().get_template(f"{template}.html").render(values)
