"""HTML from the templates of this folder: every word escaped, every name that a template uses given.

Templates hold no style: it stands in `pages.css`, which a page that is kept as a file bears inside, and for
published pages in `published.css`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from workflow.model.signs import shown

FOLDER = Path(__file__).parent


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def standing_alone(name: str, **values: object) -> str:
    """The page of the template `name`.html: style inside, no script, nothing fetched."""
    css = (FOLDER / "pages.css").read_text(encoding="utf-8")
    return _page(name, Markup("<style>\n{}</style>").format(Markup(css)), values)


def linked(name: str, stylesheet: str, **values: object) -> str:
    """The same with its style in a file beside it: many pages share one."""
    return _page(name, Markup('<link rel="stylesheet" href="{}">').format(stylesheet), values)


def _page(name: str, style: Markup, values: Mapping[str, object]) -> str:
    return shown(_environment().get_template(f"{name}.html").render(kind=name, style=style, **values))
