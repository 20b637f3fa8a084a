"""What stands on the command line and not in the console, each with its command."""

from __future__ import annotations

from itertools import groupby

from runtime.views.command_places import only_typed
from web.desk import Desk
from web.replies import Page, Reply, Shown


def show(desk: Desk) -> Reply:
    from web.routes import PAGES as ALL  # which has this page too

    found = only_typed(desk.console.commands(), {page.path for page in ALL})
    words = desk.words
    groups = [
        (noun, [(command.name, words.of(command.said)) for command in those])
        for noun, those in groupby(found, key=lambda command: " ".join(command.name.split()[:-1]))
    ]
    return Shown("commands", {"groups": groups, "number": len(found)})


PAGES = (Page("GET", "/commands", show),)
